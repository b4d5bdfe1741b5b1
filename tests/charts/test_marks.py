"""What a chart says: every mark stands for the quantity that it draws, in colour and without it."""

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations, pairwise

import pytest

from charts.draw import draw
from charts.drawing import Drawing, Marks, Shape, Words
from charts.style import ChartFrame
from data.model import BarChart, Bound, Chart, DotChart, Line, Number, Point, Status
from data.theme import Palette, Theme
from tests.chart_samples import FRAMES, GAZA, TURNS, bars, dots, event, line, line_chart, note, number, rows, timeline

THEME = Theme()
COLOUR = THEME.palette.series[0]


def drawn(chart: Chart, frame: str = "paper", language: str = "en") -> Drawing:
    (drawing,) = draw(chart, FRAMES[frame], THEME, language)
    return drawing


def ticks(drawing: Drawing) -> list[str]:
    return [words.text for words in drawing.words if words.origin == "tick"]


def marks(drawing: Drawing) -> list[Marks]:
    return [operation for operation in drawing.operations if isinstance(operation, Marks)]


def box(path_owner: Shape) -> tuple[float, float, float, float]:
    xs = [n for _, numbers in path_owner.path for n in numbers[0::2]]
    ys = [n for _, numbers in path_owner.path for n in numbers[1::2]]
    return min(xs), min(ys), max(xs), max(ys)


def filled(drawing: Drawing, colour: str = COLOUR) -> list[Shape]:
    """On the plot, not in the key."""
    foot = min(words.y for words in drawing.words if words.origin == "tick")
    shapes = [o for o in drawing.operations if isinstance(o, Shape) and box(o)[1] > foot]
    return [shape for shape in shapes if shape.fill and colour in {shape.fill, ""}]


def axis(drawing: Drawing) -> tuple[float, float]:
    """The x of nought, and of the last tick, whose text's middle stands under it."""
    texts = [words for words in drawing.words if words.origin == "tick"]
    return texts[0].x + texts[0].width / 2, texts[-1].x + texts[-1].width / 2


def strokes(drawing: Drawing, colour: str = COLOUR) -> list[Shape]:
    shapes = [operation for operation in drawing.operations if isinstance(operation, Shape)]
    return [shape for shape in shapes if shape.pen and shape.pen.colour == colour and not shape.fill]


# --- values stand where they are -----------------------------------------------------------------------------------


def test_bars_begin_at_nought_and_end_at_their_value() -> None:
    drawing = drawn(bars(("", rows(number(1500), number(750)))))
    nought, end = axis(drawing)
    (left, _, right, _), (left2, _, right2, _) = (box(shape) for shape in filled(drawing))
    assert left == left2 == pytest.approx(nought, abs=0.01)
    assert right == pytest.approx(end, abs=0.01)
    assert right2 - nought == pytest.approx((end - nought) / 2, abs=0.01)


def test_a_negative_bar_ends_at_nought() -> None:
    drawing = drawn(bars(("", rows(number(-50), number(50)))))
    (left, _, right, _), (left2, _, _, _) = (box(shape) for shape in filled(drawing))
    assert left < right == pytest.approx(left2, abs=0.01)


@pytest.mark.parametrize("make", [dots, bars])
@pytest.mark.parametrize(
    "value",
    [
        number("-0.15", text="−0.15 per cent"),
        number("-0.9", high="-0.1", bound="between", text="−0.9 to −0.1 per cent"),
        number("-0.5", bound="at_most", text="up to −0.5 per cent"),
        number("-0.5", bound="at_least", text="at least −0.5 per cent"),
    ],
)
def test_a_negative_number_stands_left_of_its_mark(make: Callable[..., DotChart | BarChart], value: Number) -> None:
    drawing = drawn(make(("", rows(value, number(5)))))
    (words,) = (words for words in drawing.words if words.text == value.text)
    at = {float(w.text.replace("−", "-")): w.x + w.width / 2 for w in drawing.words if w.origin == "tick"}
    lowest = value.quantity.low if value.quantity.low is not None else value.quantity.magnitude
    assert words.x + words.width < at[0.0] + float(lowest) * (at[5.0] - at[0.0]) / 5


@pytest.mark.parametrize("make", [dots, bars])
def test_a_negative_number_stands_apart_from_its_row_s_words(make: Callable[..., DotChart | BarChart]) -> None:
    drawing = drawn(make(("", rows(number(-10, high=-5, bound="between", text="−10 to −5"), number(-3)))))
    (value,) = [words for words in drawing.words if words.text == "−10 to −5"]
    words = [each for each in drawing.words if each.text.startswith(("A place", "An authority"))]
    assert value.x - max(each.x + each.width for each in words) > value.size


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("text", ["−1", "a number of many words that finds no room on the left of its mark"])
def test_no_text_s_paper_breaks_the_zero_axis(frame: str, text: str) -> None:
    drawing = drawn(dots(("", rows(number(-1, text=text), number(50), number(-9)))), frame)
    (axis_,) = (box(stroke)[0] for stroke in strokes(drawing, THEME.palette.ink))
    papers = [box(o) for o in drawing.operations if isinstance(o, Shape) and o.fill and o.fill == "#ffffff"]
    assert papers and not any(left < axis_ < right for left, _, right, _ in papers)


