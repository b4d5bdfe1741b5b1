"""Test material: takes stories, returns tagged PDFs; takes PDFs, returns what a reader of their structure gets."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import Any

import page
import pikepdf
from reportlab.lib.colors import black, grey, white
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import BaseDocTemplate, Frame, PageBreak, PageTemplate

from data.fonts import font_file
from report.conformance import Attachment, Metadata, canvas_maker
from report.fallback import register_fallback
from report.flowables import ContentsLine, Figure, PageLabels, Paragraph, Repeated, Table, list_item, note
from report.fonts import Family, register_family, register_font
from report.structure import Tag
from report.styles import Inks
from report.tables import Cell
from report.tagging import TaggedCanvas

SERIF, ARABIC, OTHER = "Test Serif", "Test Arabic", "Test Other"
register_family(
    Family(
        SERIF,
        regular=font_file("ibm-plex-serif"),
        bold=font_file("ibm-plex-serif", 700),
        italic=font_file("ibm-plex-serif", italic=True),
        bold_italic=font_file("ibm-plex-serif", 700, italic=True),
    )
)
register_font(ARABIC, font_file("ibm-plex-sans-arabic"))
register_font(OTHER, font_file("arimo"))
register_font(f"{ARABIC}-Bold", font_file("ibm-plex-sans-arabic", 700))
register_fallback(ARABIC, f"{ARABIC}-Bold")
register_fallback(OTHER)

EDITION = datetime(2023, 12, 1)
MARGIN = 60


def style(name: str, size: float, **options: Any) -> ParagraphStyle:
    """A style in the test font; nothing else falls back to Helvetica."""
    fonts = {"fontName": SERIF, "bulletFontName": SERIF}
    return ParagraphStyle(name, fontSize=size, leading=size * 1.4, spaceAfter=size / 2, **fonts, **options)


H = style("h", 15, keepWithNext=1)
BODY = style("body", 10, alignment=TA_JUSTIFY, hyphenationLang="en_GB", allowWidows=0, allowOrphans=0)
PLAIN = style("plain", 10)
ITEM = style("item", 10, leftIndent=16, bulletIndent=2)
CELL = style("cell", 8)
INKS = Inks(black, black, grey, grey, white, black)
CONTENTS = style("contents", 10, rightIndent=40)

METADATA = Metadata("A briefing, Gaza – غزة", "Desk & Co", "en-GB", EDITION, "Testing <tags>")


def furniture(canvas: TaggedCanvas, _: Any) -> None:
    """A running head, and a folio that needs the last page's number."""
    number = canvas.getPageNumber()

    def folio(canvas: TaggedCanvas) -> None:
        canvas.setFont(SERIF, 8)
        canvas.drawRightString(300, 30, f"{canvas.page_label(number)} of {canvas.getPageNumber() - 1}")

    with canvas.artifact("Pagination"):
        canvas.setFont(SERIF, 8)
        canvas.drawString(MARGIN, 30, "Running head")
        canvas.line(MARGIN, 40, 300, 40)
        canvas.later(folio)


def build(
    document: Tag,
    story: Sequence[Any],
    *,
    size: tuple[float, float] = A4,
    metadata: Metadata = METADATA,
    attachments: Sequence[Attachment] = (),
    on_page: Callable[[TaggedCanvas, Any], None] = furniture,
    strict: bool = True,
) -> bytes:
    """The PDF of a story in one column."""
    stream = BytesIO()
    column = Frame(MARGIN, MARGIN, size[0] - 2 * MARGIN, size[1] - 2 * MARGIN, 0, 0, 0, 0)
    template = BaseDocTemplate(stream, pagesize=size, pageTemplates=[PageTemplate("page", [column], onPage=on_page)])
    template.build(list(story), canvasmaker=canvas_maker(document, metadata, attachments=attachments, strict=strict))
    return stream.getvalue()


def failures(pdf: bytes) -> list[str]:
    """What the validator finds against PDF/UA-1 and PDF/A-3a."""
    reports = (
        page.validate_pdf_bytes(pdf, profile=profile, limits=page.SafetyLimits.unlimited()) for profile in ("ua1", "3a")
    )
    return [f"{failure.rule_id}: {failure.message}" for report in reports for failure in report.failures]


