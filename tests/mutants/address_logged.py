"""A server that notes in its log from which address a form came, "to find the flooder"."""

import logging
from typing import Any

from config.wsgi import application
from shangliang.foundation import limits

__all__ = ["application"]

honest = limits._address


def noted(request: Any) -> str:
    """Log the address and go on as usual."""
    found = honest(request)
    logging.getLogger("shangliang.flood").warning("sent from %s", found)
    return found


limits._address = noted
