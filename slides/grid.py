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
_SHOWN: Box = (_LEFT, 178, _RIGHT - _LEFT, 288)
_SIDE = 232.0


_EDGE = (Panel((0, 0, _SPINE, HEIGHT), "accent1"), Panel((_SPINE + _HINGE, 0, 3, HEIGHT), "bg2"))
_OPENED = (Panel((0, 0, _PANEL, HEIGHT), "accent1"), Panel((_PANEL + _HINGE, 0, 3, HEIGHT), "bg2"))
_TINTED = (Panel((0, 0, _PANEL, HEIGHT), "bg2"), Panel((_PANEL + _HINGE, 0, 3, HEIGHT), "accent1"))
_COVERED = (
    Panel((0, 0, _COVER, HEIGHT), "accent1"),
    Panel((_COVER + _HINGE, 0, WIDTH - _COVER - _HINGE, HEIGHT), "bg2"),
)
_WIDE, _NARROW = _RIGHT - _LEFT, _RIGHT - _TEXT
"""The width of a slide's body under its title, and beside its panel."""


def layouts(sizes: SlideType) -> tuple[Layout, ...]:
    """The house's layouts for the theme's sizes of type."""
    house = _House(sizes)
    return (
        house.title(),
        house.agenda(),
        house.statement(),
        house.shown("Exhibit", Slot("Exhibit", "obj", _SHOWN, house.caption, prompt="Chart")),
        house.exhibit_with_points(),
        house.two_exhibits(),
        house.figures(),
        house.quote(),
        house.shown("Timeline", Slot("Exhibit", "pic", _SHOWN, house.caption, prompt="Timeline")),
        house.shown("Table", Slot("Table", "tbl", _SHOWN, house.caption, prompt="Table")),
        house.shown("Changes", Slot("Table", "tbl", _SHOWN, house.caption, prompt="What changed")),
        house.sources(),
        house.close(),
    )


