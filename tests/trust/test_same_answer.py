"""T12: a wrong receipt code, an unknown one and nonsense get one and the same answer."""

import re
from itertools import count

import pytest
from django.test import Client

from shangliang.foundation import codes
from shangliang.people.tests.factories import district
from shangliang.reports.tests.factories import sent
from shangliang.reports.views import receipt as receipt_views
from tests.trust.sizes import size

PROMISE = "A wrong receipt code, an unknown one and nonsense get one and the same answer"
TRIES = size(40, 2000)
STRANGERS = count(1)
pytestmark = pytest.mark.django_db


def unknown(number):
    """Return a code whose check symbol is right and which nobody was ever given."""
    return codes.as_symbols(number.to_bytes(10, "big"))


def misspelt(code):
    """Return the code with its last symbol changed: the check finds it."""
    return code[:-1] + ("2" if code[-1] != "2" else "3")


def answer_to(code):
    """Return what a stranger's browser is told: status, headers that could differ, and the page without its tokens.

    Each stranger has an address of its own: what an address with many wrong codes is told is T22's.
    """
    answer = Client(REMOTE_ADDR=f"2001:db8:{next(STRANGERS):x}::1").post("/receipt/", {"code": code})
    page = re.sub(
        r'name="csrfmiddlewaretoken" value="[^"]*"|data-proof="[^"]*"', "", answer.content.decode()
    ).replace(code, "CODE")
    headers = {
        name: value for name, value in answer.headers.items() if name not in ("Set-Cookie", "Content-Length")
    }
    return answer.status_code, tuple(sorted(headers.items())), tuple(sorted(answer.cookies)), page


def answers(right):
    """Return the different answers to wrong, unknown and senseless codes."""
    asked = [
        misspelt(right),
        *(unknown(number) for number in range(1, TRIES)),
        *(misspelt(unknown(7)), "A" * 17, "金" * 11),
    ]
    return {answer_to(code) for code in asked}


@pytest.fixture
def right(db):
    return codes.as_symbols(sent(district()).bits)


@pytest.mark.promise("T12", PROMISE)
def test_wrong_and_unknown_receipts_get_the_same_answer(right, measured):
    assert len(answers(right)) == 1
    assert Client().post("/receipt/", {"code": right}).status_code == 303
    measured.figures.update(codes_tried=TRIES + 3, answers=1)


@pytest.mark.promise("T12", PROMISE)
def test_an_answer_that_tells_wrong_from_unknown_is_caught(right, measured, monkeypatch):
    honest = receipt_views.parse_receipt
    said = []

    def telling(code):
        bits = honest(code)
        said.append(bits is None)
        return bits

    monkeypatch.setattr(receipt_views, "parse_receipt", telling)
    monkeypatch.setattr(receipt_views, "_", lambda words: words + ("" if said[-1] else "没有这张回执。"))
    different = answers(right)

    assert len(different) > 1
    measured.caught("unknown-said-otherwise", f"{len(different)} different answers")
