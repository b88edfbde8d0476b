"""Filling an instance for a benchmark: so many open reports, each with its own matter and its place in the index."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import islice
from typing import Any

from django.db import connection, transaction

from shangliang.foundation import clock, codes, ledger
from shangliang.foundation.viewer import System
from shangliang.instance.bench.texts import Said, communities, words_of_residents
from shangliang.people import actions as people
from shangliang.people.models import Area, Committee
from shangliang.people.queries import communities_of, get_committee
from shangliang.reports.actions import open_point
from shangliang.reports.actions.receiving import grams_of
from shangliang.reports.models import Channel, Matter, Report, ReportPoint, SimilarGram

BATCH = 2000
SLUG = "bench-many"
SPREAD_DAYS = 40  # first answers are due on so many different days
GRAM_COLUMNS = "committee_id, gram, report_id"


def filled(count: str) -> dict[str, Any]:
    """Lay down open reports of a committee of their own until there are so many; return how many stand."""
    committee = committee_of_many()
    standing = Report.unscoped.filter(committee_id=committee.pk).count()
    words = islice(words_of_residents(int(count)), standing, None)
    with _index_laid_aside(int(count) - standing > 20 * BATCH):
        for batch in _batches(words):
            _lay_down(committee, _areas(committee), batch, standing)
            standing += len(batch)
    _settle_statistics()
    return {"standing": standing}


def committee_of_many() -> Committee:
    """Return the committee whose desk is measured, opened with a point at the first asking."""
    known = get_committee(SLUG)
    if known:
        return known
    by, at = System("bench"), clock.now()
    made = people.open_committee(
        slug=SLUG, name="测速大区政协", short_name="测速大区", prefix="CD", level="district", by=by, at=at
    )
    open_point(committee=made, area=None, name="测速直报点", where="公告栏", phone="", by=by, at=at)
    return made


def _areas(committee: Committee) -> dict[str, Area]:
    areas = {one.name: one for one in communities_of(committee.pk)}
    at = clock.now()
    for name in communities():
        if name not in areas:
            areas[name] = people.add_area(
                committee=committee, kind="community", name=name, by=System("bench"), at=at
            )
    return areas


def _batches(words: Iterator[Said]) -> Iterator[list[Said]]:
    while batch := list(islice(words, BATCH)):
        yield batch


def _lay_down(committee: Committee, areas: dict[str, Area], batch: Sequence[Said], first: int) -> None:
    names = communities()
    point = ReportPoint.unscoped.filter(committee=committee).first()
    reports = [
        _report(committee, point, areas[names[one.community]], one, first + number)
        for number, one in enumerate(batch)
    ]
    with transaction.atomic():
        Matter.unscoped.bulk_create([one.matter for one in reports])
        for one in reports:
            one.matter_id = one.matter.pk
        Report.unscoped.bulk_create(reports)
        _write_grams([gram for one in reports for gram in grams_of(one)])


def _report(committee: Committee, point: Any, area: Area, said: Said, number: int) -> Report:
    at = clock.now() - timedelta(minutes=number % 50_000)
    today = clock.day_of(at)
    return Report(
        committee=committee, point=point if number % 2 else None, area=area,
        matter=Matter(committee=committee, area=area, code=f"b{number}"), code=f"b{number}",
        channel=Channel.values[number % len(Channel.values)], title=said.title, text=said.text, place=said.place,
        happened_on=today, submitted_at=at, received_at=at, answer_due_on=today + timedelta(days=number % SPREAD_DAYS - 5),
        form_key_digest=f"bench{number}", receipt_digest=f"bench{number}", body_digest="bench",
        text_salt=ledger.new_salt(), import_alias=codes.short_code(10),
    )  # fmt: skip


def _write_grams(grams: Sequence[SimilarGram]) -> None:
    rows = [(one.committee_id, one.gram, one.report_id) for one in grams]
    with connection.cursor() as write:
        if connection.vendor == "postgresql":
            with write.copy(f"COPY reports_similar_gram ({GRAM_COLUMNS}) FROM STDIN") as into:
                for row in rows:
                    into.write_row(row)
        else:
            write.executemany(
                f"INSERT INTO reports_similar_gram ({GRAM_COLUMNS}) VALUES (%s, %s, %s)",
                rows,
            )


class _index_laid_aside:
    """Drop the indexes of the grams while very many are written, and make them again."""

    def __init__(self, is_worth_it: bool) -> None:
        self.indexes = SimilarGram._meta.indexes if is_worth_it else []

    def __enter__(self) -> None:
        with connection.schema_editor() as schema:
            for one in self.indexes:
                schema.remove_index(SimilarGram, one)

    def __exit__(self, *_failure: object) -> None:
        with connection.schema_editor() as schema:
            for one in self.indexes:
                schema.add_index(SimilarGram, one)


def _settle_statistics() -> None:
    """Let the database look at its tables, as its own housekeeping does after a while."""
    with connection.cursor() as ask:
        ask.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
