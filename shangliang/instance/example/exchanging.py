"""What the example exchanges with other systems: sheets handed over and what came back, a file taken in, copied chats."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from shangliang.exchange import actions as exchange
from shangliang.exchange.models import OtherSystem, Transfer
from shangliang.instance.example.clockwork import Strand, later, moment
from shangliang.instance.example.speaking import Told
from shangliang.reports import actions as reports
from shangliang.reports.models import Report

COLUMNS = (
    ("诉求编号", "code", ""),
    ("诉求内容", "words", ""),
    ("地点", "place", ""),
    ("转来日期", "handed_on", ""),
    ("要求答复日期", "answer_by", ""),
    ("来源", "fixed", "政协转办"),
)
HOTLINE, PETITIONS = "12345 热线", "信访"
SYSTEMS = ((HOTLINE, "xlsx", "RX##########", 5), (PETITIONS, "print", "", 15))
TOLD = "这件事归那边派人办，已经替您转过去了。有回音，就写在这一页上。"
PASSED_ON = {  # by what comes of it: where, the words, to whom
    "answered": ("石桥社区", "石桥街口的井盖翘起来了，车压着咣当响。", HOTLINE),
    "numbered": ("桂园社区", "桂园二期的电梯今天又停了。", HOTLINE),
    "returned": ("滨河社区", "滨河路口有人乱贴小广告，撕了又贴。", HOTLINE),
    "overdue": ("柳岸社区", "柳岸路自来水停了又来，来了又停，没人通知。", HOTLINE),
    "with_them": ("桂园社区", "老厂宿舍的产权证一直没办下来，问了好几年。", PETITIONS),
    "drafted": ("石桥社区", "石桥街的公厕晚上锁门，摆摊的没处去。", HOTLINE),
    "taken_back": ("滨河社区", "早市收摊以后水龙头一直开着，流了一地。", HOTLINE),
}
NUMBERS = ("RX2610230118", "RX2611190032")
ANSWER = "市政所当天换了新井盖，四周用水泥封好了。"
REFUSED = "小广告归街道的城管中队清理，不归热线派单。"
CALLED = "小广告归街道城管中队清。我们打过电话，他们答应这个星期来清，每个月再看一回。"
TABLE = (
    "编号,反映人,标题,时间,内容\n"
    "D-101,甲,路边停车,{0}T09:30:00+08:00,桂园菜场门口路边停车停成两排，推车过不去。\n"
    "D-102,乙,河边照明,{0}T19:05:00+08:00,滨河步道北段天一黑什么都看不见。\n"
    "D-103,甲,菜场卫生,{0}T10:20:00+08:00,桂园菜场后门的烂菜叶没人扫。\n"
    "D-104,丙,没写时间,前几天,柳岸里的快递柜占了楼道口。\n"
)
NEW_TABLE = "编号,反映人,标题,时间,内容\nD-131,丁,站牌看不清,{0}T08:10:00+08:00,滨河路站牌上的字晒没了。\n"
CHAT = ("楼下的充电桩又坏了一个，谁去说一声", "河边晚上的音响，这两天好像又响起来了")
SENT = len(PASSED_ON) + 3  # the rows of the table that can be read


@dataclass
class PassedOn:
    """What was passed on so far: the systems by name, the transfers by what comes of them."""

    systems: dict[str, OtherSystem] = field(default_factory=dict)
    transfers: dict[str, Transfer] = field(default_factory=dict)


def describe_systems(told: Told, at: datetime) -> PassedOn:
    """Say where the example hands reports to, with the columns of those systems' own sheets."""
    made = PassedOn()
    for name, kind, number_format, days in SYSTEMS:
        made.systems[name] = exchange.describe_system(
            None,
            committee=told.cast.committee,
            name=name,
            sheet_kind=kind,
            columns=COLUMNS,
            number_format=number_format,
            answer_days=days,
            by=told.cast.viewers["leader"],
            at=at,
        )
    return made


def exchanged(told: Told, made: PassedOn) -> list[Strand]:
    """Return the strands of everything that goes to other systems and comes from them."""
    return [
        _first_sheet(told, made),
        _numbered(told, made),
        _late_sheet(told, made),
        _sheet(told, made, 8, "with_them"),
        _passed_on(told, made, 4, "drafted"),
        _taken_back(told, made),
        _table(told),
        _chat(told),
    ]


