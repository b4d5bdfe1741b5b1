"""Story stage of the report: takes marked-up text, rows and drawings with their Tags, returns flowables that tag what they paint."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from reportlab import platypus, rl_config
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.platypus.flowables import Flowable
from reportlab.platypus.paragraph import (  # how ReportLab's line breaker marks a broken word
    _FK_BREAK,
    _SHYStr,
    _SHYWord,
    _SplitFragHY,
    _SplitFragLL,
    _SplitWord,
    _SplitWordEnd,
    _SplitWordHY,
    _SplitWordLL,
)

from report.bidi import has_right_to_left, is_right_to_left, line_runs
from report.fonts import BROKEN_HYPHEN
from report.markup import Inline, parse
from report.tagging import Rect, Tag, TaggedCanvas, UntaggedContent


class Paragraph(platypus.Paragraph):  # type: ignore[misc]
    """A paragraph, heading, list item, caption or note: ReportLab breaks its lines, they are painted here.

    markup: ReportLab's inline markup (b, i, u, super, sub, br, font, span, a name), with `<a href="#key" title="Note 1">`
    and `<a href="https://...">` for links (tagged Link; inside Reference when internal) and `<span lang="fr">` for runs
    in another language. Escape text that comes from authors.
    tag: where it belongs; None inside a table cell, whose tag it then takes. A paragraph whose tag's language is written
    from right to left runs so; its indents and its alignment are mirrored.
    key: name of a destination at its top; outline: level (0, 1, 2) of a bookmark to it, titled with its text.
    label, label_tag: a list item's or note's label and its Lbl tag, set in the style's bullet font at bulletIndent.
    Of ParagraphStyle, autoLeading, endDots, wordWrap and inline backColor are not supported.
    """

    def __init__(
        self,
        markup: str | None,
        style: ParagraphStyle,
        tag: Tag | None = None,
        *,
        key: str = "",
        outline: int | None = None,
        label: str = "",
        label_tag: Tag | None = None,
        frags: Any = None,
        **_reportlab: Any,
    ) -> None:
        if frags is None:
            frags = parse(markup or "", style)
            self.plain_text = "".join(getattr(frag, "text", "") for frag in frags).replace("\u00ad", "")
        super().__init__(None, style, frags=frags)
        self.bulletText = None  # the label is ours
        self.tag = tag
        self.key, self.outline = key, outline
        self.label, self.label_tag = label, label_tag

    def split(self, width: float, height: float) -> list[Paragraph]:
        """ReportLab's pieces; key, bookmark and label stay with the first."""
        pieces: list[Paragraph] = super().split(width, height)
        for number, piece in enumerate(pieces):
            if piece is not self:
                piece.tag = self.tag
                piece.plain_text = self.plain_text
                if number == 0:
                    piece.key, piece.outline = self.key, self.outline
                    piece.label, piece.label_tag = self.label, self.label_tag
        return pieces

    def draw(self) -> None:
        """Paint box, label and lines."""
        canvas: TaggedCanvas = self.canv
        tag = self.tag or canvas.current_tag
        if tag is None:
            if not canvas.in_artifact:
                raise UntaggedContent(f"a paragraph without a tag: {self.plain_text[:60]!r}")
            tag = Tag("P")  # painted in an artifact, it marks nothing
        if not canvas.in_artifact:
            if self.key:
                canvas.destination(self.key, 0, self.height)
            if self.outline is not None:
                canvas.addOutlineEntry(self.plain_text, self.key, self.outline)
        self._draw_box(canvas)
        rtl = is_right_to_left(tag.language)
        lines = list(self._lines(rtl))
        if self.label and lines:
            self._draw_label(canvas, self.label_tag or tag, lines[0].y, rtl)
        _draw_lines(canvas, tag, lines)

    def _draw_box(self, canvas: TaggedCanvas) -> None:
        """The style's background and border, as ReportLab places them."""
        style = self.style
        border = style.borderWidth if style.borderColor else 0
        if not style.backColor and not border:
            return
        padding = style.borderPadding
        top, right, bottom, left = padding if isinstance(padding, tuple) else (padding,) * 4
        with canvas.artifact("Layout"):
            if style.backColor:
                canvas.setFillColor(style.backColor)
            if border:
                canvas.setStrokeColor(style.borderColor)
                canvas.setLineWidth(border)
            canvas.roundRect(
                style.leftIndent - left,
                -bottom,
                self.width - style.leftIndent - style.rightIndent + left + right,
                self.height + top + bottom,
                style.borderRadius or 0,
                stroke=bool(border),
                fill=bool(style.backColor),
            )

    def _draw_label(self, canvas: TaggedCanvas, tag: Tag, y: float, rtl: bool) -> None:
        style = self.style
        x = style.bulletIndent
        width = pdfmetrics.stringWidth(self.label, style.bulletFontName, style.bulletFontSize)
        if style.bulletAnchor == "end":
            x -= width
        if rtl:
            x = self.width - x - width
        with canvas.tagged(tag):
            canvas.setFont(style.bulletFontName, style.bulletFontSize)
            canvas.setFillColor(getattr(style, "bulletColor", None) or style.textColor)
            canvas.drawString(x, y, self.label + " ")

    def _lines(self, rtl: bool) -> Iterator[_Line]:
        """The broken lines, placed."""
        paragraph, style = self.blPara, self.style
        simple = paragraph.kind == 0
        if not paragraph.lines:
            return
        first = paragraph if simple else paragraph.lines[0]
        y = self.height - (first.fontSize if rl_config.paraFontSizeHeightOffset else first.ascent)
        final = len(paragraph.lines) - 1
        goes_on = bool(getattr(self, "_splitpara", False))
        alignment = {TA_LEFT: TA_RIGHT, TA_RIGHT: TA_LEFT}.get(style.alignment, style.alignment) if rtl else style.alignment
        for number, line in enumerate(paragraph.lines):
            last = number == final and not goes_on
            if simple:
                extra, words = line
                runs = [(" ".join(words), paragraph)]
                ending = _simple_ending(words)
                forced = False
            else:
                extra = line.extraSpace
                runs = [(getattr(frag, "text", ""), frag) for frag in line.words]
                ending = self._mixed_ending(number)
                forced = line.lineBreak
            runs = _finish(runs, "" if last else ending)
            spaces = sum(text.count(" ") + text.count("\u00a0") for text, _ in runs) - (ending == " " and not last)
            stretched = style.alignment == TA_JUSTIFY and not last and not forced
            gap = extra / spaces if spaces > 0 and (stretched or extra < 0) else 0.0
            x = style.rightIndent if rtl else style.leftIndent + (style.firstLineIndent if number == 0 else 0)
            if not gap:
                x += {TA_RIGHT: extra, TA_CENTER: extra / 2, TA_JUSTIFY: extra if rtl else 0}.get(alignment, 0)
            yield _Line(x, y, gap, runs, rtl, style.leading)
            y -= style.leading

    def _mixed_ending(self, number: int) -> str:
        """What stands between line `number` of several fonts and the next: as _simple_ending."""
        lines = self.blPara.lines
        if number + 1 < len(lines):
            word = self.frags[lines[number + 1].sFW - 1]
            if isinstance(word, _SplitFragHY):
                return BROKEN_HYPHEN
            injected = lines[number].words[-1]._fkind == _FK_BREAK and not lines[number].lineBreak
            return "" if injected else " "
        word = self.frags[-1]
        hyphenated = isinstance(word, (_SplitFragLL, _SHYWord)) and word[-1][1].endswith("-")
        return BROKEN_HYPHEN if hyphenated else " "


