"""The deck's part of the ledger: takes pages, returns every number that they print, and where.

It reads the pages as they are written, after everything was fitted, shortened and continued.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from charts.said import said
from data.ledger import Mark, Printed, marks
from data.model import Briefing, Exhibit, Place, Source, Span, Text, plain
from slides.kinds import Note
from slides.pages import Page, PictureFill, TableFill, TextFill
from slides.texts import clean

_WHERE = {
    "Title": "headline", "Points": "point", "Source": "note", "Words": "quote", "Entries": "list", "Section": "heading"
}  # fmt: skip
"""Names of placeholders that say less than the ledger's words; the others speak for themselves."""


def with_value_names(pages: tuple[Page, ...], briefing: Briefing) -> tuple[Page, ...]:
    """The pages, each with a last line of notes that names the values on its slide: by id, or by file, line, column."""
    return tuple(_named(page, briefing) for page in pages)


def printed(pages: tuple[Page, ...], briefing: Briefing) -> tuple[Printed, ...]:
    """The numbers of all pages, slide by slide, in reading order."""
    sources = {clean(text): source for source in briefing.sources.values() for text in (source.title, source.note)}
    found: list[Printed] = []
    for number, page in enumerate(pages, start=1):
        for where, text in _texts(page, briefing):
            for mark in marks(text, briefing.language):
                source = None if mark.numbers else _source(text, mark, sources)
                place = source.place if source else page.place
                found.append(Printed("deck", str(number), where, mark, place, source.id if source else ""))
    return tuple(found)


def _texts(page: Page, briefing: Briefing) -> Iterator[tuple[str, Text]]:
    """Where and what a slide says: what stands on it, then its notes."""
    yield from _on_slide(page, briefing)
    yield from (("speaker notes", (Span(f"{note.label}\t"), *note.text) if note.label else note.text) for note in page.notes)


def _on_slide(page: Page, briefing: Briefing) -> Iterator[tuple[str, Text]]:
    for fill in page.fills:
        match fill:
            case TextFill():
                where = _WHERE.get(fill.frame.name) or fill.frame.name.partition(" ")[0].lower()
                yield from ((where, para.text) for para in fill.paras)
            case TableFill():
                yield from (("table", cell) for row in fill.rows for cell in row)
                yield "alt text", _alt(fill.alt, _exhibit(page, briefing))
            case PictureFill():
                exhibit = _exhibit(page, briefing)
                yield "chart", said(fill.drawing, exhibit) if exhibit else ()
                yield "alt text", _alt(fill.alt, exhibit)


def _exhibit(page: Page, briefing: Briefing) -> Exhibit:
    """What a slide shows: the second part of its id is the exhibit's."""
    id = page.id.partition("#")[0].rpartition("/")[2]
    return next(section.exhibits[id] for section in briefing.sections if id in section.exhibits)
