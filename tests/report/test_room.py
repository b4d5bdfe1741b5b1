"""Numbers have the room that they need: none is cut in two, and none touches what stands beside it."""

from dataclasses import replace
from itertools import pairwise

import pypdfium2 as pdfium
import pytest

from data.model import Briefing, Cite, Column, KeyFigure, Placement, Span, Table, Text
from report.findings import TableTooWide
from report.memory import Memory
from tests import samples
from tests.report.reading import typeset
from tests.report.tagged import failures

BASE = samples.one()
Box = tuple[float, float, float, float]
"""Left, bottom, right, top, in points."""

MILLIARDS, EUROS, TREES, LEAST = "8,123,456,789", "€12,345,678.90", "at least 123,456,789,012", "at least 12,345,678"
MILLION: Text = (Span("1,234,567"),)


def characters(pdf: bytes) -> list[list[tuple[str, Box]]]:
    """The characters of every page in the order of painting, spaces and line ends among them."""
    document = pdfium.PdfDocument(pdf)
    try:
        pages = [document[n].get_textpage() for n in range(len(document))]
        return [
            [(page.get_text_range(n, 1), page.get_charbox(n, loose=False)) for n in range(page.count_chars())]
            for page in pages
        ]
    finally:
        document.close()


def found(pdf: bytes, text: str) -> list[list[Box]]:
    """The boxes of the characters of `text` wherever it is printed in one line."""
    places = []
    for page in characters(pdf):
        said = "".join(" " if character in "\u00a0\u202f" else character for character, _ in page)
        assert len(said) == len(page)
        at = said.find(text)
        while at >= 0:
            places.append([box for _, box in page[at : at + len(text)]])
            at = said.find(text, at + 1)
    return places


def touching(pdf: bytes) -> list[str]:
    """Pairs of digits that lie one upon the other."""
    pairs = []
    for page in characters(pdf):
        digits = [(character, box) for character, box in page if character.isdigit()]
        for n, (one, (left, bottom, right, top)) in enumerate(digits):
            pairs += [
                one + other
                for other, (x0, y0, x1, y1) in digits[n + 1 :]
                if min(right, x1) - max(left, x0) > 0.3 and min(top, y1) - max(bottom, y0) > 0.3
            ]
    return pairs


def highlights(*texts: str) -> Briefing:
    numbers = [replace(samples.number("west-bank"), text=text) for text in texts]
    return replace(
        BASE, highlights=tuple(KeyFigure(number, (Span("Label"),), (Span("Context"),)) for number in numbers)
    )


def height(boxes: list[Box]) -> float:
    """Of the highest character."""
    return max(top - bottom for _, bottom, _, top in boxes)


@pytest.mark.parametrize(
    "texts",
    [
        (MILLIARDS, EUROS, TREES, LEAST),
        (TREES, LEAST, EUROS),
        (TREES, "at least 123,456,789,012,345"),
        ("1,234,567,890", "12", "13", "14", "15", "16", "17"),
        ("123,456,789,012,345,678,901,234,567,890,123,456", "5"),
        ("12\u202f345\u202f678\u202f901\u202f234\u00a0km", "12\u00a0345\u00a0678\u00a0901\u00a0234", "7"),
    ],
)
def test_key_figures_are_whole_and_apart(texts: tuple[str, ...]) -> None:
    pdf = typeset(highlights(*texts)).pdf
    assert touching(pdf) == []
    for text in texts:
        digits = text.removeprefix("at least ").removeprefix("€").removesuffix("\u00a0km")
        piece = digits.replace("\u00a0", " ").replace("\u202f", " ")
        assert max(map(height, found(pdf, piece)), default=0) > 8, piece
    assert failures(pdf) == []


def test_key_figures_of_a_set_have_one_size() -> None:
    long, short = "123,456,789,012,345,678,901,234,567,890,123,456", "11"
    pdf = typeset(highlights(long, short)).pdf
    digits = [max(map(height, found(pdf, text))) for text in (long[:3], short)]
    assert digits[0] == pytest.approx(digits[1], abs=0.6)


def test_key_figures_that_fit_keep_their_columns() -> None:
    pdf = typeset(highlights("73,419", "941", "1,200", "1,060")).pdf
    bottoms = {round(boxes[0][1]) for text in ("73,419", "941", "1,200", "1,060") for boxes in found(pdf, text)[:1]}
    assert len(bottoms) == 1


