"""Write the pairs of people who may be one, a JSON object a line."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from registry.linking import POSSIBLE, find_duplicates
from registry.wording.similar import reason_words


class Command(BaseCommand):
    help = "Find people who may be one and the same, over the whole registry."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--out", type=Path, metavar="FILE", help="standard output by default")
        parser.add_argument(
            "--least", type=int, default=POSSIBLE, metavar="SCORE", help="0 to 100; %(default)s"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["out"] is None:
            self._write(self.stdout, options["least"])
            return
        with options["out"].open("w", encoding="utf-8") as stream:
            number = self._write(stream, options["least"])
        said = ngettext("%(number)s pair found.", "%(number)s pairs found.", number)
        self.stdout.write(said % {"number": number})

    def _write(self, stream: Any, least: int) -> int:
        number = 0
        for pair in find_duplicates(least=least):
            number += 1
            row = {
                "left": pair.left,
                "right": pair.right,
                "score": pair.score,
                "reasons": [
                    {"code": one.code, "weight": one.weight, "words": reason_words(one)}
                    for one in pair.reasons
                ],
            }
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")
        return number
