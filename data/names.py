"""Names: takes the facts and the exhibits' labels, returns what a name in a text stands for, and findings."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from data.facts import Facts
from data.findings import Finding
from data.findings.references import PartNotGiven, UnknownExhibit, UnknownPart, UnknownSource, UnknownValue
from data.findings.text import UnmarkedCitation
from data.format import Formatter
from data.model import Number, Place, Text
from data.trust import typed

PARTS = ("value", "plain", "as_of", "since", "by")
"""What of a value can be printed: {{ id }}, {{ id.plain }}, {{ id.as_of }}, {{ id.since }}, {{ id.by }}."""


@dataclass(frozen=True)
class Resolver:
    """Implements `data.markdown.Names` for one briefing. `labels` are the exhibits' by their names; `all_labels`: no
    exhibit stands in a section of which nothing could be read. `allowed` are words whose figures state no quantity;
    None where nobody knows them, so that no typed numeral is found."""

    facts: Facts
    labels: Mapping[str, str]
    all_labels: bool
    formatter: Formatter
    allowed: Iterable[str] | None
    findings: list[Finding]

    def number(self, id: str, part: str, place: Place) -> Number | None:
        if part not in PARTS:
            self.findings.append(UnknownPart(place, id, part, PARTS))
            return None
        quantity = self.facts.values.get(id)
        if quantity is None:
            if id not in self.facts.declared_values:
                self.findings.append(UnknownValue(place, id, tuple(self.facts.declared_values)))
            return None
        match part:
            case "value":
                text = self.formatter.quantity(quantity)
            case "plain":
                text = self.formatter.plain(quantity)
            case "by":
                text = quantity.by
            case _:
                when = quantity.as_of if part == "as_of" else quantity.since
                text = self.formatter.date(when) if when else ""
        if not text:
            self.findings.append(PartNotGiven(place, id, part))
            return None
        return Number(text, quantity, part)

    def source(self, id: str, place: Place) -> str | None:
        if id in self.facts.declared_sources:
            return id
        self.findings.append(UnknownSource(place, id, tuple(self.facts.declared_sources)))
        return None

    def exhibit_label(self, id: str, place: Place) -> str | None:
        if id in self.labels:
            return self.labels[id]
        is_source = id in self.facts.declared_sources
        if is_source or self.all_labels:
            self.findings.append(UnknownExhibit(place, id, tuple(self.labels), is_source))
        return None

    def bracketed(self, words: str, place: Place) -> None:
        ids = re.split(r"\s*[;,]\s*", words.strip("[]"))
        if self.facts.declared_sources.issuperset(ids):
            self.findings.append(UnmarkedCitation(place, words, tuple(ids)))

    def authored(self, words: str, place: Place, text: Text) -> None:
        if self.allowed is not None:
            language = self.formatter.language
            self.findings.extend(typed.findings(words, text, place, language, self.allowed, self.facts.values))
