"""Fitting: takes the plan, a template's frames and the charts' drawing, returns pages on which everything has its place.

Type steps down from the theme's size to its floor; what does not fit then goes on to a next slide. Titles, captions and
source lines cannot go on: they are shortened, and the notes hold them whole. Nothing leaves its box.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from charts.drawing import Drawing
from data.findings import Finding
from data.model import Chart, Span, Text, plain
from data.theme import SlideType, Theme
from data.words import Words
from slides import tables
from slides.findings import SlideContinued, TextShortened
from slides.frames import Frame, Frames
from slides.grid import MOST_FIGURES, Box, figure_boxes
from slides.kinds import (
    AgendaSlide,
    CloseSlide,
    ExhibitSlide,
    ExhibitWithPointsSlide,
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
from slides.measure import LINE_HEIGHT, Metrics, metrics
from slides.pages import Fill, Page, Para, PictureFill, TextFill
from slides.plan import Plan
from slides.texts import cut, visible, words

Draw = Callable[[Chart, float, float], tuple[Drawing, ...]]
"""A chart and the width and height in points that it may take -> one drawing, or several that follow each other."""

Sizes = tuple[float, ...]
Ladder = tuple[Sizes, ...]
"""Sizes of a frame's levels in points, from the most wanted to the floor."""

_ELLIPSIS = "…"
_PROSE = 2
_RULE = 3.0


def fit(plan: Plan, frames: Frames, theme: Theme, language_words: Words, draw: Draw, footer: tuple[str, str]
        ) -> tuple[tuple[Page, ...], tuple[Finding, ...]]:
    """The pages of `plan`; `footer` is the date's and the footer's text, on every page."""
    fitter = Fitter(frames, metrics(theme.fonts), theme, language_words, draw, footer)
    pages: list[Page] = []
    findings: list[Finding] = []
    titles: set[str] = set()
    for slide in plan.slides:
        parts = fitter.parts(slide)
        for n, part in enumerate(parts, start=1):
            page, shortened = fitter.page(slide.head, part, n, len(parts), titles)
            pages.append(page)
            findings += (
                TextShortened(slide.head.place, len(pages), page.title, slot, lines) for slot, lines in shortened if n == 1
            )
        if parts[0].excess:
            first = len(pages) - len(parts) + 1
            title = plain(slide.head.title)
            findings.append(
                SlideContinued(slide.head.place, first, title, len(parts), parts[0].excess, parts[0].unit)
            )
    return tuple(pages), tuple(findings)


@dataclass(frozen=True, slots=True)
class Part:
    """One page's worth of a slide: the slots that continue (`fills`) and those on every page (`lines`: name, paragraphs,
    ladder). `excess` counts what did not fit on the first part, in `unit`s; 0 where going on is the slide's nature."""

    layout: str
    fills: tuple[Fill, ...]
    lines: tuple[tuple[str, tuple[Para, ...], Ladder], ...] = ()
    rules: tuple[Box, ...] = ()
    excess: int = 0
    unit: str = "lines"


