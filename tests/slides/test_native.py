"""Editable charts: the part, its workbook and its labels say the same as the rows that they were made from."""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from ooxml_integrity import check_pptx

import slides
from data.format import MINUS
from data.load import load
from data.model import Annotation, BarChart, Briefing, Exhibit, Group, Line, LineChart, PartialDate, Point, Status
from data.trust.gate import check, seen
from slides.measure import metrics
from slides.native import refusal
from slides.oxml import name
from slides.readback import read as passages
from slides.result import Deck
from tests import samples
from tests.slides.reading import blank, flat, overlaps, read, text_boxes
from tests.slides.validator import faults

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def showing(*exhibits: Exhibit) -> Briefing:
    """A briefing of one section whose exhibits shall all be editable."""
    base = samples.briefing()
    section = replace(base.sections[0], exhibits={one.caption.id: one for one in exhibits}, body=())
    return replace(base, sections=(section,), native=frozenset(one.caption.id for one in exhibits))


@cache
def usual() -> tuple[Briefing, Deck]:
    base = samples.briefing()
    ids = frozenset(id for section in base.sections for id in section.exhibits)
    briefing = replace(base, native=ids)
    return briefing, slides.build(briefing, blank, flat)


def frames(content: bytes) -> list[Any]:
    return [shape for slide in read(content).slides for shape in slide.shapes if shape.has_chart]


def part(shape: Any) -> Any:
    return etree.fromstring(shape.chart.part.blob)


def labels(series: Any) -> list[str]:
    return [text.text for text in series.iterfind(f"{name('c:dLbls')}//{name('a:t')}")]


def sheet(shape: Any) -> list[list[str]]:
    """The workbook's cells as text, row by row, "" for an empty one."""
    with zipfile.ZipFile(io.BytesIO(shape.chart.part.chart_workbook.xlsx_part.blob)) as book:
        texts = [
            "".join(item.itertext()) for item in etree.fromstring(book.read("xl/sharedStrings.xml")).iter(f"{_MAIN}si")
        ]
        root = etree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    made = []
    for row in root.iter(f"{_MAIN}row"):
        cells = {re.sub(r"\d", "", cell.get("r")): cell for cell in row}
        read_cells = {
            letter: texts[int(cell[0].text)] if cell.get("t") == "s" else cell[0].text for letter, cell in cells.items()
        }
        made.append([read_cells.get(letter, "") for letter in "ABCDEFGH"])
    return made


def bars(*ids: str, group: str = "") -> BarChart:
    rows = tuple(samples.row(f"Authority {n}", "as of July 2025", id, 2) for n, id in enumerate(ids, start=1))
    return replace(samples.BARS, groups=(Group(group, rows),))


def test_charts_are_powerpoint_s_own_with_alternative_text() -> None:
    _, deck = usual()
    made = frames(deck.pptx)
    assert [str(shape.chart.chart_type).partition(" ")[0] for shape in made] == ["LINE_MARKERS", "BAR_CLUSTERED"]
    for shape in made:
        assert len(shape._element.find(f".//{name('p:cNvPr')}").get("descr").split()) > 3
        assert shape.is_placeholder and shape.name == "Exhibit"


def test_the_deck_is_valid_and_every_number_is_the_ledger_s(tmp_path: Path) -> None:
    briefing, deck = usual()
    path = tmp_path / "deck.pptx"
    path.write_bytes(deck.pptx)
    assert faults(path) == []
    assert list(check_pptx(path)) == []
    charts = [one for one in deck.printed if one.where == "chart" and one.mark.numbers]
    assert {"73,419", "1,060", "1,190"} <= {number.text for one in charts for number in one.mark.numbers}
    found = check(deck.printed, seen(passages(deck.pptx, briefing.theme.fonts), briefing.language))
    assert [str(one) for one in found] == []


def test_text_beside_the_charts_keeps_to_its_box() -> None:
    briefing, deck = usual()
    presentation = read(deck.pptx)
    assert list(overlaps(presentation)) == []
    for text in text_boxes(presentation, briefing.theme):
        assert text.needed <= text.room + 0.01 and text.widest <= 0.5, text