def test_dots_stand_at_their_values() -> None:
    drawing = drawn(dots(("", rows(number(100), number(50), number(0)))))
    nought, end = axis(drawing)
    xs = [mark.places[0][0] for mark in marks(drawing)]
    assert xs == pytest.approx([end, (nought + end) / 2, nought], abs=0.01)


@pytest.mark.parametrize("days", [("2021", "2022", "2024"), ("2023-11", "2024-01", "2024-02")])
def test_a_date_that_is_known_no_better_stands_over_its_text(days: tuple[str, ...]) -> None:
    drawing = drawn(line_chart(line({day: at + 5 for at, day in enumerate(days)})))
    places = [x for mark in marks(drawing) for x, _ in mark.places]
    texts = {words.text: words.x + words.width / 2 for words in drawing.words if words.origin == "tick"}
    named = {"2023-11": "Nov", "2024-01": "Jan", "2024-02": "Feb"}
    assert places == pytest.approx([texts[named.get(day, day)] for day in days], abs=0.01)


@pytest.mark.parametrize(("when", "share"), [("2023-07-02", 0), ("2024-01-01", 0.5)])
def test_an_event_among_yearly_counts_stands_where_its_day_lies_in_their_years(when: str, share: float) -> None:
    """A count of a year stands over its middle."""
    drawing = drawn(line_chart(line({"2021": 5, "2024": 9}), notes=[note(when, "A turn")]))
    texts = {words.text: words.x + words.width / 2 for words in drawing.words if words.origin == "tick"}
    rules = [box(stroke)[0] for stroke in strokes(drawing, THEME.palette.muted) if stroke.pen and stroke.pen.dash]
    assert any(x == pytest.approx(texts["2023"] + share * (texts["2024"] - texts["2023"]), abs=1) for x in rules)


def test_dates_known_to_the_year_the_month_and_the_day_stand_in_the_middle_of_what_they_may_mean() -> None:
    drawing = drawn(line_chart(line({"2023": 5, "2024-05-07": 9, "2024-11": 7, "2025": 8})))
    places = [x for mark in marks(drawing) for x, _ in mark.places]
    texts = {words.text: words.x + words.width / 2 for words in drawing.words if words.origin == "tick"}
    year = texts["2025"] - texts["2024"]
    begin = texts["2024"] - year / 2
    wanted = [texts["2023"], begin + year * 127 / 366, begin + year * 320 / 366, texts["2025"]]
    assert places == pytest.approx(wanted, abs=1)


def test_a_line_starts_from_nought_and_marks_its_turning_points() -> None:
    drawing = drawn(line_chart(GAZA, notes=TURNS))
    levels = {words.text: words.y + 0.35 * words.size for words in drawing.words if words.origin == "tick"}
    (path,) = [o.path for o in drawing.operations if isinstance(o, Shape) and len(o.path) == len(GAZA.points)]
    per = (levels["80,000"] - levels["0"]) / 80_000
    heights = [(numbers[1] - levels["0"]) / per for _, numbers in path]
    assert heights == pytest.approx([float(p.value.quantity.magnitude) for p in GAZA.points], abs=60)
    noted = [place for mark in marks(drawing) for place in mark.places if mark.pen and mark.pen.colour == "#ffffff"]
    assert len(noted) == len(TURNS)
    assert all(any(abs(x - nx) + abs(y - ny) < 0.1 for _, (nx, ny) in path) for x, y in noted)


def test_the_seed_figure_can_be_read_and_found() -> None:
    """1,200 of 12 October 2023, on an axis that ends at 80,000."""
    drawing = drawn(line_chart(GAZA, notes=TURNS))
    (words,) = [words for words in drawing.words if words.text.startswith("about 1,200")]
    noted = [place for mark in marks(drawing) for place in mark.places if mark.pen and mark.pen.colour == "#ffffff"]
    x, y = min(noted)
    poles = [box(o) for o in drawing.operations if isinstance(o, Shape) and not o.fill and abs(box(o)[0] - x) < 0.01]
    assert any(low < y + 6 and top > words.y for _, low, right, top in poles if right - x < 0.01)
    assert 0 < words.x - x < 5


def test_a_single_report_is_a_mark() -> None:
    assert marks(drawn(line_chart(line({"2024-01-01": 5}))))


