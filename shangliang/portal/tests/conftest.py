"""A district, and a browser in which somebody of its cast has sat down."""

from collections.abc import Callable

import pytest
from django.test import Client

from shangliang.people.middleware import ACTING_KEY
from shangliang.people.tests.factories import District, district


@pytest.fixture
def place() -> District:
    """Return the fictitious district with everybody in it."""
    return district()


@pytest.fixture
def sit(place: District) -> Callable[[str], Client]:
    """Return a function that signs somebody of the cast in, in a browser of its own."""

    def down(key: str, where: District = place) -> Client:
        held, client = where.appointments[key], Client()
        client.force_login(held.person, backend="django.contrib.auth.backends.ModelBackend")
        session = client.session
        session[ACTING_KEY] = held.pk
        session.save()
        return client

    return down
