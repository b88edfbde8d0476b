"""What components are given: steps of a road, facts of a matter, buttons. Plain dicts with these keys do as well."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Step:
    """One step of a road. `when` is shown as it is (use dates.when_day or when_span); `words` are somebody's own."""

    title: str
    when: Any = ""
    chip: str = ""
    text: Any = ""
    words: str = ""
    docs: Sequence[tuple[str, str]] = ()
    kind: str = "done"


@dataclass(frozen=True)
class Fact:
    """One of the four facts: `number` of `of` (with its unit); number None means nobody knows yet."""

    label: str
    number: int | None
    of: int
    unit: str
    detail: str = ""


@dataclass(frozen=True)
class Button:
    """A move open to the viewer: a POST to `url`, or with needs_form a link to the page that asks more."""

    label: str
    url: str
    key: str = ""
    is_main: bool = False
    needs_form: bool = False
    confirm: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
