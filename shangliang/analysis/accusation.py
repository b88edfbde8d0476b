"""Whether a text accuses a person by name: the door of design.md §1 to the locked queue of two officers.

Word patterns, no model: a cue of wrongdoing and a named person in one sentence or in neighbouring ones.
"""

import re

_SURNAME = (
    "(?:欧阳|司马|上官|诸葛|夏侯|皇甫|尉迟|慕容|令狐|[王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏"
    "卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷"
    "施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席"
    "卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘])"
)
_POST = (
    "(?:副?(?:书记|主任|局长|镇长|乡长|区长|县长|市长|厅长|处长|科长|股长|所长|院长|校长|园长|队长|站长|村长|组长|社长|会长|主席|部长)|"
    "村?支书|村主任|会计|出纳|警官|民警|辅警|法官|检察官|老师|教师|医生|护士|经理|总经理|董事长|老板|干部|干事|委员|教练|城管队员)"
)
_WRONG = (
    "贪污|贪腐|受贿|索贿|行贿|贿赂|收受|收[^，,。]{0,8}(?:红包|黑钱|好处|礼金)|好处费|黑钱|回扣|索要|索取|吃拿卡要|以权谋私|谋取私利|谋私|滥用职权|利用职|"
    "徇私|舞弊|渎职|玩忽职守|包庇|保护伞|勾结|侵吞|侵占|私吞|私分|独吞|挪用|截留|套取|骗取|冒领|虚报|中饱私囊|公款|卖官|买官|拉票|贿选|"
    "任人唯亲|优亲厚友|打击报复|公报私仇|欺压|横行|村霸|诈骗|骗了|骗走|敲诈|勒索|强奸|猥亵|性骚扰|性侵|殴打|打伤|打死|嫖娼|包养|赌博|吸毒|贩毒|"
    "涉黑|黑社会|体罚|虐待|伪造|[作做]假账|违纪|违法乱纪|腐败|装进自己|据为己有|打骂|威胁"
)
_TELL = "举报|检举|控告|揭发|告发"
_HAN = "\u4e00-\u9fff"
_NAME = rf"{_SURNAME}(?:某某?|[{_HAN}]{{1,2}})"

# The person a letter is addressed to is not the person accused.
_ADDRESSED = re.compile(
    rf"(?:尊敬|敬爱|亲爱)的[^，,：:。\n]{{0,12}}{_POST}|(?:请问|恳请|请求|请|致|盼|望|求助?){_SURNAME}{_POST}"
    rf"|{_SURNAME}{_POST}(?=[，,！!、]?(?:您|你)|[：:])"
)
_PERSON = re.compile(
    rf"(?:(?<![{_HAN}])|(?<=[是被由跟和给向的让把村镇组局区院校]))(?P<titled>{_NAME}){_POST}|(?<!公)(?P<surname>{_SURNAME}){_POST}"
    rf"|(?:{_POST}|名叫|叫做?|姓名|被举报人|被控告人|名字是|(?:{_TELL})(?!人))(?:是|为|[：:\s]){{0,2}}(?P<after>{_NAME})"
    rf"|(?P<some>{_SURNAME}某某?)|(?:^|[，,、（(“\"：:\s])(?P<bare>{_NAME})(?=[（(在于从把将对向和与、，,]|利用|多次|长期|私自|伙同|一直|收|{_WRONG})"
)
_CUE = re.compile(rf"{_WRONG}|{_TELL}")
# Ordinary words that begin with the sign of a surname.
_ORDINARY = re.compile(
    "任何|任性|任务|任职|任意|任由|方面|方便|方案|方式|高速|高中|高层|高度|高价|高额|高新|马路|马上|金额|金融|金钱|周边|周围|时候|时间|时任|时常|安全|安置|安排|"
    "安装|管理|管委|管道|管辖|成本|程序|成为|成立|成员|关于|关系|关键|关注|解决|解释|单位|单元|单独|包括|包含|包工|于是|黄色|黄金|常常|常年|常务|常委|白天|白色|"
    "文件|文化|文明|向上|向下|向市|向区|向县|向我|向他|向有|何时|何人|何在|万元|万一|施工|路边|路段|路口|路面|路灯|房子|房屋|房产|房东|房管|房地|车辆|车主|"
    "车位|车站|车管|强行|强制|强拆|强烈|强迫|华侨|边上|左右|左边|莫名|莫非|许多|许可|余款|余额|段时|石头|田地|田土|江边|易地|易燃|钱款|钱财|宁可|查处|查询|查看|"
    "查实|游客|游戏|项目|项款|费用|盛行|温馨|温泉|龙头|司法|司机|季度|章程|景区|景观|毕业|毕竟|申请|申报|申诉|尤其|严重|严格|严厉|严肃|严禁|康复|孔雀|夏天|"
    "夏季|金属|金桥|林业|林木|林地|牛奶|曲线|游泳|阳光|阳台|席位|卫生|位置|位于|植物|植树|甘心|薄弱|宁愿|桂花|柴油|边界|吉祥|丘陵|程度|许诺|顾客|顾问|"
    "顾及|庄稼|苗木|凌晨|费劲|纪律|纪委|纪检|童年|祝愿|谷物|左转|莫大|齐全|路过|路线|焦急|焦虑|向政|向相|向社|向业|向村|向群|向镇|向街|向公|"
    "强揽|严打|严查|高温|涂改|车被|龙湖|管一|管不|管好|杜绝|路障|甘冒|甘于|于此|于民|于法|安监|安居|关联|管控|石油|雷同|范围|武断|毛坯|毛病|洪水|温度"
)
# Surnames that begin so many ordinary words that a bare name needs a post beside it.
_TOO_ORDINARY = frozenset("方马金文江史施成单包解华车房边万段易章")
_PREPOSITIONS = frozenset("向任时单")  # as in 向市长反映, 任局长期间
_ENDS = re.compile(r"[。！？!?；;\n]")


def accuses_named_person(text: str) -> bool:
    """Whether a text seems to accuse somebody by name, or by surname and post, of a wrong.

    A complaint about a unit, a service or bad manners is no accusation, nor is a post without a name or the person
    a letter is addressed to. A heuristic that errs both ways: the two officers put back what does not belong to them.
    """
    sentences = [part for part in _ENDS.split(_ADDRESSED.sub("，", text)) if part.strip()]
    return any(_accuses(sentences[at : at + 2]) for at in range(len(sentences)))


def _accuses(neighbours: list[str]) -> bool:
    if not _CUE.search("\n".join(neighbours)):
        return False
    return any(_is_person(match) for sentence in neighbours for match in _PERSON.finditer(sentence))


def _is_person(match: re.Match[str]) -> bool:
    kind = match.lastgroup or "bare"
    name = match[kind]
    if kind in {"surname", "some"}:
        return name not in _PREPOSITIONS
    return not (_ORDINARY.match(name) or _CUE.match(name)) and not (
        kind == "bare" and name[0] in _TOO_ORDINARY
    )
