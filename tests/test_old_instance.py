"""An instance of an earlier version is migrated as it stands, and one of its matters is walked to its verdict."""

import gzip
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from shangliang.instance.bench.instances import Instance, empty_instance
from tests.trust.instances import ask

DUMPS = Path(__file__).with_name("dumps")
VERSIONS = ("0.1", "0.2")
pytestmark = pytest.mark.django_db


def restored(instance: Instance, version: str) -> None:
    """Put a stored dump into the empty database of an instance."""
    kind = "sqlite" if instance.is_sqlite else "postgresql"
    words = gzip.decompress((DUMPS / f"example-{version}.{kind}.sql.gz").read_bytes()).decode()
    if instance.is_sqlite:
        with sqlite3.connect(instance.folder / "shangliang.sqlite3") as link:
            link.executescript(words)
    else:
        with psycopg.connect(instance.environment["DATABASE_URL"], autocommit=True) as link:
            for sentence, rows in sentences_of(words):
                put(link, sentence, rows)


def put(link: psycopg.Connection, sentence: str, rows: str | None) -> None:
    """Run one sentence of a dump, with the rows that follow a COPY."""
    if rows is None:
        link.execute(sentence.encode())
        return
    with link.cursor().copy(sentence.encode()) as copy:
        copy.write(rows)


def sentences_of(words: str) -> Iterator[tuple[str, str | None]]:
    """Return each sentence of a plain pg_dump and, after a COPY, the rows it brings."""
    plain = re.sub(r"(?m)^(?:\\(?:un)?restrict .*|--.*)$", "", words)
    copies = re.split(r"(?ms)^(COPY .*? FROM stdin;)\n(.*?)^\\\.$", plain)
    for place in range(0, len(copies), 3):
        if copies[place].strip():
            yield copies[place], None
        if place + 1 < len(copies):
            yield copies[place + 1], copies[place + 2]


@pytest.mark.parametrize("version", VERSIONS)
def test_an_instance_of_an_earlier_version_is_migrated_and_a_matter_of_it_walked(version):
    with empty_instance(settings.DATABASE_URL) as instance:
        restored(instance, version)
        before = ask(instance, "count_old_district")
        instance.run("manage.py", "migrate", "--skip-checks", "-v", "0")
        after = ask(instance, "count_old_district")
        walked = ask(instance, "walk_old_district", SHANGLIANG_HOSTS="testserver")

    assert after == before
    assert before["reports"] >= 300 and before["matters"] > 10
    assert walked == {"state": "closed", "verdicts": walked["reports"], "reports": walked["reports"],
                      "pages": walked["pages"], "ledger": True}  # fmt: skip
    assert walked["reports"] >= 1 and walked["pages"] >= 6
