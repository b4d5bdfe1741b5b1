"""Pictures for the browser: takes a PDF, and slides as SVG, returns a picture of each page and slide, and what changed.

A page is drawn when somebody looks at it. Changes are boxes in fractions of the picture's width and height, counted
from its upper left corner.
"""

import io
import threading
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pypdfium2
from PIL import Image, ImageChops

Box = tuple[float, float, float, float]
"""Left, top, width, height."""

PDFIUM = threading.RLock()
"""Held by whoever uses PDFium, which does one thing at a time in a process."""

_SCALE = 1.5
"""Dots to a point."""
_BANDS = 60
"""Stripes of a page that are compared each by itself."""
_AT_HAND = 24
"""Drawn pages that are kept, 3 MB each."""


class Pages:
    """The pages of a PDF, none of `b""` and of one that is `damaged`; `close` it before it is forgotten."""

    kind = "image/png"

    def __init__(self, pdf: bytes) -> None:
        self.version = sha256(pdf).hexdigest()[:16]
        self.sizes: list[tuple[float, float]] = []
        self._drawn: dict[int, Image.Image] = {}
        self._document: Any = None
        self.damaged = False
        if pdf:
            with PDFIUM:
                try:
                    self._document = pypdfium2.PdfDocument(pdf)
                    self.sizes = [page.get_size() for page in self._document]
                except pypdfium2.PdfiumError:
                    self.damaged = True
        self.versions = [f"{self.version}-{number}" for number in range(len(self.sizes))]

    def picture(self, number: int) -> bytes:
        """Page `number`, counted from 0, as PNG. IndexError if there is none."""
        written = io.BytesIO()
        self._image(number).save(written, "PNG", compress_level=1)
        return written.getvalue()

    def changes(self, number: int, before: "Pages") -> list[Box]:
        """Where page `number` looks other than in `before`; nothing if there was no such page. IndexError as above."""
        after = self._image(number)
        if number >= len(before.sizes) or self.sizes[number] != before.sizes[number]:
            return []
        difference = ImageChops.difference(after, before._image(number))
        width, height = difference.size
        return [
            (left / width, top / height, (right - left) / width, (bottom - top) / height)
            for left, top, right, bottom in _together(_stripes(difference))
        ]

    def close(self) -> None:
        with PDFIUM:
            if self._document is not None:
                self._document.close()
                self._document = None
            self.sizes, self.versions = [], []

    def _image(self, number: int) -> Image.Image:
        with PDFIUM:
            if number >= len(self.sizes):
                raise IndexError(number)
            if number not in self._drawn:
                if len(self._drawn) >= _AT_HAND:
                    self._drawn.pop(next(iter(self._drawn)))
                self._drawn[number] = self._document[number].render(scale=_SCALE).to_pil().convert("RGB")
            return self._drawn[number]


def _stripes(difference: Image.Image) -> Iterator[tuple[int, int, int, int]]:
    width, height = difference.size
    edges = [height * band // _BANDS for band in range(_BANDS + 1)]
    for top, bottom in pairwise(edges):
        box = difference.crop((0, top, width, bottom)).getbbox()
        if box:
            yield box[0], top, box[2], bottom


def _together(stripes: Iterator[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    """Stripes that touch as one box."""
    boxes: list[tuple[int, int, int, int]] = []
    for stripe in stripes:
        last = boxes.pop() if boxes and boxes[-1][3] == stripe[1] else stripe
        boxes.append((min(last[0], stripe[0]), last[1], max(last[2], stripe[2]), stripe[3]))
    return boxes


class Slides:
    """Slides as SVG documents: a ground, and shapes that tell their boxes in the document's own units. There are none
    of a deck that is `damaged`."""

    kind = "image/svg+xml"

    def __init__(self, slides: Sequence[str], *, damaged: bool = False) -> None:
        self.damaged = damaged
        self._slides = [slide.encode() for slide in slides]
        self.versions = [sha256(slide).hexdigest()[:16] for slide in self._slides]
        self.sizes = [_box(ElementTree.fromstring(slide))[2:] for slide in slides]

    def picture(self, number: int) -> bytes:
        """Slide `number`, counted from 0. IndexError if there is none."""
        return self._slides[number]

    def changes(self, number: int, before: "Slides") -> list[Box]:
        """The shapes of slide `number` that are not in `before`; nothing if there was no such slide."""
        shapes = self._shapes(number)
        if number >= len(before.sizes):
            return []
        known = set(before._shapes(number))
        width, height = self.sizes[number]
        boxes = [_box(ElementTree.fromstring(shape)) for shape in shapes if shape not in known]
        return [(left / width, top / height, wide / width, high / height) for left, top, wide, high in boxes]

    def _shapes(self, number: int) -> list[str]:
        _, *shapes = ElementTree.fromstring(self._slides[number])
        return [ElementTree.tostring(shape, encoding="unicode") for shape in shapes]


def _box(element: ElementTree.Element) -> Box:
    left, top, width, height = (float(element.get(key, "0")) for key in ("x", "y", "width", "height"))
    return left, top, width, height
