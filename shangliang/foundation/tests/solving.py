"""Solving a proof of work as a browser does, and the task that a page carries."""

import base64
import json
import re
from html import unescape
from typing import Any

import altcha


def task_in(page: str) -> dict[str, Any]:
    """Return the task of a page. Refuses (AssertionError) a page without one."""
    found = re.search(r'data-proof="([^"]+)"', page)
    assert found, "the page carries no task"
    return json.loads(unescape(found[1]))


def number_of(task: dict[str, Any]) -> int:
    """Return the number that solves a task."""
    found = altcha.solve_challenge_v1(task["challenge"], task["salt"], "SHA-256", task["most"])
    assert found, "the task has no solution"
    return found.number


def payload(task: dict[str, Any], number: int, /, **changed: Any) -> str:
    """Return what a browser sends for a task and a number, with fields changed as wished."""
    said = {"algorithm": "SHA-256", "challenge": task["challenge"], "number": number, "salt": task["salt"]}
    whole = {**said, "signature": task["signature"], **changed}
    return base64.b64encode(json.dumps(whole).encode()).decode()


def solution(task: dict[str, Any]) -> str:
    """Return what a browser sends for a task once it is solved."""
    return payload(task, number_of(task))


def solved(page: str) -> str:
    """Return what a browser sends as ``proof`` for a page."""
    return solution(task_in(page))
