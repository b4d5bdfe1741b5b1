"""The report's story: what becomes of texts, tables, charts and headings before they stand on pages."""

from dataclasses import replace

import pikepdf
import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from charts.drawing import Drawing
from data.model import BlockQuote, Cite, Column, Heading, ListBlock, Paragraph, Run, Span, Table, plain
from data.text import unbroken_days
from data.theme import ReportType, Theme
from report.findings import MissingGlyph
from report.grid import grid
from report.inline import after_punctuation
from report.references import broken
from report.styles import Styles
from report.tables import PADDING
from report.tabular import column_widths
from tests import samples
from tests.report.reading import Read, flat, sample, typeset
from tests.report.tagged import Node, failures, read

STYLES = Styles(Theme(), "en-GB", grid(Theme(), "a4"))
CITE = Cite(("crs",))


@pytest.mark.parametrize(
    ("runs", "settled"),
    [
        ([Span("killed "), CITE, Span(". Then")], [Span("killed"), Span("."), CITE, Span(" Then")]),
        ([Span("he said “so "), CITE, Span(".” Then")], [Span("he said “so"), Span(".”"), CITE, Span(" Then")]),
        ([Span("killed "), CITE, Span(" and")], [Span("killed"), CITE, Span(" and")]),
        ([Span("killed. "), CITE], [Span("killed."), CITE]),
        ([CITE, Span("; "), CITE, Span(".")], [Span(";"), CITE, Span(""), Span("."), CITE, Span("")]),
    ],
)
def test_a_citation_stands_after_the_punctuation(runs: list[Run], settled: list[Run]) -> None:
    assert list(after_punctuation(tuple(runs))) == settled


@pytest.mark.parametrize(
    ("text", "tied"),
    [
        ("on 18 February 1979", "on 18\u00a0February 1979"),
        ("of 193 UN members", "of 193 UN members"),
        ("by 12 people", "by 12 people"),
        ("at 1,12 May", "at 1,12 May"),
    ],
)
def test_a_day_stays_with_its_month(text: str, tied: str) -> None:
    assert unbroken_days(text) == tied


def test_an_address_is_broken_after_its_punctuation_and_before_a_hyphen() -> None:
    address = "https://www.example.org/news/middle-east/what-was-said?page=2&" + "x" * 90
    lines = broken(address, STYLES.source, 120)
    assert "".join(lines) == address
    assert len(lines) > 3
    assert all(line[-1] in "/?=&x" for line in lines[:-1])
    assert broken("https://a.org/what-was-said", STYLES.source, 70) == ["https://a.org/what", "-was-said"]


def test_columns_share_the_measure_by_what_would_wrap() -> None:
    grid = STYLES.grid
    table = samples.estimates(6, stretch=4)
    widths = column_widths(table, grid.text, grid.measure, STYLES.cell, STYLES.cell_head)
    assert sum(widths) == pytest.approx(grid.measure)
    assert widths[2] == max(widths)
    assert widths[1] < 40


def test_a_crowded_table_breaks_long_words_before_short_ones() -> None:
    rows = (("between", "spring", "shallow", "Donaudampfschifffahrtsgesellschaft", *["private bridge"] * 8),) * 2
    texts = tuple(tuple((Span(text),) for text in row) for row in rows)
    table = Table(samples.caption("crowded", "x"), (Column((Span("Head"),), False, 1),) * 12, texts)
    grid, size = STYLES.grid, STYLES.cell.fontSize
    widths = column_widths(table, grid.text, grid.measure, STYLES.cell, STYLES.cell_head)
    assert sum(widths) == pytest.approx(grid.measure, abs=1)
    for width, words in zip(widths, rows[0], strict=True):
        longest = max(stringWidth(word, STYLES.cell.fontName, size) for word in words.split())
        assert (width - PADDING < longest) == words.startswith("Donau")


def test_a_narrow_table_stands_in_the_text_column() -> None:
    grid = STYLES.grid
    table = samples.estimates(3)
    narrow = replace(table, columns=table.columns[:2], rows=tuple(row[:2] for row in table.rows))
    widths = column_widths(narrow, grid.text, grid.measure, STYLES.cell, STYLES.cell_head)
    assert sum(widths) == pytest.approx(grid.text)


def test_a_list_in_a_quotation_hangs_from_its_edge() -> None:
    def said(text: str) -> Paragraph:
        return Paragraph((Span(text),), samples.PLACE)

    quoted = BlockQuote(
        (said("Quoted words."), ListBlock(False, ((said("Listed words."),),), samples.PLACE)), samples.PLACE
    )
    body = (said("Plain words."), quoted)
    section = replace(samples.one().sections[0], body=body)
    read = Read(typeset(replace(samples.one(), sections=(section,))))
    lines = {line.text: line.left for page in read.pages for line in page}
    assert lines["Plain words."] + 10 < lines["Quoted words."] < lines["Listed words."] - 10


def test_no_level_of_heading_is_skipped() -> None:
    section = samples.briefing().sections[3]
    heads = tuple(Heading(level, (Span(f"Level {level}"),), samples.PLACE) for level in (3, 3, 2, 3))
    text = Paragraph((Span("Text."),), samples.PLACE)
    body = tuple(block for head in heads for block in (head, text))
    report = typeset(replace(samples.one(), sections=(replace(section, body=body),)))
    document = read(report.pdf)
    assert [len(document.find(role)) for role in ("H2", "H3")] == [2 + 1, 2]
    assert failures(report.pdf) == []


