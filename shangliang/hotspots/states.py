"""What became of a hot topic or of a matter of the season: proposed, put aside, made a topic of the bank."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class HotState(models.TextChoices):
    """A machine proposes; each of the other two is a decision of somebody in the office."""

    PROPOSED = "proposed", _("待看")
    ASIDE = "aside", _("不用议")
    TAKEN = "taken", _("已成议题")