# -- a document with everything

LONG = (
    "Notwithstanding considerable organisational difficulties, the internationally coordinated verification of "
    "unprecedented humanitarian figures continued. "
)
RICH = (
    LONG + '<super><a href="#note-1" title="Note 1">1</a></super> The office &amp; its <b>bold</b>, <i>italic</i> and '
    'undisputed words; <a href="https://example.org/a?b=1&amp;c=2" title="An example">a link that is long '
    "enough to run over the end of its line, wherever that may be, and so needs two areas to click upon</a>, "
    '<span lang="fr">en français, avec <a href="#two">un renvoi</a></span>, 1\u202f234\u00a0km, '
    'Gaza (<span lang="ar">غزة، مدينة 2023 فلسطينية</span>), <span lang="he">שלום</span>. ' + LONG * 3
)


def cells(*texts: str) -> list[Cell]:
    """A row of a table; an empty text is an empty cell."""
    return [Paragraph(text, CELL) if text else None for text in texts]


def table(rows: Sequence[Sequence[Cell]], tag: Tag, **options: Any) -> Table:
    """Of columns of equal width."""
    return Table(rows, tag, [300 / len(rows[0])] * len(rows[0]), INKS, **options)


def rows(count: int) -> list[list[Cell]]:
    """A table with heads, notes, Arabic and empty cells."""
    head = cells("Year", 'Dead <super><a href="#note-1">1</a></super>', "Remark")
    remark = Repeated("plain", CELL)
    body = [[*cells(f"{1990 + n}", f"{n * 37}" if n % 7 else "حلب"), None if n % 3 else remark] for n in range(count)]
    return [head, *body, cells("Sum", "first", "")]


def drawing(canvas: TaggedCanvas) -> None:
    """A figure."""
    canvas.setFillColorRGB(0.2, 0.4, 0.6, alpha=0.5)
    canvas.rect(0, 0, 200, 60, fill=1)
    canvas.setFont(SERIF, 9)
    canvas.drawString(5, 5, "Gaza غزة 12")


def everything() -> tuple[Tag, list[Any], list[Attachment]]:
    """A document that has one of each."""
    document = Tag("Document", lang="en-GB")
    cover, front = document.child("Sect"), document.child("Sect")
    story: list[Any] = [PageLabels("", prefix="Cover"), Paragraph("The <i>title</i>", H, cover.child("P")), PageBreak()]
    story += [PageLabels("r"), Paragraph("Contents", H, front.child("H1"), key="contents", outline=0)]
    contents = front.child("TOC")
    for key, title in (("one", "First <i>section</i>"), ("two", "Second section"), ("notes", "Notes")):
        story.append(ContentsLine(title, key, CONTENTS, contents))
    story += [PageBreak(), PageLabels("D")]
    for key, title in (("one", "First <i>section</i>: غزة"), ("two", "Second section")):
        sect = document.child("Sect")
        story.append(Paragraph(title, H, sect.child("H1"), key=key, outline=0))
        story += [Paragraph(RICH, BODY, sect.child("P")) for _ in range(6)]
        story.append(Paragraph("Deeper", H, sect.child("H2"), key=f"{key}-deeper", outline=1))
        items = sect.child("L", numbering="Disc")
        first, body = list_item("•", "An item", ITEM, items)
        inner = list_item("–", "nested", ITEM, body.child("L", numbering="Disc"))[0]
        story += [first, inner, list_item("•", LONG * 2, ITEM, items)[0]]
        figure = sect.child("Figure", alt="A rectangle", id=f"figure-{key}")
        story += [Figure(200, 60, drawing, figure), Paragraph("Figure. A caption", CELL, sect.child("Caption"))]
        continued = Paragraph("(continued)", CELL)
        story.append(table(rows(60), sect.child("Table"), row_heads=True, continued=continued))
        story.append(Paragraph("Quoted: " + LONG, BODY, sect.child("BlockQuote").child("P")))
    arabic = document.child("Sect", lang="ar")
    ministry = "بلغ عدد القتلى 37232 في 12 حزيران، according to the ministry، بحسب الوزارة. "
    story.append(Paragraph(ministry * 4, BODY, arabic.child("P")))
    last = document.child("Sect")
    story.append(Paragraph("Notes", H, last.child("H1"), key="notes", outline=0))
    story.append(note("1", 'A source. <a href="#one" title="Back to the text">Back</a>', ITEM, last, key="note-1"))
    attachments = [
        Attachment("values.csv", b"a,b\n1,2\n", "text/csv", "All values", EDITION, "Source"),
        Attachment("chiffres détaillés.csv", b"a\n1\n", "text/csv", "The chart's data", EDITION, "Data", (figure,)),
    ]
    return document, story, attachments


