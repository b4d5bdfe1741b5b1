"""Typed numerals: takes a text as its author typed it, and the values, returns a finding for each number that is typed.

A number that a value holds must come from the value, or the two will differ one day; one that no value holds lacks its
provenance. What states no quantity passes by the rules of `data.trust.numerals`. Nor may what is typed about a value
make another number of it, or one of something else: "{{ pumps }} million", "€{{ pumps }}"; nor say again what it
prints.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from data.findings import Finding
from data.findings.text import AlteredValue, SaidTwice, TypedNumeral, UnsaidStatus, UnsaidUnit
from data.format import parse_language
from data.model import Number, Place, Quantity, Text, plain
from data.trust.ledger import placed
from data.trust.numerals import CURRENCY, Numeral, quantities, says_unit, scale_of
from data.units import is_money_of
from data.words import chart_words
from data.words import words as words_of

_TOUCHING = re.compile("[A-Za-z0-9%\u2030]")
"""Of other letters some are written before a number without a space, as the Arabic for "and" is."""
_BEFORE, _BEHIND = re.compile(r"[^\s(]*\Z"), re.compile(r"\A[^\s),;]*")
_SHARE, _SHARE_UNIT = re.compile("[%٪‰]|per ?cent"), re.compile(r"\b(?:per ?cent|per ?mille?|pct)\b")
_HEAD, _TAIL = re.compile(r"\A\D*"), re.compile(r"\D*\Z")
_SIGN, _SHARE_SIGN = re.compile(rf"[{CURRENCY}]\Z"), re.compile(r"\s*[%٪‰]")
_MONEY = re.compile(f"[A-Z]{{0,3}}[{CURRENCY}]|[A-Z]{{3}}")
_SAYS_STATUS = {
    "revised": re.compile("revis|replac|correct|supersed|withdr", re.IGNORECASE),
    "disputed": re.compile("disput|contest|challeng|disagree|differ|contradict", re.IGNORECASE),
}
_AROUND = 80
_MOST = 3


def findings(
    words: str, text: Text, place: Place, language: str, allowed: Iterable[str], values: Mapping[str, Quantity]
) -> Iterator[Finding]:
    """One finding a number of `words`, whose first line stands at `place`, and one a value that is another number as
    `text` prints it; `allowed` are words whose figures pass."""
    found = list(_typed(words, place, language, allowed, values))
    yield from found
    for altered in _altered(text, place, language):
        if not any(one.numeral in altered.read for one in found):
            yield altered
    yield from _unscaled(text, place, language)
    yield from _unmarked(text, place, language)
    yield from _repeated(text, place, language)


def _repeated(text: Text, place: Place, language: str) -> Iterator[SaidTwice]:
    """Values beside which their own bound, sign or unit is typed: "up to {{ pumps }}" where that prints "up to 14"."""
    whole = plain(text)
    for start, end, number in placed(text):
        if again := _again(whole[:start], number, whole[end:], language):
            yield SaidTwice(place, number.quantity.id, number.text, again)


def _again(before: str, number: Number, behind: str, language: str) -> str:
    """What stands before and behind `number` that it prints too, or that its range says in its own way; or ""."""
    known, printed, said = words_of(language), number.text.casefold(), behind.casefold().split()
    head, tail = _HEAD.findall(printed)[0].split(), _TAIL.findall(printed)[0].split()
    sign = _SIGN.search(before)
    if known and number.quantity.bound == "between":
        head = [known.before_range]
    if head and before.casefold().split()[-len(head) :] == head:
        return " ".join(head)
    if head and sign and _SIGN.search(head[-1]):
        return sign.group()
    for count in range(len(tail), 0, -1):
        if [word.rstrip(".,;:!?)") for word in said[:count]] == tail[-count:]:
            return " ".join(tail[-count:])
    return behind.lstrip()[0] if tail and _is_share(number.quantity.unit) and _SHARE_SIGN.match(behind) else ""


def _unscaled(text: Text, place: Place, language: str) -> Iterator[UnsaidUnit]:
    """Values in thousands, millions and the like, where nothing in the text says so. A cell of a table may hold the
    number alone: the head of its column says the rest."""
    words = plain(tuple(run for run in text if not isinstance(run, Number)))
    for _, _, number in placed(text) if any(map(str.isalpha, words)) else ():
        unit = number.quantity.unit
        if scale_of(unit, language) != 1 and not says_unit(words, unit, language):
            yield UnsaidUnit(place, number.quantity.id, number.text, unit, "the text")


def _unmarked(text: Text, place: Place, language: str) -> Iterator[UnsaidStatus]:
    """Values that were revised or are disputed, where the text neither says so nor prints another number of the same
    unit, which it is held against. A cell of a table that holds the number alone says so by itself."""
    stated = [number for _, _, number in placed(text)]
    words = plain(tuple(run for run in text if not isinstance(run, Number)))
    for number in stated if any(map(str.isalpha, words)) else ():
        quantity = number.quantity
        said = chart_words(language).status(quantity.status)
        beside = any(other.quantity.unit == quantity.unit and other.text != number.text for other in stated)
        if said and not beside and not _SAYS_STATUS[quantity.status].search(words):
            yield UnsaidStatus(place, quantity.id, number.text, said)


def _typed(
    text: str, place: Place, language: str, allowed: Iterable[str], values: Mapping[str, Quantity]
) -> Iterator[TypedNumeral]:
    found = quantities(text, language)
    passing = list(_passing(text, allowed)) if found else []
    for numeral in found:
        first, last = numeral.figures
        if not any(start <= first and last <= end for start, end in passing):
            line = place.line + text.count("\n", 0, first)
            around = text[max(0, numeral.start - _AROUND) : numeral.end + _AROUND]
            yield TypedNumeral(
                replace(place, line=line), " ".join(numeral.text.split()), _meant(numeral, around, values)
            )


def _altered(text: Text, place: Place, language: str) -> Iterator[AlteredValue]:
    """Numerals that a value and what stands about it make together, and that are not the value's. A scale that is part
    of what is counted, such as "thousand people", is the sentence's own, as any noun is. A letter or a sign that
    touches a value makes another word of it ("14k"), which no numeral need be."""
    whole, stated = plain(text), list(placed(text))
    told: set[int] = set()
    for numeral in quantities(whole, language) if stated else ():
        within = [run for run in stated if run[0] < numeral.end and numeral.start < run[1]]
        if not within or any(start <= numeral.start and numeral.end <= end for start, end, _ in within):
            continue
        counted = {
            number * scale
            for *_, value in within
            for number in value.quantity.printed
            for scale in (1, scale_of(value.quantity.unit, language))
        }
        ends, starts = [numeral.start, *(end for _, end, _ in within)], [*(start for start, *_ in within), numeral.end]
        said = " ".join(whole[end:start] for end, start in zip(ends, starts, strict=True))
        same = (numeral.values and set(numeral.values) <= counted) or said.strip() == "/"
        if not same or not all(_is_of(said, value.quantity.unit, language) for *_, value in within):
            told |= {start for start, *_ in within}
            yield AlteredValue(place, within[-1][2].quantity.id, within[-1][2].text, " ".join(numeral.text.split()))
    for start, end, number in stated:
        touching = whole[max(0, start - 1) : start] + whole[end : end + 1]
        touching = touching.replace("%", "") if _is_share(number.quantity.unit) else touching
        if start not in told and _TOUCHING.search(touching):
            word = "".join((_BEFORE.findall(whole[:start])[0], number.text, _BEHIND.findall(whole[end:])[0]))
            yield AlteredValue(place, number.quantity.id, number.text, " ".join(word.split()))


def _is_of(said: str, unit: str, language: str) -> bool:
    """Whether per cent and currencies that are typed about a value are those of its unit."""
    if _SHARE.search(said) and not _is_share(unit):
        return False
    locale = parse_language(language)
    return not locale or all(is_money_of(mark, unit, locale) for mark in _MONEY.findall(said))


def _is_share(unit: str) -> bool:
    """Percentage points and basis points are no share."""
    return bool(_SHARE_UNIT.search(unit))


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
