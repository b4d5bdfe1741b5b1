"""The deck's part of the ledger: takes what stands on slides, returns every number that they print, and where.

It reads the pages as they are written, after everything was fitted, shortened and continued.
"""

from collections.abc import Iterable, Iterator
from typing import get_args

from charts.said import said
from data.model import Briefing, Chart, Span, Text
from data.trust.ledger import Mark, Printed, marks
from slides.kinds import Note
from slides.memory import Memory, Same
from slides.native import said as native_said
from slides.pages import ChartFill, Fill, Page, PictureFill, TableFill, TextFill
from slides.texts import words

_WHERE = {
    "Title": "headline", "Points": "point", "Source": "note", "Words": "quote", "Entries": "list", "Section": "heading"
}  # fmt: skip
"""Names of placeholders that say less than the ledger's words; the others speak for themselves."""

Marked = tuple[str, str, Mark]
"""A number: its kind of place, the id of the source that its text lists, and itself."""

_marked: Memory[tuple[Marked, ...]] = Memory()


class Reader:
    """Reads the pages of one briefing's deck."""

    def __init__(self, briefing: Briefing) -> None:
        self.briefing = briefing
        _marked.under(briefing.language)
        charts = (exhibit for exhibit in briefing.exhibits if isinstance(exhibit, get_args(Chart)))
        self.charts: dict[str, Chart] = {chart.caption.id: chart for chart in charts}

    def printed(self, pages: Iterable[Page]) -> tuple[Printed, ...]:
        """The numbers of all pages, slide by slide, each slide's notes last."""
        found: list[Printed] = []
        for number, page in enumerate(pages, start=1):
            on_slide = (entry for fill in page.fills for entry in self._on_fill(fill))
            in_notes = _marked.kept(
                Same(page.notes), self._marks, (("speaker notes", _spoken(note), note.source) for note in page.notes)
            )
            for where, source, mark in (*on_slide, *in_notes):
                place = self.briefing.sources[source].place if source else page.place
                found.append(Printed("deck", str(number), where, mark, place, source))
        return tuple(found)

    def _on_fill(self, fill: Fill) -> tuple[Marked, ...]:
        """The notes account for what the ledger then lists."""
        return _marked.kept(Same(fill), self._marks, self._texts(fill))

    def _marks(self, texts: Iterable[tuple[str, Text, str]]) -> tuple[Marked, ...]:
        return tuple(
            (where, source, mark) for where, text, source in texts for mark in marks(text, self.briefing.language)
        )

    def account(self, fills: Iterable[Fill]) -> tuple[Note, ...]:
        """The last line of a slide's notes: its values by their ids, or by file, line and column."""
        quantities = [one.quantity for fill in fills for *_, mark in self._on_fill(fill) for one in mark.numbers]
        names = [quantity.id if quantity.id in self.briefing.values else str(quantity.place) for quantity in quantities]
        listed = self.briefing.words.values_line.format(", ".join(dict.fromkeys(names)))
        return (Note(words(listed)),) if names else ()

    def _texts(self, fill: Fill) -> Iterator[tuple[str, Text, str]]:
        match fill:
            case TextFill():
                where = _WHERE.get(fill.frame.name) or fill.frame.name.partition(" ")[0].lower()
                yield from ((where, para.text, para.source) for para in fill.paras)
            case TableFill():
                yield from (("table", cell, "") for row in fill.rows for cell in row)
                yield "alt text", fill.alt, ""
            case PictureFill():
                yield "chart", said(fill.drawing, self.charts[fill.exhibit]), ""
                yield "alt text", fill.alt, ""
            case ChartFill():
                yield "chart", native_said(fill.chart), ""
                yield "alt text", fill.alt, ""


def _spoken(note: Note) -> Text:
    return (Span(f"{note.label}\t"), *note.text) if note.label else note.text
