"""Foundation's own periodic work."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from shangliang.foundation import files, outbox, proof
from shangliang.foundation.schedule import Daily


def sweep_files(_day: date, at: datetime) -> None:
    """Remove files that no row knows."""
    files.sweep_orphans(at)


def drop_parked_mails(_day: date, at: datetime) -> None:
    """End mails to people who spoke that could not be sent for a week."""
    while outbox.drop_parked(at):
        pass


def forget_spent_proofs(_day: date, at: datetime) -> None:
    """Forget the proofs of work that have run out: they could not be used again anyway."""
    proof.forget_spent(at)


JOBS = (
    Daily("foundation.sweep_files", sweep_files, hour=3, label=_("清掉没人用的文件")),
    Daily("foundation.drop_parked_mails", drop_parked_mails, hour=3, label=_("停了一周的邮件不再发")),
    Daily("foundation.forget_spent_proofs", forget_spent_proofs, hour=3, label=_("清掉过期的验算记录")),
)
