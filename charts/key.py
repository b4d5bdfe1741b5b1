"""The key under a chart: takes samples with their words, returns them laid out in lines as wide as the frame."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from charts import typeset
from charts.drawing import Drawing
from charts.style import Sheet, Style
from charts.typeset import Block, Piece

Sample = Callable[[Sheet, float, float], None]
"""Draws a sample into its cell: left edge, middle."""


@dataclass(frozen=True, slots=True)
class Item:
    """A sample in a cell `cell` points wide, and what it means."""

    content: typeset.Line
    cell: float
    sample: Sample


@dataclass(frozen=True, slots=True)
class _Entry:
    left: float
    top: float
    words: Block
    item: Item


@dataclass(frozen=True, slots=True)
class Key:
    """`height` is nought for an empty key."""

    entries: tuple[_Entry, ...]
    height: float


def words(text: str, style: Style) -> typeset.Line:
    return (Piece(text, style.regular, style.palette.muted),)


def lay(items: Sequence[Item], style: Style) -> Key:
    """The items in reading order, as many in a line as fit."""
    width, gap = style.frame.width, 5 * style.unit
    entries: list[_Entry] = []
    left, top, deepest = 0.0, 0.0, 0.0
    for item in items:
        block = typeset.block(item.content, style, style.small, width - item.cell - gap, limit=6)
        wide = item.cell + gap + block.width
        if left and left + wide > width:
            left, top, deepest = 0.0, top + deepest, 0.0
        entries.append(_Entry(left, top, block, item))
        deepest = max(deepest, block.height, 12.5 * style.unit)
        left += wide + 14 * style.unit
    return Key(tuple(entries), top + deepest if entries else 0.0)


def cut(key: Key, room: float) -> tuple[Key, Key]:
    """What fits into `room`, and the rest; whole lines, and one at least."""
    tops = sorted({entry.top for entry in key.entries})
    bottoms = [*tops[1:], key.height]
    fitting = [bottom for bottom in bottoms if bottom <= room] or bottoms[:1]
    if not fitting or fitting[-1] == key.height:
        return key, Key((), 0.0)
    edge = fitting[-1]
    rest = tuple(replace(entry, top=entry.top - edge) for entry in key.entries if entry.top >= edge)
    return Key(tuple(entry for entry in key.entries if entry.top < edge), edge), Key(rest, key.height - edge)


def draw(sheet: Sheet, key: Key, top: float) -> None:
    for entry in key.entries:
        middle = top + entry.top + entry.words.leading / 2
        entry.item.sample(sheet, entry.left, middle)
        typeset.draw(sheet, entry.words, entry.left + entry.item.cell + 5 * sheet.style.unit, top + entry.top)


def drawings(key: Key, style: Style) -> tuple[Drawing, ...]:
    """A key of its own, for what a chart has no room for."""
    made = []
    while key.entries:
        fitting, key = cut(key, style.frame.height)
        sheet = Sheet(style)
        draw(sheet, fitting, 0.0)
        made.append(sheet.finish(fitting.height))
    return tuple(made)
