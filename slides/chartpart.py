"""The part of an editable chart: takes a `Native`, returns its XML and its workbook, without clock and random ids.

DrawingML Charts, ECMA-376 part 1, 21.2. Labels are cells of the workbook, beside the numbers that they print.
"""

import io
import uuid
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

from data.model import PartialDate, plain
from slides.native import Marker, Native, Series
from slides.oxml import Element, element, emu, hundredths, solid, to_bytes, worded

SHEET = "Sheet1"
_ROWS_AXIS, _VALUES_AXIS = 1, 2
"""Ids of the axes; the schema wants them unsigned (21.2.2.9)."""

_EPOCH = date(1899, 12, 30)
_CREATED = datetime(2000, 1, 1)
_NAMESPACE = uuid.UUID("0b6d6c0e-7f0c-5e0a-9b57-1f6a2a3f5c77")
_LABELS = "{CE6537A1-D6FC-4f65-9D91-7224C49458BB}"
_CELLS = "{02D57815-91ED-43cb-92C2-25804820EDAC}"
_SHOWS = ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize")
_DASHES = (None, "dash", "sysDot", "lgDashDot", "sysDash", "lgDashDotDot")


def part(native: Native, names: Mapping[str, str], book: str) -> bytes:
    """The XML of the chart's part; `names` gives a colour's name in the deck's scheme ("accent1") where it has one,
    `book` the part's relationship to its workbook."""
    return to_bytes(_Writer(native, names).root(book))


def workbook(native: Native) -> bytes:
    """The table of the chart as an .xlsx: the rows, a column for each series, a column of labels beside those that have
    some. A date reads as precisely as it is known; the axis has it in the middle of all that it may mean."""
    stream = io.BytesIO()
    book = Workbook(stream, {"in_memory": True})
    book.set_properties({"created": _CREATED})
    sheet = book.add_worksheet(SHEET)
    dated = {code: book.add_format({"num_format": code}) for code in ("yyyy", "yyyy-mm", "yyyy-mm-dd")}
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, len(native.series) * 2, 16)
    for n, row in enumerate(native.rows, start=1):
        if isinstance(row, PartialDate):
            known = "yyyy-mm-dd" if row.day else "yyyy-mm" if row.month else "yyyy"
            sheet.write_number(n, 0, serial(row.middle), dated[known])
        else:
            sheet.write_string(n, 0, row)
    for series, (values, labels) in zip(native.series, _columns(native), strict=True):
        sheet.write_string(0, values, series.name)
        for n, value in enumerate(series.values, start=1):
            if value is not None:
                sheet.write_number(n, values, Decimal(_digits(value)))
        if labels:
            sheet.write_string(0, labels, native.printed)
        for n, label in series.labels.items():
            sheet.write_string(n + 1, labels, plain(label.text))
    book.close()
    return stream.getvalue()


def serial(day: date) -> int:
    """A day as a workbook counts it (ECMA-376 part 1, 18.17.4.1)."""
    return (day - _EPOCH).days


def _digits(number: Decimal) -> str:
    """As it was given, which a float may not be: 97.1 and not 97.09999999999999."""
    return f"{number.normalize():f}"


def _columns(native: Native) -> Iterator[tuple[int, int]]:
    """Of each series the column of its numbers and that of its labels, 0 where it has none; the rows are column 0."""
    column = 1
    for series in native.series:
        has = 1 if series.labels else 0
        yield column, (column + 1) * has
        column += 1 + has


def _spans(series: Series) -> bool:
    """Whether the series is a line that runs over rows which are only another's."""
    given = [n for n, value in enumerate(series.values) if value is not None]
    line = series.spots == "none" and not series.broken
    return line and any(after - before > 1 for before, after in pairwise(given))


