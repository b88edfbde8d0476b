"""Topics in the fictitious district, brought to a state by the real actions."""

from datetime import date, timedelta
from typing import Any

from django.test import Client

from shangliang.people.tests.factories import MORNING, District
from shangliang.reports.models import Matter
from shangliang.reports.tests.factories import gathered_matter
from shangliang.topics import actions
from shangliang.topics.models import ConsultationForm, Topic
from shangliang.topics.states import TopicState

STORED_ON = date(2026, 7, 1)
SUBMITTED_ON = date(2026, 7, 6)
DECIDED_ON = date(2026, 7, 10)
NOTICED_ON = date(2026, 7, 13)
SCHEDULED_ON = date(2026, 9, 22)
TITLE = "缓解小学门口放学时段拥堵"


def form_in(place: District, key: str = "micro") -> ConsultationForm:
    """Return one of the forms everybody begins with."""
    return actions.ensure_forms(place.committee, by=place.clerk, at=MORNING)[key]


def stored_topic(
    place: District, *, form: str = "micro", matters: tuple[Matter, ...] | None = None, **more: Any
) -> Topic:
    """Return a topic in the bank, on one matter unless told otherwise."""
    held = (gathered_matter(place),) if matters is None else matters
    said = {"title": TITLE, "source": "residents", "domain": "livelihood", "stored_on": STORED_ON, **more}
    return actions.store_topic(
        committee=place.committee, form=form_in(place, form), matters=held, by=place.clerk, at=MORNING, **said
    )


def decide(topic: Topic, place: District, decision: str = "approved", **more: Any) -> None:
    """Record what the approver decided, with everything that belongs to it."""
    said = {
        "decided_by": "区委",
        "decided_on": DECIDED_ON,
        "document_no": "云委〔2026〕9号",
        "opinion": "请再调研。",
        **more,
    }
    actions.record_decision(topic, decision=decision, by=place.clerk, at=MORNING, **said)


def run_notice(topic: Topic, place: District) -> None:
    """Show a topic to the public for its days and keep what came of it."""
    actions.begin_notice(topic, from_on=NOTICED_ON, by=place.clerk, at=MORNING)
    actions.end_notice(topic, outcome="没有收到不同意见。", by=place.clerk, at=MORNING)


def topic_at(state: str, place: District, **more: Any) -> Topic:
    """Return a topic in a state, walked there by the office. ``more`` goes to ``stored_topic``."""
    topic, acts = stored_topic(place, **more), {"by": place.clerk, "at": MORNING}
    sidesteps = {TopicState.RETURNED: "returned", TopicState.NOT_TAKEN: "not_taken"}
    walk = (
        lambda: actions.shortlist(topic, **acts),
        lambda: actions.submit_for_approval(topic, submitted_on=SUBMITTED_ON, **acts),
        lambda: decide(topic, place, sidesteps.get(state, "approved")),
        lambda: run_notice(topic, place) if topic.form.notice_days else None,
        lambda: actions.schedule(topic, scheduled_on=SCHEDULED_ON, **acts),
        lambda: actions.begin_topic(topic, **acts),
    )
    for go in walk:
        if topic.state == state:
            break
        go()
    assert topic.state == state
    return topic


def sign_in(client: Client, place: District, key: str) -> Client:
    """Return the client signed in as one of the cast."""
    client.force_login(place.appointments[key].person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def days_later(days: int) -> Any:
    """Return a moment so many days after the tests' morning."""
    return MORNING + timedelta(days=days)
