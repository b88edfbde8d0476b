"""Words another person reads: in the site's language, whoever presses the button."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.conf import settings
from django.utils import translation

P = ParamSpec("P")
R = TypeVar("R")


def in_site_language(words: Callable[P, R]) -> Callable[P, R]:
    """Make what is said come out in the site's language, not in that of whoever presses the button."""

    @wraps(words)
    def said(*args: P.args, **kwargs: P.kwargs) -> R:
        with translation.override(settings.LANGUAGE_CODE):
            return words(*args, **kwargs)

    return said
