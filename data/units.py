"""Units: takes a unit as its author writes it, says what it is: a currency, a unit of CLDR's or a counted noun, perhaps
per period ("USD/year") or of something ("percent of GDP"); what is wrong with it; and how much of another it is.
"""

import re
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from difflib import get_close_matches
from functools import lru_cache
from unicodedata import category

from babel import Locale, numbers
from babel.core import get_global
from babel.numbers import get_currency_symbol

_PERIODS = ("year", "month", "week", "day")
_SHORTEST_UNIT, _LONGEST_UNIT = 3, 40
"""Characters of a unit that are compared with CLDR's names: MW is no misspelt ZMW."""

is_currency = lru_cache(maxsize=256)(numbers.is_currency)  # Babel's gathers all currencies each time


@lru_cache(maxsize=256)
def cldr_unit(unit: str, locale: Locale) -> str | None:
    """CLDR's full key for a unit ("kilometer" -> "length-kilometer"), None for anything else."""
    patterns = locale._data["unit_patterns"]  # Babel offers no public look-up that answers "is this a unit"
    return next((key for key in sorted(patterns) if key == unit or key.partition("-")[2] == unit), None)


def _near_unit(head: str, locale: Locale) -> str | None:
    """The currency or unit that a word misspells: "USDD", "kilometre". A plural is a noun that is counted: "days"."""
    if is_currency(head) or cldr_unit(head, locale) or len(head) < _SHORTEST_UNIT:
        return None
    names = {key.partition("-")[2] for key in locale._data["unit_patterns"]} | set(locale.currencies)
    near = get_close_matches(head[:_LONGEST_UNIT], sorted(names), n=1, cutoff=0.8)
    return near[0] if near and head not in (f"{near[0]}s", f"{near[0]}es") else None


def _currencies(locale: Locale) -> list[str]:
    """The codes of the currencies that are in use somewhere, those of the most places first."""
    uses = Counter(use for territory in get_global("territory_currencies").values() for use, *_ in territory)
    return sorted(locale.currencies, key=lambda code: (-uses[code], code))


_SMALL_LETTERS = (
    "usd", "eur", "gbp", "chf", "jpy", "cny", "inr", "rub", "brl", "aud", "cad", "nzd", "sek", "nok", "dkk", "pln",
    "czk", "huf", "ron", "ils", "irr", "iqd", "syp", "lbp", "jod", "egp", "sar", "aed", "qar", "kwd",
)  # fmt: skip
"""Codes that are no words: a "cup" is a unit, and a "top" may be counted."""


def _named_currency(head: str, locale: Locale) -> str | None:
    """The code of a currency that is written in small letters or by its name: "usd", "euros"."""
    word = head.split(" per ", maxsplit=1)[0].strip()
    if word in _SMALL_LETTERS:
        return head.replace(word, word.upper(), 1)
    names = {name.casefold(): code for code, name in locale.currencies.items() if not code.startswith("X")}
    code = names.get(word.casefold()) or names.get(word.casefold().removesuffix("s"))
    return head.replace(word, code, 1) if code else None


@lru_cache(maxsize=256)
def is_money_of(mark: str, unit: str, locale: Locale) -> bool:
    """Whether a currency's sign or code says what `unit` does: "€" and "EUR" are of "million EUR" and "million euros".
    A sign that no currency has may be of anything."""
    names = {str(code): str(name) for code, name in locale.currencies.items()}
    symbols = {code: str(get_currency_symbol(code, locale)) for code in names}
    same = [code for code, symbol in symbols.items() if mark in (code, symbol)]
    like = same or [code for code, symbol in symbols.items() if symbol.endswith(mark) or mark.endswith(symbol)]
    named = {word.removesuffix("s") for word in re.findall(r"\w+", unit.casefold())}
    return not like or any({code.casefold(), names[code].casefold().split()[-1]} & named for code in like)


@lru_cache(maxsize=256)
def unit_problem(unit: str, locale: Locale) -> str | None:
    """Why `unit` cannot be printed, as the end of a sentence, or None if it can. Any noun may be counted."""
    head, slash, period = unit.partition("/")
    if not unit.strip():
        return "is empty"
    if "%" in head:
        return "is written percent"
    symbol = next((letter for letter in head if category(letter) == "Sc"), "")
    code = next((code for code in _currencies(locale) if symbol and locale.currency_symbols.get(code) == symbol), "")
    if symbol:
        return f"is written {code}" if code else "is written with the three letters of its currency, such as USD or EUR"
    named = _named_currency(head, locale)
    if named:
        return f"is written {named}"
    if slash and period not in _PERIODS:
        return f"has a period other than {', '.join(_PERIODS)}"
    if head.isupper() and len(head) == 3 and not is_currency(head):
        return "looks like a currency, but ISO 4217 has none of that name"
    near = _near_unit(head, locale)
    if near:
        return f"is not known, but {near!r} is"
    return (
        "is neither a currency nor a CLDR unit, so it cannot be taken per period"
        if slash and not is_measured(head, locale)
        else None
    )


_JOINTS = re.compile("( of | per )")


def split_unit(unit: str) -> tuple[str, str, str]:
    """A unit of something in words: "percent of GDP", "EUR per square metre"; else nothing before the joint."""
    whole, *rest = _JOINTS.split(unit, maxsplit=1)
    return (whole, rest[0], rest[1]) if rest else ("", "", unit)


def is_measured(unit: str, locale: Locale) -> bool:
    """Whether a unit is a currency or one of CLDR's, of something or by itself, with which numbers print."""
    head = unit.partition("/")[0]
    return any(is_currency(name) or cldr_unit(name, locale) for name in (head, split_unit(head)[0]) if name)


def is_counted(unit: str, locale: Locale) -> bool:
    """Whether a unit is the noun of things that come one by one, in no thousands or millions; GWh and m² are none."""
    head = unit.partition("/")[0]
    whole = split_unit(head)[0]
    return not (
        is_measured(head, locale) or whole or re.search("thousand|million|billion|[^ ][A-Z]|[0-9\u00b2\u00b3]", head)
    )


CONVERTED: tuple[Mapping[str, Decimal], ...] = (
    {
        "meter": Decimal(1),
        "centimeter": Decimal("0.01"),
        "kilometer": Decimal(1000),
        "foot": Decimal("0.3048"),
        "mile": Decimal("1609.344"),
        "nautical-mile": Decimal(1852),
    },
    {
        "square-meter": Decimal(1),
        "hectare": Decimal(10_000),
        "square-kilometer": Decimal(1_000_000),
        "acre": Decimal("4046.8564224"),
        "square-mile": Decimal("2589988.110336"),
    },
    {"kilogram": Decimal(1), "tonne": Decimal(1000), "pound": Decimal("0.45359237")},
    {"day": Decimal(1), "hour": Decimal(1) / 24, "week": Decimal(7)},
)
"""What can be converted into each other, each kind of unit measured in its first entry. Exact by definition: NIST SP
811 (2008), appendix B; the nautical mile by the First International Extraordinary Hydrographic Conference, Monaco,
1929."""


def convert(number: Decimal, unit: str, to: str) -> Decimal | None:
    """`number` of `unit` in `to`, unrounded; None where the two do not measure the same thing."""
    for units in CONVERTED:
        if unit in units and to in units:
            return number * units[unit] / units[to]
    return None
