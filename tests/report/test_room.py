"""Numbers have the room that they need: none is cut in two, and none touches what stands beside it."""

from dataclasses import replace

import pypdfium2 as pdfium
import pytest

from data.model import Briefing, KeyFigure, Span
from report import typeset
from tests import samples
from tests.report.tagged import failures

BASE = samples.one()
Box = tuple[float, float, float, float]
"""Left, bottom, right, top, in points."""

MILLIARDS, EUROS, TREES, LEAST = "8,123,456,789", "€12,345,678.90", "at least 123,456,789,012", "at least 12,345,678"


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
    pdf = typeset(highlights(*texts), strict=True).pdf
    assert touching(pdf) == []
    for text in texts:
        digits = text.removeprefix("at least ").removeprefix("€").removesuffix("\u00a0km")
        piece = digits.replace("\u00a0", " ").replace("\u202f", " ")
        assert max(map(height, found(pdf, piece)), default=0) > 8, piece
    assert failures(pdf) == []


def test_key_figures_of_a_set_have_one_size() -> None:
    long, short = "123,456,789,012,345,678,901,234,567,890,123,456", "11"
    pdf = typeset(highlights(long, short), strict=True).pdf
    digits = [max(map(height, found(pdf, text))) for text in (long[:3], short)]
    assert digits[0] == pytest.approx(digits[1], abs=0.6)


def test_key_figures_that_fit_keep_their_columns() -> None:
    pdf = typeset(highlights("73,419", "941", "1,200", "1,060"), strict=True).pdf
    bottoms = {round(boxes[0][1]) for text in ("73,419", "941", "1,200", "1,060") for boxes in found(pdf, text)[:1]}
    assert len(bottoms) == 1
