"""The vault: contact data sealed with a key that lies outside the database. Nothing in it can be searched."""

import base64
import hashlib
import secrets
from datetime import datetime

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.utils.translation import gettext as _

from shangliang.foundation.models import VaultItem
from shangliang.foundation.refusals import Refusal


def seal(value: str, *, at: datetime) -> str:
    """Encrypt a value and keep it. Return the handle to keep beside the record. Call it inside an action."""
    row = VaultItem(handle=secrets.token_hex(16), sealed=_key().encrypt(value.encode()), kept_at=at)
    row.save(force_insert=True)
    return row.handle


def unseal(handle: str) -> str:
    """Return the value. Only the two-person action of an app may call this; refuses what is gone."""
    row = VaultItem.unscoped.filter(handle=handle).first()
    if row is None:
        raise Refusal(_("联系方式已经删除。"))
    try:
        return _key().decrypt(bytes(row.sealed)).decode()
    except InvalidToken as wrong_key:
        raise Refusal(_("密钥对不上，打不开。")) from wrong_key


def destroy(handle: str) -> None:
    """Delete a value at once."""
    VaultItem.unscoped.filter(handle=handle).delete()


def sealed_bytes(data: bytes) -> bytes:
    """Return bytes encrypted with the vault's key, for a table that keeps them a short while itself."""
    return _key().encrypt(data)


def opened_bytes(sealed: bytes) -> bytes:
    """Return what ``sealed_bytes`` encrypted. Refuses what was sealed with another key."""
    try:
        return _key().decrypt(bytes(sealed))
    except InvalidToken as wrong_key:
        raise Refusal(_("密钥对不上，打不开。")) from wrong_key


def _key() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(settings.VAULT_KEY.encode()).digest()))
