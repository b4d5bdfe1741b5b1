"""Findings of the outputs: a file that a build writes."""

from dataclasses import dataclass

from data.findings import Finding


@dataclass(frozen=True)
class OutputBlocked(Finding):
    code = "output-blocked"
    reason: str
    sentence = "This output cannot be written: {reason}."

    @property
    def hint(self) -> str:
        return (
            "Close the program that has it open, or choose another folder with --out; the last outputs are untouched."
        )
