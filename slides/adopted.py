"""The look of a template: takes its master and a layout, returns the deck's theme in the template's colours and fonts.

Charts and tables are drawn in it. A colour that is too pale for its ground is darkened (or lightened) until it can be
seen: 3:1 for marks, 4.5:1 for words (WCAG 2.2, 1.4.11 and 1.4.3).
"""

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

from lxml import etree  # type: ignore[import-untyped]
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml

from data.theme import Palette, Theme, contrast, luminance, mix
from slides.grid import Box
from slides.oxml import COLOUR_MAP, EMU, Element, name

_SHOWN = {own: shown for shown, own in COLOUR_MAP.items()}
_ACCENTS = tuple(f"accent{n}" for n in range(1, 7))
_MEASURED = {"Arial", "Arimo", "Helvetica", "Helvetica Neue", "Liberation Sans"}
"""Families with the widths of Arimo."""
_NARROWER = {
    "Aptos", "Arial Narrow", "Calibri", "Calibri Light", "Candara", "Carlito", "Corbel", "Garamond", "Gill Sans MT",
    "Liberation Serif", "Times New Roman",
}  # fmt: skip
_WIDER = 1.2
"""As much wider than Arimo as the widest usual families for slides (Verdana) set the same text."""
_INK, _WORDS, _MARKS = 7.0, 4.5, 3.0
_MOST_PIXELS = 40_000_000
_HALF = 127


def theme_name(master: Any) -> str:
    return str(_theme(master).get("name", ""))


def fonts(master: Any) -> tuple[str, ...]:
    """The families of headings and of text that a master's theme names."""
    scheme = next(_theme(master).iter(name("a:fontScheme")))
    found = (scheme.find(f"{name(f'a:{kind}Font')}/{name('a:latin')}") for kind in ("major", "minor"))
    return tuple(dict.fromkeys(one.get("typeface") for one in found if one is not None and one.get("typeface")))


def strange(families: tuple[str, ...]) -> tuple[str, ...]:
    """Those whose widths nothing here knows."""
    return tuple(family for family in families if family not in _MEASURED)


def adopted(theme: Theme, layout: Any) -> tuple[Theme, dict[str, str]]:
    """The theme in the colours and fonts of a layout's template, and the names of colours in the file, by colour."""
    master = layout.slide_master
    scheme = _scheme(master)
    ground = _ground(layout, scheme)
    ink = _ink(scheme, ground)
    accents = [scheme[accent] for accent in _ACCENTS]
    apart = tuple(dict.fromkeys(_seen(accent, ground, _MARKS) for accent in accents))
    palette = Palette(
        ink=ink,
        muted=_seen(mix(ink, ground, 0.72), ground, _WORDS),
        rule=mix(ink, ground, 0.25),
        tint=mix(ink, ground, 0.07),
        paper=ground,
        accent=_seen(accents[0], ground, _WORDS),
        # as many as the briefing's: what is beyond its palette is neutral in the report, and in the deck too
        series=(*apart, *_spare(apart, theme, ground))[: len(theme.palette.series)],
    )
    families = fonts(master)
    known = all(family in _MEASURED for family in families)
    near = all(family in _MEASURED | _NARROWER for family in families)
    width = 1.0 if known else 1.03 if near else _WIDER
    return replace(theme, palette=palette, fonts=replace(theme.fonts, slide_width=width)), _named(scheme)


def inks(layout: Any) -> Callable[[Box], str]:
    """What tells the colour of a text of the deck's own that stands in a box on a layout, by its name if it has one; ""
    where the usual one can be read: many a template is dark in its master alone, and gives its placeholders light
    text."""
    scheme = _scheme(layout.slide_master)
    named = _named(scheme)

    def ink(box: Box) -> str:
        ground = _ground(layout, scheme, box)
        colour = _ink(scheme, ground)
        return "" if contrast(scheme["tx1"], ground) >= _WORDS else named.get(colour, colour)

    return ink


def faint_links(layout: Any) -> bool:
    """Whether the theme's colour of links has too little contrast on the layout's ground."""
    scheme = _scheme(layout.slide_master)
    return contrast(scheme["hlink"], _ground(layout, scheme)) < _WORDS


def obstacles(layout: Any) -> Iterator[Box]:
    """The boxes of what a layout and its master show besides placeholders, grounds apart: logos, bars, lines."""
    return (_box(shape) for sheet in _shown(layout) for shape in _drawn(sheet) if not _covers(shape, layout))


# --- colours -------------------------------------------------------------------------------------------------------


def _theme(master: Any) -> Element:
    return parse_xml(master.part.part_related_by(RELATIONSHIP_TYPE.THEME).blob)


def _scheme(master: Any) -> dict[str, str]:
    """The names that slides use -> colours, as the master maps them (ECMA-376 part 1, 19.3.1.6)."""
    colours = next(_theme(master).iter(name("a:clrScheme")))
    given = {etree.QName(one).localname: _own(one[0]) for one in colours}
    mapped = master._element.find(name("p:clrMap"))
    usual = COLOUR_MAP | {key: key for key in (*_ACCENTS, "hlink")}
    return {key: given.get(mapped.get(key, other), "#000000") for key, other in usual.items()}


