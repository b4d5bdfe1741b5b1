"""Charts to test with: small makers of model objects, and the checks that every drawing must pass."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import combinations

from charts.drawing import Drawing, Marks, Words
from charts.style import ChartFrame
from data.model import (
    Annotation,
    BarChart,
    Bound,
    Caption,
    Chart,
    DotChart,
    Event,
    Group,
    Line,
    LineChart,
    Number,
    PartialDate,
    Place,
    Point,
    Quantity,
    Row,
    Span,
    Status,
    Timeline,
)

PLACE = Place("made.csv", 1)
CAPTION = Caption("made", PLACE, "Figure 1", (), (), (), (), (), (), ())


def number(
    value: float | str,
    *,
    bound: Bound = "exact",
    high: float | str = "",
    unit: str = "people",
    status: Status = "reported",
    text: str = "",
    id_: str = "made",
) -> Number:
    low, top = Decimal(str(value)), Decimal(str(high or value))
    decimals = max(0, -int(low.normalize().as_tuple().exponent))
    ends = {"at_most": (None, top), "at_least": (low, None), "more_than": (low, None)}.get(bound, (low, top))
    quantity = Quantity(id_, PLACE, bound, *ends, unit, decimals, "An authority", None, None, "source", status)
    return Number(text or f"{low:,}", quantity)


def day(text: str) -> PartialDate:
    return PartialDate(*map(int, text.split("-")))


def line(points: dict[str, float], name: str = "Killed", colour: int = 0, status: Status = "reported") -> Line:
    return Line(name, colour, tuple(Point(day(when), number(value, status=status)) for when, value in points.items()))


def note(when: str, text: str, value: float | None = None) -> Annotation:
    return Annotation(day(when), (Span(text),), None if value is None else number(value))


def line_chart(*lines: Line, notes: Sequence[Annotation] = ()) -> LineChart:
    return LineChart(CAPTION, lines, tuple(notes))


def rows(
    *values: Number, label: str = "A place", detail: str = "An authority, 2024", colour: int = 0
) -> tuple[Row, ...]:
    return tuple(Row(label, detail, value, colour) for value in values)


def dots(*groups: tuple[str, tuple[Row, ...]]) -> DotChart:
    return DotChart(CAPTION, tuple(Group(name, rows_) for name, rows_ in groups))


def bars(*groups: tuple[str, tuple[Row, ...]]) -> BarChart:
    return BarChart(CAPTION, tuple(Group(name, rows_) for name, rows_ in groups))


def event(when: str, text: str = "Something happened", lane: str = "A lane", colour: int = 0) -> Event:
    return Event(day(when), when, (Span(text),), (Span(text),), lane, colour, "An authority", "source", PLACE)


def timeline(*events: Event) -> Timeline:
    return Timeline(CAPTION, events)


GAZA = line(
    {
        "2023-10-07": 232,
        "2023-10-12": 1200,
        "2023-12-31": 21822,
        "2024-06-30": 37877,
        "2025-01-19": 46913,
        "2025-03-18": 48964,
        "2025-06-13": 55297,
        "2025-10-10": 67211,
        "2026-08-22": 73419,
    },
    "Killed in Gaza",
)
TURNS = (
    note("2023-10-12", "about 1,200 reported on 12 October 2023, hours before 1,417", 1200),
    note("2025-01-19", "19 January 2025: ceasefire begins", 46913),
    note("2025-03-18", "18 March 2025: strikes resume", 48964),
    note("2025-06-13", "13 June 2025: Israel–Iran fighting begins", 55297),
    note("2025-10-10", "10 October 2025: second ceasefire", 67211),
    note("2026-08-22", "22 August 2026: latest report", 73419),
)
MARKS = rows(
    number(70e6, unit="USD/year", text="US$70 million"),
    number(350e6, bound="about", unit="USD/year", text="about US$350 million"),
    number(20e6, high=50e6, bound="between", unit="USD/year", text="US$20 million to US$50 million"),
    number(100e6, bound="at_most", unit="USD/year", text="up to US$100 million"),
    number(700e6, bound="at_least", unit="USD/year", text="at least US$700 million"),
    number(500e6, bound="more_than", status="revised", unit="USD/year", text="more than US$500 million"),
    number(360e6, status="revised", unit="USD/year", text="US$360 million"),
    number(222e6, status="disputed", unit="USD/year", text="US$222 million"),
    detail="Unnamed government sources, reported by a newspaper in August 2019",
)
COUNTS = rows(
    number(1400, status="revised"), number(1200, bound="about"), number(1163, status="disputed"), number(1189)
)
EVENTS = tuple(
    event(
        f"{1950 + 3 * (n // 3)}-{n % 12 + 1:02d}-{n % 28 + 1:02d}",
        f"Event {n}: " + "what happened then " * (n % 4 + 1),
        ("Talks", "Strikes", "Money")[n % 3],
        n % 3,
    )
    for n in range(25)
)
SHIPPED = {
    "line": line_chart(GAZA, notes=TURNS),
    "dots": dots(("Yearly estimates", MARKS), ("Another basis", MARKS[:3])),
    "bars": bars(("", COUNTS)),
    "timeline": timeline(*EVENTS),
}
"""One plain chart of each kind, with every mark."""


FRAMES = {
    "paper": ChartFrame(451, 640, 8.2),
    "narrow": ChartFrame(220, 180, 8.2),
    "slide": ChartFrame(860, 330, 14, "slide"),
    "half": ChartFrame(400, 300, 14, "slide"),
}
LONG = "An exceedingly long label that goes on and on about " * 4
UNBROKEN = "Donaudampfschifffahrtsgesellschaftskapitän" * 5
AR = "حركة المقاومة"
SEVERAL = [number(k * 7 % 90, bound=("exact", "about", "at_most", "at_least")[k % 4]) for k in range(12)]


def _rows(make: Callable[..., DotChart | BarChart]) -> dict[str, DotChart | BarChart]:
    return {
        "one row": make(("", rows(number(3)))),
        "noughts": make(("", rows(number(0), number(0, bound="at_most"), number(0, bound="at_least")))),
        "long texts": make((LONG, rows(number(3), label=LONG, detail=LONG))),
        "long words": make((UNBROKEN, rows(number(3), number(30), label=UNBROKEN, detail=UNBROKEN))),
        "long numbers": make(("x", rows(number(3, text="about " + LONG), number(30, text=UNBROKEN)))),
        "negative": make(("x", rows(number(-30), number(20), number(-3, bound="at_most")))),
        "negative range": make(("x", rows(number(-9, high=-2, bound="between"), number(-9, bound="at_least")))),
        "tiny": make(("x", rows(number("0.001"), number("0.0004")))),
        "minute": make(("x", rows(number("1e-190"), number("3e-12", bound="at_least")))),
        "astronomic": make(("x", rows(number("1e24"), number(3)))),
        "huge": make(("x", rows(number(1e13), number(3), number(5e12, bound="about")))),
        "percent": make(("x", rows(number(97, unit="percent"), number("12.5", unit="percent")))),
        "arabic": make((AR + " 2023 غزة", rows(number(3), label=AR, detail=f"{AR} (Gaza) 2024"))),
        "markup": make(("$x_1^2$ <b>&amp;", rows(number(3, text="$5_0$ <b>"), label="a\x00b\ud800c\u202ed 漢字 🙂"))),
        "many groups": make(*((f"Group {g}", rows(*SEVERAL[: g + 1])) for g in range(12))),
    }


HOSTILE: dict[str, Chart] = {
    **{f"dots: {name}": chart for name, chart in _rows(dots).items()},
    **{f"bars: {name}": chart for name, chart in _rows(bars).items()},
    "line without points": line_chart(line({})),
    "one point": line_chart(line({"2024-01-01": 5})),
    "noughts": line_chart(line({"2024-01-01": 0, "2025-01-01": 0})),
    "huge": line_chart(line({"2024-01-01": 1, "2025-01-01": 1e13}), notes=[note("2024-03-01", "x " * 30, 5)]),
    "astronomic": line_chart(line({"2024-01-01": 1, "2025-01-01": 1e24})),
    "tiny": line_chart(line({"2024-01-01": 0.001, "2024-01-20": 0.0004})),
    "negative": line_chart(line({"2024-01-01": -5, "2024-05-20": 40}), notes=[note("2024-02-01", "dip", -3)]),
    "equal days": line_chart(
        line({"2024-01-01": 5}),
        line({"2024-01-01": 5}, "Other", 1),
        notes=[note("2024-01-01", text) for text in "abcd"],
    ),
    "four lines": line_chart(
        *(line({"2023": k, "2024": 10 * k + 5, "2025-06": 11 * k + 40}, f"Population {k}", k) for k in range(4)),
        notes=[note("2024-01-01", "A turning point of all")],
    ),
    "thirty lines": line_chart(*(line({"2023": k, "2024": k + 5}, f"Population number {k}", k) for k in range(30))),
    "thirty-six notes": line_chart(
        GAZA,
        notes=[note(f"{2023 + k // 12}-{k % 12 + 1:02d}-15", f"Something important {k} happened") for k in range(36)],
    ),
    "long notes": line_chart(
        GAZA, notes=[note("2024-02-02", LONG), note("2025-02-02", UNBROKEN), note("2025-03-02", AR)]
    ),
    "long names": line_chart(
        *(line({"2024": 1, "2025": 10}, name, k) for k, name in enumerate((LONG, UNBROKEN, AR, "short")))
    ),
    "days": line_chart(line({f"2024-06-{d:02d}": d * d for d in range(1, 25)})),
    "months": line_chart(line({f"2024-{m:02d}-20": m * m for m in range(1, 12)})),
    "centuries": line_chart(line({"1800": 1, "1950-02": 10, "2020": 3}), notes=[note("1900", "A turn")]),
    "millennia": line_chart(line({"1": 1, "9999-12-31": 10})),
    "sixty lanes": timeline(*(event(f"{2000 + k // 4}-{k % 12 + 1:02d}", lane=f"Lane number {k}") for k in range(60))),
    "long events": timeline(
        event("2024-01-01", LONG * 5), event("2024-01-01", UNBROKEN), event("1", AR), event("9999-12-31")
    ),
    "equal dates": timeline(*(event("2024-01-01") for _ in range(9))),
    "one event": timeline(event("2024")),
}


# --- checks ------------------------------------------------------------------------------------------------------

Box = tuple[float, float, float, float]


def text_box(words: Words) -> Box:
    """Where the ink of unturned text can be: from a comma's tail to a capital's head."""
    return words.x, words.y - 0.21 * words.size, words.x + words.width, words.y + 0.7 * words.size


def boxes(drawing: Drawing) -> list[Box]:
    """Of every operation, strokes included."""
    found = []
    for operation in drawing.operations:
        if isinstance(operation, Words):
            found.append(text_box(operation))
            continue
        half = operation.pen.width / 2 if operation.pen else 0.0
        places = operation.places if isinstance(operation, Marks) else ((0.0, 0.0),)
        xs = [n for _, numbers in operation.path for n in numbers[0::2]]
        ys = [n for _, numbers in operation.path for n in numbers[1::2]]
        for x, y in places:
            found.append((min(xs) + x - half, min(ys) + y - half, max(xs) + x + half, max(ys) + y + half))
    return found


def outside(drawing: Drawing, slack: float = 0.6) -> list[Box]:
    """Boxes that leave the frame by more than half a stroke."""
    return [
        box
        for box in boxes(drawing)
        if box[0] < -slack or box[1] < -slack or box[2] > drawing.width + slack or box[3] > drawing.height + slack
    ]


def overlaps(drawing: Drawing, slack: float = 0.3) -> list[tuple[str, str]]:
    """Pairs of texts whose ink touches."""
    return [
        (a.text, b.text)
        for a, b in combinations(drawing.words, 2)
        for (left, low, right, top), (left2, low2, right2, top2) in [(text_box(a), text_box(b))]
        if min(right, right2) - max(left, left2) > slack and min(top, top2) - max(low, low2) > slack
    ]
