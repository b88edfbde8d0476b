"""How people, words and suggestions of one consultation are laid out, on its page and in its minutes."""

from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangliang.consultations import queries

SAYS = {
    "residents": gettext_lazy("群众提"),
    "departments": gettext_lazy("部门商"),
    "experts": gettext_lazy("专家评"),
    "members": gettext_lazy("委员议"),
}


class People(NamedTuple):
    """Who was asked and who was there: (side, planned, present) each, the sum, who counted and how."""

    rows: list[tuple[Any, int | None, int | None]]
    total: int | None
    counted_by: str
    how: str


def people_of(consultation: Any) -> People | None:
    """Return the heads of all four sides, or None while nobody has planned or counted any."""
    kept = {one.side: one for one in queries.head_counts_of(consultation)}
    if not kept:
        return None
    counted = next((one for one in kept.values() if one.present is not None), None)
    rows = [
        (label, kept[side].planned if side in kept else None, kept[side].present if side in kept else None)
        for side, label in queries.sides()
    ]
    return People(
        rows,
        queries.heads_total(consultation),
        counted.counted_by if counted else "",
        counted.how if counted else "",
    )


def said_by_side(statements: list[Any]) -> list[tuple[Any, list[Any]]]:
    """Return (群众提, its statements) and so on, in the order of the sides; a silent side is left out."""
    grouped = [
        (SAYS[side], [one for one in statements if one.side == side]) for side, _label in queries.sides()
    ]
    return [(label, said) for label, said in grouped if said]


def supports_of(suggestion: Any) -> dict[str, Any]:
    """Return the sums of support and reservation, and each side's reservation in words."""
    kept = list(suggestion.supports.all())
    reserved = [
        _("%(side)s %(number)d 人%(words)s")
        % {
            "side": one.get_side_display(),
            "number": one.reserve,
            "words": f"：{one.reservation}" if one.reservation else "",
        }
        for one in kept
        if one.reserve or one.reservation
    ]
    return {
        "is_known": bool(kept),
        "agree": sum(one.agree for one in kept),
        "reserve": sum(one.reserve for one in kept),
        "reserved": reserved,
    }


def list_one(suggestions: list[Any]) -> list[dict[str, Any]]:
    """Return the suggestions with their sums, as list 1 shows them."""
    return [{"row": one, "units": list(one.concerned_units.all()), **supports_of(one)} for one in suggestions]
