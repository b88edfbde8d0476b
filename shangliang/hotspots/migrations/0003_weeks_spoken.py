"""Lasting is counted in weeks in which somebody spoke."""

from django.db import migrations


class Migration(migrations.Migration):
    """Rename the column; the next weekly look fills it by the new rule."""

    dependencies = [("hotspots", "0002_looks_and_citations")]

    operations = [migrations.RenameField("hottopic", "span_weeks", "weeks_spoken")]
