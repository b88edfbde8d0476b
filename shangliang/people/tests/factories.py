"""A fixed cast with names, in a fictitious district; rows are made by the real actions."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from shangliang.foundation import day_table, roles
from shangliang.foundation.models import SpecialDay
from shangliang.foundation.queries import forget_day_table
from shangliang.foundation.viewer import Appointed, System
from shangliang.people import actions
from shangliang.people.models import Appointment, Area, Committee, Organisation
from shangliang.people.queries import viewer_from

MORNING = timezone.make_aware(datetime(2026, 9, 8, 9, 0))  # a Tuesday
SETUP = System("tests")

CAST = (
    ("clerk", "程晓岚", roles.CLERK),
    ("leader", "罗启文", roles.LEADER),
    ("reviewer", "白玉珍", roles.REVIEWER),
    ("second_reviewer", "袁立群", roles.REVIEWER),
    ("officer", "廖正平", roles.OFFICER),
    ("second_officer", "苏文清", roles.OFFICER),
    ("admin", "邓可", roles.ADMIN),
    ("keeper", "毛秀兰", roles.KEEPER),
    ("member", "贺知远", roles.MEMBER),
)


@dataclass
class District:
    """A committee with its street, communities, units and people; ``viewers`` by the keys of CAST."""

    committee: Committee
    street: Area
    community: Area
    other_community: Area
    authority: Organisation
    lead_unit: Organisation
    co_unit: Organisation
    school: Organisation
    viewers: dict[str, Appointed] = field(default_factory=dict)
    appointments: dict[str, Appointment] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Appointed:
        try:
            return self.__dict__["viewers"][name]
        except KeyError:
            raise AttributeError(name) from None


def load_days() -> None:
    """Put the shipped day table into the database."""
    SpecialDay.unscoped.bulk_create(
        [
            SpecialDay(day=day, is_working=working, name=name, is_provisional=provisional)
            for day, working, name, provisional in day_table.DAYS
        ],
        ignore_conflicts=True,
    )
    forget_day_table()


def district(slug: str = "yunchuan", prefix: str = "YC", name: str = "云川区政协") -> District:
    """Return a district with everybody in it; call it twice with other names for two tenants."""
    load_days()
    at, by = MORNING, SETUP
    committee = actions.open_committee(
        slug=slug,
        name=name,
        short_name=name.removesuffix("政协"),
        prefix=prefix,
        level="district",
        by=by,
        at=at,
    )

    def unit(kind: str, title: str, **more: bool) -> Organisation:
        return actions.add_organisation(committee=committee, kind=kind, name=title, by=by, at=at, **more)

    street = actions.add_area(committee=committee, kind="street", name="清河街道", by=by, at=at)
    one, two = (
        actions.add_area(committee=committee, kind="community", name=title, parent=street, by=by, at=at)
        for title in ("柳岸社区", "石桥社区")
    )
    place = District(
        committee,
        street,
        one,
        two,
        unit("authority", "区政府办公室", is_issuing_authority=True),
        unit("department", "区城管局"),
        unit("department", "区交警大队"),
        unit("school", "柳岸小学"),
    )
    for key, person, role in CAST:
        _seat(place, key, person, role, None)
    _seat(place, "unit", "秦川", roles.UNIT, place.lead_unit)
    _seat(place, "other_unit", "卫国华", roles.UNIT, place.co_unit)
    _seat(place, "authority_clerk", "舒云", roles.AUTHORITY, place.authority)
    return place


def _seat(place: District, key: str, name: str, role: str, organisation: Organisation | None) -> None:
    held = actions.appoint(
        committee=place.committee,
        login=f"{place.committee.slug}-{key}",
        name=name,
        role=role,
        organisation=organisation,
        by=SETUP,
        at=MORNING,
    )
    place.appointments[key] = held
    place.viewers[key] = viewer_from(held)
