"""T54: no log, no mail and no ledger line holds a person's words; the receipt code is nowhere at all."""

import json

import pytest
from django.core import mail
from django.test import Client

from shangliang.delivery.tests.factories import adopted_suggestion, assigned
from shangliang.foundation import clock, codes, outbox
from shangliang.foundation.models import Message
from shangliang.people.models import Person
from shangliang.people.tests.factories import MORNING, district
from shangliang.reports import actions, notices
from shangliang.reports.actions import receiving
from shangliang.reports.models import Report
from shangliang.reports.tests.factories import TITLE, picture, point_in
from tests.trust.residents import receipt_in
from tests.trust.traces import database_text, everything_logged, forms_of, found_in, ledger_text
from tests.trust.world import signed_in

PROMISE = "No log, mail or ledger line holds a person's words; the receipt code stands nowhere"
WORDS = {
    "text": "金丝雀文字七三九一",
    "place": "金丝雀弄堂四二零八",
    "contact": "13977706655",
    "added": "金丝雀补充五五三二",
    "answer": "金丝雀回答六六一七",
    "password": "jinsique-mima-2468",
}
pytestmark = pytest.mark.django_db


class Walk:
    """One resident's whole way through the pages, and the office's, with a canary in every field."""

    def __init__(self):
        self.place = district()
        Person.unscoped.update(email="somebody@example.org")
        self.point = point_in(self.place)
        self.resident = Client(raise_request_exception=False)
        self.clerk, self.leader = (signed_in(self.place, key) for key in ("clerk", "leader"))

    def send(self, **more):
        """Send the form; return what it answered."""
        said = {"form_key": codes.new_form_key(), "text": WORDS["text"], "place": WORDS["place"], **more}
        return self.resident.post(f"/r/{self.point.code}/", said)

    def go(self):
        """Walk; return the ten bytes of the receipt."""
        sent = self.send(contact=WORDS["contact"], agrees="on", photos=picture_file())
        receipt = receipt_in(sent.content.decode())
        report = Report.unscoped.get(text=WORDS["text"])
        self._with_receipt(receipt, report)
        self._in_the_office(report)
        self._goes_wrong(receipt)
        outbox.send_waiting(clock.now())
        return codes.parse_receipt(receipt)

    def _with_receipt(self, receipt, report):
        assert self.resident.post("/receipt/", {"code": receipt, "remember": "on"}).status_code == 303
        actions.ask(report, words="是哪一段路？", by=self.place.clerk, at=MORNING)
        self.resident.post("/receipt/reply/", {"text": WORDS["answer"]})
        self.resident.post("/receipt/add/", {"text": WORDS["added"]})
        for page in ("/receipt/now/", "/receipt/add/", "/receipt/withdraw/", "/receipt/verdict/"):
            assert self.resident.get(page).status_code == 200, page

    def _in_the_office(self, report):
        for page in (
            "/desk/",
            f"/desk/{report.code}/",
            "/desk/?format=xlsx",
            f"/desk/{report.code}/contact/",
        ):
            assert self.clerk.get(page, {"plain": "1"}).status_code == 200, page
        asked = {"reason": "要问清楚是哪一段路"}
        self.clerk.post(f"/desk/{report.code}/contact/", asked)
        opened = self.leader.post(f"/desk/{report.code}/contact/open/")
        assert WORDS["contact"] in opened.content.decode()
        matter = actions.raise_matter(report, title=TITLE, by=self.place.clerk, at=MORNING)
        actions.tell_reporters(matter, text="这件事大家坐下来商量了。", by=self.place.clerk, at=MORNING)
        assigned(self.place, suggestion=adopted_suggestion(self.place, matters=(matter,)))

    def _goes_wrong(self, receipt):
        self.resident.get(f"/{receipt}/")
        self.resident.get("/receipt/", {"code": receipt, "text": WORDS["text"]})
        self.resident.post(
            "/sign-in/", {"username": f"{self.place.committee.slug}-clerk", "password": WORDS["password"]}
        )
        self.send(text=WORDS["text"] + "。" * 10_001)
        self.resident.post("/receipt/add/", {"text": WORDS["added"], "photos": picture_file(b"no picture")})