def test_a_label_prints_the_number_and_the_row_draws_it() -> None:
    ids = ("iran-low", "ceiling", "range", "iran-high")
    deck = slides.build(showing(bars(*ids)), blank, flat)
    shape = frames(deck.pptx)[0]
    said = [" ".join(label.split()) for series in part(shape).iter(name("c:ser")) for label in labels(series)]
    assert sorted(said) == sorted(" ".join(samples.number(id).text.split()) for id in ids)
    drawn = {}
    for series in part(shape).iter(name("c:ser")):
        title = series.find(f"{name('c:tx')}//{name('c:v')}").text
        drawn[title] = {int(pt.get("idx")): Decimal(pt[0].text) for pt in series.find(name("c:val")).iter(name("c:pt"))}
    quantities = [samples.number(id).quantity for id in ids]
    for n, quantity in enumerate(quantities):
        assert max(values[n] for values in drawn.values() if n in values) == quantity.magnitude
        known = [values[n] for title, values in drawn.items() if title != "range, up to" and n in values]
        assert known == ([quantity.low] if quantity.low is not None else []), "an open end is never drawn as known"


@pytest.mark.parametrize(("id", "told"), [("range", True), ("ceiling", True), ("iran-low", False)])
def test_a_disputed_bar_says_so_in_words_where_a_pale_one_lies_over_it(id: str, told: bool) -> None:
    row = bars(id).groups[0].rows[0]
    disputed = replace(row, value=replace(row.value, quantity=replace(row.value.quantity, status="disputed")))
    deck = slides.build(showing(replace(samples.BARS, groups=(Group("", (disputed,)),))), blank, flat)
    (said,) = [label for series in part(frames(deck.pptx)[0]).iter(name("c:ser")) for label in labels(series)]
    assert ("(disputed)" in said) is told


def test_the_workbook_has_the_same_rows_and_the_labels_beside_them() -> None:
    _, deck = usual()
    for shape in frames(deck.pptx):
        root, cells = part(shape), sheet(shape)
        for series in root.iter(name("c:ser")):
            column = "ABCDEFGH".index(series.find(f"{name('c:val')}//{name('c:f')}").text.split("$")[1])
            cached = {int(pt.get("idx")): pt[0].text for pt in series.find(name("c:val")).iter(name("c:pt"))}
            assert {n: cells[n + 1][column] for n in cached} == cached
            assert cells[0][column] == series.find(f"{name('c:tx')}//{name('c:v')}").text
            linked = series.find(f".//{name('c15:datalabelsRange')}")
            if linked is not None:
                column = "ABCDEFGH".index(linked.find(name("c15:f")).text.split("$")[1])
                beside = [row[column] for row in cells[1:] if row[column]]
                assert beside == labels(series) == [value.text for value in linked.iter(name("c:v"))]


def test_the_workbook_holds_a_number_as_it_was_given() -> None:
    number = samples.number("iran-low")
    given = replace(number, quantity=replace(number.quantity, low=Decimal("97.1"), high=Decimal("97.1")))
    row = replace(samples.row("Share", "as reported", "iran-low"), value=given)
    (shape,) = frames(slides.build(showing(replace(samples.BARS, groups=(Group("", (row,)),))), blank, flat).pptx)
    assert sheet(shape)[1][1] == "97.1"


def test_the_axis_ids_are_unsigned_and_agree() -> None:
    _, deck = usual()
    for shape in frames(deck.pptx):
        root = part(shape)
        plot = next(root.iter(name("c:plotArea")))
        used = [one.get("val") for one in plot[1].findall(name("c:axId"))]
        defined = [axis.find(name("c:axId")).get("val") for axis in plot if axis.tag.endswith("Ax")]
        assert sorted(used) == sorted(defined) and all(id.isdigit() for id in used)


def test_bars_begin_at_zero_with_the_first_row_on_top() -> None:
    _, deck = usual()
    root = part(frames(deck.pptx)[1])
    rows, values = next(root.iter(name("c:catAx"))), next(root.iter(name("c:valAx")))
    assert rows.find(f".//{name('c:orientation')}").get("val") == "maxMin"
    assert values.find(f".//{name('c:min')}").get("val") == "0"


