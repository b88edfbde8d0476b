"""What a database from before this version did not keep: since when a contact was agreed to, when words were taken back."""

from django.db import migrations

IN_ONE_GO = 500


def fill_in(apps, _schema):
    """Say since when the contacts that are there were agreed to, and when the withdrawn reports were taken back."""
    report, consent = apps.get_model("reports", "Report"), apps.get_model("reports", "Consent")
    entry = apps.get_model("foundation", "LedgerEntry")
    kept = report.unscoped.exclude(contact_handle="").values_list("pk", "consent_version", "received_at")
    consent.unscoped.bulk_create(
        [
            consent(report_id=pk, what="phone", version=said, given_at=at)
            for pk, said, at in kept.iterator(IN_ONE_GO)
        ],
        batch_size=IN_ONE_GO,
    )
    gone = report.unscoped.filter(state="withdrawn").only("pk", "code", "received_at")
    for one in list(gone):
        said = (
            entry.unscoped.filter(verb="report.withdraw", subject=f"report:{one.code}")
            .order_by("-seq")
            .first()
        )
        report.unscoped.filter(pk=one.pk).update(withdrawn_at=said.recorded_at if said else one.received_at)


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0003_thread_in_full"),
    ]

    operations = [migrations.RunPython(fill_in, migrations.RunPython.noop)]
