"""Lay down the shipped day table; an office may edit it afterwards."""

from django.db import migrations

from shangliang.foundation.day_table import DAYS


def lay_down(apps, _schema_editor):
    """Add each shipped day that is not there."""
    special_day = apps.get_model("foundation", "SpecialDay")
    rows = [
        special_day(day=day, is_working=working, name=name, is_provisional=provisional)
        for day, working, name, provisional in DAYS
    ]
    special_day._base_manager.bulk_create(rows, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("foundation", "0001_initial")]
    operations = [migrations.RunPython(lay_down, migrations.RunPython.noop)]
