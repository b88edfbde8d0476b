"""Notices by mail to those who asked for it: to a real mail server, once per effect, with not a word of the matter."""

import asyncio
import email
import socket
from datetime import timedelta
from email.header import decode_header, make_header

import pytest
from aiosmtpd.controller import Controller

from shangliang.foundation import outbox, vault
from shangliang.foundation.models import Message, VaultItem
from shangliang.foundation.models.outbox import MessageState
from shangliang.foundation.queries import inbox_of
from shangliang.people.tests.factories import MORNING, district
from shangliang.reports import actions
from shangliang.reports.models import Report
from shangliang.reports.tests.factories import TITLE, WORDS, holder_of, report_in
from tests.trust.traces import everything_logged

pytestmark = pytest.mark.django_db
ADDRESS = "mei.lin.canary@example.org"
LATER = MORNING + timedelta(hours=2)


class Box:
    """A real mail server that keeps what it took."""

    def __init__(self):
        self.letters, self.refuses = [], False

    async def handle_RCPT(self, server, session, envelope, address, options):
        await asyncio.sleep(0)
        if self.refuses:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        await asyncio.sleep(0)
        self.letters.append((envelope.rcpt_tos, email.message_from_bytes(envelope.content)))
        return "250 OK"


@pytest.fixture
def box(settings):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    taking = Box()
    controller = Controller(taking, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.PUBLIC_ADDRESS = "https://shangliang.example"
    yield taking
    controller.stop()


@pytest.fixture
def place():
    return district()


def with_mail(place, address=ADDRESS):
    report = report_in(place)
    actions.leave_contact(
        report, what="mail", value=address, has_agreed=True, by=holder_of(report), at=MORNING
    )
    return Report.unscoped.select_related("matter", "committee").get(pk=report.pk)


def words_of(letter):
    subject = str(make_header(decode_header(letter["Subject"])))
    return f"{subject}\n{letter.get_payload(decode=True).decode()}"


def queued():
    return Message.unscoped.filter(channel="mail", state=MessageState.QUEUED).exclude(vault_handle="").count()


ACTS = {
    "answered": lambda report, place: actions.answer(report, words="明天修。", by=place.clerk, at=LATER),
    "asked": lambda report, place: actions.ask(report, words="几点？", by=place.clerk, at=LATER),
    "banked": lambda report, place: actions.bank(report, words="先留着。", by=place.clerk, at=LATER),
    "referred": lambda report, place: actions.refer(
        report, channel="12345 热线", number="1", words="转了。", by=place.clerk, at=LATER
    ),
    "declined": lambda report, place: actions.decline(report, words="法院在办。", by=place.clerk, at=LATER),
    "raised": lambda report, place: actions.raise_matter(report, title=TITLE, by=place.clerk, at=LATER),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_whatever_the_office_says_is_also_mailed_once_without_a_word_of_it(box, place, act):
    report = with_mail(place)
    with everything_logged() as told:
        act(report, place)
        for _round in range(2):
            outbox.send_waiting(LATER)
    (to, letter), *more = box.letters
    said = words_of(letter)
    assert not more and to == [ADDRESS]
    assert "凭回执查看" in said and "https://shangliang.example/receipt/" in said
    secrets = (
        WORDS[:6],
        report.code,
        TITLE[:4],
        report.matter.code,
        "柳岸",
        "云川",
        "几点",
        "明天修",
        "12345",
    )
    assert not [one for one in secrets if one in said or one in letter.as_string()]
    ours = [
        line for line in told.getvalue().splitlines() if '"logger": "mail.log"' not in line
    ]  # that is the server's own
    assert not [line for line in ours if ADDRESS in line]


def test_every_step_of_a_matter_is_mailed_to_those_who_asked_and_to_nobody_else(box, place):
    report, other = with_mail(place), report_in(place)
    matter = actions.raise_matter(report, title=TITLE, by=place.clerk, at=LATER)
    actions.join(other, matter, by=place.clerk, at=LATER)
    actions.begin_consulting(matter, by=place.clerk, at=LATER)
    actions.begin_delivering(matter, by=place.clerk, at=LATER)
    actions.ask_for_verdicts(matter, by=place.clerk, at=LATER)
    actions.reopen_matter(matter, by=place.clerk, at=LATER)
    actions.ask_for_verdicts(matter, by=place.clerk, at=LATER)
    actions.close_matter(matter, look_back_on=MORNING.date(), by=place.clerk, at=LATER)
    outbox.send_waiting(LATER)
    assert len(box.letters) == 7 and {to[0] for to, _letter in box.letters} == {ADDRESS}
    assert len({letter["Message-ID"] for _to, letter in box.letters}) == 7


def test_opening_the_contact_is_mailed_too(box, place):
    report = with_mail(place)
    actions.leave_contact(
        report, what="phone", value="000-0000-0001", has_agreed=True, by=holder_of(report), at=MORNING
    )
    asked = actions.ask_unmask(report, reason="问清楚", by=place.clerk, at=LATER)
    assert actions.approve_unmask(asked, by=place.leader, at=LATER) == "000-0000-0001"
    outbox.send_waiting(LATER)
    assert [to for to, _letter in box.letters] == [[ADDRESS]]


@pytest.mark.parametrize("gone", ["taken back", "withdrawn"])
def test_an_address_that_is_gone_ends_the_mail_quietly(box, place, gone):
    report = with_mail(place)
    actions.bank(report, words="先留着。", by=place.clerk, at=LATER)
    if gone == "withdrawn":
        actions.withdraw(report, by=holder_of(report), at=LATER)
    else:
        actions.take_back_consent(report, what="mail", by=holder_of(report), at=LATER)
    assert outbox.send_waiting(LATER) == {"sent": 0, "failed": 0, "parked": 0}
    row = Message.unscoped.get(channel="mail")
    assert not box.letters and (row.state, row.vault_handle) == (MessageState.DROPPED, "")


def test_the_address_stands_nowhere_in_plain(box, place):
    report = with_mail(place)
    actions.bank(report, words="先留着。", by=place.clerk, at=LATER)
    rows = list(Message.unscoped.values_list("address", "subject", "body", "link", "effect"))
    assert ADDRESS not in str(rows)
    outbox.send_waiting(LATER)
    assert (
        not Message.unscoped.exclude(vault_handle="").exists() and vault.unseal(report.mail_handle) == ADDRESS
    )


def test_one_effect_is_one_mail(box, place):
    report = with_mail(place)
    for _twice in range(2):
        outbox.hand_over_sealed([("told-1", report.mail_handle)], subject="有", body="有", at=MORNING)
    assert queued() == 1


def test_where_no_mail_is_sent_nothing_is_written_and_an_address_never_lands_in_a_file(place, settings):
    report = with_mail(place)
    actions.ask(report, words="几点？", by=place.clerk, at=LATER)
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    actions.bank(report, words="先留着。", by=place.clerk, at=LATER)
    assert queued() == 1 and outbox.send_waiting(LATER)["failed"] == 1


def test_what_is_parked_for_a_week_ends_and_what_was_sealed_for_it_alone_is_destroyed(box, place):
    box.refuses = True
    handle = vault.seal(f"{ADDRESS}\nx", at=MORNING)
    outbox.hand_over_sealed([("once-1", handle)], subject="新", body="新", at=MORNING, is_once=True)
    for _try in range(outbox.TRIES):
        outbox.send_waiting(MORNING)
    assert Message.unscoped.get().state == MessageState.PARKED
    assert outbox.drop_parked(MORNING + timedelta(days=7)) == 0
    assert outbox.drop_parked(MORNING + timedelta(days=7, seconds=1)) == 1
    assert Message.unscoped.get().state == MessageState.DROPPED and not VaultItem.unscoped.exists()


def test_mails_to_nobody_s_appointment_are_in_no_inbox(place):
    report = with_mail(place)
    actions.bank(report, words="先留着。", by=place.clerk, at=LATER)
    for viewer in place.viewers.values():
        assert not inbox_of(viewer).exists()
