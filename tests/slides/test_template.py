"""Templates that others made: decks on six strange ones keep what every deck of ours keeps; what is no template is a
finding, and nothing is written."""

import io
import os
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from ooxml_integrity import check_pptx
from openxml_audit import validate_pptx
from pptx.opc.constants import RELATIONSHIP_TYPE

import slides
from data.building import manifest
from data.findings import Finding
from data.load import load
from data.model import Briefing, DeckTemplate, Place
from data.theme import Fonts, Theme, contrast
from data.trust.gate import check, seen
from slides.measure import metrics
from slides.oxml import name
from slides.readback import read as passages
from slides.result import Deck
from tests import samples
from tests.slides import foreign
from tests.slides.reading import blank, boxes, build, flat, overlaps, read
from tests.slides.validator import faults

ROOT = Path(__file__).resolve().parents[2]
STARTER = ROOT / "data" / "starter"
TEMPLATES: dict[str, Callable[[], bytes]] = {
    "4:3": foreign.plain,
    "dark": foreign.dark,
    "few layouts": foreign.few,
    "two masters": foreign.two_masters,
    "low title": foreign.low,
    "right to left": foreign.turned,
}


def on(content: bytes, briefing: Briefing | None = None, file: str = "corp.pptx", **layouts: str) -> Briefing:
    template = DeckTemplate(Place("briefing.yaml", 4), file, content)
    return replace(briefing or samples.briefing(), template=template, layouts=layouts)


@cache
def starter() -> Briefing:
    briefing, _ = load(STARTER)
    assert briefing is not None
    return replace(briefing, native=frozenset({"supply"}))


@cache
def made(kind: str, native: bool = False) -> tuple[Briefing, Deck]:
    """The sample with drawn charts, or the starter with an editable one."""
    briefing = on(TEMPLATES[kind](), starter() if native else samples.briefing())
    return briefing, slides.build(briefing, blank, flat)


def refused(content: bytes, **layouts: str) -> tuple[Finding, ...]:
    """The findings of a template that cannot hold the deck, of which nothing is made."""
    briefing = on(content, **layouts)
    deck = slides.build(briefing, blank, flat)
    assert deck.pptx == b"" and deck.printed == ()
    found = slides.check(briefing)
    assert found and all(finding.severity == "error" and finding.hint for finding in found)
    assert set(found) <= set(deck.findings)
    return found


@pytest.fixture(params=[(kind, native) for kind in TEMPLATES for native in (False, True)], ids=str)
def deck(request: pytest.FixtureRequest) -> tuple[Briefing, Deck]:
    return made(*request.param)


# --- what every deck keeps -----------------------------------------------------------------------------------------


def test_the_deck_is_valid_and_its_text_is_in_its_boxes(deck: tuple[Briefing, Deck], tmp_path: Path) -> None:
    path = tmp_path / "deck.pptx"
    path.write_bytes(deck[1].pptx)
    assert faults(path) == []
    assert [str(finding) for finding in check_pptx(path)] == []


def test_nothing_overlaps_or_leaves_the_slide(deck: tuple[Briefing, Deck]) -> None:
    assert list(overlaps(read(deck[1].pptx))) == []


def test_figures_too_long_for_three_in_a_row_stand_in_rows_of_two() -> None:
    base = samples.briefing()
    long = replace(base.highlights[0], value=replace(base.highlights[0].value, text="US$1,040,750,000"))
    briefing = replace(on(foreign.plain(), base), highlights=(long,) * 6)
    presentation = read(slides.build(briefing, blank, flat).pptx)
    named = (slide for slide in presentation.slides if briefing.words.key_figures in slide.shapes.title.text_frame.text)
    tiles = [[shape for shape in slide.shapes if shape.name.startswith("Figure ")] for slide in named]
    assert [(len({tile.top for tile in each}), len({tile.left for tile in each})) for each in tiles] == [(3, 2)]
    assert list(overlaps(presentation)) == []


def test_titles_are_unique_and_every_slide_has_notes_and_a_number(deck: tuple[Briefing, Deck]) -> None:
    presentation = read(deck[1].pptx)
    titles = [slide.shapes.title.text_frame.text for slide in presentation.slides]
    assert all(titles) and len({title.casefold() for title in titles}) == len(titles)
    for slide in presentation.slides:
        assert slide.notes_slide.notes_text_frame.text.strip()
        fields = [field.get("type") for field in slide._element.iter(name("a:fld"))]
        assert fields.count("slidenum") == 1