# --- bounds --------------------------------------------------------------------------------------------------------


def test_open_ends_point_the_right_way() -> None:
    drawing = drawn(dots(("", rows(number(60, bound="at_most"), number(60, bound="at_least"), number(100)))))
    nought, end = axis(drawing)
    at = nought + 0.6 * (end - nought)
    below, above = (box(shape) for shape in filled(drawing)[:2])
    assert below[2] < at < above[0]
    caps = [o for o in drawing.operations if isinstance(o, Shape) and o.pen and o.pen.colour == COLOUR][:4]
    upright = [cap for cap in caps if box(cap)[0] == box(cap)[2]]
    assert [box(cap)[0] for cap in upright] == pytest.approx([at, at], abs=0.01)


def test_an_arrow_never_runs_past_nought() -> None:
    drawing = drawn(dots(("", rows(number(1, bound="at_most"), number(2, bound="at_most"), number(40)))))
    nought, _ = axis(drawing)
    assert all(box(shape)[0] > nought - 0.01 for shape in filled(drawing))


def test_a_range_is_a_band_between_two_dots() -> None:
    drawing = drawn(dots(("", rows(number(20, high=50, bound="between"), number(100)))))
    nought, end = axis(drawing)
    (places,) = [mark.places for mark in marks(drawing) if len(mark.places) == 2][:1]
    assert [(x - nought) / (end - nought) for x, _ in places] == pytest.approx([0.2, 0.5], abs=0.001)


ALL = {
    "exact": number(60),
    "about": number(60, bound="about"),
    "between": number(20, high=60, bound="between"),
    "at_most": number(60, bound="at_most"),
    "at_least": number(60, bound="at_least"),
    "revised": number(60, status="revised"),
    "disputed": number(60, status="disputed"),
}


STATUSES: tuple[Status, ...] = ("reported", "revised", "disputed")
ALL_PALE = {
    "a limit": number(60, bound="at_most"),
    "a range from zero": number(0, high=60, bound="between"),
    "a range around zero": number(-20, high=60, bound="between"),
    "a limit below zero": number(-60, bound="at_least"),
}


def signature(chart: Chart) -> list[object]:
    """The forms of a chart's marks with every colour but paper made ink."""
    found: list[object] = []
    for operation in drawn(chart).operations:
        if isinstance(operation, Words):
            continue
        fill = operation.fill and (operation.fill == "#ffffff")
        form = tuple(letter for letter, _ in operation.path)
        extent = round(max(abs(n) for _, numbers in operation.path for n in numbers))
        hatched = isinstance(operation, Shape) and operation.hatch is not None
        dashed = isinstance(operation, Shape) and operation.pen is not None and bool(operation.pen.dash)
        found.append((form, fill, operation.pen is not None, isinstance(operation, Marks) and extent, hatched, dashed))
    return found


@pytest.mark.parametrize(("one", "other"), list(combinations(ALL, 2)))
def test_dots_are_told_apart_without_colour(one: str, other: str) -> None:
    assert signature(dots(("", rows(ALL[one])))) != signature(dots(("", rows(ALL[other]))))


@pytest.mark.parametrize(("one", "other"), list(combinations(["exact", "revised", "disputed"], 2)))
def test_bars_are_told_apart_without_colour(one: str, other: str) -> None:
    assert signature(bars(("", rows(ALL[one])))) != signature(bars(("", rows(ALL[other]))))


def pale_looks(drawing: Drawing) -> list[tuple[bool, bool]]:
    """Of each pale box, on the plot and in the key: whether it is hatched, whether its outline is dashed."""
    shapes = [o for o in drawing.operations if isinstance(o, Shape) and o.fill and o.pen]
    return [(o.hatch is not None, bool(o.pen.dash)) for o in shapes if o.fill and o.pen and o.fill != o.pen.colour]


@pytest.mark.parametrize("pale", ALL_PALE)
def test_a_bar_that_is_all_pale_keeps_its_status_on_the_chart_and_in_its_key(pale: str) -> None:
    for status, look in zip(STATUSES, [(False, False), (True, False), (False, True)], strict=True):
        value = replace(ALL_PALE[pale], quantity=replace(ALL_PALE[pale].quantity, status=status))
        looks = pale_looks(drawn(bars(("", rows(value)))))
        assert looks == [look, look], status


