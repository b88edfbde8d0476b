"""House and room numbers. A building alone (3栋, 5号楼), a road, a community are no home: who handles the matter needs them."""

import re
from collections.abc import Iterator

from shangliang.analysis.redact.spans import HAN, Span, free_of

KIND = "门牌号"
_NUMBER = r"(?:[0-9]{1,4}|[一二三四五六七八九十百]{1,4})"
_SPELT = "[零〇一二三四五六七八九]{3,4}"
_NO_MEASURE = (
    r"(?![0-9.])(?!\s?(?:年|月|元|块|米|万|千|平|㎡|[mM]2?(?![A-Za-z])|个|名|多|余|人|户|栋|幢|号楼|座|单元"
    r"|路|弄|度|天|次|班|型|分|点|吨|kg|%|V|W))"
)
_NO_OPENING = (
    r"(?!\s?(?:线|楼|门|院|出口|入口|口|窗|台|机|桌|病|位|文|令|公告|桥|地块|仓|井|杆|站|泵|车|工地|厂房|馆))"
)
_BUILDING = rf"(?:第\s?)?(?:[A-Za-z]{{0,2}}[-]?{_NUMBER}|[A-Za-z][0-9]{{0,2}}|[东南西北甲乙丙丁])\s?(?:栋|幢|号楼|座|#\s?楼?|号院|舍)\s?"
_ENTRANCE = rf"(?:(?:{_NUMBER}|[甲乙丙丁A-Za-z东西南北中])\s?(?:单元|门|梯|号门)\s?)"
_FLOOR = rf"(?:(?:{_NUMBER})\s?(?:楼|层)\s?)"
_END = r"\s?(?:号房|房间|室|房|户|号)?"
_ROOM = (
    rf"(?:[A-Za-z]?-?(?:[0-9]{{3,4}}|{_SPELT})[A-Da-d]?(?:{_END}(?<=[室房户号间])(?<!00户)(?!外)|{_NO_MEASURE})"
    r"|[东西左右中南北][户室]|(?:[0-9]{1,2}|[一二三四五六])\s?[室户](?!外|型))"
)
_SIDE = r"(?:[东西左右中南北](?:户|室|边户|手边?|侧)|(?:[0-9]{1,2}|[一二三四五六])\s?[室户号](?!外|型|楼|线))"

