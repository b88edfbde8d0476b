"""Who is looking. Every query takes one of this closed set; rows outside its scope do not exist for it."""

from dataclasses import dataclass, field
from typing import Any

from shangliang.foundation import roles


@dataclass(frozen=True)
class Viewer:
    """Someone who looks or acts. ``role`` is one of ``roles.EVERY_ROLE``."""

    @property
    def role(self) -> str:
        raise TypeError(f"{type(self).__name__} has no role")

    def as_fact(self) -> dict[str, Any]:
        """Return what the ledger keeps of the actor: a role and ids of rows, never a name."""
        return {"as": self.role}


@dataclass(frozen=True)
class Appointed(Viewer):
    """A person acting in one appointment. ``reach`` holds the ids of the own and all descendant committees."""

    person_id: int
    appointment_id: int
    committee_id: int
    held_role: str
    organisation_id: int | None = None
    reach: frozenset[int] = field(default_factory=frozenset)

    @property
    def role(self) -> str:
        return self.held_role

    def as_fact(self) -> dict[str, Any]:
        return {"as": self.role, "appointment": self.appointment_id}


@dataclass(frozen=True)
class Public(Viewer):
    """Anybody, on the pages of one committee (or of none)."""

    committee_id: int | None = None

    @property
    def role(self) -> str:
        return roles.PUBLIC


@dataclass(frozen=True)
class ReceiptHolder(Viewer):
    """Whoever showed the receipt code of one report."""

    report_id: int

    @property
    def role(self) -> str:
        return roles.REPORTER


@dataclass(frozen=True)
class SeatHolder(Viewer):
    """Whoever sits in one session by a seat code."""

    consultation_id: int
    seat_role: str

    @property
    def role(self) -> str:
        return roles.SEAT


@dataclass(frozen=True)
class BallotHolder(Viewer):
    """Whoever holds a ballot of one evaluation round."""

    round_id: int

    @property
    def role(self) -> str:
        return roles.BALLOT


@dataclass(frozen=True)
class LinkHolder(Viewer):
    """Whoever opened a one-time link: good for one purpose on one record."""

    purpose: str
    record: str
    organisation_id: int | None = None
    committee_id: int | None = None

    @property
    def role(self) -> str:
        return roles.LINK

    def as_fact(self) -> dict[str, Any]:
        return {"as": self.role, "purpose": self.purpose, "organisation": self.organisation_id}


@dataclass(frozen=True)
class ApiClient(Viewer):
    """A program with named scopes."""

    scopes: frozenset[str]
    committee_id: int | None = None

    @property
    def role(self) -> str:
        return roles.CLIENT


@dataclass(frozen=True)
class System(Viewer):
    """A task or a command at work; always written to the ledger by its name."""

    task: str
    committee_id: int | None = None

    @property
    def role(self) -> str:
        return roles.SYSTEM

    def as_fact(self) -> dict[str, Any]:
        return {"as": self.role, "task": self.task}


NOBODY = Public(None)
