"""Matching: takes a template's layouts and the kinds of slide that a deck needs, returns a layout for each kind, or
findings that list what the template offers.

A layout is the author's own choice, else one with a usual name, else one that the file itself says to be of that type
(ECMA-376 part 1, 19.7.15), which holds in every language. The first master goes first; but where each master has all
layouts and the first is a cover, with little room under its title, slides with content stand on another.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from data.findings import Finding
from data.model import Place
from data.theme import SlideType
from slides import grid
from slides.adopted import theme_name
from slides.findings import LayoutUnknown, TemplateFallback, TemplateLacks
from slides.frames import layout_frames
from slides.kinds import (
    AgendaSlide,
    ChangesSlide,
    CloseSlide,
    ExhibitSlide,
    FiguresSlide,
    QuoteSlide,
    Slide,
    SourcesSlide,
    StatementSlide,
    TableSlide,
    TimelineSlide,
    TitleSlide,
)
from slides.oxml import EMU

TITLES = ("title", "ctrTitle")
TEXTS = ("obj", "body", "subTitle")
FOOT = ("dt", "ftr", "sldNum")
_OPENING = ("Title", "Close")
_LEAST_ROOM = 0.25
_CONTENT = ("Title and Content", "Title, Content", "Content", "Title and Text")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of slide: the house's layout for it, the names and types of layouts that serve as well, whether it needs a
    placeholder for text, and the kind whose layout serves in its place."""

    layout: str
    names: tuple[str, ...]
    types: tuple[str, ...] = ()
    text: bool = False
    instead: str = ""


_PLAIN = (*_CONTENT, "Title Only")
_PLAIN_TYPES = ("obj", "tx", "titleOnly")
KINDS = {
    kind.layout: kind
    for kind in (
        Kind("Title", ("Title Slide", "Cover"), ("title",), instead="Exhibit"),
        Kind("Agenda", ("Contents", "Table of Contents", *_CONTENT), ("obj", "tx"), True, "Statement"),
        Kind("Statement", _CONTENT, ("obj", "tx"), True),
        Kind("Exhibit", ("Chart", "Title and Chart", *_PLAIN), ("chart", *_PLAIN_TYPES), instead="Statement"),
        Kind("Exhibit with points", ("Two Content",), ("twoObj", "chartAndTx", "objTx"), instead="Exhibit"),
        Kind("Figures", ("Key Figures",), instead="Exhibit"),
        Kind("Quote", ("Quotation",), text=True, instead="Statement"),
        Kind("Timeline", _PLAIN, _PLAIN_TYPES, instead="Exhibit"),
        Kind("Table", ("Title and Table", *_PLAIN), ("tbl", *_PLAIN_TYPES), instead="Exhibit"),
        Kind("Changes", ("Table", "Title and Table", *_PLAIN), ("tbl", *_PLAIN_TYPES), instead="Table"),
        Kind("Sources", ("References", *_CONTENT), ("obj", "tx"), True, "Statement"),
        Kind("Close", ("Closing", "Closing Slide", "Thank You", "End", "Title Slide"), ("title",), False, "Title"),
    )
}
_OF_SLIDE: dict[type[Slide], str] = {
    TitleSlide: "Title",
    AgendaSlide: "Agenda",
    StatementSlide: "Statement",
    ExhibitSlide: "Exhibit",
    TimelineSlide: "Timeline",
    FiguresSlide: "Figures",
    QuoteSlide: "Quote",
    TableSlide: "Table",
    ChangesSlide: "Changes",
    SourcesSlide: "Sources",
    CloseSlide: "Close",
}


def needed(slides: Iterable[Slide]) -> tuple[str, ...]:
    """The kinds of these slides, in order; a chart's may have points beside it."""
    kinds = dict.fromkeys(_OF_SLIDE[type(slide)] for slide in slides)
    return (*kinds, "Exhibit with points") if "Exhibit" in kinds else tuple(kinds)


