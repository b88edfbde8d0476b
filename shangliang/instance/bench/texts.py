"""Words of residents made up for measuring: as many as wanted, from places that do not exist, the same every time.

Several people speak of one trouble in words of their own, most of them close together in time and a few long after,
so that what is found beside a text can be held against what belongs there.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass

FIRST = "柳松枫桂梧榆槐杨桃李杏荷菊兰竹梅"
SECOND = "岸湾桥园林溪塘坡畔苑"
ROADS = "安康宁和顺昌德明文华朝晖景春秋丰永泰平兴"
KINDS_OF_ROAD = ("路", "街", "巷", "大道")
SPOTS = (
    "小学门口", "菜场后门", "公交站旁", "地下车库", "幼儿园围墙外", "老年食堂", "小区东门", "小区北门", "河边步道",
    "健身广场", "垃圾房边上", "十字路口", "天桥下", "快递柜前", "卫生站门口", "停车棚里", "楼道里", "篮球场",
    "中学后街", "水果店门前",
)  # fmt: skip
TROUBLES = (
    ("路灯不亮", "晚上路灯全灭", "夜里黑得看不清路", "灯坏了好几盏没人修"),
    ("井盖松动", "井盖一压就响", "窨井盖翘起来绊人", "井盖破了个口子"),
    ("堵车", "放学时车堵得走不动", "家长停车停两排", "接孩子的车把路占满"),
    ("垃圾没人清", "垃圾堆了几天发臭", "垃圾桶满出来没人收", "建筑垃圾倒在路边"),
    ("噪音扰民", "半夜还在放音响", "施工到凌晨不停", "广场舞声音太大睡不着"),
    ("停水", "水压小三楼上不去水", "一星期停三次水", "自来水发黄有味道"),
    ("电动车乱停", "电动车停在消防通道", "飞线充电从窗户拉下来", "没有地方充电"),
    ("乱停车", "人行道停满汽车", "盲道被车占了", "消防车进不来"),
    ("积水", "一下雨就积水到脚踝", "下水道倒灌", "排水口堵了没人通"),
    ("油烟", "饭店油烟直接吹到楼上", "烧烤摊烟大开不了窗", "排烟管对着居民窗口"),
    ("绿化坏了", "树枝压到电线", "草坪踩秃了", "大树挡住一楼的光"),
    ("电梯坏", "电梯三天两头停", "电梯关人两次了", "老人爬不动楼想装电梯"),
    ("公交不便", "公交一小时才一班", "站台没有雨棚", "晚上七点就没车了"),
    ("养老吃饭", "老人中午没地方吃饭", "食堂只开午饭", "送餐的点太远"),
    ("路面破损", "路上坑大得崴脚", "刚铺的路又挖开", "路面塌了一块"),
    ("狗不拴绳", "大狗不拴绳吓到孩子", "狗粪没人捡", "流浪狗成群"),
    ("暖气不热", "暖气片只有温的", "交了费屋里不到十五度", "顶楼一直不热"),
    ("高空抛物", "楼上往下扔烟头", "花盆摔下来差点砸到人", "有人从窗户倒水"),
    ("违建", "楼顶搭了棚子", "一楼把院子圈起来", "车库改成住人"),
    ("健身器材坏", "单杠松了会摇", "跷跷板断了露铁皮", "滑梯裂了划手"),
    ("占道经营", "摊子摆到马路上", "早市散了一地菜叶", "烧饼摊占了半条路"),
    ("红绿灯", "绿灯太短老人过不去", "路口没有红绿灯", "人行灯坏了一直红"),
)
TIMES = (
    "最近",
    "这半个月",
    "上星期起",
    "从国庆到现在",
    "每天早上",
    "每天晚上",
    "一下班",
    "周末",
    "入冬以后",
    "",
)
MORE = (
    "希望有人来看看。", "跟物业说过没有用。", "家里有老人孩子很不方便。", "已经第三次说了。", "麻烦尽快处理。",
    "邻居们都在说。", "差点出事。", "到底归谁管？", "拍了照片可以提供。", "", "", "",
)  # fmt: skip
SHOPS = "福喜旺顺兴盛源鑫诚信聚香满乐"
STILL_TALKED_OF = 4000
AGAIN, LONG_AFTER = 0.55, 0.06


@dataclass(frozen=True)
class Trouble:
    """One trouble at one place, of which several people may speak."""

    number: int
    community: int
    place: str
    kind: int
    shop: str


@dataclass(frozen=True)
class Said:
    """What one person says: ``trouble`` numbers what it is about, ``community`` is an index into ``communities``."""

    trouble: int
    community: int
    place: str
    title: str
    text: str


def communities() -> list[str]:
    """Return the names of the communities the words speak of."""
    return [f"{first}{second}社区" for first in FIRST for second in SECOND]


def words_of_residents(count: int, seed: int = 1) -> Iterator[Said]:
    """Yield what so many people say, in the order of time; the same for the same seed."""
    chance = random.Random(seed)
    names, troubles = communities(), list[Trouble]()
    for _one in range(count):
        yield _said(chance, names, _next_trouble(chance, troubles, len(names)))


def troubles_told(count: int, seed: int = 1) -> Iterator[Trouble]:
    """Yield what so many people speak of, in the order of time, without their words; the same for the same seed."""
    chance, troubles = random.Random(seed), list[Trouble]()
    places = len(communities())
    for _one in range(count):
        yield _next_trouble(chance, troubles, places)


def _next_trouble(chance: random.Random, troubles: list[Trouble], places: int) -> Trouble:
    """Most speak of what others speak of now, a few of what was long ago, the rest of something new."""
    draw = chance.random()
    if troubles and draw < AGAIN:
        return troubles[-1 - int(chance.random() * min(STILL_TALKED_OF, len(troubles)))]
    if troubles and draw < AGAIN + LONG_AFTER:
        return chance.choice(troubles)
    road = chance.choice(ROADS) + chance.choice(ROADS) + chance.choice(KINDS_OF_ROAD)
    shop = chance.choice(SHOPS) + chance.choice(SHOPS) + chance.choice(SHOPS)
    new = Trouble(
        len(troubles),
        chance.randrange(places),
        road + chance.choice(SPOTS),
        chance.randrange(len(TROUBLES)),
        shop if chance.random() < 0.2 else "",
    )
    troubles.append(new)
    return new


def _said(chance: random.Random, names: list[str], about: Trouble) -> Said:
    name, kind = names[about.community], TROUBLES[about.kind]
    short = name.removesuffix("社区")
    where = chance.choice(
        (f"{name}{about.place}", about.place, f"{short}的{about.place}", f"我们{name}，{about.place}")
    )
    shop = f"（{about.shop}旁边）" if about.shop else ""
    told = "，".join(chance.sample(kind[1:], chance.choice((1, 1, 2))))
    text = f"{where}{shop}{chance.choice(TIMES)}{told}。{chance.choice(MORE)}{chance.choice(MORE)}"
    title = f"{short}{about.place}{kind[0]}" if chance.random() < 0.5 else ""
    place = about.place if chance.random() < 0.6 else ""
    return Said(about.number, about.community, place, title, text)
