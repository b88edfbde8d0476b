"""A unit without an account: one link, one answer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from shangliang.delivery.queries import (
    get_assignment_for,
    get_link,
    holder_of_link,
    left_of,
    pictures_shown_to_unit,
    tasks_shown_to_unit,
    words_shown_to_unit,
)
from shangliang.delivery.views.course import waits_for
from shangliang.delivery.views.steps import STEPS, may_ever, open_steps, take_step
from shangliang.foundation import clock
from shangliang.foundation.viewer import LinkHolder
from shangliang.people.access import for_everybody, found
from shangliang.ui.parts import Button


@require_safe
@never_cache
@for_everybody
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Show the task behind a link, what it rests on, until when, and the steps open; or say it is used up."""
    link = found(get_link(token))
    holder = holder_of_link(link, clock.now())
    if holder is None:
        return render(request, "delivery/link_over.html", {"link": link}, status=200 if link.used_at else 410)
    one = found(get_assignment_for(holder, link.assignment.code))
    return render(request, "delivery/by_link.html", {
        "one": one, "left": left_of([one], clock.today())[one.pk], "matters": tasks_shown_to_unit(holder, one),
        "words": words_shown_to_unit(holder, one),
        "pictures": [reverse("delivery:link_picture", args=[token, file.name]) for file in pictures_shown_to_unit(holder, one)],
        "buttons": _buttons(token, holder, one), "waits_for": waits_for(one), "until": link.expires_at,
    })  # fmt: skip


def _buttons(token: str, holder: LinkHolder, one) -> list[Button]:  # type: ignore[no-untyped-def]
    """The link answers once: where the work can be reported done, that stands first, not one line of progress."""
    steps = sorted(open_steps(holder, one), key=lambda step: step.name == "progress")
    return [Button(label=str(step.label), needs_form=True, is_main=number == 0,
                   url=reverse("delivery:link_step", args=[token, step.name]))
            for number, step in enumerate(steps)]  # fmt: skip


@require_http_methods(["GET", "POST"])
@never_cache
@for_everybody
def link_step(request: HttpRequest, token: str, name: str) -> HttpResponse:
    """Do one step by a link and use the link up."""
    link = found(get_link(token))
    holder = holder_of_link(link, clock.now())
    if holder is None:
        return redirect("delivery:by_link", token=token)
    one, what = found(get_assignment_for(holder, link.assignment.code)), found(STEPS.get(name))
    found(may_ever(holder, one, what) or None)
    form, done = take_step(request, one, what, holder)
    if done:
        return redirect("delivery:by_link", token=token)
    context = {
        "one": one,
        "what": what,
        "form": form,
        "token": token,
        "note": _("这个链接只能回复一次，交之前请看一遍。"),
    }
    return render(request, "delivery/link_step.html", context, status=422 if form.errors else 200)
