"""Story stage of the report: takes a briefing, returns its cover, "At a glance" and contents."""

from collections.abc import Sequence
from html import escape
from textwrap import shorten
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Frame, FrameBreak, PageTemplate
from reportlab.platypus.flowables import Flowable

from data.model import Briefing, Place, Section, Span, block_texts, numbers
from report.blocks import Gap, Rule, Stack
from report.flowables import ContentsLine, Paragraph
from report.grid import Grid
from report.structure import Tag
from report.styles import Styles
from report.tagging import TaggedCanvas
from report.visitor import Visitor

LONGEST = 1000
"""Characters of a title that cover and contents give."""
HERE = Place("briefing.yaml")


def section_key(section: Section) -> str:
    """The destination of a section."""
    return f"section-{section.id}"


def _hinge(grid: Grid) -> float:
    """The height at which the cover's two panels end."""
    return grid.height * 0.3


def cover_template(styles: Styles) -> PageTemplate:
    """A diptych: a dark narrow panel and a light wide one on the page's own columns, the gutter as their hinge."""
    grid, inks = styles.grid, styles.inks
    foot, right = _hinge(grid), grid.left + grid.indent

    def paint(canvas: TaggedCanvas, _: Any) -> None:
        with canvas.artifact("Background"):
            canvas.setFillColor(inks.accent)
            canvas.rect(0, foot, grid.left + grid.side, grid.height - foot, stroke=0, fill=1)
            canvas.setFillColor(inks.tint)
            canvas.rect(right, foot, grid.width - right, grid.height - foot, stroke=0, fill=1)

    def box(x: float, y: float, width: float, height: float) -> Frame:
        return Frame(x, y, width, height, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)

    inset, (wide, deep) = right + grid.gutter, cover_room(grid)
    return PageTemplate(
        "cover",
        [
            box(grid.left, foot + 20, grid.side - grid.gutter, deep),
            box(inset, foot + 20, wide, deep),
            box(inset, 40, wide, foot - 40 - 1.5 * grid.line),
        ],
        onPage=paint,
    )


def cover_room(grid: Grid) -> tuple[float, float]:
    """Width and height that the light panel leaves for text."""
    width = grid.width - grid.left * 1.5 - grid.indent - grid.gutter
    return width, grid.height - _hinge(grid) - grid.top - 20


def cover(briefing: Briefing, visitor: Visitor, tag: Tag) -> list[Flowable]:
    """Issuer in the dark panel, title and subtitle in the light one, edition and contact below."""
    styles, inline = visitor.styles, visitor.inline
    grid, small = styles.grid, styles.cover_small
    issuer = small.clone("cover-issuer", textColor=styles.inks.paper, fontName=styles.bold, fontSize=11)
    edition = small.clone("cover-edition", fontName=styles.bold)
    wide, deep = cover_room(grid)

    def text(text: str, style: ParagraphStyle, width: float, height: float, *smaller: float) -> list[Flowable]:
        """In the first size at which it stays within width x height, no word being cut; shortened at the last."""
        node = tag.child("P")
        text = inline.printable(text, style.fontName, HERE)[:LONGEST]
        for size in (style.fontSize, *smaller):
            style = style.clone(style.name, fontSize=size, leading=style.leading * size / style.fontSize)
            probe = Paragraph(escape(text, quote=False), style.clone("probe", splitLongWords=0))
            if probe.minWidth() <= width and probe.wrap(width, height)[1] <= height:
                break
        while text and Paragraph(escape(text, quote=False), style).wrap(width, height)[1] > height:
            text = text[: len(text) * 9 // 10].rstrip(" \u2026") + "\u2026"
        return [Paragraph(inline.set((Span(text),), style, HERE, "cover"), style, node)] if text else []

    date = briefing.words.edition.format(briefing.edition_text)
    return [
        *text(briefing.issuer, issuer, grid.side - grid.gutter, deep),
        FrameBreak(),
        Gap(grid.line * 10),
        *text(briefing.title, styles.title, wide, deep * 0.45, 34, 30, 26, 22),
        *text(briefing.subtitle, styles.subtitle, wide, deep * 0.2, 14, 12),
        FrameBreak(),
        *text(date, edition, wide, 4 * grid.line),
        *text(briefing.contact, small, wide, 4 * grid.line),
    ]


def at_a_glance(briefing: Briefing, visitor: Visitor, tag: Tag) -> list[Flowable]:
    """The summary, the key figures, and every section's headline as a linked finding."""
    styles, inline, words = visitor.styles, visitor.inline, briefing.words
    story: list[Flowable] = [
        Paragraph(words.at_a_glance, styles.h1, tag.child("H1"), key="at-a-glance", outline=0),
        Gap(styles.grid.line),
        *visitor.blocks(briefing.summary, tag),
    ]
    if briefing.highlights:
        story += [
            Gap(styles.grid.line),
            Paragraph(words.key_figures, styles.label, tag.child("H2")),
            Gap(styles.grid.line / 2),
            visitor.key_figures(briefing.highlights, tag),
            Gap(styles.grid.line),
        ]
    story += [
        Gap(styles.grid.line),
        Paragraph(words.findings, styles.label, tag.child("H2")),
        Gap(styles.grid.line / 2),
    ]
    findings = tag.child("L", numbering="Decimal")
    style = styles.finding
    for section in briefing.sections:
        item = findings.child("LI")
        label = item.child("Lbl")
        headline = inline.uncited(section.headline, style, section.place, "finding")
        link = inline.link(f"#{section_key(section)}", section.title, headline, briefing.theme.palette.ink)
        body = item.child("LBody").child("P")
        story += [
            Rule(0.25, styles.inks.rule, height=styles.grid.line / 4),
            Paragraph(link, style, body, label=str(section.number), label_tag=label),
            Gap(styles.grid.line / 4),
        ]
    texts = [*block_texts(briefing.summary), *((figure.value,) for figure in briefing.highlights)]
    texts += [section.headline for section in briefing.sections]
    if any(number.quantity.stale for text in texts for number in numbers(text)):
        note = inline.words(words.stale_note, styles.figure_context, Place("briefing.yaml"))
        story += [Gap(styles.grid.line / 2), Paragraph(note, styles.figure_context, tag.child("P"))]
    return story


def contents(briefing: Briefing, visitor: Visitor, tag: Tag, behind: Sequence[tuple[str, str]]) -> Flowable:
    """The sections and the parts `behind` them (title and key) with their pages; on the same page if there is room."""
    styles, inline = visitor.styles, visitor.inline
    lines: list[Flowable] = [
        Paragraph(briefing.words.contents, styles.h1, tag.child("H1"), key="contents", outline=0),
        Gap(styles.grid.line),
    ]
    toc = tag.child("TOC")
    for section in briefing.sections:
        title = inline.words(shorten(section.title, LONGEST, placeholder="\u2026"), styles.contents, section.place)
        lines.append(ContentsLine(title, section_key(section), styles.contents, toc, label=str(section.number)))
    lines.append(Gap(styles.grid.line / 2))
    lines += [
        ContentsLine(inline.words(title, styles.contents, HERE), key, styles.contents, toc) for title, key in behind
    ]
    return Stack(lines, space_before=3 * styles.grid.line)
