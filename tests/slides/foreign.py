"""Templates that others might have made: takes nothing, returns the bytes of small .pptx files, each strange in its
way.
All begin with python-pptx's default template (4:3, eleven layouts) in Arial, whose widths every check knows.
"""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pptx
from PIL import Image
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.util import Pt

from slides.oxml import EMU, element, name, transform
from tests.slides.reading import PNG

DEFAULT = Path(pptx.__file__).parent / "templates" / "default.pptx"
TEMPLATE_TYPE = b"application/vnd.openxmlformats-officedocument.presentationml.template.main+xml"
MAIN_TYPE = b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
NAVY = "102040"


def saved(presentation: Any) -> bytes:
    stream = io.BytesIO()
    presentation.save(stream)
    return stream.getvalue()


def opened(content: bytes) -> Any:
    return Presentation(io.BytesIO(content))


def repacked(content: bytes, edit: Callable[[str, bytes], bytes], more: Mapping[str, bytes] | None = None) -> bytes:
    """The package with each file edited, and further files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, edit(entry.filename, old.read(entry)))
        for file, part in (more or {}).items():
            new.writestr(file, part)
    return stream.getvalue()


@cache
def plain() -> bytes:
    """4:3, PowerPoint's usual layouts, in Arial."""

    def arial(file: str, part: bytes) -> bytes:
        return (
            part.replace(b'<a:latin typeface="Calibri"/>', b'<a:latin typeface="Arial"/>') if "theme" in file else part
        )

    return repacked(DEFAULT.read_bytes(), arial)


@cache
def dark() -> bytes:
    """A .potx, 16:9, white on near black, layouts and placeholders with German names in other places, a slide of its
    own with a picture."""
    presentation = opened(plain())
    presentation.slide_width, presentation.slide_height = Pt(960), Pt(540)
    master = presentation.slide_master
    mapped = master._element.find(name("p:clrMap"))
    for key, value in {"bg1": "dk1", "tx1": "lt1", "bg2": "dk2", "tx2": "lt2"}.items():
        mapped.set(key, value)
    called = {"Title Slide": "Titelfolie", "Title and Content": "Titel und Inhalt", "Two Content": "Zwei Inhalte"}
    called |= {"Title Only": "Nur Titel", "Section Header": "Abschnitt"}
    boxes = {"TITLE": (60, 60, 840, 70), "OBJECT": (60, 150, 840, 310), "CENTER_TITLE": (60, 120, 600, 150)}
    boxes |= {"SUBTITLE": (60, 290, 600, 160)}
    small = {"DATE": (60, 500, 200, 24), "FOOTER": (300, 500, 360, 24), "SLIDE_NUMBER": (820, 500, 80, 24)}
    for layout in list(presentation.slide_layouts):
        if layout.name not in called:
            presentation.slide_layouts.remove(layout)
            continue
        layout.name = called[layout.name]
        objects = [one for one in layout.placeholders if one.placeholder_format.type.name == "OBJECT"]
        for number, shape in enumerate(layout.placeholders):
            kind = shape.placeholder_format.type.name
            shape.name = f"Platzhalter {number}"
            x, y, width, height = (boxes | small).get(kind, (60, 150, 840, 310))
            if len(objects) == 2 and shape.placeholder_format.type.name == "OBJECT":
                x, width = (60, 405) if shape._element is objects[0]._element else (495, 405)
            shape.left, shape.top, shape.width, shape.height = Pt(x), Pt(y), Pt(width), Pt(height)
    for shape in master.placeholders:
        kind = shape.placeholder_format.type.name
        x, y, width, height = (boxes | small).get(kind, (60, 150, 840, 310))
        shape.left, shape.top, shape.width, shape.height = Pt(x), Pt(y), Pt(width), Pt(height)
    slide = presentation.slides.add_slide(presentation.slide_layouts[0])
    slide.shapes.title.text = "A slide of the template"
    slide.shapes.add_picture(io.BytesIO(PNG), 0, 0)
    return repacked(saved(presentation), lambda _, part: part.replace(MAIN_TYPE, TEMPLATE_TYPE))


@cache
def navy() -> bytes:
    """Dark in its master's background alone, which sets titles and texts in white; the theme's text is black. On the
    title slide the subtitle stands on a white panel."""
    presentation = opened(plain())
    master = presentation.slide_master
    fill = master.background.fill
    fill.solid()
    fill.fore_color.rgb = RGBColor.from_string(NAVY)
    for style in master._element.find(name("p:txStyles")):
        for colour in style.iter(name("a:schemeClr")):
            colour.set("val", "bg1")
    layout = presentation.slide_layouts.get_by_name("Title Slide")
    subtitle = next(one for one in layout.placeholders if one.placeholder_format.type.name == "SUBTITLE")
    slide = presentation.slides.add_slide(layout)
    panel = slide.shapes.add_shape(1, subtitle.left, subtitle.top, subtitle.width, subtitle.height)
    panel.fill.solid()
    panel.fill.fore_color.theme_color = MSO_THEME_COLOR.BACKGROUND_1
    panel._element.find(f".//{name('p:cNvPr')}").set("id", "90")
    layout.shapes._spTree.append(panel._element)
    return saved(presentation)


