"""Writing: takes pages and the stage of their template, puts the slides in; the same pages give the same parts."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.opc.package import Part

from charts.drawing import Drawing
from data.model import DataFile
from data.trust import carried
from slides import customxml
from slides.memory import Memory, Same
from slides.oxml import element
from slides.package import Deck, relate
from slides.pages import Page, PictureFill
from slides.sheets import ChartPart, Sheet, Writer
from slides.stage import Stage

Picture = tuple[bytes, bytes]
"""The same picture as SVG and as PNG."""

Render = Callable[[Iterable[Drawing]], Iterator[Picture]]
"""Drawings of a deck, in its order -> their pictures."""

_FIRST_SLIDE_ID = 256
_FORMATS = ("svg", "png")

_sheets: Memory[tuple[Sheet, Sheet]] = Memory()
_pictures: Memory[Picture] = Memory()


@dataclass(frozen=True, slots=True)
class Properties:
    """The document's own: `language` is a BCP 47 tag, `edition` the only date it knows."""

    title: str
    subject: str
    author: str
    language: str
    edition: date


def write(
    pages: tuple[Page, ...],
    properties: Properties,
    files: Iterable[DataFile],
    render: Render,
    stage: Stage,
) -> None:
    """Put `pages` on the stage, with the briefing's `files`. A page that the last build wrote is not written again."""
    main = stage.presentation.part
    deck: Deck = main.package
    parts = [Part(deck.numbered("/ppt/slides/slide%d.xml"), CONTENT_TYPE.PML_SLIDE, deck) for _ in pages]
    first = {page.id.split("#")[0]: part for page, part in zip(reversed(pages), reversed(parts), strict=True)}
    listed = main._element.get_or_add_sldIdLst()
    drawn = [next((fill.drawing for fill in page.fills if isinstance(fill, PictureFill)), None) for page in pages]
    painted = _painted([drawing for drawing in drawn if drawing], render)
    writer = Writer(properties.language, stage.names, stage.faint_links)
    _sheets.under(writer)
    for number, (page, part, drawing) in enumerate(zip(pages, parts, drawn, strict=True), start=1):
        slide, notes = _sheets.kept((Same(page), number), writer.sheets, page, number)
        told = Part(deck.numbered("/ppt/notesSlides/notesSlide%d.xml"), CONTENT_TYPE.PML_NOTES_SLIDE, deck, notes.xml)
        part.blob, picture = slide.xml, next(painted) if drawing else (b"", b"")
        for ref in slide.refs:
            match ref.type:
                case RELATIONSHIP_TYPE.SLIDE_LAYOUT:
                    relate(part, ref.type, stage.layouts[ref.target])
                case RELATIONSHIP_TYPE.SLIDE:
                    relate(part, ref.type, first[ref.target])
                case RELATIONSHIP_TYPE.IMAGE:
                    relate(part, ref.type, deck.media(picture[_FORMATS.index(ref.target)], ref.target))
                case RELATIONSHIP_TYPE.CHART:
                    relate(part, ref.type, _chart(ref.target, deck))
                case RELATIONSHIP_TYPE.NOTES_SLIDE:
                    relate(part, ref.type, told)
                case _:
                    relate(part, ref.type, ref.target)
        around = {RELATIONSHIP_TYPE.NOTES_MASTER: main.notes_master_part, RELATIONSHIP_TYPE.SLIDE: part}
        for ref in notes.refs:
            relate(told, ref.type, around.get(ref.type, ref.target))
        link = main.rels._add_relationship(RELATIONSHIP_TYPE.SLIDE, part)
        listed.append(element("p:sldId", {"id": _FIRST_SLIDE_ID + number - 1, "r:id": link}))
    _describe(stage.presentation, properties)
    customxml.attach(main, 1, carried.NAMESPACE, carried.to_xml(files))


def _painted(drawings: Sequence[Drawing], render: Render) -> Iterator[Picture]:
    """The pictures of `drawings`; those that the last build has are not painted again."""
    new = {Same(drawing): drawing for drawing in drawings if (Same(drawing), render) not in _pictures}
    made = render(new.values())
    return (_pictures.kept((Same(drawing), render), next, made) for drawing in drawings)


def _chart(made: ChartPart, deck: Deck) -> Part:
    part = Part(deck.numbered("/ppt/charts/chart%d.xml"), CONTENT_TYPE.DML_CHART, deck, made.xml)
    name = deck.numbered("/ppt/embeddings/Microsoft_Excel_Sheet%d.xlsx")
    relate(part, RELATIONSHIP_TYPE.PACKAGE, Part(name, CONTENT_TYPE.SML_SHEET, deck, made.book))
    return part


def _describe(presentation: Any, properties: Properties) -> None:
    core = presentation.core_properties
    moment = datetime.combine(properties.edition, time())
    core.title, core.subject, core.author = properties.title[:255], properties.subject[:255], properties.author[:255]
    core.language, core.last_modified_by, core.revision = properties.language, properties.author[:255], 1
    core.keywords = core.comments = core.category = ""
    core.created = core.modified = moment
