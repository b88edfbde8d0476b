"""People's own rows have no states; what is noted of them in the ledger has words."""

from typing import Any

from django.utils.translation import gettext_lazy as _

# Facts noted in the ledger that change no state, in words for its page.
FACTS: dict[str, Any] = {
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
}
