"""The report read back: takes the bytes of a PDF, returns what it says, as a reader's program finds it.

PDFium takes the text of each page, the structure tree (ISO 32000-1, 14.7) says of which block it is. Labels (of lists,
notes, exhibits, headings) and the contents are no numbers of the text and are left out.
"""

import ctypes
import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

import pypdfium2
from pypdfium2 import raw

from data.script import has_right_to_left
from data.trust.gate import Passage, Piece
from data.words import Words
from report.changed import File, changed, file
from report.passages import Block, Content, Path, Reading, passages

_BLOCKS = frozenset({"P", "H1", "H2", "H3", "H4", "H5", "H6", "Figure", "LBody", "TH", "TD", "Caption", "Note"})
_SILENT = frozenset({"Lbl", "TOC"})
_SPACES = re.compile(r"[ \t\r\n]+")
_BROKEN_FIGURES = re.compile("(?<=\\d)\x02\\s*(?=\\d)")
_BROKEN_WORD = "\x02"
"""What PDFium reads for a hyphen at the end of a line."""


def read(pdf: bytes, words: Words) -> tuple[Passage, ...]:
    """The passages of a report; `words` are those of its language."""
    return passages(_readings(pdf, {}), words)


@dataclass
class _Last:
    file: File | None = None
    readings: list[Reading] = field(default_factory=list)


_last = _Last()


def again(pdf: bytes, words: Words) -> tuple[Passage, ...]:
    """As `read`, for a process that reads a report again and again: of the next one, the pages that have changed."""
    now = file(pdf)
    other = changed(_last.file, now) if _last.file else frozenset(now.pages.values())
    kept = {index: reading for index, reading in enumerate(_last.readings[1:]) if index not in other}
    _last.file, _last.readings = now, _readings(pdf, kept)
    return passages(_last.readings, words)


def _readings(pdf: bytes, kept: Mapping[int, Reading]) -> list[Reading]:
    """Of the outline, then of each page, without reading those that are kept, by their numbers from 0."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        outline = [Piece("", bookmark.get_title()) for bookmark in document.get_toc()]
        pages = (kept.get(index) or _Page(document, index).read() for index in range(len(document)))
        return [Reading({}, outline), *pages]
    finally:
        document.close()


class _Page:
    """One page of an open document."""

    def __init__(self, document: Any, index: int) -> None:
        self.index = index
        self.label: str = document.get_page_label(index)
        self.page = document[index]
        self.blocks: dict[Path, Block] = {}

    def read(self) -> Reading:
        self.contents = self._contents()
        tree = raw.FPDF_StructTree_GetForPage(self.page)
        try:
            for n in range(raw.FPDF_StructTree_CountChildren(tree)):
                self._element(raw.FPDF_StructTree_GetChildAtIndex(tree, n), (n,), None, (), refers=False)
        finally:
            raw.FPDF_StructTree_Close(tree)
        repeated = [Piece(self.label, text) for _, texts in self.contents.values() for text in texts]
        return Reading(self.blocks, repeated)

    def _contents(self) -> dict[int, tuple[int, list[str]]]:
        """Marked contents by their number, -1 for what is unmarked: which is painted first, and the texts of each."""
        textpage = self.page.get_textpage()
        items = (raw.FPDFPage_GetObject(self.page, n) for n in range(raw.FPDFPage_CountObjects(self.page)))
        shown = [
            (n, item, _string(raw.FPDFTextObj_GetText, item, textpage))
            for n, item in enumerate(items)
            if raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_TEXT
        ]
        if any(has_right_to_left(text) for _, _, text in shown):
            placed = _placed(textpage)
            shown = [  # PDFium drops the spaces at the ends of what runs from right to left, and those of lines
                (n, item, f" {text} " if has_right_to_left(text) else placed[_address(item)] or " ")
                for n, item, text in shown
            ]
        textpage.close()
        texts: dict[int, tuple[int, list[str]]] = {}
        for n, item, text in shown:
            texts.setdefault(raw.FPDFPageObj_GetMarkedContentID(item), (n, []))[1].append(text)
        return texts

    def _element(self, element: Any, path: Path, block: Block | None, link: Path, *, refers: bool) -> None:
        role = _string(raw.FPDF_StructElement_GetType, element)
        if role in _BLOCKS:
            alt = _string(raw.FPDF_StructElement_GetAltText, element)
            block = self.blocks.setdefault(path, Block(role, alt, {}))
        if role in ("Reference", "Link") and not link:
            link, refers = path, role == "Reference"
        heard = None if role in _SILENT else block
        for n in range(raw.FPDF_StructElement_CountChildren(element)):
            child = raw.FPDF_StructElement_GetChildAtIndex(element, n)
            if child:
                self._element(child, (*path, n), heard, link, refers=refers)
                continue
            number = raw.FPDF_StructElement_GetChildMarkedContentID(element, n)
            content = self.contents.pop(number, None) if number >= 0 else None  # negative: not on this page
            if content and heard:
                painted, texts = content
                text = _text(texts, apart=heard.role == "Figure")
                heard.contents[*path, n] = Content(self.label, text, (self.index, painted), link, refers)


def _text(texts: list[str], *, apart: bool) -> str:
    """Lines of a text run on; the words of a picture stand apart."""
    if apart:
        return "\n".join(_SPACES.sub(" ", text).strip() for text in texts)
    whole = _BROKEN_FIGURES.sub("-", "".join(texts)).replace(_BROKEN_WORD, "")
    return _SPACES.sub(" ", whole)


def _placed(textpage: Any) -> dict[int | None, str]:
    """The text of each run by its address, as its characters stand from left to right. PDFium turns the words of a line
    around that is mostly from right to left, those of its runs from left to right too."""
    x, y = ctypes.c_double(), ctypes.c_double()
    found: dict[int | None, list[tuple[float, str]]] = defaultdict(list)
    for n in range(raw.FPDFText_CountChars(textpage)):
        raw.FPDFText_GetCharOrigin(textpage, n, x, y)
        character = chr(raw.FPDFText_GetUnicode(textpage, n))
        found[_address(raw.FPDFText_GetTextObject(textpage, n))].append((x.value, character))
    texts = defaultdict(str)
    for address, characters in found.items():
        text = "".join(character for _, character in sorted(characters, key=itemgetter(0)))
        texts[address] = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return texts


def _address(item: Any) -> int | None:
    return ctypes.cast(item, ctypes.c_void_p).value


_BUFFER = (ctypes.c_ushort * 2048)()


def _string(call: Callable[..., int], *of: Any) -> str:
    """What one of PDFium's functions writes into a buffer: UTF-16 in the machine's order, closed by a zero."""
    buffer = _BUFFER
    size = call(*of, buffer, ctypes.sizeof(buffer))
    if size > ctypes.sizeof(buffer):
        buffer = (ctypes.c_ushort * size)()
        call(*of, buffer, size)
    return ctypes.string_at(buffer, max(0, size - 2)).decode("utf-16", errors="replace")
