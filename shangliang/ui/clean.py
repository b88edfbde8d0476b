"""What a text must be before it is stored or written to a file."""

import re
import unicodedata

# C0 except tab and newline, DEL and C1, lone surrogates, byte-order mark, non-characters
_NEVER_STORED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
# embeddings, overrides and isolates: they can make a line read in another order than it is stored
_BIDI_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_LINE_ENDS = re.compile("\r\n?|\u2028|\u2029")


def for_storage(text: str) -> str:
    """The text as we keep it: NFC, newlines as \\n, without control, surrogate or bidi-override characters.

    Marks that scripts need (zero-width joiner, LRM/RLM) stay. Never fails; an all-control text becomes "".
    """
    text = _LINE_ENDS.sub("\n", text)
    text = _BIDI_CONTROLS.sub("", _NEVER_STORED.sub("", text))
    return unicodedata.normalize("NFC", text)


def on_one_line(text: str) -> str:
    """`for_storage`, with every run of whitespace made one space: names, titles, places."""
    return " ".join(for_storage(text).split())


def bare_heading(heading: str) -> str:
    """A column's heading without blanks, brackets and signs, in half width and small letters, to be compared."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", heading)).lower()
