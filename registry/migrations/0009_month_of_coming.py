"""Of what is decided the month it came in is kept, and no longer how many weeks it waited.

And whom a part was found to be about is told apart from whom its contributor has named.
"""

from datetime import timedelta

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F


def keep_months(apps, schema_editor):
    submissions = apps.get_model("registry", "Submission")._base_manager
    rows = submissions.filter(decided_under__isnull=False).select_related("decided_under")
    for row in rows.iterator(chunk_size=500):
        day = row.decided_under.at.date()
        came = day - timedelta(days=day.weekday(), weeks=row.weeks_waited or 0)
        submissions.filter(pk=row.pk).update(since=came.replace(day=1))


def tell_apart(apps, schema_editor):
    parts = apps.get_model("registry", "Part")._base_manager
    parts.filter(outcome="accepted").update(about=F("person"))


class Migration(migrations.Migration):
    dependencies = [("registry", "0008_names_index")]

    operations = [
        migrations.AddField(
            model_name="part",
            name="about",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decided_parts",
                to="registry.person",
            ),
        ),
        migrations.RunPython(keep_months, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(tell_apart, migrations.RunPython.noop, elidable=True),
        migrations.RemoveField(model_name="submission", name="weeks_waited"),
    ]
