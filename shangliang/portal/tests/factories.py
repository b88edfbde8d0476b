"""Publications on their way to the public, brought there by the real actions, and a matter with its whole course."""

from datetime import date, datetime, timedelta
from typing import Any

from shangliang.consultations import states as consulting
from shangliang.consultations.models import HeadCount, ResearchRecord, Support
from shangliang.delivery.models import LookBack
from shangliang.foundation import publishing
from shangliang.foundation.models import Publication
from shangliang.people.tests.factories import MORNING, District
from shangliang.portal.desk import draft_for
from shangliang.portal.published_index import grams_of
from shangliang.reports import states as reporting
from shangliang.reports.models import Matter
from shangliang.statistics.tests import factories as rows
from shangliang.topics.models import Topic, TopicApproval

TITLE = "河边步道夜里没有灯"


def whole_matter(
    place: District,
    *,
    reports: int = 7,
    verdicts: tuple[str, ...] = ("yes",) * 5,
    may_show: bool = False,
    title: str = TITLE,
) -> Matter:
    """Return a matter that went the whole way: reports, topic, research, session, two suggestions, verdicts."""
    matter = rows.matter(place, reporting.ESTABLISH, reporting.CONSULT, reports=reports, title=title)
    home = _held(place, rows.topic(place, matter))
    done = rows.suggestion(place, home, consulting.ADOPT)
    Support(suggestion=done, side="residents", agree=9, reserve=2, reservation="怕灯太亮照进窗户").save(
        force_insert=True
    )
    late = rows.assignment(place, done, issued_on=date(2026, 9, 18))
    late.co_units.add(place.co_unit)
    rows.checked(place, late, on=date(2026, 10, 16))  # due on 13 October
    rows.suggestion(
        place, home, consulting.NOT_ADOPT, text="整条步道铺成木地板", decision_reason="汛期会被水冲走"
    )
    rows.moved(matter, place, rows.days_later(40), reporting.DELIVER, reporting.JUDGE)
    said = list(matter.reports.order_by("pk"))
    for report, solved in zip(said, verdicts, strict=False):
        rows.verdict(
            place,
            matter,
            by=report,
            solved=solved,
            satisfied=solved.replace("partly", "basically"),
            may_show=may_show,
            at=rows.days_later(41),
        )
    LookBack(matter=matter, due_on=date(2027, 1, 20)).save(force_insert=True)
    return matter


def _held(place: District, topic: Topic) -> Any:
    TopicApproval(
        topic=topic,
        submitted_to="区委",
        submitted_on=rows.DAY,
        decision="approved",
        decided_by="区委",
        decided_on=date(2026, 9, 10),
        document_no="云委发〔2026〕9号",
    ).save(force_insert=True)
    home = rows.consultation(place, topic, held_on=date(2026, 9, 15))
    ResearchRecord(
        consultation=home,
        happened_on=date(2026, 9, 12),
        note="夜里走了一遍，两处看不清台阶",
        recorded_at=MORNING,
    ).save(force_insert=True)
    for side, present in (("residents", 6), ("departments", 3), ("experts", 1), ("members", 4)):
        HeadCount(consultation=home, side=side, present=present, counted_by="街道").save(force_insert=True)
    return home


def prepared(
    place: District,
    subject: str,
    *,
    part: str = "page-1",
    at: datetime = MORNING,
    title: str | None = None,
    reviewers: int = 1,
    **content: Any,
) -> Publication:
    """Return the draft of a page as the clerk prepared it, with the units it names."""
    draft = draft_for(place.clerk, subject)
    whole = {**draft.content, "note": "", **content}
    return publishing.prepare(
        committee_id=place.committee.pk,
        subject=subject,
        part=part,
        title=title or draft.title,
        content=whole,
        happened_on=draft.happened_on,
        named_units=draft.units_named_in(draft.title, whole),
        reviewers_needed=reviewers,
        by=place.clerk,
        at=at,
    )


def reviewed(place: District, subject: str, *, at: datetime = MORNING, **more: Any) -> Publication:
    """Return a page that another person has reviewed and whose units have said there is nothing to correct."""
    row = prepared(place, subject, at=at, **more)
    for unit, _name in row.named_units:
        preview = publishing.show_to_unit(row, unit=unit, how="当面", by=place.clerk, at=at)
        publishing.answer_preview(preview, correction="", how="盖章回函", by=place.clerk, at=at)
    return publishing.review(row, by=place.reviewer, at=at)


def published(place: District, subject: str, *, at: datetime = MORNING, **more: Any) -> Publication:
    """Return a page that is public."""
    row = reviewed(place, subject, at=at, **more)
    return publishing.publish(row, by=place.clerk, at=at, grams=grams_of(row))


def many_pages(place: District, number: int, kind: str = "matter") -> None:
    """Lay down many published pages at once, as small as a page can be."""
    content = {
        "area": "清河街道",
        "chip": "正在办",
        "gathered": "",
        "facts": [],
        "steps": [],
        "lists": [],
        "note": "",
    }
    Publication.unscoped.bulk_create(
        [
            Publication(
                code=f"{kind[0]}{place.committee.pk}-{one}",
                committee_id=place.committee.pk,
                subject=f"{kind}:C-{one}",
                part="page-1",
                title=f"第 {one} 件小事",
                content=content,
                happened_on=rows.DAY,
                state="published",
                prepared_at=MORNING,
                published_at=MORNING + timedelta(minutes=one),
            )
            for one in range(number)
        ]
    )
