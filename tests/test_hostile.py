"""Hostile briefings: whatever stands in the folder is a finding with its place, or is printed as plain text.

An ordinary run spoils a briefing 10,000 times and reads it, and 200 times and builds it. HOSTILE=7 does so with another
seed.
"""

import csv
import io
import os
import re
import shutil
import signal
import socket
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import ClassVar

import pikepdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from pptx import Presentation

import make_all
from data.findings import MOST_OF_A_KIND
from data.load import load
from tests import hostile

SHARES = 4
READ, BUILT = 10_000 // SHARES, 200 // SHARES
TRIES = READ * 5 // 4
"""Some come twice, and are not counted."""
SEED = int(os.environ.get("HOSTILE", "0"))
LIMIT = 30.0
"""Seconds for one example: hundreds of times what it takes."""

FINDING = re.compile(r"(.+?)((?::[^:\s]+){0,2}): (error|warning|note) \[([a-z-]+)\] .+")
WHOLE = {"file-missing", "file-unreadable", "unlisted-section", "too-many-populations", "unused-value"}
"""Findings about a file, or about all that there is of a kind, which have no line."""
OUTPUTS = {"briefing.pdf", "briefing.pptx", "ledger.csv", ".manifest.json"}

STARTER = hostile.read(make_all.STARTER)

Spoil = Callable[[Path], object]


class HangError(BaseException):
    """Nothing that the program catches."""


@contextmanager
def awake() -> Iterator[None]:
    def alarm(*_: object) -> None:
        raise HangError

    before = signal.signal(signal.SIGALRM, alarm)
    signal.setitimer(signal.ITIMER_REAL, LIMIT)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def run(*arguments: str | Path) -> tuple[int, str]:
    """The exit status of the command and its findings; fails if it hangs, or looks at anything outside the folders."""
    errors = io.StringIO()
    with (
        hostile.WATCHMAN.watching(*(argument for argument in arguments if isinstance(argument, Path))) as seen,
        awake(),
    ):
        with redirect_stderr(errors), redirect_stdout(io.StringIO()):
            status = make_all.main([str(argument) for argument in arguments])
    assert seen == []
    return status, errors.getvalue()


def codes(errors: str, folder: Path) -> list[str]:
    """The codes of the findings, each on a line of its own, with its file, and its line there if it is about one."""
    found = []
    for line in filter(None, errors.split("\n")):
        if re.fullmatch(r"\d+ errors, \d+ warnings, \d+ notes", line):
            continue
        match = FINDING.fullmatch(line)
        assert match, line
        assert match[1].startswith(str(folder)), line
        if match[1].endswith((".yaml", ".csv")) and match[4] not in WHOLE:
            assert re.match(r":\d+", match[2]), line
        found.append(match[4])
    return found


class Spoilt:
    """A share of the briefings that are tried; classes, because workers are handed out by class."""

    share: ClassVar[int]

    def test_it_is_read(self, tmp_path: Path) -> None:
        folder, statuses, tried, last = tmp_path, Counter[int](), set(), dict(STARTER)
        hostile.write(STARTER, folder)

        @seed(SEED * SHARES + self.share)
        @settings(max_examples=TRIES, deadline=None, database=None, phases=[Phase.generate])
        @given(hostile.spoilt(STARTER))
        def each(files: dict[str, bytes]) -> None:
            if (spoilt := tuple(files.values())) in tried or len(tried) == READ:
                return
            tried.add(spoilt)
            status, errors = run(hostile.write(files, folder, last), "--check")
            last.update(files)
            statuses[status] += 1
            assert status in (0, 1) and (status == 0 or codes(errors, folder))

        each()
        assert len(tried) == sum(statuses.values()) == READ
        assert min(statuses.values()) > 0.1 * READ, "some pass and some do not"

    def test_it_is_built(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0})  # in this process, where all that it opens is seen
        make_all.prepare(True)
        folder, out, statuses = tmp_path / "in", tmp_path / "out", Counter[int]()

        @seed(SEED * SHARES + self.share)
        @settings(
            max_examples=BUILT,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(hostile.spoilt(STARTER, texts=True))
        def each(files: dict[str, bytes]) -> None:
            shutil.rmtree(out, ignore_errors=True)
            status, errors = run(hostile.write(files, folder), "--out", out)
            statuses[status] += 1
            codes(errors, tmp_path)
            made = {path.name for path in out.iterdir()} if out.exists() else set()
            assert status in (0, 1)
            assert made - {".cache", "charts"} == (set() if status else OUTPUTS)

        each()
        assert sum(statuses.values()) == BUILT
        assert min(statuses.values()) > 0.1 * BUILT


class TestTheFirstShare(Spoilt):
    share = 0


class TestTheSecondShare(Spoilt):
    share = 1


class TestTheThirdShare(Spoilt):
    share = 2


class TestTheFourthShare(Spoilt):
    share = 3
