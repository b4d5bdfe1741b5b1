"""What people did to the deck: one class a kind of finding that a build makes about slides and notes it kept."""

from dataclasses import dataclass
from typing import ClassVar

from data.findings import Finding, Severity

_FRESH = "Build with --fresh to make the deck anew without it."


@dataclass(frozen=True, slots=True)
class _Note(Finding):
    severity: ClassVar[Severity] = "note"
    title: str


@dataclass(frozen=True, slots=True)
class _Warning(Finding):
    severity: ClassVar[Severity] = "warning"
    title: str


@dataclass(frozen=True, slots=True)
class SlidesAdded(Finding):
    code = "slides-not-ours"
    severity: ClassVar[Severity] = "note"
    count: int
    listed: str

    @property
    def message(self) -> str:
        what = "One slide is not ours" if self.count == 1 else f"{self.count} slides are not ours"
        return f"{what} and stayed in the deck: {self.listed}. The ledger does not answer for their numbers."


@dataclass(frozen=True, slots=True)
class SectionsLost(Finding):
    code = "sections-not-kept"
    severity: ClassVar[Severity] = "warning"
    listed: str
    sentence = "Sections of the deck that were made by hand are not kept: {listed}. Their slides are."
    advice = "The deck's sections are those of the briefing; make others when the deck is done."


class SlideKept(_Note):
    code = "slide-kept"
    sentence = "The slide {title!r} was changed by hand and stays as it is: its data has not changed."
    advice = _FRESH


class NotesKept(_Note):
    code = "notes-kept"
    sentence = "The notes of the slide {title!r} were changed by hand and stay as they are: their text has not changed."
    advice = _FRESH


class SlideLeftOut(_Note):
    code = "slide-left-out"
    sentence = "The slide {title!r} was taken out by hand and stays out: its data has not changed."
    advice = "Build with --fresh to bring it back."


class SlideBack(_Note):
    code = "slide-back"
    sentence = "The slide {title!r} was taken out by hand and is back, because its data has changed."


class SlideBeside(_Warning):
    code = "slide-changed-twice"
    sentence = (
        "The slide {title!r} was changed by hand, and its data has changed too: "
        "the new one stands here, the old one is hidden behind it."
    )
    advice = "Keep one of the two: delete the hidden one, or delete this one and show that."


class SlideOrphaned(_Warning):
    code = "slide-without-data"
    sentence = (
        "The slide {title!r} was changed by hand, and the briefing has no such slide any more: it is kept here, hidden."
    )
    advice = "Delete it, or show it as a slide of your own."


class NotesBoth(_Warning):
    code = "notes-changed-twice"
    sentence = (
        "The notes of the slide {title!r} were changed by hand, and their text has changed too: "
        "what was written by hand follows the new ones."
    )
    advice = "Keep what is right of the two."


@dataclass(frozen=True, slots=True)
class NumberByHand(_Warning):
    code = "kept-number"
    numeral: str
    channel: str
    sentence = "{numeral!r} stands here ({channel}: {title!r}), where a person wrote, and the ledger does not know it."
    advice = "Put the number into the briefing's data, or make sure of it yourself."


@dataclass(frozen=True, slots=True)
class NumberMoved(_Warning):
    code = "moved-number"
    row: str
    column: str
    now: str
    was: str
    sentence = (
        "In the table of the slide {title!r}, the row {row!r} says {now!r} under {column!r}; the data say {was!r}."
    )
    advice = "Put the numbers back, or change them in the briefing's data."


@dataclass(frozen=True, slots=True)
class CopiedNumber(_Warning):
    code = "copied-number"
    numeral: str
    channel: str
    sentence = (
        "{numeral!r} stands here ({channel}: {title!r}), on a copy of one of the deck's slides, and the data give "
        "no slide such a number, or none any more."
    )
    advice = "Bring the copy up to date, or delete it."


@dataclass(frozen=True, slots=True)
class DeckSetAside(Finding):
    """The deck that lay in the output folder cannot be merged; it is not written over."""

    code = "deck-set-aside"
    severity: ClassVar[Severity] = "warning"
    reason: str
    name: str
    sentence = "Changes made by hand cannot be taken from this deck: {reason}. It is kept as {name}."
    advice = "Copy from it what you need, and delete it."


@dataclass(frozen=True, slots=True)
class DeckOpen(Finding):
    code = "deck-open"
    severity: ClassVar[Severity] = "warning"
    lock: str
    sentence = "The deck seems to be open in another program ({lock} lies beside it)."
    advice = "What is not saved there was not seen, and saving it writes over the new deck: close it and build again."
