"""First stage of the report: takes font files, registers them with ReportLab as faces and families."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from reportlab import rl_config
from reportlab.lib.fonts import addMapping
from reportlab.pdfbase import pdfmetrics

from report.face import Face


@dataclass(frozen=True)
class Family:
    """A name for <font name="..."> and styles, and its TrueType files; <b> and <i> choose among them."""

    name: str
    regular: Path
    bold: Path
    italic: Path
    bold_italic: Path


def register_font(name: str, path: Path) -> None:
    """One face, under a name of its own; a name that is registered already is left as it is.

    The first one also becomes what ReportLab sets text in when nobody says in what: Helvetica is never embedded.
    """
    if name in pdfmetrics.getRegisteredFontNames():
        return
    face = Face(name, path)
    pdfmetrics._dynFaceNames.pop(face.face.name, None)  # else an older font of the same PostScript name is used
    pdfmetrics.registerFont(face)
    addMapping(name, 0, 0, name)
    if rl_config.canvas_basefontname == "Helvetica":
        rl_config.canvas_basefontname = name


def register_family(family: Family) -> None:
    """The four faces as NAME, NAME-Bold, NAME-Italic and NAME-BoldItalic, joined for <b> and <i>."""
    faces = (
        ("", 0, 0, family.regular),
        ("-Bold", 1, 0, family.bold),
        ("-Italic", 0, 1, family.italic),
        ("-BoldItalic", 1, 1, family.bold_italic),
    )
    for suffix, _, _, path in faces:
        register_font(family.name + suffix, path)
    for suffix, bold, italic, _ in faces:
        addMapping(family.name, bold, italic, family.name + suffix)
