"""Reading decks back: takes the bytes of a deck, returns its slides' texts, boxes and colours as a stranger finds them.

Nothing here uses what the writer knows: placeholders are resolved through the file's own layouts, master and theme.
"""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pptx import Presentation

import slides
from charts.drawing import Drawing
from data.model import Briefing, Chart, Span, Style
from data.theme import Theme
from slides.measure import LINE_HEIGHT, metrics
from slides.oxml import EMU, name
from slides.template import scheme

_SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1}" viewBox="0 0 {0} {1}"/>'
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c636060606000000005000159fd5b7c0000000049454e44ae426082"
)


def blank(chart: Chart, width: float, height: float, size: float) -> tuple[Drawing, ...]:
    """A chart without ink, for decks whose charts are not looked at."""
    assert width > 0 and height > 0 and size >= 12 and chart.caption.id
    return (Drawing(width, height, ()),)


def flat(drawings: Iterable[Drawing]) -> Iterator[tuple[bytes, bytes]]:
    for drawing in drawings:
        yield _SVG.format(drawing.width, drawing.height).encode(), PNG


def build(briefing: Briefing) -> tuple[bytes, tuple[Any, ...]]:
    """The deck with blank charts, and its findings."""
    deck = slides.build(briefing, blank, flat)
    return deck.pptx, deck.findings


def read(content: bytes) -> Any:
    return Presentation(io.BytesIO(content))


@dataclass(frozen=True)
class TextBox:
    """A text on a slide: box in points, its paragraphs' lines and heights as measured, its colours on its ground."""

    slide: int
    name: str
    text: str
    box: tuple[float, float, float, float]
    needed: float
    room: float
    widest: float
    sizes: tuple[float, ...]
    contrasts: tuple[float, ...]


@lru_cache(maxsize=64)  # python-pptx looks each of them up in the XML every time that it is asked
def _holders(part: Any) -> dict[int, Any]:
    """The placeholders of a layout's part by their index."""
    return {one.placeholder_format.idx: one for one in part.slide_layout.placeholders}


def boxes(shape: Any, layout: Any) -> tuple[float, float, float, float]:
    """x, y, width, height in points: the shape's own, else its layout placeholder's, found by index."""
    if shape._element.find(".//" + name("a:xfrm")) is None and shape._element.find(name("p:xfrm")) is None:
        shape = _holders(layout.part)[shape.placeholder_format.idx]
    return shape.left / EMU, shape.top / EMU, shape.width / EMU, shape.height / EMU


def _chain(shape: Any, layout: Any, level: int) -> list[Any]:
    """Paragraph properties of a level, nearest first: the shape's list style, the layout's, the master's text style."""
    holder = _holders(layout.part).get(shape.placeholder_format.idx)
    found = [shape._element, *([holder._element] if holder else [])]
    levels = [one.find(f"{name('p:txBody')}/{name('a:lstStyle')}/{name(f'a:lvl{level + 1}pPr')}") for one in found]
    kind = "p:titleStyle" if shape.placeholder_format.type in (1, 3) else "p:bodyStyle"
    master = layout.slide_master._element
    levels.append(master.find(f"{name('p:txStyles')}/{name(kind)}/{name(f'a:lvl{level + 1}pPr')}"))
    return [one for one in levels if one is not None]


def _given(chain: list[Any], key: str, default: float) -> float:
    return float(next((one.get(key) for one in chain if one.get(key) is not None), default))


def _points(chain: list[Any], tag: str) -> float:
    found = next((one.find(name(tag)) for one in chain if one.find(name(tag)) is not None), None)
    return 0.0 if found is None else int(found[0].get("val")) / 100