def test_labels_of_negative_bars_stand_clear_of_the_rows_names() -> None:
    base = showing(bars("iran-low"))
    changes = [Decimal(text) for text in ("-14.2", "12.4", "30.2", "-3.1")]
    rows = tuple(
        replace(
            samples.row(f"Month {n}", "as reported", "iran-low"),
            value=replace(
                number := samples.number("iran-low"),
                text=f"{change} per cent".replace("-", MINUS),
                quantity=replace(number.quantity, low=change, high=change, unit="percent", decimals=1),
            ),
        )
        for n, change in enumerate(changes)
    )
    (shape,) = frames(slides.build(showing(replace(samples.BARS, groups=(Group("", rows),))), blank, flat).pptx)
    root = part(shape)
    axis = next(root.iter(name("c:valAx")))
    low, high = (float(axis.find(f".//{name(key)}").get("val")) for key in ("c:min", "c:max"))
    plot = float(root.find(f".//{name('c:plotArea')}//{name('c:w')}").get("val")) * shape.width / 12700
    size = int(axis.find(f".//{name('a:defRPr')}").get("sz")) / 100
    for row in rows:
        if row.value.quantity.magnitude < 0:
            room = (float(row.value.quantity.magnitude) - low) / (high - low) * plot
            assert room > metrics(base.theme.fonts).width(row.value.text, size)
    assert MINUS in axis.find(name("c:numFmt")).get("formatCode")


def test_colours_are_the_theme_s() -> None:
    _, deck = usual()
    for shape in frames(deck.pptx):
        root = part(shape)
        assert (
            next(root.iter(name("c:ser")))
            .find(f"{name('c:spPr')}//{name('a:schemeClr')}")
            .get("val")
            .startswith("accent")
        )
        assert all(colour.get("val") for colour in root.iter(name("a:schemeClr")))


def test_rows_beyond_the_palette_are_all_neutral() -> None:
    rows = tuple(replace(row, colour=n + 6) for n, row in enumerate(bars(*["iran-low"] * 3).groups[0].rows))
    deck = slides.build(showing(replace(samples.BARS, groups=(Group("", rows),))), blank, flat)
    assert not any(part(shape).findall(f".//{name('c:dPt')}") for shape in frames(deck.pptx))


def test_many_rows_go_on_in_a_chart_on_the_same_scale() -> None:
    many = bars(*["iran-low", "iran-high"] * 14, group="Iran")
    deck = slides.build(showing(many), blank, flat)
    made = [part(shape) for shape in frames(deck.pptx)]
    assert len(made) > 1
    ends = {next(root.iter(name("c:valAx"))).find(f".//{name('c:max')}").get("val") for root in made}
    assert len(ends) == 1
    firsts = [root.find(f".//{name('c:cat')}//{name('c:v')}").text for root in made]
    assert set(firsts) == {"Iran"}, "a group that goes on has its name again"
    assert "slide-continued" in {finding.code for finding in deck.findings}
    said = [label for root in made for series in root.iter(name("c:ser")) for label in labels(series)]
    assert len(said) == 28


def test_the_key_of_a_part_names_what_the_part_draws() -> None:
    rows = bars(*["iran-low"] * 28).groups[0].rows
    statuses: tuple[Status, ...] = (*("reported",) * 27, "disputed")
    told = tuple(
        replace(row, value=replace(row.value, quantity=replace(row.value.quantity, status=status)))
        for row, status in zip(rows, statuses, strict=True)
    )
    chart = replace(samples.BARS, groups=(Group("", told),))
    made = [part(shape) for shape in frames(slides.build(showing(chart), blank, flat).pptx)]
    assert [root.find(f".//{name('c:legend')}") is not None for root in made] == [False] * (len(made) - 1) + [True]


def keyed(root: Any) -> list[str]:
    """The names of the series that stand in the key."""
    hidden = {one[0].get("val") for one in root.iter(name("c:legendEntry"))}
    shown = (series for series in root.iter(name("c:ser")) if series.find(name("c:idx")).get("val") not in hidden)
    return [series.find(f"{name('c:tx')}//{name('c:v')}").text for series in shown]


