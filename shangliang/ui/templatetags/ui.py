"""`{% load ui %}`: components as tags, words as filters. Each is shown in the gallery and listed in ui/README.md."""

from django import forms, template
from django.urls import NoReverseMatch, reverse

from shangliang.ui import dates, icons, spark, text
from shangliang.ui.controls import control_for, kind_of

register = template.Library()
COMPONENT = "ui/components/{}.html".format

register.filter(text.clean_text)
register.filter(text.mark_words)
register.filter(text.phones)
register.filter(text.unit)
register.filter(text.subject_words)
register.filter(text.symbol_code)
register.filter(text.han_code)
register.filter(dates.when_day)
register.filter(dates.when_minute)
register.simple_tag(dates.when_span)
register.simple_tag(icons.icon)
register.simple_tag(control_for, name="control")


@register.inclusion_tag(COMPONENT("chip"))
def chip(words, kind=""):
    """A state or role in a word; kind is "", now, late or done."""
    return {"words": words, "kind": kind}


@register.inclusion_tag(COMPONENT("clock_chip"))
def clock_chip(left, due=None, paused=""):
    """Working days left (negative: late) as a chip; `paused` is the reason shown instead; None shows nothing."""
    kind = "late" if left is not None and left <= 0 else ""
    return {
        "words": "" if left is None else dates.clock_words(left),
        "kind": kind,
        "due": due,
        "paused": paused,
    }


@register.inclusion_tag(COMPONENT("road"))
def road(steps, wide=False, small=False):
    """Steps: when, title, chip, text, words, docs [(label, url)], kind "done" (default), "now" or "next"."""
    return {"steps": steps, "wide": wide, "small": small}


@register.inclusion_tag(COMPONENT("facts"))
def facts(items, note="", note_url="", note_label=""):
    """The four facts. Items: label, number (None: not known yet), of, unit, detail. Never one score."""
    return {"items": items, "note": note, "note_url": note_url, "note_label": note_label}


@register.inclusion_tag(COMPONENT("box_now"))
def box_now(title, lead="", left=None, due=None, note=""):
    """What we wait for, from whom (in `title`), until when; at most one on a page."""
    return {"title": title, "lead": lead, "left": left, "late": left is not None and left < 0, "due": due,
            "note": note, "clock": "" if left is None else dates.clock_words(left)}  # fmt: skip


@register.inclusion_tag(COMPONENT("guide"))
def guide(rows):
    """Lines before a text box. Rows: label, text (numbers like 12345 become links that dial), links [(label, url)]."""
    return {"rows": rows}


@register.inclusion_tag(COMPONENT("field"))
def field(bound, optional="", hint="", label=""):
    """One form field: label, 可不填, control, hint, error. `optional` replaces the default 可不填."""
    return {"field": bound, "optional": optional, "hint": hint or bound.help_text, "label": label or bound.label,
            "kind": kind_of(bound)}  # fmt: skip


@register.inclusion_tag(COMPONENT("choices"))
def choices(bound, legend=""):
    """Radio answers in a row (two to four); nothing is preselected unless the form has an initial value."""
    shown = [radio for radio in bound if radio.data["value"] != ""]
    return {"field": bound, "legend": legend or bound.label, "shown": shown, "many": len(shown)}


@register.inclusion_tag(COMPONENT("errors"))
def errors(form):
    """The summary of what is wrong, each line leading to its field; nothing when all is well."""
    wrong = [bound for bound in form if bound.errors] if form.is_bound else []
    return {"form": form, "wrong": wrong, "general": form.non_field_errors() if form.is_bound else []}


@register.inclusion_tag(COMPONENT("form"), takes_context=True)
def whole_form(
    context, form, submit="", action="", method="post", back="", draft="", submit_class="btn-main"
):
    """Error summary, all fields, csrf, one button (`submit`), a way back (`back` url). draft: see resident.js."""
    return {"form": form, "submit": submit, "action": action, "method": method, "back": back, "draft": draft,
            "submit_class": submit_class, "csrf_token": context.get("csrf_token")}  # fmt: skip


@register.inclusion_tag(COMPONENT("moves"), takes_context=True)
def moves(context, open_moves, row=False):
    """Buttons for moves: label, url, key, is_main, needs_form (a link to its form instead of a POST), confirm, fields."""
    return {"open_moves": open_moves, "row": row, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag(COMPONENT("empty"))
def empty(title, words="", url="", label="", links=()):
    """Nothing here: what to do about it, one button, more links [(label, url)]."""
    return {"title": title, "words": words, "url": url, "label": label, "links": links}


@register.inclusion_tag(COMPONENT("pager"), takes_context=True)
def pager(context, page, parameter="page"):
    """Links to the pages of a Django Page, filters kept in the address."""
    query = context["request"].GET.copy() if "request" in context else None
    return {"page": page, "items": [(number, _address(query, parameter, number)) for number in _pages(page)],
            "before": _address(query, parameter, page.number - 1), "after": _address(query, parameter, page.number + 1)}  # fmt: skip


def _pages(page):
    return page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)


def _address(query, parameter, number):
    if not isinstance(number, int):
        return ""
    if query is None:
        return f"?{parameter}={number}"
    query[parameter] = number
    return f"?{query.urlencode()}"


@register.inclusion_tag(COMPONENT("table_tools"))
def table_tools(words="", xlsx_url="", print_url=""):
    """Above a table: how many rows (`words`), 导出 xlsx, 打印版."""
    return {"words": words, "xlsx_url": xlsx_url, "print_url": print_url}


@register.inclusion_tag(COMPONENT("sparkline"))
def sparkline(counts, label):
    """Counts by week as small bars, drawn by the server; `label` says in words what they show. Put their table beneath."""
    return {**spark.bars(counts), "label": label}


@register.inclusion_tag(COMPONENT("tabs"))
def tabs(items, label=""):
    """Items: (label, url, is_current) or (label, url, is_current, count)."""
    return {"items": items, "label": label}


@register.inclusion_tag(COMPONENT("steps"))
def steps(names, current):
    """Progress of several screens: names in order, `current` counted from 1."""
    return {"steps": [(at, name, "done" if at < current else "") for at, name in enumerate(names, 1)],
            "current": current}  # fmt: skip


@register.inclusion_tag(COMPONENT("files"))
def file_links(files):
    """Papers: (label, url) or (label, url, detail)."""
    return {"files": files}


@register.simple_tag
def url_or_nothing(name, *args):
    """The address of `name`, or "" where the project has no such page (or an argument is missing)."""
    try:
        return reverse(name, args=[str(arg) for arg in args])
    except NoReverseMatch:
        return ""


@register.filter
def hidden_or_not(bound):
    """True for a BoundField with a hidden widget."""
    return isinstance(bound.field.widget, forms.HiddenInput)
