"""The plan: takes the briefing, returns its slides in order, as data. Pure; knows nothing of boxes and files.

Order: title, key figures, findings, changes, agenda; for each section its statement, then its exhibits in the order of
the body; stale figures, sources, close. Titles are unique in the deck (WCAG 2.2, 2.4.2 and 2.4.6 applied to slides).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count

from data.model import (
    Block,
    Briefing,
    Exhibit,
    Heading,
    ListBlock,
    Notice,
    Place,
    Placement,
    Section,
    Span,
    Text,
    block_texts,
    numbers,
    plain,
    sources_of,
)
from slides import citing
from slides.kinds import (
    AgendaSlide,
    ChangesSlide,
    CloseSlide,
    Entry,
    FiguresSlide,
    Head,
    Listed,
    Note,
    Slide,
    SourcesSlide,
    StatementSlide,
    TitleSlide,
)
from slides.texts import clean, first, headline, visible, words
from slides.visitor import Visitor, alt, kicker, name, numbered, tabular

FRONT, BACK = "front", "back"
_WHOLE = Place("briefing.yaml")


@dataclass(frozen=True, slots=True)
class Plan:
    """The slides, and the names of the deck's sections by id, in order."""

    slides: tuple[Slide, ...]
    sections: Mapping[str, str]


def plan(briefing: Briefing, *, reported: bool = False) -> Plan:
    """The deck's plan; slides with exhibits lead to the report, if it lies beside the deck."""
    visitor = Visitor(briefing, citing.numbering(briefing), reported)
    slides = [
        _title(briefing, visitor),
        *_highlights(briefing, visitor),
        *_findings(briefing, visitor),
        *_notice("changes", briefing.changes, visitor, FRONT),
        *_agenda(briefing, visitor),
        *(slide for section in briefing.sections for slide in _section(section, briefing, visitor)),
        *_notice("stale", briefing.aged, visitor, BACK),
        *_sources(briefing, visitor),
        _close(briefing, visitor),
    ]
    sections = {FRONT: briefing.words.at_a_glance}
    sections |= {section.id: f"{section.number}. {name(section, briefing)}" for section in briefing.sections}
    return Plan(_finished(slides), sections | {BACK: briefing.words.sources})


def _title(briefing: Briefing, visitor: Visitor) -> Slide:
    edition = briefing.words.edition.format(briefing.edition_text)
    subtitle = [Note(words(clean(line))) for line in (briefing.title, briefing.subtitle, edition)]
    notes = visitor.notes(subtitle, (*briefing.summary, *briefing.about), citing.of_blocks(briefing.summary))
    head = Head("title", first(words(clean(briefing.title)), words(clean(edition))), notes, _WHOLE, FRONT)
    return TitleSlide(head, clean(briefing.subtitle), clean(briefing.issuer), clean(edition))


def _highlights(briefing: Briefing, visitor: Visitor) -> Iterable[Slide]:
    if not briefing.highlights:
        return
    ids = list(citing.of_figures(briefing.highlights))
    said = [
        Note((figure.value, Span(" "), *visible(figure.label), Span(" ("), *visible(figure.context), Span(")")))
        for figure in briefing.highlights
    ]
    notes = visitor.notes(said, briefing.about, ids)
    name = briefing.words.key_figures
    credit = citing.credit(ids, briefing, (figure.value for figure in briefing.highlights))
    yield FiguresSlide(
        Head("key-figures", words(name), notes, _WHOLE, FRONT, clean(briefing.words.at_a_glance), credit),
        (),
        briefing.highlights,
    )


def _findings(briefing: Briefing, visitor: Visitor) -> Iterable[Slide]:
    listed = [block for block in briefing.summary if isinstance(block, ListBlock)]
    points = tuple(visible(text) for text in _texts(listed))
    prose = tuple(visible(text) for text in _texts(block for block in briefing.summary if block not in listed))
    if not points and not prose:
        return
    ids = list(citing.of_blocks(briefing.summary))
    notes = visitor.notes((), briefing.summary, ids)
    head = Head("findings", words(briefing.words.findings), notes, _WHOLE, FRONT, clean(briefing.words.at_a_glance))
    shown = (number for text in (*points, *prose) for number in numbers(text))
    yield StatementSlide(replace(head, credit=citing.credit(ids, briefing, shown)), points, prose)


