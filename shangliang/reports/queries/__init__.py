"""The only door to points, reports, matters and threads; every function that gives non-public rows takes the viewer."""

from shangliang.reports.queries.doors import open_points_beside, point_at
from shangliang.reports.queries.matters import (
    get_matter_for,
    matter_by_id,
    matters_free_for_topics,
    matters_seen_by,
    matters_with_voices,
    standing_reports,
)
from shangliang.reports.queries.readings import readings_of
from shangliang.reports.queries.receipts import (
    consents_of,
    get_report_of_holder,
    last_question_to,
    open_questions_to,
    questions_open_in,
    report_of_receipt,
    report_sent_with,
)
from shangliang.reports.queries.recordings import seconds_of_receipt
from shangliang.reports.queries.reports import (
    get_report_for,
    photo_for,
    photos_of,
    reports_of,
    reports_seen_by,
    thread_of,
)

__all__ = [
    "consents_of",
    "get_matter_for",
    "get_report_for",
    "get_report_of_holder",
    "last_question_to",
    "matter_by_id",
    "matters_free_for_topics",
    "matters_seen_by",
    "matters_with_voices",
    "open_points_beside",
    "open_questions_to",
    "photo_for",
    "photos_of",
    "point_at",
    "questions_open_in",
    "readings_of",
    "report_of_receipt",
    "report_sent_with",
    "reports_of",
    "reports_seen_by",
    "seconds_of_receipt",
    "standing_reports",
    "thread_of",
]
