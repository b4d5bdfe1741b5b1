"""Story stage of the report: takes a Briefing and a visitor, returns all flowables of the report in their order.

The text is set in the order in which it is read, so that notes are numbered by their first mention.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from reportlab.platypus import CondPageBreak
from reportlab.platypus.flowables import Flowable

from data.model import Briefing
from report import front
from report.annex import annex
from report.blocks import Gap, Stack
from report.changes import changes
from report.flowables import PageLabels, Paragraph
from report.inline import HOW_TO_READ
from report.memory import Memory
from report.pages import Running, turn
from report.references import notes, sources
from report.section import NEW_PAGE_BELOW, how_to_read, section
from report.structure import Tag
from report.visitor import Visitor


@dataclass(frozen=True)
class Part:
    """A part behind the sections: its title, the destination at its head, and its flowables with their title."""

    title: str
    key: str
    flowables: list[Flowable]


def story(briefing: Briefing, visitor: Visitor, document: Tag, memory: Memory) -> list[Flowable]:
    """Cover, at a glance, what changed, contents; the sections; how to read, notes, sources and data annex, if any."""
    cover, glance = document.child("Sect"), document.child("Sect")
    opening = [
        PageLabels("", prefix=briefing.words.cover),
        *front.cover(briefing, visitor, cover),
        *turn("front", right=True),
        PageLabels("r"),
        *front.at_a_glance(briefing, visitor, glance),
    ]
    if briefing.changes:
        opening += [*turn("front"), *changes(briefing.changes, visitor, document.child("Sect"))]
    contents = document.child("Sect")
    sections = [
        flowable
        for item in briefing.sections
        for flowable in memory.part(item.number, item, visitor, document, partial(section, item, visitor))
    ]
    parts = list(_parts(briefing, visitor, document, memory))
    toc = front.contents(briefing, visitor, contents, [(part.title, part.key) for part in parts])
    behind = [flowable for part in parts for flowable in part.flowables]
    return [*opening, toc, *turn("body", right=True), PageLabels("D"), *sections, *behind]


def set_once(briefing: Briefing, visitor: Visitor, document: Tag) -> None:
    """Every text, as `story` sets it first, for what the visitor notes: without contents and annex, which repeat."""
    front.cover(briefing, visitor, document)
    front.at_a_glance(briefing, visitor, document)
    if briefing.changes:
        changes(briefing.changes, visitor, document)
    for item in briefing.sections:
        section(item, visitor, document)
    how_to_read(briefing, visitor, document, HOW_TO_READ)
    notes(briefing, visitor, document)
    sources(briefing, visitor, document)


def _parts(briefing: Briefing, visitor: Visitor, document: Tag, memory: Memory) -> Iterator[Part]:
    """Those parts behind the sections that hold anything."""
    words, depth = briefing.words, visitor.styles.grid.depth
    if briefing.about or briefing.aged:
        yield Part(words.how_to_read, HOW_TO_READ, how_to_read(briefing, visitor, document.child("Sect"), HOW_TO_READ))
    for title, key, make, begin in (
        (words.notes, "notes", notes, turn("body")),
        (words.sources, "sources", sources, [CondPageBreak(depth * NEW_PAGE_BELOW)]),
        (words.data_annex, "data-annex", partial(annex, memory=memory), [CondPageBreak(depth * NEW_PAGE_BELOW)]),
    ):
        tag = document.child("Sect")
        heading = Paragraph(title, visitor.styles.h1_wide, tag.child("H1"), key=key, outline=0)
        flowables = make(briefing, visitor, tag)
        if flowables:
            space = Gap(visitor.styles.grid.line)
            space.keepWithNext = isinstance(flowables[0], Stack)  # columns break anywhere
            yield Part(title, key, [*begin, Running(title), heading, space, *flowables])
