"""Publishing is an act of its own: prepare → show to named units → review by others → publish → withdraw."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from shangliang.foundation import clock, roles
from shangliang.foundation.business import action
from shangliang.foundation.codes import short_code
from shangliang.foundation.models import Preview, Publication, PublicationGram, Review
from shangliang.foundation.moves import check_role, move, record_fact
from shangliang.foundation.queries import day_table
from shangliang.foundation.refusals import AlreadyDone, NotYours, Refusal, WrongState
from shangliang.foundation.states import PUBLISH, REVIEW_DONE, WITHDRAW, PublicationState
from shangliang.foundation.viewer import Appointed, Viewer

PREVIEW_DAYS = 3  # working days a named unit has to correct facts


@action
def prepare(
    *,
    committee_id: int,
    subject: str,
    part: str,
    title: str,
    content: dict[str, Any],
    happened_on: date,
    named_units: Sequence[tuple[int, str]],
    reviewers_needed: int,
    by: Viewer,
    at: datetime,
) -> Publication:
    """Lay down the public words of one step. Refuses when words for that step already stand (not withdrawn)."""
    check_role(by, (*roles.OFFICE, roles.SYSTEM))
    _refuse_second(subject, part)
    row = Publication(
        code=short_code(10),
        committee_id=committee_id,
        subject=subject,
        part=part,
        title=title,
        content=content,
        happened_on=happened_on,
        named_units=[list(one) for one in named_units],
        reviewers_needed=reviewers_needed,
        prepared_at=at,
        prepared_by=by.person_id if isinstance(by, Appointed) else None,
    )
    row.save(force_insert=True)
    facts = {"subject": subject, "part": part}
    record_fact(row, "publication.prepare", by=by, at=at, happened_on=happened_on, facts=facts)
    return row


def _refuse_second(subject: str, part: str) -> None:
    standing = Publication.unscoped.filter(subject=subject, part=part).exclude(
        state=PublicationState.WITHDRAWN
    )
    if standing.exists():
        raise AlreadyDone(_("这一步的公开文字已经有一份了，先撤下那份再拟新的。"))


@action
def show_to_unit(publication: Publication, *, unit: int, how: str, by: Viewer, at: datetime) -> Preview:
    """Record that a named unit was given the text. Refuses a unit that is not named in it."""
    check_role(by, roles.OFFICE)
    names = {int(pk): name for pk, name in publication.named_units}
    if unit not in names:
        raise Refusal(_("这份公开文字里没有写到这个单位。"))
    until = day_table().add_working_days(clock.day_of(at), PREVIEW_DAYS)
    row, _made = Preview.unscoped.get_or_create(
        publication=publication,
        unit=unit,
        defaults={"unit_name": names[unit], "shown_at": at, "answer_until": until, "how": how},
    )
    record_fact(publication, "publication.show_to_unit", by=by, at=at, facts={"unit": unit})
    return row


@action
def answer_preview(preview: Preview, *, correction: str, by: Viewer, at: datetime, how: str = "") -> Preview:
    """Keep what the named unit said: nothing to correct, or which fact is wrong. It has no veto.

    ``how`` says where a clerk has the answer from who records it for the unit (代录); it is added to how it was shown.
    Refuses other units, 代录 without its source, and a second answer: what a unit said is not written over.
    """
    _check_may_answer(preview, how, by)
    if Preview.unscoped.select_for_update(of=("self",)).get(pk=preview.pk).answered_at:
        raise AlreadyDone(_("这个单位已经回过话了，说过的不能再改。"))
    preview.answered_at, preview.correction = at, correction
    if how:
        preview.how = (f"{preview.how}；" + _("代录：%(how)s") % {"how": how})[:120]
    preview.save(update_fields=["answered_at", "correction", "how"])
    record_fact(
        preview.publication,
        "publication.unit_answer",
        by=by,
        at=at,
        facts={"unit": preview.unit, "corrects": bool(correction)},
    )
    return preview


def _check_may_answer(preview: Preview, how: str, by: Viewer) -> None:
    if by.role in roles.OFFICE:
        if not how.strip():
            raise Refusal(_("替单位记的话，要写明怎么得知的。"))
    elif getattr(by, "organisation_id", None) != preview.unit:
        raise NotYours(_("这份文字不是给您单位看的。"))


@action
def review(publication: Publication, *, by: Viewer, at: datetime) -> Publication:
    """One reviewer's yes. Refuses the one who prepared it and a second yes of one person; enough of them move it."""
    check_role(by, REVIEW_DONE.roles)
    if not isinstance(by, Appointed) or by.person_id == publication.prepared_by:
        raise NotYours(_("拟稿的人不能审核自己拟的文字，请另一位来看。"))
    if Review.unscoped.filter(publication=publication, person=by.person_id).exists():
        raise AlreadyDone(_("您已经审核过这一份了。"))
    standing = Publication.unscoped.select_for_update().get(pk=publication.pk)
    if standing.state not in REVIEW_DONE.sources:
        raise WrongState(
            _("这份公开文字现在是“%(state)s”，不用再审核了。") % {"state": standing.get_state_display()}
        )
    Review.unscoped.create(
        publication=publication, person=by.person_id, appointment=by.appointment_id, reviewed_at=at
    )
    record_fact(publication, "publication.read", by=by, at=at)
    if Review.unscoped.filter(publication=publication).count() >= publication.reviewers_needed:
        move(publication, REVIEW_DONE, by=by, at=at)
    return publication


