"""Copied chat messages taken apart: who said it goes, what was said and on which day stays.

Takes what WeChat (computer and telephone), QQ and DingTalk put on the clipboard, or plain paragraphs. Pure: text in,
messages out. A line is taken for a sender's only where the paste as a whole looks like a chat (design.md §1: an
imported author is never kept).
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

NAME_HIDDEN = "【已遮：姓名】"
LONGEST_NAME = 24
_DAY = (
    r"(?:(?P<year>\d{4})\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*日?"
    r"|(?P<month2>\d{1,2})\s*[-/月]\s*(?P<day2>\d{1,2})\s*日?|(?P<word>今天|昨天|前天|(?:星期|周)[一二三四五六日天]))"
)
_TIME = r"(?:(?:凌晨|清晨|早上|上午|中午|下午|傍晚|晚上)\s*)?\d{1,2}\s*[:：]\s*\d{2}(?:\s*[:：]\s*\d{2})?"
_NAME = rf"(?P<name>[^\n，。；？！,;?!]{{1,{LONGEST_NAME + 20}}}?)"
_NAME_THEN_TIME = re.compile(rf"^{_NAME}\s+(?:{_DAY}\s*)?{_TIME}$")
_TIME_THEN_NAME = re.compile(rf"^(?:{_DAY}\s*)?{_TIME}\s+{_NAME}$")
_NAME_ALONE = re.compile(rf"^{_NAME}\s*[:：]$")
_NAME_THEN_WORDS = re.compile(
    r"^(?P<name>[^\n，。；？！,;?!:：\d][^\n，。；？！,;?!:：]{0,15})[:：]\s*(?P<words>\S.*)$"
)
_DAY_LINE = re.compile(rf"^[\s\-—–─=]*{_DAY}(?:\s*{_TIME})?[\s\-—–─=]*$")
_TIME_LINE = re.compile(rf"^[\s\-—–─=]*{_TIME}[\s\-—–─=]*$")
_ACCOUNT = re.compile(r"\s*(?:[(（<＜][^()（）<>＜＞]{0,40}[)）>＞])\s*$|^【[^】]{1,12}】")
_NOTHING_SAID = re.compile(
    r"^(?:[\[［【](?:图片|照片|表情|动画表情|语音|视频|位置|链接|文件|红包|名片|聊天记录|小程序|语音通话|视频通话)[^\]］】]{0,40}[\]］】]\s*)+$"
    r"|^.{0,30}(?:撤回了一条消息|加入了?群聊|退出了?群聊|修改群名为.*|拍了拍.*|以上是打招呼的内容|以下为新消息)$"
    r"|^.{0,40}的?聊天记录如下[:：]?$"
)
_QUOTED_NAME = re.compile(r"「[^：:」\n]{1,24}[：:]\s*")
_QUOTE_LINE = re.compile(r"^(?:-\s*){4,}$|^—{4,}$")
_MENTION = re.compile(r"@(?P<name>[^\s@，。：:,;；\u2005]{1,20})(?=[\s\u2005，。：:,;；]|$)")
_LABELS = frozenset(
    (
        "地点 时间 内容 问题 建议 原因 诉求 标题 地址 备注 说明 情况 反映 反映人 联系人 联系电话 电话 姓名 日期 "
        "主题 正文 位置 事项 诉求内容 通知 注意 注 附 链接"
    ).split()
)
_NO_NAMES = frozenset(
    "物业 社区 居委会 业委会 网格员 管理员 群主 邻居 居民 业主 住户 楼长 书记 主任 我 你 他 她 大家 匿名".split()
)
_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方"
    "石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢"
)
_WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True)
class ChatMessage:
    """One message: the words without anybody's name, and the day it was sent where the paste tells."""

    text: str
    day: date | None = None


@dataclass(frozen=True)
class Split:
    """What a paste holds: messages in order, the lines taken for senders' names, and how many had no words at all."""

    messages: tuple[ChatMessage, ...]
    senders: tuple[str, ...] = ()
    without_words: int = 0


@dataclass(frozen=True)
class _Head:
    """A line that begins a message: who, on which day, words on the same line, and what form it has."""

    name: str
    day: date | None
    words: str
    form: str
    is_sure: bool


def split_chat(pasted: str, today: date) -> Split:
    """Take a paste apart. ``today`` resolves 昨天, weekdays and days without a year (never into the future).

    Names of senders, those mentioned with @ and those quoted are taken out of the words as well. Text without any
    sign of a chat is split at blank lines, or at line ends where there are none.
    """
    lines = [
        line.replace("\u2005", " ").strip()
        for line in pasted.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    ]
    heads = _heads(lines, today)
    if not heads:
        return _finished([(_paragraph, None) for _paragraph in _paragraphs(lines)], [])
    return _finished(_messages(lines, heads, today), [one.name for one in heads.values()])


