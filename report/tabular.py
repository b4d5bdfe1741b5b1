"""Story stage of the report: takes a table of the model and its cells, returns column widths and rows."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth

from data.columns import SHORT, Needs, allotted
from data.model import Cite, Mention, Number, Table, Text
from data.text import unbroken_days
from report.flowables import Paragraph
from report.hyphenation import LEAST, LONGEST, narrowest, pieces
from report.inline import CITE_SIZE, after_punctuation
from report.tables import PADDING

STEP = 0.4
"""Points by which the type of a table becomes smaller."""
_LETTERS = re.compile(rf"[^\W\d_]{{{LEAST}}}")


Row = Sequence[Paragraph | None]


@dataclass
class _Word:
    """What stands between two spaces. more: by how much it is wider where it is bold, or has a note; whole: a number,
    which is not broken."""

    text: str = ""
    width: float = 0.0
    more: float = 0.0
    whole: bool = False


def _words(text: Text, style: ParagraphStyle, last_note: int, *, numeric: bool) -> list[_Word]:
    """`numeric`: whether every word with a digit is a number, not only one in which few letters follow each other."""
    words = [_Word()]
    font = style.fontName
    for run in after_punctuation(text):
        if isinstance(run, Cite):
            notes = ",\u00a0".join([str(last_note)] * len(run.sources))
            words[-1].more += stringWidth(notes, font, max(6, CITE_SIZE * style.fontSize))
            continue
        bold = (
            f"{font}-Bold" if not isinstance(run, Mention) and run.style.bold and not font.endswith("-Bold") else font
        )
        number = isinstance(run, Number) and run.part in ("value", "plain")
        for n, piece in enumerate(unbroken_days(run.text).split(" ")):
            if n:
                words.append(_Word())
            word = words[-1]
            word.text += piece
            width = stringWidth(piece, font, style.fontSize)
            word.width += width
            word.more += stringWidth(piece, bold, style.fontSize) - width
            if any(character.isdigit() for character in piece):
                word.whole = word.whole or number or numeric or not _LETTERS.search(piece)
    return words


def _unbroken(word: _Word, style: ParagraphStyle) -> float:
    """The narrowest line that holds the word or, if it is an address, its longest piece."""
    if word.whole or word.text.isalpha():
        return word.width
    return max((stringWidth(part, style.fontName, style.fontSize) for part in pieces(word.text[:LONGEST])), default=0.0)


def _least(word: _Word, style: ParagraphStyle) -> float:
    """The narrowest line that holds the word or, broken by hyphens, its parts."""
    text = word.text[:LONGEST]
    full = word.width + word.more
    if word.whole or len(text) < 2 * LEAST:
        return full
    broken = narrowest(text, lambda part: float(stringWidth(part, style.fontName, style.fontSize)))
    return min(full, word.more + broken)


def _needs(table: Table, wide: float, cell: ParagraphStyle, head: ParagraphStyle, last_note: int) -> Iterator[Needs]:
    """Of every column, with the space between it and the next. last_note: as column_widths."""
    for n, column in enumerate(table.columns):
        texts = [(column.head, head), *((row[n], cell) for row in table.rows)]
        set_ = [(_words(text, style, last_note, numeric=column.numeric), style) for text, style in texts]
        room = PADDING + 1
        every = [(word, style) for words, style in set_ for word in words]
        number = room + max((word.width + word.more for word, _ in every if word.whole), default=0.0)
        lines = (
            sum(word.width for word in words) + (len(words) - 1) * stringWidth(" ", style.fontName, style.fontSize)
            for words, style in set_
        )
        line = max(number, room + max(lines))
        longest = max(number, min(room + max(_unbroken(word, style) for word, style in every), 0.4 * wide))
        distinct = {(word.text, word.more, style.fontName): (word, style) for word, style in every}
        least = room + max(_least(word, style) for word, style in distinct.values())
        short = line if line <= SHORT * wide else longest
        yield Needs(line, short, longest, min(longest, max(number, least)), column.numeric, column.weight)


def type_size(
    table: Table, wide: float, cell: ParagraphStyle, head: ParagraphStyle, smallest: float, last_note: int
) -> tuple[float, float]:
    """The cells' size, and the width at which no number is cut in it or touches the next, other words being broken by
    hyphens: that of their style, or where this is wider than `wide` the next smaller one, down to the `smallest`."""
    size = float(cell.fontSize)
    while True:
        needed = sum(needs.least for needs in _needs(table, wide, sized(cell, size), sized(head, size), last_note))
        if needed <= wide or size <= smallest:
            return size, needed
        size = max(smallest, size - STEP)


def sized(style: ParagraphStyle, size: float) -> ParagraphStyle:
    """The style in another size."""
    if size == style.fontSize:
        return style
    return style.clone(style.name, fontSize=size, leading=style.leading * size / style.fontSize)


def column_widths(
    table: Table, narrow: float, wide: float, cell: ParagraphStyle, head: ParagraphStyle, last_note: int = 9
) -> list[float]:
    """Widths that add up to `narrow` if every row fits on one line there, else to `wide`, or to more if otherwise
    numbers would touch. No word but a number claims more than two fifths of the width for itself.

    last_note: no note in the table has a higher number.
    """
    needs = list(_needs(table, wide, cell, head, last_note))
    return allotted(needs, narrow if sum(column.line for column in needs) <= narrow else wide)


def broken_rows(row: Row, widths: Sequence[float], tallest: float) -> list[Row]:
    """A row of cells as one row, or as several of which none is taller than `tallest`, if a text is that long."""
    columns = [_pieces(cell, width - PADDING, tallest) for cell, width in zip(row, widths, strict=True)]
    return list(zip_longest(*columns, fillvalue=None))


def _pieces(cell: Paragraph | None, width: float, tallest: float) -> list[Paragraph | None]:
    if cell is None or height_at_most(cell, width) <= tallest:
        return [cell]
    pieces: list[Paragraph | None] = []
    while cell.wrap(width, tallest)[1] > tallest:
        piece, cell = cell.split(width, tallest)
        pieces.append(piece)
    return [*pieces, cell]


def height_at_most(cell: Paragraph, width: float) -> float:
    """What a cell's height does not exceed in a column of `width`, found without setting it: lines are half full, of
    letters an em wide."""
    style = cell.style
    return float((2 * len(cell.plain_text) * style.fontSize / width + 1) * style.leading)
