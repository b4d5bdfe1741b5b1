"""Notices: takes heads and rows of runs, returns a table as the build itself writes it: no label, no source line."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from data import alt
from data.format import Formatter
from data.model import Caption, Column, Place, Span, Table, Text

Head = tuple[str, bool, float]
"""A column's head, whether it holds numbers, its relative width."""


def table(id: str, title: str, heads: Sequence[Head], rows: Iterable[tuple[Text, ...]], formatter: Formatter) -> Table:
    caption = Caption(id, Place("briefing.yaml"), "", (Span(title),), (), (), (), (), (), ())
    columns = tuple(Column((Span(head),), numeric, width) for head, numeric, width in heads)
    made = Table(caption, columns, tuple(rows))
    return replace(made, caption=replace(caption, alt=alt.table(made, formatter)))
