"""Where words could have been left behind, and the forms a receipt could be left in."""

import base64
import io
import logging.config
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection

from config.logs import logging_settings
from shangliang.foundation import codes
from shangliang.foundation.models import LedgerEntry


def forms_of(bits: bytes) -> dict[str, str]:
    """Return every form in which a receipt could stand in a log, a mail or a table."""
    symbols, han = codes.as_symbols(bits), codes.as_han(bits)
    grouped, grouped_han = codes.format_symbols(bits), codes.format_han(bits)
    plain = {
        "symbols": symbols,
        "grouped": grouped,
        "dashed": grouped.replace(" ", "-"),
        "bare": symbols[:16],
        "characters": han,
        "characters grouped": grouped_han,
        "hex": bits.hex(),
    }
    forms = dict(plain)
    for name, text in plain.items():
        forms[f"{name} lower"] = text.lower()
        forms[f"{name} in an address"] = quote(text)
        forms[f"{name} base64"] = base64.b64encode(text.encode()).decode().rstrip("=")
    forms["bits base64"] = base64.b64encode(bits).decode().rstrip("=")
    return forms


@contextmanager
def everything_logged() -> Iterator[io.StringIO]:
    """Let all loggers write, at every level, through the product's own formatters into one text."""
    told, said = io.StringIO(), logging_settings("DEBUG")
    for handler in said["handlers"].values():
        handler["stream"] = told
    said["loggers"]["django"]["level"] = "DEBUG"
    logging.config.dictConfig(said)
    try:
        yield told
    finally:
        logging.config.dictConfig(settings.LOGGING)


def ledger_text() -> str:
    """Return all ledger bodies as one text."""
    return "\n".join(bytes(body).decode() for body in LedgerEntry.unscoped.values_list("body", flat=True))


def database_text() -> str:
    """Return every cell of every table as one text, sessions opened."""
    cells: list[str] = []
    with connection.cursor() as ask:
        for model in apps.get_models(include_auto_created=True):
            ask.execute(f"SELECT * FROM {connection.ops.quote_name(model._meta.db_table)}")
            cells += [_as_text(cell) for row in ask.fetchall() for cell in row]
    cells += [repr(one.get_decoded()) for one in Session.objects.all()]
    return "\n".join(cells)


def _as_text(cell: Any) -> str:
    if isinstance(cell, memoryview | bytes):
        data = bytes(cell)
        return data.decode("utf-8", "replace") + data.hex()
    return str(cell)


def found_in(text: str, canaries: dict[str, str]) -> list[str]:
    """Return the names of the canaries that stand in a text."""
    return sorted(name for name, canary in canaries.items() if canary in text)
