"""T20: a flood slows nobody down who is honest, nobody is refused, and no address stays behind."""

import re
import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from shangliang.foundation import limits
from shangliang.foundation.tests.solving import solved
from shangliang.instance.bench.instances import free_port, kill_group, wait_for
from shangliang.people.tests.factories import district
from shangliang.reports.models import Report
from shangliang.reports.tests.factories import point_in
from shangliang.reports.views import resident
from tests.trust.instances import ask
from tests.trust.phones import NET, Flood, Told, address, phone_at, send_honestly
from tests.trust.sizes import size

PROMISE = (
    "A flood slows the flooder: honest people get their receipt, nobody is refused, no address stays behind"
)
HONEST = size(12, 250)  # in each of the two floods; the first come from the very address the flood comes from
LIMIT = size(30, 300)  # of one process; the product's own is twice the larger
SECONDS_ALLOWED = 10.0
PER_SECOND = 50
AT_ONCE = 4


class Server:
    """The product behind a proxy, with the limit of this test."""

    def __init__(self, instance, application):
        self.instance, self.port = instance, free_port()
        self.point = ask(instance, "open_ground")["point"]
        said = {
            "SHANGLIANG_BEHIND_PROXY": "yes",
            "SHANGLIANG_TEST_REPORTS": str(LIMIT),
            "SHANGLIANG_LOG_LEVEL": "DEBUG",
        }
        self.process = instance.serve(self.port, application, **said)

    def __enter__(self):
        try:
            wait_for(self.port, f"/r/{self.point}/")
        except BaseException:
            kill_group(self.process)
            raise
        return self

    def __exit__(self, *_failure):
        kill_group(self.process)

    def crowd(self, where, words, people):
        """Let that many people send, four at a time; return what they met."""
        told, turn = Told(), iter(range(people))
        lock = threading.Lock()

        def next_one():
            with lock:
                return next(turn, None)

        def stand_in_line():
            while (number := next_one()) is not None:
                send_honestly(phone_at(self.port, self.point, where(number)), f"{words} {number}", told)

        threads = [threading.Thread(target=stand_in_line) for _one in range(AT_ONCE)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        return told


def addresses_left(instance):
    """Return the addresses that stand in any file of the instance or any cell of its database."""
    ask(instance, "every_cell", str(instance.folder / "cells"))
    wanted = re.compile(rb"(?:198\.18|192\.0\.2|127\.0\.0)\.\d+[\d.]*")
    files = [one for one in instance.folder.rglob("*") if one.is_file() and "static" not in one.parts]
    assert {"log", "cells"} <= {one.name for one in files}
    return {(one.name, found) for one in files for found in wanted.findall(one.read_bytes())}


@pytest.mark.promise("T20", PROMISE)
def test_in_a_flood_honest_people_get_their_receipt_and_nobody_is_refused(instance, measured):
    most = LIMIT * (1 if instance.is_sqlite else 2)  # each web process counts for itself
    with Server(instance, "tests.trust.small_limits:application") as server:
        with Flood(server.port, server.point, lambda _number: address(0), PER_SECOND) as from_one:
            beside = server.crowd(lambda _number: address(0), "同一个网", HONEST)
        with Flood(server.port, server.point, address, PER_SECOND) as from_many:
            among = server.crowd(lambda number: address(10_000 + number), "各在各家", HONEST)
        over = server.crowd(lambda _number: address(20_000), "一处来的", most + 10)
    lie = ask(instance, "kept_apart", "同一个网", "各在各家", "一处来的", "灌水")

    assert (beside.refused, among.refused, over.refused) == (0, 0, 0)
    assert from_one.answers == from_many.answers == {200}, "nobody is refused, not even the flood"
    assert lie["同一个网"] == lie["各在各家"] == {"": HONEST}
    assert sum(lie["一处来的"].values()) == most + 10 and lie["一处来的"]["flood"] >= 10
    assert lie["灌水"] == {"unproven": from_one.sent + from_many.sent} and from_one.sent > HONEST
    assert max(beside.slowest(), among.slowest()) <= SECONDS_ALLOWED
    assert addresses_left(instance) == set()
    measured.figures.update(
        honest=2 * HONEST, refused=0, slowest_of_95_percent_s=round(max(beside.slowest(), among.slowest()), 2),
        flood_sent=from_one.sent + from_many.sent, set_aside=from_one.sent + from_many.sent + lie["一处来的"]["flood"], addresses_left=0,
    )  # fmt: skip


@pytest.mark.promise("T20", PROMISE)
def test_an_address_in_the_log_is_found(instance, measured):
    with Server(instance, "tests.mutants.address_logged:application") as server:
        server.crowd(address, "各在各家", 2)

    found = addresses_left(instance)
    assert {name for name, _address in found} == {"log"} and all(NET.encode() in one for _name, one in found)
    measured.caught("address-logged", f"{len(found)} addresses in the log")


def sent_from_one_address(point, people):
    """Let people behind one address send, each with a proof; return how many got a receipt."""
    through = 0
    for number in range(people):
        page = Client().get(f"/r/{point.code}/").content.decode()
        key = re.search(r'name="form_key" value="([^"]+)"', page)[1]
        said = {"form_key": key, "text": f"路灯不亮 {number}", "proof": solved(page)}
        through += Client(raise_request_exception=False).post(f"/r/{point.code}", said).status_code == 200
    return through


@pytest.mark.django_db
@pytest.mark.promise("T20", PROMISE)
def test_a_limit_that_refuses_turns_honest_people_away(measured, monkeypatch):
    monkeypatch.setattr(limits, "REPORTS", limits.Bucket(3, 0))
    point, honest = point_in(district()), resident.doubt_about
    assert sent_from_one_address(point, 5) == 5 and Report.unscoped.filter(set_aside="flood").count() == 2

    def refusing(*said):
        if honest(*said) == "flood":
            raise PermissionDenied
        return ""

    monkeypatch.setattr(resident, "doubt_about", refusing)
    limits.REPORTS.clear()
    through = sent_from_one_address(point, 5)
    assert through < 5
    measured.caught("overflow-refused", f"{5 - through} of 5 turned away")


@pytest.mark.promise("T20", PROMISE)
def test_five_hundred_people_behind_one_address_pass(measured):
    people = 500
    passed = sum(limits.REPORTS.take(b"one address of five hundred") for _one in range(people))

    assert passed == people
    measured.figures.update(people_behind_one_address=people, set_aside=0)
