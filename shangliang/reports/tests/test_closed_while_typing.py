"""A point that is closed or gets another code while somebody types loses nothing of what was typed."""

import pytest

from shangliang.foundation.codes import new_form_key
from shangliang.people.tests.factories import MORNING, district
from shangliang.reports.actions.points import close_point, revoke_code
from shangliang.reports.models import Report
from shangliang.reports.tests.factories import point_in

pytestmark = pytest.mark.django_db
TYPED = {
    "text": "三号楼后面的路灯不亮。",
    "place": "三号楼后面小路",
    "elsewhere": "打过物业",
    "elsewhere_number": "云 20261101-7788",
    "contact": "139-0000-1111",
}
HIDDEN = {"proof": "eyJhbGdvcml0aG0iOiJTSEEtMjU2In0=", "claims_matter": "YC-2026-0007", "agrees": "on"}


@pytest.mark.parametrize("step", [close_point, revoke_code])
def test_every_word_is_given_back_and_nothing_the_page_added(client, step):
    place = district()
    point = point_in(place)
    code = point.code
    step(point, by=place.clerk, at=MORNING)
    page = client.post(f"/r/{code}/", {**TYPED, **HIDDEN, "form_key": new_form_key()})
    shown = page.content.decode()
    assert page.status_code == 409 and page["Cache-Control"] == "no-store, private"
    assert [words for words in TYPED.values() if words not in shown] == []
    assert [words for words in HIDDEN.values() if len(words) > 2 and words in shown] == []
    assert not Report.unscoped.exists()


def test_a_claim_no_page_could_have_sent_breaks_nothing(client):
    point = point_in(district())
    page = client.post(
        f"/r/{point.code}/", {"text": "", "claims_matter": "YC\0-1", "form_key": new_form_key()}
    )
    assert page.status_code == 422
    page = client.post(
        f"/r/{point.code}/", {"text": TYPED["text"], "claims_matter": "YC\0-1", "form_key": new_form_key()}
    )
    assert page.status_code == 200 and Report.unscoped.get().claims_matter is None
