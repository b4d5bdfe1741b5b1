"""Numerals: takes a printed text and its language, returns the numbers in it and which of them state no quantity.

Words for numbers ("twelve") are no numerals. What a run of digits is follows from its form and its nearest words alone,
by the first of these rules that fits:

    kind        what                                               examples
    reference   an address; a file and line                        https://a.org/2025/06, casualties.csv:50:killed
    date        ISO 8601; digits with two points or slashes; a     2025-06-13, 13/6/2025, 13 June 2025, 8 and 9 March,
                month of the language (CLDR) with days or a year   11 to 12 October 2023, June 2025
    time        a clock's                                          10:30, 5 p.m.
    reference   what a word of ours or one of a few others         Figure 2, Page 3 of 9, pp. 3–5, No. 7,
                numbers, by its own form                           Article 51, Resolution 242, (2 of 3)
    reference   a document's symbol                                A/RES/46/182, S/2023/345
    mark        figures in square brackets; at a text's very       [12], [3, 5], "1. " and "(2) " of a list
                beginning, a list's label
    ordinal     figures with an ordinal ending                     20th, 1st
    name        letters, perhaps a hyphen, then figures; letters   F-35, C4, IF12587, i24NEWS, CO2, mid-1990s, 4x4,
                between figures; figures with two points or more   9ea6456, 1.2.3
    year        1900 to 2100, as four bare figures                 1979, 2018–19, 1990s, FY2024/25
    quantity    all else, with its bound words, sign, currency,    about 1,200; up to US$100 million; 17.5 %; −5;
                scale word, per cent sign; a range is one          20–23; 20 to 23; 1,4 × 10⁶; 1½; 3/4

Months, group and decimal separators, scale words and per cent come from CLDR, bound words and "to" from `data.words`;
European, Arabic-Indic and Persian figures are read alike, in any language. A four-figure quantity that is printed
without separator and unit reads as a year: CLDR groups every number that we print, so only a typed one can.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Literal
from unicodedata import numeric

from babel import Locale

from data.format import parse_language
from data.script import RIGHT_TO_LEFT
from data.words import Words, words

Kind = Literal["quantity", "date", "year", "time", "ordinal", "reference", "name", "mark"]


@dataclass(frozen=True)
class Numeral:
    """`text` is what stands at [start:end]. `values` are a quantity's number, or the ends of a range, scale words
    counted in; () for what states no quantity."""

    start: int
    end: int
    text: str
    kind: Kind
    values: tuple[Decimal, ...] = ()

    @property
    def figures(self) -> tuple[int, int]:
        """Where its first figure stands, and where its last one ends."""
        found = list(FIGURE.finditer(self.text))
        return self.start + found[0].start(), self.start + found[-1].end()


@lru_cache(maxsize=1 << 13)
def numerals(text: str, language: str) -> tuple[Numeral, ...]:
    """Every numeral of `text`, in order, without overlap. Time grows with the length of `text`.

    Documents repeat themselves, and what one prints the gate reads again: results are kept.
    """
    return tuple(_rules(language).find(text))


@lru_cache(maxsize=1 << 14)  # most texts stand in both documents, are set, and are read back
def quantities(text: str, language: str) -> tuple[Numeral, ...]:
    return tuple(numeral for numeral in numerals(text, language) if numeral.kind == "quantity")


_SPACE = "[ \u00a0\u202f\u2009\n]"
_THIN = "\u00a0\u202f\u2009 "
CURRENCY = "$¢£¤¥֏؋৲৳৻૱௹฿៛₠-⃀﷼﹩＄￠￡￥￦"
_ORDINALS = "st|nd|rd|th|er|re|ère|e|ème|º|ª"
_NUMBERED = (
    "Figures?|Figs?\\.|Tables?|Sections?|Chapters?|Articles?|Annex(?:es)?|Appendix|Parts?|Notes?|Resolutions?|Page|Pages"
    "|Line|Lines|Paragraphs?|Items?|Version|Channel|Unit|Phase|Nos?\\.|№|no\\.|nos\\.|p\\.|pp\\.|para\\.|paras\\.|page|pages|line|lines|§|#"
    "|resolutions?"
)
"""Words behind which a figure is a name's. Capitals count: "Part 3" is one, "part 3" is not."""
_FIGURES = ("0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹")
FRACTIONS = "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
FIGURE = re.compile(f"[\\d{FRACTIONS}]")
_WORD = re.compile("\\w+")
_PERCENT = ("%", "٪", "‰", "percent", "per cent")
_SPOKEN = {
    word: Decimal(scale)
    for words, scale in (
        ("dozen", 12),
        ("hundred", 100),
        ("lakh lakhs", 10**5),
        ("mn mln", 10**6),
        ("crore crores", 10**7),
        ("bn bln", 10**9),
        ("tn trn", 10**12),
    )
    for word in words.split()
}
"""Scale words that CLDR does not have: people write them all the same, in any English."""
_SUPERSCRIPTS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
_WORDS_BEFORE = 32
"""How far before a figure's own word that may begin which belongs to it: "Resolution", "septiembre de"."""


