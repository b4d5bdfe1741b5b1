"""Story stage of the report: takes a briefing and what was printed in it, returns the data annex."""

from collections.abc import Iterator
from itertools import groupby

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus.flowables import Flowable

from data.model import Briefing, Number, Span, Text
from report.blocks import Gap, Stack
from report.flowables import Paragraph, Table
from report.front import HERE, section_key
from report.inline import Counted
from report.tabular import table_style
from report.tagging import Tag, TaggedCanvas
from report.visitor import Visitor

WIDTHS = (74, 44, 98, 48, 84, 110, 24)


class PageNumbers(Flowable):  # type: ignore[misc]
    """The labels of the pages on which destinations lie, in a table cell; known when all pages are laid out."""

    def __init__(self, keys: tuple[str, ...], style: ParagraphStyle):
        super().__init__()
        self.keys, self.style = keys, style

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.width = width
        return width, self.style.leading

    def draw(self) -> None:
        style, width = self.style, self.width

        def paint(canvas: TaggedCanvas) -> None:
            pages = dict.fromkeys(canvas.page_label(canvas.page_of(key)) for key in self.keys)
            canvas.setFillColor(style.textColor)
            canvas.setFont(style.fontName, style.fontSize)
            shown = list(pages)[:2] + ["\u2026"] * (len(pages) > 2)
            canvas.drawRightString(width, style.leading - style.fontSize, ", ".join(shown))

        self.canv.later(paint)


def annex(briefing: Briefing, visitor: Visitor, tag: Tag) -> list[Flowable]:
    """Every printed number with unit, authority, date, source, file and line, and pages: one table a section."""
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
    story: list[Flowable] = []
    stated = [entry for entry in inline.counted if entry.mark.numbers and entry.where != "alt text"]
    for number, group in groupby(stated, key=lambda entry: entry.section):
        style, section = styles.h3_annex, sections.get(number)
        title = inline.set((Span(section.title if section else words.at_a_glance),), style, HERE, "annex")
        if section:
            title = inline.link(f"#{section_key(section)}", section.title, str(number)) + f"\u00a0\u00a0{title}"
        heading = Paragraph(title, style, tag.child("H2"))
        table = Table(
            [heads, *_rows(group, briefing, visitor)],
            tag.child("Table"),
            row_heads=True,
            column_widths=WIDTHS,
            style=table_style(styles.inks),
        )
        story.append(Stack([heading, Gap(4), table], space_after=styles.grid.line))
    return story


def _rows(group: Iterator[Counted], briefing: Briefing, visitor: Visitor) -> Iterator[list[Flowable]]:
    inline, styles = visitor.inline, visitor.styles
    places: dict[tuple[str, str], tuple[Number, list[str]]] = {}
    for entry in group:
        for number in entry.mark.numbers:
            keys = places.setdefault((number.quantity.id, number.text), (number, []))[1]
            keys.append(entry.key)
    for number, keys in places.values():
        quantity = number.quantity
        source = briefing.sources.get(quantity.source)
        told = (quantity.unit, quantity.by, str(quantity.as_of or ""), source.publisher if source else "")
        cells: list[Text] = [(number,), *((Span(text),) for text in told), (Span(str(quantity.place)),)]
        yield [
            *(Paragraph(inline.set(cell, styles.fine, quantity.place, "annex"), styles.fine) for cell in cells),
            PageNumbers(tuple(dict.fromkeys(keys)), styles.fine_number),
        ]