_HOME = re.compile(
    rf"{_BUILDING}(?:{_ENTRANCE}{_FLOOR}?(?:{_ROOM}|{_SIDE})|{_FLOOR}(?:{_ROOM}|{_SIDE})|{_ROOM})"
)
_ENTRANCE_AND_ROOM = re.compile(rf"(?<![0-9])(?:{_NUMBER}|[甲乙丙丁])\s?单元\s?{_FLOOR}?(?:{_ROOM}|{_SIDE})")
_ENTRANCE_AND_FLOOR = re.compile(rf"{_BUILDING}{_ENTRANCE}{_FLOOR}(?!梯|道|以上|以下|至|到|-)")
_NUMBER_AND_ROOM = re.compile(
    rf"(?<![0-9])[0-9]{{1,4}}(?:弄|号)\s?(?:[0-9]{{1,4}}号\s?)?(?:{_FLOOR})?(?:[0-9]{{2,4}}|{_SPELT})\s?(?:室|房|户)(?!外)"
)
_FLOOR_AND_ROOM = re.compile(rf"(?<![0-9\-~至到])([1-9][0-9]?)\s?[楼层]\s?(\1[0-9]{{2}}){_END}{_NO_MEASURE}")
_DASHED = re.compile(
    rf"(?<![0-9A-Za-z.\-/])[A-Za-z]?[1-9][0-9]?(?:栋|#)?-[1-9](?:单元)?-[0-9]{{3,4}}(?:室|房|号)?(?![0-9\-/.]){_NO_MEASURE}"
)
_DASHED_PAIR = re.compile(
    rf"(?:(?<=[苑园区里城舍村府邸湾庭居])|(?<=住))\s?[A-Za-z]?[1-9][0-9]?-[1-9][0-9]{{2,3}}(?:室|房|号)?(?![0-9\-/.]){_NO_MEASURE}"
)
_SHARP = re.compile(r"(?<![0-9])[A-Za-z]?[0-9]{1,2}#(?:楼)?\s?[0-9]{3,4}(?:室|房|号)?(?![0-9])")
_LONE_ROOM = re.compile(
    r"(?<![0-9A-Za-z.])[A-Z]?[1-9][0-9]{2,3}\s?(?:室|号房间|号房|房间|房)(?![间内外]?(?:子|型|源|价|屋|产|租|贷|卡|厅|补|地)|外|[0-9])"
)
_LONE_DOOR = re.compile(
    r"(?:(?<=楼上)|(?<=楼下)|(?<=隔壁)|(?<=对门)|(?<=对面))[1-9][0-9]{2,3}(?:住户|的|家|户|$|[，。、,])"
)
_ROAD = rf"(?:(?<=[路街巷弄坊胡同条村屯湾冲坪岭])|(?<=[{HAN}]里)|(?<=[大干便古]道)|(?<=[0-9一二三四五六七八九十]组)|(?<=[0-9一二三四五六七八九十]队))"
_ROAD_NUMBER = re.compile(
    rf"{_ROAD}(?<![0-9]路)(?<![月日店家城院单这那夜]里)(?<!我们村)(?<!全村)(?<!进村)(?<!农村)\s?[甲乙丙丁]?(?:门牌)?[0-9]{{1,4}}(?:-[0-9]{{1,3}})?(?:号|弄){_NO_OPENING}"
    r"(?:\s?之\s?[一二三四五六0-9])?(?:-[0-9]{1,3}号?)?(?:[0-9]{1,3}号)?"
)
_LIVES = re.compile(
    r"(?:住(?!院|建|持|手|校|宿|房和|过)|家在|地址|住址|户籍|户口|寄到|寄往|收件|送到|门牌)[^。！？；\n!?;]{0,24}$"
)
_ENTRANCE_OF_HOME = re.compile(rf"{_BUILDING}{_ENTRANCE}")
_HOUSE_OF_HOME = re.compile(
    rf"(?<![0-9第])[0-9]{{1,4}}号{_NO_OPENING}(?!开始|晚|早|上午|下午|停|来|前|后|以)"
)
_KNOWN_TO_ALL = re.compile(
    rf"[{HAN}]{{0,10}}?(?:小区|公司|学校|小学|中学|大学|幼儿园|医院|大厦|广场|花园|家园|宿舍|酒店|宾馆|商场|超市|市场|中心|公寓|机关|门面|商铺|店|馆|厂|局|苑|集团|城|园)"
)
_A_DAY = re.compile(
    r"\s?(?:[0-9一二三四五六七八九]{0,2}(?:开始|起|晚|早|上午|中午|下午|凌晨|停|之前|以前|那天|当天|到))"
)
_ANY = re.compile("[0-9]|[栋幢座舍]|单元|号楼")
_SURE = (
    _HOME, _NUMBER_AND_ROOM, _ENTRANCE_AND_ROOM, _SHARP, _FLOOR_AND_ROOM, _DASHED, _DASHED_PAIR, _ENTRANCE_AND_FLOOR,
)  # fmt: skip


def places_in(shadow: str, spans: list[Span]) -> Iterator[Span]:
    """Yield house and room numbers of a half-width text that no earlier span covers; neighbours are not joined."""
    if not _ANY.search(shadow):
        return
    for pattern in _SURE:
        for match in pattern.finditer(shadow):
            yield from _if_free(spans, _trimmed(match.group(), *match.span()), is_sure=True)
    for pattern in (_LONE_ROOM, _LONE_DOOR):
        for match in pattern.finditer(shadow):
            yield from _if_free(spans, _digits_of(match), is_sure=False)
    for match in _ROAD_NUMBER.finditer(shadow):
        yield from _if_free(
            spans, _trimmed(match.group(), *match.span()), is_sure=True, wanted=_is_home(shadow, match)
        )
    for pattern in (_ENTRANCE_OF_HOME, _HOUSE_OF_HOME):
        for match in pattern.finditer(shadow):
            lives = bool(_LIVES.search(shadow, max(0, match.start() - 30), match.start()))
            yield from _if_free(spans, _trimmed(match.group(), *match.span()), is_sure=True, wanted=lives)


def _if_free(
    spans: list[Span], place: tuple[int, int], *, is_sure: bool, wanted: bool = True
) -> Iterator[Span]:
    if wanted and place[0] < place[1] and free_of(spans, *place):
        yield Span(*place, KIND, is_sure)


def _trimmed(found: str, start: int, end: int) -> tuple[int, int]:
    """Return the place without blanks at its ends."""
    return start + len(found) - len(found.lstrip()), end - (len(found) - len(found.rstrip()))


def _digits_of(match: re.Match[str]) -> tuple[int, int]:
    found = re.match(r"[A-Z]?[0-9]+\s?(?:室|号房间|号房|房间|房|户)?", match.group())
    return match.start(), match.start() + (found.end() if found else 0)


def _is_home(shadow: str, match: re.Match[str]) -> bool:
    """Tell a house number from the address of a shop or an estate, and from a day of the month."""
    if _LIVES.search(shadow, max(0, match.start() - 30), match.start()):
        return True
    if _KNOWN_TO_ALL.match(shadow, match.end()) or shadow.startswith(("(", "（"), match.end()):
        return False
    return not _A_DAY.match(shadow, match.end())
