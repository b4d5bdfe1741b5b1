"""Findings of the references: a name that leads nowhere, or round in a circle."""

from dataclasses import dataclass

from data.findings import Finding, near


@dataclass(frozen=True)
class UnknownValue(Finding):
    code = "unknown-value"
    id: str
    known: tuple[str, ...]
    sentence = "There is no value {id!r}."

    @property
    def hint(self) -> str:
        return f"{near(self.id, self.known)} Values stand in values.yaml."


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
        return f"{near(self.id, self.known)} Sources stand in sources.yaml."


@dataclass(frozen=True)
class UnknownExhibit(Finding):
    code = "unknown-exhibit"
    id: str
    known: tuple[str, ...]
    source: bool
    sentence = "There is no exhibit {id!r}."

    @property
    def hint(self) -> str:
        if self.source:
            return f"It is a source: cite it as [@{self.id}], several as [@one; @two]."
        return f"{near(self.id, self.known)} Exhibits stand under `exhibits:` of a section; write \\@ for a plain @."


@dataclass(frozen=True)
class UnknownSection(Finding):
    code = "unknown-section"
    id: str
    known: tuple[str, ...]
    sentence = "There is no section {id!r}."

    @property
    def hint(self) -> str:
        there = "A section's name is its file's, without the number: 03-gaza.yaml is gaza."
        return f"{near(self.id, self.known)} {there} If its file is gone, take the name out of `sections`."


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
