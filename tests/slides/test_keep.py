"""A deck that people worked on, made again: what they changed, added, took out and moved, with and without new data."""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from ooxml_integrity import check_pptx
from PIL import Image
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.text import MSO_ANCHOR
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.util import Inches, Pt

import slides
from data.model import Briefing
from data.trust import gate
from slides import stamps
from slides.oxml import element, name
from slides.readback import read as read_back
from slides.result import Deck
from tests import samples
from tests.edits import BARS, loaded, replaced, starter
from tests.slides.reading import blank, flat
from tests.slides.validator import faults

GAZA = "the-gaza-conflict-and-the-humanitarian-c-3/statement"
ROOTS = "historical-roots-of-the-relationship-1/statement"
HISTORY = "historical-roots-of-the-relationship-1/history"
ISRAEL = "israel-s-perspective-4/statement"
TABLE = "financial-and-military-support-2/estimates#1"
JUNE = "twelve-days-in-june-2025-and-what-was-co-5/statement"

PRESENTATION = "http://schemas.openxmlformats.org/presentationml/2006/main"
Edit = Callable[[Any], object]


def make(briefing: Briefing, previous: bytes | None = None, page: str = "") -> Deck:
    """The deck; beside a report that has every exhibit on `page`, if it is one."""
    ids = [id for section in briefing.sections for id in section.exhibits]
    return slides.build(briefing, blank, flat, (lambda: dict.fromkeys(ids, page)) if page else None, previous=previous)


@cache
def first() -> bytes:
    return make(samples.briefing()).pptx


def edited(*edits: Edit, deck: bytes | None = None) -> bytes:
    """The deck, opened by a person, edited and saved."""
    presentation = Presentation(io.BytesIO(deck or first()))
    for edit in edits:
        edit(presentation)
    stream = io.BytesIO()
    presentation.save(stream)
    return stream.getvalue()


def headlined(number: int, headline: str = "Nobody has counted them all", **other: Any) -> Briefing:
    """The briefing with another headline of section `number`: data that has changed."""
    briefing = samples.briefing()
    sections = list(briefing.sections)
    sections[number - 1] = replace(sections[number - 1], headline=samples.text(headline), **other)
    return replace(briefing, sections=tuple(sections))


def opened(content: bytes) -> Any:
    return Presentation(io.BytesIO(content))


def names(content: bytes) -> list[str]:
    """The slides' ids; "" for those that are not ours."""
    return [slide._element.cSld.get("name", "") for slide in opened(content).slides]


def slide(presentation: Any, id: str) -> Any:
    return next(one for one in presentation.slides if one._element.cSld.get("name") == id)


def titles(content: bytes) -> list[str]:
    return [one.shapes.title.text_frame.text if one.shapes.title else "" for one in opened(content).slides]


def codes(deck: Deck) -> list[str]:
    return [finding.code for finding in deck.findings if finding.place.file == "briefing.pptx"]


def placed(presentation: Any) -> dict[str, Any]:
    """The slides' entries in the presentation's list, by their ids."""
    part = presentation.part
    return {part.related_slide(one.rId)._element.cSld.get("name"): one for one in presentation.slides._sldIdLst}


def retitle(id: str, title: str = "As I say it") -> Edit:
    def edit(presentation: Any) -> None:
        slide(presentation, id).shapes.title.text_frame.text = title

    return edit


def renote(id: str, text: str = "What I shall say myself.") -> Edit:
    def edit(presentation: Any) -> None:
        slide(presentation, id).notes_slide.notes_text_frame.text = text

    return edit


def take_out(id: str) -> Edit:
    def edit(presentation: Any) -> None:
        one = placed(presentation)[id]
        presentation.part.drop_rel(one.rId)
        one.getparent().remove(one)

    return edit


def move(id: str, after: str) -> Edit:
    def edit(presentation: Any) -> None:
        places = placed(presentation)
        places[after].addnext(places[id])

    return edit


def picture() -> io.BytesIO:
    stream = io.BytesIO()
    Image.new("RGB", (40, 30), "#336699").save(stream, "PNG")
    stream.seek(0)
    return stream


def add(after: str, title: str = "A slide of mine, 88 seen") -> Edit:
    """A slide with a table, a picture twice, a chart of PowerPoint's own, a link and notes."""

    def edit(presentation: Any) -> None:
        added = presentation.slides.add_slide(presentation.slide_layouts.get_by_name("Statement"))
        added.shapes.title.text_frame.text = title
        for at in (1, 2):
            added.shapes.add_picture(picture(), Inches(at), Inches(5))
        table = added.shapes.add_table(2, 2, Inches(6), Inches(1), Inches(4), Inches(1)).table
        table.cell(0, 0).text = "Mine"
        data = CategoryChartData()
        data.categories = ["north", "south"]
        data.add_series("pumps", (3, 4))
        added.shapes.add_chart(XL_CHART_TYPE.PIE, Inches(6), Inches(3), Inches(4), Inches(3), data)
        box = added.shapes.add_textbox(Inches(10.5), Inches(5), Inches(2), Inches(0.5))
        box.text_frame.text = "See there"
        box.click_action.target_slide = slide(presentation, GAZA)
        added.notes_slide.notes_text_frame.text = "My own notes"
        placed(presentation)[after].addnext(presentation.slides._sldIdLst[-1])

    return edit