def test_what_no_font_prints_is_a_finding_and_a_mark() -> None:
    section = samples.briefing().sections[3]
    briefing = replace(samples.one(), sections=(replace(section, title="A \U0001f600 title"),))
    report = typeset(briefing)
    assert report.findings == [MissingGlyph(section.place, "\U0001f600")]
    assert "GRINNING FACE" in report.findings[0].message
    assert any("A ? title" in text for text in Read(report).texts)


def test_what_no_font_prints_in_a_chart_is_a_finding_too() -> None:
    section = samples.briefing().sections[4]
    chart = samples.BARS
    groups = tuple(
        replace(group, rows=tuple(replace(row, detail="漢") for row in group.rows)) for group in chart.groups
    )
    odd = replace(section, exhibits={chart.caption.id: replace(chart, groups=groups)})
    report = typeset(replace(samples.briefing(), sections=(odd,)))
    assert report.findings == [MissingGlyph(chart.caption.place, "漢")]


def test_sources_may_be_in_arabic_altogether() -> None:
    base = samples.briefing()
    sources = {
        id: replace(source, title="عدد القتلى في غزة", publisher="وزارة الصحة", date_text="١٢ حزيران", note="ملاحظة")
        for id, source in base.sources.items()
    }
    for language in ("en-GB", "ar"):
        report = typeset(replace(base, sources=sources, language=language))
        assert failures(report.pdf) == []
        document = read(report.pdf)
        notes = [flat(note.text) for note in document.find("Note")]
        assert notes
        assert all("وزارة الصحة" in note and "عدد القتلى في غزة" in note for note in notes)


def test_parts_of_a_chart_are_counted() -> None:
    def draw(_chart: object, width: float, _height: float, _size: float) -> tuple[Drawing, ...]:
        return tuple(Drawing(width, 200, ()) for _ in range(3))

    briefing = samples.briefing()
    report = typeset(replace(briefing, sections=briefing.sections[4:5]), draw)
    text = " ".join(Read(report).texts)
    for n in (1, 2, 3):
        assert f"Figure 3, {n} of 3" in text
    assert text.count(flat(plain(samples.BARS.caption.credit))) == 1
    assert failures(report.pdf) == []


def test_a_chart_is_drawn_for_the_measure_and_within_a_page() -> None:
    frames: list[tuple[float, float, float]] = []

    def draw(_chart: object, width: float, height: float, size: float) -> tuple[Drawing, ...]:
        frames.append((width, height, size))
        return (Drawing(width, min(height, 100), ()),)

    typeset(samples.briefing(), draw)
    assert {width for width, _, _ in frames} == {STYLES.grid.measure}
    assert all(height < STYLES.grid.depth for _, height, _ in frames)
    assert {size for _, _, size in frames} == {Theme().report.chart}


def test_quotations_name_speaker_role_date_and_mark() -> None:
    quote = samples.QUOTE
    report = sample("briefing")
    page = report.texts[report.destinations[f"exhibit-{quote.caption.id}"][0]]
    assert f"“{plain(quote.words)}”" in page
    assert f"{quote.speaker}, {quote.role} ({quote.when_text})" in page
    assert quote.mark in page


def test_quotations_stand_in_the_marks_of_the_language() -> None:
    briefing = samples.briefing()
    section = next(section for section in briefing.sections if samples.QUOTE.caption.id in section.exhibits)
    words = replace(briefing.words, quotes="«»‹›")
    report = Read(typeset(replace(briefing, words=words, sections=(section,))))
    assert any(f"«{plain(samples.QUOTE.words)}»" in page for page in report.texts)


def test_justified_text_fills_its_lines() -> None:
    theme = Theme(report=ReportType(justify=True))
    report = Read(typeset(replace(samples.one(), theme=theme)))
    ragged = sample("one")
    edges = [_right_edges(read_back) for read_back in (report, ragged)]
    assert max(edges[0]) - min(edges[0]) < 2
    assert max(edges[1]) - min(edges[1]) > 5


def _right_edges(report: Read) -> list[float]:
    """Where the first lines of the first paragraph of the only section end."""
    body = [line for line in report.pages[-2] if line.left > 200 and 500 < line.base < 640]
    assert len(body) > 3
    return [line.right for line in body[:3]]


def test_figures_carry_alt_text_captions_and_lists_their_labels() -> None:
    document = read(sample("briefing").report.pdf)
    captions = [node.text for node in document.find("Caption")]
    assert any(text.startswith("Figure 1") and "cumulative" in text for text in captions)
    notes = document.find("Note")
    assert [node.find("Lbl")[0].text.strip() for node in notes] == [str(n) for n in range(1, len(notes) + 1)]


def test_lists_with_labels_say_how_they_are_numbered() -> None:
    """ISO 14289-1, 7.6."""
    document = read(sample("harsh").report.pdf)
    found = set()
    for node in document.find("L"):
        items = [item.kids[0] for item in node.kids if isinstance(item, Node)]
        for label in (item.text.strip() for item in items if isinstance(item, Node) and item.role == "Lbl"):
            found.add((label, str(node.element.A.ListNumbering)))
    assert ("1", "/Decimal") in found
    assert {way for label, way in found if label == "\u2013"} == {"/Disc"}
    assert {way for label, way in found if label != "\u2013"} == {"/Decimal"}


def test_the_document_says_its_title_and_language() -> None:
    document: pikepdf.Pdf = sample("briefing").document
    assert str(document.Root.Lang) == "en-GB"
    assert document.open_metadata()["dc:title"] == samples.briefing().title
