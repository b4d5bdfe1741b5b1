"""Captions: takes an exhibit's entry and its numbers, returns the words around it: title, unit, notes, who says so and
as of when."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from data.context import Context
from data.findings.exhibits import MixedUnits
from data.format import Formatter
from data.model import (
    Caption,
    Cite,
    Exhibit,
    LineChart,
    Number,
    Place,
    Quantity,
    Span,
    Text,
    exhibit_numbers,
)
from data.schema import ExhibitBase
from data.text import filled, joined, words_text
from data.words import Words
from data.yamlfile import PlaceOf

_MOST_ABSENT = 8
"""Names that a note lists of what has no number."""
_SYMBOL = 3
"""As many letters as a unit's symbol may have, which is spelled as it is: mg, km, kWh."""


def opening(id: str, entry: ExhibitBase, place: PlaceOf, context: Context) -> Caption:
    """The caption as its author wrote it."""

    def line(key: str) -> Text:
        markdown = getattr(entry, key)
        return context.texts.line(markdown, place(key)) if markdown else ()

    alternative = line("alt")
    return Caption(
        id=id,
        place=place(),
        label=context.labels[id],
        title=line("title"),
        unit_line=(),
        takeaway=line("takeaway"),
        note=line("note"),
        credit=(),
        alt=alternative,
        sources=(),
        opening=alternative,
    )


def unit_line(quantities: Iterable[Quantity], place: Place, context: Context) -> Text:
    """The one unit of all quantities of a chart; of several that are named at `place`, the first, and a finding."""
    units = list(dict.fromkeys(quantity.unit for quantity in quantities))
    if len(units) > 1:
        context.findings.append(MixedUnits(place, tuple(units)))
    if not units:
        return ()
    name = context.formatter.unit_name(units[0])
    first = name.split(" ", maxsplit=1)[0]
    symbol = len(first) <= _SYMBOL and first != "per"  # a mm is no Mm, but per cent is a word
    return words_text(name if symbol else name[:1].upper() + name[1:])


def absent(names: Iterable[str], words: Words) -> str:
    """That no number is given for these; of many, the first ones and "others"."""
    listed = list(dict.fromkeys(names))
    if len(listed) > _MOST_ABSENT:
        listed[_MOST_ABSENT - 1 :] = [words.others]
    return words.no_number.format("; ".join(listed)) if listed else ""


def credited(
    caption: Caption,
    quantities: Sequence[Quantity],
    sources: Iterable[str],
    context: Context,
    *,
    names: bool,
    dated: Sequence[Quantity] | None = None,
) -> Caption:
    """The caption with source and as-of line. `names`: the exhibit does not itself say who says what; `dated`: the
    quantities whose dates are those of the whole, if not all."""
    used = tuple(dict.fromkeys(source for source in sources if source in context.facts.sources))
    authorities = list(dict.fromkeys(quantity.by for quantity in quantities)) if names else []
    parts = [*_said(authorities, used, context), *_dates(quantities if dated is None else dated, context.formatter)]
    return replace(caption, credit=joined(parts, " "), sources=used)


def footnoted(exhibit: Exhibit, context: Context) -> Exhibit:
    """What the marks, the blanks and the rounding in the exhibit mean, in words: before its source line, and in its
    text alternative."""
    caption, words = exhibit.caption, context.words
    said = context.facts.sums.notes.get(caption.id, ())
    lines = exhibit.lines if isinstance(exhibit, LineChart) else ()
    ranges = any(point.value.quantity.bound == "between" for line in lines for point in line.points)
    stale = any(number.quantity.stale for number in exhibit_numbers(exhibit))
    notes = [
        caption.absent,
        words.upper_ends if ranges else "",
        words.stale_note if stale else "",
        words.rounded if "rounded" in said else "",
        words.unrounded if "unrounded" in said else "",
    ]
    credit = (*(Span(f"{note} ") for note in notes if note), *caption.credit)
    alt = (*caption.alt, *(Span(f" {note}") for note in notes if note))
    return replace(exhibit, caption=replace(caption, credit=credit, alt=alt))


def _said(authorities: Sequence[str], sources: Sequence[str], context: Context) -> list[Text]:
    """Who says so, and where it was seen: one line for every exhibit of either document."""
    formatter, words = context.formatter, context.words
    parts: list[Text] = []
    publishers = list(dict.fromkeys(context.facts.sources[id].publisher for id in sources))
    if authorities and authorities != publishers:
        parts.append((*words_text(formatter.some(authorities)), Span(".")))
    if sources:
        pattern = words.source if len(publishers) == 1 else words.sources_line
        parts.append((*words_text(pattern.format(formatter.some(publishers))), Cite(tuple(sources))))
    return parts


def _dates(quantities: Iterable[Quantity], formatter: Formatter) -> list[Text]:
    """As of when, and since when if all say the same."""
    dated = [(quantity.as_of, quantity) for quantity in quantities if quantity.as_of]
    if not dated:
        return []
    words = formatter.words
    begin, first = min(dated, key=lambda pair: pair[0].begins)
    end, last = max(dated, key=lambda pair: pair[0].ends)
    as_of = Number(formatter.date(end), last, "as_of")
    alike = len({quantity.since for _, quantity in dated}) == 1
    since = [Number(formatter.date(last.since), last, "since")] if alike and last.since else []
    if len({as_of for as_of, _ in dated}) == 1:
        return [filled(words.as_of_since if since else words.as_of, as_of, *since)]
    if begin == end:
        pattern = words.as_of_within_since if since else words.as_of_within
        return [filled(pattern, Number(formatter.date(begin), first, "as_of"), *since)]
    pattern = words.as_of_range_since if since else words.as_of_range
    return [filled(pattern, Number(formatter.date(begin), first, "as_of"), as_of, *since)]
