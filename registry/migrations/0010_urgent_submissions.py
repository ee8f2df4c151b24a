"""What waits no more and is urgent all the same is found without reading all that was ever sent."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0009_month_of_coming")]

    operations = [
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                fields=["since", "id"],
                condition=models.Q(("urgent", True)),
                name="submission_urgent",
            ),
        ),
    ]
