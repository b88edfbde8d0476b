"""The doors: danger, accusation, classification marking. All sentences and names are invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shangliang.analysis.doors import accuses_named_person, classification_marking, danger_in

ACCUSES = """
举报村支书李大勇贪污征地补偿款
王主任收了施工队的红包，路才修成这样
我要实名举报赵国强利用职权为亲戚安排低保
张科长索要好处费五千元才给办证
荷塘村会计孙小梅挪用集体资金
陈某多次骗取老人养老钱，没有人管
被举报人：周建军，涉嫌受贿
副镇长何志远和开发商勾结，强占我们的地
刘队长带人殴打卖菜的老人
检举梧桐小学校长吴丽华私吞课后费
控告民警马超滥用职权
东溪村村主任郑大海虚报面积套取补贴
工程的钱被村长罗来福装进自己口袋
李某某包庇无证砂场，群众敢怒不敢言
请查一查胡局长是不是吃拿卡要
教练田壮猥亵学员，请公安介入
这个所长叫钱有才，长期收受烟酒回扣
杨会计做假账，账本从来不公开
林某某敲诈勒索商户
村支书黄大山优亲厚友，低保都给了自家人
徐老师体罚学生。孩子不敢上学
欧阳主任收受礼金，大家都知道
我举报：许志明侵占集体山林
高书记拉票贿选，选举不算数
董事长冯万里卷款，涉嫌诈骗
谢站长截留救灾物资
曹组长伪造签名领走了青苗费
韩医生收红包，不给不做手术
村干部姚宝贵公款吃喝
唐某打击报复反映问题的住户
"""
NO_ACCUSATION = """
李主任的服务态度不好，问了三次都不理
王医生让我们等了四个小时
物业公司乱收停车费
举报工地夜间施工扰民
举报河边有人偷倒垃圾
建议加强对基层贪污问题的监督
希望公布征地补偿款的使用情况，防止挪用
尊敬的陈书记：我们小区物业侵占公共用地做停车场
请问张市长，什么时候查处骗取补贴的企业
刘书记您好，楼下麻将馆赌博扰民
烟酒店涉嫌诈骗老年人，请查处
开发商虚报面积，业主多交了钱
王老师教得很好，请不要调走
赵家巷的路灯坏了
我姓周，住在青禾路，水管漏水
社区李书记帮我们修好了楼梯，谢谢
谢谢何警官找回了我的电动车
居委会不公开账目
村里的低保评定不公开
教育局对补课机构监管不到位
学校门口有人收保护费
反腐败宣传栏坏了，玻璃碎在地上
马路上有人赌博
公交司机态度恶劣
高速路口收费站乱收费
城管执法太粗暴，打翻了菜摊
电动车诈骗电话太多，请治理
希望黄河路早点通车
市场管理方强行索要摊位费
方主任承诺三月修路，到现在没动
孙大爷家门口积水
医院挂号黄牛勾结号贩子
包工头拖欠工资
公司老板涉嫌诈骗，押金不退
公安民警包庇赌场的传言请澄清
村委会违纪问题已经处理了吗
安全管理混乱，任何人都能进小区
"""


def lines(block):
    return [line for line in block.strip().splitlines() if line]


def test_there_are_enough_labelled_sentences():
    assert len(lines(ACCUSES)) + len(lines(NO_ACCUSATION)) >= 60


@pytest.mark.parametrize("sentence", lines(ACCUSES))
def test_an_accusation_by_name_goes_to_the_locked_queue(sentence):
    assert accuses_named_person(sentence)


@pytest.mark.parametrize("sentence", lines(NO_ACCUSATION))
def test_a_complaint_is_no_accusation(sentence):
    assert not accuses_named_person(sentence)


def test_name_and_wrong_in_neighbouring_sentences_belong_together():
    assert accuses_named_person("这件事是李大勇主任经手的。他贪污了补偿款。")
    assert not accuses_named_person("李大勇主任来过。路修好了。灯也亮了。隔壁公司有人贪污。")


@pytest.mark.parametrize(
    ("text", "kind", "numbers"),
    [
        ("楼道里起火了，浓烟很大", "fire", {"119"}),
        ("闻到天然气的味道，可能漏了", "gas", {"119", "12345"}),
        ("有人拿刀在门口打人", "violence", {"110"}),
        ("老人摔倒昏迷了", "injury", {"120"}),
        ("我真的不想活了", "self_harm", {"110", "120", "12356"}),
        ("再不解决我就从楼上跳楼", "self_harm", {"12356"}),
        ("路口水管爆了，水漫到一楼", "public_works", {"12345"}),
        ("丈夫家暴，我受伤了", "violence", {"110", "120"}),
    ],
)
def test_danger_words_show_whom_to_call(text, kind, numbers):
    danger = danger_in(text)
    assert danger is not None and kind in danger.kinds and numbers <= set(danger.numbers)


@pytest.mark.parametrize(
    "text",
    [
        "路灯坏了",
        "消防通道被占，有火灾隐患",
        "楼下店铺挂着跳楼价的横幅",
        "火锅店油烟大",
        "红火蚂蚁多",
        "味道很好",
    ],
)
def test_ordinary_words_are_no_danger(text):
    assert danger_in(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "绝密★",
        "机密★1年",
        "关于某事的通知\n秘密★6个月\n各单位：",
        "秘密 ★ 长期",
        "机  密",
        "机密 1年",
        "【内部文件】",
        "内部资料，注意保存",
        "内部资料 注意保存\n一、会议要求",
        "内部文件　严禁外传",
        "000123\n机密★1年\n特急",
        "000123 机密★1年 特急",
        "机密 特急",
        "密级：秘密",
        "（内部资料）",
        "内 部 资 料",
        "说明如下，机密★三年，请查收",
    ],
)
def test_a_marking_is_found(text):
    assert classification_marking(text)


@pytest.mark.parametrize(
    "text",
    [
        "物业说这是商业机密，不给看账本",
        "这是公开的秘密",
        "校长念了一份内部文件，说要收费",
        "小区内部道路坏了",
        "公司的内部资料被人拿走了，请帮忙",
        "秘密举报有没有奖励",
        "内部文件为什么不公开？",
        "保守秘密是应该的",
        "评分★★★",
        "",
    ],
)
def test_the_words_in_a_sentence_are_no_marking(text):
    assert classification_marking(text) is None


@given(st.text(max_size=300))
def test_no_text_breaks_the_doors(text):
    assert accuses_named_person(text) in (True, False)
    danger_in(text), classification_marking(text)