def valid(content: bytes, folder: Path) -> None:
    path = folder / "deck.pptx"
    path.write_bytes(content)
    assert faults(path) == []
    assert [found for found in check_pptx(path) if found.code not in ("PPT003", "PPT007")] == []


# --- nothing, or no more than a save, was done ----------------------------------------------------------------------


def test_a_deck_that_was_only_saved_stays_byte_for_byte() -> None:
    saved = edited()
    assert saved != first()
    deck = make(samples.briefing(), saved)
    assert deck.pptx == saved
    assert codes(deck) == []


def noisy(presentation: Any) -> None:
    """What programs write when they save: other ids, marks of the spelling checker, split runs, renamed parts."""
    for number, one in enumerate(presentation.slides, start=1):
        root = one._element
        for shape in root.iter(name("p:cNvPr")):
            shape.set("id", str(int(shape.get("id")) + 100))
        for run in list(root.iter(name("a:r"))):
            words = run.find(name("a:t"))
            run.get_or_add_rPr().attrib.update({"dirty": "1", "err": "1", "lang": "en-US"})
            if len(words.text) > 3:
                other = deepcopy(run)
                words.text, other.find(name("a:t")).text = words.text[:2], words.text[2:]
                run.addnext(other)
        for paragraph in root.iter(name("a:p")):
            if paragraph.find(name("a:endParaRPr")) is None:
                etree.SubElement(paragraph, name("a:endParaRPr"), lang="en-US", dirty="0")
        for fitted in root.iter(name("a:normAutofit")):
            fitted.set("fontScale", "92500")
        for placed in root.iter(name("a:off")):
            placed.set("x", str(int(placed.get("x")) + 160))
        one.part.partname = PackURI(f"/ppt/slides/slide{number + 40}.xml")


def test_what_a_save_writes_otherwise_is_no_change() -> None:
    deck = make(headlined(4), edited(noisy))
    assert codes(deck) == []
    assert deck.pptx == make(headlined(4)).pptx


def nameless(presentation: Any) -> None:
    """As LibreOffice saves: no slide and no shape has its name."""
    noisy(presentation)
    for one in presentation.slides:
        one._element.cSld.attrib.pop("name", None)
        for shape in one._element.iter(name("p:cNvPr")):
            shape.set("name", "PlaceHolder 1")


def test_slides_without_their_names_are_known_by_their_looks() -> None:
    deck = make(headlined(4), edited(retitle(ROOTS), renote(GAZA), take_out(JUNE), add(ROOTS), nameless))
    assert sorted(codes(deck)) == ["notes-kept", "slide-kept", "slide-left-out", "slides-not-ours"]
    assert titles(deck.pptx)[names(deck.pptx).index(ROOTS)] == "As I say it"


def test_the_record_is_read_as_it_was_written() -> None:
    with zipfile.ZipFile(io.BytesIO(first())) as archive:
        content = archive.read("customXml/item2.xml")
    record = stamps.from_xml(content)
    assert record is not None
    assert [stamp.made.id for stamp in record.stamps] == names(first())
    assert stamps.to_xml(record) == content
    assert stamps.from_xml(content[:-9]) is None and stamps.from_xml(b"<other/>") is None


@pytest.mark.parametrize(("before", "after"), [("12", "14"), ("12", ""), ("", "14")])
def test_another_page_of_the_report_is_no_other_slide(before: str, after: str) -> None:
    old = make(samples.briefing(), page=before).pptx
    untouched = make(samples.briefing(), old, page=after)
    assert untouched.pptx == make(samples.briefing(), page=after).pptx != old
    assert codes(untouched) == []

    deck = make(samples.briefing(), edited(retitle(HISTORY), take_out(JUNE), deck=old), page=after)
    assert sorted(codes(deck)) == ["slide-kept", "slide-left-out"]
    others = [one for one in opened(deck.pptx).slides if one._element.cSld.get("name") != HISTORY]
    said = " ".join(shape.text_frame.text for one in others for shape in one.placeholders if shape.has_text_frame)
    assert set(re.findall(r"Report,\u00a0p\.\u00a0(\w+)", said)) == ({after} if after else set())


# --- slides and notes changed by hand -------------------------------------------------------------------------------


def move_picture(presentation: Any) -> None:
    shape = next(one for one in slide(presentation, HISTORY).placeholders if one.name == "Exhibit")
    shape.left += Pt(30)


