"""First stage of the report: takes a Theme and the grid, registers the fonts, returns fonts and paragraph styles."""

from dataclasses import dataclass
from typing import Any

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_JUSTIFY, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle

from charts.drawing import Face
from data.fonts import font_file
from data.theme import Theme
from report.fallback import register_fallback
from report.fonts import Family, register_family, register_font
from report.grid import Grid
from report.hyphenation import LEAST, hyphenator, in_running_text


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
    arabic, hebrew = theme.fonts.arabic, theme.fonts.hebrew
    register_font(arabic, font_file(arabic))
    register_font(f"{arabic}-Bold", font_file(arabic, 600))
    register_fallback(arabic, f"{arabic}-Bold")
    register_font(hebrew, font_file(hebrew))
    register_fallback(hebrew)


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
    """The report's paragraph styles. Body text sits on the grid's lines; notes and tables have leadings of their own.

    `opposite`: how far text and label move to the right on a page whose columns have changed places. `beside`: the size
    of the words beside large digits.
    """

    def __init__(self, theme: Theme, language: str, grid: Grid) -> None:
        register(theme)
        self.grid = grid
        self.inks = colours = inks(theme)
        self.serif, self.sans = serif, sans = theme.fonts.serif, theme.fonts.sans
        self.bold = bold = f"{sans}-Bold"
        line, half, text = grid.line, grid.line / 2, grid.indent
        size, small, small_leading = theme.report.body, theme.report.small, theme.report.small_leading
        breaks = hyphenator(language)

        def style(name: str, font: str, size: float, leading: float, **options: Any) -> ParagraphStyle:
            in_text = options.get("leftIndent", 0) >= text
            beside = in_text and not options.get("bulletIndent")
            settings = {
                "opposite": (-text * in_text, grid.measure - grid.side if beside else -text * in_text),
                "textColor": colours.ink,
                "breaks": breaks,
                "hyphenationMinWordLength": 2 * LEAST,
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
            # a ragged edge needs few hyphens, a justified one many
            hyphenationLang=in_running_text(breaks, 6 if theme.report.justify else 10),
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

        self.cell = style("cell", sans, 8.6, 11.4)
        self.cell_number = self.cell.clone("cell-number", alignment=TA_RIGHT)
        self.cell_head = style("cell-head", bold, 8.6, 11.4)
        self.cell_head_number = self.cell_head.clone("cell-head-number", alignment=TA_RIGHT)
        self.continued = style("continued", bold, small, line, textColor=colours.accent)
        self.fine = style("fine", sans, 7.4, 9.4)
        self.fine_number = self.fine.clone("fine-number", alignment=TA_RIGHT)
        self.fine_head = style("fine-head", bold, 7.4, 9.4)
        self.fine_head_number = self.fine_head.clone("fine-head-number", alignment=TA_RIGHT)

        self.figure = style("figure", bold, 25, 2 * line, textColor=colours.accent, beside=11.5)
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
            line,
            leftIndent=text,
            rightIndent=2 * line,
            spaceAfter=half,
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
