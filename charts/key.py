"""The key under a chart: takes samples with their words, lays them out in lines as wide as the frame."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from charts import typeset
from charts.style import Sheet, Style

Sample = Callable[[Sheet, float, float], None]
"""Draws a sample into a cell `cell(style)` wide: left edge, middle."""


@dataclass(frozen=True, slots=True)
class Item:
    text: str
    sample: Sample


@dataclass(frozen=True, slots=True)
class Key:
    """Items placed at (left, top) inside the key; `height` is nought for an empty key."""

    items: tuple[tuple[float, float, typeset.Block, Sample], ...]
    height: float


def cell(style: Style) -> float:
    return 26 * style.unit


def lay(items: Sequence[Item], style: Style) -> Key:
    width, gap = style.frame.width, 5 * style.unit
    placed: list[tuple[float, float, typeset.Block, Sample]] = []
    left, top, deepest = 0.0, 0.0, 0.0
    for item in items:
        content = (typeset.Piece(item.text, style.regular, style.palette.muted),)
        words = typeset.block(content, style, style.small, width - cell(style) - gap)
        wide = cell(style) + gap + words.width
        if left and left + wide > width:
            left, top, deepest = 0.0, top + deepest, 0.0
        placed.append((left, top, words, item.sample))
        deepest = max(deepest, words.height)
        left += wide + 14 * style.unit
    return Key(tuple(placed), top + deepest if placed else 0.0)


def draw(sheet: Sheet, key: Key, top: float) -> None:
    style = sheet.style
    for left, down, words, sample in key.items:
        sample(sheet, left, top + down + words.leading / 2)
        typeset.draw(sheet, words, left + cell(style) + 5 * style.unit, top + down)