class Matcher:
    """Finds layouts in one template. `chosen` are the author's, by kind; `place` is where they name the template."""

    def __init__(self, presentation: Any, chosen: Mapping[str, str], place: Place) -> None:
        self.layouts = [layout for master in presentation.slide_masters for layout in master.slide_layouts]
        self.size = (presentation.slide_width, presentation.slide_height)
        self.chosen = chosen
        self.place = place
        self.findings: list[Finding] = []

    def match(self, kinds: Iterable[str]) -> dict[str, Any]:
        """Each kind's layout; where another kind's serves in its place, a note says so."""
        found: dict[str, Any] = {}
        for kind in kinds:
            for step in self._chain(kind):
                layout = self._find(KINDS[step], KINDS[kind])
                if layout is not None:
                    found[kind] = layout
                    if step != kind:
                        self.findings.append(TemplateFallback(self.place, kind, layout.name))
                    break
            else:
                self.findings.append(TemplateLacks(self.place, kind, self._lacking(KINDS[kind]), self._offers()))
        return found

    def _chain(self, kind: str) -> list[str]:
        chain = [kind]
        while KINDS[chain[-1]].instead:
            chain.append(KINDS[chain[-1]].instead)
        return chain

    def _find(self, kind: Kind, wanted: Kind) -> Any:
        """A layout that is called or typed as one for `kind`, and can hold a slide of the kind `wanted`."""
        able = [layout for layout in self.layouts if serves(layout, wanted)]
        if wanted.layout not in _OPENING:
            able.sort(key=self._cramped)
        if kind.layout in self.chosen:
            return self._chosen(self.chosen[kind.layout], kind.layout, able)
        for usual in (kind.layout, *kind.names):
            for layout in able:
                if layout.name.strip().casefold() == usual.casefold():
                    return layout
        return next((layout for type in kind.types for layout in able if layout._element.get("type") == type), None)

    def _cramped(self, layout: Any) -> bool:
        """Whether a layout's placeholders for content, if it has any, take next to nothing of the slide."""
        frames = layout_frames(layout, layout.slide_master)
        areas = [frame.width * frame.height for frame in frames if frame.type not in (*TITLES, *FOOT)]
        return bool(areas) and sum(areas) * EMU**2 < _LEAST_ROOM * self.size[0] * self.size[1]

    def _chosen(self, name: str, kind: str, able: Sequence[Any]) -> Any:
        """The layout of that name; with two masters, "Theme/Name" tells which."""
        named = [one for one in self.layouts if name in (one.name, f"{theme_name(one.slide_master)}/{one.name}")]
        if not named:
            self.findings.append(LayoutUnknown(self.place, kind, name, tuple(one.name for one in self.layouts)))
        elif named[0] not in able:
            self.findings.append(TemplateLacks(self.place, kind, self._lacking(KINDS[kind]), self._offers()))
        return next((one for one in named if one in able), None)

    def _lacking(self, kind: Kind) -> str:
        return "a title and a text" if kind.text else "a title"

    def _offers(self) -> tuple[str, ...]:
        return tuple(f"{layout.name!r} ({', '.join(_words(layout)) or 'nothing'})" for layout in self.layouts)


def serves(layout: Any, kind: Kind) -> bool:
    types = holders(layout)
    return any(one in TITLES for one in types) and (not kind.text or any(one in TEXTS for one in types))


def is_ours(layout: Any, size: tuple[float, float]) -> bool:
    """Whether a layout is one of the house's, recoloured perhaps: same name, same placeholders, same size of slide."""
    house = next((one for one in grid.layouts(SlideType()) if one.name == layout.name), None)
    wide = abs(size[0] / size[1] - grid.WIDTH / grid.HEIGHT) < 0.01
    names = {one.name for one in layout.placeholders}
    return house is not None and wide and {slot.name for slot in house.slots} <= names


def holders(layout: Any) -> list[str]:
    """The types of a layout's placeholders (ECMA-376 part 1, 19.7.10)."""
    return [one._element.ph.get("type", "obj") for one in layout.placeholders]


def _words(layout: Any) -> list[str]:
    said = {"ctrTitle": "title", "obj": "content", "body": "text", "subTitle": "subtitle", "pic": "picture"}
    said |= {"tbl": "table", "dt": "date", "ftr": "footer", "sldNum": "slide number"}
    return [said.get(one, one) for one in holders(layout)]
