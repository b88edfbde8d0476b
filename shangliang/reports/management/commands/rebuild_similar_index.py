"""python manage.py rebuild_similar_index [--after ID]"""

import json
from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from shangliang.reports.actions.indexing import mend_index

SAID_EVERY = 10_000


class Command(BaseCommand):
    """Bring the index of similar texts in line with the reports, a hundred at a time; print one line of JSON.

    What is right is left alone, so that a run that was broken off is simply begun again; ``--after`` goes on where it
    stopped. The desk can be used meanwhile.
    """

    help = "Rebuild the index of similar reports, in batches; safe to break off and to begin again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare --after."""
        parser.add_argument(
            "--after", type=int, default=0, metavar="ID", help="go on after the report of this id"
        )

    def handle(self, *, after: int, **_said: object) -> None:
        """Walk through all reports and tell how far it is."""
        looked, mended, last = 0, 0, after
        while True:
            reached, reports, wrong = mend_index(last)
            looked, mended = looked + reports, mended + wrong
            if not reached:
                break
            if looked // SAID_EVERY != (looked - reports) // SAID_EVERY:
                self.stderr.write(f"{looked} …（断了就加 --after {reached} 再来）")
            last = reached
        self.stdout.write(json.dumps({"reports": looked, "mended": mended, "last": last}))
