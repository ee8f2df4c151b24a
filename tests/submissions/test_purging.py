"""What goes by itself as time passes, to the day, and what does not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import call_command

from registry.models import (
    Contact,
    Message,
    OutboxMail,
    Part,
    Photograph,
    Role,
    Submission,
    SubmissionState,
    SubmittedFile,
)
from registry.records.catalogue.photographs import remove_file as remove_record_of_file
from registry.records.drafts.uploads import store_file
from registry.submissions import purging
from registry.submissions.deciding import undo_decision
from registry.submissions.files import add_file
from registry.submissions.opening import ReceiptUnknown, open_by_receipt
from registry.submissions.own import own_submission
from registry.submissions.purging import Purged, drop_orphans, purge_submissions
from registry.submissions.receiving import (
    add_part,
    save_answers,
    save_part,
    send_submission,
    set_contact,
    withdraw_submission,
)
from registry.submissions.triage import ask_contributor
from tests.databases import NOW

from .sending import accept_all, begin, moderator, reject_all, send
from .test_files import lying, named, picture, with_files

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 1, 12, tzinfo=UTC)
ACT: dict[str, Any] = {"role": Role.MODERATOR, "reason": "an invented reason", "now": NOW}
Commits = Callable[..., Any]
NOTHING = Purged(0, 0, 0)


def test_a_draft_is_purged_when_30_days_have_passed_since_the_end_of_its_week(
    media: Path, django_capture_on_commit_callbacks: Commits
) -> None:
    started = begin(now=MONDAY + timedelta(days=6, hours=23))
    number = started.submission
    add_file(submission=number, file=picture(), now=MONDAY)
    add_part(submission=number, kind="person", now=MONDAY)  # type: ignore[arg-type]
    set_contact(submission=number, address="someone@example.org", now=MONDAY)
    assert open_by_receipt(started.receipt.shown) == number
    last = MONDAY + timedelta(days=6 + 30)
    with django_capture_on_commit_callbacks(execute=True):
        assert purge_submissions(now=last) == NOTHING
    assert len(lying(media)) == 1
    with django_capture_on_commit_callbacks(execute=True):
        assert purge_submissions(now=last + timedelta(days=1)) == Purged(1, 0, 0)
    for model in (Submission, Part, SubmittedFile, Contact, Message):
        assert not model.all_records.exists()
    assert list(media.iterdir()) == []
    with pytest.raises(ReceiptUnknown):
        open_by_receipt(started.receipt.shown)
    assert purge_submissions(now=last + timedelta(days=1)) == NOTHING


def test_whoever_goes_on_with_a_draft_keeps_it() -> None:
    number = begin(now=MONDAY).submission
    again = MONDAY + timedelta(days=30)
    save_part(submission=number, position=1, values={"fate": "умер"}, now=again)
    assert purge_submissions(now=MONDAY + timedelta(days=60)) == NOTHING
    assert purge_submissions(now=again + timedelta(days=38)) == Purged(1, 0, 0)


def test_one_that_is_sent_meanwhile_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    kept, gone = begin().submission, begin().submission
    real = purging.take

    def sent_before(pk: int, *rest: Any) -> Any:
        if pk == kept:
            send_submission(submission=kept, now=NOW)
        return real(pk, *rest)

    monkeypatch.setattr(purging, "take", sent_before)
    assert purge_submissions(now=NOW + timedelta(days=400)).drafts == 1
    assert [row.pk for row in Submission.all_records.all()] == [kept]
    assert gone != kept


def test_what_waits_or_was_decided_never_goes_by_itself(media: Path) -> None:
    sent = [send() for _ in range(3)]
    accept_all(sent[0])
    reject_all(sent[1])
    assert purge_submissions(now=NOW + timedelta(days=4_000)) == NOTHING
    assert Submission.all_records.count() == 3
    assert Part.all_records.count() == 3


@pytest.mark.parametrize("decide", [accept_all, reject_all])
def test_an_address_goes_30_days_after_the_decision_and_the_rest_stays(decide: Any) -> None:
    number = begin().submission
    set_contact(submission=number, address="someone@example.org", now=NOW)
    send_submission(submission=number, now=NOW)
    assert purge_submissions(now=NOW + timedelta(days=400)) == NOTHING
    decide(number, now=NOW)
    assert Contact.all_records.get().purge_after == date(2026, 2, 14)
    assert purge_submissions(now=NOW + timedelta(days=29)) == NOTHING
    assert purge_submissions(now=NOW + timedelta(days=30)) == Purged(0, 1, 0)
    assert Submission.all_records.get().parts(manager="all_records").exists()


def test_an_address_of_what_waits_again_stays_until_it_is_decided_again() -> None:
    number = begin().submission
    set_contact(submission=number, address="someone@example.org", now=NOW)
    send_submission(submission=number, now=NOW)
    accept_all(number)
    undo_decision(submission=number, by=moderator(), **ACT)
    assert Contact.all_records.get().purge_after is None
    reject_all(number, now=NOW + timedelta(days=10))
    assert purge_submissions(now=NOW + timedelta(days=39)) == NOTHING
    assert purge_submissions(now=NOW + timedelta(days=40)) == Purged(0, 1, 0)


def test_files_no_record_names_go_after_a_day_and_all_others_stay(
    media: Path, django_capture_on_commit_callbacks: Commits
) -> None:
    number = with_files(2)
    send_submission(submission=number, now=NOW)
    accept_all(number)
    one, other = Photograph.all_records.order_by("pk")
    # Undone or taken away, the ledger can bring them back: they are kept for that.
    remove_record_of_file(model=Photograph, number=one.pk, by=None, **ACT)
    SubmittedFile.all_records.filter(name=one.name).delete()
    orphan = store_file(picture(7))
    strange = [media / "notes.txt", media / f"{'0' * 32}.jpg.part"]
    for path in strange:
        path.write_text("not ours")
    (media / ("1" * 32 + ".pdf")).write_bytes(b"half of a fi")
    real = datetime.now(UTC)
    with django_capture_on_commit_callbacks(execute=True):
        assert drop_orphans(now=real + timedelta(hours=23)) == 0
        assert orphan.name in lying(media)
        assert drop_orphans(now=real + timedelta(hours=25)) == 3
    assert lying(media) == {one.name, other.name, *(path.name[:32] for path in strange)}
    assert named() == {other.name}


def test_a_folder_that_is_not_there_and_a_file_that_goes_meanwhile_are_no_faults(
    media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert drop_orphans(now=NOW) == 0
    media.mkdir()
    gone = media / ("2" * 32 + "-30.jpg")
    gone.symlink_to(media / "nowhere")
    assert drop_orphans(now=NOW + timedelta(days=9_000)) == 0


def test_the_command_tells_what_it_did(media: Path, capsys: pytest.CaptureFixture[str]) -> None:
    begin(now=NOW)
    number = begin(now=NOW).submission
    set_contact(submission=number, address="someone@example.org", now=NOW)
    save_answers(submission=number, answers={"how": "x"}, now=NOW)
    send_submission(submission=number, now=NOW)
    reject_all(number)
    with time_machine.travel(NOW + timedelta(days=100), tick=False):
        call_command("purge_submissions")
    told = capsys.readouterr().out
    assert told == "Deleted: drafts 1; addresses 1; files of no record 0.\n"
    assert Submission.all_records.get().state == SubmissionState.REJECTED


def addresses_with_mail() -> list[str]:
    return sorted(OutboxMail.all_records.values_list("address", flat=True))


def with_mail(address: str) -> int:
    """Return a submission whose contributor has been written to at this address."""
    number = begin().submission
    set_contact(submission=number, address=address, now=NOW)
    send_submission(submission=number, now=NOW)
    ask_contributor(submission=number, text="Откуда?", by=moderator(), now=NOW)
    assert address in addresses_with_mail()
    return number


def test_mail_that_waits_goes_with_the_address(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    deleted, changed, withdrawn, decided, stays = (
        with_mail(f"{name}@example.org") for name in ("del", "chg", "wdr", "dec", "stays")
    )
    set_contact(submission=deleted, address="", now=NOW)
    set_contact(submission=changed, address="new@example.org", now=NOW)
    withdraw_submission(submission=withdrawn, now=NOW)
    reject_all(decided)
    assert addresses_with_mail() == ["dec@example.org"] * 2 + ["stays@example.org"]
    assert purge_submissions(now=NOW + timedelta(days=30)) == Purged(0, 1, 0)
    assert addresses_with_mail() == ["stays@example.org"]
    assert own_submission(stays).has_contact
