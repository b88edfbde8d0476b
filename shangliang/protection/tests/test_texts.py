"""The three texts of a report: what is refused, what is kept, who reads what."""

import json

import pytest

from shangliang.foundation.models import LedgerEntry
from shangliang.foundation.refusals import NotYours, Refusal, WrongState
from shangliang.foundation.viewer import ReceiptHolder
from shangliang.people.tests.factories import MORNING, district
from shangliang.protection import actions, queries
from shangliang.protection.models import SafeText, Showing
from shangliang.protection.tests.factories import (
    SAFE_WORDS,
    dispatch_text,
    locked,
    said_how_many,
    taken_report,
)
from shangliang.reports import actions as reports
from shangliang.reports.models import Matter
from shangliang.reports.tests.factories import WORDS, gathered_matter, report_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return district()


@pytest.fixture
def acts(place):
    return {"by": place.clerk, "at": MORNING}


def open_report(place):
    report = taken_report(place)
    said_how_many(place, report.matter)
    return report


def test_before_it_is_said_how_many_could_have_said_it_nothing_is_confirmed(place, acts):
    report = taken_report(place)
    for confirm in (actions.confirm_dispatch_text, actions.confirm_public_text):
        with pytest.raises(Refusal, match="有多少人说得出"):
            confirm(report, text=SAFE_WORDS, **acts)
    assert not SafeText.unscoped.exists()


@pytest.mark.parametrize("number", ["13800001234", "11010519491231002X", "云A12345", "li@example.org"])
def test_a_number_that_leads_to_a_person_is_refused_by_name_even_with_the_tick(place, acts, number):
    report = open_report(place)
    with pytest.raises(Refusal, match=number):
        actions.confirm_dispatch_text(report, text=f"{SAFE_WORDS}找 {number}", is_not_personal=True, **acts)
    assert not SafeText.unscoped.exists()


def test_a_house_number_passes_only_when_somebody_says_it_is_nobodys(place, acts):
    report, text = open_report(place), "3栋2单元502室是居委会活动室，门口没有灯。"
    with pytest.raises(Refusal, match="像是有名字或住址"):
        actions.confirm_dispatch_text(report, text=text, **acts)
    kept = actions.confirm_dispatch_text(report, text=text, is_not_personal=True, **acts)
    assert (kept.text, kept.passed_names, kept.version) == (text, True, 1)


def test_confirming_again_makes_a_new_version_and_keeps_the_old_one(place, acts):
    report = open_report(place)
    first = dispatch_text(place, report)
    second = dispatch_text(place, report, "校门口两侧停满了车。")
    assert [(one.version, one.replaced_at is None) for one in queries.texts_of(place.clerk, report)] == [
        (2, True),
        (1, False),
    ]
    assert queries.standing_text(place.clerk, report, "dispatch").pk == second.pk
    assert (first.key, first.text) != (second.key, second.text)


def test_the_ledger_holds_a_commitment_and_never_the_words(place):
    report = open_report(place)
    kept = dispatch_text(place, report)
    line = LedgerEntry.unscoped.get(verb="report.dispatch_text")
    body = bytes(line.body).decode()
    assert SAFE_WORDS not in body and kept.text_salt not in body
    assert json.loads(body)["facts"]["version"] == 1 and len(json.loads(body)["facts"]["text"]) == 64


def test_only_screeners_of_the_own_committee_confirm(place, acts):
    report = open_report(place)
    elsewhere = district("beiling", "BL", "北岭区政协")
    for by in (
        place.unit,
        place.member,
        place.reviewer,
        place.officer,
        ReceiptHolder(report.pk),
        elsewhere.clerk,
    ):
        with pytest.raises(NotYours):
            actions.confirm_dispatch_text(report, text=SAFE_WORDS, by=by, at=MORNING)


def test_a_withdrawn_report_is_confirmed_no_more_and_read_no_more(place, acts):
    report = open_report(place)
    dispatch_text(place, report)
    unit = [place.lead_unit.pk]
    assert queries.words_for_unit([report.matter_id], unit)
    reports.withdraw(report, by=ReceiptHolder(report.pk), at=MORNING)
    assert not queries.words_for_unit([report.matter_id], unit)
    with pytest.raises(WrongState):
        dispatch_text(place, report)


