"""Rounding that adds up: takes totals and their parts, returns what each prints as, so that printed parts sum to it.

The method of the largest remainder (Hare, Niemeyer): every part is rounded down, and the units that are then missing go
to the parts that lost most, the earlier first where two lost the same. No part moves by a whole unit, and the quantity
keeps its exact value. Only what is rounded here is changed: numbers that print as their source gave them stay so.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_FLOOR, Decimal, localcontext
from typing import Literal

from data.findings import Finding
from data.findings.exhibits import NoSum, SumConflict
from data.model import Place, Quantity, rounded

Note = Literal["rounded", "unrounded"]
"""What an exhibit says of its parts: rounded so that they add up; not adding up, because their source rounded them."""


def largest_remainder(parts: Sequence[Decimal], total: Decimal, decimals: int) -> tuple[Decimal, ...] | None:
    """`parts` rounded to `decimals` places, each up or down, so that they sum to `total`; None if that cannot be."""
    with localcontext() as context:
        context.prec = 100
        unit = Decimal(1).scaleb(-decimals)
        floors = [part.quantize(unit, ROUND_FLOOR) for part in parts]
        lost = [part - floor for part, floor in zip(parts, floors, strict=True)]
        missing = (total - sum(floors)) / unit
        if missing != int(missing) or not 0 <= missing <= sum(remainder > 0 for remainder in lost):
            return None
        raised = sorted(range(len(parts)), key=lambda n: (-lost[n], n))[: int(missing)]
        return tuple(floor + unit if n in raised else floor for n, floor in enumerate(floors))


@dataclass(frozen=True)
class Sum:
    """What the exhibit declares at `place`: `total` is the sum of `parts`. `populations` are those of all of them."""

    exhibit: str
    place: Place
    total: Quantity
    parts: tuple[Quantity, ...]
    populations: frozenset[str] = frozenset()


@dataclass
class Sums:
    """All sums of a briefing. `shown` has the numbers that print otherwise than by their own rounding, by their cells;
    `notes` what each exhibit must say."""

    shown: dict[Place, Decimal] = field(default_factory=dict)
    notes: dict[str, set[Note]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    _decided: dict[Place, Decimal] = field(default_factory=dict)

    def add(self, declared: Sum) -> None:
        problem = _problem(declared)
        if problem:
            self.findings.append(NoSum(declared.place, declared.exhibit, *problem))
            return
        parts, total = declared.parts, declared.total
        printed = [_rounded(part) for part in parts]
        if sum(printed) != _rounded(total):
            ours = any(number.magnitude != _rounded(number) for number in (*parts, total))
            exact = [part.magnitude for part in parts]
            chosen = largest_remainder(exact, _rounded(total), total.decimals) if ours else None
            self.notes.setdefault(declared.exhibit, set()).add("rounded" if chosen else "unrounded")
            printed = list(chosen or printed)
        for number, shown in zip((*parts, total), (*printed, _rounded(total)), strict=True):
            self._decide(declared, number, shown)

    def _decide(self, declared: Sum, number: Quantity, shown: Decimal) -> None:
        earlier = self._decided.setdefault(number.place, shown)
        if earlier != shown:
            cell, texts = str(number.place), (str(earlier), str(shown))
            self.findings.append(SumConflict(declared.place, declared.exhibit, cell, texts))
        elif shown != _rounded(number):
            self.shown[number.place] = shown


def _rounded(quantity: Quantity) -> Decimal:
    return rounded(quantity.magnitude, quantity.decimals)


def _problem(declared: Sum) -> tuple[str, str] | None:
    """Why the parts cannot be the total's, and what would help; None if they can."""
    numbers = (*declared.parts, declared.total)
    if not declared.parts:
        return "nothing beside the total is shown", "Show its parts too"
    if len(declared.populations) > 1:
        return (
            f"{' and '.join(sorted(declared.populations))} are different populations, which are never added",
            "Where they are parts of one, take `population` out of the file's entry in series.yaml",
        )
    units = sorted({number.unit for number in numbers})
    if len(units) > 1:
        return (
            f"{' and '.join(units)} cannot be added",
            "Make one exhibit for each unit, with a total of its own, by `where` or by the figures that it lists",
        )
    bounded = next((number for number in numbers if number.bound != "exact"), None)
    if bounded:
        return (
            f"{bounded.place} is a limit, a range or an approximation, which cannot be added",
            "Give it as an exact number, if it is one",
        )
    apart = abs(sum(part.magnitude for part in declared.parts) - declared.total.magnitude)
    if apart > sum(_precision(number) for number in numbers) / 2:
        parts = sum(part.magnitude for part in declared.parts)
        return (
            f"the parts sum to {parts}, and the total is {declared.total.magnitude}",
            "Correct the rows, narrow `where` to the total and its parts",
        )
    ours = any(number.magnitude != _rounded(number) for number in numbers)
    if ours and len({number.decimals for number in numbers}) > 1:
        return "its numbers are printed with different numbers of decimals", "Give all of them the same `decimals`"
    return None


def _precision(quantity: Quantity) -> Decimal:
    """The step in which the source counts: the last decimal place, for percentages the last place. Whole numbers of
    anything else are exact."""
    exponent = quantity.magnitude.as_tuple().exponent
    assert isinstance(exponent, int)
    return Decimal(1).scaleb(min(exponent, 0)) if exponent < 0 or quantity.unit == "percent" else Decimal(0)
