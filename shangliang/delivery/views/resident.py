"""The person who raised it judges the result, with the receipt alone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from shangliang.delivery import actions
from shangliang.delivery.forms import VerdictForm
from shangliang.delivery.queries import evidence_for, given_verdict, judgeable_matter_of, results_told_to
from shangliang.delivery.views.assignments import picture
from shangliang.foundation import clock
from shangliang.people.access import attempt_form, for_everybody, found
from shangliang.reports.receipt_cookie import holder_from


@require_http_methods(["GET", "POST"])
@never_cache
@for_everybody
def verdict(request: HttpRequest) -> HttpResponse:
    """Show what was done and ask two questions; nothing is chosen beforehand, and each receipt answers once."""
    holder = holder_from(request)
    if holder is None:
        return redirect("/receipt/")
    form = VerdictForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        give = lambda: actions.give_verdict(holder=holder, **form.cleaned_data, at=clock.now())  # noqa: E731
        if attempt_form(form, give):
            return redirect("delivery:verdict")
    return _page(request, holder, form)


def _page(request: HttpRequest, holder, form: VerdictForm) -> HttpResponse:  # type: ignore[no-untyped-def]
    matter, given, results = judgeable_matter_of(holder), given_verdict(holder), results_told_to(holder)
    context = {
        "matter": matter, "given": given, "form": form, "results": results,
        "looked_on": max((one["verified_on"] for one in results), default=None),
        "title": _("评过了，谢谢您") if given else _("办完了，请您来评"),
    }  # fmt: skip
    return render(request, "delivery/verdict.html", context, status=422 if form.errors else 200)


@require_safe
@for_everybody
def verdict_picture(request: HttpRequest, name: str) -> HttpResponse:
    """Send a picture of a checked result to the holder of a receipt of its matter."""
    holder = found(holder_from(request))
    return picture(found(evidence_for(holder, name)))
