"""Fingerprints: takes slides in a package, returns what tells whether one was changed since it was made.

Two programs never write one slide alike: they split runs, rename shapes and parts, round lengths, spell out what was
inherited. So a slide is known by what its reader sees (words, pictures, tables, charts, where they stand), and by what
its author set (size, colour, weight, bullets), which only a program that keeps the file's inheritance leaves alone.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml

from slides.oxml import EMU, Element, name

Box = tuple[int, int, int, int]
"""x, y, width, height in whole points; a table's height is 0, because every program sets rows anew."""

_TOLERANCE = 1
"""Points; LibreOffice counts in hundredths of a millimetre, so that a length may fall on the other side of a half."""
_DIGITS = 12
_APART = "\x1f"
_RUN = ("b", "i", "u", "strike", "sz", "cap", "baseline")
_SPACES = ("lnSpc", "spcBef", "spcAft")
_BODY = {"anchor": "t", "vert": "horz", "wrap": "square", "numCol": "1"}
_BODY |= {"lIns": "91440", "tIns": "45720", "rIns": "91440", "bIns": "45720"}
"""How a text is set in its box, and what holds where nobody says (ECMA-376 part 1, 21.1.2.1.1)."""
_EMBED, _RELATED, _CONTENT = name("r:embed"), name("r:id"), "{*}cNvPr"
_T, _BR, _P = name("a:t"), name("a:br"), name("a:p")
_SEEN = (RELATIONSHIP_TYPE.IMAGE, RELATIONSHIP_TYPE.CHART, RELATIONSHIP_TYPE.NOTES_SLIDE)
_HOLDER = f"*/{name('p:nvPr')}/{name('p:ph')}"
_TEXT = f"{name('p:txBody')}/{name('a:bodyPr')}"
_TOLD = ("{*}p", "{*}tr", "{*}tc", "{*}grpSp", "{*}blip", "{*}chart", "{*}graphicData")
_LENGTHS = tuple(map(name, ("c:max", "c:min", "c:gapWidth", "c:x", "c:y")))
_COLOURS = tuple(
    f"{{*}}{local}" for local in ("srgbClr", "schemeClr", "prstClr", "noFill", "gradFill", "blipFill", "pattFill")
)


@dataclass(frozen=True, slots=True)
class Shape:
    """One shape, in digests: what it says, and how it was styled by its author."""

    kind: str
    said: str
    styled: str
    box: Box | None


Look = Sequence[Shape]


def alike(one: Look, other: Look, *, styled: bool) -> bool:
    """Whether two slides look the same; without `styled`, in all but their order, type, colours and effects."""
    if not styled:
        one, other = (sorted(look, key=lambda one: (one.kind, one.said, one.box or ())) for look in (one, other))
    return len(one) == len(other) and all(
        left.kind == right.kind
        and left.said == right.said
        and (left.styled == right.styled or not styled)
        and _near(left.box, right.box)
        for left, right in zip(one, other, strict=True)
    )


def _near(one: Box | None, other: Box | None) -> bool:
    """A shape without a box of its own stands where another file puts it, which is not known here."""
    if one is None or other is None:
        return True
    return all(abs(left - right) <= _TOLERANCE for left, right in zip(one, other, strict=True))


def digest(*parts: object) -> str:
    return hashlib.sha256(_APART.join(map(str, parts)).encode()).hexdigest()[:_DIGITS]


def root(part: Any) -> Element:
    """The root element of a part of XML, whether python-pptx has parsed it or not."""
    return part._element if hasattr(part, "_element") else parse_xml(part.blob)


def look(part: Any) -> Look:
    """A slide's own settings, then its shapes in the order of the file."""
    slide = root(part)
    layout = _related(part, RELATIONSHIP_TYPE.SLIDE_LAYOUT)
    master = _related(layout, RELATIONSHIP_TYPE.SLIDE_MASTER) if layout else None
    holders = [root(one) for one in (layout, master) if one]
    sheets = (one.find(name("p:cSld")).get("name") for one in holders[:1])
    own = digest(*sheets, *_colours(slide.find(f"{name('p:cSld')}/{name('p:bg')}")), *_moves(slide))
    return (Shape("slide", "", own, None), *(_shape(shape, part, holders) for shape in shapes(slide)))


def sheets(parts: Iterable[Any]) -> Mapping[str, tuple[bytes, bytes]]:
    """The layouts of slides with their masters, from which the slides inherit, by the layouts' names."""
    used = {_related(part, RELATIONSHIP_TYPE.SLIDE_LAYOUT) for part in parts}
    return {one.partname: (one.blob, _related(one, RELATIONSHIP_TYPE.SLIDE_MASTER).blob) for one in used}


