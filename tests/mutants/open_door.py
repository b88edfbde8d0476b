"""A view whose decorator lets every role in: the way a check is lost in a merge."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from shangliang.foundation import roles


def role_check(view: Callable[..., Any]) -> Any:
    """Return the variable in which ``for_roles`` keeps who may enter, or None where a view is open to anybody."""
    while view is not None:
        names = getattr(view, "__code__", None) and view.__code__.co_freevars
        if names and "allowed" in names and view.__closure__:
            return view.__closure__[names.index("allowed")]
        view = getattr(view, "__wrapped__", None)
    return None


@contextmanager
def opened(view: Callable[..., Any]) -> Iterator[None]:
    """Let every role in for a while."""
    kept = role_check(view)
    before = kept.cell_contents
    kept.cell_contents = roles.EVERY_ROLE
    try:
        yield
    finally:
        kept.cell_contents = before
