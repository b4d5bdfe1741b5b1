"""Composing editable charts: takes a chart of the model, the room it has and the metrics of the deck's font, returns
`Native` charts: their rows, series and labels, their scale, and the box that the labels leave to the plot."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import groupby, pairwise, product
from locale import windows_locale
from typing import Literal

from babel import Locale
from babel.numbers import parse_decimal

from charts.extent import ZERO, extent
from charts.looks import Look, look_on_line, marked, name
from charts.scale import Tick, coarser, finest, number_ticks
from data.format import MINUS
from data.model import (
    Annotation,
    BarChart,
    Bound,
    Chart,
    Group,
    Line,
    LineChart,
    Number,
    PartialDate,
    Point,
    Row,
    Span,
    Status,
    Text,
    plain,
)
from data.theme import Theme
from data.words import Words, chart_words
from slides import native
from slides.measure import LINE_HEIGHT, Metrics
from slides.native import LETTERS, Calendar, Label, Marker, Native, Pattern, Scale, Series
from slides.texts import clean

_GAP = 6.0
_LABELS = 0.4
_LEAST = 0.45
_MORE_TICKS = 8
_BESIDE = 0.24
_ROW = 6.0
_ORDER: tuple[Status, ...] = ("reported", "revised", "disputed")
_PATTERNS: dict[Status, Pattern] = {"reported": "solid", "revised": "hatched", "disputed": "pale"}
_OPEN: dict[Status, Marker] = {"revised": "circle", "disputed": "diamond"}
_MARKERS: dict[Bound, Marker] = {"about": "square", "at_most": "dash", "at_least": "triangle"}
_WHISKER = Decimal("0.06")
"""The part of the axis by which an open end reaches towards where its number may lie."""


@dataclass(frozen=True, slots=True)
class Composer:
    """Lays charts out in a deck's type and colours."""

    metrics: Metrics
    theme: Theme
    language: str
    words: Words

    def chart(self, chart: Chart, width: float, height: float, size: float) -> tuple[Native, ...]:
        """The chart in a box and a type size in points; in several parts where its rows need them."""
        if isinstance(chart, LineChart):
            return (self.lines(chart, width, height, size),)
        assert isinstance(chart, BarChart), "the others are refused"
        return self.bars(chart, width, height, size)

    def bars(self, chart: BarChart, width: float, height: float, size: float) -> tuple[Native, ...]:
        """The chart in as many parts as its rows need at this size, all on one scale."""
        groups = [group for group in chart.groups if group.rows]
        column = self._label_column(groups, width, size)
        rows = [row for group in groups for row in group.rows]
        scale = self._scale(rows, width - column, size)
        parts = self._parts(groups, column, height - _foot(groups, size), size)
        colours = {self._colour(row.colour) for row in rows}
        base = colours.pop() if len(colours) == 1 else self.theme.palette.muted
        return tuple(self._bars(part, (width, height, column), scale, size, base) for part in parts)

    def lines(self, chart: LineChart, width: float, height: float, size: float) -> Native:
        lines = [line for line in chart.lines if line.points]
        notes = chart.annotations
        rows = native.rows(chart)
        at = {key: n for n, key in enumerate(rows)}
        quantities = [point.value.quantity for line in lines for point in line.points]
        quantities += [note.value.quantity for note in notes if note.value]
        looks = marked(point for line in lines for point in line.points)
        told = [self._end(line.name, line.points[-1].value, width, size) for line in lines]
        keyed = [name(look, self.language) for look in looks if _spot(look) != "none"]
        key_lines = self._key_lines(keyed, width, size)
        foot = (size * LINE_HEIGHT + _GAP) * (1 + key_lines + (key_lines > 1))
        top = size * LINE_HEIGHT / 2
        tall = height - foot - top
        limits = (end for quantity in quantities for end in (quantity.low, quantity.high) if end is not None)
        ticks = number_ticks(limits, quantities, self.language, lambda ticks: len(ticks) * 2.2 * size <= tall)
        left = max(self.metrics.width(tick.text + tick.tail, size) for tick in ticks) + 2 * _GAP
        right = max(self.metrics.natural(line, size) for end in told for line in _broken(end)) + 2 * _GAP
        plot = (left, top, width - left - right, tall)
        scale = Scale(ticks[0].value, ticks[-1].value, ticks[1].value - ticks[0].value, _code(ticks, self.language))
        drops = _apart(
            [top + tall * (1 - _share(line.points[-1].value, scale)) for line in lines],
            [len(_broken(end)) * size * LINE_HEIGHT for end in told],
            height - foot,
        )
        labels = map(Label, told, drops)
        series = [each for line, end in zip(lines, labels, strict=True) for each in self._line(line, end, at, scale)]
        if notes:
            series.append(self._letters(notes, at, scale))
        empty: tuple[Decimal | None, ...] = (None,) * len(rows)
        series += [
            Series(name(look, self.language), empty, self.theme.palette.muted, keyed=True, spots=_spot(look))
            for look in looks
            if _spot(look) != "none"
        ]
        drawn = [point.when for line in lines for point in line.points]
        known = finest(drawn)
        dates = tuple(when for when, _ in rows)
        ends = [day for when in dates for day in ((when.first, when.last) if coarser(when, known) else (when.middle,))]
        calendar = self._calendar(min(ends), max(ends), drawn, plot[2], size)
        return self._made("lines", (width, height), plot, size, dates, series, scale, calendar)

    # --- bars ------------------------------------------------------------------------------------------------------

    def _label_column(self, groups: Sequence[Group], width: float, size: float) -> float:
        texts = [line for group in groups for row in group.rows for line in _label(row).split("\n")]
        widest = max(self.metrics.width(text, size) for text in texts)
        return min(widest + 1, _LABELS * width) + 2 * _GAP

    def _scale(self, rows: Sequence[Row], room: float, size: float) -> Scale:
        quantities = [row.value.quantity for row in rows]
        ends = [float(end) for one in map(extent, quantities) for end in (one.known, one.stop)]

        def fits(ticks: Sequence[Tick]) -> bool:
            taken = sum(self.metrics.width(tick.text, size) for tick in ticks)
            return taken + (len(ticks) - 1) * 2.5 * _GAP <= 0.5 * room

        wide = [(row, self._wide(row, room, size)) for row in rows]
        lowest = min(ends)
        for _ in range(_MORE_TICKS):
            ticks = number_ticks((lowest, *ends), quantities, self.language, fits)
            code = _code(ticks, self.language)
            scale = Scale(ticks[0].value, ticks[-1].value, ticks[1].value - ticks[0].value, code)
            plot = _plot(wide, scale, room)
            if all(
                _share(row.value, scale) * plot >= text + _GAP for row, text in wide if row.value.quantity.magnitude < 0
            ):
                break
            lowest = scale.low - scale.step  # the rows' names stand at its end, where a label would lie upon them
        return scale

    def _wide(self, row: Row, room: float, size: float) -> float:
        return max(self.metrics.natural(line, size) for line in _broken(self._told(row.value, 0.5 * room, size)))

    def _parts(self, groups: Sequence[Group], column: float, height: float, size: float) -> list[list[Group]]:
        """The groups cut so that the rows of each part have room in `height`; a cut group has its name in each."""
        rows = [(group, row) for group in groups for row in group.rows]
        least = max(self._tall(row, column, size) for _, row in rows)
        most = max(2, int(height // least))
        for count in range(1, len(rows) + 1):
            share = -(-len(rows) // count)
            parts = [_grouped(rows[n : n + share]) for n in range(0, len(rows), share)]
            if all(len(list(_rows(part))) <= most for part in parts):
                return parts
        return [_grouped([pair]) for pair in rows]

    def _tall(self, row: Row, column: float, size: float) -> float:
        room = column - 2 * _GAP
        lines = sum(len(self.metrics.lines((Span(text),), size, room)) for text in _label(row).split("\n"))
        return lines * size * LINE_HEIGHT + _ROW

    def _bars(
        self,
        groups: Sequence[Group],
        room: tuple[float, float, float],
        scale: Scale,
        size: float,
        base: str,
    ) -> Native:
        width, height, column = room
        rows = list(_rows(groups))
        texts = {n: self._told(row.value, 0.5 * (width - column), size) for n, (_, row) in enumerate(rows) if row}
        plot = _plot([(row, self._wide(row, width - column, size)) for _, row in rows if row], scale, width - column)
        names = chart_words(self.language)
        statuses = _statuses(groups)
        series = []
        filled = {n: row for n, (_, row) in enumerate(rows) if row}
        extents = {n: extent(row.value.quantity) for n, row in filled.items()}
        opened = {n: row for n, row in filled.items() if extents[n].start != extents[n].stop}
        series += self._pale(opened, len(rows), base)
        if opened:
            tops = tuple(extents[n].stop if n in opened else None for n in range(len(rows)))
            labels = {n: Label(texts[n]) for n in opened}
            bounds = {row.value.quantity.bound for row in opened.values()}
            name = ", ".join(limit for limit, like in self._limits().items() if bounds & like)
            pale = Series(name, tops, base, labels, self._own(opened, base), pattern="pale")
            series.append(replace(pale, keyed=statuses != {"reported"}))
        for status in _ORDER:
            own = {n: row for n, row in filled.items() if row.value.quantity.status == status}
            filled_to = {n: extents[n].known for n in own if extents[n].known or n not in opened}
            if not own or not (filled_to or status == "reported"):
                continue
            values = tuple(filled_to.get(n) for n in range(len(rows)))
            labels = {n: Label(texts[n]) for n in own if n not in opened}
            name = names.status(status) or names.reported
            made = Series(name, values, base, labels, self._own(own, base), pattern=_PATTERNS[status])
            series.append(replace(made, keyed=statuses != {"reported"} and any(filled_to.values())))
        box = (column, 0.0, plot, height - _foot(groups, size))
        return self._made("bars", (width, height), box, size, tuple(label for label, _ in rows), series, scale, None)

    def _pale(self, opened: Mapping[int, Row], count: int, base: str) -> list[Series]:
        """Under the pale bars of which nothing is known, the looks of what is revised or disputed among them: the key
        names each by its limit, as that of a drawn chart does."""
        names = chart_words(self.language)
        made = []
        for (limit, bounds), status in product(self._limits().items(), _ORDER[1:]):
            own = {
                n: row
                for n, row in opened.items()
                if _all_pale(row.value) and row.value.quantity.status == status and row.value.quantity.bound in bounds
            }
            if own:
                tops = tuple(extent(own[n].value.quantity).stop if n in own else None for n in range(count))
                look = Series(
                    f"{limit}, {names.status(status)}", tops, base, {}, self._own(own, base), pattern=_PATTERNS[status]
                )
                made.append(replace(look, keyed=True))
        return made

    def _limits(self) -> dict[str, set[Bound]]:
        """The bounds that leave something open, by the words for them."""
        names = chart_words(self.language)
        return {names.between: {"between"}, names.at_most: {"at_most"}, names.at_least: {"at_least", "more_than"}}

    def _told(self, number: Number, width: float, size: float) -> Text:
        """A bar's number; of one that is pale in part with its status in words, for PowerPoint's key has no sample of a
        pattern under a pale bar."""
        told = chart_words(self.language).status(number.quantity.status)
        broken = self._broken(number, width, size)
        shown = extent(number.quantity)
        if not told or shown.start == shown.stop:
            return broken
        *_, last = _broken((*broken, Span(f" ({told})")))
        gap = " " if self.metrics.natural(last, size) <= width else "\n"
        return (*broken, Span(f"{gap}({told})"))

    def _own(self, rows: Mapping[int, Row], base: str) -> dict[int, str]:
        colours = {n: self._colour(row.colour) for n, row in rows.items()}
        return {n: colour for n, colour in colours.items() if colour != base}

    # --- lines -----------------------------------------------------------------------------------------------------

    def _end(self, name: str, value: Number, width: float, size: float) -> Text:
        """A line's name and its last count, in lines of at most a quarter of the width."""
        room = _BESIDE * width
        named = (Span(self._wrapped((Span(clean(name)),), room, size) + "\n"),) if name else ()
        return (*named, *self._broken(value, room, size))

    def _line(self, line: Line, end: Label, at: Mapping[native.Key, int], scale: Scale) -> Iterator[Series]:
        """The line, and the numbers beside it if there are some."""
        dated = list(zip(native.keys(point.when for point in line.points), line.points, strict=True))
        course, others = ({at[key]: point for key, point in dated if point.aside is aside} for aside in (False, True))
        drawn = self._points(course, line, len(at), scale)
        yield replace(drawn, labels={max(course): end}, broken=any(not point.joined for point in line.course[1:]))
        if others:
            name = f"{drawn.name}: {chart_words(self.language).aside}"
            yield replace(self._points(others, line, len(at), scale), name=name, spots="x")

    def _points(self, points: Mapping[int, Point], line: Line, count: int, scale: Scale) -> Series:
        """The points of `line` that stand on these of `count` rows, each with its mark."""
        tick = _WHISKER * (Decimal(repr(scale.high)) - Decimal(repr(scale.low)))
        ways = {"at_most": (tick, ZERO), "at_least": (ZERO, tick)}
        markers: dict[int, Marker] = {}
        whiskers: dict[int, tuple[Decimal, Decimal]] = {}
        for n, point in points.items():
            look, quantity = look_on_line(point), point.value.quantity
            if (spot := _spot(look)) != "none":
                markers[n] = spot
            if look.bound in ways:
                whiskers[n] = ways[look.bound]
            elif look.bound == "between" and quantity.low is not None:
                whiskers[n] = (quantity.magnitude - quantity.low, ZERO)
        values = tuple(points[n].value.quantity.magnitude if n in points else None for n in range(count))
        return Series(clean(line.name), values, self._colour(line.colour), markers=markers, whiskers=whiskers)

    def _letters(self, notes: Sequence[Annotation], at: Mapping[native.Key, int], scale: Scale) -> Series:
        values: list[Decimal | None] = [None] * len(at)
        labels = {}
        for key, letter, note in zip(native.keys([one.when for one in notes]), LETTERS, notes, strict=False):
            values[at[key]] = note.value.quantity.magnitude if note.value else Decimal(repr(max(scale.low, 0.0)))
            labels[at[key]] = Label((Span(letter),))
        return Series(self.words.turning_points, tuple(values), self.theme.palette.ink, labels, spots="dot")

    def _calendar(self, first: date, last: date, dates: Sequence[PartialDate], width: float, size: float) -> Calendar:
        """Ticks at the first of months or of years wherever the period is longer than two months or the `dates` lie
        a month apart; in their middles, on which marks stand, where the dates are known no better."""
        locale = f"[$-{_windows(self.language):x}]"
        days, known = max(1, (last - first).days), finest(dates)
        near = any((after - before).days < 27 for before, after in pairwise(sorted({when.middle for when in dates})))
        if known == "day" and days <= 62 and near:
            step = next((n for n in (1, 2, 5, 7, 10, 14, 31) if 6 * size <= n * width / days), 31)
            return Calendar(first, last, step, "days", f"{locale}d mmm yyyy")
        months = days / 30.4
        step = next((n for n in (1, 2, 3, 4, 6, 12) if 5 * size <= n * width / months), 0)
        if step and known != "year":
            begin = first.replace(day=1) if known == "day" else _middle_before(first, first.month)
            return Calendar(begin, last, step, "months", f"{locale}mmm yyyy")
        years = days / 365.25
        step = next((n for n in (1, 2, 5, 10, 20, 25, 50) if 3.5 * size <= n * width / years), 100)
        begin = _middle_before(first, None) if known == "year" else first.replace(month=1, day=1)
        return Calendar(begin, last, step, "years", "yyyy")

    # --- both ------------------------------------------------------------------------------------------------------

    def _made(
        self,
        kind: Literal["bars", "lines"],
        size: tuple[float, float],
        plot: tuple[float, float, float, float],
        type_size: float,
        rows: tuple[str, ...] | tuple[PartialDate, ...],
        series: Sequence[Series],
        scale: Scale,
        calendar: Calendar | None,
    ) -> Native:
        palette = self.theme.palette
        colours = (palette.ink, palette.muted, palette.rule, palette.paper)
        printed = self.words.annex_number
        return Native(
            kind, *size, plot, type_size, rows, tuple(series), scale, calendar, printed, self.language, *colours
        )

    def _key_lines(self, names: Sequence[str], width: float, size: float) -> int:
        """How many lines a key takes that stands in columns of one width, as offices set it."""
        if not names:
            return 0
        columns = int(width // (max(self.metrics.width(each, size) for each in names) + 3 * size))
        return -(-len(names) // max(1, columns))

    def _colour(self, index: int) -> str:
        return self.theme.palette.population(index)

    def _broken(self, number: Number, width: float, size: float) -> Text:
        """The number's own text in the lines that it takes: one run still."""
        return (replace(number, text=self._wrapped((number,), width, size)),)

    def _wrapped(self, text: Text, width: float, size: float) -> str:
        whole = plain(text)
        return "\n".join(whole[line.start : line.end].strip(" ") for line in self.metrics.lines(text, size, width))


def _spot(look: Look) -> Marker:
    """ "none" for what is marked as the line's other points are; of a range, a whisker tells the rest."""
    return "x" if look.aside else _OPEN.get(look.status) or _MARKERS.get(look.bound, "none")


def _rows(groups: Sequence[Group]) -> Iterator[tuple[str, Row | None]]:
    """The rows' labels, each group under its name: a row without a bar."""
    for group in groups:
        if group.name:
            yield clean(group.name), None
        yield from ((_label(row), row) for row in group.rows)


def _statuses(groups: Sequence[Group]) -> set[Status]:
    return {row.value.quantity.status for group in groups for row in group.rows}


def _foot(groups: Sequence[Group], size: float) -> float:
    """The axis's texts, and the key under them where these rows have statuses to be told apart."""
    return (size * LINE_HEIGHT + _GAP) * (2 if _statuses(groups) != {"reported"} else 1)


def _grouped(rows: Sequence[tuple[Group, Row]]) -> list[Group]:
    """Rows with the groups that they come from, under these groups again."""
    together = groupby(rows, key=lambda pair: pair[0])
    return [replace(group, rows=tuple(row for _, row in pairs)) for group, pairs in together]


def _all_pale(number: Number) -> bool:
    """Whether nothing of its bar is known, so that no series of its status draws it."""
    shown = extent(number.quantity)
    return not shown.known and shown.start != shown.stop


def _label(row: Row) -> str:
    return "\n".join(clean(text) for text in (row.label, row.detail) if text)


def _broken(text: Text) -> list[Text]:
    return [(Span(line),) for line in plain(text).split("\n")]


def _plot(rows: Iterable[tuple[Row, float]], scale: Scale, room: float) -> float:
    """The width that labels, each as wide as told, leave to the plot in `room`."""
    shares = ((_share(row.value, scale), wide) for row, wide in rows)
    return max(
        _LEAST * room, min((room - _GAP, *((room - wide - 2 * _GAP) / share for share, wide in shares if share > 0)))
    )


def _share(number: Number, scale: Scale) -> float:
    return (float(number.quantity.magnitude) - scale.low) / (scale.high - scale.low)


def _apart(middles: Sequence[float], heights: Sequence[float], lowest: float) -> list[float]:
    """How far each label must go down (or up) so that none touch and none falls under `lowest`."""
    order = sorted(range(len(middles)), key=lambda n: (middles[n], n))
    tops, end = [0.0] * len(middles), 0.0
    for n in order:
        tops[n] = max(end, middles[n] - heights[n] / 2)
        end = tops[n] + heights[n]
    end = lowest
    for n in reversed(order):
        tops[n] = min(tops[n], end - heights[n])
        end = tops[n]
    return [tops[n] + heights[n] / 2 - middles[n] for n in range(len(middles))]


def _code(ticks: Sequence[Tick], language: str) -> str:
    """A spreadsheet's format for the ticks: in the power of a thousand that they count in, its word on the last."""
    last = ticks[-1]
    locale = Locale.parse(language, sep="-")
    shown, *others = (parse_decimal(tick.text.replace(MINUS, "-"), locale=locale) for tick in (last, *ticks))
    commas = "," * ((Decimal(repr(last.value)) / shown).adjusted() // 3) if shown else ""
    decimals = max(-int(number.normalize().as_tuple().exponent) for number in (*others, Decimal(0)))
    places = "." + "0" * decimals if decimals else ""
    plainly = f"#,##0{places}{commas}"
    if not last.tail:
        return f'{plainly};"{MINUS}"{plainly};0'
    worded = f'{plainly}"{last.tail}"'
    rest = f'[<0]"{MINUS}"{plainly}' if ticks[0].value < 0 else "[=0]0"
    return f"[>={last.value:.10g}]{worded};{rest};{plainly}"


def _middle_before(day: date, month: int | None) -> date:
    """The last middle of a month, or of a year where `month` is None, that is not after `day`."""
    here = PartialDate(day.year, month).middle
    if here <= day:
        return here
    back = (day.year, month - 1) if month and month > 1 else (day.year - 1, month and 12)
    return PartialDate(*back).middle


def _windows(language: str) -> int:
    """The number by which a workbook calls the language of a date."""
    wanted = str(Locale.parse(language, sep="-"))
    numbers = {tag: number for number, tag in windows_locale.items()}
    near = (number for tag, number in numbers.items() if tag.startswith(f"{wanted[:2]}_"))
    return numbers.get(wanted) or next(near, 0x409)