def sight(part: Any) -> tuple[object, ...]:
    """All that `look` and `notes` go by on a slide of ours; of its layout the name."""
    related = (
        (rel.rId, rel.target_ref if rel.is_external else rel.target_part.blob if rel.reltype in _SEEN else "")
        for rel in part.rels.values()
    )
    return part.blob, _related(part, RELATIONSHIP_TYPE.SLIDE_LAYOUT).partname, *related


def notes(part: Any) -> tuple[str, ...]:
    """The paragraphs of a slide's notes, in digests; () for a slide without any."""
    page = notes_of(part)
    body = notes_body(root(page)) if page else None
    paragraphs = [] if body is None else list(body.iter(name("a:p")))
    return tuple(digest(_words(paragraph)) for paragraph in paragraphs if _words(paragraph))


def notes_of(part: Any) -> Any:
    """The slide's notes page, or None."""
    return _related(part, RELATIONSHIP_TYPE.NOTES_SLIDE)


def notes_body(page: Element) -> Element | None:
    """The text of a notes page."""
    for shape in page.iter(name("p:sp")):
        holder = shape.find(f".//{name('p:ph')}")
        if holder is not None and holder.get("type") == "body":
            return shape.find(name("p:txBody"))
    return None


def transition(slide: Element) -> Element | None:
    """How a slide comes on or goes: the transition that was chosen for it, or the alternatives of one. LibreOffice
    writes one without any effect on every slide; one with a sound is a change of the slide."""
    for child in slide:
        chosen = next(child.iter(name("p:transition")), None)
        if chosen is not None and (len(chosen) or {"advTm", "advClick"} & set(chosen.keys())):
            return child if next(child.iter(name("p:sndAc")), None) is None else None
    return None


def other_notes(body: Element, made: Iterable[str]) -> list[str]:
    """The paragraphs of notes that are not among those that were `made`, in digests."""
    said = [_words(paragraph) for paragraph in body.iter(name("a:p"))]
    return [text for text in said if text and digest(text) not in set(made)]


def title(part: Any) -> str:
    """The words of a slide's title, or the first that it has."""
    texts = [(kind(shape), _words(shape)) for shape in shapes(root(part))]
    titles = [text for holder, text in texts if holder in ("title", "ctrTitle") and text]
    return next(iter(titles or [text for _, text in texts if text]), "")


def kind(shape: Element) -> str:
    """The type of the placeholder that a shape is, or ""."""
    holder = shape.find(_HOLDER)
    return "" if holder is None else str(holder.get("type", "obj"))


def shapes(slide: Element) -> Iterator[Element]:
    """The shapes of a slide; of alternatives the first (ECMA-376 part 3, 9.3)."""
    for child in slide.find(f"{name('p:cSld')}/{name('p:spTree')}"):
        local = _local(child)
        if local == "AlternateContent":
            yield from (inner for choice in child[:1] for inner in choice)
        elif local not in ("nvGrpSpPr", "grpSpPr", "extLst"):
            yield child


def said(shape: Element, part: Any) -> str:
    """A digest of what a shape says to its reader, its text alternative included.

    Not that of a table, which LibreOffice drops, but it stands with its style.
    """
    alternative = "" if _local(shape) == "graphicFrame" else _alternative(shape)
    return digest(alternative, *(text for text in _contents(shape, part) if text))


def _alternative(shape: Element) -> str:
    described = shape.find(f"*/{_CONTENT}")
    return "" if described is None else " ".join(described.get("descr", "").split())


def _shape(shape: Element, part: Any, holders: Iterable[Element]) -> Shape:
    table = next(shape.iter(name("a:tbl")), None)
    box = _box(shape, holders)
    if box and table is not None:
        box = (*box[:3], 0)
    return Shape(_local(shape), said(shape, part), digest(*_style(shape, part, holders)), box)


def _contents(shape: Element, part: Any) -> Iterator[str]:
    for element in shape.iter(*_TOLD):
        match _local(element):
            case "p":
                yield _words(element)
            case "tr" | "tc" | "grpSp":
                yield _local(element)
            case "blip":
                yield _blob(part, element.get(_EMBED))
            case "chart" if element.get(_RELATED):
                yield from _chart(part.rels[element.get(_RELATED)].target_part)
            case "graphicData":
                yield element.get("uri", "")


