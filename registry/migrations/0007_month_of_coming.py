"""Of what is decided the month it came in is kept, and no longer how many weeks it waited."""

from datetime import timedelta

from django.db import migrations


def keep_months(apps, schema_editor):
    submissions = apps.get_model("registry", "Submission")._base_manager
    rows = submissions.filter(decided_under__isnull=False).select_related("decided_under")
    for row in rows.iterator(chunk_size=500):
        day = row.decided_under.at.date()
        came = day - timedelta(days=day.weekday(), weeks=row.weeks_waited or 0)
        submissions.filter(pk=row.pk).update(since=came.replace(day=1))


class Migration(migrations.Migration):
    dependencies = [("registry", "0006_outbox")]

    operations = [
        migrations.RunPython(keep_months, migrations.RunPython.noop, elidable=True),
        migrations.RemoveField(model_name="submission", name="weeks_waited"),
    ]
