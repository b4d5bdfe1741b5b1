"""Findings of the outputs: a file that a build writes, and where it may not."""

from dataclasses import dataclass
from typing import ClassVar

from data.findings import Finding, Severity


@dataclass(frozen=True)
class OutputBlocked(Finding):
    code = "output-blocked"
    reason: str
    sentence = "This output cannot be written: {reason}."
    advice = (
        "Close the program that has it open, make room on the disk, or choose another folder with --out; the last "
        "outputs are untouched."
    )


@dataclass(frozen=True)
class OutputOlder(Finding):
    code = "output-older"
    severity: ClassVar[Severity] = "warning"
    sentence = "This document is of an earlier build, and what it was made from has changed since."
    advice = "Build without --only before the two are shown together."


@dataclass(frozen=True)
class OutputAmongInputs(Finding):
    code = "output-among-inputs"
    out: str
    sentence = "This file of the briefing lies in the output folder, {out!r}, where an output may be written over it."
    advice = "Choose a folder with --out that holds nothing of the briefing."


@dataclass(frozen=True)
class FileUnnoticed(Finding):
    code = "file-unnoticed"
    sentence = "The briefing reads this file, but no later build would notice a change of it."
    advice = "Write its name as it is spelt; no part of it begins with a dot, and a template's ends in .pptx or .potx."