def _up_to(tens: str, last: str) -> str:
    """A figure pair from 1 to "{last tens}{last ones}" in each kind of figures: `_up_to("12", "31")` is a day."""
    made = []
    for figures in _FIGURES:
        zero, nine = figures[0], figures[9]
        high = "".join(figures[int(ten)] for ten in tens)
        ones = f"{figures[int(last[0])]}[{zero}-{figures[int(last[1])]}]"
        made.append(f"[{high}][{zero}-{nine}]|{ones}|{zero}?[{figures[1]}-{nine}]")
    return "|".join(made)


_DAY = f"(?<![\\d.,])(?:{_up_to('12', '31')})(?:\\.(?={_SPACE})|{_ORDINALS}(?!\\w))?(?!\\d|[.,٫٬]\\d)"


class _Rules:
    """One language's patterns, made once."""

    def __init__(self, language: str) -> None:
        locale = parse_language(language) or Locale("en")
        strings = words(language) or Words()
        self.decimal = str(locale.number_symbols["latn"]["decimal"])
        self.scales = _scales(locale)
        rules = enumerate(_alternatives(locale, strings, self.scales))
        self.pattern = re.compile("|".join(f"(?P<{kind}_{number}>{rule})" for number, (kind, rule) in rules))
        self.years = [name for name in self.pattern.groupindex if name.startswith("of_year")]
        self.between = re.compile(f"{_SPACE}?[–-]{_SPACE}?|{_SPACE}*{_inner(strings.between)}{_SPACE}*")
        bounds = [strings.about, strings.at_least, strings.more_than, strings.at_most]
        before, after = zip(*(bound.split("{0}") for bound in bounds), strict=True)
        self.before = re.compile(f"(?<!\\w)(?:{_any(before)})[{_THIN}]*$", re.IGNORECASE)
        self.after = re.compile(f"[{_THIN}]*(?:{_any(after)})(?!\\w)", re.IGNORECASE)
        self.reach = max(map(len, before)) + 3

    def find(self, text: str) -> Iterator[Numeral]:
        return self._bounded(self._ranges(self._cores(text), text), text)

    def _cores(self, text: str) -> Iterator[Numeral]:
        at = 0
        while match := self.pattern.search(text, self._near_figure(text, at)):
            start, at = match.span()
            kind = str(match.lastgroup).partition("_")[0]
            if kind == "quantity":
                yield self._quantity(match)
                continue
            year = next((name for name in self.years if match[name]), "")
            if year and not is_year(match[year]):
                at = match.start(year)
            shown = text[start:at].rstrip(f"{_THIN},\n")
            if FIGURE.search(shown):
                yield Numeral(start, start + len(shown), shown, kind)  # type: ignore[arg-type]  # groups name kinds

    def _quantity(self, match: re.Match[str]) -> Numeral:
        start, end = match.span()
        digits, whole = match["digits_"], match.group()
        if whole == digits and is_year(digits):
            return Numeral(start, end, whole, "year")
        value = self._value(match)
        if value is None and digits.count(".") > 1:
            return Numeral(start, end, whole, "name")
        return Numeral(start, end, whole, "quantity", () if value is None else (value,))

    @staticmethod
    def _near_figure(text: str, at: int) -> int:
        """Where to look for what holds the next figure: before its word and the words that may belong to it."""
        figure = FIGURE.search(text, at)
        if figure is None:
            return len(text)
        word = max(text.rfind(space, at, figure.start()) for space in f"{_THIN}\n")
        return max(at, word - _WORDS_BEFORE)

    def _value(self, match: re.Match[str]) -> Decimal | None:
        """The number; None for figures and marks that are no number in this language, such as 1,2 in English."""
        whole, _, rest = match["digits_"].replace("٫", self.decimal).partition(self.decimal)
        groups = re.split("[^\\d]", whole)
        if (rest and not rest.isdecimal()) or any(len(group) not in (2, 3) for group in groups[1:]):
            return None
        value = Decimal(("".join(groups) or "0") + (f".{rest}" if rest else ""))
        sign, parts = (match["part_"] or "")[:1], (match["part_"] or "")[1:]
        if parts:
            if not int(parts):
                return None
            value /= int(parts)
        elif sign:
            value += Decimal(str(numeric(sign)))
        value *= self.scales.get((match["scale_"] or "").strip(f"{_THIN}\n"), 1)
        value = value.scaleb(int((match["power_"] or "0").translate(_SUPERSCRIPTS)))
        return -value if match["sign_"] in ("-", "−") else value

    def _ranges(self, found: Iterable[Numeral], text: str) -> Iterator[Numeral]:
        """Neighbours that only "to" or a dash parts are one."""
        held: Numeral | None = None
        for numeral in found:
            if (
                held
                and held.kind == numeral.kind == "quantity"
                and len(held.values) == 1
                and self.between.fullmatch(text, held.end, numeral.start)
            ):
                values = (*held.values, *numeral.values)
                held = Numeral(held.start, numeral.end, text[held.start : numeral.end], "quantity", values)
                continue
            if held:
                yield held
            held = numeral
        if held:
            yield held

    def _bounded(self, found: Iterable[Numeral], text: str) -> Iterator[Numeral]:
        for numeral in found:
            start, end = numeral.start, numeral.end
            if numeral.kind == "quantity":
                before = self.before.search(text[max(0, start - self.reach) : start])
                after = self.after.match(text, end)
                start -= len(before.group()) if before else 0
                end = after.end() if after else end
            yield replace(numeral, start=start, end=end, text=text[start:end])


