"""First stage of the report: takes a font file, returns a font for ReportLab that shapes, measures and embeds text.

ReportLab's own TrueType fonts neither kern nor join letters, and cut a face into pieces of 256 characters. A `Face`
shapes every word with HarfBuzz (kerning, ligatures, Arabic joining), measures what it shaped, so that lines break where
they will be painted, and is embedded once, as one subset (ISO 32000-1, 9.7) whose glyphs know their text (9.10.3).
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import uharfbuzz
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFDocument, PDFStream, PDFZCompress
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.textobject import PDFTextObject

from data.script import has_right_to_left
from report.bidi import visual_runs
from report.fallback import font_runs

BROKEN_HYPHEN = "\ue000"
"""A hyphen that stands only because a word was broken: it reads as a soft hyphen (ISO 32000-1, 14.8.2.2.3)."""
NARROW_SPACE = "\ue001"
"""Narrow no-break space (U+202F), which ReportLab would take for a place to break a line."""

_SHOWN = str.maketrans({BROKEN_HYPHEN: "-", NARROW_SPACE: " ", "\u2011": "-"})
_MEANT = str.maketrans({BROKEN_HYPHEN: "\u00ad", NARROW_SPACE: "\u202f"})
_NARROW = 0.2  # em
_NO_TEXT = "\u2060"  # a glyph whose letter another stands for must read as something (ISO 19005-3, 6.2.11.7.2)
_SPACE = re.compile("([ \u00a0])")
_FIGURES = re.compile(r"[\d.,:%+\-\u2212\u2013/ ]+")


class UnprintableTextError(ValueError):
    """Neither the font nor a fallback has a glyph for a character."""


class Glyph(NamedTuple):
    """A glyph as HarfBuzz set it: its number in the font, the text it stands for; in 1/1000 em: advance, offset."""

    gid: int
    text: str
    advance: float
    dx: float
    dy: float


Shown = tuple[tuple[str, float, str], ...]
"""How a document shows a word: names of fonts, lifts, glyphs as operands of TJ operators."""


class _Show(NamedTuple):
    """Glyphs as the operand of a TJ operator, all of one face, lifted by the same thousandths of an em."""

    face: Face
    lift: float
    glyphs: str


@dataclass
class _Use:
    """What of a face one document uses. A code is one glyph standing for one text."""

    name: str
    codes: dict[tuple[int, str], int] = field(default_factory=lambda: {(0, "\ufffd"): 0})
    words: dict[tuple[str, bool], list[_Show]] = field(default_factory=dict)
    shown: dict[tuple[str, bool], Shown] = field(default_factory=dict)

    def code(self, gid: int, text: str) -> int:
        """The code of a glyph, given at its first use."""
        return self.codes.setdefault((gid, text), len(self.codes))


class Face(TTFont):  # type: ignore[misc]
    """One TrueType face. A document whose `heard` is a dict, because a painting is recorded, finds there what it showed
    (`report.painted.Heard`)."""

    def __init__(self, name: str, path: Path) -> None:
        super().__init__(name, str(path), shapable=False)
        self._harfbuzz = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob(self.face._ttf_data)))
        self._scale = 1000 / self.face.unitsPerEm
        self._words: dict[tuple[str, bool], tuple[Glyph, ...]] = {}
        self._widths: dict[str, float] = {}
        self._encoded: dict[tuple[str, bool], tuple[list[list[int]], list[_Show]]] = {}
        self._nominal: list[float] = [width * self._scale for width, _ in self.face.hmetrics]
        self._space = self.face.charToGlyph[0x20]

    def shape(self, word: str, right_to_left: bool) -> tuple[Glyph, ...]:
        """The glyphs of a run without spaces, from left to right."""
        glyphs = self._words.get((word, right_to_left))
        if glyphs is None:
            glyphs = self._words[word, right_to_left] = tuple(self._shape(word, right_to_left))
        return glyphs

    def _shape(self, word: str, right_to_left: bool) -> list[Glyph]:
        buffer = uharfbuzz.Buffer()
        buffer.cluster_level = uharfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
        buffer.add_str(word.translate(_SHOWN))
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if right_to_left else "ltr"
        buffer.language = "und"  # the guess is the machine's locale
        buffer.flags = uharfbuzz.BufferFlags.REMOVE_DEFAULT_IGNORABLES
        # kerned figures would not stand in columns
        uharfbuzz.shape(self._harfbuzz, buffer, {"kern": False} if _FIGURES.fullmatch(word) else {})
        infos, positions, scale = buffer.glyph_infos, buffer.glyph_positions, self._scale
        starts = sorted({info.cluster for info in infos} | {len(word)})
        reads = {start: word[start:stop].translate(_MEANT) for start, stop in pairwise(starts)}
        glyphs = []
        for info, position in zip(infos, positions, strict=True):
            text = reads.pop(info.cluster, _NO_TEXT)
            if right_to_left:  # glyphs run from left to right, and readers turn the whole run around
                text = text[::-1]
            advance = 1000 * _NARROW if text == "\u202f" else position.x_advance * scale
            glyphs.append(Glyph(info.codepoint, text, advance, position.x_offset * scale, position.y_offset * scale))
        return glyphs

    def stringWidth(self, text: str, size: float, encoding: str = "utf8") -> float:  # noqa: N802, ARG002 (ReportLab's)
        """The width of `text` in points, as it will be painted."""
        width = self._widths.get(text)
        if width is None:
            width = self._widths[text] = sum(self._token_width(token) for token in _SPACE.split(text) if token)
        return width * size * 0.001

    def _token_width(self, token: str) -> float:
        if token in (" ", "\u00a0"):
            return float(self._nominal[self._space])
        runs = visual_runs(token) if has_right_to_left(token) else [(token, False)]
        parts = ((face, part, rtl) for run, rtl in runs for face, part in self._faces(run))
        return sum(glyph.advance for face, part, rtl in parts for glyph in face.shape(part, rtl))

    def _faces(self, run: str) -> list[tuple[Face, str]]:
        """The run in pieces with the face, this one or a fallback, that has their characters."""
        if run.isascii():
            return [(self, run)]
        return [(pdfmetrics.getFont(name), part) for part, name in font_runs(run, self.fontName)]

    def show(
        self, text: str, document: PDFDocument, size: float, rtl: bool = False, space: float = 0, rise: float = 0
    ) -> str:
        """The operators (9.4.3) that paint a run of one direction, with this font set at `size` and `rise`.

        space: points added to each space but those that do not break, behind which some readers would find another.
        UnprintableTextError for a character that neither it nor a fallback has.
        """
        use = self._use(document)
        gap = f"{-1000 * space / size:.1f}" if space else ""
        shows: list[_Show] = []
        tokens = _SPACE.split(text)
        heard = getattr(document, "heard", None)
        if heard is not None:
            for token in filter(None, reversed(tokens) if rtl else tokens):
                heard[self, token, rtl] = self.shown(token, rtl, document)
        for token in reversed(tokens) if rtl else tokens:
            if token in (" ", "\u00a0"):
                shows.append(_Show(self, 0, f"<{use.code(self._space, token):04X}>{gap if token == ' ' else ''}"))
            elif token:
                shows += use.words.get((token, rtl)) or self._encode(use, token, rtl, document)
        if all(show.face is self and not show.lift for show in shows):
            return f"[{''.join([show.glyphs for show in shows]).replace('><', '')}] TJ"
        operators = []
        face, lift = self, 0.0
        for show in [*shows, _Show(self, 0, "")]:
            if show.face is not face:
                face = show.face
                operators.append(f"{face.getSubsetInternalName(0, document)} {size:g} Tf")
            if show.lift != lift:
                lift = show.lift
                operators.append(f"{rise + lift * size * 0.001:.3f} Ts")
            operators.append(f"[{show.glyphs}] TJ" if show.glyphs else "")
        return " ".join(operators)

    def shown(self, token: str, rtl: bool, document: PDFDocument) -> Shown:
        """How `document` shows a word or space; its codes are given now if this is the first time."""
        use = self._use(document)
        if (token, rtl) not in use.shown:
            if token in (" ", "\u00a0"):
                shown: Shown = ((use.name, 0, f"{use.code(self._space, token)}"),)
            else:
                shows = use.words.get((token, rtl)) or self._encode(use, token, rtl, document)
                shown = tuple((show.face._use(document).name, show.lift, show.glyphs) for show in shows)
            use.shown[token, rtl] = shown
        return use.shown[token, rtl]

    def _encode(self, use: _Use, word: str, rtl: bool, document: PDFDocument) -> list[_Show]:
        faces = self._faces(word)
        parts = [(face, face.shape(part, rtl)) for face, part in (reversed(faces) if rtl else faces)]
        codes = [[face._use(document).code(glyph.gid, glyph.text) for glyph in glyphs] for face, glyphs in parts]
        if (word, rtl) not in self._encoded or self._encoded[word, rtl][0] != codes:
            self._encoded[word, rtl] = codes, self._shows(word, parts, codes)
        shows = use.words[word, rtl] = self._encoded[word, rtl][1]
        return shows

    def _shows(self, word: str, parts: list[tuple[Face, tuple[Glyph, ...]]], codes: list[list[int]]) -> list[_Show]:
        shows: list[_Show] = []
        for (face, glyphs), given in zip(parts, codes, strict=True):
            for glyph, code in zip(glyphs, given, strict=True):
                if glyph.gid == 0:
                    raise UnprintableTextError(f"{self.fontName} has no glyph for {glyph.text!r} in {word!r}")
                before = f" {-glyph.dx:.0f}" if glyph.dx else ""  # a number may end what stands before it
                back = face._nominal[glyph.gid] + glyph.dx - glyph.advance
                operand = f"{before}<{code:04X}>{f'{back:.0f}' if round(back) else ''}"
                if shows and shows[-1][:2] == (face, glyph.dy):
                    operand = (shows.pop().glyphs + operand).replace("><", "")
                shows.append(_Show(face, glyph.dy, operand))
        return shows

    # -- ReportLab's side of a font

    def _use(self, document: PDFDocument) -> _Use:
        use: _Use | None = self.state.get(document)
        if use is None:
            use = self.state[document] = _Use(f"F{len(document.fontMapping) + 1}")
            document.fontMapping[self.fontName] = f"/{use.name}"
            document.delayedFonts.append(self)
        return use

    def getSubsetInternalName(self, subset: int, doc: PDFDocument) -> str:  # noqa: N802, ARG002 (ReportLab's)
        """The font's name among a page's resources."""
        return f"/{self._use(doc).name}"

    def addObjects(self, doc: PDFDocument) -> None:  # noqa: N802 (ReportLab's name)
        """Embed the subset: a Type 0 font whose descendant is a CIDFontType2 (9.7.4.2, 9.7.6)."""
        use = self._use(doc)
        indexes = list(dict.fromkeys(index for index, _ in use.codes))
        program = self._subset(indexes)
        tag = "".join(chr(65 + byte % 26) for byte in hashlib.md5(program, usedforsecurity=False).digest()[:6])
        name = f"/{tag}+{self.face.name.decode('ascii')}"
        face = self.face
        places = {index: place for place, index in enumerate(indexes)}
        descriptor = PDFDictionary(
            {
                "Type": "/FontDescriptor",
                "FontName": name,
                "Flags": face.flags,
                "FontBBox": PDFArray(face.bbox),
                "ItalicAngle": face.italicAngle,
                "Ascent": face.ascent,
                "Descent": face.descent,
                "CapHeight": face.capHeight,
                "StemV": face.stemV,
                "FontFile2": doc.Reference(_stream(program, Length1=len(program))),
            }
        )
        codes = list(use.codes)
        descendant = PDFDictionary(
            {
                "Type": "/Font",
                "Subtype": "/CIDFontType2",
                "BaseFont": name,
                "CIDSystemInfo": "<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>",
                "FontDescriptor": doc.Reference(descriptor),
                "W": PDFArray([0, PDFArray([self._nominal[index] for index, _ in codes])]),
                "CIDToGIDMap": doc.Reference(_stream(b"".join(places[index].to_bytes(2) for index, _ in codes))),
            }
        )
        font = PDFDictionary(
            {
                "Type": "/Font",
                "Subtype": "/Type0",
                "BaseFont": name,
                "Encoding": "/Identity-H",
                "DescendantFonts": PDFArray([doc.Reference(descendant)]),
                "ToUnicode": doc.Reference(_stream(_to_unicode([text for _, text in codes]))),
            }
        )
        # by reference: validators tell a page's fonts apart by their object numbers
        doc.idToObject["BasicFonts"].dict[use.name] = doc.Reference(font, use.name)
        del self.state[doc]

    def _subset(self, indexes: list[int]) -> bytes:
        face = self.face
        characters, face.charToGlyph = face.charToGlyph, {index: index for index in indexes}
        try:
            program: bytes = face.makeSubset(indexes)
        finally:
            face.charToGlyph = characters
        return program


def _stream(content: bytes, **entries: Any) -> PDFStream:
    return PDFStream(PDFDictionary(entries), content, [PDFZCompress])


def _to_unicode(texts: list[str]) -> bytes:
    """A ToUnicode CMap (9.10.3), at most 100 entries a block; code 0, which is never shown, is left out."""
    entries = [f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>" for code, text in enumerate(texts) if code]
    blocks = [entries[start : start + 100] for start in range(0, len(entries), 100)]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def",
            "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
            "1 begincodespacerange <0000> <FFFF> endcodespacerange",
            *(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks),
            "endcmap CMapName currentdict /CMap defineresource pop end end",
        ]
    ).encode("ascii")


class ShapedText(PDFTextObject):  # type: ignore[misc]
    """ReportLab's text object, for canvas.drawString and its kin, with shaped text in visual order."""

    def _formatText(self, text: str) -> str:  # noqa: N802 (ReportLab's name)
        face = pdfmetrics.getFont(self._fontname)
        if not isinstance(face, Face):
            return str(super()._formatText(text))
        document = self._canvas._doc
        runs = visual_runs(text) if has_right_to_left(text) else [(text, False)]
        shown = " ".join(face.show(run, document, self._fontsize, rtl, rise=self._rise) for run, rtl in runs)
        return f"{face.getSubsetInternalName(0, document)} {self._fontsize:g} Tf {self._leading:g} TL {shown}"
