"""What is said of protection: to the clerks, to a member, and to the person who spoke. Never a reporter's words.

In the site's language whoever acts, because somebody else reads it.
"""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from shangliang.foundation import roles
from shangliang.foundation.outbox import hand_over
from shangliang.foundation.site_language import in_site_language
from shangliang.people.models import Appointment
from shangliang.people.queries import holders
from shangliang.protection.models import Exposure, Finding


@in_site_language
def consent_question() -> str:
    """Return what the person who spoke is asked."""
    return _(
        "想请您定一件事：能把这件事说成这样的人不多，办事的单位看了，可能会猜到是您。"
        "我们会先去掉姓名、电话、门牌，再给单位看。您同意吗？不同意、不回答，单位都看不到，也不影响您。"
    )


@in_site_language
def asked_on_receipt() -> str:
    """Return the line of the thread that says a question waits above it; its words stand there alone."""
    return _("我们问了您一件事：同不同意给办事的单位看。答不答都由您。")


@in_site_language
def asked_again(words: str, reason: str) -> str:
    """Return the question asked a second time with its new reason before it."""
    return _("您上次说不同意。现在情况变了：%(reason)s。所以再问您一次。\n%(words)s") % {
        "reason": reason.rstrip("。"),
        "words": words,
    }


@in_site_language
def to_office_enough(exposure: Exposure, at: datetime) -> None:
    """Tell the clerks that enough others have spoken, so that a locked text opens."""
    subject = _("说的人够多了：%(code)s") % {"code": exposure.report.matter.code}
    body = _("这件事项里现在有 5 条以上不同的人说的，锁着的那条可以写给单位看了。")
    _to_clerks(exposure, f"enough-{exposure.pk}-{at:%Y%m%d}", subject, body, at)


@in_site_language
def to_office_consent(exposure: Exposure, at: datetime) -> None:
    """Tell the clerks that the person who spoke has answered; what, they read on the page."""
    subject = _("反映人答了同不同意：%(code)s") % {"code": exposure.report.matter.code}
    body = _("请打开“写给单位和公众看的”看一看。不同意的，就一直锁着。")
    _to_clerks(exposure, f"consent-{exposure.pk}-{exposure.state}-{int(at.timestamp())}", subject, body, at)


@in_site_language
def to_office_finding(finding: Finding, at: datetime) -> None:
    """Tell the clerks that the member asked has written, or does not raise it."""
    body = _("请打开“写给单位和公众看的”，看委员怎么说。")
    _to_clerks(finding.exposure, f"finding-{finding.pk}-{finding.state}", _("委员回话了"), body, at)


@in_site_language
def to_member_asked(finding: Finding, at: datetime) -> None:
    """Tell a member that the office asks for an own look at something."""
    link = reverse("protection:finding", args=[finding.code])
    body = _("政协办公室想请您去看一类事，看到了，用您自己的话提出来。愿不愿意都行。")
    _send([finding.member], f"finding-asked-{finding.pk}", _("想请您去看一件事"), body, link, at)


def _to_clerks(exposure: Exposure, effect: str, subject: str, body: str, at: datetime) -> None:
    link = reverse("protection:texts", args=[exposure.report.code])
    _send(holders(exposure.committee_id, roles.CLERK), effect, subject, body, link, at)


def _send(to: Iterable[Appointment], effect: str, subject: str, body: str, link: str, at: datetime) -> None:
    for one in to:
        hand_over(
            effect=f"protection/{effect}/{one.pk}",
            appointment=one.pk,
            subject=subject[:120],
            body=body,
            link=link,
            at=at,
            address=one.person.email,
        )