def _words(element: Element) -> str:
    """Text as it is read: any white space is one space, and a field is its type, whatever it shows."""
    return " ".join("".join(map(_word, element.iter(_T, _BR, _P))).split())


def _word(element: Element) -> str:
    if element.tag != _T:
        return " "
    holder = element.getparent()
    return f"[{holder.get('type')}]" if _local(holder) == "fld" else element.text or ""


def _blob(part: Any, id: str | None) -> str:
    known = id in part.rels and not part.rels[id].is_external
    return hashlib.sha256(part.rels[id].target_part.blob).hexdigest() if known else "linked"


def _chart(part: Any) -> Iterator[str]:
    """A chart's kinds, values and words; numbers as numbers, however a program writes them."""
    for element in root(part).iter():
        local = _local(element)
        if local.endswith("Chart"):
            yield local
        elif local == "v" and element.text:
            yield _number(element.text)


def drawn(part: Any) -> Counter[str]:
    """The numbers that the editable charts of a slide are drawn from, and how often."""
    charts = (rel.target_part for rel in part.rels.values() if rel.reltype == RELATIONSHIP_TYPE.CHART)
    values = (element for chart in charts for element in root(chart).iter(name("c:val")))
    return Counter(_number(given.text) for one in values for given in one.iter(name("c:v")) if given.text)


def _number(text: str) -> str:
    try:
        return f"{float(text):.9g}"
    except ValueError:
        return text


def _style(shape: Element, part: Any, holders: Iterable[Element]) -> Iterator[str]:
    """What an author set on a shape, its paragraphs and its runs."""
    yield _alternative(shape)
    for link in shape.iterfind(f"*/{name('p:cNvPr')}/{name('a:hlinkClick')}"):
        yield _led(link, part)
    drawn = shape.find(name("p:spPr"))
    if drawn is not None:
        turned = drawn.find(name("a:xfrm"))
        yield from () if turned is None else (f"{key}={turned.get(key)}" for key in ("rot", "flipH", "flipV"))
        yield from (str(form.get("prst")) for form in drawn.iter(name("a:prstGeom")))
        yield from _colours(drawn)
        for line in drawn.iter(name("a:ln")):
            yield f"{line.get('w')} {[dash.get('val') for dash in line.iter(name('a:prstDash'))]}"
    yield from _body(shape, holders)
    yield from (_local(effect) for blip in shape.iter(name("a:blip")) for effect in blip if _local(effect) != "extLst")
    yield from (str(sorted(crop.items())) for crop in shape.iter(name("a:srcRect")))
    yield from (str(round(int(column.get("w", 0)) / EMU)) for column in shape.iter(name("a:gridCol")))
    for table in shape.iter(name("a:tblPr")):
        yield from sorted(key for key, value in table.items() if value in ("1", "true"))
        yield from (str(style.text) for style in table.iter(name("a:tableStyleId")))
    for cell in shape.iter(name("a:tcPr")):
        yield from _colours(cell)
    for paragraph in shape.iter(name("a:p")):
        yield from _paragraph(paragraph, part)
    for chart in shape.iter(name("c:chart")):
        if chart.get(_RELATED):
            yield from _drawn(root(part.rels[chart.get(_RELATED)].target_part))


def _body(shape: Element, holders: Iterable[Element]) -> Iterator[str]:
    """How a text is set in its box, wherever that is said: programs spell out what was inherited."""
    own = shape.find(_TEXT)
    if own is None:
        return
    holder = shape.find(_HOLDER)
    above = () if holder is None else (_inherited(one, holder) for one in holders)
    chain = [own, *(one for one in (shape.find(_TEXT) for shape in above if shape is not None) if one is not None)]
    for key, usual in _BODY.items():
        value = next((one.get(key) for one in chain if one.get(key)), usual)
        if value != usual:
            yield f"{key}={value}"


def _drawn(chart: Element) -> Iterator[str]:
    """What an author set on a chart: words beside its values, colours of series and points, sizes of type, the ends of
    axes, places. PowerPoint repeats the colours of a series on its points and writes lengths that are nothing."""
    yield from (_words(words) for words in chart.iter(name("c:rich")))
    for series in chart.iter(name("c:ser")):
        own = _tints(child for child in series if _local(child) in ("spPr", "marker"))
        points = (_tints([point]) - own for point in series.iterfind(name("c:dPt")))
        yield from (" ".join(sorted(tints)) for tints in (own, *points) if tints)
    yield from sorted({run.get("sz", "") for run in chart.iter(name("a:defRPr"), name("a:rPr"))} - {""})
    lengths = ((_local(length), _number(length.get("val", ""))) for length in chart.iter(*_LENGTHS))
    yield from (f"{local}={length}" for local, length in lengths if length != "0")


