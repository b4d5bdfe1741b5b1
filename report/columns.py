"""Story stage of the report: takes paragraphs, returns them in two columns that end balanced."""

from collections.abc import Sequence
from itertools import accumulate

from reportlab.platypus.flowables import Flowable

from report.blocks import Stack, gap


class Columns(Flowable):  # type: ignore[misc]
    """Items in two columns of equal width: full ones on every page but the last, where both are about equally long.

    Items no higher than `whole` do not break at a full column's foot. No more is measured than a page can hold.
    """

    def __init__(self, items: Sequence[Flowable], gutter: float, whole: float):
        super().__init__()
        self.items, self.gutter, self.whole = list(items), gutter, whole

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.column = (width - self.gutter) / 2
        self.height = height + 1
        heights: list[float] = []
        for n, item in enumerate(self.items):
            heights.append(self._height(item) + (gap(self.items[n - 1], item) if n else 0.0))
            if sum(heights) > 2 * height:
                return width, self.height
        total = sum(heights)
        first = min(enumerate(accumulate(heights), 1), key=lambda part: max(part[1], total - part[1]))[0]
        self.pair = self._pair(self.items[:first], self.items[first:])
        self.height = self.pair.height
        return width, self.height

    def split(self, _width: float, height: float) -> list[Flowable]:
        """Both columns as long as the page allows, and what is left."""
        left, rest = self._fill(self.items, height)
        right, rest = self._fill(rest, height)
        if left:
            return [self._pair(left, right), *([Columns(rest, self.gutter, self.whole)] if rest else [])]
        return self.items if getattr(self._frame, "_atTop", False) else []

    def draw(self) -> None:
        self.pair.drawOn(self.canv, 0, 0)

    def _height(self, item: Flowable) -> float:
        return float(item.wrapOn(self.canv, self.column, 1e6)[1])

    def _fill(self, items: list[Flowable], height: float) -> tuple[list[Flowable], list[Flowable]]:
        """As many items as `height` holds, the last one perhaps broken; and the rest."""
        used = 0.0
        for n, item in enumerate(items):
            used += gap(items[n - 1], item) if n else 0.0
            own = self._height(item)
            if used + own > height:
                pieces = item.splitOn(self.canv, self.column, height - used) if own > self.whole else []
                if len(pieces) < 2:
                    return items[:n], items[n:]
                return [*items[:n], pieces[0]], [*pieces[1:], *items[n + 1 :]]
            used += own
        return items, []

    def _pair(self, left: Sequence[Flowable], right: Sequence[Flowable]) -> "_Pair":
        pair = _Pair(Stack(left), Stack(right), self.gutter)
        pair.wrapOn(self.canv, 2 * self.column + self.gutter, 1e6)
        return pair


class _Pair(Flowable):  # type: ignore[misc]
    """Two stacks side by side, level at the top."""

    def __init__(self, left: Stack, right: Stack, gutter: float):
        super().__init__()
        self.stacks, self.gutter = (left, right), gutter

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.column = (width - self.gutter) / 2
        self.height: float = max(stack.wrapOn(self.canv, self.column, 1e6)[1] for stack in self.stacks)
        return width, self.height

    def draw(self) -> None:
        for n, stack in enumerate(self.stacks):
            stack.drawOn(self.canv, n * (self.column + self.gutter), self.height - stack.height)
