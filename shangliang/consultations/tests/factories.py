"""Consultations in the fictitious district, brought to a state by the real actions."""

from datetime import date
from typing import Any

from shangliang.consultations import actions
from shangliang.consultations.models import Consultation, Suggestion
from shangliang.consultations.states import ConsultationState as C
from shangliang.people.tests.factories import MORNING, District
from shangliang.protection.tests.factories import said_how_many
from shangliang.topics.queries import matters_of
from shangliang.topics.states import TopicState
from shangliang.topics.tests.factories import topic_at

LOOKED_ON = date(2026, 8, 20)
HELD_ON = date(2026, 9, 4)
HEADS = {"residents": 12, "departments": 6, "experts": 2, "members": 7}
SUPPORTS = {"residents": (10, 2, "担心老人买菜远了"), "members": (7, 0, "")}
POINT = "校门两侧划限时停车位"


def opened(place: District, **more: Any) -> Consultation:
    """Return a consultation just opened on a scheduled topic; ``more`` goes to ``topic_at``."""
    topic = topic_at(TopicState.SCHEDULED, place, **more)
    return actions.open_consultation(topic=topic, convener="清河街道联络组组长", by=place.clerk, at=MORNING)


def looked(row: Consultation, place: District) -> None:
    """Keep one look before the session."""
    actions.record_research(
        row,
        happened_on=LOOKED_ON,
        note="放学四十分钟数到两百多辆车。",
        who="委员 3 人",
        by=place.clerk,
        at=MORNING,
    )


def met(row: Consultation, place: District) -> None:
    """Hold the session with its heads, words and two points agreed on."""
    acts = {"by": place.clerk, "at": MORNING}
    actions.hold_session(
        row,
        held_on=HELD_ON,
        place="柳岸社区议事厅",
        heads=HEADS,
        counted_by="程晓岚",
        how="会场点人头",
        **acts,
    )
    actions.record_statement(row, side="residents", speaker="家长", text="孩子只能走马路中间。", **acts)
    said_how_many(place, *matters_of(row.topic))
    suggested(row, place)
    suggested(row, place, text="三个年级错开放学", proposer_side="experts", supports={})


def suggested(row: Consultation, place: District, **more: Any) -> Suggestion:
    """Add a point agreed on."""
    said = {
        "text": POINT,
        "proposer_side": "residents",
        "proposer_note": "家长",
        "basis": "量过，放得下",
        "concerned_units": [place.lead_unit],
        "supports": SUPPORTS,
        **more,
    }
    return actions.add_suggestion(row, **said, by=place.clerk, at=MORNING)


def suggestions(row: Consultation) -> list[Suggestion]:
    """Return the suggestions in the order of their numbers."""
    return list(Suggestion.unscoped.filter(consultation=row).order_by("number"))


def adopt_all(row: Consultation, place: District) -> None:
    """Record that every point was adopted."""
    for one in suggestions(row):
        actions.adopt_suggestion(
            one,
            decided_by="区政府办公室",
            decided_on=MORNING.date(),
            source="云府办〔2026〕12号",
            by=place.clerk,
            at=MORNING,
        )


def consultation_at(state: str, place: District, **more: Any) -> Consultation:
    """Return a consultation in a state, walked there by the office; from "following" on both points are adopted."""
    row, acts = opened(place, **more), {"by": place.clerk, "at": MORNING}
    walk = (
        lambda: actions.plan(
            row, place="柳岸社区议事厅", planned_on=HELD_ON, aim="放学不堵", heads=HEADS, **acts
        ),
        lambda: (looked(row, place), actions.finish_research(row, **acts)),
        lambda: met(row, place),
        lambda: actions.submit_results(row, submitted_to="区政府办公室", **acts),
        lambda: (adopt_all(row, place), actions.follow(row, **acts)),
        lambda: actions.close_consultation(row, **acts),
    )
    for go in walk:
        if row.state == state:
            break
        go()
    assert row.state == C(state)
    return row
