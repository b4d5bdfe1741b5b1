"""The house template: takes the theme, returns a python-pptx presentation without slides, with our master and layouts.

It begins with python-pptx's default package and replaces what shows: colours, fonts, master, layouts, table style.
"""

from collections.abc import Mapping
from typing import Any

from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.parts.slide import SlideLayoutPart
from pptx.util import Emu

from data.theme import Palette, Theme
from slides.grid import HEIGHT, WIDTH, Box, Layout, Setting, Slot, layouts
from slides.oxml import (
    COLOUR_MAP,
    Element,
    element,
    emu,
    filler,
    hundredths,
    name,
    panel,
    part_root,
    rectangle,
    sheet_shape,
    solid,
    to_bytes,
    transform,
    tree,
    worded,
)
from slides.package import Deck

TABLE_STYLE = "{8C5B1F0A-6C0E-4E55-9B57-0D1E7A2C9F41}"
FIELD = "{7A0F9C52-3D1B-4C6A-8E27-5B90D4A1C3E6}"
_INDEX = {"dt": 10, "ftr": 11, "sldNum": 12}
_FIRST_SLOT = 13
_FIRST_LAYOUT_ID = 2147483649


def house_template(theme: Theme) -> Any:
    """A presentation of 13.333 by 7.5 inches with the layouts of `slides.grid`, in the theme's colours and fonts."""
    presentation = Deck.default().presentation
    presentation.slide_width, presentation.slide_height = Emu(emu(WIDTH)), Emu(emu(HEIGHT))
    _size(presentation)
    master = presentation.slide_master
    _colour(master.part, theme)
    _replace_master(master, theme)
    _replace_layouts(master, theme)
    _replace_notes_master(presentation, theme)
    styles = presentation.part.part_related_by(RELATIONSHIP_TYPE.TABLE_STYLES)
    table = _table_style(theme.palette, colour_names(theme.palette))
    styles._blob = to_bytes(element("a:tblStyleLst", {"def": TABLE_STYLE}, table))
    return presentation


def _size(presentation: Any) -> None:
    size = presentation.part._element.find(name("p:sldSz"))
    size.attrib.pop("type", None)


# --- theme ---------------------------------------------------------------------------------------------------------


def scheme(palette: Palette) -> dict[str, str]:
    """The twelve colours of a theme (ECMA-376 part 1, 20.1.6.2) from the palette."""
    series = (palette.accent, *(colour for colour in palette.series if colour != palette.accent))
    accents = {f"accent{n}": series[(n - 1) % len(series)] for n in range(1, 7)}
    texts = {"dk1": palette.ink, "lt1": palette.paper, "dk2": palette.muted, "lt2": palette.tint}
    return texts | accents | {"hlink": palette.accent, "folHlink": palette.muted}


def colour_names(palette: Palette) -> dict[str, str]:
    """A colour of the palette -> its name on slides and charts, the first of several."""
    mapped = {own: shown for shown, own in COLOUR_MAP.items()}
    return {colour: mapped.get(key, key) for key, colour in reversed(scheme(palette).items())}


def _colour(part: Any, theme: Theme) -> None:
    target = part.part_related_by(RELATIONSHIP_TYPE.THEME)
    root = parse_xml(target.blob)
    root.set("name", "Diptych")
    colours = next(root.iter(name("a:clrScheme")))
    colours.set("name", "Diptych")
    colours[:] = [
        element(f"a:{key}", None, element("a:srgbClr", {"val": value[1:].upper()}))
        for key, value in scheme(theme.palette).items()
    ]
    fonts = next(root.iter(name("a:fontScheme")))
    fonts.set("name", "Diptych")
    for family in fonts:
        family[:] = [
            element("a:latin", {"typeface": theme.fonts.slide}),
            element("a:ea", {"typeface": ""}),
            element("a:cs", {"typeface": theme.fonts.slide}),
        ]
    target._blob = to_bytes(root)


# --- master and layouts --------------------------------------------------------------------------------------------


def _replace_master(master: Any, theme: Theme) -> None:
    root = master._element
    slots = next(layout for layout in layouts(theme.slides) if layout.name == "Statement").slots
    wanted = {"title": "Title", "body": "Points", "dt": "Date", "ftr": "Footer", "sldNum": "Number"}
    shapes = [
        _placeholder(number, next(slot for slot in slots if slot.name == label), index)
        for number, (label, index) in enumerate(zip(wanted.values(), (None, 1, 2, 3, 4), strict=True), start=2)
    ]
    content = root.find(name("p:cSld"))
    content[:] = [_ground(), tree(shapes)]
    styles = root.find(name("p:txStyles"))
    sizes = theme.slides
    body = [Setting(sizes.body, bullet=True, before=12, hang=20)]
    body += [Setting(max(sizes.body - 2 * n, sizes.body_floor), bullet=True, before=6, hang=20) for n in range(1, 5)]
    styles[:] = [
        element("p:titleStyle", None, _level(1, Setting(sizes.title, bold=True, spacing=0.95), "l")),
        element("p:bodyStyle", None, *(_level(n, setting, "l") for n, setting in enumerate(body, start=1))),
        element("p:otherStyle", None, _level(1, Setting(10, "tx2"), "l")),
    ]