def test_lines_and_lanes_are_told_apart_without_colour() -> None:
    """As many as a palette may have colours: two of these may be one grey."""
    count = 8
    lines = drawn(line_chart(*(line({"2023": k, "2024": k + 9, "2025": 20 * k}, f"L{k}", 0) for k in range(count))))
    pens = [o.pen for o in lines.operations if isinstance(o, Shape) and o.pen and len(o.path) == 3]
    assert len({pen.dash for pen in pens}) == count
    for pen in pens:
        gaps = [gap - (pen.width if pen.cap != "butt" else 0) for gap in pen.dash[1::2]]
        assert all(gap > pen.width for gap in gaps), "caps leave no gaps"
    lanes = drawn(timeline(*(event(f"202{k}", lane=f"Lane {k}") for k in range(count))))
    assert len({mark.path for mark in marks(lanes)}) == count


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def lightness(colour: str) -> float:
    """CIE L*, in which equal steps look equal; ten are told apart side by side."""
    return 116 * luminance(colour) ** (1 / 3) - 16


def test_neighbours_of_the_palette_are_apart_in_grey() -> None:
    series = Palette().series
    assert all(abs(lightness(a) - lightness(b)) > 9 for a, b in pairwise(series))
    assert all(abs(lightness(a) - lightness(b)) > 9 for a, b in combinations(series[:4], 2))
    assert all(abs(lightness(a) - lightness(b)) > 6 for a, b in combinations(series, 2))


@pytest.mark.parametrize("make", [dots, bars])
def test_rows_beyond_the_palette_are_neutral(make: Callable[..., DotChart | BarChart]) -> None:
    """Those that begin the palette again would look like a group."""

    def colours(*indices: int) -> set[str]:
        each = (rows(number(n + 1), colour=index)[0] for n, index in enumerate(indices))
        drawing = drawn(make(("", tuple(each))))
        shapes = [*filled(drawing, ""), *marks(drawing)]
        return {shape.fill for shape in shapes if shape.fill} - {"#ffffff"}

    palette = THEME.palette
    beyond = len(palette.series)
    assert colours(*range(beyond)) == set(palette.series)
    assert colours(beyond, beyond, beyond + 1) == {palette.muted}


def test_a_line_beyond_the_palette_is_neutral_and_the_others_keep_their_colour() -> None:
    days = ("2023", "2024", "2025")
    lines = (line({day: n + 5 * k for n, day in enumerate(days)}, f"L{k}", k) for k in (0, 6, 7))
    drawing = drawn(line_chart(*lines))
    pens = [o.pen for o in drawing.operations if isinstance(o, Shape) and o.pen and len(o.path) == len(days)]
    assert [pen.colour for pen in pens] == [COLOUR, THEME.palette.muted, THEME.palette.muted]
    assert len({pen.dash for pen in pens}) == len(pens)


def test_marks_have_contrast_with_paper_and_pale_ones_an_outline() -> None:
    """3:1 (WCAG 2.2, 1.4.11) for every mark; a bar's pale fill has it by its outline."""
    for chart in (bars(("", rows(*ALL.values()))), dots(("", rows(*ALL.values())))):
        for operation in drawn(chart).operations:
            if isinstance(operation, Words):
                assert 1.05 / (luminance(operation.colour) + 0.05) >= 4.5
            elif operation.pen and operation.fill and operation.fill != "#ffffff":
                assert 1.05 / (luminance(operation.pen.colour) + 0.05) >= 3


MARKED = {
    "about": number(60, bound="about"),
    "range": number(40, high=60, bound="between"),
    "up to": number(60, bound="at_most"),
    "at least": number(60, bound="at_least"),
    "since revised": number(60, status="revised"),
    "disputed": number(60, status="disputed"),
    "at least, since revised": number(60, bound="more_than", status="revised"),
    "up to, disputed": number(60, bound="at_most", status="disputed"),
}


def with_point(value: Number) -> Line:
    """A line whose second count is `value`."""
    first, second, *others = line({"2024-01-01": 50, "2024-02-01": 60, "2024-03-01": 70}).points
    return Line("Killed", 0, (first, replace(second, value=value), *others))


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("words", MARKED)
def test_a_count_on_a_line_is_marked_and_keyed_as_what_it_is(words: str, frame: str) -> None:
    plain, drawing = (drawn(line_chart(with_point(each)), frame) for each in (number(60), MARKED[words]))
    assert words in [each.text for each in drawing.words] and words not in [each.text for each in plain.words]


@pytest.mark.parametrize(("one", "other"), list(combinations(["plain", *MARKED], 2)))
def test_counts_on_a_line_are_told_apart_without_colour(one: str, other: str) -> None:
    values = {"plain": number(60), **MARKED}

    def on_plot(name: str) -> list[object]:
        drawing = drawn(line_chart(with_point(values[name])))
        foot = min(words.y for words in drawing.words if words.origin == "tick")
        shapes = [o for o in drawing.operations if not isinstance(o, Words)]
        return [
            (shape.path, shape.fill == "#ffffff", shape.pen is not None)
            for shape in shapes
            if isinstance(shape, Marks) or box(shape)[1] > foot
        ]

    assert on_plot(one) != on_plot(other)