class _Line(NamedTuple):
    """A line of text: where it begins, points added to each space, its runs in logical order with their styles."""

    x: float
    y: float
    gap: float
    runs: list[tuple[str, Any]]
    right_to_left: bool
    leading: float


class _Piece(NamedTuple):
    """What one operator paints. x: None where the last piece ended, but for `width`, known only where it is needed."""

    x: float
    text: str
    frag: Any
    right_to_left: bool
    width: float


def _simple_ending(words: Sequence[str]) -> str:
    """What stands between a line and the next one: BROKEN_HYPHEN in place of its last character, a space, or nothing."""
    word = words[-1] if words else ""
    if isinstance(word, (_SplitWordHY, _SplitWordLL)) or (isinstance(word, _SHYStr) and word.endswith("-")):
        return BROKEN_HYPHEN
    return "" if isinstance(word, _SplitWord) and not isinstance(word, _SplitWordEnd) else " "


def _finish(runs: list[tuple[str, Any]], ending: str) -> list[tuple[str, Any]]:
    """The runs with the line's ending: text read aloud or copied must not run together (14.8.2.5)."""
    at = next((at for at in reversed(range(len(runs))) if runs[at][0]), None)
    if at is not None:
        text, frag = runs[at]
        text = text.rstrip(" ")
        runs[at] = (text[:-1] + ending if ending == BROKEN_HYPHEN else text + ending), frag
    return runs