def colour(presentation: Any) -> None:
    slide(presentation, HISTORY).shapes.title.text_frame.paragraphs[0].runs[0].font.color.rgb = RGBColor(200, 0, 0)


def draw(presentation: Any) -> None:
    slide(presentation, HISTORY).shapes.add_shape(1, 0, 0, Pt(50), Pt(50))


def describe(presentation: Any) -> None:
    next(slide(presentation, HISTORY)._element.iter(name("p:pic"))).nvPicPr.cNvPr.set("descr", "Better said")


def one_shape(presentation: Any, label: str) -> Any:
    return next(shape for shape in slide(presentation, HISTORY).shapes if shape.name == label)


def lower(presentation: Any) -> None:
    one_shape(presentation, "Caption").text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM


def indent(presentation: Any) -> None:
    one_shape(presentation, "Caption").text_frame.margin_left = Pt(30)


def spread(presentation: Any) -> None:
    paragraph = one_shape(presentation, "Caption").text_frame.paragraphs[0]
    paragraph._p.get_or_add_pPr()
    paragraph.line_spacing = 2.0


def outline(presentation: Any) -> None:
    one_shape(presentation, "Caption").line.width = Pt(3)


def lead_away(presentation: Any) -> None:
    one_shape(presentation, "Exhibit").click_action.hyperlink.address = "https://example.org/mine"


def without_colour(presentation: Any) -> None:
    next(slide(presentation, HISTORY)._element.iter(name("a:blip"))).insert(0, element("a:grayscl"))


def lay_out(presentation: Any) -> None:
    layout = presentation.slide_layouts.get_by_name("Exhibit")
    links = slide(presentation, HISTORY).part.rels.values()
    next(rel for rel in links if rel.reltype == RELATIONSHIP_TYPE.SLIDE_LAYOUT)._target = layout.part


BY_HAND: list[Edit] = [
    retitle(HISTORY),
    move_picture,
    colour,
    draw,
    describe,
    lower,
    indent,
    spread,
    outline,
    lead_away,
]
BY_HAND += [without_colour, lay_out]


@pytest.mark.parametrize("edit", BY_HAND)
def test_a_slide_changed_by_hand_stays_while_its_data_does(edit: Edit, tmp_path: Path) -> None:
    old = edited(edit)
    deck = make(headlined(4), old)
    assert codes(deck) == ["slide-kept"]
    assert names(deck.pptx) == names(first())
    kept, theirs = slide(opened(deck.pptx), HISTORY), slide(opened(old), HISTORY)
    assert etree.tostring(kept._element, method="c14n") == etree.tostring(theirs._element, method="c14n")
    assert kept.slide_layout.name == theirs.slide_layout.name
    assert kept.notes_slide.notes_text_frame.text == theirs.notes_slide.notes_text_frame.text
    assert "Nobody has counted them all" in titles(deck.pptx), "the others are made anew"
    valid(deck.pptx, tmp_path)


def restyle(table: Any) -> None:
    table._tbl.tblPr.find(name("a:tableStyleId")).text = "{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}"


def band(table: Any) -> None:
    table.horz_banding = True


@pytest.mark.parametrize("edit", [restyle, band])
def test_a_table_in_another_style_stays(edit: Edit) -> None:
    def restyled(presentation: Any) -> None:
        edit(next(shape for shape in slide(presentation, TABLE).shapes if shape.has_table).table)

    old = edited(restyled)
    deck = make(headlined(4), old)
    assert codes(deck) == ["slide-kept"]
    kept, theirs = slide(opened(deck.pptx), TABLE), slide(opened(old), TABLE)
    assert etree.tostring(kept._element, method="c14n") == etree.tostring(theirs._element, method="c14n")


def test_pictures_are_stored_once() -> None:
    deck = make(headlined(4), edited(retitle(HISTORY)))
    with zipfile.ZipFile(io.BytesIO(deck.pptx)) as archive:
        media = [archive.read(entry) for entry in archive.namelist() if entry.startswith("ppt/media/")]
    with zipfile.ZipFile(io.BytesIO(first())) as archive:
        assert len(media) == sum(entry.startswith("ppt/media/") for entry in archive.namelist())
    assert len(set(media)) == len(media)


def test_a_kept_slide_has_the_new_edition_s_date() -> None:
    later = replace(samples.briefing(), edition_text="24 December 2026")
    deck = make(later, edited(retitle(GAZA)))
    assert "slide-kept" in codes(deck)
    shapes = [shape for one in opened(deck.pptx).slides for shape in one.placeholders]
    assert {shape.text_frame.text for shape in shapes if shape.name == "Date"} == {"Edition of 24 December 2026"}


