"""XML of the deck: takes names, attributes and children, returns elements; knows DrawingML's units and run properties.

Namespaces and parts: ECMA-376 part 1 (PresentationML 19, DrawingML 21) and Microsoft's [MS-PPTX], [MS-ODRAWXML].
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from lxml import etree  # type: ignore[import-untyped]
from pptx.oxml import parse_xml

from slides.grid import Box

EMU = 12700
"""English Metric Units in a point (ECMA-376 part 1, 20.1.10.16)."""

NAMESPACES = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "c15": "http://schemas.microsoft.com/office/drawing/2012/chart",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "ds": "http://schemas.openxmlformats.org/officeDocument/2006/customXml",
    "p14": "http://schemas.microsoft.com/office/powerpoint/2010/main",
    "asvg": "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
    "ahyp": "http://schemas.microsoft.com/office/drawing/2018/hyperlinkcolor",
    "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
}

COLOUR_MAP = {"tx1": "dk1", "bg1": "lt1", "tx2": "dk2", "bg2": "lt2"}
"""The names of colours on slides -> those of the theme, as masters usually map them (ECMA-376 part 1, 19.3.1.6)."""

PLACEHOLDER_BASE = {"ctrTitle": "title", "subTitle": "body", "tbl": "body", "pic": "body", "obj": "body"}
"""The type of a placeholder -> that of the master's from which it inherits, where they differ."""

Element = Any
"""An lxml element; python-pptx adds classes of its own to some."""

Attributes = Mapping[str, object]


@cache
def name(tag: str) -> str:
    """`a:p` in Clark notation."""
    prefix, _, local = tag.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


@cache
def _empty(tag: str) -> Element:
    """An element to be copied, which takes a fifth of the time of making one."""
    prefix = tag.partition(":")[0]
    return etree.Element(name(tag), nsmap={prefix: NAMESPACES[prefix]})


@cache
def _key(attribute: str) -> str:
    return name(attribute) if ":" in attribute else attribute


def element(tag: str, attributes: Attributes | None = None, *children: Element | None) -> Element:
    """One element; attributes that are None and children that are None are left out."""
    made = _empty(tag).__copy__()
    for key, value in (attributes or {}).items():
        if value is not None:
            made.set(_key(key), str(value))
    if children:
        made.extend([child for child in children if child is not None])
    return made


def worded(tag: str, words: str) -> Element:
    """An element that holds text alone."""
    made = element(tag)
    made.text = words
    return made


def part_root(tag: str, attributes: Attributes | None, *children: Element | None) -> Element:
    """The root of a part with its three usual namespaces, as python-pptx's own element classes."""
    plain = etree.Element(name(tag), nsmap={prefix: NAMESPACES[prefix] for prefix in ("a", "r", "p")})
    for key, value in (attributes or {}).items():
        if value is not None:
            plain.set(_key(key), str(value))
    plain.extend(child for child in children if child is not None)
    etree.cleanup_namespaces(plain, keep_ns_prefixes=["a", "r", "p"])
    return parse_xml(etree.tostring(plain))


def to_bytes(root: Element) -> bytes:
    """The root of a part as its file."""
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return content


def emu(points: float) -> int:
    return round(points * EMU)


def hundredths(points: float) -> int:
    """Sizes of type are written in hundredths of a point (ECMA-376 part 1, 20.1.10.72)."""
    return round(points * 100)


def transform(tag: str, x: float, y: float, width: float, height: float) -> Element:
    return element(
        tag,
        None,
        element("a:off", {"x": emu(x), "y": emu(y)}),
        element("a:ext", {"cx": emu(width), "cy": emu(height)}),
    )


def solid(colour: str) -> Element:
    """A fill: "#rrggbb", or the name of a colour of the theme."""
    if colour.startswith("#"):
        return element("a:solidFill", None, element("a:srgbClr", {"val": colour[1:].upper()}))
    return element("a:solidFill", None, element("a:schemeClr", {"val": colour}))


def rectangle() -> Element:
    """The form of a text box, a picture or a panel."""
    return element("a:prstGeom", {"prst": "rect"}, element("a:avLst"))


def _decorative() -> Element:
    """Marks a shape as one that says nothing, so that a screen reader passes over it ([MS-ODRAWXML] 2.33)."""
    mark = element("adec:decorative", {"val": "1"})
    return element("a:extLst", None, element("a:ext", {"uri": "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"}, mark))


def sheet_shape(
    number: int, label: str, use: Element, role: Element, *content: Element | None, decorates: bool = False
) -> Element:
    """A shape with its number and name on its sheet (ECMA-376 part 1, 19.3.1.43): `use` is its p:cNvSpPr, `role` its
    p:nvPr, `content` what it looks like and says."""
    named = element("p:cNvPr", {"id": number, "name": label}, _decorative() if decorates else None)
    return element("p:sp", None, element("p:nvSpPr", None, named, use, role), *content)


def filler(**locks: int) -> Element:
    """The use of a shape that fills a placeholder, which is never grouped."""
    return element("p:cNvSpPr", None, element("a:spLocks", {"noGrp": 1, **locks}))


def panel(number: int, label: str, box: Box, colour: str) -> Element:
    """A filled rectangle without an outline that only decorates."""
    outline = element("a:ln", None, element("a:noFill"))
    look = element("p:spPr", None, transform("a:xfrm", *box), rectangle(), solid(colour), outline)
    role = element("p:nvPr", {"userDrawn": 1})
    return sheet_shape(number, label, element("p:cNvSpPr"), role, look, decorates=True)


def tree(shapes: Iterable[Element]) -> Element:
    """The shape tree of a slide, a layout or a master, with its group's obligatory head."""
    return element(
        "p:spTree",
        None,
        element(
            "p:nvGrpSpPr",
            None,
            element("p:cNvPr", {"id": 1, "name": ""}),
            element("p:cNvGrpSpPr"),
            element("p:nvPr"),
        ),
        element("p:grpSpPr"),
        *shapes,
    )
