"""The extent of a bar: takes a quantity, returns how far it is filled, pale and open, as values on the axis."""

from decimal import Decimal
from typing import NamedTuple

from data.model import Quantity

ZERO = Decimal(0)


class Extent(NamedTuple):
    """Filled from zero to `known`, pale from `start` to `stop`; `beyond` is the way in which it goes on: 1, -1 or 0.

    Filled is what is sure: the end of a range that is nearer to zero, a lower limit above it, an upper limit below it.
    """

    known: Decimal
    start: Decimal
    stop: Decimal
    beyond: int


def extent(quantity: Quantity) -> Extent:
    low, high = quantity.low, quantity.high
    if low is None:
        limit = high or ZERO
        return Extent(limit, limit, limit, -1) if limit < 0 else Extent(ZERO, ZERO, limit, 0)
    if high is None:
        return Extent(ZERO, ZERO, low, 0) if low < 0 else Extent(low, low, low, 1)
    if low < 0 < high:
        return Extent(ZERO, low, high, 0)
    known = min(low, high, key=abs)
    return Extent(known, known, max(low, high, key=abs), 0)
