"""The first page, and the five screens from nothing to a first report point."""

from typing import Any

from django.contrib import auth, messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from shangliang.foundation import clock
from shangliang.foundation.viewer import System
from shangliang.people import actions, queries
from shangliang.people.access import Request, attempt_form, for_everybody, for_roles, found
from shangliang.people.forms.lists import PeopleForm, PlacesForm
from shangliang.people.forms.office import LettersForm, NamesForm, SettingsForm
from shangliang.people.forms.start import BeginForm, WorkForm
from shangliang.people.navigation import home_for
from shangliang.people.permissions import MAY_MANAGE
from shangliang.people.settings_of import EXAMPLE_PASSWORD
from shangliang.people.views.office import links_page

BACKEND = "django.contrib.auth.backends.ModelBackend"
NUMBERS = ("answer_days", "default_deadline_days", "look_back_days")


@for_everybody
def home(request: Request) -> HttpResponse:
    """List the committees, lead to the only one, or offer the two doors while there is no real one."""
    committees = list(queries.all_committees())
    acting = request.acting
    if acting and not acting.committee.is_example and home_for(acting.role) != "/":
        return HttpResponseRedirect(home_for(acting.role))
    if len(committees) == 1 and not committees[0].is_example:
        return HttpResponseRedirect(f"/{committees[0].slug}/")
    example = next((one for one in committees if one.is_example and one.parent_id is None), None)
    context = {"committees": committees, "example": example}
    if any(not one.is_example for one in committees):
        return render(request, "people/committees.html", context)
    return render(request, "people/two_doors.html", {
        **context, "accounts": queries.example_accounts(), "password": EXAMPLE_PASSWORD})  # fmt: skip


def start_page(request: Request, template: str, step: int, context: dict[str, Any]) -> HttpResponse:
    """Answer with one of the five screens; the row above says where one is and leads to the others."""
    names = [_("办公室"), _("街道社区"), _("人员"), _("谁来办"), _("第一个直报点")]
    return render(request, template, {"steps": names, "step": step, **context})


@for_everybody
@sensitive_post_parameters("password", "again", "code")
def start(request: Request) -> HttpResponse:
    """Screen 1: the committee and the one who leads it, for whoever reads the setup code off the console."""
    if queries.real_committee() is not None:
        return _names(request)
    form = BeginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        held = attempt_form(
            form, lambda: actions.begin_office(**form.office(), by=System("start"), at=clock.now())
        )
        if held:
            auth.login(request, held.person, backend=BACKEND)
            return redirect("people:start_places")
    return start_page(request, "people/start_office.html", 1, {"form": form})


def _names(request: Request) -> HttpResponse:
    """Screen 1 again, once the office stands: its names may be changed; whoever does not manage it signs in first."""
    acting = request.acting
    if not acting or acting.committee.is_example or acting.role not in MAY_MANAGE:
        messages.info(request, _("办公室已经建好了。请登录。"))
        return redirect("people:sign_in")
    committee = acting.committee
    form = NamesForm(
        request.POST or None, initial={"name": committee.name, "short_name": committee.short_name}
    )
    if request.method == "POST" and form.is_valid():
        if attempt_form(form, lambda: actions.rename_committee(
                committee, **form.cleaned_data, by=request.viewer, at=clock.now())):  # fmt: skip
            return redirect("people:start_places")
    return start_page(request, "people/start_names.html", 1, {"form": form, "committee": committee})


def _ours(request: Request) -> Any:
    """Return the committee being set up: the example is never set up by hand (404)."""
    return found(None if request.committee.is_example else request.committee)


@for_roles(*MAY_MANAGE)
def start_places(request: Request) -> HttpResponse:
    """Screen 2: streets and communities, looked at before they are kept."""
    committee, preview = _ours(request), None
    form = PlacesForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        if "save" in request.POST:
            added = attempt_form(form, lambda: actions.add_places(
                committee=committee, places=form.rows, by=request.viewer, at=clock.now()))  # fmt: skip
            if added is not None:
                return redirect("people:start_people")
        form, preview = form.as_pasted(), form.preview()
    rows = queries.places_in_order(committee.pk)
    return start_page(
        request, "people/start_places.html", 2, {"form": form, "preview": preview, "rows": rows}
    )


@for_roles(*MAY_MANAGE)
def start_people(request: Request) -> HttpResponse:
    """Screen 3: people with roles; the one-time links are shown once."""
    committee = _ours(request)
    form = PeopleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        seated = attempt_form(form, lambda: actions.seat_people(
            committee=committee, people=form.rows, by=request.viewer, at=clock.now()))  # fmt: skip
        if seated:
            return links_page(request, seated, reverse("people:start_people"), reverse("people:start_work"))
    rows = queries.standing_in_own_committee(request.viewer)
    return start_page(request, "people/start_people.html", 3, {"form": form, "rows": rows})


@for_roles(*MAY_MANAGE)
def start_work(request: Request) -> HttpResponse:
    """Screen 4: who assigns, which units there are, which letters and days."""
    committee, sent = _ours(request), request.POST or None
    forms: dict[str, Any] = {"work": WorkForm(sent), "letters": LettersForm(sent, letters=queries.letters_of(committee.pk)),
             "numbers": SettingsForm(sent, keys=NUMBERS, initial=queries.settings_of(committee.pk))}  # fmt: skip
    if request.method == "POST" and all([form.is_valid() for form in forms.values()]):
        done = attempt_form(forms["work"], lambda: actions.set_up_work(
            committee=committee, authorities=forms["work"].cleaned_data["authorities"],
            units=forms["work"].cleaned_data["units"], letters=forms["letters"].letters(),
            values=forms["numbers"].cleaned_data, by=request.viewer, at=clock.now()) or True)  # fmt: skip
        if done:
            return redirect("people:start_point")
    rows = queries.organisations_of(committee.pk)
    return start_page(request, "people/start_work.html", 4, {**forms, "rows": rows})


@for_roles(*MAY_MANAGE)
def start_point(request: Request) -> HttpResponse:
    """Screen 5 belongs to the report points: go there."""
    _ours(request)
    try:
        return HttpResponseRedirect(f"{reverse('reports:point_new')}?first=1")
    except NoReverseMatch:
        return HttpResponseRedirect(home_for(request.viewer.role))
