"""The report read back: takes what was read on its pages, returns its passages in reading order, for the gate.

These are no numbers of the text and are left out: citation marks, and columns that are headed as pages. What is an
artifact or stands outside the structure, and the outline, only repeats.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from data.trust.gate import Passage, Piece
from data.words import Words

Path = tuple[int, ...]
"""An element's or a content's position: which child of the root, which child of that, and so on, on whatever page."""

_FIGURES_ONLY = re.compile(r"\s*\d+\s*")
_ADDRESS = re.compile(r"\s*(?:https?://|mailto:|doi:)")


class Content(NamedTuple):
    """One marked content: the label of its page, its text, its page and its place among what is painted there. `link`
    is the position of the reference or link that it belongs to, () if none."""

    page: str
    text: str
    at: tuple[int, int]
    link: Path
    refers: bool

    @property
    def piece(self) -> Piece:
        return Piece(self.page, self.text, self.at)


class Block(NamedTuple):
    """An element that holds text of its own."""

    role: str
    alt: str
    contents: dict[Path, Content]


class Reading(NamedTuple):
    """What was read on a page, or in the outline: blocks, and what only repeats."""

    blocks: dict[Path, Block]
    repeated: list[Piece]


def passages(readings: Sequence[Reading], words: Words) -> tuple[Passage, ...]:
    """The passages of a report, read page by page; `words` are those of its language."""
    blocks: dict[Path, Block] = {}
    for reading in readings:
        for path, block in reading.blocks.items():
            blocks.setdefault(path, Block(block.role, block.alt, {})).contents.update(block.contents)
    paged = _page_columns(blocks, words.annex_page)
    found = [
        passage
        for path, block in sorted(blocks.items(), key=itemgetter(0))
        if (path[:-3], path[-1]) not in paged
        for passage in _passages(block)
    ]
    repeated = (piece for reading in readings for piece in reading.repeated)
    return (*found, *(Passage("report", "repeated", (piece,)) for piece in repeated))


def _page_columns(blocks: Mapping[Path, Block], head: str) -> set[tuple[Path, int]]:
    """Table and number of each column under the head `head`; a cell lies three levels under its table."""
    return {
        (path[:-3], path[-1])
        for path, block in blocks.items()
        if block.role == "TH" and "".join(content.text for content in block.contents.values()).strip() == head
    }


def _passages(block: Block) -> Iterator[Passage]:
    contents = [content for _, content in sorted(block.contents.items())]
    if contents and block.alt:
        yield Passage("report", "alt text", (contents[0].piece._replace(text=block.alt),))
    if contents and block.role.startswith("H") and _FIGURES_ONLY.fullmatch(contents[0].text):
        contents = contents[1:]
    if contents:
        yield Passage("report", "picture" if block.role == "Figure" else "text", tuple(_joined(contents)))


def _joined(contents: list[Content]) -> Iterator[Piece]:
    """Without citation marks; an address that is broken over lines, columns or pages is whole again."""
    if not any(content.link for content in contents):
        yield from (content.piece for content in contents)
        return
    for (link, refers), group in groupby(contents, key=lambda content: (content.link, content.refers)):
        pieces = [content.piece for content in group]
        whole = "".join(piece.text for piece in pieces)
        if link and _ADDRESS.match(whole):
            yield pieces[0]._replace(text="".join(whole.split()))
        elif not (refers and _FIGURES_ONLY.fullmatch(whole)):
            yield from pieces
