"""From nothing to an office: the first page and the five screens, with and without an example."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from config.setup_code import setup_code
from shangliang.people import queries
from shangliang.people.models import Appointment, Committee, Organisation, Person
from shangliang.people.tests.factories import district

pytestmark = pytest.mark.django_db
GOOD = "qinghe-liuan-2026"
SCREENS = ("start_places", "start_people", "start_work")


def filled(**changed):
    said = {"code": setup_code(), "name": "临川区政协", "short_name": "临川区", "level": "district", "prefix": "lc", "slug": "",
            "local_name": "有事好商量", "person": "孟小满", "login": "", "password": GOOD, "again": GOOD}  # fmt: skip
    return {**said, **changed}


def words(response):
    return response.content.decode()


def an_example(complete=True):
    place = district("example", "EX", "示例区政协")
    Committee.unscoped.filter(pk=place.committee.pk).update(is_example=True, is_complete=complete)
    return place


@pytest.fixture
def started(client):
    client.post("/start/", filled())
    return client


def test_the_setup_code_is_eight_symbols_without_look_alikes_and_stays():
    code = setup_code()
    assert re.fullmatch(r"[2-9A-HJ-NP-Z]{8}", code) and setup_code() == code
    kept = settings.SECRETS / "setup_code"
    assert kept.stat().st_mode & 0o077 == 0 and code not in kept.read_text()


def test_an_empty_instance_offers_two_doors(client):
    page = words(client.get("/"))
    assert "看看示例" in page and "建我们自己的办公室" in page and 'href="/start/"' in page
    assert "没有装示例" in page


def test_the_first_door_names_the_example_and_its_accounts(client):
    an_example()
    page = words(client.get("/"))
    assert 'href="/example/"' in page and "?as=example-clerk" in page and "shangliang-example" in page
    assert "还在装" not in page
    assert "密码都是" in words(client.get("/sign-in/?as=example-clerk"))


def test_an_example_still_being_loaded_says_so(client):
    an_example(complete=False)
    assert "示例还在装" in words(client.get("/"))


def test_a_real_office_ends_the_two_doors(client):
    district()
    assert client.get("/")["Location"] == "/yunchuan/"
    an_example()
    page = words(client.get("/"))
    assert "两屏" not in page and 'href="/yunchuan/"' in page and 'href="/example/"' in page
    assert page.index("/yunchuan/") < page.index('href="/example/"')


def test_no_example_account_is_named_where_there_is_no_example(client):
    district()
    assert "密码都是" not in words(client.get("/sign-in/"))


@pytest.mark.parametrize("code", ["", "AAAAAAAA", "看不懂", "A" * 300])
def test_without_the_setup_code_no_office_begins_and_what_was_typed_stays(client, code):
    page = words(client.post("/start/", filled(code=code)))
    assert "还差一点，您填的都还在" in page and 'value="临川区政协"' in page
    assert GOOD not in page
    assert not Committee.unscoped.exists()


def test_the_code_may_be_typed_with_small_letters_and_gaps(client):
    code = setup_code().lower()
    assert client.post("/start/", filled(code=f"{code[:4]} {code[4:]}")).status_code == 302


def test_the_first_screen_makes_the_office_and_signs_its_leader_in(client):
    response = client.post("/start/", filled())
    assert response["Location"] == "/start/places/"
    committee = queries.real_committee()
    assert (committee.slug, committee.prefix, committee.is_example) == ("lc", "LC", False)
    assert client.get("/office/").status_code == 200
    assert Appointment.unscoped.get().role == "leader"
    fresh = Client()
    assert fresh.post("/sign-in/", {"username": "孟小满", "password": GOOD}).status_code == 302


@pytest.mark.parametrize(
    ("changed", "said"),
    [({"prefix": "L"}, "2 到 8 个英文字母"), ({"prefix": "临川"}, "2 到 8 个英文字母"), ({"slug": "Lin Chuan"}, "小写字母"),
     ({"slug": "office"}, "别的页面"), ({"slug": "elder"}, "别的页面"), ({"again": "other"}, "两遍写得不一样"),
     ({"password": "short", "again": "short"}, "密码"), ({"name": ""}, "这一项要填")],
)  # fmt: skip
def test_a_wrong_answer_is_named_and_nothing_is_made(client, changed, said):
    page = words(client.post("/start/", filled(**changed)))
    assert said in page and 'value="孟小满"' in page
    assert not Committee.unscoped.exists() and not Person.unscoped.exists()


def test_a_prefix_the_example_uses_is_refused_in_a_sentence(client):
    an_example()
    assert "编号前缀“EX”已经有人用了" in words(client.post("/start/", filled(prefix="EX", slug="lin")))


def test_once_an_office_stands_strangers_are_led_to_sign_in(started):
    stranger = Client()
    assert stranger.get("/start/")["Location"] == "/sign-in/"
    assert stranger.post("/start/", filled(prefix="ZZ", person="别人")).status_code == 302
    assert Committee.unscoped.count() == 1


@pytest.mark.parametrize("name", [*SCREENS, "start_point"])
def test_the_later_screens_are_the_leaders_alone(started, name):
    address = reverse(f"people:{name}")
    assert Client().get(address)["Location"] == f"/sign-in/?next={address}"
    place = an_example()
    for key in ("leader", "clerk", "member"):
        client = Client()
        client.force_login(place.appointments[key].person)
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("name", SCREENS)
def test_each_screen_says_which_one_it_is_and_lets_one_go_back_and_on(started, name):
    page = words(started.get(reverse(f"people:{name}")))
    assert "共 5 屏" in page and "回上一屏" in page and "先跳过这一屏" in page
    assert page.count("btn-main") == 1


def test_the_first_screen_can_be_gone_back_to_and_keeps_its_entries(started):
    page = words(started.get("/start/"))
    assert 'value="临川区政协"' in page
    started.post("/start/", {"name": "临川区政协委员会", "short_name": "临川"})
    assert queries.real_committee().name == "临川区政协委员会"


def test_places_pasted_in_the_second_screen_stand_there_when_one_comes_back(started):
    text = "清河街道\n 柳岸社区\n 石桥社区"
    assert "看出来的是这些" in words(started.post("/start/places/", {"text": text}))
    assert started.post("/start/places/", {"text": text, "save": "1"})["Location"] == "/start/people/"
    assert "柳岸社区、石桥社区" in words(started.get("/start/places/"))


def test_people_pasted_in_the_third_screen_get_links_that_work(started):
    page = words(started.post("/start/people/", {"text": "白玉珍 审核人\n贺知远 委员 教育界"}))
    links = re.findall(r"http://testserver(/invite/[^<]+)</code>", page)
    assert len(links) == 2 and "只在这一页出现这一次" in page and 'href="/start/work/"' in page
    assert "白玉珍，设一个密码" in words(Client().get(links[0]))
    assert "/invite/" not in words(started.get("/start/people/"))


def test_wrong_lines_of_people_are_listed_and_nobody_is_seated(started):
    page = words(started.post("/start/people/", {"text": "白玉珍 审核人\n贺知远 局长"}))
    assert "第 2 行“贺知远 局长”" in page and "白玉珍 审核人\n贺知远 局长" in page
    assert Appointment.unscoped.count() == 1


def work(**changed):
    said = {"authorities": "区政府办公室", "units": "区城管局、清河供电公司", "answer_days": "4", "default_deadline_days": "20",
            "look_back_days": "90", "letter_0": "A", "label_0": "已解决", "real_0": "done"}  # fmt: skip
    return {**said, **changed}


def test_the_fourth_screen_keeps_who_assigns_units_letters_and_days(started):
    assert started.post("/start/work/", work())["Location"] == "/start/point/"
    committee = queries.real_committee()
    assert [one.name for one in queries.issuing_authorities_of(committee.pk)] == ["区政府办公室"]
    assert Organisation.unscoped.get(name="清河供电公司").by_letter
    assert [one.letter for one in queries.letters_of(committee.pk)] == ["A"]
    assert queries.setting(committee.pk, "answer_days") == 4


@pytest.mark.parametrize(
    "changed", [{"answer_days": "16"}, {"label_0": ""}, {"units": "长" * 41}, {"look_back_days": "x"}]
)
def test_a_wrong_answer_in_the_fourth_screen_keeps_everything_typed_and_stores_nothing(started, changed):
    page = words(started.post("/start/work/", work(**changed)))
    assert "区政府办公室" in page and "还差一点，您填的都还在" in page
    assert not Organisation.unscoped.exists()


def test_the_fifth_screen_is_the_page_of_a_new_report_point(started):
    response = started.get("/start/point/")
    assert response.status_code == 302 and response["Location"] != "/start/point/"


def test_after_the_start_the_first_page_leads_the_leader_to_his_desk_and_others_to_the_office(started):
    assert started.get("/")["Location"] != "/lc/"
    assert Client().get("/")["Location"] == "/lc/"


def test_somebody_trying_the_example_can_still_go_back_to_the_two_doors(client):
    client.force_login(an_example().appointments["clerk"].person)
    assert "建我们自己的办公室" in words(client.get("/"))