def test_no_placeholder_is_empty_and_each_is_one_of_the_layout(deck: tuple[Briefing, Deck]) -> None:
    for slide in read(deck[1].pptx).slides:
        offered = {one.placeholder_format.idx: one.placeholder_format.type for one in slide.slide_layout.placeholders}
        for shape in slide.placeholders:
            assert offered[shape.placeholder_format.idx] == shape.placeholder_format.type
            if shape.has_text_frame:
                assert shape.text_frame.text.strip() or shape._element.find(f".//{name('a:fld')}") is not None


def test_pictures_tables_and_charts_have_a_description(deck: tuple[Briefing, Deck]) -> None:
    shown = 0
    for slide in read(deck[1].pptx).slides:
        for shape in slide.shapes:
            if shape._element.tag in (name("p:pic"), name("p:graphicFrame")):
                shown += 1
                assert len(shape._element.find(f".//{name('p:cNvPr')}").get("descr").split()) > 3
    assert shown


def test_every_number_is_the_ledger_s(deck: tuple[Briefing, Deck]) -> None:
    briefing, made = deck
    found = check(made.printed, seen(passages(made.pptx, briefing.theme.fonts), briefing.language))
    assert [str(one) for one in found] == []
    assert len(made.printed) > 10


def test_no_line_is_wider_than_its_box(deck: tuple[Briefing, Deck]) -> None:
    """Text boxes of our own, whose type is stated in full; placeholders are measured by the check above."""
    measure = metrics(Fonts())
    seen = 0
    for slide in read(deck[1].pptx).slides:
        for shape in slide.shapes:
            style = shape._element.find(f"{name('p:txBody')}/{name('a:lstStyle')}/{name('a:lvl1pPr')}")
            if shape.is_placeholder or style is None:
                continue
            size = int(style.find(name("a:defRPr")).get("sz")) / 100
            width = boxes(shape, slide.slide_layout)[2]
            for paragraph in shape.text_frame.paragraphs:
                seen += 1
                words = [measure.width(word, size) for word in paragraph.text.replace("-", "- ").split()]
                assert max(words, default=0) <= width, paragraph.text
    assert seen > 5


def test_sources_take_the_width_of_the_chart_and_the_text_beside_it() -> None:
    seen = 0
    for slide in read(made("4:3")[1].pptx).slides:
        if slide.slide_layout.name == "Two Content":
            seen += 1
            shown = {shape.name: boxes(shape, slide.slide_layout) for shape in slide.shapes}
            (x, _, width, _), (left, _, room, _) = shown["Source"], shown["Points"]
            assert (x, round(x + width)) == (shown["Exhibit"][0], round(left + room))
    assert seen


# --- the template is what shows ------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", TEMPLATES)
def test_masters_layouts_and_size_are_the_template_s_and_its_slides_are_gone(kind: str) -> None:
    content = TEMPLATES[kind]().replace(foreign.TEMPLATE_TYPE, foreign.MAIN_TYPE)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        kept = {file: archive.read(file) for file in archive.namelist() if "/theme/theme" in file}
    briefing, deck = made(kind)
    with zipfile.ZipFile(io.BytesIO(deck.pptx)) as archive:
        names = archive.namelist()
        for file, part in kept.items():
            assert archive.read(file) == part
    presentation = read(deck.pptx)
    layouts = [layout.name for master in presentation.slide_masters for layout in master.slide_layouts]
    assert layouts and "Statement" not in layouts
    assert not any("A slide of the template" in slide.shapes.title.text for slide in presentation.slides)
    assert len([file for file in names if file.startswith("ppt/slides/slide")]) == len(presentation.slides)
    assert {slide.slide_layout.name for slide in presentation.slides} <= set(layouts)
    wide = 960 if kind == "dark" else 720
    assert presentation.slide_width == wide * 12700
    assert briefing.theme == Theme(), "the report keeps the house's colours"


