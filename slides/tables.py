"""Fitting a table: takes a planned table and its frame, returns one fill a slide, each with the head.

Columns share the width by what is in them, or as their author weighed them; type steps down until the table fits on
one slide; at the floor it goes on to next slides, and a row that is taller than a slide goes on inside its cells.
"""

from collections.abc import Iterator

from data.columns import SHORT, Needs, allotted, levelled
from data.model import Text
from data.theme import SlideType
from slides.frames import Frame
from slides.kinds import ChangesSlide, TableSlide
from slides.measure import LINE_HEIGHT, Metrics
from slides.pages import TableFill
from slides.pour import steps
from slides.texts import cut

MARGINS = (8.0, 4.0, 8.0, 4.0)
"""Left, top, right and bottom margin of a cell, in points."""

_LARGEST, _FLOOR = 16.0, 12.0
_FEW = 8
_NARROWEST = 2.0
"""A column of texts gives way to numbers down to this many ems: three letters or so in a line."""
_SLACK = 1.0

Row = tuple[Text, ...]


def fit(slide: TableSlide | ChangesSlide, frame: Frame, metrics: Metrics, sizes: SlideType) -> tuple[TableFill, ...]:
    """One fill if a size down to the floor allows it; else several, in the size that needs no more of them and cuts
    least: of numbers, then of words. Of such sizes it is the largest."""
    least = _fills(slide, frame, metrics, _FLOOR)
    if len(least) >= _FEW:
        return least
    fitting: list[tuple[TableFill, ...]] = []
    for size in steps(max(_LARGEST, sizes.chart), _FLOOR, 1):
        fills = _fills(slide, frame, metrics, size)
        if len(fills) == len(least):
            fitting.append(fills)
            if not any(_cut(slide, fills[0], metrics)):
                break
    return min(fitting, key=lambda fills: _cut(slide, fills[0], metrics))


def broken(slide: TableSlide | ChangesSlide, fill: TableFill, metrics: Metrics) -> int:
    """How many columns are too narrow for a number of theirs: a number in two pieces reads as two numbers."""
    numbers = _numbers(slide, metrics, fill.size)
    return sum(number > _room(width) for number, width in zip(numbers, fill.widths, strict=True))


def _cut(slide: TableSlide | ChangesSlide, fill: TableFill, metrics: Metrics) -> tuple[float, float]:
    """What the columns lack for their longest numbers and for their longest words: in ems, for sizes are compared."""
    numbers, words = _numbers(slide, metrics, fill.size), _words(slide, metrics, fill.size)
    lacks = [
        sum(max(0.0, one - _room(width)) for one, width in zip(longest, fill.widths, strict=True))
        for longest in (numbers, words)
    ]
    return round(lacks[0] / fill.size, 3), round(lacks[1] / fill.size, 3)


def _room(width: float) -> float:
    return width - MARGINS[0] - MARGINS[2]


def _numbers(slide: TableSlide | ChangesSlide, metrics: Metrics, size: float) -> list[float]:
    """The longest number of each numeric column, without the words beside it; 0 for a column of texts."""
    return [
        max((metrics.widest_word(row[n], size) for row in slide.rows), default=0.0) if column.numeric else 0.0
        for n, column in enumerate(slide.columns)
    ]


def _words(slide: TableSlide | ChangesSlide, metrics: Metrics, size: float) -> list[float]:
    """The longest word of each column."""
    return [
        max(metrics.widest_word(text, size, bold=bold) for text, bold in _cells(slide, n))
        for n in range(len(slide.columns))
    ]


def _cells(slide: TableSlide | ChangesSlide, n: int) -> list[tuple[Text, bool]]:
    """A column's texts, and whether they are bold."""
    return [(slide.columns[n].head, True), *((row[n], slide.row_heads and n == 0) for row in slide.rows)]


def _fills(slide: TableSlide | ChangesSlide, frame: Frame, metrics: Metrics, size: float) -> tuple[TableFill, ...]:
    widths = column_widths(slide, frame.width, metrics, size)
    measure = _Heights(widths, size, metrics, slide.row_heads)
    head, top = measure.shortened(tuple(column.head for column in slide.columns), frame.height / 2)
    heights = [measure.row(row, head=False) for row in slide.rows]
    pages = _even_pages(slide.rows, heights, frame.height - top, measure) or [((), ())]
    numeric = tuple(column.numeric for column in slide.columns)
    return tuple(
        TableFill(frame, (head, *rows), numeric, widths, (top, *tall), size, slide.row_heads, slide.alt)
        for rows, tall in pages
    )


def column_widths(slide: TableSlide | ChangesSlide, width: float, metrics: Metrics, size: float) -> tuple[float, ...]:
    """Widths in points that sum to `width`: as the author weighed the columns where none is crowded then, which on a
    slide's few rows is to be seen, or else by what is in them, as in the report."""
    needs = _needs(slide, width, metrics, size)
    short, weights = [column.short for column in needs], [max(column.weight, 0.01) for column in slide.columns]
    if sum(column.least for column in needs) > width:  # no slide is wider: numbers are cut, which is told
        return tuple(levelled(short, [0.0] * len(short), width))
    if sum(short) < width and len(set(weights)) > 1:
        return _share(short, weights, width)
    return tuple(allotted(needs, width))


