"""Story stage of the report: takes a briefing and what was printed in it, returns the data annex."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import groupby
from textwrap import shorten

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus.flowables import Flowable

from data.model import Briefing, Number, Section, Span, Text
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
WIDEST_UNIT = 80
LONGEST = 100
"""Characters of a section's title above a table that goes on."""
MOST, LEAST = 0.9, 0.35
"""Of the texts of a column, those that it is to hold on one line; of two columns, what neither goes below."""


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
    publishers = {id: source.publisher for id, source in briefing.sources.items()}
    widths = _widths(
        [number for entry in stated for number in entry.mark.numbers], publishers, words.annex_number, styles
    )

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


def _widths(numbers: Sequence[Number], publishers: Mapping[str, str], heading: str, styles: Styles) -> list[float]:
    """The columns' widths: no word of a unit is broken, no place in a file that is not very long, and no number that
    its unit is tied to; the `heading` of the numbers stands on one line. Units, and of the rest numbers, authorities
    and sources, have what most of their texts take."""

    def width(text: str) -> float:
        return float(stringWidth(text, styles.fine.fontName, styles.fine.fontSize)) + 1 + PADDING

    def widest(texts: Iterable[str], limit: float) -> float:
        return min(limit, max(map(width, set(texts)), default=0))

    def most(texts: Iterable[str]) -> float:
        widths = sorted(map(width, texts))
        return widths[int(len(widths) * MOST)] if widths else 0

    quantities, printed = [number.quantity for number in numbers], [number.text for number in numbers]
    unit = widest((word for quantity in quantities for word in quantity.unit.split()), WIDEST_UNIT)
    unit = max(unit, min(most(quantity.unit for quantity in quantities), WIDEST_UNIT))
    place = widest((str(quantity.place) for quantity in quantities), 134)
    room = styles.grid.measure - unit - place - AS_OF - PAGE
    head = float(stringWidth(heading, styles.fine_head.fontName, styles.fine_head.fontSize)) + 1 + PADDING
    tied = widest((part for text in printed for part in text.split(" ")), room / 2)
    number = max(tied, head, min(most(printed), room / 3))
    by, source = (
        most(quantity.by for quantity in quantities),
        most(publishers.get(quantity.source, "") for quantity in quantities),
    )
    share = min(max(by / (by + source), LEAST), 1 - LEAST) if by else LEAST
    return [number, unit, share * (room - number), AS_OF, (1 - share) * (room - number), place, PAGE]


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
