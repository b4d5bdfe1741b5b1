"""Progress: takes the steps and findings of a build, shows them: live on a terminal, as plain lines elsewhere."""

import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.status import Status

from data.findings import Finding


class Progress:
    """Steps go to standard output, findings to standard error, one a line, as editors and scripts read them."""

    def __init__(self) -> None:
        self._out = Console(highlight=False)
        self._err = Console(stderr=True, highlight=False, soft_wrap=True)
        self._status: Status | None = None

    def step(self, verb: str, what: str) -> None:
        if not self._out.is_terminal:
            print(f"{verb} {what}", flush=True)
        elif self._status is None:
            self._status = self._out.status(f"{verb} {escape(what)} ...")
            self._status.start()
        else:
            self._status.update(f"{verb} {escape(what)} ...")

    def findings(self, findings: Sequence[Finding], folder: Path) -> None:
        """Every finding, its file named from where the command was given, errors last, where the eye is."""
        self._stop()
        for finding in sorted(findings, key=lambda finding: finding.severity == "error"):
            line = f"{folder / str(finding.place)}{str(finding).removeprefix(str(finding.place))}"
            if self._err.is_terminal:
                self._err.print(line, style="red" if finding.severity == "error" else "yellow", markup=False)
            else:
                print(line, file=sys.stderr)
        errors = sum(finding.severity == "error" for finding in findings)
        if findings:
            counts = f"{errors} errors, {len(findings) - errors} warnings."
            print(counts, file=sys.stderr)

    def end(self, message: str) -> None:
        self._stop()
        print(message)

    def _stop(self) -> None:
        if self._status is not None:
            self._status.stop()
            self._status = None
