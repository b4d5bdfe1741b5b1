"""Last stage of the report: takes a Briefing, tells the parts of its story in order, returns the PDF's bytes."""

import mimetypes
from dataclasses import dataclass
from datetime import datetime, time
from io import BytesIO

from reportlab import rl_config
from reportlab.platypus import NextPageTemplate, PageBreak
from reportlab.platypus.flowables import Flowable

from charts.draw import draw as draw_chart
from data.findings import Finding
from data.model import Briefing
from report import back, front
from report.conformance import Attachment, Metadata, canvas_maker
from report.findings import MissingGlyph
from report.flowables import PageLabels
from report.inline import Inline, Printed
from report.pages import Furniture, Pages
from report.section import section
from report.styles import Styles, grid
from report.tagging import Tag
from report.visitor import Draw, Visitor

# no picture is ever fetched from a host or a file that a text names
rl_config.trustedHosts = []
rl_config.trustedSchemes = []


@dataclass(frozen=True)
class Report:
    """The PDF, its findings, every number that it prints and the label of the page that each stands on."""

    pdf: bytes
    findings: list[Finding]
    printed: tuple[tuple[Printed, str], ...]


def write(briefing: Briefing, draw: Draw = draw_chart) -> tuple[bytes, list[Finding]]:
    """The report of `briefing` as the bytes of a PDF."""
    report = typeset(briefing, draw)
    return report.pdf, report.findings


def typeset(briefing: Briefing, draw: Draw = draw_chart, *, strict: bool = False) -> Report:
    """The report on the briefing's page size. strict: raise if anything is painted untagged."""
    words = briefing.words
    styles = Styles(briefing.theme, briefing.language, grid(briefing.theme, briefing.page))
    inline = Inline(dict(briefing.sources), briefing.theme.palette.accent)
    visitor = Visitor(styles, inline, briefing, draw)
    document = Tag("Document", lang=briefing.language)

    def part() -> Tag:
        return document.child("Sect")

    behind = [(words.notes, "notes"), (words.sources, "sources"), (words.data_annex, "data-annex")]
    if briefing.about:
        behind.insert(0, (words.how_to_read, "how-to-read"))
    story: list[Flowable] = [
        PageLabels("", prefix="Cover"),
        *front.cover(briefing, visitor, part()),
        *_on("front"), PageLabels("r"),
        *front.at_a_glance(briefing, visitor, part()),
        *_on("front"),
        *front.contents(briefing, visitor, part(), behind),
        *_on("body"), PageLabels("D"),
    ]
    for item in briefing.sections:
        story += section(item, visitor, part())
    if briefing.about:
        how = part()
        visitor.enter({})
        story += [*_on("body"), *back.opening(words.how_to_read, "how-to-read", styles, how, styles.grid.indent),
                  *visitor.blocks(briefing.about, how)]
    for (title, key), make, template in zip(
        behind[-3:], (back.notes, back.sources, back.annex), ("columns", "columns", "body"), strict=True
    ):
        tag = part()
        made = make(briefing, visitor, tag)
        story += [*_on(template), *back.opening(title, key, styles, tag), *made]

    stream = BytesIO()
    pages = Pages(
        stream, styles, Furniture(briefing.title, f"{briefing.issuer} · {words.edition.format(briefing.edition_text)}", words),
        front.cover_template(styles),
    )
    edition = datetime.combine(briefing.edition, time())
    metadata = Metadata(briefing.title, briefing.issuer, briefing.language, edition, subject=briefing.subtitle)
    attachments = [
        Attachment(file.name, file.content, mimetypes.guess_type(file.name)[0] or "application/octet-stream",
                   file.description, edition)
        for file in briefing.files
    ]
    pages.build(story, canvasmaker=canvas_maker(document, metadata, attachments=attachments, strict=strict))
    canvas = pages.canv
    return Report(
        stream.getvalue(),
        [MissingGlyph(place, character) for character, place in sorted(inline.missing.items())],
        tuple((entry, canvas.page_label(canvas.page_of(entry.key))) for entry in inline.printed),
    )


def _on(template: str) -> list[Flowable]:
    return [NextPageTemplate(template), PageBreak()]