def test_layouts_are_found_in_any_language_by_their_type() -> None:
    used = {slide.slide_layout.name for slide in read(made("dark")[1].pptx).slides}
    assert used == {"Titelfolie", "Titel und Inhalt", "Zwei Inhalte"}


def test_what_stands_in_for_a_kind_is_told() -> None:
    notes = {
        finding.kind: finding for finding in made("few layouts")[1].findings if finding.code == "template-fallback"
    }
    assert set(notes) == {"Figures", "Quote", "Exhibit with points"}
    assert all(note.severity == "note" and note.layout == "Title and Content" for note in notes.values())


def test_charts_are_drawn_in_the_template_s_colours() -> None:
    theme = slides.theme(on(foreign.dark()))
    palette = theme.palette
    assert palette.paper == "#000000" and palette.ink == "#ffffff"
    assert contrast(palette.muted, palette.paper) >= 4.5 and contrast(palette.accent, palette.paper) >= 4.5
    assert all(contrast(colour, palette.paper) >= 3 for colour in palette.series)
    assert len(set(palette.series)) == len(palette.series) >= 6
    assert slides.theme(samples.briefing()) == Theme()


def test_a_template_lends_no_more_colours_than_the_briefing_has() -> None:
    """Populations beyond the palette are neutral in the report, so they are in the deck."""
    briefing = on(foreign.dark())
    few = replace(briefing.theme.palette, series=briefing.theme.palette.series[:4])
    palette = slides.theme(replace(briefing, theme=replace(briefing.theme, palette=few))).palette
    assert len(palette.series) == 4 and palette.population(4) == palette.muted


def test_text_of_our_own_is_light_where_only_the_master_is_dark() -> None:
    briefing = on(foreign.navy())
    presentation = read(slides.build(briefing, blank, flat).pptx)
    fill = f"{name('p:txBody')}/{name('a:lstStyle')}/{name('a:lvl1pPr')}/{name('a:defRPr')}/{name('a:solidFill')}"
    own = {
        (slide.slide_layout.name, shape.name): shape._element.find(fill)
        for slide in presentation.slides
        for shape in slide.shapes
        if shape.has_text_frame and shape.text_frame.text.strip() and not shape.is_placeholder
    }
    assert len(own) > 5
    for place, found in own.items():
        on_the_panel = place == ("Title Slide", "Issuer")
        assert (found is None) if on_the_panel else (found[0].get("val") == "bg1"), place
    styles = etree.fromstring(presentation.part.part_related_by(RELATIONSHIP_TYPE.TABLE_STYLES).blob)
    (cells,) = styles.iterfind(f".//{name('a:wholeTbl')}/{name('a:tcTxStyle')}/{name('a:schemeClr')}")
    assert cells.get("val") == "bg1"
    palette = slides.theme(briefing).palette
    assert palette.paper == f"#{foreign.NAVY}" and palette.ink == "#ffffff"
    (head,) = styles.iterfind(f".//{name('a:firstRow')}/{name('a:tcTxStyle')}/{name('a:srgbClr')}")
    assert contrast(f"#{head.get('val')}", palette.paper) >= 4.5


def test_english_text_on_a_template_that_runs_from_right_to_left_runs_from_left_to_right() -> None:
    seen = 0
    for slide in read(made("right to left")[1].pptx).slides:
        for body in slide._element.iter(name("p:txBody"), name("a:txBody")):
            style = body.find(f"{name('a:lstStyle')}/{name('a:lvl1pPr')}")
            for paragraph in body.iter(name("a:p")):
                words = "".join(text.text for text in paragraph.iter(name("a:t")))
                given = [one for one in (paragraph.find(name("a:pPr")), style) if one is not None]
                rtl, algn = (next((one.get(key) for one in given if one.get(key)), "") for key in ("rtl", "algn"))
                if words.isascii() and not words.isdigit():
                    seen += 1
                    assert rtl == "0", words
                    assert algn in ("l", "ctr") or body.tag == name("a:txBody"), words
    assert seen > 50


