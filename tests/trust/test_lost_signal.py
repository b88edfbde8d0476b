"""T14: answers get lost on the way, people press again, some press twice at once: one report and one receipt each."""

import json
import random
import threading
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException

import pytest

from shangliang.instance.bench.instances import free_port, kill_group, wait_for
from tests.trust.instances import ask
from tests.trust.residents import Resident
from tests.trust.sizes import size

SUBMISSIONS, PHONES = size(160, 10_000), 16
LOST, TWINS, MOST_PRESSES = 0.3, 0.05, 6
PROMISE = "Press twice, or lose the signal and press again: one report, one receipt"


class BadSignal(Resident):
    """A phone on which three answers in ten never arrive: the server has done its part, nobody sees the receipt."""

    def press(self, address, fields, one) -> bool:
        shown = super().press(address, fields, one)
        if random.random() < LOST:
            one.receipt = ""
            raise HTTPException("the answer was lost")
        return shown


def say_once(phone: BadSignal, number: int) -> str:
    """Fill one form and press until its receipt shows; one in twenty is pressed by two fingers at once."""
    address, fields, one = phone.fill(number)
    if random.random() < TWINS:
        twin = threading.Thread(target=pressed, args=(phone, address, fields, one))
        twin.start()
        pressed(phone, address, fields, one)
        twin.join()
    for _turn in range(MOST_PRESSES * 3):
        if one.receipt or pressed(phone, address, fields, one):
            break
    return one.receipt


def pressed(phone: BadSignal, address, fields, one) -> bool:
    try:
        return phone.press(address, fields, one)
    except (OSError, HTTPException):
        return False


def one_phone(port: int, point: str, name: str, number_of: int) -> BadSignal:
    phone = BadSignal(port, point, name)
    for number in range(number_of):
        assert say_once(phone, number), "no receipt after pressing again and again"
    return phone


@pytest.mark.promise("T14", PROMISE)
def test_answers_that_are_lost_make_no_second_report(instance, measured):
    port, point = free_port(), ask(instance, "open_ground")["point"]
    server = instance.serve(port)
    try:
        wait_for(port, "/sign-in/")
        with ThreadPoolExecutor(PHONES) as crowd:
            each = SUBMISSIONS // PHONES
            started = [crowd.submit(one_phone, port, point, f"手机{n:02d}", each) for n in range(PHONES)]
            phones = [one.result() for one in started]
    finally:
        kill_group(server)
    sent = [one for phone in phones for one in phone.sent]
    keys = ("form_key", "words", "has_photo", "receipt", "presses")
    told = instance.folder / "told.json"
    told.write_text(json.dumps([{key: getattr(one, key) for key in keys} for one in sent]), encoding="utf-8")
    found = ask(instance, "examine_reports", str(told))

    assert found["shown"] == found["reports"] == len(sent) == SUBMISSIONS
    assert found["lost"] == found["twice"] == found["other_receipt"] == found["matters_without_report"] == 0
    assert found["pressed_again"] > SUBMISSIONS // 10
    measured.figures.update(
        submissions=SUBMISSIONS, pressed_again=found["pressed_again"], reports_twice=0, lost=0
    )
