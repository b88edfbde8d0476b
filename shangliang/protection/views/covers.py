"""Covering faces and plates in a picture. Without scripts: two presses on the picture draw a rectangle."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from shangliang.foundation import clock, roles
from shangliang.foundation.files import read_file
from shangliang.foundation.pictures import Rectangle, size_of
from shangliang.foundation.pictures import cover as covered_bytes
from shangliang.people.access import attempt_form, for_roles, found
from shangliang.protection import actions
from shangliang.protection.forms import CoverForm
from shangliang.protection.forms.covers import ALL, as_words, between, corner_in, places_in
from shangliang.protection.queries import covered_file_for, covers_of, photo_to_cover
from shangliang.reports.queries import get_report_for

WIDEST, TALLEST = 720, 620  # pixels of a screen: the browser says where on these somebody pressed
DECISIONS = {"cover": True, "nothing": True, "keep": False}


@require_safe
@for_roles(*roles.OFFICE)
def covers(request: HttpRequest, code: str) -> HttpResponse:
    """Show every picture of a report with what was decided of it."""
    report = found(get_report_for(request.viewer, code))
    return render(
        request, "protection/covers.html", {"report": report, "rows": covers_of(request.viewer, report)}
    )


@require_http_methods(["GET", "POST"])
@for_roles(*roles.OFFICE)
def cover(request: HttpRequest, name: str) -> HttpResponse:
    """Draw rectangles over one picture; nothing is kept until it is confirmed."""
    photo = found(photo_to_cover(request.viewer, name))
    form = CoverForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        standing = dict(covers_of(request.viewer, photo.report)).get(photo)
        return _page(request, photo, form, [tuple(one) for one in standing.places] if standing else [], None)
    places, corner = places_in(form.cleaned_data["places"]), corner_in(form.cleaned_data["corner"])
    decision = next((one for one in DECISIONS if one in request.POST), "")
    if not decision:
        return _page(request, photo, form, *_drawn(request, photo, form, places, corner))
    if _decided(request, photo, form, places, decision):
        messages.success(request, _("定好了。"))
        return redirect("protection:covers", code=photo.report.code)
    return _page(request, photo, form, places, None)


def _decided(
    request: HttpRequest, photo: Any, form: CoverForm, places: list[Rectangle], decision: str
) -> Any:
    is_shown = DECISIONS[decision]
    if is_shown and form.needs_children():
        return None
    if decision == "cover" and not places:
        form.add_error(None, _("还没有遮。点照片上的两个角就遮一块；没有要遮的，按“没有要遮的”。"))
        return None
    answer = form.cleaned_data["children"] or "seen"
    drawn = places if is_shown else []
    act = lambda: actions.cover_photo(  # noqa: E731
        photo, places=drawn, children=answer, is_shown=is_shown, by=request.viewer, at=clock.now()
    )
    return attempt_form(form, act)


def _drawn(
    request: HttpRequest, photo: Any, form: CoverForm, places: list[Rectangle], corner: tuple[int, int] | None
) -> tuple[list[Rectangle], tuple[int, int] | None]:
    """Return the places and the first corner after one press: on the picture, on 加这一块, or on 去掉."""
    if request.POST.get("drop", "").isdecimal():
        gone = int(request.POST["drop"])
        return [one for number, one in enumerate(places) if number != gone], None
    if "add" in request.POST:
        return [*places, *form.typed()], None
    pressed = _pressed(request, photo)
    if pressed is None:
        return places, None
    if corner is None:
        return places, pressed
    return places_in(as_words([*places, between(corner, pressed)])), None


def _pressed(request: HttpRequest, photo: Any) -> tuple[int, int] | None:
    """Return where the picture was pressed, in thousandths; None when it was not."""
    across, down = request.POST.get("spot.x", ""), request.POST.get("spot.y", "")
    if not (across.isdecimal() and down.isdecimal()):
        return None
    width, height = _on_screen(photo)
    return min(ALL, int(across[:5]) * ALL // width), min(ALL, int(down[:5]) * ALL // height)


def _on_screen(photo: Any) -> tuple[int, int]:
    width, height = size_of(read_file(photo.file))
    times = min(WIDEST / width, TALLEST / height)
    return max(1, round(width * times)), max(1, round(height * times))


def _page(
    request: HttpRequest, photo: Any, form: CoverForm, places: list[Rectangle], corner: tuple[int, int] | None
) -> HttpResponse:
    width, height = _on_screen(photo)
    form.fields["children"].required = True  # to confirm, not to draw
    shown = {
        "photo": photo, "report": photo.report, "form": form, "width": width, "height": height, "places": places,
        "places_words": as_words(places), "corner": ",".join(map(str, corner)) if corner else "",
    }  # fmt: skip
    return render(request, "protection/cover.html", shown, status=422 if form.errors else 200)


@require_safe
@never_cache
@for_roles(*roles.OFFICE)
def preview(request: HttpRequest, name: str) -> HttpResponse:
    """Send the picture as it would be shown with the places in the address; nothing is written."""
    photo = found(photo_to_cover(request.viewer, name))
    places, corner = places_in(request.GET.get("places", "")), corner_in(request.GET.get("corner", ""))
    return _picture(covered_bytes(read_file(photo.file), places[: actions.MOST_PLACES], corner))


@require_safe
@never_cache
@for_roles(*roles.OFFICE)
def covered(request: HttpRequest, name: str) -> HttpResponse:
    """Send a confirmed picture to who screens its report; units are shown it at their task's address."""
    return _picture(read_file(found(covered_file_for(request.viewer, name))))


def _picture(data: bytes) -> HttpResponse:
    headers = {"Cache-Control": "private, no-store", "Content-Disposition": "inline"}
    return HttpResponse(data, content_type="image/jpeg", headers=headers)
