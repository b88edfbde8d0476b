"""Counting by address: five hundred people pass, memory is bounded, and no address can be found."""

import pytest
from django.test import RequestFactory

from shangliang.foundation import limits
from shangliang.foundation.limits import Bucket, address_key


class Ticks:
    """Seconds that pass when told to."""

    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


def request_from(address="203.0.113.9", **more):
    return RequestFactory().get("/", REMOTE_ADDR=address, **more)


def taken(bucket, times, key=b"k"):
    return sum(bucket.take(key) for _time in range(times))


def test_as_many_as_fit_at_once_and_then_as_they_come_back():
    ticks = Ticks()
    bucket = Bucket(5, 1, ticks=ticks)
    assert taken(bucket, 9) == 5
    ticks.now += 2
    assert taken(bucket, 9) == 2
    ticks.now += 3600
    assert taken(bucket, 9) == 5


def test_asking_takes_nothing():
    bucket = Bucket(1, 0)
    assert bucket.is_full(b"k") and not Bucket(0, 0).take(b"k")
    assert not bucket.is_empty(b"k") and not bucket.is_empty(b"k") and bucket.take(b"k")
    assert bucket.is_empty(b"k") and not bucket.is_empty(b"other")
    assert not bucket.is_full(b"k") and bucket.is_full(b"other")


@pytest.mark.parametrize("within", [1, 60, 3600])
def test_five_hundred_people_behind_one_address_pass_within_an_hour_or_a_second(within):
    ticks = Ticks()
    bucket = Bucket(limits.REPORTS.most, limits.REPORTS.per_second, ticks=ticks)
    passed = 0
    for _one in range(500):
        passed += bucket.take(b"shared")
        ticks.now += within / 500
    assert passed == 500


def test_a_flood_from_one_address_does_not_pass_for_long():
    ticks = Ticks()
    bucket = Bucket(limits.REPORTS.most, limits.REPORTS.per_second, ticks=ticks)
    passed = 0
    for _one in range(30_000):  # fifty a second for ten minutes
        passed += bucket.take(b"one")
        ticks.now += 0.02
    assert 690 < passed <= 700


def test_the_memory_is_bounded_and_whoever_is_still_coming_is_remembered():
    bucket = Bucket(1, 0, keys=100)
    bucket.take(b"flooder")
    for number in range(10_000):
        bucket.take(str(number).encode())
        if number % 50 == 0:
            bucket.take(b"flooder")
    assert len(bucket) == 100 and not bucket.take(b"flooder")


def test_a_key_is_the_same_all_day_and_another_one_tomorrow(clock):
    first = address_key(request_from())
    clock.set("2026-11-23 23:59")
    assert address_key(request_from()) == first and address_key(request_from("203.0.113.8")) != first
    clock.set("2026-11-24 00:00")
    tomorrow = address_key(request_from())
    clock.set("2026-11-23 23:59")
    assert first != tomorrow != address_key(request_from()) != first


def test_a_key_tells_nothing_of_the_address():
    key = address_key(request_from())
    assert len(key) == 16 and b"203" not in key and bytes([203, 0, 113, 9]) not in key


def test_one_household_has_one_key_in_both_protocols():
    site = address_key(request_from("2001:db8:1:2::1"))
    assert (
        site
        == address_key(request_from("2001:db8:1:2:ffff::9"))
        != address_key(request_from("2001:db8:1:3::1"))
    )
    assert address_key(request_from("::ffff:203.0.113.9")) == address_key(request_from())
    assert address_key(request_from("203.0.113.9:5000")) == address_key(request_from())
    assert address_key(request_from("[2001:db8:1:2::1]:443")) == site


@pytest.mark.parametrize("said", ["", "unix:", "<script>", "999.1.1.1", "\x00"])
def test_what_is_no_address_is_one_key(said):
    assert address_key(request_from(said)) == address_key(request_from("nobody"))


def test_without_a_proxy_nobody_may_say_who_they_are(settings):
    settings.BEHIND_PROXY = False
    lying = request_from(HTTP_X_FORWARDED_FOR="198.51.100.1")
    assert address_key(lying) == address_key(request_from())


@pytest.mark.parametrize(
    "hops, said, found",
    [
        (1, "198.51.100.1", "198.51.100.1"),
        (1, "192.0.2.1, 198.51.100.1", "198.51.100.1"),
        (2, "192.0.2.1, 198.51.100.1, 10.0.0.1", "198.51.100.1"),
        (2, "198.51.100.1", "10.9.9.9"),
        (1, "", ""),
    ],
)
def test_behind_proxies_the_address_they_wrote_counts_and_what_stands_left_of_it_does_not(
    settings, hops, said, found
):
    settings.BEHIND_PROXY, settings.PROXY_HOPS = True, hops
    asked = request_from("10.9.9.9", HTTP_X_FORWARDED_FOR=said)
    settings_free = request_from(found or "")
    settings.BEHIND_PROXY = True
    seen = address_key(asked)
    settings.BEHIND_PROXY = False
    assert seen == address_key(settings_free)
