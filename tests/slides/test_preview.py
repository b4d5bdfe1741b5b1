"""The preview: every slide as a picture that says what the slide says, where the slide says it."""

import io
import re
import zipfile
from base64 import b64decode, b64encode
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.util import Pt

from slides import build
from slides.oxml import element, name
from slides.preview import preview
from tests import charting, samples
from tests.slides.reading import PNG

PICTURE = MSO_SHAPE_TYPE.PICTURE
SVG = "{http://www.w3.org/2000/svg}"
HTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(scope="module")
def deck() -> bytes:
    briefing = samples.briefing()
    return build(briefing, charting.slide(briefing), charting.render).pptx


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


def test_a_paragraph_runs_as_the_deck_says_whatever_its_letters_are(deck: bytes) -> None:
    def add(_: Any, slide: Any) -> None:
        for turned in ("0", "1"):
            paragraph = slide.shapes.add_textbox(Pt(10), Pt(20), Pt(200), Pt(50)).text_frame.paragraphs[0]
            paragraph.text = f"وزارة الصحة {turned}"
            paragraph._p.get_or_add_pPr().set("rtl", turned)

    found = {words("".join(one.itertext())): one.get("dir") for one in edited(deck, add).iter(f"{HTML}p")}
    assert found["وزارة الصحة 0"] == "ltr" and found["وزارة الصحة 1"] == "rtl"


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


def edited(deck: bytes, change: Callable[[Any, Any], object]) -> ElementTree.Element:
    """The picture of the fourth slide after a change of it, or of its presentation."""
    presentation = Presentation(io.BytesIO(deck))
    change(presentation, presentation.slides[3])
    changed = io.BytesIO()
    presentation.save(changed)
    drawn = preview(changed.getvalue())
    assert len(drawn) == len(presentation.slides)
    return ElementTree.fromstring(drawn[3])


def boxed(slide: Any, text: str = "Mine") -> Any:
    """A text box that a person has put on the slide: its element."""
    box = slide.shapes.add_textbox(Pt(10), Pt(20), Pt(200), Pt(50))
    box.text_frame.text = text
    return box._element


def without(element: Any, tag: str) -> None:
    for found in list(element.iter(name(tag))):
        found.getparent().remove(found)


def test_a_table_whose_cells_say_nothing_of_their_looks(deck: bytes) -> None:
    def add(_: Any, slide: Any) -> None:
        table = slide.shapes.add_table(2, 2, Pt(10), Pt(20), Pt(200), Pt(50))
        table.table.cell(0, 0).text = "Mine"
        without(table._element, "a:tcPr")
        table._element.find(f".//{name('a:tc')}").getnext().remove(table.table.cell(0, 1)._tc.txBody)

    picture = edited(deck, add)
    assert "Mine" in shown(picture)
    assert "padding:3.6px 7.2px 3.6px 7.2px" in _source(picture), "the margins that programs give such cells"


def test_a_picture_that_is_not_in_the_deck_is_told_and_not_fetched(deck: bytes) -> None:
    def add(_: Any, slide: Any) -> None:
        picture = slide.shapes.add_picture(io.BytesIO(PNG), Pt(10), Pt(20))._element
        picture.nvPicPr.cNvPr.set("descr", "The pumps")
        [blip] = picture.iter(name("a:blip"))
        blip.set(name("r:link"), slide.part.relate_to("http://example.org/x.png", RELATIONSHIP_TYPE.IMAGE, True))
        del blip.attrib[name("r:embed")]

    picture = edited(deck, add)
    assert "Picture. The pumps" in shown(picture)
    assert "example.org" not in _source(picture)


