"""A deck that LibreOffice opened and saved is still ours. Slow, so not part of an ordinary run.

Run it by name: python -m pytest tests/slides/office.py
"""

import subprocess
from pathlib import Path

import slides
from data.model import Briefing
from slides.result import Deck
from tests import charting, samples
from tests.slides.test_keep import (
    GAZA,
    HISTORY,
    JUNE,
    add,
    codes,
    edited,
    headlined,
    names,
    renote,
    retitle,
    take_out,
    titles,
)


def make(briefing: Briefing, previous: bytes | None = None) -> Deck:
    """With its real charts: LibreOffice makes other pictures of the tests' empty ones."""
    return slides.build(briefing, charting.slide(briefing), charting.render, previous=previous)


def saved_by_office(content: bytes, folder: Path) -> bytes:
    (folder / "in").mkdir()
    (folder / "in" / "deck.pptx").write_bytes(content)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pptx", "--outdir", str(folder)]
    subprocess.run([*command, str(folder / "in" / "deck.pptx")], check=True, capture_output=True)
    return (folder / "deck.pptx").read_bytes()


def test_a_mere_save_is_no_change(tmp_path: Path) -> None:
    saved = saved_by_office(make(samples.briefing()).pptx, tmp_path)
    assert set(names(saved)) == {""}, "LibreOffice drops names, or this test proves less than it says"
    deck = make(samples.briefing(), saved)
    assert deck.pptx == saved and codes(deck) == []
    assert make(headlined(3), saved).pptx == make(headlined(3)).pptx


def test_edits_saved_by_libreoffice_are_kept(tmp_path: Path) -> None:
    ours = make(samples.briefing()).pptx
    theirs = edited(retitle(HISTORY), renote(GAZA), add(GAZA), take_out(JUNE), deck=ours)
    deck = make(headlined(4), saved_by_office(theirs, tmp_path))
    assert sorted(codes(deck)) == ["notes-kept", "slide-kept", "slide-left-out", "slides-not-ours"]
    order = names(deck.pptx)
    assert JUNE not in order
    assert titles(deck.pptx)[order.index(HISTORY)] == "As I say it"
    assert titles(deck.pptx)[order.index(GAZA) + 1] == "A slide of mine, 88 seen"
