"""Putting hostile words into every text that a person may have written."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models

from tests.trust.strings import storable

APPS = ("sorting", "reports", "exchange", "protection", "topics", "consultations", "delivery")
NOT_WRITTEN_BY_PEOPLE = {
    "code",
    "state",
    "text_salt",
    "contact_handle",
    "import_alias",
    "entry_key",
    "held_because",
    "consent_version",
    "purpose",
}


def texts_of(model: type[models.Model]) -> list[Any]:
    """Return the columns of a table in which a person's words stand."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not isinstance(field, models.SlugField)
        and not field.choices
        and not field.unique
        and "digest" not in field.name
        and field.name not in NOT_WRITTEN_BY_PEOPLE
    ]


def poison(strings: Iterator[str]) -> int:
    """Overwrite every such text that is not empty with hostile words. Return how many were overwritten."""
    count = 0
    for model in apps.get_models():
        if model._meta.app_label in APPS:
            for row in model._base_manager.all():
                changed = {
                    field.name: _fit(next(strings), field, row)
                    for field in texts_of(model)
                    if getattr(row, field.name)
                }
                if changed:
                    model._base_manager.filter(pk=row.pk).update(**changed)
                    count += len(changed)
    return count


def _fit(text: str, field: Any, row: models.Model) -> str:
    words = storable(text) or "空"
    if field.name == "path":  # no two kinds of a committee have one
        return f"{words[: field.max_length - 20]}{row.pk}"
    return words[: field.max_length] if field.max_length else words