@dataclass(frozen=True, slots=True)
class _House:
    """The layouts in these sizes of type, and the slots that they have in common."""

    sizes: SlideType

    # --- slots -----------------------------------------------------------------------------------------------------

    @property
    def caption(self) -> tuple[Setting, ...]:
        return (Setting(self.sizes.chart, "tx2"),)

    def headline(self, box: Box, colour: str = "tx1", prompt: str = "The finding, in a sentence") -> Slot:
        setting = Setting(self.sizes.title, colour, bold=True, spacing=0.95)
        return Slot("Title", "title", box, (setting,), prompt=prompt)

    def over(self) -> Slot:
        """The title of a slide that shows something."""
        return self.headline((_LEFT, 50, _WIDE, 84))

    def beside(self, prompt: str = "The finding, in a sentence") -> Slot:
        """The title of a slide that opens something, on its panel."""
        return self.headline((36, 84, _PANEL - 64, 412), "bg1", prompt)

    def around(self) -> tuple[Slot, ...]:
        """What stands around the body of a slide that shows something."""
        return _kicker(_LEFT, _WIDE, 18), self.source(_LEFT), *_foot(_LEFT)

    def source(self, x: float) -> Slot:
        setting = (Setting(self.sizes.source, "tx2"),)
        return Slot("Source", "body", (x, 470, _RIGHT - x, 30), setting, anchor="b", prompt="Source: who, what, when.")

    def captioned(self, x: float, width: float, label: str = "Caption") -> Slot:
        return Slot(label, "body", (x, 138, width, 36), self.caption, prompt="Figure: measure, place, period")

    # --- layouts ---------------------------------------------------------------------------------------------------

    def title(self) -> Layout:
        sizes, small = self.sizes, (Setting(10, "bg2"),)
        name, subtitle = (Setting(sizes.title + 12, "bg1", bold=True, spacing=0.95),), (Setting(sizes.body, "bg2"),)
        issuer = (Setting(sizes.body_floor, "tx1", bold=True), Setting(14, "tx2", before=6))
        box = (_COVER + 45, 340, _RIGHT - _COVER - 45, 128)
        slots = (
            Slot("Title", "ctrTitle", (56, 96, _COVER - 104, 240), name, anchor="b", prompt="Title of the briefing"),
            Slot("Subtitle", "subTitle", (56, 356, _COVER - 104, 112), subtitle, prompt="Subtitle"),
            Slot("Issuer", "body", box, issuer, anchor="b", prompt="Issuer and edition"),
            Slot("Date", "dt", (56, 510, 190, 16), small),
            Slot("Footer", "ftr", (256, 510, _COVER - 304, 16), small),
            Slot("Number", "sldNum", (_RIGHT - 50, 510, 50, 16), (Setting(10, "tx2"),), align="r"),
        )
        return Layout("Title", _COVERED, slots, type="title")

    def agenda(self) -> Layout:
        entry = (Setting(self.sizes.body - 2, before=9, hang=34),)
        entries = Slot("Entries", "body", (_TEXT, 80, _NARROW, 414), entry, prompt="Sections")
        return Layout("Agenda", _OPENED, (self.beside(), entries, _side_kicker(), *_foot(_TEXT)))

    def statement(self) -> Layout:
        sizes = self.sizes
        bullets = (
            Setting(sizes.body, bullet=True, before=12, hang=_BULLET),
            Setting(max(sizes.body - 2, sizes.body_floor), bullet=True, before=6, hang=_BULLET),
            Setting(sizes.body, before=12),
        )
        points = Slot("Points", "body", (_TEXT, 72, _NARROW, 390), bullets, prompt="Two to five short points")
        slots = (self.beside(), points, _side_kicker(), self.source(_TEXT), *_foot(_TEXT))
        return Layout("Statement", _OPENED, slots, type="obj")

    def shown(self, name: str, body: Slot) -> Layout:
        """A slide that shows one thing under its title and caption."""
        return Layout(name, _EDGE, (self.over(), self.captioned(_LEFT, _WIDE), body, *self.around()))

    def exhibit_with_points(self) -> Layout:
        width, box = _WIDE - _SIDE - 32, (_RIGHT - _SIDE, 140, _SIDE, 326)
        point = (Setting(self.sizes.body_floor, before=10),)
        slots = (
            self.over(),
            Slot("Points", "body", box, point, prompt="What to read in it"),
            Slot("Exhibit", "obj", (_LEFT, 178, width, 288), self.caption, prompt="Chart"),
            self.captioned(_LEFT, width),
            *self.around(),
        )
        return Layout("Exhibit with points", _EDGE, slots)

    def two_exhibits(self) -> Layout:
        half = (_WIDE - 32) / 2
        setting = (Setting(self.sizes.body_floor),)
        slots = (
            self.over(),
            self.captioned(_LEFT, half, "Caption 1"),
            Slot("Exhibit 1", "pic", (_LEFT, 178, half, 232), self.caption, prompt="Chart"),
            self.captioned(_RIGHT - half, half, "Caption 2"),
            Slot("Exhibit 2", "pic", (_RIGHT - half, 178, half, 232), self.caption, prompt="Chart"),
            Slot("Takeaway", "body", (_LEFT, 418, _WIDE, 46), setting, anchor="b", prompt="What to take away"),
            *self.around(),
        )
        return Layout("Two exhibits", _EDGE, slots)

    def figures(self) -> Layout:
        sizes = self.sizes
        levels = (
            Setting(sizes.title + 16, "accent1", bold=True),
            Setting(sizes.body_floor, before=4),
            Setting(sizes.source, "tx2", before=6),
        )
        boxes = enumerate(figure_boxes(MOST_FIGURES), start=1)
        figures = (Slot(f"Figure {n}", "body", box, levels, prompt="A number") for n, box in boxes)
        return Layout("Figures", _EDGE, (self.over(), *figures, self.captioned(_LEFT, _WIDE), *self.around()))

    def quote(self) -> Layout:
        sizes, remark = self.sizes, "Incomplete, not verified; what the words leave out"
        words = (Setting(sizes.title, "accent1", spacing=1.1),)
        speaker = (Setting(sizes.body_floor, bold=True), Setting(sizes.chart, "tx2", before=4))
        mark = (Setting(sizes.chart, bold=True), Setting(sizes.source, "tx2", before=4))
        who = "Who, in which office, when"
        slots = (
            self.headline((36, 84, _PANEL - 64, 212)),
            Slot("Words", "body", (_TEXT, 72, _NARROW, 320), words, anchor="ctr", prompt="The words"),
            Slot("Speaker", "body", (36, 306, _PANEL - 64, 190), speaker, anchor="b", prompt=who),
            Slot("Mark", "body", (_TEXT, 396, _NARROW, 66), mark, anchor="b", prompt=remark),
            _kicker(36, _PANEL - 64, 46),
            self.source(_TEXT),
            *_foot(_TEXT),
        )
        return Layout("Quote", _TINTED, slots)

    def sources(self) -> Layout:
        entry = (Setting(self.sizes.source, before=3, hang=28),)
        slots = (
            self.headline((_LEFT, 50, _WIDE, 44), prompt="Sources"),
            Slot("Entries", "body", (_LEFT, 104, _WIDE, 390), entry, prompt="Publisher, title, date"),
            _kicker(_LEFT, _WIDE, 18),
            *_foot(_LEFT),
        )
        return Layout("Sources", _EDGE, slots)

    def close(self) -> Layout:
        floor = self.sizes.body_floor
        levels = (Setting(floor, bold=True), Setting(floor, "tx2", before=6))
        box = (_TEXT, 300, _NARROW, 168)
        contact = Slot("Contact", "body", box, levels, anchor="b", prompt="Issuer and contact")
        return Layout("Close", _OPENED, (self.beside("The last word"), contact, *_foot(_TEXT)))


def _kicker(x: float, width: float, height: float, colour: str = "tx2") -> Slot:
    """The line over the title."""
    return Slot("Section", "body", (x, 30, width, height), (Setting(12, colour, bold=True),), prompt="Section")


def _side_kicker() -> Slot:
    return _kicker(36, _PANEL - 64, 46, "bg2")


def _foot(x: float) -> tuple[Slot, ...]:
    small = (Setting(10, "tx2"),)
    middle = x + 200
    return (
        Slot("Date", "dt", (x, 510, 190, 16), small),
        Slot("Footer", "ftr", (middle, 510, _RIGHT - 60 - middle, 16), small),
        Slot("Number", "sldNum", (_RIGHT - 50, 510, 50, 16), small, align="r"),
    )
