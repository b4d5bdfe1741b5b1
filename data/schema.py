"""What the files may say: one frozen Pydantic model a file. Takes plain objects, returns checked ones.

What may stand in a single field is in `data.fields`. The writers never see these; `data.load` resolves them into
`data.model`.
"""

import json
import sys
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    RootModel,
    StringConstraints,
    Tag,
    model_validator,
)
from pydantic_core import PydanticCustomError

from data.fields import CSV_NAME, Age, Colour, Day, Key, Line, Num, Share, Txt, When, Where
from data.model import Status


class FileModel(BaseModel):
    """What describes a whole file is assigned to `__doc__`: the report says it of what it carries, and `python -OO`
    leaves docstrings out."""

    model_config = ConfigDict(extra="forbid", frozen=True)


# --- briefing.yaml ----------------------------------------------------------------------------------------------


class ThemeEntry(FileModel):
    """What a house may set in its own way; everything else is the theme's."""

    accent: Colour = Field("", description="The colour of headings and rules, as '#0f4c5c'.")
    series: list[Colour] | None = Field(
        None, min_length=4, max_length=8, description="The colours of populations, in order."
    )
    justify: bool = Field(False, description="Set the report's prose justified instead of ragged right.")


Size = Literal["a4", "letter"]


class PageEntry(FileModel):
    """The report's paper, and whether it is printed on both of its sides."""

    size: Size = Field("a4", description="The report's paper.")
    sides: Literal["one", "two"] = Field("one", description="two: to be bound, left and right pages mirrored.")


def _page_kind(entry: object) -> str:
    return "page" if isinstance(entry, dict | PageEntry) else "size"


SlideKind = Literal[
    "title", "agenda", "statement", "exhibit", "exhibit with points", "figures", "quote", "timeline", "table",
    "changes", "sources", "close",
]  # fmt: skip


class BriefingFile(FileModel):
    __doc__ = "briefing.yaml: what the briefing is, as a whole."

    title: Line = Field(description="The cover's title.")
    subtitle: Line | None = Field(None, description="The line under the title.")
    edition: Day = Field(description="The day of this edition; the only 'today' that the documents know.")
    issuer: Line = Field(description="Who publishes the briefing.")
    contact: Line | None = Field(None, description="Where readers write to.")
    language: Txt = Field("en", description="The language of the texts as a BCP 47 tag, such as en or en-GB.")
    page: Annotated[Annotated[Size, Tag("size")] | Annotated[PageEntry, Tag("page")], Discriminator(_page_kind)] = (
        Field("a4", description="The report's paper: a4 or letter, or {size: a4, sides: two} to be bound.")
    )
    sections: list[Key] | None = Field(None, description="The order of the sections; by file name if left out.")
    highlights: list[Key] = Field(default_factory=list, description="Key figures of the first page: ids of values.")
    summary: Txt | None = Field(None, description="At a glance: a few sentences in Markdown.")
    about: Txt | None = Field(None, description="How to read the figures: a few paragraphs in Markdown.")
    allow: list[Txt] = Field(
        default_factory=list, description="Words with figures that state no quantity, such as 'Pump 14'."
    )
    stale_after: Age | None = Field(
        None, description="How old a latest number may be at the edition, such as '180 days'; older ones are marked."
    )
    charts: Literal["drawn", "native"] = Field(
        "drawn", description="The deck's charts: drawn as vector pictures, or native: PowerPoint's own, to be edited."
    )
    template: Txt | None = Field(None, description="A .pptx or .potx of this folder that the deck is made on.")
    layouts: dict[SlideKind, Txt] = Field(
        default_factory=dict, description="The layout of the template that a kind of slide stands on, by its name."
    )
    theme: ThemeEntry = Field(default_factory=lambda: ThemeEntry.model_validate({}))


# --- values.yaml ------------------------------------------------------------------------------------------------

BOUNDS = ("amount", "about", "at_least", "more_than", "at_most", "between")


