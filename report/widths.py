"""Story stage of the report: takes a table of the model, returns its column widths in points."""

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth

from data.model import Table, Text, plain
from report.inline import joined

SHORT = 0.16
"""A column whose lines are no longer than this part of the measure is not wrapped."""


def _extent(text: Text, style: ParagraphStyle) -> tuple[float, float]:
    """The width of the longest word and of the whole text on one line."""
    words = joined(plain(text))
    longest = max((stringWidth(word, style.fontName, style.fontSize) for word in words.split(" ")), default=0)
    return longest, stringWidth(words, style.fontName, style.fontSize)


def column_widths(
    table: Table, narrow: float, wide: float, cell: ParagraphStyle, head: ParagraphStyle, *, padding: float
) -> list[float]:
    """Widths that add up to `narrow` if every row fits on one line there, else to `wide`.

    Short columns, such as dates, stay on one line. No other is narrower than its longest word where that can be had
    (and no word claims more than two fifths of the width); what is left goes to the columns whose lines would wrap, by
    their weight and by what they lack.
    """
    least, most = [], []
    for n, column in enumerate(table.columns):
        extents = [_extent(column.head, head), *(_extent(row[n], cell) for row in table.rows)]
        longest = max(line for _, line in extents) + padding + 1
        word = min(max(word for word, _ in extents) + padding + 1, 0.4 * wide)
        least.append(longest if longest <= SHORT * wide else word)
        most.append(longest)
    measure = narrow if sum(most) <= narrow else wide
    if sum(most) <= measure:
        return [width * measure / sum(most) for width in most]
    if sum(least) >= measure:
        return [width * measure / sum(least) for width in least]
    widths = least
    room = measure - sum(least)
    while room > 0.01:
        lack = [(most[n] - width) * table.columns[n].weight for n, width in enumerate(widths)]
        widths = [min(most[n], width + room * lack[n] / sum(lack)) for n, width in enumerate(widths)]
        room = measure - sum(widths)
    return widths
