"""What the office does to its scheme of kinds and its owner table: one function per button."""

from shangliang.sorting.actions.owner_rows import add_owner, change_owner, end_owner, import_owners
from shangliang.sorting.actions.owners import issue_table
from shangliang.sorting.actions.scheme import add_category, import_scheme, rename_category, retire_category

__all__ = [
    "add_category",
    "add_owner",
    "change_owner",
    "end_owner",
    "import_owners",
    "import_scheme",
    "issue_table",
    "rename_category",
    "retire_category",
]