def test_where_both_changed_ours_goes_in_and_theirs_is_kept_hidden_behind_it(tmp_path: Path) -> None:
    deck = make(headlined(3), edited(retitle(GAZA), renote(GAZA)))
    assert codes(deck) == ["slide-changed-twice"]
    at = names(deck.pptx).index(GAZA)
    ours, theirs = list(opened(deck.pptx).slides)[at : at + 2]
    assert ours.shapes.title.text_frame.text == "Nobody has counted them all"
    assert ours._element.get("show") is None and theirs._element.get("show") == "0"
    assert theirs.shapes.title.text_frame.text == "As I say it"
    assert theirs.notes_slide.notes_text_frame.text == "What I shall say myself."
    assert theirs.shapes[-1].text_frame.text == samples.briefing().words.kept_aside
    assert "What I shall say myself." not in ours.notes_slide.notes_text_frame.text
    valid(deck.pptx, tmp_path)

    again = make(headlined(3), deck.pptx)
    assert again.pptx == deck.pptx and codes(again) == ["slides-not-ours"]
    further = make(headlined(3, "Nor has anybody else"), again.pptx)
    assert names(further.pptx) == names(deck.pptx), "what was kept is a slide of theirs, and no more are made"


def test_notes_changed_by_hand_stay_on_a_slide_that_is_made_anew(tmp_path: Path) -> None:
    deck = make(headlined(3), edited(renote(GAZA)))
    assert codes(deck) == ["notes-kept"]
    kept = slide(opened(deck.pptx), GAZA)
    assert kept.shapes.title.text_frame.text == "Nobody has counted them all"
    assert kept.notes_slide.notes_text_frame.text == "What I shall say myself."
    assert kept.notes_slide.part.part_related_by(RELATIONSHIP_TYPE.SLIDE) is kept.part
    valid(deck.pptx, tmp_path)


def test_notes_that_both_changed_follow_ours() -> None:
    changed = headlined(3, body=samples.blocks("Another text altogether."))
    told = slide(opened(first()), GAZA).notes_slide.notes_text_frame.text.splitlines()[-1]
    deck = make(changed, edited(renote(GAZA, f"{told}\nMy remark")))
    assert codes(deck) == ["notes-changed-twice"]
    lines = slide(opened(deck.pptx), GAZA).notes_slide.notes_text_frame.text.splitlines()
    assert "Another text altogether." in lines
    assert lines[-2:] == [samples.briefing().words.kept_notes, "My remark"], "without what was ours"


def test_new_notes_go_with_a_slide_changed_by_hand() -> None:
    section = samples.briefing().sections[2]
    changed = replace(section, body=(*section.body, *samples.blocks("One sentence more.")))
    briefing = samples.briefing()
    briefing = replace(briefing, sections=(*briefing.sections[:2], changed, *briefing.sections[3:]))
    deck = make(briefing, edited(retitle(GAZA)))
    assert codes(deck) == ["slide-kept"]
    kept = slide(opened(deck.pptx), GAZA)
    assert kept.shapes.title.text_frame.text == "As I say it"
    assert "One sentence more." in kept.notes_slide.notes_text_frame.text
    assert kept.notes_slide.part.part_related_by(RELATIONSHIP_TYPE.SLIDE) is kept.part


def test_a_hidden_slide_stays_hidden_and_keeps_its_comments() -> None:
    def edit(presentation: Any) -> None:
        one = slide(presentation, GAZA)
        one._element.set("show", "0")
        package = presentation.part.package
        for part, kind, uri in (
            (one.part, "comments", "/ppt/comments/comment1.xml"),
            (presentation.part, "commentAuthors", "/ppt/commentAuthors.xml"),
        ):
            content_type = f"application/vnd.openxmlformats-officedocument.presentationml.{kind}+xml"
            reltype = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
            part.relate_to(Part(PackURI(uri), content_type, package, b"<remark/>"), reltype)

    deck = make(headlined(3), edited(edit))
    assert codes(deck) == []
    one = slide(opened(deck.pptx), GAZA)
    assert one._element.get("show") == "0" and one.shapes.title.text_frame.text == "Nobody has counted them all"
    assert any(rel.reltype.endswith("/comments") for rel in one.part.rels.values())
    assert any(rel.reltype.endswith("/commentAuthors") for rel in opened(deck.pptx).part.rels.values())


def canonical(tree: Any) -> bytes:
    content: bytes = etree.tostring(tree, method="c14n", exclusive=True)
    return content


TRANSITIONS = {
    "plain": '<p:transition {0} spd="slow" advTm="5000"><p:fade/></p:transition>',
    "with an alternative": """<mc:AlternateContent {0}
        xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
        xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main">
        <mc:Choice Requires="p14"><p:transition p14:dur="2000"><p:fade/></p:transition></mc:Choice>
        <mc:Fallback><p:transition spd="slow"><p:fade/></p:transition></mc:Fallback></mc:AlternateContent>""",
}


