"""Retouching: takes the XML of a slide that is kept, changes in place what must not stay as it was."""

from collections.abc import Callable, Collection
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from slides import fingerprint
from slides.oxml import Element, element, hundredths, name, rectangle, sheet_shape, solid, to_bytes, transform, worded

_STRIP, _SIZE = 22.0, 12.0


def edit(part: Any, *changes: Callable[[Element], None]) -> None:
    content = fingerprint.root(part)
    for change in changes:
        change(content)
    part.blob = to_bytes(content)


def hide(slide: Element) -> None:
    slide.set("show", "0")


def come_on(transition: Element) -> Callable[[Element], None]:
    """Let a slide come on as another does; a transition follows the mapping of colours (ECMA-376 part 1, 19.3.1.38)."""

    def change(slide: Element) -> None:
        whole = etree.tostring(transition, with_tail=False)  # with the prefixes that alternatives require
        slide.find(name("p:clrMapOvr")).addnext(etree.fromstring(whole))

    return change


def rename(label: str) -> Callable[[Element], None]:
    """The slide's name in the object model; "" for none."""

    def change(slide: Element) -> None:
        content = slide.find(name("p:cSld"))
        content.attrib.pop("name", None)
        if label:
            content.set("name", label)

    return change


def count(number: int) -> Callable[[Element], None]:
    """What the field of the slide's number shows until a program counts anew."""

    def change(slide: Element) -> None:
        for field in slide.iter(name("a:fld")):
            text = field.find(name("a:t"))
            if field.get("type") == "slidenum" and text is not None:
                text.text = str(number)

    return change


def redate(old: Any, said: Collection[str], new: Element) -> Callable[[Element], None]:
    """The edition and the footer of the new slide, where those of the `old` slide's part are as they were made: among
    the digests of what its shapes `said`."""

    def change(slide: Element) -> None:
        made = {fingerprint.kind(shape): shape for shape in fingerprint.shapes(new)}
        for shape in fingerprint.shapes(slide):
            kind = fingerprint.kind(shape)
            if kind in ("dt", "ftr") and kind in made and fingerprint.said(shape, old) in said:
                body = shape.find(name("p:txBody"))
                for paragraph in body.findall(name("a:p")):
                    body.remove(paragraph)
                body.extend(made[kind].find(name("p:txBody")).findall(name("a:p")))

    return change


def mark(words: str, width: float) -> Callable[[Element], None]:
    """A strip along the upper edge of the slide, `width` points wide, that says what the slide is."""

    def change(slide: Element) -> None:
        number = 1 + max(int(shape.get("id", 0)) for shape in slide.iter(name("p:cNvPr")))
        properties = element("a:rPr", {"sz": hundredths(_SIZE), "b": 1}, solid("bg1"))
        run = element("a:r", None, properties, worded("a:t", words))
        insets = element("a:bodyPr", {"wrap": "square", "tIns": 0, "bIns": 0, "anchor": "ctr"})
        look = element("p:spPr", None, transform("a:xfrm", 0, 0, width, _STRIP), rectangle(), solid("tx1"))
        body = element("p:txBody", None, insets, element("a:lstStyle"), element("a:p", None, run))
        strip = sheet_shape(number, words, element("p:cNvSpPr", {"txBox": 1}), element("p:nvPr"), look, body)
        slide.find(f"{name('p:cSld')}/{name('p:spTree')}").append(strip)

    return change


def tell(heading: str, paragraphs: Collection[str]) -> Callable[[Element], None]:
    """Further paragraphs behind those of a notes page."""

    def change(page: Element) -> None:
        body = fingerprint.notes_body(page)
        if body is not None:
            body.extend([_paragraph(heading, bold=True), *map(_paragraph, paragraphs)])

    return change


def _paragraph(words: str, bold: bool = False) -> Element:
    run = element("a:r", None, element("a:rPr", {"b": 1 if bold else None}), worded("a:t", words))
    return element("a:p", None, run)
