"""Builds in one process: what the last build left changes no byte of the next one, and is no more than it made."""

import hashlib
import io
import random
import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pytest
from pptx import Presentation

import slides
from charts.drawing import Drawing, Face, Words
from charts.said import stated
from data.load import load
from data.model import Chart
from slides import memory, readback
from slides.result import Deck
from tests.slides.reading import PNG

STARTER = Path(__file__).resolve().parents[2] / "data" / "starter"
STEPS = 20
SECTION = """title: {title}
headline: {title}
points: [{title} is a point]
body: |
  One paragraph about it [@survey].
exhibits: {{}}
"""
QUOTE = """  said:
    quote: These are the words that were said.
    speaker: Somebody
    role: an engineer
    date: 2026-02-01
    source: survey
"""
BARS = """  bars:
    chart: bars
    title: Litres of water at the end of February, by district
    takeaway: The districts are unlike.
    data: supply.csv
    where: {date: 2026-02-28}
    value: litres
    label: [district]
"""
SAID = ("the", "pumps", "of", "both", "districts", "were", "looked", "at", "again", "in", "autumn")
LONG = "A headline that is much too long for its box on any slide and goes on and on " * 6


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


Files = dict[str, str]


def replaced(files: Files, name: str, old: str, new: str) -> Files:
    return files | {name: files[name].replace(old, new, 1)}


def edited(files: Files, chance: random.Random) -> Files:
    """The briefing after one edit such as a person makes between two builds."""
    section = chance.choice([name for name in files if name.startswith("sections/")])
    number = str(chance.randrange(100_000, 200_000))
    words = " ".join(chance.choices(SAID, k=30))
    match chance.randrange(11):
        case 0 | 1:
            rows = files["supply.csv"].splitlines()
            at = chance.randrange(1, len(rows))
            cells = rows[at].split(",")
            cells[2] = number
            rows[at] = ",".join(cells)
            return files | {"supply.csv": "\n".join(rows) + "\n"}
        case 2:
            values = re.sub("at_least: [0-9]+", f"at_least: 1{number[2:]}", files["values.yaml"])
            return files | {"values.yaml": values}
        case 3:
            added = f"  {words}.\n\n" * chance.choice((1, 9))
            return replaced(files, section, "body: |\n", f"body: |\n{added}")
        case 4:
            return replaced(files, section, "points", f"# {words}\npoints")
        case 5:
            name = f"sections/{chance.randrange(10, 30)}-new{number}.yaml"
            return files | {name: SECTION.format(title=LONG if chance.random() < 0.6 else words.capitalize())}
        case 6:
            new = [name for name in files if "new" in name]
            return {name: text for name, text in files.items() if name not in new[:1]}
        case 7:
            id, entry = chance.choice((("said", QUOTE), ("bars", BARS)))
            text, placed = files["sections/02-repairs.yaml"], f"  @latest\n\n  @{id}\n"
            without = text.replace(placed, "  @latest\n").replace(entry, "")
            other = without if entry in text else text.replace("  @latest\n", placed) + entry
            return files | {"sections/02-repairs.yaml": other}
        case 8:
            return replaced(files, "briefing.yaml", "issuer: ", f"issuer: {words[:9]} ")
        case 9:
            text, asked = files["briefing.yaml"], "charts: native\n"
            return files | {"briefing.yaml": text.replace(asked, "") if asked in text else text + asked}
        case _:
            return replaced(files, "values.yaml", "pumps:", f"more-{number}: {{convert: pipeline, to: mile}}\npumps:")


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
    shutil.rmtree(folder, ignore_errors=True)
    for name, text in step.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    briefing, findings = load(folder)
    assert briefing and not [finding for finding in findings if finding.severity == "error"], findings
    known = (lambda: step.labels) if step.reported else None
    deck = slides.build(briefing, partial(draw) if step.stranger else draw, render, known, previous=step.previous)
    return deck, readback.read(deck.pptx, briefing.theme.fonts, deck.unread)


@pytest.mark.parametrize("seed", range(2))
def test_a_build_is_what_it_would_be_in_a_new_process(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    files = {
        path.relative_to(STARTER).as_posix(): path.read_text(encoding="utf-8")
        for path in STARTER.rglob("*")
        if path.is_file() and ".schema" not in path.parts
    }
    files = replaced(files, "briefing.yaml", "sections: [supply, repairs]", "# all sections")
    steps: list[Step] = []
    warm: list[tuple[Deck, object]] = []
    memory.forget()
    for _ in range(STEPS):
        files = chance.choice(steps).files if steps and chance.random() < 0.2 else edited(files, chance)
        last = warm[-1][0].pptx if warm else None
        previous = chance.choice([None, last, last, by_hand(last)]) if last else None
        labels = {"supply": str(chance.randrange(1, 4))} if chance.random() < 0.9 else {}
        steps.append(Step(files, labels, chance.random() < 0.8, chance.random() < 0.2, previous))
        warm.append(built(steps[-1], tmp_path / "in"))
    for number, (step, left) in enumerate(zip(steps, warm, strict=True)):
        memory.forget()
        right = built(step, tmp_path / "in")
        assert left == right, f"build {number} of seed {seed}"
    assert len({deck.pptx for deck, _ in warm}) > STEPS / 2
    usual = replace(steps[0], stranger=False)
    for _ in range(2):
        built(usual, tmp_path / "in")
    kept = [len(one) for one in memory._all]
    memory.forget()
    built(usual, tmp_path / "in")
    assert kept == [len(one) for one in memory._all], "the memories hold what one deck needs"
