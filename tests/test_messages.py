"""What the product says in Chinese, it can say in English: the kept catalogue is whole."""

import pytest
from babel.messages.catalog import Catalog

from shangliang.instance.messages import found_messages, kept_catalogue, missing


@pytest.fixture(scope="module")
def kept() -> Catalog:
    return kept_catalogue()


@pytest.fixture(scope="module")
def said() -> Catalog:
    return found_messages()


def ids(catalogue: Catalog) -> set[object]:
    return {one.id for one in catalogue if one.id}


def test_everything_said_has_its_place_in_the_catalogue(kept, said):
    absent = ids(said) - ids(kept)
    assert not absent, f"{len(absent)} not collected; run: python manage.py collect_messages"


def test_the_catalogue_holds_nothing_that_is_no_longer_said(kept, said):
    left_over = ids(kept) - ids(said)
    assert not left_over, f"{len(left_over)} left over; run: python manage.py collect_messages"


def test_everything_in_the_catalogue_is_translated_and_nothing_is_fuzzy(kept):
    waiting = missing(kept)
    assert not waiting, f"{len(waiting)} without English, first: {waiting[:5]}"


def test_a_translation_keeps_every_placeholder_of_its_sentence(kept):
    wrong = [(one.id, str(error)) for one in kept if one.id and one.string for error in one.check()]
    assert not wrong