@pytest.mark.parametrize(("bound", "way"), [("at_most", -1), ("at_least", 1)])
def test_a_head_on_a_line_points_to_where_the_number_may_lie(bound: Bound, way: int) -> None:
    drawing = drawn(line_chart(with_point(number(60, bound=bound))))
    (_, y) = next(mark.places for mark in marks(drawing) if len(mark.places) == 1)[0]
    (head,) = filled(drawing)
    corners = {(numbers[0], numbers[1]) for _, numbers in head.path if numbers}
    *_, second, tip = sorted((way * (height - y) for _, height in corners))
    assert tip > second > 0


def test_a_range_on_a_line_reaches_from_its_lower_end_to_its_upper_one() -> None:
    drawing = drawn(line_chart(with_point(number(40, high=60, bound="between"))))
    levels = {words.text: words.y + 0.35 * words.size for words in drawing.words if words.origin == "tick"}
    (band,) = [shape for shape in filled(drawing, "") if shape.fill != "#ffffff"]
    assert (box(band)[1], box(band)[3]) == pytest.approx((levels["40"], levels["60"]), abs=0.01)


def test_the_axis_reaches_to_the_lower_end_of_a_range() -> None:
    drawing = drawn(line_chart(with_point(number(-90, high=60, bound="between"))))
    lowest = min(box(stroke)[1] for stroke in strokes(drawing, THEME.palette.rule))
    (band,) = [
        shape
        for shape in drawing.operations
        if isinstance(shape, Shape)
        and box(shape)[2] - box(shape)[0] < 9
        and shape.fill
        and shape.fill not in {"#ffffff", COLOUR}
        and box(shape)[1] > 40
    ]
    assert box(band)[1] >= lowest - 0.01


def test_a_line_runs_past_another_number_of_a_date() -> None:
    first, *others = line({"2024-01-01": 50, "2024-03-01": 70}).points
    aside = Point(others[0].when, number(20), aside=True)
    drawing = drawn(line_chart(Line("Killed", 0, (first, aside, *others))))
    levels = {words.text: words.y + 0.35 * words.size for words in drawing.words if words.origin == "tick"}
    coloured = [stroke for stroke in strokes(drawing) if box(stroke)[1] > min(levels.values()) - 9]
    course, *cross = sorted(coloured, key=lambda stroke: box(stroke)[0] - box(stroke)[2])
    heights = [(numbers[1] - levels["0"]) / (levels["20"] - levels["0"]) * 20 for _, numbers in course.path]
    assert heights == pytest.approx([50, 70], abs=0.01)
    assert len(cross) == 2
    for one in cross:
        left, low, right, high = box(one)
        assert ((left + right) / 2, (low + high) / 2) == pytest.approx((course.path[-1][1][0], levels["20"]), abs=0.01)
    assert "another number of the date" in [words.text for words in drawing.words]


# --- axes and keys -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "unit", "language", "texts"),
    [
        ([70e6, 360e6], "USD/year", "en", ["0", "100", "200", "300", "400", " million"]),
        ([1e9, 2.8e9], "USD", "en", ["0", "0.5", "1.0", "1.5", "2.0", "2.5", "3.0", " billion"]),
        ([7e8, 1e9], "USD", "en", ["0", "0.2", "0.4", "0.6", "0.8", "1.0", " billion"]),
        ([7e8, 9.5e8], "USD", "en", ["0", "200", "400", "600", "800", "1,000", " million"]),
        ([1e9, 4.07e9], "USD", "en", ["0", "1", "2", "3", "4", "5", " billion"]),
        ([1e13], "USD", "en", ["0", "2", "4", "6", "8", "10", " trillion"]),
        ([70e6, 360e6], "USD/year", "de", ["0", "100", "200", "300", "400", " Millionen"]),
        ([70e6, 360e6], "USD/year", "ja", ["0", "200,000,000", "400,000,000"]),
        ([1400, 1189], "people", "en", ["0", "250", "500", "750", "1,000", "1,250", "1,500"]),
        ([1400, 1189], "people", "de", ["0", "250", "500", "750", "1.000", "1.250", "1.500"]),
        ([3], "people", "en", ["0", "1", "2", "3"]),
        ([1e6, 3e6], "people", "sw", ["0", "1,000,000", "2,000,000", "3,000,000"]),  # whose "milioni" stands before
        ([-4e6, 2e5], "people", "en", ["−4", "−3", "−2", "−1", "0", "1", " million"]),
        ([97], "percent", "en", ["0", "20", "40", "60", "80", "100", "%"]),
        (["0.001"], "people", "en", ["0", "0.0002", "0.0004", "0.0006", "0.0008", "0.0010"]),
        ([0], "people", "en", ["0", "1"]),
        ([1, 0], "people", "en", ["0", "1"]),
        ([-1, 1], "people", "en", ["−1", "0", "1"]),
        (["0.5"], "people", "en", ["0", "0.1", "0.2", "0.3", "0.4", "0.5"]),
    ],
)
def test_ticks_have_few_noughts_and_one_unit(values: list[float], unit: str, language: str, texts: list[str]) -> None:
    assert ticks(drawn(dots(("", rows(*(number(v, unit=unit) for v in values)))), "paper", language)) == texts


