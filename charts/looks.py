"""What a number looks like on a chart: takes its bound and its status, returns which mark it has, and a key's words."""

from collections.abc import Iterable
from itertools import product
from typing import NamedTuple

from data.model import Bound, Point, Quantity, Status
from data.words import chart_words

OPEN_ENDED = frozenset({"at_most", "at_least", "more_than"})


class Look(NamedTuple):
    """What a mark says; `aside`: another number of a date, of which a line runs through one."""

    bound: Bound
    status: Status
    aside: bool = False


PLAIN = Look("exact", "reported")
_ASIDE = PLAIN._replace(aside=True)
_STATUSES: tuple[Status, ...] = ("reported", "revised", "disputed")
_BOUNDS: tuple[Bound, ...] = ("exact", "about", "between", "at_most", "at_least")
LOOKS = (*(Look(bound, status) for status, bound in product(_STATUSES, _BOUNDS)), _ASIDE)
"""In the order of a key."""


def look(quantity: Quantity) -> Look:
    """More than and at least are drawn alike; the value's text tells them apart."""
    return Look("at_least" if quantity.bound == "more_than" else quantity.bound, quantity.status)


def look_on_line(point: Point) -> Look:
    """One that is marked otherwise needs no further mark aside."""
    plain = look(point.value.quantity)
    return _ASIDE if point.aside and plain == PLAIN else plain


def marked(points: Iterable[Point]) -> list[Look]:
    """The looks on a line that a key must explain, in its order."""
    seen = set(map(look_on_line, points)) - {PLAIN}
    return [each for each in LOOKS if each in seen]


def name(look: Look, language: str) -> str:
    """ "range", "disputed", "up to, since revised"; "" for a plain one."""
    names = chart_words(language)
    bounds: dict[Bound, str] = {
        "about": names.about,
        "between": names.between,
        "at_most": names.at_most,
        "at_least": names.at_least,
    }
    said = (bounds.get(look.bound), names.status(look.status), names.aside if look.aside else "")
    return ", ".join(filter(None, said))
