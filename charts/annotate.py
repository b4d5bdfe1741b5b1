"""Placing annotations: takes notes with their anchors and what is in the way, returns a clear box for each of them.

A count's note hangs on an upright leader over or under its mark, like a flag on its pole. A date's belongs to no line:
it stands beside a dotted rule from the top of the plot to the date on the axis. All candidate boxes that keep clear of
the lines are listed, then a bounded depth-first search picks the set that costs least. No randomness: same notes, same
places.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import ceil, floor

from charts import typeset
from charts.looks import Look
from charts.style import Sheet, Style
from charts.typeset import Block

Point = tuple[float, float]
_CHOICES = 60  # candidates kept a note, cheapest first
_ACROSS = 30  # what a text costs that stands across a date's rule
_ASTRAY = 1000  # what a pole costs that crosses another line: more than any place that needs none
_TRIALS = 40_000  # pairs compared by the search; a chart that needs more is one that no reader could follow


@dataclass(frozen=True, slots=True)
class Note:
    """A text, set in several measures, for a place on the chart; `look`: that of the count which it marks, None where
    it marks a date, whose place is on the axis."""

    settings: tuple[Block, ...]
    x: float
    y: float
    look: Look | None
    colour: str


@dataclass(frozen=True, slots=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: "Box") -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


@dataclass(frozen=True, slots=True)
class Flag:
    """A placed note: its text's box, and its pole from the anchor to the far edge of the text, a date's to the top."""

    note: Note
    setting: Block
    text: Box
    pole: Box
    cost: float

    def clears(self, other: "Flag", pad: float) -> bool:
        """Whether the two do not touch; a date's rule may run behind another's text, whose cost says so."""
        apart = _grown(self.text, pad)
        return not (
            apart.touches(other.text)
            or (self.note.look and _grown(self.pole, pad).touches(other.text))
            or (other.note.look and apart.touches(other.pole))
        )


class Obstacles:
    """The plot's frame and its lines, as the highest and the lowest place of each line in every column of a point."""

    def __init__(self, frame: Box, lines: Sequence[Sequence[Point]]) -> None:
        self.frame = frame
        self._lines = [_columns(line, frame) for line in lines if line]

    def clear(self, box: Box, pad: float) -> bool:
        """Whether `box` lies inside the frame and wholly above or below each line."""
        frame = self.frame
        if box.left < frame.left or box.right > frame.right or box.top < frame.top or box.bottom > frame.bottom:
            return False
        first, last = self._range(box, pad)
        for tops, bottoms in self._lines:
            highest, lowest = min(tops[first:last]), max(bottoms[first:last])
            if not (box.bottom + pad <= highest or box.top - pad >= lowest):
                return False
        return True

    def crossings(self, pole: Box) -> int:
        """How many lines an upright pole crosses besides the one that it stands on."""
        if len(self._lines) == 1:
            return 0
        first, last = self._range(pole, 0)
        return sum(
            pole.top < min(tops[first:last]) and max(bottoms[first:last]) < pole.bottom for tops, bottoms in self._lines
        )

    def _range(self, box: Box, pad: float) -> tuple[int, int]:
        first = max(0, floor(box.left - pad - self.frame.left))
        return first, max(first + 1, ceil(box.right + pad - self.frame.left))


def place(notes: Sequence[Note], obstacles: Obstacles, style: Style) -> tuple[Flag, ...] | None:
    """A flag for each note, in the notes' order; None where there is no room for all of them."""
    pad = 3 * style.unit
    dots = [
        Box(note.x - style.radius, note.y - style.radius, note.x + style.radius, note.y + style.radius)
        for note in notes
        if note.look
    ]
    dates = [note.x for note in notes if note.look is None]
    choices = []
    for at, note in enumerate(notes):
        others = [dot for dot in dots if abs((dot.left + dot.right) / 2 - note.x) > 0.01]
        found = [
            flag
            for flag in _flags(note, at, obstacles, dates, style)
            if not any(flag.text.touches(dot) for dot in others)
        ]
        choices.append(sorted(found, key=lambda flag: flag.cost)[:_CHOICES])
    return _search(choices, pad)


def _flags(note: Note, at: int, obstacles: Obstacles, dates: Sequence[float], style: Style) -> list[Flag]:
    """Every box that keeps clear of the lines. What costs: more lines of text, hanging to the left, standing across the
    rule of one of the `dates`, and the height that it stands at."""
    unit, gap = style.unit, 3 * style.unit
    fewest = min(len(setting.lines) for setting in note.settings)
    found = []
    for setting, rightward in product(note.settings, (True, False)):
        left = note.x + gap if rightward else note.x - gap - setting.width
        across = sum(left - gap < date < left + setting.width + gap for date in dates if date != note.x)
        fixed = 9 * (len(setting.lines) - fewest) + 6 * (not rightward) + _ACROSS * across
        for top, low, high, cost in _heights(note, at, setting.height, obstacles, style):
            text = Box(left, top, left + setting.width, top + setting.height)
            if obstacles.clear(text, gap):
                pole = Box(note.x - unit / 4, low, note.x + unit / 4, high)
                found.append(Flag(note, setting, text, pole, fixed + cost))
    return found


