"""Findings: what can be wrong with a briefing. One class a kind, each with its code, a sentence and a hint.

    Finding                     place, code, severity, message, hint
    |- of the files             FileMissing, FileUnreadable, SeriesUnreadable, TemplateMissing, YamlSyntax,
    |                           DuplicateKey, YamlFeature, AmbiguousScalar
    |- of the fields            UnknownKey, MissingKey, BadField, BadDate, BadNumber, UnknownLanguage, UnknownUnit
    |- of the series            MissingColumn, RaggedRow, RepeatedRow, BadCell, MissingProvenance, NoRow, SeveralRows,
    |                           EmptyCell
    |- of the references        UnknownValue, UnknownPart, UnknownSource, UnknownExhibit, NoConversion, CircularValue,
    |                           BadLink
    |- of the text              UnsupportedMarkdown, HalfValue, ExhibitPlacement, TypedNumeral
    |- of the exhibits          MixedUnits, MixedPopulations, AnnotationOutside, SharedColour, NoSum, UncheckedSum,
    |                           SumConflict, UndatedQuote, CutQuote
    |- of an earlier edition    PreviousUnreadable, PreviousNewer, PreviousOther, PreviousInTheWay
    |- of a sound briefing      see data.check
    |- of the outputs           MissingGlyph, TextContinued, OutputBlocked
    `- of findings              MoreOfAKind

Every stage returns its findings beside its result; `make_all.py` prints all of them, sorted by place, and stops once.
"""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import ClassVar, Literal

from data.model import Place

Severity = Literal["error", "warning", "note"]
"""An error stops the build, a warning stops a strict one, a note only tells what was done."""


MOST_OF_A_KIND = 100
"""Findings of one kind in one file that are listed; the others are counted."""

_NAME_LENGTH = 60
"""Longer names are not looked at as what may have been meant, which takes time with the square of their length."""


_SHOWN = 400
"""Characters of a text that a finding repeats."""


def _near(word: str, known: Iterable[str]) -> str:
    """A hint from the names that would have been right: the nearest one, or the first few."""
    names = sorted(name for name in known if len(name) <= _NAME_LENGTH)
    word = word[:_NAME_LENGTH]
    close = difflib.get_close_matches(word, names, n=1, cutoff=0.6)
    if close:
        return f"Did you mean {close[0]!r}?"
    if not names:
        return "There is none yet."
    shown = ", ".join(names[:8]) + (" and others" if len(names) > 8 else "")
    return f"Known here: {shown}."


