"""What comes without a proof of work, or in a flood, is taken in like anything else and lies apart until somebody looked."""

import gzip
import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from shangliang.foundation import codes, limits, proof
from shangliang.foundation.clock import now
from shangliang.foundation.models import LedgerEntry, SpentProof
from shangliang.foundation.refusals import NotYours, Refusal
from shangliang.foundation.tests.solving import solution, solved, task_in
from shangliang.people.tests.factories import MORNING
from shangliang.reports import rules
from shangliang.reports.actions import add_words, bank, put_in_queue, withdraw
from shangliang.reports.actions.entering import enter_report
from shangliang.reports.models import Doubt, Report
from shangliang.reports.queries.doubts import reports_set_aside, set_aside_count
from shangliang.reports.queries.reports import reports_seen_by
from shangliang.reports.states import ReportState
from shangliang.reports.tests.factories import (
    ACCUSING,
    MARKED,
    WORDS,
    district,
    holder_of,
    point_in,
    report_in,
    sent,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(clock):
    return district()


@pytest.fixture
def point(place):
    return point_in(place)


def opened(client, point):
    page = client.get(f"/r/{point.code}/").content.decode()
    return re.search(r'name="form_key" value="([^"]+)"', page)[1], page


def send(client, point, text=WORDS, solve=True, **said):
    key, page = opened(client, point)
    fields = {"form_key": key, "text": text, "proof": solved(page) if solve else "", **said}
    return client.post(f"/r/{point.code}/", fields)


def doubtful(place, number=1, doubt=rules.UNPROVEN, **more):
    return [sent(place, f"{WORDS}第 {one} 次。", doubt=doubt, **more).report for one in range(number)]


def test_the_doubts_are_those_of_the_table():
    assert {rules.UNPROVEN, rules.FLOOD} == set(Doubt.values)


def test_a_form_with_its_proof_goes_to_the_queue(client, point):
    assert send(client, point).status_code == 200 and Report.unscoped.get().set_aside == ""


def test_a_form_without_one_gets_receipt_clock_and_ledger_line_like_any_other_and_lies_apart(client, point):
    with_proof, without = send(client, point), send(client, point, solve=False)
    one, other = Report.unscoped.order_by("pk")
    assert with_proof.status_code == without.status_code == 200
    assert other.set_aside == rules.UNPROVEN and one.set_aside == ""
    assert (other.state, other.answer_due_on) == (one.state, one.answer_due_on)
    assert LedgerEntry.unscoped.filter(verb="report.receive").count() == 2
    assert 'name="code"' in without.content.decode() and "验算" not in without.content.decode()


def test_a_page_that_lay_open_counts_as_unproven_and_a_fresh_task_mends_it(client, point, clock):
    key, page = opened(client, point)
    old, token = solved(page), re.search(r"for=(\w+)", task_in(page)["salt"])[1]
    clock.forward(minutes=11)
    fresh = client.get("/r/proof/", headers={"X-Proof-For": token})
    assert fresh.status_code == 200 and fresh["Cache-Control"] == "no-store, private"
    for sent_with, lies in ((solution(fresh.json()), ""), (old, rules.UNPROVEN)):
        client.post(f"/r/{point.code}/", {"form_key": key, "text": WORDS, "proof": sent_with})
        assert Report.unscoped.get().set_aside == lies
        Report.unscoped.all().delete()


@pytest.mark.parametrize("token", ["", "x", "Z" * 32, "0" * 32, "<script>"])
def test_a_fresh_task_for_nothing_in_particular_is_of_no_use_for_a_form(client, point, token):
    key, _page = opened(client, point)
    fresh = client.get("/r/proof/", headers={"X-Proof-For": token}).json()
    client.post(f"/r/{point.code}/", {"form_key": key, "text": WORDS, "proof": solution(fresh)})
    assert Report.unscoped.get().set_aside == rules.UNPROVEN


def test_the_page_after_a_refusal_carries_a_task_for_the_same_form(client, point):
    key, _page = opened(client, point)
    page = client.post(f"/r/{point.code}/", {"form_key": key, "text": ""}).content.decode()
    client.post(f"/r/{point.code}/", {"form_key": key, "text": WORDS, "proof": solved(page)})
    assert Report.unscoped.get().set_aside == ""


def test_pressing_again_without_the_proof_changes_nothing(client, point):
    key, page = opened(client, point)
    for said in (solved(page), ""):
        client.post(f"/r/{point.code}/", {"form_key": key, "text": WORDS, "proof": said})
    assert Report.unscoped.get().set_aside == ""


def test_a_proof_costs_the_report_no_statement_more(client, point, django_assert_num_queries):
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    counts = []
    for solve in (False, True, False):
        key, page = opened(client, point)
        said = {"form_key": key, "text": WORDS, "proof": solved(page) if solve else ""}
        with CaptureQueriesContext(connection) as asked:
            client.post(f"/r/{point.code}/", said)
        counts.append(len(asked))
    assert counts[1] == counts[2] and not SpentProof.unscoped.exists()


def test_above_the_limit_of_an_address_proven_forms_are_kept_apart_and_never_refused(
    client, point, monkeypatch
):
    monkeypatch.setattr(limits, "REPORTS", limits.Bucket(2, 0))
    answers = [send(client, point, f"{WORDS}{number}").status_code for number in range(4)]
    kept = list(Report.unscoped.order_by("pk").values_list("set_aside", flat=True))
    assert answers == [200] * 4 and kept == ["", "", rules.FLOOD, rules.FLOOD]
    other = Client(REMOTE_ADDR="203.0.113.77")
    send(other, point, "别处来的")
    assert Report.unscoped.get(text="别处来的").set_aside == ""


def test_what_comes_without_proof_does_not_use_up_what_an_address_may_send(client, point, monkeypatch):
    monkeypatch.setattr(limits, "REPORTS", limits.Bucket(1, 0))
    for number in range(3):
        send(client, point, f"{WORDS}{number}", solve=False)
    send(client, point)
    assert Report.unscoped.get(text=WORDS).set_aside == ""


@pytest.mark.parametrize("doubt", [rules.UNPROVEN, rules.FLOOD])
@pytest.mark.parametrize(
    "said, state",
    [
        ({"text": "楼道里着火了，有人受伤"}, ReportState.RECEIVED),
        ({"text": "我不想活了"}, ReportState.RECEIVED),
        ({"text": ACCUSING}, ReportState.HELD),
        ({"text": MARKED}, ReportState.HELD),
        ({"text": "请看标题", "title": ACCUSING}, ReportState.HELD),
        ({"text": "快来", "place": "三号楼着火了"}, ReportState.RECEIVED),
    ],
)
def test_danger_and_accusation_are_never_set_aside(place, doubt, said, state):
    report = sent(place, **said, doubt=doubt).report
    report.refresh_from_db()
    assert (report.set_aside, report.state) == ("", state)


def test_what_the_office_writes_down_is_never_set_aside(place):
    entered = enter_report(
        committee=place.committee, form_key=codes.new_form_key(), text=WORDS, channel="paper",
        entry_source="登记本第 3 页", by=place.clerk, at=MORNING,
    )  # fmt: skip
    assert entered.report.set_aside == ""


def test_the_office_puts_the_genuine_ones_into_the_queue_with_a_line_in_the_ledger(place):
    one, other = doubtful(place, 2)
    put = put_in_queue([one], by=place.clerk, at=MORNING)
    one.refresh_from_db()
    line = json.loads(bytes(LedgerEntry.unscoped.get(verb="report.put_in_queue").body))
    assert [row.pk for row in put] == [one.pk] and (one.set_aside, one.state) == ("", ReportState.RECEIVED)
    assert line["facts"] == {"because": "unproven"} and line["subject"] == f"report:{one.code}"
    assert list(reports_set_aside(place.clerk)) == [other] and set_aside_count(place.clerk) == 1


def test_putting_one_there_twice_is_put_once(place):
    one = doubtful(place)[0]
    assert len(put_in_queue([one], by=place.clerk, at=MORNING)) == 1
    assert put_in_queue([one], by=place.leader, at=MORNING) == []
    assert LedgerEntry.unscoped.filter(verb="report.put_in_queue").count() == 1


def test_one_withdrawn_meanwhile_is_left_alone(place):
    one = doubtful(place)[0]
    withdraw(one, by=holder_of(one), at=MORNING)
    assert put_in_queue([one], by=place.clerk, at=MORNING) == [] and set_aside_count(place.clerk) == 0


def test_later_words_of_danger_bring_it_into_the_queue_and_other_words_do_not(place):
    one = doubtful(place)[0]
    add_words(one, text="就在三号楼前面。", by=holder_of(one), at=MORNING)
    assert set_aside_count(place.clerk) == 1
    add_words(one, text="现在着火了！", by=holder_of(one), at=MORNING + timedelta(minutes=5))
    one.refresh_from_db()
    line = bytes(LedgerEntry.unscoped.get(verb="report.put_in_queue").body).decode()
    assert one.set_aside == "" and '"task":"report_doors"' in line and "着火" not in line


def test_more_than_a_hundred_at_once_are_refused(place):
    with pytest.raises(Refusal, match="100"):
        put_in_queue([Report(pk=number) for number in range(101)], by=place.clerk, at=MORNING)


@pytest.mark.parametrize(
    "who", ["member", "unit", "reviewer", "authority_clerk", "officer", "keeper", "admin"]
)
def test_only_the_office_sees_and_puts_them(place, who):
    one = doubtful(place)[0]
    assert set_aside_count(place.viewers[who]) == 0
    with pytest.raises(NotYours):
        put_in_queue([one], by=place.viewers[who], at=MORNING)


def test_another_committees_office_neither_sees_nor_puts_them(place):
    one, other = doubtful(place)[0], district("linhe", "LH", "临河区政协")
    assert set_aside_count(other.clerk) == 0 and one not in reports_seen_by(other.clerk)
    with pytest.raises(NotYours):
        put_in_queue([one], by=other.clerk, at=MORNING)
    one.refresh_from_db()
    assert one.set_aside == rules.UNPROVEN


def test_one_that_was_dealt_with_where_it_lay_is_no_longer_waiting_apart(place):
    one, other = doubtful(place, 2)
    bank(one, words="先留着。", by=place.clerk, at=MORNING)
    assert list(reports_set_aside(place.clerk)) == [other]


def test_the_solver_is_small():
    script = Path(finders.find("ui/proof.js")).read_bytes()
    assert len(gzip.compress(script, 9)) <= 3072 and b"subtle" not in script.replace(b"no crypto.subtle", b"")
    assert not re.search(rb"=>|\blet\b|\bconst\b|`|async", script), "ES5 alone: Chromium 66 and older"


# --- the look-up ------------------------------------------------------------------------------------------


def tried(client, code, said=""):
    return client.post("/receipt/", {"code": code, "proof": said})


def wrong_ones(client, number):
    return [tried(client, codes.as_symbols(one.to_bytes(10, "big"))).status_code for one in range(number)]


def test_twenty_wrong_codes_a_minute_are_looked_at_and_more_have_to_wait(client, place):
    assert wrong_ones(client, 25) == [422] * limits.WRONG_CODES.most + [429] * 5
    page = tried(client, "K7M2")
    words = page.content.decode()
    assert page["Retry-After"] == "60" and "等一分钟" in words and 'value="K7M2"' in words


def test_the_owner_gets_in_with_a_proof_while_others_are_told_to_wait_and_without_one_after_a_minute(
    client, place, monkeypatch
):
    ticks = [0.0]
    monkeypatch.setattr(limits, "WRONG_CODES", limits.Bucket(20, 20 / 60, ticks=lambda: ticks[0]))
    code = codes.as_symbols(sent(place).bits)
    wrong_ones(client, 25)
    assert tried(client, code).status_code == 429
    page = client.get("/receipt/").content.decode()
    assert tried(client, code, solved(page)).status_code == 303
    ticks[0] += 60
    assert tried(client, code).status_code == 303


def test_somebody_elsewhere_notices_nothing(client, place):
    code = codes.as_symbols(sent(place).bits)
    wrong_ones(client, 25)
    assert tried(Client(REMOTE_ADDR="203.0.113.77"), code).status_code == 303
    assert not SpentProof.unscoped.exists()


def test_the_script_comes_only_where_codes_were_wrong_of_late(client, place):
    quiet = client.get("/receipt/").content.decode()
    tried(client, "K7M2")
    assert "ui/proof.js" not in quiet and "data-proof" in quiet
    assert "ui/proof.js" in client.get("/receipt/").content.decode()


def test_right_codes_are_not_counted(client, place):
    code = codes.as_symbols(sent(place).bits)
    assert {tried(client, code).status_code for _time in range(40)} == {303}


def test_a_misspelt_code_costs_no_hash(client, place, monkeypatch):
    hashed = []
    monkeypatch.setattr(codes, "receipt_digest", lambda *said: hashed.append(said) or "0" * 64)
    tried(client, "A" * 17)
    tried(client, "nonsense")
    assert not hashed
    tried(client, codes.as_symbols(bytes(10)))
    assert len(hashed) == 1


def test_a_proof_opens_one_try_and_no_second(client, place):
    wrong_ones(client, 25)
    said = solved(client.get("/receipt/").content.decode())
    assert [tried(client, "K7M2", said).status_code for _time in range(3)] == [422, 429, 429]
    assert SpentProof.unscoped.get().expires_at <= now() + proof.LIFETIME


def test_a_proof_of_a_form_opens_no_look_up_and_one_of_a_look_up_no_form(client, point):
    wrong_ones(client, 25)
    key, page = opened(client, point)
    assert tried(client, "K7M2", solved(page)).status_code == 429
    of_lookup = solved(client.get("/receipt/").content.decode())
    client.post(f"/r/{point.code}/", {"form_key": key, "text": WORDS, "proof": of_lookup})
    assert Report.unscoped.get().set_aside == rules.UNPROVEN


def test_reports_in_doubt_keep_their_clock(place, clock):
    one = doubtful(place)[0]
    assert one.answer_due_on == report_in(place).answer_due_on
    assert one.received_at == MORNING and timedelta(0) <= now() - one.received_at