def _width(text: str, frag: Any, gap: float) -> float:
    width: float = pdfmetrics.stringWidth(text, frag.fontName, frag.fontSize)
    return width + gap * (text.count(" ") + text.count("\u00a0")) if gap else width


def _pieces(line: _Line) -> list[_Piece]:
    """The pieces of a line in logical order, each where it stands."""
    text = "".join(text for text, _ in line.runs)
    x = line.x
    pieces = []
    if not line.right_to_left and not has_right_to_left(text):
        for run, frag in line.runs:
            width = _width(run, frag, line.gap) if len(line.runs) > 1 or frag.link or frag.us_lines else 0
            pieces.append(_Piece(x, run, frag, False, width))
            x += width
        return pieces
    starts, at = {}, 0
    for run, frag in line.runs:
        if run:
            starts[at] = frag
            at += len(run)
    placed = []
    if line.right_to_left and text.endswith(" "):  # the space at the line's end lies outside, on the left
        x -= _width(" ", line.runs[-1][1], 0)
    for run in line_runs(text, line.right_to_left, starts):
        frag = starts[max(start for start in starts if start <= run.start)]
        piece = text[run.start : run.stop]
        width = _width(piece, frag, line.gap)
        placed.append((run.start, _Piece(x, piece, frag, run.right_to_left, width)))
        x += width
    return [piece for _, piece in sorted(placed, key=lambda pair: pair[0])]


