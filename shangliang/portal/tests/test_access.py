"""Person by page: the desk of public words and the previews open for those who work there, and for nobody else."""

import pytest
from django.urls import reverse

from shangliang.portal.tests import factories as made

pytestmark = pytest.mark.django_db

OFFICE, READERS, UNITS = {"clerk", "leader"}, {"reviewer", "second_reviewer"}, {"unit", "other_unit"}


@pytest.fixture
def row(place):
    return made.prepared(place, f"matter:{made.whole_matter(place).code}")


@pytest.mark.parametrize(("name", "held"), [
    ("publications", OFFICE | READERS), ("publication", OFFICE | READERS), ("previews", UNITS), ("preview", set()),
])  # fmt: skip
def test_a_page_opens_for_those_who_work_there_alone(sit, place, row, name, held):
    address = reverse(f"portal:{name}", args=[] if name.endswith("s") else [row.code])
    assert {key for key in place.viewers if sit(key).get(address).status_code == 200} == held


@pytest.mark.parametrize(("name", "args", "held"), [
    ("review", (), OFFICE | READERS), ("publish", (), OFFICE), ("withdraw", (), OFFICE), ("show", (1,), OFFICE),
    ("answer", (1,), OFFICE),
])  # fmt: skip
def test_a_button_is_there_for_those_who_may_press_it_alone(sit, place, row, name, args, held):
    address = reverse(f"portal:{name}", args=[row.code, *args])
    for key in place.viewers:
        if key not in held:
            assert sit(key).post(address).status_code == 404, key
    assert sit("clerk").get(address).status_code == 405


def test_only_the_office_prepares(sit, place):
    subject = f"matter:{made.whole_matter(place).code}"
    opened = {
        key
        for key in place.viewers
        if sit(key).get(reverse("portal:prepare"), {"subject": subject}).status_code == 200
    }
    assert opened == OFFICE


@pytest.mark.parametrize("subject", ["", "matter:", "matter:NONE", "person:1", "topic:NONE", "matter"])
def test_a_subject_that_is_not_there_is_not_found(sit, place, subject):
    assert sit("clerk").get(reverse("portal:prepare"), {"subject": subject}).status_code == 404


def test_a_visitor_is_asked_to_sign_in(client, place, row):
    for name in ("publications", "previews"):
        assert client.get(reverse(f"portal:{name}")).status_code == 302
