"""Whether a paper form was handed in and entered already."""

from django.conf import settings

from shangliang.foundation import roles
from shangliang.foundation.viewer import Appointed, Viewer
from shangliang.reports.paper_form import form_key_of, parse_number
from shangliang.reports.queries.receipts import report_sent_with

MAY_ASK = (*roles.OFFICE, roles.KEEPER)


def is_entered(viewer: Viewer, form_number: str) -> bool:
    """Tell those who enter paper forms whether one of theirs was entered already, by its number; never what it says."""
    if not isinstance(viewer, Appointed) or viewer.role not in MAY_ASK:
        return False
    pepper = settings.PEPPER.encode()
    number = parse_number(pepper, form_number)
    report = report_sent_with(form_key_of(pepper, number)) if number else None
    return report is not None and report.committee_id == viewer.committee_id