@action
def publish(publication: Publication, *, by: Viewer, at: datetime, grams: Sequence[int] = ()) -> Publication:
    """Make the reviewed words public; they take the place of earlier ones of the subject.

    ``grams`` are the hashes by which somebody typing finds them; the caller knows which words tell. Refuses while a
    named unit has neither answered nor had its days.
    """
    waiting = units_still_to_see(publication, clock.day_of(at))
    if waiting:
        raise Refusal(_("先请写到的单位看过事实，再公布。还差：%(units)s。") % {"units": "、".join(waiting)})
    replaced_at = _take_the_place(publication, at)
    index_words(publication, () if replaced_at else grams)
    return move(publication, PUBLISH, by=by, at=at, published_at=at, replaced_at=replaced_at)


def _take_the_place(publication: Publication, at: datetime) -> datetime | None:
    """Mark earlier public versions as replaced. Return when this one is replaced itself: at once, by a newer one."""
    ever = Publication.unscoped.select_for_update().filter(
        subject=publication.subject, published_at__isnull=False
    )
    versions = list(ever.order_by("pk").values_list("pk", flat=True))
    earlier = [pk for pk in versions if pk < publication.pk]
    Publication.unscoped.filter(pk__in=earlier, replaced_at=None).update(replaced_at=at)
    PublicationGram.unscoped.filter(publication__in=earlier).delete()
    return at if any(pk > publication.pk for pk in versions) else None


@action
def withdraw(publication: Publication, *, reason: str, by: Viewer, at: datetime) -> Publication:
    """Take public words down again. Refuses without a reason; the reason stays readable."""
    if not reason.strip():
        raise Refusal(_("撤下要写明原因，公众看得到这个原因。"))
    index_words(publication, ())
    return move(publication, WITHDRAW, by=by, at=at, withdrawn_because=reason.strip()[:200])


@action
def index_words(publication: Publication, grams: Sequence[int]) -> int:
    """Put a publication into the index of published words by these hashes instead of earlier ones. Return how many."""
    PublicationGram.unscoped.filter(publication=publication).delete()
    own = publication.committee_id
    rows = [
        PublicationGram(committee_id=own, gram=gram, publication=publication) for gram in dict.fromkeys(grams)
    ]
    return len(PublicationGram.unscoped.bulk_create(rows))


def units_still_to_see(publication: Publication, today: date) -> list[str]:
    """Return names of named units that were not shown the text, or still have days to answer."""
    seen = {one.unit: one for one in Preview.unscoped.filter(publication=publication)}
    return [
        name
        for pk, name in publication.named_units
        if int(pk) not in seen or (seen[int(pk)].answered_at is None and seen[int(pk)].answer_until >= today)
    ]
