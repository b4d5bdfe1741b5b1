"""Progress: takes the steps and findings of a build, shows them: live on a terminal, as plain lines elsewhere."""

from __future__ import annotations

import os
import sys
from collections import Counter
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # a build that has nothing to do waits for no library
    from collections.abc import Collection, Sequence
    from pathlib import Path
    from typing import TextIO

    from rich.console import Console
    from rich.status import Status
    from rich.text import Text

    from data.findings import Finding, Severity

SEVERITIES: dict[Severity, str] = {"note": "cyan", "warning": "yellow", "error": "red"}
"""The styles that findings are printed in, the gravest last."""


_WORTH = 3.0
"""Seconds left from which on they are told."""


class Progress:
    """Steps go to standard output, findings to standard error, one a line, as editors and scripts read them. Who reads
    may go: a build goes on, and `unheard` says so."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.unheard = False
        self._status: Status | None = None

    def step(self, verb: str, what: str, seconds: float = 0.0) -> None:
        """`seconds`: how long it may take, counted down on a terminal from a few seconds on."""
        if not _live(sys.stdout):
            self._say(f"{verb} {what}", sys.stdout)
            return
        words = _Remaining(f"{verb} {what} ...", seconds)
        if self._status is None:
            self._status = _console().status(words)
            self._status.start()
        else:
            self._status.update(words)

    def findings(self, findings: Sequence[Finding], folder: Path) -> None:
        """Every finding, and how many there are of each severity."""
        self.lines([(str(finding), finding.severity) for finding in findings], folder)
        if findings:
            counted = Counter(finding.severity for finding in findings)
            counts = ((counted[severity], severity) for severity in reversed(SEVERITIES))
            self._say(", ".join(f"{count} {severity}{'s' * (count != 1)}" for count, severity in counts), sys.stderr)

    def lines(self, lines: Collection[tuple[str, str]], folder: Path) -> None:
        """Findings as they print, each with its severity. The file of `folder` that a line begins with is named from
        where the command was given; errors come last, where the eye is."""
        self._stop()
        for severity, style in SEVERITIES.items():
            for line in (line for line, own in lines if own == severity):
                whole = os.path.join(folder, line)  # noqa: PTH118  # a Path would take a slash out of an address
                self.told.append(whole)
                if _live(sys.stderr):
                    _console(stderr=True).print(whole, style=style, markup=False, soft_wrap=True)
                else:
                    self._say(whole, sys.stderr)

    def end(self, message: str) -> None:
        self._stop()
        self._say(message, sys.stdout)

    def _say(self, line: str, stream: TextIO | None) -> None:
        if stream is None:  # closed before this process began
            return
        try:
            print(line, file=stream, flush=True)
        except BrokenPipeError:
            self.unheard = True
        except OSError:  # such as a full disk under a log: no reason to stop a build that has room for its own files
            pass

    def _stop(self) -> None:
        if self._status is not None:
            self._status.stop()
            self._status = None


class _Remaining:
    """Words that a spinner asks for again and again, with the time that is left."""

    def __init__(self, words: str, seconds: float) -> None:
        self._words = words
        self._end = monotonic() + seconds

    def __rich__(self) -> Text:
        from rich.text import Text  # noqa: PLC0415  # for a terminal only

        left = self._end - monotonic()
        return Text(f"{self._words} about {left:.0f} s" if left >= _WORTH else self._words)


def _live(stream: TextIO | None) -> bool:
    return stream is not None and stream.isatty()


def _console(*, stderr: bool = False) -> Console:
    from rich.console import Console  # noqa: PLC0415  # for a terminal only

    return Console(stderr=stderr, highlight=False)