class LiteralValue(FileModel):
    """A number typed here, once, with its provenance. Exactly one of amount, about, at_least, more_than, at_most,
    between says the number and its bound."""

    amount: Num | None = Field(None, description="The number as it was stated.")
    about: Num | None = Field(None, description="Stated as 'about' or 'around'.")
    at_least: Num | None = Field(None, description="Stated as 'at least'.")
    more_than: Num | None = Field(None, description="Stated as 'more than' or 'over'.")
    at_most: Num | None = Field(None, description="Stated as 'up to' or 'as much as'.")
    between: Annotated[list[Num], Field(min_length=2, max_length=2)] | None = Field(None, description="[low, high]")
    unit: Line = Field(description="A currency (USD, USD/year), a CLDR unit (kilometer) or the noun counted (people).")
    decimals: Annotated[int, Field(ge=0, le=9)] | None = Field(
        None, description="Decimals printed; as typed if left out."
    )
    by: Line = Field(description="Who says so.")
    as_of: When = Field(description="The date on which the statement held.")
    since: When | None = Field(None, description="The date since which is counted.")
    source: Txt = Field(description="An id of sources.yaml.")
    status: Status = Field(
        "reported", description="revised: replaced by its own authority; disputed: counted otherwise too."
    )
    stale_after: Age | None = Field(
        None, description="How old this number may be at the edition, such as '90 days'; never: it states the past."
    )
    label: Line | None = Field(None, description="What is counted, in a few words; for key figures.")
    note: Txt | None = None

    @model_validator(mode="after")
    def _one_bound(self) -> "LiteralValue":
        given = [name for name in BOUNDS if getattr(self, name) is not None]
        if len(given) != 1:
            raise PydanticCustomError(
                "one_bound",
                "exactly one of {names} must stand here, not {given}",
                {"names": ", ".join(BOUNDS), "given": " and ".join(given) or "none"},
            )
        if self.between and self.between[0] >= self.between[1]:
            raise PydanticCustomError("one_bound", "the range's first number must be the lower one", {})
        return self


class BoundValue(FileModel):
    """A number read from a cell of a series; its provenance is the row's."""

    from_: Txt = Field(alias="from", description="A CSV file of series.yaml.")
    where: Where = Field(default_factory=dict, description="Which row: column -> text, or a list of texts.")
    column: Txt = Field(description="A measure of the series.")
    pick: Literal["only", "first", "last"] = Field("only", description="Which of several rows, by their dates.")
    stale_after: Age | None = Field(
        None, description="How old this number may be at the edition, such as '90 days'; never: it states the past."
    )
    label: Line | None = Field(None, description="What is counted, in a few words; for key figures.")
    note: Txt | None = None


class ConvertedValue(FileModel):
    """A number derived from another by conversion of its unit, never typed."""

    convert: Key = Field(description="The value that is converted.")
    to: Txt = Field(description="The unit to convert to.")
    decimals: Annotated[int, Field(ge=0, le=9)] | None = None
    label: Line | None = Field(None, description="What is counted, in a few words; for key figures.")
    note: Txt | None = None


def _value_kind(entry: object) -> str:
    keys = entry if isinstance(entry, dict) else {}
    return "from" if "from" in keys else "convert" if "convert" in keys else "literal"


ValueEntry = Annotated[
    Annotated[LiteralValue, Tag("literal")]
    | Annotated[BoundValue, Tag("from")]
    | Annotated[ConvertedValue, Tag("convert")],
    Discriminator(_value_kind),
]


class ValuesFile(RootModel[dict[Key, ValueEntry]]):
    __doc__ = "values.yaml: every single number that the texts use, by name."


# --- sources.yaml -----------------------------------------------------------------------------------------------


class SourceEntry(FileModel):
    """Where a statement was seen."""

    title: Line
    publisher: Line
    date: When | None = Field(None, description="The day of publication.")
    url: Annotated[str, StringConstraints(pattern=r"^(https?://|mailto:|doi:)\S+$")] | None = None
    note: Txt | None = None


class SourcesFile(RootModel[dict[Txt, SourceEntry]]):
    __doc__ = "sources.yaml: every source, by id."