def _passed_on(told: Told, made: PassedOn, days: int, *keys: str) -> Strand:
    """People speak of what is another system's to do; a day later the clerk refers it there."""
    at, sent = told.day(days, 9, 30), dict[str, Report]()
    yield at
    for key in keys:
        area, words, _system = PASSED_ON[key]
        sent[key] = told.send(area, words, at)
    at = later(at, 1, 11)
    yield at
    for key in keys:
        system, clerk = made.systems[PASSED_ON[key][2]], told.cast.viewers["clerk"]
        made.transfers[key] = exchange.refer_out(sent[key], system=system, words=TOLD, by=clerk, at=at)


def _sheet(told: Told, made: PassedOn, days: int, *keys: str) -> Strand:
    """What was referred goes over on one sheet the day after, its words looked at."""
    yield from _passed_on(told, made, days, *keys)
    transfers, clerk = [made.transfers[key] for key in keys], told.cast.viewers["clerk"]
    at = later(transfers[0].made_at, 1, 10)
    yield at
    sheet = exchange.make_sheet(transfers[0].system, [one.report for one in transfers], by=clerk, at=at)
    for one in transfers:
        exchange.confirm_words(one, words=one.words, place=one.place, by=clerk, at=at)
    exchange.hand_sheet_over(sheet, on=at.date(), by=clerk, at=at)


def _first_sheet(told: Told, made: PassedOn) -> Strand:
    """Two on one sheet: one is answered; one comes back, and the clerk answers it after a telephone call."""
    yield from _sheet(told, made, 34, "answered", "returned")
    clerk, transfers = told.cast.viewers["clerk"], made.transfers
    at = later(transfers["answered"].made_at, 3, 15)
    yield at
    exchange.record_number(transfers["answered"], number=NUMBERS[0], by=clerk, at=at)
    exchange.take_return(transfers["returned"], because=REFUSED, by=clerk, at=at)
    at = later(at, 1, 15)
    yield at
    exchange.take_answer(transfers["answered"], answer=ANSWER, on=at.date(), by=clerk, at=at)
    reports.answer(Report.unscoped.get(pk=transfers["returned"].report_id), words=CALLED, by=clerk, at=at)


def _numbered(told: Told, made: PassedOn) -> Strand:
    """One that the other system has given its number, in time still."""
    yield from _sheet(told, made, 7, "numbered")
    transfer = made.transfers["numbered"]
    at = later(transfer.made_at, 2, 15)
    yield at
    exchange.record_number(transfer, number=NUMBERS[1], by=told.cast.viewers["clerk"], at=at)


def _late_sheet(told: Told, made: PassedOn) -> Strand:
    """One that is not answered in its days; the clerk has reminded them once."""
    yield from _sheet(told, made, 26, "overdue")
    at, clerk = told.day(2, 16), told.cast.viewers["clerk"]
    yield at
    exchange.nudge(made.transfers["overdue"], how="打了承办窗口的电话", by=clerk, at=at)


def _taken_back(told: Told, made: PassedOn) -> Strand:
    yield from _passed_on(told, made, 8, "taken_back")
    transfer = made.transfers["taken_back"]
    at = later(transfer.made_at, 1, 9)
    yield at
    exchange.take_back(transfer, by=told.cast.viewers["clerk"], at=at)


def _table(told: Told) -> Strand:
    """A file of the hotline is taken in, its columns kept for the next; that one waits to be looked at."""
    clerk, committee = told.cast.viewers["clerk"], told.cast.committee
    at = told.day(4, 14)
    yield at
    table = TABLE.format((at - timedelta(days=3)).date()).encode()
    run = exchange.hold_file(table, committee=committee, source="12345 上月导出", by=clerk, at=at)
    run = exchange.choose_columns(
        run, columns=run.columns, date_format="", sheet="", save_as="12345 导出", by=clerk, at=at
    )
    exchange.import_next(exchange.begin_import(run, by=clerk, at=at), by=clerk, at=at)
    at = moment(told.today, 7, 30)
    yield at
    table = NEW_TABLE.format((at - timedelta(days=3)).date()).encode()
    exchange.hold_file(table, committee=committee, source="12345 本月导出", by=clerk, at=at)


def _chat(told: Told) -> Strand:
    at = told.day(1, 20)
    yield at
    lines = [(text, at.date()) for text in CHAT]
    clerk = told.cast.viewers["clerk"]
    exchange.keep_drafts(lines, committee=told.cast.committee, source="柳岸里业主群", by=clerk, at=at)
