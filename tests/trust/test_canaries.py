"""T01: a mark in every private column, everything read as everybody, and no mark where its reader may not be."""

import logging
from collections import Counter
from dataclasses import replace

import pytest
from django.db import transaction

from shangliang.foundation.models import VaultItem
from shangliang.foundation.vault import unseal
from shangliang.reports.views import desk as desk_views
from shangliang.reports.views import desk_sheet
from shangliang.reports.views import points as points_views
from tests.trust import world as worlds
from tests.trust.canaries import Cage, Canary, highest_ids, private_columns
from tests.trust.doors_table import DOORS
from tests.trust.sizes import size
from tests.trust.spider import Handed, Spider
from tests.trust.traces import everything_logged
from tests.trust.who_may_read import may_read, reader_at

pytestmark = pytest.mark.django_db
PROMISE = "Only the listed roles can ever receive each private field, by any channel"
SHORT_LIST = ("anonymous", "unit", "member", "keeper", "other_receipt", "receipt")
CLASSES = {"staff", "screener", "reporter", "secret", "public"}


@pytest.fixture(scope="module")
def planted(django_db_setup, django_db_blocker):
    """Two districts with something at every stage and a canary in every private column, rolled back at the end."""
    logging.disable(logging.CRITICAL)
    with django_db_blocker.unblock(), transaction.atomic():
        made = plant()
        logging.disable(logging.NOTSET)
        yield made
        transaction.set_rollback(True)


def plant():
    """Build the world, remembering after each step where its rows end, then mark the rows of both districts."""
    cage, tops = Cage(), [{}]
    with pytest.MonkeyPatch.context() as patch:
        for name in ("district", "everything_in"):
            patch.setattr(worlds, name, noting(tops, getattr(worlds, name)))
        world = worlds.World()
    for whose, start in (("own", 0), ("other", 1), ("own", 2), ("other", 3)):
        cage.plant(whose, tops[start], tops[start + 1])
    for name, received in (("receipt", world.receipt), ("other_receipt", world.other_receipt)):
        cage.mark_words_of(received.report, name)
    for one in VaultItem.unscoped.all():
        cage.also(unseal(one.handle), Canary("foundation.VaultItem contact", "secret", "own"))
    return world, cage


def noting(tops, make):
    """Return a function that does what ``make`` does and notes the highest ids after it."""

    def made(*words, **more):
        result = make(*words, **more)
        tops.append(highest_ids())
        return result

    return made


def readers(world, names, most):
    """Yield everything each viewer is handed at every door and behind every link."""
    for viewer in names:
        yield from Spider(viewer, world.clients[viewer], most).read(DOORS, (world.own, world.other))


def wrong_in(cage, handed: Handed) -> list[str]:
    """Return what this viewer was handed and may not read, in words."""
    found = cage.in_bytes(handed.data) | cage.in_bytes(handed.around)
    return [
        f"{handed.viewer} read {one.label} ({one.whose}) at {handed.address} by {handed.channel}"
        for one in found
        if not may_read(reader_at(handed.viewer, handed.address), one)
    ]


def test_every_column_has_a_class():
    assert {level for _model, _field, level in private_columns()} <= CLASSES


@pytest.mark.promise("T01", PROMISE)
def test_nobody_is_handed_what_is_not_for_them(planted, measured):
    world, cage = planted
    names = size(SHORT_LIST, tuple(world.clients))
    channels, asked, wrong = Counter(), 0, []
    with everything_logged() as log:
        for handed in readers(world, names, size(40, 1500)):
            channels[handed.channel] += 1
            asked += 1
            wrong += wrong_in(cage, handed)
    wrong += [f"the log holds {one.label}" for one in cage.in_text(log.getvalue())]
    columns = {
        one.label for one in [*cage.by_mark.values(), *cage.by_value.values(), *cage.by_picture.values()]
    }

    assert not wrong, "\n".join(sorted(set(wrong))[:60])
    assert len(columns) >= 30 and asked > 200
    measured.figures.update(columns=len(columns), readers=len(names), answers=asked, unlisted=0, **channels)


def marks_caught(planted, names, addresses):
    """Return what is wrong in what these viewers are handed at these addresses, the log included."""
    world, cage = planted
    wrong = []
    with everything_logged() as log:
        for viewer in names:
            spider = Spider(viewer, world.clients[viewer], most=9)
            wrong += [one for address in addresses for one in wrong_in(cage, spider.open(address))]
    return wrong + [f"the log holds {one.label}" for one in cage.in_text(log.getvalue())]


def contact_in(cage):
    return next(value for value, one in cage.by_value.items() if one.label.endswith("contact"))


@pytest.mark.promise("T01", PROMISE)
def test_a_phone_in_one_page_is_caught(planted, measured, monkeypatch):
    asked = points_views.points_seen_by

    def with_phone(viewer):
        rows = list(asked(viewer))
        rows[0].where = contact_in(planted[1])
        return rows

    assert not marks_caught(planted, ("keeper",), ("/points/",))
    monkeypatch.setattr(points_views, "points_seen_by", with_phone)
    wrong = marks_caught(planted, ("keeper",), ("/points/",))

    assert wrong
    measured.caught("phone-on-a-page", wrong[0])


@pytest.mark.promise("T01", PROMISE)
def test_a_phone_in_one_export_is_caught(planted, measured, monkeypatch):
    made, sheet = desk_sheet.sheet_of, "/desk/?format=xlsx"

    def with_phone(rows):
        page = made(rows)
        return replace(page, rows=[[contact_in(planted[1]), *row] for row in page.rows])

    assert not marks_caught(planted, ("clerk",), (sheet,))
    monkeypatch.setattr(desk_sheet, "sheet_of", with_phone)
    wrong = marks_caught(planted, ("clerk",), (sheet,))

    assert wrong
    measured.caught("phone-in-an-export", wrong[0])


@pytest.mark.promise("T01", PROMISE)
def test_a_phone_in_one_log_line_is_caught(planted, measured, monkeypatch):
    asked = desk_views.filter_of

    def told(request):
        logging.getLogger("shangliang").warning("desk opened for %s", contact_in(planted[1]))
        return asked(request)

    assert not marks_caught(planted, ("clerk",), ("/desk/",))
    monkeypatch.setattr(desk_views, "filter_of", told)
    wrong = marks_caught(planted, ("clerk",), ("/desk/",))

    assert any(one.startswith("the log") for one in wrong)
    measured.caught("phone-in-a-log", wrong[0])
