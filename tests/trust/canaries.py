"""Canaries: a mark of its own in every private column, and how a mark is found again in whatever was handed out.

A mark stands before the words of each row of a column; columns whose value cannot be changed (digests, handles, the
sealed contact, the bytes of a picture) are looked for by the value they have.
"""

import base64
import hashlib
import html
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_to_bytes

from django.apps import apps
from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Concat, Left, Substr

from shangliang.foundation.codes import ALPHABET
from shangliang.foundation.files import read_file
from shangliang.foundation.models import StoredFile
from shangliang.reports.models import ThreadEntry

SIGN = "鹮"
MARK = re.compile(f"{SIGN}[{ALPHABET}]{{5}}")
NEVER_CHANGED = re.compile(  # words the product itself reads: a mark in them would break its steps
    "(code|digest|salt|handle|login|password|hash|effect|subject|link|alias|key|slug|prefix|role|kind|state|verb|chain|"
    "number|version|content_type|period|via|sha256|origin|address|because|purpose|decision|step|side|series|query)$"
)
WORDY = (models.TextField, models.CharField)
SHORTEST_VALUE = 12


@dataclass(frozen=True)
class Canary:
    """A private column of one committee: ``label`` is App.Model.column, ``level`` its class in Privacy."""

    label: str
    level: str
    whose: str


def private_columns() -> Iterator[tuple[type[models.Model], Any, str]]:
    """Yield each column of ours that is not public: the model, the field and its class (staff, screener, …)."""
    for model in apps.get_models():
        privacy = getattr(model, "Privacy", None)
        levels = (
            {name: names for name, names in vars(privacy).items() if not name.startswith("_")}
            if privacy
            else {}
        )
        for level, names in levels.items():
            for name in names if level != "public" else ():
                yield model, model._meta.get_field(name), level


class Cage:
    """The canaries of a world, planted; ``in_text`` and ``in_bytes`` tell which of them stand somewhere."""

    def __init__(self) -> None:
        self.by_mark: dict[str, Canary] = {}
        self.by_value: dict[str, Canary] = {}
        self.by_picture: dict[str, Canary] = {}
        self._pattern: re.Pattern[str] | None = None

    def plant(self, whose: str, after: dict[str, int], until: dict[str, int]) -> None:
        """Mark every row made since ``after`` and until ``until`` (highest ids by table) as belonging to ``whose``."""
        for model, field, level in private_columns():
            rows = _made_between(model, after, until)
            canary = Canary(f"{model._meta.label}.{field.name}", level, whose)
            if _is_wordy(field):
                self._mark(rows, field, canary)
            elif isinstance(field, WORDY):
                self._remember(rows, field, canary)
        self._keep_pictures(whose, after, until)
        self._pattern = None

    def mark_words_of(self, report: Any, holder: str) -> None:
        """Give what one person said marks of its own: the text, and each line of the thread. Only ``holder`` holds it."""
        for model, rows in ((type(report), {"pk": report.pk}), (ThreadEntry, {"report_id": report.pk})):
            canary = Canary(f"{model._meta.label}.text of {holder}", "screener", "own")
            mark = SIGN + _symbols(canary.label)
            self.by_mark[mark] = canary
            bare = Substr(F("text"), len(mark) + 1)  # without the mark of the whole column
            model._base_manager.filter(**rows).update(text=Concat(Value(mark), bare))

    def mark_rows(self, rows: Any, column: str, canary: Canary) -> None:
        """Put a mark before one column of some rows."""
        mark = SIGN + _symbols(canary.label)
        self.by_mark[mark] = canary
        room = (rows.model._meta.get_field(column).max_length or 10_000) - len(mark)
        rows.update(**{column: Concat(Value(mark), Left(F(column), room))})

    def keep_pictures_of(self, rows: Any) -> None:
        """Look for the bytes of the pictures of some rows that have a ``file``."""
        for row in rows.select_related("file"):
            digest = hashlib.sha256(read_file(row.file)).hexdigest()
            self.by_picture[digest] = Canary(f"{rows.model._meta.label}.file bytes", "screener", "own")

    def also(self, value: str, canary: Canary) -> None:
        """Look for a value that stands in no column as it is, such as a contact in the vault."""
        self.by_value[value] = canary
        self._pattern = None

    def _mark(self, rows: Any, field: Any, canary: Canary) -> None:
        mark = SIGN + _symbols(f"{canary.label}/{canary.whose}")
        room = (field.max_length or 10_000) - len(mark)
        if rows.exclude(**{field.name: ""}).update(
            **{field.name: Concat(Value(mark), Left(F(field.name), room))}
        ):
            self.by_mark[mark] = canary

    def _remember(self, rows: Any, field: Any, canary: Canary) -> None:
        if canary.level != "secret":
            return
        for value in set(rows.values_list(field.name, flat=True)):
            if value and len(value) >= SHORTEST_VALUE:
                self.by_value[value] = canary

    def _keep_pictures(self, whose: str, after: dict[str, int], until: dict[str, int]) -> None:
        for model in apps.get_models():
            for field in model._meta.get_fields():
                if getattr(field, "related_model", None) is StoredFile and isinstance(
                    field, models.ForeignKey
                ):
                    level = _level_of(model, field.name)
                    there = _made_between(model, after, until).filter(**{f"{field.name}__isnull": False})
                    for row in there:
                        digest = hashlib.sha256(read_file(getattr(row, field.name))).hexdigest()
                        self.by_picture[digest] = Canary(
                            f"{model._meta.label}.{field.name} bytes", level, whose
                        )

    def in_text(self, text: str) -> set[Canary]:
        """Return the canaries that stand in a text."""
        found = {self.by_mark[mark] for mark in MARK.findall(text) if mark in self.by_mark}
        if self._pattern is None and self.by_value:
            self._pattern = re.compile("|".join(re.escape(value) for value in self.by_value))
        return found | (
            {self.by_value[one] for one in self._pattern.findall(text)} if self._pattern else set()
        )

    def in_bytes(self, data: bytes) -> set[Canary]:
        """Return the canaries in bytes as they are, unzipped, unquoted, unescaped, and the picture they are."""
        picture = self.by_picture.get(hashlib.sha256(data).hexdigest())
        found = {picture} if picture else set()
        for text in readings_of(data):
            found |= self.in_text(text)
        return found


