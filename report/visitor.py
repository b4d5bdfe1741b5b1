"""Story stage of the report: takes the blocks and exhibits of the model, returns flowables; one method per kind.

The slides have a visitor whose methods bear the same names. Every method takes the node and the structure tag that it
belongs under, and returns the flowables to be set one after the other.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus.flowables import Flowable

from charts import Draw
from charts.drawing import Drawing
from charts.said import alternative, said, stated
from data.findings import Finding
from data.format import NO_BREAK_SPACE
from data.model import (
    BarChart,
    Block,
    BlockQuote,
    Briefing,
    Caption,
    Chart,
    Cite,
    DotChart,
    Exhibit,
    Figures,
    Heading,
    KeyFigure,
    LineChart,
    ListBlock,
    Number,
    Paragraph,
    Placement,
    Quote,
    Span,
    Style,
    Table,
    Text,
    Timeline,
    exhibit_key,
    exhibit_numbers,
    plain,
)
from data.text import right_to_left
from data.trust.ledger import Mark, marks
from report import drawing as replay
from report import flowables as set_
from report.blocks import Cells, Gap, Rule, Stack
from report.findings import TableTooWide
from report.grid import chart_frame
from report.inline import Inline
from report.structure import Tag
from report.styles import Styles, face_font
from report.tabular import Row, broken_rows, column_widths, sized, type_size
from report.tagging import TaggedCanvas

NOTHING = "\u00a0"
"""Beside a list's label whose item does not begin with a paragraph."""


_SHORT = 150
"""Characters of an item that takes a line or two."""


