"""What fills the columns no door of the table names: a mark can only be planted where something is written."""

from datetime import timedelta

from shangliang.consultations import actions as consultations
from shangliang.consultations.models import Consultation
from shangliang.consultations.tests.factories import HEADS, HELD_ON, LOOKED_ON, suggested, suggestions
from shangliang.delivery import actions as delivery
from shangliang.delivery.models import FollowUp, LookBack
from shangliang.delivery.tests.factories import (
    TODAY,
    adopted_suggestion,
    assigned,
    assignment_at,
    judging_matter,
    matter_of,
    say,
)
from shangliang.foundation import codes
from shangliang.foundation.publishing import answer_preview, show_to_unit
from shangliang.foundation.viewer import ReceiptHolder
from shangliang.people.actions import add_organisation
from shangliang.people.tests.factories import MORNING, SETUP, District
from shangliang.portal.tests.factories import prepared
from shangliang.protection.actions import ask_consent, name_unit
from shangliang.protection.tests.factories import locked, said_how_many
from shangliang.reports import rules
from shangliang.reports.actions import (
    answer_check,
    ask_reissue,
    enter_report,
    leave_contact,
    raise_matter,
    write_down,
)
from shangliang.reports.actions.point_checks import ask_about_quiet_points_of
from shangliang.reports.models import Matter, PointCheck
from shangliang.reports.tests.factories import gathered_matter, point_in, sent, spoken_report
from shangliang.topics import actions as topics
from shangliang.topics.models import Topic
from shangliang.topics.tests.factories import SCHEDULED_ON, SUBMITTED_ON, decide, run_notice, stored_topic

LATER = MORNING + timedelta(days=21)
BY_LETTER = "9月8日书面回函"


def fill_every_column(place: District) -> None:
    """Lay down, by the real actions, what leaves words in the columns that are empty in a short life."""
    _hear(place)
    _protect(place)
    _matter, topic = _topic(place)
    _deliver(place, _consult(place, topic))
    _cannot(place)
    _correct(place, _object(place))
    _judge(place)
    add_organisation(
        committee=place.committee, kind="company", name="热力公司", phone="0000-5550777", by=SETUP, at=MORNING
    )


def _hear(place: District) -> None:
    quiet = point_in(place, name="桥头直报点")
    ask_about_quiet_points_of(place.committee.pk, MORNING + timedelta(weeks=9))
    check = PointCheck.unscoped.select_related("point").get(point=quiet)
    answer_check(check, finding="damaged", note="右下角淋花了", by=place.clerk, at=LATER)
    left = sent(
        place, "诊所门口没有坡道。", place="柳岸里 5 栋楼下", contact="13600005678", consent_version="1"
    ).report
    leave_contact(left, what="mail", value=f"{place.committee.slug}@example.org", has_agreed=True,
                  by=ReceiptHolder(left.pk), at=MORNING)  # fmt: skip
    ask_reissue(left, contact="13600005678", by=place.clerk, at=MORNING)
    sent(
        place,
        "公交站没有雨棚。",
        doubt=rules.UNPROVEN,
        elsewhere="12345 热线",
        elsewhere_number="RX-2026-118",
    )
    write_down(spoken_report(place), text="水箱老往外溢。", has_listened=True, by=place.clerk, at=MORNING)
    enter_report(committee=place.committee, form_key=codes.new_form_key(), text="饮水机坏了半个月。", channel="counter",
                 entry_source="接待登记本第 7 页", area=place.community, by=place.keeper, at=MORNING)  # fmt: skip


def _protect(place: District) -> None:
    few = locked(place)
    name_unit(few.report, place.school, by=place.clerk, at=MORNING)
    ask_consent(few.report, words="办公室想把它说给单位听，可以吗？", by=place.clerk, at=MORNING)


def _topic(place: District) -> tuple[Matter, Topic]:
    """Return a matter described for units, and a topic on it with all its papers."""
    report = sent(place, "河边步道的栏杆断了。", place="滨河步道北段").report
    matter = raise_matter(
        report, title="河边步道栏杆断了", summary="步道北段有三处栏杆断开。", by=place.clerk, at=MORNING
    )
    topic = stored_topic(
        place, form="thematic", matters=(matter,), background="近来常有人说起。", why_this_topic="牵扯三个单位。"
    )  # fmt: skip
    acts = {"by": place.clerk, "at": MORNING}
    topics.shortlist(topic, **acts)
    topics.submit_for_approval(topic, submitted_on=SUBMITTED_ON, **acts)
    decide(topic, place, source="批复原件")
    run_notice(topic, place)
    topics.schedule(topic, scheduled_on=SCHEDULED_ON, **acts)
    return matter, topic


