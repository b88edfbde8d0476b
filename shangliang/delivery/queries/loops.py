"""Whether a loop may close (LY-20), what follows a "not solved", and later looks."""

from collections import defaultdict

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from shangliang.consultations.models import Consultation, Suggestion
from shangliang.delivery import rules
from shangliang.delivery.models import Assignment, FollowUp, LookBack
from shangliang.delivery.queries.assignments import assignments_seen_by
from shangliang.delivery.states import A, FollowUpState
from shangliang.foundation import roles
from shangliang.foundation.viewer import Viewer
from shangliang.people.permissions import rows_of_committees
from shangliang.reports.models import Matter
from shangliang.reports.queries import get_matter_for
from shangliang.topics.queries import matters_of


def matters_of_consultation(consultation: Consultation) -> QuerySet[Matter]:
    """Return the matters a consultation is on."""
    return matters_of(consultation.topic).select_related("committee").order_by("pk")


def consultations_of_matter(matter: Matter) -> QuerySet[Consultation]:
    """Return the consultations held on a matter."""
    rows = Consultation.unscoped.filter(
        topic__topic_matters__matter=matter, topic__topic_matters__left_at=None
    )
    return rows.select_related("topic").order_by("pk")


def gaps_before_verdicts(consultation: Consultation) -> list[str]:
    """Return in sentences what is missing before those who raised it can judge (LY-20); empty when nothing is."""
    standing = defaultdict(list)
    rows = Assignment.unscoped.filter(suggestion__consultation=consultation)
    for suggestion, unit, state in rows.values_list("suggestion_id", "lead_unit__name", "state"):
        standing[suggestion].append((unit, state))
    suggestions = Suggestion.unscoped.filter(consultation=consultation).order_by("number")
    facts = [
        rules.SuggestionFacts(one.number, one.state, one.explained_on is not None, standing[one.pk])
        for one in suggestions
    ]
    if not facts:
        return [_("还没有一条建议。")]
    return [_sentence(*gap) for gap in rules.gaps_of(facts)]


def _sentence(gap: rules.Gap, number: int, unit: str) -> str:
    words = {
        rules.Gap.UNDECIDED: _("第 %(number)s 条建议还没有记下采纳不采纳"),
        rules.Gap.UNASSIGNED: _("第 %(number)s 条建议采纳了，还没有交办"),
        rules.Gap.UNCHECKED: _("第 %(number)s 条建议（%(unit)s）还没有核实过的结果"),
        rules.Gap.UNEXPLAINED: _("第 %(number)s 条建议没有采纳，理由还没有告诉提出人"),
    }
    return words[gap] % {"number": number, "unit": unit}


def gaps_of_matter(matter: Matter) -> list[str]:
    """Return in sentences what is missing before a matter may be judged or closed, over all its consultations."""
    gaps = [line for one in consultations_of_matter(matter) for line in gaps_before_verdicts(one)]
    if FollowUp.unscoped.filter(matter=matter).exclude(state=FollowUpState.DONE).exists():
        gaps.append(_("上一轮有人说没解决，跟踪督促还没有结果"))
    return gaps


def is_followed_again(assignment: Assignment) -> bool:
    """Tell whether somebody said "not solved" of a matter behind an assignment and our follow-up is open."""
    held = matters_of(assignment.suggestion.consultation.topic).values("pk")
    return FollowUp.unscoped.filter(matter_id__in=held).exclude(state=FollowUpState.DONE).exists()


def get_matter_in_delivery(viewer: Viewer, code: str) -> Matter | None:
    """Return a matter the office may close or send out for judging, or None."""
    return get_matter_for(viewer, code) if viewer.role in roles.OFFICE else None


def follow_ups_seen_by(viewer: Viewer) -> QuerySet[FollowUp]:
    """Return the office's own follow-ups, open ones first."""
    rows = (
        FollowUp.unscoped.filter(rows_of_committees(viewer))
        if _is_office(viewer)
        else FollowUp.unscoped.none()
    )
    return rows.select_related("matter").order_by("-state", "-pk")


def get_follow_up_for(viewer: Viewer, code: str) -> FollowUp | None:
    """Return one follow-up of the viewer's office, or None."""
    return follow_ups_seen_by(viewer).filter(code=code).first()


def assignments_to_follow(viewer: Viewer, follow_up: FollowUp) -> QuerySet[Assignment]:
    """Return the assignments behind a follow-up, for who may see them: each may be taken up again."""
    held = consultations_of_matter(follow_up.matter)
    rows = assignments_seen_by(viewer).filter(suggestion__consultation__in=held)
    return rows.exclude(state=A.REASSIGNED)


def look_backs_seen_by(viewer: Viewer) -> QuerySet[LookBack]:
    """Return the looks back of the viewer's office that are not done yet, nearest day first."""
    if not _is_office(viewer):
        return LookBack.unscoped.none()
    rows = LookBack.unscoped.filter(rows_of_committees(viewer, "matter__committee_id"), done_on=None)
    return rows.select_related("matter__committee").order_by("due_on", "pk")


def get_look_back_for(viewer: Viewer, matter_code: str) -> LookBack | None:
    """Return the nearest look back of a matter that is still to be done, or None."""
    return look_backs_seen_by(viewer).filter(matter__code=matter_code).first()


def _is_office(viewer: Viewer) -> bool:
    return viewer.role in (*roles.OFFICE, roles.SYSTEM)