def scale_of(unit: str, language: str) -> Decimal:
    """In what `unit` counts: a million for "million euros", else one."""
    return next(_scales_in(unit.split(), language), Decimal(1))


def says_unit(words: str, unit: str, language: str) -> bool:
    """Whether `words` beside a number that prints without its `unit` say it: its scale if it has one, else a word of
    it."""
    said, scale = _WORD.findall(words), scale_of(unit, language)
    if scale != 1:
        return scale in {*_scales_in(said, language), *_scales_in(map(str.upper, said), language)}  # "€m"
    return bool({word.casefold().removesuffix("s") for word in said} & _own_words(unit))


def _own_words(unit: str) -> set[str]:
    return {word.casefold().removesuffix("s") for word in _WORD.findall(unit)} - {"of", "per"}


def _scales_in(words: Iterable[str], language: str) -> Iterator[Decimal]:
    scales = _rules(language).scales
    return (scales[word] for word in words if word in scales)


def is_year(digits: str) -> bool:
    """Whether bare figures read as a year, and not as a number of something."""
    return len(digits) == 4 and digits.isdecimal() and 1900 <= int(digits) <= 2100


@lru_cache(maxsize=16)
def _rules(language: str) -> _Rules:
    return _Rules(language)


def _any(texts: Iterable[str]) -> str:
    """One of `texts`, spaces in them of any kind; what never matches if all are empty."""
    made = [re.escape(text.strip()).replace("\\ ", f"{_SPACE}+") for text in texts if text.strip()]
    return "|".join(sorted(set(made), key=lambda text: (-len(text), text))) or "(?!)"


