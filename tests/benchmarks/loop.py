"""The editing loop beside the peers': `python -m tests.benchmarks.loop [SECTIONS ...]` prints a Markdown table.

Ours is `make_all.py` on the folder that `content` writes. The peers' is what users of pandoc do with the same content:
charts with Matplotlib (SVG for print, PNG for slides), pandoc and typst to a PDF, pandoc to .pptx; left out where
`pandoc` or `typst` is not on the PATH. Wall seconds of whole processes, medians; both sides take turns, and a ratio is
the median of the ratios inside the rounds.
"""

import datetime
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from tests.benchmarks import content, peer_charts

ROOT = Path(__file__).resolve().parent.parent.parent
ROUNDS = {9: 7, 100: 3, 1000: 1}
"""Sections -> how often all is measured."""

LOOPED = 100
"""Sections up to which edits are measured too."""

CASES = {
    "full build, nothing cached": "everything",
    "one number edited": "one chart",
    "one number edited, `--watch`": "one chart",
    "nothing changed": "one chart",
}
"""What we do -> the work of the peers beside which it is held: they redraw all charts, or the one that changed."""

Command = list[str]


def main(counts: Sequence[int]) -> None:
    machine = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
    print(f"{datetime.date.today()}, {machine}\n")
    print("| sections | | ours, s | pandoc, typst and Matplotlib, s | ratio |")
    print("|---:|---|---:|---:|---:|")
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            rounds = [measured(Path(folder), count, number) for number in range(ROUNDS.get(count, 1))]
        for case, theirs in CASES.items():
            ours = [times[case] for times in rounds if case in times]
            if not ours:
                continue
            peers = [times[theirs] for times in rounds if theirs in times]
            held = [one / other for one, other in zip(ours, peers, strict=False)]
            cells = f"{median(peers):.2f} | {median(held):.3f}" if held else "not installed | "
            print(f"| {count} | {case} | {median(ours):.2f} | {cells} |", flush=True)


def measured(home: Path, count: int, number: int) -> Mapping[str, float]:
    """One round: case -> seconds."""
    folder, peers, out = home / "ours", home / "peers", home / "build"
    before, after = (content.sections(count, edited=float(2 * number + step)) for step in (0, 1))
    content.write_folder(folder, before)
    content.write_peers(peers, before)
    times: dict[str, float] = {}
    if shutil.which("pandoc") and shutil.which("typst"):
        charts = [sys.executable, peer_charts.__file__, "."]
        documents = [
            ["pandoc", "brief.md", "--toc", "--pdf-engine=typst", "-o", "brief.pdf"],
            ["pandoc", "slides.md", "--slide-level=2", "-o", "slides.pptx"],
        ]
        times["everything"] = seconds([charts, *documents], peers)
        if count <= LOOPED:
            content.write_peers(peers, after)
            times["one chart"] = seconds([[*charts, after[count // 2].id], *documents], peers)
    build = [sys.executable, str(ROOT / "make_all.py"), str(folder), "--out", str(out)]
    shutil.rmtree(out, ignore_errors=True)
    times["full build, nothing cached"] = seconds([build])
    if count > LOOPED:
        return times
    times["nothing changed"] = seconds([build])
    content.write_folder(folder, after)
    times["one number edited"] = seconds([build])
    with watching(build) as built:
        for edition in (before, after):  # the first finds the process warm for the second
            begin = time.perf_counter()
            content.write_folder(folder, edition)
            built()
            times["one number edited, `--watch`"] = time.perf_counter() - begin
    return times


def seconds(commands: Sequence[Command], folder: Path = ROOT) -> float:
    begin = time.perf_counter()
    for command in commands:
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - begin


@contextmanager
def watching(build: Command) -> Iterator[Callable[[], None]]:
    """`--watch` in a process of its own; what is yielded waits for the end of its next build."""
    command = [build[0], "-u", *build[1:], "--watch"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout
    lines = iter(process.stdout)

    def built() -> None:
        next(line for line in lines if "Watching" in line)

    built()
    try:
        yield built
    finally:
        process.kill()
        process.communicate()


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or list(ROUNDS))
