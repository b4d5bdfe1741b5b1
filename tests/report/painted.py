"""Reading pages as they are painted: takes a page of a PDF, returns its strokes, fills and texts with their colours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Literal

import pikepdf

Rgb = tuple[float, ...]
WHITE: Rgb = (1.0, 1.0, 1.0)
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Painted:
    """`colour` as it looks on paper, `ground` what it is painted on; `weight` of a stroke in points, on the page."""

    kind: Literal["stroke", "fill", "text"]
    colour: Rgb
    ground: Rgb
    box: Box
    weight: float = 0.0


@dataclass
class _State:
    matrix: pikepdf.Matrix = field(default_factory=pikepdf.Matrix)
    fill: Rgb = (0.0, 0.0, 0.0)
    stroke: Rgb = (0.0, 0.0, 0.0)
    weight: float = 1.0
    fill_alpha: float = 1.0
    stroke_alpha: float = 1.0

    def set(self, name: str, numbers: list[float]) -> None:
        """What an operator does to the state."""
        match name:
            case "cm":
                self.matrix = pikepdf.Matrix(*numbers) @ self.matrix
            case "w":
                self.weight = numbers[0]
            case "rg":
                self.fill = tuple(numbers)
            case "RG":
                self.stroke = tuple(numbers)
            case "g" | "G" | "k" | "K" | "cs" | "CS" | "sh" | "Do":
                raise NotImplementedError(name)

    @property
    def scale(self) -> float:
        """How much longer a line is on the page."""
        a, b, c, d, *_ = self.matrix.shorthand
        return float(abs(a * d - b * c) ** 0.5)


def painted(page: pikepdf.Page) -> Iterator[Painted]:
    """Everything that the page's operators paint, in that order (ISO 32000-1, 8.4 and 8.5). Clips are not heeded."""
    state, stack = _State(), []
    points: list[tuple[float, float]] = []
    text = pikepdf.Matrix()
    grounds: list[tuple[Box, Rgb]] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        numbers = [float(item) for item in operands if isinstance(item, int | float | Decimal)]
        match name:
            case "q":
                stack.append(replace(state))
            case "Q":
                state = stack.pop()
            case "gs":
                effects: Any = page.Resources.ExtGState[str(operands[0])]
                state.fill_alpha = float(effects.get("/ca", state.fill_alpha))
                state.stroke_alpha = float(effects.get("/CA", state.stroke_alpha))
            case "re":
                x, y, width, height = numbers
                points += [state.matrix.transform(at) for at in ((x, y), (x + width, y + height))]
            case "m" | "l" | "c":
                points += [state.matrix.transform(at) for at in zip(numbers[0::2], numbers[1::2], strict=True)]
            case "BT":
                text = pikepdf.Matrix()
            case "Tm":
                text = pikepdf.Matrix(*numbers)
            case "TJ" | "Tj":
                x, y = (text @ state.matrix).transform((0.5, 1))
                ground = _under((x, y), grounds)
                yield Painted("text", _mixed(state.fill, ground, state.fill_alpha), ground, (x, y, x, y))
            case "n" | "f" | "f*" | "F" | "S" | "s" | "B" | "B*" | "b" | "b*":
                yield from _path(state, name, points, grounds)
                points = []
            case _:
                state.set(name, numbers)


def _path(
    state: _State, name: str, points: list[tuple[float, float]], grounds: list[tuple[Box, Rgb]]
) -> Iterator[Painted]:
    """What a path-painting operator paints; a fill becomes the ground of what follows."""
    if not points or name == "n":
        return
    box = _box(points)
    ground = _under(((box[0] + box[2]) / 2, (box[1] + box[3]) / 2), grounds)
    if name not in "Ss":
        colour = _mixed(state.fill, ground, state.fill_alpha)
        yield Painted("fill", colour, ground, box)
        grounds.append((box, colour))
    if name not in ("f", "f*", "F"):
        colour = _mixed(state.stroke, ground, state.stroke_alpha)
        yield Painted("stroke", colour, ground, box, state.weight * state.scale)


def _box(points: list[tuple[float, float]]) -> Box:
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _under(point: tuple[float, float], grounds: list[tuple[Box, Rgb]]) -> Rgb:
    x, y = point
    return next((colour for (x0, y0, x1, y1), colour in reversed(grounds) if x0 <= x <= x1 and y0 <= y <= y1), WHITE)


def _mixed(colour: Rgb, ground: Rgb, alpha: float) -> Rgb:
    return tuple(alpha * part + (1 - alpha) * under for part, under in zip(colour, ground, strict=True))


def rgb(colour: str) -> Rgb:
    """ "#rrggbb" as three parts of one."""
    return tuple(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))


def luminance(colour: Rgb) -> float:
    """Relative luminance (WCAG 2.2)."""
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Rgb, other: Rgb) -> float:
    """The contrast ratio of two colours (WCAG 2.2)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def lightness(colour: Rgb) -> float:
    """CIE L*, in which equal steps look equal."""
    return 116 * luminance(colour) ** (1 / 3) - 16
