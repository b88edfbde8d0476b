"""Forms of protection: one question per screen."""

from shangliang.protection.forms.covers import CoverForm
from shangliang.protection.forms.steps import (
    ConsentForm,
    ExposureForm,
    FindingForm,
    MemberForm,
    SummaryForm,
    TextForm,
    UnitForm,
)

__all__ = [
    "ConsentForm",
    "CoverForm",
    "ExposureForm",
    "FindingForm",
    "MemberForm",
    "SummaryForm",
    "TextForm",
    "UnitForm",
]
