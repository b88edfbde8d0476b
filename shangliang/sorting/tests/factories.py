"""A small scheme and an owner table in the fictitious district, made by the real actions."""

from datetime import date, datetime

from shangliang.people.models import Area, Organisation
from shangliang.people.tests.factories import MORNING, District
from shangliang.sorting import actions
from shangliang.sorting.models import Category, OwnerRow, OwnerTable

NAMES = (
    ("环境卫生", "垃圾清运", "垃圾点位"),
    ("环境卫生", "垃圾清运", "清运时间"),
    ("环境卫生", "噪声", "广场音响"),
    ("交通出行", "停车秩序", "路边停车"),
    ("交通出行", "道路路口", "过街斑马线"),
)
NEW_YEAR = date(2026, 1, 8)


def scheme_in(place: District, names=NAMES, at: datetime = MORNING) -> dict[str, Category]:
    """Take a scheme in; return its kinds by path."""
    actions.import_scheme(committee=place.committee, names=names, by=place.clerk, at=at)
    return kinds_of(place)


def kinds_of(place: District) -> dict[str, Category]:
    """Return every kind of a district by path, retired ones too."""
    return {one.path: one for one in Category.unscoped.filter(committee=place.committee)}


def table_in(place: District, from_on: date = NEW_YEAR, at: datetime = MORNING, **more) -> OwnerTable:
    """Issue a table, empty or as a copy."""
    said = {
        "year": from_on.year,
        "title": f"主责单位表（{from_on.year}年）",
        "source": "云府办〔2026〕3号",
        **more,
    }
    return actions.issue_table(committee=place.committee, from_on=from_on, by=place.leader, at=at, **said)


def owned(
    table: OwnerTable,
    place: District,
    kind: str,
    unit: Organisation,
    area: Area | None = None,
    from_on: date | None = None,
    at: datetime = MORNING,
) -> OwnerRow:
    """Write down who answers for a kind (by its path) in an area, from the issue's first day if no other."""
    category = kinds_of(place)[kind]
    return actions.add_owner(
        table, category=category, area=area, unit=unit, from_on=from_on or table.from_on, because="年初印发",
        by=place.clerk, at=at,
    )  # fmt: skip
