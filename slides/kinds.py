"""The kinds of slide: takes nothing; a closed set, each with exactly its slots, so that no other slide can be planned.

A layout of the template answers to each kind by name (`slides.grid`); "Two exhibits" has a layout already and becomes a
kind when something makes it.
"""

from dataclasses import dataclass

from data.model import Chart, Column, KeyFigure, Place, Text, Timeline

NOTE_HANG = 24.0
"""Points by which a paragraph of the notes with a label stands in."""


@dataclass(frozen=True, slots=True)
class Note:
    """One paragraph of the speaker notes; an item of a list has a `label` ("•", "2.") before it. `prose` is the
    author's, and may run from right to left; what is made around names does not. `source` is the id of the source
    that the paragraph lists."""

    text: Text
    bold: bool = False
    label: str = ""
    prose: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """What every slide has. `id` is the same in every build of the same briefing and unique in the deck.

    `section` is the id of the briefing's section, "" before the first and after the last; `kicker` the line over the
    title; `credit` the source line ("" where nothing is claimed); `place` where the slide's content was written;
    `apart` what tells the slide from another with the same title.
    """

    id: str
    title: Text
    notes: tuple[Note, ...]
    place: Place
    section: str = ""
    kicker: str = ""
    credit: Text = ()
    apart: str = ""


@dataclass(frozen=True, slots=True)
class TitleSlide:
    head: Head
    subtitle: str
    issuer: str
    edition: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the agenda; `slide` is the id of the slide that it leads to."""

    text: str
    slide: str


@dataclass(frozen=True, slots=True)
class AgendaSlide:
    head: Head
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class StatementSlide:
    """`points` are bullets; `prose` stands without them, where a section has no points."""

    head: Head
    points: tuple[Text, ...] = ()
    prose: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class ExhibitSlide:
    """`caption` is the statistical title with its label and unit; `exhibit` the exhibit's id. `note` says what the
    counts leave out: it stands beside the chart where both have room ("Exhibit with points"), else under it.
    `native`: the chart is one of PowerPoint's own, that can be edited, and `points` are what its letters mean."""

    head: Head
    exhibit: str
    chart: Chart
    caption: Text
    alt: Text
    note: Text = ()
    native: bool = False
    points: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class TimelineSlide:
    head: Head
    exhibit: str
    chart: Timeline
    caption: Text
    alt: Text


@dataclass(frozen=True, slots=True)
class FiguresSlide:
    head: Head
    caption: Text
    figures: tuple[KeyFigure, ...]


@dataclass(frozen=True, slots=True)
class QuoteSlide:
    head: Head
    words: Text
    speaker: str
    role: str
    mark: str
    note: Text


@dataclass(frozen=True, slots=True)
class TableSlide:
    head: Head
    caption: Text
    note: Text
    alt: Text
    columns: tuple[Column, ...]
    rows: tuple[tuple[Text, ...], ...]
    row_heads: bool


@dataclass(frozen=True, slots=True)
class ChangesSlide:
    """A table that the build itself writes: what changed, what is stale. It may go on without a finding."""

    head: Head
    caption: Text
    alt: Text
    columns: tuple[Column, ...]
    rows: tuple[tuple[Text, ...], ...]
    row_heads: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the list of sources; `source` is the id of its source."""

    text: Text
    source: str


@dataclass(frozen=True, slots=True)
class SourcesSlide:
    head: Head
    entries: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class CloseSlide:
    head: Head
    issuer: str
    contact: str


Slide = (
    TitleSlide
    | AgendaSlide
    | StatementSlide
    | ExhibitSlide
    | TimelineSlide
    | FiguresSlide
    | QuoteSlide
    | TableSlide
    | ChangesSlide
    | SourcesSlide
    | CloseSlide
)
