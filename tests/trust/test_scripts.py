"""T46: whatever anybody can write anywhere stays text on every page of everybody, the office's own pages included."""

import logging
import re
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat
from django.template import Context, Template

from shangliang.foundation.models import Publication
from shangliang.ui import text as ui_text
from tests.trust.canaries import NEVER_CHANGED, WORDY
from tests.trust.doors_table import DOORS
from tests.trust.payloads import PAYLOADS, RUN, would_run
from tests.trust.sizes import size
from tests.trust.spider import Spider
from tests.trust.world import World

pytestmark = pytest.mark.django_db
PROMISE = "Text is text everywhere: names, file names and the office's own log among it"
ROUNDS = size(1, len(PAYLOADS) // 12)
READERS = ("anonymous", "clerk", "officer", "unit", "receipt")
MARKED_SAFE = re.compile(r"mark_safe\(|\|\s*safe\b|autoescape off|SafeString\(|\.html_safe|safestring")
REVIEWED = {
    "shangliang/ui/text.py": "a line break, and parts put together by format_html",
    "shangliang/ui/icons.py": "drawings of our own file",
    "shangliang/delivery/views/papers.py": "a line break",
    "shangliang/reports/receipt_slip.py": "the drawing of a square by segno, which draws numbers",
}


def wordy_columns():
    """Yield every column somebody's words could stand in: the model and the field."""
    for model in apps.get_models():
        for field in model._meta.fields if model.__module__.startswith("shangliang.") else ():
            wordy = isinstance(field, WORDY) and not field.choices and not field.unique
            if wordy and not NEVER_CHANGED.search(field.name) and (field.max_length or 999) >= 20:
                yield model, field


def poison(start: int) -> int:
    """Write a payload into every wordy column, another one in each. Return how many columns hold one."""
    columns = 0
    for number, (model, field) in enumerate(wordy_columns()):
        words = PAYLOADS[(start + number * 7) % len(PAYLOADS)][: (field.max_length or 999) - 6]
        unlike = Concat(Value(words), Cast("pk", CharField()))  # some names may stand only once
        columns += bool(model._base_manager.exclude(**{field.name: ""}).update(**{field.name: unlike}))
    turn = cycle(PAYLOADS)
    for page in Publication._base_manager.all():
        page.content = _poisoned(page.content, turn)
        page.save(update_fields=["content"])
    return columns


def _poisoned(part: Any, turn: Any) -> Any:
    if isinstance(part, dict):
        return {key: _poisoned(value, turn) for key, value in part.items()}
    if isinstance(part, list):
        return [_poisoned(value, turn) for value in part]
    is_sentence = isinstance(part, str) and any("\u4e00" <= sign <= "\u9fff" for sign in part)
    return next(turn) if is_sentence else part


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Two districts with something at every stage, rolled back at the end."""
    logging.disable(logging.CRITICAL)
    with django_db_blocker.unblock(), transaction.atomic():
        yield World()
        transaction.set_rollback(True)
    logging.disable(logging.NOTSET)


def read(world, names, most):
    """Return what would run on the pages these viewers are handed, the answers of 500, and how many were read."""
    found, broken, pages = [], [], 0
    for viewer in names:
        for one in Spider(viewer, world.clients[viewer], most).read(DOORS, (world.own,)):
            if one.status >= 500:
                broken.append(f"{viewer} at {one.address}: {one.status}")
            if one.channel in ("page", "fragment", "error page"):
                pages += 1
                found += [f"{viewer} at {one.address}: {what}" for what in would_run(one.data)]
    return found, broken, pages


@pytest.mark.promise("T46", PROMISE)
def test_no_payload_runs_on_any_page(world, measured):
    names, found, broken, pages, columns = size(READERS[:3], tuple(world.clients)), [], [], 0, 0
    for start in range(ROUNDS):
        with transaction.atomic():
            columns = poison(start * 12)
            more, worse, read_now = read(world, names, size(20, 400))
            found, broken, pages = found + more, broken + worse, pages + read_now
            transaction.set_rollback(True)

    assert not found, "\n".join(found[:30])
    assert not broken, "\n".join(broken[:30])
    assert columns > 45 and pages > 200
    measured.figures.update(payloads=len(PAYLOADS), columns=columns, pages=pages, would_run=0)


@pytest.mark.promise("T46", PROMISE)
def test_words_marked_safe_are_caught(world, measured, monkeypatch):
    shown = Template("{{ words|safe }}").render(Context({"words": f"<img src=x onerror={RUN}>"}))
    assert would_run(shown.encode()) and not would_run(str(ui_text.clean_text(shown)).encode())
    with transaction.atomic():
        poison(0)
        monkeypatch.setattr("django.template.base.conditional_escape", lambda words: words)
        found, _broken, _pages = read(world, ("clerk",), 0)
        transaction.set_rollback(True)

    assert found
    measured.caught("words-marked-safe", f"{len(found)} places, the first: {found[0]}")


def test_every_place_that_marks_words_safe_was_looked_at():
    root = Path(settings.BASE)
    files = [*root.glob("shangliang/**/*.py"), *root.glob("shangliang/**/*.html")]
    said = {str(one.relative_to(root)) for one in files if "/tests/" not in str(one) and _marks(one)}

    assert said == set(REVIEWED)


def _marks(path: Path) -> bool:
    return bool(MARKED_SAFE.search(re.sub(r"(?m)^(from|import) .*$", "", path.read_text(encoding="utf-8"))))


def test_the_payloads_are_what_they_seem():
    assert len(PAYLOADS) >= 60
    raw = [
        one
        for one in PAYLOADS
        if would_run(f"<p>{one}</p><input value=\"{one}\"><input value='{one}'>".encode())
    ]
    assert len(raw) > 45