def _clipped(value: object) -> object:
    return f"{value[:_SHOWN]} ..." if isinstance(value, str) and len(value) > _SHOWN else value


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, where, and what to do about it.

    Subclasses fix `code`, and `sentence` and `advice`, into which their fields are put; where words depend on more than
    that, they override `message` or `hint`.
    """

    code: ClassVar[str]
    severity: ClassVar[Severity] = "error"
    sentence: ClassVar[str] = ""
    advice: ClassVar[str] = ""

    place: Place

    @property
    def message(self) -> str:
        return self.sentence.format(**self._fields())

    @property
    def hint(self) -> str:
        return self.advice.format(**self._fields())

    def _fields(self) -> dict[str, object]:
        return {field.name: _clipped(getattr(self, field.name)) for field in fields(self)}

    @property
    def told(self) -> str:
        """The finding without its hint, which takes longer to find."""
        return f"{self.place}: {self.severity} [{self.code}] {self.message}"

    def __str__(self) -> str:
        return f"{self.told}  ({hint})" if (hint := self.hint) else self.told


@dataclass(frozen=True)
class MoreOfAKind(Finding):
    code = "more-of-a-kind"
    severity = "note"
    count: int
    kind: str
    sentence = "From here on the file has {count} more findings of the kind [{kind}], which are not listed."
    advice = "What is listed may well be the cause of them all."


def listed(findings: Iterable[Finding]) -> list[Finding]:
    """`findings` by place, each once; of those that a fault in a long file repeats on every line, the first."""
    kinds: dict[tuple[str, str], list[Finding]] = {}
    for finding in sorted(dict.fromkeys(findings), key=lambda each: (each.place.file, each.place.line, each.told)):
        kinds.setdefault((finding.place.file, finding.code), []).append(finding)
    shown = [finding for kind in kinds.values() for finding in kind[:MOST_OF_A_KIND]]
    shown += (
        MoreOfAKind(replace(kind[0].place, line=kind[MOST_OF_A_KIND].place.line), len(kind) - MOST_OF_A_KIND, code)
        for (_, code), kind in kinds.items()
        if len(kind) > MOST_OF_A_KIND
    )
    return sorted(shown, key=lambda each: (each.place.file, each.place.line, each.told))


# --- of the files -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class FileMissing(Finding):
    code = "file-missing"
    what: str
    sentence = "There is no {place.file} here; {what}."
    advice = "make_all.py new FOLDER writes a small briefing with every file in its place"


@dataclass(frozen=True)
class FileUnreadable(Finding):
    code = "file-unreadable"
    reason: str
    sentence = "The file cannot be read: {reason}."
    advice = "Save it as UTF-8 text inside the briefing's folder."


@dataclass(frozen=True)
class SeriesUnreadable(FileUnreadable):
    sentence = "The rows of this series cannot be read: {reason}."
    advice = "Save the file as UTF-8 text inside the briefing's folder, or take this entry out."


@dataclass(frozen=True)
class TemplateMissing(FileUnreadable):
    code = "template-missing"
    sentence = "The deck's template cannot be read: {reason}."
    advice = "It lies in the briefing's folder; one from elsewhere is named with --template FILE."


@dataclass(frozen=True)
class YamlSyntax(Finding):
    code = "yaml-syntax"
    problem: str
    sentence = "This is not valid YAML: {problem}."
    line: str = ""

    @property
    def hint(self) -> str:
        if "\t" in self.line:
            return "There is a tab in this line: YAML wants spaces."
        if "{{" in self.line:
            return "A text that begins with {{, or stands in a list in brackets, needs quotes around it."
        return "Check the indentation and quotes of this line and the one above; quote a text that holds ': ' or ' #'."


@dataclass(frozen=True)
class DuplicateKey(Finding):
    code = "duplicate-key"
    key: str
    first_line: int
    sentence = "{key!r} stands here a second time; the first is on line {first_line}."
    advice = "Keep one of the two."


@dataclass(frozen=True)
class YamlFeature(Finding):
    code = "yaml-feature"
    feature: str
    sentence = "A briefing does not use YAML's {feature}."
    advice = "Write the text out, or put it in quotes if it was meant as text."


@dataclass(frozen=True)
class AmbiguousScalar(Finding):
    code = "ambiguous-text"
    text: str
    reading: str
    sentence = "{text} without quotes is {reading} to some YAML readers and text to others."
    advice = 'Write "{text}" in quotes if it is text.'


# --- of the fields ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class UnknownKey(Finding):
    code = "unknown-key"
    key: str
    known: tuple[str, ...]
    sentence = "{key!r} is not a key that can stand here."

    @property
    def hint(self) -> str:
        return _near(self.key, self.known)


@dataclass(frozen=True)
class MissingKey(Finding):
    code = "missing-key"
    key: str
    sentence = "{key!r} is missing here."
    advice = "Add '{key}: ...' at this place."


@dataclass(frozen=True)
class BadField(Finding):
    code = "bad-field"
    key: str
    problem: str
    sentence = "{key}: {problem}."


@dataclass(frozen=True)
class BadDate(Finding):
    code = "bad-date"
    text: str
    sentence = "{text!r} is not a date."
    advice = "Write 2025-06-13, or 2025-06 or 2025 where no finer date is known."


@dataclass(frozen=True)
class BadNumber(Finding):
    code = "bad-number"
    text: str
    sentence = "{text!r} is not a number."
    advice = (
        "Write digits with a point for decimals, such as 100_000_000 or 17.5; the unit and words such as 'about' have "
        "keys of their own."
    )


@dataclass(frozen=True)
class UnknownLanguage(Finding):
    code = "unknown-language"
    language: str
    known: tuple[str, ...]
    sentence = "There are no words for the language {language!r} yet."

    @property
    def hint(self) -> str:
        return f"Languages with words: {', '.join(self.known)} (and their regions, such as en-GB)."


@dataclass(frozen=True)
class UnknownUnit(Finding):
    code = "unknown-unit"
    unit: str
    problem: str
    sentence = "The unit {unit!r} {problem}."
    advice = "Use a currency (USD, USD/year), a CLDR unit (kilometer, percent), or the noun that is counted (people)."


# --- of the series ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class MissingColumn(Finding):
    code = "missing-column"
    column: str
    file: str
    known: tuple[str, ...]
    sentence = "{file} has no column {column!r}."

    @property
    def hint(self) -> str:
        return _near(self.column, self.known)


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
    sentence = "This row has {cells} cells; the head names {columns} columns."
    advice = "A comma inside a text needs the text in double quotes."


@dataclass(frozen=True)
class BadCell(Finding):
    code = "bad-cell"
    text: str
    problem: str
    sentence = "{text!r} {problem}."


@dataclass(frozen=True)
class MissingProvenance(Finding):
    code = "missing-provenance"
    what: str
    lacking: str
    sentence = "{what} says nothing about {lacking}, so its numbers cannot be printed."
    advice = "Every number needs who says so, as of when, and a source."


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

    @property
    def message(self) -> str:
        shown = "; ".join(self.rows[:4]) + ("; ..." if len(self.rows) > 4 else "")
        return f"{len(self.rows)} rows of {self.file} have {self.condition}, and one is needed: {shown}."

    advice = "Narrow `where`, or say `pick: last` or `pick: first`."


@dataclass(frozen=True)
class EmptyCell(Finding):
    code = "empty-cell"
    file: str
    column: str

    @property
    def message(self) -> str:
        return (
            f"The cell {self.column!r} of {self.file} that this value is bound to is empty: no number is given there."
        )

    advice = "An empty cell is not zero. Bind another row, or type 0 if the source says none."


# --- of the references ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class UnknownValue(Finding):
    code = "unknown-value"
    id: str
    known: tuple[str, ...]
    sentence = "There is no value {id!r}."

    @property
    def hint(self) -> str:
        return f"{_near(self.id, self.known)} Values stand in values.yaml."


@dataclass(frozen=True)
class UnknownPart(Finding):
    code = "unknown-part"
    id: str
    part: str
    known: tuple[str, ...]
    sentence = "A value has no part {part!r} ({{{{ {id}.{part} }}}})."

    @property
    def hint(self) -> str:
        return f"Parts: {', '.join(self.known)}."


@dataclass(frozen=True)
class PartNotGiven(Finding):
    code = "part-not-given"
    id: str
    part: str
    sentence = "The value {id!r} has no {part!r}."
    advice = "Give it in values.yaml or in the row that the value is bound to."


@dataclass(frozen=True)
class UnknownSource(Finding):
    code = "unknown-source"
    id: str
    known: tuple[str, ...]
    sentence = "There is no source {id!r}."

    @property
    def hint(self) -> str:
        return f"{_near(self.id, self.known)} Sources stand in sources.yaml."


@dataclass(frozen=True)
class UnknownExhibit(Finding):
    code = "unknown-exhibit"
    id: str
    known: tuple[str, ...]
    sentence = "There is no exhibit {id!r}."

    @property
    def hint(self) -> str:
        return f"{_near(self.id, self.known)} Exhibits stand under `exhibits:` of a section; write \\@ for a plain @."


@dataclass(frozen=True)
class UnknownSection(Finding):
    code = "unknown-section"
    id: str
    known: tuple[str, ...]
    sentence = "There is no section {id!r}."

    @property
    def hint(self) -> str:
        there = "A section's name is its file's, without the number: 03-gaza.yaml is gaza."
        return f"{_near(self.id, self.known)} {there} If its file is gone, take the name out of `sections`."


@dataclass(frozen=True)
class NoConversion(Finding):
    code = "no-conversion"
    unit: str
    base: str
    units: tuple[str, ...]
    sentence = "{unit!r} cannot be made from {base!r}."

    @property
    def hint(self) -> str:
        return f"What can be converted into each other: {'; '.join(self.units)}."


@dataclass(frozen=True)
class CircularValue(Finding):
    code = "circular-value"
    chain: tuple[str, ...]

    @property
    def message(self) -> str:
        return f"This value is made from itself: {' -> '.join(self.chain)}."


@dataclass(frozen=True)
class BadLink(Finding):
    code = "bad-link"
    url: str
    sentence = "{url!r} is not a link that a briefing carries."
    advice = "Links begin with https://, http://, mailto: or doi:."


# --- of the text ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class HalfValue(Finding):
    code = "half-value"
    text: str
    sentence = "{text!r} is no value, and would be printed as it stands."
    advice = "Write {{{{ name }}}}, with two braces on either side; a backslash before a brace makes it plain."


@dataclass(frozen=True)
class UnsupportedMarkdown(Finding):
    code = "unsupported-markdown"
    what: str
    instead: str
    sentence = "{what} cannot stand in this text."
    advice = "{instead}"


@dataclass(frozen=True)
class ExhibitPlacement(Finding):
    code = "exhibit-placement"
    id: str
    times: int
    sentence = "The exhibit {id!r} is placed {times} times in its section's body; it must stand there once."
    advice = "Write @{id} alone on a line, with an empty line above and below, where the exhibit shall stand."


@dataclass(frozen=True)
class TypedNumeral(Finding):
    code = "typed-numeral"
    numeral: str
    values: tuple[str, ...]
    sentence = "{numeral!r} is typed here, so nothing says who gave it, when, and where it was seen."

    @property
    def hint(self) -> str:
        if self.values:
            first, *others = (f"{{{{ {id} }}}}" for id in self.values)
            meant = f"Write {first}" + (f", or {', '.join(others)}" if others else "")
        else:
            meant = "Give it a name in values.yaml and write {{ name }}"
        return f"{meant}; if it states no quantity, write a backslash before it, or list its words under `allow`."


# --- of the exhibits --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class MixedUnits(Finding):
    code = "mixed-units"
    units: tuple[str, ...]

    @property
    def message(self) -> str:
        return f"One axis cannot hold {' and '.join(self.units)}."

    advice = "Narrow `where` to rows of one unit, and give the others an exhibit of their own."


@dataclass(frozen=True)
class MixedPopulations(Finding):
    code = "mixed-populations"
    populations: tuple[str, ...]

    @property
    def message(self) -> str:
        return f"Different populations would be drawn as one: {'; '.join(self.populations)}."

    advice = "Name the population's column in `lines`, `group` or `label`, or narrow `where`."


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

    @property
    def hint(self) -> str:
        return (
            "Populations take the theme's colours in the order in which charts show them: give `theme: series:` up to "
            "eight, or show fewer populations."
        )


@dataclass(frozen=True)
class NoSum(Finding):
    code = "no-sum"
    exhibit: str
    problem: str
    sentence = "The exhibit {exhibit!r} names a total, but {problem}."
    advice = "Correct the rows, narrow `where` to the total and its parts, or take `total` out."


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


# --- of a sound briefing ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class UnlistedSection(Finding):
    code = "unlisted-section"
    severity: ClassVar[Severity] = "warning"
    id: str
    sentence = "The section {id!r} is not in briefing.yaml's `sections`, so it is not printed."
    advice = "Add it there, or take the file out of the folder."


@dataclass(frozen=True)
class PointCount(Finding):
    code = "point-count"
    severity: ClassVar[Severity] = "warning"
    section: str
    points: int
    sentence = "The section {section!r} has {points} points; a slide carries two to five."


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
class UnusedValue(Finding):
    code = "unused-value"
    severity: ClassVar[Severity] = "warning"
    id: str
    sentence = "No text uses the value {id!r}."
    advice = "Write {{{{ {id} }}}} where it belongs, or take it out."


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


# --- of an earlier edition --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PreviousUnreadable(Finding):
    code = "since-unreadable"
    reason: str
    sentence = "This is no earlier edition that can be compared: {reason}."
    advice = "--since takes a briefing's folder, or a PDF or deck that was made from one."


@dataclass(frozen=True)
class PreviousNewer(Finding):
    code = "since-newer"
    earlier: str
    edition: str
    sentence = "This edition is of {earlier}, later than the one that is built, of {edition}."
    advice = "Name an earlier edition after --since, or correct `edition` in briefing.yaml."


@dataclass(frozen=True)
class PreviousOther(Finding):
    code = "since-other"
    title: str
    sentence = "This is another briefing, {title!r}: no section, value or series has the same name."
    advice = "Name an earlier edition of this briefing after --since."


@dataclass(frozen=True)
class PreviousInTheWay(Finding):
    code = "since-overwritten"
    sentence = "This build would write over the earlier edition that it is compared with."
    advice = "Keep a copy of the earlier edition somewhere else and name that, or choose another folder with --out."


# --- of the outputs ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class OutputBlocked(Finding):
    code = "output-blocked"
    reason: str
    sentence = "This output cannot be written: {reason}."

    @property
    def hint(self) -> str:
        return (
            "Close the program that has it open, or choose another folder with --out; the last outputs are untouched."
        )


# --- of the gate ------------------------------------------------------------------------------------------------

_NOTHING_PUBLISHED = "Nothing was published: this is a fault of the program, or the file was changed by another one."


@dataclass(frozen=True)
class GateUnknown(Finding):
    code = "gate-unknown"
    channel: str
    numeral: str
    sentence = "{numeral!r} stands here ({channel}), and the ledger does not know it."
    advice = _NOTHING_PUBLISHED


@dataclass(frozen=True)
class GateMissing(Finding):
    code = "gate-missing"
    where: str
    text: str
    values: str
    instead: str
    advice = _NOTHING_PUBLISHED

    @property
    def message(self) -> str:
        value = f", the value {self.values}," if self.values else ""
        found = f"{self.instead!r} was read instead" if self.instead else "it was not found"
        return f"{self.text!r}{value} should stand here ({self.where}); {found}."


@dataclass(frozen=True)
class GateDisagrees(Finding):
    code = "gate-disagrees"
    value: str
    here: str
    there: str
    other: str
    sentence = "The value {value} reads {here!r} here and {other!r} in {there}."
    advice = _NOTHING_PUBLISHED
