"""The slides' visitor: takes a block, returns paragraphs of speaker notes; takes an exhibit, returns its slide.

One method a kind, named as in the report's visitor, so that a new kind shows at once what is missing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from data.format import Formatter
from data.model import (
    BarChart,
    Block,
    BlockQuote,
    Briefing,
    Caption,
    Cite,
    Column,
    DotChart,
    Exhibit,
    Figures,
    Heading,
    LineChart,
    ListBlock,
    Mention,
    Paragraph,
    Placement,
    Quote,
    Run,
    Section,
    Span,
    Style,
    Table,
    Text,
    Timeline,
    block_texts,
    plain,
)
from slides import citing, labels
from slides.kinds import (
    ExhibitSlide,
    FiguresSlide,
    Head,
    Note,
    QuoteSlide,
    Slide,
    TableSlide,
    TimelineSlide,
)
from slides.native import lettered, refusal
from slides.texts import clean, first, headline, visible, words


@dataclass(frozen=True, slots=True)
class Visitor:
    """Visits one section (or, with `section` None, what stands before and after the sections); `reported` says that the
    report lies beside the deck."""

    briefing: Briefing
    numbers: Mapping[str, int]
    reported: bool
    section: Section | None = None

    def block(self, block: Block) -> tuple[Note, ...]:
        match block:
            case Paragraph():
                return self.paragraph(block)
            case Heading():
                return self.heading(block)
            case ListBlock():
                return self.list_block(block)
            case BlockQuote():
                return self.block_quote(block)
            case Placement():
                return self.placement(block)

    def exhibit(self, exhibit: Exhibit) -> Slide:
        match exhibit:
            case LineChart():
                return self.line_chart(exhibit)
            case DotChart():
                return self.dot_chart(exhibit)
            case BarChart():
                return self.bar_chart(exhibit)
            case Timeline():
                return self.timeline(exhibit)
            case Figures():
                return self.figures(exhibit)
            case Table():
                return self.table(exhibit)
            case Quote():
                return self.quote(exhibit)

    # --- blocks, into the notes ------------------------------------------------------------------------------------

    def paragraph(self, block: Paragraph) -> tuple[Note, ...]:
        return (Note(self.spoken(block.text), prose=True),)

    def heading(self, block: Heading) -> tuple[Note, ...]:
        return (Note(self.spoken(block.text), bold=True),)

    def list_block(self, block: ListBlock) -> tuple[Note, ...]:
        made: list[Note] = []
        for number, item in enumerate(block.items, start=block.start):
            label = f"{number}." if block.ordered else "•"
            inside = [note for inner in item for note in self.block(inner)]
            made += [replace(inside[0], label=label), *inside[1:]] if inside else []
        return tuple(made)

    def block_quote(self, block: BlockQuote) -> tuple[Note, ...]:
        return tuple(note for inner in block.blocks for note in self.block(inner))

    def placement(self, block: Placement) -> tuple[Note, ...]:
        """The exhibit has a slide of its own; the notes say where the prose would show it."""
        exhibit = self.section.exhibits.get(block.exhibit) if self.section else None
        named = _named(exhibit.caption) if exhibit else ()
        return (Note(named, bold=True),) if named else ()

    # --- exhibits, into slides -------------------------------------------------------------------------------------

    def line_chart(self, exhibit: LineChart) -> Slide:
        return self._chart(exhibit)

    def dot_chart(self, exhibit: DotChart) -> Slide:
        return self._chart(exhibit)

    def bar_chart(self, exhibit: BarChart) -> Slide:
        return self._chart(exhibit)

    def timeline(self, exhibit: Timeline) -> Slide:
        caption = exhibit.caption
        return TimelineSlide(self._noted(exhibit), caption.id, exhibit, _statistical(caption), alt(caption))

    def figures(self, exhibit: Figures) -> Slide:
        return FiguresSlide(self._noted(exhibit), _statistical(exhibit.caption), exhibit.figures)

    def table(self, exhibit: Table) -> Slide:
        caption = exhibit.caption
        head, note = self._head(exhibit), visible(caption.note)
        return TableSlide(head, _statistical(caption), note, alt(caption), *tabular(exhibit))

    def quote(self, exhibit: Quote) -> Slide:
        marks = self.briefing.words.quotes
        said = (Span(marks[0]), *visible(exhibit.words), Span(marks[1]))
        speaker, role = clean(exhibit.speaker), clean(exhibit.role_and_date)
        return QuoteSlide(self._head(exhibit), said, speaker, role, clean(exhibit.mark), visible(exhibit.caption.note))

    def _chart(self, exhibit: LineChart | DotChart | BarChart) -> Slide:
        caption = exhibit.caption
        statistical, note = _statistical(caption), visible(caption.note)
        made = ExhibitSlide(self._head(exhibit), caption.id, exhibit, statistical, alt(caption), note)
        if caption.id not in self.briefing.native or refusal(exhibit):
            return made
        formatter = Formatter(self.briefing.language, self.briefing.words)
        return replace(made, native=True, points=lettered(exhibit, formatter))

    def _noted(self, exhibit: Exhibit) -> Head:
        """A head that says the note before the source, on a slide that has no other place for it."""
        head, note = self._head(exhibit), visible(exhibit.caption.note)
        return replace(head, credit=(*note, Span(" "), *head.credit)) if note else head

    def _head(self, exhibit: Exhibit) -> Head:
        """The takeaway is the headline; what it rests on stands under it, in the caption and the source line."""
        caption = exhibit.caption
        section = self.section
        said = f"{exhibit.speaker}, {exhibit.when_text}".strip(", ") if isinstance(exhibit, Quote) else ""
        title = first(headline(caption.takeaway), headline(caption.title), words(clean(said)), words(caption.id))
        credit = visible(caption.credit) or citing.credit(citing.of_exhibit(exhibit), self.briefing)
        if self.reported:
            credit = (*credit, *labels.reference(caption.id, self.briefing.words))
        return Head(
            f"{section.id if section else ''}/{caption.id}",
            title,
            self.notes_on(exhibit),
            caption.place,
            section.id if section else "",
            kicker(section, self.briefing) if section else "",
            credit,
            clean(caption.label) or (numbered(section, self.briefing) if section else ""),
        )

    # --- notes -----------------------------------------------------------------------------------------------------

    def notes_on(self, exhibit: Exhibit) -> tuple[Note, ...]:
        """What a presenter says to one exhibit: what it is and shows, and the prose that speaks of it."""
        caption = exhibit.caption
        described = [
            Note(_named(caption), bold=True),
            Note(visible(caption.alt)),
            *(Note(self.spoken(text)) for text in (caption.note, caption.credit)),
        ]
        blocks = self.section.body if self.section else ()
        about = [block for n, block in enumerate(blocks) if _speaks_of(caption.id, block, blocks[n + 1 : n + 2])]
        ids = [*citing.of_blocks(about), *citing.of_exhibit(exhibit)]
        return self.notes(described, about, ids)

    def notes(self, before: Iterable[Note], blocks: Iterable[Block], ids: Iterable[str]) -> tuple[Note, ...]:
        """What comes `before`, the blocks, then the sources `ids` under the numbers of the deck's list."""
        said = [*before, *(note for block in blocks for note in self.block(block))]
        used = sorted({self.numbers[id]: id for id in ids if id in self.numbers}.items())
        sources = [Note(citing.entry(self.briefing.sources[id]), label=f"[{number}]", source=id) for number, id in used]
        heading = [Note((Span(self.briefing.words.sources),), bold=True)] if sources else []
        return tuple(note for note in (*said, *heading, *sources) if plain(note.text).strip())

    def spoken(self, text: Text) -> Text:
        """`text` with each citation as the numbers of its sources: [3, 7]."""
        made: list[Run] = []
        for run in text:
            if isinstance(run, Cite):
                known = [str(self.numbers[id]) for id in run.sources if id in self.numbers]
                if known:
                    apart = "" if plain(tuple(made[-1:])).endswith((" ", "\u00a0")) or not made else "\u00a0"
                    made.append(Span(f"{apart}[{', '.join(known)}]"))
            else:
                made.append(replace(run, text=clean(run.text)))
        return tuple(made)


