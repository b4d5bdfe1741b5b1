"""Story stage of the report: takes marked-up text and its Tag, returns a paragraph that tags what it paints.

ReportLab breaks the lines; they are painted here, because its own painting does not say which fragment a run of text
comes from, sets right-to-left text from left to right, and ends lines without a space.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import Any, NamedTuple

from reportlab import platypus, rl_config
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.platypus.paragraph import (  # how ReportLab's line breaker marks a broken word
    _HSFrag,
    _SHYStr,
    _SHYWord,
    _SplitFrag,
    _SplitFragHS,
    _SplitFragHY,
    _SplitFragLL,
    _SplitWord,
    _SplitWordEnd,
    _SplitWordHY,
    _SplitWordLL,
)

from data.script import has_right_to_left
from report.bidi import is_right_to_left, line_runs, paragraph_levels
from report.face import BROKEN_HYPHEN
from report.hyphenation import addresses, in_narrow_lines
from report.markup import Inline, parse, plain_text
from report.painted import Heard, Lasting
from report.structure import Rect, Tag, UntaggedContentError
from report.tagging import TaggedCanvas

_AROUND = re.compile(r"^\W+|\W+$")
"""What is no part of a word that stands between spaces."""
SHORT, RAGGED = 0.2, 0.25
"""Of a line: what a word takes at most that is not to end a paragraph alone, and what may be left free at its end."""


class Paragraph(Lasting, platypus.Paragraph):  # type: ignore[misc]
    """A paragraph, heading, list item, caption or note.

    markup: ReportLab's inline markup (b, i, super, sub, br, font, span, a name), `<a href="#key" title="Note 1">`
    and `<a href="https://...">` for links (tagged Link; inside Reference when internal), `<span lang="fr">` for runs in
    another language. Escape text that comes from authors.
    tag: where it belongs; None inside a table cell, whose tag it then takes. If its language is written from right to
    left, so is the paragraph: flush right where its style is flush left, its indents mirrored, within the column if it
    is a foreign one.
    lang: of what has no tag of its own, where it differs from what surrounds it.
    key: name of a destination at its top; outline: level (0, 1, 2) of a bookmark to it, titled with its text.
    label, label_tag: a list item's or note's label and its Lbl tag, set in the style's bullet font at bulletIndent.
    goes_on: its text goes on in the next paragraph of its tag, so that its last line ends like the others.
    Beside ReportLab's, a style may have `opposite`: how far text and label move right on a page that is mirrored; and
    `breaks`: where words may break that are longer than their line (hyphenationLang is for the others).
    Of ParagraphStyle, autoLeading, bulletAnchor, endDots, wordWrap, background and border are not supported, nor are
    lines under or through words and backColor in the markup.
    """

    style: ParagraphStyle
    frags: Any

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
        lang: str = "",
        goes_on: bool = False,
        frags: Any = None,
        **_reportlab: Any,
    ) -> None:
        super().__init__(None, style, frags=parse(markup or "", style) if frags is None else frags)
        self.bulletText = None  # the label is ours
        self.tag, self.lang = tag, lang
        self.key, self.outline = key, outline
        self.label, self.label_tag = label, label_tag
        self._splitpara = goes_on  # as ReportLab calls it where it splits one
        self.plain_text = plain_text(self.frags) if markup is not None else ""
        self._broken_at: float | None = None

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """ReportLab's, once for a width: tables and pages ask for a height again before they paint."""
        if width != self._broken_at or not hasattr(self, "blPara"):  # a failed split drops the lines
            self._broken_at = width
            self._size: tuple[float, float] = super().wrap(width, height)
        return self._size

    def breakLines(self, widths: Sequence[float]) -> Any:  # noqa: N802 (ReportLab's)
        """ReportLab's lines; again if a word leaves its line, is cut without a hyphen, or is the last and broken."""
        frags, style = self.frags, self.style
        broken = super().breakLines(widths)
        breaks = getattr(style, "breaks", None)
        last = _broken_last_word(broken, self.frags)
        if breaks and (last or self._splitLongWordCount or _leaves(broken)):
            hyphenation = in_narrow_lines(breaks, style.hyphenationLang or None, last, _fonts(frags), min(widths))
            self.frags = frags
            self.style = style.clone(style.name, hyphenationLang=hyphenation, embeddedHyphenation=2)
            broken = super().breakLines(widths)
            if _leaves(broken):
                self.frags = frags
                addresses.anywhere = True
                try:
                    broken = super().breakLines(widths)
                finally:
                    addresses.anywhere = False
            self.style = style
        if style.alignment != TA_JUSTIFY and len(broken.lines) > 1:  # in justified lines, spaces would open
            _accompany(broken, self.frags, widths[-1])
        return broken

    def split(self, width: float, height: float) -> list[Paragraph]:
        """ReportLab's pieces; key, bookmark, label and lines stay with the first.

        ReportLab breaks the first piece again, which cuts a long word elsewhere and may then need a line more than fit.
        """
        pieces: list[Paragraph] = super().split(width, height)
        if len(pieces) < 2:
            return pieces
        rest = pieces[1].frags
        if isinstance(rest[0], list) and hasattr(rest[0][1][0], "lineBreak"):  # it would begin with an empty line
            del rest[0]
        for piece in pieces:
            piece.tag, piece.lang = self.tag, self.lang
            piece.plain_text = self.plain_text
        pieces[1]._splitpara = self._splitpara
        for piece in pieces[:1]:
            piece.key, piece.outline = self.key, self.outline
            piece.label, piece.label_tag = self.label, self.label_tag
            piece.blPara = self.blPara.clone(lines=piece.blPara.lines)
            piece._broken_at, piece._size = width, (width, piece.height)
        return pieces

    def draw(self) -> None:
        """Paint label and lines."""
        canvas: TaggedCanvas = self.canv
        tag = self.tag or canvas.current_tag
        if canvas.in_artifact:
            tag = None
        elif tag is None:
            raise UntaggedContentError(f"a paragraph without a tag: {self.plain_text[:60]!r}")
        else:
            if self.key:
                canvas.destination(self.key, 0, self.height)
            if self.outline is not None:
                canvas.addOutlineEntry(self.plain_text, self.key, self.outline)
        moved, label_moved = getattr(self.style, "opposite", (0, 0)) if canvas.mirrored else (0, 0)
        if moved:
            canvas.translate(moved, 0)
        lines = self.lines(tag)
        if self.label and lines:
            self._draw_label(canvas, self.label_tag or tag, lines[0], label_moved - moved)
        painter = _Painter(canvas, tag)
        for line in lines:
            painter.draw(line)
        painter.finish()

    def _draw_label(self, canvas: TaggedCanvas, tag: Tag | None, line: Line, moved: float) -> None:
        style = self.style
        x = style.bulletIndent
        width = pdfmetrics.stringWidth(self.label, style.bulletFontName, style.bulletFontSize)
        if line.right_to_left:
            x = self._turned_about(self.tag) - x - width
        if tag:
            canvas.begin_tag(tag)
        canvas.setFont(style.bulletFontName, style.bulletFontSize)
        canvas.setFillColor(getattr(style, "bulletColor", None) or style.textColor)
        canvas.drawString(x + moved, line.y, self.label + " ")
        if tag:
            canvas.end()

    def lines(self, tag: Tag | None) -> list[Line]:
        """The lines as the last `wrap` broke them, placed with the origin at the paragraph's lower left corner."""
        paragraph, style = self.blPara, self.style
        if not paragraph.lines:
            return []
        simple = paragraph.kind == 0  # one style: lines of words; else lines of fragments
        rtl = is_right_to_left(tag.language if tag else self.lang)
        alignment = TA_RIGHT if rtl and style.alignment == TA_LEFT else style.alignment
        first = paragraph if simple else paragraph.lines[0]
        y = self.height - (first.fontSize if rl_config.paraFontSizeHeightOffset else first.ascent)
        final = len(paragraph.lines) - 1
        lines = []
        for number, line in enumerate(paragraph.lines):
            last = number == final and not self._splitpara
            if simple:
                extra, words = line
                runs = [(" ".join(words), paragraph)]
                forced = False
                ending = "" if last else _simple_ending(words)
            else:
                extra = line.extraSpace
                runs = [(getattr(frag, "text", ""), frag) for frag in line.words]
                forced = line.lineBreak
                ending = "" if last else self._mixed_ending(number)
            spaces = _finish(runs, ending)
            stretched = style.alignment == TA_JUSTIFY and not last and not forced
            gap = extra / spaces if spaces and (stretched or extra < 0) else 0.0
            x = style.leftIndent + (style.firstLineIndent if number == 0 else 0)
            if rtl:
                x = self._turned_about(tag) - self.width + style.rightIndent
            if not gap:
                x += {TA_RIGHT: extra, TA_CENTER: extra / 2, TA_JUSTIFY: extra if rtl else 0}.get(alignment, 0)
            lines.append(Line(x, y, gap, runs, rtl, style.leading, []))
            y -= style.leading
        return _levelled(lines, rtl)

    def _turned_about(self, tag: Tag | None) -> float:
        """What a place from the left and its mirror image from right to left add up to. A foreign paragraph keeps to
        its column, which begins with its label or its text."""
        style = self.style
        foreign = tag is not None and tag.parent is not None and not is_right_to_left(tag.parent.language)
        column = (style.bulletIndent if self.label else style.leftIndent) if foreign else 0
        return float(column + self.width)

    def _mixed_ending(self, number: int) -> str:
        """Of line `number` of fragments: as _simple_ending."""
        lines = self.blPara.lines
        if number + 1 < len(lines):
            word = self.frags[lines[number + 1].sFW - 1]
            if isinstance(word, _SplitFragHY):
                return BROKEN_HYPHEN
            return "" if isinstance(word, _SplitFrag) and not isinstance(word, _SplitFragHS) else " "
        word = self.frags[-1]
        hyphenated = isinstance(word, (_SplitFragLL, _SHYWord)) and word[-1][1].endswith("-")
        return BROKEN_HYPHEN if hyphenated else " "