@pytest.mark.parametrize("covering", [False, True])
def test_a_ground_that_is_a_picture_has_the_picture_s_colour(covering: bool) -> None:
    briefing = on(foreign.pictured(covering))
    palette = slides.theme(briefing).palette
    assert palette.paper == f"#{foreign.NAVY}" and palette.ink == "#ffffff"
    for slide in read(slides.build(briefing, blank, flat).pptx).slides:
        for shape in slide.shapes:
            if shape.has_text_frame and shape.text_frame.text.strip() and not shape.is_placeholder:
                (colour, *_) = shape._element.find(name("p:txBody")).iter(name("a:schemeClr"))
                assert colour.get("val") == "bg1", shape.name


def test_a_picture_that_cannot_be_looked_at_is_passed_over() -> None:
    def drawn(file: str, part: bytes) -> bytes:
        return b'<svg xmlns="http://www.w3.org/2000/svg"/>' if file.startswith("ppt/media/") else part

    content = foreign.repacked(foreign.pictured(covering=True), drawn)
    assert slides.theme(on(content)).palette.paper == "#ffffff"


def test_links_on_a_ground_where_they_cannot_be_read_keep_the_text_s_colour() -> None:
    for kind, faint in (("dark", True), ("4:3", False)):
        links = [
            link for slide in read(made(kind)[1].pptx).slides for link in slide._element.iter(name("a:hlinkClick"))
        ]
        assert links and all((link.find(f".//{name('ahyp:hlinkClr')}") is not None) == faint for link in links)


def test_the_author_names_a_layout_and_the_second_master_by_its_theme() -> None:
    briefing = on(foreign.two_masters(), Statement="Second/Title and Content", Table="Title Only")
    presentation = read(slides.build(briefing, blank, flat).pptx)
    masters = list(presentation.slide_masters)
    used = {layout.name for layout in masters[1].slide_layouts if layout.used_by_slides}
    assert used == {"Title and Content"}
    table = next(slide for slide in presentation.slides if any(shape.has_table for shape in slide.shapes))
    assert table.slide_layout.name == "Title Only"


def test_slides_with_content_do_not_stand_on_a_master_for_covers() -> None:
    presentation = read(slides.build(on(foreign.cover_first()), blank, flat).pptx)
    masters = list(presentation.slide_masters)
    first, second = ({layout.name for layout in one.slide_layouts if layout.used_by_slides} for one in masters)
    assert first == {"Title Slide"} and second == {"Title and Content", "Two Content"}
    chosen = read(slides.build(on(foreign.cover_first(), Statement="Title and Content"), blank, flat).pptx)
    assert chosen.slide_masters[0].slide_layouts.get_by_name("Title and Content").used_by_slides


def test_a_slide_kept_by_hand_keeps_the_layout_of_the_template_that_it_was_made_on() -> None:
    presentation = read(slides.build(on(foreign.plain()), blank, flat).pptx)
    slide = next(one for one in presentation.slides if one._element.cSld.get("name").endswith("/statement"))
    slide.shapes.title.text_frame.text = "As I say it"
    deck = slides.build(samples.briefing(), blank, flat, previous=foreign.saved(presentation))
    kept = next(one for one in read(deck.pptx).slides if one.shapes.title.text_frame.text == "As I say it")
    assert kept.slide_layout.name == "Title and Content"
    assert list(overlaps(read(deck.pptx))) == []


def test_our_own_deck_is_a_template_with_every_kind() -> None:
    house, _ = build(samples.briefing())
    deck = slides.build(on(house), blank, flat)
    assert [finding for finding in deck.findings if finding.code.startswith("template")] == []
    ours, theirs = read(house), read(deck.pptx)
    assert [slide.slide_layout.name for slide in ours.slides] == [slide.slide_layout.name for slide in theirs.slides]
    texts = [[shape.text_frame.text for shape in slide.placeholders if shape.has_text_frame] for slide in ours.slides]
    assert texts == [
        [shape.text_frame.text for shape in slide.placeholders if shape.has_text_frame] for slide in theirs.slides
    ]


def test_a_font_of_unknown_widths_is_measured_with_room_to_spare() -> None:
    verdana = foreign.repacked(
        foreign.plain(), lambda _, part: part.replace(b'typeface="Arial"', b'typeface="Verdana"')
    )
    briefing = on(verdana)
    assert slides.theme(briefing).fonts.slide_width > 1.15
    notes = [one for one in slides.build(briefing, blank, flat).findings if one.code == "template-font"]
    assert [note.families for note in notes] == [("Verdana",)]
    assert slides.theme(on(foreign.plain())).fonts.slide_width == 1


