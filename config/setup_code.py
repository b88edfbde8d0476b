"""The code that lets somebody set up the first office: shown on the console, so that no stranger on the net can."""

import hashlib

from django.conf import settings

from config.secrets import read_or_make_secret

SYMBOLS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH = 8


def setup_code() -> str:
    """Return the instance's setup code, 8 symbols without look-alikes; made on first need, the same ever after."""
    secret = read_or_make_secret(settings.SECRETS, "setup_code", 16)
    return "".join(SYMBOLS[byte % len(SYMBOLS)] for byte in hashlib.sha256(secret.encode()).digest()[:LENGTH])
