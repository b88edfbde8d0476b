"""What a matter is called: the words of its most central message, and the places its messages name."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from scipy.sparse import csr_matrix

from shangliang.analysis.hot_topics.grams import Array, Rows, TextRows
from shangliang.analysis.hot_topics.rarity import RARE_PAIR, rarest_pair
from shangliang.analysis.hot_topics.said import Said
from shangliang.analysis.redact import hide_private

LONGEST_TITLE = 60
SHORTEST_TITLE, COMFORTABLE_TITLE = 7, 36
MOST_PLACES = 5
NAMED_BY = 0.3  # a place is named by so many of the messages at least
READ = 300  # signs of a body that are searched for places
LISTENERS = 300  # members a member is compared with, and in which places are looked for
LONGEST_NAME = 12
_ENDS = tuple(
    "省 市 区 县 旗 镇 乡 村 路 街 巷 桥 湖 河 江 站 城 苑 园 里 府 湾 庭 居 郡 寺 山 厂 院 店 楼 线 组 社区 小区 街道 广场 公园 大道 "
    "大厦 中心 花园 公寓 学校 学院 大学 中学 小学 幼儿园 医院 市场 新城 新村 家园 国际 公司 集团 夜市 驾校 花都 隧道 高速 号线".split()
)
_RUN = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]{2,}")
_GENERAL = re.compile(
    r".?(?:小区|社区|街道|公司|有限公司|集团|学校|医院|中心|市场|广场|小学|中学|大学|学院|幼儿园|公园|商店|门店|饭店|住宅楼?|居民楼|"
    r"高层|楼|本市|全市|城市|地区|辖区|市区|政府|出路|上山|一?城|.里|这里|那里|哪里|家里|公里|.楼|路线|在线|热线|.线|法院|居|出站|回家园)"
)
_BETWEEN_NAMES = re.compile(
    r"投诉|反映|举报|建议|希望|关于|附近|旁边|业主|居民|造成|引起|安置到|要求|开始|可以|没有|严重|影响|周边|如何|何时|什么|怎么|解决|进行|施工|临街|出行|有限|"
    r"学生|我市|目前|按照|前往|购置|私自|必须|斑马线|他们|我们|强烈|大力|打造|定居|落户"
)
_NOT_IN_NAME = re.compile(
    r"[的了在是我你他请把被让给向对从为将和与及或就都也很还不没到至由于并已再才而且但问询找说求们画推拉爬]|^[成号][河线]?|^.?公里|[始后过下走].?[区组路]$"
)


def order_by_centrality(rows: TextRows, members: Sequence[int]) -> list[int]:
    """Return the members, the one most like all others first."""
    return [members[at] for at in np.argsort(-_centrality(rows, members), kind="stable")]


def _centrality(rows: TextRows, members: Sequence[int]) -> Array:
    """How like the others each member is: all its signs, and half as much what they hold of its title's rare pairs."""
    of = np.array(members)
    heard = np.arange(len(of))[:: max(1, len(of) // LISTENERS)]
    signs = _narrow(rows.signs[of])[0]
    alike = np.asarray((signs @ signs[heard].T).mean(axis=1)).ravel()
    titles, words = _narrow(rows.rare_title[of], rows.rare[of])
    weight = np.maximum(np.asarray(titles.multiply(titles).sum(axis=1)).ravel(), 1)
    repeated = np.asarray((titles @ words[heard].T).mean(axis=1)).ravel() / weight
    return np.asarray(alike + 0.5 * repeated)


def _narrow(*matrices: Rows) -> list[Rows]:
    """The same rows over the columns in use only: a product of few rows must not allocate millions of columns."""
    columns = np.unique(np.concatenate([one.indices for one in matrices]))
    wide = max(len(columns), 1)
    return [
        csr_matrix((one.data, np.searchsorted(columns, one.indices), one.indptr), shape=(one.shape[0], wide))
        for one in matrices
    ]


def title_of(said: Sequence[Said], members: Sequence[int]) -> tuple[int, str]:
    """Return whose words are the title and the title, private data hidden. ``members``: the most central first.

    The first title that is neither a mere word nor longer than a line; failing that the first message's beginning.
    """
    for row in members[: max(3, len(members) // 2)]:
        title, private = hide_private(said[row].title.strip())
        if SHORTEST_TITLE <= len(title) <= COMFORTABLE_TITLE and not private:
            return row, title
    words = said[members[0]]
    title, _kinds = hide_private(words.title.strip() or _first_sentence(words.body))
    return members[0], title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1] + "…"


def _first_sentence(body: str) -> str:
    return re.split(r"[。！？!?；;\n]", body.strip(), maxsplit=1)[0]


def places_of(said: Iterable[Said]) -> list[str]:
    """Return up to five names of places, what most messages name first: of the records, then of the words.

    From the words: what at least three in ten messages (two at least) say in the same signs and what ends like a place,
    if it holds a rare pair or names a district. Of two names one inside the other the longer stays if nine in ten of
    those who say the shorter say it.
    """
    messages = list(said)
    messages = messages[:: max(1, len(messages) // LISTENERS)]
    recorded = Counter(one.place.strip() for one in messages if one.place.strip())
    chosen = [name for name, _many in recorded.most_common(MOST_PLACES - 2)]
    named = Counter(name for one in messages for name in _names_in(one))
    enough = max(2, NAMED_BY * len(messages))
    often = {name: many for name, many in named.items() if many >= enough and _is_name(name)}
    for name in sorted(often, key=lambda one: (-often[one], -len(one), one)):
        whole = _longer(name, often)
        if not hide_private(whole)[1] and not any(whole in other or other in whole for other in chosen):
            chosen.append(whole)
    return chosen[:MOST_PLACES]


def _longer(name: str, often: dict[str, int]) -> str:
    around = [one for one, many in often.items() if name in one and many >= 0.9 * often[name]]
    return max(around, key=lambda one: (len(one), one))


def _names_in(one: Said) -> set[str]:
    """All that ends like a place, with anything up to eleven signs before it."""
    names = set[str]()
    for run in _RUN.findall(_BETWEEN_NAMES.sub(" ", f"{one.title}\n{one.body[:READ]}")):
        for end in range(2, len(run) + 1):
            if run.endswith(_ENDS, 0, end):
                names.update(run[start:end] for start in range(max(0, end - LONGEST_NAME), end - 1))
    return names


def _is_name(name: str) -> bool:
    if _NOT_IN_NAME.search(name) or _GENERAL.fullmatch(name):
        return False
    return name.endswith(("区", "县", "镇", "乡", "街道")) or rarest_pair(name) >= RARE_PAIR
