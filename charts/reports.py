"""The marks of a line's counts: takes what a count is and where it stands, draws it as that, and names it for the key.

A dot is one figure, one in a halo an approximate one, a band between two dots a range; a head over or under a mark
points to where an open-ended figure may lie. Open circles were revised, open diamonds are disputed. A cross is one of
several numbers of a date, of which the line runs through another.
"""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import NamedTuple

from charts import key
from charts.looks import Look, name
from charts.style import Sheet, Spot, Style
from data.model import Status

_OPEN: dict[Status, Spot] = {"revised": "circle", "disputed": "diamond"}
_HEAD = (3.4, 7.2)  # from the middle of a mark to the foot of an open end's head and to its tip, in the style's units


class Place(NamedTuple):
    """Where a count stands on the sheet; `low` is the y of a range's lower end, and else its own."""

    x: float
    y: float
    low: float


def items(looks: Iterable[Look], colours: tuple[str, str], style: Style, language: str) -> list[key.Item]:
    """The key's; `colours` are those of marks and of their tint."""
    cell = 10 * style.unit

    def sample(look: Look, sheet: Sheet, left: float, middle: float) -> None:
        half = {"between": 4.0, "at_most": -2.5, "at_least": 2.5}.get(look.bound, 0.0) * style.unit
        y = middle - half if look.bound == "between" else middle + half
        place = Place(left + cell / 2, y, middle + half)
        ground(sheet, look, [place], colours[1])
        draw(sheet, look, [place], colours[0])

    return [key.Item(key.words(name(each, language), style), cell, partial(sample, each)) for each in looks]


def height(look: Look, place: Place, style: Style) -> tuple[float, float]:
    """The top and the bottom of a mark."""
    half, tip = 2.6 * style.unit, _HEAD[1] * style.unit
    top = place.y - (tip if look.bound == "at_least" else half)
    return top, place.low + (tip if look.bound == "at_most" else half)


def ground(sheet: Sheet, look: Look, places: Sequence[Place], tint: str) -> None:
    """What lies under the line: halos and bands."""
    unit = sheet.style.unit
    if look.bound == "about":
        sheet.spots([(place.x, place.y) for place in places], "circle", 3.9 * unit, tint)
    elif look.bound == "between":
        for x, y, low in places:
            sheet.box(x - 1.5 * unit, y, x + 1.5 * unit, low, tint)


def draw(sheet: Sheet, look: Look, places: Sequence[Place], colour: str) -> None:
    """The marks themselves, over the line."""
    style, unit = sheet.style, sheet.style.unit
    if look.aside:
        _crosses(sheet, places, colour)
        return
    spots = [(place.x, place.y) for place in places]
    if look.bound == "between":
        sheet.spots([(place.x, place.low) for place in places], "circle", 1.7 * unit, colour)
    elif look.bound in ("at_most", "at_least"):
        way = unit if look.bound == "at_most" else -unit
        for x, y in spots:
            foot, tip = (y + way * end for end in _HEAD)
            sheet.area([(x - 2.7 * unit, foot), (x + 2.7 * unit, foot), (x, tip)], colour)
    if look.status == "reported":
        sheet.spots(spots, "circle", 1.7 * unit, colour)
    else:
        sheet.spots(spots, _OPEN[look.status], 2.6 * unit, style.palette.paper, colour, unit)


def pick_out(sheet: Sheet, look: Look, x: float, y: float, colour: str) -> None:
    """The mark of a turning point, larger; a cross is large enough."""
    style = sheet.style
    if look.status != "reported":
        sheet.spots([(x, y)], _OPEN[look.status], style.radius, style.palette.paper, colour, style.unit)
    elif not look.aside:
        sheet.spots([(x, y)], "circle", style.radius, colour, style.palette.paper, style.unit)


def _crosses(sheet: Sheet, places: Sequence[Place], colour: str) -> None:
    half = 2.2 * sheet.style.unit
    for x, y, _ in places:
        for rise in (half, -half):
            sheet.line([(x - half, y - rise), (x + half, y + rise)], colour, 1.2 * sheet.style.unit)