def _draw_lines(canvas: TaggedCanvas, tag: Tag, lines: Sequence[_Line]) -> None:
    """Paint lines under `tag`, their links and foreign runs under tags of their own, which are made below it."""
    code, document = canvas._code, canvas._doc
    inlines: list[Inline] | None = None  # of the text object that is open
    rectangles: list[Rect] = []
    rules: list[tuple[Rect, float, Any]] = []
    style: tuple[Any, ...] = ()

    def close() -> None:
        code.append("ET")
        canvas.end()
        link = next((inline for inline in inlines or () if inline.target), None)
        if link:
            for rectangle in rectangles:
                canvas.link(link.tag, link.target, rectangle, link.title or link.text or link.target)
            rectangles.clear()

    for line in lines:
        follows = False
        for piece in _pieces(line):
            frag = piece.frag
            if hasattr(frag, "cbDefn"):
                canvas.destination(frag.cbDefn.name, piece.x, line.y + line.leading)
                continue
            if not piece.text:
                continue
            if inlines is None or frag.link != inlines:
                if inlines is not None:
                    close()
                inlines = frag.link
                canvas.begin_tag(Inline.innermost(tag, inlines))
                code.append("BT")
                follows = False
            if piece.right_to_left:
                code.append("ET")
                canvas.begin_tag(Inline.innermost(tag, inlines).passing("Span", actual_text=piece.text))
                code.append("BT")
            face = pdfmetrics.getFont(frag.fontName)
            shown = face.show(piece.text, document, frag.fontSize, piece.right_to_left, line.gap, frag.rise)
            if style[:2] != (frag.fontName, frag.fontSize):
                code.append(f"{face.getSubsetInternalName(0, document)} {frag.fontSize:g} Tf")
            if style[2:3] != (frag.textColor,):
                canvas.setFillColor(frag.textColor)
            if style[3:] != (frag.rise,) and (style or frag.rise):
                code.append(f"{frag.rise:g} Ts")
            style = frag.fontName, frag.fontSize, frag.textColor, frag.rise
            if not follows or line.right_to_left or piece.right_to_left:
                code.append(f"1 0 0 1 {piece.x:.2f} {line.y:.2f} Tm")
            code.append(shown)
            if piece.right_to_left:
                code.append("ET")
                canvas.end()
                code.append("BT")
            follows = not piece.right_to_left and not line.right_to_left
            if any(inline.target for inline in inlines):
                ascent, descent = pdfmetrics.getAscentDescent(frag.fontName, frag.fontSize)
                base = line.y + frag.rise
                rectangles.append((piece.x, base + descent, piece.x + piece.width, base + ascent))
            if frag.us_lines:
                rules += _rules(piece, line.y)
    if inlines is not None:
        close()
    if rules:
        with canvas.artifact("Layout"):
            for (x0, y0, x1, y1), weight, colour in rules:
                canvas.setStrokeColor(colour)
                canvas.setLineWidth(weight)
                canvas.line(x0, y0, x1, y1)


def _rules(piece: _Piece, y: float) -> Iterator[tuple[Rect, float, Any]]:
    """Underlines (an eighth of an em below the base line) and strikes (a quarter above it), with weight and colour."""
    size = piece.frag.fontSize
    for _, kind, colour, *_ in piece.frag.us_lines:
        at = y + piece.frag.rise + size * (-0.125 if kind == "underline" else 0.25)
        width = piece.width - (size * 0.25 if piece.text.endswith(" ") else 0)
        yield (piece.x, at, piece.x + width, at), size * 0.05, colour or piece.frag.textColor


def list_item(label: str, markup: str, style: ParagraphStyle, tag: Tag, *, key: str = "") -> tuple[Paragraph, Tag]:
    """An item of the L `tag`, and its LBody tag, to which further paragraphs or a nested L may be added."""
    item = tag.child("LI")
    label_tag, body = item.child("Lbl"), item.child("LBody")
    return Paragraph(markup, style, body.child("P"), label=label, label_tag=label_tag, key=key), body


def note(label: str, markup: str, style: ParagraphStyle, tag: Tag, *, key: str) -> Paragraph:
    """A Note (with a label, and `key` as ID and destination) as a new child of `tag`; link back with <a href="#...">."""
    node = tag.child("Note", id=key)
    label_tag = node.child("Lbl")
    return Paragraph(markup, style, node.child("P"), label=label, label_tag=label_tag, key=key)


