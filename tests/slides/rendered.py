"""Decks as LibreOffice draws them: all ink of text lies in a box of its slide. Slow, so not part of an ordinary run.

Run it by name: python -m pytest tests/slides/rendered.py
"""

import subprocess
from pathlib import Path

import pypdfium2
import pytest

from tests import samples
from tests.slides.reading import boxes, build, read

_LOOSE = 2.5
"""Points by which a glyph's box may stand out of its text's: side bearings and the descent of a last line."""


@pytest.mark.parametrize("kind", ["briefing", "one", "harsh"])
def test_ink_stays_in_its_box(kind: str, tmp_path: Path) -> None:
    content, _ = build(getattr(samples, kind)())
    path = tmp_path / "deck.pptx"
    path.write_bytes(content)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True)
    presentation, pages = read(content), pypdfium2.PdfDocument(tmp_path / "deck.pdf")
    assert len(pages) == len(presentation.slides)
    outside = []
    for number, (slide, page) in enumerate(zip(presentation.slides, pages, strict=True), start=1):
        placed = [boxes(shape, slide.slide_layout) for shape in slide.shapes]
        height, text = page.get_height(), page.get_textpage()
        for n in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(n)
            if not text.get_text_range(n, 1).isspace() and not any(
                x - _LOOSE <= left
                and right <= x + w + _LOOSE
                and y - _LOOSE <= height - top
                and height - bottom <= y + h + _LOOSE
                for x, y, w, h in placed
            ):
                outside.append((number, text.get_text_range(n, 1)))
    assert outside == []
