"""The only door to rows of other packages, each with its own scope said in the function."""

from shangliang.portal.queries.pages import (
    latest_pages,
    open_points,
    versions_of,
    whole_page,
)
from shangliang.portal.queries.publications import (
    contents_published,
    draft_left_behind,
    number_of_versions,
    own_publications,
    previews_of,
    previews_shown_to,
    publication_counts,
    reviewers_of,
    waiting_version,
)
from shangliang.portal.queries.stories import (
    Course,
    Voices,
    course_of_receipt,
    course_of_topic,
    organisation_names,
    reports_joined_with,
    standing_topic,
    voices_in,
)

__all__ = [
    "Course",
    "Voices",
    "contents_published",
    "course_of_receipt",
    "course_of_topic",
    "draft_left_behind",
    "latest_pages",
    "number_of_versions",
    "open_points",
    "organisation_names",
    "own_publications",
    "previews_of",
    "previews_shown_to",
    "publication_counts",
    "reports_joined_with",
    "reviewers_of",
    "standing_topic",
    "versions_of",
    "voices_in",
    "waiting_version",
    "whole_page",
]
