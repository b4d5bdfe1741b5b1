"""The preview: takes the bytes of a .pptx, returns each of its slides as an SVG picture for a browser.

A preview and no more: the browser wraps the text, in its own Arial; effects, groups and table styles are left out. What
stands where, how large and in which colour is read as the programs that show decks read it: from a shape itself, then
from its layout's placeholder, its master's, and the master's text styles (ECMA-376 part 1, 19.3.1.36, 21.1.2.4).
Anybody may have edited the deck: what may be left out has its default, and a slide that defies drawing says so.
"""

import io
import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from lxml import etree  # type: ignore[import-untyped]
from PIL import ImageColor
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE

from slides.grid import Box
from slides.oxml import EMU, PLACEHOLDER_BASE, Element, name

_HTML = 'xmlns="http://www.w3.org/1999/xhtml"'
_STYLES = {"title": "p:titleStyle", "ctrTitle": "p:titleStyle", "body": "p:bodyStyle", "subTitle": "p:bodyStyle"}
_ALIGN = {"ctr": "center", "r": "right", "just": "justify"}
_ANCHOR = {"ctr": "center", "b": "end"}
_INSETS = {"tIns": 3.6, "rIns": 7.2, "bIns": 3.6, "lIns": 7.2}
_MARGINS = {"marT": 3.6, "marR": 7.2, "marB": 3.6, "marL": 7.2}
"""What surrounds the text of a shape and of a cell that say nothing of it (21.1.2.1.1, 21.1.3.17), in points."""
_SIZE = (720.0, 540.0)
"""Of a deck that does not tell its own (19.2.1.39)."""
_UNITS = {"mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0, "pt": 1.0, "pc": 12.0, "pi": 12.0, None: 1 / EMU}
_LENGTH = re.compile(r"(-?\d+(?:\.\d+)?)(mm|cm|in|pt|pc|pi)?")
"""A coordinate has EMU or a unit of its own (20.1.10.16, 22.9.2.15)."""
_SHORT = {"dk": "dark", "lt": "light", "med": "medium"}
"""How preset colours (20.1.10.48) may begin, which are CSS's otherwise."""
_PICTURES = {"svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg"}
_HEAD = "font-weight:bold;border-bottom:1px solid"


def preview(pptx: bytes) -> tuple[str, ...]:
    """One SVG document a slide, measured in points, which needs nothing else. ValueError if this is no whole deck."""
    try:
        presentation = Presentation(io.BytesIO(pptx))
        sides = (presentation.slide_width, presentation.slide_height)
        slides = tuple(presentation.slides)
    except Exception as error:  # python-pptx checks nothing, and raises what the damage leads to
        raise ValueError("no deck that can be read") from error
    width, height = (side / EMU if side else usual for side, usual in zip(sides, _SIZE, strict=True))
    return tuple(_drawn(slide, width, height) for slide in slides)


def _drawn(slide: Any, width: float, height: float) -> str:
    try:
        return _Slide(slide).svg(width, height)
    except Exception:  # as above
        words = "<p>This slide cannot be shown here; open the deck to see it.</p>"
        return _svg(width, height, "#ffffff", _foreign((0, 0, width, height), "padding:5%;font-size:18px", words))


class _Slide:
    def __init__(self, slide: Any) -> None:
        layout = slide.slide_layout.part
        master = slide.slide_layout.slide_master.part
        self.parts = [slide.part, layout, master]
        self.levels = [part._element for part in self.parts]
        self.styles = master._element.find(name("p:txStyles"))
        theme = etree.fromstring(master.part_related_by(RELATIONSHIP_TYPE.THEME).blob)
        self.colours = dict(_colours(theme, master._element))

    def svg(self, width: float, height: float) -> str:
        grounds = (self._colour(level.find(f"{name('p:cSld')}/{name('p:bg')}")) for level in self.levels)
        ground = next(filter(None, grounds), "#ffffff")
        return _svg(
            width, height, ground, "".join(shape for part in reversed(self.parts) for shape in self._shapes(part))
        )

    def _shapes(self, part: Any) -> Iterator[str]:
        """The shapes of the slide; of its layout and its master those that are no placeholders."""
        for shape in part._element.find(f"{name('p:cSld')}/{name('p:spTree')}"):
            holder = shape.find(f".//{name('p:ph')}")
            if holder is not None and part is not self.parts[0]:
                continue
            chain = [shape, *self._ancestors(holder)]
            box = _box(chain)
            if box is None:
                continue
            if shape.tag == name("p:sp"):
                yield from self._shape(shape, box, chain, holder)
            elif shape.tag == name("p:pic"):
                yield from _picture(shape, box, part)
            elif shape.tag == name("p:graphicFrame"):
                yield from self._graphic(shape, box)

    def _ancestors(self, holder: Element | None) -> Iterator[Element]:
        """The layout's placeholder of the same index, or else type, and the master's of its type."""
        if holder is None:
            return
        kind, index = holder.get("type", "obj"), holder.get("idx", "0")
        own = [(shape, shape.find(f".//{name('p:ph')}")) for shape in self.levels[1].iter(name("p:sp"), name("p:pic"))]
        placed = [(shape, ph) for shape, ph in own if ph is not None]
        found = next((pair for pair in placed if pair[1].get("idx", "0") == index), None) or next(
            (pair for pair in placed if pair[1].get("type", "obj") == kind), None
        )
        if found:
            yield found[0]
            kind = found[1].get("type", "obj")
        for shape in self.levels[2].iter(name("p:sp")):
            ph = shape.find(f".//{name('p:ph')}")
            if ph is not None and ph.get("type", "obj") == PLACEHOLDER_BASE.get(kind, kind):
                yield shape

    # --- kinds of shapes ---------------------------------------------------------------------------------------------

    def _shape(self, shape: Element, box: Box, chain: list[Element], holder: Element | None) -> Iterator[str]:
        x, y, width, height = box
        fill = self._colour(shape.find(name("p:spPr")))
        if fill:
            yield f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" fill="{fill}"/>'
        body = shape.find(name("p:txBody"))
        if body is None:
            return
        bodies = [found for found in (one.find(f"{name('p:txBody')}/{name('a:bodyPr')}") for one in chain)
                  if found is not None]  # fmt: skip
        insets = " ".join(f"{_length(_first(bodies, key), default):g}px" for key, default in _INSETS.items())
        anchor = _ANCHOR.get(_first(bodies, "anchor") or "", "start")
        kind = holder.get("type", "obj") if holder is not None else ""
        style = name(_STYLES.get(kind, "p:bodyStyle" if kind == "obj" else "p:otherStyle"))
        styles = [] if self.styles is None else self.styles.findall(style)
        lists = [found for found in (one.find(f"{name('p:txBody')}/{name('a:lstStyle')}") for one in chain)
                 if found is not None]  # fmt: skip
        text = "".join(self._paragraphs(body, [*lists, *styles]))
        yield _foreign(box, f"display:flex;flex-direction:column;justify-content:{anchor};padding:{insets}", text)

    def _graphic(self, shape: Element, box: Box) -> Iterator[str]:
        table = shape.find(f".//{name('a:tbl')}")
        if table is None:
            yield _described(shape, box, "Editable chart.")
            return
        widths = [_length(column.get("w")) for column in table.iter(name("a:gridCol"))]
        columns = "".join(f'<col style="width:{width:g}px"/>' for width in widths)
        rows = []
        for number, row in enumerate(table.iter(name("a:tr"))):
            cells = []
            for cell in row.iter(name("a:tc")):
                edges = cell.findall(name("a:tcPr"))
                margins = " ".join(f"{_length(_first(edges, key), usual):g}px" for key, usual in _MARGINS.items())
                style = f"padding:{margins};{_HEAD if number == 0 else 'border-bottom:1px solid #ccc'}"
                text = "".join(part for body in cell.findall(name("a:txBody")) for part in self._paragraphs(body, []))
                cells.append(f'<td style="vertical-align:top;{style}">{text}</td>')
            rows.append(f'<tr style="height:{_length(row.get("h")):g}px">{"".join(cells)}</tr>')
        style = f"border-collapse:collapse;table-layout:fixed;width:{sum(widths):g}px"
        yield _foreign(box, "", f'<table style="{style}"><colgroup>{columns}</colgroup>{"".join(rows)}</table>')

    # --- text --------------------------------------------------------------------------------------------------------

    def _paragraphs(self, body: Element, lists: list[Element]) -> Iterator[str]:
        number = 0
        for paragraph in body.iter(name("a:p")):
            own = paragraph.find(name("a:pPr"))
            level = int(own.get("lvl", 0)) + 1 if own is not None else 1
            levels = [found for found in (one.find(name(f"a:lvl{level}pPr")) for one in lists) if found is not None]
            levels = ([own] if own is not None else []) + levels
            defaults = [found for found in (one.find(name("a:defRPr")) for one in levels) if found is not None]
            before = next(
                (one.find(name("a:spcBef")) for one in levels if one.find(name("a:spcBef")) is not None), None
            )
            points = before.find(name("a:spcPts")) if before is not None else None
            margin, indent = (_length(_first(levels, key)) for key in ("marL", "indent"))
            bullet, number = _bullet(levels, number)
            runs = "".join(self._runs(paragraph, defaults))
            label = (
                f'<span style="position:absolute;inset-inline-start:{margin + indent:g}px">{bullet}</span>'
                if bullet
                else ""
            )
            sizes = [*paragraph.iter(name("a:rPr"), name("a:endParaRPr")), *defaults]
            size = int(_first(sizes, "sz") or 1800) / 100
            gap = int(points.get("val")) / 100 if points is not None else 0
            turned = _first(levels, "rtl") in ("1", "true")  # whatever its letters are
            yield (
                f'<p style="position:relative;margin:{gap:g}px 0 0'
                f";padding-inline-start:{margin:g}px;text-align:{_ALIGN.get(_first(levels, 'algn') or '', 'start')};"
                f'font-size:{size:g}px;color:{self._first_colour(defaults)}"'
                f' dir="{"rtl" if turned else "ltr"}">{label}{runs or "&#160;"}</p>'
            )

    def _runs(self, paragraph: Element, defaults: list[Element]) -> Iterator[str]:
        for run in paragraph.iter(name("a:r"), name("a:fld"), name("a:br")):
            if run.tag == name("a:br"):
                yield "<br/>"
                continue
            own = run.find(name("a:rPr"))
            chain = ([own] if own is not None else []) + defaults
            style = f"font-size:{int(_first(chain, 'sz') or 1800) / 100:g}px;color:{self._first_colour(chain)}"
            style += ";font-weight:bold" if _first(chain, "b") in ("1", "true") else ""
            style += ";font-style:italic" if _first(chain, "i") in ("1", "true") else ""
            yield f'<span style="{style}">{escape(run.findtext(name("a:t")) or "")}</span>'

    def _first_colour(self, chain: list[Element]) -> str:
        return next(filter(None, map(self._colour, chain)), self.colours.get("tx1", "#000000"))

    def _colour(self, holder: Element | None) -> str:
        """The colour of a solid fill right in `holder`, or in its background properties; "" if it has none."""
        if holder is None:
            return ""
        fill = holder.find(name("a:solidFill"))
        if fill is None:
            fill = holder.find(f"{name('p:bgPr')}/{name('a:solidFill')}")
        colour = fill.find("*") if fill is not None else None
        if colour is None:
            return ""
        return self.colours.get(colour.get("val"), "") if colour.tag == name("a:schemeClr") else _own(colour)


def _colours(theme: Element, master: Element) -> Iterator[tuple[str, str]]:
    """The theme's colours by their own names and by those that the master maps onto them."""
    own = {
        etree.QName(one).localname: _own(one.find("*")) or "#000000"
        for one in theme.find(f".//{name('a:clrScheme')}").iterchildren("*")
    }
    yield from own.items()
    for key, value in _attributes(master.find(name("p:clrMap"))).items():
        yield key, own.get(value, "#000000")


def _own(colour: Element) -> str:
    """A colour that is none of a theme's: by its digits, by its name, or as the system last had it; "" if unknown."""
    value = colour.get("lastClr") or colour.get("val") or ""
    if colour.tag == name("a:prstClr"):
        value = re.sub("^(dk|lt|med)(?=[A-Z])", lambda match: _SHORT[match[1]], value).lower()
        value = bytes(ImageColor.getrgb(value)[:3]).hex() if value in ImageColor.colormap else ""
    return f"#{value}" if re.fullmatch("[0-9A-Fa-f]{6}", value) else ""


def _attributes(element: Element) -> Mapping[str, str]:
    return dict(element.attrib)


def _box(chain: list[Element]) -> Box | None:
    for shape in chain:
        for path in (f"{name('p:spPr')}/{name('a:xfrm')}", name("p:xfrm")):
            frame = shape.find(path)
            off, ext = (frame.find(name("a:off")), frame.find(name("a:ext"))) if frame is not None else (None, None)
            if off is not None and ext is not None:
                return _length(off.get("x")), _length(off.get("y")), _length(ext.get("cx")), _length(ext.get("cy"))
    return None


def _length(text: str | None, usual: float = 0.0) -> float:
    """Points; `usual` where nothing is written, or no length."""
    match = _LENGTH.fullmatch(text or "")
    return float(match[1]) * _UNITS[match[2]] if match else usual


def _picture(shape: Element, box: Box, part: Any) -> Iterator[str]:
    """Only what lies in the deck is shown: for no preview is an address asked."""
    blips = [*shape.iter(name("asvg:svgBlip")), *shape.iter(name("a:blip"))]
    id = _first(blips, name("r:embed"))
    image = part.related_part(id) if id else None
    kind = _PICTURES.get(image.partname.ext.lower()) if image else None
    if image is None or kind is None:
        yield _described(shape, box, "Picture.")
        return
    x, y, width, height = box
    yield (
        f'<image x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" '
        f'href="data:{kind};base64,{b64encode(image.blob).decode()}"/>'
    )


def _described(shape: Element, box: Box, what: str) -> str:
    """A frame with the text alternative of what cannot be drawn here."""
    words = escape(shape.find(f".//{name('p:cNvPr')}").get("descr", ""))
    return _foreign(box, "border:1px dashed #888;font-size:12px", f"<div><b>{what}</b> {words}</div>")


def _first(chain: list[Element], key: str) -> str | None:
    return next((one.get(key) for one in chain if one.get(key) is not None), None)


def _bullet(levels: list[Element], number: int) -> tuple[str, int]:
    """The label of a paragraph, and its number if it is numbered."""
    for level in levels:
        for child in level:
            if child.tag == name("a:buNone"):
                return "", number
            if child.tag == name("a:buChar"):
                return escape(child.get("char", "")), number
            if child.tag == name("a:buAutoNum"):
                number = max(number + 1, int(child.get("startAt", 1)))
                return f"{number}", number
    return "", number


def _svg(width: float, height: float, ground: str, content: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
        f'height="{height:g}"><rect width="100%" height="100%" fill="{ground}"/>{content}</svg>'
    )


def _foreign(box: Box, style: str, content: str) -> str:
    x, y, width, height = box
    return (
        f'<foreignObject x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" style="overflow:visible">'
        f'<div {_HTML} style="box-sizing:border-box;width:{width:g}px;height:{height:g}px;line-height:1.17;'
        f'font-family:Arial,Arimo,Liberation Sans,sans-serif;{style}">{content}</div></foreignObject>'
    )