@pytest.mark.parametrize("kind", TRANSITIONS)
def test_transitions_stay_on_slides_that_are_made_anew(kind: str, tmp_path: Path) -> None:
    """Many a deck has one on every slide: nothing is kept twice for it."""
    parser = etree.XMLParser(remove_blank_text=True)
    given = etree.fromstring(TRANSITIONS[kind].format(f'xmlns:p="{PRESENTATION}"'), parser)

    def apply_to_all(presentation: Any) -> None:
        for one in presentation.slides:
            one._element.clrMapOvr.addnext(deepcopy(given))

    deck = make(headlined(3), edited(apply_to_all))
    assert codes(deck) == []
    assert "Nobody has counted them all" in titles(deck.pptx)
    for one in opened(deck.pptx).slides:
        assert canonical(one._element[2]) == canonical(given)
        assert all(choice.get("Requires") in choice.nsmap for choice in one._element.iter("{*}Choice"))
    valid(deck.pptx, tmp_path)
    assert make(headlined(3), deck.pptx).pptx == deck.pptx


def test_a_transition_with_a_sound_is_a_change_by_hand() -> None:
    def ring(presentation: Any) -> None:
        sound = element("p:sndAc", None, element("p:endSnd"))
        slide(presentation, GAZA)._element.append(element("p:transition", None, sound))

    assert codes(make(headlined(4), edited(ring))) == ["slide-kept"]


def test_a_changed_slide_of_a_section_that_is_gone_is_kept_hidden() -> None:
    briefing = samples.briefing()
    fewer = replace(briefing, sections=(*briefing.sections[:3], *briefing.sections[4:]))
    assert ISRAEL in names(first())
    deck = make(fewer, edited(retitle(ISRAEL)))
    assert "slide-without-data" in codes(deck)
    one = next(one for one in opened(deck.pptx).slides if one.shapes.title.text_frame.text == "As I say it")
    assert one._element.get("show") == "0"
    assert "slide-without-data" not in codes(make(fewer, first()))


CHART = f"{GAZA.partition('/')[0]}/gaza-deaths"


@cache
def native() -> tuple[Briefing, bytes]:
    briefing = replace(samples.briefing(), native=frozenset({"gaza-deaths"}))
    return briefing, make(briefing).pptx


def chart(presentation: Any) -> Any:
    return next(shape.chart for shape in slide(presentation, CHART).shapes if shape.has_chart)


def recolour(presentation: Any) -> None:
    chart(presentation).plots[0].series[0].format.line.color.rgb = RGBColor(200, 0, 0)


def recolour_a_point(presentation: Any) -> None:
    chart(presentation).plots[0].series[0].points[1].format.line.color.rgb = RGBColor(200, 0, 0)


def name_the_axis(presentation: Any) -> None:
    chart(presentation).value_axis.axis_title.text_frame.text = "People"


def enlarge(presentation: Any) -> None:
    chart(presentation).category_axis.tick_labels.font.size = Pt(20)


def raise_the_axis(presentation: Any) -> None:
    chart(presentation).value_axis.maximum_scale = 200_000


def type_a_label(presentation: Any) -> None:
    next(text for text in chart(presentation)._chartSpace.iter(name("a:t")) if text.text).text = "about 70,000"
    for field in list(chart(presentation)._chartSpace.iter(name("a:fld"))):
        field.tag = name("a:r")
        del field.attrib["id"], field.attrib["type"]


@pytest.mark.parametrize(
    "edit",
    [recolour, recolour_a_point, name_the_axis, enlarge, raise_the_axis, type_a_label],
    ids=lambda one: one.__name__,
)
def test_an_editable_chart_stays_as_it_was_edited(edit: Edit) -> None:
    briefing, content = native()
    mine = edited(edit, deck=content)
    other = replace(briefing, sections=headlined(1).sections)
    deck = make(other, mine)
    assert set(codes(deck)) - {"kept-number"} == {"slide-kept"}
    assert chart(opened(deck.pptx)).part.blob == chart(opened(mine)).part.blob
    assert codes(make(other, content)) == []


def test_a_chart_that_powerpoint_wrote_again_was_not_edited() -> None:
    """It writes a series' looks on its points, and what a field is in place of what it says."""

    def write_again(presentation: Any) -> None:
        series = chart(presentation).plots[0].series[0]
        point = series.points[1].format.line
        point.color.theme_color = series.format.line.color.theme_color
        for field in chart(presentation)._chartSpace.iter(name("a:fld")):
            field.find(name("a:t")).text = "[CELLRANGE]"
            field.find(name("a:pPr")).append(element("a:defRPr"))

    briefing, content = native()
    deck = make(replace(briefing, sections=headlined(1).sections), edited(write_again, deck=content))
    assert codes(deck) == []


# --- slides added, taken out, moved ---------------------------------------------------------------------------------


