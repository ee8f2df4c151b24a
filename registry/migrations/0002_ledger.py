"""The ledger is only appended to: triggers on both databases refuse anything else."""

from django.db import migrations

TABLES = ("registry_change", "registry_revision")
BODIES = "registry_revisionbody"
UNIQUE = {"registry_revision": ("id", "body_id")}
"""The columns by which REPLACE finds the row it deletes; elsewhere the id alone."""
REFUSAL = "the ledger is only appended to"


def statements(vendor: str) -> tuple[list[str], list[str]]:
    """Return the SQL that arms the triggers on this database, and the SQL that disarms them."""
    if vendor == "sqlite":
        return _sqlite()
    return _postgresql()


def _sqlite() -> tuple[list[str], list[str]]:
    arm, disarm = [], []
    for table in (*TABLES, BODIES):
        for act in ("UPDATE", "DELETE"):
            # The body of a revision may be emptied: an erasure that a court has ordered.
            erasure = table == BODIES and act == "UPDATE"
            when = "WHEN NEW.text <> '' OR NEW.id <> OLD.id" if erasure else ""
            name = f"{table}_no_{act.lower()}"
            arm.append(
                f"CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH ROW {when} "
                f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )
            disarm.append(f"DROP TRIGGER IF EXISTS {name}")
        # INSERT OR REPLACE deletes without asking the trigger of deletes.
        same = " OR ".join(f"{column} = NEW.{column}" for column in UNIQUE.get(table, ("id",)))
        arm.append(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} FOR EACH ROW "
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )
        disarm.append(f"DROP TRIGGER IF EXISTS {table}_no_replace")
    return arm, disarm


def _postgresql() -> tuple[list[str], list[str]]:
    arm = [
        "CREATE FUNCTION registry_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';"
        " END $$"
    ]
    disarm = []
    for table in (*TABLES, BODIES):
        for act in ("UPDATE", "DELETE"):
            erasure = table == BODIES and act == "UPDATE"
            when = "WHEN (NEW.text <> '' OR NEW.id <> OLD.id)" if erasure else ""
            name = f"{table}_no_{act.lower()}"
            arm.append(
                f"CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH ROW {when} "
                "EXECUTE FUNCTION registry_refuse()"
            )
            disarm.append(f"DROP TRIGGER IF EXISTS {name} ON {table}")
        arm.append(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT "
            "EXECUTE FUNCTION registry_refuse()"
        )
        disarm.append(f"DROP TRIGGER IF EXISTS {table}_no_truncate ON {table}")
    return arm, [*disarm, "DROP FUNCTION IF EXISTS registry_refuse()"]


def arm(apps, schema_editor):
    """Install the triggers."""
    for statement in statements(schema_editor.connection.vendor)[0]:
        schema_editor.execute(statement)


def disarm(apps, schema_editor):
    """Take the triggers away."""
    for statement in statements(schema_editor.connection.vendor)[1]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_records")]

    operations = [migrations.RunPython(arm, disarm)]
