"""Findings of the text: prose that is not what its author means."""

import re
from dataclasses import dataclass
from typing import ClassVar

from data.findings import Finding, Severity

_APART = re.compile(r"[\s_\u2010-\u2015]+")
_NAME = re.compile(r"[a-z][a-z0-9-]*(\.[a-z_]+)?")


@dataclass(frozen=True)
class HalfValue(Finding):
    code = "half-value"
    text: str
    sentence = "{text!r} is no value, and would be printed as it stands."

    @property
    def hint(self) -> str:
        id, dot, part = self.text.strip("{} \n\u00a0").lower().partition(".")
        meant = f"{_APART.sub('-', id)}{dot}{part}"
        name = meant if _NAME.fullmatch(meant) else "name"
        return (
            f"Write {{{{ {name} }}}}, with two braces on either side, and hyphens between the words of a name; "
            "a backslash before a brace makes it plain."
        )


@dataclass(frozen=True)
class UnmarkedCitation(Finding):
    code = "unmarked-citation"
    severity: ClassVar[Severity] = "warning"
    text: str
    sources: tuple[str, ...]
    sentence = "{text!r} is no citation, and is printed as it stands."

    @property
    def hint(self) -> str:
        cited = "; ".join(f"@{id}" for id in self.sources)
        return f"Write [{cited}] to cite; a backslash before the bracket keeps it as it is."


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


@dataclass(frozen=True)
class AlteredValue(Finding):
    code = "altered-value"
    value: str
    printed: str
    read: str
    sentence = "{value!r} prints {printed!r}, and with what stands about it a reader finds {read!r}, which nobody gave."
    advice = (
        "Give the number that is meant in values.yaml, count in its scale there (`unit: thousand people`), or part the "
        "two by a word."
    )


@dataclass(frozen=True)
class UnsaidUnit(Finding):
    code = "unsaid-unit"
    severity: ClassVar[Severity] = "warning"
    what: str
    printed: str
    unit: str
    where: str
    sentence = "{what!r} prints {printed!r}, which counts in {unit!r}, and {where} does not say so."
    advice = "Say the unit there in its own words; money that is given whole, with `unit: EUR`, prints with its unit."


@dataclass(frozen=True)
class UnsaidStatus(Finding):
    code = "unsaid-status"
    severity: ClassVar[Severity] = "warning"
    value: str
    printed: str
    status: str
    sentence = "{value!r} prints {printed!r}, which is {status}, and the text says nothing of it."
    advice = "Say so in its words, or print the other number beside it."


@dataclass(frozen=True)
class SaidTwice(Finding):
    code = "said-twice"
    severity: ClassVar[Severity] = "warning"
    value: str
    printed: str
    again: str
    sentence = "{value!r} prints {printed!r}, and {again!r} stands typed beside it too."
    advice = "Take {again!r} out."
