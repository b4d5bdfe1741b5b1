"""Cells: takes a slide as it was made and as a person left it, returns the cells of its tables that hold a number which
the data give another cell.

A row is known by its first cell and by those without a figure, a column by its head, so that rows and columns that only
changed places are the same. The gate asks whether a number stands on the slide, which one that was exchanged does.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from slides import fingerprint
from slides.oxml import Element, name


class Exchanged(NamedTuple):
    row: str
    column: str
    was: str
    now: str


def exchanged(made: Any, left: Any) -> Iterator[Exchanged]:
    """Of the slide parts `made` and `left`."""
    before, after = _cells(fingerprint.root(made)), _cells(fingerprint.root(left))
    known = {text for text in before.values() if _has_figure(text)}
    for (row, column), now in after.items():
        was = before.get((row, column), now)
        if was != now and now in known:
            yield Exchanged(row[0], column, was, now)


def _cells(slide: Element) -> Mapping[tuple[tuple[str, ...], str], str]:
    """The texts of all cells whose rows and columns are called as no others are."""
    found = []
    for table in slide.iter(name("a:tbl")):
        head, *rows = [[_text(cell) for cell in row.iter(name("a:tc"))] for row in table.iter(name("a:tr"))]
        for first, *others in rows:
            row = (first, *(text for text in others if not _has_figure(text) and any(map(str.isalnum, text))))
            found += [((row, column), text) for column, text in zip(head[1:], others, strict=False)]
    times = Counter(place for place, _ in found)
    return {place: text for place, text in found if times[place] == 1}


def _text(cell: Element) -> str:
    return " ".join("".join(run.text or "" for run in cell.iter(name("a:t"))).split())


def _has_figure(text: str) -> bool:
    return any(map(str.isdecimal, text))
