"""What can be wrong with a deck: one class a kind of finding, beside those of `data.findings`."""

from dataclasses import dataclass
from typing import ClassVar

from data.findings import Finding, Severity


@dataclass(frozen=True)
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

    advice = "Shorten it, or split the section, if it should stand on one slide."


@dataclass(frozen=True)
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

    advice = "It was shortened; the speaker notes hold it whole."


@dataclass(frozen=True)
class NumbersBroken(Finding):
    """Columns of a slide's table are too narrow for their numbers at the smallest type size."""

    code = "numbers-broken"
    severity: ClassVar[Severity] = "warning"
    slide: int
    title: str
    columns: int

    @property
    def message(self) -> str:
        columns = _counted(self.columns, "column")
        return f"Slide {self.slide} ({self.title}): numbers in {columns} of the table are broken in two."

    advice = "The table has too many columns for a slide: take some out, or give the slide's table fewer."


@dataclass(frozen=True)
class ChartDrawn(Finding):
    """A chart that was asked for as one of PowerPoint's own stays a vector picture."""

    code = "chart-drawn"
    severity: ClassVar[Severity] = "note"
    exhibit: str
    reason: str
    sentence = "The chart {exhibit!r} is a picture in the deck, not an editable chart: {reason}."
    advice = "Write `native: false` in its exhibit if it shall stay one."


# --- of a template that others made -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class TemplateUnreadable(Finding):
    code = "template-unreadable"
    file: str
    reason: str
    wanted: str
    sentence = "{file} cannot be the deck's template: {reason}."
    advice = "{wanted}"


@dataclass(frozen=True)
class TemplateLacks(Finding):
    """No layout of the template can hold a kind of slide that the deck needs and is known to be for it."""

    code = "template-lacks"
    kind: str
    needs: str
    offers: tuple[str, ...]

    @property
    def message(self) -> str:
        return (
            f"None of the template's layouts with placeholders for {self.needs} says by its name or type that it is "
            f"for the slide {self.kind.lower()!r}."
        )

    @property
    def hint(self) -> str:
        return (
            f"Its layouts: {'; '.join(self.offers)}. Name one under `layouts` in briefing.yaml, or add one to it; the "
            "one for 'statement' serves all that have none."
        )


@dataclass(frozen=True)
class LayoutUnknown(Finding):
    code = "layout-unknown"
    kind: str
    layout: str
    known: tuple[str, ...]
    sentence = "The template has no layout {layout!r}, which `layouts` names for the slide {kind!r}."

    @property
    def hint(self) -> str:
        return f"Its layouts: {', '.join(map(repr, self.known))}."


@dataclass(frozen=True)
class TemplateFallback(Finding):
    code = "template-fallback"
    severity: ClassVar[Severity] = "note"
    kind: str
    layout: str

    @property
    def message(self) -> str:
        kind = self.kind.lower()
        return f"The template has no layout of its own for the slide {kind!r}; it stands on {self.layout!r}."

    advice = "Name another one under `layouts` in briefing.yaml if it should not."


@dataclass(frozen=True)
class TemplateFont(Finding):
    code = "template-font"
    severity: ClassVar[Severity] = "note"
    families: tuple[str, ...]

    @property
    def message(self) -> str:
        names = " and ".join(self.families)
        return f"The widths of {names} are not known here: texts were fitted as in Arial, with room to spare."

    advice = "Look through the deck: lines may be shorter than their boxes."


def _counted(count: int, unit: str) -> str:
    return f"{count} {unit}{'' if count == 1 else 's'}"
