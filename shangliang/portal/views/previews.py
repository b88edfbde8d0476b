"""What a unit reads before the public does: it may correct facts, it has no veto."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from shangliang.foundation import clock, publishing, roles
from shangliang.people.access import attempt_form, for_roles, found
from shangliang.portal.forms import AnswerForm
from shangliang.portal.queries import previews_shown_to
from shangliang.portal.showing import code_of, shown

REFUSED = 422


@for_roles(roles.UNIT)
def previews(request: HttpRequest) -> HttpResponse:
    """The texts shown to the unit, those that wait for its word first."""
    return render(
        request, "portal/previews.html", {"previews": list(previews_shown_to(request.viewer)[:100])}
    )


@for_roles(roles.UNIT)
def preview(request: HttpRequest, code: str) -> HttpResponse:
    """One text as the public would read it, but for the verdicts, and the unit's word on its facts."""
    one = found(previews_shown_to(request.viewer).filter(publication__code=code).first())
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data["correction"]
        answer = publishing.answer_preview
        if attempt_form(form, lambda: answer(one, correction=said, by=request.viewer, at=clock.now())):
            messages.success(request, _("记下了，谢谢。"))
            return redirect("portal:previews")
    words = shown(one.publication.content, with_verdicts=False)
    context = {
        "preview": one,
        "publication": one.publication,
        "shown": words,
        "code": code_of(one.publication),
        "form": form,
    }
    return render(request, "portal/preview.html", context, status=REFUSED if form.errors else 200)
