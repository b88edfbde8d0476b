"""The mutants: for each promise a small wrong change that its test must catch. A test that cannot fail is a defect."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mutant:
    """One wrong change: ``name``, the promise it breaks, what it does, and the test that sees it."""

    name: str
    promise: str
    what: str
    seen_by: str


MUTANTS = (
    Mutant("sent-before-sending", "T64", "the worker ticks a message off, then sends it", "test_outbox.py::"
           "test_ticking_a_notice_off_before_sending_it_loses_notices"),
)
