"""Tables without a civic word: ledger, publication, schedule, outbox, files, vault, days."""

from shangliang.foundation.models.days import SpecialDay
from shangliang.foundation.models.files import StoredFile
from shangliang.foundation.models.ledger import LedgerEntry, LedgerHead
from shangliang.foundation.models.outbox import Message
from shangliang.foundation.models.proof import SpentProof
from shangliang.foundation.models.publication import Preview, Publication, PublicationGram, Review
from shangliang.foundation.models.record import Closed, CodeSequence, Record
from shangliang.foundation.models.schedule import Job
from shangliang.foundation.models.vault import VaultItem

__all__ = [
    "Closed",
    "CodeSequence",
    "Job",
    "LedgerEntry",
    "LedgerHead",
    "Message",
    "Preview",
    "Publication",
    "PublicationGram",
    "Record",
    "Review",
    "SpecialDay",
    "SpentProof",
    "StoredFile",
    "VaultItem",
]
