"""The deck's part of the ledger: takes what stands on slides, returns every number that they print, and where.

It reads the pages as they are written, after everything was fitted, shortened and continued.
"""

from collections.abc import Iterable, Iterator
from typing import get_args

from charts.said import alternative, said
from data.model import Briefing, Chart, Cite, Source, Span, Text
from data.trust.ledger import Mark, Printed, marks
from slides.kinds import ChangesSlide, ExhibitSlide, Note, Slide, TableSlide, TimelineSlide
from slides.memory import Memory, Same
from slides.native import said as native_said
from slides.pages import ChartFill, Fill, Page, PictureFill, TableFill, TextFill
from slides.texts import clean, words
from slides.visitor import alt

_WHERE = {
    "Title": "headline", "Points": "point", "Source": "note", "Words": "quote", "Entries": "list", "Section": "heading"
}  # fmt: skip
"""Names of placeholders that say less than the ledger's words; the others speak for themselves."""

Marked = tuple[str, Text, Mark]
"""A number: its kind of place, the text that it stands in, and itself."""

_marked: Memory[tuple[Marked, ...]] = Memory()


class Reader:
    """Reads the pages of one briefing's deck."""

    def __init__(self, briefing: Briefing) -> None:
        self.briefing = briefing
        _marked.under(briefing.language)
        exhibits = [exhibit for section in briefing.sections for exhibit in section.exhibits.values()]
        self.charts: dict[str, Chart] = {
            exhibit.caption.id: exhibit for exhibit in exhibits if isinstance(exhibit, get_args(Chart))
        }
        self.alts = {alt(exhibit.caption): exhibit.caption.alt for exhibit in exhibits}
        self.sources = {
            clean(text).strip(" ."): source
            for source in briefing.sources.values()
            for text in (source.note, source.title)
        }

    def printed(self, pages: Iterable[Page]) -> tuple[Printed, ...]:
        """The numbers of all pages, slide by slide, each slide's notes last."""
        found: list[Printed] = []
        for number, page in enumerate(pages, start=1):
            on_slide = (entry for fill in page.fills for entry in self._on_fill(fill))
            in_notes = _marked.kept(Same(page.notes), self._marks, (("speaker notes", _spoken(n)) for n in page.notes))
            for where, text, mark in (*on_slide, *in_notes):
                source = None if mark.numbers else self._source(text, mark)
                place, id = (source.place, source.id) if source else (page.place, "")
                found.append(Printed("deck", str(number), where, mark, place, id))
        return tuple(found)

    def _on_fill(self, fill: Fill) -> tuple[Marked, ...]:
        """The notes account for what the ledger then lists."""
        return _marked.kept(Same(fill), self._marks, self._texts(fill))

    def _marks(self, texts: Iterable[tuple[str, Text]]) -> tuple[Marked, ...]:
        return tuple((where, text, mark) for where, text in texts for mark in marks(text, self.briefing.language))

    def alternative(self, slide: Slide) -> Text:
        """The runs of the slide's alternative text, whose numbers its notes account for; () if it has none."""
        match slide:
            case ExhibitSlide() | TimelineSlide() | TableSlide() | ChangesSlide():
                return self._alt(slide.alt)
            case _:
                return ()

    def account(self, fills: Iterable[Fill]) -> tuple[Note, ...]:
        """The last line of a slide's notes: its values by their ids, or by file, line and column."""
        quantities = [one.quantity for fill in fills for *_, mark in self._on_fill(fill) for one in mark.numbers]
        names = [quantity.id if quantity.id in self.briefing.values else str(quantity.place) for quantity in quantities]
        listed = self.briefing.words.values_line.format(", ".join(dict.fromkeys(names)))
        return (Note(words(listed)),) if names else ()

    def _texts(self, fill: Fill) -> Iterator[tuple[str, Text]]:
        match fill:
            case TextFill():
                where = _WHERE.get(fill.frame.name) or fill.frame.name.partition(" ")[0].lower()
                yield from ((where, para.text) for para in fill.paras)
            case TableFill():
                yield from (("table", cell) for row in fill.rows for cell in row)
                yield "alt text", self._alt(fill.alt)
            case PictureFill():
                chart = self.charts[fill.exhibit]
                yield "chart", said(fill.drawing, chart)
                whole = self.alts.get(fill.alt)
                yield "alt text", whole or alternative(fill.drawing, chart, self.briefing.words)
            case ChartFill():
                yield "chart", native_said(fill.chart)
                yield "alt text", self._alt(fill.alt)

    def _alt(self, text: str) -> Text:
        """The runs that an alternative text was made of."""
        return self.alts.get(text) or words(text)

    def _source(self, text: Text, mark: Mark) -> Source | None:
        """The source in whose title or note a figure stands."""
        at = 0
        for run in text:
            end = at if isinstance(run, Cite) else at + len(run.text)
            if at <= mark.at < end and isinstance(run, Span):
                return self.sources.get(run.text.strip(" ."))
            at = end
        return None


def _spoken(note: Note) -> Text:
    return (Span(f"{note.label}\t"), *note.text) if note.label else note.text
