"""Fitting key figures: takes a planned slide of them and its slots, returns one grid a slide.

Each figure stands under a rule: its number, its label, its context. Type steps down until a grid fits; then the figures
go on to a next slide, and one that is taller than a slide goes on inside its cell.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from data.theme import SlideType
from slides.frames import Frame
from slides.grid import MOST_FIGURES, Box, figure_boxes
from slides.kinds import FiguresSlide
from slides.pages import Para, TextFill
from slides.pour import Ladder, Pourer, Sizes, steps
from slides.texts import visible

_RULE, _UNDER_RULE = 3.0, 14.0
"""Points that a rule is high, and from its upper edge to the number under it."""

Cell = tuple[Para, ...]
"""Number, label and context of a figure, each a level of its own."""


@dataclass(frozen=True, slots=True)
class Grid:
    """One slide's figures, and the rules above them."""

    fills: tuple[TextFill, ...]
    rules: tuple[Box, ...]


def fit(
    slide: FiguresSlide, slots: Mapping[str, Frame], pourer: Pourer, sizes: SlideType
) -> tuple[tuple[Grid, ...], int]:
    """As few grids as can be, in the largest type; and the lines that went on from a figure's own slide to others."""
    cells = [
        tuple(
            Para(text, level)
            for level, text in enumerate(((figure.value,), visible(figure.label), visible(figure.context)))
            if text
        )
        for figure in slide.figures
    ]
    fitter = _Fitter(slots, pourer, sizes)
    body = _body(slots, captioned=bool(slide.caption))
    for count in range(-(-len(cells) // MOST_FIGURES), len(cells) + 1):
        grids = fitter.grids(list(_evenly(cells, count)), body)
        if grids is not None:
            return grids, 0
    return fitter.alone(cells, body)


def _body(slots: Mapping[str, Frame], *, captioned: bool) -> Box:
    """The box that figures share: that of the layout's own, and the caption's where there is none."""
    shared = [slots[f"Figure {n}"] for n in range(1, MOST_FIGURES + 1)]
    shared += [slots["Caption"]] if "Caption" in slots and not captioned else []
    x, y = min(slot.x for slot in shared), min(slot.y for slot in shared)
    right, bottom = max(slot.x + slot.width for slot in shared), max(slot.y + slot.height for slot in shared)
    return x, y, right - x, bottom - y


@dataclass(frozen=True, slots=True)
class _Fitter:
    slots: Mapping[str, Frame]
    pourer: Pourer
    sizes: SlideType

    def grids(self, chunks: Sequence[Sequence[Cell]], body: Box) -> tuple[Grid, ...] | None:
        """One grid a chunk, all in the same type, or None where no type lets them stand in `body`."""
        if not chunks:
            return ()
        cells = [cell for chunk in chunks for cell in chunk]
        for most in (3, 2):
            boxes = figure_boxes(len(chunks[0]), body, most)
            for sizes in self._rungs(cells, boxes[0]):
                made: list[Grid] = []
                for chunk in chunks:
                    grid = self._grid(chunk, boxes, sizes)
                    if grid is None:
                        break
                    made.append(grid)
                else:
                    return tuple(made)
        return None

    def alone(self, cells: Iterable[Cell], body: Box) -> tuple[tuple[Grid, ...], int]:
        """Each figure on a slide of its own, in the smallest type, and on a next one where that is not enough."""
        (box,) = figure_boxes(1, body)
        frame = self._tile(1, box, box[1] + _UNDER_RULE, box[1] + box[3])
        floor = (self.sizes.title_floor, self.sizes.body_floor, self.sizes.source_floor)
        poured = [self.pourer.pour(cell, frame, (floor,)) for cell in cells]
        rule = (box[0], box[1], box[2], _RULE)
        grids = tuple(Grid((replace(fill, moved=True),), (rule,)) for fills in poured for fill in fills)
        return grids, sum(map(self.pourer.excess, poured))

    def _rungs(self, cells: Iterable[Cell], box: Box) -> Ladder:
        """Sizes of number, label and context: a number on one line is worth a smaller size."""
        sizes = self.sizes
        rungs = [(sizes.title + more, sizes.body, sizes.chart) for more in (28, 20)]
        rungs += [(sizes.title + more, sizes.body_floor, sizes.source) for more in (16, 8)]
        for size in steps(sizes.title, min(sizes.title_floor, sizes.title), 2):
            rungs += [(size, sizes.body_floor, small) for small in (sizes.source, sizes.source_floor)]
        frame = self._tile(1, box, box[1], box[1] + box[3])
        numbers = [cell[0] for cell in cells]
        return tuple(sorted(rungs, key=lambda rung: sum(len(self.pourer.ends(one, frame, rung)) for one in numbers)))

    def _tile(self, n: int, box: Box, top: float, bottom: float) -> Frame:
        return replace(self.slots[f"Figure {n}"], x=box[0], y=top, width=box[2], height=bottom - top)

    def _grid(self, cells: Sequence[Cell], boxes: Sequence[Box], sizes: Sizes) -> Grid | None:
        """A slide's figures under their rules, if they fit in these sizes.

        In each row the numbers end on one line, so that the labels under them begin on one. A row is as high as it
        needs to be; what is left is shared.
        """
        frames = [self._tile(n, box, box[1], box[1] + box[3]) for n, box in enumerate(boxes, start=1)]
        tiles = list(zip(cells, frames, strict=False))
        if any(self._widest(cell[0], sizes[0]) > frame.inner_width for cell, frame in tiles):
            return None
        rows = [list(row) for _, row in groupby(enumerate(tiles), key=lambda tile: tile[1][1].y)]
        numbers = [self.pourer.height(cell[:1], frame, sizes) for cell, frame in tiles]
        rests = [self.pourer.height(cell[1:], frame, sizes) + _insets(frame) for cell, frame in tiles]
        tallest = [max(numbers[n] for n, _ in row) for row in rows]
        needs = [_UNDER_RULE + tall + max(rests[n] for n, _ in row) for row, tall in zip(rows, tallest, strict=True)]
        gap = next((box[1] - boxes[0][1] - boxes[0][3] for box in boxes if box[1] > boxes[0][1]), 0.0)
        top = boxes[0][1]
        spare = boxes[-1][1] + boxes[-1][3] - top - gap * (len(rows) - 1) - sum(needs)
        if spare < 0:
            return None
        fills: list[TextFill] = []
        rules: list[Box] = []
        for row, tall, need in zip(rows, tallest, needs, strict=True):
            bottom = top + need + spare / len(rows)
            for n, (cell, _) in row:
                frame = self._tile(n + 1, boxes[n], top + _UNDER_RULE + tall - numbers[n], bottom)
                fills.append(self.pourer.fill(frame, cell, sizes, moved=True))
                rules.append((frame.x, top, frame.width, _RULE))
            top = bottom + gap
        return Grid(tuple(fills), tuple(rules))

    def _widest(self, number: Para, size: float) -> float:
        return self.pourer.metrics.widest_word(number.text, size, bold=True)


def _insets(frame: Frame) -> float:
    """What a frame's insets take of its height."""
    return frame.height - frame.inner_height


def _evenly(cells: Sequence[Cell], parts: int) -> Iterator[Sequence[Cell]]:
    """`cells` in `parts` stretches whose lengths differ by one at most."""
    start = 0
    for n in range(parts):
        end = start + len(cells) // parts + (n < len(cells) % parts)
        yield cells[start:end]
        start = end