@pytest.mark.parametrize(("status", "told"), [("revised", "since revised"), ("disputed", "disputed")])
def test_a_bar_that_is_all_pale_keeps_its_status(status: Status, told: str) -> None:
    statuses: tuple[Status, ...] = ("reported", status, "reported")
    rows = tuple(
        replace(row, value=replace(row.value, quantity=replace(row.value.quantity, status=each)))
        for row, each in zip(bars("iran-low", "ceiling", "ceiling").groups[0].rows, statuses, strict=True)
    )
    chart = replace(samples.BARS, groups=(Group("", rows),))
    shape = frames(slides.build(showing(chart), blank, flat).pptx)[0]
    assert keyed(part(shape)) == [f"up to, {told}", "up to", "reported"], "as in the key of a drawn chart"
    assert not part(shape).findall(f".//{name('c:legendEntry')}"), "which viewers count from different ends"
    looks = {}
    for series in part(shape).iter(name("c:ser")):
        title = series.find(f"{name('c:tx')}//{name('c:v')}").text
        at = [pt.get("idx") for pt in series.find(name("c:val")).iter(name("c:pt"))]
        looks[title] = (at, series.find(f"{name('c:spPr')}/{name('a:pattFill')}") is not None)
    assert looks[f"up to, {told}"] == (["1"], status == "revised")
    said = [" ".join(label.split()) for series in part(shape).iter(name("c:ser")) for label in labels(series)]
    assert [told in label for label in said] == [True, False, False]


def lines(count: int) -> LineChart:
    points = samples.LINE.lines[0].points
    return replace(samples.LINE, lines=tuple(Line(f"Place {n}", n, points) for n in range(count)), annotations=())


def dated(*texts: str) -> Any:
    """The root of an editable chart of a line with counts of these dates, and its workbook's first column."""
    first = samples.LINE.lines[0].points[0]
    points = tuple(replace(first, when=PartialDate(*map(int, text.split("-")))) for text in texts)
    chart = replace(samples.LINE, lines=(Line("Place", 0, points),), annotations=())
    (shape,) = frames(slides.build(showing(chart), blank, flat).pptx)
    return part(shape), sheet_dates(shape)


def sheet_dates(shape: Any) -> list[tuple[date, str]]:
    """The dates of the workbook's rows, and the formats in which it shows them."""
    with zipfile.ZipFile(io.BytesIO(shape.chart.part.chart_workbook.xlsx_part.blob)) as book:
        styles = etree.fromstring(book.read("xl/styles.xml"))
        root = etree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    codes = {one.get("numFmtId"): one.get("formatCode") for one in styles.iter(f"{_MAIN}numFmt")}
    formats = [codes.get(xf.get("numFmtId"), "") for xf in styles.find(f"{_MAIN}cellXfs")]
    cells = [cell for cell in root.iter(f"{_MAIN}c") if re.fullmatch(r"A\d+", cell.get("r")) and cell.get("t") != "s"]
    return [(date(1899, 12, 30) + timedelta(days=int(cell[0].text)), formats[int(cell.get("s"))]) for cell in cells]


def test_a_date_of_a_year_or_a_month_stands_in_its_middle_and_reads_as_it_is_known() -> None:
    _, found = dated("2023", "2024-05-07", "2024-11", "2025")
    assert found == [
        (date(2023, 7, 2), "yyyy"),
        (date(2024, 5, 7), "yyyy-mm-dd"),
        (date(2024, 11, 16), "yyyy-mm"),
        (date(2025, 7, 2), "yyyy"),
    ]


@pytest.mark.parametrize(
    ("texts", "begin"),
    [(("2021", "2022", "2024"), date(2021, 7, 2)), (("2023-11", "2024-02"), date(2023, 11, 16))],
)
def test_ticks_stand_under_dates_that_are_known_no_better(texts: tuple[str, ...], begin: date) -> None:
    root, found = dated(*texts)
    axis = next(root.iter(name("c:dateAx")))
    assert date(1899, 12, 30) + timedelta(days=int(axis.find(f".//{name('c:min')}").get("val"))) == begin == found[0][0]


STATUSES: tuple[Status, ...] = ("reported", "revised", "disputed")


def counted(*points: Point) -> LineChart:
    return replace(samples.LINE, lines=(Line("Place", 0, points),), annotations=())


