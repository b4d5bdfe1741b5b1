"""Formatting: takes quantities and dates, returns the words that are printed, in the briefing's language.

Every number of every output is made here, by Babel from CLDR data; nobody else turns a number into text.
"""

import datetime
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_locale_identifier, parse_locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_compact_decimal, format_decimal, get_currency_precision, get_currency_symbol
from babel.units import format_compound_unit, format_unit

from data.model import PartialDate, Quantity, rounded
from data.units import cldr_unit, is_counted, is_currency, is_measured, split_unit
from data.words import Words

NO_BREAK_SPACE = "\u00a0"
MINUS = "\u2212"
COMPACT_FROM = Decimal(1_000_000)
"""Money from a million up is written "100 million"; a count of people is always written out."""
_SOME = 4
"""Names that a sentence lists."""
_TAG = re.compile(r"[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*")
"""Letters and figures in parts of up to eight (RFC 5646, 2.1)."""


def signed(digits: str) -> str:
    """With a minus sign, as wide as a figure and never at the end of a line, in place of a hyphen."""
    return digits.replace("-", MINUS)


def parse_language(tag: str) -> Locale | None:
    """The CLDR locale of a BCP 47 tag ("en-GB"), or None if there is none."""
    if not _TAG.fullmatch(tag):  # Babel cuts spaces from a tag, and looks for its file with them
        return None
    try:
        return Locale.parse(get_locale_identifier(parse_locale(tag.replace("-", "_"))))
    except (ValueError, UnknownLocaleError, TypeError):
        return None


def _places(quantity: Quantity, unit: str) -> int:
    """Cents are written in two places, so that 12.5 is 12.50; but what was rounded to one place has no second."""
    ends, decimals, currency = (
        (quantity.shown, quantity.low, quantity.high),
        quantity.decimals,
        split_unit(unit)[0] or unit,
    )
    exact = all(end is None or rounded(end, decimals) == end for end in ends)
    return max(decimals, get_currency_precision(currency)) if decimals and exact and is_currency(currency) else decimals


def number_pattern(decimals: int, locale: Locale) -> str:
    """The pattern of a number with so many places, its figures grouped as the language groups them: "#,##,##0.0"."""
    whole = str(locale.decimal_formats[None].pattern).partition(".")[0]
    return (whole if "," in whole else "#,##0") + ("." + "0" * decimals if decimals > 0 else "")


@lru_cache(maxsize=1 << 13)
def _decimal(number: Decimal, decimals: int, locale: Locale) -> str:
    return signed(
        str(format_decimal(rounded(number, decimals), format=number_pattern(decimals, locale), locale=locale))
    )


