"""Checking: takes a loaded briefing, returns findings on what makes it sound beyond being readable."""

from collections import defaultdict
from collections.abc import Iterator
from operator import attrgetter

from data.findings import Finding
from data.findings.soundness import (
    AfterEdition,
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
    Number,
    PartialDate,
    Place,
    Quantity,
    Quote,
    Section,
    Table,
    Text,
    Timeline,
    block_texts,
    cited,
    exhibit_numbers,
)


def check(briefing: Briefing) -> list[Finding]:
    findings: list[Finding] = []
    for section in briefing.sections:
        if not 2 <= len(section.points) <= 5:
            findings.append(PointCount(section.place, section.title, len(section.points)))
        for exhibit in section.exhibits.values():
            if _is_empty(exhibit):
                findings.append(NothingToDraw(exhibit.caption.place, exhibit.caption.id))
    texts = list(all_texts(briefing))
    used = {run.quantity.id for text in texts for run in text if isinstance(run, Number)}
    used |= {base for id in used for base in _bases(id, briefing)}
    said = {run.quantity.place: run.quantity for text in texts for run in text if isinstance(run, Number)}
    latest = (_latest(exhibit) for section in briefing.sections for exhibit in section.exhibits.values())
    said |= {quantity.place: quantity for quantity in latest if quantity}
    forecasts = _forecasts(briefing)
    findings += [
        AfterEdition(place, quantity.id, str(quantity.as_of), str(briefing.edition))
        for place, quantity in said.items()
        if quantity.as_of and quantity.as_of.first > briefing.edition and place.file not in forecasts
    ]
    findings += [
        SaidAfterEdition(place, what, str(when), str(briefing.edition))
        for place, what, when in _dated(briefing)
        if when and when.first > briefing.edition
    ]
    findings += [
        UnusedValue(_of_value(quantity.place, id), id) for id, quantity in briefing.values.items() if id not in used
    ]
    sources = {source for text in texts for source in cited(text)}
    sources |= {run.quantity.source for text in texts for run in text if isinstance(run, Number)}
    sources |= {
        id for section in briefing.sections for exhibit in section.exhibits.values() for id in exhibit.caption.sources
    }
    sources |= {
        number.quantity.source
        for table in (briefing.changes.tables if briefing.changes else ())
        for number in exhibit_numbers(table)
    }
    findings += [UnusedSource(source.place, id) for id, source in briefing.sources.items() if id not in sources]
    return findings


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
    for section in briefing.sections:
        for exhibit in section.exhibits.values():
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


def all_texts(briefing: Briefing) -> Iterator[Text]:
    """Every text of the briefing that can hold a value or a citation, in reading order."""
    yield from block_texts(briefing.summary)
    yield from block_texts(briefing.about)
    for figure in briefing.highlights:
        yield from ((figure.value,), figure.label, figure.context)
    for section in briefing.sections:
        yield from _section_texts(section)


def _section_texts(section: Section) -> Iterator[Text]:
    yield section.headline
    yield from section.points
    yield from block_texts(section.body)
    for exhibit in section.exhibits.values():
        caption = exhibit.caption
        yield from (caption.title, caption.takeaway, caption.note, caption.credit, caption.alt)
        if isinstance(exhibit, Figures):
            yield from ((figure.value,) for figure in exhibit.figures)
        elif isinstance(exhibit, Table):
            yield from (cell for row in exhibit.rows for cell in row)
        elif isinstance(exhibit, LineChart):
            yield from (annotation.text for annotation in exhibit.annotations)
        elif isinstance(exhibit, Quote):
            yield exhibit.words
