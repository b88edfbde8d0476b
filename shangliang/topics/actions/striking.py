"""Words of somebody who took them back are struck out of a topic; the topic itself goes on."""

from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext as _

from shangliang.foundation import roles
from shangliang.foundation.business import action
from shangliang.foundation.moves import check_role, record_fact
from shangliang.foundation.site_language import in_site_language
from shangliang.foundation.viewer import Viewer
from shangliang.sorting.actions.asked import index_asked
from shangliang.topics.models import Topic
from shangliang.topics.rules import ASKED_AS

STRUCK_FROM = ("title", "background", "why_this_topic")


@action
@in_site_language
def strike_out(topic: Topic, strike: Callable[[str], str], *, by: Viewer, at: datetime) -> bool:
    """Leave of a topic's words what ``strike`` leaves of them. Return whether anything changed; for tasks alone."""
    check_role(by, (roles.SYSTEM,))
    row = Topic.unscoped.select_for_update(of=("self",)).select_related("committee").get(pk=topic.pk)
    kept = {name: strike(getattr(row, name)) for name in STRUCK_FROM}
    changed = [name for name in STRUCK_FROM if kept[name] != getattr(row, name)]
    if not changed:
        return False
    for name in changed:
        setattr(row, name, kept[name])
    row.title = (row.title.strip("….，。 ") and row.title[:80]) or _("原话已撤回的议题")
    row.save(update_fields=[*changed, "title"])
    index_asked(row.committee, ASKED_AS, row.pk, row.title, row.background)
    record_fact(row, "topic.strike_out", by=by, at=at, facts={"from": changed})
    return True
