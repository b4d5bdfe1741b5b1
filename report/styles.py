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
        self.inks = inks(theme)
        self.serif, self.sans = theme.fonts.serif, theme.fonts.sans
        self.bold = f"{self.sans}-Bold"
        self._type = theme.report
        self._breaks = hyphenator(language)
        self._prose()
        self._exhibits()
        self._tables()
        self._key_figures()
        self._front()
        self._end()

    def _style(self, name: str, font: str, size: float, leading: float, **options: Any) -> ParagraphStyle:
        """Sizes and leadings in points; a style that stands at the text's left edge changes sides with it."""
        text, grid = self.grid.indent, self.grid
        in_text = options.get("leftIndent", 0) >= text
        beside = in_text and not options.get("bulletIndent")
        settings = {
            "opposite": (-text * in_text, grid.measure - grid.side if beside else -text * in_text),
            "textColor": self.inks.ink,
            "breaks": self._breaks,
            "hyphenationMinWordLength": 2 * LEAST,
            "allowWidows": 0,
            "allowOrphans": 0,
            "bulletFontName": font,
            "bulletFontSize": size,
        } | options
        return ParagraphStyle(name, fontName=font, fontSize=size, leading=leading, **settings)

    def _prose(self) -> None:
        serif, sans, bold, accent = self.serif, self.sans, self.bold, self.inks.accent
        line, half, text, size = self.grid.line, self.grid.line / 2, self.grid.indent, self._type.body
        self.body = self._style(
            "body",
            serif,
            size,
            line,
            leftIndent=text,
            spaceAfter=half,
            alignment=TA_JUSTIFY if self._type.justify else TA_LEFT,
            # a ragged edge needs few hyphens, a justified one many
            hyphenationLang=in_running_text(self._breaks, 6 if self._type.justify else 10),
        )
        self.h1 = self._style(
            "h1",
            bold,
            22,
            2 * line,
            leftIndent=text,
            keepWithNext=1,
            textColor=accent,
            bulletFontName=light(sans),
            bulletFontSize=22,
            bulletIndent=0,
            bulletColor=accent,
        )
        self.h2 = self._style("h2", bold, 13, 1.5 * line, leftIndent=text, keepWithNext=1, spaceBefore=line)
        self.h3 = self._style("h3", bold, 10.6, line, leftIndent=text, keepWithNext=1, spaceBefore=half)
        self.h1_wide = self.h1.clone("h1-wide", leftIndent=0, spaceBefore=2.5 * line, opposite=(0, 0))
        self.h3_annex = self.h3.clone("h3-annex", leftIndent=0, opposite=(0, 0))
        self.standfirst = self._style("standfirst", light(serif), 13, 1.375 * line, leftIndent=text, spaceBefore=half)
        self.point = self._style("point", sans, 10, line, leftIndent=text + 12, bulletIndent=text, bulletFontName=sans)
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

    def _exhibits(self) -> None:
        serif, sans, bold, accent, muted = self.serif, self.sans, self.bold, self.inks.accent, self.inks.muted
        line, text, kind = self.grid.line, self.grid.indent, self._type
        self.label = self._style("label", bold, 9.4, line, textColor=accent)
        self.side_label = self.label.clone("side-label", opposite=(self.grid.measure - self.grid.side, 0))
        self.exhibit_title = self._style(
            "exhibit-title",
            bold,
            10.6,
            line,
            leftIndent=text,
            bulletFontName=bold,
            bulletFontSize=10.6,
            bulletIndent=0,
            bulletColor=accent,
        )
        self.unit = self._style("unit", sans, 8.8, line, leftIndent=text, textColor=muted)
        self.credit = self._style("credit", sans, kind.small, kind.small_leading, leftIndent=text, textColor=muted)
        self.pull = self._style("pull", light(serif), 15, 1.5 * line, leftIndent=text, firstLineIndent=-6.4)
        self.mark = self._style("mark", bold, 9.4, line, leftIndent=text, textColor=accent)
        self.speaker = self._style("speaker", sans, 9.4, line, leftIndent=text, spaceBefore=line / 2)

    def _tables(self) -> None:
        sans, bold = self.sans, self.bold
        self.cell = self._style("cell", sans, 8.6, 11.4)
        self.cell_number = self.cell.clone("cell-number", alignment=TA_RIGHT)
        self.cell_head = self._style("cell-head", bold, 8.6, 11.4)
        self.cell_head_number = self.cell_head.clone("cell-head-number", alignment=TA_RIGHT)
        self.continued = self._style("continued", bold, self._type.small, self.grid.line, textColor=self.inks.accent)
        self.fine = self._style("fine", sans, 7.4, 9.4)
        self.fine_number = self.fine.clone("fine-number", alignment=TA_RIGHT)
        self.fine_head = self._style("fine-head", bold, 7.4, 9.4)
        self.fine_head_number = self.fine_head.clone("fine-head-number", alignment=TA_RIGHT)

    def _key_figures(self) -> None:
        bold, accent, line, kind = self.bold, self.inks.accent, self.grid.line, self._type
        self.figure = self._style("figure", bold, 25, 2 * line, textColor=accent, beside=11.5)
        self.figure_unit = self._style("figure-unit", bold, 11.5, line, textColor=accent)
        self.figure_label = self._style("figure-label", bold, 9.4, 11.6, spaceBefore=2)
        self.figure_context = self._style(
            "figure-context", self.sans, kind.small, kind.small_leading, textColor=self.inks.muted, spaceBefore=2
        )

    def _front(self) -> None:
        """The cover, the contents and the findings at a glance."""
        sans, line, text, size = self.sans, self.grid.line, self.grid.indent, self._type.body
        self.title = self._style("title", self.bold, 38, 45)
        self.subtitle = self._style("subtitle", light(self.serif), 16, 1.75 * line, spaceBefore=line)
        self.cover_small = self._style("cover-small", sans, 10, line)
        self.contents = self._style(
            "contents",
            sans,
            11,
            line,
            leftIndent=text,
            rightIndent=2 * line,
            spaceAfter=line / 2,
            bulletFontName=sans,
            bulletFontSize=11,
            bulletIndent=text - 22,
            bulletColor=self.inks.muted,
            opposite=(22 - text, 22 - text),
        )
        self.finding = self._style(
            "finding",
            self.serif,
            size,
            line,
            leftIndent=22,
            bulletFontName=self.bold,
            bulletFontSize=size,
            bulletColor=self.inks.accent,
        )

    def _end(self) -> None:
        """Notes and sources."""
        serif, small, leading = self.serif, self._type.small, self._type.small_leading
        self.note = self._style(
            "note",
            serif,
            small,
            leading,
            leftIndent=18,
            bulletIndent=0,
            bulletFontSize=small,
            spaceAfter=3,
            bulletFontName=self.sans,
        )
        self.source = self._style("source", serif, small, leading, leftIndent=10, firstLineIndent=-10, spaceAfter=4)
