"""Edit, rebuild, look: what a build does again, what it leaves, and what it survives."""

import json
import os
import pty
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from pptx import Presentation

import make_all
from tests.slides import foreign

ROOT = Path(__file__).resolve().parent.parent
HEAVY = {"matplotlib", "numpy", "reportlab", "pptx", "lxml", "pydantic", "babel", "markdown_it", "yaml", "rich", "PIL"}


def build(*arguments: str | Path) -> int:
    return make_all.main([str(argument) for argument in arguments])


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def imported_by_a_build(folder: Path, out: Path) -> tuple[set[str], str]:
    """The top-level modules that a new process has imported when the build is done, and what it printed."""
    code = (
        "import sys, make_all; status = make_all.main(sys.argv[1:]);"
        "print('MODULES', *{name.partition('.')[0] for name in sys.modules}); sys.exit(status)"
    )
    command = [sys.executable, "-c", code, str(folder), "--out", str(out)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    printed, _, modules = done.stdout.partition("MODULES")
    return set(modules.split()), printed + done.stderr


def drawn(out: Path) -> dict[str, int]:
    """The entries of the cache and when they were written."""
    return {path.parent.name + path.name: path.stat().st_ino for path in (out / ".cache").glob("*/*")}


def made(out: Path) -> dict[str, bytes]:
    """The outputs, without what a build keeps there for the next one."""
    files = (path for path in sorted(out.rglob("*")) if path.is_file())
    named = {path.relative_to(out).as_posix(): path for path in files}
    return {name: path.read_bytes() for name, path in named.items() if not name.startswith(".")}


def stamps(out: Path) -> dict[str, tuple[int, int]]:
    """Every output with what changes when it is written again."""
    files = (path for path in out.rglob("*") if path.is_file() and ".cache" not in path.parts)
    return {path.relative_to(out).as_posix(): (path.stat().st_ino, path.stat().st_mtime_ns) for path in files}


def test_nothing_to_do_costs_nothing(starter: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert build(starter, "--out", out) == 0
    before = stamps(out)
    modules, printed = imported_by_a_build(starter, out)
    assert printed == f"Up to date: {out}\n"
    assert not modules & HEAVY
    assert stamps(out) == before


def test_warnings_are_told_again_though_nothing_is_built(
    starter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    values = starter / "values.yaml"
    extra = "lonely:\n  amount: 3\n  unit: pumps\n  by: Them\n  as_of: 2026\n  source: survey\n"
    values.write_text(values.read_text(encoding="utf-8") + extra, encoding="utf-8")
    assert build(starter, "--out", tmp_path / "out") == 0
    told = [line for line in capsys.readouterr().err.splitlines() if ": warning [" in line]
    assert len(told) == 1
    assert build(starter, "--out", tmp_path / "out") == 0
    again = capsys.readouterr()
    assert again.err.splitlines() == told
    assert again.out == f"Up to date: {tmp_path / 'out'}\n"


def test_why(starter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    arguments = (starter, "--out", out, "--only", "report", "--why")
    assert build(*arguments) == 0
    assert "everything: no record of an earlier build\n" in capsys.readouterr().out
    edit(starter / "values.yaml", "at_least: 14", "at_least: 15")
    (out / "briefing.pdf").write_bytes(b"scribbled over")
    assert build(*arguments) == 0
    assert "briefing.pdf: edited values.yaml; changed by another hand\n" in capsys.readouterr().out
    assert build(*arguments) == 0
    assert capsys.readouterr().out == f"Up to date: {out}\n"
    assert build(*arguments, "--page", "letter") == 0
    assert "briefing.pdf, ledger.csv: option page: None -> letter\n" in capsys.readouterr().out


def test_why_tells_what_has_gone(starter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    template = tmp_path / "corp.pptx"
    template.write_bytes(foreign.plain())
    arguments = (starter, "--out", tmp_path / "out", "--only", "slides", "--template", template, "--why")
    assert build(*arguments) == 0
    template.unlink()
    capsys.readouterr()
    assert build(*arguments) == 1
    assert "briefing.pptx, ledger.csv: removed --template corp.pptx\n" in capsys.readouterr().out
    template.write_bytes(foreign.plain())
    starter.rename(tmp_path / "elsewhere")
    assert build(*arguments) == 1
    told = capsys.readouterr().out
    assert "removed briefing.yaml; removed series.yaml;" in told and "added" not in told


def on_a_terminal(folder: Path, out: Path) -> str:
    """What a build shows on a terminal, as it is sent there."""
    ours, theirs = pty.openpty()
    command = [sys.executable, str(ROOT / "make_all.py"), str(folder), "--out", str(out)]
    process = subprocess.Popen(command, stdout=theirs, stderr=theirs, env={**os.environ, "TERM": "xterm"})
    os.close(theirs)
    shown = b""
    with suppress(OSError):  # which says that nobody has the terminal any more
        while part := os.read(ours, 4096):
            shown += part
    os.close(ours)
    assert process.wait() == 0
    return shown.decode()


def test_a_terminal_shows_each_finding_in_its_colour_again(starter: Path, tmp_path: Path) -> None:
    extra = "lonely:\n  amount: 3\n  unit: pumps\n  by: Them\n  as_of: 2026\n  source: survey\n"
    (starter / "values.yaml").write_text(
        (starter / "values.yaml").read_text(encoding="utf-8") + extra, encoding="utf-8"
    )
    section = starter / "sections" / "01-supply.yaml"
    edit(section, "{on: 2026-01-15,", "{on: 2020-01-15,")
    shown = [on_a_terminal(starter, tmp_path / "out") for _ in range(2)]
    coloured = [re.findall(r"\x1b\[(3\dm)[^\x1b]*?: (note|warning) \[", each) for each in shown]
    assert set(coloured[0]) == {("36m", "note"), ("33m", "warning")}
    assert coloured[1] == coloured[0] and "Up to date" in shown[1]


def test_a_terminal_counts_down_what_the_last_build_took(starter: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = on_a_terminal(starter, out)
    assert "Writing the charts, the report and the slides ..." in first and "about" not in first, (
        "two sections are fast"
    )
    assert build(starter, "--out", out, "--page", "letter") == 0
    pace = out / ".cache" / "pace.json"
    again = json.loads(pace.read_bytes())["all, again"]
    assert 0 < again < 60
    pace.write_text(json.dumps({"all, again": 30}), encoding="utf-8")
    assert "the slides ... about 60 s" in on_a_terminal(starter, out)
    assert json.loads(pace.read_bytes())["all, again"] < 30
    for n, damaged in enumerate((b"[", b"[" * 100_000, b'{"all, again": 1%s}' % (b"0" * 400))):
        pace.write_bytes(damaged)
        edit(starter / "sections" / "01-supply.yaml", "title: Supply" + "!" * n, "title: Supply" + "!" * (n + 1))
        assert "the slides ..." in on_a_terminal(starter, out), "what is damaged is no record"


@pytest.mark.parametrize("out", [".", "elsewhere", "starter/build"])
def test_an_edit_is_noticed_wherever_the_outputs_go(
    out: str, starter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    arguments = ("starter", "--out", out, "--only", "charts", "--why")
    assert build(*arguments) == 0
    edit(starter / "supply.csv", "176500", "177500")
    capsys.readouterr()
    assert build(*arguments) == 0
    assert "edited supply.csv\n" in capsys.readouterr().out
    assert build(*arguments) == 0
    assert "Up to date:" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("out", "file"), [("starter", "briefing.yaml"), ("starter/sections", "sections/01-supply.yaml")]
)
def test_no_output_goes_where_the_briefing_itself_lies(
    out: str, file: str, starter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = made(starter)
    assert build(starter, "--out", tmp_path / out, "--only", "charts") == 1
    assert f"{starter / file}: error [output-among-inputs]" in capsys.readouterr().err
    assert made(starter) == before


def hidden_series(folder: Path) -> None:
    (folder / "supply.csv").rename(folder / ".supply.csv")
    for path in (*folder.glob("*.yaml"), *folder.glob("sections/*.yaml")):
        path.write_text(path.read_text(encoding="utf-8").replace("supply.csv", ".supply.csv"), encoding="utf-8")


def template_named(name: str) -> Callable[[Path], None]:
    def name_it(folder: Path) -> None:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(foreign.plain())
        edit(folder / "briefing.yaml", "page: a4", f"page: a4\ntemplate: {name}")

    return name_it


UNNOTICED = {
    ".supply.csv": hidden_series,
    "corp": template_named("corp"),
    ".brand/corp.potx": template_named(".brand/corp.potx"),
}


@pytest.mark.parametrize("name", UNNOTICED)
def test_a_file_whose_edits_nobody_would_notice_is_refused(
    name: str, starter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    UNNOTICED[name](starter)
    assert build(starter, "--out", tmp_path / "out", "--only", "charts") == 1
    assert f"{starter / name}: error [file-unnoticed]" in capsys.readouterr().err


def linked_sections(folder: Path) -> Path:
    (folder / "sections").rename(folder / ".chapters")
    (folder / "sections").symlink_to(".chapters")
    return folder / ".chapters" / "01-supply.yaml"


def linked_briefing(folder: Path) -> Path:
    folder.symlink_to(folder.rename(folder.with_name("elsewhere")))
    return folder / "sections" / "01-supply.yaml"


def loud_template(folder: Path) -> Path:
    template_named("corp.PPTX")(folder)
    return folder / "corp.PPTX"


@pytest.mark.parametrize("arrange", [linked_sections, linked_briefing, loud_template])
def test_an_edit_is_noticed_behind_a_link_and_in_any_case(
    arrange: Callable[[Path], Path], starter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edited = arrange(starter)
    arguments = (starter, "--out", tmp_path / "out", "--only", "charts", "--why")
    assert build(*arguments) == 0
    edited.write_bytes(edited.read_bytes() + b"\n")
    capsys.readouterr()
    assert build(*arguments) == 0
    assert "edited " in capsys.readouterr().out


def test_only_what_has_other_bytes_is_written(starter: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert build(starter, "--out", out) == 0
    before = stamps(out)
    edit(starter / "sections" / "01-supply.yaml", "title: Supply", "title: Water")
    assert build(starter, "--out", out) == 0
    changed = {name for name, stamp in stamps(out).items() if stamp != before[name]}
    assert changed == {"briefing.pdf", "briefing.pptx", ".manifest.json"}


def test_an_output_that_is_no_longer_made_goes_and_what_is_not_ours_stays(starter: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert build(starter, "--out", out, "--only", "charts") == 0
    (out / "charts" / "sketch.svg").write_text("<svg/>", encoding="utf-8")
    charts = {path.name for path in (out / "charts").iterdir()}
    section = starter / "sections" / "01-supply.yaml"
    section.write_text(section.read_text(encoding="utf-8").replace("supply:\n", "flow:\n").replace("@supply", "@flow"))
    assert build(starter, "--out", out) == 0
    assert {path.name for path in (out / "charts").iterdir()} == {name.replace("supply", "flow") for name in charts}
    assert "sketch.svg" in charts


def test_one_side_keeps_the_other(starter: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert build(starter, "--out", out) == 0
    deck = (out / "briefing.pptx").read_bytes()
    edit(starter / "sections" / "01-supply.yaml", "title: Supply", "title: Water")
    assert build(starter, "--out", out, "--only", "report") == 0
    assert (out / "briefing.pptx").read_bytes() == deck
    assert "briefing.pptx" in json.loads((out / ".manifest.json").read_bytes())["outputs"]
    assert build(starter, "--out", out) == 0
    assert (out / "briefing.pptx").read_bytes() != deck


def test_a_build_that_had_nothing_to_make_is_not_the_last_word(
    starter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, section = tmp_path / "out", starter / "sections" / "01-supply.yaml"
    text = section.read_text(encoding="utf-8").partition("exhibits:")[0]
    section.write_text(text.replace("@supply shows", "This is about").replace("  @supply\n", ""), encoding="utf-8")
    assert build(starter, "--out", out, "--only", "charts") == 0
    assert made(out) == {}
    assert build(starter, "--out", out, "--why") == 0
    assert "everything: option only: charts -> None\n" in capsys.readouterr().out
    assert {"briefing.pdf", "briefing.pptx", "ledger.csv"} == set(made(out))


def test_prose_draws_no_chart(starter: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert build(starter, "--out", out) == 0
    before = drawn(out)
    section = starter / "sections" / "01-supply.yaml"
    edit(section, "which have pipes of their own", "which have pumps and pipes of their own")
    edit(section, "body: |", "body: |\n  One more paragraph moves every line below it.\n")
    command = [sys.executable, "-X", "importtime", "make_all.py", str(starter), "--out", str(out)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if line.startswith("import time:")}
    assert {"reportlab", "pptx"} <= imported, "both processes tell what they import"
    assert not {name for name in imported if name.startswith(("matplotlib", "numpy"))}
    assert drawn(out) == before


def test_a_number_draws_its_chart_again_and_no_other(starter: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    section = starter / "sections" / "02-repairs.yaml"
    second = "  other:\n    chart: bars\n    title: Other\n    data: supply.csv\n    value: litres\n"
    second += "    label: [district]\n    where: {date: 2025-09-30}\n"
    edit(section, "  @latest", "  @latest\n\n  @other")
    section.write_text(section.read_text(encoding="utf-8") + second, encoding="utf-8")
    assert build(starter, "--out", out) == 0
    before, charts = drawn(out), made(out)
    edit(starter / "supply.csv", "176500", "177500")
    assert build(starter, "--out", out) == 0
    changed = {name for name, content in made(out).items() if charts[name] != content}
    assert {"charts/supply.svg", "charts/supply.png"} <= changed
    assert not {name for name in changed if name.startswith("charts/other")}
    assert {key: drawn(out)[key] for key in before} == before, "nothing that was kept is drawn again"


def test_the_cache_changes_nothing(starter: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert build(starter, "--out", out) == 0
    first = made(out)
    for path in (out / ".cache").glob("*/*"):
        path.write_bytes(path.read_bytes()[:-1])
    (out / ".manifest.json").unlink()
    assert build(starter, "--out", out) == 0
    assert made(out) == first, "damaged entries are drawn again"
    (out / ".manifest.json").unlink()
    assert build(starter, "--out", out) == 0
    assert made(out) == first, "kept ones are taken"
    shutil.rmtree(out / ".cache")
    (out / ".manifest.json").unlink()
    assert build(starter, "--out", out) == 0
    assert made(out) == first


def test_a_machine_of_one_core_makes_the_same(starter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert build(starter, "--out", tmp_path / "many") == 0
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0})
    assert build(starter, "--out", tmp_path / "one") == 0
    assert made(tmp_path / "one") == made(tmp_path / "many")


def test_processes_that_start_anew_make_the_same(
    starter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on macOS and Windows."""
    assert build(starter, "--out", tmp_path / "copied") == 0
    monkeypatch.setattr(threading, "active_count", lambda: 2)
    assert build(starter, "--out", tmp_path / "anew") == 0
    assert made(tmp_path / "anew") == made(tmp_path / "copied")


class Watch:
    """A `--watch` in a process of its own, and what it prints."""

    def __init__(self, folder: Path, out: Path, *options: str, bound: Sequence[str] = ()) -> None:
        program = [sys.executable, "-u", str(ROOT / "make_all.py")]
        command = [*bound, *program, str(folder), "--out", str(out), "--watch", *options]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.patience = threading.Timer(120, self.process.kill)  # a test that waits in vain fails, and does not hang
        self.patience.start()

    def until(self, end: str) -> str:
        """What is printed up to the line that holds `end`."""
        assert self.process.stdout
        lines = []
        for line in self.process.stdout:
            lines.append(line)
            if end in line:
                break
        return "".join(lines)

    def children(self) -> list[int]:
        process = self.process.pid
        return [int(pid) for pid in Path(f"/proc/{process}/task/{process}/children").read_text().split()]

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait()

    def end(self) -> None:
        self.patience.cancel()
        self.process.kill()
        assert self.process.stdout
        self.process.stdout.close()
        self.process.wait()


@pytest.fixture
def watched(starter: Path, tmp_path: Path) -> Iterator[Watch]:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # what a shell starts behind it ignores Ctrl-C
    watch = Watch(starter, tmp_path / "out", "--only", "report")
    signal.signal(signal.SIGINT, before)
    yield watch
    watch.end()


def test_watching(watched: Watch, starter: Path, tmp_path: Path) -> None:
    report, section = tmp_path / "out" / "briefing.pdf", starter / "sections" / "01-supply.yaml"
    assert "Done:" in watched.until("Watching")
    first = report.read_bytes()

    edit(section, "title: Supply", "title: Water")
    assert "Done:" in watched.until("Watching")
    second = report.read_bytes()
    assert second != first

    good = section.read_bytes()
    for bad in (b"title: [", b"\xff\xfe\x00", b"", b"!!python/object:os.system x", b"[" * 1000):
        section.write_bytes(bad)
        told = watched.until("Watching")
        assert "01-supply.yaml:" in told and "error [" in told and "Nothing was written." in told
        assert "Traceback" not in told
    assert report.read_bytes() == second, "the last good report stays"

    draft = section.with_suffix(".draft")  # as editors save: another file, renamed
    draft.write_bytes(good.replace(b"title: Water", b"title: Supply"))
    draft.replace(section)
    assert "Done:" in watched.until("Watching")
    assert report.read_bytes() == first


def test_a_folder_that_goes_and_comes_back_is_still_watched(watched: Watch, starter: Path, tmp_path: Path) -> None:
    watched.until("Watching")
    starter.rename(tmp_path / "elsewhere")
    assert "error [file-missing]" in watched.until("Watching")
    (tmp_path / "elsewhere").rename(starter)
    assert "Up to date:" in watched.until("Watching")
    edit(starter / "sections" / "01-supply.yaml", "title: Supply", "title: Water")
    assert "Done:" in watched.until("Watching")


def test_a_folder_in_it_that_goes_and_comes_back_is_still_watched(
    watched: Watch, starter: Path, tmp_path: Path
) -> None:
    """Renamed as a whole, so that nothing is told of the files in it."""
    watched.until("Watching")
    sections = starter / "sections"
    sections.rename(tmp_path / "elsewhere")
    assert "error [unknown-section]" in watched.until("Watching")
    (tmp_path / "elsewhere").rename(sections)
    assert "Up to date:" in watched.until("Watching")
    other = Path(shutil.copytree(sections, tmp_path / "other"))
    edit(other / "01-supply.yaml", "title: Supply", "title: Water")
    sections.rename(tmp_path / "elsewhere")
    other.rename(sections)
    watched.until("Done:")
    watched.until("Watching")
    edit(sections / "01-supply.yaml", "title: Water", "title: Rivers")
    assert "Done:" in watched.until("Watching")


def test_a_folder_in_it_that_is_closed_to_us_hinders_no_watching(starter: Path, tmp_path: Path) -> None:
    (starter / "private").mkdir(mode=0)
    bound = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    watch = Watch(starter, tmp_path / "out", "--only", "charts", bound=bound)
    try:
        assert "Done:" in watch.until("Watching")
        edit(starter / "supply.csv", "176500", "177500")
        told = watch.until("Watching")
        assert "Done:" in told and "Traceback" not in told
    finally:
        watch.end()


@pytest.mark.parametrize(
    ("option", "only", "code"),
    [("--since", "report", "since-unreadable"), ("--template", "slides", "template-unreadable")],
)
def test_watching_a_file_that_the_command_names(
    option: str, only: str, code: str, starter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    named = tmp_path / "named"
    assert build(starter, "--out", "old", "--only", "report") == 0
    good = foreign.plain() if option == "--template" else Path("old", "briefing.pdf").read_bytes()
    named.write_bytes(good)
    watch = Watch(starter, tmp_path / "out", "--only", only, option, "named")
    try:
        assert "Done:" in watch.until("Watching")
        named.write_bytes(b"scribbled over")
        assert f"{named}: error [{code}]" in watch.until("Watching")
        named.with_suffix(".draft").write_bytes(good)
        named.with_suffix(".draft").replace(named)
        assert "Up to date:" in watch.until("Watching")
    finally:
        watch.end()


def test_watching_starts_clean_though_the_first_build_is_stopped(starter: Path, tmp_path: Path) -> None:
    out, section = tmp_path / "out", starter / "sections" / "01-supply.yaml"
    assert build(starter, "--out", out, "--only", "slides") == 0
    ours = (out / "briefing.pptx").read_bytes()
    deck = Presentation(str(out / "briefing.pptx"))
    deck.slides[0].shapes.title.text_frame.text = "My title"
    deck.save(str(out / "briefing.pptx"))
    edit(section, "title: Supply", "title: Supply\nkey: 1")
    watch = Watch(starter, out, "--only", "slides", "--fresh")
    try:
        assert "Nothing was written." in watch.until("Watching")
        edit(section, "\nkey: 1", "")
        assert "Done:" in watch.until("Watching")
    finally:
        watch.end()
    assert (out / "briefing.pptx").read_bytes() == ours


def test_serving(starter: Path, tmp_path: Path) -> None:
    watch = Watch(starter, tmp_path / "out", "--serve", "127.0.0.1:0")
    try:
        address = watch.until("shows the report and the slides.").split()[0]
        watch.until("Watching")
        edit(starter / "sections" / "01-supply.yaml", "title: Supply", "title: Water\nkey: 1")
        watch.until("Watching")
        with urllib.request.urlopen(f"{address}state", timeout=10) as answer:
            state = json.load(answer)
        assert state["message"].startswith("Not built")
        assert any("01-supply.yaml:" in line and "[unknown-key]" in line for line in state["findings"])
        assert len(state["report"]) >= 5 and len(state["slides"]) >= 8
        with urllib.request.urlopen(f"{address}slides/0", timeout=10) as answer:
            assert "Water in the northern district" in answer.read().decode()
        edit(starter / "sections" / "01-supply.yaml", "title: Water\nkey: 1", "title: Supply")
        watch.until("Watching")
        with urllib.request.urlopen(f"{address}state", timeout=10) as answer:
            assert json.load(answer)["message"] == "Up to date."
    finally:
        watch.end()


def test_serving_goes_on_when_outputs_are_damaged(starter: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "briefing.pptx").write_bytes(b"half a deck")
    (out / "briefing.pdf").write_bytes(b"%PDF-1.7 and no more")
    section = starter / "sections" / "01-supply.yaml"
    edit(section, "title: Supply", "title: Supply\nkey: 1")
    watch = Watch(starter, out, "--serve", "127.0.0.1:0")
    try:
        address = watch.until("shows the report and the slides.").split()[0]
        assert "Traceback" not in watch.until("Watching")
        with urllib.request.urlopen(f"{address}state", timeout=10) as answer:
            message = json.load(answer)["message"]
        assert message.startswith("Not built") and message.count("cannot be read.") == 2
        edit(section, "\nkey: 1", "")
        assert "Done:" in watch.until("Watching")
        with urllib.request.urlopen(f"{address}state", timeout=10) as answer:
            state = json.load(answer)
        assert state["message"].startswith("Built in") and "cannot" not in state["message"]
        assert len(state["report"]) >= 5 and len(state["slides"]) >= 8
    finally:
        watch.end()


def test_a_port_that_is_taken(starter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        address = f"127.0.0.1:{other.getsockname()[1]}"
        assert build(starter, "--out", tmp_path / "out", "--serve", address) == 1
    told = capsys.readouterr().out
    assert told == f"{address} cannot be served: Address already in use. --serve 0 takes any free port.\n"


@pytest.mark.parametrize("where", ["0.0.0.0:8000", "example.org:8000", "8000 "])
def test_other_hosts_are_not_served(where: str) -> None:
    with pytest.raises(SystemExit) as stop:
        build("--serve", where)
    assert stop.value.code == 2


def test_watching_ends_on_ctrl_c_and_leaves_nothing_behind(watched: Watch, starter: Path, tmp_path: Path) -> None:
    watched.until("Watching")
    (starter / "notes.txt").write_text("no input", encoding="utf-8")
    children = watched.children()
    assert children
    assert watched.stop() == 0
    assert not [pid for pid in children if Path(f"/proc/{pid}").exists()]
    assert not (tmp_path / "out" / ".lock").exists()


def test_watching_goes_on_when_a_process_has_died(watched: Watch, starter: Path) -> None:
    section = starter / "sections" / "01-supply.yaml"
    watched.until("Watching")
    os.kill(watched.children()[-1], signal.SIGKILL)
    edit(section, "title: Supply", "title: Water")
    assert "has died" in watched.until("Watching")
    edit(section, "title: Water", "title: Rivers")
    assert "Done:" in watched.until("Watching")


def test_watching_ends_when_nobody_listens(watched: Watch, starter: Path) -> None:
    watched.until("Watching")
    assert watched.process.stdout
    watched.process.stdout.close()
    edit(starter / "sections" / "01-supply.yaml", "title: Supply", "title: Water")
    assert watched.process.wait(60) == 0
