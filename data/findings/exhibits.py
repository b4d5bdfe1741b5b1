"""Findings of the exhibits: a chart, a table, a sum or a quotation."""

from dataclasses import dataclass
from typing import ClassVar

from data.findings import Finding, Severity


@dataclass(frozen=True)
class MixedUnits(Finding):
    code = "mixed-units"
    units: tuple[str, ...]

    @property
    def message(self) -> str:
        return f"One axis or column cannot hold {' and '.join(self.units)}."

    advice = (
        "Narrow `where` to rows of one unit, and give the others an exhibit of their own; a table may show the units "
        "in a column."
    )


@dataclass(frozen=True)
class MixedPopulations(Finding):
    code = "mixed-populations"
    populations: tuple[str, ...]

    @property
    def message(self) -> str:
        return f"Different populations would be drawn as one: {'; '.join(self.populations)}."

    advice = "Name the population's column in `lines`, `group`, `label` or `columns`, or narrow `where`."


@dataclass(frozen=True)
class SameDate(Finding):
    code = "same-date"
    severity: ClassVar[Severity] = "warning"
    lines: tuple[int, int]
    when: str

    @property
    def message(self) -> str:
        lines = f"{self.lines[0]} and {self.lines[1]}"
        return f"One line has two numbers of {self.when}, those of lines {lines}: it runs through one, past the other."

    advice = (
        "Name the column that tells them apart in `lines`, narrow `where`, or give the one that the other replaced or "
        "contradicts its `status`."
    )


@dataclass(frozen=True)
class AnnotationOutside(Finding):
    code = "annotation-outside"
    severity: ClassVar[Severity] = "note"
    when: str
    first: str
    last: str
    sentence = "The annotation of {when} lies outside the numbers, which are of {first} to {last}."
    advice = "The axis goes on to it; mend the date if it is mistyped."


@dataclass(frozen=True)
class SharedColour(Finding):
    code = "shared-colour"
    severity: ClassVar[Severity] = "warning"
    exhibit: str
    populations: tuple[str, ...]

    @property
    def message(self) -> str:
        return f"Populations of {self.exhibit!r} share a colour: {', '.join(map(repr, self.populations[:8]))}."

    advice = (
        "Populations take the theme's colours in the order in which charts show them: give `theme: series:` up to "
        "eight, or show fewer populations."
    )


@dataclass(frozen=True)
class NoSum(Finding):
    code = "no-sum"
    exhibit: str
    problem: str
    remedy: str
    sentence = "The exhibit {exhibit!r} names a total, but {problem}."
    advice = "{remedy}, or take `total` out."


@dataclass(frozen=True)
class UncheckedSum(Finding):
    code = "unchecked-sum"
    severity: ClassVar[Severity] = "warning"
    exhibit: str
    measure: str
    sentence = "A part of the total of {exhibit!r} gives no number in {measure!r}, so the sum was not checked."
    advice = "Fill it in, or narrow `where` to the parts that are given."


@dataclass(frozen=True)
class SumConflict(Finding):
    code = "sum-conflict"
    exhibit: str
    cell: str
    texts: tuple[str, str]

    @property
    def message(self) -> str:
        return (
            f"To add up in {self.exhibit!r}, {self.cell} must print as {self.texts[1]}, "
            f"and in another exhibit as {self.texts[0]}."
        )

    advice = "Give its measure or value more `decimals`, so that less is rounded away."


@dataclass(frozen=True)
class UndatedQuote(Finding):
    code = "undated-quote"
    speaker: str
    sentence = "The quotation of {speaker} has no date, so nobody can look it up."
    advice = "Add `date:` (a year will do), or say `mark: unverified`, which is printed with it."


@dataclass(frozen=True)
class CutQuote(Finding):
    code = "cut-quote"
    severity: ClassVar[Severity] = "warning"
    speaker: str
    sentence = "The quotation of {speaker} is marked as complete, and has an ellipsis."
    advice = "Say `mark: incomplete`, which is printed with it, or give the words that are left out."
