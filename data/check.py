"""Checking: takes a loaded briefing, returns findings on what makes it sound beyond being readable."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

from data.findings import Finding
from data.findings.soundness import (
    AfterEdition,
    LayoutsUnused,
    NothingToDraw,
    PointCount,
    SaidAfterEdition,
    UnusedSource,
    UnusedValue,
)
from data.model import (
    Briefing,
    Exhibit,
    Figures,
    LineChart,
    PartialDate,
    Place,
    Quantity,
    Quote,
    Table,
    Text,
    Timeline,
    block_texts,
    cited,
    exhibit_numbers,
    exhibit_texts,
    figure_texts,
    numbers,
)


def check(briefing: Briefing) -> list[Finding]:
    """Every finding on a briefing that loaded without errors, in no order."""
    texts = list(_texts(briefing))
    stated = [number.quantity for text in texts for number in numbers(text)]
    return [*_shape(briefing), *_late(stated, briefing), *_unused(texts, stated, briefing)]


def _shape(briefing: Briefing) -> Iterator[Finding]:
    """What a section, an exhibit or the whole has too little or too much of."""
    for section in briefing.sections:
        if not 2 <= len(section.points) <= 5:
            yield PointCount(section.place, section.title, len(section.points))
    for exhibit in briefing.exhibits:
        if _is_empty(exhibit):
            yield NothingToDraw(exhibit.caption.place, exhibit.caption.id)
    if briefing.layouts and briefing.template is None:
        yield LayoutsUnused(Place("briefing.yaml", 0, "layouts"))


def _late(stated: Iterable[Quantity], briefing: Briefing) -> Iterator[Finding]:
    """What is dated after the edition."""
    said = {quantity.place: quantity for quantity in stated}
    said |= {quantity.place: quantity for quantity in map(_latest, briefing.exhibits) if quantity}
    forecasts = _forecasts(briefing)
    for place, quantity in said.items():
        if quantity.as_of and quantity.as_of.first > briefing.edition and place.file not in forecasts:
            yield AfterEdition(place, quantity.id, str(quantity.as_of), str(briefing.edition))
    for place, what, when in _dated(briefing):
        if when and when.first > briefing.edition:
            yield SaidAfterEdition(place, what, str(when), str(briefing.edition))


def _unused(texts: Iterable[Text], stated: Sequence[Quantity], briefing: Briefing) -> Iterator[Finding]:
    """Values that no text prints, and sources that nothing rests on."""
    used = {quantity.id for quantity in stated}
    used |= {base for id in used for base in _bases(id, briefing)}
    for id, quantity in briefing.values.items():
        if id not in used:
            yield UnusedValue(_of_value(quantity.place, id), id)
    sources = {source for text in texts for source in cited(text)} | {quantity.source for quantity in stated}
    sources |= {source for exhibit in briefing.exhibits for source in exhibit.caption.sources}
    tables = briefing.changes.tables if briefing.changes else ()
    sources |= {number.quantity.source for table in tables for number in exhibit_numbers(table)}
    for id, source in briefing.sources.items():
        if id not in sources:
            yield UnusedSource(source.place, id)


def _dated(briefing: Briefing) -> Iterator[tuple[Place, str, PartialDate | None]]:
    """What was said or published by somebody; an event of a timeline may be one to come."""
    for id, source in briefing.sources.items():
        yield source.place, f"The source {id!r}", source.date
    for section in briefing.sections:
        for id, exhibit in section.exhibits.items():
            if isinstance(exhibit, Quote):
                yield exhibit.caption.place, f"The quotation {id!r}", exhibit.when


def _forecasts(briefing: Briefing) -> set[str]:
    """The CSV files with numbers for several dates to come: one is a slip, more are meant."""
    dates: defaultdict[str, set[PartialDate]] = defaultdict(set)
    for exhibit in briefing.exhibits:
        for quantity in (number.quantity for number in exhibit_numbers(exhibit)):
            if quantity.as_of and quantity.as_of.first > briefing.edition and quantity.place.file.endswith(".csv"):
                dates[quantity.place.file].add(quantity.as_of)
    return {file for file, later in dates.items() if len(later) > 1}


def _latest(exhibit: Exhibit) -> Quantity | None:
    """Of the many numbers of a chart, one speaks for all that are dated wrong."""
    quantities = (number.quantity for number in exhibit_numbers(exhibit))
    return max((quantity for quantity in quantities if quantity.as_of), key=attrgetter("as_of.first"), default=None)


def _bases(id: str, briefing: Briefing) -> Iterator[str]:
    """The values that a value is converted from, one from the other."""
    while id in briefing.values and (id := briefing.values[id].base):
        yield id


def _of_value(place: Place, id: str) -> Place:
    """A bound value's number stands in a CSV, but it is values.yaml that has one too many."""
    return place if place.file == "values.yaml" else Place("values.yaml", 0, id)


def _is_empty(exhibit: Exhibit) -> bool:
    if isinstance(exhibit, LineChart):
        return not any(line.points for line in exhibit.lines)
    if isinstance(exhibit, Timeline):
        return not exhibit.events
    if isinstance(exhibit, Table):
        return not exhibit.rows
    if isinstance(exhibit, Figures | Quote):
        return False
    return not exhibit.groups


def _texts(briefing: Briefing) -> Iterator[Text]:
    """Every text of the briefing that can hold a value or a citation, in reading order."""
    yield from block_texts(briefing.summary)
    yield from block_texts(briefing.about)
    yield from figure_texts(briefing.highlights)
    for section in briefing.sections:
        yield section.headline
        yield from section.points
        yield from block_texts(section.body)
        for exhibit in section.exhibits.values():
            yield from exhibit_texts(exhibit)
