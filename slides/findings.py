"""What can be wrong with a deck: one class a kind of finding, beside those of `data.findings`."""

from dataclasses import dataclass
from typing import ClassVar

from data.findings import Finding, Severity


@dataclass(frozen=True, slots=True)
class SlideContinued(Finding):
    """A slide's content went on to further slides because it does not fit at the smallest type size."""

    code = "slide-continued"
    severity: ClassVar[Severity] = "note"
    slide: int
    title: str
    parts: int
    excess: int
    unit: str

    @property
    def message(self) -> str:
        return (
            f"Slide {self.slide} ({self.title}) goes on over {self.parts} slides: "
            f"{_counted(self.excess, self.unit)} did not fit on the first."
        )

    @property
    def hint(self) -> str:
        return "Shorten it, or split the section, if it should stand on one slide."


@dataclass(frozen=True, slots=True)
class TextShortened(Finding):
    """A line of a slide does not fit at the smallest type size and ends in an ellipsis; the notes have it whole."""

    code = "text-shortened"
    severity: ClassVar[Severity] = "warning"
    slide: int
    title: str
    slot: str
    excess: int

    @property
    def message(self) -> str:
        excess = _counted(self.excess, "line")
        return f"Slide {self.slide} ({self.title}): the {self.slot.lower()} was {excess} too long."

    @property
    def hint(self) -> str:
        return "It was shortened; the speaker notes hold it whole."


@dataclass(frozen=True, slots=True)
class ChartDrawn(Finding):
    """A chart that was asked for as one of PowerPoint's own stays a vector picture."""

    code = "chart-drawn"
    severity: ClassVar[Severity] = "note"
    exhibit: str
    reason: str
    sentence = "The chart {exhibit!r} is a picture in the deck, not an editable chart: {reason}."
    advice = "Write `native: false` in its exhibit if it shall stay one."


def _counted(count: int, unit: str) -> str:
    return f"{count} {unit}{'' if count == 1 else 's'}"