def text_boxes(presentation: Any, theme: Theme) -> Iterator[TextBox]:
    measure = metrics(theme.fonts)
    for number, slide in enumerate(presentation.slides, start=1):
        layout = slide.slide_layout
        for shape in slide.placeholders:
            if not shape.has_text_frame:
                continue
            x, y, width, height = boxes(shape, layout)
            needed = widest = 0.0
            sizes, contrasts = [], []
            chains: dict[int, list[Any]] = {}
            for para in shape.text_frame.paragraphs:
                if para.level not in chains:
                    chains[para.level] = _chain(shape, layout, para.level)
                chain = chains[para.level]
                defaults = [one.find(name("a:defRPr")) for one in chain if one.find(name("a:defRPr")) is not None]
                size = _given(defaults, "sz", 1800) / 100
                bold = _given(defaults, "b", 0) == 1
                spacing = next(
                    one.find(name("a:lnSpc"))[0].get("val") for one in chain if one.find(name("a:lnSpc")) is not None
                )
                room = width - _given(chain, "marL", 0) / EMU
                spans = tuple(Span(run.text, Style(bold=bool(run.font.bold))) for run in para.runs)
                spans = spans or tuple(Span(node.text or "") for node in para._p.iter(name("a:t")))
                lines = measure.lines(spans, size, room, bold=bold)
                widest = max([widest, *(line.width - room for line in lines)])
                needed += _points(chain, "a:spcBef") + len(lines) * size * LINE_HEIGHT * int(spacing) / 100000
                sizes.append(size)
                contrasts.append(_contrast(colour(defaults, theme), ground(layout, (x, y, width, height), theme)))
                if any(True for _ in para._p.iter(name("a:hlinkClick"))):
                    contrasts.append(_contrast(theme.palette.accent, ground(layout, (x, y, width, height), theme)))
            yield TextBox(
                number,
                shape.name,
                shape.text_frame.text,
                (x, y, width, height),
                needed,
                height,
                widest,
                tuple(sizes),
                tuple(contrasts),
            )


def colour(defaults: list[Any], theme: Theme) -> str:
    fill = next(one.find(name("a:solidFill")) for one in defaults if one.find(name("a:solidFill")) is not None)
    return _resolved(fill[0], scheme(theme.palette))


_MAPPED = {"tx1": "dk1", "bg1": "lt1", "tx2": "dk2", "bg2": "lt2"}


def _resolved(value: Any, scheme: dict[str, str]) -> str:
    given = value.get("val")
    return scheme[_MAPPED.get(given, given)] if value.tag == name("a:schemeClr") else f"#{given}"


def ground(layout: Any, box: tuple[float, float, float, float], theme: Theme) -> str:
    """The colour under a box: the layout's panel that holds it, else the paper. A box over an edge has no ground."""
    x, y, width, height = box
    for shape in layout.shapes:
        if shape.is_placeholder:
            continue
        left, top, right, bottom = (
            shape.left / EMU,
            shape.top / EMU,
            (shape.left + shape.width) / EMU,
            (shape.top + shape.height) / EMU,
        )
        if left <= x and x + width <= right and top <= y and y + height <= bottom:
            fill = shape._element.find(f"{name('p:spPr')}/{name('a:solidFill')}")
            return _resolved(fill[0], scheme(theme.palette))
        apart = x >= right or x + width <= left or y >= bottom or y + height <= top
        assert apart, f"{layout.name}: a text lies over the edge of {shape.name}"
    return theme.palette.paper


def _luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def overlaps(presentation: Any) -> Iterator[str]:
    """Pairs of shapes of a slide that cover each other, and shapes that leave the slide."""
    width, height = presentation.slide_width / EMU, presentation.slide_height / EMU
    for number, slide in enumerate(presentation.slides, start=1):
        placed = [(shape.name, boxes(shape, slide.slide_layout)) for shape in slide.shapes]
        for n, (label, (x, y, w, h)) in enumerate(placed):
            if x < 0 or y < 0 or x + w > width + 0.01 or y + h > height + 0.01:
                yield f"slide {number}: {label} leaves the slide"
            for other, (x2, y2, w2, h2) in placed[n + 1 :]:
                if min(x + w, x2 + w2) - max(x, x2) > 0.1 and min(y + h, y2 + h2) - max(y, y2) > 0.1:
                    yield f"slide {number}: {label} and {other}"