def _consult(place: District, topic: Topic) -> Consultation:
    acts = {"by": place.clerk, "at": MORNING}
    row = consultations.open_consultation(topic=topic, entry_source="街道的会议记录", **acts)
    consultations.plan(
        row, place="滨河社区", planned_on=HELD_ON, aim="修好栏杆", information="图纸一份", heads=HEADS, **acts
    )
    looked = {"note": "数了三处断口。", "who": "委员 2 人", "place": "滨河步道", **acts}
    consultations.record_research(row, happened_on=LOOKED_ON, **looked)
    consultations.finish_research(row, **acts)
    consultations.hold_session(row, held_on=HELD_ON, heads=HEADS, counted_by="程晓岚", how="点数", **acts)
    said_how_many(place, *topic.matters.all())
    suggested(row, place)
    suggested(row, place, text="全线换成石栏杆")
    consultations.skip_step(row, step="submitted", because="街道自己能定", decided_by="联络组组长", **acts)
    adopted, refused = suggestions(row)
    decided = {"decided_by": "区政府办公室", "decided_on": TODAY, "source": "云府办〔2026〕31号", **acts}
    consultations.adopt_suggestion(adopted, remark="先修断的", **decided)
    consultations.turn_down_suggestion(refused, reason="汛期冲得走", **decided)
    return row


def _deliver(place: District, row: Consultation) -> None:
    """Everything the unit does is copied by the clerk from its letters."""
    said, letter = (
        {"responsible": "秦川", "phone": "0000-5550123"},
        {"source": BY_LETTER, "by": place.clerk, "at": LATER},
    )
    task = assigned(place, suggestion=suggestions(row)[0], **said)
    delivery.accept(task, **letter)
    delivery.report_progress(task, text="材料在备。", **letter)
    done = {"text": "三处都接上了。", "real_outcome": "done", "finished_on": LATER.date()}
    delivery.claim_done(task, **done, evidence_note="照片存单位", **letter)
    delivery.verify(task, verified_by="提案委", note="到现场摇过，不晃。", by=place.clerk, at=LATER)


def _object(place: District) -> Matter:
    """A unit objects and is upheld against; return the matter."""
    task = assigned(place, suggestion=adopted_suggestion(place, matters=(gathered_matter(place),)))
    delivery.object_to(task, reason="路口归交警大队管。", source=BY_LETTER, by=place.clerk, at=MORNING)
    delivery.uphold(task, decision="还是由城管局办。", source="区政府办公室电话", by=place.clerk, at=MORNING)
    return matter_of(task)


def _cannot(place: District) -> None:
    matter = gathered_matter(place, reports=2)
    assignment_at("explained", place, suggestion=adopted_suggestion(place, matters=(matter,)))


def _judge(place: District) -> None:
    """One says that it is not solved and it is followed up to an end; another matter is closed and looked back on."""
    unsolved = judging_matter(place)
    say(ReceiptHolder(unsolved.reports.get().pk), solved="no", satisfied="no")
    follow_up = FollowUp.unscoped.get(matter=unsolved)
    delivery.send_request(follow_up, text="请再看一看。", by=place.clerk, at=LATER)
    delivery.finish_follow_up(follow_up, outcome="补做了。", by=place.clerk, at=LATER)
    solved = judging_matter(place)
    say(ReceiptHolder(solved.reports.get().pk))
    closed = delivery.close_matter_when_done(matter=solved, by=place.clerk, at=LATER)
    look_back = LookBack.unscoped.get(matter=closed)
    delivery.record_look_back(look_back, finding="还好用。", by=place.clerk, at=LATER + timedelta(days=99))


def _correct(place: District, matter: Matter) -> None:
    """A unit that was shown a page before it became public says which fact is wrong."""
    page = prepared(place, f"matter:{matter.code}")
    preview = show_to_unit(page, unit=place.lead_unit.pk, how="当面", by=place.clerk, at=MORNING)
    answer_preview(preview, correction="是四十个车位，不是三十八个。", how="电话", by=place.clerk, at=MORNING)
