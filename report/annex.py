"""Story stage of the report: takes a briefing and what was printed in it, returns the data annex."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from itertools import groupby
from textwrap import shorten

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus.flowables import Flowable

from data.model import Briefing, Number, Quantity, Section, Span, Text
from data.script import has_right_to_left
from report.blocks import Gap, Stack
from report.flowables import Paragraph, Repeated, Table
from report.front import HERE, section_key
from report.inline import Counted
from report.memory import Memory
from report.references import broken
from report.structure import Tag
from report.styles import Styles
from report.tables import PADDING
from report.tagging import TaggedCanvas
from report.visitor import Visitor

AS_OF, PAGE = 48, 24
LONGEST = 100
"""Characters of a section's title above a table that goes on."""
SHARES = (0.34, 0.36, 0.3)
"""How number, authority and source share what the other columns leave."""


class PageNumbers(Flowable):  # type: ignore[misc]
    """The labels of the pages on which destinations lie, linked to them, in a table cell; no page may come later."""

    def __init__(self, keys: tuple[str, ...], style: ParagraphStyle, description: str):
        super().__init__()
        self.keys, self.style, self.description = keys, style, description

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.width, self.height = width, self.style.leading
        return width, self.height

    def draw(self) -> None:
        canvas: TaggedCanvas = self.canv
        style = self.style
        first: dict[str, str] = {}
        for key in sorted(self.keys, key=canvas.page_of):
            first.setdefault(canvas.label_at(key), key)
        shown = [*list(first)[:2], *["\u2026"] * (len(first) > 2)]
        pieces = [piece for label in shown for piece in (", ", label)][1:]
        widths = [stringWidth(piece, style.fontName, style.fontSize) for piece in pieces]
        x, y = self.width - sum(widths), style.leading - style.fontSize
        canvas.setFillColor(style.textColor)
        canvas.setFont(style.fontName, style.fontSize)
        for piece, width in zip(pieces, widths, strict=True):
            if canvas.current_tag and piece in first:
                tag = canvas.current_tag.passing("Reference").passing("Link")
                with canvas.tagged(tag):
                    canvas.drawString(x, y, piece)
                canvas.link(tag, f"#{first[piece]}", (x, 0, x + width, style.leading), self.description)
            else:
                canvas.drawString(x, y, piece)
            x += width


def annex(briefing: Briefing, visitor: Visitor, tag: Tag, memory: Memory) -> list[Flowable]:
    """Every printed number with unit, authority and status, date, source, file and line, pages: one table a section."""
    styles, inline, words = visitor.styles, visitor.inline, briefing.words
    sections = {section.number: section for section in briefing.sections}
    heads = [
        Paragraph(text, styles.fine_head)
        for text in (
            words.annex_number,
            words.annex_unit,
            words.annex_by,
            words.annex_as_of,
            words.annex_source,
            words.annex_line,
        )
    ]
    heads.append(Paragraph(words.annex_page, styles.fine_head_number))
    stated = [entry for entry in inline.counted if entry.mark.numbers and entry.where != "alt text"]
    widths = _widths([number.quantity for entry in stated for number in entry.mark.numbers], styles)

    repeated = cache(lambda markup, _column: Repeated(markup, styles.fine))

    def cell(markup: str, column: int) -> Paragraph:
        alone = "<" in markup or has_right_to_left(markup)
        return Paragraph(markup, styles.fine) if alone else repeated(markup, column)

    def of_section(section: Section | None, entries: Sequence[Counted], tag: Tag) -> list[Flowable]:
        style = styles.h3_annex
        of = section.title if section else words.at_a_glance
        title = inline.set((Span(of),), style, HERE, "annex")
        continued = words.continued.format(shorten(of, LONGEST, placeholder="\u2026"))
        if section:
            title = inline.link(f"#{section_key(section)}", section.title, str(section.number)) + f"\u00a0\u00a0{title}"
        heading = Paragraph(title, style, tag.child("H2"))
        table = Table(
            [heads, *_rows(entries, briefing, visitor, widths[5] - PADDING, cell)],
            tag.child("Table"),
            widths,
            styles.inks,
            row_heads=True,
            continued=Paragraph(inline.words(continued, styles.continued, HERE), styles.continued),
        )
        return [Stack([heading, Gap(4), table], space_after=styles.grid.line)]

    story: list[Flowable] = []
    for number, group in groupby(stated, key=lambda entry: entry.section):
        section, entries = sections.get(number), list(group)
        said = entries, widths, section and section.title
        story += memory.part(("annex", number), said, visitor, tag, partial(of_section, section, entries))
    return story


def _widths(quantities: Sequence[Quantity], styles: Styles) -> list[float]:
    """The columns' widths: no word of a unit is broken, and no place in a file that is not very long."""

    def widest(texts: Iterable[str], limit: float) -> float:
        font, size = styles.fine.fontName, styles.fine.fontSize
        words = {word for text in texts for word in text.split()}
        return min(limit, max((stringWidth(word, font, size) for word in words), default=0) + 1) + PADDING

    unit = widest((quantity.unit for quantity in quantities), 70)
    place = widest((str(quantity.place) for quantity in quantities), 124)
    number, by, source = (share * (styles.grid.measure - unit - place - AS_OF - PAGE) for share in SHARES)
    return [number, unit, by, AS_OF, source, place, PAGE]


def _rows(
    entries: Iterable[Counted],
    briefing: Briefing,
    visitor: Visitor,
    width: float,
    cell: Callable[[str, int], Flowable],
) -> Iterator[list[Flowable]]:
    """`width`: of a place in a file, which breaks after its punctuation; `cell`: sets a column's markup."""
    inline, styles = visitor.inline, visitor.styles
    places: dict[tuple[str, str], tuple[Number, list[str]]] = {}
    for entry in entries:
        for number in entry.mark.numbers:
            keys = places.setdefault((number.quantity.id, number.text), (number, []))[1]
            keys.append(entry.key)
    for number, keys in places.values():
        quantity = number.quantity
        source = briefing.sources.get(quantity.source)
        by = ", ".join(filter(None, (quantity.by, briefing.words.chart.status(quantity.status))))
        told = (quantity.unit, by, str(quantity.as_of or ""), source.publisher if source else "")
        cells: list[Text] = [(number,), *((Span(text),) for text in told)]
        lines = broken(str(quantity.place), styles.fine, width)
        place = "<br/>".join(inline.set((Span(line),), styles.fine, quantity.place, "annex") for line in lines)
        made = [inline.set(cell, styles.fine, quantity.place, "annex") for cell in cells]
        yield [
            *(cell(markup, column) for column, markup in enumerate((*made, place))),
            PageNumbers(tuple(dict.fromkeys(keys)), styles.fine_number, f"{briefing.words.annex_page}: {number.text}"),
        ]
