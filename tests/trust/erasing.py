"""Somebody speaks with a canary in every field, takes it back, and it is erased: put to an instance from inside."""

import importlib
from datetime import timedelta

from shangliang.foundation import clock, codes, ledger
from shangliang.foundation.viewer import Appointed, Public, ReceiptHolder
from shangliang.reports import actions
from shangliang.reports.actions.erasing import erase_withdrawn
from shangliang.reports.models import Report, ReportPoint
from shangliang.reports.tests.factories import picture

CANARY = "金丝雀七三九一"
LONG = f"{CANARY}，路灯不亮。" * 400  # longer than a page of the database
BEFORE = timedelta(days=40)


def speak_and_take_back(count: str, mutant: str = "") -> int:
    """Let that many speak, be asked, answer, add, be read and withdraw forty days ago; others' words lie in between."""
    _apply(mutant)
    point = ReportPoint.unscoped.select_related("committee", "area").get()
    for number in range(int(count)):
        report = _spoken(point, LONG if number % 3 else f"{CANARY}{number}")
        _spoken(point, "别人说的，一直留着。" * (number * 40 + 1), is_ours=False)
        _thread(point, report)
    return Report.unscoped.filter(state="withdrawn").count()


def erase_all(mutant: str = "") -> dict[str, object]:
    """Run the job; return how many it erased and what the ledger's check says."""
    _apply(mutant)
    erased = erase_withdrawn(clock.today(), clock.now())
    chain = ledger.chain_of(ReportPoint.unscoped.get().committee_id)
    return {"erased": erased, "ledger": list(ledger.verify(chain)), "kept": Report.unscoped.count()}


def _spoken(point: ReportPoint, text: str, is_ours: bool = True) -> Report:
    said = {"place": f"{CANARY}弄", "title": f"{CANARY}题", "entry_source": f"{CANARY}簿", "elsewhere": f"{CANARY}处",
            "elsewhere_number": f"{CANARY}号", "photos": [picture()], "contact": "139-0000-1111",
            "consent_version": "2026-11"} if is_ours else {}  # fmt: skip
    return actions.submit_report(
        committee=point.committee, point=point, form_key=codes.new_form_key(), text=text, channel="qr",
        by=Public(point.committee_id), at=clock.now() - BEFORE, **said,
    ).report  # fmt: skip


def _thread(point: ReportPoint, report: Report) -> None:
    at, own = clock.now() - BEFORE, ReceiptHolder(report.pk)
    clerk, leader = (
        Appointed(number, number, point.committee_id, "clerk", None, frozenset({point.committee_id}))
        for number in (901, 902)
    )
    actions.ask(report, words=f"{CANARY}是哪一段？", by=clerk, at=at)
    actions.reply(report, text=f"{CANARY}东头。", by=own, at=at)
    actions.add_words(report, text=LONG, photos=[picture("navy")], by=own, at=at)
    asked = actions.ask_unmask(report, reason=f"{CANARY}要问清", by=clerk, at=at)
    actions.approve_unmask(asked, by=leader, at=at)
    actions.bank(report, words=f"{CANARY}先留着。", by=clerk, at=at)
    actions.withdraw(report, by=own, at=at)


def _apply(mutant: str) -> None:
    if mutant:
        importlib.import_module(f"tests.mutants.{mutant}").apply()
