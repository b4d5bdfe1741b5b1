"""Refitting: takes a layout that others made and a kind of slide, returns that kind's slots in the layout's own boxes.

A slot takes a placeholder of the layout where one can hold it; what the layout has no placeholder for (a caption, a
source line, a kicker) stands in a text box inside the margins, cut from the room or beside it, and over nothing.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from data.theme import SlideType
from slides.adopted import inks, obstacles
from slides.frames import Frame, Level, layout_frames
from slides.grid import MOST_FIGURES, Box, figure_boxes
from slides.matching import FOOT, TEXTS, TITLES

_EXHIBITS = ("obj",)
_TABLES = ("obj", "tbl")
_KICKER = 18.0
_CAPTION = 36.0
_SOURCE = 30.0
_GAP = 6.0
_NUMBER: tuple[float, float] = (50.0, 16.0)
_BESIDE = 0.34
_LEAST_WIDTH, _LEAST_HEIGHT, _LEAST_OPENING = 0.2, 0.3, 0.1


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A layout read: its placeholders by what they are, the room under its title, what free boxes must keep off, and
    the colour of text in them."""

    name: str
    width: float
    height: float
    title: Frame
    rooms: tuple[Frame, ...]
    foot: Mapping[str, Frame]
    taken: tuple[Box, ...]
    ink: Callable[[Box], str]

    @property
    def floor(self) -> float:
        """Where the foot of the slide begins."""
        low = [frame.y for frame in self.foot.values() if frame.y > 0.75 * self.height]
        return min([*low, 0.94 * self.height])

    @property
    def room(self) -> Box:
        """The box of the largest placeholder for content, or all that is free under the title."""
        if self.rooms:
            return _box(self.rooms[0])
        under, over = self.title.y + self.title.height + _GAP, self.title.y - _KICKER - _GAP
        top, bottom = under, self.floor - _GAP
        if bottom - top < over - 0.05 * self.height:
            top, bottom = 0.05 * self.height, over
        left = max(self.title.x, 0.04 * self.width)
        right = min(self.title.x + self.title.width, 0.96 * self.width)
        if bottom - top < _LEAST_HEIGHT * self.height or right - left < _LEAST_WIDTH * self.width:
            raise ValueError(f"no room on {self.name!r}")
        return left, top, right - left, bottom - top


def refit(kind: str, layout: Any, size: tuple[float, float], sizes: SlideType) -> dict[str, Frame]:
    """The slots of the house's layout `kind` on `layout`, for slides of `size` points; `sizes` are those of texts.

    Raises ValueError where the layout has no room for content.
    """
    least = _LEAST_OPENING if kind in ("Title", "Close") else _LEAST_HEIGHT
    return _Refitter(_read(layout, size, least), sizes).slots(kind)


def _read(layout: Any, size: tuple[float, float], least: float) -> _Sheet:
    frames = list(layout_frames(layout, layout.slide_master))
    title = next(frame for frame in frames if frame.type in TITLES)
    width, height = size
    large = [
        frame
        for frame in frames
        if frame.type not in (*TITLES, *FOOT)
        and frame.width >= _LEAST_WIDTH * width
        and frame.height >= least * height
        and not _touch(_box(frame), _box(title))
    ]
    foot = {frame.type: frame for frame in reversed(frames) if frame.type in FOOT}
    rooms = sorted(large, key=lambda frame: (frame.type not in TEXTS, -round(frame.width * frame.height), frame.x))
    return _Sheet(layout.name, width, height, title, tuple(rooms), foot, tuple(obstacles(layout)), inks(layout))


