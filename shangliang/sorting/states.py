"""Kinds and owners have no states: they hold or have ended. What is noted of them in the ledger has words."""

from typing import Any

from django.utils.translation import gettext_lazy as _

# Facts noted in the ledger that change no state, in words for its page.
FACTS: dict[str, Any] = {
    "category.import": _("导入类别方案"),
    "category.add": _("加一类"),
    "category.rename": _("改类名"),
    "category.retire": _("停用一类"),
    "owners.issue": _("印发主责单位表"),
    "owners.add": _("主责单位表加一行"),
    "owners.change": _("换主责单位"),
    "owners.end": _("停掉主责单位表的一行"),
    "owners.import": _("导入主责单位表"),
    "model.ask": _("请系统再学一遍"),
    "model.train": _("从以前的处理里学了一遍"),
    "model.stop": _("学过收回的话，停用"),
}