class _Writer:
    def __init__(self, native: Native, names: Mapping[str, str]) -> None:
        self.native = native
        self.names = names
        self.columns = list(_columns(native))

    def root(self, book: str) -> Element:
        native = self.native
        chart = element(
            "c:chart",
            None,
            element("c:autoTitleDeleted", {"val": 1}),
            self._plot(),
            self._legend(),
            element("c:plotVisOnly", {"val": 1}),
            element(
                "c:dispBlanksAs",
                {"val": "span" if native.kind == "lines" and any(map(_spans, native.series)) else "gap"},
            ),
        )
        return element(
            "c:chartSpace",
            None,
            element("c:date1904", {"val": 0}),
            element("c:roundedCorners", {"val": 0}),
            chart,
            self._nothing(),
            self._type(native.size, native.ink),
            element("c:externalData", {"r:id": book}, element("c:autoUpdate", {"val": 0})),
        )

    # --- the plot --------------------------------------------------------------------------------------------------

    def _plot(self) -> Element:
        native = self.native
        series = [self._series(n, one) for n, one in enumerate(native.series)]
        ids = [element("c:axId", {"val": number}) for number in (_ROWS_AXIS, _VALUES_AXIS)]
        if native.kind == "bars":
            drawn = element(
                "c:barChart",
                None,
                element("c:barDir", {"val": "bar"}),
                element("c:grouping", {"val": "clustered"}),
                element("c:varyColors", {"val": 0}),
                *series,
                element("c:gapWidth", {"val": 60}),
                element("c:overlap", {"val": 100}),
                *ids,
            )
        else:
            drawn = element(
                "c:lineChart",
                None,
                element("c:grouping", {"val": "standard"}),
                element("c:varyColors", {"val": 0}),
                *series,
                element("c:marker", {"val": 1}),
                *ids,
            )
        return element("c:plotArea", None, self._layout(), drawn, self._rows_axis(), self._values_axis())

    def _layout(self) -> Element:
        """The box inside the axes as shares of the chart, because PowerPoint's own guess leaves labels no room."""
        x, y, width, height = self.native.plot
        shares = (x / self.native.width, y / self.native.height, width / self.native.width, height / self.native.height)
        return element(
            "c:layout",
            None,
            element(
                "c:manualLayout",
                None,
                element("c:layoutTarget", {"val": "inner"}),
                element("c:xMode", {"val": "edge"}),
                element("c:yMode", {"val": "edge"}),
                *(element(f"c:{key}", {"val": f"{share:.5f}"}) for key, share in zip("xywh", shares, strict=True)),
            ),
        )

    def _rows_axis(self) -> Element:
        native, calendar = self.native, self.native.calendar
        limits = [
            element("c:orientation", {"val": "minMax" if calendar else "maxMin"}),
            *(
                element(f"c:{key}", {"val": serial(day)})
                for key, day in ((("max", calendar.last), ("min", calendar.first)) if calendar else ())
            ),
        ]
        ends: tuple[Element, ...] = (
            element("c:auto", {"val": 0}),
            element("c:lblAlgn", {"val": "ctr"}),
            element("c:lblOffset", {"val": 60}),
            element("c:noMultiLvlLbl", {"val": 1}),
        )
        if calendar:
            ends = (
                element("c:auto", {"val": 0}),
                element("c:lblOffset", {"val": 60}),
                element("c:baseTimeUnit", {"val": "days"}),
                element("c:majorUnit", {"val": calendar.step}),
                element("c:majorTimeUnit", {"val": calendar.unit}),
            )
        return element(
            "c:dateAx" if calendar else "c:catAx",
            None,
            element("c:axId", {"val": _ROWS_AXIS}),
            element("c:scaling", None, *limits),
            element("c:delete", {"val": 0}),
            element("c:axPos", {"val": "b" if calendar else "l"}),
            element("c:numFmt", {"formatCode": calendar.format if calendar else "General", "sourceLinked": 0}),
            element("c:majorTickMark", {"val": "out" if calendar else "none"}),
            element("c:minorTickMark", {"val": "none"}),
            element("c:tickLblPos", {"val": "low"}),
            self._lined(native.muted, 0.75),
            self._type(native.size, native.muted if calendar else native.ink),
            element("c:crossAx", {"val": _VALUES_AXIS}),
            element("c:crosses", {"val": "autoZero"}),
            *ends,
        )

    def _values_axis(self) -> Element:
        native, scale = self.native, self.native.scale
        bars = native.kind == "bars"
        return element(
            "c:valAx",
            None,
            element("c:axId", {"val": _VALUES_AXIS}),
            element(
                "c:scaling",
                None,
                element("c:orientation", {"val": "minMax"}),
                element("c:max", {"val": f"{scale.high:.10g}"}),
                element("c:min", {"val": f"{scale.low:.10g}"}),
            ),
            element("c:delete", {"val": 0}),
            element("c:axPos", {"val": "b" if bars else "l"}),
            element("c:majorGridlines", None, self._lined(native.rule, 0.5)),
            element("c:numFmt", {"formatCode": scale.format, "sourceLinked": 0}),
            element("c:majorTickMark", {"val": "none"}),
            element("c:minorTickMark", {"val": "none"}),
            element("c:tickLblPos", {"val": "nextTo"}),
            element("c:spPr", None, element("a:ln", None, element("a:noFill"))),
            self._type(native.size, native.muted),
            element("c:crossAx", {"val": _ROWS_AXIS}),
            element("c:crosses", {"val": "max" if bars else "min"}),
            element("c:crossBetween", {"val": "between" if bars else "midCat"}),
            element("c:majorUnit", {"val": f"{scale.step:.10g}"}),
        )

    def _legend(self) -> Element | None:
        """Only the series that must be told apart; the others are named where they stand."""
        keyed = [series.keyed for series in self.native.series]
        if not any(keyed):
            return None
        hidden = [
            element("c:legendEntry", None, element("c:idx", {"val": n}), element("c:delete", {"val": 1}))
            for n, shown in enumerate(keyed)
            if not shown
        ]
        return element(
            "c:legend",
            None,
            element("c:legendPos", {"val": "b"}),
            *hidden,
            element("c:overlay", {"val": 0}),
            self._type(self.native.size, self.native.ink),
        )

    # --- a series --------------------------------------------------------------------------------------------------

    def _series(self, n: int, series: Series) -> Element:
        bars = self.native.kind == "bars"
        values, labels = self.columns[n]
        name = self._texts(f"${xl_col_to_name(values)}$1", [series.name])
        looks = self._bar_looks(series) if bars else self._line_looks(n, series)
        return element(
            "c:ser",
            None,
            element("c:idx", {"val": n}),
            element("c:order", {"val": n}),
            element("c:tx", None, name),
            *looks,
            self._labels(series) if series.labels else None,
            self._whiskers(series) if series.whiskers else None,
            self._categories(),
            self._values(values, series.values),
            None if bars else element("c:smooth", {"val": 0}),
            self._cells(series, labels) if series.labels else None,
        )

    def _bar_looks(self, series: Series) -> list[Element]:
        points = [
            element(
                "c:dPt",
                None,
                element("c:idx", {"val": n}),
                element("c:invertIfNegative", {"val": 0}),
                element("c:bubble3D", {"val": 0}),
                self._filled(series.pattern, colour),
            )
            for n, colour in sorted(series.colours.items())
        ]
        return [self._filled(series.pattern, series.colour), element("c:invertIfNegative", {"val": 0}), *points]

    def _line_looks(self, n: int, series: Series) -> list[Element]:
        width = 1.8 * self.native.size / 10
        at = sum(before.spots == "none" for before in self.native.series[:n])
        dash = _DASHES[at % len(_DASHES)]
        pen = element(
            "a:ln",
            {"w": emu(width), "cap": "flat" if dash else "rnd"},
            self._fill(series.colour),
            element("a:prstDash", {"val": dash}) if dash else None,
            element("a:round"),
        )
        line = element("a:ln", None, element("a:noFill")) if series.spots != "none" else pen
        apart = sum(value is not None for value in series.values) * 12 < self.native.plot[2]
        spot = series.spots if series.spots != "none" else "dot" if apart or series.broken else "none"
        marker = self._marker(spot, 7 if series.spots != "none" else 4, series.colour)
        points = [
            element(
                "c:dPt",
                None,
                element("c:idx", {"val": at}),
                self._marker(own, 7, series.colour),
                element("c:bubble3D", {"val": 0}),
            )
            for at, own in sorted(series.markers.items())
        ]
        return [element("c:spPr", None, line), marker, *points]

    def _marker(self, marker: Marker, size: int, colour: str) -> Element:
        symbol = "circle" if marker == "dot" else marker
        if marker == "none":
            return element("c:marker", None, element("c:symbol", {"val": symbol}))
        # LibreOffice sets no outline: one filled with paper would be invisible there
        filled = self._light(colour) if marker in ("circle", "diamond") else self._fill(colour)
        outline = element("a:ln", {"w": emu(1.25)}, self._fill(colour))
        return element(
            "c:marker",
            None,
            element("c:symbol", {"val": symbol}),
            element("c:size", {"val": size}),
            element("c:spPr", None, filled, outline),
        )

    def _whiskers(self, series: Series) -> Element:
        """Error bars (21.2.2.55) as long as told, at the points that have some."""
        ends = []
        for side, way in (("plus", 1), ("minus", 0)):
            points = [
                element("c:pt", {"idx": n}, worded("c:v", _digits(lengths[way])))
                for n, lengths in sorted(series.whiskers.items())
            ]
            count = element("c:ptCount", {"val": len(series.values)})
            code = worded("c:formatCode", "General")
            ends.append(element(f"c:{side}", None, element("c:numLit", None, code, count, *points)))
        pen = element("a:ln", {"w": emu(1.25)}, self._fill(series.colour))
        return element(
            "c:errBars",
            None,
            element("c:errDir", {"val": "y"}),
            element("c:errBarType", {"val": "both"}),
            element("c:errValType", {"val": "cust"}),
            element("c:noEndCap", {"val": 1}),
            *ends,
            element("c:spPr", None, pen),
        )

    def _filled(self, pattern: str, colour: str) -> Element:
        outline = element("a:ln", {"w": emu(1)}, self._fill(colour))
        if pattern == "hatched":
            lines = element(
                "a:pattFill",
                {"prst": "wdUpDiag"},
                element("a:fgClr", None, self._fill(colour)[0]),
                element("a:bgClr", None, self._fill(self.native.paper)[0]),
            )
            return element("c:spPr", None, lines, outline)
        if pattern == "pale":
            tint = self._fill(colour)
            tint[0].append(element("a:alpha", {"val": 28000}))
            return element("c:spPr", None, tint, outline)
        return element("c:spPr", None, self._fill(colour))

    def _labels(self, series: Series) -> Element:
        beside = "outEnd" if self.native.kind == "bars" else "t" if series.spots != "none" else "r"
        made = []
        for n, label in sorted(series.labels.items()):
            made.append(
                element(
                    "c:dLbl",
                    None,
                    element("c:idx", {"val": n}),
                    self._moved(label.drop),
                    element("c:tx", None, self._field(n, plain(label.text))),
                    element("c:dLblPos", {"val": beside}),
                    *(element(f"c:{shows}", {"val": 0}) for shows in _SHOWS),
                    _extension(_LABELS, element("c15:showDataLabelsRange", {"val": 1})),
                )
            )
        return element(
            "c:dLbls",
            None,
            *made,
            self._nothing(),
            self._type(self.native.size, self.native.ink),
            *(element(f"c:{shows}", {"val": 0}) for shows in _SHOWS),
        )

    def _field(self, n: int, text: str) -> Element:
        """The text of the label's cell, as a field that follows it ([MS-ODRAWXML] 2.24.3.13)."""
        id = f"{{{str(uuid.uuid5(_NAMESPACE, f'{n} {text}')).upper()}}}"
        run = element("a:rPr", {"lang": self.native.language})
        field = element("a:fld", {"id": id, "type": "CELLRANGE"}, run, element("a:pPr"), worded("a:t", text))
        para = element("a:p", None, field, element("a:endParaRPr", {"lang": self.native.language}))
        return element("c:rich", None, element("a:bodyPr", {"wrap": "none"}), element("a:lstStyle"), para)

    def _cells(self, series: Series, column: int) -> Element:
        """Where the labels of a series stand in the workbook ([MS-ODRAWXML] 2.24.3.10)."""
        letter, count = xl_col_to_name(column), len(series.values)
        texts = sorted(series.labels.items())
        points = [element("c:pt", {"idx": n}, worded("c:v", plain(label.text))) for n, label in texts]
        cache = element("c15:dlblRangeCache", None, element("c:ptCount", {"val": count}), *points)
        cells = worded("c15:f", f"{SHEET}!${letter}$2:${letter}${count + 1}")
        return _extension(_CELLS, element("c15:datalabelsRange", None, cells, cache))

    def _moved(self, drop: float) -> Element | None:
        if abs(drop) < 0.5:
            return None
        shift = element("c:y", {"val": f"{drop / self.native.height:.5f}"})
        return element("c:layout", None, element("c:manualLayout", None, element("c:x", {"val": 0}), shift))

    def _categories(self) -> Element:
        rows = self.native.rows
        cells = f"$A$2:$A${len(rows) + 1}"
        if self.native.kind == "bars":
            return element("c:cat", None, self._texts(cells, [str(row) for row in rows]))
        days = [Decimal(serial(row.middle)) for row in rows if isinstance(row, PartialDate)]
        return element("c:cat", None, self._numbers(cells, days, "yyyy\\-mm\\-dd"))

    def _values(self, column: int, values: tuple[Decimal | None, ...]) -> Element:
        letter = xl_col_to_name(column)
        cells = f"${letter}$2:${letter}${len(values) + 1}"
        return element("c:val", None, self._numbers(cells, list(values), "General"))

    def _texts(self, cells: str, texts: list[str]) -> Element:
        points = [element("c:pt", {"idx": n}, worded("c:v", text)) for n, text in enumerate(texts)]
        cache = element("c:strCache", None, element("c:ptCount", {"val": len(texts)}), *points)
        return element("c:strRef", None, worded("c:f", f"{SHEET}!{cells}"), cache)

    def _numbers(self, cells: str, values: list[Decimal] | list[Decimal | None], code: str) -> Element:
        points = [
            element("c:pt", {"idx": n}, worded("c:v", _digits(value)))
            for n, value in enumerate(values)
            if value is not None
        ]
        count = element("c:ptCount", {"val": len(values)})
        cache = element("c:numCache", None, worded("c:formatCode", code), count, *points)
        return element("c:numRef", None, worded("c:f", f"{SHEET}!{cells}"), cache)

    # --- looks -----------------------------------------------------------------------------------------------------

    def _fill(self, colour: str) -> Element:
        return solid(self.names.get(colour, colour))

    def _light(self, colour: str) -> Element:
        light = self._fill(colour)
        light[0].extend((element("a:lumMod", {"val": 40000}), element("a:lumOff", {"val": 60000})))
        return light

    def _lined(self, colour: str, width: float) -> Element:
        return element("c:spPr", None, element("a:ln", {"w": emu(width)}, self._fill(colour)))

    def _nothing(self) -> Element:
        return element("c:spPr", None, element("a:noFill"), element("a:ln", None, element("a:noFill")))

    def _type(self, size: float, colour: str) -> Element:
        run = element(
            "a:defRPr",
            {"sz": hundredths(size), "b": 0},
            self._fill(colour),
            element("a:latin", {"typeface": "+mn-lt"}),
            element("a:cs", {"typeface": "+mn-cs"}),
        )
        end = element("a:endParaRPr", {"lang": self.native.language})
        para = element("a:p", None, element("a:pPr", None, run), end)
        return element("c:txPr", None, element("a:bodyPr"), element("a:lstStyle"), para)


def _extension(uri: str, child: Element) -> Element:
    return element("c:extLst", None, element("c:ext", {"uri": uri}, child))
