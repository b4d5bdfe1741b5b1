"""Last stage of the report: takes a Briefing, returns the bytes of its PDF, findings and what it printed where."""

import mimetypes
from dataclasses import dataclass
from datetime import datetime, time
from io import BytesIO

from reportlab import rl_config

from charts.draw import draw as draw_chart
from data.findings import Finding
from data.model import Briefing
from report.conformance import Attachment, Metadata, canvas_maker
from report.findings import MissingGlyph
from report.front import cover_template
from report.inline import Inline, Printed
from report.pages import Furniture, Pages
from report.story import story
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
    styles = Styles(briefing.theme, briefing.language, grid(briefing.theme, briefing.page))
    inline = Inline(briefing.sources, briefing.theme.palette)
    document = Tag("Document", lang=briefing.language)
    parts = story(briefing, Visitor(styles, inline, briefing, draw), document)
    stream = BytesIO()
    pages = Pages(stream, styles, _furniture(briefing), cover_template(styles))
    edition = datetime.combine(briefing.edition, time())
    metadata = Metadata(briefing.title, briefing.issuer, briefing.language, edition, subject=briefing.subtitle)
    attachments = [
        Attachment(file.name, file.content, _mime(file.name), file.description, edition) for file in briefing.files
    ]
    pages.build(parts, canvasmaker=canvas_maker(document, metadata, attachments=attachments, strict=strict))
    canvas = pages.canv
    return Report(
        stream.getvalue(),
        [MissingGlyph(place, character) for character, place in sorted(inline.missing.items())],
        tuple((entry, canvas.page_label(canvas.page_of(entry.key))) for entry in inline.printed),
    )


def _furniture(briefing: Briefing) -> Furniture:
    imprint = f"{briefing.issuer} \u00b7 {briefing.words.edition.format(briefing.edition_text)}"
    return Furniture(briefing.title, imprint, briefing.words)


def _mime(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"