@dataclass(frozen=True, slots=True)
class Fitter:
    frames: Frames
    metrics: Metrics
    theme: Theme
    words: Words
    draw: Draw
    footer: tuple[str, str]

    @property
    def sizes(self) -> SlideType:
        return self.theme.slides

    # --- one method a kind -----------------------------------------------------------------------------------------

    def parts(self, slide: Slide) -> tuple[Part, ...]:
        match slide:
            case TitleSlide():
                return self._title(slide)
            case AgendaSlide():
                return self._agenda(slide)
            case StatementSlide():
                return self._statement(slide)
            case ExhibitSlide():
                return self._exhibit(slide, "Exhibit")
            case TimelineSlide():
                return self._exhibit(slide, "Timeline")
            case ExhibitWithPointsSlide():
                return self._exhibit_with_points(slide)
            case FiguresSlide():
                return self._figures(slide)
            case QuoteSlide():
                return self._quote(slide)
            case TableSlide():
                return self._table(slide)
            case SourcesSlide():
                return self._sources(slide)
            case CloseSlide():
                return self._close(slide)

    def _title(self, slide: TitleSlide) -> tuple[Part, ...]:
        subtitle = ("Subtitle", _paras(slide.subtitle), _ladder(self.sizes.body, 14, 2))
        issuer = ("Issuer", (*_paras(slide.issuer), *_paras(slide.edition, 1)), ((18, 14), (16, 12), (14, 12), (12, 10)))
        return (Part("Title", (), (subtitle, issuer)),)

    def _agenda(self, slide: AgendaSlide) -> tuple[Part, ...]:
        paras = [Para(words(entry.text), number=n, slide=entry.slide) for n, entry in enumerate(slide.entries, start=1)]
        poured = self.pour(paras, self.frames["Agenda"]["Entries"], _ladder(self.sizes.body - 2, self.sizes.body_floor, 1))
        return tuple(Part("Agenda", (fill,)) for fill in poured)

    def _statement(self, slide: StatementSlide) -> tuple[Part, ...]:
        paras = [*(Para(text, _PROSE) for text in slide.prose), *(Para(point) for point in slide.points)]
        poured = self.pour(paras, self.frames["Statement"]["Points"], self._body())
        return self._continued("Statement", [(fill,) for fill in poured] or [()], self._excess(poured))

    def _exhibit(self, slide: ExhibitSlide | TimelineSlide, layout: str) -> tuple[Part, ...]:
        frame = self.frames[layout]["Exhibit"]
        drawings = self.draw(slide.chart, frame.width, frame.height)
        pictures = [(_picture(frame, drawing, slide.alt, slide.exhibit),) for drawing in drawings]
        return self._continued(layout, pictures, len(pictures) - 1, "parts of the chart", self._caption(slide.caption))

    def _exhibit_with_points(self, slide: ExhibitWithPointsSlide) -> tuple[Part, ...]:
        layout = "Exhibit with points"
        frame = self.frames[layout]["Exhibit"]
        drawings = self.draw(slide.chart, frame.width, frame.height)
        ladder = _ladder(self.sizes.body_floor, 14, 2)
        poured = self.pour([Para(point) for point in slide.points], self.frames[layout]["Points"], ladder)
        fills: list[tuple[Fill, ...]] = []
        for n in range(max(len(drawings), len(poured))):
            picture = _picture(frame, drawings[min(n, len(drawings) - 1)], slide.alt, slide.exhibit)
            fills.append((picture, poured[n]) if n < len(poured) else (picture,))
        excess = self._excess(poured) or len(fills) - 1
        return self._continued(layout, fills, excess, "lines", self._caption(slide.caption))

    def _figures(self, slide: FiguresSlide) -> tuple[Part, ...]:
        cells = [
            (
                Para((figure.value,)),
                *(Para(visible(text), level) for level, text in ((1, figure.label), (2, figure.context)) if visible(text)),
            )
            for figure in slide.figures
        ]
        parts: list[tuple[tuple[Fill, ...], tuple[Box, ...]]] = []
        excess = 0
        while cells:
            count = _share(len(cells), MOST_FIGURES)
            fills = self._cells(cells[:count])
            while fills is None and count > 1:
                count -= 1
                fills = self._cells(cells[:count])
            if fills is not None:
                parts.append((fills, tuple((f.frame.x, f.frame.y, f.frame.width, _RULE) for f in fills)))
            else:
                frame = self._cell_frames(1)[0]
                poured = self.pour(cells[0], frame, self._figure_sizes()[-1:])
                excess += self._excess(poured)
                rules = ((frame.x, frame.y, frame.width, _RULE),)
                parts += [((replace(fill, moved=True),), rules) for fill in poured]
            cells = cells[count:]
        return tuple(
            Part("Figures", fills, rules=rules, excess=excess if n == 0 else 0) for n, (fills, rules) in enumerate(parts)
        ) or (Part("Figures", ()),)

    def _figure_sizes(self) -> Ladder:
        sizes = self.sizes
        return tuple(
            (big, sizes.body_floor, small)
            for big, small in ((sizes.title + 16, sizes.source), (sizes.title + 8, sizes.source), (sizes.title, sizes.source),
                               (sizes.title - 4, sizes.source), (sizes.title_floor, sizes.source_floor))
        )

    def _cell_frames(self, count: int) -> tuple[Frame, ...]:
        frame = self.frames["Figures"]
        return tuple(
            replace(frame[f"Figure {n}"], x=x, y=y, width=width, height=height, insets=(0, 14, 0, 0))
            for n, (x, y, width, height) in enumerate(figure_boxes(count), start=1)
        )

    def _cells(self, cells: list[tuple[Para, ...]]) -> tuple[TextFill, ...] | None:
        """The cells side by side in one size, or None if they do not fit at the floor."""
        frames = self._cell_frames(len(cells))
        for sizes in self._figure_sizes():
            if all(self.height(cell, frame, sizes) <= frame.inner_height
                   and self._unbroken(cell[0].text, sizes[0], frame) for cell, frame in zip(cells, frames, strict=True)):
                return tuple(TextFill(frame, cell, sizes, moved=True) for cell, frame in zip(cells, frames, strict=True))
        return None

    def _unbroken(self, text: Text, size: float, frame: Frame) -> bool:
        return self.metrics.widest_word(text, size, bold=True) <= frame.inner_width

    def _quote(self, slide: QuoteSlide) -> tuple[Part, ...]:
        ladder = _ladder(self.sizes.title, self.sizes.body_floor, 2)
        poured = self.pour([Para(slide.words)], self.frames["Quote"]["Words"], ladder)
        speaker = ("Speaker", (*_paras(slide.speaker), *_paras(slide.role, 1)), ((18, 14), (16, 12), (14, 12), (12, 10)))
        mark = ("Mark", _paras(slide.mark), _ladder(self.sizes.chart, self.sizes.source_floor, 1))
        return self._continued("Quote", [(fill,) for fill in poured], self._excess(poured), "lines", (speaker, mark))

    def _table(self, slide: TableSlide) -> tuple[Part, ...]:
        fills = tables.fit(slide, self.frames["Table"]["Table"], self.metrics, self.sizes)
        excess = len(slide.rows) - len(fills[0].rows) + 1 if len(fills) > 1 else 0
        return self._continued(
            "Table", [(fill,) for fill in fills], max(excess, len(fills) - 1), "rows", self._caption(slide.caption)
        )

    def _sources(self, slide: SourcesSlide) -> tuple[Part, ...]:
        paras = [Para(entry, number=n) for n, entry in enumerate(slide.entries, start=1)]
        ladder = _ladder(self.sizes.source, self.sizes.source_floor, 1)[:1]
        return tuple(Part("Sources", (fill,)) for fill in self.pour(paras, self.frames["Sources"]["Entries"], ladder))

    def _close(self, slide: CloseSlide) -> tuple[Part, ...]:
        paras = (*_paras(slide.issuer), *_paras(slide.contact, 1))
        return (Part("Close", (), (("Contact", paras, ((18, 18), (16, 16), (14, 14), (12, 12))),)),)

    def _continued(self, layout: str, fills: Iterable[tuple[Fill, ...]], excess: int, unit: str = "lines",
                   lines: tuple[tuple[str, tuple[Para, ...], Ladder], ...] = ()) -> tuple[Part, ...]:
        return tuple(
            Part(layout, one, lines, excess=excess if n == 0 else 0, unit=unit) for n, one in enumerate(fills)
        )

    def _body(self) -> Ladder:
        return tuple((size, max(size - 2, self.sizes.body_floor), size)
                     for size in _steps(self.sizes.body, self.sizes.body_floor, 1))

    def _caption(self, caption: Text) -> tuple[tuple[str, tuple[Para, ...], Ladder], ...]:
        return (("Caption", (Para(caption),) if caption else (), _ladder(self.sizes.chart, 12, 1)),)

    # --- one page --------------------------------------------------------------------------------------------------

    def page(self, head: Head, part: Part, number: int, count: int, titles: set[str]
             ) -> tuple[Page, list[tuple[str, int]]]:
        """The page of a part, and the slots whose text was shortened with the lines they have too many."""
        slots = self.frames[part.layout]
        shortened: list[tuple[str, int]] = []
        fills: list[Fill] = []
        more = self.words.part_of.format(number, count)
        suffix = f" ({more})" if count > 1 else ""
        title, excess = self._headline(head.title, suffix, slots["Title"], titles)
        fills.append(title)
        if excess:
            shortened.append(("Title", excess))
        if head.kicker and "Section" in slots:
            fills += self._line(slots["Section"], (Para(words(head.kicker)),), ((12,), (11,), (10,)))[0]
        small = _ladder(self.sizes.source, self.sizes.source_floor, 1)
        lines = [*part.lines, ("Source", (Para(head.credit),) if head.credit else (), small)]
        texts: dict[str, list[TextFill]] = {}
        for slot, paras, ladder in lines:
            if slot in slots and paras:
                texts[slot], excess = self._line(slots[slot], paras, ladder)
                if excess:
                    shortened.append((slot, excess))
        fills += texts.pop("Caption", [])
        fills += part.fills
        fills += (fill for found in texts.values() for fill in found)
        for slot, said in zip(("Date", "Footer"), self.footer, strict=True):
            if slot in slots and said:
                fills += self._line(slots[slot], (Para(words(said)),), ((10,),))[0]
        shown = plain(title.paras[0].text)
        whole = _whole(head, shortened, part)
        suffixed = f"{head.id}#{number}" if count > 1 else head.id
        notes = (*whole, *head.notes)
        return Page(suffixed, part.layout, shown, head.section, head.place, tuple(fills), part.rules, slots["Number"], notes), shortened

    def _headline(self, title: Text, suffix: str, frame: Frame, titles: set[str]) -> tuple[TextFill, int]:
        """The title in its box, unlike every other of the deck."""
        top = frame.levels[0].size
        ladder = _ladder(top, min(self.sizes.title_floor, top), 4)
        number = 1
        while True:
            tail = suffix if number == 1 else f"{suffix} ({number})"
            fills, excess = self._line(frame, (Para(title),), ladder, tail)
            key = " ".join(plain(fills[0].paras[0].text).split()).casefold()
            if key not in titles:
                titles.add(key)
                return fills[0], excess
            number += 1

    def _line(self, frame: Frame, paras: tuple[Para, ...], ladder: Ladder, tail: str = "") -> tuple[list[TextFill], int]:
        """Text that cannot go on: in the largest size of the ladder in which it fits, else shortened at the floor."""
        whole = (*paras[:-1], replace(paras[-1], text=(*paras[-1].text, *words(tail))))
        for sizes in ladder:
            if self.height(whole, frame, sizes) <= frame.inner_height:
                return [TextFill(frame, whole, sizes)], 0
        sizes = ladder[-1]
        excess = -(-(self.height(whole, frame, sizes) - frame.inner_height) // (sizes[0] * LINE_HEIGHT))
        kept = list(paras)
        while kept:
            last = kept[-1]
            end = Span(_ELLIPSIS + tail)
            low, high = 0, len(plain(last.text))
            while low < high:
                middle = (low + high + 1) // 2
                tried = (*kept[:-1], replace(last, text=(*_before(last.text, middle), end)))
                if self.height(tried, frame, sizes) <= frame.inner_height:
                    low = middle
                else:
                    high = middle - 1
            if low or len(kept) == 1:
                kept[-1] = replace(last, text=(*_before(last.text, low), end))
                break
            kept.pop()
        return [TextFill(frame, tuple(kept), sizes)], int(excess)

    # --- measuring paragraphs --------------------------------------------------------------------------------------

    def height(self, paras: Iterable[Para], frame: Frame, sizes: Sizes) -> float:
        """Points that the paragraphs take; the space before the first counts, as some viewers draw it."""
        return sum(self._para_height(para, frame, sizes) for para in paras)

    def _para_height(self, para: Para, frame: Frame, sizes: Sizes) -> float:
        return self._before(para, frame) + len(self._lines(para, frame, sizes)) * self._pitch(para, frame, sizes)

    def _before(self, para: Para, frame: Frame) -> float:
        level = frame.levels[para.level]
        return level.before + level.after

    def _pitch(self, para: Para, frame: Frame, sizes: Sizes) -> float:
        return _size(sizes, para.level) * LINE_HEIGHT * frame.levels[para.level].spacing

    def _lines(self, para: Para, frame: Frame, sizes: Sizes) -> tuple[int, ...]:
        """Where each line of the paragraph ends, in characters of its plain text."""
        level = frame.levels[para.level]
        room = frame.inner_width - level.left
        made = self.metrics.lines(para.text, _size(sizes, para.level), room, bold=level.bold)
        return tuple(line.end for line in made)

    def pour(self, paras: Iterable[Para], frame: Frame, ladder: Ladder) -> tuple[TextFill, ...]:
        """The paragraphs in one fill, or at the floor in as many as they need, evenly filled."""
        paras = tuple(paras)
        if not paras:
            return ()
        for sizes in ladder:
            if self.height(paras, frame, sizes) <= frame.inner_height:
                return (TextFill(frame, paras, sizes),)
        sizes = ladder[-1]
        full = list(self._pages(paras, frame, sizes, frame.inner_height))
        total = self.height((para for page in full for para in page), frame, sizes)
        even = next(
            (
                pages
                for share in (0.0, 0.04, 0.08, 0.12, 0.2, 0.3)
                if len(pages := list(self._pages(paras, frame, sizes, total / len(full) + share * frame.inner_height)))
                <= len(full)
            ),
            full,
        ) if len(full) < 8 else full
        return tuple(TextFill(frame, page, sizes) for page in even)

    def _pages(self, paras: tuple[Para, ...], frame: Frame, sizes: Sizes, height: float) -> Iterator[tuple[Para, ...]]:
        height = min(height, frame.inner_height)
        page: list[Para] = []
        taken = 0.0
        waiting = list(reversed(paras))
        while waiting:
            para = waiting.pop()
            needed = self._para_height(para, frame, sizes)
            if taken + needed <= height:
                page.append(para)
                taken += needed
                continue
            if needed <= frame.inner_height and page:
                waiting.append(para)
            else:
                ends = self._lines(para, frame, sizes)
                room = frame.inner_height if not page else height - taken
                fitting = int((room - self._before(para, frame)) // self._pitch(para, frame, sizes))
                if not page:
                    fitting = max(fitting, 1)
                if 0 < fitting < len(ends):
                    first, rest = cut(para.text, ends[fitting - 1])
                    page.append(replace(para, text=first))
                    para = replace(para, text=rest, number=None)
                elif fitting >= len(ends):
                    page.append(para)
                    para = None
                if para is not None:
                    waiting.append(para)
            if page:
                yield tuple(page)
            page, taken = [], 0.0
        if page:
            yield tuple(page)

    def _excess(self, poured: tuple[TextFill, ...]) -> int:
        """Lines that went on to the pages after the first."""
        return sum(len(self._lines(para, fill.frame, fill.sizes)) for fill in poured[1:] for para in fill.paras)


def _whole(head: Head, shortened: list[tuple[str, int]], part: Part) -> tuple[Note, ...]:
    """What was shortened on the page, whole, for its notes."""
    texts = {"Title": (Para(head.title),), "Source": (Para(head.credit),)}
    texts |= {slot: paras for slot, paras, _ in part.lines}
    return tuple(Note(para.text, bold=slot == "Title") for slot, _ in shortened for para in texts[slot])


def _before(text: Text, at: int) -> Text:
    return cut(text, at)[0] if at else ()


def _paras(text: str, level: int = 0) -> tuple[Para, ...]:
    return (Para(words(text), level),) if text else ()


def _size(sizes: Sizes, level: int) -> float:
    return sizes[min(level, len(sizes) - 1)]


def _steps(size: float, floor: float, step: float) -> list[float]:
    made = [size]
    while made[-1] - step >= floor:
        made.append(made[-1] - step)
    return made if made[-1] == floor else [*made, floor]


def _ladder(size: float, floor: float, step: float) -> Ladder:
    return tuple((one,) for one in _steps(size, floor, step))


def _share(count: int, most: int) -> int:
    """How many of `count` things stand on the next slide, so that all its slides hold about as many."""
    slides = -(-count // most)
    return -(-count // slides)


def _picture(frame: Frame, drawing: Drawing, alt: str, exhibit: str) -> PictureFill:
    top = frame.y + max(0.0, (frame.height - drawing.height) / 2)
    return PictureFill(frame, (frame.x, top, drawing.width, drawing.height), drawing, alt, exhibit)
