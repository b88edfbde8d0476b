"""What the form of a new topic begins with, drafted from counts, dates, places and a few of the citizens' own words."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.utils import dateformat
from django.utils.translation import gettext as _

from shangliang.analysis.redact import hide_private
from shangliang.foundation.site_language import in_site_language
from shangliang.foundation.viewer import Viewer
from shangliang.hotspots.models import HotTopic
from shangliang.hotspots.queries.one import (
    Proposed,
    central_reports_of,
    free_matters_of,
    reports_to_join,
    sources_of,
)
from shangliang.hotspots.rules import comes_from_elsewhere
from shangliang.reports.actions.wording import title_shared_by
from shangliang.reports.models import Matter, Report
from shangliang.topics.models import Source

MOST_CITED, MOST_READ = 5, 20
PARTED_BY = "、"  # the words of a shared title
LONGEST_CITED = 120
LONGEST_TITLE = 80


@dataclass(frozen=True)
class Draft:
    """What a new topic from a proposal begins with, and what the clerk has to know before deciding."""

    title: str
    source: str
    background: str
    cited: tuple[str, ...]
    matters: list[Matter]
    to_join: int
    imported: int
    said_here: int


def draft_of(viewer: Viewer, one: Proposed) -> Draft:
    """Return the draft of a topic for whoever looks; writes nothing."""
    central = _unlike(central_reports_of(viewer, one, MOST_READ))[:MOST_CITED]
    imported, said_here = sources_of(viewer, one)
    matters = list(free_matters_of(viewer, one).order_by("code"))
    elsewhere = comes_from_elsewhere(imported, said_here)
    return Draft(
        title=(matters[0].title if matters else _shared_title(central))[:LONGEST_TITLE],
        source=Source.ONLINE_SCREENING if elsewhere else Source.RESIDENTS,
        background=_background(one, central, imported, said_here),
        cited=tuple(report.code for report in central),
        matters=matters,
        to_join=reports_to_join(viewer, one).count(),
        imported=imported,
        said_here=said_here,
    )


def words_of(report: Report) -> tuple[str, str, str]:
    """Return title, place and words of a report with private data hidden."""
    return hide_private(report.title)[0], hide_private(report.place)[0], hide_private(report.text)[0]


def _unlike(reports: Sequence[Report]) -> list[Report]:
    """Leave out of reports those that say word for word what one before them says."""
    first: dict[tuple[str, str], Report] = {}
    for one in reports:
        first.setdefault((one.title, one.text), one)
    return list(first.values())


def _shared_title(central: Sequence[Report]) -> str:
    """Return a title in no single person's words, of the two who share the most; "" where there is nobody to share one."""
    titles = [title_shared_by(one, other) for one, other in combinations(central, 2)]
    return max(titles, key=lambda title: title.count(PARTED_BY), default="")


@in_site_language
def _background(one: Proposed, central: Sequence[Report], imported: int, said_here: int) -> str:
    lines = [_counted(one, imported + said_here), _from_where(imported, said_here)]
    if isinstance(one, HotTopic) and one.places and not getattr(one, "is_touched", False):
        lines.append(_("说到的地方：%(places)s。") % {"places": "、".join(one.places)})
    if central:
        lines += [_("群众的原话（个人信息已遮住）："), *(_cited(report) for report in central)]
    return "\n".join(line for line in lines if line)


def _counted(one: Proposed, reports: int) -> str:
    if isinstance(one, HotTopic):
        return _("%(first)s到%(last)s，%(people)d 人说起这件事，共 %(reports)d 条。") % {
            "first": _day(one.since), "last": _day(one.until), "people": one.people, "reports": reports,
        }  # fmt: skip
    years = _("、").join(
        _("%(year)d 年 %(people)d 人") % {"year": year["year"], "people": year["people"]}
        for year in one.evidence["years"]
    )
    return _("往年%(first)s前后都有人说起：%(years)s，共 %(reports)d 条。") % {
        "first": dateformat.format(one.season_on, _("n月j日")), "years": years, "reports": reports,
    }  # fmt: skip


def _from_where(imported: int, said_here: int) -> str:
    if not imported:
        return ""
    if not said_here:
        return _("都是从别的平台导入的。")
    return _("其中 %(imported)d 条从别的平台导入，%(here)d 条是在这里说的。") % {
        "imported": imported,
        "here": said_here,
    }


def _cited(report: Report) -> str:
    words = (words_of(report)[2] or words_of(report)[0]).replace("\n", " ")
    if len(words) > LONGEST_CITED:
        words = _cut(words)
    where: Any = f"，{report.area.name}" if report.area else ""
    return f"“{words}”（{_day(report.happened_on)}{where}）"


def _cut(words: str) -> str:
    """Shorten what is cited, never inside the mark of something hidden."""
    opened = words.rfind("【", 0, LONGEST_CITED)
    at = opened if opened > words.rfind("】", 0, LONGEST_CITED) else LONGEST_CITED
    return f"{words[:at]}……"


def _day(day: Any) -> str:
    return dateformat.format(day, _("Y年n月j日"))
