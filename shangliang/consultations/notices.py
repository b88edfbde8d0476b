"""What residents read when a consultation moves: plain words in the site's language, whoever presses the button."""

from datetime import date

from django.conf import settings
from django.utils import dateformat, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def held(held_on: date) -> str:
    """Return what a reporter reads when people have sat down together."""
    with translation.override(settings.LANGUAGE_CODE):
        day = dateformat.format(held_on, _("n月j日"))
        return _("%(day)s，大家坐下来商量了这件事。商量出了什么，整理好就在这里告诉您。") % {"day": day}


def submitted(agreed: int, to: str) -> str:
    """Return what a reporter reads when the results went up: how many points all agreed on, and who decides now."""
    with translation.override(settings.LANGUAGE_CODE):
        if not agreed:
            return _("这件事商量过了，这一次还没有商量出大家都同意的办法。情况已经如实报给%(to)s。") % {
                "to": to
            }
        words = ngettext(
            "这件事商量过了，形成 %(count)d 条共识，已经送给%(to)s。采纳不采纳，会在这里告诉您。",
            "这件事商量过了，形成 %(count)d 条共识，已经送给%(to)s。采纳不采纳，会在这里告诉您。",
            agreed,
        )
        return words % {"count": agreed, "to": to}


def not_adopted(text: str, reason: str) -> str:
    """Return what a reporter reads when a point they agreed on was not taken up."""
    with translation.override(settings.LANGUAGE_CODE):
        return _("商量时提的“%(text)s”，这次没有采纳。原因是：%(reason)s") % {"text": text, "reason": reason}


def called_off(words: str) -> str:
    """Return what a reporter reads when the session does not take place; ``words`` are the office's own."""
    with translation.override(settings.LANGUAGE_CODE):
        return words.strip() or _("原来说好要商量这件事，这一次没有开成。")