class Repeated(Paragraph):
    """What many cells of one build say, without anchors, links and text from right to left: it is painted once, and
    what paints it is kept."""

    def __init__(self, markup: str, style: ParagraphStyle) -> None:
        super().__init__(markup, style)
        self._painted = ""
        self._heard: Heard = {}

    def drawOn(self, canvas: TaggedCanvas, x: float, y: float, _sW: float = 0) -> None:  # noqa: N802, N803 (ReportLab's)
        """Under the tag of the cell."""
        tag = canvas.current_tag
        if tag is None:
            raise UntaggedContentError(f"a cell without a tag: {self.plain_text[:60]!r}")
        if not self._painted or not canvas.shows(self._heard):
            start, heard = len(canvas._code), canvas._doc.heard
            canvas._doc.heard = self._heard = {}
            canvas.saveState()
            painter = _Painter(canvas, None)
            for line in self.lines(tag):
                painter.draw(line)
            painter.finish()
            canvas.restoreState()
            self._painted = "\n".join(canvas._code[start + 1 :])  # without the q of saveState
            del canvas._code[start:]
            canvas._doc.heard = heard
        if canvas._doc.heard is not None:
            canvas._doc.heard.update(self._heard)
        canvas._code.append(f"q 1 0 0 1 {x:.2f} {y:.2f} cm\n{self._painted}")


