"""Two districts with something at every stage, and everybody who could knock at a door."""

from datetime import date, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from shangliang.consultations.tests.factories import consultation_at
from shangliang.delivery import actions as delivery
from shangliang.delivery.models import Evidence, FollowUp
from shangliang.delivery.states import A
from shangliang.delivery.tests.factories import (
    adopted_suggestion,
    assigned,
    assignment_at,
    claimed,
    say,
    submitted_consultation,
)
from shangliang.exchange.actions import (
    choose_columns,
    confirm_words,
    nudge,
    record_number,
    take_answer,
    take_return,
)
from shangliang.exchange.tests.factories import (
    BAD_ROWS,
    ROWS,
    csv_file,
    drafts_in,
    held_file,
    imported,
    referred_out,
    sheet_with,
    system_in,
    with_them,
)
from shangliang.foundation import codes
from shangliang.foundation.publishing import show_to_unit
from shangliang.foundation.viewer import ReceiptHolder
from shangliang.hotspots.tests.factories import proposals_in
from shangliang.instance.example.cast import SLUG
from shangliang.people import actions as people
from shangliang.people.middleware import ACTING_KEY
from shangliang.people.tests.factories import MORNING, SETUP, District, district
from shangliang.portal.tests.factories import prepared, published
from shangliang.protection.actions import answer_exposure, confirm_public_text, name_unit
from shangliang.protection.models import PhotoCover
from shangliang.protection.tests.factories import asked_member, covered, dispatch_text, photographed
from shangliang.reports.actions import (
    Alongside,
    Received,
    add_words,
    ask_unmask,
    put_in_charge,
    raise_matter,
    rotate_code,
    set_apart,
)
from shangliang.reports.actions.saved_views import save_view
from shangliang.reports.models import Matter, ReportPoint
from shangliang.reports.tests.factories import (
    ACCUSING,
    gathered_matter,
    held_report,
    picture,
    point_in,
    sent,
    spoken_report,
)
from shangliang.sorting.actions import change_owner
from shangliang.sorting.tests.factories import owned, scheme_in, table_in
from shangliang.topics.tests.factories import topic_at
from tests.trust.doorway import STEPS
from tests.trust.fuller_world import fill_every_column

LATER = MORNING + timedelta(days=21)
STAFF = {
    "clerk": "clerk",
    "leader": "leader",
    "reviewer": "reviewer",
    "officer": "officer",
    "admin": "admin",
    "keeper": "keeper",
    "member": "member",
    "unit": "unit",
    "other_unit": "other_unit",
    "authority": "authority_clerk",
}


class World:
    """Objects by kind, of the own district and of another, and a browser for each viewer."""

    def __init__(self) -> None:
        self.place = district()
        self.elsewhere = district("beiling", "BL", "北岭区政协")
        people.open_committee(
            slug=SLUG,
            name="示例区政协",
            short_name="示例",
            prefix="EX",
            level="district",
            by=SETUP,
            at=MORNING,
            is_example=True,
        )
        self.own, self.receipt, self.other_receipt = everything_in(self.place)
        self.other, _own, _other = everything_in(self.elsewhere)
        self.clients = {
            "anonymous": Client(),
            **{viewer: signed_in(self.place, key) for viewer, key in STAFF.items()},
            "other_clerk": signed_in(self.elsewhere, "clerk"),
            "receipt": with_receipt(self.receipt),
            "other_receipt": with_receipt(self.other_receipt),
            "link": Client(),
        }


