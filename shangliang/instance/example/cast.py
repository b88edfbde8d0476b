"""The example district: its tree, places, units and people. All of it is invented."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from shangliang.foundation import roles
from shangliang.foundation.business import business
from shangliang.foundation.viewer import Appointed, System
from shangliang.people import actions
from shangliang.people.models import Appointment, Area, Committee, Organisation
from shangliang.people.queries import viewer_from

SLUG = "example"
PASSWORD = "shangliang-example"
BY = System("load_example")

LETTERS = (("A", "已解决", "done"), ("B", "列入计划", "planned"), ("C", "做不了，已说明", "not_feasible"))
STREETS = {"清河街道": ("柳岸社区", "石桥社区"), "桂园街道": ("桂园社区", "滨河社区")}
UNITS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("authority", "区政府办公室", {"is_issuing_authority": True}),
    ("department", "区城管局", {}),
    ("department", "区交警大队", {}),
    ("department", "区住建局", {}),
    ("department", "区水利局", {}),
    ("department", "区民政局", {}),
    ("department", "区文旅局", {}),
    ("street", "清河街道办事处", {}),
    ("street", "桂园街道办事处", {}),
    ("community", "石桥社区居委会", {}),
    ("school", "柳岸小学", {}),
    ("company", "清河供电公司", {"by_letter": True}),
    ("company", "桂园物业公司", {"by_letter": True}),
)
PEOPLE: tuple[tuple[str, str, str, str, str], ...] = (
    ("clerk", "程晓岚", roles.CLERK, "", "协商工作科"),
    ("leader", "罗启文", roles.LEADER, "", "办公室主任"),
    ("reviewer", "白玉珍", roles.REVIEWER, "", "宣传信息科"),
    ("officer", "廖正平", roles.OFFICER, "", "专办员"),
    ("officer2", "苏文清", roles.OFFICER, "", "专办员"),
    ("admin", "邓可", roles.ADMIN, "", "系统管理员"),
    ("keeper", "毛秀兰", roles.KEEPER, "", "柳岸社区"),
    ("member", "贺知远", roles.MEMBER, "", "教育界委员"),
    ("unit", "秦川", roles.UNIT, "区城管局", "市政科"),
    ("police", "卫国华", roles.UNIT, "区交警大队", "秩序科"),
    ("authority", "舒云", roles.AUTHORITY, "区政府办公室", "督查科"),
)


@dataclass
class Cast:
    """Everybody and everything the story needs, by name."""

    committee: Committee
    areas: dict[str, Area] = field(default_factory=dict)
    units: dict[str, Organisation] = field(default_factory=dict)
    viewers: dict[str, Appointed] = field(default_factory=dict)
    seats: dict[str, Appointment] = field(default_factory=dict)


def accounts() -> list[dict[str, str]]:
    """Return the sign-in names, roles and the shared password of the example's people."""
    return [
        {"name": f"example-{key}", "role": role, "password": PASSWORD}
        for key, _name, role, _unit, _title in PEOPLE
    ]


def make_cast(at: datetime) -> Cast:
    """Open the example's tree: a district with a street liaison group, its areas, units and people."""
    with business():
        cast = Cast(_open_tree(at))
        _add_places(cast, at)
        actions.set_letters(committee=cast.committee, letters=LETTERS, by=BY, at=at)
    with business():
        for person in PEOPLE:
            _seat(cast, person, at)
    return cast


def _open_tree(at: datetime) -> Committee:
    """Open the district, not complete until everything is told, and below it the liaison group. Return the district."""
    common: dict[str, Any] = {"is_example": True, "by": BY, "at": at}
    district = actions.open_committee(
        slug=SLUG,
        name="云川区政协（示例）",
        short_name="云川区",
        prefix="YC",
        level="district",
        is_complete=False,
        **common,
    )
    actions.open_committee(
        slug="example-qinghe",
        name="清河街道联络组（示例）",
        short_name="清河街道",
        prefix="YCQH",
        level="group",
        parent=district,
        **common,
    )
    return district


def _add_places(cast: Cast, at: datetime) -> None:
    for street, communities in STREETS.items():
        above = actions.add_area(committee=cast.committee, kind="street", name=street, by=BY, at=at)
        cast.areas[street] = above
        for name in communities:
            cast.areas[name] = actions.add_area(
                committee=cast.committee, kind="community", name=name, parent=above, by=BY, at=at
            )
    for kind, name, more in UNITS:
        cast.units[name] = actions.add_organisation(
            committee=cast.committee, kind=kind, name=name, by=BY, at=at, **more
        )


def _seat(cast: Cast, person: tuple[str, str, str, str, str], at: datetime) -> None:
    key, name, role, unit, title = person
    held: Appointment = actions.appoint(
        committee=cast.committee,
        login=f"example-{key}",
        name=name,
        role=role,
        title=title,
        organisation=cast.units.get(unit),
        by=BY,
        at=at,
    )
    actions.set_password(held.person, PASSWORD)
    cast.viewers[key], cast.seats[key] = viewer_from(held), held
