"""The example's scheme of kinds, its owner tables of two years, and the kinds its clerk gives to matters. All invented."""

from collections.abc import Iterator
from datetime import date, datetime

from shangliang.foundation import clock
from shangliang.foundation.viewer import Viewer
from shangliang.instance.example.clockwork import Strand, later
from shangliang.instance.example.fates import FATES
from shangliang.instance.example.speaking import Told
from shangliang.reports.actions.sorting import sort_matter
from shangliang.sorting import actions
from shangliang.sorting.models import Category, OwnerRow, OwnerTable
from shangliang.sorting.queries import category_at, issue_from, row_for

SCHEME: dict[str, dict[str, tuple[str, ...]]] = {
    "交通出行": {
        "停车秩序": ("小区里停车", "路边停车"),
        "道路路口": ("校门口拥堵", "过街斑马线", "渣土车过路"),
        "公交出行": ("公交站亭", "公交班次"),
    },
    "房屋小区": {
        "老旧房屋": ("墙体安全", "空置老楼"),
        "加装设施": ("加装电梯", "充电设施"),
        "供水供电": ("水压不足", "停电"),
    },
    "环境卫生": {
        "垃圾清运": ("垃圾点位", "清运时间"),
        "水体气味": ("河沟发臭", "污水外冒"),
        "噪声": ("广场音响", "夜间施工"),
    },
    "城市管理": {
        "照明绿化": ("路灯不亮", "行道树修剪"),
        "排水积水": ("雨天积水", "井盖松动"),
        "占道养犬": ("早市占道", "遛狗不牵绳"),
    },
    "公共服务": {
        "养老助残": ("老人食堂", "无障碍坡道"),
        "文体活动": ("健身器材", "图书角"),
        "便民办事": ("窗口时间", "证明开具"),
    },
}
KIND_OF = {
    "school_gate": "交通出行 / 道路路口 / 校门口拥堵",
    "old_building": "房屋小区 / 老旧房屋 / 空置老楼",
    "bridge_lamp": "城市管理 / 照明绿化 / 路灯不亮",
    "canteen": "公共服务 / 养老助残 / 老人食堂",
    "charging": "房屋小区 / 加装设施 / 充电设施",
    "parking": "交通出行 / 停车秩序 / 小区里停车",
    "drain": "城市管理 / 排水积水 / 雨天积水",
    "square_noise": "环境卫生 / 噪声 / 广场音响",
    "muck_truck": "交通出行 / 道路路口 / 渣土车过路",
    "lift": "房屋小区 / 加装设施 / 加装电梯",
    "ramp": "公共服务 / 养老助残 / 无障碍坡道",
    "bus_stop": "交通出行 / 公交出行 / 公交站亭",
    "rubbish": "环境卫生 / 垃圾清运 / 垃圾点位",
    "stalls": "城市管理 / 占道养犬 / 早市占道",
    "trees": "城市管理 / 照明绿化 / 行道树修剪",
    "dog": "城市管理 / 占道养犬 / 遛狗不牵绳",
    "crossing": "交通出行 / 道路路口 / 过街斑马线",
    "river_smell": "环境卫生 / 水体气味 / 河沟发臭",
    "fitness": "公共服务 / 文体活动 / 健身器材",
    "wall": "房屋小区 / 老旧房屋 / 墙体安全",
}  # two matters wait for the clerk to say what kind they are
OWNERS = (  # who answers for what, and where if not everywhere; some kinds belong to nobody
    ("交通出行", "", "区交警大队"),
    ("交通出行 / 停车秩序 / 小区里停车", "", "区住建局"),
    ("交通出行 / 停车秩序 / 小区里停车", "桂园街道", "桂园街道办事处"),
    ("房屋小区", "", "区住建局"),
    ("房屋小区 / 供水供电 / 停电", "", "清河供电公司"),
    ("房屋小区 / 老旧房屋 / 空置老楼", "清河街道", "清河街道办事处"),
    ("环境卫生", "", "区城管局"),
    ("环境卫生 / 水体气味", "", "区水利局"),
    ("环境卫生 / 噪声", "清河街道", "清河街道办事处"),
    ("环境卫生 / 噪声", "桂园街道", "桂园街道办事处"),
    ("城市管理 / 照明绿化", "", "区城管局"),
    ("城市管理 / 排水积水", "", "区水利局"),
    ("城市管理 / 占道养犬 / 早市占道", "", "区城管局"),
    ("公共服务 / 养老助残", "", "区民政局"),
    ("公共服务 / 文体活动 / 图书角", "", "区文旅局"),
    ("公共服务 / 文体活动 / 健身器材", "桂园街道", "区文旅局"),
)
CHANGED = ("城市管理 / 排水积水", "区城管局", "排水管养今年划给城管局")
CHANGED_DAYS_AGO = 40


def set_up_sorting(told: Told, at: datetime) -> None:
    """Take in the scheme, issue the table of last year, and this year's as its copy."""
    committee, leader = told.cast.committee, told.cast.viewers["leader"]
    names = [
        (one, two, three) for one, below in SCHEME.items() for two, more in below.items() for three in more
    ]
    actions.import_scheme(committee=committee, names=names, by=told.cast.viewers["clerk"], at=at)
    first, second = issue_days(told.today)
    old = _issue(told, first, None, at)
    for kind, area, unit in OWNERS:
        actions.add_owner(
            old, category=_kind(leader, kind), area=told.cast.areas.get(area), unit=told.cast.units[unit],
            from_on=first, because="年初印发", by=leader, at=at,
        )  # fmt: skip
    _issue(told, second, old, at)


def _issue(told: Told, day: date, copy_from: OwnerTable | None, at: datetime) -> OwnerTable:
    return actions.issue_table(
        committee=told.cast.committee,
        year=day.year,
        title=f"云川区民生事项主责单位表（{day.year}年）",
        source=f"云府办〔{day.year}〕3号",
        from_on=day,
        copy_from=copy_from,
        by=told.cast.viewers["leader"],
        at=at,
    )


def issue_days(today: date) -> tuple[date, date]:
    """Return the days the two issues began: in January of the last two years that were under way long enough."""
    year = today.year if (today - date(today.year, 1, 8)).days > CHANGED_DAYS_AGO + 10 else today.year - 1
    return date(year - 1, 1, 10), date(year, 1, 8)


def sorted_out(told: Told) -> Iterator[Strand]:
    """Yield the strands: the clerk gives most matters a kind, and one row of the table changes within its year."""
    yield _change(told)
    for fate in FATES:
        if fate.theme in KIND_OF:
            yield _sort(told, fate.theme, later(told.day(fate.began - 2, 10), 1, 11))


def _sort(told: Told, theme: str, at: datetime) -> Strand:
    yield at
    clerk = told.cast.viewers["clerk"]
    sort_matter(told.matters[theme], _kind(clerk, KIND_OF[theme]), by=clerk, at=at)


def _change(told: Told) -> Strand:
    at = told.day(CHANGED_DAYS_AGO, 15)
    yield at
    kind, unit, because = CHANGED
    leader = told.cast.viewers["leader"]
    actions.change_owner(
        _row(leader, kind, issue_days(told.today)[1]),
        unit=told.cast.units[unit],
        from_on=clock.day_of(at),
        because=because,
        by=leader,
        at=at,
    )


def _kind(viewer: Viewer, path: str) -> Category:
    found = category_at(viewer, path)
    assert found, path
    return found


def _row(viewer: Viewer, path: str, day: date) -> OwnerRow:
    table = issue_from(viewer, day)
    found = row_for(viewer, table, _kind(viewer, path), None) if table else None
    assert found, path
    return found