def test_an_added_slide_stays_behind_the_slide_that_it_stood_behind(tmp_path: Path) -> None:
    deck = make(headlined(3), edited(add(GAZA), add("title", "In front")))
    assert codes(deck) == ["slides-not-ours"]
    found = next(finding for finding in deck.findings if finding.code == "slides-not-ours")
    assert found.count == 2 and "A slide of mine" in found.message
    order = titles(deck.pptx)
    assert order[1] == "In front"
    assert order[order.index("Nobody has counted them all") + 1] == "A slide of mine, 88 seen"
    mine = list(opened(deck.pptx).slides)[order.index("A slide of mine, 88 seen")]
    shapes = list(mine.shapes)
    chart = next(shape.chart for shape in shapes if shape.has_chart)
    assert list(chart.plots[0].series[0].values) == [3, 4]
    assert chart.part.chart_workbook.xlsx_part.blob.startswith(b"PK")
    assert next(shape.table for shape in shapes if shape.has_table).cell(0, 0).text == "Mine"
    pictures = [shape for shape in shapes if shape._element.tag == name("p:pic") and not shape.is_placeholder]
    assert [shape.image.blob for shape in pictures] == [picture().getvalue()] * 2
    assert mine.notes_slide.notes_text_frame.text == "My own notes"
    link = next(shape for shape in shapes if shape.has_text_frame and shape.text_frame.text == "See there")
    assert link.click_action.target_slide.shapes.title.text_frame.text == "Nobody has counted them all"
    valid(deck.pptx, tmp_path)


def test_an_added_slide_on_a_layout_that_is_not_ours_brings_its_master(tmp_path: Path) -> None:
    def rename(presentation: Any) -> None:
        presentation.slide_layouts.get_by_name("Statement").name = "Our agency's own"

    deck = make(headlined(3), edited(add(GAZA), rename))
    presentation = opened(deck.pptx)
    assert len(presentation.slide_masters) == 2
    layouts = {one.slide_layout.name for one in presentation.slides}
    assert "Our agency's own" in layouts and "Statement" in layouts
    valid(deck.pptx, tmp_path)


@pytest.mark.parametrize("name", ["/ppt/extras/blob", "/ppt/extras/blob12", "/ppt/extras/a.b.bin"])
def test_an_added_slide_brings_parts_of_any_name(name: str) -> None:
    def attach(presentation: Any) -> None:
        added = presentation.slides.add_slide(presentation.slide_layouts[0])
        part = Part(PackURI(name), "application/octet-stream", added.part.package, b"of another program")
        added.part.relate_to(part, "http://example.org/extra")

    deck = make(headlined(3), edited(attach))
    assert codes(deck) == ["slides-not-ours"]
    parts = [str(part.partname) for part in opened(deck.pptx).part.package.iter_parts()]
    assert len([part for part in parts if part.startswith("/ppt/extras/")]) == 1


def test_a_slide_taken_out_stays_out_until_its_data_changes(tmp_path: Path) -> None:
    without = edited(take_out(GAZA))
    deck = make(headlined(4), without)
    assert codes(deck) == ["slide-left-out"]
    assert names(deck.pptx) == [id for id in names(first()) if id != GAZA]
    agenda = slide(opened(deck.pptx), "agenda")
    linked = [link.get(name("r:id")) for link in agenda._element.iter(name("a:hlinkClick"))]
    assert linked and all(agenda.part.rels[id].target_part for id in linked)
    valid(deck.pptx, tmp_path)

    still = make(headlined(5), deck.pptx)
    assert GAZA not in names(still.pptx) and codes(still) == ["slide-left-out"]
    back = make(headlined(3), still.pptx)
    assert codes(back) == ["slide-back"] and names(back.pptx) == names(first())


def test_sections_made_by_hand_are_told_of_when_they_go() -> None:
    def split(presentation: Any) -> None:
        listed = next(presentation.part._element.iter(name("p14:sectionLst")))
        first = deepcopy(listed[0])
        first.set("name", "For the minister")
        first.set("id", "{11111111-2222-4333-8444-555555555555}")
        listed.insert(0, first)

    old = edited(split)
    untouched = make(samples.briefing(), old)
    assert untouched.pptx == old and codes(untouched) == []
    (found,) = [one for one in make(headlined(4), old).findings if one.place.file == "briefing.pptx"]
    assert found.code == "sections-not-kept" and "'For the minister'" in found.message