def _needs(slide: TableSlide | ChangesSlide, width: float, metrics: Metrics, size: float) -> list[Needs]:
    margin = MARGINS[0] + MARGINS[2] + _SLACK
    words, numbers = _words(slide, metrics, size), _numbers(slide, metrics, size)
    needs: list[Needs] = []
    for n, column in enumerate(slide.columns):
        word = words[n] + margin
        line = max(metrics.natural(text, size, bold=bold) for text, bold in _cells(slide, n)) + margin
        if column.numeric:
            word = max(word, _whole_numbers(slide, n, metrics, size, width / len(slide.columns)) + margin)
        short = line if line <= SHORT * width else word
        least = numbers[n] + margin if column.numeric else min(word, _NARROWEST * size + margin)
        needs.append(Needs(line, short, word, least, column.numeric))
    return needs


def _whole_numbers(slide: TableSlide | ChangesSlide, n: int, metrics: Metrics, size: float, most: float) -> float:
    """A number stands on one line where a fair share of the width allows it."""
    widest = max((metrics.natural(row[n], size) for row in slide.rows), default=0.0)
    return min(widest, most)


def _share(least: list[float], weights: list[float], width: float) -> tuple[float, ...]:
    """By the weights, but to none less than its least."""
    fixed: set[int] = set()
    while True:
        room = width - sum(least[n] for n in fixed)
        total = sum(weight for n, weight in enumerate(weights) if n not in fixed)
        shares = [least[n] if n in fixed else room * weights[n] / total for n in range(len(weights))]
        short = {n for n, share in enumerate(shares) if n not in fixed and share < least[n]}
        if not short:
            return tuple(shares)
        fixed |= short


class _Heights:
    """Row heights in points for given columns and size."""

    def __init__(self, widths: tuple[float, ...], size: float, metrics: Metrics, row_heads: bool) -> None:
        self._rooms = tuple(max(_room(width), 1.0) for width in widths)
        self._pitch = size * LINE_HEIGHT
        self._size = size
        self._metrics = metrics
        self._row_heads = row_heads

    def _ends(self, row: Row, n: int, *, head: bool) -> tuple[int, ...]:
        bold = head or (self._row_heads and n == 0)
        return tuple(line.end for line in self._metrics.lines(row[n], self._size, self._rooms[n], bold=bold))

    def row(self, row: Row, *, head: bool) -> float:
        lines = max((len(self._ends(row, n, head=head)) for n in range(len(row))), default=1)
        return lines * self._pitch + MARGINS[1] + MARGINS[3]

    def split(self, row: Row, height: float, *, head: bool = False) -> tuple[Row, Row]:
        """The row up to `height`, and what is left of its cells; at least a line goes into the first."""
        lines = max(int((height - MARGINS[1] - MARGINS[3]) // self._pitch), 1)
        pairs = []
        for n, text in enumerate(row):
            ends = self._ends(row, n, head=head)
            pairs.append(cut(text, ends[lines - 1]) if lines < len(ends) else (text, ()))
        return tuple(first for first, _ in pairs), tuple(rest for _, rest in pairs)

    def shortened(self, row: Row, height: float) -> tuple[Row, float]:
        """A head that leaves room for rows."""
        if self.row(row, head=True) > height:
            row = self.split(row, height, head=True)[0]
        return row, self.row(row, head=True)


Pages = list[tuple[tuple[Row, ...], tuple[float, ...]]]


def _even_pages(rows: tuple[Row, ...], heights: list[float], room: float, measure: _Heights) -> Pages:
    """As few pages as can be, filled about alike, so that no slide holds a single last row."""
    full = list(_pages(rows, heights, room, measure))
    if len(full) < 2:
        return full
    share = sum(sum(tall) for _, tall in full) / len(full)
    for height in (share + n * room / 20 for n in range(20)):
        if height < room and max(heights) <= height:
            pages = list(_pages(rows, heights, height, measure))
            if len(pages) == len(full):
                return pages
    return full


def _pages(
    rows: tuple[Row, ...], heights: list[float], room: float, measure: _Heights
) -> Iterator[tuple[tuple[Row, ...], tuple[float, ...]]]:
    page: list[Row] = []
    tall: list[float] = []
    waiting = list(reversed(list(zip(rows, heights, strict=True))))
    while waiting:
        row, height = waiting.pop()
        if sum(tall) + height <= room:
            page.append(row)
            tall.append(height)
            continue
        if page:
            waiting.append((row, height))
        else:
            first, rest = measure.split(row, room)
            page, tall = [first], [measure.row(first, head=False)]
            waiting.append((rest, measure.row(rest, head=False)))
        yield tuple(page), tuple(tall)
        page, tall = [], []
    if page:
        yield tuple(page), tuple(tall)
