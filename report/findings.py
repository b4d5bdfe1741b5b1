"""What can be wrong with a report: one class a kind of finding, beside those of `data.findings`."""

import unicodedata
from dataclasses import dataclass
from typing import ClassVar

from data.findings import Finding, Severity


@dataclass(frozen=True)
class MissingGlyph(Finding):
    """A character that no font of the theme can print; a replacement mark stands in its place."""

    code = "missing-glyph"
    severity: ClassVar[Severity] = "warning"
    character: str

    @property
    def message(self) -> str:
        name = unicodedata.name(self.character, "a character without a name")
        return (
            f"No font of the theme has U+{ord(self.character):04X} ({name}), so the report shows a mark in its place."
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
