"""Findings: what can be wrong with a briefing. One class a kind, each with its code, a sentence and a hint.

    files.py        a file that cannot be read, or is no plain YAML or CSV
    entries.py      a key or a field of an entry
    series.py       the rows of a CSV file and what they say of themselves
    references.py   a name that leads nowhere, or round in a circle
    text.py         prose that is not what its author means
    exhibits.py     a chart, a table, a sum or a quotation
    soundness.py    a briefing that reads well but says less than it should
    editions.py     an earlier edition that is compared with
    outputs.py      a file that a build writes
    gate.py         a number in a finished document that is not the ledger's

The writers have more, of what they cannot set: report/findings.py, slides/findings.py; slides/hands.py, of what people
did to the deck.
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


def near(word: str, known: Iterable[str]) -> str:
    """A hint from the names that would have been right: the nearest one, or the first few."""
    names = sorted(name for name in known if len(name) <= _NAME_LENGTH)
    word = word[:_NAME_LENGTH]
    spelled = {name.casefold(): name for name in names}
    close = difflib.get_close_matches(word.casefold(), spelled, n=1, cutoff=0.6)
    if close:
        return f"Did you mean {spelled[close[0]]!r}?"
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
