"""What residents read when a topic moves: plain words, never the office's terms."""

from django.utils.translation import gettext as _


def not_taken(words: str) -> str:
    """Return what a reporter reads when the topic that held the matter falls away; ``words`` are the office's own."""
    if words.strip():
        return _("您说的这件事，这次没有安排大家坐下来商量。%(words)s") % {"words": words.strip()}
    return _("您说的这件事，这次没有安排大家坐下来商量。它还在我们这里，接下来怎么办，我们另外告诉您。")
