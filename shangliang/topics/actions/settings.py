"""A committee's forms of consultation: who approves, whether and how long a topic is shown before."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from shangliang.foundation.business import action, note
from shangliang.foundation.ledger import Note
from shangliang.foundation.moves import check_role
from shangliang.foundation.refusals import Refusal
from shangliang.foundation.viewer import Viewer
from shangliang.people.models import Committee
from shangliang.topics.actions.guards import within_reach, written
from shangliang.topics.models import ConsultationForm
from shangliang.topics.permissions import KEEPERS_OF_FORMS
from shangliang.topics.rules import FORMS_TO_BEGIN_WITH, MOST_NOTICE_DAYS


@action
def ensure_forms(committee: Committee, *, by: Viewer, at: datetime) -> dict[str, ConsultationForm]:
    """Give a committee that has no forms those everybody begins with. Return key → form of all it has then."""
    check_role(by, KEEPERS_OF_FORMS)
    within_reach(by, committee.pk)
    rows = ConsultationForm.unscoped.filter(committee=committee).order_by("pk")
    if not rows.exists():
        ConsultationForm.unscoped.bulk_create(
            [ConsultationForm(committee=committee, **one._asdict()) for one in FORMS_TO_BEGIN_WITH],
            ignore_conflicts=True,
        )
        note(Note(committee.pk, "form.begin_with", f"committee:{committee.slug}", by, at))
    return {one.key: one for one in rows.all()}


@action
def change_form(
    form: ConsultationForm, *, name: str, approver: str, notice_days: int, by: Viewer, at: datetime,
    step_labels: dict[str, str] | None = None,
) -> ConsultationForm:  # fmt: skip
    """Change a form's name, approver, notice and, if given, the local words for its steps.

    Refuses empty words and a notice of more than 90 days. Topics already noticed keep their days.
    """
    check_role(by, KEEPERS_OF_FORMS)
    within_reach(by, form.committee_id)
    if not 0 <= notice_days <= MOST_NOTICE_DAYS:
        raise Refusal(_("公示天数写 0 到 %(most)d，0 就是不公示。") % {"most": MOST_NOTICE_DAYS})
    changes: dict[str, Any] = {
        "name": written(name, _("写形式的名称。"), 30),
        "notice_days": notice_days,
        "approver": written(approver, _("写明报给谁审批。"), 60),
    }
    if step_labels is not None:
        changes["step_labels"] = {key: words.strip() for key, words in step_labels.items() if words.strip()}
    for field, value in changes.items():
        setattr(form, field, value)
    form.save(update_fields=list(changes))
    note(
        Note(form.committee_id, "form.change", f"form:{form.key}", by, at, facts={"notice_days": notice_days})
    )
    return form
