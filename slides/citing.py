"""Sources of the deck: takes the briefing, returns its sources in order of first use, their numbers and their lines."""

from collections.abc import Iterable, Iterator

from data.model import (
    BarChart,
    Block,
    Briefing,
    DotChart,
    Exhibit,
    Figures,
    KeyFigure,
    LineChart,
    Number,
    Quote,
    Source,
    Span,
    Style,
    Table,
    Text,
    Timeline,
    block_texts,
    cited,
    numbers,
)


def numbering(briefing: Briefing) -> dict[str, int]:
    """Source id -> its number in the deck's list of sources: the order in which the briefing first uses them."""
    found: dict[str, int] = {}
    for id in _briefing(briefing):
        if id in briefing.sources:
            found.setdefault(id, len(found) + 1)
    return found


def of_text(*texts: Text) -> Iterator[str]:
    """The ids of the sources that `texts` cite and that their numbers rest on."""
    for text in texts:
        yield from (number.quantity.source for number in numbers(text))
        yield from cited(text)


def of_blocks(blocks: Iterable[Block]) -> Iterator[str]:
    return of_text(*block_texts(blocks))


def of_exhibit(exhibit: Exhibit) -> Iterator[str]:
    yield from exhibit.caption.sources
    caption = exhibit.caption
    yield from of_text(caption.title, caption.takeaway, caption.note)
    match exhibit:
        case LineChart():
            yield from (point.value.quantity.source for line in exhibit.lines for point in line.points)
            yield from of_text(*(annotation.text for annotation in exhibit.annotations))
        case DotChart() | BarChart():
            yield from (row.value.quantity.source for group in exhibit.groups for row in group.rows)
        case Timeline():
            yield from (event.source for event in exhibit.events)
        case Figures():
            yield from of_figures(exhibit.figures)
        case Table():
            yield from (id for row in exhibit.rows for id in of_text(*row))
        case Quote():
            yield from of_text(exhibit.words)


def of_figures(figures: Iterable[KeyFigure]) -> Iterator[str]:
    for figure in figures:
        yield from of_text((figure.value,), figure.label, figure.context)


def _briefing(briefing: Briefing) -> Iterator[str]:
    yield from of_figures(briefing.highlights)
    yield from of_blocks(briefing.summary)
    yield from of_blocks(briefing.about)
    for section in briefing.sections:
        yield from of_text(section.headline, *section.points)
        yield from of_blocks(section.body)
        for exhibit in section.exhibits.values():
            yield from of_exhibit(exhibit)


def credit(ids: Iterable[str], briefing: Briefing, shown: Iterable[Number] = ()) -> Text:
    """The source line of a slide: each publisher once, in order of use; () without a source.

    If one of the numbers `shown` is stale, the line begins with what its mark means.
    """
    known = (briefing.sources[id] for id in ids if id in briefing.sources)
    names = tuple(dict.fromkeys(source.publisher or source.title for source in known))
    if not names:
        return ()
    pattern = briefing.words.source if len(names) == 1 else briefing.words.sources_line
    mark = (Span(f"{briefing.words.stale_note} "),) if any(number.quantity.stale for number in shown) else ()
    return (*mark, Span(pattern.format("; ".join(names))))


def entry(source: Source) -> Text:
    """One source in the deck's list and in the notes: publisher, title with its link, date."""
    title = source.title.rstrip(".") or source.url
    publisher = (Span(f"{source.publisher.rstrip('.')}. "),) if source.publisher else ()
    date = (Span(f", {source.date_text}."),) if source.date_text else (Span("."),)
    return (*publisher, Span(title, Style(link=source.url)), *date)
