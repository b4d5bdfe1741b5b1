"""Fitting: takes the plan, the stage and the charts' drawing, returns pages where everything has its place.

Type steps down from the theme's size to its floor; what does not fit then goes on to a next slide. Titles, captions and
source lines cannot go on: they are shortened, and the notes hold them whole. Nothing leaves its box.
"""

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass, replace

from charts import Draw
from charts.drawing import Drawing
from charts.said import alternative, said
from data.findings import Finding
from data.model import Briefing, Chart, Span, Text, plain
from data.theme import SlideType
from data.words import Words
from slides import figures, labels, tables
from slides.findings import NumbersBroken, SlideContinued, TextShortened
from slides.frames import Frame, Frames
from slides.grid import Box
from slides.kinds import (
    NOTE_HANG,
    AgendaSlide,
    ChangesSlide,
    CloseSlide,
    ExhibitSlide,
    FiguresSlide,
    Head,
    Note,
    QuoteSlide,
    Slide,
    SourcesSlide,
    StatementSlide,
    TableSlide,
    TimelineSlide,
    TitleSlide,
)
from slides.material import Material
from slides.measure import metrics
from slides.memory import Memory
from slides.native import Native
from slides.native import said as native_said
from slides.pages import ChartFill, Fill, Page, Para, PictureFill, TextFill
from slides.plan import Plan, tails, title_key
from slides.pour import Ladder, Pourer, ladder, shown, steps
from slides.stage import Stage
from slides.texts import clean, visible, words

Account = Callable[[tuple[Fill, ...]], tuple[Note, ...]]
"""What stands on a slide -> the lines of its notes that account for the numbers among it."""

Compose = Callable[[Chart, float, float, float], tuple[Native, ...]]
"""As `Draw`, for a chart that shall be editable."""

_CHART_FLOOR = 12.0
_NOTE_FLOOR = 16.0
_NOTES_FLOOR = 7.0
_PROSE = 2
_NAMES: Ladder = ((18, 14), (16, 12), (14, 12), (12, 10))
_KICKER: Ladder = ((12,), (11,), (10,))
_FOOT: Ladder = ((10,),)


