"""Which published pages somebody typing a report finds, and by which words."""

from shangliang.foundation import publishing
from shangliang.foundation.models import Publication
from shangliang.portal.queries.pages import every_standing_page
from shangliang.reports.queries.others import KIND, grams_of_page


def grams_of(publication: Publication) -> list[int]:
    """Return the hashes a publication is found by; none for anything but the page of a matter."""
    kind = publication.subject.partition(":")[0]
    return grams_of_page(publication.title, publication.content) if kind == KIND else []


def rebuild() -> int:
    """Index every standing page of a matter anew, each in a transaction of its own. Return how many."""
    done = 0
    for row in every_standing_page(KIND):
        publishing.index_words(row, grams_of(row))
        done += 1
    return done
