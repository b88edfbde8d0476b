"""python manage.py load_example: the synthetic example district, built by the real actions."""

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from shangliang.foundation import clock
from shangliang.foundation.refusals import Refusal
from shangliang.foundation.working_days import NoDayTable
from shangliang.instance.example.build import build_once


class Command(BaseCommand):
    """Build the example district, unless a whole one is there; a half-built one is taken away first."""

    help = "Build the example district: fictitious people and places, 318 reports, a topic in every state."

    def handle(self, **_said: Any) -> None:
        """Make the tables if need be, build, and print the committees, a point and the accounts."""
        with _alone():
            call_command("migrate", interactive=False, verbosity=0, stdout=self.stderr)
            try:
                built = build_once(clock.today())
            except (Refusal, NoDayTable) as refused:
                raise CommandError(str(refused), returncode=1) from refused
        self.stdout.write(json.dumps(built, ensure_ascii=False))


@contextmanager
def _alone() -> Iterator[None]:
    """Wait for another one that is building; a kill lets go of the lock by itself."""
    with (settings.VAR / "example.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
