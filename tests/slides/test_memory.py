"""Builds in one process: what the last build left changes no byte of the next one, and is no more than it made."""

import hashlib
import io
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pytest
from pptx import Presentation

import slides
from charts.drawing import Drawing, Face, Words
from charts.said import stated
from data.model import Chart
from slides import memory, readback
from slides.result import Deck
from tests.edits import Files, edited, loaded, starter
from tests.slides.reading import PNG

STEPS = 20


def draw(chart: Chart, width: float, height: float, size: float) -> tuple[Drawing, ...]:
    """A picture of nothing but the chart's numbers."""
    words = (
        Words(0, 0, one.text, Face("arimo"), size, "#000000", 9, origin=f"{one.quantity.id}:{one.part}")
        for one in stated(chart)
    )
    return (Drawing(width, height, tuple(words)),)


def render(drawings: Iterable[Drawing]) -> Iterator[tuple[bytes, bytes]]:
    for drawing in drawings:
        known = hashlib.sha256(repr(drawing).encode()).hexdigest()
        yield f'<svg xmlns="http://www.w3.org/2000/svg" id="{known}"/>'.encode(), PNG + known.encode()


def by_hand(pptx: bytes) -> bytes:
    """The deck after a person wrote on its last slide and took the third out."""
    presentation, stream = Presentation(io.BytesIO(pptx)), io.BytesIO()
    list(presentation.slides)[-1].shapes.title.text = "By hand"
    listed = presentation.slides._sldIdLst
    listed.remove(listed[2])
    presentation.save(stream)
    return stream.getvalue()


@dataclass(frozen=True)
class Step:
    """What one build is given."""

    files: Files
    labels: dict[str, str]
    reported: bool
    stranger: bool
    previous: bytes | None


def built(step: Step, folder: Path) -> tuple[Deck, object]:
    """The deck and what is read in it."""
    briefing = loaded(step.files, folder)
    known = (lambda: step.labels) if step.reported else None
    deck = slides.build(briefing, partial(draw) if step.stranger else draw, render, known, previous=step.previous)
    return deck, readback.read(deck.pptx, briefing.theme.fonts, deck.unread)


def forget() -> None:
    """Let the next build begin as the first of its process."""
    memory.begin()
    memory.begin()


@pytest.mark.parametrize("seed", range(2))
def test_a_build_is_what_it_would_be_in_a_new_process(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    files = starter()
    steps: list[Step] = []
    warm: list[tuple[Deck, object]] = []
    forget()
    for _ in range(STEPS):
        files = chance.choice(steps).files if steps and chance.random() < 0.2 else edited(files, chance)
        last = warm[-1][0].pptx if warm else None
        previous = chance.choice([None, last, last, by_hand(last)]) if last else None
        labels = {"supply": str(chance.randrange(1, 4))} if chance.random() < 0.9 else {}
        steps.append(Step(files, labels, chance.random() < 0.8, chance.random() < 0.2, previous))
        warm.append(built(steps[-1], tmp_path / "in"))
    for number, (step, left) in enumerate(zip(steps, warm, strict=True)):
        forget()
        right = built(step, tmp_path / "in")
        assert left == right, f"build {number} of seed {seed}"
    assert len({deck.pptx for deck, _ in warm}) > STEPS / 2
    usual = replace(steps[0], stranger=False)
    for _ in range(2):
        built(usual, tmp_path / "in")
    kept = [len(one) for one in memory._all]
    forget()
    built(usual, tmp_path / "in")
    assert kept == [len(one) for one in memory._all], "the memories hold what one deck needs"