def _inner(pattern: str) -> str:
    """What stands between "{0}" and "{1}"."""
    return _any([pattern.partition("{0}")[2].partition("{1}")[0]])


def _scales(locale: Locale) -> dict[str, Decimal]:
    """CLDR's scale words: "million" -> 1000000."""
    made: dict[str, Decimal] = {}
    for forms in ("long", "short"):
        for plural in locale.compact_decimal_formats[forms].values():
            for power, pattern in plural.items():
                zeros = re.match("0+", str(pattern.pattern))
                word = str(pattern.pattern).replace("'", "").strip("0" + _THIN)
                if zeros and word:
                    made.setdefault(word, Decimal(power) / 10 ** (len(zeros.group()) - 1))
    return {**_SPOKEN, **made}


def _percent(locale: Locale) -> list[str]:
    forms = locale._data["unit_patterns"].get("concentr-percent", {}).get("long", {})
    return [*(str(form).replace("{0}", "") for form in forms.values() if isinstance(form, str)), *_PERCENT]


def _alternatives(locale: Locale, strings: Words, scales: Iterable[str]) -> Iterator[tuple[Kind, str]]:
    """The rules in order, each with the kind that it tells."""
    word = "(?<!\\w)"
    stop = "(?!\\d|[.,٫٬]\\d)"
    to = f"{_SPACE}+(?:{_any([strings.and_])}|{_inner(strings.between)}){_SPACE}+"
    listed = f"{_SPACE}*[–,/-]{_SPACE}*|{to}"
    yield "reference", "(?:https?://|www\\.|mailto:|doi:)\\S+|[\\w.+-]{1,64}@[\\w.-]+"
    yield "reference", "(?<![\\w-])[\\w-]{1,80}\\.(?:csv|yaml)(?:[:\\w.-]*\\w)?"
    yield "date", "(?<![\\w.-])\\d{4}-\\d{2}(?:-\\d{2})?(?![\\w-])"
    yield "date", "(?<![\\w.])\\d{1,2}(?P<mark_>[./])\\d{1,2}(?P=mark_)(?:\\d{4}|\\d{2})(?!\\w)"
    yield from (("date", pattern) for pattern in _dates(locale, f"{_DAY}(?:(?:{listed}){_DAY}){{0,4}}", stop))
    yield "time", "(?<![\\w.:])\\d{1,2}(?::\\d{2}){1,2}(?![\\w:])"
    yield "time", f"(?<![\\w.:])\\d{{1,2}}(?:[.:]\\d{{2}})?{_SPACE}?(?:[ap]\\.m\\.|[ap]m(?!\\w))"
    yield from (("reference", pattern) for pattern in _labels(strings))
    yield "reference", f"{word}(?:{_NUMBERED}){_SPACE}*\\d+(?!%){stop}(?:(?:{listed})\\d+{stop}(?!:)){{0,4}}"
    codes = "|".join(code for code in sorted(map(str, locale.currencies)) if re.fullmatch("[A-Z]{3}", code))
    yield "reference", f"{word}(?!(?:{codes})/)[A-Z]{{1,8}}(?:/[\\dA-Z][\\w.-]{{0,12}}(?<![.-])){{1,6}}(?![\\w/])"
    yield "mark", "\\[\\d{1,3}(?:\\s*[,;–-]\\s*\\d{1,3})*\\]|\\A\\s*(?:\\(\\d{1,3}\\)|\\d{1,3}[.)])(?=\\s|\\Z)"
    yield "ordinal", f"(?<![\\w.,])\\d+(?:{_ORDINALS})(?!\\w)"
    letters = f"[^\\W\\d_{FRACTIONS}{RIGHT_TO_LEFT}]"  # some readers lose the space behind a word from right to left
    yield "year", f"{word}[A-Z]Y{_SPACE}?(?:\\d\\d){{1,2}}/(?:\\d\\d){{1,2}}{stop}"  # FY2024/25, MY 24/25
    yield "name", f"{word}(?!(?:{codes})\\d){letters}+[-‑]?\\d[\\w-]*|{word}\\d+[^\\W\\d_]+\\d\\w*"
    yield "year", "(?<![\\w.,])(?:19|20)\\d\\d(?:[–/-](?:(?:19|20)\\d\\d|\\d\\d)(?![\\w.,]\\d)|s(?!\\w))"
    percent = _any(_percent(locale))
    spaces = _THIN if str(locale.number_symbols["latn"]["group"]) in _THIN else _THIN.rstrip(" ")
    yield (
        "quantity",
        (
            f"(?P<sign_>(?<![\\w)\\]])[-−+±])?"
            f"(?P<before_>{word}(?:(?:{codes}){_SPACE}?|[A-Z]{{0,3}}[{CURRENCY}]{_SPACE}?))?"
            f"(?P<digits_>\\d+(?:[.,٫٬]\\d+|[{spaces}'’]\\d{{3}}(?!\\d))*|(?<!\\w)(?=[{FRACTIONS}]))"
            f"(?P<part_>[{FRACTIONS}]|[/⁄]\\d{{1,3}}(?![\\w/⁄]|[.,٫٬]\\d))?"
            f"(?:{_SPACE}?×{_SPACE}?10(?P<power_>⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+))?"
            f"(?P<scale_>{_SPACE}?(?:{_any(scales)})(?!\\w))?"
            f"(?:{_SPACE}?(?:{percent})(?!\\w)"
            f"|(?(before_)(?!)|[{_THIN}]?(?:[{CURRENCY}]|(?:{codes})(?!\\w))(?!{_SPACE}*\\d)))?"
        ),
    )


