"""What the example makes public: prepared by the clerk, shown to the units it names, reviewed by another, published."""

from datetime import datetime

from shangliang.foundation import publishing
from shangliang.instance.example.fates import FATES
from shangliang.instance.example.speaking import Told
from shangliang.portal.desk import draft_for
from shangliang.portal.published_index import grams_of
from shangliang.reports.models import Matter

SHOWN_MATTERS = {"closed", "judging", "delivering"}


def show(told: Told, at: datetime) -> None:
    """Publish the matters that came to something and the topics being consulted on; leave one page waiting for review."""
    for fate in FATES:
        if fate.ending in SHOWN_MATTERS:
            code = Matter.unscoped.values_list("code", flat=True).get(pk=told.matters[fate.theme].pk)
            publish(told, f"matter:{code}", at)
        elif fate.theme in told.topics and fate.topic in {"consulted", "noticed", "scheduled"}:
            publish(told, f"topic:{told.topics[fate.theme].code}", at)
    prepare(told, f"topic:{told.topics['crossing'].code}", at)


def prepare(told: Told, subject: str, at: datetime):  # type: ignore[no-untyped-def]
    """Lay down the draft of a page as the clerk would who changes nothing."""
    clerk = told.cast.viewers["clerk"]
    draft = draft_for(clerk, subject)
    assert draft is not None, subject
    return publishing.prepare(
        committee_id=draft.committee_id,
        subject=subject,
        part="page-1",
        title=draft.title,
        content={**draft.content, "note": ""},
        happened_on=draft.happened_on,
        named_units=draft.units_named_in(draft.title, draft.content),
        reviewers_needed=draft.reviewers,
        by=clerk,
        at=at,
    )


def publish(told: Told, subject: str, at: datetime) -> None:
    """Take a page through every step of publication."""
    clerk, reviewer = told.cast.viewers["clerk"], told.cast.viewers["reviewer"]
    page = prepare(told, subject, at)
    for unit, _name in page.named_units:
        preview = publishing.show_to_unit(page, unit=unit, how="当面送阅", by=clerk, at=at)
        publishing.answer_preview(preview, correction="", how="当面答复", by=clerk, at=at)
    publishing.review(page, by=reviewer, at=at)
    publishing.publish(page, by=clerk, at=at, grams=grams_of(page))