# --- series.yaml ------------------------------------------------------------------------------------------------


class MeasureEntry(FileModel):
    """A quantity of a series: one column, or two for the ends of a range."""

    unit: Line | None = Field(None, description="The unit of every row.")
    unit_column: Txt | None = Field(None, description="The column that holds each row's unit.")
    low: Txt | None = Field(None, description="The column of the lower end; filled alone, it reads 'at least'.")
    high: Txt | None = Field(None, description="The column of the upper end; filled alone, it reads 'up to'.")
    bound: Txt | None = Field(None, description="The column that holds: about, at least, more than, up to, or nothing.")
    decimals: Annotated[int, Field(ge=0, le=9)] | None = Field(
        None, description="Decimals printed; as typed in each cell if left out."
    )

    @model_validator(mode="after")
    def _whole(self) -> "MeasureEntry":
        if (self.unit is None) == (self.unit_column is None):
            raise PydanticCustomError("measure", "exactly one of unit and unit_column must stand here", {})
        if (self.low is None) != (self.high is None):
            raise PydanticCustomError("measure", "low and high stand together or not at all", {})
        return self


class SeriesEntry(FileModel):
    """What the columns of one CSV file are. `by`, `as_of` and `source` name the columns of its provenance."""

    title: Line
    measures: dict[Txt, MeasureEntry] = Field(default_factory=dict)
    by: Txt
    as_of: Txt
    source: Txt
    since: Txt | None = None
    status: Txt | None = None
    note: Txt | None = None
    population: Txt | None = Field(None, description="The column whose values each keep one colour everywhere.")
    stale_after: Age | None = Field(
        None, description="How old its latest number may be at the edition, where a value picks the last row."
    )


class SeriesFile(RootModel[dict[Annotated[str, StringConstraints(pattern=CSV_NAME)], SeriesEntry]]):
    __doc__ = "series.yaml: the CSV files of the folder, and what their columns are."


# --- sections/NN-name.yaml --------------------------------------------------------------------------------------


class ExhibitBase(FileModel):
    title: Line = Field(description="The statistical title: measure, place, period.")
    takeaway: Line | None = Field(None, description="One sentence that says what it shows.")
    note: Txt | None = Field(None, description="A caveat: definitions, what is left out.")
    alt: Txt | None = Field(
        None, description="First sentence of the text alternative; the rest is written from the data."
    )


class DataExhibit(ExhibitBase):
    data: Txt = Field(description="A CSV file of series.yaml.")
    where: Where = Field(default_factory=dict)
    native: bool | None = Field(
        None, repr=False, description="true: one of PowerPoint's own charts in the deck, whatever briefing.yaml says."
    )


class AnnotationEntry(FileModel):
    """A turning point: a row of the data (`where`), or a date (`on`)."""

    where: Where | None = None
    on: When | None = None
    text: Txt

    @model_validator(mode="after")
    def _one(self) -> "AnnotationEntry":
        if (self.where is None) == (self.on is None):
            raise PydanticCustomError("annotation", "exactly one of where and on must stand here", {})
        return self


class LineEntry(DataExhibit):
    chart: Literal["line"]
    y: Txt = Field(description="The measure; the dates are the series' as_of.")
    lines: Txt | None = Field(None, description="The column that splits the rows into lines.")
    annotate: list[AnnotationEntry] = Field(default_factory=list)


class RowsEntry(DataExhibit):
    value: Txt = Field(description="The measure.")
    label: list[Txt] = Field(min_length=1, description="The columns of a row's label.")
    detail: list[Txt] | None = Field(
        None, description="The columns of the small second line; who and when if left out."
    )
    group: Txt | None = Field(None, description="The column of the headings; rows of two groups are never joined.")
    sort: Literal["file", "value", "date"] = "file"
    total: Annotated[Where, Field(min_length=1)] | None = Field(
        None, description="Which row is the sum of the others: column -> text. Printed parts add up to it."
    )


class DotsEntry(RowsEntry):
    chart: Literal["dots"]


class BarsEntry(RowsEntry):
    chart: Literal["bars"]


