"""The report read back: takes the bytes of a PDF, returns what it says, as a reader's program finds it.

PDFium takes the text of each page, the structure tree (ISO 32000-1, 14.7) puts it in order. These are no numbers of the
text and are left out: labels (of lists, notes, exhibits, headings), citation marks, the contents, and columns that are
headed as pages. What is an artifact or stands outside the structure, and the outline, only repeats.
"""

import ctypes
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import pypdfium2
from pypdfium2 import raw

from data.gate import Passage
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
class _Piece:
    """Text of one marked content. `link` is the position of the link that it belongs to, () if none."""

    page: str
    text: str
    link: Path


@dataclass
class _Block:
    """An element that holds text of its own."""

    role: str
    alt: str
    page: str
    pieces: dict[Path, _Piece] = field(default_factory=dict)


def read(pdf: bytes, words: Words) -> tuple[Passage, ...]:
    """The passages of a report in reading order; `words` are those of its language."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        repeated = [("", bookmark.get_title()) for bookmark in document.get_toc()]
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
        if block.role == "TH" and "".join(piece.text for piece in block.pieces.values()).strip() == head
    }


def _passages(block: _Block) -> Iterator[Passage]:
    if block.alt:
        yield Passage("report", "alt text", ((block.page, block.alt),))
    pieces = [piece for _, piece in sorted(block.pieces.items())]
    if pieces and block.role.startswith("H") and _FIGURES_ONLY.fullmatch(pieces[0].text):
        pieces = pieces[1:]
    if pieces:
        yield Passage("report", "picture" if block.role == "Figure" else "text", tuple(_joined(pieces)))


def _joined(pieces: list[_Piece]) -> Iterator[tuple[str, str]]:
    """An address that is broken over lines, columns or pages is whole again."""
    for link, parts in groupby(pieces, key=lambda piece: piece.link):
        group = list(parts)
        whole = "".join(piece.text for piece in group)
        if link and _ADDRESS.match(whole):
            yield group[0].page, "".join(whole.split())
        else:
            yield from ((piece.page, piece.text) for piece in group)


class _Page:
    """One page of an open document."""

    def __init__(self, document: Any, index: int) -> None:
        self.label: str = document.get_page_label(index)
        self.page = document[index]

    def read(self, blocks: dict[Path, _Block]) -> list[tuple[str, str]]:
        """Add what stands in the structure to `blocks`; returns what stands outside it."""
        self.blocks = blocks
        self.contents = self._contents()
        tree = raw.FPDF_StructTree_GetForPage(self.page)
        try:
            for n in range(raw.FPDF_StructTree_CountChildren(tree)):
                self._element(raw.FPDF_StructTree_GetChildAtIndex(tree, n), (n,), None, ())
        finally:
            raw.FPDF_StructTree_Close(tree)
        return [(self.label, text) for texts in self.contents.values() for text in texts]

    def _contents(self) -> dict[int, list[str]]:
        """The texts of the page by the number of their marked content, in painting order; -1 for unmarked ones."""
        texts: dict[int, list[str]] = defaultdict(list)
        textpage = self.page.get_textpage()
        for n in range(raw.FPDFPage_CountObjects(self.page)):
            item = raw.FPDFPage_GetObject(self.page, n)
            if raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_TEXT:
                text = _string(lambda buffer, size, item=item: raw.FPDFTextObj_GetText(item, textpage, buffer, size))
                texts[raw.FPDFPageObj_GetMarkedContentID(item)].append(text)
        textpage.close()
        return texts

    def _element(self, element: Any, path: Path, block: _Block | None, link: Path) -> None:
        role = _string(lambda buffer, size: raw.FPDF_StructElement_GetType(element, buffer, size))
        if role in _BLOCKS:
            alt = _string(lambda buffer, size: raw.FPDF_StructElement_GetAltText(element, buffer, size))
            block = self.blocks.setdefault(path, _Block(role, alt, self.label))
        link = path if role == "Link" else link
        heard = block if role not in _SILENT and not (role == "Reference" and self._is_mark(element)) else None
        for n in range(raw.FPDF_StructElement_CountChildren(element)):
            child = raw.FPDF_StructElement_GetChildAtIndex(element, n)
            if child:
                self._element(child, (*path, n), heard, link)
                continue
            texts = self.contents.pop(raw.FPDF_StructElement_GetChildMarkedContentID(element, n), None)
            if texts and heard:
                heard.pieces[*path, n] = _Piece(self.label, _text(texts, apart=heard.role == "Figure"), link)

    def _is_mark(self, element: Any) -> bool:
        """Whether a reference shows figures only, as citations do."""
        return bool(_FIGURES_ONLY.fullmatch("".join(self._below(element))))

    def _below(self, element: Any) -> Iterator[str]:
        for n in range(raw.FPDF_StructElement_CountChildren(element)):
            child = raw.FPDF_StructElement_GetChildAtIndex(element, n)
            if child:
                yield from self._below(child)
            else:
                yield from self.contents.get(raw.FPDF_StructElement_GetChildMarkedContentID(element, n), ())


def _text(texts: list[str], *, apart: bool) -> str:
    """Lines of a text run on; the words of a picture stand apart."""
    if apart:
        return "\n".join(_SPACES.sub(" ", text).strip() for text in texts)
    whole = _BROKEN_FIGURES.sub("-", "".join(texts)).replace(_BROKEN_WORD, "")
    return _SPACES.sub(" ", whole)


def _string(call: Callable[[Any, int], int]) -> str:
    """What one of PDFium's functions writes into a buffer: UTF-16 in the machine's order, closed by a zero."""
    size = call(None, 0)
    if size <= 2:
        return ""
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    call(buffer, size)
    return bytes(buffer)[: size - 2].decode("utf-16", errors="replace")
