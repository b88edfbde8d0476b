"""python manage.py work: the task worker as a process of its own (PostgreSQL); --once for a single round."""

import json
import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from shangliang.foundation import worker


class Command(BaseCommand):
    """Work through due jobs and waiting mail until told to stop."""

    help = "Run due jobs and send waiting mail, until stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare --once."""
        parser.add_argument("--once", action="store_true", help="one round, then stop")

    def handle(self, **said: Any) -> None:
        """Work; print one line of JSON at the end."""
        if said["once"]:
            self.stdout.write(json.dumps(worker.work_once()))
            return
        stop = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stop.set())
        worker.work_until(stop)
        self.stdout.write(json.dumps({"stopped": True}))
