"""What was confirmed or asked of a report that was erased since is emptied too: its words may stand in it."""

from shangliang.foundation.business import action
from shangliang.foundation.erasing import empty_the_log
from shangliang.protection.models import ConsentAsk, SafeText

AT_ONCE = 100


def forget_erased() -> int:
    """Empty the texts and questions of erased reports, at most a hundred in a transaction. Return how many.

    Which versions there were, who confirmed and who read them stays; the units complained about stay too, for a
    member's finding carries them on.
    """
    gone = 0
    while batch := _forget_texts() + _forget_questions():
        gone += batch
    if gone:
        empty_the_log()
    return gone


@action
def _forget_texts() -> int:
    rows = SafeText.unscoped.filter(report__erased_at__isnull=False).exclude(text="", text_salt="")
    batch = list(rows.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    return int(SafeText.unscoped.filter(pk__in=batch).update(text="", text_salt="")) if batch else 0


@action
def _forget_questions() -> int:
    rows = ConsentAsk.unscoped.filter(exposure__report__erased_at__isnull=False).exclude(words="", because="")
    batch = list(rows.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    return int(ConsentAsk.unscoped.filter(pk__in=batch).update(words="", because="")) if batch else 0
