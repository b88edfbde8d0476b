"""What may come with somebody's words: a recording, and the published matter they say it also is."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime

from shangliang.foundation.files import draw_sound
from shangliang.foundation.models import StoredFile
from shangliang.reports.models import Recording, Report
from shangliang.reports.queries.others import published_matter_of


@dataclass(frozen=True)
class Alongside:
    """``recording``: the bytes a phone recorded; ``claims``: the code of a published matter. Both may be empty."""

    recording: bytes = field(default=b"", repr=False)
    claims: str = ""

    def pieces(self) -> list[bytes]:
        """Return what tells one sending from another; nothing where nothing came along."""
        sound = [b"recording:" + hashlib.sha256(self.recording).digest()] if self.recording else []
        return sound + ([b"claims:" + self.claims.encode("utf-8", "replace")] if self.claims else [])


@dataclass(frozen=True)
class Drawn:
    """A recording written again and on disk, its row not yet saved; ``file`` is None where there was none."""

    file: StoredFile | None = None
    seconds: int = 0


NOTHING, SILENT = Alongside(), Drawn()


def draw_recording(alongside: Alongside, at: datetime) -> Drawn:
    """Write a recording again, outside any transaction. Refuses as ``foundation.files.draw_sound`` does."""
    return Drawn(*draw_sound(alongside.recording, at=at)) if alongside.recording else SILENT


def note_claim(report: Report, alongside: Alongside) -> None:
    """Set on an unsaved report which matter it is said to be. One that is not public (any more) is none: never a refusal."""
    report.claims_matter = published_matter_of(report.committee_id, alongside.claims)


def attach_recording(report: Report, drawn: Drawn) -> None:
    """Save the rows of a drawn recording and tie it to a saved report. Call it inside an action."""
    if drawn.file is not None:
        drawn.file.save(force_insert=True)
        Recording(report=report, file=drawn.file, seconds=drawn.seconds).save(force_insert=True)
