"""First stage of the report: takes a Theme and a page size, registers the fonts, returns grid and paragraph styles."""

from dataclasses import dataclass
from typing import Any

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_JUSTIFY, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.styles import ParagraphStyle

from charts.drawing import Face
from data.fonts import font_file
from data.theme import Theme
from report.fonts import Family, register_fallback, register_family, register_font
from report.hyphenation import hyphenator

BINDING = 8.5
"""Points (3 mm) by which a bound page's inner margin is wider than an unbound one's, and its outer margin narrower."""


@dataclass(frozen=True)
class Grid:
    """The page's measures in points: a side column for labels, a gutter, a text column of about 72 characters.

    The columns are the same on A4 and on Letter, so that lines and charts are the same on both; only margins and the
    number of lines differ. `line` is the baseline grid; all heights are multiples of its half. `two_sided`: left-hand
    and right-hand pages mirror each other, the side column outside.
    """

    width: float
    height: float
    line: float
    side: float = 132
    gutter: float = 18
    text: float = 332
    top: float = 78
    column_gutter: float = 20
    two_sided: bool = False

    @property
    def measure(self) -> float:
        """From the left edge of the side column to the right edge of the text column."""
        return self.side + self.gutter + self.text

    @property
    def indent(self) -> float:
        """Where the text column begins, seen from the side column's left edge."""
        return self.side + self.gutter

    @property
    def column(self) -> float:
        """The width of one of two columns over the whole measure."""
        return (self.measure - self.column_gutter) / 2

    @property
    def left(self) -> float:
        return (self.width - self.measure) / 2

    def mirrored(self, page: int) -> bool:
        """Whether the columns change places on a page, counted from 1: right-hand pages have odd numbers."""
        return self.two_sided and page % 2 == 1

    def edge(self, page: int) -> float:
        """The left edge of the text area on a page, counted from 1."""
        if not self.two_sided:
            return self.left
        return self.left + (BINDING if page % 2 else -BINDING)

    @property
    def depth(self) -> float:
        """The height of the text area: whole lines only."""
        return int((self.height - self.top - 66) / self.line) * self.line

    @property
    def bottom(self) -> float:
        return self.height - self.top - self.depth


def grid(theme: Theme, page: str, sides: str = "one") -> Grid:
    width, height = LETTER if page == "letter" else A4
    return Grid(width, height, theme.report.leading, two_sided=sides == "two")


@dataclass(frozen=True)
class Inks:
    ink: Color
    muted: Color
    rule: Color
    tint: Color
    paper: Color
    accent: Color


def inks(theme: Theme) -> Inks:
    palette = theme.palette
    return Inks(*map(HexColor, (palette.ink, palette.muted, palette.rule, palette.tint, palette.paper, palette.accent)))


def light(family: str) -> str:
    return f"{family}-Light"


def register(theme: Theme) -> None:
    """The theme's families under their own names; semi-bold serves as bold, and Light has a name of its own."""
    for name in (theme.fonts.serif, theme.fonts.sans):
        register_family(
            Family(
                name,
                regular=font_file(name),
                bold=font_file(name, 600),
                italic=font_file(name, italic=True),
                bold_italic=font_file(name, 600, italic=True),
            )
        )
        register_font(light(name), font_file(name, 300))
    register_font(theme.fonts.arabic, font_file(theme.fonts.arabic))
    register_fallback(theme.fonts.arabic)


_SUFFIXES = {
    (400, False): "",
    (600, False): "-Bold",
    (400, True): "-Italic",
    (600, True): "-BoldItalic",
    (300, False): "-Light",
}


def face_font(face: Face) -> str:
    """The registered font of a face that a chart uses."""
    suffix = _SUFFIXES.get((face.weight, face.italic), f"-{face.weight}" + "-Italic" * face.italic)
    register_font(face.family + suffix, font_file(face.family, face.weight, italic=face.italic))
    return face.family + suffix