def _notice(id: str, notice: Notice | None, visitor: Visitor, section: str) -> Iterable[Slide]:
    """A slide for each table of the notice, or one with its words if it has no table."""
    if notice is None:
        return
    said = tuple(visible(block.text) for block in notice.blocks)
    head = Head(id, words(clean(notice.title)), (), _WHOLE, section, clean(visitor.briefing.title))
    if not notice.tables:
        yield StatementSlide(replace(head, notes=visitor.notes((), notice.blocks, ())), prose=said)
    for table in notice.tables:
        ids = list(citing.of_exhibit(table))
        named = visible(table.caption.title)
        notes = visitor.notes([Note(named, bold=True), Note(visible(table.caption.alt))], notice.blocks, ids)
        own = replace(head, id=f"{id}/{table.caption.id}", notes=notes, credit=citing.credit(ids, visitor.briefing))
        if plain(named) != notice.title:
            own = replace(own, title=first(named, head.title), kicker=clean(notice.title))
        yield ChangesSlide(own, said[0] if said else (), alt(table.caption), *tabular(table))


def _agenda(briefing: Briefing, visitor: Visitor) -> Iterable[Slide]:
    entries = tuple(Entry(name(section, briefing), f"{section.id}/statement") for section in briefing.sections)
    notes = visitor.notes((Note(words(f"{n}. {entry.text}")) for n, entry in enumerate(entries, start=1)), (), ())
    head = Head("agenda", words(briefing.words.agenda), notes, _WHOLE, FRONT, clean(briefing.title))
    yield AgendaSlide(head, entries)


def _section(section: Section, briefing: Briefing, outside: Visitor) -> Iterable[Slide]:
    visitor = replace(outside, section=section)
    points = tuple(visible(point) for point in section.points)
    prose = () if points else tuple(visible(text) for text in list(_texts(section.body))[:1])
    said = list(sources_of(section.headline, *section.points))
    written = list(citing.of_blocks(section.body))
    yield StatementSlide(
        Head(
            f"{section.id}/statement",
            first(headline(section.headline), words(name(section, briefing))),
            visitor.notes([Note(words(name(section, briefing)), bold=True)], section.body, [*said, *written]),
            section.place,
            section.id,
            kicker(section, briefing),
            citing.credit(
                said or written,
                briefing,
                (number for text in (section.headline, *section.points) for number in numbers(text)),
            ),
            numbered(section, briefing),
        ),
        points,
        prose,
    )
    yield from (visitor.exhibit(exhibit) for exhibit in _in_order(section))


def _in_order(section: Section) -> Iterable[Exhibit]:
    """The exhibits as the body places them, then those that it does not place."""
    placed = [block.exhibit for block in section.body if isinstance(block, Placement)]
    order = dict.fromkeys([*placed, *section.exhibits])
    return (section.exhibits[id] for id in order if id in section.exhibits)


def _sources(briefing: Briefing, visitor: Visitor) -> Iterable[Slide]:
    if not visitor.numbers:
        return
    entries = tuple(Listed(visible(citing.entry(briefing.sources[id])), id) for id in visitor.numbers)
    heading = [Note(words(briefing.words.how_to_read), bold=True)] if briefing.about else []
    notes = visitor.notes(heading, briefing.about, citing.of_blocks(briefing.about))
    head = Head("sources", words(briefing.words.sources), notes, Place("sources.yaml"), BACK, clean(briefing.title))
    yield SourcesSlide(head, entries)


def _close(briefing: Briefing, visitor: Visitor) -> Slide:
    said = [Note(words(clean(line))) for line in (briefing.words.close, briefing.issuer, briefing.contact)]
    head = Head("close", words(briefing.words.close), visitor.notes(said, (), ()), _WHOLE, BACK)
    return CloseSlide(head, clean(briefing.issuer), clean(briefing.contact))


def _texts(blocks: Iterable[Block]) -> Iterable[Text]:
    """What may be a slide's points: the texts of `blocks` but for headings between them."""
    return block_texts(block for block in blocks if not isinstance(block, Heading))


def _finished(slides: Iterable[Slide]) -> tuple[Slide, ...]:
    """The slides with titles that differ, and none without notes."""
    seen: set[str] = set()
    made: list[Slide] = []
    for slide in slides:
        titles = ((*slide.head.title, *words(tail)) for tail in tails(slide.head.apart))
        title = next(title for title in titles if title_key(title) not in seen)
        seen.add(title_key(title))
        notes = slide.head.notes or (Note(title),)
        made.append(replace(slide, head=replace(slide.head, title=title, notes=notes)))
    return tuple(made)


def tails(apart: str) -> Iterator[str]:
    """What a title may end in, until there is no other like it: nothing, what tells its slide apart, then a number.

    No brackets: those say which part of a slide it is.
    """
    dash = "\u00a0\u2013 "
    own = dash + apart.replace(" ", "\u00a0") if apart else ""
    yield ""
    if own:
        yield own
    yield from (f"{own}{dash}{number}" for number in count(2))


def title_key(title: Text) -> str:
    """What is the same for two titles that read alike."""
    return " ".join(plain(title).split()).casefold()