class Table(platypus.Table):  # type: ignore[misc]
    """A table whose first `head_rows` rows are column heads, repeated (as artifacts) on every page it runs over.

    rows: cells are str, Paragraph (tag None) or a list of flowables; style: ReportLab TableStyle commands, SPAN included.
    row_heads: the first cell of each body row heads its row. column_widths in points.
    continued: a Paragraph (tag None) painted as an artifact above the repeated head on the following pages.
    tag is None only for the pieces that ReportLab makes when it splits a table.
    """

    def __init__(
        self,
        rows: Sequence[Sequence[Any]],
        tag: Tag | None = None,
        *,
        head_rows: int = 1,
        row_heads: bool = False,
        column_widths: Sequence[float] | None = None,
        style: Sequence[tuple[Any, ...]] = (),
        continued: Paragraph | None = None,
        **options: Any,
    ) -> None:
        self.continued = continued
        self.follows = False
        if tag is None:
            super().__init__(rows, style=style or None, **options)
            return
        font = ("FONTNAME", (0, 0), (-1, -1), rl_config.canvas_basefontname)  # instead of Helvetica
        super().__init__(
            rows, colWidths=column_widths, repeatRows=head_rows, style=[font, *style], renderCB=_TableMarks(), **options
        )
        self._renderCB.add(self, tag, head_rows, row_heads)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """With the continued line, if it follows."""
        width, own = super().wrap(width, height)
        self._room = self.continued.wrap(width, height)[1] if self.follows and self.continued else 0.0
        return width, own + self._room

    def split(self, width: float, height: float) -> list[Any]:
        """ReportLab's pieces, told whether they follow another."""
        if self.follows and self.continued:
            height -= self.continued.wrap(width, height)[1]
        pieces: list[Any] = super().split(width, height)
        for number, piece in enumerate(pieces):
            if piece is not self:
                piece.continued = self.continued
                piece.follows = self.follows or number > 0
        return pieces

    def draw(self) -> None:
        """The table below its continued line."""
        if self._room:
            with self.canv.artifact("Pagination"):
                self.continued.drawOn(self.canv, 0, self._height)
        super().draw()


class _TableMarks:
    """ReportLab's call-back while a table is painted. Split pieces share it, and the row lists of the whole table."""

    def __init__(self) -> None:
        self.rows: dict[int, tuple[list[Any], Tag, list[Tag | None]]] = {}

    def add(self, table: Table, tag: Tag, head_rows: int, row_heads: bool) -> None:
        """Make the tags of a new table's rows and cells."""
        covered, spans = _spans(table)
        head = tag.child("THead") if head_rows else tag
        body = tag.child("TBody") if head_rows else tag
        for r, row in enumerate(table._cellvalues):
            row_tag = (head if r < head_rows else body).child("TR")
            cells: list[Tag | None] = []
            for c, cell in enumerate(row):
                if (c, r) in covered:
                    cells.append(None)
                    continue
                scope = "Column" if r < head_rows else "Row" if row_heads and c == 0 else ""
                columns, lines = spans.get((c, r), (1, 1))
                cell_tag = row_tag.child("TH" if scope else "TD", scope=scope, col_span=columns, row_span=lines)
                cells.append(cell_tag)
                if isinstance(cell, (list, tuple)):
                    for item in cell:
                        if isinstance(item, Paragraph) and item.tag is None:
                            item.tag = cell_tag.child("P")
            self.rows[id(row)] = row, row_tag, cells  # holding the row keeps its id from being used again

    def __call__(self, table: Table, event: str, *place: Any) -> None:
        canvas: TaggedCanvas = table.canv
        if event in ("startBG", "startLines"):
            canvas.begin_artifact("Layout")
        elif event == "startRow":
            _, row_tag, _ = self.rows[id(table._cellvalues[place[0]])]
            if canvas.is_painted(row_tag):
                canvas.begin_artifact("Pagination")
            else:
                canvas.begin_tag(row_tag)
        elif event == "startCell":
            _, _, cells = self.rows[id(table._cellvalues[place[0]])]
            cell_tag = cells[place[1]]
            if cell_tag:
                canvas.require(cell_tag)
                canvas.begin_tag(cell_tag)
            else:
                canvas.begin_artifact("Layout")
        elif event in ("endBG", "endLines", "endRow", "endCell"):
            canvas.end()


