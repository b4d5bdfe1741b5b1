"""Sheets: takes a page, returns the XML of its slide and of its notes, each with what it refers to. No package yet.

Every text stands in a placeholder of its layout; a placeholder that a slide does not fill is not on the slide. The
order of the shapes is the order in which a screen reader reads them: title, section, caption, content, source, footer.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.slide import CT_NotesSlide, CT_Slide

from data.model import plain
from slides.frames import Frame
from slides.grid import Box
from slides.kinds import NOTE_HANG, Note
from slides.oxml import (
    Element,
    element,
    emu,
    filler,
    hundredths,
    name,
    panel,
    rectangle,
    sheet_shape,
    to_bytes,
    transform,
    tree,
    worded,
)
from slides.pages import ChartFill, Page, Para, PictureFill, TableFill, TextFill
from slides.runs import FORWARD, Context, list_style, paragraph, text_runs, turned
from slides.tables import MARGINS
from slides.template import FIELD, TABLE_STYLE

_SVG = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_TABLE = "http://schemas.openxmlformats.org/drawingml/2006/table"


@dataclass(frozen=True, slots=True)
class ChartPart:
    """The XML of an editable chart and the workbook that it is edited in, to which it refers as BOOK."""

    xml: bytes
    book: bytes


BOOK = "rId1"


@dataclass(frozen=True, slots=True)
class Ref:
    """What a part refers to: the `type` of the relationship, and an address, the id of a slide, the name of a layout,
    "svg" or "png" of the page's picture, or a ChartPart; "" where there is but one."""

    type: str
    target: Any = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A part with what it refers to, in the order of the relationships' ids from "rId1"."""

    xml: bytes
    refs: tuple[Ref, ...]


class _Refs:
    """The id by which a part refers to something, the same each time."""

    def __init__(self, *first: Ref) -> None:
        self._ids: dict[Ref, str] = {}
        for ref in first:
            self.id(ref)

    def id(self, ref: Ref) -> str:
        return self._ids.setdefault(ref, f"rId{len(self._ids) + 1}")

    def link(self, address: str) -> str:
        return self.id(Ref(RELATIONSHIP_TYPE.HYPERLINK, address))

    def jump(self, slide: str) -> str:
        return self.id(Ref(RELATIONSHIP_TYPE.SLIDE, slide))

    def sheet(self, root: Element) -> Sheet:
        return Sheet(to_bytes(root), tuple(self._ids))


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes in one language; `names` are those of colours in the file, by "#rrggbb"; `faint_links` as in a Stage."""

    language: str
    names: Mapping[str, str]
    faint_links: bool

    def sheets(self, page: Page, number: int) -> tuple[Sheet, Sheet]:
        """The slide, which is that of this number, and its notes."""
        return self._slide(page, number), self._notes(page)

    def _slide(self, page: Page, number: int) -> Sheet:
        refs = _Refs(Ref(RELATIONSHIP_TYPE.SLIDE_LAYOUT, page.layout))
        context = Context(self.language, refs.link, refs.jump, self.faint_links)
        root = _root(CT_Slide.new(), _shapes(page, number, context, refs, self.names), page.id)
        refs.id(Ref(RELATIONSHIP_TYPE.NOTES_SLIDE))
        return refs.sheet(root)

    def _notes(self, page: Page) -> Sheet:
        refs = _Refs(Ref(RELATIONSHIP_TYPE.NOTES_MASTER), Ref(RELATIONSHIP_TYPE.SLIDE))
        context = Context(self.language, refs.link, refs.jump)
        size = element("a:lvl1pPr", None, element("a:defRPr", {"sz": hundredths(page.notes_size)}))
        body = element("p:txBody", None, element("a:bodyPr"), element("a:lstStyle", None, size))
        body.extend(_note(note, context) for note in page.notes)
        shapes = [_slide_image(2), _notes_text(3, body)]
        return refs.sheet(_root(CT_NotesSlide.new(), shapes))


def _root(root: Element, shapes: Iterable[Element], label: str | None = None) -> Element:
    """The root of a slide's or a notes page's part with these shapes; `label` is its name in the object model."""
    content = root.find(name("p:cSld"))
    if label:
        content.set("name", label)
    content.replace(content.find(name("p:spTree")), tree(shapes))
    return root


# --- shapes --------------------------------------------------------------------------------------------------------


def _shapes(page: Page, number: int, context: Context, refs: _Refs, scheme: Mapping[str, str]) -> list[Element]:
    made: list[Element] = []
    for fill in page.fills:
        shape = len(made) + 2
        match fill:
            case TextFill():
                made.append(_text(shape, fill, context))
            case PictureFill():
                made.append(_picture(shape, fill, refs))
            case ChartFill():
                made.append(_chart(shape, fill, refs, scheme))
            case TableFill():
                made.append(_table(shape, fill, context))
    made.append(_number(len(made) + 2, page.number, context.language, number))
    made += [panel(len(made) + 2 + n, f"Rule {n + 1}", box, "accent2") for n, box in enumerate(page.rules)]
    return made


_PROSE = ("Points", "Words")
"""The placeholders of what the author wrote; titles and lines of sources stand one under the other."""


def _text(shape: int, fill: TextFill, context: Context) -> Element:
    frame = fill.frame
    explicit = fill.moved or not frame.main
    properties: dict[str, object] = dict(zip(("lIns", "tIns", "rIns", "bIns"), map(emu, frame.insets), strict=True))
    if not frame.type:
        properties |= {"wrap": "square", "anchor": frame.anchor or "t"}
    body = element("p:txBody", None, element("a:bodyPr", properties, element("a:normAutofit")))
    levels = frame.levels[: len(fill.sizes)]
    strange = any(level.loud or level.turned for level in levels)
    styled = explicit or strange or fill.sizes != tuple(level.size for level in levels)
    style = list_style(levels, fill.sizes, whole=explicit, stated=frame.stated, ink=frame.ink)
    body.append(style if styled else element("a:lstStyle"))
    start = next((para.number for para in fill.paras if para.number), None)
    colour = None if frame.stated else "accent1"
    body.extend(_para(para, start, colour, context, frame.name in _PROSE) for para in fill.paras)
    return _holder(shape, frame, (frame.x, frame.y, frame.width, frame.height) if explicit else None, body)


def _para(para: Para, start: int | None, colour: str | None, context: Context, prose: bool) -> Element:
    numbered = _numbered(start, colour) if start and para.number else ()
    runs = text_runs(para.text, context, para.slide, wraps=para.wraps)
    return paragraph(runs, *numbered, lvl=para.level or None, **(turned(para.text) if prose else {}))


def _numbered(start: int, colour: str | None) -> tuple[Element, ...]:
    """Numbers before the paragraphs of a list that begins with `start`, in a colour that is legible, or the text's."""
    return (
        element("a:buClr", None, element("a:schemeClr", {"val": colour})) if colour else element("a:buClrTx"),
        element("a:buFont", {"typeface": "+mj-lt"}),
        element("a:buAutoNum", {"type": "arabicPlain", "startAt": start if start > 1 else None}),
    )


