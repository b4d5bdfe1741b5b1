"""The report read back: takes two reports, returns the pages on which a reader may find another text in the second.

Both are files as `report.pdffile` writes them. Who edits one number changes a dozen of five thousand objects: contents
of pages, structure elements, attached data. Of these it is known on which pages they are read (ISO 32000-1, 14.7.4);
bookmarks are on none. Where anything else is another, as a font or the pages' labels, all pages may be.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

_ROOT = re.compile(rb"/Root (\d+) 0 R")
_PAGES = re.compile(rb"/Pages (\d+) 0 R")
_KIDS = re.compile(rb"/Kids \[([^]]*)\]")
_CONTENTS = re.compile(rb"/Contents (\d+) 0 R")
_ON_PAGE = re.compile(rb"/Pg (\d+) 0 R")
_REFERENCE = re.compile(rb"(\d+) 0 R")
_CONTENT = re.compile(rb"<<.*?>>")
_ELEMENT = b"<</S/"
_UNREAD = re.compile(rb"/Type ?/(?:Annot|EmbeddedFile|Metadata)\b")
_NAMES = b"<<\n/Names ["
_BOOKMARK = re.compile(rb"<<\n(?:/Count -?\d+ )?/Dest \[")
_ENTRY = 7
"""Bytes of an entry of the cross-reference stream (7.5.8.3): one for its type, four and two for its fields."""


def changed(before: "File", now: "File") -> frozenset[int]:
    """Numbers of pages of `now`, from 0."""
    every = frozenset(now.pages.values())
    if before.objects.keys() != now.objects.keys():
        return every
    found: set[int] = set()
    for number, body in now.objects.items():
        if before.objects[number] != body:
            for file in (before, now):
                places = file.read_on(number)
                if places is None:
                    return every
                found |= places
    return frozenset(found)


@dataclass(frozen=True)
class File:
    """`objects`: number -> bytes; `pages`: of a page or its contents the page's number, from 0."""

    objects: dict[int, bytes]
    pages: dict[int, int]

    def read_on(self, number: int) -> set[int] | None:
        """The pages on which an object is read; None if that cannot be told."""
        if number in self.pages:
            return {self.pages[number]}
        body = self.objects[number]
        if body.startswith(_ELEMENT):
            return self._element(body)
        unread = body.startswith(_NAMES) or _BOOKMARK.match(body) or _UNREAD.search(body.partition(b"stream\n")[0])
        return set() if unread else None

    def _element(self, body: bytes) -> set[int] | None:
        """Those of its contents and of the elements under it."""
        found = {self.pages.get(int(number), -1) for number in _ON_PAGE.findall(body)}
        kids = body[body.rfind(b"/K[") :].partition(b"]")[0]
        for number in _REFERENCE.findall(_CONTENT.sub(b"", kids)):
            below = self.read_on(int(number))
            if below is None:
                return None
            found |= below
        return None if -1 in found else found


def file(pdf: bytes) -> File:
    """The objects of a report, without the streams that only hold others."""
    at = int(pdf[pdf.rindex(b"startxref") :].split()[1])
    head, table = _stream(pdf[at:])
    entries = [table[start : start + _ENTRY] for start in range(0, len(table), _ENTRY)]
    starts = {int.from_bytes(entry[1:5]): n for n, entry in enumerate(entries) if entry[0] == 1}
    holders = {int.from_bytes(entry[1:5]) for entry in entries if entry[0] == 2}
    objects: dict[int, bytes] = {}
    for start, end in pairwise(sorted(starts)):
        number, chunk = starts[start], pdf[start:end]
        if number in holders:
            objects.update(_held(chunk))
        else:
            objects[number] = chunk.partition(b"obj\n")[2]
    catalogue = objects[_first(_ROOT, head)]
    kids = _KIDS.search(objects[_first(_PAGES, catalogue)])
    pages: dict[int, int] = {}
    for index, page in enumerate(map(int, _REFERENCE.findall(kids[1] if kids else b""))):
        pages[page] = pages[_first(_CONTENTS, objects[page])] = index
    return File(objects, pages)


def _held(chunk: bytes) -> Iterator[tuple[int, bytes]]:
    """What an object stream holds (7.5.7)."""
    head, content = _stream(chunk)
    first = _first(re.compile(rb"/First (\d+)"), head)
    numbers = [int(number) for number in content[:first].split()]
    ends = [first + start for start in (*numbers[3::2], len(content) - first)]
    for number, start, end in zip(numbers[::2], numbers[1::2], ends, strict=True):
        yield number, content[first + start : end]


def _stream(chunk: bytes) -> tuple[bytes, bytes]:
    """Its dictionary, and what it says."""
    head, _, packed = chunk.partition(b"stream\n")
    return head, zlib.decompressobj().decompress(packed)


def _first(pattern: re.Pattern[bytes], text: bytes) -> int:
    found = pattern.search(text)
    if found is None:
        raise ValueError(f"no {pattern.pattern.decode()} in an object of the report")
    return int(found[1])