def test_the_last_tick_stands_under_its_grid_line_with_its_unit() -> None:
    drawing = drawn(dots(("", rows(number(1e9, unit="USD"), number(4e9, unit="USD")))))
    figures, unit = [words for words in drawing.words if words.origin == "tick"][-2:]
    last = max(box(stroke)[2] for stroke in strokes(drawing, THEME.palette.rule))
    assert (figures.x + unit.x + unit.width) / 2 == pytest.approx(last, abs=0.01)


@pytest.mark.parametrize(
    ("days", "language", "texts"),
    [
        (("2023-10-07", "2026-08-22"), "en", ["2023", "2024", "2025", "2026"]),
        (("2024-01-20", "2024-05-20"), "en", ["Jan", "2024", "Feb", "Mar", "Apr", "May"]),
        (("2024-01-30", "2024-05-20"), "en", ["Feb", "2024", "Mar", "Apr", "May"]),
        (("2024-01-20", "2024-05-20"), "de", ["Jan", "2024", "Feb", "Mär", "Apr", "Mai"]),
        (("2024-06-01", "2024-06-05"), "en-GB", ["1 Jun", "2024", "2 Jun", "3 Jun", "4 Jun", "5 Jun"]),
        (("2024-12-30", "2025-01-02"), "en", ["Dec 30", "2024", "Dec 31", "Jan 1", "2025", "Jan 2"]),
        (("2024-01-31", "2024-02-29", "2024-03-31"), "en-GB", ["31 Jan", "2024", "29 Feb", "31 Mar"]),
        (("2024-01-31",), "en-GB", ["31 Jan", "2024"]),
        (("2024-11", "2025-02"), "en", ["Nov", "2024", "Dec", "Jan", "2025", "Feb"]),
        (("2024-11", "2024-12"), "en", ["Nov", "2024", "Dec"]),
        (("2021", "2024"), "en", ["2021", "2022", "2023", "2024"]),
        (("9996-01-01", "9999-12-31"), "en", ["9996", "9997", "9998", "9999"]),
        (("1950", "2020"), "en", ["1950", "1960", "1970", "1980", "1990", "2000", "2010", "2020"]),
    ],
)
def test_dates_are_in_the_language(days: tuple[str, ...], language: str, texts: list[str]) -> None:
    found = ticks(drawn(line_chart(line({day: min(at + 1, 2) for at, day in enumerate(days)})), "paper", language))
    assert [text for text in found if text not in {"0", "1", "2", "0.0", "0.5", "1.0", "1.5", "2.0"}] == texts


@pytest.mark.parametrize(
    ("values", "names"),
    [
        ([number(1), number(2)], []),
        ([number(1), number(2, bound="about")], ["single figure", "about"]),
        ([number(1, bound="more_than")], ["at least"]),
        ([number(1), number(2, status="revised")], ["single figure", "since revised"]),
        ([number(1, bound="at_least", status="disputed")], ["at least, disputed"]),
    ],
)
def test_a_key_names_the_marks_that_occur(values: list[Number], names: list[str]) -> None:
    drawing = drawn(dots(("", rows(*values, label="L", detail=""))))
    assert [w.text for w in drawing.words if not w.origin and w.text != "L"] == names


@pytest.mark.parametrize(
    ("values", "names"),
    [
        ([number(1), number(2, bound="about")], []),
        ([number(1), number(2, bound="more_than"), number(3, bound="at_least")], ["at least"]),
        ([number(1, high=2, bound="between"), number(2, bound="at_most")], ["range", "up to"]),
        (
            [number(1, status="disputed"), number(2, bound="at_most")],
            ["disputed", "up to"],
        ),
        ([number(1), number(2, bound="at_least", status="revised")], ["reported", "at least, since revised"]),
        ([number(1), number(0, status="disputed")], []),
        (
            [number(1), number(2, bound="at_most", status="disputed"), number(3, bound="at_most")],
            ["reported", "up to", "up to, disputed"],
        ),
        ([number(0, high=9, bound="between", status="revised")], ["range, since revised"]),
        ([number(0, high=9, bound="between"), number(3, high=9, bound="between")], ["range"]),
        ([number(-9, high=-3, bound="between"), number(3, high=9, bound="between")], ["range"]),
        (
            [number(low, high=9, bound="between", status=status) for low in (0, 3) for status in STATUSES],
            ["range", "range, since revised", "range, disputed"],
        ),
    ],
)
def test_a_bar_chart_s_key_names_what_is_left_open(values: list[Number], names: list[str]) -> None:
    drawing = drawn(bars(("", rows(*values, label="L", detail=""))))
    assert [w.text for w in drawing.words if not w.origin and w.text != "L"] == names


