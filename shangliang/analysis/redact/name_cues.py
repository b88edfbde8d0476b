"""The cues by which people name somebody, and what may stand between a cue and a name."""

import re

from shangliang.analysis.redact.signs import FAR_SYLLABLES, NEVER, SURNAMES
from shangliang.analysis.redact.spans import HAN

_TITLES = (
    "先生|女士|小姐|太太|夫人|老师(?!傅)|师傅|师父|大爷|大妈|大娘|大婶|大姐|大哥|大叔|大伯|阿姨|叔叔|伯伯|伯母|爷爷|奶奶|婆婆|爹爹|娭毑|嫂子?|医生|大夫|护士|"
    "经理|老板娘?|律师|教练|同志|同学|总经理|女儿|儿子|主任|主管|队长|组长|站长|校长|院长|所长|科长|处长|局长|村长|书记|会计|警官|法官|司机|管家|姐|哥|叔|婶|姨|嫂|总"
)
TITLE = re.compile(_TITLES)
SHORT_TITLES = frozenset("姐哥叔婶姨嫂总")
TITLE_GOES_ON = re.compile(
    rf"(?:们|傅|[{HAN}]{{0,4}}?(?:店|馆|铺|粉|面馆|烤|堂|坊|牌|超市|餐|火锅|米线|博物))"
)
POSTS = frozenset("主任 书记 局长 处长 科长 所长 院长 校长".split())
GREETING = re.compile(r"[，,：:\s]*[您你]好")
# After these and a colon, blank or 叫 stands a name; what follows is taken unless it is plainly a word.
STRONG = re.compile(
    r"(?:(?:我|名字?|人|孩子|儿子|女儿|父亲|母亲|房东|老板|邻居|妻子|丈夫|老人|女孩|男孩|小孩|他|她)(?:的名字)?(?:就?叫做?|名叫)|名字[是叫]|名叫|姓名"
    r"|联系人|联络人|反映人|投诉人|申请人|举报人|来信人|当事人|经办人|负责人|承包人|收款人|收件人|户主|户名|署名|签名|落款|代理人|法定代表人|法人代表?|受害人|监护人|委托人|家属|写信人|求助人"
    r"|诉求人|信访人|报料人|本人)\s?(?:姓名|是|为|叫)?\s?[:：]?\s?[\"“(（]?"
)
COLON_NAME = re.compile(
    rf"(?:姓名|联系人|反映人|投诉人|申请人|收款人|收件人|户主|户名|署名|签名|来信人|举报人)\s?[:：]\s?(?P<it>[{HAN}]{{2,4}})(?=[\s，。、,;；()（）0-9]|$)"
)
NO_ANSWER = frozenset(
    "不详 保密 匿名 未知 暂无 同上 待定 不便 不愿 没有 本人 业主 居民 村民 群众 略 不便透露 热心群众 全体业主".split()
)
WEAK = re.compile(
    r"(?:业主|居民|村民|邻居|住户|租户|租客|房客|用户|患者|病人|老人|学生|同学|员工|工人|农民工|司机|车主|店主|老板娘?|房东|包工头|管家|保安|门卫|医生|护士|老师|班主任|校长"
    r"|教练|律师|队长|组长|主任|书记|经理|楼长|网格员|民警|法官|会计|局长|处长|科长|所长|院长|站长|厂长|村长|支书|队员|委员|代表|同事|朋友|亲戚|[找叫]|我是|他是|她是|叫做|儿子|女儿"
    r"|孩子|老公|老婆|丈夫|妻子|父亲|母亲|我?爸爸?|我?妈妈?|我爷爷|我奶奶|我哥|我姐|我弟|我妹|家长|家属|员|楼[上下]的|隔壁的?|对门的?|联系我|作者|孙子|孙女|外孙女?|小孩|敬礼[!！。]?)\s?[:：]?\s?"
)
_DOT = "[·•.・‧]"
HAN_DOT_HAN = re.compile(f"[{HAN}]{_DOT}[{HAN}]")
_PART_OF_FAR = (
    rf"[{HAN}]{{2,5}}?(?=[^{HAN}]|$|[{''.join(sorted(NEVER))}]|今年|现年|今|"
    r"先生|女士|同志|老师|师傅|大爷|阿姨|一家|一直|反映|电话|家里|家住|年)"
)
FAR = re.compile(rf"(?:{STRONG.pattern}|{WEAK.pattern})(?P<it>[{HAN}]{{2,6}}(?:{_DOT}{_PART_OF_FAR}){{1,2}})")
SYLLABLES = re.compile(rf"(?P<it>(?:{'|'.join(FAR_SYLLABLES)}){{2,4}})")
FAR_SURE = re.compile(rf"(?P<it>(?:{'|'.join(FAR_SYLLABLES)})[{HAN}]{{0,3}}{_DOT}{_PART_OF_FAR})")
_ANY_SURNAME = "".join(sorted(SURNAMES))
SAID_SURNAME = re.compile(
    rf"(?<=姓)[{_ANY_SURNAME}](?=的|[，。、,!！?？；;：:\s]|男|女|$)|[{_ANY_SURNAME}](?=姓(?!名|氏|[:：]))"
)
SIGNED = re.compile("敬上|谨上|叩上|呈上|拜上|亲笔")
A_PLACE = re.compile("小区|花园|社区|村|路|街|镇|大厦|家园|山庄|园小区")
TO_A_TEACHER = re.compile(
    "反映|说|请|问|提|要|讨|借|打|了解|咨询|申请|汇报|投诉|求|道|学|报|解释|介绍|承诺|索|推|发|交|收|告|表|透|举|寻"
)
SEX = re.compile(r"\s?[，,、(（]\s?[男女](?![{HAN}])|\s?[，,、(（]\s?[男女][，,、）)。生]")
GAP = frozenset(" ，,、:：(（/；;\t")
GOES_ON = frozenset(
    (
        "今年 明年 去年 前年 现年 多次 电话 手机 家住 家里 家在 在家 住在 先生 女士 老师 师傅 身份 反映 来电 表示 要求 一直 已经 曾经 "
        "因为 同志 同学 有关 联系 经常 天天 每天 常年 年龄 微信 其中 大爷 阿姨 先后 再次 两次 三次 长期 半夜 昨天 前天 说过 答应 不肯 "
        "不让 拒绝 老是 总是 自己 夫妇 夫妻 一家 家的 家也 都是 开始 于是 身为 中午 下午 上午 晚上 早上 白天 书记 主任 校长 经理 医生 "
        "平时 希望 请求 恳请 特此 来信 敬上 谢谢 和我 和他 年初 年底 月底 生于 出生 承诺 收了 带人 带着 利用 强行 非法 私自 违规 公开"
    ).split()
)
