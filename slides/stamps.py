"""Stamps: takes what was planned and written, returns the deck's own record of it as custom XML, and reads it back.

The record lists every slide that was made, in order, whether it then stood in the deck or not. PowerPoint and
LibreOffice keep such a part when they save (ECMA-376 part 1, 15.2.5); LibreOffice drops the names of slides, so that
slides are found again by their looks.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from slides import fingerprint, material
from slides.fingerprint import Box, Look, Shape
from slides.material import Material
from slides.memory import Memory
from slides.pages import Page

NAMESPACE = "urn:diptych:slides:2"
"""Its number grows with what is told of a look: else each slide of an older deck would seem to be changed by hand."""
_BOX_SIDES = 4


@dataclass(frozen=True, slots=True)
class Made:
    """What a slide was made from, in digests: its own content, and its notes'."""

    id: str
    layout: str
    section: str
    data: str
    told: str


@dataclass(frozen=True, slots=True)
class Stamp:
    """A slide as it was made: from what, how it looked, and the paragraphs of its notes, in digests."""

    made: Made
    look: Look
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """All stamps of a deck, and a digest of every part of it: two decks with one digest are the same."""

    deck: str
    stamps: tuple[Stamp, ...]


def made(materials: Mapping[str, Material], pages: Iterable[Page]) -> tuple[Made, ...]:
    """Of what each of `pages` was made, of which several may be of one slide; `materials` by the slides' ids."""
    pages = tuple(pages)
    ids = [page.id.split("#")[0] for page in pages]
    parts = Counter(ids)
    data = {id: material.data(materials[id], parts[id]) for id in parts}
    told = {id: material.told(materials[id]) for id in parts}
    return tuple(
        Made(page.id, page.layout, page.section, data[id], told[id]) for page, id in zip(pages, ids, strict=True)
    )


_seen: Memory[tuple[Look, tuple[str, ...]]] = Memory()


def stamps(made: Sequence[Made], parts: Sequence[Any]) -> Iterator[Stamp]:
    """The stamps of the slides in `parts`; one that is as the last build left it is not looked at again."""
    _seen.under(fingerprint.sheets(parts))
    for one, part in zip(made, parts, strict=True):
        yield Stamp(one, *_seen.kept(fingerprint.sight(part), _looked, part))


def _looked(part: Any) -> tuple[Look, tuple[str, ...]]:
    return fingerprint.look(part), fingerprint.notes(part)


def to_xml(record: Record) -> bytes:
    root = etree.Element(_tag("slides"), {"deck": record.deck}, nsmap={None: NAMESPACE})
    for one in record.stamps:
        made = one.made
        given = {"id": made.id, "layout": made.layout, "section": made.section, "data": made.data, "told": made.told}
        slide = etree.SubElement(root, _tag("slide"), given, notes=" ".join(one.notes))
        for shape in one.look:
            box = {"box": " ".join(map(str, shape.box))} if shape.box else {}
            etree.SubElement(slide, _tag("shape"), kind=shape.kind, said=shape.said, styled=shape.styled, **box)
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return content


def from_xml(content: bytes) -> Record | None:
    """The record that `to_xml` wrote; None if it is another document, or not whole."""
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
        if root.tag != _tag("slides"):
            return None
        return Record(root.attrib["deck"], tuple(_stamp(slide) for slide in root.iter(_tag("slide"))))
    except (etree.XMLSyntaxError, KeyError, ValueError):
        return None


def _stamp(slide: Any) -> Stamp:
    given = slide.attrib
    made = Made(given["id"], given["layout"], given["section"], given["data"], given["told"])
    return Stamp(made, tuple(_shapes(slide)), tuple(given["notes"].split()))


def _shapes(slide: Any) -> Iterable[Shape]:
    for shape in slide.iter(_tag("shape")):
        given = shape.attrib
        yield Shape(given["kind"], given["said"], given["styled"], _box(given.get("box", "").split()))


def _box(lengths: Sequence[str]) -> Box | None:
    if len(lengths) != _BOX_SIDES:
        return None
    x, y, width, height = map(int, lengths)
    return x, y, width, height


def _tag(local: str) -> str:
    return f"{{{NAMESPACE}}}{local}"
