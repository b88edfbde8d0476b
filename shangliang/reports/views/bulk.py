"""Many reports at once: kept in the bank or put into the queue in one press; joined or declined on a page of its own.

What is ticked stands in the address of that page, so that it can be looked at as long as one likes: a GET writes nothing.
"""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shangliang.foundation import clock, roles
from shangliang.foundation.moves import may
from shangliang.people.access import attempt, attempt_form, for_roles
from shangliang.reports.actions import joining, screening
from shangliang.reports.actions.doubts import put_in_queue
from shangliang.reports.actions.wording import title_shared_by, words_for
from shangliang.reports.forms.desk import BulkJoinForm, BulkWordsForm
from shangliang.reports.queries.desk import matters_to_join, reports_on_desk
from shangliang.reports.queries.thresholds import threshold_of
from shangliang.reports.states import DECLINE, JOIN
from shangliang.reports.views.desk_address import address, kept_query
from shangliang.reports.views.side_by_side import side_by_side, to_tick
from shangliang.reports.views.undoing import offer_undo

FEWEST_JOINED = 2
PAGES = {"join": "reports:desk_bulk_join", "decline": "reports:desk_bulk_decline"}
REFUSED = 422


@require_POST
@for_roles(*roles.OFFICE)
def bulk(request: HttpRequest) -> HttpResponse:
    """What was pressed with some ticked: join and decline lead to their page, the others are done."""
    codes = request.POST.getlist("report")[: screening.MOST_AT_ONCE + 1]
    act = request.POST.get("act", "bank")
    if not codes:
        messages.info(request, _("没有动任何一条。先在左边打勾，再点一次。"))
        return redirect(address("reports:desk", request))
    if act in PAGES:
        return redirect(_page_of(request, PAGES[act], codes))
    rows = list(reports_on_desk(request.viewer, codes))
    if act == "queue":
        done = attempt(request, lambda: put_in_queue(rows, by=request.viewer, at=clock.now()))
        return _done(request, rows, done, _("放回队列"), can_undo=False)
    done = attempt(request, lambda: screening.bulk_bank(rows, by=request.viewer, at=clock.now()))
    return _done(request, rows, done, _("留在库里"))


@for_roles(*roles.OFFICE)
def bulk_join(request: HttpRequest) -> HttpResponse:
    """The preview of a join: each text beside the others, the name, who would be told what; then the join."""
    rows = _ticked(request, JOIN)
    if len(rows) < FEWEST_JOINED:
        messages.info(request, _("至少要两条才能合成一件，请再选一条。"))
        return redirect(address("reports:desk", request))
    first = {"title": title_shared_by(rows[0], rows[1]), "words": words_for("report.join")}
    said = request.POST if request.method == "POST" else None
    form = BulkJoinForm(said, initial=first, matters=matters_to_join(request.viewer, rows[0]))
    if form.is_valid():
        made = attempt_form(
            form, lambda: joining.bulk_join(rows, **form.cleaned_data, by=request.viewer, at=clock.now())
        )
        if made:
            return _done(request, rows, made[1], _("合成一件"))
    beside = side_by_side(rows, threshold_of(rows[0].committee_id))
    ticked = to_tick(beside) if said is None else {one.code for one in rows}
    shown = {"form": form, "rows": beside, "ticked": ticked, **_told(request, rows)}
    return render(request, "reports/desk/bulk_join.html", shown, status=REFUSED if form.errors else 200)


@for_roles(*roles.OFFICE)
def bulk_decline(request: HttpRequest) -> HttpResponse:
    """One sentence for everybody whose report was ticked: why this is no matter for consultation."""
    rows = _ticked(request, DECLINE)
    if not rows:
        messages.info(request, _("没有动任何一条。先在左边打勾，再点一次。"))
        return redirect(address("reports:desk", request))
    said = request.POST if request.method == "POST" else None
    form = BulkWordsForm(said, initial={"words": words_for("report.decline")})
    if form.is_valid():
        words = form.cleaned_data["words"]
        done = attempt_form(
            form, lambda: screening.bulk_decline(rows, words=words, by=request.viewer, at=clock.now())
        )
        if done:
            return _done(request, rows, done, _("不作为议题"))
    shown = {"form": form, "rows": side_by_side(rows), **_told(request, rows)}
    return render(request, "reports/desk/bulk_decline.html", shown, status=REFUSED if form.errors else 200)


def _ticked(request: HttpRequest, step: Any) -> list[Any]:
    """Return the reports the address or the form names to which the move is open."""
    said = request.POST if request.method == "POST" else request.GET
    codes = said.getlist("report")[: screening.MOST_AT_ONCE]
    return [one for one in reports_on_desk(request.viewer, codes) if may(request.viewer, one, step)]


def _told(request: HttpRequest, rows: list[Any]) -> dict[str, Any]:
    """Return who would be told: every reporter on the page of the receipt, and by mail where they asked for it."""
    imported = sum(one.channel == "imported" for one in rows)
    return {
        "count": len(rows),
        "readers": len(rows) - imported,
        "by_mail": sum(bool(one.mail_handle) for one in rows),
        "imported": imported,
        "back": address("reports:desk", request),
    }


def _page_of(request: HttpRequest, name: str, codes: list[str]) -> str:
    kept = kept_query(request)
    ticked = urlencode([("report", code) for code in codes])
    return f"{reverse(name)}?{ticked}{'&' + kept if kept else ''}"


def _done(
    request: HttpRequest, rows: list[Any], done: list[Any] | None, label: str, can_undo: bool = True
) -> HttpResponse:
    """Say how many it was, offer to take it back, and go on with the filters kept."""
    back = address("reports:desk", request)
    if done is None:
        return redirect(back)
    words = _("%(label)s：%(count)s 条。") % {"label": label, "count": len(done)}
    if len(done) < len(rows):
        words += _("另有 %(left)s 条刚才别人处理过，没有动。") % {"left": len(rows) - len(done)}
    if can_undo and done:
        offer_undo(request, words, [one.code for one in done])
    else:
        messages.success(request, words)
    return redirect(back)
