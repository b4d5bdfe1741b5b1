"""The house layouts as data: one grid, 960 by 540 points (16:9), and on it every layout with its panels and slots.

Two panels and a hinge return on every slide: wide on the cover, a third on the slides that open, quote and close, a
narrow spine at the edge of the slides that show an exhibit.
"""

from dataclasses import dataclass

from data.theme import SlideType

WIDTH, HEIGHT = 960.0, 540.0
_LEFT, _RIGHT = 56.0, 912.0
_SPINE, _HINGE = 20.0, 5.0
_PANEL = 324.0
_TEXT = _PANEL + _HINGE + 47.0
_COVER = 580.0
_BULLET = 20.0

Box = tuple[float, float, float, float]
"""x, y, width, height in points."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How a slot sets one outline level; `colour` is a name of the theme's colour scheme, `hang` the points by which
    all lines but the first stand in, so that a bullet or a number stands out."""

    size: float
    colour: str = "tx1"
    bold: bool = False
    bullet: bool = False
    before: float = 0
    spacing: float = 1.0
    hang: float = 0


@dataclass(frozen=True, slots=True)
class Slot:
    """One placeholder: its name and type (ECMA-376 part 1, 19.7.10), box, levels, and where text stands in the box."""

    name: str
    type: str
    box: Box
    levels: tuple[Setting, ...]
    anchor: str = "t"
    align: str = "l"
    prompt: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    box: Box
    colour: str


@dataclass(frozen=True, slots=True)
class Layout:
    """The first slot of a type is the layout's main one of that type: some readers look for types only."""

    name: str
    panels: tuple[Panel, ...]
    slots: tuple[Slot, ...]
    type: str | None = None


