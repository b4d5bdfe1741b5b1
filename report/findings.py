"""What can be wrong with a report: one class a kind of finding, beside those of `data.findings`."""

import unicodedata
from dataclasses import dataclass
from typing import ClassVar

from data.findings import Finding, Severity

SHOWN = 3
"""Characters of a text that a finding names; whoever writes a word in another script has many."""


@dataclass(frozen=True)
class MissingGlyph(Finding):
    """Characters that no font of the theme can print; replacement marks stand in their place."""

    code = "missing-glyph"
    severity: ClassVar[Severity] = "warning"
    characters: str

    @property
    def message(self) -> str:
        names = [
            f"U+{ord(character):04X} ({unicodedata.name(character, 'a character without a name')})"
            for character in self.characters
        ]
        more = f" and {len(names) - SHOWN} more characters here" if len(names) > SHOWN else ""
        return (
            f"No font of the theme has {', '.join(names[:SHOWN])}{more}, so the report shows a mark in place of each."
        )

    advice = "Write it in other letters."


@dataclass(frozen=True)
class TableTooWide(Finding):
    """A table whose numbers would run together, because the page cannot hold them beside each other in any size."""

    code = "table-too-wide"
    table: str
    columns: int
    needed: int
    room: int
    sentence = (
        "The table {table!r} is too wide for the report: its {columns} columns take {needed} points in the smallest "
        "type, and the page has {room}, so that numbers would touch."
    )
    advice = "Split it into two tables, or take columns out."
