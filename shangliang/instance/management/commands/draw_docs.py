"""python manage.py draw_docs: draw the pages of docs/how-it-works that come from the code."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from shangliang.instance.drawings import pages


class Command(BaseCommand):
    """Write lifecycles.md, permissions.md and tables.md."""

    help = "Draw the lifecycles, permissions and tables pages from the code."

    def handle(self, **_said: Any) -> None:
        """Write the pages; print their names."""
        folder = settings.BASE / "docs" / "how-it-works"
        for name, text in pages().items():
            (folder / name).write_text(text, encoding="utf-8")
        self.stdout.write(json.dumps({"drawn": sorted(pages())}))
