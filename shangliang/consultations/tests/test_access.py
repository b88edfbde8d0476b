"""Who sees a consultation and how much of it: a table of people and what exists for them."""

import pytest

from shangliang.consultations import queries
from shangliang.consultations.states import ConsultationState as C
from shangliang.consultations.tests.factories import consultation_at, suggestions
from shangliang.foundation.viewer import NOBODY, LinkHolder, Public, ReceiptHolder, SeatHolder, System
from shangliang.people.tests.factories import district

pytestmark = pytest.mark.django_db

# who: (sees it before the results are out, after, reads statements)
SEES = {
    "clerk": (True, True, True),
    "leader": (True, True, True),
    "member": (True, True, True),
    "authority_clerk": (False, True, False),
    "reviewer": (False, False, False),
    "officer": (False, False, False),
    "admin": (False, False, False),
    "keeper": (False, False, False),
    "unit": (False, False, False),
    "other_unit": (False, False, False),
}


@pytest.fixture
def place():
    return district()


@pytest.mark.parametrize(("who", "sees"), SEES.items())
def test_the_session_is_the_offices_and_members_and_the_results_are_also_the_authoritys(place, who, sees):
    viewer, before, after = (
        getattr(place, who),
        consultation_at(C.HELD, place),
        consultation_at(C.SUBMITTED, place),
    )
    seen = [queries.get_consultation_for(viewer, one.code) is not None for one in (before, after)]
    found = [
        queries.get_suggestion_for(viewer, suggestions(one)[0].code) is not None for one in (before, after)
    ]
    assert seen == found == list(sees[:2])
    assert queries.statements_of(viewer, after).exists() is sees[2]
    assert queries.research_of(viewer, after).exists() is sees[2]


def test_nobody_without_an_appointment_sees_a_consultation(place):
    row = consultation_at(C.SUBMITTED, place)
    outside = (
        NOBODY,
        Public(place.committee.pk),
        ReceiptHolder(1),
        LinkHolder("assignment", row.code),
        SeatHolder(row.pk, "residents"),
    )
    for viewer in outside:
        assert queries.get_consultation_for(viewer, row.code) is None
        assert not queries.suggestions_seen_by(viewer)
        assert not queries.statements_of(viewer, row)


def test_another_committee_sees_nothing_and_a_task_its_own(place):
    row = consultation_at(C.SUBMITTED, place)
    other = district("nanhu", "NH", "南湖区政协")
    for viewer in (other.leader, other.member, other.authority_clerk, System("tests", other.committee.pk)):
        assert queries.get_consultation_for(viewer, row.code) is None
        assert not queries.suggestions_of(viewer, row)
    assert queries.get_consultation_for(System("tests", place.committee.pk), row.code) == row


def test_what_awaits_a_decision_or_an_assignment_is_shown_to_who_may_make_it(place):
    row = consultation_at(C.SUBMITTED, place)
    assert list(queries.suggestions_awaiting_decision(place.authority_clerk)) == suggestions(row)
    assert not queries.suggestions_awaiting_decision(place.unit)
    adopted = consultation_at(C.FOLLOWING, place)
    assert list(queries.suggestions_awaiting_assignment(place.authority_clerk)) == suggestions(adopted)
    assert not queries.suggestions_awaiting_assignment(place.unit)
