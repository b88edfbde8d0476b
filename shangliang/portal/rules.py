"""Pure decisions about what a public page says: which counts are told, which days, how late something was."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

JUDGEMENTS = ("yes", "partly", "no")


def span(days: Iterable[date | None]) -> tuple[date, date] | None:
    """Return the first and the last of some days, or None when there is none."""
    known = [day for day in days if day]
    return (min(known), max(known)) if known else None


def late_by(deadline_on: date, finished_on: date, between: Callable[[date, date], int]) -> int:
    """Return by how many working days something was late, 0 when in time; ``between`` counts working days."""
    return max(1, between(deadline_on, finished_on)) if finished_on > deadline_on else 0


def organisations_named(
    texts: Iterable[str], names: Mapping[int, str], beside: Iterable[int] = ()
) -> list[tuple[int, str]]:
    """Return (id, name) of the organisations whose names stand in some texts, or whose ids are ``beside``."""
    whole, kept = "\n".join(texts), set(beside)
    return [(pk, name) for pk, name in names.items() if pk in kept or name in whole]


def kept_of(draft: dict, said: Mapping[str, dict]) -> dict:
    """Return the content of a page: the draft's steps and rows that were kept, with the words somebody wrote for them.

    ``said`` holds, by the key of a step or row, the words that replace the draft's; a key that is missing was left out.
    """
    content = {name: draft[name] for name in ("area", "chip", "gathered", "facts", "counts") if name in draft}
    content["steps"] = [{**step, **said[step["key"]]} for step in draft["steps"] if step["key"] in said]
    content["lists"] = [{**row, **said[row["key"]]} for row in draft["lists"] if row["key"] in said]
    return content


def texts_of(title: str, content: dict) -> list[str]:
    """Return every text of a page that the public would read."""
    found = [title, content.get("note", ""), content["gathered"], content["chip"]]
    for part in ("steps", "facts", "lists"):
        for one in content[part]:
            found += [value for name, value in one.items() if isinstance(value, str) and name != "key"]
    return found