def test_the_same_template_gives_the_same_bytes() -> None:
    briefing, deck = made("dark")
    assert slides.build(briefing, blank, flat).pptx == deck.pptx


def test_nothing_of_the_template_s_own_slides_comes_along(tmp_path: Path) -> None:
    """Two parts of one name, and PowerPoint opens the deck no more."""
    deck = slides.build(on(foreign.entangled(), starter()), blank, flat)
    with zipfile.ZipFile(io.BytesIO(deck.pptx)) as archive:
        names = archive.namelist()
        assert len(set(names)) == len(names)
        assert not any(b"A slide of the template" in archive.read(file) for file in names)
        assert [archive.read(file).count(b"<dc:title>") for file in names if file.endswith("core.xml")] == [1]
    path = tmp_path / "deck.pptx"
    path.write_bytes(deck.pptx)
    assert [str(error) for error in validate_pptx(str(path)).errors] == []
    assert [str(finding) for finding in check_pptx(path)] == []
    charts = [shape.chart for shape in read(deck.pptx).slide_master.shapes if shape.has_chart]
    assert [series.name for chart in charts for series in chart.plots[0].series] == ["Budget"]


# --- what is no template -------------------------------------------------------------------------------------------


def test_a_kind_that_no_layout_can_hold_lists_what_there_is() -> None:
    found = {finding.kind: finding for finding in refused(foreign.titles())}
    assert set(found) == {"Statement", "Agenda", "Quote", "Sources"}
    assert "'Title Only' (title, date, footer, slide number)" in found["Statement"].hint


def test_without_a_title_no_slide_can_be_made() -> None:
    found = refused(foreign.untitled())
    assert {finding.code for finding in found} == {"template-lacks"}
    assert "Title" in {finding.kind for finding in found} and "'Blank'" in found[0].hint


def test_layouts_that_say_nothing_of_their_use_need_one_name() -> None:
    """PowerPoint gives no type to a layout that somebody added."""
    presentation = foreign.opened(foreign.plain())
    for number, layout in enumerate(presentation.slide_layouts):
        layout.name = f"{number} Benutzerdefiniert"
        layout._element.attrib.pop("type", None)
    unsaid = foreign.saved(presentation)
    found = refused(unsaid)
    assert all("says by its name or type" in one.message and "'statement' serves all" in one.hint for one in found)
    assert slides.check(on(unsaid, Statement="1 Benutzerdefiniert")) == ()


def test_a_layout_that_is_not_there_is_named_with_those_that_are() -> None:
    (found,) = refused(foreign.plain(), Table="Tabelle")
    assert found.code == "layout-unknown" and "'Title and Content'" in found.hint


def _macros() -> bytes:
    return foreign.repacked(foreign.plain(), lambda _, part: part, {"ppt/vbaProject.bin": b"\0" * 64})


def _macro_type() -> bytes:
    kind = b"application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml"
    return foreign.repacked(foreign.plain(), lambda _, part: part.replace(foreign.MAIN_TYPE, kind))


def _encrypted() -> bytes:
    content = bytearray(foreign.plain())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        while at >= 0:
            content[at + offset] |= 1
            at = content.find(mark, at + 4)
    return bytes(content)


def _bomb() -> bytes:
    """The directory claims a part of four gigabytes."""
    content = bytearray(foreign.plain())
    at = content.find(b"PK\x01\x02")
    struct.pack_into("<I", content, at + 24, 0xFFFFFFF0)
    return bytes(content)


def _no_layouts() -> bytes:
    presentation = foreign.opened(foreign.plain())
    for layout in list(presentation.slide_layouts):
        presentation.slide_layouts.remove(layout)
    return foreign.saved(presentation)