def picture_file(data=None):
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415

    return SimpleUploadedFile("p.png", data or picture(), "image/png")


def traces(bits, told):
    """Return where a canary or a form of the receipt was found."""
    receipt = forms_of(bits)
    mails = "\n".join(f"{one.subject}\n{one.body}\n{one.to}" for one in mail.outbox)
    notes = "\n".join(f"{one.subject}\n{one.body}\n{one.link}" for one in Message.unscoped.all())
    places = {"log": told.getvalue(), "mail": mails, "notices": notes, "ledger": ledger_text()}
    found = {name: found_in(text, {**WORDS, **receipt}) for name, text in places.items()}
    found["database"] = found_in(
        database_text(), {**receipt, "contact": WORDS["contact"], "password": WORDS["password"]}
    )
    return {name: names for name, names in found.items() if names}


@pytest.mark.promise("T54", PROMISE)
def test_a_whole_walk_leaves_no_words_where_they_do_not_belong(measured, monkeypatch):
    walk = Walk()
    with everything_logged() as told:
        bits = walk.go()
        forced_failures(walk, monkeypatch)

    lines = told.getvalue().splitlines()
    assert traces(bits, told) == {}
    assert mail.outbox and Message.unscoped.count() > len(mail.outbox) and len(lines) > 30
    assert all(json.loads(line) for line in lines), (
        "a line of the log is no JSON: somebody's newline got into it"
    )
    measured.figures.update(
        forms_of_the_receipt=len(forms_of(bits)),
        log_lines=len(lines),
        mails=len(mail.outbox),
        notices=Message.unscoped.count(),
        found=0,
    )


def forced_failures(walk, monkeypatch):
    """Let the program fail in the middle of taking words in, with those words in the failure's own message."""

    def broken(report, words, *files, **who):
        raise ValueError(f"{words.text} {words.place} {words.contact}")

    with monkeypatch.context() as change:
        change.setattr(receiving, "_keep", broken)
        for _turn in range(3):
            assert walk.send(contact=WORDS["contact"], agrees="on").status_code == 500


@pytest.mark.promise("T54", PROMISE)
def test_a_log_line_with_the_words_in_it_is_caught(measured, monkeypatch):
    walk, honest = Walk(), receiving._keep

    def chatty(report, words, *files, **who):
        import logging  # noqa: PLC0415

        logging.getLogger("shangliang.reports").info("received %s", words.text)
        return honest(report, words, *files, **who)

    monkeypatch.setattr(receiving, "_keep", chatty)
    with everything_logged() as told:
        found = traces(walk.go(), told)

    assert found == {"log": ["text"]}
    measured.caught("words-logged", found)


@pytest.mark.promise("T54", PROMISE)
def test_a_notice_with_the_words_in_it_is_caught(measured, monkeypatch):
    walk, honest = Walk(), notices.hand_over

    def chatty(**said):
        report = Report.unscoped.filter(text=WORDS["text"]).first()
        honest(**{**said, "body": f"{said['body']} {report.text if report else ''}"})

    monkeypatch.setattr(notices, "hand_over", chatty)
    with everything_logged() as told:
        found = traces(walk.go(), told)

    assert found == {"notices": ["text"]}
    measured.caught("words-in-a-notice", found)


@pytest.mark.promise("T54", PROMISE)
def test_a_receipt_kept_as_it_is_is_caught(measured, monkeypatch):
    walk = Walk()
    monkeypatch.setattr(codes, "receipt_digest", lambda bits, _pepper: codes.as_symbols(bits))
    with everything_logged() as told:
        found = traces(walk.go(), told)

    assert "symbols" in found["database"]
    measured.caught("receipt-kept", found["database"])
