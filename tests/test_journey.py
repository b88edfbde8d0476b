"""The whole story through the real pages: from a sentence on a wall to the verdict of those who said it."""

import json
import re
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from shangliang.foundation.tests import solving
from shangliang.people.tests.factories import District, district
from shangliang.reports.states import MatterState

pytestmark = pytest.mark.django_db
WORDS = "放学那会儿柳岸小学门口车停了两排，孩子从车缝里钻过去。"
OTHER_WORDS = "柳岸小学门口放学时车停两排，走不动，孩子只能走马路中间。"
TODAY = date(2026, 11, 23)


class Person(Client):
    """Somebody at a browser: `fill` opens a page, keeps what it shows, adds what is said, and sends it."""

    def fill(self, address: str, /, **said: object) -> object:
        page = self.get(address)
        assert page.status_code == 200, f"{address}: {page.status_code}"
        shown = {one.html_name: one.value() for one in page.context["form"]}
        if "data-proof" in page.content.decode():
            shown["proof"] = solving.solved(page.content.decode())
        return self.press(
            address, **{name: word for name, word in shown.items() if word not in (None, "", False)} | said
        )

    def press(self, address: str, /, **said: object) -> object:
        answer = self.post(address, said, follow=True)
        refused = re.findall(
            r'<(?:p class="error"|div class="alert alert-error")[^>]*>(.*?)</', answer.content.decode()
        )
        assert answer.status_code == 200 and not refused, f"{address}: {answer.status_code} {refused}"
        return answer

    def reads(self, address: str) -> str:
        page = self.get(address, follow=True)
        assert page.status_code == 200, f"{address}: {page.status_code}"
        return page.content.decode()


def where(answer) -> str:
    """Return the address a person was led to."""
    return answer.redirect_chain[-1][0]


def code_in(address: str) -> str:
    return address.rstrip("/").split("/")[-1]


def one_in(pattern: str, page: str) -> str:
    found = re.search(pattern, page)
    assert found, f"{pattern} is not on the page"
    return found[1]


def codes_on(receipt) -> tuple[str, str]:
    """Return the receipt code as symbols and as characters, as they stand on the page."""
    lines = re.findall(r'<p class="code[^"]*"[^>]*>(.*?)</p>', receipt.content.decode())
    symbols, han = (re.sub(r"<[^>]*>|\s", "", line) for line in lines)
    assert (len(symbols), len(han)) == (17, 11)
    return symbols, han


@pytest.fixture
def place(clock) -> District:
    return district()


def signed_in(place: District, key: str) -> Person:
    """Return one of the cast at a desk; somebody who comes back another day signs in again."""
    person = Person()
    person.force_login(place.appointments[key].person, backend="django.contrib.auth.backends.ModelBackend")
    return person


def said(place: District) -> tuple[str, tuple[str, str], tuple[str, str]]:
    """A point is opened, two people speak, their reports become one matter. Return its code and both receipts."""
    clerk = signed_in(place, "clerk")
    poster = clerk.fill("/points/new/", area=place.community.pk, name="柳岸社区直报点", where="居委会门口")
    wall = f"/r/{one_in(r'/points/([^/]+)/poster/', where(poster))}"
    first = Person().fill(wall, text=WORDS, place="柳岸小学正门")
    again = Person().press(
        wall, text=WORDS, place="柳岸小学正门", form_key=first.wsgi_request.POST["form_key"]
    )
    assert codes_on(again) == codes_on(first) and "没有收两次" in again.content.decode()

    report = one_in(r"/desk/([^/]+)/raise/", clerk.reads("/desk/"))
    clerk.fill(f"/desk/{report}/raise/", title="柳岸小学门口放学时堵车", summary="放学时段校门口停车占道。")
    matter = one_in(r'<b class="nb">([^<]+)</b>', clerk.reads(f"/desk/{report}/"))

    second = Person().fill(wall, text=OTHER_WORDS, place="柳岸小学正门")
    beside = clerk.reads("/desk/")
    assert "像是同一件事的" in beside and "柳岸小学门口放学时堵车" in beside
    clerk.press(
        one_in(r'action="(/desk/[^/]+/beside/)', beside),
        matter=one_in(r'name="matter" value="([^"]+)"', beside),
    )
    clerk.press(f"/protect/matter/{matter}/", households="many")
    return matter, codes_on(first), codes_on(second)


def decided(place: District, matter: str) -> str:
    """The matter becomes a topic, is approved and gets its day. Return the topic's code."""
    clerk = signed_in(place, "clerk")
    stored = clerk.fill(
        f"/topics/new/?matter={matter}", source="residents", domain="livelihood", form="sector"
    )
    topic = where(stored)
    clerk.press(f"{topic}shortlist/")
    clerk.fill(f"{topic}submit/", submitted_to="区委")
    assert "区委" in clerk.reads(topic)
    clerk.fill(f"{topic}decision/", decision="approved", decided_by="区委", document_no="云委办〔2026〕21号")
    clerk.fill(f"{topic}schedule/", scheduled_on=TODAY + timedelta(days=9))
    return code_in(topic)


