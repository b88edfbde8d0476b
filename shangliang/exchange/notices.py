"""What people are told of a transfer: reporters under their receipt, the office in its inbox. Never a reporter's words."""

from datetime import date, datetime

from django.urls import reverse
from django.utils import dateformat
from django.utils.translation import gettext as _

from shangliang.exchange.models import OtherSystem
from shangliang.foundation import roles
from shangliang.foundation.outbox import hand_over
from shangliang.foundation.site_language import in_site_language
from shangliang.people.queries import holders


@in_site_language
def answered(system: str, on: date, words: str) -> str:
    """The other system has answered."""
    day = dateformat.format(on, _("n月j日"))
    return _("%(system)s %(day)s答复：\n%(words)s") % {"system": system, "day": day, "words": words}


@in_site_language
def returned(system: str) -> str:
    """The other system says that it is not theirs."""
    return _("%(system)s说这件事不归那边办，退回来了。我们接着看，有了去处在这里告诉您。") % {
        "system": system
    }


@in_site_language
def not_transferred(system: str) -> str:
    """It is not handed over after all."""
    return _("这件事先不转%(system)s了，我们接着看，有了去处在这里告诉您。") % {"system": system}


@in_site_language
def begins_with(system: str) -> str:
    """The sentence the form of referring out begins with."""
    return _("您说的这件事归“%(system)s”办，我们替您转过去。编号和最晚哪天回话，在这里看得到。") % {
        "system": system
    }


def to_office_overdue(system: OtherSystem, due_on: date, count: int, at: datetime) -> None:
    """Tell the clerks once that what was due on a day has not been answered."""
    for held in holders(system.committee_id, roles.CLERK):
        hand_over(
            effect=f"transfers-overdue-{system.pk}-{due_on.isoformat()}-{held.pk}",
            appointment=held.pk,
            subject=_overdue(system.name),
            body=_overdue_body(due_on, count),
            link=reverse("exchange:transfers") + "?state=overdue",
            at=at,
        )


@in_site_language
def _overdue(system: str) -> str:
    return _("%(system)s过了回话的日子") % {"system": system}


@in_site_language
def _overdue_body(due_on: date, count: int) -> str:
    day = dateformat.format(due_on, _("n月j日"))
    return _("最晚 %(day)s 该回话的，还有 %(count)s 件没有回。催一下，记一笔。") % {
        "day": day,
        "count": count,
    }