class Line(NamedTuple):
    """A line of text: where it begins, points added to each space, its runs in logical order with their styles.

    levels: of its characters (UAX 9), none where all of the paragraph runs from left to right.
    """

    x: float
    y: float
    gap: float
    runs: list[tuple[str, Any]]
    right_to_left: bool
    leading: float
    levels: list[int]

    @property
    def text(self) -> str:
        return "".join(text for text, _ in self.runs)

    @property
    def end(self) -> float:
        """Where its text ends."""
        return self.x + sum(_width(text, frag, self.gap) for text, frag in self.runs)

    def pieces(self) -> list[_Piece]:
        """What single operators paint, in logical order, each where it stands; of anchors, the line is enough."""
        pieces = []
        x = self.x
        if not self.levels:
            for run, frag in self.runs:
                # a line's only run needs no width, unless it is to be clicked upon
                width = _width(run, frag, self.gap) if len(self.runs) > 1 or frag.link else 0
                pieces.append(_Piece(x, width, run, frag, False))
                x += width
            return pieces
        text = self.text
        frags, at = {}, 0
        anchors = [_Piece(self.x, 0, "", frag, False) for _, frag in self.runs if hasattr(frag, "cbDefn")]
        for run, frag in self.runs:
            if run:
                frags[at] = frag
                at += len(run)
        if self.right_to_left and text.endswith(" "):  # the space at the line's end lies outside, on the left
            x -= _width(" ", self.runs[-1][1], 0)
        starts = []
        for part in line_runs(text, self.right_to_left, frags, self.levels):
            frag = frags[max(start for start in frags if start <= part.start)]
            shown = text[part.start : part.stop]
            width = _width(shown, frag, self.gap)
            pieces.append(_Piece(x, width, shown, frag, part.right_to_left))
            starts.append(part.start)
            x += width
        return anchors + [piece for _, piece in sorted(zip(starts, pieces, strict=True), key=lambda pair: pair[0])]


