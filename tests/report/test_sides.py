"""A report to be bound: left-hand and right-hand pages mirror each other."""

from dataclasses import replace

import pytest

from report.grid import BINDING, Grid
from tests import samples
from tests.report.reading import Line, Read, sample, typeset
from tests.report.tagged import failures


@pytest.fixture(scope="module", params=["a4", "letter"])
def bound(request: pytest.FixtureRequest) -> Read:
    return Read(typeset(replace(samples.briefing(request.param), sides="two")))


def grid(report: Read) -> Grid:
    _, _, width, height = (float(side) for side in report.document.pages[0].mediabox)
    return Grid(width, height, 13.6, two_sided=True)


def line(report: Read, index: int, text: str) -> Line:
    return next(line for line in report.pages[index] if line.text.startswith(text))


def test_conforms(bound: Read) -> None:
    assert failures(bound.report.pdf) == []


def test_odd_numbers_stand_on_right_hand_pages_and_page_numbers_outside(bound: Read) -> None:
    page = grid(bound)
    for index, label in enumerate(bound.labels):
        if label.isdigit():
            assert int(label) % 2 == (index + 1) % 2
            folio = line(bound, index, f"Page {label} of")
            if index % 2:
                assert folio.left == pytest.approx(page.left - BINDING, abs=1)
            else:
                assert folio.right == pytest.approx(page.left + BINDING + page.measure, abs=1)


def test_front_and_body_begin_on_right_hand_pages(bound: Read) -> None:
    assert bound.labels.index("i") % 2 == bound.labels.index("1") % 2 == 0
    assert not bound.pages[1], "the cover's back is blank"


def test_text_stands_inside_and_labels_outside(bound: Read) -> None:
    page = grid(bound)
    seen, prose = set(), []
    for index in range(bound.labels.index("1"), bound.destinations["notes"][0]):
        text_at, label_at = page.edge(index + 1), page.edge(index + 1)
        if index % 2:
            text_at += page.indent
        else:
            label_at += page.measure - page.side
        for item in bound.pages[index]:
            if item.text in ("In brief", "Figure 1", "Figure 2", "Figure 3", "Figure 4", "Table 1"):
                assert item.left == pytest.approx(label_at, abs=2)
                seen.add(index % 2)
        long = (item for item in bound.pages[index] if 0.95 < (item.right - item.left) / page.text < 1.01)
        prose += [-2 < item.left - text_at < 20 for item in long]
    assert seen == {0, 1}
    assert sum(prose) > max(20, 0.9 * len(prose))


def test_breaks_its_lines_where_an_unbound_report_does() -> None:
    one = sample("briefing")
    two = Read(typeset(replace(samples.briefing(), sides="two")))
    texts = [
        {line.text for lines in report.pages for line in lines if line.right - line.left > 250} for report in (one, two)
    ]
    assert len(texts[0] & texts[1]) > 0.95 * len(texts[0])
