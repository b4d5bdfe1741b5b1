"""Build, work on the deck, build again into the same folder: what the command leaves, keeps, sets aside and says."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation

import make_all

DECK = "briefing.pptx"


def build(*arguments: str | Path) -> int:
    return make_all.main([str(argument) for argument in (*arguments, "--only", "slides")])


def edit(path: Path, change: Callable[[Any], object]) -> bytes:
    presentation = Presentation(str(path))
    change(presentation)
    presentation.save(str(path))
    return path.read_bytes()


def retitle(presentation: Any) -> None:
    slide(presentation, "repairs/statement").shapes.title.text_frame.text = "At least 15 pumps, say I"


def add(presentation: Any) -> None:
    layout = presentation.slide_layouts.get_by_name("Close")
    presentation.slides.add_slide(layout).shapes.title.text_frame.text = "My 12 last words"


def slide(presentation: Any, id: str) -> Any:
    return next(one for one in presentation.slides if one._element.cSld.get("name") == id)


def titles(path: Path) -> list[str]:
    return [one.shapes.title.text_frame.text for one in Presentation(str(path)).slides]


def change_data(folder: Path) -> None:
    section = folder / "sections" / "01-supply.yaml"
    section.write_text(section.read_text(encoding="utf-8").replace("title: Supply", "title: Water"), encoding="utf-8")


@pytest.fixture
def out(starter: Path, tmp_path: Path) -> Path:
    assert build(starter, "--out", tmp_path / "out") == 0
    return tmp_path / "out"


def test_without_new_data_an_edited_deck_stays_byte_for_byte(
    starter: Path, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    theirs = edit(out / DECK, lambda deck: (retitle(deck), add(deck)))
    capsys.readouterr()
    assert build(starter, "--out", out, "--why") == 0
    assert (out / DECK).read_bytes() == theirs
    told = capsys.readouterr()
    assert "briefing.pptx: changed by another hand" in told.out
    assert f"{out / DECK}:slide 7: note [slide-kept]" in told.err and "[slides-not-ours]" in told.err
    assert f"{out / DECK}:slide 7: warning [kept-number] 'At least 15'" in told.err
    assert build(starter, "--out", out) == 0
    again = capsys.readouterr()
    assert again.out == f"Up to date: {out}\n" and "[kept-number]" in again.err
    assert (out / DECK).read_bytes() == theirs


def test_with_new_data_the_rest_is_made_anew(starter: Path, out: Path) -> None:
    edit(out / DECK, lambda deck: (retitle(deck), add(deck)))
    change_data(starter)
    assert build(starter, "--out", out) == 0
    assert {"At least 15 pumps, say I", "My 12 last words"} <= set(titles(out / DECK))
    agenda = slide(Presentation(str(out / DECK)), "agenda")
    assert any("Water" in shape.text_frame.text for shape in agenda.placeholders if shape.has_text_frame)
    rows = list(csv.DictReader(io.StringIO((out / "ledger.csv").read_text(encoding="utf-8-sig"))))
    at = str(titles(out / DECK).index("At least 15 pumps, say I") + 1)
    assert not [row for row in rows if row["page"] == at and row["where"] == "headline"]
    assert not [row for row in rows if row["page"] == str(len(titles(out / DECK)))]


def test_fresh_starts_clean(starter: Path, out: Path) -> None:
    ours = (out / DECK).read_bytes()
    edit(out / DECK, retitle)
    assert build(starter, "--out", out) == 0
    assert (out / DECK).read_bytes() != ours
    assert build(starter, "--out", out, "--fresh") == 0
    assert (out / DECK).read_bytes() == ours
    assert {path.suffix for path in out.glob("*.pptx")} == {".pptx"} and len(list(out.glob("*.pptx"))) == 1


@pytest.mark.parametrize("content", [b"\xd0\xcf\x11\xe0 a protected one", b"PK\x03\x04 half a dec"])
def test_a_deck_that_cannot_be_merged_is_kept_beside_the_new_one(
    content: bytes, starter: Path, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ours = (out / DECK).read_bytes()
    (out / DECK).write_bytes(content)
    assert build(starter, "--out", out) == 0
    assert "warning [deck-set-aside]" in capsys.readouterr().err
    assert (out / DECK).read_bytes() == ours
    assert (out / "briefing.previous.pptx").read_bytes() == content
    assert "briefing.previous.pptx" not in json.loads((out / ".manifest.json").read_bytes())["outputs"]
    (out / DECK).write_bytes(content + b"more")
    assert build(starter, "--out", out) == 0
    assert (out / "briefing.previous.pptx").read_bytes() == content, "nothing that was set aside is written over"
    assert (out / "briefing.previous-2.pptx").read_bytes() == content + b"more"
    change_data(starter)
    assert build(starter, "--out", out) == 0
    assert len(list(out.glob("briefing.previous*"))) == 2, "and nothing of it goes"


def test_what_is_no_file_hinders_nothing_where_a_deck_is_set_aside(starter: Path, out: Path) -> None:
    (out / "briefing.previous.pptx").mkdir()
    (out / DECK).write_bytes(b"scribbled over")
    assert build(starter, "--out", out) == 0
    assert (out / "briefing.previous-2.pptx").read_bytes() == b"scribbled over"


def test_a_strict_build_leaves_a_deck_that_cannot_be_merged(starter: Path, out: Path) -> None:
    (out / DECK).write_bytes(b"scribbled over")
    assert build(starter, "--out", out, "--strict") == 1
    assert (out / DECK).read_bytes() == b"scribbled over"


def test_a_deck_that_cannot_be_read_is_not_written_over(
    starter: Path, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (out / DECK).unlink()
    (out / DECK).mkdir()
    assert build(starter, "--out", out) == 1
    assert "error [output-blocked]" in capsys.readouterr().err
    assert (out / DECK).is_dir()


@pytest.mark.parametrize("lock", [".~lock.briefing.pptx#", "~$briefing.pptx"])
def test_a_deck_that_is_open_is_a_warning(
    lock: str, starter: Path, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (out / lock).write_bytes(b"")
    change_data(starter)
    assert build(starter, "--out", out) == 0
    assert "warning [deck-open]" in capsys.readouterr().err
    (out / lock).unlink()
    assert build(starter, "--out", out) == 0
    assert "[deck-open]" not in capsys.readouterr().err