def _heights(
    note: Note, at: int, height: float, obstacles: Obstacles, style: Style
) -> Iterator[tuple[float, float, float, float]]:
    """Where a text of this height may stand: its top, its pole's ends, and what it costs.

    A count's costs by the length of its pole, by not taking turns above and below, and most by crossing another line,
    on which it would seem to hang. A date's rule is there anyhow: a text far from its top costs little.
    """
    unit, frame = style.unit, obstacles.frame
    room = frame.bottom - frame.top
    if note.look is None:
        for step in range(ceil((room - height) / (4 * unit))):
            yield frame.top + (4 * step + 3) * unit, frame.top, note.y, step
        return
    start, far = style.radius + 1.5 * unit, 5 * unit
    while far + height < room:
        for above in (True, False):
            top = note.y - start - far - height if above else note.y + start + far
            low, high = (top, note.y - start) if above else (note.y + start, top + height)
            crossed = obstacles.crossings(Box(note.x - unit / 4, low, note.x + unit / 4, high))
            yield top, low, high, (far + height) / unit + 4 * (above != (at % 2 == 0)) + _ASTRAY * crossed
        far += 4 * unit


def _search(choices: Sequence[Sequence[Flag]], pad: float) -> tuple[Flag, ...] | None:
    order = sorted(range(len(choices)), key=lambda at: (len(choices[at]), at))
    cheapest = [min((flag.cost for flag in choices[at]), default=0.0) for at in order]
    least = [sum(cheapest[k:]) for k in range(len(order) + 1)]
    best: list[Flag] | None = None
    best_cost = float("inf")
    trials = 0

    def go(chosen: list[Flag], cost: float) -> None:
        nonlocal best, best_cost, trials
        if len(chosen) == len(order):
            best, best_cost = list(chosen), cost
            return
        for flag in choices[order[len(chosen)]]:
            if trials > _TRIALS or cost + flag.cost + least[len(chosen) + 1] >= best_cost:
                return
            trials += len(chosen)
            if all(flag.clears(other, pad) for other in chosen):
                go([*chosen, flag], cost + flag.cost)

    go([], 0.0)
    if best is None:
        return None
    return tuple(flag for _, flag in sorted(zip(order, best, strict=True), key=lambda pair: pair[0]))


def draw_pole(sheet: Sheet, flag: Flag) -> None:
    style, x = sheet.style, flag.note.x
    dash = () if flag.note.look else (1, 2)
    sheet.line([(x, flag.pole.top), (x, flag.pole.bottom)], style.palette.muted, style.rule, dash)


def draw_text(sheet: Sheet, flag: Flag) -> None:
    """The text on paper of its own, so that no grid line runs through it."""
    box, pad = flag.text, sheet.style.unit
    sheet.box(box.left - pad, box.top, box.right + pad, box.bottom, sheet.style.palette.paper)
    rightward = box.left > flag.note.x
    typeset.draw(sheet, flag.setting, box.left if rightward else box.right, box.top, "left" if rightward else "right")


def _columns(line: Sequence[Point], frame: Box) -> tuple[list[float], list[float]]:
    """Of each column one point wide: the smallest and the largest y of the line; outside the line, out of the way."""
    count = max(1, ceil(frame.right - frame.left)) + 1
    tops, bottoms = [float("inf")] * count, [float("-inf")] * count
    for (x0, y0), (x1, y1) in zip(line, line[1:] or line, strict=False):
        first, last = floor(x0 - frame.left), floor(x1 - frame.left)
        for column in range(max(0, first), min(count - 1, last) + 1):
            for edge in (column + frame.left, column + 1 + frame.left):
                share = min(1.0, max(0.0, (edge - x0) / (x1 - x0))) if x1 > x0 else 0.0
                y = y0 + share * (y1 - y0)
                tops[column], bottoms[column] = min(tops[column], y), max(bottoms[column], y)
            if x1 <= x0:
                tops[column], bottoms[column] = min(tops[column], y1), max(bottoms[column], y1)
    return tops, bottoms


def _grown(box: Box, pad: float) -> Box:
    return Box(box.left - pad, box.top - pad, box.right + pad, box.bottom + pad)
