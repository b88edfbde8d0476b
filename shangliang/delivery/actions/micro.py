"""A micro-consultation on one sheet: one act fills the six steps and every list through the real actions."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import IntegrityError
from django.utils.translation import gettext as _

from shangliang.consultations import actions as consultations
from shangliang.consultations.models import Consultation
from shangliang.consultations.queries import get_consultation_entered_with
from shangliang.delivery.actions.assigning import assign
from shangliang.delivery.actions.doors import term_until
from shangliang.foundation import roles
from shangliang.foundation.business import action
from shangliang.foundation.codes import form_key_digest
from shangliang.foundation.moves import check_role
from shangliang.foundation.refusals import Refusal
from shangliang.foundation.viewer import Viewer
from shangliang.people.models import Area, Committee, Organisation
from shangliang.protection.actions import answer_exposure_of_matter
from shangliang.reports.models import Matter
from shangliang.topics import actions as topics
from shangliang.topics.models import ConsultationForm, Decision, Topic


@dataclass(frozen=True)
class Agreed:
    """One thing agreed on: what, which unit does it, until when, who said yes for it, which side proposed it."""

    text: str
    unit: Organisation
    until: date
    agreed_by: str
    side: str = "residents"


@dataclass(frozen=True)
class MicroSheet:
    """What one sheet of a micro-consultation holds; nothing on it is asked twice.

    ``heads``: side → people present. ``research``: (day, what was seen). ``approver`` agreed to the topic by
    ``approval_document``; ``issuing_authority`` assigned what was agreed by ``document_no`` on ``issued_on`` (the day
    of the session when not said). ``entry_source``: who recorded it from what. ``households``: how many could have said
    what the matters rest on, where nobody has answered that yet.
    """

    title: str
    source: str
    domain: str
    place: str
    held_on: date
    heads: dict[str, int]
    counted_by: str
    research: Sequence[tuple[date, str]]
    agreed: Sequence[Agreed]
    approver: str
    approval_document: str
    issuing_authority: Organisation
    document_no: str
    entry_source: str
    issued_on: date | None = None
    matters: Sequence[Matter] = field(default=())
    households: str = ""
    area: Area | None = None

    @property
    def began_on(self) -> date:
        """The day of the first look, or of the session."""
        return min([self.held_on, *(day for day, _note in self.research)])

    @property
    def assigned_on(self) -> date:
        """The day the authority assigned what was agreed."""
        return self.issued_on or self.held_on


def record_micro(
    *, committee: Committee, sheet: MicroSheet, entry_key: str, by: Viewer, at: datetime
) -> Consultation:
    """Record a whole micro-consultation, today's or a past one. The same ``entry_key`` gives one, however often pressed.

    Refuses no research, nothing agreed, a look after the session, and whatever a step of the course refuses: then
    nothing of it is kept.
    """
    key = form_key_digest(entry_key)
    try:
        return get_consultation_entered_with(by, key) or _record(committee, sheet, key, by=by, at=at)
    except IntegrityError:  # the same sheet was sent twice at once and the other request was first
        row = get_consultation_entered_with(by, key)
        if row is None:
            raise
        return row


@action
def _record(committee: Committee, sheet: MicroSheet, key: str, *, by: Viewer, at: datetime) -> Consultation:
    check_role(by, roles.OFFICE)
    _check_whole(sheet)
    for matter in sheet.matters if sheet.households else ():
        answer_exposure_of_matter(matter, households=sheet.households, by=by, at=at)
    topic = _topic(committee, sheet, by, at)
    row = consultations.open_consultation(topic=topic, happened_on=sheet.began_on, entry_source=sheet.entry_source,
                                          entry_key=key, by=by, at=at)  # fmt: skip
    consultations.plan(
        row, place=sheet.place, planned_on=sheet.held_on, happened_on=sheet.began_on, by=by, at=at
    )
    for day, note in sheet.research:
        consultations.record_research(row, happened_on=day, note=note, place=sheet.place, by=by, at=at)
    consultations.finish_research(row, by=by, at=at)
    consultations.hold_session(row, held_on=sheet.held_on, place=sheet.place, heads=sheet.heads,
                               counted_by=sheet.counted_by, by=by, at=at)  # fmt: skip
    _agree_and_assign(row, sheet, by, at)
    row.refresh_from_db()
    return row


def _check_whole(sheet: MicroSheet) -> None:
    if not sheet.research:
        raise Refusal(_("不调研不协商：先写一行调研，哪天看的、看到什么。"))
    if any(day > sheet.held_on for day, _note in sheet.research):
        raise Refusal(_("调研在开会以后，请看看日期是不是写反了。"))
    if not sheet.agreed:
        raise Refusal(_("至少写一条商量定的事。"))
    if sheet.assigned_on < sheet.held_on:
        raise Refusal(_("交办早于开会，请看看日期是不是写反了。"))


def _topic(committee: Committee, sheet: MicroSheet, by: Viewer, at: datetime) -> Topic:
    row = topics.store_topic(committee=committee, title=sheet.title, source=sheet.source, domain=sheet.domain,
                             form=_micro_form(committee, by, at), matters=sheet.matters, area=sheet.area,
                             stored_on=sheet.began_on, by=by, at=at)  # fmt: skip
    topics.shortlist(row, by=by, at=at)
    topics.submit_for_approval(row, submitted_to=sheet.approver, submitted_on=sheet.began_on, by=by, at=at)
    topics.record_decision(row, decision=Decision.APPROVED, decided_on=sheet.began_on, decided_by=sheet.approver,
                           document_no=sheet.approval_document[:60], source=sheet.entry_source, by=by, at=at)  # fmt: skip
    return topics.schedule(row, scheduled_on=sheet.held_on, by=by, at=at)


def _micro_form(committee: Committee, by: Viewer, at: datetime) -> ConsultationForm:
    forms = topics.ensure_forms(committee, by=by, at=at).values()
    found = next((one for one in forms if one.is_micro), None)
    if found is None:
        raise Refusal(_("本政协还没有“微协商”这种形式，请先在设置里加上。"))
    return found


def _agree_and_assign(row: Consultation, sheet: MicroSheet, by: Viewer, at: datetime) -> None:
    rows = [(one, consultations.add_suggestion(row, text=one.text, proposer_side=one.side, by=by, at=at,
                                               concerned_units=[one.unit]))
            for one in sheet.agreed]  # fmt: skip
    consultations.submit_results(
        row, submitted_to=sheet.issuing_authority.name, happened_on=sheet.held_on, by=by, at=at
    )
    for one, suggestion in rows:
        consultations.adopt_suggestion(suggestion, decided_by=one.agreed_by, decided_on=sheet.assigned_on,
                                       source=sheet.document_no, by=by, at=at)  # fmt: skip
        if one.until < sheet.assigned_on:
            raise Refusal(_("“%(text)s”的期限早于交办那天，请看看日期。") % {"text": one.text[:30]})
        assign(suggestion=suggestion, issuing_authority=sheet.issuing_authority, document_no=sheet.document_no,
               basis=_("微协商共识（%(code)s）") % {"code": row.code}, issued_on=sheet.assigned_on, task=one.text,
               lead_unit=one.unit, working_days=term_until(sheet.assigned_on, one.until),
               source=sheet.entry_source, by=by, at=at)  # fmt: skip
