"""What the trust tests share: a record of what was measured, and an instance of their own to start and to kill."""

import time
from collections.abc import Iterator
from typing import Any

import pytest

from shangliang.instance.bench.instances import Instance, copied
from tests.mutants import MUTANTS
from tests.trust import results
from tests.trust.instances import first_instance


class Measured:
    """One promise under test: figures and mutants are added while it runs."""

    def __init__(self, promise: str, said: str) -> None:
        self.promise, self.said = promise, said
        self.figures: dict[str, Any] = {}
        self.mutants: list[dict[str, Any]] = []
        self.began = time.monotonic()

    def caught(self, mutant: str, how: object) -> None:
        """Note that a mutant made the check fail, and how. Refuses a mutant that is not in the table."""
        assert mutant in {one.name for one in MUTANTS if one.promise == self.promise}, (
            f"{mutant} is not in MUTANTS"
        )
        self.mutants.append({"mutant": mutant, "how": str(how)})


@pytest.fixture
def measured(request: pytest.FixtureRequest) -> Iterator[Measured]:
    """Give the record of the promise named by the test's ``promise`` marker arguments; keep it when the test passed."""
    promise, said = request.node.get_closest_marker("promise").args
    record = Measured(promise, said)
    yield record
    if not getattr(request.node, "failed_in_call", False):
        results.keep(
            promise,
            _case_of(request.node),
            said=said,
            figures=record.figures,
            mutants=record.mutants,
            seconds=time.monotonic() - record.began,
        )


def _case_of(node: Any) -> str:
    """Return the name of a test with its case: each case of one test is measured and kept apart."""
    case = getattr(node, "callspec", None)
    return f"{node.originalname}-{case.id}" if case else str(node.originalname)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo) -> Iterator[None]:
    """Tell the record whether its test failed: a failed run is never kept."""
    outcome = yield
    if call.when == "call" and outcome.get_result().failed:
        item.failed_in_call = True  # type: ignore[attr-defined]


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marker that names a promise."""
    config.addinivalue_line("markers", "promise(name, said): the promise a trust test holds the product to")


@pytest.fixture(scope="session")
def first(django_db_setup: None, django_db_blocker: Any) -> Iterator[Instance]:
    """Give the instance that the others are copies of: migrated, with its static files."""
    with django_db_blocker.unblock(), first_instance() as one:
        yield one


@pytest.fixture
def instance(first: Instance, django_db_blocker: Any) -> Iterator[Instance]:
    """Give an instance of its own: a folder and a migrated database; gone afterwards."""
    with django_db_blocker.unblock(), copied(first) as one:
        yield one
