"""Story stage of the report: takes a table of the model, returns its column widths in points."""

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth

from data.model import Table, Text, plain


def _extent(text: Text, style: ParagraphStyle) -> tuple[float, float]:
    """The width of the longest word and of the whole text on one line."""
    words = plain(text)
    longest = max((stringWidth(word, style.fontName, style.fontSize) for word in words.split(" ")), default=0)
    return longest, stringWidth(words, style.fontName, style.fontSize)


def column_widths(
    table: Table, measure: float, cell: ParagraphStyle, head: ParagraphStyle, *, padding: float
) -> list[float]:
    """Widths that add up to `measure`: by the columns' weights, but no column narrower than its longest word where that
    can be had (never more than two fifths of the measure), and none wider than its longest text while others wrap."""
    least, most = [], []
    for n, column in enumerate(table.columns):
        extents = [_extent(column.head, head), *(_extent(row[n], cell) for row in table.rows)]
        least.append(min(max(word for word, _ in extents) + padding + 1, 0.4 * measure))
        most.append(max(line for _, line in extents) + padding + 1)
    if sum(most) <= measure:
        spare = (measure - sum(most)) / len(most)
        return [width + spare for width in most]
    if sum(least) >= measure:
        return [width * measure / sum(least) for width in least]
    widths = list(least)
    room = measure - sum(least)
    open_columns = [n for n in range(len(widths)) if widths[n] < most[n]]
    while room > 0.01 and open_columns:
        weights = sum(table.columns[n].weight for n in open_columns)
        for n in open_columns:
            widths[n] = min(most[n], widths[n] + room * table.columns[n].weight / weights)
        room = measure - sum(widths)
        open_columns = [n for n in open_columns if widths[n] < most[n] - 0.01]
    return widths
