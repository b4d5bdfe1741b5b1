"""Story stage of the report: takes a section, returns its opening and its body as flowables."""

from reportlab.platypus import CondPageBreak
from reportlab.platypus.flowables import Flowable

from data.model import Briefing, Section, Span
from data.text import right_to_left
from report.blocks import Gap, Rule, Stack
from report.changes import told
from report.flowables import Paragraph, list_item
from report.front import section_key
from report.structure import Tag
from report.styles import Styles
from report.visitor import Visitor

NEW_PAGE_BELOW = 0.4
"""A section starts on a new page when less than this part of the page is left."""


def section(section: Section, visitor: Visitor, tag: Tag) -> list[Flowable]:
    """Number and title, the headline as standfirst, the points in brief, the body."""
    styles, inline = visitor.styles, visitor.inline
    inline.section = section.number
    visitor.enter(section.exhibits)
    heading = tag.child("H1")
    title = inline.set((Span(section.title),), styles.h1, section.place, "heading")
    standfirst = inline.set(section.headline, styles.standfirst, section.place, "headline")
    items: list[Flowable] = [
        Paragraph(title, styles.h1, heading, key=section_key(section), outline=0, label=str(section.number)),
        Paragraph(standfirst, styles.standfirst, tag.child("P")),
    ]
    if section.points:
        items += _points(section, visitor, tag)
    running = inline.printable(section.title, styles.sans, section.place)
    return [*_open(items, running, styles), *visitor.blocks(section.body, tag)]


def how_to_read(briefing: Briefing, visitor: Visitor, tag: Tag, key: str) -> list[Flowable]:
    """What every reader of the figures should know, set as a section without a number; on one page if it can be."""
    styles, title = visitor.styles, briefing.words.how_to_read
    visitor.enter({})
    heading = Paragraph(title, styles.h1, tag.child("H1"), key=key, outline=0)
    stale = told(briefing.aged, visitor, tag) if briefing.aged else []
    items = [heading, Gap(styles.grid.line), *visitor.blocks(briefing.about, tag), *stale]
    return _open(items, title, styles, opens=False)


def _open(items: list[Flowable], running: str, styles: Styles, *, opens: bool = True) -> list[Flowable]:
    """A rule and the items below it, on a new page unless enough of this one is left; `opens`: text follows."""
    grid = styles.grid
    rule = Rule(3, styles.inks.accent, height=grid.line)
    return [
        CondPageBreak(grid.depth * NEW_PAGE_BELOW),
        Stack(
            [rule, *items],
            grid=grid.line / 2,
            space_before=2.5 * grid.line,
            space_after=grid.line,
            keep_with_next=opens,
            running=running,
        ),
    ]


def _points(section: Section, visitor: Visitor, tag: Tag) -> list[Flowable]:
    """The points between two rules, labelled in the side column."""
    styles, words = visitor.styles, visitor.briefing.words
    line, rule = styles.grid.line, styles.inks.rule
    label = Paragraph(words.in_brief, styles.side_label, tag.child("P"))
    points = tag.child("L", numbering="Disc")
    items = [
        list_item("\u2013", markup, styles.point, points, lang=right_to_left(point))[0]
        for point in section.points
        for markup in [visitor.inline.set(point, styles.point, section.place, "point")]
    ]
    return [Gap(line), Rule(0.5, rule, height=line / 2), label, Gap(-line), *items, Gap(line / 2), Rule(0.5, rule)]
