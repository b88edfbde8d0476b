"""python manage.py collect_messages: bring locale/en up to what code and templates say."""

import json
from typing import Any

from django.core.management.base import BaseCommand

from shangliang.instance.messages import renew


class Command(BaseCommand):
    """Renew the English catalogue."""

    help = "Collect the messages of code and templates into the English catalogue."

    def handle(self, **_said: Any) -> None:
        """Renew and print how many messages there are and how many lack a translation."""
        self.stdout.write(json.dumps(renew()))