def test_the_order_that_a_person_gave_stays(tmp_path: Path) -> None:
    moved = edited(move(JUNE, after="title"), move(ISRAEL, after=ROOTS))
    deck = make(headlined(3), moved)
    assert codes(deck) == []
    assert names(deck.pptx) == names(moved) != names(first())
    pages = [int(entry.page) for entry in deck.printed]
    assert pages == sorted(pages), "in the order in which the gate reads them"
    root = opened(deck.pptx).part._element
    in_sections, listed = (list(root.iter(name(tag))) for tag in ("p14:sldId", "p:sldId"))
    assert [one.get("id") for one in in_sections] == [one.get("id") for one in listed]
    shown = [next(one._element.iter(name("a:fld"))).find(name("a:t")).text for one in opened(deck.pptx).slides]
    assert shown == [str(number) for number in range(1, len(shown) + 1)]
    valid(deck.pptx, tmp_path)


def test_a_new_slide_finds_its_place_in_a_deck_that_was_reordered() -> None:
    briefing = samples.briefing()
    fewer = replace(briefing, sections=(*briefing.sections[:3], *briefing.sections[4:]))
    moved = edited(move("findings", after="title"), deck=make(fewer).pptx)
    deck = make(briefing, moved)
    assert codes(deck) == []
    order = names(deck.pptx)
    new = next(id for id in order if id.startswith("israel-s-perspective"))
    assert order[:2] == ["title", "findings"]
    assert order[order.index(new) - 1].startswith("the-gaza-conflict")


def copy(id: str) -> Edit:
    def edit(presentation: Any) -> None:
        source = slide(presentation, id)
        twin = presentation.slides.add_slide(source.slide_layout)
        twin._element.replace(twin._element.cSld, deepcopy(source._element.cSld))
        twin.notes_slide.notes_text_frame.text = source.notes_slide.notes_text_frame.text

    return edit


def test_a_copy_of_our_slide_is_a_person_s() -> None:
    deck = make(headlined(4), edited(copy(ROOTS)))
    assert codes(deck) == ["slides-not-ours"]
    assert names(deck.pptx).count(ROOTS) == 1 and len(names(deck.pptx)) == len(names(first())) + 1


def test_a_copy_that_says_a_number_which_the_data_no_longer_hold_is_told_of_at_every_build(tmp_path: Path) -> None:
    briefing = loaded(starter(), tmp_path / "before")
    twinned = make(briefing, edited(copy("repairs/statement"), deck=make(briefing).pptx))
    assert codes(twinned) == ["slides-not-ours"]
    more = loaded(replaced(starter(), "values.yaml", "at_least: 14", "at_least: 21"), tmp_path / "after")
    stale = make(more, twinned.pptx)
    again = make(replace(more, subtitle="Once more"), stale.pptx)
    for deck in (stale, again):
        number = names(deck.pptx).index("repairs/statement copy") + 1
        found = {(str(one.place), one.numeral) for one in deck.findings if one.code == "copied-number"}
        assert found == {(f"briefing.pptx:slide {number}", numeral) for numeral in ("At least 14", "at least 14")}
    assert codes(make(briefing, again.pptx)) == ["slides-not-ours"]


def test_a_copy_whose_original_was_taken_out_says_numbers_of_the_data_still(tmp_path: Path) -> None:
    briefing = loaded(starter(), tmp_path)
    twinned = make(
        replace(briefing, subtitle="With a copy"), edited(copy("supply/statement"), deck=make(briefing).pptx)
    )
    alone = make(replace(briefing, subtitle="Again"), edited(take_out("supply/statement"), deck=twinned.pptx))
    assert sorted(codes(alone)) == ["slide-left-out", "slides-not-ours"]
    assert "42.5" not in {one.mark.numeral for one in alone.printed}


# --- numbers --------------------------------------------------------------------------------------------------------


def test_the_gate_answers_for_our_slides_and_names_a_number_that_a_person_wrote() -> None:
    briefing = headlined(4)
    by_hand = (retitle(GAZA, "By my count 90,001 of 73,419"), renote(HISTORY, "I say 444 pumps"))
    deck = make(briefing, edited(add(ROOTS), *by_hand, take_out(JUNE)))
    unknown = {(str(found.place), found.numeral) for found in deck.findings if found.code == "kept-number"}
    at = {id: names(deck.pptx).index(id) + 1 for id in (GAZA, HISTORY)}
    assert unknown == {(f"briefing.pptx:slide {at[GAZA]}", "90,001"), (f"briefing.pptx:slide {at[HISTORY]}", "444")}

    read = read_back(deck.pptx, briefing.theme.fonts, deck.unread)
    passages = [one for one in read if deck.answers(one.pieces[0].page, one.channel)]
    printed = [one for one in deck.printed if deck.answers(one.page, one.where)]
    assert [
        str(one) for one in gate.check(printed, gate.seen(passages, briefing.language)) if "picture" not in str(one)
    ] == []
    rows = [one for one in deck.printed if one.page == str(at[GAZA]) and one.where == "headline"]
    assert [one.mark.numeral for one in rows] == ["73,419"], "what still stands there stays in the ledger"
    texts = {str(number): one for number, one in enumerate(titles(deck.pptx), start=1)}
    for entry in deck.printed:
        if entry.where == "headline":
            assert entry.mark.numeral in texts[entry.page]


