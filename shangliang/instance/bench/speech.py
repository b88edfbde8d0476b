"""Ways of saying things made up for measuring: what people say of one kind of trouble seldom sounds alike.

`texts` gives each kind three sentences, enough for finding what lies beside a text. Where a million texts are sorted into
matters such sentences would tie together all that speak of a kind, so here each is put together from what is wrong, how
it is, since when, what follows and what is asked for: some hundred thousand ways for each kind.
"""

import random

WRONG = (
    ("路灯", "照明", "灯光", "路灯杆", "夜里的灯"), ("井盖", "下水道盖子", "窨井", "排水口", "雨水口"),
    ("交通", "路口", "车辆通行", "上下学的路", "早晚高峰"), ("垃圾", "垃圾桶", "环境卫生", "生活垃圾", "垃圾点"),
    ("噪音", "夜间施工", "音响声", "半夜的声音", "机器声"), ("自来水", "供水", "水压", "用水", "水管"),
    ("电动车", "充电", "电瓶车停放", "电动车充电桩", "楼道里的电动车"), ("停车", "车位", "乱停车", "人行道上的车", "消防通道"),
    ("积水", "排水", "下雨天的水", "管道", "下水"), ("油烟", "餐饮店排烟", "烧烤摊", "排烟管", "烟味"),
    ("绿化", "树木", "草坪", "树枝", "花坛"), ("电梯", "电梯维修", "上下楼", "电梯质量", "老旧电梯"),
    ("公交", "公交车班次", "公交站", "公交线路", "末班车"),
    ("老人吃饭", "养老服务", "食堂", "送餐", "老人照料"),
    ("路面", "道路", "修路", "路面质量", "人行道砖"), ("养狗", "狗", "流浪狗", "狗粪", "遛狗"),
    ("暖气", "供暖", "室内温度", "暖气费", "热力管道"), ("高空抛物", "楼上扔东西", "抛物", "楼上倒水", "坠物"),
    ("违章建筑", "违建", "私自搭建", "楼顶搭建", "改变房屋结构"), ("健身器材", "活动设施", "儿童设施", "健身广场设施", "公共器材"),
    ("占道经营", "摊贩", "流动摊点", "早市", "马路市场"), ("红绿灯", "信号灯", "过马路", "斑马线", "绿灯时间"),
)  # fmt: skip
HOW = (
    "问题很严重", "一直没有人管", "越来越差", "完全不行", "存在安全隐患", "三天两头出问题", "严重影响生活", "管理混乱", "没有解决",
    "多次反映没有结果", "让人没法忍受", "设置不合理", "早就该整改", "损坏严重", "无人维护", "情况特别差", "比以前更差", "实在太差了",
)  # fmt: skip
SINCE = (
    "从去年开始", "最近几个月", "这段时间", "每天晚上", "每到周末", "半年多来", "入住以后", "一年多了", "节假日期间", "早上六点左右", "晚上十点以后",
    "前几天", "今年以来", "长期以来", "下班时间", "",
)  # fmt: skip
FOLLOWS = (
    "居民出行很不方便", "老人小孩不安全", "业主意见很大", "孩子晚上睡不好", "大家都不敢走那里", "严重影响正常生活", "已经有人受伤", "邻居之间有矛盾",
    "家里没法开窗",
    "周边居民苦不堪言", "上班经常迟到", "给大家带来很大困扰", "身体受不了", "小区形象变差", "影响孩子学习", "",
)  # fmt: skip
ASKED = (
    "希望有关部门尽快处理", "请领导关注", "请问什么时候能解决", "希望给个答复", "请相关部门现场查看", "恳请政府协调解决", "盼回复",
    "请问归哪个部门管", "请安排人员处理", "望重视", "希望能够落实", "谢谢", "请给一个明确的时间", "",
)  # fmt: skip


def said_of(chance: random.Random, kind: int) -> str:
    """Return what somebody says of a kind of trouble (an index into `texts.TROUBLES`), without where it is."""
    parts = (
        chance.choice(SINCE) + chance.choice(WRONG[kind]) + chance.choice(HOW),
        chance.choice(FOLLOWS),
        chance.choice(HOW),
        chance.choice(ASKED),
    )
    told = [one for one in parts if one]
    return "，".join(told[: chance.choice((2, 3, 4))]) + "。"