def _levelled(lines: list[Line], right_to_left: bool) -> list[Line]:
    """The lines with their levels in the paragraph: a comma at a line's end knows what follows it."""
    text = "".join(line.text for line in lines)
    if not right_to_left and not has_right_to_left(text):
        return lines
    levels = iter(paragraph_levels(text, right_to_left))
    return [line._replace(levels=list(islice(levels, len(line.text)))) for line in lines]


class _Piece(NamedTuple):
    """A run of one style and one direction."""

    x: float
    width: float
    text: str
    frag: Any
    right_to_left: bool


def _leaves(broken: Any) -> bool:
    """Whether a word leaves its line."""
    return any(_left_over(line) < -0.01 for line in broken.lines)


def _left_over(line: Any) -> float:
    """What a broken line leaves of its width."""
    return float(line[0] if isinstance(line, tuple) else line.extraSpace)


def _fonts(frags: Sequence[Any]) -> set[tuple[str, float]]:
    """The fonts and sizes of fragments, or of words of fragments."""
    single = (frag for word in frags for frag in ([part[0] for part in word[1:]] if isinstance(word, list) else [word]))
    return {(frag.fontName, frag.fontSize) for frag in single}


def _accompany(paragraph: Any, frags: Sequence[Any], width: float) -> None:
    """Give a short word that is alone in the last line the word before it, if that leaves the line before no shorter
    than a ragged edge makes others; frags: as broken."""
    before, last = paragraph.lines[-2:]
    if width - _left_over(last) > SHORT * width:
        return
    if paragraph.kind == 0:
        (left, words), (left_last, alone) = before, last
        moved = _width(f"{words[-1]} ", paragraph, 0)
        broken = isinstance(words[-1], (_SplitWord, _SHYStr))
        if len(alone) == 1 and not broken and left + moved <= RAGGED * width:
            paragraph.lines[-2:] = (left + moved, words[:-1]), (left_last - moved, [words[-1], *alone])
        return
    word, frag = frags[last.sFW - 1], before.words[-1]
    head, space, text = getattr(frag, "text", "").rstrip(" ").rpartition(" ")
    plain = isinstance(word, _HSFrag) and not isinstance(word, _SplitFrag) and [part[1] for part in word[1:]] == [text]
    moved = _width(f"{text} ", frag, 0)
    if last.wordCount == 1 and plain and head and before.extraSpace + moved <= RAGGED * width:
        frag.text = head + space
        last.words.insert(0, frag.clone(text=f"{text} "))
        last.sFW -= 1
        for line, words, room in ((before, -1, moved), (last, 1, -moved)):
            line.wordCount += words
            line.extraSpace += room


def _broken_last_word(paragraph: Any, frags: Sequence[Any]) -> str:
    """The last word if a hyphen ends the line before it, without the punctuation about it; frags: as broken."""
    head = tail = ""
    if paragraph.kind == 0 and len(paragraph.lines) > 1:
        before, after = paragraph.lines[-2][1][-1], paragraph.lines[-1][1][0]
        if isinstance(before, _SplitWordHY) and isinstance(after, _SplitWordEnd):
            head, tail = before, after
    elif len(frags) > 2 and isinstance(frags[-3], _SplitFragHY) and isinstance(frags[-1], _SplitFrag):
        head, tail = ("".join(text for _, text in word[1:]) for word in (frags[-3], frags[-1]))
    return _AROUND.sub("", head[:-1] + tail)


def _simple_ending(words: Sequence[str]) -> str:
    """What a line ends with: a space; BROKEN_HYPHEN in place of its last character; nothing in a broken word."""
    word = words[-1] if words else ""
    if isinstance(word, (_SplitWordHY, _SplitWordLL)) or (isinstance(word, _SHYStr) and word.endswith("-")):
        return BROKEN_HYPHEN
    return "" if isinstance(word, _SplitWord) and not isinstance(word, _SplitWordEnd) else " "


def _finish(runs: list[tuple[str, Any]], ending: str) -> int:
    """Put the line's ending on its runs, lest lines run together when read or copied (14.8.2.5); count its spaces."""
    at = next((at for at in reversed(range(len(runs))) if runs[at][0].strip(" ")), None)
    if at is None:
        return 0
    for blank in range(at + 1, len(runs)):  # a space by itself is lost on some readers
        runs[blank] = "", runs[blank][1]
    text, frag = runs[at]
    text = text.rstrip(" ")
    runs[at] = text[:-1] if ending == BROKEN_HYPHEN else text, frag
    spaces = sum(text.count(" ") for text, _ in runs)
    runs[at] = runs[at][0] + ending, frag
    return spaces


