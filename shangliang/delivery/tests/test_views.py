"""Pages: they open, they do their one step, and a refused form keeps what was typed."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from shangliang.delivery import actions
from shangliang.delivery.models import Assignment, Evidence, FollowUp, LookBack, Verdict
from shangliang.delivery.states import A
from shangliang.delivery.tests import factories as make
from shangliang.foundation import clock as real_clock
from shangliang.foundation.refusals import WrongState
from shangliang.reports import receipt_cookie
from shangliang.reports.models import Matter
from shangliang.reports.states import MatterState
from shangliang.reports.tests.factories import gathered_matter, picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(clock):
    clock.set("2026-09-29 10:00")
    return make.district()


@pytest.fixture
def office(client, place):
    return make.sign_in(client, place, "clerk")


def with_receipt(client, matter, number=0):
    """Show a receipt in this browser as the receipt page does."""
    answer = client.get("/sign-in/")
    receipt_cookie.remember(answer, make.holders_of(matter)[number].report_id, long=False)
    client.cookies[receipt_cookie.NAME] = answer.cookies[receipt_cookie.NAME].value
    return client


def test_the_office_assigns_from_the_queue(office, place):
    suggestion = make.adopted_suggestion(place, matters=(gathered_matter(place),))
    assert suggestion.code in office.get(reverse("delivery:awaiting")).content.decode()
    url = reverse("delivery:assign", args=[suggestion.code])
    assert office.get(url).status_code == 200
    sent = {"task": "在校门两侧划限时停车位。", "issuing_authority": place.authority.pk, "document_no": "云府办交〔2026〕31号",
            "basis": "区政府常务会议", "issued_on": "2026-09-08", "lead_unit": place.lead_unit.pk,
            "co_units": [place.co_unit.pk], "working_days": 20, "source": ""}  # fmt: skip
    refused = office.post(url, sent)
    assert refused.status_code == 422
    assert "云府办交〔2026〕31号" in refused.content.decode()
    done = office.post(url, {**sent, "source": "原件"})
    one = Assignment.unscoped.get()
    assert done.url == reverse("delivery:assignment", args=[one.code])
    assert suggestion.code not in office.get(reverse("delivery:awaiting")).content.decode()
    page = office.get(reverse("delivery:assignments")).content.decode()
    assert one.code in page
    assert "还有" in page


def test_the_authority_assigns_without_naming_a_source(client, place):
    suggestion = make.adopted_suggestion(place)
    make.sign_in(client, place, "authority_clerk")
    url = reverse("delivery:assign", args=[suggestion.code])
    assert 'name="source"' not in client.get(url).content.decode()
    client.post(url, {"task": "划停车位。", "issuing_authority": place.authority.pk, "document_no": "1号", "basis": "会议",
                      "issued_on": "2026-09-08", "lead_unit": place.lead_unit.pk, "working_days": 20})  # fmt: skip
    assert Assignment.unscoped.get().via == "signed_in"


def test_every_state_has_a_page_that_says_who_acts_next(office, place):
    for state in A.values:
        one = make.assignment_at(state, place)
        answer = office.get(reverse("delivery:assignment", args=[one.code]))
        assert answer.status_code == 200, state
        assert one.task in answer.content.decode()


def test_a_unit_accepts_and_reports_done_with_a_picture(client, place, settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    one = make.assigned(place)
    make.sign_in(client, place, "unit")
    client.post(reverse("delivery:step", args=[one.code, "accept"]), {})
    url = reverse("delivery:step", args=[one.code, "claim"])
    shot = SimpleUploadedFile("a.png", picture(), "image/png")
    done = client.post(
        url, {"text": "划了 38 个。", "real_outcome": "done", "finished_on": "2026-09-25", "pictures": [shot]}
    )
    assert done.status_code == 302
    name = Evidence.unscoped.get().file.name
    assert client.get(reverse("delivery:evidence", args=[name])).status_code == 200


def test_what_is_no_picture_is_refused_and_the_words_stay(client, place, settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    one = make.assignment_at(A.ACCEPTED, place)
    make.sign_in(client, place, "unit")
    bad = SimpleUploadedFile("a.png", b"not a picture at all", "image/png")
    answer = client.post(reverse("delivery:step", args=[one.code, "claim"]), {
        "text": "划了 38 个。", "real_outcome": "done", "finished_on": "2026-09-25", "pictures": [bad]})  # fmt: skip
    assert answer.status_code == 422
    assert "划了 38 个。" in answer.content.decode()


def test_a_stale_form_says_so_and_keeps_what_was_typed(client, place):
    one = make.assigned(place)
    make.sign_in(client, place, "unit")
    actions.accept(one, by=place.unit, at=make.LATER)
    answer = client.post(reverse("delivery:step", args=[one.code, "object"]), {"reason": "不归我们管的理由"})
    assert answer.status_code == 422
    assert "不归我们管的理由" in answer.content.decode()


def test_the_office_records_for_a_unit_with_a_source(office, place):
    one = make.assigned(place)
    url = reverse("delivery:step", args=[one.code, "accept"])
    assert "代录" in office.get(url).content.decode()
    assert office.post(url, {"source": ""}).status_code == 422
    assert office.post(url, {"source": "电话告知"}).status_code == 302


def test_a_unit_answers_by_link_once(client, place):
    one = make.assigned(place)
    make.sign_in(client, place, "clerk")
    slip = client.post(reverse("delivery:link", args=[one.code])).content.decode()
    assert "<svg" in slip
    token = slip.split("/u/")[1].split("/")[0]
    client.logout()
    page, step = (
        reverse("delivery:by_link", args=[token]),
        reverse("delivery:link_step", args=[token, "accept"]),
    )
    assert client.get(step).status_code == 200
    assert client.get(reverse("delivery:link_step", args=[token, "verify"])).status_code == 404
    assert client.post(step, {}).url == page
    assert "谢谢" in client.get(page).content.decode()
    assert client.post(reverse("delivery:link_step", args=[token, "progress"]), {"text": "再来"}).url == page
    one.refresh_from_db()
    assert (one.state, one.progress.count()) == (A.ACCEPTED, 0)


def test_an_expired_link_says_so(client, place, clock):
    one = make.assigned(place)
    token = actions.make_link(one, by=place.clerk, at=real_clock.now())
    clock.forward(days=15)
    answer = client.get(reverse("delivery:by_link", args=[token]))
    assert answer.status_code == 410
    assert "过期" in answer.content.decode()


def test_the_lists_page_goes_from_gaps_to_judging_to_closed(office, place):
    matter = gathered_matter(place)
    one = make.assignment_at(A.CLAIMED, place, suggestion=make.adopted_suggestion(place, matters=(matter,)))
    row = one.suggestion.consultation
    page = reverse("delivery:lists_of", args=[row.code])
    assert row.code in office.get(reverse("delivery:lists")).content.decode()
    assert "还没有核实过的结果" in office.get(page).content.decode()
    office.post(reverse("delivery:step", args=[one.code, "verify"]), {"verified_by": "提案委副主任"})
    office.post(reverse("delivery:ask_for_verdicts", args=[row.code]))
    assert Matter.unscoped.get(pk=matter.pk).state == MatterState.JUDGING
    office.post(reverse("delivery:close_matter", args=[row.code, matter.code]))
    assert Matter.unscoped.get(pk=matter.pk).state == MatterState.CLOSED
    assert LookBack.unscoped.get().matter_id == matter.pk
    for name in ("follow_ups", "look_backs"):
        assert office.get(reverse(f"delivery:{name}")).status_code == 200


def test_the_workbook_has_three_sheets_with_the_columns_and_rows_of_the_lists(office, place):
    one = make.assignment_at(A.VERIFIED, place)
    answer = office.get(reverse("delivery:lists_xlsx", args=[one.suggestion.consultation.code]))
    book = load_workbook(BytesIO(answer.content))
    assert book.sheetnames == ["协商建议清单", "责任落实清单", "结果反馈清单"]
    heads = [[cell.value for cell in sheet[2]] for sheet in book]
    assert heads[0] == [
        "序号",
        "议题／编号",
        "建议内容",
        "提出人（身份）",
        "支持／保留情况",
        "涉及单位",
        "依据／可行性",
        "采纳意见",
        "备注",
    ]
    assert heads[1][2:8] == [
        "工作任务",
        "牵头单位",
        "配合单位",
        "责任领导／责任人／电话",
        "完成时限",
        "交办主体与文号",
    ]
    assert heads[2][2:8] == [
        "办理情况",
        "办理结果类别",
        "完成时间",
        "佐证材料",
        "群众评价",
        "未办结原因及下步",
    ]
    assert "支持 15 人，保留 1 人" in book["协商建议清单"]["E3"].value
    assert book["责任落实清单"]["D3"].value == "区城管局"
    assert "按期" in book["责任落实清单"]["I3"].value
    assert book["结果反馈清单"]["C3"].value == "划了 38 个限时停车位。"
    assert "应评 1 份\n实评 0 份\n未评 1 份" in book["结果反馈清单"]["G3"].value


def test_a_resident_reads_the_result_and_judges_with_the_receipt_alone(client, place):
    matter = make.judging_matter(place)
    url = reverse("delivery:verdict")
    assert client.get(url).status_code == 302
    with_receipt(client, matter)
    page = client.get(url).content.decode()
    assert "划了 38 个限时停车位。" in page
    assert "checked" not in page
    assert not any(word in page for word in ("交办", "办结", "主体", "核实"))
    half = client.post(url, {"solved": "yes", "may_show": "on"})
    assert half.status_code == 422
    assert (
        client.post(
            url, {"solved": "yes", "satisfied": "basically", "reason": "", "may_show": "on"}
        ).status_code
        == 302
    )
    row = Verdict.unscoped.get()
    assert (row.solved, row.satisfied, row.may_show) == ("yes", "basically", True)
    assert "评过了" in client.get(url).content.decode()
    again = client.post(url, {"solved": "no", "satisfied": "no"})
    assert again.status_code == 422
    assert Verdict.unscoped.count() == 1


def test_taking_up_again_is_offered_only_after_somebody_said_not_solved(office, place):
    matter = make.judging_matter(place)
    one = Assignment.unscoped.get()
    page = reverse("delivery:assignment", args=[one.code])
    assert "继续跟踪" not in office.get(page).content.decode()
    with pytest.raises(WrongState, match="没有人评价没解决"):
        actions.take_up_again(
            one, reason="再看看。", source="区政府办公室电话", by=place.clerk, at=make.LATER
        )
    make.say(make.holders_of(matter)[0], "no", "no")
    assert "继续跟踪" in office.get(page).content.decode()


def test_a_follow_up_is_sent_and_finished(office, place):
    make.say(make.holders_of(make.judging_matter(place))[0], "no", "no")
    row = FollowUp.unscoped.get()
    url = reverse("delivery:follow_up", args=[row.code])
    assert "再看一看" in office.get(url).content.decode()
    assert office.post(url, {"text": "请贵办再看一看。"}).status_code == 302
    assert office.post(url, {"outcome": ""}).status_code == 422
    assert office.post(url, {"outcome": "又划了一侧。"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.request_draft, row.outcome) == ("done", "请贵办再看一看。", "又划了一侧。")


def test_a_look_back_is_recorded(office, place):
    matter = make.judging_matter(place)
    actions.close_matter_when_done(matter=matter, by=place.clerk, at=make.LATER)
    url = reverse("delivery:look_back", args=[matter.code])
    assert office.get(url).status_code == 200
    assert office.post(url, {"finding": "没有反复。"}).status_code == 302
    assert LookBack.unscoped.get().finding == "没有反复。"
    assert office.get(url).status_code == 404


def test_a_list_takes_no_more_queries_for_more_rows(office, place, django_assert_max_num_queries):
    consultation = make.submitted_consultation(place, suggestions=6)
    for suggestion in consultation.suggestions.all():
        make.assigned(place, suggestion=make.adopt(suggestion, place))
    with django_assert_max_num_queries(14):
        office.get(reverse("delivery:assignments"))
    with django_assert_max_num_queries(22):
        office.get(reverse("delivery:lists_of", args=[consultation.code]))