def tabular(table: Table) -> tuple[tuple[Column, ...], tuple[tuple[Text, ...], ...], bool]:
    """The table's columns and rows as a slide shows them, and whether its first column heads the rows."""
    columns = tuple(replace(column, head=visible(column.head)) for column in table.columns)
    return columns, tuple(tuple(visible(cell) for cell in row) for row in table.rows), table.row_heads


def name(section: Section, briefing: Briefing) -> str:
    return clean(section.title).strip() or numbered(section, briefing)


def numbered(section: Section, briefing: Briefing) -> str:
    return briefing.words.section.format(section.number)


def kicker(section: Section, briefing: Briefing) -> str:
    return f"{numbered(section, briefing)}  ·  {name(section, briefing)}"


def alt(caption: Caption) -> Text:
    """The caption's description, or its title where it has none: no picture goes without."""
    return first(visible(caption.alt), visible(caption.title), words(clean(caption.id)))


def _named(caption: Caption) -> Text:
    """ "Figure 2. Measure, place, period"."""
    title = visible(caption.title)
    if not caption.label:
        return title
    return (Span(f"{clean(caption.label)}. " if title else clean(caption.label)), *title)


def _statistical(caption: Caption) -> Text:
    """The caption's line on a slide: label, title, unit."""
    unit = visible(caption.unit_line)
    title = visible(caption.title)
    label = (Span(f"{clean(caption.label)}  ", Style(bold=True)),) if caption.label else ()
    return (*label, *title, *((Span(" · "),) if title and unit else ()), *unit)


def _speaks_of(exhibit: str, block: Block, following: tuple[Block, ...]) -> bool:
    """Whether the block mentions the exhibit, or stands just before it."""
    if isinstance(block, Placement):
        return False
    before = any(isinstance(after, Placement) and after.exhibit == exhibit for after in following)
    runs = (run for text in block_texts((block,)) for run in text)
    return before or any(isinstance(run, Mention) and run.exhibit == exhibit for run in runs)
