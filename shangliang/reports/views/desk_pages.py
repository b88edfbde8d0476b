"""Pages of a list that may hold a hundred thousand rows: the first thousand are counted, the rest are only turned."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.functional import cached_property

from shangliang.reports.queries.desk import MOST_COUNTED

MOST_PAGES = 2000  # filters lead further than turning two thousand pages
LONGEST_NUMBER = 5


class DeskPages(Paginator):
    """Pages that cost one query each; a second one counts to a thousand, only where the first page is not all.

    ``read`` turns a slice of the list into the rows to show. ``is_slow``: rows are looked through one by one for
    words, so that nothing beyond the next page is counted.
    """

    def __init__(
        self, object_list: Any, per_page: int, read: Callable[[Any], Any], is_slow: bool = False
    ) -> None:
        super().__init__(object_list, per_page)
        self.read = read
        self.is_slow, self.has_more, self.last_read = is_slow, False, 0
        self.reached = 1

    def get_page(self, number: Any) -> Page:
        """Return a page with its rows read; one beyond the end gives the last that was counted."""
        said = str(number)
        wanted = int(said) if said.isdecimal() and len(said) <= LONGEST_NUMBER else 1
        page = self._read(max(1, min(wanted, MOST_PAGES)))
        if not page.object_list and page.number > 1:
            counted = self.object_list[: MOST_COUNTED + 1].count()
            page = self._read(-(-min(counted, MOST_COUNTED) // self.per_page) or 1)
        return page

    def _read(self, number: int) -> Page:
        first = (number - 1) * self.per_page
        found = list(self.read(self.object_list[first : first + self.per_page + 1]))
        self.has_more = len(found) > self.per_page
        self.last_read = first + min(len(found), self.per_page)
        self.reached = number + self.has_more
        return Page(found[: self.per_page], number, self)

    @cached_property
    def count(self) -> int:
        """Return how many rows there are, or how many were counted where there are more."""
        if self.is_slow or not self.has_more:
            return self.last_read
        return min(self._counted, MOST_COUNTED)

    @cached_property
    def _counted(self) -> int:
        counted: int = self.object_list[: MOST_COUNTED + 1].count()
        return counted

    @property
    def is_more(self) -> bool:
        """Tell whether there are more rows than ``count`` says."""
        return self.has_more and (self.is_slow or self._counted > MOST_COUNTED)

    @property
    def num_pages(self) -> int:  # type: ignore[override]
        """Return how many pages can be turned to from here."""
        return max(-(-self.count // self.per_page), self.reached)
