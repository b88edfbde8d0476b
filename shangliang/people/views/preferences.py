"""本办公室: settings, the day table, and what runs in the background."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shangliang.foundation import clock, roles
from shangliang.foundation.schedule import all_jobs
from shangliang.people import actions, queries
from shangliang.people.access import Request, attempt, attempt_form, for_roles, found, is_key
from shangliang.people.forms.office import DayForm, LabelsForm, LettersForm, NamesForm, SettingsForm
from shangliang.people.permissions import MAY_MANAGE
from shangliang.people.rules import LIMITS
from shangliang.people.views.office import OPEN_TO, office_page

LAST_YEAR = 9999  # of the calendar


@for_roles(*OPEN_TO)
def settings(request: Request) -> HttpResponse:
    """Everything a committee sets for itself, on one page with one button."""
    committee = request.committee
    held = queries.settings_of(committee.pk)
    names = {"name": committee.name, "short_name": committee.short_name}
    sent = request.POST or None
    forms = {"names": NamesForm(sent, initial=names), "numbers": SettingsForm(sent, initial=held),
             "labels": LabelsForm(sent, initial=LabelsForm.initial_from(held)),
             "letters": LettersForm(sent, letters=queries.letters_of(committee.pk))}  # fmt: skip
    if request.method == "POST" and all([form.is_valid() for form in forms.values()]):
        if attempt_form(forms["names"], lambda: _save(request, forms, held)):
            messages.success(request, _("设置存好了。"))
            return redirect("people:settings")
    return office_page(request, "people/settings.html", "settings", {
        **forms, "committee": committee, "has_example": queries.has_example()})  # fmt: skip


def _save(request: Request, forms: dict, held: dict) -> bool:
    numbers = {key: forms["numbers"].cleaned_data[key] for key in LIMITS}
    actions.change_preferences(
        committee=request.committee, names=forms["names"].cleaned_data, values={**numbers, **forms["labels"].values(held)},
        letters=forms["letters"].letters(), by=request.viewer, at=clock.now(),
    )  # fmt: skip
    return True


@require_POST
@for_roles(*roles.STAFF)
def digest(request: Request) -> HttpResponse:
    """Turn the daily word of what waits on or off for the seat acted in."""
    wanted = request.POST.get("wanted") == "yes"
    actions.want_digest(wanted=wanted, by=request.viewer, at=clock.now())
    messages.success(request, _("好，有事等着的日子说一声。") if wanted else _("好，不再每天说了。"))
    return redirect("portal:work")


@for_roles(*OPEN_TO)
def days(request: Request) -> HttpResponse:
    """The days of a year that differ from their weekday; a POST enters one."""
    years = queries.years_entered()
    said = request.GET.get("year", "")
    year = int(said) if is_key(said) and int(said) in years else max([clock.today().year, *years[:1]])
    form = DayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        day = attempt_form(form, lambda: actions.set_day(**form.entry(), by=request.viewer, at=clock.now()))
        if day:
            messages.success(request, _("记下了。以后的期限按新的表算。"))
            return redirect(f"{request.path}?year={day.day.year}")
    rows = list(queries.special_days(year))
    return office_page(request, "people/days.html", "days", {
        "form": form, "rows": rows, "year": year, "years": [(str(one), f"?year={one}", one == year) for one in years],
        "is_provisional": any(row.is_provisional for row in rows)})  # fmt: skip


@for_roles(*MAY_MANAGE)
@require_POST
def drop_day(request: Request) -> HttpResponse:
    """Take a day out of the table."""
    form = DayForm({**request.POST.dict(), "is_working": "no", "name": "-"})
    if not form.is_valid():
        raise Http404
    day = form.cleaned_data["day"]
    attempt(request, lambda: actions.drop_day(day=day, by=request.viewer, at=clock.now()))
    return redirect(f"{_days_address()}?year={day.year}")


@for_roles(*MAY_MANAGE)
@require_POST
def confirm_year(request: Request, year: int) -> HttpResponse:
    """Say that a year's table is the official one."""
    found(1 <= year <= LAST_YEAR or None)
    attempt(request, lambda: actions.confirm_year(year=year, by=request.viewer, at=clock.now()))
    return redirect(f"{_days_address()}?year={year}")


def _days_address() -> str:
    return reverse("people:days")


@for_roles(*OPEN_TO)
def background(request: Request) -> HttpResponse:
    """Periodic jobs and messages that could not be sent; a POST tries one again."""
    if request.method == "POST":
        attempt(request, lambda: _retry(request))
        return redirect("people:background")
    page = Paginator(queries.recent_jobs(), 30).get_page(request.GET.get("page"))
    labels = {job.name: job.label for job in all_jobs()}
    jobs = [(one, labels.get(one.name) or one.name) for one in page]
    return office_page(request, "people/background.html", "background", {
        "page": page, "jobs": jobs, "parked": queries.parked_messages(request.viewer)[:100]})  # fmt: skip


def _retry(request: Request) -> None:
    kind, _colon, pk = request.POST.get("what", "").partition(":")
    act = {"message": actions.retry_message, "job": actions.retry_job}.get(kind)
    if act is None or not is_key(pk):
        raise Http404
    act(pk=int(pk), by=request.viewer, at=clock.now())
    messages.success(request, _("会再试。一会儿回来看看。"))
