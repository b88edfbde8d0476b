"""What a committee may set, with the defaults. A district's difference is a row, never a branch."""

from typing import Any

from django.utils.translation import gettext_lazy as _

DEFAULTS: dict[str, Any] = {
    "answer_days": 5,  # working days to the first answer
    "answer_max_days": 15,  # calendar days the first answer never goes beyond
    "reviewers": 1,  # how many read public words before they are published (1 to 3)
    "look_back_days": 90,  # calendar days after closing until the look-back
    "link_days": 14,  # calendar days a unit's one-time link is good for
    "objection_days": 5,  # working days in which a lead unit may object
    "default_deadline_days": 20,  # working days proposed for an assignment
    "keep_contact_days": 180,  # calendar days after closing until contact data is deleted
    "labels": {},  # local words for canonical terms, e.g. {"consultation": "有事好商量"}
    "source_labels": {},  # local words for the six sources
}

# The six sources in the words of the statute (LY-6); a committee may call them otherwise.
SOURCES: tuple[tuple[str, Any], ...] = (
    ("party_gov", _("党政点题")),
    ("community_committees", _("两委找题")),
    ("member", _("委员荐题")),
    ("residents", _("群众出题")),
    ("public_call", _("公开征题")),
    ("online_screening", _("网络筛题")),
)
EXAMPLE_PASSWORD = "shangliang-example"  # of the example's shared accounts, shown where they are offered

# Facts that change no state, in words for the page of the ledger.
VERBS: dict[str, Any] = {
    "committee.open": _("建立办公室"),
    "committee.rename": _("改名称"),
    "area.add": _("加街道社区"),
    "organisation.add": _("加单位"),
    "organisation.describe": _("改单位类别"),
    "appointment.grant": _("给身份"),
    "appointment.end": _("结束身份"),
    "person.invite": _("发一次性链接"),
    "person.accept_invitation": _("设好密码"),
    "person.change_password": _("改密码"),
    "setting.change": _("改设置"),
    "setting.letters": _("改结果字母"),
    "day.set": _("改工作日表"),
    "day.drop": _("从工作日表去掉一天"),
    "day.confirm_year": _("确认工作日表"),
    "message.retry": _("重发消息"),
    "job.retry": _("重做后台的事"),
    "publication.prepare": _("拟公开文字"),
    "publication.read": _("审核公开文字"),
    "publication.show_to_unit": _("给单位看公开文字"),
    "publication.unit_answer": _("单位回话"),
}
