"""Taking the example away: every row of its committee tree, in one act. A real office's rows are never touched."""

from collections import deque
from datetime import datetime

from django.db import models
from django.utils.translation import gettext as _

from shangliang.foundation import files
from shangliang.foundation.business import business
from shangliang.foundation.ledger import chain_of
from shangliang.foundation.models import (
    CodeSequence,
    LedgerEntry,
    LedgerHead,
    Message,
    Publication,
    Review,
    StoredFile,
    VaultItem,
)
from shangliang.foundation.refusals import Refusal
from shangliang.foundation.viewer import Viewer
from shangliang.instance.drawings import our_models
from shangliang.people.models import Appointment, Committee, Person
from shangliang.people.queries import reach_of
from shangliang.reports.models import Reissue, Report
from shangliang.sorting.models import Category

BY_OTHER_MEANS = (
    CodeSequence,
    LedgerEntry,
    LedgerHead,
    Message,
    Publication,
    Review,
    StoredFile,
    VaultItem,
    Person,
    Committee,
)
NEW_RECEIPT = "report-receipt-"  # begins the effect of the mail with a new receipt; the report's id follows


def remove_example(committee: Committee, *, by: Viewer, at: datetime) -> dict[str, int]:
    """Delete an example committee with its tree: rows, pictures, sealed contacts, people who are only there.

    Refuses (Refusal) a committee that is not marked as an example, or whose tree holds one that is not. Returns counts.
    """
    reach = sorted(reach_of(committee.pk))
    if Committee.unscoped.filter(pk__in=reach, is_example=False).exists():
        raise Refusal(_("这里面有真的办公室，不能当示例删掉。"))
    with business():
        names = _file_names(reach)
        counts = _delete_what_hangs_on_nothing(reach)
        for model in reversed(our_models()):
            path = None if model in BY_OTHER_MEANS else path_to_committee(model)
            if path:
                counts[model._meta.model_name or ""] = _delete(model, path, reach)
        counts["committee"] = _delete_tree(reach)
    for name in names:
        files.path_of(name).unlink(missing_ok=True)
    return {name: count for name, count in counts.items() if count}


def path_to_committee(model: type[models.Model]) -> str | None:
    """Return the lookup from a table to its committee's id by the shortest way over foreign keys, or None."""
    waiting: deque[tuple[type[models.Model], str]] = deque([(model, "")])
    seen = {model}
    while waiting:
        here, path = waiting.popleft()
        if any(field.attname == "committee_id" for field in here._meta.concrete_fields):
            return f"{path}committee_id"
        for field in here._meta.concrete_fields:
            there = field.related_model
            if isinstance(field, models.ForeignKey) and there and there not in seen:
                seen.add(there)  # type: ignore[arg-type]
                waiting.append((there, f"{path}{field.name}__"))  # type: ignore[arg-type]
    return None


def _delete(model: type[models.Model], path: str, reach: list[int]) -> int:
    rows = model._default_manager.filter(**{f"{path}__in": reach})
    if model is Category:  # a kind is never without the one above it
        return sum(rows.filter(level=level).delete()[0] for level in (3, 2, 1))
    for field in model._meta.concrete_fields:  # rows of one table that lean on each other
        if field.related_model is model and field.null:
            rows.update(**{field.attname: None})
    return rows.delete()[0]


def _file_names(reach: list[int]) -> list[str]:
    names: list[str] = []
    for model in our_models():
        for field in model._meta.concrete_fields:
            if field.related_model is StoredFile:
                path = path_to_committee(model)
                kept = {f"{path}__in": reach, f"{field.name}__isnull": False}
                names += model._default_manager.filter(**kept).values_list(f"{field.name}__name", flat=True)
    return names


def _sealed_of(reach: list[int]) -> list[str]:
    """Return the handles of everything sealed for reports of these committees: numbers, addresses, what was named."""
    reports = Report.unscoped.filter(committee_id__in=reach)
    named = Reissue.unscoped.filter(report__committee_id__in=reach).values_list("claimed_handle", flat=True)
    left = (handle for pair in reports.values_list("contact_handle", "mail_handle") for handle in pair)
    return [handle for handle in (*left, *named, *_sealed_for_one_mail(reports)) if handle]


def _sealed_for_one_mail(reports: models.QuerySet[Report]) -> list[str]:
    """Return the handles of new receipts that wait to be mailed: sealed for that mail alone, no report names them."""
    own = {str(pk) for pk in reports.values_list("pk", flat=True)}
    mails = Message.unscoped.filter(effect__startswith=NEW_RECEIPT).exclude(vault_handle="")
    rows = mails.values_list("effect", "vault_handle")
    return [handle for effect, handle in rows if effect.removeprefix(NEW_RECEIPT).partition("-")[0] in own]


def _delete_what_hangs_on_nothing(reach: list[int]) -> dict[str, int]:
    """Delete rows that carry no foreign key to the tree: chains, messages, publications, sealed contacts."""
    chains = [chain_of(pk) for pk in reach]
    handles = _sealed_of(reach)
    appointments = Appointment.unscoped.filter(committee_id__in=reach).values_list("pk", flat=True)
    return {
        "vaultitem": VaultItem.unscoped.filter(handle__in=handles).delete()[0],
        "message": Message.unscoped.filter(
            models.Q(appointment__in=list(appointments)) | models.Q(vault_handle__in=handles)
        ).delete()[0],
        "publication": Publication.unscoped.filter(committee_id__in=reach).delete()[0],
        "ledgerentry": LedgerEntry.unscoped.filter(chain__in=chains).delete()[0],
        "ledgerhead": LedgerHead.unscoped.filter(chain__in=chains).delete()[0],
    }


def _delete_tree(reach: list[int]) -> int:
    Person.unscoped.filter(appointments=None, login__startswith="example-").delete()
    orphaned = StoredFile.unscoped.all()
    for model in our_models():
        for field in model._meta.concrete_fields:
            if field.related_model is StoredFile:
                named = model._default_manager.filter(**{f"{field.name}__isnull": False})
                orphaned = orphaned.exclude(pk__in=named.values(field.name))
    orphaned.delete()
    for prefix in Committee.unscoped.filter(pk__in=reach).values_list("prefix", flat=True):
        CodeSequence.unscoped.filter(series__startswith=f"{prefix}-").delete()
    Committee.unscoped.filter(pk__in=reach).update(parent=None)
    return Committee.unscoped.filter(pk__in=reach).delete()[0]
