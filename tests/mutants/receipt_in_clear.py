"""The database keeps the receipt code itself: it can be looked up, and so can everybody's."""

from shangliang.foundation import codes


def apply() -> None:
    """Put the code in place of its digest."""
    codes.receipt_digest = lambda bits, _pepper: codes.as_symbols(bits)