@cache
def pictured(covering: bool) -> bytes:
    """Dark by a picture alone, which is the master's background or lies over all of it; titles and texts are white."""
    presentation = opened(plain())
    master = presentation.slide_master
    stream = io.BytesIO()
    Image.new("RGB", (64, 48), f"#{NAVY}").save(stream, "PNG")
    _, link = master.part.get_or_add_image_part(stream)
    filling = element("p:blipFill" if covering else "a:blipFill", None, element("a:blip", {"r:embed": link}))
    filling.append(element("a:stretch", None, element("a:fillRect")))
    if covering:
        size = (0, 0, presentation.slide_width / EMU, presentation.slide_height / EMU)
        placed = element("p:spPr", None, transform("a:xfrm", *size), element("a:prstGeom", {"prst": "rect"}))
        named = element("p:cNvPr", {"id": 90, "name": "Photograph"})
        head = element("p:nvPicPr", None, named, element("p:cNvPicPr"), element("p:nvPr"))
        master.shapes._spTree.insert(2, element("p:pic", None, head, filling, placed))
    else:
        content = master._element.find(name("p:cSld"))
        content.remove(content.find(name("p:bg")))
        content.insert(0, element("p:bg", None, element("p:bgPr", None, filling, element("a:effectLst"))))
    for style in master._element.find(name("p:txStyles")):
        for colour in style.iter(name("a:schemeClr")):
            colour.set("val", "bg1")
    return saved(presentation)


@cache
def low() -> bytes:
    """The title lies across the middle, and what is under it is too little for any content."""
    presentation = opened(plain())
    for sheet in (*presentation.slide_layouts, presentation.slide_master):
        for shape in sheet.placeholders:
            kind = shape.placeholder_format.type.name
            if kind in ("TITLE", "CENTER_TITLE"):
                shape.left, shape.top, shape.width, shape.height = Pt(40), Pt(230), Pt(640), Pt(90)
            elif kind not in ("DATE", "FOOTER", "SLIDE_NUMBER"):
                shape.left, shape.top, shape.width, shape.height = Pt(40), Pt(340), Pt(640), Pt(120)
    return saved(presentation)


@cache
def cover_first() -> bytes:
    """Two masters with the same layouts, as LibreOffice writes them: the first has little room, like a cover."""
    presentation = opened(two_masters())
    for sheet in presentation.slide_masters[0].slide_layouts:
        for shape in sheet.placeholders:
            if shape.placeholder_format.type.name in ("OBJECT", "BODY"):
                shape.left, shape.top, shape.width, shape.height = Pt(40), Pt(400), Pt(200), Pt(90)
    return saved(presentation)


@cache
def turned() -> bytes:
    """As an Arabic office makes it: all text runs from right to left unless it says otherwise. There are no settings of
    the view."""
    presentation = opened(plain())
    usual = presentation.part._element.find(name("p:defaultTextStyle"))
    for style in (usual, *presentation.slide_master._element.find(name("p:txStyles"))):
        for level in style:
            if level.tag != name("a:defPPr"):
                level.set("rtl", "1")
                level.set("algn", "ctr" if level.get("algn") == "ctr" else "r")
    for rel in list(presentation.part.rels.values()):
        if rel.reltype == RELATIONSHIP_TYPE.VIEW_PROPS:
            presentation.part.rels.pop(rel.rId)
    return saved(presentation)


@cache
def few() -> bytes:
    """Only a title slide, and slides of a title and content without a slide number."""
    presentation = opened(plain())
    for layout in list(presentation.slide_layouts):
        if layout.name not in ("Title Slide", "Title and Content"):
            presentation.slide_layouts.remove(layout)
    for sheet in (*presentation.slide_layouts, presentation.slide_master):
        for shape in list(sheet.placeholders):
            if shape.placeholder_format.type.name == "SLIDE_NUMBER":
                shape._element.getparent().remove(shape._element)
    return saved(presentation)


@cache
def titles() -> bytes:
    """Titles only: no layout has a placeholder for text."""
    presentation = opened(plain())
    for layout in list(presentation.slide_layouts):
        if layout.name != "Title Only":
            presentation.slide_layouts.remove(layout)
    return saved(presentation)


@cache
def untitled() -> bytes:
    """No layout has a title."""
    presentation = opened(plain())
    for layout in list(presentation.slide_layouts):
        if layout.name != "Blank":
            presentation.slide_layouts.remove(layout)
    return saved(presentation)


