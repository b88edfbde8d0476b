"""Rows of every stage, small and quick to make, with the ledger lines the real buttons write.

The figures and the public pages read across all stages; here each stage is laid down as a row, and every state is
reached by the one `move()` with the moves of its own table.
"""

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from shangliang.consultations import states as consulting
from shangliang.consultations.models import Consultation, Suggestion
from shangliang.delivery import states as delivering
from shangliang.delivery.models import Assignment, Result, Verdict, Verification
from shangliang.foundation.business import business
from shangliang.foundation.codes import short_code
from shangliang.foundation.ledger import new_salt
from shangliang.foundation.moves import move, record_fact
from shangliang.people.tests.factories import MORNING, District
from shangliang.reports import states as reporting
from shangliang.reports.models import Matter, Report
from shangliang.topics.models import ConsultationForm, Topic, TopicMatter

_numbers = count(1)
DAY = MORNING.date()


def days_later(days: int) -> datetime:
    """Return nine in the morning, some days after the cast came together."""
    return MORNING + timedelta(days=days)


def laid_down(row: Any, verb: str, place: District, at: datetime) -> Any:
    """Save a new row and write its first ledger line."""
    with business():
        row.save(force_insert=True)
        record_fact(row, verb, by=place.clerk, at=at)
    return row


def moved(row: Any, place: District, at: datetime, *steps: Any, **changes: Any) -> Any:
    """Make moves one after the other, as the clerk."""
    for step in steps:
        move(row, step, by=place.clerk, at=at, **changes)
    return row


def matter(
    place: District,
    *steps: Any,
    at: datetime = MORNING,
    title: str = "河边步道夜里没有灯",
    reports: int = 1,
    **more: Any,
) -> Matter:
    """Return a matter with some reports, moved along its state table."""
    code = f"{place.committee.prefix}-2026-{next(_numbers):04d}"
    row = Matter(
        committee=place.committee, area=place.community, code=code, title=title, established_on=DAY, **more
    )
    laid_down(row, "matter.begin", place, at)
    for _number in range(reports):
        report(place, row, at)
    return moved(row, place, at, *steps)


def report(place: District, home: Matter, at: datetime = MORNING, **more: Any) -> Report:
    """Return one report joined to a matter."""
    given = {
        "text": "走路看不清脚下。",
        "state": reporting.ReportState.TAKEN,
        "first_answered_at": at,
        **more,
    }
    row = Report(
        committee=place.committee,
        matter=home,
        area=home.area,
        code=short_code(),
        channel="qr",
        happened_on=DAY,
        submitted_at=at,
        received_at=at,
        answer_due_on=DAY + timedelta(days=7),
        form_key_digest=new_salt() * 2,
        receipt_digest=new_salt() * 2,
        text_salt=new_salt(),
        body_digest=new_salt() * 2,
        **given,
    )
    return laid_down(row, "report.submit", place, at)


def topic(
    place: District,
    *matters: Matter,
    at: datetime = MORNING,
    source: str = "residents",
    stored_on: date = DAY,
    title: str = "河边步道的灯怎么装",
    **more: Any,
) -> Topic:
    """Return a topic in the bank that holds some matters."""
    form, _made = ConsultationForm.unscoped.get_or_create(
        committee=place.committee,
        key="micro",
        defaults={"name": "微协商", "is_micro": True, "approver": "区委"},
    )
    row = Topic(
        committee=place.committee,
        form=form,
        code=f"{place.committee.prefix}-T-{next(_numbers):04d}",
        title=title,
        source=source,
        domain="livelihood",
        stored_on=stored_on,
        **more,
    )
    laid_down(row, "topic.store", place, at)
    TopicMatter.unscoped.bulk_create([TopicMatter(topic=row, matter=one) for one in matters])
    return row


