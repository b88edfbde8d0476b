"""What every test stands on: no network, no undefined word in our pages, and a clock that can be set."""

import inspect
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.template import engines
from django.template.base import Node
from django.utils import timezone

from shangliang.foundation import limits

OURS = str(Path(__file__).resolve().parent / "shangliang")


class UndefinedVariable(Exception):
    """A template of ours names something its view did not give it."""


class RaiseInOurTemplates(str):
    """Django puts this text where a variable is undefined, after `%` with its name: raise there if the page is ours."""

    __slots__ = ()

    def __contains__(self, part: object) -> bool:
        return part == "%s" or super().__contains__(part)

    def __mod__(self, variable: object) -> str:
        template = _template_being_rendered()
        if template.startswith(OURS):
            raise UndefinedVariable(f"{variable} is undefined in {template.removeprefix(OURS)}")
        return ""


def _template_being_rendered() -> str:
    frame = inspect.currentframe()
    while frame is not None:
        node = frame.f_locals.get("self")
        if isinstance(node, Node) and getattr(node, "origin", None) is not None:
            return str(node.origin.name)
        frame = frame.f_back
    return ""


@pytest.fixture(autouse=True, scope="session")
def undefined_variables_raise() -> None:
    """Make every template of ours fail on a variable that is not there."""
    engines["django"].engine.string_if_invalid = RaiseInOurTemplates("undefined")


@pytest.fixture(autouse=True)
def nobody_came_before() -> None:
    """Forget what other tests sent from the same address: each begins as a process does."""
    limits.REPORTS.clear()
    limits.WRONG_CODES.clear()


class SetClock:
    """A clock that stands still until it is told to move."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def set(self, text: str) -> datetime:
        """Set it to a moment such as "2026-11-23 09:00" in the site's time zone; return that moment."""
        self.moment = at(text)
        return self.moment

    def forward(self, **amount: float) -> datetime:
        """Move it by an amount such as `days=1, hours=2`; return the new moment."""
        self.moment += timedelta(**amount)
        return self.moment


def at(text: str) -> datetime:
    """Return a moment such as "2026-11-23 09:00", written in the site's time zone."""
    return datetime.fromisoformat(text).replace(tzinfo=timezone.get_default_timezone())


@pytest.fixture(name="at")
def at_fixture() -> Callable[[str], datetime]:
    """Give the function that turns "2026-11-23 09:00" into a moment."""
    return at


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[SetClock]:
    """Stop the clock at nine in the morning of Monday, 23 November 2026."""
    stopped = SetClock(at("2026-11-23 09:00"))
    monkeypatch.setattr(timezone, "now", stopped.now)
    yield stopped