class Formatter:
    """Prints quantities and dates in one language. `words` are that language's bound words."""

    def __init__(self, language: str, words: Words) -> None:
        locale = parse_language(language)
        assert locale is not None, language
        self.language = language
        self.locale = locale
        self.words = words

    # --- dates ---

    def date(self, when: PartialDate) -> str:
        """ "13 June 2025", "June 2025" or "2025": no more than the source gives."""
        if when.month is None:
            return str(when.year)
        if when.day is None:
            return str(format_skeleton("yMMMM", when.first, locale=self.locale))
        return self._hold(str(format_date(when.first, "long", locale=self.locale)))

    def day(self, when: datetime.date) -> str:
        return self.date(PartialDate(when.year, when.month, when.day))

    # --- numbers ---

    def decimal(self, number: Decimal, decimals: int) -> str:
        """Grouped digits with exactly `decimals` places: "73,419", "−936.94"."""
        return _decimal(number, decimals, self.locale)

    def plain(self, quantity: Quantity) -> str:
        """The number alone, without bound words and unit; a range as "20 to 23"."""
        text = self._range(quantity, [self.decimal(number, quantity.decimals) for number in quantity.printed])
        return self._marked(text, quantity)

    def quantity(self, quantity: Quantity) -> str:
        """Bound words, number and unit: "up to US$100 million per year". A counted noun is the sentence's own."""
        unit, _, period = quantity.unit.partition("/")
        places = _places(quantity, unit)
        unit, thing = self._parted(unit)
        text = self._range(quantity, [self._measured(number, unit, places) for number in quantity.printed]) + thing
        if period:
            text = str(format_compound_unit(text, denominator_unit=period, length="long", locale=self.locale))
        pattern: str = (
            getattr(self.words, quantity.bound, "{0}") if quantity.bound not in ("exact", "between") else "{0}"
        )
        return self._marked(pattern.format(text), quantity)

    def _marked(self, text: str, quantity: Quantity) -> str:
        return f"{text}{self.words.stale_mark}" if quantity.stale else text

    def unit_name(self, unit: str) -> str:
        """The unit alone, for a unit line: "US$ per year", "people", "kilometres"."""
        head, _, period = unit.partition("/")
        key = cldr_unit(head, self.locale)
        if is_currency(head):
            name = str(get_currency_symbol(head, self.locale))
        elif key:
            name = str(self.locale._data["unit_display_names"].get(key, {}).get("long", head))
        else:
            whole, joint, thing = split_unit(head)
            name = (
                f"{self.unit_name(whole)}{joint}{thing}"
                if is_currency(whole) or cldr_unit(whole, self.locale)
                else head
            )
        if period:
            name = str(format_compound_unit(name, denominator_unit=period, length="long", locale=self.locale))
        return name

    def names_unit(self, unit: str) -> bool:
        """Whether a quantity prints its unit; a counted noun is the sentence's own."""
        return is_measured(unit, self.locale)

    def leaves_unit(self, unit: str) -> bool:
        """Whether a number of `unit` is printed alone though it counts no things: in MWh, million euros or points."""
        apart = not is_counted(unit, self.locale) or unit.endswith((" point", " points"))
        return apart and not self.names_unit(unit)

    def listing(self, items: Iterable[str]) -> str:
        """ "a, b and c" in the language's own way."""
        return str(format_list(list(items), locale=self.locale))

    def some(self, names: Sequence[str]) -> str:
        """Up to four names; of more, the first ones and "others"."""
        return self.listing(names if len(names) <= _SOME else [*names[: _SOME - 1], self.words.others])

    def _range(self, quantity: Quantity, ends: list[str]) -> str:
        return self.words.between.format(*ends) if quantity.bound == "between" else ends[0]

    def _parted(self, unit: str) -> tuple[str, str]:
        """ "USD per head" as its measure and what a range says once: ("USD", " per head")."""
        whole, joint, thing = split_unit(unit)
        if cldr_unit(unit, self.locale) is None and (is_currency(whole) or cldr_unit(whole, self.locale)):
            return whole, f"{joint}{thing}"
        return unit, ""

    def _measured(self, number: Decimal, unit: str, decimals: int) -> str:
        if is_currency(unit):
            return self._money(number, unit, decimals)
        key = cldr_unit(unit, self.locale)
        if key is None:
            return self.decimal(number, decimals)
        # Babel inflects the unit by the plural category of the number as it is shown; our own digits are put in
        with_unit = str(format_unit(abs(number), key, length="long", format="#,##0", locale=self.locale))
        whole = str(format_decimal(abs(number), format="#,##0", locale=self.locale))
        return self._hold(with_unit.replace(whole, self.decimal(number, decimals), 1))

    def _money(self, number: Decimal, currency: str, decimals: int) -> str:
        digits = self._compact(number) or self.decimal(number, decimals)
        pattern = str(self.locale.currency_formats["standard"].pattern).split(";")[0]
        before, tail = re.split("[#0][#0,.]*", pattern, maxsplit=1)
        symbol = str(get_currency_symbol(currency, self.locale))
        sign = MINUS if digits.startswith(MINUS) else ""
        return self._hold(sign + (before + digits.removeprefix(MINUS) + tail).replace("¤", symbol))

    def _compact(self, number: Decimal) -> str | None:
        """ "100 million", "2.822 billion", or None where three decimals would lose a part of the number."""
        if abs(number) < COMPACT_FROM:
            return None
        power = min((abs(number).adjusted() // 3) * 3, 12)
        if (number / Decimal(10) ** power).quantize(Decimal("0.001")) * Decimal(10) ** power != number:
            return None
        return signed(str(format_compact_decimal(number, format_type="long", locale=self.locale, fraction_digits=3)))

    @staticmethod
    def _hold(text: str) -> str:
        """Number and unit stay on one line (SI Brochure, 5.4.3: the space between them is not to be broken)."""
        return text.replace(" ", NO_BREAK_SPACE)
