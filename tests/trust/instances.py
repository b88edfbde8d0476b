"""An instance of its own for a test, and the questions put to it from inside."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings

from shangliang.instance.bench.instances import Instance, made_instance


@contextmanager
def first_instance() -> Iterator[Instance]:
    """Make an instance on the database the suite runs on, to be copied; remove every trace of it at the end."""
    with made_instance(settings.DATABASE_URL, with_static=True) as one:
        yield one


def ask(instance: Instance, question: str, *words: str, **more: str) -> Any:
    """Run one function of ``tests/trust/questions.py`` in a process of the instance; return what it answered."""
    return json.loads(instance.run("-m", "tests.trust.inside", question, *words, **more))
