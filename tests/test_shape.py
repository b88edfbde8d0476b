"""The shape of the code, kept by tests: sizes, state tables, closed doors, classified columns, fresh drawings."""

import ast
import importlib
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from shangliang.instance.drawings import PRIVACY_CLASSES, machines, our_models, pages

ROOT = Path(settings.BASE)
CODE = [path for path in (ROOT / "shangliang").rglob("*.py") if "migrations" not in path.parts]
PRODUCT = [path for path in CODE if "tests" not in path.parts]
BANNED_NAMES = {
    "utils.py",
    "helpers.py",
    "common.py",
    "core.py",
    "base.py",
    "manager.py",
    "handler.py",
    "misc.py",
}
ONLY_DATA = {"words.py", "day_table.py", "settings.py"}


def trees(paths):
    return [(path, ast.parse(path.read_text(encoding="utf-8"))) for path in paths]


def functions(tree):
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


def test_no_file_is_over_its_size():
    over = [
        f"{path}: {count}"
        for path in CODE
        if (count := len(path.read_text(encoding="utf-8").splitlines()))
        > (600 if "tests" in path.parts else 400)
        and path.name not in ONLY_DATA
    ]
    assert not over


def test_no_template_is_over_its_size():
    over = [
        str(path)
        for path in (ROOT / "shangliang").rglob("*.html")
        if len(path.read_text().splitlines()) > 150
    ]
    assert not over


def test_no_function_is_longer_than_forty_lines():
    over = [
        f"{path.name}:{node.name}"
        for path, tree in trees(PRODUCT)
        for node in functions(tree)
        if node.end_lineno - node.lineno + 1 > 40
    ]
    assert not over


def test_no_file_has_a_name_that_says_nothing():
    assert not [str(path) for path in CODE if path.name in BANNED_NAMES]


def test_only_the_move_function_assigns_a_state():
    guilty = [
        f"{path}:{node.lineno}"
        for path, tree in trees(PRODUCT)
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign | ast.AugAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Attribute) and target.attr == "state"
    ]
    assert not guilty


def test_no_update_call_writes_a_state_outside_foundation():
    guilty = [
        str(path)
        for path in PRODUCT
        if "foundation" not in path.parts
        and re.search(r"\.update\([^)]*\bstate=", path.read_text(encoding="utf-8"))
    ]
    assert not guilty


def test_rows_are_reached_only_through_queries_and_actions():
    allowed = {"queries", "actions", "queries.py", "actions.py", "models.py"}
    special = {"statistics/queries.py", "portal/removal.py"}
    guilty = []
    for path in PRODUCT:
        inside = path.relative_to(ROOT / "shangliang")
        if (
            inside.parts[0] in {"foundation", "instance"}
            or set(inside.parts) & allowed
            or str(inside) in special
        ):
            continue
        if re.search(r"\.unscoped\b", path.read_text(encoding="utf-8")):
            guilty.append(str(inside))
    assert not guilty


def test_every_column_is_classified_once():
    wrong = []
    for model in our_models():
        named = [name for kind in PRIVACY_CLASSES for name in getattr(model.Privacy, kind, ())]
        columns = [
            field.name for field in model._meta.get_fields() if field.concrete and not field.auto_created
        ]
        columns += [field.name for field in model._meta.fields if field.auto_created]
        inherits = {"id"} if "id" not in named and model._meta.pk.name == "id" else set()
        if sorted(named) != sorted(set(named)) or set(columns) - inherits != set(named):
            wrong.append((model.__name__, sorted(set(columns) ^ set(named))))
    assert not wrong


def test_every_move_has_an_action_that_uses_it():
    source = "\n".join(path.read_text(encoding="utf-8") for path in PRODUCT if path.name != "states.py")
    constants = {}
    for path in PRODUCT:
        if path.name == "states.py":
            module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
            constants.update({id(value): name for name, value in vars(module).items()})
    unused = [
        move.name
        for machine in machines()
        for move in machine.moves
        if not re.search(rf"\b{constants[id(move)]}\b", source)
    ]
    assert not unused


def views(patterns, prefix=""):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns, prefix + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield prefix + str(pattern.pattern), pattern.callback


def test_every_view_says_to_whom_it_is_open():
    unsaid = [
        route
        for route, view in views(get_resolver().url_patterns)
        if not getattr(view, "open_to", None) and getattr(view, "login_required", True)
    ]
    assert not unsaid


def test_no_template_marks_a_persons_words_as_safe():
    guilty = [
        str(path)
        for path in (ROOT / "shangliang").rglob("*.html")
        if re.search(r"\|\s*safe\b|autoescape off", path.read_text(encoding="utf-8"))
    ]
    assert not guilty


@pytest.mark.parametrize("name", ["lifecycles.md", "permissions.md", "tables.md"])
def test_the_drawn_pages_are_fresh(name):
    drawn = pages()[name]
    kept = (ROOT / "docs" / "how-it-works" / name).read_text(encoding="utf-8")
    assert kept == drawn, "run: python manage.py draw_docs"


def test_every_state_label_stands_in_the_glossary():
    glossary = (ROOT / "docs" / "how-it-works" / "glossary.md").read_text(encoding="utf-8")
    labels = {str(label) for machine in machines() for _value, label in machine.states.choices}
    assert not [label for label in labels if f"| {label} |" not in glossary]
