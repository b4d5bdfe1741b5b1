"""Findings of the series: the rows of a CSV file and what they say of themselves."""

from dataclasses import dataclass
from typing import ClassVar

from data.findings import Finding, Severity, near


@dataclass(frozen=True)
class MissingColumn(Finding):
    code = "missing-column"
    column: str
    file: str
    known: tuple[str, ...]
    sentence = "{file} has no column {column!r}."

    @property
    def hint(self) -> str:
        return near(self.column, self.known)


@dataclass(frozen=True)
class BareNumbers(Finding):
    code = "bare-numbers"
    column: str
    file: str
    text: str
    sentence = (
        "The column {column!r} of {file} holds numbers, such as {text}, and as words they would print without bound, "
        "unit, who says so and date."
    )
    advice = "Make it one of the series' measures and show that; a number that names something has its word: No. 7."


@dataclass(frozen=True)
class RepeatedRow(Finding):
    code = "repeated-row"
    severity: ClassVar[Severity] = "warning"
    other: int
    sentence = "This row cannot be told from that of line {other}."
    advice = "Take one of them out; rows that are both meant have words of their own, or a column `id` names them."


@dataclass(frozen=True)
class RaggedRow(Finding):
    code = "ragged-row"
    cells: int
    columns: int
    sentence = "Columns in the head: {columns}; cells in this row: {cells}."
    advice = "A comma inside a text needs the text in double quotes."


@dataclass(frozen=True)
class BadCell(Finding):
    code = "bad-cell"
    text: str
    problem: str
    sentence = "{text!r} {problem}."


@dataclass(frozen=True)
class PointOfThousands(Finding):
    code = "thousands-point"
    severity: ClassVar[Severity] = "warning"
    text: str
    unit: str
    sentence = "{text} {unit}: the point is read as that of decimals."

    @property
    def hint(self) -> str:
        return f"If it parts thousands, write {self.text.replace('.', '')}; if it does not, say `decimals: 3`."


@dataclass(frozen=True)
class AlikeNames(Finding):
    code = "alike-names"
    severity: ClassVar[Severity] = "warning"
    name: str
    other: str
    line: int
    sentence = "{name!r} is another population than {other!r} of line {line}: capitals, accents and spaces count."
    advice = "Write both alike if they are the same."


@dataclass(frozen=True)
class MissingProvenance(Finding):
    code = "missing-provenance"
    lacking: str
    sentence = "This row says nothing about {lacking}, so its numbers cannot be printed."
    advice = "Every number needs who says so, as of when, and a source."


@dataclass(frozen=True)
class MissingName(Finding):
    code = "missing-name"
    column: str
    sentence = "This row has no {column!r}, so nothing says of whom or what its numbers are."
    advice = "Write it in every row: of merged cells a spreadsheet saves the first only."


@dataclass(frozen=True)
class NoRow(Finding):
    code = "no-row"
    file: str
    condition: str
    sentence = "No row of {file} has {condition}."
    advice = "Check the spelling against the file; capitals and spaces count."


@dataclass(frozen=True)
class SeveralRows(Finding):
    code = "several-rows"
    file: str
    condition: str
    rows: tuple[str, ...]
    pick: bool
    """Whether one of them can still be picked by its date."""

    @property
    def message(self) -> str:
        shown = "; ".join(self.rows[:4]) + ("; ..." if len(self.rows) > 4 else "")
        return f"{len(self.rows)} rows of {self.file} have {self.condition}, and one is needed: {shown}."

    @property
    def hint(self) -> str:
        return (
            "Narrow `where`, or say `pick: last` or `pick: first`."
            if self.pick
            else "Name more columns, until one is left."
        )


@dataclass(frozen=True)
class EmptyCell(Finding):
    code = "empty-cell"
    file: str
    column: str
    sentence = "The cell {column!r} of {file} that this value is bound to is empty: no number is given there."
    advice = "An empty cell is not zero. Bind another row, or type 0 if the source says none."
