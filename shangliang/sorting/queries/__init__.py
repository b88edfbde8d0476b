"""The only door to the rows of sorting, by story."""

from shangliang.sorting.queries.owner_plans import owner_plan, plan_in_words
from shangliang.sorting.queries.owners import (
    OwnerBook,
    area_at,
    issue_from,
    latest_issue,
    owner_book,
    owner_of,
    owners_of,
    row_for,
    rows_of,
    table_on,
    tables_of,
)
from shangliang.sorting.queries.owners_history import ChangedRow, IssueActs, acts_of, changes_of
from shangliang.sorting.queries.scheme import (
    categories_of,
    category_at,
    category_choices,
    current_categories,
    get_category_for,
    kinds_below,
    retired_categories,
    scheme_counts,
    scheme_names,
    scheme_tree,
)
from shangliang.sorting.queries.without_owner import KindWithoutOwner, kinds_without_owner

__all__ = [
    "ChangedRow",
    "IssueActs",
    "KindWithoutOwner",
    "OwnerBook",
    "acts_of",
    "area_at",
    "categories_of",
    "category_at",
    "category_choices",
    "changes_of",
    "current_categories",
    "get_category_for",
    "issue_from",
    "kinds_below",
    "kinds_without_owner",
    "latest_issue",
    "owner_book",
    "owner_of",
    "owner_plan",
    "owners_of",
    "plan_in_words",
    "retired_categories",
    "row_for",
    "rows_of",
    "scheme_counts",
    "scheme_names",
    "scheme_tree",
    "table_on",
    "tables_of",
]