def test_a_unit_reads_day_and_community_and_nothing_that_leads_back(place):
    report = open_report(place)
    dispatch_text(place, report)
    (read,) = queries.words_for_unit([report.matter_id], [place.lead_unit.pk])
    assert (read.text, read.day, read.place) == (SAFE_WORDS, report.happened_on, place.community.name)
    assert set(vars(read)) == {"text", "day", "place"}


def test_texts_stand_in_an_order_of_their_own(place):
    matter = gathered_matter(place, reports=4)
    said_how_many(place, matter)
    rows = list(matter.reports.order_by("pk"))
    for number, report in enumerate(rows):
        dispatch_text(place, report, f"校门口第 {number} 天还是堵。")
    keys = [one.key for one in queries.texts_for_unit([matter.pk], [])]
    assert keys == sorted(keys) and len(keys) == 4


def test_who_is_complained_about_reads_no_words_of_the_original(place, acts):
    report = open_report(place)
    dispatch_text(place, report, WORDS)
    matters, unit = [report.matter_id], place.lead_unit
    assert queries.words_for_unit(matters, [unit.pk])
    actions.name_unit(report, unit, **acts)
    assert not queries.words_for_unit(matters, [unit.pk])
    assert not queries.words_for_unit(matters, [place.co_unit.pk, unit.pk]), "whoever acts for both is both"
    assert queries.words_for_unit(matters, [place.co_unit.pk])
    dispatch_text(place, report)
    assert [one.text for one in queries.words_for_unit(matters, [unit.pk])] == [SAFE_WORDS]


def test_what_a_unit_saw_earlier_is_kept(place):
    report, unit = open_report(place), place.lead_unit
    dispatch_text(place, report)
    assert actions.note_shown([report.matter_id], unit=unit.pk, at=MORNING) == 1
    assert actions.note_shown([report.matter_id], unit=unit.pk, at=MORNING) == 0
    dispatch_text(place, report, "改过的一版。")
    actions.note_shown([report.matter_id], unit=unit.pk, at=MORNING)
    assert [(name, version) for name, version, _row in queries.shown_to(place.clerk, report)] == [
        (unit.name, 1),
        (unit.name, 2),
    ]
    assert Showing.unscoped.count() == 2
    assert queries.shown_to(place.unit, report) == []


def test_the_public_words_are_offered_to_the_office_and_only_while_they_may_be(place, acts):
    report = open_report(place)
    actions.confirm_public_text(report, text="放学时校门口很堵。", **acts)
    assert queries.public_words_of(place.clerk, report.matter) == "放学时校门口很堵。"
    assert queries.public_words_of(place.unit, report.matter) == ""
    actions.answer_exposure(report, households="few", **acts)
    assert queries.public_words_of(place.clerk, report.matter) == ""


def test_what_units_read_of_a_matter_is_refused_with_a_number_in_it(place, acts):
    matter = gathered_matter(place)
    with pytest.raises(Refusal, match="13800001234"):
        actions.write_summary(matter, text="打 13800001234", **acts)
    with pytest.raises(NotYours):
        actions.write_summary(matter, text=SAFE_WORDS, by=place.unit, at=MORNING)
    actions.write_summary(matter, text=SAFE_WORDS, **acts)
    assert Matter.unscoped.get(pk=matter.pk).summary == SAFE_WORDS
    assert LedgerEntry.unscoped.filter(verb="matter.describe").count() == 1


def test_a_report_in_no_matter_has_texts_too_once_it_is_answered(place, acts):
    report = report_in(place)
    actions.answer_exposure(report, households="many", **acts)
    assert dispatch_text(place, report).version == 1


def test_a_locked_report_is_confirmed_for_nobody(place, acts):
    exposure = locked(place)
    for confirm in (actions.confirm_dispatch_text, actions.confirm_public_text):
        with pytest.raises(Refusal, match="说得出这件事的人少"):
            confirm(exposure.report, text=SAFE_WORDS, **acts)