def _number(shape: int, frame: Frame, language: str, shown: int) -> Element:
    """The slide's number as a field, so that it stays right when slides are moved."""
    words, run = worded("a:t", str(shown)), element("a:rPr", {"lang": language})
    field = element("a:fld", {"id": FIELD, "type": "slidenum"}, run, words)
    own = not frame.type
    sizes = (frame.levels[0].size,)
    style = list_style(frame.levels[:1], sizes, whole=True, stated=True, ink=frame.ink) if own else None
    body = element(
        "p:txBody", None, element("a:bodyPr"), style if own else element("a:lstStyle"), element("a:p", None, field)
    )
    return _holder(shape, frame, (frame.x, frame.y, frame.width, frame.height) if own else None, body)


def _holder(shape: int, frame: Frame, box: Box | None, body: Element) -> Element:
    """A placeholder of the layout with a text of its own, and a box of its own if `box` is one; else a text box."""
    use = filler() if frame.type else element("p:cNvSpPr", {"txBox": 1})
    return sheet_shape(shape, frame.name, use, element("p:nvPr", None, _ph(frame)), _properties(frame, box), body)


def _properties(frame: Frame, box: Box | None) -> Element:
    place = transform("a:xfrm", *box) if box else None
    if frame.type:
        return element("p:spPr", None, place)
    shape = rectangle()
    return element("p:spPr", None, place, shape, element("a:noFill"))


def _ph(frame: Frame) -> Element | None:
    """Which placeholder a shape is; None for a box of its own."""
    if not frame.type:
        return None
    small = "quarter" if frame.type in ("dt", "ftr", "sldNum") else None
    return element("p:ph", {"type": frame.type, "sz": small, "idx": frame.idx or None})


def _picture(shape: int, fill: PictureFill, refs: _Refs) -> Element:
    """A PNG that every viewer shows, and in its extension the SVG that newer ones show ([MS-ODRAWXML] 2.2.41)."""
    shown, drawn = (refs.id(Ref(RELATIONSHIP_TYPE.IMAGE, extension)) for extension in ("png", "svg"))
    extension = element("a:ext", {"uri": _SVG}, element("asvg:svgBlip", {"r:embed": drawn}))
    return element(
        "p:pic",
        None,
        element(
            "p:nvPicPr",
            None,
            element("p:cNvPr", {"id": shape, "name": fill.frame.name, "descr": plain(fill.alt)}),
            element("p:cNvPicPr", None, element("a:picLocks", {"noGrp": 1, "noChangeAspect": 1})),
            element("p:nvPr", None, _ph(fill.frame)),
        ),
        element(
            "p:blipFill",
            None,
            element("a:blip", {"r:embed": shown}, element("a:extLst", None, extension)),
            element("a:stretch", None, element("a:fillRect")),
        ),
        element(
            "p:spPr",
            None,
            transform("a:xfrm", *fill.box),
            rectangle(),
        ),
    )


