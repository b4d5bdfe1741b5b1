"""Cutting a long chart: takes the heights of what stands one below the other and a room, returns even parts."""

from collections.abc import Callable

Parts = list[tuple[int, int]]
"""From one item up to, and without, another."""


def cut(
    count: int, height: Callable[[int, int], float], room: float, inside: Callable[[int], bool], multiple: int = 1
) -> Parts:
    """The fewest parts that fit `room`, in a `multiple` of so many; then the fewest cuts `inside` a group, then the
    most even heights.

    `height(start, stop)` is that of a part with these items. An item that is higher than `room` has a part of its own.
    """
    parts = min(count, -(-_fewest(count, height, room) // multiple) * multiple)
    never = (count, float("inf"))
    best = [(0, 0.0)] + [never] * count  # for each number of items placed: cuts inside groups, sum of squared heights
    chosen: list[list[int]] = []
    for _ in range(parts):
        longer, starts = [never] * (count + 1), [0] * (count + 1)
        for stop in range(1, count + 1):
            for start in range(stop - 1, -1, -1):
                taken = height(start, stop)
                if taken > room and stop - start > 1:
                    break
                cuts, squares = best[start]
                cost = (cuts + (start > 0 and inside(start)), squares + taken * taken)
                if cost < longer[stop]:
                    longer[stop], starts[stop] = cost, start
        best = longer
        chosen.append(starts)
    found, stop = [], count
    for starts in reversed(chosen):
        found.append((starts[stop], stop))
        stop = starts[stop]
    return found[::-1]


def _fewest(count: int, height: Callable[[int, int], float], room: float) -> int:
    parts, start = 1, 0
    for at in range(1, count):
        if height(start, at + 1) > room:
            parts, start = parts + 1, at
    return parts
