"""Who may receive each private column: the hand-written list the crawl with canaries is held against.

A column is for the roles of its class; a line here says where one is for more or for fewer. Rows of another committee
are for nobody here, except what is public there.
"""

from tests.trust.canaries import Canary

OFFICE = frozenset({"clerk", "leader"})
STAFF = OFFICE | {"reviewer", "officer", "admin", "keeper", "member", "unit", "other_unit", "authority"}
BY_CLASS = {
    "staff": STAFF,
    "screener": OFFICE | {"officer"},
    "reporter": frozenset({"receipt"}),
    "secret": frozenset(),
}
NOBODY: frozenset[str] = frozenset()
SECRETS = frozenset({"link", "invited"})  # whoever was given a link reads its page, of whatever committee
BY_ADDRESS = {"/u/": "link", "/invite/": "invited"}
PEOPLE_OF_THE_COURSE = OFFICE | {"member", "reviewer", "authority"}
UNITS = frozenset({"unit", "other_unit"})
LISTED: dict[str, frozenset[str]] = {
    "reports.Report.text of receipt": OFFICE | {"receipt"},
    "reports.Report.text of other_receipt": OFFICE | {"other_receipt"},
    "reports.ThreadEntry.text of receipt": OFFICE | {"receipt"},
    "reports.ThreadEntry.text of other_receipt": OFFICE | {"other_receipt"},
    "reports.ReportPhoto.file bytes": OFFICE | {"receipt"},
    "reports.Unmasking.reason": OFFICE,
    "people.Person.name": STAFF | {"invited"},
    # what is told to a resident under the receipt: who took it on, what was done, who counted heads
    "consultations.HeadCount.counted_by": PEOPLE_OF_THE_COURSE | {"receipt"},
    "delivery.Result.text": PEOPLE_OF_THE_COURSE | UNITS | {"receipt"},
    "delivery.Evidence.file bytes": PEOPLE_OF_THE_COURSE | UNITS | {"receipt"},
    "topics.TopicApproval.decided_by": PEOPLE_OF_THE_COURSE | {"receipt"},
    "reports.Matter.title": PEOPLE_OF_THE_COURSE | UNITS | {"receipt", "link"},
    # what a unit's one-time link shows
    # the reviewer reads it where the page that is to become public is drawn up
    "delivery.Assignment.basis": OFFICE | UNITS | {"authority", "link", "reviewer"},
    "delivery.Assignment.document_no": PEOPLE_OF_THE_COURSE | UNITS | {"link"},
    "delivery.Assignment.task": PEOPLE_OF_THE_COURSE | UNITS | {"link"},
    "delivery.Assignment.source": PEOPLE_OF_THE_COURSE | UNITS,
    "delivery.Assignment.responsible": PEOPLE_OF_THE_COURSE | UNITS | {"link"},
    "delivery.FollowUp.request_draft": OFFICE,
    # what a screener confirmed for the unit that does the work, behind the task alone
    "protection.SafeText.text": OFFICE | UNITS | {"authority", "link"},
    "protection.PhotoCover.file bytes": OFFICE | UNITS | {"authority", "link"},
    "reports.Matter.summary": OFFICE | UNITS | {"authority", "link"},
    # what a screener does for the person who spoke is for screeners, whatever its class; an officer has the locked ones
    "reports.Recording.file bytes": OFFICE,
    "reports.Report.entry_source": OFFICE,
    "reports.Report.elsewhere": OFFICE,
    "protection.ConsentAsk.words": OFFICE,
    "protection.Finding.hint": OFFICE | {"member"},
    "exchange.ReportDraft.text": OFFICE,
    "exchange.Transfer.words": OFFICE,
    "exchange.Transfer.place": OFFICE,
    "exchange.Transfer.answer": OFFICE,
    "exchange.Transfer.returned_because": OFFICE,
    "exchange.ImportRejection.why": OFFICE,
    "hotspots.Citation.words": NOBODY,  # kept to be struck out again, shown nowhere
    # a view of the desk is its keeper's alone; of a point, whoever looks after one is told
    "reports.SavedView.name": frozenset({"clerk"}),
    "reports.PointCheck.note": OFFICE | {"member", "keeper"},
    # a reservation is a count by side and its reason; units do not read who had which
    "consultations.Support.reservation": PEOPLE_OF_THE_COURSE,
    "consultations.Suggestion.text": PEOPLE_OF_THE_COURSE | UNITS,
}
BY_APP = {
    "hotspots": OFFICE,
    "exchange": OFFICE | {"admin"},  # who describes the other systems
    "sorting": OFFICE | {"admin"},  # who keeps the scheme and the owner table
    "topics": PEOPLE_OF_THE_COURSE | UNITS,
    "consultations": PEOPLE_OF_THE_COURSE,
    "delivery": PEOPLE_OF_THE_COURSE | UNITS,
}


def reader_at(viewer: str, address: str) -> str:
    """Return as whom somebody reads: behind an address that is itself a secret, as whoever was given it."""
    return next((reader for start, reader in BY_ADDRESS.items() if address.startswith(start)), viewer)


def may_read(reader: str, canary: Canary) -> bool:
    """Tell whether somebody may be handed a column of the own committee; another committee's is for its own people."""
    allowed = LISTED.get(canary.label)
    if canary.whose == "other":
        return (reader == "other_clerk" and canary.level in ("staff", "screener")) or reader in SECRETS & (
            allowed or NOBODY
        )
    if allowed is None and canary.level == "staff":
        allowed = BY_APP.get(canary.label.partition(".")[0])
    return reader in (BY_CLASS[canary.level] if allowed is None else allowed)