def consulted(place: District, clock, topic: str) -> str:
    """Six steps, one suggestion, adopted. Return the consultation's code."""
    clerk = signed_in(place, "clerk")
    here = where(clerk.fill(f"/consultations/open/{topic}/", convener="清河街道联络组"))
    clerk.fill(
        f"{here}plan/", place="柳岸社区议事厅", planned_on=TODAY + timedelta(days=9), heads_residents=10
    )
    assert clerk.post(f"{here}session/", {"held_on": TODAY}).status_code == 422  # no research, no session
    clerk.fill(f"{here}research/", note="放学前后数了三十分钟，来了一百八十多辆车。", who="委员 3 人")
    clerk.press(f"{here}research-done/")
    clock.set("2026-12-02 16:00")
    clerk = signed_in(place, "clerk")
    heads = {"heads_residents": 12, "heads_departments": 5, "heads_experts": 1, "heads_members": 4}
    clerk.fill(f"{here}session/", held_on="2026-12-02", counted_by="程晓岚", how="现场点数", **heads)
    clerk.fill(
        f"{here}statements/",
        lines="居民 家长｜最怕下雨天，伞一撑什么都看不见。\n部门 区城管局｜校门两侧能划车位。",
    )
    clerk.fill(
        f"{here}suggest/",
        text="校门两侧划限时停车位。",
        proposer_side="residents",
        agree__residents=11,
        reserve__residents=1,
        reservation__residents="怕影响送货",
        concerned_units=[place.lead_unit.pk],
    )
    clerk.fill(f"{here}submit/", submitted_to="区委、区政府", document_no="云协报〔2026〕9号")
    clerk.fill(f"{here}decide/", decided_by="区政府", source="云府办〔2026〕31号", word__1="yes")
    return code_in(here)


def delivered(place: District, clock, consultation: str) -> None:
    """The authority assigns, the unit accepts and says it is done, the office goes and looks, then asks for verdicts."""
    authority = signed_in(place, "authority_clerk")
    suggestion = one_in(r"/delivery/assign/([^/]+)/", authority.reads("/delivery/awaiting/"))
    task = where(
        authority.fill(
            f"/delivery/assign/{suggestion}/",
            document_no="云府办交〔2026〕31号",
            basis="区政府常务会议",
            lead_unit=place.lead_unit.pk,
            working_days=20,
        )
    )
    clock.set("2026-12-03 10:00")
    unit = signed_in(place, "unit")
    assert task in unit.reads("/delivery/") and "车缝" not in unit.reads(task)
    unit.fill(f"{task}accept/")
    clock.set("2026-12-21 16:00")
    signed_in(place, "unit").fill(
        f"{task}claim/",
        text="划了三十六个限时车位，立了告示牌。",
        real_outcome="done",
        finished_on="2026-12-21",
    )
    clock.set("2026-12-22 10:00")
    clerk = signed_in(place, "clerk")
    clerk.fill(f"{task}verify/", verified_by="提案委副主任", note="到现场看过，和单位说的一致。")
    clerk.press(f"/lists/{consultation}/ask-verdicts/")


def judged(code: str, solved: str, satisfied: str, **more: object) -> str:
    """Somebody unlocks with a code and says how it is; return what the page answers."""
    person = Person()
    assert "请您来评" in person.press("/receipt/", code=code).content.decode()
    return person.fill("/receipt/verdict/", solved=solved, satisfied=satisfied, **more).content.decode()


def solved(committee: str) -> dict:
    out = StringIO()
    call_command("metric", "M-27", "--committee", committee, "--json", stdout=out)
    return json.loads(out.getvalue())


def published(place: District, matter: str) -> str:
    """Prepared by one, shown to the unit it names, reviewed by another, published; return what a stranger reads."""
    clerk = signed_in(place, "clerk")
    page = where(clerk.fill(f"/publications/prepare/?subject=matter:{matter}"))
    assert Person().get(f"/yunchuan/matters/{matter}/").status_code == 404
    for unit in re.findall(r"/units/(\d+)/show/", clerk.reads(page)):
        clerk.press(f"{page}units/{unit}/show/", how="发在系统里")
    signed_in(place, "unit").fill(f"/previews/{code_in(page)}/", correction="")
    clerk.press(f"{page}units/{place.school.pk}/answer/", correction="", how="盖章回函")
    signed_in(place, "reviewer").press(f"{page}review/")
    clerk.press(f"{page}publish/")
    return Person().reads(f"/yunchuan/matters/{matter}/")


def test_from_a_sentence_on_a_wall_to_a_verdict_that_reopens_it(place, clock):
    matter, first, second = said(place)
    delivered(place, clock, consulted(place, clock, decided(place, matter)))

    assert "解决了，" in judged(first[1], "yes", "yes", may_show="on")
    assert solved("yunchuan")["rows"] == [matter]
    assert "重新跟踪" in judged(second[0], "no", "no", reason="still")
    assert "没有查到" in Person().post("/receipt/", {"code": "2345 6789 ABCD EFGH J"}).content.decode()

    clerk = signed_in(place, "clerk")
    assert "柳岸小学门口放学时堵车" in clerk.reads("/delivery/follow-ups/")
    report = one_in(r'href="/desk/([^/?]+)/[^"]*#report', clerk.reads("/desk/?state=all"))
    assert str(MatterState.DELIVERING.label) in clerk.reads(f"/desk/{report}/"), (
        "not solved: it is open again"
    )
    assert solved("yunchuan")["rows"] == []

    public = published(place, matter)
    assert "划了三十六个限时车位" in public and "居民 12 人" in public
    assert not [words for words in (WORDS, OTHER_WORDS, "车缝", "马路中间") if words in public]


def test_when_everybody_says_solved_it_is_closed_with_a_day_to_look_back(place, clock):
    matter, first, second = said(place)
    consultation = consulted(place, clock, decided(place, matter))
    delivered(place, clock, consultation)
    for code in (first[0], second[1]):
        assert "解决了，" in judged(code, "yes", "yes")

    clerk = signed_in(place, "clerk")
    clerk.press(f"/lists/{consultation}/close/{matter}/")
    assert matter in clerk.reads("/delivery/look-backs/")
    assert solved("yunchuan")["rows"] == [matter]
    reader = Person()
    assert "回头看一次" in reader.press("/receipt/", code=first[0]).content.decode()