def point(when: str, value: int, **changes: Any) -> Point:
    number = samples.number("iran-low")
    ends = {"low": Decimal(value), "high": Decimal(value), "bound": "exact", "status": "reported", **changes}
    quantity = replace(number.quantity, id=f"{when}-{value}", **ends)
    return Point(PartialDate(*map(int, when.split("-"))), replace(number, quantity=quantity))


MARKED = {
    "about": ({"bound": "about"}, "square", None),
    "up to": ({"bound": "at_most", "low": None}, "dash", (True, False)),
    "at least": ({"bound": "at_least", "high": None}, "triangle", (False, True)),
    "": ({"bound": "between", "low": Decimal(40)}, "", (True, False)),
    "at least, since revised": ({"bound": "at_least", "high": None, "status": "revised"}, "circle", (False, True)),
    "disputed": ({"status": "disputed"}, "diamond", None),
}


@pytest.mark.parametrize("words", MARKED)
def test_what_is_no_single_figure_on_a_line_has_a_mark_and_a_word(words: str, tmp_path: Path) -> None:
    changes, symbol, whiskers = MARKED[words]
    chart = counted(point("2024-01-31", 50), point("2024-02-29", 60, **changes), point("2024-03-31", 70))
    content = slides.build(showing(chart), blank, flat).pptx
    (tmp_path / "deck.pptx").write_bytes(content)
    assert faults(tmp_path / "deck.pptx") == []
    root = part(frames(content)[0])
    line, *others = root.iter(name("c:ser"))
    assert [one.find(f"{name('c:tx')}//{name('c:v')}").text for one in others] == [words] * bool(words)
    assert keyed(root) == [words] if words else root.find(f".//{name('c:legend')}") is None
    marked = {one.find(name("c:idx")).get("val"): one for one in line.iter(name("c:dPt"))}
    assert [one.find(f".//{name('c:symbol')}").get("val") for one in marked.values()] == [symbol] * bool(symbol)
    bars = line.find(name("c:errBars"))
    assert (bars is None) == (whiskers is None)
    if whiskers:
        lengths = [bars.find(f"{name(side)}//{name('c:pt')}") for side in ("c:minus", "c:plus")]
        assert all(length.get("idx") == "1" for length in lengths)
        assert tuple(float(length[0].text) > 0 for length in lengths) == whiskers
        assert words or lengths[0][0].text == "20", "from the upper end of the range to the lower"


def test_the_axis_reaches_to_the_lower_end_of_a_range() -> None:
    range_ = point("2024-02-29", 60, bound="between", low=Decimal(-90))
    root = part(frames(slides.build(showing(counted(point("2024-01-31", 50), range_)), blank, flat).pptx)[0])
    assert float(next(root.iter(name("c:valAx"))).find(f".//{name('c:min')}").get("val")) <= -90


def test_marks_are_filled_for_programs_that_draw_no_outline_of_them() -> None:
    chart = counted(point("2024-01-31", 50), point("2024-02-29", 60, status="revised"), point("2024-03-31", 70))
    root = part(frames(slides.build(showing(chart), blank, flat).pptx)[0])
    filled = [one.find(f"{name('c:spPr')}/{name('a:solidFill')}") for one in root.iter(name("c:marker"))]
    colours = [fill[0] for fill in filled if fill is not None and fill[0].find(name("a:lumOff")) is not None]
    assert len(colours) == 2, "on the line and in the key"
    assert not any(colour.get("val") in {"bg1", "FFFFFF"} for colour in root.iter(name("a:schemeClr")))