class Styles:
    """The report's paragraph styles. Sizes follow one scale (8, 9.6, 10.6, 13, 22, 34); leadings sit on half lines.

    `opposite`: how far text and label move to the right on a page whose columns have changed places.
    """

    def __init__(self, theme: Theme, language: str, grid: Grid) -> None:
        register(theme)
        self.grid = grid
        self.inks = colours = inks(theme)
        self.serif, self.sans = serif, sans = theme.fonts.serif, theme.fonts.sans
        self.bold = bold = f"{sans}-Bold"
        line, half, text = grid.line, grid.line / 2, grid.indent
        size, small, small_leading = theme.report.body, theme.report.small, theme.report.small_leading
        # a ragged edge needs few hyphens, a justified one many
        hyphenation = {
            "hyphenationLang": hyphenator(language),
            "hyphenationMinWordLength": 6 if theme.report.justify else 10,
        }

        def style(name: str, font: str, size: float, leading: float, **options: Any) -> ParagraphStyle:
            in_text = options.get("leftIndent", 0) >= text
            beside = in_text and not options.get("bulletIndent")
            settings = {
                "opposite": (-text * in_text, grid.measure - grid.side if beside else -text * in_text),
                "textColor": colours.ink,
                "allowWidows": 0,
                "allowOrphans": 0,
                "bulletFontName": font,
                "bulletFontSize": size,
            } | options
            return ParagraphStyle(name, fontName=font, fontSize=size, leading=leading, **settings)

        self.body = style(
            "body",
            serif,
            size,
            line,
            leftIndent=text,
            spaceAfter=half,
            alignment=TA_JUSTIFY if theme.report.justify else TA_LEFT,
            **hyphenation,
        )
        self.h1 = style(
            "h1",
            bold,
            22,
            2 * line,
            leftIndent=text,
            keepWithNext=1,
            textColor=colours.accent,
            bulletFontName=light(sans),
            bulletFontSize=22,
            bulletIndent=0,
            bulletColor=colours.accent,
        )
        self.h2 = style("h2", bold, 13, 1.5 * line, leftIndent=text, keepWithNext=1, spaceBefore=line)
        self.h3 = style("h3", bold, 10.6, line, leftIndent=text, keepWithNext=1, spaceBefore=half)
        self.h1_wide = self.h1.clone("h1-wide", leftIndent=0, spaceBefore=2.5 * line, opposite=(0, 0))
        self.h3_annex = self.h3.clone("h3-annex", leftIndent=0, opposite=(0, 0))
        self.standfirst = style("standfirst", light(serif), 13, 1.375 * line, leftIndent=text, spaceBefore=half)
        self.point = style("point", sans, 10, line, leftIndent=text + 12, bulletIndent=text, bulletFontName=sans)
        self.item = self.body.clone(
            "item",
            leftIndent=text + 14,
            bulletIndent=text,
            bulletFontName=serif,
            bulletFontSize=size,
            spaceAfter=0,
            opposite=(-text, -text),
        )
        self.quote = self.body.clone("quote", leftIndent=text + 18, rightIndent=18, fontName=f"{serif}-Italic")

        self.label = style("label", bold, 9.4, line, textColor=colours.accent)
        self.side_label = self.label.clone("side-label", opposite=(grid.measure - grid.side, 0))
        self.exhibit_title = style(
            "exhibit-title",
            bold,
            10.6,
            line,
            leftIndent=text,
            bulletFontName=bold,
            bulletFontSize=10.6,
            bulletIndent=0,
            bulletColor=colours.accent,
        )
        self.unit = style("unit", sans, 8.8, line, leftIndent=text, textColor=colours.muted)
        self.credit = style("credit", sans, small, small_leading, leftIndent=text, textColor=colours.muted)
        self.pull = style("pull", light(serif), 15, 1.5 * line, leftIndent=text, firstLineIndent=-6.4)
        self.mark = style("mark", bold, 9.4, line, leftIndent=text, textColor=colours.accent)
        self.speaker = style("speaker", sans, 9.4, line, leftIndent=text, spaceBefore=half)

        self.cell = style("cell", sans, 8.6, 11.4, **hyphenation)
        self.cell_number = self.cell.clone("cell-number", alignment=TA_RIGHT)
        self.cell_head = style("cell-head", bold, 8.6, 11.4)
        self.cell_head_number = self.cell_head.clone("cell-head-number", alignment=TA_RIGHT)
        self.continued = style("continued", bold, small, line, textColor=colours.accent)
        self.fine = style("fine", sans, 7.4, 9.4, **hyphenation)
        self.fine_number = self.fine.clone("fine-number", alignment=TA_RIGHT)
        self.fine_head = style("fine-head", bold, 7.4, 9.4)
        self.fine_head_number = self.fine_head.clone("fine-head-number", alignment=TA_RIGHT)

        self.figure = style("figure", bold, 25, 2 * line, textColor=colours.accent)
        self.figure_unit = style("figure-unit", bold, 11.5, line, textColor=colours.accent)
        self.figure_label = style("figure-label", bold, 9.4, 11.6, spaceBefore=2)
        self.figure_context = style(
            "figure-context", sans, small, small_leading, textColor=colours.muted, spaceBefore=2
        )

        self.title = style("title", bold, 38, 45)
        self.subtitle = style("subtitle", light(serif), 16, 1.75 * line, spaceBefore=line)
        self.cover_small = style("cover-small", sans, 10, line)
        self.contents = style(
            "contents",
            sans,
            11,
            1.5 * line,
            leftIndent=text,
            bulletFontName=sans,
            bulletFontSize=11,
            bulletIndent=text - 22,
            bulletColor=colours.muted,
            opposite=(22 - text, 22 - text),
        )
        self.finding = style(
            "finding",
            serif,
            size,
            line,
            leftIndent=22,
            bulletFontName=bold,
            bulletFontSize=size,
            bulletColor=colours.accent,
        )
        self.note = style(
            "note",
            serif,
            small,
            small_leading,
            leftIndent=18,
            bulletIndent=0,
            bulletFontSize=small,
            spaceAfter=3,
            bulletFontName=sans,
        )
        self.source = style("source", serif, small, small_leading, leftIndent=10, firstLineIndent=-10, spaceAfter=4)
