"""Numbers given out in order: matter YC-2026-0137."""

from shangliang.foundation.business import action
from shangliang.foundation.models import CodeSequence


@action
def next_number(series: str) -> int:
    """Return the next number of a series, counting from 1 without gaps; locks the series' row until commit."""
    row = CodeSequence.unscoped.select_for_update().filter(series=series).first()
    if row is None:
        CodeSequence.unscoped.bulk_create([CodeSequence(series=series)], ignore_conflicts=True)
        row = CodeSequence.unscoped.select_for_update().get(series=series)
    row.last += 1
    row.save(update_fields=["last"])
    return row.last


def numbered_code(prefix: str, year: int, letter: str = "") -> str:
    """Return the next public code of a series, such as ``YC-2026-0137`` or, with a letter, ``YC-2026-Y0012``."""
    return f"{prefix}-{year}-{letter}{next_number(f'{prefix}-{year}-{letter}'):04d}"