def _ground() -> Element:
    return element("p:bg", None, element("p:bgPr", None, solid("bg1"), element("a:effectLst")))


def _replace_layouts(master: Any, theme: Theme) -> None:
    part, package = master.part, master.part.package
    listed = master._element.find(name("p:sldLayoutIdLst"))
    for entry in list(listed):
        part.rels.pop(entry.get(name("r:id")))
        listed.remove(entry)
    for number, layout in enumerate(layouts(theme.slides), start=1):
        made = SlideLayoutPart(
            PackURI(f"/ppt/slideLayouts/slideLayout{number}.xml"),
            CONTENT_TYPE.PML_SLIDE_LAYOUT,
            package,
            _layout(layout),
        )
        made.relate_to(part, RELATIONSHIP_TYPE.SLIDE_MASTER)
        link = part.relate_to(made, RELATIONSHIP_TYPE.SLIDE_LAYOUT)
        listed.append(element("p:sldLayoutId", {"id": _FIRST_LAYOUT_ID + number, "r:id": link}))


def _layout(layout: Layout) -> Element:
    panels = [
        panel(number, f"Panel {number - 1}", one.box, one.colour) for number, one in enumerate(layout.panels, start=2)
    ]
    first = len(panels) + 2
    shapes = [
        _placeholder(first + n, slot, _INDEX.get(slot.type, None if slot.type in _TITLES else _FIRST_SLOT + n), layout)
        for n, slot in enumerate(layout.slots)
    ]
    return part_root(
        "p:sldLayout",
        {"type": layout.type, "preserve": 1, "userDrawn": 1},
        element("p:cSld", {"name": layout.name}, tree([*panels, *shapes])),
        element("p:clrMapOvr", None, element("a:masterClrMapping")),
    )


_TITLES = ("title", "ctrTitle")


def _placeholder(number: int, slot: Slot, index: int | None, layout: Layout | None = None) -> Element:
    levels = [_level(n, setting, slot.align) for n, setting in enumerate(slot.levels, start=1)]
    last = slot.levels[-1]
    levels += [_level(n, last, slot.align) for n in range(len(levels) + 1, 6) if slot.type == "body"]
    given = {
        "type": slot.type,
        "sz": "quarter" if slot.type in _INDEX else None,
        "idx": index,
        "hasCustomPrompt": 1 if slot.prompt and layout else None,
    }
    role = element("p:nvPr", None, element("p:ph", given))
    look = element("p:spPr", None, transform("a:xfrm", *slot.box), rectangle())
    frame = {"vert": "horz", "wrap": "square", "lIns": 0, "tIns": 0, "rIns": 0, "bIns": 0, "anchor": slot.anchor}
    insets = element("a:bodyPr", frame, element("a:normAutofit"))
    body = element("p:txBody", None, insets, element("a:lstStyle", None, *levels), _sample(slot))
    return sheet_shape(number, slot.name, filler(), role, look, body)


def _sample(slot: Slot) -> Element:
    if slot.type == "sldNum":
        language = element("a:rPr", {"lang": "en-US"})
        field = element("a:fld", {"id": FIELD, "type": "slidenum"}, language, worded("a:t", "‹#›"))
        return element("a:p", None, field)
    return element(
        "a:p", None, element("a:r", None, element("a:rPr", {"lang": "en-US"}), worded("a:t", slot.prompt or slot.name))
    )


def _level(number: int, setting: Setting, align: str) -> Element:
    left = setting.hang * number if setting.bullet else setting.hang
    return element(
        f"a:lvl{number}pPr",
        {"marL": emu(left), "indent": -emu(setting.hang), "algn": align, "rtl": 0},
        element("a:lnSpc", None, element("a:spcPct", {"val": round(setting.spacing * 100000)})),
        element("a:spcBef", None, element("a:spcPts", {"val": hundredths(setting.before)})),
        element("a:spcAft", None, element("a:spcPts", {"val": 0})),
        *(_bullet() if setting.bullet else (element("a:buNone"),)),
        element(
            "a:defRPr",
            {"sz": hundredths(setting.size), "b": int(setting.bold), "kern": 1200},
            solid(setting.colour),
            element("a:latin", {"typeface": "+mn-lt"}),
            element("a:ea", {"typeface": "+mn-ea"}),
            element("a:cs", {"typeface": "+mn-cs"}),
        ),
    )


