"""The whole, from a folder to two files, through the command that people use."""

import csv
import io
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
import yaml
from pptx import Presentation

import make_all
from data.load import load
from data.model import numbers

ROOT = Path(__file__).resolve().parent.parent
SHIPPED = ROOT / "data" / "briefing"


def build(*arguments: str | Path) -> int:
    return make_all.main([str(argument) for argument in arguments])


def made(out: Path) -> list[Path]:
    """The outputs in `out`, without what a build keeps there for the next one, whose names are hidden."""
    files = (path for path in sorted(out.rglob("*")) if path.is_file())
    return [path for path in files if not path.relative_to(out).parts[0].startswith(".")]


def squeezed(text: str) -> str:
    """Text as a reader takes it in: no soft hyphens, any white space as one space."""
    text = text.replace("\u00ad", "").replace("\ufffe", "")
    return re.sub(r"\s+", " ", text)


def pdf_text(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    return squeezed(" ".join(page.get_textpage().get_text_range() for page in document))


def deck_texts(path: Path) -> tuple[str, str]:
    """What stands on the slides, with alternative texts, and what stands in the notes."""
    slides, notes = [], []
    for slide in Presentation(str(path)).slides:
        for shape in slide.shapes:
            slides.append(shape._element._nvXxPr.cNvPr.get("descr", ""))
            if shape.has_text_frame:
                slides.append(shape.text_frame.text)
            if shape.has_table:
                slides += [cell.text for row in shape.table.rows for cell in row.cells]
        notes.append(slide.notes_slide.notes_text_frame.text)
    return squeezed(" ".join(slides)), squeezed(" ".join(notes))


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("shipped")
    assert build("--out", out) == 0
    return out


def test_the_shipped_briefing_is_clean(capsys: pytest.CaptureFixture[str]) -> None:
    assert build("--check", "--strict") == 0, capsys.readouterr().err


def test_the_shipped_briefing_builds_every_output(shipped: Path) -> None:
    briefing, _ = load(SHIPPED)
    assert briefing is not None
    names = {str(path.relative_to(shipped)) for path in made(shipped)}
    assert {"briefing.pdf", "briefing.pptx"} <= names
    charts = {
        exhibit.caption.id
        for section in briefing.sections
        for exhibit in section.exhibits.values()
        if type(exhibit).__name__ in ("LineChart", "DotChart", "BarChart", "Timeline")
    }
    for suffix in ("svg", "png"):
        assert {Path(name).stem.partition("-part")[0] for name in names if name.endswith(suffix)} == charts


def test_every_value_and_exhibit_is_in_both_documents(shipped: Path) -> None:
    briefing, _ = load(SHIPPED)
    assert briefing is not None
    pdf = pdf_text(shipped / "briefing.pdf")
    slides, notes = deck_texts(shipped / "briefing.pptx")
    for section in briefing.sections:
        assert squeezed(section.title) in pdf
        assert squeezed(section.title) in slides + notes
        for number in numbers(section.headline):
            assert squeezed(number.text) in pdf and squeezed(number.text) in slides
        for exhibit in section.exhibits.values():
            if exhibit.caption.label:
                assert exhibit.caption.label in pdf and exhibit.caption.label in slides, exhibit.caption.id
    for id, quantity in briefing.values.items():
        magnitude = str(quantity.magnitude.normalize())
        assert re.search(r"\d", magnitude), id


def test_every_claim_of_the_article_is_covered_in_both_documents(shipped: Path) -> None:
    claims = yaml.safe_load((ROOT / "tests" / "briefing_claims.yaml").read_text(encoding="utf-8"))
    assert sorted(claims) == [f"C{number:02d}" for number in range(1, 39)]
    pdf = pdf_text(shipped / "briefing.pdf")
    slides, notes = deck_texts(shipped / "briefing.pptx")
    missing = {
        id: claim["phrase"]
        for id, claim in claims.items()
        if squeezed(claim["phrase"]) not in pdf or squeezed(claim["phrase"]) not in slides + notes
    }
    assert not missing


def test_an_edited_cell_moves_through_both_documents(tmp_path: Path) -> None:
    folder = tmp_path / "briefing"
    folder.mkdir()
    for path in SHIPPED.rglob("*"):
        target = folder / path.relative_to(SHIPPED)
        target.mkdir(parents=True) if path.is_dir() else target.write_bytes(path.read_bytes())
    series = folder / "casualties.csv"
    rows = list(csv.DictReader(io.StringIO(series.read_text(encoding="utf-8"))))
    old = max((row for row in rows if row["place"] == "Gaza"), key=lambda row: row["date"])["killed"]
    new = "81234"
    text = series.read_text(encoding="utf-8")
    assert text.count(f",{old},") == 1
    series.write_text(text.replace(f",{old},", f",{new},"), encoding="utf-8")

    assert build(folder, "--out", tmp_path / "out") == 0
    pdf = pdf_text(tmp_path / "out" / "briefing.pdf")
    slides, notes = deck_texts(tmp_path / "out" / "briefing.pptx")
    svg = (tmp_path / "out" / "charts").glob("*.svg")
    printed_old, printed_new = f"{int(old):,}", f"{int(new):,}"
    for name, document in (("report", pdf), ("slides", slides), ("notes", notes)):
        assert printed_new in document, name
        assert printed_old not in document and old not in document, name
    assert not any(printed_old in path.read_text(encoding="utf-8") for path in svg)


@pytest.mark.parametrize("only", ["report", "slides", "charts"])
def test_one_of_the_three_alone(only: str, starter: Path, tmp_path: Path) -> None:
    assert build(starter, "--out", tmp_path / "out", "--only", only) == 0
    suffixes = {path.suffix for path in made(tmp_path / "out")}
    assert suffixes == {"report": {".pdf", ".csv"}, "slides": {".pptx", ".csv"}, "charts": {".svg", ".png"}}[only]


def test_a_document_of_older_data_beside_a_new_one_is_told(
    starter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert build(starter, "--out", out) == 0
    assert build(starter, "--out", out, "--only", "slides") == 0
    assert "output-older" not in capsys.readouterr().err
    rows = (starter / "supply.csv").read_text(encoding="utf-8")
    (starter / "supply.csv").write_text(rows.replace("193200", "194300"), encoding="utf-8")
    for only in ("slides", "charts", "slides"):
        assert build(starter, "--out", out, "--only", only) == 0
        assert f"{out / 'briefing.pdf'}: warning [output-older]" in " ".join(capsys.readouterr().err.split())
    (starter / "supply.csv").write_text(rows, encoding="utf-8")
    assert build(starter, "--out", out, "--only", "slides") == 0
    assert "output-older" not in capsys.readouterr().err, "both are of the same data again"


def test_a_deck_that_names_pages_of_other_paper_is_told(
    starter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """ "Report, p. 5" is the page of an exhibit, and other paper has it on another."""
    arguments = (starter, "--out", tmp_path / "out")
    assert build(*arguments) == 0
    told = f"{tmp_path / 'out' / 'briefing.pptx'}: warning [output-older]"
    for page, expected in (("letter", True), ("a4", False)):
        capsys.readouterr()
        assert build(*arguments, "--only", "report", "--page", page) == 0
        assert (told in " ".join(capsys.readouterr().err.split())) is expected


def test_the_paper_can_be_chosen(starter: Path, tmp_path: Path) -> None:
    sizes = {}
    for page in ("a4", "letter"):
        assert build(starter, "--out", tmp_path / page, "--only", "report", "--page", page) == 0
        document = pypdfium2.PdfDocument(tmp_path / page / "briefing.pdf")
        sizes[page] = {tuple(round(side) for side in each.get_size()) for each in document}
    assert sizes == {"a4": {(595, 842)}, "letter": {(612, 792)}}


@pytest.mark.parametrize(("page", "justify"), [("{size: a4, sides: two}", "true"), ("letter", "false")])
def test_whatever_the_lines_and_pages_no_number_is_lost_on_them(page: str, justify: str, tmp_path: Path) -> None:
    """The gate reads the report as a stranger does, to whom a number is what stands between two spaces."""
    folder = tmp_path / "briefing"
    shutil.copytree(SHIPPED, folder)
    text = (folder / "briefing.yaml").read_text(encoding="utf-8").replace("\npage: a4\n", f"\npage: {page}\n")
    (folder / "briefing.yaml").write_text(f"{text}theme: {{justify: {justify}}}\n", encoding="utf-8")
    assert build(folder, "--out", tmp_path / "out", "--only", "report") == 0


def test_same_input_same_bytes(starter: Path, tmp_path: Path) -> None:
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, str(ROOT / "make_all.py"), str(starter), "--out", str(tmp_path / seed)],
            env={"PYTHONHASHSEED": seed, "PATH": "/usr/bin:/bin", "TZ": f"Etc/GMT-{seed}", "HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    first, second = (
        {path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file() and path.stem != "pace"}
        for out in (tmp_path / "1", tmp_path / "2")
    )
    assert [name for name in first if first[name] != second.get(name)] == []
    assert first.keys() == second.keys()


def test_findings_stop_the_build_and_keep_the_last_good_outputs(
    starter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert build(starter, "--out", out, "--only", "report") == 0
    good = (out / "briefing.pdf").read_bytes()
    values = starter / "values.yaml"
    values.write_text(values.read_text(encoding="utf-8").replace("at_least: 14", "at_least: many"), encoding="utf-8")
    section = starter / "sections" / "01-supply.yaml"
    section.write_text(section.read_text(encoding="utf-8").replace("@survey", "@survy"), encoding="utf-8")
    capsys.readouterr()
    assert build(starter, "--out", out) == 1
    errors = capsys.readouterr().err
    line = 1 + values.read_text(encoding="utf-8").split("many")[0].count("\n")
    assert f"values.yaml:{line}:13: error [bad-number]" in errors
    assert "01-supply.yaml:" in errors and "[unknown-source]" in errors
    assert "Traceback" not in errors
    assert (out / "briefing.pdf").read_bytes() == good
    assert [path.name for path in made(out)] == ["briefing.pdf", "ledger.csv"]


def test_warnings_stop_a_strict_build_only(starter: Path, tmp_path: Path) -> None:
    values = starter / "values.yaml"
    extra = "lonely:\n  amount: 3\n  unit: pumps\n  by: Them\n  as_of: 2026\n  source: survey\n"
    values.write_text(values.read_text(encoding="utf-8") + extra, encoding="utf-8")
    assert build(starter, "--check") == 0
    assert build(starter, "--check", "--strict") == 1
    assert build(starter, "--strict", "--out", tmp_path / "out") == 1
    assert not (tmp_path / "out").exists()


def test_a_check_finds_what_the_report_cannot_set(
    starter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A table too wide for the page, and a character that no font has: as a build finds them, on the same lines."""
    section = starter / "sections" / "02-repairs.yaml"
    columns = "      - {column: litres, title: Litres of water that the stations report}\n" * 24
    text = section.read_text(encoding="utf-8").replace("    columns:\n", f"    columns:\n{columns}")
    text = text.replace("lists {{ pumps }} pumps", "lists {{ pumps }} pumps \U0001f6b0 世界卫生", 1)
    section.write_text(text, encoding="utf-8")
    assert build(starter, "--check", "--only", "slides") == 0
    capsys.readouterr()
    told = []
    for options in (["--check"], ["--out", tmp_path / "out"]):
        assert build(starter, *options) == 1
        errors = " ".join(capsys.readouterr().err.split())
        told.append(re.findall(r"02-repairs\.yaml:\d+:?\d*: \w+ \[(?:missing-glyph|table-too-wide)\]", errors))
        assert "and 2 more characters here" in errors
    assert len(told[0]) == 2 and told[0] == told[1], "one finding for all the characters of a text"


@pytest.mark.parametrize(
    "arguments",
    [
        ["--pages", "a4"], ["--page", "a5"], ["--only", "poster"], ["one", "two"], ["--check", "--watch"],
        ["--serve", "--check"],
    ],
)  # fmt: skip
def test_wrong_usage_is_status_two(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        build(*arguments)
    assert stop.value.code == 2


def test_ctrl_c_ends_a_build_without_a_traceback(
    starter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(make_all, "read", stop)
    assert build(starter, "--out", tmp_path / "out") == 130
    told = capsys.readouterr()
    assert told.out.splitlines()[-1] == "Stopped." and "Traceback" not in told.err
    assert not (tmp_path / "out").exists()


def test_a_new_briefing_builds_at_once(tmp_path: Path) -> None:
    assert build("new", tmp_path / "mine") == 0
    assert build(tmp_path / "mine", "--out", tmp_path / "out", "--strict") == 0
    assert (tmp_path / "out" / "briefing.pdf").stat().st_size > 0
    assert build("new", tmp_path / "mine") == 1, "what exists is never written over"


def test_an_output_folder_that_cannot_be_written_is_a_finding(
    starter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", encoding="utf-8")
    assert build(starter, "--out", blocked, "--only", "report") == 1
    assert "[output-blocked]" in capsys.readouterr().err
    assert blocked.read_text(encoding="utf-8") == "not a folder"


def test_a_build_goes_on_when_nobody_listens(starter: Path, tmp_path: Path) -> None:
    out = tmp_path / "build"
    command = [sys.executable, str(ROOT / "make_all.py"), str(starter), "--out", str(out), "--why"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        errors = process.stderr.read()
    assert (process.returncode, "Error" in errors) == (0, False)
    assert {"briefing.pdf", "briefing.pptx", "ledger.csv"} <= {path.name for path in made(out)}


@pytest.mark.parametrize("streams", [">&-", "2>&-", ">&- 2>&-", ">/dev/full", "2>/dev/full"])
def test_a_build_goes_on_where_nothing_can_be_told(streams: str, starter: Path, tmp_path: Path) -> None:
    out, section = tmp_path / "out", starter / "sections" / "01-supply.yaml"
    text = section.read_text(encoding="utf-8")
    section.write_text(text.replace("{on: 2026-01-15,", "{on: 2020-01-15,"), encoding="utf-8")  # a finding to tell
    program = [sys.executable, str(ROOT / "make_all.py"), str(starter), "--out", str(out), "--only", "charts"]
    shell = ["sh", "-c", f'"$@" {streams}', "sh", *program]
    for _ in range(2):
        done = subprocess.run(shell, capture_output=True, text=True, check=False)
        assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
        assert "2>&-" not in streams or "note [" not in done.stdout
    assert {path.suffix for path in made(out)} == {".svg", ".png"}


@pytest.mark.parametrize("option", [[], ["--since"], ["--template"], ["--only", "report", "--out"]])
def test_a_path_that_no_file_system_holds_is_a_finding(
    option: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert build(*option, "x" * 300) == 1
    assert "error [" in capsys.readouterr().err
