"""Same input, same bytes: whatever the process, the machine's settings, the folder, the day, what was built before."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import make_all

ROOT = Path(__file__).resolve().parent.parent

ANOTHER_DAY = """
import time
now = time.time
time.time = lambda: now() + 400 * 86400
time.localtime = lambda *_: time.gmtime(2_000_000_000)
"""
"""A clock that is more than a year ahead; most libraries ask it so."""

ANOTHER_THREAD = """
import threading
threading.Thread(target=threading.Event().wait, daemon=True).start()
"""
"""Beside a thread the processes of a build start anew, as they always do outside Linux."""

MATPLOTLIBRC = (
    "font.size: 40\nlines.linewidth: 9\nsavefig.dpi: 30\naxes.facecolor: red\nsvg.hashsalt: salt\n"
    "lines.scale_dashes: False\n"
)


def made(out: Path) -> dict[str, bytes]:
    """The outputs and the manifest, without the cache."""
    files = (path for path in sorted(out.rglob("*")) if path.is_file())
    named = {path.relative_to(out).as_posix(): path for path in files}
    return {name: path.read_bytes() for name, path in named.items() if not name.startswith(".cache")}


def assert_same(found: dict[str, bytes], expected: dict[str, bytes]) -> None:
    assert found.keys() == expected.keys()
    assert [name for name in found if found[name] != expected[name]] == []


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    out = tmp_path_factory.mktemp("reference")
    assert make_all.main([str(make_all.STARTER), "--out", str(out)]) == 0
    found = made(out)
    assert {"briefing.pdf", "briefing.pptx", "ledger.csv", "charts/supply.svg", "charts/supply.png"} <= found.keys()
    return found


@pytest.mark.parametrize(
    ("settings", "first"),
    [
        (
            {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "COLUMNS": "20", "PYTHONOPTIMIZE": "2"},
            "",
        ),
        ({"PYTHONHASHSEED": "2", "TZ": "Pacific/Marquesas", "LANG": "tr_TR.UTF-8", "LANGUAGE": "fa"}, ANOTHER_DAY),
        ({"PYTHONHASHSEED": "3", "SOURCE_DATE_EPOCH": "1", "MPLBACKEND": "svg", "PYTHONOPTIMIZE": "1"}, ANOTHER_THREAD),
    ],
    ids=["zone", "day", "settings"],
)
def test_other_machines(settings: dict[str, str], first: str, reference: dict[str, bytes], tmp_path: Path) -> None:
    """Another folder, another home with wishes of its own, and files with other times in another order."""
    folder = tmp_path / "another folder, with a café"
    for path in sorted(make_all.STARTER.rglob("*"), reverse=True):
        if path.is_file():
            target = folder / path.relative_to(make_all.STARTER)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
            os.utime(target, (1_000_000_000, 1_000_000_000))
    (tmp_path / "home" / ".config" / "matplotlib").mkdir(parents=True)
    for where in (tmp_path / "home" / ".config" / "matplotlib", tmp_path):
        (where / "matplotlibrc").write_text(MATPLOTLIBRC, encoding="utf-8")
    (tmp_path / "home" / ".reportlab_settings").write_text("pageCompression = 0\ninvariant = 0\n", encoding="utf-8")
    run = f"import sys; sys.path.insert(0, {str(ROOT)!r}); import make_all; sys.exit(make_all.main(sys.argv[1:]))"
    done = subprocess.run(
        [sys.executable, "-c", f"{first}\n{run}", folder.name, "--out", str(tmp_path / "elsewhere" / "out")],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path / "home"), **settings},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert_same(made(tmp_path / "elsewhere" / "out"), reference)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_whatever_was_built_before(starter: Path, reference: dict[str, bytes], tmp_path: Path) -> None:
    """Numbers, texts, a section and an exhibit's name change, builds come between, one side alone and one that fails;
    then all is as it was."""
    out = tmp_path / "out"
    supply, series, head = starter / "sections" / "01-supply.yaml", starter / "supply.csv", starter / "briefing.yaml"

    def build(*options: str) -> int:
        return make_all.main([str(starter), "--out", str(out), *options])

    edit(series, "193200", "201300")
    edit(supply, "@supply", "@flow")
    edit(supply, "  supply:", "  flow:")
    assert build() == 0
    edit(head, "[supply, repairs]", "[supply]")
    edit(head, "page: a4", "page: letter")
    assert build("--only", "slides") == 0
    edit(series, "182000", "many")
    assert build() == 1
    edit(series, "many", "182000")
    edit(supply, "The stations of the northern district", "A longer text, which goes on and on.\n\n  The stations")
    assert build() == 0
    assert build("--only", "charts") == 0
    for path in (supply, series, head):
        shutil.copyfile(make_all.STARTER / path.relative_to(starter), path)
    assert build() == 0
    assert_same(made(out), reference)