def _tints(elements: Iterable[Element]) -> set[str]:
    return {colour for element in elements for colour in _colours(element) if not colour.startswith("noFill")}


def _paragraph(paragraph: Element, part: Any) -> Iterator[str]:
    given = paragraph.find(name("a:pPr"))
    if given is not None:
        yield f"{given.get('lvl', '0')} {given.get('algn')} {given.get('marL')} {given.get('indent')}"
        spaces = (space for space in given if _local(space) in _SPACES)
        yield from (f"{_local(space)}={share.get('val')}" for space in spaces for share in space)
        yield from (_local(child) for child in given if _local(child) in ("buNone", "buChar", "buAutoNum", "buBlip"))
    runs = [(tuple(_run(run.find(name("a:rPr")), part)), _words(run)) for run in paragraph.iter(name("a:r"))]
    for styled, alike in groupby((run for run in runs if run[1]), key=itemgetter(0)):
        yield from styled
        yield "".join("".join(words.split()) for _, words in alike)  # however it is cut into runs


def _run(given: Element | None, part: Any) -> Iterator[str]:
    if given is None:
        return
    yield from (f"{key}={given.get(key)}" for key in _RUN if given.get(key))
    if not len(given):
        return
    yield from _colours(given)
    yield from (str(face.get("typeface")) for face in given.iter(name("a:latin")))
    yield from (_led(link, part) for link in given.iter(name("a:hlinkClick")))


def _led(link: Element, part: Any) -> str:
    """To which address a link leads, if to one."""
    id = link.get(_RELATED)
    external = id in part.rels and part.rels[id].is_external
    return str(part.rels[id].target_ref) if external else "jump"


def _colours(element: Element | None) -> Iterator[str]:
    if element is None:
        return
    for inner in element.iter(*_COLOURS):
        yield f"{_local(inner)}={inner.get('val')}"


def _moves(slide: Element) -> Iterator[str]:
    """Animations, and transitions with a sound; the others go with a slide that is made anew."""
    for sound in slide.iter(name("p:sndAc")):
        yield from (_local(effect) for effect in sound)
    yield from (f"{effect.get('presetClass')}{effect.get('presetID')}" for effect in slide.iter(name("p:cTn")))


def _box(shape: Element, holders: Iterable[Element]) -> Box | None:
    found = _transform(shape)
    holder = shape.find(_HOLDER)
    if found is None and holder is not None:
        above = (_inherited(one, holder) for one in holders)
        boxes = (_transform(one) for one in above if one is not None)
        found = next((box for box in boxes if box is not None), None)
    if found is None:
        return None
    off, ext = found.find(name("a:off")), found.find(name("a:ext"))
    lengths = (off.get("x"), off.get("y"), ext.get("cx"), ext.get("cy"))
    x, y, width, height = (round(int(length) / EMU) for length in lengths)
    return x, y, width, height


def _transform(shape: Element) -> Element | None:
    own = (f"{name('p:spPr')}/{name('a:xfrm')}", name("p:xfrm"), f"{name('p:grpSpPr')}/{name('a:xfrm')}")
    found = next((one for one in map(shape.find, own) if one is not None), None)
    return found if found is not None and len(found) >= 2 else None


def _inherited(sheet: Element, holder: Element) -> Element | None:
    """The placeholder with this index, which is on a layout; or of this type, which is on a master."""
    index, base = holder.get("idx"), _base(holder)
    for other_index, other_base, shape in _holders(sheet):
        if index == other_index if index and other_index else base == other_base:
            return shape
    return None


@lru_cache(maxsize=64)  # slides have their layouts in common
def _holders(sheet: Element) -> list[tuple[str | None, str, Element]]:
    """Index, type and shape of each placeholder of a layout or a master."""
    found = ((shape.find(_HOLDER), shape) for shape in shapes(sheet))
    return [(holder.get("idx"), _base(holder), shape) for holder, shape in found if holder is not None]


def _base(holder: Element) -> str:
    given = holder.get("type", "obj")
    return {"ctrTitle": "title", "subTitle": "body"}.get(given, str(given))


def _related(part: Any, reltype: str) -> Any:
    found = (rel for rel in part.rels.values() if rel.reltype == reltype and not rel.is_external)
    return next((rel.target_part for rel in found), None)


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
