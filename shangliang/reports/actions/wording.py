"""The sentences a form is prefilled with and a bulk act says: what the person who spoke reads under their receipt."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangliang.analysis.same_matter import shared_words
from shangliang.foundation.refusals import Refusal
from shangliang.foundation.site_language import in_site_language
from shangliang.people.queries import setting
from shangliang.reports.models import Report
from shangliang.ui.clean import for_storage

LONGEST_WORDS = 2000
LONGEST_SHARED, MOST_SHARED = 4, 3  # characters of a shared word, and how many of them make a title
OTHER_CHANNELS = ("12345 热线", "信访", "物业", "社区", "法院", "其他")


def channels_of(committee_id: int) -> tuple[str, ...]:
    """Return where a committee's reports may be referred to: the closed list, with its own other systems before the last."""
    own = [one for one in setting(committee_id, "other_channels") if one not in OTHER_CHANNELS]
    return (*OTHER_CHANNELS[:-1], *own, OTHER_CHANNELS[-1])


_WORDS = {
    "report.answer": gettext_lazy("您说的事，我们看了：\n"),
    "report.refer": gettext_lazy(
        "您说的这件事归“%(channel)s”办，我们已经替您转过去。有了回音，也可以直接问那边。"
    ),
    "report.bank": gettext_lazy("您说的我们记下了，先留在题库里。以后商量这一类事，会拿出来用。"),
    "report.decline": gettext_lazy("您说的这件事，不适合坐下来商量着办，因为：\n"),
    "report.ask": gettext_lazy("想请您再补充一句："),
    "report.join": gettext_lazy(
        "您说的和别人说的是同一件事，已经合成一件，一起往下办。您的原话和回执都还在，办得怎么样，到时候单独问您。"
    ),
    "report.raise": gettext_lazy("您说的已经立成一件事，接下来研究怎么商量。走到哪一步，凭回执随时看得到。"),
    "matter.split": gettext_lazy(
        "您说的原来和别人的合在一起，细看不是同一件事，现在单独立成一件，接着往下办。您的原话和回执都还在。"
    ),
    "report.turn_away": gettext_lazy(
        "您反映的情况点到了具体的人，要由专门的机关来查，商量解决不了，所以没有放进商量的流程。请直接去这里："
        "干部违纪违法打 12388；政法干警打 12337；检察机关打 12309；马上有危险打 110。"
    ),
}


@in_site_language
def words_for(move_name: str, **filled: str) -> str:
    """Return the sentence a form of this move begins with; ``filled`` are its blanks, such as channel."""
    sentence = str(_WORDS[move_name])
    return sentence % filled if filled else sentence


def said(words: str, unfinished: str = "") -> str:
    """Return words fit to keep. Refuses none at all, ones that were not finished, and more than 2,000 characters."""
    kept = for_storage(words).strip()
    if not kept or kept == for_storage(unfinished).strip():
        raise Refusal(_("写上要对反映人说的话，他凭回执看得到。"))
    if len(kept) > LONGEST_WORDS:
        raise Refusal(_("写得太长了，最多 2000 个字。您写的还在，删一删再交。"))
    return kept


@in_site_language
def title_shared_by(report: Report, other: Report) -> str:
    """Return a title for what two people said: the place and a few short words both used, never a sentence of one.

    Units, other reporters and the public read the title of a matter, and nobody but the office reads a person's words.
    """
    parts = shared_words(f"{report.title}\n{report.text}", f"{other.title}\n{other.text}")
    short = [one for one in parts if len(one) <= LONGEST_SHARED and not any(sign.isdigit() for sign in one)]
    words = "、".join(short[:MOST_SHARED]) or _("居民说的同一件事")
    return _("%(place)s：%(words)s") % {"place": report.area.name, "words": words} if report.area else words
