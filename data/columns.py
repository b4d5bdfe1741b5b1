"""Columns: takes what a table's columns need and the width that they share, returns the width of each.

Both documents set their tables by it; what a column needs is measured by each in its own type, in points.
"""

from collections.abc import Sequence
from dataclasses import dataclass

SHORT = 0.16
"""A column whose lines are no longer than this part of the width is not wrapped."""


@dataclass(frozen=True)
class Needs:
    """What a column needs so that none of its texts is wrapped, that no short one is, that no word is broken, and that
    no number is cut: `line` >= `short` >= `word` >= `least`. `weight`: its share, beside the others', in what is left
    when all have at least the `short`."""

    line: float
    short: float
    word: float
    least: float
    numeric: bool
    weight: float = 1.0


def allotted(columns: Sequence[Needs], width: float) -> list[float]:
    """Widths that add up to `width`, or to more where otherwise numbers would be cut.

    Short columns, such as dates, stay on one line. No other is narrower than its longest word where that can be had;
    what is left goes to the columns whose lines would wrap, by their weight and by what they lack.
    """
    lines, widths = [column.line for column in columns], [column.short for column in columns]
    if sum(lines) <= width:
        return [line * width / sum(lines) for line in lines]
    room = width - sum(widths)
    if room <= 0:
        return _crowded(columns, width)
    while room > 0.01:
        lack = [(column.line - own) * column.weight for column, own in zip(columns, widths, strict=True)]
        widths = [min(lines[n], own + lack[n] * (room / sum(lack))) for n, own in enumerate(widths)]
        room = width - sum(widths)
    return widths


def _crowded(columns: Sequence[Needs], width: float) -> list[float]:
    """Lines are wrapped before words are broken, long words before short ones, and those of texts before those of
    numbers."""
    widths = [column.short for column in columns]
    for numeric in (False, True):
        spare = [column.short - column.word if column.numeric == numeric else 0.0 for column in columns]
        excess = sum(widths) - width
        part = min(1.0, excess / sum(spare)) if excess > 0 and sum(spare) > 0 else 0.0
        widths = [own - part * give for own, give in zip(widths, spare, strict=True)]
    for numeric in (False, True):
        least = [
            column.least if column.numeric == numeric else own for column, own in zip(columns, widths, strict=True)
        ]
        widths = levelled(widths, least, width)
    return widths


def levelled(widths: Sequence[float], least: Sequence[float], width: float) -> list[float]:
    """Widths of which the widest give until they add up to `width`, down to the `least` ones: a word is broken where it
    is long, and not a short one in its stead."""
    low, high = 0.0, max(widths)
    while high - low > 0.0001:
        level = (low + high) / 2
        low, high = (low, level) if sum(_level(widths, least, level)) > width else (level, high)
    return _level(widths, least, low)


def _level(widths: Sequence[float], least: Sequence[float], level: float) -> list[float]:
    return [min(width, max(level, lowest)) for width, lowest in zip(widths, least, strict=True)]