def test_the_key_shows_the_symbol_that_is_drawn() -> None:
    """A disputed lower limit is a diamond with an arrow: on the chart and in its key."""
    drawing = drawn(dots(("", rows(number(60, bound="at_least", status="disputed"), label="L"))))
    (on_chart, in_key) = marks(drawing)
    assert on_chart.path == in_key.path
    assert not [stroke for stroke in strokes(drawing) if box(stroke)[0] == box(stroke)[2]], "the bar of another limit"
    barred = drawn(bars(("", rows(number(60, bound="at_least", status="revised"), label="L"))))
    assert len([shape for shape in barred.operations if isinstance(shape, Shape) and shape.hatch]) == 2


@pytest.mark.parametrize("make", [dots, bars])
def test_the_key_of_a_part_holds_what_the_part_draws(make: Callable[..., DotChart | BarChart]) -> None:
    plain = rows(*(number(n) for n in range(1, 40)), label="L", detail="")
    limits = rows(*(number(n, bound="at_least") for n in range(1, 40)), label="L", detail="")
    drawings = draw(make(("One", plain), ("Two", limits)), FRAMES["slide"], THEME, "en")
    for drawing in drawings:
        texts = [words.text for words in drawing.words]
        assert ("at least" in texts) == ("Two" in texts)
        assert "single figure" not in texts or "One" in texts
    assert len(drawings) > 2


def test_the_key_of_a_timeline_s_part_holds_its_lanes() -> None:
    events = [event(f"{1960 + n}", lane="Early" if n < 20 else "Late") for n in range(60)]
    drawings = draw(timeline(*events), FRAMES["slide"], THEME, "en")
    found = [{"Early", "Late"} & {words.text for words in drawing.words} for drawing in drawings]
    assert found[-1] == {"Late"} and set.union(*found) == {"Early", "Late"}


def test_a_note_names_its_count_and_day_once() -> None:
    chart = line_chart(GAZA, notes=[note("2025-01-19", "Ceasefire", 46913), note("2025-03-18", "March 2025: strikes")])
    found = [words.text for words in drawn(chart, language="en-GB").words]
    assert "46,913" in found and ", 19\u00a0Jan\u00a02025" in found
    assert not any("18\u00a0Mar" in text for text in found)


def test_a_group_that_goes_on_repeats_its_name() -> None:
    drawings = draw(dots(("The group", rows(*(number(n) for n in range(90))))), FRAMES["paper"], THEME, "en")
    assert len(drawings) > 1
    assert all(any(words.text == "The group" for words in drawing.words) for drawing in drawings)


@pytest.mark.parametrize("frame", FRAMES)
def test_a_line_breaks_where_no_number_was_given(frame: str) -> None:
    days = {f"2024-0{month}-01": 100.0 + month for month in range(1, 10)}
    whole = line(days)
    gaps = (3, 4, 7)
    broken = replace(
        whole, points=tuple(replace(point, joined=at not in gaps) for at, point in enumerate(whole.points))
    )

    def runs(one: Line) -> list[int]:
        return sorted(len(shape.path) for shape in strokes(drawn(line_chart(one), frame)))

    assert [length for length in runs(whole) if length > 2] == [9]
    assert [length for length in runs(broken) if length > 1] == [2, 3, 3]
    alone = (spot for mark in marks(drawn(line_chart(broken), frame)) for spot in mark.places)
    assert len(list(alone)) == len(days)


@pytest.mark.parametrize(
    ("value", "boxes", "arrow"),
    [
        (number(1, high=2, bound="between"), [(0, 1), (1, 2)], 0),
        (number(-2, high=-1, bound="between"), [(-2, -1), (-1, 0)], 0),
        (number(-2, high=1, bound="between"), [(-2, 1)], 0),
        (number(-2, high=0, bound="between"), [(-2, 0)], 0),
        (number(2, bound="at_most"), [(0, 2)], 0),
        (number(-2, bound="at_most"), [(-2, 0)], -1),
        (number(2, bound="at_least"), [(0, 2)], 1),
        (number(-2, bound="at_least"), [(-2, 0)], 0),
        (number(-2), [(-2, 0)], 0),
    ],
)
def test_a_bar_covers_only_where_its_number_can_be(value: Number, boxes: list[tuple[int, int]], arrow: int) -> None:
    drawing = drawn(bars(("", rows(value, number(-3), number(3), label="L", detail=""))))
    texts = {float(w.text.replace("−", "-")): w.x + w.width / 2 for w in drawing.words if w.origin == "tick"}
    unit = (texts[3.0] - texts[-3.0]) / 6
    paper = THEME.palette.paper
    shapes = [o for o in drawing.operations if isinstance(o, Shape) and o.fill and o.fill != paper]
    top = max(box(shape)[3] for shape in shapes)
    ends = [((box(s)[0] - texts[0.0]) / unit, (box(s)[2] - texts[0.0]) / unit) for s in shapes if box(s)[3] > top - 9]
    tips = [pair for pair in ends if pair[1] - pair[0] < 0.3]
    assert sorted(pair for pair in ends if pair not in tips) == [pytest.approx(pair, abs=0.05) for pair in boxes]
    assert [1 if tip[1] > 0 else -1 for tip in tips] == [arrow] * bool(arrow)


