"""Past decisions made up for tests: short complaints of four kinds of trouble, in many wordings, none of anybody."""

import random
from datetime import timedelta

from shangliang.foundation.viewer import System
from shangliang.people.tests.factories import MORNING
from shangliang.sorting.actions import add_category
from shangliang.sorting.actions.training import teach
from shangliang.sorting.training import Example

DARK = "枫林路路灯又坏了两盏，晚上全黑着。"
DARK_AND_LOUD = "小区门口又黑又吵。"  # might be one thing or the other

TROUBLES = {
    "路灯": ("路灯不亮", "路灯坏了三盏", "晚上路灯全黑着", "灯杆歪了灯也不亮"),
    "停车": ("车停在人行道上", "消防通道停满车", "盲道被汽车占了", "停车没有位子乱停"),
    "垃圾": ("垃圾桶满了没人清", "垃圾堆了几天发臭", "装修垃圾倒在路边", "垃圾车好几天不来"),
    "噪音": ("半夜施工吵得睡不着", "广场舞音响太大声", "楼下饭店风机响一夜", "凌晨还在放音响"),
}
PLACES = ("柳岸社区", "石桥社区", "枫林路", "安康街", "河边步道", "小学门口", "菜场后门", "小区东门")
TIMES = ("最近", "这半个月", "上星期起", "每天晚上", "周末", "")
ENDS = ("希望有人来看看。", "说过几次没有用。", "邻居们都在说。", "家里有老人不方便。", "麻烦尽快处理。", "")


def wordings(kind: str, number: int, seed: int = 1) -> list[str]:
    """Return that many different complaints of one kind."""
    draw = random.Random(f"{kind}{seed}")
    said: dict[str, None] = {}
    while len(said) < number:
        place, when, end = draw.choice(PLACES), draw.choice(TIMES), draw.choice(ENDS)
        said[f"{place}{when}{draw.choice(TROUBLES[kind])}，第 {len(said) + 1} 回了。{end}"] = None
    return list(said)


def decisions(labels: dict[str, str], each: int = 30) -> list[Example]:
    """Return past decisions: ``labels`` gives the label of each kind of trouble; one decision an hour, kinds in turn."""
    said = {kind: wordings(kind, each) for kind in labels}
    return [
        Example(said[kind][turn], label, MORNING + timedelta(hours=turn * len(labels) + place))
        for turn in range(each)
        for place, (kind, label) in enumerate(labels.items())
    ]


def kinds_of(place):
    """Return four kinds of the committee's own scheme by the trouble they stand for."""
    names = {"路灯": "照明", "停车": "车辆停放", "垃圾": "清运", "噪音": "噪声"}
    add = {"committee": place.committee, "by": place.clerk, "at": MORNING}
    top = add_category(parent=None, name="城市管理", **add)
    return {trouble: add_category(parent=top, name=name, **add) for trouble, name in names.items()}


def taught(place, kinds, subject="kind", at=MORNING):
    """Return the model a committee was taught: ``kinds`` gives the kind (or the label) of each trouble."""
    labels = {trouble: kind if isinstance(kind, str) else str(kind.pk) for trouble, kind in kinds.items()}
    by = System("sorting.learn_kinds", place.committee.pk)
    return teach(subject, decisions(labels), has_lost=lambda *_: False, by=by, at=at)
