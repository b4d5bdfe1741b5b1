"""Story stage of the report: takes a briefing and what was cited and printed in it, returns notes, sources and data annex."""

import re
from collections.abc import Iterator
from itertools import groupby
from string import ascii_lowercase

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus.flowables import Flowable

from data.model import Briefing, Number, Source
from report.blocks import Gap, Stack
from report.flowables import Paragraph, Table, note
from report.front import HERE
from report.inline import Printed
from report.notes import note_key
from report.pages import Running, column_width
from report.styles import Styles
from report.tagging import Tag, TaggedCanvas
from report.visitor import Visitor


ANNEX_WIDTHS = (74, 44, 98, 48, 84, 110, 24)


_PIECES = re.compile(r"[^/\-_?&=.%+#]{0,24}[/\-_?&=.%+#]*")


def source_key(id: str) -> str:
    """The destination of an entry in the list of sources."""
    return f"source-{id}"


def opening(title: str, key: str, styles: Styles, tag: Tag, indent: float = 0) -> list[Flowable]:
    """The title of a part behind the sections, `indent` points from the left."""
    style = styles.h1.clone("h1-back", leftIndent=indent)
    return [Running(title), Paragraph(title, style, tag.child("H1"), key=key, outline=0), Gap(styles.grid.line)]


def notes(briefing: Briefing, visitor: Visitor, tag: Tag) -> list[Flowable]:
    """One entry a cited source: who and what, linked to the full entry, and links back to every mention."""
    inline, style = visitor.inline, visitor.styles.note
    story: list[Flowable] = []
    for id, entry in inline.notes.by_source.items():
        source = briefing.sources[id]
        parts = [
            inline.words(source.publisher, style, source.place),
            inline.link(f"#{source_key(id)}", source.title, inline.words(source.title, style, source.place)),
            inline.words(source.date_text, style, source.place),
        ]
        joint = "\u00a0" if len(entry.mentions) < 8 else " "
        back = joint.join(
            inline.link(f"#{key}", briefing.words.back_to.format(n + 1), letter)
            for n, (key, letter) in enumerate(zip(entry.mentions, _letters(len(entry.mentions)), strict=True))
        )
        markup = ", ".join(part for part in parts if part) + f".\u00a0\u00a0{back}"
        story.append(note(str(entry.number), markup, style, tag, key=note_key(entry.number)))
    return story


def _letters(count: int) -> list[str]:
    """What stands for the mentions: an arrow for a single one, else a, b, ... z, aa, ab, ..."""
    if count == 1:
        return ["\u21a9"]
    return [ascii_lowercase[n // 26 - 1] * (n >= 26) + ascii_lowercase[n % 26] for n in range(count)]


def sources(briefing: Briefing, visitor: Visitor, tag: Tag) -> list[Flowable]:
    """Every source that text or exhibits rest on, by publisher and title."""
    style = visitor.styles.source
    used = sorted((briefing.sources[id] for id in visitor.inline.used if id in briefing.sources), key=_by_publisher)
    items = tag.child("L")
    return [
        Paragraph(_entry(source, visitor), style, items.child("LI").child("LBody").child("P"), key=source_key(source.id))
        for source in used
    ]


def _by_publisher(source: Source) -> tuple[str, str, str]:
    return source.publisher.casefold(), source.title.casefold(), source.id


def _entry(source: Source, visitor: Visitor) -> str:
    inline, style = visitor.inline, visitor.styles.source

    def sentence(text: str) -> str:
        markup = inline.words(text, style, source.place)
        return markup if markup.endswith((".", "?", "!")) else f"{markup}."

    publisher = f"<b>{sentence(source.publisher)}</b>" if source.publisher else ""
    parts = [publisher, *(sentence(text) for text in (source.title, source.date_text, source.note) if text)]
    entry = " ".join(part for part in parts if part)
    if not source.url:
        return entry
    lines = broken(source.url, style, column_width(visitor.styles.grid) - style.leftIndent)
    address = "<br/>".join(inline.words(line, style, source.place) for line in lines)
    return f"{entry}<br/>{inline.link(source.url, source.url, address)}"


def broken(address: str, style: ParagraphStyle, width: float) -> list[str]:
    """An address in lines no wider than `width`, broken after punctuation where there is any."""
    lines, line = [], ""
    for piece in _PIECES.findall(address):
        if stringWidth(line + piece, style.fontName, style.fontSize) > width and line:
            lines.append(line)
            line = ""
        line += piece
    return [*lines, line]


class Pages(Flowable):  # type: ignore[misc]
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
    titles = {section.number: section.title for section in briefing.sections} | {0: words.at_a_glance}
    numeric = styles.fine_head.clone("fine-head-number", alignment=styles.fine_number.alignment)
    heads = [
        Paragraph(text, style)
        for text, style in (
            (words.annex_number, styles.fine_head), (words.annex_unit, styles.fine_head), (words.annex_by, styles.fine_head),
            (words.annex_as_of, styles.fine_head), (words.annex_source, styles.fine_head),
            (words.annex_line, styles.fine_head), (words.annex_page, numeric),
        )
    ]
    story: list[Flowable] = []
    printed = [entry for entry in inline.printed if entry.number.part in ("value", "plain")]
    for number, group in groupby(printed, key=lambda entry: entry.section):
        title = f"{number}\u00a0\u00a0{titles[number]}" if number else titles[number]
        style = styles.h3.clone("h3-annex", leftIndent=0)
        heading = Paragraph(inline.words(title, style, HERE), style, tag.child("H2"))
        table = Table([heads, *_rows(group, briefing, visitor)], tag.child("Table"), row_heads=True,
                      column_widths=ANNEX_WIDTHS, style=visitor.table_style())
        story.append(Stack([heading, Gap(4), table], space_after=styles.grid.line))
    return story


def _rows(group: Iterator[Printed], briefing: Briefing, visitor: Visitor) -> Iterator[list[Flowable]]:
    inline, styles = visitor.inline, visitor.styles
    places: dict[tuple[str, str], tuple[Number, list[str]]] = {}
    for entry in group:
        keys = places.setdefault((entry.number.quantity.id, entry.number.text), (entry.number, []))[1]
        keys.append(entry.key)
    for number, keys in places.values():
        quantity = number.quantity
        source = briefing.sources.get(quantity.source)
        cells = (number.text, quantity.unit, quantity.by, str(quantity.as_of or ""), source.publisher if source else "",
                 str(quantity.place))
        yield [
            *(Paragraph(inline.words(cell, styles.fine, quantity.place), styles.fine) for cell in cells),
            Pages(tuple(dict.fromkeys(keys)), styles.fine_number),
        ]
