"""Story stage of the report: takes a section, returns its opening and its body as flowables."""

from reportlab.platypus import CondPageBreak
from reportlab.platypus.flowables import Flowable

from data.model import Section
from report.blocks import Gap, Rule, Stack
from report.flowables import Paragraph, list_item
from report.front import section_key
from report.tagging import Tag
from report.visitor import Visitor

NEW_PAGE_BELOW = 0.4
"""A section starts on a new page when less than this part of the page is left."""


def section(section: Section, visitor: Visitor, tag: Tag) -> list[Flowable]:
    """Number and title, the headline as standfirst, the points in brief, the body."""
    styles, inline = visitor.styles, visitor.inline
    grid = styles.grid
    inline.section = section.number
    visitor.enter(section.exhibits)
    heading = tag.child("H1")
    title = inline.words(section.title, styles.h1, section.place)
    standfirst = inline.set(section.headline, styles.standfirst, section.place, "headline")
    items: list[Flowable] = [
        Rule(3, styles.inks.accent, height=grid.line),
        Paragraph(title, styles.h1, heading, key=section_key(section), outline=0, label=str(section.number)),
        Paragraph(standfirst, styles.standfirst, tag.child("P")),
    ]
    if section.points:
        items += _points(section, visitor, tag)
    return [
        CondPageBreak(grid.depth * NEW_PAGE_BELOW),
        Stack(items, grid=grid.line / 2, space_before=3 * grid.line, space_after=grid.line, keep_with_next=True,
              running=section.title),
        *visitor.blocks(section.body, tag),
    ]


def _points(section: Section, visitor: Visitor, tag: Tag) -> list[Flowable]:
    """The points between two rules, labelled in the side column."""
    styles, words = visitor.styles, visitor.briefing.words
    line, rule = styles.grid.line, styles.inks.rule
    label = Paragraph(words.in_brief, styles.label, tag.child("P"))
    points = tag.child("L")
    items = [
        list_item("\u2013", visitor.inline.set(point, styles.point, section.place, "point"), styles.point, points)[0]
        for point in section.points
    ]
    return [Gap(line), Rule(0.5, rule, height=line / 2), label, Gap(-line), *items, Gap(line / 2), Rule(0.5, rule)]
