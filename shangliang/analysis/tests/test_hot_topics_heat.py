"""Heat counts people, time and growth; a sparkline counts people per week; a season needs evidence of two years."""

from datetime import date, timedelta
from random import Random

import pytest

from shangliang.analysis.hot_topics import Happened, HeatParts, heat, heat_parts, returning, weekly_counts
from shangliang.analysis.hot_topics.returning import poisson_tail, same_week

TODAY = date(2027, 10, 1)


def test_who_speaks_ten_times_is_one_person():
    days = [(TODAY, "a")] * 10
    assert heat_parts(days, TODAY).people == 1
    assert heat_parts([(TODAY, None)] * 3, TODAY).people == 3


def test_lasting_counts_weeks_somebody_spoke_in_and_growth_the_last_eight():
    voices = [
        (TODAY - timedelta(days=100), "a"),
        (TODAY - timedelta(days=55), "b"),
        (TODAY, "b"),
        (TODAY, "c"),
    ]
    assert heat_parts(voices, TODAY) == HeatParts(3, 3, 0.6667)
    assert heat_parts([(TODAY, "a"), (TODAY + timedelta(days=2), "b")], TODAY).weeks_spoken == 1
    assert heat_parts([(TODAY, "a"), (TODAY + timedelta(days=3), "b")], TODAY).weeks_spoken == 2


def test_nobody_makes_no_heat():
    assert heat(heat_parts([], TODAY)) == 0


def test_heat_is_people_and_at_most_as_much_again_and_a_fifth():
    assert heat(HeatParts(5, 1, 0.0)) == 5
    assert heat(HeatParts(5, 32, 0.0)) == 10
    assert heat(HeatParts(5, 500, 1.0)) == 11
    assert heat(HeatParts(3, 1, 0.0)) > heat(HeatParts(1, 500, 1.0))


def test_a_matter_that_grows_or_lasts_is_hotter():
    assert heat(HeatParts(5, 8, 0.0)) < heat(HeatParts(5, 8, 0.5)) < heat(HeatParts(5, 16, 0.5))


def test_weeks_of_a_sparkline_run_from_monday_to_sunday():
    monday = date(2027, 9, 27)
    voices = [
        (monday, "a"),
        (monday + timedelta(days=6), "a"),
        (monday - timedelta(days=1), "b"),
        (monday, None),
    ]
    assert weekly_counts(voices, monday + timedelta(days=2), weeks=3) == [0, 1, 2]


def test_a_sparkline_leaves_out_other_weeks_and_refuses_none():
    assert weekly_counts([(TODAY - timedelta(weeks=40), "a")], TODAY) == [0] * 26
    with pytest.raises(ValueError, match="week"):
        weekly_counts([], TODAY, weeks=0)


def everyday(years=range(2023, 2028), each=300):
    """So much is said every year of forty troubles, at any time."""
    chance = Random(7)
    days = [
        date(year, 1, 1) + timedelta(days=chance.randrange(365)) for year in years for _one in range(each)
    ]
    said = [Happened(at, f"w{at}", day, f"k{chance.randrange(40)}") for at, day in enumerate(days)]
    return [one for one in said if one.on < TODAY]


def every_winter(years, people=4, weeks=(45, 46, 47), label="heating"):
    return [
        Happened(
            f"{label}{year}-{week}-{one}", f"{year}-{week}-{one}", date.fromisocalendar(year, week, 3), label
        )
        for year in years
        for week in weeks
        for one in range(people)
    ]


def test_what_came_back_every_autumn_is_proposed_six_weeks_ahead_with_its_years():
    found = returning([*everyday(), *every_winter((2024, 2025, 2026))], today=TODAY)
    assert [one.label for one in found] == ["heating"]
    only = found[0]
    assert [(year.year, year.weeks, year.people) for year in only.years] == [
        (2024, [45, 46, 47], 12),
        (2025, [45, 46, 47], 12),
        (2026, [45, 46, 47], 12),
    ]
    assert only.first_week <= 45
    assert only.last_week >= 47
    assert only.starts_on == date.fromisocalendar(2027, only.first_week, 1)
    assert only.weeks_ahead == (only.starts_on - date(2027, 9, 27)).days // 7
    assert only.people == 36
    assert only.expected < 10 < only.surprise
    assert len(only.years[0].keys) == 12


def test_one_earlier_year_is_no_season():
    assert returning([*everyday(), *every_winter((2026,), people=20)], today=TODAY) == []


def test_one_person_who_writes_every_year_is_no_season():
    said = [one._replace(who="the same") for one in every_winter((2023, 2024, 2025, 2026))]
    assert returning([*everyday(), *said], today=TODAY) == []


def test_what_is_always_said_is_no_season_even_if_it_is_said_most():
    always = [
        Happened(f"a{year}{week}{one}", f"a{year}{week}{one}", date.fromisocalendar(year, week, 2), "parking")
        for year in (2024, 2025, 2026)
        for week in range(1, 53)
        for one in range(3)
    ]
    assert returning([*everyday(), *always], today=TODAY) == []


def test_a_label_is_measured_by_all_that_is_said_then():
    crowd = [
        one._replace(label=f"k{at % 40}", who=f"c{at}")
        for at, one in enumerate(every_winter((2024, 2025, 2026), 400))
    ]
    assert returning([*everyday(), *every_winter((2024, 2025, 2026)), *crowd], today=TODAY) == []


def test_what_is_more_than_six_weeks_away_waits():
    said = [*everyday(), *every_winter((2024, 2025, 2026), weeks=(7, 8, 9))]
    assert returning(said, today=TODAY) == []
    assert returning(said, today=date(2027, 1, 11))[0].label == "heating"


def test_a_season_over_the_turn_of_the_year_is_one():
    said = [
        Happened(
            f"{year}{day}{one}", f"{year}{day}{one}", date(year, 12, 21) + timedelta(days=day), "firecrackers"
        )
        for year in (2023, 2024, 2025)
        for day in range(0, 24, 3)
        for one in range(2)
    ]
    found = returning([*everyday(), *said], today=date(2026, 12, 1))
    assert [one.label for one in found] == ["firecrackers"]
    assert [year.year for year in found[0].years] == [2023, 2024, 2025]
    assert found[0].last_week < found[0].first_week


def test_of_pure_chance_next_to_nothing_is_proposed():
    found = [
        one
        for week in range(0, 52, 4)
        for one in returning(everyday(each=2000), today=date(2027, 1, 4) + timedelta(weeks=week))
    ]
    assert len(found) <= 2


def test_looking_farther_than_half_a_year_is_refused():
    with pytest.raises(ValueError, match="26"):
        returning([], today=TODAY, ahead_weeks=27)
    assert returning([], today=TODAY) == []


def test_week_53_counts_as_52():
    assert same_week(date.fromisocalendar(2026, 53, 1), 1) == date.fromisocalendar(2025, 52, 1)


def test_the_tail_of_a_poisson_distribution():
    assert poisson_tail(0, 3.0) == 1.0
    assert poisson_tail(1, 0.0) == 0.0
    assert poisson_tail(3, 2.0) == pytest.approx(0.3233235838)
    assert poisson_tail(2, 5.0) == pytest.approx(0.9595723180)
    assert 0 < poisson_tail(150, 1.0) < 1e-250
