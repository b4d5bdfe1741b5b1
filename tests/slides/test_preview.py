"""The preview: every slide as a picture that says what the slide says, where the slide says it."""

import io
import re
from base64 import b64decode
from xml.etree import ElementTree

import pytest
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.util import Pt

from slides import build
from slides.preview import preview
from tests import samples

PICTURE = MSO_SHAPE_TYPE.PICTURE
SVG = "{http://www.w3.org/2000/svg}"
HTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(scope="module")
def deck() -> bytes:
    return build(samples.briefing()).pptx


@pytest.fixture(scope="module")
def pictures(deck: bytes) -> list[ElementTree.Element]:
    return [ElementTree.fromstring(svg) for svg in preview(deck)]


def words(text: str) -> str:
    return " ".join(text.split())


def shown(picture: ElementTree.Element) -> str:
    return words(" ".join(picture.itertext()))


def box(element: ElementTree.Element) -> list[float]:
    return [float(element.get(key, "0")) for key in ("x", "y", "width", "height")]


def test_every_text_of_every_slide_is_shown(deck: bytes, pictures: list[ElementTree.Element]) -> None:
    slides = Presentation(io.BytesIO(deck)).slides
    assert len(pictures) == len(slides) > 10
    for slide, picture in zip(slides, pictures, strict=True):
        seen = shown(picture).replace(" ", "")
        for shape in slide.shapes:
            cells = [cell.text for row in shape.table.rows for cell in row.cells] if shape.has_table else []
            for text in [*cells, *([shape.text_frame.text] if shape.has_text_frame else [])]:
                for line in text.splitlines():
                    assert words(line).replace(" ", "") in seen


def test_everything_stands_where_the_slide_has_it(deck: bytes, pictures: list[ElementTree.Element]) -> None:
    presentation = Presentation(io.BytesIO(deck))
    for slide, picture in zip(presentation.slides, pictures, strict=True):
        assert box(picture)[2:] == [presentation.slide_width / Pt(1), presentation.slide_height / Pt(1)]
        boxes = [box(element) for element in picture if element.tag in (f"{SVG}foreignObject", f"{SVG}image")]
        for shape in slide.shapes:
            drawn = shape.has_table or shape.shape_type == PICTURE or (shape.has_text_frame and shape.text_frame.text)
            if drawn:
                place = [side / Pt(1) for side in (shape.left, shape.top, shape.width, shape.height)]
                assert any(found == pytest.approx(place, abs=0.01) for found in boxes), shape.name


def test_titles_are_as_large_as_on_the_slide(pictures: list[ElementTree.Element]) -> None:
    sizes = {float(size) for picture in pictures for size in re.findall(r"font-size:([\d.]+)px", _source(picture))}
    assert {32.0, 12.0} <= sizes
    assert min(sizes) >= 8


def test_charts_are_the_vectors_of_the_deck(pictures: list[ElementTree.Element]) -> None:
    images = [image.get("href", "") for picture in pictures for image in picture.iter(f"{SVG}image")]
    assert images
    for image in images:
        kind, _, content = image.partition(";base64,")
        assert kind == "data:image/svg+xml"
        assert ElementTree.fromstring(b64decode(content)).tag == f"{SVG}svg"


def test_markup_in_texts_is_text(deck: bytes) -> None:
    presentation = Presentation(io.BytesIO(deck))
    hostile = "<script>alert(1)</script> & <b onload='x'>]]>"
    presentation.slides[0].shapes.title.text_frame.text = hostile
    box = presentation.slides[0].shapes.add_textbox(Pt(10), Pt(10), Pt(200), Pt(50))
    box.text_frame.text = hostile
    changed = io.BytesIO()
    presentation.save(changed)
    picture = ElementTree.fromstring(preview(changed.getvalue())[0])
    assert shown(picture).count(hostile) == 2
    assert {element.tag for element in picture.iter()} <= {
        *(f"{SVG}{tag}" for tag in ("svg", "rect", "foreignObject", "image")),
        *(f"{HTML}{tag}" for tag in ("div", "p", "span", "br", "b")),
    }
    assert not re.search(r"\son\w+=", re.sub(r">[^<]*<", "><", _source(picture)))


def _source(picture: ElementTree.Element) -> str:
    return ElementTree.tostring(picture, encoding="unicode")
