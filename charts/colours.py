"""Colours of populations: takes the index of a population and the palette, returns what it is drawn in.

A population beyond the palette has no colour of its own: it is drawn in the neutral one. To begin the palette again
would make two unlike populations look as if they belonged together.
"""

from collections.abc import Sequence
from dataclasses import replace

from data.model import Group
from data.theme import Palette


def colour(index: int, palette: Palette) -> str:
    """The population's own colour, or the neutral one, as "#rrggbb"."""
    return palette.series[index] if index < len(palette.series) else palette.muted


def alike(groups: Sequence[Group], palette: Palette) -> list[Group]:
    """The groups that have rows; all rows neutral where one has no colour of its own, for the others would seem to be
    picked out. Labels tell rows apart in any case."""
    neutral = len(palette.series)
    beyond = any(row.colour >= neutral for group in groups for row in group.rows)
    return [
        replace(group, rows=tuple(replace(row, colour=neutral) for row in group.rows)) if beyond else group
        for group in groups
        if group.rows
    ]