# -- reading the structure back


@dataclass
class Node:
    """An element as read back: kids are elements, texts, and annotations."""

    role: str
    element: pikepdf.Dictionary
    kids: list[Node | str | pikepdf.Dictionary] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    source: Any = None  # keeps the file open as long as its tree is used

    @property
    def text(self) -> str:
        """Its text in structure order, as a reader that heeds ActualText gets it."""
        if "/ActualText" in self.element:
            return str(self.element.ActualText)
        parts = (kid.text if isinstance(kid, Node) else kid for kid in self.kids if isinstance(kid, (Node, str)))
        return "".join(parts)

    def find(self, role: str) -> list[Node]:
        """All elements of a role in it, in reading order."""
        found = [self] if self.role == role else []
        return found + [hit for kid in self.kids if isinstance(kid, Node) for hit in kid.find(role)]

    def outline(self) -> Any:
        """Roles only, nested."""
        kids = [kid.outline() for kid in self.kids if isinstance(kid, Node)]
        return (self.role, *kids) if kids else self.role


def read(pdf: bytes) -> Node:
    """The structure tree of a PDF, its texts decoded from the pages by the fonts' ToUnicode maps."""
    document = pikepdf.open(BytesIO(pdf))
    texts: dict[Any, tuple[int, str]] = {}
    for number, sheet in enumerate(document.pages):
        for mcid, text in _marked(sheet):
            place = sheet.obj.objgen, mcid
            texts[place] = number, texts.get(place, (0, ""))[1] + text
    tree = _node(document.Root.StructTreeRoot.K, None, texts)
    tree.source = document
    return tree


def _node(element: pikepdf.Dictionary, sheet: Any, texts: dict[Any, tuple[int, str]]) -> Node:
    sheet = element.get("/Pg", sheet)
    node = Node(str(element.S)[1:], element)
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, (list, pikepdf.Array)) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR":
            node.kids.append(kid.Obj)
        elif isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") != "/MCR":
            node.kids.append(_node(kid, sheet, texts))
        else:
            place = (kid.Pg, int(kid.MCID)) if isinstance(kid, pikepdf.Dictionary) else (sheet, int(kid))
            number, text = texts.get((place[0].objgen, place[1]), (0, ""))
            node.kids.append(text)
            node.pages.append(number)
    return node


def _marked(sheet: pikepdf.Page) -> Iterator[tuple[int, str]]:
    """The texts shown on a page with the MCID that they stand under, in the order of painting."""
    fonts = {name: _to_unicode(font) for name, font in sheet.Resources.Font.items()}
    font: dict[int, str] = {}
    marks: list[int | None] = []
    for operands, operator in pikepdf.parse_content_stream(sheet):
        match str(operator):
            case "BMC":
                marks.append(None)
            case "BDC":
                properties = operands[1]
                marks.append(int(properties.MCID) if "/MCID" in properties else None)
            case "EMC":
                marks.pop()
            case "Tf":
                font = fonts[str(operands[0])]
            case "TJ":
                codes = b"".join(bytes(part) for part in operands[0] if isinstance(part, pikepdf.String))
                mcid = next((mark for mark in reversed(marks) if mark is not None), None)
                if mcid is not None:
                    pairs = (int.from_bytes(codes[at : at + 2]) for at in range(0, len(codes), 2))
                    yield mcid, "".join(font[code] for code in pairs)


def _to_unicode(font: pikepdf.Dictionary) -> dict[int, str]:
    content = font.ToUnicode.read_bytes().decode("ascii")
    pairs = re.findall(r"^<([0-9A-F]{4})> <([0-9A-F]+)>$", content, re.MULTILINE)
    return {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}
