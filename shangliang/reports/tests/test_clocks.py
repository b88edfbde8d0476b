"""Whose turn it is: a pure rule for every state, without a database."""

from datetime import date

import pytest

from shangliang.reports.clocks import Standing, turn_of_matter, turn_of_report
from shangliang.reports.states import MatterState, ReportState
from shangliang.reports.views.turns import WORDS, turn_shown

CAME, DUE, ASKED = date(2026, 9, 1), date(2026, 9, 8), date(2026, 9, 3)


def turn(state, **more):
    return turn_of_report(Standing(state, CAME, DUE, more.pop("is_answered", False), **more))


def test_a_new_report_is_the_offices_until_the_day_of_the_first_answer():
    one = turn("received")
    assert (one.whose, one.since, one.due) == ("office", CAME, DUE)
    assert not one.is_late(DUE) and one.is_late(date(2026, 9, 9)) and one.days(date(2026, 9, 4)) == 3


def test_one_set_aside_is_waited_for_in_other_words_and_its_day_stays():
    assert (turn("received", is_aside=True).what, turn("received", is_aside=True).due) == ("look", DUE)


def test_one_asked_about_is_its_reporters_turn_from_the_day_of_the_question():
    one = turn("asked", asked_on=ASKED, ask_wait_days=10)
    assert (one.whose, one.since, one.due) == ("reporter", ASKED, date(2026, 9, 13))


def test_one_answered_before_has_no_first_answer_to_wait_for():
    assert turn("received", is_answered=True).due is None


def test_the_locked_one_is_the_officers_and_the_kept_one_has_no_day():
    assert (turn("held").whose, turn("held").due) == ("officers", DUE)
    assert (turn("banked").whose, turn("banked").due) == ("office", None)


@pytest.mark.parametrize("state", ["answered", "referred", "declined", "withdrawn", "turned_away", "taken"])
def test_what_is_over_is_nobodys_turn(state):
    assert turn(state) is None


@pytest.mark.parametrize(("state", "whose"), [("gathered", "office"), ("consulting", "office"),
                                              ("delivering", "units"), ("judging", "reporters")])  # fmt: skip
def test_a_matter_under_way_is_somebodys_turn_since_its_last_step(state, whose):
    one = turn_of_matter(state, CAME)
    assert (one.whose, one.since, one.due) == (whose, CAME, None)


def test_a_closed_matter_waits_for_the_look_back_and_one_that_ended_for_nobody():
    assert turn_of_matter("closed", CAME, DUE).due == DUE
    assert turn_of_matter("closed", CAME) is None
    assert turn_of_matter("ended", CAME) is None and turn_of_matter("unscreened", CAME) is None


def test_every_turn_there_can_be_has_words():
    turns = [turn(state, is_aside=aside) for state in ReportState.values for aside in (False, True)]
    turns += [turn_of_matter(state, CAME, DUE) for state in MatterState.values]
    for one in filter(None, turns):
        assert (one.whose, one.what) in WORDS
        assert turn_shown(one, DUE)["words"]
    assert turn_shown(None, DUE) is None
