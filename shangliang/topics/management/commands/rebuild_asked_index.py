"""python manage.py rebuild_asked_index"""

import json

from django.core.management.base import BaseCommand

from shangliang.topics.actions.bank import mend_index


class Command(BaseCommand):
    """Bring the index of what was asked before in line with the topics, a hundred at a time; print one line of JSON.

    What is right is left alone, so that a run that was broken off is simply begun again.
    """

    help = "Rebuild the index of what was asked before, in batches; safe to break off and to begin again."

    def handle(self, **_said: object) -> None:
        """Walk through all topics."""
        looked, mended, last = 0, 0, 0
        while True:
            reached, topics, wrong = mend_index(last)
            looked, mended = looked + topics, mended + wrong
            if not reached:
                break
            last = reached
        self.stdout.write(json.dumps({"topics": looked, "mended": mended}))
