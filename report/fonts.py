"""First stage of the report: takes font files, registers them with ReportLab as families; tells which characters they lack."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from reportlab.lib.fonts import addMapping
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont


@dataclass(frozen=True)
class Family:
    """A name for <font name="..."> and styles, and its TrueType files; <b> and <i> choose among them."""

    name: str
    regular: Path
    bold: Path
    italic: Path
    bold_italic: Path


def register_font(name: str, path: Path) -> None:
    """One face, under a name of its own. Registering the same name again is harmless."""
    if name not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(name, str(path)))


def register_family(family: Family) -> None:
    """The four faces as NAME, NAME-Bold, NAME-Italic and NAME-BoldItalic, joined for <b> and <i>."""
    faces = (
        ("", 0, 0, family.regular),
        ("-Bold", 1, 0, family.bold),
        ("-Italic", 0, 1, family.italic),
        ("-BoldItalic", 1, 1, family.bold_italic),
    )
    for suffix, bold, italic, path in faces:
        register_font(family.name + suffix, path)
        addMapping(family.name, bold, italic, family.name + suffix)


def missing_characters(text: str, font: str) -> set[str]:
    """The characters of `text` for which the registered `font` has no glyph; it would print a blank box."""
    glyphs = pdfmetrics.getFont(font).face.charToGlyph
    return {character for character in text if ord(character) not in glyphs and not character.isspace()}
