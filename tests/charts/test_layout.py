"""Whatever the data: nothing leaves the frame, no two texts touch, type is legible, no part of the data is lost."""

import re
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from charts.draw import draw
from charts.drawing import Drawing, Shape
from charts.style import FLOOR, ChartFrame
from data.model import Chart
from data.theme import Theme
from tests.chart_samples import (
    AR,
    FRAMES,
    GAZA,
    HOSTILE,
    SHIPPED,
    TURNS,
    UNBROKEN,
    bars,
    dots,
    event,
    line,
    line_chart,
    note,
    number,
    outside,
    overlaps,
    rows,
    text_box,
    timeline,
)


def drawn(chart: Chart, frame: ChartFrame) -> tuple[Drawing, ...]:
    drawings = draw(chart, frame, Theme(), "en-GB")
    assert drawings
    for drawing in drawings:
        assert drawing.width == frame.width
        assert 0 < drawing.height <= frame.height + 0.01
        assert not outside(drawing)
        assert not overlaps(drawing)
        assert all(words.size >= FLOOR[frame.medium] for words in drawing.words)
    return drawings


def texts(drawings: tuple[Drawing, ...]) -> str:
    return "".join(re.sub(r"\s", "", words.text) for drawing in drawings for words in drawing.words)


@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)
@pytest.mark.parametrize("chart", SHIPPED.values(), ids=SHIPPED)
def test_a_plain_chart_stands_in_its_frame(chart: Chart, frame: ChartFrame) -> None:
    drawn(chart, frame)


@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)
@pytest.mark.parametrize("chart", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_chart_stands_in_its_frame(chart: Chart, frame: ChartFrame) -> None:
    drawn(chart, frame)


TOKENS = ["word", "a", "Ministry", "of", "Health,", "حماس", "غزة", "2023", "$x_1$", "<b>", UNBROKEN, "—", "漢", "\x00"]
WORDS = st.lists(st.sampled_from(TOKENS), max_size=20).map(" ".join) | st.text(max_size=60)
BOUNDS = st.sampled_from(["exact", "about", "at_least", "more_than", "at_most"])
STATUSES = st.sampled_from(["reported", "revised", "disputed"])
VALUES = st.integers(-1000, 1000) | st.floats(-1e6, 1e13).map(lambda value: float(f"{value:.4g}"))
NUMBERS = st.builds(
    lambda value, bound, status, text: number(value, bound=bound, status=status, text=text or "0"),
    VALUES,
    BOUNDS,
    STATUSES,
    WORDS,
)
ROWS = st.builds(
    lambda values, label, detail, colour: rows(*values, label=label, detail=detail, colour=colour),
    st.lists(NUMBERS, min_size=1, max_size=7),
    WORDS,
    WORDS,
    st.integers(0, 7),
)
GROUPS = st.lists(st.tuples(WORDS, ROWS), min_size=1, max_size=4)
DAYS = st.one_of(
    st.dates(), st.dates(date(2023, 1, 1), date(2026, 1, 1)), st.dates(date(2024, 1, 1), date(2024, 3, 1))
).map(str)
LINES = st.builds(line, st.dictionaries(DAYS, VALUES, min_size=1, max_size=12), WORDS, st.integers(0, 7), STATUSES)
NOTES = st.lists(st.builds(note, DAYS, WORDS, st.none() | VALUES), max_size=7)
EVENTS = st.lists(st.builds(event, DAYS, WORDS, WORDS, st.integers(0, 7)), min_size=1, max_size=30)
CHARTS = st.one_of(
    st.builds(lambda groups: dots(*groups), GROUPS),
    st.builds(lambda groups: bars(*groups), GROUPS),
    st.builds(lambda lines, notes: line_chart(*lines, notes=notes), st.lists(LINES, min_size=1, max_size=5), NOTES),
    st.builds(lambda events: timeline(*events), EVENTS),
)


@settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(CHARTS, st.sampled_from(list(FRAMES.values())))
def test_a_made_up_chart_stands_in_its_frame(chart: Chart, frame: ChartFrame) -> None:
    drawn(chart, frame)


@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)
@pytest.mark.parametrize("make", [dots, bars])
def test_four_hundred_rows_are_all_there(make: object, frame: ChartFrame) -> None:
    groups = [(f"Group {g}", rows(*(number(40 * g + k) for k in range(40)), label="Row", detail="")) for g in range(10)]
    drawings = drawn(make(*groups), frame)  # type: ignore[operator]
    assert len(drawings) > 1
    values = [words.text for drawing in drawings for words in drawing.words if words.origin.endswith(":value")]
    assert values == [str(n) for n in range(400)]
    for drawing in drawings:
        heads = [words.text for words in drawing.words if words.text.startswith("Group")]
        assert heads, "a part without its group's name"
        assert drawing.height > 0.5 * max(each.height for each in drawings), "a nearly empty part"


@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)
def test_sixty_events_are_all_there(frame: ChartFrame) -> None:
    drawings = drawn(timeline(*(event(f"{1960 + n}-03-02", f"Event-{n};") for n in range(60))), frame)
    assert re.findall(r"Event-(\d+);", texts(drawings)) == [str(n) for n in range(60)]


def test_groups_are_cut_only_where_they_must_be() -> None:
    six, three = rows(*(number(n) for n in range(1, 7))), rows(*(number(n) for n in range(1, 4)))
    drawings = drawn(dots(("One", six), ("Two", three)), FRAMES["slide"])
    assert [[w.text for w in drawing.words if w.text in {"One", "Two"}] for drawing in drawings] == [["One"], ["Two"]]


