"""Pages: slides with everything placed and sized, as data. Takes nothing; `fit` makes them, `write` draws them."""

from dataclasses import dataclass

from charts.drawing import Drawing
from data.model import Place, Text
from slides.frames import Frame
from slides.grid import Box
from slides.kinds import Note
from slides.native import Native


@dataclass(frozen=True, slots=True)
class Para:
    """One paragraph on a slide; `level` counts from 0. `number` is its place in a numbered list, `slide` the id of the
    slide that it leads to, `source` that of the source that it lists; `wraps` says that it takes more than one line."""

    text: Text
    level: int = 0
    number: int | None = None
    slide: str = ""
    source: str = ""
    wraps: bool = False


@dataclass(frozen=True, slots=True)
class TextFill:
    """Text for a placeholder; `sizes` are those of its levels in points, `moved` says that it left its layout's box."""

    frame: Frame
    paras: tuple[Para, ...]
    sizes: tuple[float, ...]
    moved: bool = False


@dataclass(frozen=True, slots=True)
class PictureFill:
    """A chart for a picture placeholder, in the box that it was drawn for; `exhibit` is the id of what it shows."""

    frame: Frame
    box: Box
    drawing: Drawing
    alt: Text
    exhibit: str


@dataclass(frozen=True, slots=True)
class ChartFill:
    """An editable chart that fills its placeholder; `exhibit` is the id of what it shows."""

    frame: Frame
    chart: Native
    alt: Text
    exhibit: str


@dataclass(frozen=True, slots=True)
class TableFill:
    """A table for a table placeholder. `rows` begins with the head; widths and heights are points."""

    frame: Frame
    rows: tuple[tuple[Text, ...], ...]
    numeric: tuple[bool, ...]
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    size: float
    row_heads: bool
    alt: Text


Fill = TextFill | PictureFill | ChartFill | TableFill


@dataclass(frozen=True, slots=True)
class Page:
    """One slide as it will be. `id` is the planned slide's, with "#2" for its second part if it has several; `number`
    is the placeholder of the slide's number, `rules` are decoration; `notes_size` is the type size of the notes."""

    id: str
    layout: str
    title: str
    section: str
    place: Place
    fills: tuple[Fill, ...]
    rules: tuple[Box, ...]
    number: Frame
    notes: tuple[Note, ...]
    notes_size: float
