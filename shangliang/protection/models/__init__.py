"""Three texts per report, how many could have said it, units complained about, covered pictures."""

from shangliang.protection.models.against import Against
from shangliang.protection.models.covers import Children, PhotoCover
from shangliang.protection.models.exposures import ConsentAsk, Exposure, Finding, Households
from shangliang.protection.models.texts import SafeText, Showing, TextKind

__all__ = [
    "Against",
    "Children",
    "ConsentAsk",
    "Exposure",
    "Finding",
    "Households",
    "PhotoCover",
    "SafeText",
    "Showing",
    "TextKind",
]