def _width(text: str, frag: Any, gap: float) -> float:
    width: float = pdfmetrics.stringWidth(text, frag.fontName, frag.fontSize)
    return width + gap * text.count(" ") if gap else width


class _Painter:
    """Paints lines under a tag (None: in an artifact); links, foreign runs and right-to-left runs under tags below it.

    A text object never spans two marks, so that marks may be put around whatever a text object is.
    """

    def __init__(self, canvas: TaggedCanvas, tag: Tag | None) -> None:
        self.canvas = canvas
        self.tag = tag
        self.code: list[str] = canvas._code
        self.open: tuple[list[Inline], str] | None = None  # the text object: its inlines, and its text if right to left
        self.end: float | None = None  # where the last piece of this text object ended, if another may follow it there
        self.font: tuple[str, float] = "", 0
        self.colour: Any = None
        self.rise = 0
        self.rectangles: list[Rect] = []

    def draw(self, line: Line) -> None:
        """Paint one line."""
        self.end = None
        for piece in line.pieces():
            frag = piece.frag
            if hasattr(frag, "cbDefn"):
                if self.tag:
                    self.canvas.destination(frag.cbDefn.name, piece.x, line.y + line.leading)
            elif piece.text:
                self._enter(frag.link, piece.text if piece.right_to_left else "")
                self._show(piece, line)
                if frag.link:
                    stop = piece.x + _width(piece.text.rstrip(" "), frag, line.gap)
                    if stop > piece.x:  # a mark of direction shows nothing
                        self._extend_link(piece, stop, line.y + frag.rise)

    def _enter(self, inlines: list[Inline], spoken: str) -> None:
        """Go on in the open text object if it has the same tag, else begin one.

        spoken: glyphs from right to left stand in the file from left to right; what they say goes into ActualText.
        """
        if self.open == (inlines, spoken):
            return
        self.finish()
        self.open = inlines, spoken
        if self.tag:
            tag = Inline.innermost(self.tag, inlines)
            self.canvas.begin_tag(tag.passing("Span", actual_text=spoken) if spoken else tag)
        self.code.append("BT")
        self.end = None

    def finish(self) -> None:
        """End the open text object."""
        if self.open is None:
            return
        self.code.append("ET")
        if self.tag:
            self.canvas.end()
            for inline in self.open[0]:
                if inline.target:
                    for rectangle in self.rectangles:
                        self.canvas.link(inline.below(self.tag), inline.target, rectangle, inline.description)
        self.rectangles.clear()
        self.open = None

    def _show(self, piece: _Piece, line: Line) -> None:
        frag, document = piece.frag, self.canvas._doc
        face = pdfmetrics.getFont(frag.fontName)
        shown = face.show(piece.text, document, frag.fontSize, piece.right_to_left, line.gap, frag.rise)
        if self.font != (frag.fontName, frag.fontSize):
            self.font = frag.fontName, frag.fontSize
            self.code.append(f"{face.getSubsetInternalName(0, document)} {frag.fontSize:g} Tf")
        if self.colour != frag.textColor:
            self.colour = frag.textColor
            self.canvas.setFillColor(frag.textColor)
        if self.rise != frag.rise:
            self.rise = frag.rise
            self.code.append(f"{frag.rise:g} Ts")
        if piece.x != self.end:  # figures behind a right-to-left run stand before it, and what follows them behind it
            self.code.append(f"1 0 0 1 {piece.x:.2f} {line.y:.2f} Tm")
        self.code.append(shown)
        self.end = None if line.right_to_left else piece.x + piece.width

    def _extend_link(self, piece: _Piece, stop: float, y: float) -> None:
        ascent, descent = pdfmetrics.getAscentDescent(piece.frag.fontName, piece.frag.fontSize)
        x, bottom, top = piece.x, y + descent, y + ascent
        if self.rectangles and self.rectangles[-1][1] == bottom:  # of the same line: another font, or a space later
            last = self.rectangles.pop()
            x, stop, top = min(x, last[0]), max(stop, last[2]), max(top, last[3])
        self.rectangles.append((x, bottom, stop, top))
