"""python manage.py load_example: the synthetic example district, built by the real actions."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from shangliang.foundation import clock
from shangliang.foundation.refusals import Refusal
from shangliang.instance.example.build import build


class Command(BaseCommand):
    """Build the example district; a half-built one is taken away first."""

    help = "Build the example district: fictitious people and places, 300 reports, a topic in every state."

    def handle(self, **_said: Any) -> None:
        """Build and print the committees, a point and the accounts."""
        try:
            self.stdout.write(json.dumps(build(clock.today()), ensure_ascii=False))
        except Refusal as refused:
            raise CommandError(str(refused), returncode=1) from refused
