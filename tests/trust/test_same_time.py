"""T12: how long the look-up takes tells nothing about a code: Welch's t between unknown codes and used-up ones."""

import math
import random
import statistics
import time

import pytest
from django.test import Client

from shangliang.foundation import codes
from shangliang.foundation.viewer import ReceiptHolder
from shangliang.people.tests.factories import MORNING, district
from shangliang.reports.actions import withdraw
from shangliang.reports.tests.factories import sent
from shangliang.reports.views import receipt as receipt_views
from tests.trust.sizes import size

PROMISE = "A wrong receipt code, an unknown one and nonsense get one and the same answer"
ASKED = size(120, 20_000)
LIMIT = 4.5  # |t| of a leakage assessment (dudect)
OWNERLESS = 10
pytestmark = pytest.mark.django_db


def near(bits: bytes) -> bytes:
    """Return a code that differs from a live one in its last bit: as near as a guess can come."""
    return bits[:-1] + bytes([bits[-1] ^ 1])


def far() -> bytes:
    """Return a code that nobody was ever given."""
    return random.randbytes(OWNERLESS)


def seconds(client: Client, bits: bytes, number: int) -> float:
    client.cookies.clear()
    began = time.perf_counter()
    client.post("/receipt/", {"code": codes.as_symbols(bits)}, REMOTE_ADDR=f"2001:db8:{number:x}::1")
    return time.perf_counter() - began


def welch(one: list[float], other: list[float]) -> float:
    """Return Welch's t of two samples, the slowest twentieth of all left out: it is the machine's, not the code's."""
    cut = sorted([*one, *other])[int(len(one) * 2 * 0.95)]
    kept = [[value for value in sample if value <= cut] for sample in (one, other)]
    spread = math.sqrt(sum(statistics.variance(sample) / len(sample) for sample in kept))
    return (statistics.fmean(kept[0]) - statistics.fmean(kept[1])) / spread


def compared(live: list[bytes]) -> float:
    """Ask in turn for codes beside live ones and for codes from nowhere, in random order. Return Welch's t."""
    client, times = Client(), ([], [])
    for number in range(ASKED):
        for kind in random.sample((0, 1), 2):
            bits = near(random.choice(live)) if kind == 0 else far()
            times[kind].append(seconds(client, bits, number * 2 + kind))
    return welch(*times)


@pytest.fixture
def live(db):
    """Fifty live codes, ten of them of reports that were withdrawn."""
    place = district()
    made = [sent(place, f"第 {number} 盏路灯不亮。") for number in range(50)]
    for one in made[:10]:
        withdraw(one.report, by=ReceiptHolder(one.report.pk), at=MORNING)
    return [one.bits for one in made]


@pytest.mark.promise("T12", PROMISE)
def test_the_time_of_an_answer_tells_nothing(live, measured):
    t = min((compared(live) for _again in range(size(2, 1))), key=abs)

    assert abs(t) < LIMIT
    measured.figures.update(asked=2 * ASKED, welch_t=round(t, 2))


@pytest.mark.promise("T12", PROMISE)
def test_a_look_up_that_takes_longer_near_a_live_code_is_caught(live, measured, monkeypatch):
    known = {bits[:-1] for bits in live}
    honest = receipt_views.report_of_receipt

    def slow(bits):
        if bits[:-1] in known:
            time.sleep(size(0.03, 0.003))
        return honest(bits)

    monkeypatch.setattr(receipt_views, "report_of_receipt", slow)
    t = compared(live)

    assert abs(t) > LIMIT
    measured.caught("slower-near-a-live-code", f"t = {t:.1f}")
