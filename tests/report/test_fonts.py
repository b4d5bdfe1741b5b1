"""Fonts: shaped, measured, embedded and readable; right-to-left text in its places."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise

import pikepdf
import pypdfium2
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics

from data.script import has_right_to_left
from report.bidi import is_right_to_left, line_runs, visual_runs
from report.face import Face
from report.fallback import font_runs, missing_characters
from report.flowables import Paragraph
from report.fonts import register_font
from report.structure import Tag
from tests.report.tagged import ARABIC, BODY, MARGIN, OTHER, PLAIN, SERIF, build, read, style


def _face(name: str = SERIF) -> Face:
    face = pdfmetrics.getFont(name)
    assert isinstance(face, Face)
    return face


def test_words_are_kerned_and_measured_as_they_are_shaped() -> None:
    face = _face()
    letters = sum(face.stringWidth(letter, 10) for letter in "AVATAR")
    assert face.stringWidth("AVATAR", 10) < letters
    twice = 2 * face.stringWidth("AVATAR", 10) + face.stringWidth(" ", 10)
    assert face.stringWidth("AVATAR AVATAR", 10) == pytest.approx(twice)


def test_figures_are_not_kerned_so_that_they_stand_in_columns() -> None:
    face = _face()
    assert len({round(face.stringWidth(number, 10), 6) for number in ("1,117", "4,000", "7,747", "9,999")}) == 1


def test_a_ligature_is_one_glyph_that_reads_as_its_letters() -> None:
    assert [glyph.text for glyph in _face().shape("office", False)] == ["o", "f", "fi", "c", "e"]


def test_arabic_letters_join_and_stand_from_right_to_left() -> None:
    face = _face(ARABIC)
    joined = [glyph.gid for glyph in face.shape("غزة", True)]
    alone = [face.shape(letter, True)[0].gid for letter in "ةزغ"]
    assert len(joined) == 3
    assert joined[1:] != alone[1:]
    assert [glyph.text for glyph in face.shape("غزة", True)] == ["ة", "ز", "غ"]
    assert face.shape("لا", True)[0].text == "ال"  # the ligature, turned around with its run


def test_what_is_not_in_the_font_comes_from_a_fallback() -> None:
    assert font_runs("Gaza (غزة) שלום", SERIF) == [("Gaza (", SERIF), ("غزة", ARABIC), (") ", SERIF), ("שלום", OTHER)]
    assert missing_characters("Gaza غزة 漢字 – ½", SERIF) == {"漢", "字"}
    mixed = _face().stringWidth("xغزة", 10)
    assert mixed == pytest.approx(_face().stringWidth("x", 10) + _face(ARABIC).stringWidth("غزة", 10))


def test_registering_twice_keeps_the_font() -> None:
    face = _face()
    register_font(SERIF, face.face.filename)
    assert _face() is face


def test_a_bold_text_takes_the_bold_fallback_where_there_is_one() -> None:
    assert font_runs("غزة שלום", f"{SERIF}-Bold") == [("غزة ", f"{ARABIC}-Bold"), ("שלום", OTHER)]


def test_one_subset_per_face_with_the_widths_of_its_glyphs() -> None:
    document = Tag("Document")
    latin = "".join(chr(code) for code in range(0xA1, 0x17F) if not missing_characters(chr(code), SERIF))
    pdf = build(document, [Paragraph(f"{latin} <b>bold</b> غزة", BODY, document.child("P"))])
    with pikepdf.open(BytesIO(pdf)) as file:
        fonts = file.pages[0].Resources.Font
        names = sorted(str(font.BaseFont).partition("+")[2] for font in fonts.values())
        assert names == ["IBMPlexSansArabic-Regular", "IBMPlexSerif-Bold", "IBMPlexSerif-Regular"]
        assert all("/FontFile2" in font.DescendantFonts[0].FontDescriptor for font in fonts.values())
        sizes = [len(font.DescendantFonts[0].FontDescriptor.FontFile2.read_bytes()) for font in fonts.values()]
        assert max(sizes) < 60_000


def _spoken(markup: str, **options: object) -> str:
    document = Tag("Document")
    narrow = style("narrow", 10, rightIndent=380, hyphenationLang="en_GB", **options)
    return read(build(document, [Paragraph(markup, narrow, document.child("P"))])).text


@pytest.mark.parametrize("markup", ["{}", "<b>Bold</b> {}"], ids=["one style", "mixed"])
@pytest.mark.parametrize("alignment", [0, 4], ids=["ragged", "justified"])
def test_broken_words_read_with_a_soft_hyphen_and_lines_with_a_space(markup: str, alignment: int) -> None:
    text = "internationally coordinated verification, well-known organisations, human\u00aditarian dis\u00adplacement"
    spoken = _spoken(markup.format(text), alignment=alignment)
    assert "\u00ad" in spoken
    expected = markup.format(text).replace("<b>", "").replace("</b>", "")
    assert spoken.replace("\u00ad", "").split() == expected.replace("\u00ad", "").split()


def test_a_word_broken_by_the_end_of_a_page_reads_on() -> None:
    document = Tag("Document")
    words = " ".join(["internationally organisational verification"] * 300)
    narrow = style("narrow", 10, rightIndent=380, hyphenationLang="en_GB")
    tree = read(build(document, [Paragraph(words, narrow, document.child("P"))]))
    assert len(tree.find("P")) == 1
    assert set(tree.text.replace("\u00ad", "").split()) == {"internationally", "organisational", "verification"}


def test_spaces_that_must_not_break_survive() -> None:
    assert _spoken("a 1\u202f234\u00a0km b") == "a 1\u202f234\u00a0km b"


def test_explicit_line_breaks_read_as_spaces() -> None:
    assert _spoken("one<br/>two") == "one two"


# -- direction


def test_languages_and_characters_from_right_to_left() -> None:
    assert [is_right_to_left(tag) for tag in ("ar", "fa-IR", "HE")] == [True] * 3
    assert [is_right_to_left(tag) for tag in ("en", "az", "")] == [False] * 3
    assert [has_right_to_left(text) for text in ("غزة", "Gaza שלום", "Łódź 漢", "")] == [True, True, False, False]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gaza", [("Gaza", False)]),
        ("in غزة now", [("in ", False), ("غزة", True), (" now", False)]),
        # numbers stand from left to right inside right-to-left text, the words around them change places
        ("كتاب 123 صفحة", [(" صفحة", True), ("123", False), ("كتاب ", True)]),
        ("تا ۱۲۳ کیلومتر", [(" کیلومتر", True), ("۱۲۳", False), ("تا ", True)]),
        # N0: brackets take the direction of the text before them unless they enclose the line's own direction
        ("Gaza (غزة), שלום.", [("Gaza (", False), ("غزة", True), ("), ", False), ("שלום", True), (".", False)]),
        ("غزة [x] רפח", [("غزة", True), (" [x] ", False), ("רפח", True)]),
        ("غزة [حلب] רפח", [("غزة [حلب] רפח", True)]),
        # isolated: what stands around it belongs to the line, unless it opens and closes within
        ("rains «موسم الموت».2", [("rains «", False), ("موسم الموت", True), ("».2", False)]),
        ("هنية (الأول), 12", [("هنية (الأول)", True), (", 12", False)]),
        ("«غزة» و «حلب»", [("«", False), ("غزة", True), ("» ", False), ("و «حلب»", True)]),
    ],
)
def test_runs_in_visual_order(text: str, expected: list[tuple[str, bool]]) -> None:
    assert visual_runs(text) == expected


def test_a_right_to_left_line_ends_on_the_left() -> None:
    runs = line_runs("قال Reuters في 12.", right_to_left=True)
    text = "قال Reuters في 12."
    assert [text[run.start : run.stop] for run in runs] == [".", "12", " في ", "Reuters", "قال "]


def _left_edges(markup: str, characters: str, **options: object) -> list[float]:
    """Where characters that occur once in a paragraph stand."""
    document = Tag("Document")
    pdf = build(document, [Paragraph(markup, style("one", 10, **options), document.child("P"))])
    with pypdfium2.PdfDocument(pdf) as file:
        letters = file[0].get_textpage()
        text = letters.get_text_range()
        return [letters.get_charbox(text.index(character), loose=True)[0] for character in characters]


def test_letters_that_are_moved_together_stand_in_their_word() -> None:
    """Hebrew letters, of which one is kerned to the one before it and the next to this."""
    edges = _left_edges("מידבקות", "תוקבדימ")
    assert all(1 < right - left < 9 for left, right in pairwise(edges)), edges


def test_quotation_marks_and_a_note_stand_around_a_name_from_right_to_left() -> None:
    markup = "the months of the rains «موسم الكوليرا».<super>2</super>"
    edges = _left_edges(markup, "s«كس.2")
    assert edges == sorted(edges)


def test_a_comma_at_the_end_of_a_line_stands_behind_the_last_word_from_right_to_left() -> None:
    comma, last, first = _left_edges("وزارة الصحة،<br/>غرب", "،حو")
    assert comma < last < first


def test_a_right_to_left_paragraph_begins_at_the_right_margin() -> None:
    document = Tag("Document")
    pdf = build(document, [Paragraph("غزة", PLAIN, document.child("P", lang="ar"))], on_page=lambda *_: None)
    tree = read(pdf)
    assert str(tree.find("Span")[0].element.ActualText) == "غزة"
    with pikepdf.open(BytesIO(pdf)) as file:
        operations = pikepdf.parse_content_stream(file.pages[0])
        places = [float(operands[4]) for operands, operator in operations if str(operator) == "Tm"]
    measure = A4[0] - 2 * MARGIN
    assert places == [pytest.approx(measure - pdfmetrics.stringWidth("غزة", SERIF, 10), abs=0.02)]
