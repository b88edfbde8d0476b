"""What somebody typed into a form that could not be taken: given back, so that nothing has to be written twice."""

import re

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError

_NEVER_SHOWN = re.compile(
    r"csrfmiddlewaretoken|next|undo|proof|claims_matter|.*(password|key|code|token|receipt).*", re.IGNORECASE
)
_A_CHOICE_OR_ID = re.compile(r"[a-z_]{0,30}|\d{0,6}")
MOST = 20_000


def typed_words(request: HttpRequest) -> list[str]:
    """Return the texts of a POST that a person wrote, in order; no secrets, no codes, no picked choices, no files."""
    if request.method != "POST":
        return []
    try:
        fields = [(name, value) for name, values in request.POST.lists() for value in values]
    except (OSError, SuspiciousOperation, MultiPartParserError):
        return []
    return [
        str(value)[:MOST]
        for name, value in fields
        if not _NEVER_SHOWN.fullmatch(name) and not _A_CHOICE_OR_ID.fullmatch(str(value).strip())
    ]
