"""Whether every message of the source is translated, and compiled, in each language."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polib

LANGUAGES = ("ru", "uk")
PARTS = ("memorial", "registry", "templates", "manage.py")
Key = tuple[str | None, str]


def message_faults(root: Path) -> str:
    """Collect the messages of the tree anew and name what is not translated or not compiled."""
    with tempfile.TemporaryDirectory(prefix="registry-messages-") as folder:
        copy = Path(folder)
        for part in PARTS:
            source = root / part
            if source.is_dir():
                ignored = shutil.ignore_patterns("__pycache__", "*.mo")
                shutil.copytree(source, copy / part, ignore=ignored)
            else:
                shutil.copy(source, copy / part)
        done = subprocess.run(
            [sys.executable, "manage.py", "makemessages", "--no-location", "--no-obsolete"]
            + [option for language in LANGUAGES for option in ("--locale", language)],
            cwd=copy,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            return done.stdout + done.stderr
        faults = [fault for language in LANGUAGES for fault in _faults_of(language, root, copy)]
    return "\n".join(faults)


def _faults_of(language: str, root: Path, collected: Path) -> Iterator[str]:
    place = Path("registry", "locale", language, "LC_MESSAGES")
    kept_file = root / place / "django.po"
    if not kept_file.exists():
        yield f"{language}: there is no {place / 'django.po'}"
        return
    kept = {_key(entry): entry for entry in polib.pofile(str(kept_file))}
    needed = list(polib.pofile(str(collected / place / "django.po")))
    for entry in needed:
        own = kept.get(_key(entry))
        if entry.obsolete:
            continue
        if own is None or own.obsolete:
            yield f"{language}: not collected (`make messages`): {entry.msgid!r}"
        elif own.fuzzy or not own.translated():
            yield f"{language}: not translated: {entry.msgid!r}"
    wanted = {_key(entry) for entry in needed if not entry.obsolete}
    for key, entry in kept.items():
        if key not in wanted and not entry.obsolete:
            yield f"{language}: said nowhere any more (`make messages`): {entry.msgid!r}"
    yield from _compiled_faults(language, root / place / "django.mo", kept)


def _compiled_faults(language: str, file: Path, kept: dict[Key, polib.POEntry]) -> Iterator[str]:
    if not file.exists():
        yield f"{language}: the messages are not compiled"
        return
    compiled = {_key(entry): entry for entry in polib.mofile(str(file))}
    for key, entry in kept.items():
        if entry.obsolete or not entry.translated():
            continue
        own = compiled.get(key)
        if own is None or (own.msgstr, own.msgstr_plural) != (entry.msgstr, entry.msgstr_plural):
            yield f"{language}: compiled otherwise (`make messages`): {entry.msgid!r}"


def _key(entry: polib.POEntry | polib.MOEntry) -> Key:
    return entry.msgctxt, entry.msgid
