"""The steps of a page, stage by stage: when, what, who by role, and the words a clerk may change."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from shangliang.consultations.models import Suggestion
from shangliang.consultations.states import SuggestionState
from shangliang.delivery.states import AssignmentState
from shangliang.portal import rules, wording
from shangliang.portal.queries import Course, Voices
from shangliang.reports.models import Matter
from shangliang.topics.models import Decision, Topic

Step = dict[str, Any]
SAID = {"yes": _("解决了"), "partly": _("部分解决"), "no": _("没解决")}
