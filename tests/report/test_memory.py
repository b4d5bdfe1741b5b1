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
from tests.edits import Files, edited, loaded, starter

STEPS = 20


@lru_cache
def draw(chart: Chart, width: float, height: float, size: float) -> tuple[Drawing, ...]:
    return drawn(chart, ChartFrame(width, height, size), Theme(), "en")


@pytest.mark.parametrize("seed", range(3))
def test_a_build_is_what_it_would_be_in_a_new_process(seed: int, tmp_path: Path) -> None:
    chance, files, memory = random.Random(seed), starter(), Memory()
    before: list[Files] = [files]
    pdfs = set()
    for number in range(STEPS):
        files = chance.choice(before) if chance.random() < 0.2 else edited(files, chance)
        before.append(files)
        briefing = loaded(files, tmp_path / "in")
        left, right = report.typeset(briefing, draw, memory), report.typeset(briefing, draw)
        assert left == right, f"build {number} of seed {seed}"
        pdfs.add(left.pdf)
    assert len(pdfs) > STEPS / 3
