"""The report read back: takes the bytes of a PDF, returns what it says, as a reader's program finds it.

PDFium takes the text of each page, the structure tree (ISO 32000-1, 14.7) puts it in order. These are no numbers of the
text and are left out: labels (of lists, notes, exhibits, headings), citation marks, the contents, and columns that are
headed as pages. What is an artifact or stands outside the structure, and the outline, only repeats.
"""

import ctypes
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

import pypdfium2
from pypdfium2 import raw

from data.trust.gate import Passage, Piece
from data.words import Words

Path = tuple[int, ...]
"""An element's or a content's position: which child of the root, which child of that, and so on, on whatever page."""

_BLOCKS = frozenset({"P", "H1", "H2", "H3", "H4", "H5", "H6", "Figure", "LBody", "TH", "TD", "Caption", "Note"})
_SILENT = frozenset({"Lbl", "TOC"})
_FIGURES_ONLY = re.compile(r"\s*\d+\s*")
_ADDRESS = re.compile(r"\s*(?:https?://|mailto:|doi:)")
_SPACES = re.compile(r"[ \t\r\n]+")
_BROKEN_FIGURES = re.compile("(?<=\\d)\x02\\s*(?=\\d)")
_BROKEN_WORD = "\x02"
"""What PDFium reads for a hyphen at the end of a line."""


@dataclass(frozen=True, slots=True)
class _Content:
    """One marked content. `link` is the position of the reference or link that it belongs to, () if none."""

    piece: Piece
    link: Path
    refers: bool


@dataclass
class _Block:
    """An element that holds text of its own."""

    role: str
    alt: str
    contents: dict[Path, _Content] = field(default_factory=dict)


def read(pdf: bytes, words: Words) -> tuple[Passage, ...]:
    """The passages of a report in reading order; `words` are those of its language."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        repeated = [Piece("", bookmark.get_title()) for bookmark in document.get_toc()]
        blocks: dict[Path, _Block] = {}
        for index in range(len(document)):
            repeated += _Page(document, index).read(blocks)
    finally:
        document.close()
    paged = _page_columns(blocks, words.annex_page)
    passages = [
        passage
        for path, block in sorted(blocks.items())
        if (path[:-3], path[-1]) not in paged
        for passage in _passages(block)
    ]
    return (*passages, *(Passage("report", "repeated", (piece,)) for piece in repeated))


def _page_columns(blocks: Mapping[Path, _Block], head: str) -> set[tuple[Path, int]]:
    """Table and number of each column under the head `head`; a cell lies three levels under its table."""
    return {
        (path[:-3], path[-1])
        for path, block in blocks.items()
        if block.role == "TH" and "".join(content.piece.text for content in block.contents.values()).strip() == head
    }


def _passages(block: _Block) -> Iterator[Passage]:
    contents = [content for _, content in sorted(block.contents.items())]
    if contents and block.alt:
        yield Passage("report", "alt text", (replace(contents[0].piece, text=block.alt),))
    if contents and block.role.startswith("H") and _FIGURES_ONLY.fullmatch(contents[0].piece.text):
        contents = contents[1:]
    if contents:
        yield Passage("report", "picture" if block.role == "Figure" else "text", tuple(_joined(contents)))


def _joined(contents: list[_Content]) -> Iterator[Piece]:
    """Without citation marks; an address that is broken over lines, columns or pages is whole again."""
    for (link, refers), group in groupby(contents, key=lambda content: (content.link, content.refers)):
        pieces = [content.piece for content in group]
        whole = "".join(piece.text for piece in pieces)
        if link and _ADDRESS.match(whole):
            yield replace(pieces[0], text="".join(whole.split()))
        elif not (refers and _FIGURES_ONLY.fullmatch(whole)):
            yield from pieces


class _Page:
    """One page of an open document."""

    def __init__(self, document: Any, index: int) -> None:
        self.index = index
        self.label: str = document.get_page_label(index)
        self.page = document[index]

    def read(self, blocks: dict[Path, _Block]) -> list[Piece]:
        """Add what stands in the structure to `blocks`; returns what stands outside it."""
        self.blocks = blocks
        self.contents = self._contents()
        tree = raw.FPDF_StructTree_GetForPage(self.page)
        try:
            for n in range(raw.FPDF_StructTree_CountChildren(tree)):
                self._element(raw.FPDF_StructTree_GetChildAtIndex(tree, n), (n,), None, (), refers=False)
        finally:
            raw.FPDF_StructTree_Close(tree)
        return [Piece(self.label, text) for _, texts in self.contents.values() for text in texts]

    def _contents(self) -> dict[int, tuple[int, list[str]]]:
        """Marked contents by their number, -1 for what is unmarked: which is painted first, and the texts of each."""
        texts: dict[int, tuple[int, list[str]]] = {}
        textpage = self.page.get_textpage()
        for n in range(raw.FPDFPage_CountObjects(self.page)):
            item = raw.FPDFPage_GetObject(self.page, n)
            if raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_TEXT:
                text = _string(raw.FPDFTextObj_GetText, item, textpage)
                texts.setdefault(raw.FPDFPageObj_GetMarkedContentID(item), (n, []))[1].append(text)
        textpage.close()
        return texts

    def _element(self, element: Any, path: Path, block: _Block | None, link: Path, *, refers: bool) -> None:
        role = _string(raw.FPDF_StructElement_GetType, element)
        if role in _BLOCKS:
            alt = _string(raw.FPDF_StructElement_GetAltText, element)
            block = self.blocks.setdefault(path, _Block(role, alt))
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
                heard.contents[*path, n] = _Content(Piece(self.label, text, (self.index, painted)), link, refers)


def _text(texts: list[str], *, apart: bool) -> str:
    """Lines of a text run on; the words of a picture stand apart."""
    if apart:
        return "\n".join(_SPACES.sub(" ", text).strip() for text in texts)
    whole = _BROKEN_FIGURES.sub("-", "".join(texts)).replace(_BROKEN_WORD, "")
    return _SPACES.sub(" ", whole)


_BUFFER = (ctypes.c_ushort * 2048)()


def _string(call: Callable[..., int], *of: Any) -> str:
    """What one of PDFium's functions writes into a buffer: UTF-16 in the machine's order, closed by a zero."""
    buffer = _BUFFER
    size = call(*of, buffer, ctypes.sizeof(buffer))
    if size > ctypes.sizeof(buffer):
        buffer = (ctypes.c_ushort * size)()
        call(*of, buffer, size)
    return ctypes.string_at(buffer, max(0, size - 2)).decode("utf-16", errors="replace")
