"""The columns of the search, and the triggers that note who changes."""

import django.db.models.manager
from django.db import migrations, models

NOTED = "registry_changedperson"
PEOPLE_OF = {
    "registry_person": ("id", "SELECT {0} AS person_id"),
    "registry_entry": ("person_id", "SELECT {0} AS person_id"),
    "registry_photograph": ("person_id", "SELECT {0} AS person_id"),
    "registry_document": ("person_id", "SELECT {0} AS person_id"),
    "registry_biography": ("person_id", "SELECT {0} AS person_id"),
    "registry_repression": ("entry_id", "SELECT person_id FROM registry_entry WHERE id = {0}"),
    "registry_repression_article_terms": (
        "repression_id",
        "SELECT person_id FROM registry_entry WHERE id ="
        " (SELECT entry_id FROM registry_repression WHERE id = {0})",
    ),
    "registry_biography_sources": (
        "biography_id",
        "SELECT person_id FROM registry_biography WHERE id = {0}",
    ),
    # What is withdrawn, or used again, takes its entries, files and lives with it.
    "registry_source": (
        "id",
        "SELECT person_id FROM registry_entry WHERE source_id = {0}"
        " UNION SELECT person_id FROM registry_photograph WHERE source_id = {0}"
        " UNION SELECT person_id FROM registry_document WHERE source_id = {0}"
        " UNION SELECT person_id FROM registry_biography WHERE id IN"
        " (SELECT biography_id FROM registry_biography_sources WHERE source_id = {0})",
    ),
}
"""Tables that an answer of the search depends on: the column that leads to people, and how."""
STAMP = {
    "sqlite": "random() & 1099511627775",
    "postgresql": "floor(random() * 1099511627776)::bigint",
}
AGAIN = "ON CONFLICT (person) DO UPDATE SET stamp = excluded.stamp"
ROWS = {"INSERT": {"fresh": "NEW"}, "DELETE": {"gone": "OLD"}}
ROWS["UPDATE"] = ROWS["INSERT"] | ROWS["DELETE"]
"""Which rows an act has: their name on PostgreSQL and on SQLite."""


def statements(vendor):
    """Return the SQL that arms the triggers on this database, and the SQL that disarms them."""
    arm, disarm = [], []
    for table in PEOPLE_OF:
        # Of a source its status alone matters.
        status = table == "registry_source"
        for act in ("UPDATE",) if status else ("INSERT", "UPDATE", "DELETE"):
            name = f"{table}_noted_{act.lower()}"
            if vendor == "sqlite":
                arm.append(_sqlite(name, table, f"{act} OF status" if status else act, act))
                disarm.append(f"DROP TRIGGER IF EXISTS {name}")
            else:
                arm += _postgresql(name, table, act, status)
                disarm.append(f"DROP TRIGGER IF EXISTS {name} ON {table}")
                disarm.append(f"DROP FUNCTION IF EXISTS {name}()")
    return arm, disarm


def _sqlite(name, table, when, act):
    column, people = PEOPLE_OF[table]
    notes = "".join(
        f" INSERT INTO {NOTED} (person, stamp) SELECT person_id, {STAMP['sqlite']}"
        f" FROM ({people.format(f'{row}.{column}')}) WHERE person_id IS NOT NULL {AGAIN};"
        for row in ROWS[act].values()
    )
    return f"CREATE TRIGGER {name} AFTER {when} ON {table} FOR EACH ROW BEGIN{notes} END"


def _postgresql(name, table, act, status):
    """Note everybody whom a statement touches, once: a statement may be a COPY of thousands."""
    column, people = PEOPLE_OF[table]
    rows = " UNION ".join(f"SELECT {column} AS led FROM {own}" for own in ROWS[act])
    if status:
        rows = (
            "SELECT id AS led FROM fresh JOIN gone USING (id) WHERE fresh.status <> gone.status"
        )
    note = (
        f"INSERT INTO {NOTED} (person, stamp) SELECT person_id, {STAMP['postgresql']} FROM"
        f" (SELECT DISTINCT own.person_id FROM ({rows}) AS touched,"
        f" LATERAL ({people.format('touched.led')}) AS own WHERE own.person_id IS NOT NULL"
        f" ORDER BY 1) AS found {AGAIN}"
    )
    tables = " ".join(f"{ROWS[act][own]} TABLE AS {own}" for own in ROWS[act])
    return [
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN {note}; RETURN NULL; END $$",
        f"CREATE TRIGGER {name} AFTER {act} ON {table} REFERENCING {tables}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {name}()",
    ]


def arm(apps, schema_editor):
    """Note everybody who is there, and from now on whoever changes."""
    vendor = schema_editor.connection.vendor
    schema_editor.execute(
        f"INSERT INTO {NOTED} (person, stamp) SELECT id, {STAMP[vendor]} FROM registry_person"
    )
    for statement in statements(vendor)[0]:
        schema_editor.execute(statement)


def disarm(apps, schema_editor):
    """Take the triggers away."""
    for statement in statements(schema_editor.connection.vendor)[1]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("registry", "0006_outbox")]

    operations = [
        migrations.CreateModel(
            name='ChangedPerson',
            fields=[
                ('person', models.IntegerField(primary_key=True, serialize=False)),
                ('stamp', models.BigIntegerField()),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'all_records',
                'default_manager_name': 'public',
            },
            managers=[
                ('public', django.db.models.manager.Manager()),
                ('all_records', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='ColumnsVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40, unique=True)),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'all_records',
                'default_manager_name': 'public',
            },
            managers=[
                ('public', django.db.models.manager.Manager()),
                ('all_records', django.db.models.manager.Manager()),
            ],
        ),
        migrations.RunPython(arm, disarm),
    ]