def _own(colour: Element) -> str:
    """A colour that is given outright; a system's colour is as it last was."""
    value = colour.get("lastClr") or colour.get("val") or "000000"
    return f"#{value.lower()}" if len(value) == 6 else {"window": "#ffffff"}.get(value, "#000000")


def _resolved(fill: Element | None, scheme: dict[str, str]) -> str:
    """A fill's colour, of a gradient the first; "" where it has none that can be told."""
    if fill is None:
        return ""
    for colour in fill.iter(name("a:srgbClr"), name("a:schemeClr"), name("a:sysClr")):
        value = colour.get("val", "")
        plain = scheme.get(_SHOWN.get(value, value), "")
        start = plain if colour.tag == name("a:schemeClr") else _own(colour)
        return _shifted(start, colour) if start else ""
    return ""


def _shifted(colour: str, given: Element) -> str:
    """Luminance modulated and offset (ECMA-376 part 1, 20.1.2.3.20 and 20.1.2.3.21), as mixing with black or white."""
    for change in given:
        share = int(change.get("val", "100000")) / 100000
        kind = etree.QName(change).localname
        if kind in ("lumMod", "shade"):
            colour = mix(colour, "#000000", share)
        elif kind == "tint":
            colour = mix(colour, "#ffffff", share)
        elif kind == "lumOff":
            colour = mix("#ffffff", colour, share)
    return colour


def _ground(layout: Any, scheme: dict[str, str], box: Box | None = None) -> str:
    """What lies under a layout's text, or under a box on it: the topmost shape that fills the slide or holds the box,
    else the background, its own or the master's."""
    for sheet in _shown(layout):
        for shape in reversed(_drawn(sheet)):
            if _covers(shape, layout) or (box and _holds(_box(shape), box)):
                found = _resolved(shape._element.find(f"{name('p:spPr')}/{name('a:solidFill')}"), scheme)
                found = found or _pictured(shape._element, sheet.part)
                if found:
                    return found
    for sheet in (layout, layout.slide_master):
        background = sheet._element.find(f"{name('p:cSld')}/{name('p:bg')}")
        if background is not None:
            return _pictured(background, sheet.part) or _resolved(background, scheme) or scheme["bg1"]
    return scheme["bg1"]


def _pictured(filled: Element, part: Any) -> str:
    """The mean colour of the picture that fills a background or a shape; "" where there is none that can be told."""
    blip = next(filled.iter(name("a:blip")), None)
    rel = None if blip is None else part.rels.get(blip.get(name("r:embed")))
    return "" if rel is None or rel.is_external else _mean(rel.target_part.blob)


@lru_cache(maxsize=16)
def _mean(content: bytes) -> str:
    from PIL import Image  # noqa: PLC0415 - few templates have such a picture

    try:
        with Image.open(io.BytesIO(content)) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                return ""
            red, green, blue, opaque = picture.convert("RGBA").resize((1, 1), Image.Resampling.BOX).tobytes()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return ""  # a drawing, or damaged
    return f"#{red:02x}{green:02x}{blue:02x}" if opaque > _HALF else ""


def _shown(layout: Any) -> tuple[Any, ...]:
    """The sheets whose shapes a slide on this layout shows, the upper first (ECMA-376 part 1, 19.3.1.39)."""
    return (layout,) if layout._element.get("showMasterSp") in ("0", "false") else (layout, layout.slide_master)


def _drawn(sheet: Any) -> list[Any]:
    """What a sheet shows besides placeholders."""
    return [shape for shape in sheet.shapes if not shape.is_placeholder and shape.width is not None]


def _box(shape: Any) -> Box:
    return shape.left / EMU, shape.top / EMU, shape.width / EMU, shape.height / EMU


def _holds(outer: Box, inner: Box) -> bool:
    return all(
        outer[axis] <= inner[axis] and inner[axis] + inner[axis + 2] <= outer[axis] + outer[axis + 2] for axis in (0, 1)
    )


def _covers(shape: Any, layout: Any) -> bool:
    """Whether a shape is a ground: it takes more than half of the slide."""
    presentation = layout.part.package.presentation_part.presentation
    return bool(shape.width * shape.height > presentation.slide_width * presentation.slide_height / 2)


def _named(scheme: dict[str, str]) -> dict[str, str]:
    """The names of colours, by colour: the first of several."""
    return {scheme[key]: key for key in reversed(("tx1", "bg1", "tx2", "bg2", *_ACCENTS))}


def _ink(scheme: dict[str, str], ground: str) -> str:
    """The colour of text on a ground: the usual one, or that of the usual ground, or else one made of the first."""
    usual = (scheme[key] for key in ("tx1", "bg1"))
    return next((one for one in usual if contrast(one, ground) >= _INK), _seen(scheme["tx1"], ground, _INK))


def _seen(colour: str, ground: str, least: float) -> str:
    """The colour, moved away from its ground until it has that contrast."""
    end = "#000000" if luminance(ground) > 0.18 else "#ffffff"
    for n in range(21):
        moved = mix(end, colour, n / 20)
        if contrast(moved, ground) >= least:
            return moved
    return end


def _spare(taken: tuple[str, ...], theme: Theme, ground: str) -> Iterator[str]:
    """Colours of the house for populations that the template has no colour for."""
    more = (_seen(colour, ground, _MARKS) for colour in theme.palette.series)
    yield from (colour for colour in dict.fromkeys(more) if colour not in taken)