def consultation(
    place: District, home: Topic, *, closed_at: datetime | None = None, held_on: date = DAY
) -> Consultation:
    """Return a consultation that has met; closed where a moment is given."""
    row = Consultation(
        committee=place.committee,
        topic=home,
        form=home.form,
        title=home.title,
        held_on=held_on,
        code=f"{place.committee.prefix}-X-{next(_numbers):04d}",
    )
    laid_down(row, "consultation.open", place, MORNING)
    moved(row, place, MORNING, consulting.PLAN, consulting.RESEARCH, consulting.HOLD)
    if closed_at:
        moved(row, place, closed_at, consulting.SUBMIT, consulting.FOLLOW, consulting.CLOSE)
    return row


def suggestion(
    place: District,
    home: Consultation,
    *steps: Any,
    text: str = "步道每隔二十米装一盏灯",
    at: datetime = MORNING,
    **changes: Any,
) -> Suggestion:
    """Return one suggestion of a consultation, moved along its state table."""
    number = Suggestion.unscoped.filter(consultation=home).count() + 1
    row = Suggestion(
        committee=place.committee,
        consultation=home,
        code=f"{home.code}-S{number}",
        number=number,
        text=text,
        proposer_side="residents",
    )
    laid_down(row, "suggestion.add", place, at)
    return moved(row, place, at, *steps, **changes)


def assignment(place: District, answers: Suggestion, *, at: datetime = MORNING, **more: Any) -> Assignment:
    """Return one assignment just issued to the lead unit, due in 20 working days."""
    given = {
        "lead_unit": place.lead_unit,
        "issued_on": DAY,
        "deadline_on": date(2026, 10, 13),
        "document_no": "云府办交〔2026〕8号",
        **more,
    }
    row = Assignment(
        committee=place.committee,
        suggestion=answers,
        code=f"{answers.code}-A{next(_numbers)}",
        issuing_authority=place.authority,
        basis="区政府办公室交办通知",
        task=answers.text,
        working_days=20,
        recorded_at=at,
        **given,
    )
    return laid_down(row, "assignment.assign", place, at)


def checked(
    place: District,
    done: Assignment,
    *,
    on: date = date(2026, 9, 28),
    at: datetime | None = None,
    outcome: str = "done",
    text: str = "装好了十二盏灯。",
    finished_on: date | None = None,
) -> Assignment:
    """Return an assignment whose claim the committee checked: done, or (outcome not_feasible) explained."""
    at = at or days_later((on - DAY).days)
    cannot = outcome == "not_feasible"
    moved(done, place, at, delivering.ACCEPT, delivering.CANNOT_DO if cannot else delivering.CLAIM)
    claim = Result(
        assignment=done,
        text=text,
        real_outcome=outcome,
        finished_on=finished_on or on,
        via="proxy",
        source="电话记录",
        recorded_at=at,
        number=done.results.count() + 1,
    )
    claim.save(force_insert=True)
    Verification(
        result=claim,
        is_confirmed=True,
        verified_on=on,
        verified_by="程晓岚",
        note="去看过，属实。",
        told_on=on if cannot else None,
    ).save(force_insert=True)
    return moved(done, place, at, delivering.EXPLAIN if cannot else delivering.VERIFY)


def verdict(
    place: District,
    about: Matter,
    *,
    solved: str = "yes",
    satisfied: str = "yes",
    may_show: bool = False,
    by: Report | None = None,
    at: datetime = MORNING,
) -> Verdict:
    """Return one verdict under a receipt of its own."""
    row = Verdict(
        committee=place.committee,
        matter=about,
        report=by or report(place, about),
        code=short_code(),
        round=about.round,
        solved=solved,
        satisfied=satisfied,
        may_show=may_show,
        given_at=at,
    )
    row.save(force_insert=True)
    return row


def solved_matter(
    place: District, *, on: date = date(2026, 9, 28), outcomes: tuple[str, ...] = ("done",), reports: int = 1
) -> Matter:
    """Return a matter whose every assignment was checked with these outcomes, now waiting for verdicts."""
    row = matter(place, reporting.ESTABLISH, reporting.CONSULT, reports=reports)
    home = consultation(place, topic(place, row))
    for outcome in outcomes:
        wanted = suggestion(place, home, consulting.ADOPT)
        checked(place, assignment(place, wanted), on=on, outcome=outcome)
    return moved(row, place, days_later((on - DAY).days), reporting.DELIVER, reporting.JUDGE)
