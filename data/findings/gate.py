"""Findings of the gate: a number in a finished document that is not the ledger's."""

from dataclasses import dataclass

from data.findings import Finding

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
