"""Typed numerals: takes a text as its author typed it, and the values, returns a finding for each number that is typed.

A number that a value holds must come from the value, or the two will differ one day; one that no value holds lacks its
provenance. What states no quantity passes by the rules of `data.trust.numerals`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from data.findings import Finding
from data.findings.text import TypedNumeral
from data.model import Place, Quantity
from data.trust.numerals import Numeral, quantities

_AROUND = 80
_MOST = 3


def findings(
    text: str, place: Place, language: str, allowed: Iterable[str], values: Mapping[str, Quantity]
) -> Iterator[Finding]:
    """One finding a number of `text`, whose first line stands at `place`; `allowed` are words whose figures pass."""
    found = quantities(text, language)
    passing = list(_passing(text, allowed)) if found else []
    for numeral in found:
        figures = [at for at in range(numeral.start, numeral.end) if text[at].isdecimal()]
        if not any(start <= figures[0] and figures[-1] < end for start, end in passing):
            line = place.line + text.count("\n", 0, figures[0])
            around = text[max(0, numeral.start - _AROUND) : numeral.end + _AROUND]
            yield TypedNumeral(
                replace(place, line=line), " ".join(numeral.text.split()), _meant(numeral, around, values)
            )


def _passing(text: str, allowed: Iterable[str]) -> Iterator[tuple[int, int]]:
    for words in allowed:
        pattern = r"\s+".join(re.escape(word) for word in words.split())
        yield from (match.span() for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", text))


def _meant(numeral: Numeral, around: str, values: Mapping[str, Quantity]) -> tuple[str, ...]:
    """The values of that magnitude, first those whose name has most words in common with what stands around."""
    words = set(re.findall(r"\w+", around.casefold()))

    def in_common(id: str) -> int:
        return sum(part in words for part in id.split("-"))

    same = [id for id, quantity in values.items() if set(quantity.printed) & set(numeral.values)]
    return tuple(sorted(same, key=in_common, reverse=True)[:_MOST])