def signed_in(place: District, key: str) -> Client:
    """Return a browser in which one of the cast sat down."""
    held, client = place.appointments[key], Client(raise_request_exception=False)
    client.force_login(held.person, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session[ACTING_KEY] = held.pk
    session.save()
    return client


def with_receipt(received: Received) -> Client:
    """Return a browser in which a receipt code was typed."""
    client = Client(raise_request_exception=False)
    answer = client.post("/receipt/", {"code": codes.as_symbols(received.bits)})
    assert answer.status_code == 303, answer.status_code
    return client


def everything_in(place: District) -> tuple[dict[str, str], Received, Received]:
    """Lay down something of every kind. Return it by kind, and two receipts: of the matter judged, and of another."""
    point, mine, another = (
        point_in(place),
        sent(place, photos=[picture("maroon" if place.committee.slug == "yunchuan" else "navy")]),
        sent(place, "井盖松了，车一压就响。"),
    )
    old_code, duty = looked_after(point, place)
    fill_every_column(place)
    judged = judged_matter(place, mine)
    waiting = sent(place, "楼道里堆满旧家具。", contact="13512340987", consent_version="1").report
    ask_unmask(waiting, reason="要问清楚是哪一栋", by=place.clerk, at=MORNING)
    spoken = spoken_report(place, seconds=2 if place.committee.slug == "yunchuan" else 3)
    shown = covered_picture(place)
    task = assigned(place, suggestion=adopted_suggestion(place, matters=(shown.report.matter,)))
    public = published(place, f"matter:{judged.code}")
    sent(place, "早上校门口也堵。", alongside=Alongside(claims=judged.code))
    page = prepared(place, f"matter:{matter_behind(task).code}")
    show_to_unit(page, unit=place.lead_unit.pk, how="当面", by=place.clerk, at=MORNING)
    free = submitted_consultation(place, matters=(gathered_matter(place),))
    invited = people.appoint(
        committee=place.committee,
        login=f"{place.committee.slug}-new",
        name="温如玉",
        role="clerk",
        title="综合科科员",
        email=f"new@{place.committee.slug}.example",
        by=SETUP,
        at=MORNING,
    )
    return (
        {
            "point": point.code,
            "old_code": old_code,
            "duty": duty,
            "waiting": waiting.code,
            "apart": set_apart(waiting, gathered_matter(place), by=place.clerk, at=MORNING).matter.code,
            "held": held_report(place).code,
            "locked_line": locked_line(place),
            "photo": mine.report.photos.get().file.name,
            "view": kept_view(place),
            "spoken": spoken.code,
            "recording": spoken.recording.file.name,
            "evidence": evidence_name(judged),
            "covered": shown.file.name,
            **exchanged(place),
            **proposals_in(place),
            **sorted_out(place),
            "gathered": gathered_matter(place).code,
            "judged": judged.code,
            "finding": asked_member(place).code,
            "topic": topic_at("shortlisted", place).code,
            "scheduled": topic_at("scheduled", place).code,
            "consultation": consultation_at("selected", place).code,
            "met": consultation_at("held", place).code,
            "lists": free.code,
            "suggestion": consultation_at("held", place).suggestions.first().code,
            "adopted": adopted_suggestion(place, matters=(gathered_matter(place),)).code,
            "assignment": task.code,
            "link": delivery.make_link(task, by=place.clerk, at=timezone.now()),
            "judged_lists": lists_of(judged),
            "follow_up": followed_up(place).code,
            "look_back": closed_matter(place).code,
            "closed": judging(place).code,
            "draft": page.code,
            "unit": str(place.lead_unit.pk),
            "public": public.code,
            "slug": place.committee.slug,
            "invitation": people.invite(
                person=invited.person, committee=place.committee, by=SETUP, at=timezone.now()
            ),
            "appointment": str(invited.pk),
            "organisation": str(place.school.pk),
            **STEPS,
            "seat": str(place.appointments["clerk"].pk),
        },
        mine,
        another,
    )


def kept_view(place: District) -> str:
    """Return the name of a view of the desk the clerk kept; no other district has one of that name."""
    name = f"{place.committee.short_name}要紧的"
    return save_view(name=name, query="clock=soon", by=place.clerk, at=MORNING).name


def exchanged(place: District) -> dict[str, str]:
    """Return an import, a file that waits, a draft out of a chat, another system, a sheet and a transfer on none."""
    system = system_in(place, number_format="RX-####")
    answered, returned = with_them(place, referred_out(place, system), referred_out(place, system))
    nudge(answered, how="打了承办窗口的电话", by=place.clerk, at=MORNING)
    record_number(answered, number="RX-0042", by=place.clerk, at=MORNING)
    take_answer(answered, answer="换了新井盖。", on=MORNING.date(), by=place.clerk, at=MORNING)
    take_return(returned, because="归街道管", by=place.clerk, at=MORNING)
    run = held_file(place, csv_file(ROWS + BAD_ROWS), at=MORNING)
    choose_columns(
        run, columns=run.columns, date_format="", sheet="", save_as="热线导出", by=place.clerk, at=MORNING
    )
    out = referred_out(place, system)
    confirm_words(out, words="井盖松了。", place="桥头", by=place.clerk, at=MORNING)
    return {
        "import": imported(place, csv_file(ROWS + BAD_ROWS)).code,
        "file": held_file(place, at=timezone.now()).code,
        "draft_message": drafts_in(place)[0].code,
        "system": system.code,
        "sheet": sheet_with(place, referred_out(place, system)).code,
        "transfer": out.code,
    }


def sorted_out(place: District) -> dict[str, str]:
    """Return a kind of its own and an issue of the owner table that began on a day no other district's did."""
    own = f"{place.committee.short_name}的事"
    began = date(2026, 1, 8) if place.committee.slug == "yunchuan" else date(2026, 1, 9)
    scheme_in(place, [(own, "路灯", "不亮"), (own, "噪声", "音响")])
    table = table_in(place, began)
    row = owned(table, place, own, place.school)
    change_owner(
        row, unit=place.lead_unit, from_on=MORNING.date(), because="机构合并", by=place.clerk, at=MORNING
    )
    owned(table, place, f"{own} / 噪声", place.co_unit, area=place.community)
    return {"kind": own, "issue": began.isoformat()}


def covered_picture(place: District) -> PhotoCover:
    """Return a covered picture of a report whose text units may read, in an established matter."""
    photo = photographed(place, colour="plum" if place.committee.slug == "yunchuan" else "khaki")
    raise_matter(photo.report, title="校门口放学时停满车", by=place.clerk, at=MORNING)
    answer_exposure(photo.report, households="many", by=place.clerk, at=MORNING)
    dispatch_text(place, photo.report)
    confirm_public_text(photo.report, text="放学时校门口很挤。", by=place.clerk, at=MORNING)
    name_unit(photo.report, place.school, by=place.clerk, at=MORNING)
    return covered(place, photo)


def locked_line(place: District) -> str:
    """Return the id of an added line that accuses somebody, in a report that is part of a matter."""
    report = gathered_matter(place).reports.get()
    return str(add_words(report, text=ACCUSING, by=ReceiptHolder(report.pk), at=MORNING).pk)


def looked_after(point: ReportPoint, place: District) -> tuple[str, str]:
    """Give a point a new code and put the member in charge. Return the old code and the duty's id."""
    old_code = point.code
    rotate_code(point, leads_until=LATER.date(), by=place.clerk, at=MORNING)
    duty = put_in_charge(point, appointment=place.appointments["member"], by=place.clerk, at=MORNING)
    return old_code, str(duty.pk)


def judged_matter(place: District, received: Received) -> Matter:
    """Return the matter of a report, judged now, with a picture as evidence."""
    matter = raise_matter(received.report, title="小学门口放学时车多人挤", by=place.clerk, at=MORNING)
    task = assigned(place, suggestion=adopted_suggestion(place, matters=(matter,)))
    claimed(
        task,
        place,
        pictures=delivery.draw_pictures(
            [picture("olive" if place.committee.slug == "yunchuan" else "teal")], LATER
        ),
    )
    delivery.verify(task, verified_by="提案委副主任", by=place.clerk, at=LATER)
    delivery.ask_for_verdicts(consultation=task.suggestion.consultation, by=place.clerk, at=LATER)
    return Matter.unscoped.get(pk=matter.pk)


def judging(place: District) -> Matter:
    """Return another matter that is judged now."""
    matter = gathered_matter(place)
    task = assignment_at(A.VERIFIED, place, suggestion=adopted_suggestion(place, matters=(matter,)))
    delivery.ask_for_verdicts(consultation=task.suggestion.consultation, by=place.clerk, at=LATER)
    return Matter.unscoped.get(pk=matter.pk)


def followed_up(place: District) -> FollowUp:
    """Return the follow-up of a matter somebody said is not solved."""
    matter = judging(place)
    say(holder(matter), solved="no", satisfied="no")
    return FollowUp.unscoped.get(matter=matter)


def closed_matter(place: District) -> Matter:
    """Return a closed matter, whose look-back is still to come."""
    matter = judging(place)
    say(holder(matter))
    return delivery.close_matter_when_done(matter=matter, by=place.clerk, at=LATER)


def holder(matter: Matter) -> ReceiptHolder:
    return ReceiptHolder(matter.reports.get().pk)


def matter_behind(task: Any) -> Matter:
    return task.suggestion.consultation.topic.topic_matters.get(left_at=None).matter


def lists_of(matter: Matter) -> str:
    found = Evidence.unscoped.filter(result__assignment__suggestion__consultation__topic__matters=matter)
    return found.get().result.assignment.suggestion.consultation.code


def evidence_name(matter: Matter) -> str:
    found = Evidence.unscoped.filter(result__assignment__suggestion__consultation__topic__matters=matter)
    return found.get().file.name
