"""What is public already and may be the same as what somebody is typing: published words alone, never a report."""

from dataclasses import dataclass
from typing import Any

from django.db import connection

from shangliang.analysis import same_matter
from shangliang.foundation.models import Publication, PublicationGram
from shangliang.foundation.states import PublicationState
from shangliang.reports.models import Matter, Report

KIND = "matter"
_INDEX = PublicationGram._meta.db_table
MOST_TYPED = 400  # characters that are looked at: the end of a long text
GRAMS_TYPED, GRAMS_KEPT = 32, 60
LONGEST_LIST = 100  # rows read of one gram's posting list, the latest publications first
MOST_CANDIDATES = 20
MOST_SHOWN = 3
WORTH_SHOWING = 5.0  # nats shared: about one word that says what it is about
WORTH_WITHOUT_TITLE = 7.5  # the same where nothing of its title is shared
SAME_PLACE = 2.0
PROPOSED_COUNTS = 0.5  # what somebody proposed is further from the trouble than its name


@dataclass(frozen=True)
class Other:
    """One published matter that may be the same: its code, title, where, how it stands, and the words both share."""

    code: str
    title: str
    area: str
    chip: str
    words: tuple[str, ...]
    score: float


def others_said(committee_id: int, typed: str, place: str = "") -> list[Other]:
    """Return at most three standing published matters of a committee like what is typed, the likest first.

    ``place`` is where the person stands: of two alike the nearer comes first. Costs two queries, the first
    of at most 32 looks into the index; what was typed is not kept.
    """
    words = typed.strip()[-MOST_TYPED:]
    likely = _likely(committee_id, same_matter.rare_grams(words, GRAMS_TYPED))
    found = (
        [_other(words, place, row) for row in _standing(committee_id).filter(pk__in=likely)] if likely else []
    )
    ranked = sorted((one for one in found if one.score and one.words), key=lambda one: (-one.score, one.code))
    return ranked[:MOST_SHOWN]


def grams_of_page(title: str, content: dict[str, Any]) -> list[int]:
    """Return what the index of published words keeps of a page: the rarest pairs of its title and of what is proposed."""
    return same_matter.rare_grams("\n".join(_texts(title, content)), GRAMS_KEPT)


def published_matter_of(committee_id: int, code: str) -> Matter | None:
    """Return the matter of that code if its page stands published in this committee now, or None."""
    if not code or not published_title(committee_id, code):
        return None
    return Matter.unscoped.filter(committee_id=committee_id, code=code).first()


def published_title(committee_id: int, code: str) -> str:
    """Return the title of a matter as everybody reads it, or "" when no page of it stands published."""
    rows = _standing(committee_id).filter(subject=f"{KIND}:{code}").values_list("title", flat=True)
    return rows.first() or "" if code else ""


def claimed_title(report: Report) -> str:
    """Return the public title of the matter a report says it also is, as long as its page stands, or ""."""
    said = report.claims_matter
    return published_title(report.committee_id, said.code) if said else ""


def _standing(committee_id: int):  # type: ignore[no-untyped-def]
    return Publication.unscoped.filter(
        committee_id=committee_id, kind=KIND, state=PublicationState.PUBLISHED, replaced_at=None
    )


def _likely(committee_id: int, grams: list[int]) -> list[int]:
    """Return the publications that share the most pairs, the latest of equal ones first; one query.

    Each pair's posting list is read from its latest end and no further than a hundred rows, so that a pair everybody
    uses costs no more than a rare one. The ORM has no such union for SQLite; every value is bound, none is written in.
    """
    if not grams:
        return []
    one = (
        f"SELECT * FROM (SELECT publication_id AS pk FROM {_INDEX}"
        " WHERE committee_id = %s AND gram = %s ORDER BY publication_id DESC LIMIT %s) AS one"
    )
    lists = " UNION ALL ".join([one] * len(grams))
    asked = f"SELECT pk FROM ({lists}) AS shared GROUP BY pk ORDER BY COUNT(*) DESC, pk DESC LIMIT %s"
    bound = [value for gram in grams for value in (committee_id, gram, LONGEST_LIST)]
    with connection.cursor() as cursor:
        cursor.execute(asked, [*bound, MOST_CANDIDATES])
        return [row[0] for row in cursor.fetchall()]


def _texts(title: str, content: dict[str, Any]) -> list[str]:
    return [title, *(str(row.get("suggestion", "")) for row in content.get("lists", ()))]


def _other(typed: str, place: str, row: Publication) -> Other:
    area = row.content.get("area", "")
    in_title, proposed = same_matter.rarity_shared(typed, row.title, area), "\n".join(_texts("", row.content))
    value = in_title + PROPOSED_COUNTS * same_matter.rarity_shared(typed, proposed, f"{area} {row.title}")
    words = tuple(same_matter.shared_words(typed, "\n".join(_texts(row.title, row.content))))
    needed = WORTH_SHOWING if in_title else WORTH_WITHOUT_TITLE
    worth = value + SAME_PLACE * (bool(place) and place in area) if value >= needed else 0.0
    return Other(row.subject.partition(":")[2], row.title, area, row.content.get("chip", ""), words, worth)
