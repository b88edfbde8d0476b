"""Which door a resident's text belongs to: danger, accusation of a named person, classification marking.

Rules of design.md §1 as word lists. They only warn, hold or ask: a resident's report is never thrown away for a word.
"""

import re
from typing import NamedTuple

from shangliang.analysis.accusation import accuses_named_person
from shangliang.analysis.redact import hide_private

__all__ = ["Danger", "accuses_named_person", "classification_marking", "danger_in", "hide_private"]


class Danger(NamedTuple):
    """What may be going on (`kinds`) and whom to call (`numbers`, most urgent first)."""

    kinds: tuple[str, ...]
    numbers: tuple[str, ...]


_DANGERS = (
    (
        "self_harm",
        ("110", "120", "12356"),
        r"自杀|自尽|轻生|寻短见|想不开|不想活|活不下去|活着没意思|想死|割腕|跳楼(?!价|甩|大甩)|跳河|跳江|上吊"
        r"|服毒|喝农药|自残|了结(?:自己|生命|此生)|结束(?:自己的)?生命",
    ),
    (
        "fire",
        ("119",),
        r"(?:起|着|失|放|纵)火(?!锅)|火灾(?!隐患|风险|预防|演练|安全)|大火|明火|浓烟|冒烟|爆炸(?!隐患|风险|式|性|物)|烧起来",
    ),
    (
        "gas",
        ("119", "12345"),
        r"(?:燃气|煤气|天然气|液化气|瓦斯)[^。！？\n]{0,8}(?:泄漏|泄露|漏|味)|(?:漏|跑)煤?气(?!质)",
    ),
    (
        "injury",
        ("120",),
        r"受伤|重伤|摔伤|烫伤|烧伤|咬伤|撞伤|伤到|流血|晕倒|昏迷|昏倒|休克|骨折|中毒|溺水|落水|触电|窒息|抽搐|没了?呼吸"
        r"|心梗|心脏病发|脑溢血|被困|救命|生命危险|奄奄一息|撞(?:到|倒)?了?人",
    ),
    (
        "violence",
        ("110",),
        r"打人|被打|殴打|围殴|打架|砍(?:人|伤|死)|持刀|拿刀|动刀|行凶|杀人|家暴|家庭暴力|虐待|绑架|拐卖|抢劫|强奸|猥亵"
        r"|性侵|威胁(?:我|要|恐吓|人身)|恐吓|跟踪我|非法拘禁|限制人身自由|入室",
    ),
    (
        "public_works",
        ("12345",),
        r"爆管|水管[^。！？\n]{0,4}(?:爆|破裂)|井盖[^。！？\n]{0,6}(?:没|丢|缺|不见|掉)|路面(?:塌陷|坍塌)|电线[^。！？\n]{0,6}"
        r"(?:掉|垂|断|裸)|漏电|墙[^。！？\n]{0,4}(?:要倒|快倒|倒塌)|塌方|滑坡",
    ),
)
_DANGER_PATTERNS = tuple((kind, numbers, re.compile(words)) for kind, numbers, words in _DANGERS)


def danger_in(text: str) -> Danger | None:
    """The dangers a text speaks of and the numbers to show at once, or None.

    Reads words, not meaning: shown once too often rather than once too rarely. It never stops a report. Numbers:
    110 police, 120 ambulance, 119 fire, 12345 city hotline, 12356 psychological help line.
    """
    hits = [(kind, numbers) for kind, numbers, pattern in _DANGER_PATTERNS if pattern.search(text)]
    if not hits:
        return None
    numbers = dict.fromkeys(number for _, several in hits for number in several)
    return Danger(tuple(kind for kind, _ in hits), tuple(numbers))


_LEVEL = "绝密|机密|秘密"
_GAP = r"[ \t\u3000]*"
_TERM = r"(?:[0-9一二三四五六七八九十]{1,3}(?:年|个月)|长期)"
_CARE = "注意保存|妥善保管|妥善保存|注意保密|严禁外传|不得外传|请勿外传|禁止外传|不准外传|仅供内部|内部使用|阅后(?:收回|即焚|销毁)"
_MARKED_LINE = re.compile(
    rf"^[\W_]*(?:份?号?[0-9]{{4,8}}\s+)?(?:密级[:：\s]*)?(?:(?P<level>{_LEVEL})(?:件|文件|级)?[\W_]*{_TERM}?"
    rf"|(?P<inside>内部(?:文件|资料|材料|参阅|刊物|传阅))[\W_]*(?:(?:{_CARE})[\W_]*)*)(?:\s+(?:特急|加急|平急|急件))?[\W_]*$"
)
LONGEST_MARKING = 60
_SPACED = re.compile("(?<=[绝机秘密内部文件资料]) (?=[密部文件资料])")
_STARRED = re.compile(rf"(?P<level>{_LEVEL})[★☆✩⭐]")


def classification_marking(text: str) -> str | None:
    """The classification marking a text bears (for example "机密★1年"), or None.

    A marking is a line of its own (绝密, 机密 1年, 内部文件, 内部资料 注意保存, with or without urgency and copy number) or
    a level with a star anywhere. The same words inside a sentence are no marking (design.md §1).
    """
    for line in text.splitlines():
        bare = re.sub(r"[\s\u200b\ufeff]+", " ", line).strip()
        starred = _STARRED.search(bare.replace(" ", ""))
        if starred:
            return starred.group()
        joined = _SPACED.sub("", bare)
        if len(joined) <= LONGEST_MARKING and _MARKED_LINE.match(joined):
            return bare
    return None
