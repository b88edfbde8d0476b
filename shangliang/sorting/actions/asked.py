"""What was asked before: the keys of topics, and later of proposals and briefs, so that like ones are found at once."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from shangliang.foundation.business import action
from shangliang.people.models import Committee
from shangliang.sorting.models import AskedGram
from shangliang.sorting.queries.asked import asked_keys


class Put(NamedTuple):
    """What an app has put into the index, or should have: a record of one kind with its words."""

    committee_id: int
    record_id: int
    title: str
    text: str


def index_asked(committee: Committee, kind: str, record_id: int, title: str, text: str) -> None:
    """Put a record into the index, or its new words in place of the old. ``kind`` says of which table. Call it inside an action."""
    forget_asked(kind, record_id)
    AskedGram.unscoped.bulk_create(_rows(kind, Put(committee.pk, record_id, title, text)))


def forget_asked(kind: str, record_id: int) -> None:
    """Take a record out of the index. Call it inside an action."""
    AskedGram.unscoped.filter(kind=kind, record_id=record_id).delete()


@action
def mend_asked(kind: str, after: int, records: Sequence[Put]) -> int:
    """Bring the index in line with the next records of a kind after an id; write only what differs.

    Whoever keeps the records hands over at most a hundred, in order of their ids; none means that there are no more.
    Return how many were wrong, those that are gone among them.
    """
    wanted = {one.record_id: _rows(kind, one) for one in records}
    held = defaultdict(list)
    rows = AskedGram.unscoped.filter(kind=kind, record_id__gt=after)
    if records:
        rows = rows.filter(record_id__lte=records[-1].record_id)
    for committee_id, record_id, gram in rows.values_list("committee_id", "record_id", "gram"):
        held[record_id].append((committee_id, gram))
    gone = held.keys() - wanted.keys()
    wrong = [
        pk for pk in wanted if sorted(held[pk]) != sorted((one.committee_id, one.gram) for one in wanted[pk])
    ]
    if gone or wrong:
        AskedGram.unscoped.filter(kind=kind, record_id__in=[*gone, *wrong]).delete()
        AskedGram.unscoped.bulk_create([row for pk in wrong for row in wanted[pk]])
    return len(gone) + len(wrong)


def _rows(kind: str, put: Put) -> list[AskedGram]:
    return [
        AskedGram(committee_id=put.committee_id, kind=kind, gram=key, record_id=put.record_id)
        for key in asked_keys(put.title, put.text)
    ]