@dataclass(frozen=True, slots=True)
class Line:
    """Text that stands alike on every part of a slide and cannot go on; where it is shortened, `tail` stays whole, and
    the `end` of its text is shortened last."""

    slot: str
    paras: tuple[Para, ...]
    rungs: Ladder
    tail: Text = ()
    end: Text = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One page's worth of a slide: the slots that go on (`fills`) and those that stand on every page (`lines`).

    `excess` counts the `unit`s that did not fit on the first part; 0 where several parts are in the slide's nature.
    `notes` are those of this part alone, () where every part has the whole slide's. `broken` counts the columns whose
    numbers are broken.
    """

    layout: str
    fills: tuple[Fill, ...]
    lines: tuple[Line, ...] = ()
    rules: tuple[Box, ...] = ()
    excess: int = 0
    unit: str = "line"
    notes: tuple[Note, ...] = ()
    broken: int = 0


@dataclass(frozen=True, slots=True)
class Fitted:
    """A slide's pages, their titles as they are told apart, what of the slide did not fit on the first and what of that
    was shortened, by the name of the slot; and how many columns of its table break their numbers."""

    pages: tuple[Page, ...]
    titles: frozenset[str]
    excess: int
    unit: str
    shortened: tuple[tuple[str, int], ...]
    broken: int


_fitted: Memory[Fitted] = Memory()


def fit(
    plan: Plan, materials: Mapping[str, Material], stage: Stage, briefing: Briefing, draw: Draw, account: Account
) -> tuple[tuple[Page, ...], tuple[Finding, ...]]:
    """The pages of the briefing's `plan` on the stage, and what did not fit.

    A slide that the last build made of the same of the `materials`, by id, has the very same pages again. Equal `draw`
    draw alike; `account` goes by the briefing's language and the names of its values.
    """
    edition = briefing.words.edition.format(briefing.edition_text)
    foot = (clean(edition), clean(" · ".join(part for part in (briefing.issuer, briefing.title) if part)))
    pourer = Pourer(metrics(briefing.theme.fonts))
    sizes, compose = briefing.theme.slides, _composing(briefing)
    fitter = _Fitter(stage.frames, stage.notes, pourer, sizes, briefing.words, draw, compose, foot, account)
    told = (briefing.theme, briefing.words, briefing.language, frozenset(briefing.values))
    _fitted.under((stage.frames, stage.notes, foot, told))
    pages: list[Page] = []
    findings: list[Finding] = []
    titles: set[str] = set()
    for slide in plan.slides:
        key = (materials[slide.head.id].key, draw if fitter.draws(slide) else None)
        made = _fitted.kept(key, fitter.fitted, slide, frozenset())
        if not made.titles.isdisjoint(titles):
            made = fitter.fitted(slide, titles)
        titles |= made.titles
        place, title, number = slide.head.place, plain(slide.head.title), len(pages) + 1
        if made.excess:
            findings.append(SlideContinued(place, number, title, len(made.pages), made.excess, made.unit))
        if made.broken:
            findings.append(NumbersBroken(place, number, title, made.broken))
        findings += (TextShortened(place, number, title, slot, lines) for slot, lines in made.shortened)
        pages += made.pages
    return tuple(pages), tuple(findings)


@dataclass(frozen=True, slots=True)
class _Fitter:
    """`foot` is the text of the date's and of the footer's placeholder."""

    frames: Frames
    notes: Frame
    pourer: Pourer
    sizes: SlideType
    words: Words
    draw: Draw
    compose: Compose
    foot: tuple[str, str]
    account: Account

    def draws(self, slide: Slide) -> bool:
        """Whether a picture is drawn for the slide."""
        return isinstance(slide, TimelineSlide) or (isinstance(slide, ExhibitSlide) and not slide.native)

    def fitted(self, slide: Slide, taken: Set[str]) -> Fitted:
        """`taken` are the titles of other slides."""
        parts = self.parts(slide)
        titles = set(taken)
        made = [self.page(slide.head, part, n, len(parts), titles) for n, part in enumerate(parts, start=1)]
        pages, shortened = tuple(page for page, _ in made), tuple(made[0][1])
        return Fitted(pages, frozenset(titles - taken), parts[0].excess, parts[0].unit, shortened, parts[0].broken)

    # --- the parts of each kind ------------------------------------------------------------------------------------

    def parts(self, slide: Slide) -> tuple[Part, ...]:
        match slide:
            case TitleSlide():
                return self._title(slide)
            case AgendaSlide():
                return self._agenda(slide)
            case StatementSlide():
                return self._statement(slide)
            case ExhibitSlide():
                return self._beside(slide) or self._exhibit(slide, "Exhibit", slide.note)
            case TimelineSlide():
                return self._exhibit(slide, "Timeline", ())
            case FiguresSlide():
                return self._figures(slide)
            case QuoteSlide():
                return self._quote(slide)
            case TableSlide():
                return self._table(slide)
            case ChangesSlide():
                return self._changes(slide)
            case SourcesSlide():
                return self._sources(slide)
            case CloseSlide():
                return self._close(slide)

    def _title(self, slide: TitleSlide) -> tuple[Part, ...]:
        subtitle = Line("Subtitle", _paras(slide.subtitle), ladder(self.sizes.body, 14, 2))
        issuer = Line("Issuer", _paras(slide.issuer, slide.edition), _NAMES)
        return (Part("Title", (), (subtitle, issuer)),)

    def _agenda(self, slide: AgendaSlide) -> tuple[Part, ...]:
        """Each part with the notes of its own entries: the whole agenda's on each would grow with their square."""
        notes = {entry.slide: note for entry, note in zip(slide.entries, slide.head.notes, strict=False)}
        paras = [Para(words(entry.text), number=n, slide=entry.slide) for n, entry in enumerate(slide.entries, start=1)]
        rungs = ladder(self.sizes.body - 2, self.sizes.body_floor, 1)
        poured = self.pourer.pour(paras, self.frames["Agenda"]["Entries"], rungs)
        led = ((fill, dict.fromkeys(para.slide for para in fill.paras)) for fill in poured)
        parts = (Part("Agenda", (fill,), notes=tuple(map(notes.__getitem__, entries))) for fill, entries in led)
        return tuple(parts) or (Part("Agenda", ()),)

    def _statement(self, slide: StatementSlide) -> tuple[Part, ...]:
        paras = [*(Para(text, _PROSE) for text in slide.prose), *(Para(point) for point in slide.points)]
        floor = self.sizes.body_floor
        rungs = tuple((size, max(size - 2, floor), size) for size in steps(self.sizes.body, floor, 1))
        poured = self.pourer.pour(paras, self.frames["Statement"]["Points"], rungs)
        return _parts("Statement", [(fill,) for fill in poured] or [()], self.pourer.excess(poured))

    def _exhibit(self, slide: ExhibitSlide | TimelineSlide, layout: str, note: Text) -> tuple[Part, ...]:
        shown = [(fill,) for fill in self._charted(slide, self.frames[layout]["Exhibit"])]
        lines = self._apparatus(slide.head, slide.caption, note)
        return _parts(layout, shown, len(shown) - 1, "part", lines)

    def _beside(self, slide: ExhibitSlide) -> tuple[Part, ...]:
        """The chart with its note beside it, if both stand on one slide; else nothing. What letters on a chart mean
        always stands beside it, and goes on beside the same chart."""
        slots = self.frames["Exhibit with points"]
        rungs = ladder(self.sizes.body_floor, min(_NOTE_FLOOR, self.sizes.body_floor), 1)
        texts = (*slide.points, *((slide.note,) if slide.note else ()))
        noted = self.pourer.pour([Para(text) for text in texts], slots["Points"], rungs)
        if len(noted) != 1 and not slide.points:
            return ()
        charts = self._charted(slide, slots["Exhibit"])
        if len(charts) != 1:
            return ()
        lines = self._apparatus(slide.head, slide.caption, ())
        excess = self.pourer.excess(noted)
        return _parts("Exhibit with points", [(*charts, points) for points in noted], excess, "line", lines)

    def _charted(self, slide: ExhibitSlide | TimelineSlide, frame: Frame) -> tuple[Fill, ...]:
        """The chart in the largest type in which it takes the fewest slides."""
        best: tuple[Fill, ...] = ()
        for size in steps(self.sizes.chart, min(_CHART_FLOOR, self.sizes.chart), 1):
            fills = self._sized(slide, frame, size)
            if not best or len(fills) < len(best):
                best = fills
            if len(best) == 1:
                break
        return best

    def _sized(self, slide: ExhibitSlide | TimelineSlide, frame: Frame, size: float) -> tuple[Fill, ...]:
        if isinstance(slide, ExhibitSlide) and slide.native:
            charts = self.compose(slide.chart, frame.width, frame.height, size)
            alts = self._alts(slide, len(charts), map(native_said, charts))
            return tuple(ChartFill(frame, *each, slide.exhibit) for each in zip(charts, alts, strict=True))
        drawings = self.draw(slide.chart, frame.width, frame.height, size)
        alts = self._alts(slide, len(drawings), (said(drawing, slide.chart) for drawing in drawings))
        return tuple(_picture(frame, *each, slide.exhibit) for each in zip(drawings, alts, strict=True))

    def _alts(self, slide: ExhibitSlide | TimelineSlide, count: int, parts: Iterable[Text]) -> list[Text]:
        """The text alternatives of a chart in `count` parts, by what each says."""
        if count == 1:
            return [slide.alt]
        return [visible(alternative(part, slide.chart, self.words)) for part in parts]

    def _figures(self, slide: FiguresSlide) -> tuple[Part, ...]:
        grids, excess = figures.fit(slide, self.frames["Figures"], self.pourer, self.sizes)
        lines = self._apparatus(slide.head, slide.caption, ())
        made = (Part("Figures", grid.fills, lines, grid.rules, 0 if n else excess) for n, grid in enumerate(grids))
        return tuple(made) or (Part("Figures", (), lines),)

    def _quote(self, slide: QuoteSlide) -> tuple[Part, ...]:
        rungs = ladder(self.sizes.title, self.sizes.body_floor, 2)
        poured = self.pourer.pour([Para(slide.words)], self.frames["Quote"]["Words"], rungs)
        named = slide.speaker if slide.speaker != plain(slide.head.title) else ""
        speaker = Line("Speaker", _paras(named, slide.role), _NAMES)
        caveat = (*_paras(slide.mark), *((Para(slide.note, 1),) if slide.note else ()))
        sources = steps(self.sizes.source, self.sizes.source_floor, 1)
        mark = Line("Mark", caveat, tuple((self.sizes.chart - n, size) for n, size in enumerate(sources)))
        return _parts("Quote", [(fill,) for fill in poured], self.pourer.excess(poured), "line", (speaker, mark))

    def _table(self, slide: TableSlide) -> tuple[Part, ...]:
        fills = tables.fit(slide, self.frames["Table"]["Table"], self.pourer.metrics, self.sizes)
        excess = sum(len(fill.rows) - 1 for fill in fills[1:])
        lines = self._apparatus(slide.head, slide.caption, slide.note)
        first, *others = _parts("Table", [(fill,) for fill in fills], excess, "row", lines)
        return replace(first, broken=tables.broken(slide, fills[0], self.pourer.metrics)), *others

    def _changes(self, slide: ChangesSlide) -> tuple[Part, ...]:
        fills = tables.fit(slide, self.frames["Changes"]["Table"], self.pourer.metrics, self.sizes)
        lines = self._apparatus(slide.head, slide.caption, ())
        return _parts("Changes", [(fill,) for fill in fills], 0, lines=lines)

    def _sources(self, slide: SourcesSlide) -> tuple[Part, ...]:
        paras = [Para(entry.text, number=n, source=entry.source) for n, entry in enumerate(slide.entries, start=1)]
        rungs = ladder(self.sizes.source, self.sizes.source_floor, 1)
        poured = self.pourer.pour(paras, self.frames["Sources"]["Entries"], rungs)
        return tuple(Part("Sources", (fill,)) for fill in poured)

    def _close(self, slide: CloseSlide) -> tuple[Part, ...]:
        return (Part("Close", (), (Line("Contact", _paras(slide.issuer, slide.contact), _NAMES),)),)

    def _apparatus(self, head: Head, caption: Text, note: Text) -> tuple[Line, ...]:
        """What stands over and under an exhibit: its caption, and note and source in one line of small type."""
        remark = (*note, Span(" ")) if note and head.credit else note
        over = Line("Caption", (Para(caption),) if caption else (), ladder(self.sizes.chart, _CHART_FLOOR, 1))
        return (over, self._source((*remark, *head.credit), len(remark)))

    def _source(self, credit: Text, remark: int = 0) -> Line:
        """The first `remark` runs, and what has no number, are worth less room than who says so, where and when."""
        rungs = ladder(self.sizes.source, self.sizes.source_floor, 1)
        said = labels.without(credit)
        absent = self.words.no_number.partition("{0}")[0]
        named = (n for n, run in enumerate(said, start=1) if isinstance(run, Span) and run.text.startswith(absent))
        end = max((remark, *named))
        return Line("Source", (Para(said),) if said else (), rungs, credit[len(said) :], said[end:] if end else ())

    # --- one page --------------------------------------------------------------------------------------------------

    def page(
        self, head: Head, part: Part, number: int, count: int, titles: set[str]
    ) -> tuple[Page, list[tuple[str, int]]]:
        """The page of a part, and the slots whose text was shortened with the lines that they have too many.

        The fills stand in reading order: title, section, caption, content, source, date, footer.
        """
        slots = self.frames[part.layout]
        more = self.words.part_of.format(number, count).replace(" ", "\u00a0")
        suffix = f" ({more})" if count > 1 else ""
        title, excess = self._headline(head, suffix, slots["Title"], titles)
        shortened = [("Title", excess)] if excess else []
        lines = {line.slot: line for line in (self._source(head.credit), *part.lines)}
        made: dict[str, Fill] = {}
        for line in lines.values():
            paras = shown(line.paras)
            if line.slot in slots and paras:
                made[line.slot], excess = self.pourer.line(slots[line.slot], paras, line.rungs, line.tail, line.end)
                shortened += [(line.slot, excess)] if excess else []
        small = (("Section", head.kicker, _KICKER), ("Date", self.foot[0], _FOOT), ("Footer", self.foot[1], _FOOT))
        for slot, text, rungs in small:
            if slot in slots and text.strip():
                made[slot] = self.pourer.line(slots[slot], _paras(text), rungs)[0]
        over = [made.pop(slot) for slot in ("Section", "Subtitle", "Caption") if slot in made]
        under = [made.pop(slot) for slot in ("Date", "Footer") if slot in made]
        whole = {"Title": (Para(head.title),)} | {line.slot: line.paras for line in lines.values()}
        added = [Note(para.text, bold=slot == "Title") for slot, _ in shortened for para in whole[slot]]
        fills = (title, *over, *part.fills, *reversed(made.values()), *under)
        notes = (*added, *(part.notes or head.notes), *self.account(fills))
        return Page(
            f"{head.id}#{number}" if count > 1 else head.id,
            part.layout,
            plain(title.paras[0].text),
            head.section,
            head.place,
            fills,
            part.rules,
            slots["Number"],
            notes,
            self._notes_size(notes),
        ), shortened

    def _notes_size(self, notes: tuple[Note, ...]) -> float:
        """The size in which the notes fit their page; they are read on the screen too, so they go no smaller than 7."""
        frame = replace(self.notes, width=self.notes.width - NOTE_HANG)
        paras = [Para(note.text) for note in notes]
        sizes = steps(frame.levels[0].size, _NOTES_FLOOR, 1)
        return next((size for size in sizes if self.pourer.fits(paras, frame, (size,))), sizes[-1])

    def _headline(self, head: Head, suffix: str, frame: Frame, titles: set[str]) -> tuple[TextFill, int]:
        """The title in its box, unlike every other of the deck; shortened titles may meet."""
        top = frame.levels[0].size
        rungs = ladder(top, min(self.sizes.title_floor, top), 4)
        lines = (
            self.pourer.line(frame, (Para(head.title),), rungs, words(tail + suffix)) for tail in tails(head.apart)
        )
        fill, excess = next(line for line in lines if title_key(line[0].paras[0].text) not in titles)
        titles.add(title_key(fill.paras[0].text))
        return fill, excess


def _composing(briefing: Briefing) -> Compose:
    def compose(chart: Chart, width: float, height: float, size: float) -> tuple[Native, ...]:
        from slides.compose import Composer  # noqa: PLC0415 - Matplotlib finds the ticks

        measure = metrics(briefing.theme.fonts)
        return Composer(measure, briefing.theme, briefing.language, briefing.words).chart(chart, width, height, size)

    return compose


def _parts(
    layout: str, fills: Iterable[tuple[Fill, ...]], excess: int, unit: str = "line", lines: tuple[Line, ...] = ()
) -> tuple[Part, ...]:
    """One part for each of `fills`; the first tells how much did not fit."""
    return tuple(Part(layout, one, lines, (), 0 if n else excess, unit) for n, one in enumerate(fills))


def _paras(*texts: str) -> tuple[Para, ...]:
    """One paragraph a level, without the empty ones."""
    return tuple(Para(words(text), level) for level, text in enumerate(texts) if text)


def _picture(frame: Frame, drawing: Drawing, alt: Text, exhibit: str) -> PictureFill:
    top = frame.y + max(0.0, (frame.height - drawing.height) / 2)
    return PictureFill(frame, (frame.x, top, drawing.width, drawing.height), drawing, alt, exhibit)
