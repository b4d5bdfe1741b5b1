"""Large briefings: a long file takes bounded memory, and sixty sections with as many charts come out whole.

How time grows is measured by the benchmarks; here nothing looks at a clock.
"""

import subprocess
import sys
from cProfile import Profile
from pathlib import Path
from typing import NamedTuple

import pypdfium2
import pytest
from pptx import Presentation

import report
from data.findings import MOST_OF_A_KIND
from data.load import load

ROOT = Path(__file__).resolve().parent.parent
SECTIONS = 60
MEGABYTE = 1024 * 1024

HEAD = "title: A large briefing\nedition: 2026-01-15\nissuer: Somebody\nlanguage: en\n"
SOURCES = "book:\n  title: A book\n  publisher: A house\n  date: 2025\n"
SERIES = """list.csv:
  title: A list
  measures:
    count: {unit: people}
  by: by
  as_of: date
  source: source
  population: place
"""
SECTION = """title: Section {name}
headline: The finding of {name}
points:
  - First of two points
  - Second of two points
body: |
  What the count of {name} says [@book].

  @chart-{name}
exhibits:
  chart-{name}:
    chart: line
    title: The count of {name}
    data: list.csv
    where: {{place: {name}}}
    y: count
"""
TABLE = """    table: list.csv
    title: The counts
    columns:
      - {column: place, title: Place}
      - {column: count, title: Count}
"""
COLUMNS = "place,count,by,date,source\n"


def name(number: int) -> str:
    """ "aa", "ab": a name without a figure, which would be a typed number."""
    return chr(ord("a") + number // 26) + chr(ord("a") + number % 26)


def write(folder: Path, sections: int, rows: str) -> Path:
    (folder / "sections").mkdir(parents=True)
    files = {"briefing.yaml": HEAD, "sources.yaml": SOURCES, "series.yaml": SERIES, "list.csv": COLUMNS + rows}
    files |= {f"sections/{n:02d}-s-{name(n)}.yaml": SECTION.format(name=name(n)) for n in range(sections)}
    for path, text in files.items():
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def row(place: str, number: int, source: str = "book") -> str:
    return f"{place},{number},Somebody,{2000 + number % 25}-{number % 12 + 1:02d}-{number % 28 + 1:02d},{source}\n"


class Measured(NamedTuple):
    status: int
    told: str
    most: int
    """The largest memory that the process held at once, in bytes."""


def measured(*arguments: str | Path) -> Measured:
    """The command in a process of its own; getrusage would count the memory of this one, from which that was split."""
    code = (
        "import pathlib, sys, make_all; status = make_all.main(sys.argv[1:]);"
        "print(pathlib.Path('/proc/self/status').read_text().partition('VmHWM:')[2].split()[0]); sys.exit(status)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return Measured(done.returncode, done.stderr, int(done.stdout.split()[-1]) * 1024)


def test_a_million_rows_take_bounded_memory(tmp_path: Path) -> None:
    """A chart shows three of them: some 600 bytes a row, with the file and its text, above what reading three takes."""
    three = "".join(row("aa", n) for n in range(3))
    many = "".join(row(f"Place {n % 1000}", n) for n in range(1_000_000))
    short = measured(write(tmp_path / "short", 1, three), "--check")
    long = measured(write(tmp_path / "long", 1, many + three), "--check")
    assert (short.status, long.status) == (0, 0), short.told + long.told
    assert 50 * MEGABYTE < long.most - short.most < 800 * MEGABYTE


def test_a_fault_on_every_row_is_told_a_hundred_times_and_counted(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", 1, "".join(row("aa", n, "bok") for n in range(50_000)))
    done = measured(folder, "--check")
    assert done.status == 1
    lines = done.told.splitlines()
    assert sum("[unknown-source] There is no source 'bok'" in line for line in lines) == MOST_OF_A_KIND
    assert any(f"{50_000 - MOST_OF_A_KIND} more findings" in line for line in lines)
    assert len(lines) < 2 * MOST_OF_A_KIND


def test_sixty_sections_and_sixty_charts(tmp_path: Path) -> None:
    rows = "".join(row(name(n), 100 * n + m) for n in range(SECTIONS) for m in range(5))
    folder, out = write(tmp_path / "in", SECTIONS, rows), tmp_path / "out"
    done = measured(folder, "--out", out)
    assert done.status == 0, done.told
    assert (
        len(list((out / "charts").glob("chart-*.svg"))) == len(list((out / "charts").glob("chart-*.png"))) == SECTIONS
    )
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(out / "briefing.pdf"))
    titles = [slide.shapes.title.text_frame.text for slide in Presentation(str(out / "briefing.pptx")).slides]
    for n in range(SECTIONS):
        assert f"Figure {n + 1}" in text and f"The finding of {name(n)}" in text
        assert any(name(n) in title.split() for title in titles), name(n)


def test_names_that_nobody_knows_are_looked_for_in_bounded_time(tmp_path: Path) -> None:
    """Two thousand values and as many misspelt ones: each hint compares one with all of them."""
    folder = write(tmp_path / "in", 1, row("aa", 1))
    entry = "{amount: 3, unit: people, by: Somebody, as_of: 2025, source: book}"
    names = [f"value-{name(n % 600)}-{name(n // 600)}" for n in range(2000)]
    (folder / "values.yaml").write_text("".join(f"{each}: {entry}\n" for each in names), encoding="utf-8")
    section = folder / "sections" / "00-s-aa.yaml"
    asked = "".join(f"  {{{{ {each.replace('value', 'valeu')} }}}}\n" for each in names)
    section.write_text(section.read_text(encoding="utf-8").replace("  @chart-aa\n", f"  @chart-aa\n\n{asked}"))
    found = load(folder)[1]
    counted = [finding for finding in found if finding.code == "unknown-value"]
    assert len(counted) == MOST_OF_A_KIND and all("Did you mean" in finding.hint for finding in counted[:3])
    assert [finding.message for finding in found if finding.code == "more-of-a-kind"] == [
        "From here on the file has 1900 more findings of the kind [unknown-value], which are not listed."
    ]


def test_the_work_of_setting_a_table_grows_with_its_rows(tmp_path: Path) -> None:
    """Four times the rows are four times the calls; each page that a table breaks over once looked at all its rows."""
    few, many = (calls(tmp_path / str(count), count) for count in (200, 800))
    assert many < 5 * few


def calls(home: Path, count: int) -> int:
    """The functions that setting a table of so many rows calls."""
    folder = write(home, 1, "".join(row("aa", n) for n in range(count)))
    section = folder / "sections" / "00-s-aa.yaml"
    chart = section.read_text(encoding="utf-8")
    section.write_text(chart[: chart.index("    chart: line")] + TABLE, encoding="utf-8")
    briefing, findings = load(folder)
    assert briefing, findings
    profile = Profile()
    profile.runcall(report.typeset, briefing, lambda *_: pytest.fail("there is nothing to draw"))
    return sum(entry.callcount for entry in profile.getstats())