def _broken_part(file: str) -> bytes:
    return foreign.repacked(foreign.plain(), lambda one, part: part[: len(part) // 2] if one == file else part)


def _without(file: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(foreign.plain())) as old, zipfile.ZipFile(stream, "w") as new:
        for entry in old.infolist():
            if entry.filename != file:
                new.writestr(entry, old.read(entry))
    return stream.getvalue()


def _spreadsheet() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types>spreadsheetml</Types>")
    return stream.getvalue()


BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "no PowerPoint file"),
    "text": (lambda: b"Quarterly results", "no PowerPoint file"),
    "a spreadsheet": (_spreadsheet, "no PowerPoint file"),
    "macros": (_macros, "holds macros"),
    "macro-enabled": (_macro_type, "holds macros"),
    "a compound file": (lambda: bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "protected by a password"),
    "an encrypted zip": (_encrypted, "protected by a password"),
    "cut off": (lambda: foreign.plain()[:9000], "damaged"),
    "a bomb": (_bomb, "unpacks to more"),
    "no layouts": (_no_layouts, "no slide layouts"),
    "a broken layout": (lambda: _broken_part("ppt/slideLayouts/slideLayout2.xml"), "damaged"),
    "a broken theme": (lambda: _broken_part("ppt/theme/theme1.xml"), "cannot be"),
    "no presentation": (lambda: _without("ppt/presentation.xml"), "damaged"),
    "no theme": (lambda: _without("ppt/theme/theme1.xml"), "cannot be"),
}


@pytest.mark.parametrize("kind", BAD)
def test_what_is_no_template_is_a_finding_and_nothing_is_written(kind: str) -> None:
    content, reason = BAD[kind]
    (found,) = refused(content())
    assert found.code == "template-unreadable" and found.file == "corp.pptx"
    assert reason in found.message


# --- in the folder and on the command line -------------------------------------------------------------------------


def _named(folder: Path, lines: str) -> None:
    path = folder / "briefing.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("page: a4", f"{lines}\npage: a4"), encoding="utf-8")


def test_briefing_yaml_names_a_template_of_its_folder(starter: Path) -> None:
    (starter / "corp.potx").write_bytes(foreign.dark())
    _named(starter, "template: corp.potx\nlayouts: {exhibit: Nur Titel, exhibit with points: Nur Titel}")
    briefing, findings = load(starter)
    assert briefing is not None and [one for one in findings if one.severity == "error"] == []
    assert slides.check(briefing) == ()
    presentation = read(slides.build(briefing, blank, flat).pptx)
    shown = [
        slide for slide in presentation.slides if any(shape._element.tag == name("p:pic") for shape in slide.shapes)
    ]
    assert [slide.slide_layout.name for slide in shown] == ["Nur Titel"]


@pytest.mark.parametrize("lead", ["../corp.pptx", "link.pptx", "absent.pptx"])
def test_a_template_outside_the_folder_is_not_opened(starter: Path, lead: str) -> None:
    outside = starter.parent / "corp.pptx"
    outside.write_bytes(foreign.plain())
    (starter / "link.pptx").symlink_to(outside)
    _named(starter, f"template: {lead}")
    briefing, findings = load(starter)
    assert briefing is None
    assert [one.code for one in findings if one.severity == "error"] == ["template-missing"]


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, str(ROOT / "make_all.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


def test_the_command_line_takes_any_file_and_a_bad_one_writes_nothing(starter: Path, tmp_path: Path) -> None:
    bad, out = tmp_path / "elsewhere" / "bad.pptx", tmp_path / "out"
    bad.parent.mkdir()
    bad.write_bytes(b"no zip")
    done = _run(str(starter), "--out", str(out), "--template", str(bad))
    assert done.returncode == 1 and "template-unreadable" in done.stderr and "Traceback" not in done.stderr
    assert not list(out.glob("*.pptx")) if out.exists() else True
    good = bad.with_name("good.potx")
    good.write_bytes(foreign.dark())
    done = _run(str(starter), "--out", str(out), "--only", "slides", "--template", str(good))
    assert done.returncode == 0, done.stderr
    used: set[Any] = {slide.slide_layout.name for slide in read((out / "briefing.pptx").read_bytes()).slides}
    assert "Titel und Inhalt" in used


def test_another_template_is_another_deck(starter: Path, tmp_path: Path) -> None:
    file = starter / "corp.potx"
    file.write_bytes(foreign.dark())
    before = manifest.describe(starter, tmp_path / "out", {})["inputs"]
    file.write_bytes(foreign.plain())
    after = manifest.describe(starter, tmp_path / "out", {})["inputs"]
    assert {name for name in after if after[name] != before[name]} == {"corp.potx"}
