"""Views of the desk somebody kept: the filters under a name, one's own alone."""

import pytest

from shangliang.foundation.refusals import AlreadyDone, NotYours, Refusal
from shangliang.people.tests.factories import MORNING, district
from shangliang.reports.actions.saved_views import MOST_VIEWS, delete_view, rename_view, save_view
from shangliang.reports.models import SavedView
from shangliang.reports.queries.saved_views import get_saved_view_for, saved_views_of
from shangliang.reports.tests.factories import report_in

pytestmark = pytest.mark.django_db


def signed_in(client, place, who="clerk"):
    client.force_login(place.appointments[who].person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def kept(place, name="超期的", query="state=waiting&clock=late", who="clerk"):
    return save_view(name=name, query=query, by=place.viewers[who], at=MORNING)


def test_a_view_keeps_the_filters_and_stands_as_a_tab_that_is_current_there(client):
    place = district()
    report_in(place)
    signed_in(client, place)
    assert "clock=late" in client.get("/desk/?clock=late").content.decode()
    answer = client.post("/desk/views/?clock=late&page=3&r=X&format=xlsx", {"name": "超期的"})
    assert answer["Location"] == "/desk/?state=waiting&clock=late"
    shown = client.get(answer["Location"]).content.decode()
    assert 'aria-current="page">超期的' in shown and "改名或删掉" in shown
    assert "超期的" in client.get("/desk/").content.decode()


def test_a_view_is_renamed_and_deleted_on_its_page(client):
    place = district()
    kept(place)
    signed_in(client, place)
    assert client.get("/desk/views/one/?view=超期的").status_code == 200
    client.post("/desk/views/one/?view=超期的", {"name": "过期的"})
    assert SavedView.unscoped.get().name == "过期的"
    client.post("/desk/views/one/?view=过期的", {"act": "delete"})
    assert not SavedView.unscoped.exists()


def test_another_persons_view_is_not_there(client):
    place = district()
    view = kept(place)
    assert not saved_views_of(place.leader).exists() and get_saved_view_for(place.leader, view.name) is None
    assert signed_in(client, place, "leader").get("/desk/views/one/?view=超期的").status_code == 404
    for act in (lambda: rename_view(view, name="x", by=place.leader, at=MORNING),
                lambda: delete_view(view, by=place.leader, at=MORNING)):  # fmt: skip
        with pytest.raises(NotYours):
            act()
    assert SavedView.unscoped.get().name == "超期的"


def test_two_people_may_use_one_name_and_one_person_may_not(client):
    place = district()
    kept(place)
    kept(place, who="leader")
    with pytest.raises(AlreadyDone, match="已经有一个"):
        kept(place, query="state=banked")
    answer = signed_in(client, place).post("/desk/views/?state=banked", {"name": "超期的"})
    assert answer.status_code == 422 and "超期的" in answer.content.decode()


@pytest.mark.parametrize("name", ["", "  ", "长" * 31])
def test_a_view_needs_a_short_name(name):
    with pytest.raises(Refusal, match="起个名字"):
        kept(district(), name=name)


def test_no_more_than_twelve_and_none_that_looks_for_a_person():
    place = district()
    with pytest.raises(Refusal, match="存不下来"):
        kept(place, query="q=13800001111")
    for number in range(MOST_VIEWS):
        kept(place, name=f"第 {number} 个")
    with pytest.raises(Refusal, match="最多存"):
        kept(place, name="再一个")


@pytest.mark.parametrize("who", ["officer", "member", "reviewer", "unit", "keeper"])
def test_only_the_office_keeps_views(client, who):
    place = district()
    with pytest.raises(NotYours):
        kept(place, who=who)
    assert signed_in(client, place, who).post("/desk/views/?clock=late", {"name": "x"}).status_code == 404
