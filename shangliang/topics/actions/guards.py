"""What every action of topics asks first."""

from datetime import date, datetime

from django.utils import dateformat
from django.utils.translation import gettext as _

from shangliang.foundation import clock
from shangliang.foundation.refusals import NotYours, Refusal
from shangliang.foundation.viewer import Viewer


def day_words(day: date) -> str:
    """Return a day as a sentence says it."""
    return dateformat.format(day, _("Y年n月j日"))


def happened(day: date | None, at: datetime) -> date:
    """Return the day something happened, today when none is named. Refuses a day to come."""
    day = day or clock.day_of(at)
    if day > clock.day_of(at):
        raise Refusal(_("%(day)s还没有到，已经发生的事不能写在将来。") % {"day": day_words(day)})
    return day


def within_reach(by: Viewer, committee_id: int) -> None:
    """Refuse (NotYours) somebody whose appointment does not reach the committee."""
    reach = getattr(by, "reach", None)
    if reach is not None and committee_id not in reach:
        raise NotYours(_("这不是您所在政协的事。"))


def written(words: str, sentence: str, most: int) -> str:
    """Return words without blanks at the ends. Refuses none at all (with ``sentence``) and more than ``most``."""
    words = words.strip()
    if not words:
        raise Refusal(sentence)
    if len(words) > most:
        raise Refusal(_("写得太长了，最多 %(most)d 个字。") % {"most": most})
    return words