@cache
def entangled() -> bytes:
    """A slide of the template's own, to which its master and its views lead; a chart on the master; and core properties
    by the name that LibreOffice gives them in a .potx."""
    presentation = opened(plain())
    slide = presentation.slides.add_slide(presentation.slide_layouts[5])
    slide.shapes.title.text = "A slide of the template"
    data = CategoryChartData()
    data.categories = ["North"]
    data.add_series("Budget", (1,))
    frame = slide.shapes.add_chart(XL_CHART_TYPE.PIE, Pt(600), Pt(480), Pt(60), Pt(40), data)
    master = presentation.slide_master
    frame._element.find(f".//{name('c:chart')}").set(
        name("r:id"), master.part.relate_to(frame.chart.part, RELATIONSHIP_TYPE.CHART)
    )
    frame._element.find(f".//{name('p:cNvPr')}").set("id", "90")
    home = element(
        "a:hlinkClick",
        {"r:id": master.part.relate_to(slide.part, RELATIONSHIP_TYPE.SLIDE), "action": "ppaction://hlinksldjump"},
    )
    frame._element.find(f".//{name('p:cNvPr')}").append(home)
    master.shapes._spTree.append(frame._element)
    views = presentation.part.part_related_by(RELATIONSHIP_TYPE.VIEW_PROPS)
    scale = '<p:scale><a:sx n="33" d="100"/><a:sy n="33" d="100"/></p:scale><p:origin x="0" y="0"/>'
    listed = f'<p:sldLst><p:sld r:id="{views.relate_to(slide.part, RELATIONSHIP_TYPE.SLIDE)}"/></p:sldLst>'
    outline = f"<p:outlineViewPr><p:cViewPr>{scale}</p:cViewPr>{listed}</p:outlineViewPr><p:notesTextViewPr"
    views._blob = views.blob.replace(b"<p:notesTextViewPr", outline.encode())
    usual = b"openxmlformats.org/package/2006/relationships/metadata/core-properties"
    misspelt = b"openxmlformats.org/officedocument/2006/relationships/metadata/core-properties"
    return repacked(
        saved(presentation), lambda file, part: part.replace(usual, misspelt) if file == "_rels/.rels" else part
    )


@cache
def two_masters() -> bytes:
    """A second master whose theme is called Second, with the same eleven layouts by the same names."""
    content = plain()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {file: archive.read(file) for file in archive.namelist()}
    more = {}
    for n in range(1, 12):
        more[f"ppt/slideLayouts/slideLayout{n + 11}.xml"] = files[f"ppt/slideLayouts/slideLayout{n}.xml"]
        rels = files[f"ppt/slideLayouts/_rels/slideLayout{n}.xml.rels"]
        more[f"ppt/slideLayouts/_rels/slideLayout{n + 11}.xml.rels"] = rels.replace(b"slideMaster1", b"slideMaster2")
    master = files["ppt/slideMasters/slideMaster1.xml"]
    ids = iter(range(2147483700, 2147483800))
    more["ppt/slideMasters/slideMaster2.xml"] = re.sub(
        rb'(<p:sldLayoutId id=")\d+', lambda found: found[1] + str(next(ids)).encode(), master
    )
    rels = re.sub(
        rb"slideLayout(\d+)\.xml",
        lambda found: b"slideLayout%d.xml" % (int(found[1]) + 11),
        files["ppt/slideMasters/_rels/slideMaster1.xml.rels"],
    )
    more["ppt/slideMasters/_rels/slideMaster2.xml.rels"] = rels.replace(b"theme1.xml", b"theme9.xml")
    more["ppt/theme/theme9.xml"] = re.sub(rb'(<a:theme[^>]* name=")[^"]*', rb"\1Second", files["ppt/theme/theme1.xml"])

    def edit(file: str, part: bytes) -> bytes:
        if file == "ppt/presentation.xml":
            return part.replace(
                b"</p:sldMasterIdLst>", b'<p:sldMasterId id="2147483699" r:id="rId99"/></p:sldMasterIdLst>'
            )
        if file == "ppt/_rels/presentation.xml.rels":
            kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/slideMaster"
            made = b'<Relationship Id="rId99" Type="' + kind + b'" Target="slideMasters/slideMaster2.xml"/>'
            return part.replace(b"</Relationships>", made + b"</Relationships>")
        if file == "[Content_Types].xml":
            added = b""
            for override in re.findall(rb"<Override [^>]*>", part):
                if b"slideMaster1.xml" in override:
                    added += override.replace(b"slideMaster1", b"slideMaster2")
                if b"/theme1.xml" in override:
                    added += override.replace(b"theme1", b"theme9")
                if found := re.search(rb"slideLayout(\d+)\.xml", override):
                    added += override.replace(found[0], b"slideLayout%d.xml" % (int(found[1]) + 11))
            return part.replace(b"</Types>", added + b"</Types>")
        return part

    return repacked(content, edit, more)
