"""The messages of the product: found in code and templates, kept in locale/en as a gettext catalogue.

Chinese is the message id; English is the translation. Babel reads and writes the catalogue, so no system gettext is needed.
"""

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "N_": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
}
ENGLISH = "en"


def catalogue_path() -> Path:
    """Return where the English catalogue lies."""
    return Path(settings.BASE) / "locale" / ENGLISH / "LC_MESSAGES" / "django.po"


def found_messages() -> Catalog:
    """Return the catalogue of all messages the product says, without translations."""
    catalogue = Catalog(project="shangliang", charset="utf-8", fuzzy=False)
    for path in sorted((Path(settings.BASE) / "shangliang").rglob("*")):
        if path.suffix not in {".py", ".html", ".txt"} or {"tests", "migrations", "static"} & set(path.parts):
            continue
        for message in _in_file(path):
            catalogue.add(message)
    return catalogue


def _in_file(path: Path) -> Iterator[str | tuple[str, ...]]:
    source = path.read_text(encoding="utf-8")
    code = source if path.suffix == ".py" else templatize(source, origin=str(path))
    for _line, message, _comments, _context in extract(
        "python", io.BytesIO(code.encode()), keywords=KEYWORDS
    ):
        if message and message != "":
            yield message


def kept_catalogue() -> Catalog:
    """Return the English catalogue as it is kept."""
    with catalogue_path().open("rb") as file:
        return read_po(file, locale=ENGLISH)


def renew() -> dict[str, int]:
    """Bring the kept catalogue up to what is said now; translations stay. Return counts."""
    path = catalogue_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = kept_catalogue() if path.exists() else Catalog(locale=ENGLISH)
    kept.update(found_messages(), no_fuzzy_matching=True, update_header_comment=False)
    kept.obsolete.clear()
    kept.header_comment = "# English words of Shangliang. Chinese is the message id.\n# SPDX-License-Identifier: AGPL-3.0-or-later"
    kept.project, kept.version, kept.msgid_bugs_address = "Shangliang", "0.1", ""
    kept.last_translator, kept.language_team = "", ""
    with path.open("wb") as file:
        write_po(file, kept, width=110, no_location=True, sort_output=True, include_previous=False)
    return {"messages": len(kept), "missing": len(missing(kept))}


def missing(catalogue: Catalog) -> list[str]:
    """Return ids without a translation, or with one marked as fuzzy."""
    return [str(one.id) for one in catalogue if one.id and (one.fuzzy or not _said(one.string))]


def _said(translation: str | tuple[str, ...] | list[str] | None) -> bool:
    return all(translation) if isinstance(translation, list | tuple) else bool(translation)
