"""Forms of delivery, by story."""

from shangliang.delivery.forms.micro import MicroForm, known_before
from shangliang.delivery.forms.steps import (
    AcceptForm,
    AssignForm,
    CannotForm,
    ClaimForm,
    ExplainForm,
    LookBackForm,
    ObjectForm,
    OutcomeForm,
    ProgressForm,
    ReassignForm,
    RequestForm,
    SendBackForm,
    StepForm,
    TakeUpAgainForm,
    UpholdForm,
    VerdictForm,
    VerifyForm,
)

__all__ = [
    "AcceptForm",
    "AssignForm",
    "CannotForm",
    "ClaimForm",
    "ExplainForm",
    "LookBackForm",
    "MicroForm",
    "ObjectForm",
    "OutcomeForm",
    "ProgressForm",
    "ReassignForm",
    "RequestForm",
    "SendBackForm",
    "StepForm",
    "TakeUpAgainForm",
    "UpholdForm",
    "VerdictForm",
    "VerifyForm",
    "known_before",
]