def _heads(lines: list[str], today: date) -> dict[int, _Head]:
    found = {at: head for at, line in enumerate(lines) if line and (head := _head(line, today))}
    has_days = any(_DAY_LINE.match(line) for line in lines if line)
    forms = [one.form for one in found.values()]
    filled = sum(1 for line in lines if line)
    kept = {}
    for at, one in found.items():
        often = forms.count(one.form)
        dense = one.form != "words" or often * 10 >= filled * 6
        if (
            one.is_sure
            or (dense and (often > 1 or has_days) and one.form != "alone")
            or (one.form == "alone" and often > 1)
        ):
            kept[at] = one
    if any(one.form != "words" for one in kept.values()):
        kept = {at: one for at, one in kept.items() if one.form != "words"}
    return kept


def _head(line: str, today: date) -> _Head | None:
    for pattern, form in (
        (_NAME_THEN_TIME, "time"),
        (_TIME_THEN_NAME, "time"),
        (_NAME_ALONE, "alone"),
        (_NAME_THEN_WORDS, "words"),
    ):
        match = pattern.match(line)
        if not match:
            continue
        name = _bare_name(match["name"])
        if not name or len(name) > LONGEST_NAME or name in _LABELS or _DAY_LINE.match(name):
            continue
        groups = match.groupdict()
        day = _day_in(groups, today)
        return _Head(name, day, groups.get("words") or "", form, form == "time" and day is not None)
    return None


def _bare_name(said: str) -> str:
    name = said.strip()
    for _turn in range(2):
        name = _ACCOUNT.sub("", name).strip()
    return name


def _messages(lines: list[str], heads: dict[int, _Head], today: date) -> list[tuple[str, date | None]]:
    found: list[tuple[list[str], date | None]] = []
    running: date | None = None
    for at, line in enumerate(lines):
        head = heads.get(at)
        day_line = None if head else _DAY_LINE.match(line)
        if head:
            running = head.day or running
            found.append(([head.words] if head.words else [], running))
        elif day_line:
            running = _day_in(day_line.groupdict(), today) or running
        elif not _TIME_LINE.match(line) or not line:
            if not found:
                found.append(([], running))
            found[-1][0].append(line)
    return [("\n".join(words), day) for words, day in found]


def _paragraphs(lines: list[str]) -> list[str]:
    whole = "\n".join(lines).strip()
    if not whole:
        return []
    parts = re.split(r"\n\s*\n", whole)
    return parts if len(parts) > 1 else whole.split("\n")


def _finished(found: list[tuple[str, date | None]], senders: list[str]) -> Split:
    mentioned = [match["name"] for words, _day in found for match in _MENTION.finditer(words)]
    names = _names_to_hide([*senders, *mentioned])
    messages, empty = [], 0
    for words, day in found:
        text = _without_names(words, names)
        if text:
            messages.append(ChatMessage(text, day))
        elif words.strip():
            empty += 1
    return Split(tuple(messages), tuple(dict.fromkeys(senders)), empty)


def _without_names(words: str, names: list[str]) -> str:
    lines = [
        line for line in words.split("\n") if not _QUOTE_LINE.match(line) and not _NOTHING_SAID.match(line)
    ]
    text = _QUOTED_NAME.sub("「", "\n".join(lines))
    text = _MENTION.sub(f"@{NAME_HIDDEN}", text)
    for name in names:
        text = text.replace(name, NAME_HIDDEN)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _names_to_hide(said: list[str]) -> list[str]:
    """Return what to replace in the words, longest first: whole names, and the 王小明 in "3栋-王小明"."""
    wanted = set()
    for name in said:
        pieces = [
            re.sub(r"^[栋幢座号楼室单元期]+", "", piece) for piece in re.split(r"[^\u4e00-\u9fff]+", name)
        ]
        wanted |= {piece for piece in pieces if len(piece) in (2, 3) and piece[0] in _SURNAMES}
        if len(name) > 1 and not name.isdigit():
            wanted.add(name)
    return sorted(wanted - _NO_NAMES - {NAME_HIDDEN}, key=lambda one: (-len(one), one))


def _day_in(groups: dict[str, str | None], today: date) -> date | None:
    if groups.get("word"):
        return _day_of_word(str(groups["word"]), today)
    month, day = groups.get("month") or groups.get("month2"), groups.get("day") or groups.get("day2")
    if not month or not day:
        return None
    years = [int(str(groups["year"]))] if groups.get("year") else [today.year, today.year - 1]
    for year in years:
        try:
            found = date(year, int(month), int(day))
        except ValueError:
            continue
        if found <= today:
            return found
    return None


def _day_of_word(word: str, today: date) -> date:
    back = {"今天": 0, "昨天": 1, "前天": 2}.get(word)
    if back is None:
        weekday = _WEEKDAYS.index(word[-1].replace("天", "日"))
        back = (today.weekday() - weekday) % 7
    return today - timedelta(days=back)
