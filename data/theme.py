"""The theme: palette, type and sizes, read once and used by the charts and by both writers. Takes nothing.

The palette takes no side: no flag's colours, none that judges. Every series colour has 3:1 on white (WCAG 2.2,
1.4.11) and its own place on the luminance scale, so that a grey print keeps neighbours apart.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Palette:
    """Colours as "#rrggbb"."""

    ink: str = "#1c2429"
    muted: str = "#56626b"
    rule: str = "#c3cad0"
    tint: str = "#f3f1ec"
    paper: str = "#ffffff"
    accent: str = "#0f4c5c"
    series: tuple[str, ...] = ("#0f4c5c", "#b8720a", "#8a4a7c", "#3d2c20", "#8494a1", "#6868b8")

    def population(self, index: int) -> str:
        """A population's own colour, or the neutral one beyond the palette: to begin it again would make two unlike
        populations look as if they belonged together."""
        return self.series[index] if index < len(self.series) else self.muted


@dataclass(frozen=True)
class Fonts:
    """Families by the names of their font packages; `slide` is the name that the deck asks for and `slide_metrics`
    the open family by which its text is measured, which is `slide_width` times as wide."""

    serif: str = "ibm-plex-serif"
    sans: str = "ibm-plex-sans-condensed"
    arabic: str = "ibm-plex-sans-arabic"
    hebrew: str = "arimo"
    slide: str = "Arial"
    slide_metrics: str = "arimo"
    slide_width: float = 1.0


@dataclass(frozen=True)
class ReportType:
    """Sizes and leadings in points on one baseline grid."""

    body: float = 9.6
    leading: float = 13.6
    small: float = 8.0
    small_leading: float = 10.8
    chart: float = 8.2
    justify: bool = False


@dataclass(frozen=True)
class SlideType:
    """Sizes in points, each with the floor under which text goes on to a next slide instead of shrinking."""

    title: float = 32
    title_floor: float = 24
    body: float = 22
    body_floor: float = 18
    source: float = 12
    source_floor: float = 10
    chart: float = 14


@dataclass(frozen=True)
class Theme:
    palette: Palette = Palette()
    fonts: Fonts = Fonts()
    report: ReportType = ReportType()
    slides: SlideType = SlideType()


def mix(colour: str, ground: str, share: float) -> str:
    """`share` of `colour` on `ground`, both "#rrggbb"."""
    pairs = ((int(colour[at : at + 2], 16), int(ground[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(over * share + under * (1 - share)):02x}" for over, under in pairs)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours "#rrggbb" (WCAG 2.2, 1.4.3), from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """How light a colour is, from 0 to 1 (WCAG 2.2, relative luminance)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
