"""Every message of the source stands in Russian and in Ukrainian."""

from pathlib import Path

import polib
import pytest

from tests.messages import LANGUAGES, message_faults

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.gettext
def test_every_message_is_collected_translated_and_compiled() -> None:
    assert message_faults(ROOT) == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_is_complete(language: str) -> None:
    file = ROOT / "registry" / "locale" / language / "LC_MESSAGES" / "django.po"

    messages = [entry for entry in polib.pofile(str(file)) if not entry.obsolete]

    assert len(messages) > 800
    assert [m.msgid for m in messages if not m.translated() or m.fuzzy] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_raises_its_voice(language: str) -> None:
    file = ROOT / "registry" / "locale" / language / "LC_MESSAGES" / "django.po"

    assert [m.msgid for m in polib.pofile(str(file)) if "!" in m.msgstr + m.msgid] == []
