"""The control of a form field, tied to its hint and its error for screen readers."""

from django import forms
from django.forms import BoundField
from django.utils.safestring import SafeString

_KINDS = (
    (forms.HiddenInput, "hidden"),
    (forms.CheckboxInput, "check"),
    (forms.CheckboxSelectMultiple, "checks"),
    (forms.RadioSelect, "radios"),
    (forms.SelectMultiple, "text"),
    (forms.Select, "select"),
)


def kind_of(bound: BoundField) -> str:
    """hidden, check, checks, radios, select or text: which shape field.html gives it."""
    for widget, kind in _KINDS:
        if isinstance(bound.field.widget, widget):
            return kind
    return "text"


def hint_id(bound: BoundField) -> str:
    """The id of its hint."""
    return f"{bound.auto_id}_hint"


def error_id(bound: BoundField) -> str:
    """The id of its error."""
    return f"{bound.auto_id}_error"


def control_for(bound: BoundField, hint="") -> SafeString:
    """The widget with our class, aria-describedby (hint, then error) and aria-invalid."""
    kind = kind_of(bound)
    attributes: dict[str, str | bool] = {}
    if kind in ("text", "select") and "class" not in bound.field.widget.attrs:
        attributes["class"] = "form-control form-select" if kind == "select" else "form-control"
    described = [hint_id(bound)] if (hint or bound.help_text) else []
    if bound.errors:
        attributes["aria-invalid"] = "true"
        described.append(error_id(bound))
    if described:
        attributes["aria-describedby"] = " ".join(described)
    return bound.as_widget(attrs=attributes)
