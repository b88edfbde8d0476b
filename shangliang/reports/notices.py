"""What we say to people: to those who spoke, under their receipt, and to the office, in its inbox.

Written in the site's language whoever acts, because another person reads it. Never a reporter's words.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils import dateformat
from django.utils.translation import gettext as _

from shangliang.foundation import clock, codes, roles, vault
from shangliang.foundation.outbox import hand_over, hand_over_sealed
from shangliang.foundation.site_language import in_site_language
from shangliang.people.queries import holders
from shangliang.reports.models import PointCheck, PointDuty, Report, ReportPoint
from shangliang.reports.queries.point_duties import in_charge_of


@in_site_language
def being_consulted() -> str:
    """The matter goes into consultation."""
    return _("要坐下来商量这件事了，您说的会带进去。商量出什么，会在这里告诉您。")


@in_site_language
def laid_back() -> str:
    """The matter is laid back."""
    return _("这件事这一轮先不商量，还留在待商量的事里。再排上的时候，会在这里告诉您。")


@in_site_language
def handed_on() -> str:
    """Units set to work."""
    return _("商量出的办法，已经交给有关单位去办。谁来办、哪天办完，在这里随时能看。")


@in_site_language
def asked_for_verdict() -> str:
    """The result was looked at; now those who spoke judge it."""
    return _("有关单位说办完了，我们也去看过。解决没解决，满不满意，请您来评。")


@in_site_language
def taken_up_again() -> str:
    """Not solved: the follow-up starts again."""
    return _("反映这件事的人里，有人说还没解决。我们重新跟着办，有了结果再请您来评。")


@in_site_language
def closed(look_back_on: date) -> str:
    """The matter is closed; we look back on a day."""
    day = dateformat.format(look_back_on, _("Y年n月j日"))
    return _("这件事先办到这里。%(day)s 前后，我们再回头看一次，免得又变回老样子。") % {"day": day}


@in_site_language
def reissued(at: datetime) -> str:
    """A new receipt was made; whoever did not ask for it knows what to do."""
    words = _(
        "%(day)s，有人报出您留的联系方式来补回执，对上了：新回执已经补发，旧的回执码不能用了。不是您来补的，请马上撤回您说的话。"
    )
    return words % {"day": _day_words(at)}


@in_site_language
def not_reissued(at: datetime) -> str:
    """Somebody wanted a new receipt and named another contact."""
    words = _("%(day)s，有人来补这一条的回执，报的联系方式和留的对不上，没有补。您的回执码照旧能用。")
    return words % {"day": _day_words(at)}


@in_site_language
def went_on_without(days: int) -> str:
    """Nobody answered our question; we go on."""
    return _("问您的那一句，等了 %(days)s 天，没等到您回话，我们先接着往下办。想起什么，随时还能补充。") % {
        "days": days
    }


@in_site_language
def recording_gone() -> str:
    """The days of a recording are over and nobody wrote it down."""
    return _("您说的那段录音，留存的日子到了，还没来得及写成字，已经删掉。对不起。请再补一句，写几个字就行。")


@in_site_language
def words_locked() -> str:
    """Added words accuse somebody by name: the officers alone read them."""
    return _(
        "补充的一句在专办员那里：里面点到了具体的人，只有两位专办员看得到，别人打不开。这件事别的部分照常往下办。"
    )


@in_site_language
def words_released() -> str:
    """The officers looked: the added words may be read by the office."""
    return _("专办员看过了，补充的那一句没有点名举报谁，已经和别的话放在一起，照常往下办。")


def mail_reporters(mails: Iterable[tuple[int, str]], at: datetime) -> None:
    """Mail those who asked for it that something is new: each given as (line of the thread, handle of the vault).

    Not a word of theirs, no title, no place and no receipt code: who opens the mailbox learns nothing of the matter.
    """
    rows = [(f"report-told-{entry}", handle) for entry, handle in mails if handle]
    if rows:
        hand_over_sealed(rows, subject=_news(), body=_news_body(), at=at)


def mail_new_receipt(report: Report, address: str, bits: bytes, at: datetime) -> None:
    """Mail a new receipt to the address that was named and kept; the code lies sealed until it is sent, then nowhere."""
    handle = vault.seal(f"{address}\n\n{codes.format_symbols(bits)}\n{codes.format_han(bits)}\n", at=at)
    effect = f"report-receipt-{report.pk}-{int(at.timestamp())}"
    hand_over_sealed([(effect, handle)], subject=_receipt(), body=_receipt_body(), at=at, is_once=True)


def to_office_added(report: Report, entry_id: int, at: datetime) -> None:
    """Tell the clerks that somebody added to what lies in a matter or in the bank, where nobody would look again."""
    told = _holding(report.committee_id, roles.CLERK)
    _hand_over(f"report-added-{entry_id}", told, _added(), _added_body(), _page_of(report), at)


def to_office_no_reply(report: Report, entry_id: int, asked_by: int | None, at: datetime) -> None:
    """Tell whoever asked (or else the clerks) that no answer came and the report is back on the desk."""
    told = [asked_by] if asked_by else _holding(report.committee_id, roles.CLERK)
    _hand_over(f"report-no-reply-{entry_id}", told, _no_reply(), _no_reply_body(), _page_of(report), at)


def to_officers_words(report: Report, entry_id: int, at: datetime) -> None:
    """Tell the named officers that added words wait for them: neither who nor what."""
    told, link = _holding(report.committee_id, roles.OFFICER), _address("reports:officer_queue")
    _hand_over(f"report-words-{entry_id}", told, _held(), _held_body(), link, at)


def lookup_address() -> str:
    """Return where a receipt code is typed, as it stands in a mail."""
    return f"{settings.PUBLIC_ADDRESS}{_address('reports:receipt_lookup')}"


@in_site_language
def _news() -> str:
    return _("您反映的事有新进展")


@in_site_language
def _news_body() -> str:
    return _(
        "您反映的事有新进展，凭回执查看：\n%(page)s\n\n不想再收这样的信，也在那里取消。这封信不用回。"
    ) % {"page": lookup_address()}


@in_site_language
def _receipt() -> str:
    return _("您的新回执")


@in_site_language
def _receipt_body() -> str:
    return _(
        "您来补过回执。新的回执码在下面，两行是同一个码，旧的不能用了。抄下来以后，请删掉这封信。\n查看：%(page)s"
    ) % {"page": lookup_address()}


@in_site_language
def _added() -> str:
    return _("反映人又补充了")


@in_site_language
def _added_body() -> str:
    return _("一条已经并入事项或留库的线索，反映人又补充了。请打开看看。")


@in_site_language
def _no_reply() -> str:
    return _("反映人没有回话")


@in_site_language
def _no_reply_body() -> str:
    return _("问的那一句，等的日子到了，没有回话。这条又回到筛选台上，请接着办。")


@in_site_language
def _day_words(at: datetime) -> str:
    return dateformat.format(clock.day_of(at), _("n月j日"))


def to_office_reply(report: Report, entry_id: int, asked_by: int | None, at: datetime) -> None:
    """Tell whoever asked (or else the clerks) that the reporter has answered."""
    told = [asked_by] if asked_by else _holding(report.committee_id, roles.CLERK)
    _hand_over(f"report-reply-{entry_id}", told, _answered(), _answered_body(), _page_of(report), at)


def to_office_withdrawn(report: Report, at: datetime) -> None:
    """Tell the clerks that one of those whose words are in a matter has withdrawn them."""
    told = _holding(report.committee_id, roles.CLERK)
    _hand_over(
        f"report-withdrawn-{report.pk}", told, _withdrawn(report.matter.code), _withdrawn_body(), "", at
    )


def to_officers(report: Report, at: datetime) -> None:
    """Tell the named officers that something waits in the locked queue: neither who nor what."""
    told = _holding(report.committee_id, roles.OFFICER)
    link = _address("reports:officer_queue")
    _hand_over(f"report-held-{report.pk}-{int(at.timestamp())}", told, _held(), _held_body(), link, at)


def to_office_unwritten(committee_id: int, goes_on: date, number: int, at: datetime) -> None:
    """Tell the clerks how many recordings nobody has written down yet go on a day: once for each such day."""
    told, link = _holding(committee_id, roles.CLERK, roles.LEADER), _address("reports:desk")
    effect = f"recordings-go-{committee_id}-{goes_on.isoformat()}"
    _hand_over(effect, told, _unwritten(number), _unwritten_body(goes_on), link, at)


@in_site_language
def spoken(words: str) -> str:
    """Return what a screener wrote down of a recording, marked as such, to stand behind what the person typed."""
    return _("（录音里说）%(words)s") % {"words": words}


def to_admins_no_days(committee_id: int, year: int, at: datetime) -> None:
    """Tell those who keep the day table that a year is missing: deadlines are the calendar limit until then."""
    told = _holding(committee_id, roles.ADMIN, roles.LEADER)
    _hand_over(f"no-day-table-{committee_id}-{year}", told, _no_days(year), _no_days_body(), "", at)


def to_put_in_charge(duty: PointDuty, at: datetime) -> None:
    """Tell somebody that the office asked them to look after a point."""
    link = _address("reports:my_points")
    told = [duty.appointment_id]
    _hand_over(f"point-duty-{duty.pk}", told, _in_charge(duty.point.name), _in_charge_body(), link, at)


def to_ask_about_point(point: ReportPoint, weeks: int, asked_on: date, at: datetime) -> None:
    """Ask the clerks, and whoever is in charge, whether a quiet point still hangs."""
    told = [*_holding(point.committee_id, roles.CLERK), *in_charge_of(point)]
    effect, link = f"point-check-{point.pk}-{asked_on.isoformat()}", page_of_check(point.code)
    _hand_over(effect, told, _still_up(point.name), _still_up_body(weeks), link, at)


def to_office_point_down(check: PointCheck, at: datetime) -> None:
    """Tell the clerks that somebody found a point damaged or gone."""
    told, link = _holding(check.point.committee_id, roles.CLERK), _address("reports:point", check.point.code)
    subject = _point_down(check.point.name, check.get_finding_display)
    _hand_over(f"point-down-{check.pk}", told, subject, _point_down_body(), link, at)


def page_of_check(code: str) -> str:
    """Return the address where the question about a point is answered."""
    return _address("reports:point_check", code)


@in_site_language
def _answered() -> str:
    return _("反映人回话了")


@in_site_language
def _answered_body() -> str:
    return _("您问的那一句，反映人已经回答，这条又回到筛选台上。")


@in_site_language
def _withdrawn(code: str) -> str:
    return _("%(code)s 有一条被撤回") % {"code": code}


@in_site_language
def _withdrawn_body() -> str:
    return _("一位反映人撤回了自己说的话，联系方式已经删掉。这件事里别人的话都还在。")


@in_site_language
def _held() -> str:
    return _("专办队列里有一条新的")


@in_site_language
def _held_body() -> str:
    return _("只有专办员能打开。请看过以后，放回筛选或告知去处。")


@in_site_language
def _unwritten(number: int) -> str:
    return _("有 %(number)s 段录音还没写下来") % {"number": number}


@in_site_language
def _unwritten_body(goes_on: date) -> str:
    day = dateformat.format(goes_on, _("Y年n月j日"))
    return _("到 %(day)s 录音就要删掉，删了再也听不到。请在那以前听一遍，写下来。") % {"day": day}


@in_site_language
def _no_days(year: int) -> str:
    return _("%(year)s 年的工作日表还没录") % {"year": year}


@in_site_language
def _no_days_body() -> str:
    return _("录入之前，答复期限只能按最长的自然日算。请把这一年的放假和调休录进去。")


@in_site_language
def _in_charge(name: str) -> str:
    return _("请您负责%(name)s") % {"name": name}


@in_site_language
def _in_charge_body() -> str:
    return _(
        "您看得到它开没开、码还在不在，还有已经公开的进展；居民写的话不给您看。不用专门跑，路过时看一眼就行。"
    )


@in_site_language
def _still_up(name: str) -> str:
    return _("%(name)s的码还贴着吗？") % {"name": name}


@in_site_language
def _still_up_body(weeks: int) -> str:
    said = _(
        "这个点 %(weeks)s 个星期没有新的反映。也许码掉了、看不清，也许只是没有事。路过时看一眼就行，不用专门跑，不用拍照。"
    )
    return said % {"weeks": weeks}


@in_site_language
def _point_down(name: str, found: Callable[[], object]) -> str:
    return _("%(name)s的码：%(finding)s") % {"name": name, "finding": found()}


@in_site_language
def _point_down_body() -> str:
    return _("可以再印一张贴上；要是码被人改过、盖过，就换一个码。")


def _holding(committee_id: int, *held: str) -> list[int]:
    return list(holders(committee_id, *held).values_list("pk", flat=True))


def _hand_over(effect: str, told: list[int], subject: str, body: str, link: str, at: datetime) -> None:
    for who in told:
        hand_over(effect=f"{effect}-{who}", appointment=who, subject=subject, body=body, link=link, at=at)


def _page_of(report: Report) -> str:
    return _address("reports:desk_report", report.code)


def _address(name: str, *args: str) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