def readings_of(data: bytes) -> Iterator[str]:
    """Yield the texts in which bytes can be read: plain, unescaped, unquoted, and each part of a zipped document."""
    text = data.decode("utf-8", "replace")
    yield text
    yield html.unescape(text)
    if "%" in text:
        yield unquote_to_bytes(text).decode("utf-8", "replace")
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            for name in parts.namelist():
                yield html.unescape(parts.read(name).decode("utf-8", "replace"))


def highest_ids() -> dict[str, int]:
    """Return the highest id in each table."""
    tops = {}
    for model in apps.get_models():
        if isinstance(model._meta.pk, models.AutoField | models.BigAutoField):
            tops[model._meta.db_table] = model._base_manager.aggregate(top=models.Max("pk"))["top"] or 0
    return tops


def _made_between(model: Any, after: dict[str, int], until: dict[str, int]) -> Any:
    table = model._meta.db_table
    return model._base_manager.filter(pk__gt=after.get(table, 0), pk__lte=until.get(table, 0))


def _is_wordy(field: Any) -> bool:
    plain = isinstance(field, WORDY) and not field.choices and not field.unique
    return plain and not NEVER_CHANGED.search(field.name) and (field.max_length or 99) >= 12


def _level_of(model: Any, name: str) -> str:
    levels = vars(getattr(model, "Privacy", object))
    return next(
        (level for level, names in levels.items() if not level.startswith("_") and name in names), "secret"
    )


def _symbols(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return "".join(ALPHABET[byte & 31] for byte in digest[:5])


def labels(canaries: Iterable[Canary]) -> list[str]:
    """Return the names of columns, each once, in order."""
    return sorted({one.label for one in canaries})


def as_base64(text: str) -> str:
    """Return a text as it would stand in base64, without its end, which depends on what follows."""
    return base64.b64encode(text.encode()).decode().rstrip("=")[:-2]
