"""What the example's sessions looked at, agreed on and what came of it. All of it is invented."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Agreed:
    """One suggestion: who takes it (``unit``; empty when nobody does), what came of it, and who had reservations."""

    text: str
    side: str = "residents"
    unit: str = ""
    co_unit: str = ""
    days: int = 20
    result: str = ""
    outcome: str = "done"
    late: int = 0
    reserved: int = 0
    reservation: str = ""
    refused: str = ""
    basis: str = ""
    waits: bool = False


@dataclass(frozen=True)
class Meeting:
    """One theme's research, session and agreement; heads are residents, departments, experts, members."""

    theme: str
    place: str
    looks: tuple[str, ...]
    heads: tuple[int, int, int, int]
    said: tuple[tuple[str, str], ...]
    agreed: tuple[Agreed, ...]
    solved: tuple[str, ...] = field(default=())


MEETINGS = {
    one.theme: one
    for one in (
        Meeting(
            "school_gate",
            "清河街道协商议事厅",
            (
                "放学前后在校门口数了三十分钟，来了一百八十多辆车，合规的车位只有十七个。",
                "走了学校周边四条步行路线，两条能避开主路。",
                "问了四十位家长，六成愿意走到路口再上车。",
            ),
            (12, 6, 2, 7),
            (
                ("residents", "最怕的是下雨天，伞一撑什么都看不见。"),
                ("departments", "校门两侧能划出三十多个限时车位。"),
                ("experts", "错开放学比加宽马路管用。"),
                ("members", "家长、学校、交警要一起约定，单靠哪一家都不行。"),
            ),
            (
                Agreed(
                    "校门两侧划限时停车位，写明能停多久。",
                    "residents",
                    "区城管局",
                    "区交警大队",
                    20,
                    "划了三十六个限时车位，立了告示牌。",
                    late=3,
                    basis="现场量过，不占消防通道。",
                ),
                Agreed(
                    "放学时段派人疏导，路口补标志和标线。",
                    "members",
                    "区交警大队",
                    "柳岸小学",
                    15,
                    "每天放学两人到岗，补了六块标志。",
                ),
                Agreed(
                    "几个年级错开放学，画出步行接送路线。",
                    "experts",
                    "柳岸小学",
                    "",
                    10,
                    "分三批放学，每批隔十分钟；步行路线图发到每个班。",
                ),
                Agreed(
                    "校门外的摊点挪到河边空地。",
                    "residents",
                    reserved=2,
                    reservation="担心老人买菜走远了",
                    refused="河边空地是行洪的地方，不能摆摊。",
                ),
            ),
            ("yes", "yes", "yes", "partly", "yes", "yes", "partly", "yes"),
        ),
        Meeting(
            "old_building",
            "石桥社区会议室",
            ("看了老楼和小广场：修缮完两年，门锁着，水电都通。", "查了档案：产权在区里，一直没有定谁来用。"),
            (10, 5, 1, 6),
            (
                ("residents", "给老人一间能坐下来的屋子就好。"),
                ("departments", "使用权可以交给社区，产权不变。"),
                ("members", "广场可以做成大家商量事的地方。"),
            ),
            (
                Agreed(
                    "把老楼一层和小广场的使用权交给社区。",
                    "members",
                    "区住建局",
                    "石桥社区居委会",
                    20,
                    "签了使用协议，使用权交给社区，为期十年。",
                ),
                Agreed(
                    "一层做活动室，小广场做协商广场。",
                    "residents",
                    "石桥社区居委会",
                    "清河街道办事处",
                    20,
                    "活动室开放了，广场摆上了桌椅。",
                ),
                Agreed(
                    "查一查区里还有没有同样闲着的老房子。",
                    "members",
                    "区文旅局",
                    "",
                    15,
                    "查了九处，三处闲置，已经列出清单。",
                ),
            ),
            ("yes", "yes", "yes", "yes", "partly"),
        ),
        Meeting(
            "bridge_lamp",
            "石桥桥头小院",
            ("晚上八点走了一遍，桥下四十米没有一盏灯。",),
            (8, 3, 0, 3),
            (("residents", "装两盏就够，别太刺眼。"), ("departments", "电源从桥头配电箱接，不用挖路。")),
            (
                Agreed(
                    "桥下装感应灯，积水的坑填平。",
                    "residents",
                    "区城管局",
                    "",
                    10,
                    "装了五盏感应灯，填了三处坑。",
                ),
            ),
            ("yes", "yes", "yes", "yes", "yes", "yes"),
        ),
        Meeting(
            "canteen",
            "桂园社区活动室",
            ("在食堂吃了三天，中午平均九十人，八成是七十岁以上的。", "访了十二户独居老人，七户晚上凑合吃。"),
            (11, 4, 1, 5),
            (
                ("residents", "晚饭简单点也行，热乎的就好。"),
                ("departments", "晚餐要补一个厨师的工钱。"),
                ("experts", "可以先试两个月看人数。"),
            ),
            (
                Agreed("食堂试开晚餐两个月。", "residents", "区民政局", "桂园街道办事处", 30, "", ""),
                Agreed("给走不动的老人送餐上门。", "members", "桂园街道办事处", "", 25, "", ""),
            ),
        ),
        Meeting(
            "charging",
            "柳岸里小区凉亭",
            ("数了一遍，四百多辆电动车，充电口六个。", "看了三处能装充电棚的空地。"),
            (14, 4, 1, 4),
            (
                ("residents", "我们也知道危险，可是没处充。"),
                ("departments", "空地够装六十个口，供电要增容。"),
            ),
            (
                Agreed("在三处空地装充电棚。", "departments", "区住建局", "桂园物业公司", 30, "", ""),
                Agreed("楼前划出电动车临时停放区。", "residents", "区城管局", "", 30, waits=True),
                Agreed("桥头到小区门口补三盏路灯。", "members", "区城管局", "", 35),
                Agreed("给小区增容供电。", "departments", "清河供电公司", "", 30, "", ""),
            ),
        ),
        Meeting(
            "parking",
            "桂园小区广场",
            ("夜里十点数车：通道上停了三十一辆。",),
            (13, 3, 0, 3),
            (("residents", "单位的车位晚上空着，能不能借我们停。"),),
            (
                Agreed("旁边单位的车位夜里错时共享。", "residents", "桂园街道办事处"),
                Agreed("消防通道装隔离桩。", "departments", "区住建局"),
            ),
        ),
        Meeting(
            "drain",
            "石桥三巷口",
            ("下雨天去看了，水没过脚面，管子只有二十公分。",),
            (9, 2, 1, 2),
            (("residents", "通一次管两天，根子是管子细。"), ("experts", "先清淤，再看要不要换管。")),
            (Agreed("先清淤，雨季前换大管。", "experts", "区水利局"),),
        ),
        Meeting(
            "square_noise",
            "滨河健身广场",
            ("三个晚上各量了一次，九点半还有七十多分贝。",),
            (0, 0, 0, 0),
            (),
            (),
        ),
        Meeting("muck_truck", "滨河社区居委会", (), (0, 0, 0, 0), (), ()),
        Meeting("lift", "桂园一期4号楼门厅", (), (0, 0, 0, 0), (), ()),
    )
}
