"""Getting in and out: password, one-time link, the appointment acted in, one's own messages and password."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import auth, messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from shangliang.foundation import clock, roles
from shangliang.foundation.viewer import LinkHolder
from shangliang.people import actions, queries
from shangliang.people.access import (
    Request,
    attempt_form,
    for_everybody,
    for_roles,
    for_signed_in,
    found,
    is_key,
)
from shangliang.people.forms.sign_in import ChangePasswordForm, SignInForm, TwicePasswordForm
from shangliang.people.middleware import ACTING_KEY
from shangliang.people.navigation import home_for
from shangliang.people.settings_of import EXAMPLE_PASSWORD

LOCKED = 429


@for_everybody
@sensitive_post_parameters("password")
def sign_in(request: Request) -> HttpResponse:
    """Name and password; then to where one was going, or to the first page of one's role."""
    form = SignInForm(request.POST or None, initial={"username": request.GET.get("as", "")})
    if request.method == "POST" and form.is_valid():
        person = auth.authenticate(request, **form.cleaned_data)
        if person is not None:
            auth.login(request, person)
            return _onward(request, person.pk)
        form.add_error(None, _("登录名或密码不对，请再试一次。"))
    return _sign_in_page(request, form)


def _sign_in_page(request: Request, form: SignInForm, status: int = 200) -> HttpResponse:
    return render(request, "people/sign_in.html", {
        "form": form, "next": (request.POST or request.GET).get("next", ""), "accounts": queries.example_accounts(),
        "password": EXAMPLE_PASSWORD, "is_to_try": request.GET.get("as", "").startswith("example")},
        status=status)  # fmt: skip


def locked_out(request: Request, _response: HttpResponse, _credentials: dict | None = None) -> HttpResponse:
    """Answer for an account locked after too many tries: the same page, saying until when."""
    form = SignInForm(request.POST)
    form.is_valid()
    form.add_error(None, _("试错太多次，15 分钟后再试。"))
    return _sign_in_page(request, form, LOCKED)


def _onward(request: Request, person_id: int) -> HttpResponse:
    there = request.POST.get("next", "")
    held = queries.standing_appointments(person_id, clock.today()).first()
    if held is None:
        messages.warning(request, _("您现在没有在任的身份。要办事，请找办公室的管理员。"))
        return redirect("/")
    return HttpResponseRedirect(there if _is_ours(request, there) else home_for(held.role))


def _is_ours(request: Request, there: str) -> bool:
    return url_has_allowed_host_and_scheme(there, {request.get_host()}, require_https=request.is_secure())


@for_everybody
@require_POST
def sign_out(request: Request) -> HttpResponse:
    """Out, and back to the first page."""
    auth.logout(request)
    messages.success(request, _("已经退出。"))
    return redirect("/")


@for_signed_in
@require_POST
def act_as(request: Request) -> HttpResponse:
    """Go on in another of one's appointments, at the first page of its role: the page left may not be open to it."""
    chosen = request.POST.get("appointment", "")
    mine = queries.standing_appointments(request.user.pk or 0, clock.today())
    held = found(mine.filter(pk=chosen).first() if is_key(chosen) else None)
    request.session[ACTING_KEY] = held.pk
    messages.success(request, _("现在以“%(role)s”办事。") % {"role": queries.described(held)})
    return HttpResponseRedirect(home_for(held.role))


@for_everybody
@never_cache
@sensitive_post_parameters("password", "again")
def invite(request: Request, token: str) -> HttpResponse:
    """Set a first password by a one-time link; one used, expired or unknown says so in the same words."""
    invitation = queries.open_invitation(token, clock.now())
    if invitation is None:
        return render(request, "people/invitation_closed.html", status=410)
    form = TwicePasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        by = LinkHolder("invitation", str(invitation.pk), committee_id=invitation.committee_id)
        person = attempt_form(form, lambda: actions.accept_invitation(
            invitation, password=form.cleaned_data["password"], by=by, at=clock.now()))  # fmt: skip
        if person is not None:
            messages.success(request, _("密码设好了。用登录名“%(login)s”登录。") % {"login": person.login})
            return redirect(f"{reverse('people:sign_in')}?{urlencode({'as': person.login})}")
    return render(request, "people/invitation.html", {"form": form, "invitation": invitation})


@for_roles(*roles.STAFF)
def inbox(request: Request) -> HttpResponse:
    """What the appointment acted in was told, latest first; a POST marks what is shown, or one of it, as read."""
    if request.method == "POST":
        pks = [int(one) for one in request.POST.getlist("message") if is_key(one)]
        actions.read_messages(pks=pks, by=request.viewer, at=clock.now())
        return redirect("people:inbox")
    page = Paginator(queries.inbox_of(request.viewer), 30).get_page(request.GET.get("page"))
    return render(request, "people/inbox.html", {"page": page})


@for_roles(*roles.STAFF)
@sensitive_post_parameters("old", "password", "again")
def password(request: Request) -> HttpResponse:
    """Change one's own password; other browsers are signed out by it."""
    form = ChangePasswordForm(request.POST or None)
    person: Any = request.user
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        done = attempt_form(form, lambda: actions.change_password(
            person, old=said["old"], new=said["password"], by=request.viewer, at=clock.now()) or True)  # fmt: skip
        if done:
            auth.update_session_auth_hash(request, person)
            messages.success(request, _("密码改好了。"))
            return redirect("people:password")
    return render(request, "people/password.html", {"form": form})