def test_no_note_touches_a_line() -> None:
    (drawing,) = drawn(line_chart(GAZA, notes=TURNS), FRAMES["paper"])
    (path,) = [
        operation.path
        for operation in drawing.operations
        if isinstance(operation, Shape) and operation.pen and len(operation.path) == len(GAZA.points)
    ]
    corners = [numbers for _, numbers in path]
    notes = [words for words in drawing.words if words.x > 40 and words.y > 40 and words.size < 8]
    assert len(notes) > len(TURNS)
    for words in notes:
        left, low, right, top = text_box(words)
        for (x0, y0), (x1, y1) in pairwise(corners):
            for share in (k / 50 for k in range(51)):
                x, y = x0 + share * (x1 - x0), y0 + share * (y1 - y0)
                assert not (left < x < right and low < y < top), words.text


def test_notes_without_room_are_numbered_and_listed() -> None:
    notes = [note("2024-02-02", f"The turning point of number-{n};", 3000) for n in range(60)]
    drawings = drawn(line_chart(GAZA, notes=notes), FRAMES["paper"])
    assert re.findall(r"number-(\d+);", texts(drawings)) == [str(n) for n in range(60)]
    assert any(words.text == "1–60" for words in drawings[0].words)


def test_names_at_ends_that_lie_close_stand_around_them() -> None:
    lines = [line({"2023": 10 + n, "2025": 50 + n}, f"Population-{n};", n) for n in range(5)]
    (drawing,) = drawn(line_chart(*lines, line({"2023": 1, "2025": 100}, "Far", 5)), FRAMES["paper"])
    named = [words.y for words in drawing.words if words.text.startswith("Population-")]
    ticks = {words.text: words.y for words in drawing.words if words.origin == "tick"}
    unit = (ticks["100"] - ticks["0"]) / 100
    assert len(named) == 5
    assert abs(sum(named) / 5 - (ticks["0"] + 52 * unit)) < 8


@pytest.mark.parametrize("frame", ["paper", "slide"])
def test_many_lines_share_looks_and_so_are_named_at_their_ends(frame: str) -> None:
    lines = [line({"2023": 30 - n, "2025": 3 * n % 14}, f"Population-{n}", n) for n in range(14)]
    (drawing,) = drawn(line_chart(*lines), FRAMES[frame])
    names = sorted((w for w in drawing.words if w.text.startswith("Population-")), key=lambda words: -words.y)
    last = max(words.x + words.width for words in drawing.words if words.text == "2025")
    assert all(words.x >= last - words.size * 2 for words in names), "beside the plot, in no key"
    assert [words.text.split()[0] for words in names] == [
        each.name for each in sorted(lines, key=lambda each: -each.points[-1].value.quantity.magnitude)
    ]


def test_lines_without_room_at_their_ends_are_keyed() -> None:
    lines = [line({"2023": n, "2025": 2 * n}, f"Population-{n};", n) for n in range(30)]
    found = texts(drawn(line_chart(*lines), FRAMES["paper"]))
    assert re.findall(r"Population-(\d+);", found) == [str(n) for n in range(30)]


@pytest.mark.parametrize("chart", [line_chart(), dots(), bars(("A group", ())), timeline()])
def test_a_chart_without_data_says_so(chart: Chart) -> None:
    (drawing,) = drawn(chart, FRAMES["paper"])
    assert [words.text for words in drawing.words] == ["No data"]


def test_markup_is_plain_text() -> None:
    label = r"$x_1^2$ <b>&amp; \frac{1}{2}"
    assert re.sub(r"\s", "", label) in texts(drawn(dots(("", rows(number(3), label=label))), FRAMES["paper"]))


@pytest.mark.parametrize(("word", "hyphens"), [(UNBROKEN * 2, True), ("1234567890" * 20, False), ("حركة" * 40, False)])
@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)
def test_a_word_that_must_be_broken_shows_a_hyphen(word: str, hyphens: bool, frame: ChartFrame) -> None:
    (drawing,) = drawn(bars(("", rows(number(3, text="3"), label=word, detail=""))), frame)
    *first, last = (words for words in drawing.words if set(words.text) - set("-…") <= set(word) and not words.origin)
    assert len(first) > 1
    assert all(words.text.endswith("-") == hyphens for words in first)
    assert not last.text.endswith("-")
    assert max(words.x + words.width for words in first) < 0.5 * frame.width


@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)
def test_a_name_that_is_too_long_ends_after_a_word(frame: ChartFrame) -> None:
    name = "Notwithstanding organisational difficulties verification continued " * 20
    (drawing,) = drawn(bars((name, rows(number(3), label="Here", detail=""))), frame)
    (last,) = (words.text for words in drawing.words if words.text.endswith("…"))
    assert f"{last.removesuffix('…')} " in name


def test_arabic_words_are_runs_of_their_own() -> None:
    (drawing,) = drawn(dots(("", rows(number(3), label=f"Hamas {AR} in Gaza", detail=""))), FRAMES["paper"])
    by_text = {words.text.strip(): words for words in drawing.words}
    assert by_text["Hamas"].face.family == "ibm-plex-sans-condensed"
    assert by_text[AR].face.family == "ibm-plex-sans-arabic"
    assert by_text["Hamas"].x < by_text[AR].x < by_text["in Gaza"].x


def test_what_no_face_has_becomes_a_question_mark() -> None:
    (drawing,) = drawn(dots(("", rows(number(3), label="漢字 x\x00y", detail=""))), FRAMES["paper"])
    assert "?? x y" in {words.text for words in drawing.words}


@pytest.mark.parametrize("chart", SHIPPED.values(), ids=SHIPPED)
@pytest.mark.parametrize("frame", ["paper", "slide"])
def test_the_same_chart_is_drawn_the_same(chart: Chart, frame: str) -> None:
    assert drawn(chart, FRAMES[frame]) == drawn(chart, FRAMES[frame])