class TimelineEntry(DataExhibit):
    chart: Literal["timeline"]
    short: Txt = Field(description="The column of the short labels.")
    text: Txt | None = Field(
        None, description="The column of the sentences that text alternatives and speaker notes say; else the labels."
    )
    lane: Txt | None = Field(None, description="The column that tells kinds of event apart.")


class ColumnEntry(FileModel):
    column: Txt
    title: Line
    width: Share = 1


class DataTableEntry(ExhibitBase):
    table: Txt = Field(description="A CSV file of series.yaml.")
    where: Where = Field(default_factory=dict)
    columns: list[ColumnEntry] = Field(min_length=1)
    total: Annotated[Where, Field(min_length=1)] | None = Field(
        None, description="Which row is the sum of the others: column -> text. Printed parts add up to it."
    )


class TextTableEntry(ExhibitBase):
    table: list[list[Txt]] = Field(min_length=2, description="Rows of texts; the first is the head.")
    widths: list[Share] | None = Field(None, description="Relative widths of the columns.")


class FiguresEntry(ExhibitBase):
    figures: list[Key] = Field(min_length=1, max_length=6, description="Ids of values, each with a label.")
    total: Key | None = Field(None, description="Which of them is the sum of the others. Printed parts add up to it.")


class QuoteEntry(FileModel):
    quote: Txt
    speaker: Line
    role: Line | None = None
    date: When | None = Field(None, description="When it was said; without a date the mark must be unverified.")
    source: Txt
    mark: Literal["complete", "incomplete", "unverified"] = Field(
        "complete", description="Printed with the quotation, unless it is complete."
    )
    note: Txt | None = None


def _exhibit_kind(entry: object) -> str:
    keys: dict[str, Any] = entry if isinstance(entry, dict) else {}
    if "chart" in keys:
        return str(keys["chart"])
    if "table" in keys:
        return "text-table" if isinstance(keys["table"], list) else "data-table"
    return next((kind for kind in ("figures", "quote") if kind in keys), "none")


ExhibitEntry = Annotated[
    Annotated[LineEntry, Tag("line")]
    | Annotated[DotsEntry, Tag("dots")]
    | Annotated[BarsEntry, Tag("bars")]
    | Annotated[TimelineEntry, Tag("timeline")]
    | Annotated[DataTableEntry, Tag("data-table")]
    | Annotated[TextTableEntry, Tag("text-table")]
    | Annotated[FiguresEntry, Tag("figures")]
    | Annotated[QuoteEntry, Tag("quote")],
    Discriminator(_exhibit_kind),
]


class SectionFile(FileModel):
    __doc__ = "sections/NN-name.yaml: one section; `name` is what the rest of the briefing calls it."

    title: Line
    headline: Line = Field(description="The finding, as one sentence: standfirst of the report, title of the slide.")
    points: list[Txt] = Field(default_factory=list, description="Two to five short lines: the slide's bullets.")
    body: Txt = Field(description="Markdown: the report's prose and the slides' speaker notes.")
    exhibits: dict[Key, ExhibitEntry] = Field(default_factory=dict)


FILES: dict[str, type[BaseModel]] = {
    "briefing": BriefingFile,
    "values": ValuesFile,
    "sources": SourcesFile,
    "series": SeriesFile,
    "section": SectionFile,
}


def json_schemas() -> dict[str, dict[str, Any]]:
    """JSON Schema (2020-12) of each kind of file, by its name in `.schema/`; editors complete and check with them."""
    return {name: model.model_json_schema(by_alias=True) for name, model in FILES.items()}


SCHEMA_FOLDER = ".schema"


def write_schemas(folder: Path) -> None:
    """Write the JSON Schemas into `folder`/.schema, where the first line of each YAML file names them."""
    target = folder / SCHEMA_FOLDER
    target.mkdir(exist_ok=True)
    for name, schema in json_schemas().items():
        (target / f"{name}.json").write_text(json.dumps(schema, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    for name in sys.argv[1:]:
        write_schemas(Path(name))
