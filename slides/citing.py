"""Sources of the deck: takes the briefing, returns its sources in order of first use, their numbers and their lines."""

from collections.abc import Iterable, Iterator

from data.model import (
    Block,
    Briefing,
    Exhibit,
    KeyFigure,
    Number,
    Source,
    Span,
    Style,
    Text,
    block_texts,
    cited,
    exhibit_numbers,
    exhibit_texts,
    figure_texts,
    sources_of,
)


def numbering(briefing: Briefing) -> dict[str, int]:
    """Source id -> its number in the deck's list of sources: the order in which the briefing first uses them."""
    found: dict[str, int] = {}
    for id in _briefing(briefing):
        if id in briefing.sources:
            found.setdefault(id, len(found) + 1)
    return found


def of_blocks(blocks: Iterable[Block]) -> Iterator[str]:
    return sources_of(*block_texts(blocks))


def of_exhibit(exhibit: Exhibit) -> Iterator[str]:
    yield from exhibit.caption.sources
    yield from (number.quantity.source for number in exhibit_numbers(exhibit))
    yield from (source for text in exhibit_texts(exhibit) for source in cited(text))


def of_figures(figures: Iterable[KeyFigure]) -> Iterator[str]:
    return sources_of(*figure_texts(figures))


def _briefing(briefing: Briefing) -> Iterator[str]:
    yield from of_figures(briefing.highlights)
    yield from of_blocks(briefing.summary)
    yield from of_blocks(briefing.about)
    for section in briefing.sections:
        yield from sources_of(section.headline, *section.points)
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