@dataclass
class Visitor:
    """Sets blocks and exhibits in the report's styles."""

    styles: Styles
    inline: Inline
    briefing: Briefing
    draw: Draw

    def __post_init__(self) -> None:
        self.words = self.briefing.words
        self.exhibits: Mapping[str, Exhibit] = {}
        self.shown: dict[str, list[Tag]] = {}
        """The elements that show numbers of a file, by its name."""
        self.findings: list[Finding] = []
        self.level, self.headings = 1, 0
        self.half = self.styles.grid.line / 2

    def enter(self, exhibits: Mapping[str, Exhibit]) -> None:
        """Begin a section, whose exhibits these are."""
        self.exhibits, self.level = exhibits, 1

    # --- blocks --------------------------------------------------------------------------------------------------

    def blocks(self, blocks: Sequence[Block], tag: Tag, style: ParagraphStyle | None = None) -> list[Flowable]:
        """All blocks in order; `style` replaces the body style of their paragraphs."""
        return [flowable for block in blocks for flowable in self._block(block, tag, style)]

    def _block(self, block: Block, tag: Tag, style: ParagraphStyle | None) -> list[Flowable]:
        match block:
            case Paragraph():
                return self.paragraph(block, tag, style)
            case Heading():
                return self.heading(block, tag)
            case ListBlock():
                return self.list_block(block, tag, within=style)
            case BlockQuote():
                return self.block_quote(block, tag)
            case Placement():
                return self.placement(block, tag)

    def paragraph(self, block: Paragraph, tag: Tag, style: ParagraphStyle | None = None) -> list[Flowable]:
        style = style or self.styles.body
        node = tag.child("P", lang=right_to_left(block.text))
        return [set_.Paragraph(self.inline.set(block.text, style, block.place, "prose"), style, node)]

    def heading(self, block: Heading, tag: Tag) -> list[Flowable]:
        if not plain(block.text).strip():  # nothing would be painted, and no tag written: a level would be skipped
            return []
        # ISO 14289-1, 7.4.2: no level is skipped, whatever the author typed
        self.level = min(block.level, self.level + 1)
        style = self.styles.h2 if self.level == 2 else self.styles.h3
        self.headings += 1
        key = f"heading-{self.headings}"
        markup = self.inline.set(block.text, style, block.place, "heading")
        node = tag.child(f"H{self.level}", lang=right_to_left(block.text))
        return [set_.Paragraph(markup, style, node, key=key, outline=self.level - 1)]

    def list_block(
        self, block: ListBlock, tag: Tag, depth: int = 0, within: ParagraphStyle | None = None
    ) -> list[Flowable]:
        """`within`: the style of the paragraphs that the list stands among, if not the body's."""
        base, around = self.styles.item, within or self.styles.body
        base = base.clone("item-within", fontName=around.fontName, rightIndent=around.rightIndent)
        step = 14 * depth + around.leftIndent - self.styles.body.leftIndent
        style = base.clone("item", leftIndent=base.leftIndent + step, bulletIndent=base.bulletIndent + step)
        inner = base.clone("item-more", leftIndent=base.leftIndent + step)
        node = tag.child("L", numbering="Decimal" if block.ordered else "Disc")
        made: list[Flowable] = []
        for n, item in enumerate(block.items, block.start):
            label = f"{n}." if block.ordered else "–"
            first, rest = item[0], item[1:]
            if isinstance(first, Paragraph):
                markup, lang = self.inline.set(first.text, style, first.place, "prose"), right_to_left(first.text)
            else:
                markup, lang, rest = NOTHING, "", item
            flowable, body = set_.list_item(label, markup, style, node, lang=lang)
            made.append(flowable)
            for more in rest:
                if isinstance(more, ListBlock):
                    made += self.list_block(more, body, depth + 1, within)
                else:
                    made += self._block(more, body, inner)
        if not depth:
            made[-1].spaceAfter = self.half
            for item in (*made[:-1][:1], *made[:-1][-1:]):  # no page begins or ends with one short item
                if isinstance(item, set_.Paragraph) and len(item.plain_text) <= _SHORT:
                    item.keepWithNext = 1
        return made

    def block_quote(self, block: BlockQuote, tag: Tag) -> list[Flowable]:
        return self.blocks(block.blocks, tag.child("BlockQuote"), self.styles.quote)

    def placement(self, block: Placement, tag: Tag) -> list[Flowable]:
        exhibit = self.exhibits[block.exhibit]
        match exhibit:
            case LineChart():
                return self.line_chart(exhibit, tag)
            case DotChart():
                return self.dot_chart(exhibit, tag)
            case BarChart():
                return self.bar_chart(exhibit, tag)
            case Timeline():
                return self.timeline(exhibit, tag)
            case Figures():
                return self.figures(exhibit, tag)
            case Table():
                return self.table(exhibit, tag)
            case Quote():
                return self.quote(exhibit, tag)

    # --- exhibits ------------------------------------------------------------------------------------------------

    def line_chart(self, chart: LineChart, tag: Tag) -> list[Flowable]:
        return self._chart(chart, tag)

    def dot_chart(self, chart: DotChart, tag: Tag) -> list[Flowable]:
        return self._chart(chart, tag)

    def bar_chart(self, chart: BarChart, tag: Tag) -> list[Flowable]:
        return self._chart(chart, tag)

    def timeline(self, chart: Timeline, tag: Tag) -> list[Flowable]:
        self.inline.used.update(event.source for event in chart.events)
        return self._chart(chart, tag)

    def figures(self, figures: Figures, tag: Tag) -> list[Flowable]:
        node = tag.child("Div")
        head = self._head(figures.caption, node)
        self._carry(figures, node)
        return [self._exhibit([*head, Gap(self.half), self.key_figures(figures.figures, node)], figures.caption, node)]

    def key_figures(self, figures: Sequence[KeyFigure], tag: Tag) -> Flowable:
        """Big numbers in a grid, in three or four columns if they fit, each with what it counts and who says so."""
        styles = self.styles
        columns, style = self._figure_grid([figure.value for figure in figures])
        node = tag.child("L")
        cells = []
        for figure in figures:
            body = node.child("LI").child("LBody")
            place = figure.value.quantity.place
            label = self.inline.set(figure.label, styles.figure_label, place, "figure")
            context = self.inline.set(figure.context, styles.figure_context, place, "figure")
            cells.append(
                [
                    Gap(3),
                    *self._big(figure.value, style, body.child("P")),
                    set_.Paragraph(label, styles.figure_label, body.child("P")),
                    set_.Paragraph(context, styles.figure_context, body.child("P")),
                ]
            )
        return Cells(
            cells,
            columns,
            gutter=styles.grid.gutter,
            row_gap=2 * self.half,
            weight=0.75,
            colour=styles.inks.accent,
            grid=self.half,
        )

    def _figure_grid(self, numbers: Sequence[Number]) -> tuple[int, ParagraphStyle]:
        """Columns of a set of key figures and style of their digits, so that no number is cut or touches another.

        Fewer columns come before smaller digits, which would weaken all the figures for the sake of the longest, and
        before a range on several lines; but not a column of several figures, each with its line to itself.
        """
        style, grid = self.styles.figure, self.styles.grid
        most = 4 if len(numbers) in (4, 7, 8) else 2 if len(numbers) == 2 else 3
        choices = [4, 2, 1] if len(numbers) == 4 else list(range(most, 0, -1))  # no fourth under a row of three

        def widest(style: ParagraphStyle, numbers: Sequence[Number] = numbers) -> float:
            return max((self._least_width(number, style) for number in numbers), default=0)

        unbroken = [replace(number, text=number.text.replace(" ", NO_BREAK_SPACE)) for number in numbers]
        rows = [columns for columns in choices if columns > 1 or len(numbers) == 1]
        for needed, allowed in ((widest(style, unbroken), rows), (widest(style), choices)):
            for columns in allowed:
                if needed <= (grid.measure - grid.gutter * (columns - 1)) / columns:
                    return columns, style
        while widest(style) > grid.measure and style.fontSize > style.beside:
            style = style.clone(style.name, fontSize=max(style.beside, style.fontSize - 1))
        return 1, style

    def _least_width(self, number: Number, style: ParagraphStyle) -> float:
        """Of the lines of a display figure, so that no part between two spaces is broken."""
        place = number.quantity.place
        head, tail = self.inline.large(number, style, place)
        tail = self.inline.small(tail.replace(" ", NO_BREAK_SPACE), style, place) if _is_short(tail) else ""
        return float(set_.Paragraph(head + tail, style).minWidth())

    def _big(self, number: Number, style: ParagraphStyle, tag: Tag) -> list[Flowable]:
        """The display figure, and on a second line what follows its last digit if that is long."""
        place = number.quantity.place
        head, tail = self.inline.big(number, style, place)
        if _is_short(tail):
            return [
                set_.Paragraph(head + self.inline.small(tail.replace(" ", NO_BREAK_SPACE), style, place), style, tag)
            ]
        unit = self.styles.figure_unit
        return [
            set_.Paragraph(head, style, tag, goes_on=True),
            set_.Paragraph(self.inline.words(tail.strip(), unit, place), unit, tag),
        ]

    def table(self, table: Table, tag: Tag) -> list[Flowable]:
        styles, place = self.styles, table.caption.place
        node = tag.child("Div")
        items = self._head(table.caption, node)
        if not table.rows:
            return [self._exhibit(items, table.caption, node)]
        last_note = len(self.inline.notes.by_source) + _cited(table)
        size = self._type_size(table, last_note)
        cell, cell_number, cell_head, head_number = (
            sized(style, size) for style in (styles.cell, styles.cell_number, styles.cell_head, styles.cell_head_number)
        )
        heads = [head_number if column.numeric else cell_head for column in table.columns]
        bodies = [cell_number if column.numeric else cell for column in table.columns]

        def cells(texts: Iterable[Text], row_styles: Sequence[ParagraphStyle]) -> Row:
            return [
                set_.Paragraph(self.inline.set(text, style, place, "table"), style, lang=right_to_left(text))
                for text, style in zip(texts, row_styles, strict=True)
            ]

        widths = column_widths(table, styles.grid.text, styles.grid.measure, cell, cell_head, last_note)
        head = broken_rows(cells((column.head for column in table.columns), heads), widths, styles.grid.depth / 3)
        rows = list(head)
        for row in table.rows:
            rows += broken_rows(cells(row, bodies), widths, styles.grid.depth / 2)
        continued = self.words.continued.format(table.caption.label or plain(table.caption.title))
        table_tag = node.child("Table")
        self._carry(table, table_tag)
        set_table = set_.Table(
            rows,
            table_tag,
            widths,
            styles.inks,
            head_rows=len(head),
            row_heads=table.row_heads,
            continued=set_.Paragraph(self.inline.words(continued, styles.continued, place), styles.continued),
            repeat=len(head) == 1,
            right=True,
        )
        return [self._exhibit([*items, Gap(self.half / 2), set_table], table.caption, node)]

    def _type_size(self, table: Table, last_note: int) -> float:
        """The size of its cells; a finding if its numbers touch even in the smallest type of the report."""
        styles, wide = self.styles, self.styles.grid.measure
        size, needed = type_size(table, wide, styles.cell, styles.cell_head, styles.fine.fontSize, last_note)
        if needed > wide:
            title = plain(table.caption.title)
            finding = TableTooWide(table.caption.place, title, len(table.columns), math.ceil(needed), math.floor(wide))
            self.findings.append(finding)
        return size

    def quote(self, quote: Quote, tag: Tag) -> list[Flowable]:
        styles, place = self.styles, quote.caption.place
        node = tag.child("BlockQuote")
        source = next(iter(quote.caption.sources), "")

        def text(runs: Text, style: ParagraphStyle) -> str:
            return self.inline.set(runs, style, place, "quote", source)

        marks = self.words.quotes
        words = marks[0] + text(quote.words, styles.pull) + marks[1]
        rest = f", {quote.role_and_date}" if quote.role_and_date else ""
        who = text((Span(quote.speaker, Style(bold=True)), Span(rest)), styles.speaker)
        items: list[Flowable] = [
            Rule(2, styles.inks.accent, left=styles.grid.indent, length=36, height=self.half * 1.5),
            set_.Paragraph(
                words, styles.pull, node.child("P", lang=right_to_left(quote.words)), key=exhibit_key(quote.caption.id)
            ),
            set_.Paragraph(who, styles.speaker, node.child("P")),
        ]
        if quote.mark:
            mark = self.inline.words(quote.mark, styles.mark, place)
            items.append(set_.Paragraph(mark, styles.mark, node.child("P")))
        items += self._credits(quote.caption, node)
        self.inline.used.update(quote.caption.sources)
        return [Stack(items, grid=self.half, space_before=3 * self.half, space_after=3 * self.half, floats=True)]

    # --- what exhibits share -------------------------------------------------------------------------------------

    def _chart(self, chart: Chart, tag: Tag) -> list[Flowable]:
        """One stack for every part of the chart; the credit stands under the last."""
        grid = self.styles.grid
        caption = chart.caption
        for number in stated(chart):
            self.inline.count(Mark(0, "", number.text, (number,)), "drawn", caption.place, key=exhibit_key(caption.id))
        for words in _chart_texts(chart):  # the drawing has question marks in place of what no font prints
            self.inline.printable(words, self.styles.sans, caption.place)
        parts = self.draw(chart, *chart_frame(chart, grid, self.briefing.theme))
        made: list[Flowable] = []
        for n, drawing in enumerate(parts, 1):
            node = tag.child("Div")
            part = self.words.part_of.format(n, len(parts)) if len(parts) > 1 else ""
            key = exhibit_key(caption.id) + (f"-{n}" if n > 1 else "")
            head = self._head(caption, node, part, key)
            drawn = said(drawing, chart)
            alt = alternative(drawn, chart, self.words) if len(parts) > 1 else caption.alt
            for where, text in (("chart", drawn), ("alt text", alt)):
                for mark in marks(text, self.briefing.language):
                    self.inline.count(mark, where, caption.place, key=key)
            paint = partial(_replay, drawing=drawing)
            figure_tag = node.child("Figure", alt=plain(alt))
            self._carry(chart, figure_tag)
            figure = set_.Figure(grid.measure, drawing.height, paint, figure_tag)
            items = [*head, Gap(self.half), figure]
            made.append(self._exhibit(items, caption if n == len(parts) else None, node))
        return made

    def _carry(self, exhibit: Exhibit, tag: Tag) -> None:
        """Note which files hold the numbers of the exhibit that `tag` stands for."""
        files = {exhibit.caption.series, *(number.quantity.place.file for number in exhibit_numbers(exhibit))}
        for name in sorted(files):
            self.shown.setdefault(name, []).append(tag)

    def _head(self, caption: Caption, tag: Tag, part: str = "", key: str = "") -> list[Flowable]:
        """A rule, the label in the side column with the title beside it, and the unit line."""
        styles = self.styles
        label = ", ".join(filter(None, (caption.label, part)))
        node = tag.child("Caption")
        label_tag = node.child("Lbl") if label else None
        items: list[Flowable] = [Rule(1.5, styles.inks.accent, height=self.half)]
        title = self.inline.set(caption.title, styles.exhibit_title, caption.place, "caption")
        items.append(
            set_.Paragraph(
                title,
                styles.exhibit_title,
                node.child("P"),
                label=label,
                label_tag=label_tag,
                key=key or exhibit_key(caption.id),
            )
        )
        if caption.unit_line:
            unit = self.inline.set(caption.unit_line, styles.unit, caption.place, "caption")
            items.append(set_.Paragraph(unit, styles.unit, node.child("P")))
        return items

    def _credits(self, caption: Caption, tag: Tag) -> list[Flowable]:
        style = self.styles.credit
        note = self.inline.set(caption.note, style, caption.place, "note")
        credit = self.inline.set(caption.credit, style, caption.place, "note")
        lines = [self.words.note.format(note)] if note else []
        lines += [credit] if credit else []
        return [set_.Paragraph(line, style, tag.child("P")) for line in lines]

    def _exhibit(self, items: list[Flowable], caption: Caption | None, tag: Tag) -> Stack:
        if caption:
            self.inline.used.update(caption.sources)
            items = [*items, Gap(self.half), *self._credits(caption, tag)]
        whole = self.styles.grid.depth / 2
        return Stack(
            items, grid=self.half, whole=whole, space_before=3 * self.half, space_after=3 * self.half, floats=True
        )


def _cited(table: Table) -> int:
    """How many sources the cells of a table cite."""
    texts = (*(column.head for column in table.columns), *(text for row in table.rows for text in row))
    return len({source for text in texts for run in text if isinstance(run, Cite) for source in run.sources})


def _is_short(tail: str) -> bool:
    """Whether what follows a number's last digit stands beside it."""
    return len(tail) <= len(" thousand")


def _chart_texts(chart: Chart) -> Iterator[str]:
    """What the picture says in words."""
    match chart:
        case LineChart():
            yield from (line.name for line in chart.lines)
            yield from (plain(annotation.text) for annotation in chart.annotations)
        case DotChart() | BarChart():
            for group in chart.groups:
                yield group.name
                yield from (text for row in group.rows for text in (row.label, row.detail, row.value.text))
        case Timeline():
            yield from (text for event in chart.events for text in (event.lane, event.when_text, plain(event.short)))


def _replay(canvas: TaggedCanvas, drawing: Drawing) -> None:
    replay.draw(canvas, drawing, 0, 0, {face: face_font(face) for face in drawing.faces})
