"""Files under random names in several sizes, told in words, and published with a source only."""

from django.db import migrations, models


def columns(model):
    """The name in the place of the address, the kind of file, its sizes, what it shows."""
    choices = [("image/jpeg", "JPEG"), ("application/pdf", "PDF")]
    yield migrations.RenameField(model, "file", "name")
    yield migrations.AlterField(model, "name", models.CharField(max_length=40, unique=True))
    yield migrations.AddField(
        model,
        "media_type",
        models.CharField(choices=choices, default="image/jpeg", max_length=20),
    )
    yield migrations.AddField(model, "sizes", models.JSONField(default=list))
    yield migrations.AddField(model, "alt", models.JSONField(blank=True, default=dict))


def published_has_source(model):
    """What is published has a source."""
    return migrations.AddConstraint(
        model,
        models.CheckConstraint(
            condition=models.Q(published=False) | models.Q(source__isnull=False),
            name=f"{model}_published_has_source",
        ),
    )


class Migration(migrations.Migration):

    dependencies = [("registry", "0003_standing")]

    operations = [
        *columns("photograph"),
        *columns("document"),
        published_has_source("photograph"),
        published_has_source("document"),
        migrations.AddConstraint(
            "photograph",
            models.CheckConstraint(
                condition=models.Q(media_type="image/jpeg"), name="photograph_is_a_picture"
            ),
        ),
        migrations.AddConstraint(
            "document",
            models.CheckConstraint(
                condition=models.Q(media_type__in=["image/jpeg", "application/pdf"]),
                name="document_media_type_known",
            ),
        ),
    ]