def test_a_picture_of_the_master_is_the_master_s(deck: bytes) -> None:
    """What a relationship is called says nothing outside its own part."""

    def add(presentation: Any, slide: Any) -> None:
        holder = presentation.slide_master
        image, _ = holder.part.get_or_add_image_part(io.BytesIO(PNG))
        picture = slide.shapes.add_picture(io.BytesIO(PNG), Pt(10), Pt(20))._element
        holder.shapes._spTree.append(picture)
        [blip] = picture.iter(name("a:blip"))
        blip.set(name("r:embed"), holder.part.relate_to(image, RELATIONSHIP_TYPE.IMAGE))

    assert b64encode(PNG).decode() in _source(edited(deck, add))


def test_a_shape_without_a_place_of_its_own_is_left_out_and_no_other(deck: bytes) -> None:
    def add(_: Any, slide: Any) -> None:
        boxed(slide, "Mine")
        nowhere = boxed(slide, "Nowhere")
        for tag in ("a:off", "a:ext"):
            without(nowhere, tag)

    assert "Mine" in shown(edited(deck, add)) and "Nowhere" not in shown(edited(deck, add))


@pytest.mark.parametrize(("written", "points"), [("1mm", "2.83465"), ("0.5in", "36"), ("25400", "2"), ("odd", "7.2")])
def test_lengths_with_and_without_a_unit(written: str, points: str, deck: bytes) -> None:
    picture = edited(deck, lambda _, slide: boxed(slide).txBody.bodyPr.set("lIns", written))
    assert f"padding:3.6px 7.2px 3.6px {points}px" in _source(picture)


def test_a_master_without_styles_of_text(deck: bytes) -> None:
    def change(presentation: Any, slide: Any) -> None:
        without(presentation.slide_master._element, "p:txStyles")
        boxed(slide)

    assert "Mine" in shown(edited(deck, change))


@pytest.mark.parametrize(
    ("tag", "value", "fill"),
    [
        ("a:prstClr", "red", "#ff0000"), ("a:prstClr", "dkSlateGray", "#2f4f4f"), ("a:srgbClr", "0A0b0C", "#0A0b0C"),
        ("a:prstClr", "none of these", None), ("a:srgbClr", 'red" onload="alert(1)', None), ("a:hslClr", None, None),
    ],
)  # fmt: skip
def test_the_colours_of_a_fill(tag: str, value: str | None, fill: str | None, deck: bytes) -> None:
    def add(_: Any, slide: Any) -> None:
        boxed(slide).spPr.append(element("a:solidFill", None, element(tag, {"val": value})))

    rects = [rect for rect in edited(deck, add).iter(f"{SVG}rect") if (rect.get("x"), rect.get("y")) == ("10", "20")]
    assert [rect.get("fill") for rect in rects] == ([fill] if fill else [])


def test_a_slide_that_defies_drawing_says_so_and_the_others_are_drawn(deck: bytes) -> None:
    presentation = Presentation(io.BytesIO(deck))
    [tree] = presentation.slides[3]._element.iter(name("p:spTree"))
    tree.getparent().remove(tree)
    changed = io.BytesIO()
    presentation.save(changed)
    drawn = [ElementTree.fromstring(svg) for svg in preview(changed.getvalue())]
    assert [number for number, one in enumerate(drawn) if "cannot be shown here" in shown(one)] == [3]
    assert len(drawn) == len(presentation.slides)
    assert box(drawn[3]) == box(drawn[2])


def test_a_deck_that_does_not_tell_its_size(deck: bytes) -> None:
    picture = edited(deck, lambda presentation, _: without(presentation.element, "p:sldSz"))
    assert box(picture)[2:] == [720, 540]


@pytest.mark.parametrize("damage", ["nothing", "no zip", "half a deck", "another zip"])
def test_what_is_no_deck_is_a_value_error(damage: str, deck: bytes) -> None:
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("readme.txt", "no deck")
    damaged = {
        "nothing": b"",
        "no zip": b"x" * 99,
        "half a deck": deck[: len(deck) // 2],
        "another zip": other.getvalue(),
    }
    with pytest.raises(ValueError, match="no deck"):
        preview(damaged[damage])


def _source(picture: ElementTree.Element) -> str:
    return ElementTree.tostring(picture, encoding="unicode")
