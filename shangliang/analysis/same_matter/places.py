"""Names of places and organisations in a text, found by their endings; and which of them two texts both mention.

No list of names: an ending (路, 小区, 小学, 公司 …) and the two characters before it make the key of a name, if at least one
of its pairs of characters is rare. So 青禾路 is a name, 这条路 is not.
"""

import re

from shangliang.analysis.same_matter.rarity import (
    RARITY,
    STOP,
    UNKNOWN_PAIR,
    normalise,
    pairs_of,
    rarity_of,
)
from shangliang.analysis.same_matter.words import common_pieces

_ENDINGS = {
    "road": "大道 路 街 巷 高速 立交 辅道 大桥 桥 隧道 路口 环线",
    "estate": "小区 花园 家园 嘉园 公寓 苑 城 府 园 大厦 广场 国际 新村 湾 邸 庄 公馆 郡 都 楼盘 天下 时代 中心 郦 山庄 名城 项目 墅 里 景 首府 栋",
    "village": "村 社区 组 镇 乡 街道 片区",
    "school": "小学 中学 幼儿园 学校 学院 大学 园区 医院 驾校 培训",
    "company": "公司 集团 实业 物业 财富 超市 酒店 餐馆 工厂 厂 市场 银行 平台",
    "transit": "号线 路公交 站 公交 地铁 路车 车站",
    "nature": "公园 湖 山 河 水库 景区 湿地 工业园",
}
LEVEL = {ending: level for level, endings in _ENDINGS.items() for ending in endings.split()}
BEFORE = 2  # characters before the ending that tell one name from another
RARE_NAME = 4.5  # nats
MOST_SHOWN = 4

_ENDING = re.compile("|".join(sorted(LEVEL, key=len, reverse=True)))
_SHOWN_ENDINGS = ("县", "区", "市", "州", "队", "局", "院", "店", "馆", "校", "所", "港", "岛")
_SHOWN = re.compile(
    "|".join(
        sorted({*LEVEL, *_SHOWN_ENDINGS} - {"组", "栋", "里", "景", "都", "项目"}, key=len, reverse=True)
    )
)


def names_in(text: str) -> dict[str, tuple[str, float]]:
    """Return {two characters and the ending: (level, rarity in nats)} of a normalised text."""
    found = {}
    for match in _ENDING.finditer(text):
        before = text[max(0, match.start() - BEFORE) : match.start()]
        if len(before) < BEFORE or " " in before:
            continue
        rarity = max(RARITY.get(pair, UNKNOWN_PAIR) for pair in pairs_of(before + match.group()[0]))
        if rarity >= RARE_NAME:
            found[before + match.group()] = (LEVEL[match.group()], rarity)
    return found


def shared_place(a: str, b: str) -> tuple[str, ...]:
    """Return up to 4 names of places and organisations that both texts mention, the longest first, none inside another.

    In the spelling of `normalise`: 青禾路, 梧桐小学. A piece both texts hold counts from its first character that is no stop
    character to its last ending. An empty tuple where they share no name.
    """
    pieces = common_pieces(normalise(a), normalise(b))
    found = {name for piece in pieces for part in piece.split() for name in _names_of(part)}
    chosen: list[str] = []
    for name in sorted(found, key=lambda name: (-len(name), name)):
        if not any(name in longer for longer in chosen):
            chosen.append(name)
    return tuple(chosen[:MOST_SHOWN])


def _names_of(piece: str) -> list[str]:
    """The names a shared piece holds: each runs from the end of the one before to its own ending."""
    names, at = [], 0
    for match in _SHOWN.finditer(piece):
        name = piece[at : match.end()]
        start = max((name.rfind(one) + 1 for one in STOP if one in name[:-1]), default=0)
        name = name[start:]
        if len(name) > len(match.group()) + (len(match.group()) == 1) and rarity_of(name) >= RARE_NAME:
            names.append(name)
            at = match.end()
    return names
