"""What is laid out around a report point: the sizes of its poster, the workbook of coverage."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from shangliang.reports.queries.coverage import StreetCoverage
from shangliang.ui.xlsx import Sheet

SIZES = ("a4", "a3", "card")


def sizes_of_poster(wanted: str = "") -> list[tuple[str, str, bool]]:
    """Return (key, label, is the one shown) of the three sizes; A4 where another word is asked for."""
    labels = {"a4": _("A4 海报"), "a3": _("A3 海报"), "card": _("小卡片，一张 A4 印 8 张")}
    shown = wanted if wanted in SIZES else SIZES[0]
    return [(key, labels[key], key == shown) for key in SIZES]


def sheets_of_coverage(streets: Sequence[StreetCoverage]) -> list[Sheet]:
    """Return the workbook: one row per community with its open points, and one per street."""
    rows = [
        [_name(one), each.area.name, "、".join(point.name for point in each.points), len(each.points)]
        for one in streets
        for each in one.communities
    ]
    sums = [[_name(one), one.covered, len(one.communities)] for one in streets]
    caption = _("有开放的直报点的社区（村），按录入的先后排，不按数字排。")
    return [
        Sheet(_("社区"), [_("街道"), _("社区"), _("开放的直报点"), _("几个")], rows, caption),
        Sheet(_("街道"), [_("街道"), _("有直报点的社区"), _("全部社区")], sums),
    ]


def _name(one: StreetCoverage) -> str:
    return one.street.name if one.street else _("没有归到街道")
