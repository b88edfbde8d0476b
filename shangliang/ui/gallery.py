"""Every component once, with invented people, places and numbers: for those who build pages."""

from datetime import timedelta

from django import forms
from django.core.paginator import Paginator
from django.utils import timezone

from shangliang.ui.dates import when_minute, when_span
from shangliang.ui.forms import CleanCharField, CleanTextField, DayField, Form
from shangliang.ui.parts import Button, Fact, Step

_TEXT = (
    "放学那会儿，柳岸小学门口全是车，孩子只能走在马路中间。我家【已遮：孩子姓名】上周差点被蹭到。\n早上也堵。"
)


class SampleForm(Form):
    """One field of each kind."""

    title = CleanCharField(label="议题名称", max_length=20, help_text="一句话，不写单位名称。")
    text = CleanTextField(label="说说怎么回事", say=True, required=False)
    source = forms.ChoiceField(
        label="来源", choices=[("", "请选择"), ("people", "群众出题"), ("member", "委员荐题")]
    )
    due_on = DayField(label="完成时限", required=False)
    solved = forms.ChoiceField(
        label="您看，解决了吗？",
        choices=[("yes", "解决了"), ("partly", "部分解决"), ("no", "没解决")],
        widget=forms.RadioSelect,
    )
    roles = forms.MultipleChoiceField(
        label="请谁来",
        choices=[("resident", "居民"), ("expert", "专家")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    public = forms.BooleanField(
        label="可以公开写“反映的人说：部分解决”", required=False, help_text="不写名字。不勾就不写。"
    )
    paper = forms.FileField(label="会议纪要", required=False)


def _steps() -> list[Step]:
    now = timezone.now()
    return [
        Step("第一句话", when_minute(now - timedelta(days=70)), "居民", words="放学时间学校门口全堵住。"),
        Step("到现场调研", when_span(now - timedelta(days=40), now - timedelta(days=38)), "政协委员", "数到 212 辆车。",
             docs=[("调研记录", "#")]),
        Step("2 项已办，1 项等区城管局", "现在", kind="now"),
        Step("政协去核实，再请您来评", "办完以后", kind="next"),
    ]  # fmt: skip


def _facts() -> list[Fact]:
    return [
        Fact("回复了吗", 14, 14, "条线索", "都在 5 个工作日内答复"),
        Fact("按期了吗", 2, 3, "项任务", "1 项晚了 3 个工作日"),
        Fact("解决了吗", 6, 9, "份评价", "2 份说部分解决，1 份说没解决；5 份回执没评"),
        Fact("满意吗", None, 9, "份评价", "还没有人评"),
    ]


def _moves() -> list[Button]:
    return [
        Button("立为新事项", "#", "N"),
        Button("问一句", "#", "Q", needs_form=True),
        Button("转其他渠道", "#", "T", confirm="转出去以后，反映的人会收到说明。确定转吗？"),
        Button("留在库里", "#", "K"),
    ]


def _guide() -> list[dict]:
    return [
        {"label": "这里说", "text": "身边的事：路难走、车乱停、楼道漏水，大家商量着办。"},
        {"label": "急事", "text": "水管爆了、井盖丢了，打 12345\n着火打 119，有人受伤打 120"},
        {"label": "举报", "text": "举报某个人，或法院在审的事：", "links": [("看看该去哪里说", "#")]},
    ]


def everything_once(request) -> dict:
    """The context of the gallery pages."""
    today = timezone.localdate()
    return {
        "text": _TEXT, "shared": ["柳岸小学门口", "孩子", "堵"], "road_steps": _steps(), "four": _facts(), "moves_open": _moves(),
        "guide_rows": _guide(), "form": SampleForm(), "today": today, "due": today + timedelta(days=4), "number": 14,
        "wrong_form": SampleForm({"title": "关于缓解柳岸小学周边放学时段交通拥堵问题的协商", "text": "我写的还在"}),
        "page": Paginator(range(200), 10).page(4), "symbols": "7K4MWQ9XD3HTPA6RE", "han": "山田白马云河木春风高路",
        "tabs": [("等着的", "#", True, 23), ("等回话", "#", False, 3), ("都看过的", "#", False)],
        "weekly": [0] * 9 + [1, 0, 0, 2, 1, 0, 0, 3, 2, 2, 5, 4, 3, 7, 6, 4, 5],
        "wizard": ["选议题", "定方案", "请谁来", "看一遍"], "papers": [("协商纪要", "#", "docx，2 页"), ("发言摘要", "#")],
        "links": [("看看等反映人回话的 3 条", "#"), ("替没有手机的人录一条", "#")],
        "bulk_buttons": [("留库", "move", "keep"), ("合并", "move", "join")],
    }  # fmt: skip
