"""Builds in one process: what the last build left changes no byte of the next one."""

import random
from functools import lru_cache
from pathlib import Path

import pytest

import report
from charts.draw import draw as drawn
from charts.drawing import Drawing
from charts.style import ChartFrame
from data.model import Chart
from data.theme import Theme
from report.memory import Memory
from report.readback import again, read
from tests.edits import SECTION, Files, edited, loaded, replaced, starter

STEPS = 20


@lru_cache
def draw(chart: Chart, width: float, height: float, size: float) -> tuple[Drawing, ...]:
    return drawn(chart, ChartFrame(width, height, size), Theme(), "en")


@pytest.mark.parametrize("seed", range(3))
def test_a_build_is_what_it_would_be_in_a_new_process(seed: int, tmp_path: Path) -> None:
    chance, memory = random.Random(seed), Memory()
    files = starter() | {f"sections/5{n}-short-{n}.yaml": SECTION.format(title="In short") for n in range(6)}
    before: list[Files] = [files]
    pdfs = set()
    for number in range(STEPS):
        files = chance.choice(before) if chance.random() < 0.2 else edited(files, chance)
        before.append(files)
        briefing = loaded(files, tmp_path / "in")
        left, right = report.typeset(briefing, draw, memory), report.typeset(briefing, draw)
        assert left == right, f"build {number} of seed {seed}"
        assert again(left.pdf, briefing.words) == read(left.pdf, briefing.words), f"build {number} of seed {seed}"
        pdfs.add(left.pdf)
    assert len(pdfs) > STEPS / 3


def test_a_row_of_the_annex_names_the_page_to_which_its_number_has_moved(tmp_path: Path) -> None:
    files, memory = starter(), Memory()
    first = loaded(files, tmp_path / "in")
    longer = loaded(
        replaced(files, "sections/01-supply.yaml", "body: |\n", "body: |\n" + "  More.\n\n" * 60), tmp_path / "in"
    )
    before = report.typeset(first, draw, memory).pages["latest"]
    later = report.typeset(longer, draw, memory)
    assert later.pages["latest"] != before
    assert later == report.typeset(longer, draw)