def _bullet() -> tuple[Element, ...]:
    return (
        element("a:buClr", None, element("a:schemeClr", {"val": "accent2"})),
        element("a:buFont", {"typeface": "Arial"}),
        element("a:buChar", {"char": "•"}),
    )


# --- notes and tables ----------------------------------------------------------------------------------------------

_NOTES_PICTURE: Box = (36, 36, 256, 144)
_NOTES_TEXT: Box = (36, 194, 468, 488)


def _replace_notes_master(presentation: Any, theme: Theme) -> None:
    """The notes page leaves two thirds to the text, because the notes hold a section's whole prose."""
    master = presentation.part.notes_master_part
    _colour(master, theme)
    for shape in master._element.iter(name("p:sp")):
        holder = next(shape.iter(name("p:ph")))
        box = {"sldImg": _NOTES_PICTURE, "body": _NOTES_TEXT}.get(holder.get("type"))
        if box is not None:
            properties = shape.find(name("p:spPr"))
            properties.replace(properties.find(name("a:xfrm")), transform("a:xfrm", *box))
    style = master._element.find(name("p:notesStyle"))
    style[:] = [_level(1, Setting(12, before=4), "l")]
    root = presentation.part._element
    link = presentation.part.relate_to(master, RELATIONSHIP_TYPE.NOTES_MASTER)
    root.insert(1, element("p:notesMasterIdLst", None, element("p:notesMasterId", {"r:id": link})))
    root.find(name("p:notesSz")).set("cx", str(emu(540)))
    root.find(name("p:notesSz")).set("cy", str(emu(720)))


def furnish(presentation: Any, palette: Palette, names: Mapping[str, str]) -> None:
    """Give a template that others made the table style, in the colours that are seen on its ground, and if it has none
    a notes page with a box for text and the settings of the view, which LibreOffice leaves out."""
    part = presentation.part
    masters = [rel for rel in part.rels.values() if rel.reltype == RELATIONSHIP_TYPE.NOTES_MASTER]
    holders = [one.get("type") for rel in masters for one in rel.target_part._element.iter(name("p:ph"))]
    if "body" not in holders:
        for rel in masters:
            part.rels.pop(rel.rId)
        for listed in part._element.findall(name("p:notesMasterIdLst")):
            part._element.remove(listed)
        _replace_notes_master(presentation, Theme())
    _related(part, RELATIONSHIP_TYPE.VIEW_PROPS, CONTENT_TYPE.PML_VIEW_PROPS, part_root("p:viewPr", None))
    empty = element("a:tblStyleLst", {"def": TABLE_STYLE})
    styles = _related(part, RELATIONSHIP_TYPE.TABLE_STYLES, CONTENT_TYPE.PML_TABLE_STYLES, empty)
    given = parse_xml(styles.blob)
    if TABLE_STYLE not in [one.get("styleId") for one in given]:
        given.append(_table_style(palette, names))
    styles._blob = to_bytes(given)


def _related(part: Any, type: str, content_type: str, root: Element) -> Any:
    """The part to which the presentation has a relationship of this type, which is made with this root if need be."""
    try:
        return part.part_related_by(type)
    except KeyError:
        made = Part(PackURI(f"/ppt/{type.rpartition('/')[2]}.xml"), content_type, part.package, to_bytes(root))
        part.relate_to(made, type)
        return made


def _table_style(palette: Palette, names: Mapping[str, str]) -> Element:
    """A head in the accent over a rule, rows between hairlines, no grid, no fill; `names` of colours in the file."""
    ink, accent = (names.get(colour, colour) for colour in (palette.ink, palette.accent))

    def rule(colour: str, width: float) -> Element:
        return element("a:ln", {"w": emu(width), "cmpd": "sng"}, solid(colour))

    def style(tag: str, *, bold: bool = False, colour: str = ink, **edges: Element) -> Element:
        borders = element("a:tcBdr", None, *(element(f"a:{edge}", None, line) for edge, line in edges.items()))
        font = element("a:fontRef", {"idx": "minor"}, element("a:srgbClr", {"val": "000000"}))
        text = element("a:tcTxStyle", {"b": "on" if bold else None}, font, solid(colour)[0])
        empty = element("a:fill", None, element("a:noFill"))
        return element(f"a:{tag}", None, text, element("a:tcStyle", None, borders, empty))

    return element(
        "a:tblStyle",
        {"styleId": TABLE_STYLE, "styleName": "Diptych"},
        style("wholeTbl", bottom=rule(accent, 1), insideH=rule(palette.rule, 0.5)),
        style("firstCol", bold=True),
        style("firstRow", bold=True, colour=accent, top=rule(accent, 2), bottom=rule(accent, 1)),
        style("nwCell", bold=True, colour=accent, top=rule(accent, 2), bottom=rule(accent, 1)),
    )
