"""Most tests look in their own process, by the same function the child runs: starting children takes seconds."""

import pytest

from shangliang.hotspots import looking
from shangliang.hotspots.tests.factories import looked_in_process
from shangliang.people.tests.factories import district


@pytest.fixture
def in_process(monkeypatch):
    monkeypatch.setattr(looking, "look", looked_in_process)


@pytest.fixture
def place(in_process):
    return district()
