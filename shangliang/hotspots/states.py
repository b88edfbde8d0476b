"""What became of a hot topic or of a matter of the season: proposed, put aside, made a topic of the bank."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from shangliang.foundation import roles
from shangliang.foundation.lifecycle import Machine, Move


class HotState(models.TextChoices):
    """A machine proposes; each of the other two is a decision of somebody in the office."""

    PROPOSED = "proposed", _("待看")
    ASIDE = "aside", _("不用议")
    TAKEN = "taken", _("已成议题")


S = HotState
HOT_MAKE = Move("hot.make_topic", _("立为议题"), (S.PROPOSED,), S.TAKEN, roles.OFFICE)
HOT_ASIDE = Move("hot.put_aside", _("不用议"), (S.PROPOSED,), S.ASIDE, roles.OFFICE)
HOT_BACK = Move("hot.take_back", _("放回待看"), (S.ASIDE,), S.PROPOSED, roles.OFFICE)
# The list of a new week remembers what the office decided about the same matter in the last one.
HOT_STILL_ASIDE = Move("hot.still_aside", _("照上一次：不用议"), (S.PROPOSED,), S.ASIDE, (roles.SYSTEM,))
HOT_STILL_TAKEN = Move("hot.still_taken", _("照上一次：已成议题"), (S.PROPOSED,), S.TAKEN, (roles.SYSTEM,))
HOT = Machine(
    "hot", HotState, HotState.PROPOSED, (HOT_MAKE, HOT_ASIDE, HOT_BACK, HOT_STILL_ASIDE, HOT_STILL_TAKEN)
)

SEASON_MAKE = Move("season.make_topic", _("立为议题"), (S.PROPOSED,), S.TAKEN, roles.OFFICE)
SEASON_ASIDE = Move("season.put_aside", _("不用议"), (S.PROPOSED,), S.ASIDE, roles.OFFICE)
SEASON_BACK = Move("season.take_back", _("放回待看"), (S.ASIDE,), S.PROPOSED, roles.OFFICE)
SEASON = Machine("season", HotState, HotState.PROPOSED, (SEASON_MAKE, SEASON_ASIDE, SEASON_BACK))

MACHINES = (HOT, SEASON)

# Facts noted in the ledger that change no state, in words for its page.
FACTS = {
    "week.ask": _("请后台看一遍热点"),
    "week.look": _("看过一周的热点"),
}
