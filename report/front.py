"""Story stage of the report: takes a briefing, returns its cover, "At a glance" and contents."""

from collections.abc import Sequence
from textwrap import shorten
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Frame, FrameBreak, PageTemplate
from reportlab.platypus.flowables import Flowable

from data.model import Briefing, Place, Section
from report.blocks import Gap, Rule, Stack
from report.flowables import ContentsLine, Paragraph
from report.styles import Grid, Styles
from report.tagging import Tag, TaggedCanvas, artifact
from report.visitor import Visitor

LONGEST = 1000
"""Characters of a title that the contents give."""
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
        with artifact(canvas, "Background"):
            canvas.setFillColor(inks.accent)
            canvas.rect(0, foot, grid.left + grid.side, grid.height - foot, stroke=0, fill=1)
            canvas.setFillColor(inks.tint)
            canvas.rect(right, foot, grid.width - right, grid.height - foot, stroke=0, fill=1)

    def box(x: float, y: float, width: float, height: float) -> Frame:
        return Frame(x, y, width, height, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)

    inset = grid.gutter
    panel = grid.height - foot
    return PageTemplate(
        "cover",
        [
            box(grid.left, foot + 20, grid.side - inset, panel - grid.top - 20),
            box(right + inset, foot + 20, grid.width - right - inset - grid.left / 2, panel - grid.top - 20),
            box(grid.left, 40, grid.side, foot - 40 - 1.5 * grid.line),
            box(right + inset, 40, grid.text - inset, foot - 40 - 1.5 * grid.line),
        ],
        onPage=paint,
    )


def _sized(text: str, style: ParagraphStyle, width: float, height: float, sizes: Sequence[float]) -> ParagraphStyle:
    """The style in the first of the sizes at which the text stays within width x height, without a word being cut."""
    for size in sizes:
        candidate = style.clone("sized", fontSize=size, leading=size * 1.18)
        probe = Paragraph(text, candidate.clone("probe", splitLongWords=0))
        if probe.minWidth() <= width and probe.wrap(width, height)[1] <= height:
            return candidate
    return candidate


def cover(briefing: Briefing, visitor: Visitor, tag: Tag) -> list[Flowable]:
    """Issuer in the dark panel, title and subtitle in the light one, edition and contact below."""
    styles, inline, words = visitor.styles, visitor.inline, briefing.words
    grid, inks = styles.grid, styles.inks
    issuer, title, subtitle, edition, contact = (tag.child("P") for _ in range(5))
    light = styles.cover_small.clone("cover-issuer", textColor=inks.paper, fontName=styles.bold, fontSize=11)
    name = inline.words(briefing.title, styles.title, HERE)
    width = grid.width - grid.left * 1.5 - grid.indent - grid.gutter
    big = _sized(name, styles.title, width, grid.height * 0.34, (38, 34, 30, 26, 22))
    story: list[Flowable] = [
        Paragraph(inline.words(briefing.issuer, light, HERE), light, issuer),
        FrameBreak(),
        Gap(grid.line * 10),
        Paragraph(name, big, title),
    ]
    if briefing.subtitle:
        story.append(Paragraph(inline.words(briefing.subtitle, styles.subtitle, HERE), styles.subtitle, subtitle))
    small = styles.cover_small
    date = inline.words(words.edition.format(briefing.edition_text), small, HERE)
    story += [FrameBreak(), Gap(0.1), FrameBreak(), Paragraph(f"<b>{date}</b>", small, edition)]
    if briefing.contact:
        story.append(Paragraph(inline.words(briefing.contact, small, HERE), small, contact))
    return story


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
    findings = tag.child("L")
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
