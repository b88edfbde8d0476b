"""T22: guessing receipt codes slows the guesser; the owner's code opens within three seconds while it goes on."""

import threading
import time

import pytest
from django.test import Client

from shangliang.foundation import codes, limits
from shangliang.foundation.tests.solving import solved
from shangliang.instance.bench.instances import free_port, kill_group, wait_for
from shangliang.people.tests.factories import district
from shangliang.reports.queries import report_of_receipt
from shangliang.reports.tests.factories import sent
from shangliang.reports.views import receipt as receipt_views
from tests.trust.instances import ask
from tests.trust.phones import address, phone_at
from tests.trust.sizes import size

PROMISE = "Guessing receipt codes slows the guesser; the owner's code opens within three seconds meanwhile"
BAD = size(1_000, 20_000)  # over the network, and as many as below looked up without it
LOOKED_UP = size(2_000, 100_000)
SECONDS_ALLOWED = 3.0
THREADS = 3


def bad_code(number):
    """Return a code nobody was given: every other one with a right check symbol, so that it costs a hash."""
    code = codes.as_symbols((number * 2_654_435_761 % 2**79).to_bytes(10, "big"))
    return code if number % 2 else code[:-1] + ("2" if code[-1] != "2" else "3")


class Guessing:
    """Threads that try bad codes: from one address, and every fourth from another one each time."""

    def __init__(self, port, point):
        self.port, self.point, self.answers, self.lock = port, point, {}, threading.Lock()
        self.turn = iter(range(1, BAD + 1))
        self.threads = [threading.Thread(target=self._guess, daemon=True) for _one in range(THREADS)]

    def _guess(self):
        mine = phone_at(self.port, self.point, address(0))
        token = csrf_of(mine._follow("GET", "/receipt/")[2])
        while (number := self._next()) is not None:
            mine.headers["X-Forwarded-For"] = address(number if number % 4 == 0 else 0)
            said = {"csrfmiddlewaretoken": token, "code": bad_code(number)}
            status = mine._ask("POST", "/receipt/", said, b"")[0]
            with self.lock:
                self.answers[status] = self.answers.get(status, 0) + 1

    def _next(self):
        with self.lock:
            return next(self.turn, None)

    def is_going_on(self):
        return any(one.is_alive() for one in self.threads)


def csrf_of(page):
    return page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]


def look_up(one, code, with_proof):
    """Open the page, let the phone work, send the code; return the status and the seconds it took in all."""
    began = time.monotonic()
    page = one._follow("GET", "/receipt/")[2]
    said = {"csrfmiddlewaretoken": csrf_of(page), "code": code, "proof": solved(page) if with_proof else ""}
    return one._ask("POST", "/receipt/", said, b"")[0], time.monotonic() - began


def a_receipt(port, point):
    """Send one report; return its receipt."""
    one = phone_at(port, point, address(9))
    address_of_form, fields, kept = one.fill(1)
    assert one.press(address_of_form, fields, kept)
    return kept.receipt


@pytest.mark.promise("T22", PROMISE)
def test_the_owner_gets_in_while_somebody_guesses_from_the_same_address(instance, measured):
    port, point = free_port(), ask(instance, "open_ground")["point"]
    process = instance.serve(port, SHANGLIANG_BEHIND_PROXY="yes")
    owner, elsewhere, without = [], [], []
    try:
        wait_for(port, "/receipt/")
        code, guessing = a_receipt(port, point), Guessing(port, point)
        for one in guessing.threads:
            one.start()
        while guessing.answers.get(429, 0) < 20 and guessing.is_going_on():
            time.sleep(0.02)
        while guessing.is_going_on():
            owner.append(look_up(phone_at(port, point, address(0)), code, True))
            elsewhere.append(look_up(phone_at(port, point, address(30_000)), code, False))
            without.append(look_up(phone_at(port, point, address(0)), code, False))
            time.sleep(size(0, 1))
    finally:
        kill_group(process)

    slowest = max(seconds for _status, seconds in (*owner, *elsewhere))
    assert {status for status, _seconds in (*owner, *elsewhere)} == {303} and len(owner) > 2
    assert slowest <= SECONDS_ALLOWED and {status for status, _seconds in without} <= {429, 303}
    assert set(guessing.answers) == {422, 429} and sum(guessing.answers.values()) == BAD
    assert guessing.answers[429] > BAD / 2
    measured.figures.update(
        bad_codes=BAD,
        opened=0,
        slowed=guessing.answers[429],
        owners=len(owner),
        owner_slowest_s=round(slowest, 2),
    )


@pytest.mark.django_db
@pytest.mark.promise("T22", PROMISE)
def test_not_one_of_many_bad_codes_opens_anything(measured):
    own = sent(district()).bits
    parsed = [bits for number in range(1, LOOKED_UP + 1) if (bits := codes.parse_receipt(bad_code(number)))]
    opened = [bits for bits in parsed if report_of_receipt(bits)]

    assert len(parsed) == LOOKED_UP // 2 and opened == [] and report_of_receipt(own)
    measured.figures.update(bad_codes_looked_up=LOOKED_UP, hashed=len(parsed), opened=0)


def attacked():
    """Make an owner and let somebody else behind the same address use up all tries; return the owner's code."""
    code = codes.as_symbols(sent(district()).bits)
    for number in range(1, limits.WRONG_CODES.most + 5):
        Client().post("/receipt/", {"code": bad_code(number)})
    return code


def answer_to(code, with_proof):
    page = Client().get("/receipt/").content.decode()
    return Client().post("/receipt/", {"code": code, "proof": solved(page) if with_proof else ""}).status_code


@pytest.mark.django_db
@pytest.mark.promise("T22", PROMISE)
def test_above_the_limit_a_right_a_wrong_and_a_misspelt_code_are_told_the_same(measured):
    code = attacked()
    said = {one: answer_to(one, False) for one in (code, bad_code(1), bad_code(2), "nonsense")}
    assert set(said.values()) == {429} and answer_to(code, True) == 303
    measured.figures.update(kinds_of_codes=len(said), answers=1)


@pytest.mark.django_db
@pytest.mark.promise("T22", PROMISE)
def test_a_lock_out_keeps_the_owner_out(measured, monkeypatch):
    def locking(request):
        return not limits.WRONG_CODES.is_empty(limits.address_key(request))

    monkeypatch.setattr(receipt_views, "may_try_a_code", locking)
    status = answer_to(attacked(), True)

    assert status != 303
    measured.caught("owner-locked-out", f"the owner with a proof is answered {status}")


@pytest.mark.django_db
@pytest.mark.promise("T22", PROMISE)
def test_without_counting_nobody_is_slowed(measured, monkeypatch):
    monkeypatch.setattr(receipt_views, "count_wrong_code", lambda _request: None)
    attacked()
    status = answer_to(bad_code(3), False)

    assert status == 422
    measured.caught("wrong-codes-not-counted", "more than twenty wrong codes a minute are all looked at")