@dataclass(frozen=True, slots=True)
class _Refitter:
    sheet: _Sheet
    sizes: SlideType

    def slots(self, kind: str) -> dict[str, Frame]:
        sizes = self.sizes
        title = {"Title": replace(self.sheet.title, name="Title", layout=kind)}
        match kind:
            case "Title" | "Close":
                slots = self._opening(kind)
            case "Agenda":
                levels = (_plain(sizes.body - 2, 9, hang=34),)
                slots = {"Entries": self._text("Entries", self._room(foot=False), levels)}
            case "Sources":
                levels = (_plain(sizes.source, 3, hang=28),)
                slots = {"Entries": self._text("Entries", self._room(foot=False), levels)}
            case "Statement":
                slots = self._points()
            case "Exhibit with points":
                slots = self._beside()
            case "Figures":
                slots = self._figures()
            case "Quote":
                slots = self._quote()
            case "Table" | "Changes":
                slots = self._captioned("Table", self._room(), _TABLES)
            case _:
                slots = self._captioned("Exhibit", self._room(), _EXHIBITS)
        opening = kind in ("Title", "Close", "Agenda", "Sources")
        around = self._kicker() if kind not in ("Title", "Close") else {}
        source = {} if opening else self._source(self._pair() if kind == "Exhibit with points" else ())
        return title | slots | around | source | self._foot()

    # --- kinds -----------------------------------------------------------------------------------------------------

    def _opening(self, kind: str) -> dict[str, Frame]:
        x, y, width, height = self._room(foot=False)
        names = (_plain(self.sizes.body_floor, bold=True), _plain(14, 6))
        if kind == "Close":
            return {"Contact": self._text("Contact", (x, y, width, height), names)}
        upper = height * 0.56
        subtitle = self._text("Subtitle", (x, y, width, upper), (_plain(self.sizes.body),))
        align = subtitle.levels[0].align
        below = tuple(replace(level, align=align) for level in names)
        return {"Subtitle": subtitle, "Issuer": self._free("Issuer", (x, y + upper, width, height - upper), below)}

    def _points(self) -> dict[str, Frame]:
        own = next((room.levels[:2] for room in self.sheet.rooms if room.type in TEXTS and room.levels[0].bullet), ())
        own = own or (_plain(self.sizes.body, 9), _plain(self.sizes.body, 6))
        return {"Points": self._text("Points", self._room(), (*own, _plain(self.sizes.body, 12)))}

    def _beside(self) -> dict[str, Frame]:
        pair = self._pair()
        x, y, width, height = self._room(pair)
        right = max(_BESIDE * width, 180.0)
        left = (x, y, width - right - 3 * _GAP, height)
        levels = (_plain(self.sizes.body_floor, 10),)
        box = (x + width - right, y, right, height)
        if not pair:
            return self._captioned("Exhibit", left, _EXHIBITS) | {"Points": self._free("Points", box, levels)}
        shown = self._captioned("Exhibit", left, _EXHIBITS, pair[0])
        return shown | {"Points": self._held(pair[1], "Points", box, levels)}

    def _pair(self) -> Sequence[Frame]:
        """Two placeholders for content that stand beside each other, the left one first, or none."""
        rooms = [frame for frame in self.sheet.rooms if frame.type in TEXTS]
        pairs = (
            sorted((one, other), key=lambda frame: frame.x)
            for n, one in enumerate(rooms)
            for other in rooms[n + 1 :]
            if not _touch(_box(one), _box(other)) and abs(one.y - other.y) < one.height / 2
        )
        return next(pairs, [])

    def _figures(self) -> dict[str, Frame]:
        sizes = self.sizes
        levels = (_plain(sizes.title + 16, bold=True), _plain(sizes.body_floor, 4), _plain(sizes.source, 6))
        caption, room = self._caption(self._room())
        boxes = enumerate(figure_boxes(MOST_FIGURES, room), start=1)
        return caption | {f"Figure {n}": self._free(f"Figure {n}", box, levels) for n, box in boxes}

    def _quote(self) -> dict[str, Frame]:
        x, y, width, height = self._room()
        words, speaker = height * 0.62, height * 0.26
        names = (_plain(self.sizes.body_floor, bold=True), _plain(self.sizes.chart, 4))
        mark = (x, y + words + speaker, width, height - words - speaker)
        return {
            "Words": self._text("Words", (x, y, width, words), (_plain(self.sizes.title),)),
            "Speaker": self._free("Speaker", (x, y + words, width, speaker), names),
            "Mark": self._free("Mark", mark, (_plain(self.sizes.chart, bold=True), _plain(self.sizes.source, 4))),
        }

    # --- pieces ----------------------------------------------------------------------------------------------------

    def _captioned(self, slot: str, box: Box, kinds: Sequence[str], frame: Frame | None = None) -> dict[str, Frame]:
        caption, room = self._caption(box)
        held = frame or next((one for one in self.sheet.rooms if one.type in kinds), None)
        levels = (_plain(self.sizes.chart),)
        able = held is not None and held.type in kinds
        shown = self._held(held, slot, room, levels) if held and able else self._free(slot, room, levels)
        return caption | {slot: replace(shown, insets=(0, 0, 0, 0))}

    def _caption(self, box: Box) -> tuple[dict[str, Frame], Box]:
        x, y, width, height = box
        caption = self._free("Caption", (x, y, width, _CAPTION), (_plain(self.sizes.chart),))
        return {"Caption": caption}, (x, y + _CAPTION + _GAP, width, height - _CAPTION - _GAP)

    def _kicker(self) -> dict[str, Frame]:
        title = self.sheet.title
        top = title.y - _KICKER - 2
        box = (title.x, top, title.width, _KICKER)
        if top < 4 or any(_touch(box, other) for other in self._others()):
            return {}
        return {"Section": self._free("Section", box, (_plain(12, bold=True),))}

    def _source(self, frames: Sequence[Frame]) -> dict[str, Frame]:
        frame = self._free("Source", self._source_box(frames), (_plain(self.sizes.source),))
        return {"Source": replace(frame, anchor="b")}

    def _source_box(self, frames: Sequence[Frame]) -> Box:
        """Between the room and the foot where that is free, else the room's own lowest lines."""
        x, y, width, height = self._united(frames)
        bottom, least = y + height, 2 * self.sizes.source_floor * 1.2 + 2
        below = (x, bottom, width, min(_SOURCE, self.sheet.floor - bottom))
        others = (*self._others(), _box(self.sheet.title))
        if below[3] >= least and not any(_touch(below, other) for other in others):
            return below
        return x, bottom - _SOURCE, width, _SOURCE

    def _room(self, frames: Sequence[Frame] = (), *, foot: bool = True) -> Box:
        """The room for content, of these placeholders or of the largest; with `foot`, without the source line."""
        x, y, width, height = self._united(frames)
        if foot and self._source_box(frames)[1] < y + height:
            height -= _SOURCE + _GAP
        return x, y, width, height

    def _united(self, frames: Sequence[Frame]) -> Box:
        """The box about the placeholders, as far as it stands over the slide's foot."""
        boxes = [_box(frame) for frame in frames] or [self.sheet.room]
        x, y = min(box[0] for box in boxes), min(box[1] for box in boxes)
        right, bottom = max(box[0] + box[2] for box in boxes), max(box[1] + box[3] for box in boxes)
        return x, y, right - x, min(bottom, self.sheet.floor) - y

    def _foot(self) -> dict[str, Frame]:
        named = {"dt": "Date", "ftr": "Footer", "sldNum": "Number"}
        foot = {named[type]: replace(frame, name=named[type]) for type, frame in self.sheet.foot.items()}
        if "Number" not in foot:
            width, height = _NUMBER
            right = self.sheet.width - max(self.sheet.title.x, 0.03 * self.sheet.width)
            top = min(self.sheet.height - height - 6, self.sheet.floor + 4)
            taken = [_box(frame) for frame in self.sheet.foot.values()]
            box = (right - width, top, width, height)
            while any(_touch(box, other) for other in taken) and box[0] > width:
                box = (box[0] - width, *box[1:])
            foot["Number"] = self._free("Number", box, (replace(_plain(10), align="r"),))
        return foot

    def _text(self, slot: str, box: Box, levels: tuple[Level, ...]) -> Frame:
        """In the layout's largest placeholder for text; where it has none, in a box of its own."""
        held = next((frame for frame in self.sheet.rooms if frame.type in TEXTS), None)
        return self._held(held, slot, box, levels) if held else self._free(slot, box, levels)

    def _held(self, frame: Frame, slot: str, box: Box, levels: tuple[Level, ...]) -> Frame:
        align = frame.levels[0].align
        stated = tuple(level if level.align else replace(level, align=align) for level in _five(levels))
        x, y, width, height = box
        return replace(frame, name=slot, x=x, y=y, width=width, height=height, levels=stated, main=False, stated=True)

    def _free(self, slot: str, box: Box, levels: tuple[Level, ...]) -> Frame:
        insets, shade = (0, 0, 0, 0), self.sheet.ink(box)
        return Frame(self.sheet.name, slot, "", -1, *box, insets, _five(levels), False, stated=True, ink=shade)

    def _others(self) -> list[Box]:
        """What stands on every slide of the layout besides title and content."""
        return [*self.sheet.taken, *(_box(frame) for frame in self.sheet.foot.values())]


def _plain(size: float, before: float = 0, *, bold: bool = False, hang: float = 0) -> Level:
    """A level without a bullet."""
    return Level(size, bold, 1.0, before, 0, hang, -hang, False)


def _five(levels: Iterable[Level]) -> tuple[Level, ...]:
    given = tuple(levels)
    return (*given, *(given[-1] for _ in range(5 - len(given))))


def _box(frame: Frame) -> Box:
    return frame.x, frame.y, frame.width, frame.height


def _touch(one: Box, other: Box) -> bool:
    return min(one[0] + one[2], other[0] + other[2]) > max(one[0], other[0]) and min(
        one[1] + one[3], other[1] + other[3]
    ) > max(one[1], other[1])
