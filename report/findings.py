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

    @property
    def hint(self) -> str:
        return "Write it in other letters."
