"""python manage.py rebuild_published_index: the words by which somebody typing finds what is public already."""

from typing import Any

from django.core.management.base import BaseCommand

from shangliang.portal.published_index import rebuild


class Command(BaseCommand):
    """Needed once after an update that brought the index, and after a change of how words are chosen."""

    help = "Index the published pages of matters anew. Safe to stop and to run again."

    def handle(self, **_said: Any) -> None:
        """Index and say how many."""
        self.stdout.write(f"已重新编入 {rebuild()} 页。")
