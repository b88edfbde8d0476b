"""Pages of the manual that are drawn from the code: lifecycles, who may do what, tables and their privacy."""

import importlib
import importlib.util
from collections.abc import Iterator

from django.apps import apps
from django.db import models
from django.utils.translation import override

from shangliang.foundation.lifecycle import Machine
from shangliang.people.models import Role

OTHER_ROLES = {
    "reporter": "反映人（凭回执）",
    "link": "单位（凭一次性链接）",
    "system": "系统",
    "public": "公众",
}
PRIVACY_CLASSES = ("public", "staff", "screener", "reporter", "secret")
HEAD = "<!-- drawn by `python manage.py draw_docs`; a test compares -->\n\n"


def machines() -> Iterator[Machine]:
    """Yield every state machine, in the order of the process."""
    for config in apps.get_app_configs():
        name = f"{config.name}.states"
        if config.name.startswith("shangliang.") and importlib.util.find_spec(name):
            module = importlib.import_module(name)
            yield from getattr(module, "MACHINES", ())


def our_models() -> list[type[models.Model]]:
    """Return every table of ours, in the order of the process."""
    return [
        model
        for config in apps.get_app_configs()
        if config.name.startswith("shangliang.")
        for model in config.get_models()
    ]


def pages() -> dict[str, str]:
    """Return file name → text of each drawn page."""
    with override("zh-hans"):
        return {"lifecycles.md": _lifecycles(), "permissions.md": _permissions(), "tables.md": _tables()}


def _lifecycles() -> str:
    parts = [
        HEAD
        + "# Lifecycles\n\nEach diagram is one state table (`states.py`); nothing else changes a state.\n"
    ]
    for machine in machines():
        lines = [f"\n## {machine.noun}\n", "```mermaid", "stateDiagram-v2", f"    [*] --> {machine.initial}"]
        lines += [f"    {value}: {label}" for value, label in machine.states.choices]
        lines += [
            f"    {source} --> {move.target}: {move.label}"
            for move in machine.moves
            for source in move.sources
        ]
        parts.append("\n".join([*lines, "```\n"]))
    return "\n".join(parts)


def _permissions() -> str:
    lines = [
        HEAD + "# Who may do what\n",
        "Drawn from the state tables. A button is shown by the same row that opens the door.\n",
        "| move | button | from | to | who |",
        "|---|---|---|---|---|",
    ]
    for machine in machines():
        states = dict(machine.states.choices)
        for move in machine.moves:
            who = "、".join(_role(one) for one in move.roles)
            sources = "、".join(str(states[one]) for one in move.sources)
            lines.append(f"| `{move.name}` | {move.label} | {sources} | {states[move.target]} | {who} |")
    return "\n".join(lines) + "\n"


def _role(name: str) -> str:
    return OTHER_ROLES.get(name) or str(Role(name).label)


def _tables() -> str:
    lines = [HEAD + "# Tables and who may see each column\n"]
    for model in our_models():
        lines += [f"\n## {model._meta.db_table}\n", (model.__doc__ or "").strip().splitlines()[0] + "\n"]
        for kind in PRIVACY_CLASSES:
            columns = getattr(model.Privacy, kind, ())  # type: ignore[attr-defined]
            if columns:
                lines.append(f"- {kind}: {', '.join(f'`{one}`' for one in columns)}")
    return "\n".join(lines) + "\n"
