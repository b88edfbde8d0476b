"""T14: press twice or lose the signal, it is one report and one receipt."""

from functools import partial

import pytest

from shangliang.foundation import clock, codes
from shangliang.foundation.viewer import Public
from shangliang.people.tests.factories import district
from shangliang.reports import actions
from shangliang.reports.actions import receiving
from shangliang.reports.models import Matter, Report, SimilarGram
from shangliang.reports.tests.factories import point_in
from tests.trust.sizes import size
from tests.trust.together import AT_ONCE, all_at_once, without_unique

ROUNDS = size(3, 100)
PROMISE = "Press twice, or lose the signal and press again: one report, one receipt"


@pytest.fixture
def point(transactional_db):
    return point_in(district())


def send(point, form_key, text="路灯不亮，晚上看不清路。"):
    by = Public(point.committee_id)
    return actions.submit_report(
        committee=point.committee,
        point=point,
        form_key=form_key,
        text=text,
        channel="qr",
        by=by,
        at=clock.now(),
    )


def reports_of_one_form(point, rounds):
    """Let everybody send one and the same form at once; return the most reports one form made, and the receipts."""
    most, receipts = 0, 0
    for _round in range(rounds):
        form_key = codes.new_form_key()
        got, _met = all_at_once(partial(send, point, form_key))
        most = max(most, Report.unscoped.filter(form_key_digest=codes.form_key_digest(form_key)).count())
        receipts = max(receipts, len({one.bits for one in got}))
        assert len(got) > 0
    return most, receipts


@pytest.mark.promise("T14", PROMISE)
def test_one_form_sent_by_everybody_at_once_is_one_report_with_one_receipt(point, measured):
    most, receipts = reports_of_one_form(point, ROUNDS)

    assert (most, receipts) == (1, 1)
    assert Report.unscoped.count() == Matter.unscoped.count() == ROUNDS
    measured.figures.update(rounds=ROUNDS, pressed_at_once=AT_ONCE, reports_too_many=0)


@pytest.mark.django_db(transaction=True)
def test_the_same_form_with_other_words_is_refused_and_changes_nothing(point):
    form_key = codes.new_form_key()
    send(point, form_key)

    with pytest.raises(actions.OtherBody):
        send(point, form_key, "井盖坏了。")
    assert Report.unscoped.get().text == "路灯不亮，晚上看不清路。"


@pytest.mark.promise("T14", PROMISE)
def test_without_the_unique_columns_one_form_becomes_many_reports(point, monkeypatch, measured):
    monkeypatch.setattr(receiving, "_sent_before", lambda *_: None)
    with without_unique(Report, "form_key_digest", "receipt_digest"):
        most, _receipts = reports_of_one_form(point, 1)
        SimilarGram.unscoped.all().delete()

    assert most > 1
    measured.caught("form-key-not-unique", f"{most} reports of one form")
