"""A step of setting text: takes a text and a font's name, returns runs with the names of fonts that can print them."""

from __future__ import annotations

from unicodedata import combining

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import FF_FORCEBOLD

_fallbacks: list[tuple[str, str]] = []  # regular and bold


def register_fallback(name: str, bold: str = "") -> None:
    """A registered font (and its bold) for characters that a text's own font lacks. The first that has them serves."""
    if (name, bold or name) not in _fallbacks:
        _fallbacks.append((name, bold or name))


def missing_characters(text: str, font: str) -> set[str]:
    """The characters of `text` that neither the registered `font` nor a fallback can print."""
    return {character for run, name in font_runs(text, font) for character in run if not _prints(name, character)}


def font_runs(text: str, font: str) -> list[tuple[str, str]]:
    """`text` cut into runs with the name of the font that prints them: `font` wherever it can."""
    if text and set(map(ord, text)) <= pdfmetrics.getFont(font).face.charToGlyph.keys():
        return [(text, font)]
    runs: list[tuple[str, str]] = []
    for character in text:
        name = font
        if not _prints(font, character):
            bold = pdfmetrics.getFont(font).face.flags & FF_FORCEBOLD
            names = (heavy if bold else regular for regular, heavy in _fallbacks)
            name = next((fallback for fallback in names if _prints(fallback, character)), font)
        elif runs and (character in _IGNORABLE or character.isspace() or combining(character)):
            name = runs[-1][1]  # a space between two Arabic words belongs to them
        if runs and runs[-1][1] == name:
            runs[-1] = runs[-1][0] + character, name
        else:
            runs.append((character, name))
    return runs


_IGNORABLE = frozenset("\n\t\u00ad\u200b\u200c\u200d\u200e\u200f\u2011\u2060\u2066\u2067\u2068\u2069\u202f")


def _prints(font: str, character: str) -> bool:
    return ord(character) in pdfmetrics.getFont(font).face.charToGlyph or character in _IGNORABLE