def test_a_number_that_stands_elsewhere_on_a_slide_answers_for_none_that_a_person_wrote(tmp_path: Path) -> None:
    """In an editable chart another number is drawn, in its text alternative one is another, in the text one is new."""
    files = replaced(starter(), "briefing.yaml", "page: a4", "charts: native")
    bars = replaced(files, "sections/02-repairs.yaml", "exhibits:\n", f"exhibits:\n{BARS}")
    briefing = loaded(replaced(bars, "sections/02-repairs.yaml", "@latest\n", "@latest\n\n  @bars\n"), tmp_path / "in")

    def edit(presentation: Any) -> None:
        one = slide(presentation, "repairs/bars")
        chart = next(shape for shape in one.shapes if shape.has_chart)
        described = chart._element.nvGraphicFramePr.cNvPr
        described.set("descr", described.get("descr").replace("193,200", "150,400"))
        drawn = next(value for value in chart.chart._chartSpace.iter(name("c:v")) if value.text == "193200")
        drawn.text = "393200"
        one.shapes.title.text_frame.text = "193,200 and 150,400"

    first = make(briefing)
    deck = make(briefing, edited(edit, deck=first.pptx))
    assert {(one.channel, one.numeral) for one in deck.findings if one.code == "kept-number"} == {
        ("chart", "393200"),
        ("slide", "150,400"),
        ("slide", "193,200"),
    }
    page = str(names(deck.pptx).index("repairs/bars") + 1)
    before, now = (
        Counter((one.where, one.mark.numeral) for one in each.printed if one.page == page) for each in (first, deck)
    )
    assert before - now == Counter([("alt text", "193,200")]) and not now - before


def test_numbers_that_changed_places_in_a_table_are_told_of() -> None:
    def table(presentation: Any) -> Any:
        return next(shape for shape in slide(presentation, TABLE).shapes if shape.has_table).table

    def swap(presentation: Any) -> None:
        cells = [table(presentation).cell(row, 3) for row in (1, 2)]
        texts = [cell.text for cell in cells]
        for cell, text in zip(cells, reversed(texts), strict=True):
            cell.text = text

    def turn(presentation: Any) -> None:
        rows = table(presentation)._tbl.tr_lst
        rows[1].addprevious(rows[2])

    texts = [[cell.text.replace("\u00a0", " ") for cell in row.cells] for row in table(opened(first())).rows]
    head, one, other = texts[:3]
    deck = make(samples.briefing(), edited(swap))
    told = {(found.row, found.column, found.now, found.was) for found in deck.findings if found.code == "moved-number"}
    assert told == {(one[0], head[3], other[3], one[3]), (other[0], head[3], one[3], other[3])}
    turned = make(samples.briefing(), edited(turn))
    assert codes(turned) == ["slide-kept"], "rows that changed places say what they said"


# --- the same, and what cannot be read ------------------------------------------------------------------------------


def test_the_same_old_deck_gives_the_same_bytes() -> None:
    old = edited(retitle(GAZA), renote(HISTORY), add(ROOTS), take_out(JUNE), move(ISRAEL, after=ROOTS))
    assert make(headlined(3), old).pptx == make(headlined(3), old).pptx


def truncated() -> bytes:
    return first()[: len(first()) // 2]


def other() -> bytes:
    stream = io.BytesIO()
    Presentation().save(stream)
    return stream.getvalue()


def rewritten(change: Callable[[str, bytes], bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(first())) as old, zipfile.ZipFile(stream, "w") as new:
        for entry in old.namelist():
            new.writestr(entry, change(entry, old.read(entry)))
    return stream.getvalue()


def macros() -> bytes:
    return rewritten(
        lambda entry, content: (
            content.replace(
                b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
                b"application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml",
            )
            if entry == "[Content_Types].xml"
            else content
        )
    )


def broken() -> bytes:
    return rewritten(lambda entry, content: content[:90] if re.fullmatch(r"ppt/slides/slide3\.xml", entry) else content)


def older() -> bytes:
    """A deck whose record tells of looks in the way of another version."""
    return rewritten(lambda _, content: content.replace(stamps.NAMESPACE.encode(), b"urn:diptych:slides"))


@pytest.mark.parametrize(
    ("old", "reason"),
    [
        (lambda: b"\xd0\xcf\x11\xe0" + bytes(600), "password"),
        (lambda: b"no deck at all", "damaged"),
        (truncated, "damaged"),
        (broken, "damaged"),
        (macros, "macros"),
        (other, "no record"),
        (older, "another version"),
    ],
)
def test_a_deck_that_cannot_be_merged_says_why(old: Callable[[], bytes], reason: str) -> None:
    deck = make(samples.briefing(), old())
    assert reason in deck.refused
    assert deck.pptx == first()