@pytest.mark.parametrize("statuses", [1, 3])
def test_a_key_has_as_many_lines_under_the_plot_as_its_marks_need(statuses: int) -> None:
    kinds = [{"bound": bound, "status": status} for status in STATUSES[:statuses] for bound in ("about", "exact")]
    chart = counted(*(point(f"2024-{n:02d}-15", 50, **kind) for n, kind in enumerate(kinds * 2, start=1)))
    (shape,) = frames(slides.build(showing(chart), blank, flat).pptx)
    root = part(shape)
    names = keyed(root)
    end = sum(float(root.find(f".//{name('c:plotArea')}//{name(f'c:{key}')}").get("val")) for key in "yh")
    left = (1 - end) * shape.height / 12700
    size = int(next(root.iter(name("c:legend"))).find(f".//{name('a:defRPr')}").get("sz")) / 100
    widest = max(metrics(samples.briefing().theme.fonts).width(each, size) for each in names) + 3 * size
    lines = -(-len(names) // int(shape.width / 12700 // widest))
    assert left > (1 + lines) * size * 1.15


def test_another_number_of_a_date_is_a_mark_beside_the_line() -> None:
    aside = replace(point("2024-02-29", 20), aside=True)
    chart = counted(point("2024-01-31", 50), aside, point("2024-02-29", 60), point("2024-03-31", 70))
    root = part(frames(slides.build(showing(chart), blank, flat).pptx)[0])
    drawn = {
        one.find(f"{name('c:tx')}//{name('c:v')}").text: (
            [pt[0].text for pt in one.find(name("c:val")).iter(name("c:pt"))],
            one.find(f"{name('c:spPr')}/{name('a:ln')}/{name('a:noFill')}") is None,
            one.find(f"{name('c:marker')}/{name('c:symbol')}").get("val"),
        )
        for one in root.iter(name("c:ser"))
    }
    assert drawn["Place"][:2] == (["50", "60", "70"], True)
    assert drawn["Place: another number of the date"] == (["20"], False, "x")
    assert keyed(root)[-1] == "another number of the date"
    assert root.find(f".//{name('c:dispBlanksAs')}").get("val") == "span", "the line runs over the row of the other"


def test_a_short_line_of_months_has_ticks_of_months() -> None:
    axes = [
        next(dated(*days)[0].iter(name("c:dateAx")))
        for days in (("2024-01-31", "2024-02-29", "2024-03-31"), ("2024-01-31", "2024-02-05", "2024-03-31"))
    ]
    assert [axis.find(name("c:majorTimeUnit")).get("val") for axis in axes] == ["months", "days"]


@pytest.mark.parametrize("count", [1, 4, 6])
def test_lines_are_named_at_their_ends(count: int) -> None:
    root = part(frames(slides.build(showing(lines(count)), blank, flat).pptx)[0])
    assert root.find(f".//{name('c:legend')}") is None, "it would lie over the plot, which has a box of its own"
    ends = [label for series in root.iter(name("c:ser")) for label in labels(series)]
    assert all(end.endswith("73,419") for end in ends) and len(ends) == count
    assert all(end.startswith("Place") for end in ends)
    drops = [float(one.get("val")) for one in root.iterfind(f".//{name('c:dLbl')}//{name('c:y')}")]
    share = float(root.find(f".//{name('c:plotArea')}//{name('c:h')}").get("val"))
    assert all(-share < drop < share for drop in drops), "beside the plot, not over or under the chart"


def test_lines_are_told_apart_without_colour() -> None:
    aside = replace(point("2024-02-29", 20), aside=True)
    points = (point("2024-01-31", 50), aside, point("2024-02-29", 60))
    chart = replace(samples.LINE, lines=tuple(Line(f"L{n}", n, points) for n in range(6)), annotations=())
    root = part(frames(slides.build(showing(chart), blank, flat).pptx)[0])
    pens = [one.find(f"{name('c:spPr')}/{name('a:ln')}") for one in root.iter(name("c:ser"))]
    dashes = [pen.find(name("a:prstDash")) for pen in pens if pen.find(name("a:noFill")) is None]
    assert len({None if dash is None else dash.get("val") for dash in dashes}) == len(dashes) == 6


def test_more_lines_than_have_room_for_their_names_stay_a_picture() -> None:
    deck = slides.build(showing(lines(7)), blank, flat)
    assert frames(deck.pptx) == []
    (note,) = (finding for finding in deck.findings if finding.code == "chart-drawn")
    assert "names" in note.message


def test_ends_that_meet_are_moved_apart() -> None:
    root = part(frames(slides.build(showing(lines(4)), blank, flat).pptx)[0])
    drops = [float(one.get("val")) for one in root.iterfind(f".//{name('c:dLbl')}//{name('c:y')}")]
    assert len(drops) >= 3 and drops == sorted(drops) and len(set(drops)) == len(drops)


def gapped() -> LineChart:
    """Two lines of the same days, the second of which has no number on the third."""
    whole = lines(2)
    first, second = whole.lines
    points = tuple(replace(point, joined=at != 3) for at, point in enumerate(second.points) if at != 2)
    return replace(whole, lines=(first, replace(second, points=points)))


def day(when: date) -> PartialDate:
    return PartialDate(when.year, when.month, when.day)


def earlier(chart: LineChart) -> LineChart:
    """The chart with its first line's days moved off those of the second."""
    first, second = chart.lines
    moved = tuple(replace(point, when=day(point.when.first - timedelta(1))) for point in first.points)
    return replace(chart, lines=(replace(first, points=moved), second))


def noted(chart: LineChart) -> LineChart:
    """The chart with a turning point between two days of its lines."""
    first, second = (point.when.first for point in chart.lines[0].points[:2])
    when = day(first + (second - first) / 2)
    return replace(chart, annotations=(Annotation(when, samples.text("It turned")),))


def alone(chart: LineChart) -> LineChart:
    return replace(chart, lines=chart.lines[1:])


@pytest.mark.parametrize("spoilt", [earlier, noted, alone])
def test_a_line_with_a_gap_stays_a_picture_where_the_gap_would_be_drawn_through(
    spoilt: Callable[[LineChart], LineChart],
) -> None:
    shown = slides.build(showing(gapped()), blank, flat)
    assert len(frames(shown.pptx)) == 1 and "chart-drawn" not in {finding.code for finding in shown.findings}
    assert part(frames(shown.pptx)[0]).find(f".//{name('c:dispBlanksAs')}").get("val") == "gap"
    deck = slides.build(showing(spoilt(gapped())), blank, flat)
    assert frames(deck.pptx) == []
    assert any(shape._element.tag == name("p:pic") for slide in read(deck.pptx).slides for shape in slide.shapes)
    (note,) = (finding for finding in deck.findings if finding.code == "chart-drawn")
    assert "gap" in note.message


@pytest.mark.parametrize(("missing", "joined", "shown"), [([], True, "gap"), ([2], False, "gap"), ([2], True, "span")])
def test_blanks_are_gaps_unless_a_line_must_run_over_another_s_date(
    missing: list[int], joined: bool, shown: str
) -> None:
    whole = lines(2)
    first, second = whole.lines
    kept = [point for at, point in enumerate(second.points) if at not in missing]
    points = tuple(replace(point, joined=joined or at != 2) for at, point in enumerate(kept))
    chart = replace(whole, lines=(first, replace(second, points=points)))
    root = part(frames(slides.build(showing(chart), blank, flat).pptx)[0])
    assert root.find(f".//{name('c:dispBlanksAs')}").get("val") == shown


@pytest.mark.parametrize(
    ("days", "ticks", "format"),
    [
        (("2021", "2024"), ("years", "1"), "yyyy"),
        (("2024-11", "2024-12"), ("months", "1"), "mmm yyyy"),
        (("2024-12-30", "2025-01-02"), ("days", "1"), "d mmm yyyy"),
    ],
)
def test_ticks_are_as_fine_as_the_dates_and_say_their_year(
    days: tuple[str, str], ticks: tuple[str, str], format: str
) -> None:
    points = tuple(Point(samples.when(day), samples.number("iran-low")) for day in days)
    chart = replace(samples.LINE, lines=(Line("Iran", 0, points),), annotations=())
    (shape,) = frames(slides.build(showing(chart), blank, flat).pptx)
    axis = next(part(shape).iter(name("c:dateAx")))
    found = tuple(axis.find(name(f"c:{key}")).get("val") for key in ("majorTimeUnit", "majorUnit"))
    assert found == ticks
    assert axis.find(name("c:numFmt")).get("formatCode").split("]")[-1] == format


def test_turning_points_are_letters_that_stand_beside_the_chart() -> None:
    _, deck = usual()
    slide = next(slide for slide in read(deck.pptx).slides if any(shape.has_chart for shape in slide.shapes))
    root = part(next(shape for shape in slide.shapes if shape.has_chart))
    assert labels(list(root.iter(name("c:ser")))[-1]) == ["A", "B"]
    beside = next(shape.text_frame for shape in slide.placeholders if shape.name == "Points")
    said = [paragraph.text for paragraph in beside.paragraphs]
    assert said[0].startswith("A") and "Ceasefire of January 2025" in said[0] and said[1].startswith("B")


@pytest.mark.parametrize(("day", "frames_made"), [("2024-07-01", 1), ("2024-06-05", 0), ("2024-06-01", 0)])
def test_turning_points_whose_letters_would_lie_one_on_the_other_stay_a_picture(day: str, frames_made: int) -> None:
    notes = tuple(replace(samples.LINE.annotations[0], when=samples.when(at)) for at in ("2024-06-01", day))
    deck = slides.build(showing(replace(lines(2), annotations=notes)), blank, flat)
    assert len(frames(deck.pptx)) == frames_made
    assert ["letters" in finding.message for finding in deck.findings if finding.code == "chart-drawn"] == [True] * (
        1 - frames_made
    )


def test_what_powerpoint_has_no_chart_for_stays_a_picture_and_a_note_says_so() -> None:
    early, then, late = (Point(PartialDate(year, 5), samples.number("iran-low")) for year in (1898, 1998, 1999))
    plain = replace(samples.LINE, annotations=())
    old, lone = (
        replace(plain, caption=replace(plain.caption, id=id), lines=(Line("Then", 0, points),))
        for id, points in (("old", (early, late)), ("lone", (then,)))
    )
    deck = slides.build(showing(old, lone, samples.DOTS, samples.HISTORY), blank, flat)
    assert frames(deck.pptx) == []
    notes = {finding.exhibit: finding for finding in deck.findings if finding.code == "chart-drawn"}
    assert set(notes) == {"old", "lone", "funding", "history"}
    assert {finding.severity for finding in notes.values()} == {"note"}
    assert "1900" in notes["old"].message and "one date" in notes["lone"].message
    assert refusal(replace(samples.BARS, groups=())) == "it has nothing to draw"


def test_the_same_rows_give_the_same_bytes_without_a_clock() -> None:
    briefing, deck = usual()
    assert slides.build(briefing, blank, flat).pptx == deck.pptx
    for shape in frames(deck.pptx):
        with zipfile.ZipFile(io.BytesIO(shape.chart.part.chart_workbook.xlsx_part.blob)) as book:
            assert {entry.date_time for entry in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            assert b"2000-01-01T00:00:00Z" in book.read("docProps/core.xml")


def test_a_day_behind_an_arabic_authority_stays_whole(starter: Path) -> None:
    """A comma and a figure would join the words before them, and the day would leave its month (UAX 9, N1)."""
    edited(starter, "supply.csv", "2026-02-28,North,193200,,Pumping stations", "2026-02-28,North,193200,,وزارة المياه")
    bars = "  all: {chart: bars, title: All, data: supply.csv, value: litres, label: [district], native: true}\n"
    edited(starter, "sections/02-repairs.yaml", "exhibits:\n", f"exhibits:\n{bars}")
    edited(starter, "sections/02-repairs.yaml", "  @latest\n", "  @latest\n\n  @all\n")
    briefing, findings = load(starter)
    assert briefing is not None, findings
    (root,) = map(part, frames(slides.build(briefing, blank, flat).pptx))
    rows = {text.text for text in root.find(f".//{name('c:cat')}").iter(name("c:v"))}
    assert "North\nوزارة المياه\u200e, 28\u00a0February\u00a02026" in rows


def edited(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(
    ("deck", "exhibit", "wanted"),
    [("", "", False), ("native", "", True), ("", "true", True), ("native", "false", False), ("drawn", "", False)],
)
def test_the_author_chooses_for_the_deck_or_for_one_exhibit(
    starter: Path, deck: str, exhibit: str, wanted: bool
) -> None:
    if deck:
        edited(starter, "briefing.yaml", "page: a4", f"charts: {deck}\npage: a4")
    if exhibit:
        edited(starter, "sections/01-supply.yaml", "chart: line", f"chart: line\n    native: {exhibit}")
    briefing, _ = load(starter)
    assert briefing is not None
    assert ("supply" in briefing.native) == wanted
    assert bool(frames(slides.build(briefing, blank, flat).pptx)) == wanted
