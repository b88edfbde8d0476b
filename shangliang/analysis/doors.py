"""Which door a resident's text belongs to: danger, accusation of a named person, classification marking.

Rules of design.md §1 as word lists. They only warn, hold or ask: a resident's report is never thrown away for a word.
"""

import re
from typing import NamedTuple

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
    ("gas", ("119", "12345"), r"(?:燃气|煤气|天然气|液化气|瓦斯)[^。！？\n]{0,8}(?:泄漏|泄露|漏|味)|(?:漏|跑)煤?气(?!质)"),
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


_SURNAME = (
    "(?:欧阳|司马|上官|诸葛|夏侯|皇甫|尉迟|慕容|令狐|[王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅"
    "沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易"
    "常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟"
    "卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘"
    "古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽]"
)
_POST = (
    "(?:书记|主任|局长|副局长|镇长|乡长|区长|县长|市长|厅长|处长|科长|股长|所长|院长|校长|园长|队长|站长|村长|支书|村支书|组长|社长"
    "|会计|出纳|警官|民警|法官|检察官|老师|教师|医生|主席|部长|经理|总经理|董事长|老板|工作人员|干部|干事|委员|教练|公安|辅警|城管)"
)
_ACT = (
    "贪污|贪腐|受贿|索贿|行贿|贿赂|收受|收红包|收黑钱|收好处|好处费|黑钱|吃回扣|拿回扣|回扣|索要|索取|吃拿卡要|以权谋私|谋取私利|"
    "滥用职权|利用职权|利用职务|徇私|舞弊|渎职|玩忽职守|包庇|保护伞|官商勾结|勾结|侵吞|侵占|私吞|挪用|截留|套取|骗取|冒领|虚报|"
    "中饱私囊|公款|卖官|买官|拉票|贿选|任人唯亲|优亲厚友|打击报复|公报私仇|欺压|横行|村霸|诈骗|骗了|骗走|敲诈|勒索|强奸|"
    "猥亵|性骚扰|性侵|殴打|打伤|打死|嫖娼|包养|婚外|赌博|吸毒|贩毒|涉黑|黑社会|体罚|虐待|泄露举报|伪造|作假账|做假账|违纪|违法乱纪|腐败"
)
_TELL = "举报|实名举报|检举|控告|揭发|告发|反映"
_GIVEN = "[\u4e00-\u9fff]{1,2}"
_NAME = rf"{_SURNAME}(?:某某|某|{_GIVEN})"
_END = r"[^。！？!?；;\n]"
# A greeting names the person written to, not the person accused.
_GREETING = re.compile(
    rf"(?:尊敬的|敬爱的|亲爱的|请问|恳请|请求|请|致|盼|望|求|向)(?:各位)?{_SURNAME}{_POST}|{_SURNAME}{_POST}(?=[：:，,！!、]?(?:您|你)?好|[：:]|您)"
)
_ORDINARY = re.compile(
    "(?:任何|方面|高速|马路|金额|周边|时候|安全|管理|成本|程序|成为|来自|全部|全体|关于|关系|解决|单位|单元|包括|都是|都有|于是|黄色|"
    "常常|常年|白天|白色|文件|文化|向上|向下|向市|向区|何时|何人|万元|施工|路边|路段|路口|房子|房屋|房产|车辆|车主|车位|强行|强制|华侨|安置|"
    "边上|简直|连续|相关|有关|计划|党员|党委|党组|花钱|成立|左右|莫名|许多|许可|余款|段时间|石头|田地|江边|易地|钱款|宁可|商家|商户|全国|全村|全镇|查处|"
    "应该|和|木材|都没|燕|游客|游戏|时间|项目|项|费用|来的|来源|盖房|盖章|冷|温|金|龙头|老板|单|司法|司机|农|谈|谷|米|章|景|边|解释|管|时任|都|来|全|成|车|房|安|关|计|冀|强|商|位|路|向)"
)
_WHO = re.compile(
    rf"(?P<post>{_SURNAME}(?:某某|某|{_GIVEN})?{_POST})|(?:{_POST}|名叫|叫|姓名[:：]?|被举报人[:：]?)[:：，,\s]?(?P<after>{_NAME})"
    rf"|(?:{_TELL})(?:人)?[:：\s]?(?P<told>{_NAME})|(?P<some>{_SURNAME}某某?)"
    rf"|(?:^|[，,。！？；;、\n\s（(“\"：:])(?P<bare>{_SURNAME}{_GIVEN})(?=[在于从把将对向同和与及、，,]|利用|多次|长期|私自|伙同|一直|本人|{_ACT})",
    re.M,
)
_CUE = re.compile(rf"{_ACT}|实名举报|被举报人|检举|控告")


def accuses_named_person(text: str) -> bool:
    """Whether a text seems to accuse a person by name, or by surname and post, of a wrong.

    A cue word of accusation and a named person must stand in one sentence or in neighbouring ones. A complaint about a unit, a
    service or bad manners is no accusation; neither is the person a letter is addressed to. A heuristic: the two
    officers who read the locked queue put a report back that does not belong there.
    """
    plain = _GREETING.sub("，", text)
    sentences = [part for part in re.split(r"[。！？!?；;\n]", plain) if part.strip()]
    return any(_accuses(" \n".join(sentences[at : at + 2])) for at in range(len(sentences)))


def _accuses(piece: str) -> bool:
    if re.search(rf"(?:{_TELL})(?:人)?[:：\s]?{_SURNAME}(?:某某?|{_GIVEN}){_POST}", piece):
        return True
    return bool(_CUE.search(piece)) and any(_is_person(match) for match in _WHO.finditer(piece))


def _is_person(match: re.Match[str]) -> bool:
    word = next(value for value in match.groupdict().values() if value)
    return not _ORDINARY.match(word)


_LEVEL = "绝密|机密|秘密"
_GAP = r"[ \t\u3000]*"
_TERM = r"(?:[0-9一二三四五六七八九十]{1,3}(?:年|个月)|长期)"
_CARE = "注意保存|妥善保管|妥善保存|注意保密|严禁外传|不得外传|请勿外传|禁止外传|不准外传|仅供内部|内部使用|阅后(?:收回|即焚|销毁)"
_MARKED_LINE = re.compile(
    rf"^[\W_]*(?:份?号?[0-9]{{4,8}}\s+)?(?:密级[:：\s]*)?(?:(?P<level>{_LEVEL})(?:件|文件|级)?[\W_]*{_TERM}?"
    rf"|(?P<inside>内部(?:文件|资料|材料|参阅|刊物|传阅))[\W_]*(?:(?:{_CARE})[\W_]*)*)(?:\s+(?:特急|加急|平急|急件))?[\W_]*$"
)
_STARRED = re.compile(rf"(?P<level>{_LEVEL})[★☆✩⭐]")
