"""Quotations: speaker, date, source and completeness, and the mark of what is not complete, in both documents."""

from pathlib import Path

import pypdfium2
import pytest
from pptx import Presentation

import make_all
from data.load import load

QUOTE = """
  {id}:
    quote: "We {id} the pumps{dots}"
    speaker: Engineer of {id}
    date: {date}
    source: survey
    mark: {mark}
"""


def _quoted(folder: Path, *quotes: str) -> Path:
    section = folder / "sections" / "02-repairs.yaml"
    text = section.read_text(encoding="utf-8")
    for quote in quotes:
        id = quote.split(":")[0].strip()
        text = text.replace("  @latest\n", f"  @latest\n\n  @{id}\n") + quote
    section.write_text(text, encoding="utf-8")
    return folder


def _quote(id: str, mark: str, *, date: str = "2026-02-01", dots: str = "") -> str:
    return QUOTE.format(id=id, mark=mark, date=date, dots=dots)


def test_an_incomplete_and_an_unverified_quotation_print_their_marks_in_both_documents(
    starter: Path, tmp_path: Path
) -> None:
    _quoted(
        starter,
        _quote("clean", "complete"),
        _quote("paint", "incomplete", dots=" ..."),
        _quote("oil", "unverified", date="null"),
    )
    out = tmp_path / "out"
    assert make_all.main([str(starter), "--out", str(out), "--strict"]) == 0
    pdf = " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(out / "briefing.pdf"))
    slides = [
        [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        for slide in Presentation(str(out / "briefing.pptx")).slides
    ]
    marks = ("Incomplete quotation", "Not verified")
    for id, own in (("clean", ()), ("paint", marks[:1]), ("oil", marks[1:])):
        (texts,) = (texts for texts in slides if any(f"“We {id} the pumps" in text for text in texts))
        assert tuple(mark for mark in marks if mark in texts) == own
        block = pdf[pdf.index(f"“We {id} the pumps") :][:200].partition("“We ")[2].partition("“We ")[0]
        assert tuple(mark for mark in marks if mark in block) == own
        for document in (" ".join(texts), block):
            assert f"Engineer of {id}" in document
            assert ("1 February 2026" in document.replace("\u00a0", " ")) == (id != "oil")
            assert "District Water Office" in document


@pytest.mark.parametrize(
    ("quote", "codes"),
    [
        (_quote("clean", "complete", date="null"), ["undated-quote"]),
        (_quote("clean", "incomplete", date="null"), ["undated-quote"]),
        (_quote("clean", "unverified", date="null"), []),
        (_quote("clean", "complete", dots="..."), ["cut-quote"]),
        (_quote("clean", "complete", dots=" [...] daily"), ["cut-quote"]),
        (_quote("clean", "complete", dots="…"), ["cut-quote"]),
        (_quote("clean", "incomplete", dots="…"), []),
        (_quote("clean", "complete").replace("    source: survey\n", ""), ["missing-key"]),
        (_quote("clean", "complete").replace("    speaker: Engineer of clean\n", ""), ["missing-key"]),
    ],
)
def test_what_a_quotation_lacks_is_a_finding(quote: str, codes: list[str], starter: Path) -> None:
    assert [finding.code for finding in load(_quoted(starter, quote))[1]] == codes
