"""Stale figures and parts that add up, as both documents print them."""

import re
from pathlib import Path

import pypdfium2
import pytest
from pptx import Presentation

import make_all

NOTE = "† Older at this edition than the limit set for it."
SHARES = """date,kind,share,counted_by,source
2026-02-20,Hand pumps,16.6,Office,survey
2026-02-20,Solar pumps,16.7,Office,survey
2026-02-20,Diesel pumps,66.7,Office,survey
2026-02-20,All pumps,100.0,Office,survey
"""
SERIES = """shares.csv:
  title: Pumps by kind
  measures:
    share: {unit: percent, decimals: 0}
  by: counted_by
  as_of: date
  source: source
"""
EXHIBITS = """
  kinds:
    chart: bars
    title: Pumps by kind
    data: shares.csv
    value: share
    label: [kind]
    total: {kind: All pumps}
  kinds-table:
    table: shares.csv
    title: Pumps by kind
    columns:
      - {column: kind, title: Kind}
      - {column: share, title: Share}
    total: {kind: All pumps}
"""


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, (path.name, old)
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u00ad", "").replace("\ufffe", ""))


def report(out: Path) -> list[str]:
    return [
        squeezed(page.get_textpage().get_text_range()) for page in pypdfium2.PdfDocument(out / "briefing.pdf")
    ]  # fmt: skip


def slides(out: Path) -> list[str]:
    """Each slide's texts, cells and text alternatives, and behind them its notes."""
    made = []
    for slide in Presentation(str(out / "briefing.pptx")).slides:
        texts = [shape._element._nvXxPr.cNvPr.get("descr", "") for shape in slide.shapes]
        texts += [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        tables = [shape.table for shape in slide.shapes if shape.has_table]
        texts += [cell.text for table in tables for row in table.rows for cell in row.cells]
        texts.append(slide.notes_slide.notes_text_frame.text)
        made.append(squeezed(" | ".join(texts)))
    return made


def test_a_stale_figure_is_marked_and_listed_in_both_documents(
    starter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(starter / "briefing.yaml", "edition: 2026-03-01", "edition: 2026-06-08")
    out = tmp_path / "out"
    assert make_all.main([str(starter), "--out", str(out)]) == 0
    assert "warning [stale-value]" in capsys.readouterr().err
    pages, shown = report(out), slides(out)
    for document in (" ".join(pages), " ".join(shown)):
        assert len(re.findall(r"193,200†", document)) > 5
        assert not re.findall(r"193,200(?!†)", document), "never without its mark"
        assert NOTE in document
        assert not re.search(r"(182,000|150,400|at least 14)†", document), "and nobody else's"
    assert NOTE in pages[1], "at a glance"
    for title in ("Key figures", "What this briefing finds", "The north pumps"):
        assert all(NOTE in slide for slide in shown if title in slide and "Agenda" not in slide), title
    (page,) = (page for page in pages if "Figures past their limit of age" in page)
    assert "How to read the figures" in page
    row = "193,200† Litres a day in the northern district Pumping stations 28 February 2026"
    assert row in page
    (slide,) = (slide for slide in shown if "Figures past their limit of age" in slide)
    assert "193,200† | Litres a day in the northern district | Pumping stations | 28 February 2026" in slide


def test_a_strict_build_stops_at_a_stale_figure(starter: Path, tmp_path: Path) -> None:
    edit(starter / "briefing.yaml", "edition: 2026-03-01", "edition: 2026-06-08")
    assert make_all.main([str(starter), "--out", str(tmp_path / "out"), "--strict"]) == 1
    assert not (tmp_path / "out").exists()


def test_parts_add_up_in_chart_table_report_and_slides(starter: Path, tmp_path: Path) -> None:
    (starter / "shares.csv").write_text(SHARES, encoding="utf-8")
    with (starter / "series.yaml").open("a", encoding="utf-8") as file:
        file.write(SERIES)
    section = starter / "sections/02-repairs.yaml"
    edit(section, "  @latest\n", "  @latest\n\n  @kinds\n\n  @kinds-table\n")
    with section.open("a", encoding="utf-8") as file:
        file.write(EXHIBITS)
    out = tmp_path / "out"
    assert make_all.main([str(starter), "--out", str(out)]) == 0
    note = "Parts are rounded so that they add up to the total."
    documents = [*slides(out), " ".join(report(out))]
    showing = [document for document in documents if "Diesel pumps" in document]
    assert len(showing) >= 3, "a slide of the chart, one of the table, and the report"
    for document in showing:
        printed = {int(number) for number in re.findall(r"(\d+)(?=%|\s?per\s?cent|\s?percent)", document)}
        assert printed == {16, 17, 67, 100}
    assert all(note in document for document in showing)