def test_titles_in_the_contents_keep_clear_of_the_page_numbers() -> None:
    titles = ["Displacement in " + "i" * n for n in range(70, 130, 3)]
    sections = tuple(replace(BASE.sections[0], id=f"s{n}", number=n, title=title) for n, title in enumerate(titles, 1))
    pages = characters(typeset(replace(BASE, sections=sections)).pdf)
    page = next(page for page in pages if "Contents" in "".join(character for character, _ in page))
    far = max(box[2] for character, box in page if character.isdigit())
    numbers = [box for character, box in page if character.isdigit() and box[2] > far - 20]
    ends = [box for character, box in page if character == "i"]
    gaps = [
        left - max((right for _, base, right, _ in ends if abs(base - bottom) < 2), default=0)
        for left, bottom, *_ in numbers
    ]
    assert 6 < min(gaps) < 40


BASKET = "US$18.00 per head to US$24.50 per head"


@pytest.mark.parametrize(
    ("texts", "whole"),
    [
        (("20 per cent to 30 per cent",), "20 per cent to 30 per cent"),
        (("14 to 16", "20 per cent to 30 per cent", "3", "4"), "20 per cent to 30 per cent"),
        ((BASKET, "1", "2", "3"), "US$24.50 per head"),
        ((BASKET, "1", "2"), "US$18.00 per head to"),
    ],
)
def test_a_range_is_broken_between_its_ends_if_at_all(texts: tuple[str, ...], whole: str) -> None:
    pdf = typeset(highlights(*texts)).pdf
    large = [boxes for boxes in found(pdf, whole) if height(boxes) > 8]
    assert len(large) == 1 and max(box[1] for box in large[0]) - min(box[1] for box in large[0]) < 8
    assert touching(pdf) == []


def table(columns: int, *, number: Text = MILLION, place: str = "Northern region") -> Briefing:
    """A section with a table of one column of places and `columns` of numbers."""
    heads = (Column((Span("Place"),), False, 1), *(Column((Span(str(2001 + n)),), True, 1) for n in range(columns)))
    wide = Table(samples.caption("wide", "Wide"), heads, (((Span(place),), *(number,) * columns),) * 2)
    section = replace(BASE.sections[0], body=(Placement("wide", samples.PLACE),), exhibits={"wide": wide})
    return replace(BASE, sections=(section,))


def gaps(pdf: bytes, text: str) -> list[float]:
    """Points between one `text` and the next on the same line."""
    places = [(boxes[0][0], boxes[0][1], boxes[-1][2]) for boxes in found(pdf, text)]
    return [
        left - right
        for (_, base, right), (left, other, _) in pairwise(places)
        if abs(base - other) < 1 and left > right - 30
    ]


@pytest.mark.parametrize("columns", [4, 8, 9, 10])
def test_numbers_of_a_table_are_whole_and_apart(columns: int) -> None:
    report = typeset(table(columns))
    assert report.findings == []
    between = gaps(report.pdf, "1,234,567")
    assert len(between) == 2 * (columns - 1)
    assert min(between) > 9
    assert touching(report.pdf) == []
    assert failures(report.pdf) == []


def test_texts_give_way_to_numbers() -> None:
    report = typeset(table(9, place="Wasserwirtschaftsverwaltungen"))
    assert report.findings == []
    assert len(found(report.pdf, "1,234,567")) == 2 * 9
    assert min(gaps(report.pdf, "1,234,567")) > 9


def test_a_table_has_smaller_type_only_if_it_must() -> None:
    small, large = (height(found(typeset(table(n)).pdf, "1,234,567")[0]) for n in (10, 8))
    assert 0.85 * large < small < large


@pytest.mark.parametrize("bold", [False, True])
def test_a_number_keeps_its_note_beside_it(bold: bool) -> None:
    value = replace(samples.number("west-bank"), text="1,234,567")
    value = replace(value, style=replace(value.style, bold=bold))
    report = typeset(table(8, number=(value, Cite(("tfp", "crs")))))
    assert report.findings == []
    assert len(found(report.pdf, "1,234,5671, 2")) == 2 * 8
    assert min(gaps(report.pdf, "1,234,5671, 2")) > 9
    assert touching(report.pdf) == []


@pytest.mark.parametrize("columns", [12, 90])
def test_a_table_whose_numbers_would_touch_is_an_error(columns: int) -> None:
    memory = Memory()
    for _ in range(2):  # what is kept of the last build says so again
        report = typeset(table(columns), memory=memory)
        (finding,) = report.findings
        assert isinstance(finding, TableTooWide)
        assert (finding.severity, finding.table, finding.columns) == ("error", "Wide", columns + 1)
        assert finding.place == samples.PLACE
        assert failures(report.pdf) == []
