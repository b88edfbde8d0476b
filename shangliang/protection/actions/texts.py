"""The dispatch text and the public text of a report: prefilled by the machine, confirmed by a person, versions kept."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from shangliang.foundation import ledger
from shangliang.foundation.business import action
from shangliang.foundation.codes import short_code
from shangliang.foundation.moves import check_role, record_fact
from shangliang.foundation.refusals import Refusal
from shangliang.foundation.viewer import Viewer
from shangliang.protection import rules
from shangliang.protection.actions.exposures import state_now
from shangliang.protection.actions.screeners import appointment_of, locked_report
from shangliang.protection.models import SafeText, Showing, TextKind
from shangliang.protection.permissions import MAY_PROTECT
from shangliang.protection.queries.texts import own_words_of, repeats_locked_words, texts_for_unit
from shangliang.protection.queries.voices import voices_of
from shangliang.reports.actions.screening import check_reach
from shangliang.reports.models import Matter, Report
from shangliang.ui.clean import for_storage

LONGEST_SUMMARY = 5000


@action
def confirm_dispatch_text(
    report: Report, *, text: str, is_not_personal: bool = False, by: Viewer, at: datetime
) -> SafeText:
    """Confirm what a unit reads of a report: a new version, the earlier one kept. Return it.

    Refuses while it was not said how many could have said it, while that locks it, an empty or too long text, one with
    a number that leads to a person (named), and one with a name or an address unless ``is_not_personal``.
    """
    return _confirm(report, TextKind.DISPATCH, text, is_not_personal, by, at)


@action
def confirm_public_text(
    report: Report, *, text: str, is_not_personal: bool = False, by: Viewer, at: datetime
) -> SafeText:
    """Confirm what may be offered to the public of a report; it becomes public through a publication alone.

    Refuses like ``confirm_dispatch_text``; a consent given for the unit opens nothing to the public.
    """
    return _confirm(report, TextKind.PUBLIC, text, is_not_personal, by, at)


def _confirm(
    report: Report, kind: TextKind, text: str, is_not_personal: bool, by: Viewer, at: datetime
) -> SafeText:
    row = locked_report(report, by)
    state = state_now(row)
    if not rules.may_be_read(kind, state, voices_of(row.matter)):
        raise Refusal(_still_locked(kind))
    words = _fit(text, rules.LONGEST_TEXT)
    refuse_private(words, is_not_personal=is_not_personal)
    kept = _next_version(row, kind, words, is_not_personal, by, at)
    facts = {"text": ledger.commitment(words, kept.text_salt), "version": kept.version}
    record_fact(row, f"report.{kind}_text", by=by, at=at, facts=facts)
    return kept


def _still_locked(kind: TextKind) -> str:
    if kind == TextKind.PUBLIC:
        return _("说得出这件事的人少，写出来就等于说了是谁。公众看的这一份先不能确认。")
    return _("说得出这件事的人少，单位一看就知道是谁。先走三条路里的一条：问反映人、等别人也说、请委员提。")


def _next_version(
    report: Report, kind: TextKind, words: str, passed: bool, by: Viewer, at: datetime
) -> SafeText:
    versions = SafeText.unscoped.filter(report=report, kind=kind)
    last = versions.order_by("-version").values_list("version", flat=True).first() or 0
    versions.filter(replaced_at=None).update(replaced_at=at)
    own = own_words_of([report])[report.pk]
    row = SafeText(
        committee_id=report.committee_id, report=report, kind=kind, version=last + 1, key=short_code(10), text=words,
        text_salt=ledger.new_salt(), quotes_original=rules.quotes(own, words),
        passed_names=passed, confirmed_by=appointment_of(by), confirmed_at=at,
    )  # fmt: skip
    row.save(force_insert=True)
    return row


def refuse_private(words: str, *, is_not_personal: bool) -> None:
    """Refuse a text with a number that leads to a person, and one with a name or an address nobody has looked at."""
    numbers = rules.numbers_in(words)
    if numbers:
        named = "；".join(f"{kind}：{found.strip()}" for kind, found in numbers)
        raise Refusal(_("里面还有能找到人的号码（%(named)s），去掉再确认。您写的还在。") % {"named": named})
    names = rules.names_in(words)
    if names and not is_not_personal:
        named = "；".join(f"{kind}：{found.strip()}" for kind, found in names)
        raise Refusal(
            _("里面像是有名字或住址（%(named)s）。去掉它；要不是个人的，在下面打个勾再确认。")
            % {"named": named}
        )


def _fit(text: str, most: int) -> str:
    words = for_storage(text).strip()
    if not words:
        raise Refusal(_("还空着。写清哪里、什么事就行，不写是谁说的。"))
    if len(words) > most:
        raise Refusal(_("写得太长了，最多 %(most)s 个字。您写的还在，删一删再交。") % {"most": most})
    return words


@action
def note_shown(matters: Sequence[int], *, unit: int, at: datetime) -> int:
    """Keep which versions a unit is handed with the matters (ids) of its task. Return how many are new to it.

    Call it inside the act that hands them over; the later versions show beside the earlier ones.
    """
    rows = texts_for_unit(matters, [unit])
    known = set(Showing.unscoped.filter(text__in=rows, unit=unit).values_list("text_id", flat=True))
    fresh = [Showing(text=one, unit=unit, first_shown_at=at) for one in rows if one.pk not in known]
    Showing.unscoped.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh)


@action
def write_summary(
    matter: Matter, *, text: str, is_not_personal: bool = False, by: Viewer, at: datetime
) -> Matter:
    """Write what units read of a matter, often made of its dispatch texts. Refuses like a dispatch text does, and what
    repeats the own words of somebody whose text is locked.
    """
    check_role(by, MAY_PROTECT)
    check_reach(by, matter)
    words = _fit(text, LONGEST_SUMMARY)
    refuse_private(words, is_not_personal=is_not_personal)
    row = Matter.unscoped.select_for_update(of=("self",)).get(pk=matter.pk)
    if repeats_locked_words(row.pk, words):
        raise Refusal(_("里面有反映人的原话，那一条还锁着，单位不能看。换个说法再存，您写的还在。"))
    row.summary = words
    row.save(update_fields=["summary"])
    facts = {"text": ledger.commitment(words, ledger.new_salt())}
    record_fact(row, "matter.describe", by=by, at=at, facts=facts)
    return row
