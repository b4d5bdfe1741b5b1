"""Reading reports back: takes a report, returns what a stranger finds in its PDF: lines, links, outline, labels."""

import re
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO

import pikepdf
import pypdfium2 as pdfium

import report
from charts import Draw
from data.model import Briefing
from report.memory import Memory
from report.result import Report
from tests import charting, samples


def typeset(briefing: Briefing, draw: Draw | None = None, memory: Memory | None = None) -> Report:
    """The report, with its real charts unless `draw` is given; whatever is painted without a tag is an error."""
    return report.typeset(briefing, draw or charting.paper(briefing), memory, strict=True)


@dataclass(frozen=True)
class Line:
    """A stretch of a line in one font; its box in points from the page's lower left corner."""

    text: str
    left: float
    base: float
    right: float


@dataclass
class Read:
    """One report, read."""

    report: Report

    @cached_property
    def document(self) -> pikepdf.Pdf:
        return pikepdf.open(BytesIO(self.report.pdf))

    @cached_property
    def pages(self) -> list[list[Line]]:
        """The lines of every page, in the order of painting."""
        document = pdfium.PdfDocument(self.report.pdf)
        try:
            return [_lines(document[n].get_textpage()) for n in range(len(document))]
        finally:
            document.close()

    @cached_property
    def texts(self) -> list[str]:
        """The text of every page with single spaces, words that were hyphenated joined again."""
        document = pdfium.PdfDocument(self.report.pdf)
        try:
            return [flat(document[n].get_textpage().get_text_range()) for n in range(len(document))]
        finally:
            document.close()

    @cached_property
    def labels(self) -> list[str]:
        document = pdfium.PdfDocument(self.report.pdf)
        try:
            return [document.get_page_label(n) for n in range(len(document))]
        finally:
            document.close()

    @cached_property
    def destinations(self) -> dict[str, tuple[int, float]]:
        """Page index and height of every named destination."""
        names = pikepdf.NameTree(self.document.Root.Names.Dests)
        return {str(key): self._place(place) for key, place in names.items()}

    def _place(self, destination: pikepdf.Object) -> tuple[int, float]:
        return self._numbers[destination[0].objgen], float(destination[3])

    @cached_property
    def _numbers(self) -> dict[tuple[int, int], int]:
        return {sheet.obj.objgen: n for n, sheet in enumerate(self.document.pages)}

    @cached_property
    def links(self) -> list[tuple[int, str, str]]:
        """Page index, target ("#key" or an address) and description of every link."""
        found = []
        for n, sheet in enumerate(self.document.pages):
            for annotation in sheet.get("/Annots", []):
                target = f"#{annotation.Dest}".replace("/", "") if "/Dest" in annotation else str(annotation.A.URI)
                found.append((n, target, str(annotation.Contents)))
        return found

    @cached_property
    def outline(self) -> list[tuple[int, str, int, float]]:
        """Level, title, page index and height of every bookmark."""
        found = []

        def walk(item: pikepdf.Object, level: int) -> None:
            while item is not None:
                found.append((level, str(item.Title), *self._place(item.Dest)))
                if "/First" in item:
                    walk(item.First, level + 1)
                item = item.get("/Next")

        walk(self.document.Root.Outlines.First, 0)
        return found


def flat(text: str) -> str:
    """One line: soft hyphens and what pdfium makes of them gone, all spaces alike."""
    return re.sub(r"\s+", " ", re.sub(r"[\u00ad\ufffe\u0002]\s*", "", text).replace("\u00a0", " ")).strip()


def _lines(page: pdfium.PdfTextPage) -> list[Line]:
    return [
        Line(text, left, bottom, right)
        for left, bottom, right, top in (page.get_rect(n) for n in range(page.count_rects()))
        if (text := page.get_text_bounded(left, bottom, right, top).strip())
    ]


_READ: dict[str, Read] = {}


def sample(name: str, page: str = "a4") -> Read:
    """A sample of samples.py on `page`, set once for all tests."""
    key = f"{name} {page}"
    if key not in _READ:
        briefing: Briefing = samples.briefing(page) if name == "briefing" else getattr(samples, name)()
        _READ[key] = Read(typeset(briefing))
    return _READ[key]
