"""The model: what a briefing says once it is loaded. Takes nothing; every writer reads this.

Everything is frozen and already resolved: values are bound, numbers are formatted, exhibits are numbered, references
point at something that exists. Text is a tuple of runs, so that a writer never loses what a number is, who says so and
which line of which file it came from. None has slots: much of this goes to other processes, and Python pickles frozen
dataclasses with slots field by field, at half the speed.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache
from typing import Literal

from data.theme import Theme
from data.words import Words


@dataclass(frozen=True, order=True)
class Place:
    """Where something was written: a file of the briefing's folder, its line (1-based) and column.

    In YAML `column` is the 1-based character; in CSV it is the column's name.
    """

    file: str
    line: int = 0
    column: int | str = 0

    def __str__(self) -> str:
        parts = [self.file, *(str(part) for part in (self.line, self.column) if part)]
        return ":".join(parts)


@dataclass(frozen=True)
class PartialDate:
    """A date as precise as its source gives it: a year, a month or a day (ISO 8601 reduced precision)."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        rest = "".join(f"-{part:02d}" for part in (self.month, self.day) if part is not None)
        return f"{self.year:04d}{rest}"

    @property
    def first(self) -> date:
        """The earliest day that this date may mean; what a list is sorted by."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def middle(self) -> date:
        """The day in the middle of all that this date may mean; where a time axis sets it, and what tells which of a
        series is the last."""
        return self.first + ((self.last - self.first + timedelta(days=1)) // 2)

    @property
    def last(self) -> date:
        """The latest day that this date may mean; what an age is counted from."""
        if self.day is not None:
            return self.first
        month = self.month or 12
        return date(self.year, month, monthrange(self.year, month)[1])

    @property
    def begins(self) -> tuple[date, timedelta]:
        """For an order: by the first day; of two that begin alike, the longer goes first, 2026 before January 2026."""
        return self.first, self.first - self.last

    @property
    def ends(self) -> tuple[date, timedelta]:
        """For an order: by the last day; of two that end alike, the longer goes last."""
        return self.last, self.last - self.first


Bound = Literal["exact", "about", "at_least", "more_than", "at_most", "between"]
Status = Literal["reported", "revised", "disputed"]


@lru_cache(maxsize=1 << 13)
def rounded(number: Decimal, decimals: int, way: str = ROUND_HALF_UP) -> Decimal:
    """`number` to so many places, never a negative nought. What a conversion leaves beyond six more does not count."""
    with localcontext() as context:
        context.prec = 60
        near = number.quantize(Decimal(1).scaleb(-decimals - 6), ROUND_HALF_UP)
        return near.quantize(Decimal(1).scaleb(-decimals), way) + 0


@dataclass(frozen=True)
class Quantity:
    """A trustworthy number: magnitude and bound, unit, who says so, as of when, since when, and the line it stands on.

    `low` and `high` are equal for `exact` and `about`; `at_least` and `more_than` have no `high`, `at_most` no `low`.
    `unit` is an ISO 4217 currency ("USD", "USD/year"), a CLDR unit ("kilometer", "percent") or a counted noun
    ("people"). `status` is `revised` for a count that its own authority has since replaced, `disputed` where another
    authority's count of the same population stands beside it. `base` is the id of the value that this one is
    converted from. `stale`: older at the edition than its limit (`data.trust.age`). `shown` is printed in place of the
    number's own rounding where it is a part that adds up to its total (`data.trust.rounding`); `low` and `high` stay
    exact.
    """

    id: str
    place: Place
    bound: Bound
    low: Decimal | None
    high: Decimal | None
    unit: str
    decimals: int
    by: str
    as_of: PartialDate | None
    since: PartialDate | None
    source: str
    status: Status = "reported"
    note: str = ""
    base: str = ""
    stale: bool = False
    shown: Decimal | None = None

    @property
    def magnitude(self) -> Decimal:
        """The one number to sort and scale by: the value itself, a limit, or the upper end of a range."""
        return self.high if self.high is not None else self.low if self.low is not None else Decimal(0)

    @property
    def printed(self) -> tuple[Decimal, ...]:
        """The one number, or the two ends of a range, as they are printed: rounded half up, as a spreadsheet does, but
        limits outwards, so that what "at least" and "up to" say of them stays true."""
        if self.shown is not None:
            return (self.shown,)
        inexact = self.bound in ("exact", "about")
        ends = ((self.low, ROUND_HALF_UP),) if inexact else ((self.low, ROUND_FLOOR), (self.high, ROUND_CEILING))
        return tuple(rounded(end, self.decimals, way) for end, way in ends if end is not None)


@dataclass(frozen=True)
class Style:
    """How a run stands out of its line. `link` is an http(s), mailto or doi address; `lang` a BCP 47 tag ("" = the
    briefing's own)."""

    bold: bool = False
    italic: bool = False
    link: str = ""
    lang: str = ""


PLAIN = Style()


@dataclass(frozen=True)
class Span:
    """Words."""

    text: str
    style: Style = PLAIN


@dataclass(frozen=True)
class Number:
    """A printed number (or a word of its provenance): `text` is exactly what the reader sees.

    `part` says what of the quantity is printed: "value", "plain" (no bound words, no unit), "as_of", "since", "by".
    """

    text: str
    quantity: Quantity
    part: str = "value"
    style: Style = PLAIN


@dataclass(frozen=True)
class Cite:
    """One citation mark standing for one or more sources, in the author's order."""

    sources: tuple[str, ...]


@dataclass(frozen=True)
class Mention:
    """A reference to an exhibit inside a sentence; `text` is its label, such as "Figure 2"."""

    exhibit: str
    text: str


Run = Span | Number | Cite | Mention
Text = tuple[Run, ...]


def plain(text: Text) -> str:
    """What `text` says without marks and styles; citations leave nothing behind."""
    return "".join(run.text for run in text if not isinstance(run, Cite))


def numbers(text: Text) -> Iterator[Number]:
    return (run for run in text if isinstance(run, Number))


def cited(text: Text) -> Iterator[str]:
    return (source for run in text if isinstance(run, Cite) for source in run.sources)


def sources_of(*texts: Text) -> Iterator[str]:
    """The ids of the sources on which the numbers of `texts` rest, and of those that they cite."""
    for text in texts:
        yield from (number.quantity.source for number in numbers(text))
        yield from cited(text)


# --- blocks: the body of a section -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Paragraph:
    text: Text
    place: Place


@dataclass(frozen=True)
class Heading:
    """A heading inside a section. The section's title is level 1 (H1 of its Sect), so `level` is 2 or 3."""

    level: int
    text: Text
    place: Place


@dataclass(frozen=True)
class ListBlock:
    """A list; each item is a sequence of blocks (its first is nearly always a Paragraph)."""

    ordered: bool
    items: tuple[tuple["Block", ...], ...]
    place: Place
    start: int = 1


@dataclass(frozen=True)
class BlockQuote:
    blocks: tuple["Block", ...]
    place: Place


@dataclass(frozen=True)
class Placement:
    """The exhibit stands here."""

    exhibit: str
    place: Place


Block = Paragraph | Heading | ListBlock | BlockQuote | Placement


def block_texts(blocks: Iterable[Block]) -> Iterator[Text]:
    """Every text of `blocks`, in reading order."""
    for block in blocks:
        if isinstance(block, Paragraph | Heading):
            yield block.text
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from block_texts(item)
        elif isinstance(block, BlockQuote):
            yield from block_texts(block.blocks)


# --- exhibits ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Caption:
    """What every exhibit carries besides its content; text of the document, never of a picture.

    `label` is "Figure 2", "Table 1" or "" (quotations are not numbered). `title` is the statistical title: measure,
    place, period. `unit_line` names the unit once. `credit` is the source and as-of line, always made by
    one function. `takeaway` is the one sentence that a slide sets under or beside the exhibit. `alt` is written from
    the data, after the author's `opening` sentence. `sources` are ids, in order of use. `written` is the exhibit's
    entry as its author wrote it, in one line. `series` is the file whose rows it shows, "" for one that is written out.
    `absent` says where its rows give no number, which is never zero.
    """

    id: str
    place: Place
    label: str
    title: Text
    unit_line: Text
    takeaway: Text
    note: Text
    credit: Text
    alt: Text
    sources: tuple[str, ...]
    written: str = field(default="", repr=False)
    series: str = ""
    absent: str = ""
    opening: Text = ()


def exhibit_key(id: str) -> str:
    """The name of the place in the report at which an exhibit stands: links within it and the deck's lead there."""
    return f"exhibit-{id}"


@dataclass(frozen=True)
class Point:
    """One dated count of a line: `when` on the axis, `value` with its provenance; not `joined` to the point before it
    where a row between them gives no number. `aside`: the line runs through another number of its date."""

    when: PartialDate
    value: Number
    joined: bool = True
    aside: bool = False


@dataclass(frozen=True)
class Line:
    """One population's line, its points by date. `colour` indexes the theme's series palette: the same for a population
    everywhere."""

    name: str
    colour: int
    points: tuple[Point, ...]

    @property
    def course(self) -> tuple[Point, ...]:
        """The points that it runs through: one at least, where it has any."""
        return tuple(point for point in self.points if not point.aside)


@dataclass(frozen=True)
class Annotation:
    """A turning point on a line chart: a text at a date, and the count on that date if it marks one."""

    when: PartialDate
    text: Text
    value: Number | None = None

    @property
    def unsaid_value(self) -> Number | None:
        """The count, unless the text names it."""
        told = [number.quantity for number in numbers(self.text)]
        return self.value if self.value and self.value.quantity not in told else None

    @property
    def unsaid_date(self) -> PartialDate | None:
        """The date, unless the text names its year."""
        return None if str(self.when.year) in plain(self.text) else self.when


@dataclass(frozen=True)
class LineChart:
    """Lines, and their turning points by date."""

    caption: Caption
    lines: tuple[Line, ...]
    annotations: tuple[Annotation, ...]


@dataclass(frozen=True)
class Row:
    """One row of a dot or bar chart: its label, a second line in small type (who says so, as of when), its number."""

    label: str
    detail: str
    value: Number
    colour: int


@dataclass(frozen=True)
class Group:
    """Rows that may be compared with each other, under one heading: one basis of money, or one population."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class DotChart:
    """Dots, ranges and open-ended bounds on one zero-based axis; groups share the axis but are never joined."""

    caption: Caption
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class BarChart:
    """Horizontal bars from zero, in the order given; `revised` and `disputed` bars differ in mark and in colour."""

    caption: Caption
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class Event:
    """One dated event. `short` is a label of a few words for the chart, `text` the sentence of the text alternative."""

    when: PartialDate
    when_text: str
    short: Text
    text: Text
    lane: str
    colour: int
    by: str
    source: str
    place: Place


@dataclass(frozen=True)
class Timeline:
    """Events by date."""

    caption: Caption
    events: tuple[Event, ...]


@dataclass(frozen=True)
class KeyFigure:
    """A big number with the words that make it honest: what it counts, and who says so as of when."""

    value: Number
    label: Text
    context: Text


@dataclass(frozen=True)
class Figures:
    """One to six key figures side by side."""

    caption: Caption
    figures: tuple[KeyFigure, ...]


@dataclass(frozen=True)
class Column:
    """A column of a table. `weight` is what its author gives it of the width, beside the others'."""

    head: Text
    numeric: bool
    weight: float


@dataclass(frozen=True)
class Table:
    """`rows` are as long as `columns`. `row_heads`: the first column heads its row (TH with Scope=Row, firstCol)."""

    caption: Caption
    columns: tuple[Column, ...]
    rows: tuple[tuple[Text, ...], ...]
    row_heads: bool = True


@dataclass(frozen=True)
class Quote:
    """Quoted words with speaker, date and source. `mark` is what must be printed with an incomplete or unverified
    quotation ("" for a complete one)."""

    caption: Caption
    words: Text
    speaker: str
    role: str
    when: PartialDate | None
    when_text: str
    mark: str

    @property
    def role_and_date(self) -> str:
        """The date in brackets: a role may end with one of its own."""
        return f"{self.role} ({self.when_text})" if self.role and self.when_text else self.role or self.when_text


Chart = LineChart | DotChart | BarChart | Timeline
Exhibit = Chart | Figures | Table | Quote


@dataclass(frozen=True)
class Notice:
    """A part that the build itself writes, the same in both documents: what is stale, what changed.

    `csv` is the same as a file of its own, b"" where there is none; `lines` are what a terminal shows of it.
    """

    title: str
    blocks: tuple[Paragraph, ...]
    tables: tuple[Table, ...]
    csv: bytes = field(default=b"", repr=False)
    lines: tuple[str, ...] = ()


def exhibit_texts(exhibit: Exhibit) -> Iterator[Text]:
    """Every text of `exhibit`, in its caption or in itself; the marks of a chart are none."""
    caption = exhibit.caption
    yield from (caption.title, caption.takeaway, caption.note, caption.credit, caption.alt)
    match exhibit:
        case LineChart():
            yield from (mark.text for mark in exhibit.annotations)
        case Timeline():
            yield from (text for event in exhibit.events for text in (event.short, event.text))
        case Figures():
            yield from figure_texts(exhibit.figures)
        case Table():
            yield from (column.head for column in exhibit.columns)
            yield from (cell for row in exhibit.rows for cell in row)
        case Quote():
            yield exhibit.words
        case DotChart() | BarChart():
            pass


def figure_texts(figures: Iterable[KeyFigure]) -> Iterator[Text]:
    """Every text of key figures, their numbers among them."""
    for figure in figures:
        yield from ((figure.value,), figure.label, figure.context)


def exhibit_numbers(exhibit: Exhibit) -> Iterator[Number]:
    """Every number that `exhibit` draws or prints, in its caption or in itself."""
    match exhibit:
        case LineChart():
            yield from (point.value for line in exhibit.lines for point in line.points)
            yield from (mark.value for mark in exhibit.annotations if mark.value)
        case DotChart() | BarChart():
            yield from (row.value for group in exhibit.groups for row in group.rows)
        case Timeline() | Figures() | Table() | Quote():
            pass
    yield from (number for text in exhibit_texts(exhibit) for number in numbers(text))


# --- the whole ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Source:
    """Where a statement was seen (CSL-like names). `date` is the publication's, "" parts print nothing."""

    id: str
    place: Place
    title: str
    publisher: str
    date: PartialDate | None
    date_text: str
    url: str
    note: str


@dataclass(frozen=True)
class Section:
    """`number` counts from 1. `headline` states the finding; `points` are the deck's bullets."""

    id: str
    number: int
    title: str
    headline: Text
    points: tuple[Text, ...]
    body: tuple[Block, ...]
    exhibits: Mapping[str, Exhibit]
    place: Place


@dataclass(frozen=True)
class Record:
    """One row of a series: its quantities by measure, and its cells that tell something else, by column.

    `id` is the row's own in every edition: what its `id` column holds, else its date, population and authority, and
    words where rows share these.
    """

    id: str
    place: Place
    population: str
    quantities: Mapping[str, Quantity]
    texts: Mapping[str, str]


@dataclass(frozen=True)
class DataFile:
    """A file of the folder that both documents carry with them: name, what it is, its bytes."""

    name: str
    description: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class DeckTemplate:
    """A template of the deck that others made: its file, and the place where it is named."""

    place: Place
    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Briefing:
    """`edition` is the only today. `language` is a BCP 47 tag; `page` is "a4" or "letter", `sides` "one" or "two".

    `labels` say what values count, for those that have one. `native` are the exhibits that shall be editable charts in
    the deck; `template` is the deck's, if the author has one, and `layouts` name its layout for a kind of slide.
    `series` holds every row by file. `aged` lists what is stale, `changes` what changed since an earlier edition, if
    one was named.
    """

    title: str
    subtitle: str
    edition: date
    edition_text: str
    issuer: str
    contact: str
    language: str
    page: str
    summary: tuple[Block, ...]
    about: tuple[Block, ...]
    highlights: tuple[KeyFigure, ...]
    sections: tuple[Section, ...]
    sources: Mapping[str, Source]
    values: Mapping[str, Quantity]
    files: tuple[DataFile, ...]
    theme: Theme
    words: Words
    labels: Mapping[str, Text] = field(default_factory=dict)
    native: frozenset[str] = frozenset()
    template: DeckTemplate | None = None
    layouts: Mapping[str, str] = field(default_factory=dict)
    series: Mapping[str, tuple[Record, ...]] = field(default_factory=dict)
    aged: Notice | None = None
    changes: Notice | None = None
    sides: str = "one"

    @property
    def exhibits(self) -> Iterator[Exhibit]:
        """Those of all sections, in their order."""
        return (exhibit for section in self.sections for exhibit in section.exhibits.values())
