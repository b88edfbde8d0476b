"""T02: every address, every viewer, GET and POST, own objects and another committee's, against one table."""

import logging

import pytest
from django.db import transaction

from tests.trust.doors_table import DOORS
from tests.trust.doorway import crawl, named_patterns
from tests.trust.world import World

pytestmark = pytest.mark.django_db
PROMISE = "Nobody gets in where the table does not say so: every address, every viewer, GET and POST"


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Two districts, built once for this file and rolled back at its end."""
    logging.disable(logging.CRITICAL)
    with django_db_blocker.unblock(), transaction.atomic():
        yield World()
        transaction.set_rollback(True)
    logging.disable(logging.NOTSET)


def test_every_address_stands_in_the_table():
    listed, named = {door.name for door in DOORS}, {name for name, _pattern in named_patterns()}
    assert named - listed == set()
    assert listed - named == set()


@pytest.mark.promise("T02", PROMISE)
def test_nobody_gets_in_where_the_table_does_not_say_so(world, measured):
    leaks = crawl(DOORS, world.clients, world.own, world.other)

    assert not leaks, "\n".join(str(one) for one in leaks)