def test_an_annotation_below_zero_stands_on_the_chart() -> None:
    deficit = line({f"2024-0{month}-01": -month for month in range(1, 8)})
    drawing = drawn(line_chart(deficit, notes=[note("2024-03-10", "Rule suspended")]))
    (word,) = (words for words in drawing.words if words.text == "Rule suspended")
    low, high = (next(w.y for w in drawing.words if w.origin == "tick" and w.text == text) for text in ("−8", "0"))
    assert low < word.y < high + 12


def test_a_mark_of_a_revised_count_stays_open_under_its_annotation() -> None:
    days = {f"2024-0{month}-01": 100.0 for month in range(1, 5)}
    chart = line_chart(line(days), notes=[replace(note("2024-02-01", "Told"), value=number(100, status="revised"))])
    last = [mark for mark in marks(drawn(chart)) if len(mark.places) == 1][-1]
    assert last.fill and last.fill == THEME.palette.paper and last.pen and last.pen.colour == COLOUR


def test_what_leads_to_a_name_beyond_the_data_is_no_line_of_the_chart() -> None:
    chart = line_chart(line({"2024-01-01": 5, "2024-06-01": 6}), notes=[note("2026-01-01", "Law")])
    longest = max(box(stroke)[2] - box(stroke)[0] for stroke in strokes(drawn(chart)))
    led = [stroke for stroke in strokes(drawn(chart), THEME.palette.muted) if stroke.pen and stroke.pen.dash]
    assert led and max(box(stroke)[2] - box(stroke)[0] for stroke in led) > longest


def uprights(drawing: Drawing) -> list[Shape]:
    """What leads from an annotation: to its mark, or in dots to its date."""
    return [stroke for stroke in strokes(drawing, THEME.palette.muted) if box(stroke)[0] == box(stroke)[2]]


def test_an_annotation_of_a_count_leads_across_no_other_line() -> None:
    quarters = ("2024-03-31", "2024-06-30", "2024-12-31", "2025-03-31", "2025-07-01", "2025-12-31", "2026-03-31")
    high, middle, low = (
        line({when: start + rise * n for n, when in enumerate(quarters)}, name, colour)
        for colour, (name, start, rise) in enumerate((("High", 88, 0.9), ("Middle", 61, 0.7), ("Low", 42, -0.4)))
    )
    notes = [
        note("2024-12-31", "Debt brake suspended for the year", 62.4),
        note("2025-07-01", "New law on local debt"),
        note("2025-12-31", "The highest number that was ever reported", 92.5),
    ]
    (drawing,) = draw(line_chart(high, middle, low, notes=notes), ChartFrame(593, 280, 14, "slide"), THEME, "en")
    poles = [pole for pole in uprights(drawing) if pole.pen and not pole.pen.dash]
    assert len(poles) >= 2
    for pole in poles:
        x, bottom, _, top = box(pole)
        for run in (o.path for o in drawing.operations if isinstance(o, Shape) and len(o.path) == len(quarters)):
            heights = [numbers[1] for _, numbers in run if abs(numbers[0] - x) < 0.01]
            assert not any(bottom < height < top for height in heights)


def test_an_annotation_of_a_date_leads_to_the_axis_and_to_no_line() -> None:
    both = (line({"2024-01-01": 50, "2025-01-01": 90}), line({"2024-01-01": 20, "2025-01-01": 40}, "Other", 1))
    drawing = drawn(line_chart(*both, notes=[note("2024-06-01", "Law")]))
    (rule,) = uprights(drawing)
    grid = [*strokes(drawing, THEME.palette.rule), *strokes(drawing, THEME.palette.ink)]
    levels = [box(stroke)[1] for stroke in grid if box(stroke)[1] == box(stroke)[3]]
    assert rule.pen and rule.pen.dash
    assert (box(rule)[1], box(rule)[3]) == pytest.approx((min(levels), max(levels)), abs=0.01)
