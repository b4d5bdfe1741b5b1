"""Key figures: takes the name of a value, returns its number with what it counts and who says so, and findings."""

from dataclasses import dataclass

from data.findings import Finding
from data.findings.entries import MissingKey
from data.findings.text import UnsaidUnit
from data.folder import Checked
from data.markdown import TextReader
from data.model import KeyFigure, Number, Place, Span, Text, plain
from data.names import Resolver
from data.schema import ValuesFile
from data.script import followed
from data.text import filled
from data.trust.numerals import says_unit


@dataclass(frozen=True)
class KeyFigures:
    """Reads the key figures of one briefing, of its first page and of its exhibits, from the labels in values.yaml."""

    file: Checked[ValuesFile]
    names: Resolver
    reader: TextReader
    findings: list[Finding]

    def labels(self) -> dict[str, Text]:
        """What each value counts, of those that say it."""
        labels = {id: self.label(id) for id in self.names.facts.values}
        return {id: label for id, label in labels.items() if label is not None}

    def label(self, id: str) -> Text | None:
        label = self.file.entry.root[id].label if self.file.entry else None
        return self.reader.line(label, self.file.document.place((id, "label"))) if label else None

    def read(self, id: str, place: Place) -> KeyFigure | None:
        """The value that is named at `place`, or None where there is none or it has no label."""
        value = self.names.number(id, "value", place)
        if value is None:
            return None
        label = self.label(id)
        if label is None:
            self.findings.append(MissingKey(self.file.document.key((id,)), "label"))
            return None
        self._unit_said(value, label)
        return KeyFigure(value, label, (*self._attribution(value, place), *self._status(value)))

    def _unit_said(self, value: Number, label: Text) -> None:
        """A number that is printed alone has its unit in its label."""
        id, unit, formatter = value.quantity.id, value.quantity.unit, self.names.formatter
        if formatter.leaves_unit(unit) and not says_unit(plain(label), unit, formatter.language):
            place = self.file.document.place((id, "label"))
            self.findings.append(UnsaidUnit(place, id, value.text, unit, "its label"))

    def _attribution(self, value: Number, place: Place) -> Text:
        """Who says so, as of when, and since when it counts if it does."""
        quantity, words = value.quantity, self.names.formatter.words
        parts = ("as_of", "since") if quantity.since else ("as_of",)
        dates = (self.names.number(quantity.id, part, place) for part in parts)
        pattern = words.attributed_since if quantity.since else words.attributed
        return filled(pattern, Number(followed(quantity.by), quantity, "by"), *filter(None, dates))

    def _status(self, value: Number) -> Text:
        said = self.names.formatter.words.chart.status(value.quantity.status)
        return (Span(f", {said}"),) if said else ()
