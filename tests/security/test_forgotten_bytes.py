"""What was deleted is not left in the file of the database, where no query would find it."""

from __future__ import annotations

from pathlib import Path

from tests.processes import output

# Keeps something, and deletes it again by the domain; prints what is left of it.
FORGET = """
import json, sys
from datetime import timedelta
import django
django.setup()
from django.db import connection
from registry.models import Submission
from registry.submissions.purging import purge_submissions
from registry.submissions.receiving import (
    reply, send_submission, set_contact, withdraw_submission,
)
from tests.databases import NOW
from tests.submissions.sending import begin
secret = sys.argv[1]
for number in range(30):
    started = begin(values={"family_name": secret, "comment": f"{secret} " * 200})
    here = {"submission": started.submission, "now": NOW}
    set_contact(address=f"{secret}@example.org", **here)
    if number % 2:
        send_submission(**here)
        reply(text=f"{secret} " * 200, **here)
        withdraw_submission(**here)
purge_submissions(now=NOW + timedelta(days=99))
if connection.vendor == "sqlite":
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
print(json.dumps([connection.vendor, Submission.all_records.count()]))
"""
SECRET = "Zabytov-7f3a"


def test_the_file_of_the_database_forgets_what_was_deleted(databases: list[str]) -> None:
    vendor, left = output(databases[0], FORGET, SECRET)
    assert left == 15
    if vendor == "sqlite":
        # PostgreSQL takes it out as it vacuums, by itself: see OPERATIONS.md.
        path = Path(databases[0].removeprefix("sqlite:///"))
        assert SECRET.encode() not in path.read_bytes()
        assert b"registry_submission" in path.read_bytes()