def _spans(table: Table) -> tuple[set[tuple[int, int]], dict[tuple[int, int], tuple[int, int]]]:
    """The (column, row) of cells that others cover, and columns and rows that the covering ones span."""
    covered, spans = set(), {}
    columns, rows = table._ncols, table._nrows
    for _, (c0, r0), (c1, r1) in table._spanCmds:
        left, right = sorted((c0 % columns, c1 % columns))
        top, bottom = sorted((r0 % rows, r1 % rows))
        spans[left, top] = right - left + 1, bottom - top + 1
        covered |= {(c, r) for c in range(left, right + 1) for r in range(top, bottom + 1)} - {(left, top)}
    return covered, spans


class Figure(Flowable):  # type: ignore[misc]
    """A drawing of width x height points: draw(canvas) paints it with the origin at its lower left corner.

    tag: a Figure tag with alt text; its bounding box is written from the place where it was painted.
    """

    def __init__(self, width: float, height: float, draw: Callable[[TaggedCanvas], None], tag: Tag) -> None:
        super().__init__()
        self.width, self.height, self.paint, self.tag = width, height, draw, tag

    def draw(self) -> None:
        """Paint under the tag."""
        canvas: TaggedCanvas = self.canv
        with canvas.tagged(self.tag):
            self.paint(canvas)
        canvas.bounding_box(self.tag, (0, 0, self.width, self.height))


class ContentsLine(Paragraph):
    """A line of the contents: the heading's text linked to `key`, and its page label, right-aligned and filled in at the end.

    tag: a TOC tag, which gets a TOCI with a Reference and a Link. leader: repeated between text and page number.
    The style's rightIndent keeps the text clear of the number, which stands at the right edge.
    """

    def __init__(self, markup: str, key: str, style: ParagraphStyle, tag: Tag, *, leader: str = "", **options: Any) -> None:
        link = tag.child("TOCI").child("Reference").child("Link")
        super().__init__(markup, style, link, **options)
        self.destination, self.leader = key, leader

    def split(self, width: float, height: float) -> list[Paragraph]:
        """It stays whole."""
        return [] if self.height > height else [self]

    def draw(self) -> None:
        """The text, then a gap for the number, both within the link."""
        super().draw()
        canvas: TaggedCanvas = self.canv
        style, destination = self.style, self.destination
        lines = list(self._lines(False))
        last = lines[-1]
        end = last.x + sum(_width(text, frag, last.gap) for text, frag in last.runs)
        right = self.width

        def paint(canvas: TaggedCanvas) -> None:
            number = canvas.page_label(canvas.page_of(destination))
            canvas.setFont(style.fontName, style.fontSize)
            canvas.setFillColor(style.textColor)
            canvas.drawRightString(right, last.y, number)

        if self.leader:
            step = pdfmetrics.stringWidth(self.leader, style.fontName, style.fontSize)
            stop = right - pdfmetrics.stringWidth(" 000", style.fontName, style.fontSize)
            count = int((stop - end - step) / step)
            with canvas.artifact("Layout"):
                canvas.setFont(style.fontName, style.fontSize)
                canvas.setFillColor(style.textColor)
                canvas.drawRightString(stop, last.y, self.leader * count)
        with canvas.tagged(self.tag):
            canvas.setFont(style.fontName, style.fontSize)
            canvas.drawString(end, last.y, " ")
            canvas.later(paint)
        canvas.link(self.tag, f"#{destination}", (style.leftIndent, 0, right, self.height), self.plain_text)


class PageLabels(Flowable):  # type: ignore[misc]
    """Invisible: from the page on which it falls, pages are labelled as TaggedCanvas.start_page_labels says."""

    def __init__(self, style: str = "D", start: int = 1, prefix: str = "") -> None:
        super().__init__()
        self.labels = style, start, prefix

    def wrap(self, *_: float) -> tuple[float, float]:
        """Nothing."""
        return 0, 0

    def draw(self) -> None:
        """Tell the canvas."""
        self.canv.start_page_labels(*self.labels)
