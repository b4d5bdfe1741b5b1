"""The boxes of a template: takes a presentation, returns each layout's placeholders with the place and type they give.

A placeholder inherits: its own properties, then those of the master's placeholder of the same type, then the master's
text styles (ECMA-376 part 1, 19.3.1.36 and 21.1.2.4). Every length is in points.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from slides.oxml import EMU, PLACEHOLDER_BASE, name

_STYLE = {"title": "p:titleStyle", "ctrTitle": "p:titleStyle", "dt": "p:otherStyle", "ftr": "p:otherStyle"} | {
    "sldNum": "p:otherStyle"
}
_DEFAULT_SIZE = 18.0
_LEVELS = 5


@dataclass(frozen=True, slots=True)
class Level:
    """How a paragraph of one outline level is set. `spacing` is a multiple of single spacing; `indent` is that of the
    first line, negative where a bullet hangs. Space given as a share of the size is counted at the template's size.
    `align` is DrawingML's, "" for the usual one. `loud`: capitals or spaced letters, which measuring leaves out.
    `turned`: the template runs from right to left here; `align` is then as it would be from left to right."""

    size: float
    bold: bool
    spacing: float
    before: float
    after: float
    left: float
    indent: float
    bullet: bool
    align: str = ""
    loud: bool = False
    turned: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """One placeholder: its type and index in the layout, its box, insets (left, top, right, bottom) and levels.

    `main` is the first of its type in its layout. The others say their place and type on each slide, because some
    readers look for a placeholder's type before its index and would take the first one's. A frame without a type is
    no placeholder but a box of its own; one that is `stated` says on each slide all that its levels are, `anchor` too,
    and its `ink`, the name or "#rrggbb" of its text's colour, if it is not the usual one.
    """

    layout: str
    name: str
    type: str
    idx: int
    x: float
    y: float
    width: float
    height: float
    insets: tuple[float, float, float, float]
    levels: tuple[Level, ...]
    main: bool
    stated: bool = False
    anchor: str = ""
    ink: str = ""

    @property
    def inner_width(self) -> float:
        return self.width - self.insets[0] - self.insets[2]

    @property
    def inner_height(self) -> float:
        return self.height - self.insets[1] - self.insets[3]


Frames = Mapping[str, Mapping[str, Frame]]
"""Layout name -> placeholder name -> frame."""


def read_frames(presentation: Any) -> Frames:
    """Every placeholder of every layout of `presentation` (python-pptx's)."""
    return {
        layout.name: {frame.name: frame for frame in layout_frames(layout, master)}
        for master in presentation.slide_masters
        for layout in master.slide_layouts
    }


def read_notes_frame(presentation: Any) -> Frame:
    """The text placeholder of the notes page."""
    master = presentation.notes_master
    shape = next(one for one in master.placeholders if _type(one._element) == "body")
    style = _find(master._element, "p:notesStyle")
    body = _find(shape._element, "p:txBody/a:bodyPr")
    box = (shape.left / EMU, shape.top / EMU, shape.width / EMU, shape.height / EMU)
    levels = tuple(_level([_find(style, f"a:lvl{n}pPr")]) for n in range(1, _LEVELS + 1))
    return Frame("Notes", shape.name, "body", 1, *box, _insets([body]), levels, True)


def layout_frames(layout: Any, master: Any) -> Iterator[Frame]:
    """The placeholders of one layout that have a box."""
    seen: set[str] = set()
    on_master = {_type(shape._element): shape._element for shape in master.placeholders}
    for shape in layout.placeholders:
        sp = shape._element
        kind = _type(sp)
        chain = [sp, on_master.get(PLACEHOLDER_BASE.get(kind, kind))]
        box = _first(chain, "p:spPr/a:xfrm")
        if box is None:
            continue
        body = [found for found in (_find(one, "p:txBody/a:bodyPr") for one in chain) if found is not None]
        styles = [found for found in (_find(one, "p:txBody/a:lstStyle") for one in chain) if found is not None]
        styles.append(_find(master._element, f"p:txStyles/{_STYLE.get(kind, 'p:bodyStyle')}"))
        off, ext = _find(box, "a:off"), _find(box, "a:ext")
        yield Frame(
            layout.name,
            shape.name,
            kind,
            int(_find(sp, "p:nvSpPr/p:nvPr/p:ph").get("idx", "0")),
            int(off.get("x")) / EMU,
            int(off.get("y")) / EMU,
            int(ext.get("cx")) / EMU,
            int(ext.get("cy")) / EMU,
            _insets(body),
            tuple(_level([_find(style, f"a:lvl{n}pPr") for style in styles]) for n in range(1, _LEVELS + 1)),
            kind not in seen,
        )
        seen.add(kind)


def _type(sp: Any) -> str:
    kind: str = _find(sp, "p:nvSpPr/p:nvPr/p:ph").get("type", "obj")
    return kind


def _find(parent: Any, path: str) -> Any:
    """The first child at each step; lxml's own search takes four times as long, and a template needs thousands."""
    for tag in _steps(path):
        if parent is None:
            return None
        parent = next(parent.iterchildren(tag), None)
    return parent


@cache
def _steps(path: str) -> tuple[str, ...]:
    return tuple(map(name, path.split("/")))


def _first(chain: list[Any], path: str) -> Any:
    return next((found for found in (_find(one, path) for one in chain) if found is not None), None)


def _insets(bodies: list[Any]) -> tuple[float, float, float, float]:
    """Left, top, right, bottom (ECMA-376 part 1, 21.1.2.1.1)."""
    left, top, right, bottom = (
        int(_attribute(bodies, key, default)) / EMU
        for key, default in (("lIns", 91440), ("tIns", 45720), ("rIns", 91440), ("bIns", 45720))
    )
    return left, top, right, bottom


def _level(chain: list[Any]) -> Level:
    chain = [one for one in chain if one is not None]
    runs = [found for found in (_find(one, "a:defRPr") for one in chain) if found is not None]
    size = int(_attribute(runs, "sz", _DEFAULT_SIZE * 100)) / 100
    bullet = next((one for one in chain if _bullet(one) is not None), None)
    turned = _attribute(chain, "rtl", "0") in ("1", "true")
    align = _attribute(chain, "algn", "")
    return Level(
        size,
        _attribute(runs, "b", "0") in ("1", "true"),
        _spacing(chain, "a:lnSpc", 1.0, 1.0),
        _spacing(chain, "a:spcBef", 0.0, size),
        _spacing(chain, "a:spcAft", 0.0, size),
        int(_attribute(chain, "marL", 0)) / EMU,
        int(_attribute(chain, "indent", 0)) / EMU,
        bool(bullet is not None and _bullet(bullet)),
        "l" if turned and align == "r" else align,
        _attribute(runs, "cap", "none") != "none" or int(_attribute(runs, "spc", "0")) > 0,
        turned,
    )


def _attribute(chain: list[Any], key: str, default: object) -> Any:
    return next((one.get(key) for one in chain if one.get(key) is not None), default)


def _bullet(level: Any) -> bool | None:
    if _find(level, "a:buNone") is not None:
        return False
    return True if _find(level, "a:buChar") is not None or _find(level, "a:buAutoNum") is not None else None


def _spacing(chain: list[Any], tag: str, default: float, unit: float) -> float:
    found = _first(chain, tag)
    if found is None:
        return default
    percent, points = _find(found, "a:spcPct"), _find(found, "a:spcPts")
    return int(percent.get("val")) / 100000 * unit if percent is not None else int(points.get("val")) / 100
