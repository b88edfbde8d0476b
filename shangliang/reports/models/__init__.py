"""① Report points, reports, the matters they speak of, and the thread with the person who spoke."""

from shangliang.reports.models.desk import Apart, Joining, SavedView, SimilarGram, Threshold
from shangliang.reports.models.matters import Matter
from shangliang.reports.models.points import PointCheck, PointDuty, PointFinding, ReportPoint, RetiredCode
from shangliang.reports.models.reports import Channel, Doubt, Lane, Recording, Report, ReportPhoto
from shangliang.reports.models.thread import (
    Consent,
    ConsentEnd,
    Contact,
    Reading,
    Reissue,
    ThreadEntry,
    ThreadKind,
    Unmasking,
)

__all__ = [
    "Apart",
    "Channel",
    "Consent",
    "ConsentEnd",
    "Contact",
    "Doubt",
    "Joining",
    "Lane",
    "Matter",
    "PointCheck",
    "PointDuty",
    "PointFinding",
    "Reading",
    "Recording",
    "Reissue",
    "Report",
    "ReportPhoto",
    "ReportPoint",
    "RetiredCode",
    "SavedView",
    "SimilarGram",
    "ThreadEntry",
    "ThreadKind",
    "Threshold",
    "Unmasking",
]
