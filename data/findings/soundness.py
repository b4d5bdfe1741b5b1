"""Findings of a sound briefing: a briefing that reads well but says less than it should; see data/check.py."""

from dataclasses import dataclass
from typing import ClassVar

from data.findings import Finding, Severity


@dataclass(frozen=True)
class UnlistedSection(Finding):
    code = "unlisted-section"
    severity: ClassVar[Severity] = "warning"
    id: str
    sentence = "The section {id!r} is not in briefing.yaml's `sections`, so it is not printed."
    advice = "Add it there, or take the file out of the folder."


@dataclass(frozen=True)
class MisnamedSection(Finding):
    code = "misnamed-section"
    severity: ClassVar[Severity] = "warning"
    sentence = "No section can have this file's name, so it is not printed."
    advice = "Call it 05-name.yaml, in lower-case letters, digits and hyphens, or take it out of the folder."


@dataclass(frozen=True)
class PointCount(Finding):
    code = "point-count"
    severity: ClassVar[Severity] = "warning"
    section: str
    points: int

    @property
    def message(self) -> str:
        have = "one point" if self.points == 1 else f"{self.points} points"
        return f"The section {self.section!r} has {have}; a slide carries two to five."


@dataclass(frozen=True)
class AfterEdition(Finding):
    code = "after-edition"
    severity: ClassVar[Severity] = "warning"
    id: str
    as_of: str
    edition: str
    sentence = "The number {id!r} is as of {as_of}, after the edition of {edition}."
    advice = "Mend the date; a plan or forecast is as of the day on which it was stated."


@dataclass(frozen=True)
class SaidAfterEdition(Finding):
    code = "after-edition"
    severity: ClassVar[Severity] = "warning"
    what: str
    date: str
    edition: str
    sentence = "{what} is dated {date}, after the edition of {edition}."
    advice = "Mend the date, or the edition's."


@dataclass(frozen=True)
class LowContrast(Finding):
    code = "low-contrast"
    severity: ClassVar[Severity] = "warning"
    colour: str
    ratio: str
    least: str
    sentence = "{colour} has a contrast of {ratio} to 1 with white; what is set or drawn in it needs {least} to 1."
    advice = "Choose a darker one (WCAG 2.2, 1.4.3 and 1.4.11)."


@dataclass(frozen=True)
class UnusedValue(Finding):
    code = "unused-value"
    severity: ClassVar[Severity] = "warning"
    id: str
    sentence = "No text uses the value {id!r}."
    advice = "Write {{{{ {id} }}}} where it belongs, or take it out."


@dataclass(frozen=True)
class LayoutsUnused(Finding):
    code = "layouts-unused"
    severity: ClassVar[Severity] = "warning"
    sentence = "The deck has no template of its own, so `layouts` has no effect."
    advice = (
        "Name the .pptx or .potx whose layouts they are under `template`, or with --template, or take `layouts` out."
    )


@dataclass(frozen=True)
class StaleValue(Finding):
    code = "stale-value"
    severity: ClassVar[Severity] = "warning"
    id: str
    as_of: str
    limit: str
    sentence = "The value {id!r} is of {as_of}: at the edition it is older than {limit}."
    advice = "Look for a later number. If it states what was said on a day that is past, write `stale_after: never`."


@dataclass(frozen=True)
class UnusedSource(Finding):
    code = "unused-source"
    severity: ClassVar[Severity] = "warning"
    id: str
    sentence = "Nothing cites the source {id!r}."
    advice = "Write [@{id}] where it is used, or take it out."


@dataclass(frozen=True)
class NothingToDraw(Finding):
    code = "nothing-to-draw"
    severity: ClassVar[Severity] = "warning"
    exhibit: str
    sentence = "The exhibit {exhibit!r} has no row with a number or an event, so its frame stays empty."
    advice = "Widen `where`, or take the exhibit out."
