"""Who may see the whole course of a matter or a topic, and who may act on the words of a publication."""

from shangliang.foundation import roles
from shangliang.foundation.viewer import Appointed, Viewer

READS_DRAFTS = (*roles.OFFICE, roles.REVIEWER)


def sees_course_in(viewer: Viewer, committee_id: int) -> bool:
    """Tell whether the viewer reads the course of everything in that committee: its office and its reviewers."""
    return isinstance(viewer, Appointed) and viewer.role in READS_DRAFTS and committee_id in viewer.reach


def keeps_words_of(viewer: Viewer, committee_id: int) -> bool:
    """Tell whether the viewer may prepare, review, publish and withdraw there: only at the very committee."""
    return (
        isinstance(viewer, Appointed) and viewer.role in READS_DRAFTS and committee_id == viewer.committee_id
    )