def _chart(shape: int, fill: ChartFill, refs: _Refs, scheme: Mapping[str, str]) -> Element:
    """A chart of PowerPoint's own, with the workbook that it is edited in."""
    from slides import chartpart  # noqa: PLC0415 - XlsxWriter is needed for none but these

    made = ChartPart(chartpart.part(fill.chart, scheme, BOOK), chartpart.workbook(fill.chart))
    link = element("c:chart", {"r:id": refs.id(Ref(RELATIONSHIP_TYPE.CHART, made))})
    return _graphic(shape, fill, (fill.frame.width, fill.frame.height), element("a:graphicData", {"uri": _CHART}, link))


def _table(shape: int, fill: TableFill, context: Context) -> Element:
    rows = [
        element("a:tr", {"h": emu(height)}, *(_cell(text, fill, n, context) for n, text in enumerate(row)))
        for row, height in zip(fill.rows, fill.heights, strict=True)
    ]
    style = worded("a:tableStyleId", TABLE_STYLE)
    table = element(
        "a:tbl",
        None,
        element("a:tblPr", {"firstRow": 1, "firstCol": 1 if fill.row_heads else None}, style),
        element("a:tblGrid", None, *(element("a:gridCol", {"w": emu(width)}) for width in fill.widths)),
        *rows,
    )
    size = (sum(fill.widths), sum(fill.heights))
    return _graphic(shape, fill, size, element("a:graphicData", {"uri": _TABLE}, table))


def _graphic(shape: int, fill: ChartFill | TableFill, size: tuple[float, float], data: Element) -> Element:
    """The frame of a chart or a table in its placeholder, of this width and height."""
    frame = fill.frame
    return element(
        "p:graphicFrame",
        None,
        element(
            "p:nvGraphicFramePr",
            None,
            element("p:cNvPr", {"id": shape, "name": frame.name, "descr": plain(fill.alt)}),
            element("p:cNvGraphicFramePr", None, element("a:graphicFrameLocks", {"noGrp": 1})),
            element("p:nvPr", None, _ph(frame)),
        ),
        transform("p:xfrm", frame.x, frame.y, *size),
        element("a:graphic", None, data),
    )


def _cell(text: Any, fill: TableFill, n: int, context: Context) -> Element:
    runs = text_runs(text, context)
    for run in runs:
        run[0].set("sz", str(hundredths(fill.size)))
    empty = [] if runs else [element("a:endParaRPr", {"lang": context.language, "sz": hundredths(fill.size)})]
    forward = FORWARD if fill.frame.stated else {}
    para = paragraph([*runs, *empty], **(forward | ({"algn": "r"} if fill.numeric[n] else {}) | turned(text)))
    left, top, right, bottom = (emu(margin) for margin in MARGINS)
    left, right = 0 if n == 0 else left, 0 if n == len(fill.widths) - 1 else right
    return element(
        "a:tc",
        None,
        element("a:txBody", None, element("a:bodyPr"), element("a:lstStyle"), para),
        element("a:tcPr", {"marL": left, "marR": right, "marT": top, "marB": bottom}),
    )


# --- notes ---------------------------------------------------------------------------------------------


def _note(note: Note, context: Context) -> Element:
    runs = text_runs(note.text, context, bold=note.bold)
    placed = turned(note.text) if note.prose else {}
    if not note.label:
        return paragraph(runs, marL=0, indent=0, **placed)
    label = worded("a:t", f"{note.label}\t")
    runs.insert(0, element("a:r", None, element("a:rPr", {"lang": context.language}), label))
    return paragraph(runs, marL=emu(NOTE_HANG), indent=-emu(NOTE_HANG), **placed)


def _slide_image(shape: int) -> Element:
    role = element("p:nvPr", None, element("p:ph", {"type": "sldImg"}))
    use = filler(noRot=1, noChangeAspect=1)
    return sheet_shape(shape, "Slide Image", use, role, element("p:spPr"), decorates=True)


def _notes_text(shape: int, body: Element) -> Element:
    role = element("p:nvPr", None, element("p:ph", {"type": "body", "idx": 1}))
    return sheet_shape(shape, "Notes", filler(), role, element("p:spPr"), body)