def figure_boxes(count: int, body: Box | None = None, most: int = 3) -> tuple[Box, ...]:
    """One to six boxes in the body of a slide of figures: one row up to three, two rows above, or as many as it takes
    where no more than `most` have room beside each other."""
    x, y, width, height = body or _BODY
    columns = min((1, 2, 3, 2, 3, 3)[count - 1], most)
    rows = -(-count // columns)
    gap, lead = 44.0, 20.0
    if rows == 1:
        y, height = y + 28, height - 28
    w, h = (width - gap * (columns - 1)) / columns, (height - lead * (rows - 1)) / rows
    return tuple((x + (w + gap) * (n % columns), y + (h + lead) * (n // columns), w, h) for n in range(count))


MOST_FIGURES = 6
_BODY: Box = (_LEFT, 180, _RIGHT - _LEFT, 286)
_SIDE = 232.0


def layouts(sizes: SlideType) -> tuple[Layout, ...]:
    """The house's layouts for the theme's sizes of type."""
    bullets = (
        Setting(sizes.body, bullet=True, before=12, hang=_BULLET),
        Setting(max(sizes.body - 2, sizes.body_floor), bullet=True, before=6, hang=_BULLET),
        Setting(sizes.body, before=12),
    )
    spine = (Panel((0, 0, _SPINE, HEIGHT), "accent1"), Panel((_SPINE + _HINGE, 0, 3, HEIGHT), "bg2"))
    opened = (Panel((0, 0, _PANEL, HEIGHT), "accent1"), Panel((_PANEL + _HINGE, 0, 3, HEIGHT), "bg2"))
    tinted = (Panel((0, 0, _PANEL, HEIGHT), "bg2"), Panel((_PANEL + _HINGE, 0, 3, HEIGHT), "accent1"))

    def headline(box: Box, colour: str = "tx1", prompt: str = "The finding, in a sentence") -> Slot:
        return Slot("Title", "title", box, (Setting(sizes.title, colour, bold=True, spacing=0.95),), prompt=prompt)

    def kicker(x: float, width: float, height: float, colour: str = "tx2") -> Slot:
        return Slot("Section", "body", (x, 30, width, height), (Setting(12, colour, bold=True),), prompt="Section")

    def source(x: float) -> Slot:
        setting = (Setting(sizes.source, "tx2"),)
        return Slot("Source", "body", (x, 470, _RIGHT - x, 30), setting, anchor="b", prompt="Source: who, what, when.")

    def foot(x: float, colour: str = "tx2") -> tuple[Slot, ...]:
        small = (Setting(10, colour),)
        middle = x + 200
        return (
            Slot("Date", "dt", (x, 510, 190, 16), small),
            Slot("Footer", "ftr", (middle, 510, _RIGHT - 60 - middle, 16), small),
            Slot("Number", "sldNum", (_RIGHT - 50, 510, 50, 16), small, align="r"),
        )

    top = headline((_LEFT, 50, _RIGHT - _LEFT, 84))
    side = headline((36, 84, _PANEL - 64, 412), "bg1")
    over, over_side = kicker(_LEFT, _RIGHT - _LEFT, 18), kicker(36, _PANEL - 64, 46, "bg2")
    caption = Setting(sizes.chart, "tx2")
    low = (over, source(_LEFT), *foot(_LEFT))
    right = (over_side, source(_TEXT), *foot(_TEXT))
    points = Slot("Points", "body", (_TEXT, 72, _RIGHT - _TEXT, 390), bullets, prompt="Two to five short points")
    half = (_RIGHT - _LEFT - 32) / 2

    def caption_slot(x: float, width: float, label: str = "Caption") -> Slot:
        return Slot(label, "body", (x, 138, width, 36), (caption,), prompt="Figure: measure, place, period")

    def takeaway(x: float, width: float) -> Slot:
        setting = (Setting(sizes.body_floor),)
        return Slot("Takeaway", "body", (x, 418, width, 46), setting, anchor="b", prompt="What to take away")

    return (
        Layout(
            "Title",
            (
                Panel((0, 0, _COVER, HEIGHT), "accent1"),
                Panel((_COVER + _HINGE, 0, WIDTH - _COVER - _HINGE, HEIGHT), "bg2"),
            ),
            (
                Slot(
                    "Title",
                    "ctrTitle",
                    (56, 96, _COVER - 104, 240),
                    (Setting(sizes.title + 12, "bg1", bold=True, spacing=0.95),),
                    anchor="b",
                    prompt="Title of the briefing",
                ),
                Slot(
                    "Subtitle",
                    "subTitle",
                    (56, 356, _COVER - 104, 112),
                    (Setting(sizes.body, "bg2"),),
                    prompt="Subtitle",
                ),
                Slot(
                    "Issuer",
                    "body",
                    (_COVER + 45, 340, _RIGHT - _COVER - 45, 128),
                    (Setting(sizes.body_floor, "tx1", bold=True), Setting(14, "tx2", before=6)),
                    anchor="b",
                    prompt="Issuer and edition",
                ),
                Slot("Date", "dt", (56, 510, 190, 16), (Setting(10, "bg2"),)),
                Slot("Footer", "ftr", (256, 510, _COVER - 304, 16), (Setting(10, "bg2"),)),
                Slot("Number", "sldNum", (_RIGHT - 50, 510, 50, 16), (Setting(10, "tx2"),), align="r"),
            ),
            type="title",
        ),
        Layout(
            "Agenda",
            opened,
            (
                side,
                Slot(
                    "Entries",
                    "body",
                    (_TEXT, 80, _RIGHT - _TEXT, 414),
                    (Setting(sizes.body - 2, before=9, hang=34),),
                    prompt="Sections",
                ),
                over_side,
                *foot(_TEXT),
            ),
        ),
        Layout("Statement", opened, (side, points, *right), type="obj"),
        Layout(
            "Exhibit",
            spine,
            (
                top,
                caption_slot(_LEFT, _RIGHT - _LEFT),
                Slot("Exhibit", "obj", (_LEFT, 178, _RIGHT - _LEFT, 288), (caption,), prompt="Chart"),
                *low,
            ),
        ),
        Layout(
            "Exhibit with points",
            spine,
            (
                top,
                Slot(
                    "Points",
                    "body",
                    (_RIGHT - _SIDE, 140, _SIDE, 326),
                    (Setting(sizes.body_floor, before=10),),
                    prompt="What to read in it",
                ),
                Slot("Exhibit", "obj", (_LEFT, 178, _RIGHT - _LEFT - _SIDE - 32, 288), (caption,), prompt="Chart"),
                caption_slot(_LEFT, _RIGHT - _LEFT - _SIDE - 32),
                *low,
            ),
        ),
        Layout(
            "Two exhibits",
            spine,
            (
                top,
                caption_slot(_LEFT, half, "Caption 1"),
                Slot("Exhibit 1", "pic", (_LEFT, 178, half, 232), (caption,), prompt="Chart"),
                caption_slot(_RIGHT - half, half, "Caption 2"),
                Slot("Exhibit 2", "pic", (_RIGHT - half, 178, half, 232), (caption,), prompt="Chart"),
                takeaway(_LEFT, _RIGHT - _LEFT),
                *low,
            ),
        ),
        Layout(
            "Figures",
            spine,
            (
                top,
                *(
                    Slot(
                        f"Figure {n}",
                        "body",
                        box,
                        (
                            Setting(sizes.title + 16, "accent1", bold=True),
                            Setting(sizes.body_floor, before=4),
                            Setting(sizes.source, "tx2", before=6),
                        ),
                        prompt="A number",
                    )
                    for n, box in enumerate(figure_boxes(MOST_FIGURES), start=1)
                ),
                caption_slot(_LEFT, _RIGHT - _LEFT),
                *low,
            ),
        ),
        Layout(
            "Quote",
            tinted,
            (
                headline((36, 84, _PANEL - 64, 212)),
                Slot(
                    "Words",
                    "body",
                    (_TEXT, 72, _RIGHT - _TEXT, 320),
                    (Setting(sizes.title, "accent1", spacing=1.1),),
                    anchor="ctr",
                    prompt="The words",
                ),
                Slot(
                    "Speaker",
                    "body",
                    (36, 306, _PANEL - 64, 190),
                    (Setting(sizes.body_floor, bold=True), Setting(sizes.chart, "tx2", before=4)),
                    anchor="b",
                    prompt="Who, in which office, when",
                ),
                Slot(
                    "Mark",
                    "body",
                    (_TEXT, 396, _RIGHT - _TEXT, 66),
                    (Setting(sizes.chart, bold=True), Setting(sizes.source, "tx2", before=4)),
                    anchor="b",
                    prompt="Incomplete, not verified; what the words leave out",
                ),
                kicker(36, _PANEL - 64, 46),
                source(_TEXT),
                *foot(_TEXT),
            ),
        ),
        Layout(
            "Timeline",
            spine,
            (
                top,
                caption_slot(_LEFT, _RIGHT - _LEFT),
                Slot("Exhibit", "pic", (_LEFT, 178, _RIGHT - _LEFT, 288), (caption,), prompt="Timeline"),
                *low,
            ),
        ),
        Layout(
            "Table",
            spine,
            (
                top,
                caption_slot(_LEFT, _RIGHT - _LEFT),
                Slot("Table", "tbl", (_LEFT, 178, _RIGHT - _LEFT, 288), (caption,), prompt="Table"),
                *low,
            ),
        ),
        Layout(
            "Changes",
            spine,
            (
                top,
                caption_slot(_LEFT, _RIGHT - _LEFT),
                Slot("Table", "tbl", (_LEFT, 178, _RIGHT - _LEFT, 288), (caption,), prompt="What changed"),
                *low,
            ),
        ),
        Layout(
            "Sources",
            spine,
            (
                headline((_LEFT, 50, _RIGHT - _LEFT, 44), prompt="Sources"),
                Slot(
                    "Entries",
                    "body",
                    (_LEFT, 104, _RIGHT - _LEFT, 390),
                    (Setting(sizes.source, before=3, hang=28),),
                    prompt="Publisher, title, date",
                ),
                over,
                *foot(_LEFT),
            ),
        ),
        Layout(
            "Close",
            opened,
            (
                headline((36, 84, _PANEL - 64, 412), "bg1", "The last word"),
                Slot(
                    "Contact",
                    "body",
                    (_TEXT, 300, _RIGHT - _TEXT, 168),
                    (Setting(sizes.body_floor, bold=True), Setting(sizes.body_floor, "tx2", before=6)),
                    anchor="b",
                    prompt="Issuer and contact",
                ),
                *foot(_TEXT),
            ),
        ),
    )