def _dates(locale: Locale, days: str, stop: str) -> Iterator[str]:
    """A month's name with days before it, with days behind it where the language writes so, or with a year."""
    pattern = str(locale.date_formats["long"].pattern)
    names = {
        str(name).rstrip(".")
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for name in locale.months[context][width].values()
        if not str(name)[:1].isdecimal()
    }
    month = f"(?:{_any(form for name in names for form in (name, name[:1].upper() + name[1:]))})\\.?"
    literals = _any(re.findall("'([^']+)'", pattern))  # such as Spanish "de"
    joined = f"(?:{_SPACE}+(?:{literals}))?{_SPACE}*"
    year = f",?{joined}(?P<of_year{{}}>\\d{{{{4}}}}){stop}"
    yield f"{days}{joined}{month}(?!\\w)(?:{year.format(1)})?"
    if pattern.index("M") < pattern.index("d"):
        yield f"(?<!\\w){month}{_SPACE}+{days}(?:{year.format(2)})?"
    yield f"(?<!\\w){month}(?:{_SPACE}+{days},)?{year.format(3)}"


def _labels(strings: Words) -> Iterator[str]:
    """ "Figure {0}", "Page {0} of {1}", "({0} of {1})" as patterns; a page may have a Roman figure."""
    for label in (strings.page_of, strings.figure, strings.table, strings.section, strings.see_report):
        yield re.sub(r"\\\{\d\\\}", "(?:\\\\d+|[ivxlc]+)", re.escape(label).replace("\\ ", f"{_SPACE}+"))
    yield re.sub(r"\\\{\d\\\}", "\\\\d+", re.escape(f"({strings.part_of})").replace("\\ ", f"{_SPACE}+"))
