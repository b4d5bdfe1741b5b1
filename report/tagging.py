"""Last stage of the report, the page: takes a tree of Tags and what flowables paint, returns a tagged PDF.

    document = Tag("Document", lang="en-GB")                  # the structure tree, in reading order
    sect = document.child("Sect")
    figure = sect.child("Figure", alt="Deaths rose from 12 to 40.")
    story = [
        Paragraph("Findings", h1, sect.child("H1"), key="findings", outline=0),
        Paragraph('More <a href="#note-1" title="Note 1">here</a>.', body, sect.child("P")),
        Figure(300, 200, draw=lambda canvas: canvas.rect(0, 0, 300, 200), tag=figure),
    ]
    template = BaseDocTemplate(stream, pagesize=A4, pageTemplates=[...])
    template.build(story, canvasmaker=canvas_maker(document, Metadata(title="...", ...), strict=True))

`Paragraph`, `Table`, `Figure` and the rest are in report/flowables.py, `canvas_maker`, `Metadata` and `Attachment` in
report/conformance.py, fonts in report/fonts.py. Whatever an `onPage` function paints goes inside
`with canvas.artifact("Pagination"):`. The order in which tags are made with `child` is the reading order, whatever the
order of painting; a tag under which nothing was painted is left out; a tag holds no trace of a build, so it may serve
several passes. Text that is known only when all pages are laid out (a page number in the contents, "page 3 of 17")
is left with `TaggedCanvas.later` and filled at the end: one pass is enough.

Clauses cited here are those of ISO 32000-1:2008.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from reportlab.pdfbase.pdfdoc import PDFDocument, PDFObject, PDFObjectReference, PDFPage
from reportlab.pdfgen.canvas import Canvas

from report.face import ShapedText
from report.painted import Heard, Painting
from report.structure import Rect, Structure, Tag, UntaggedContentError, text_string

T = TypeVar("T")


class TaggedCanvas(Canvas):  # type: ignore[misc]
    """A ReportLab canvas that knows under which tag it paints. Made by conformance.canvas_maker.

    strict: raise UntaggedContentError as soon as a stretch of untagged painting ends; otherwise it becomes an artifact.
    finish: called when all pages and the structure tree are there; returns the file.
    """

    def __init__(
        self, filename: Any, *, root: Tag, strict: bool, finish: Callable[[TaggedCanvas], bytes], **options: Any
    ) -> None:
        super().__init__(filename, **options)
        self._strict = strict
        self._finish = finish
        self._doc.heard = None
        self._structure = Structure(self._doc, root)
        self._marks: list[Tag | str] = []
        self._mark_at: int | None = None  # where in the page's code the innermost mark stands
        self._clean_to = 0  # up to here the page's code is marked or paints nothing
        self._gaps: list[tuple[int, str, Callable[[TaggedCanvas], None]]] = []
        self._page_of: dict[str, int] = {}
        self._linked: dict[str, int] = {}
        self.page_labels: list[PageLabel] = []
        self.painting: Painting | None = None
        """What is recorded of what is painted now."""
        self._recorded_to = 0  # up to here the page's code is in the recording
        self.mirrored = False
        """Whether the columns of this page have changed places."""

    # -- what is painted, and as what

    def begin_tag(self, tag: Tag) -> None:
        """From here to the matching `end`, what is painted belongs to `tag`; inside an artifact it stays artifact."""
        inside = self._marks[-1] if self._marks else None
        self._begin(inside if isinstance(inside, str) else tag)

    def end(self) -> None:
        """The end of the innermost tag or artifact; the one around it goes on."""
        self._close_mark()
        self._marks.pop()
        self._open_mark()

    @contextmanager
    def tagged(self, tag: Tag) -> Iterator[None]:
        """What is painted within belongs to `tag`; may be nested, the innermost tag counts."""
        self.begin_tag(tag)
        try:
            yield
        finally:
            self.end()

    @contextmanager
    def artifact(self, kind: str) -> Iterator[None]:
        """What is painted within is no content (14.8.2.2): kind "Pagination" for running heads and page numbers,
        "Layout" for rules, "Background"."""
        self._begin(kind)
        try:
            yield
        finally:
            self.end()

    @property
    def current_tag(self) -> Tag | None:
        """The innermost open tag; None outside all tags and in artifacts."""
        mark = self._marks[-1] if self._marks else None
        return mark if isinstance(mark, Tag) else None

    @property
    def in_artifact(self) -> bool:
        """Whether an artifact is open."""
        return bool(self._marks) and isinstance(self._marks[-1], str)

    def is_painted(self, tag: Tag) -> bool:
        """Whether something was painted under `tag`, or below it, in this build."""
        return self._answered(TaggedCanvas.is_painted, tag, tag in self._structure)

    def require(self, tag: Tag) -> None:
        """Keep `tag` in the structure even if nothing is painted under it (an empty table cell)."""
        if not self.in_artifact:
            self._call(TaggedCanvas._require, tag)

    def associate(self, tag: Tag, file: PDFObjectReference) -> None:
        """Make a file specification an associated file of `tag` (ISO 19005-3, 6.8)."""
        self._structure.require(tag).files += (file,)

    def bounding_box(self, tag: Tag, rect: Rect) -> None:
        """The place of a Figure (14.8.5.4.3), in user space."""
        if not self.in_artifact:
            self._call(TaggedCanvas._bound, tag, self._absRect(rect, relative=1))

    def link(self, tag: Tag, target: str, rect: Rect, description: str) -> None:
        """A link annotation over `rect` (user space), belonging to the Link `tag` (14.8.4.4.2). None inside artifacts.

        target: "#key" for a destination of this document, otherwise a URI.
        description: what a screen reader says of it (ISO 14289-1, 7.18.5).
        """
        if not self.in_artifact:
            self._call(TaggedCanvas._link, tag, target, self._absRect(rect, relative=1), description)

    # -- places and pages

    def destination(self, key: str, x: float, y: float) -> None:
        """Name the place (user space) that links to "#key" go to."""
        self.bookmarkHorizontal(key, x, y)

    def bookmarkPage(self, key: str, *args: Any, **options: Any) -> Any:  # noqa: N802 (ReportLab's name)
        """ReportLab's, remembering the page."""
        self._note(partial(TaggedCanvas.bookmarkPage, **options), key, *args)
        self._page_of[key] = self._pageNumber
        return super().bookmarkPage(key, *args, **options)

    def addOutlineEntry(self, *args: Any) -> None:  # noqa: N802 (ReportLab's name)
        """ReportLab's."""
        self._note(TaggedCanvas.addOutlineEntry, *args)
        super().addOutlineEntry(*args)

    @property
    def destinations(self) -> list[str]:
        """The keys of all named places."""
        return list(self._page_of)

    def page_of(self, key: str) -> int:
        """The page, counted from 1, on which destination `key` lies. KeyError if no page so far has it."""
        return self._page_of[key]

    def label_at(self, key: str) -> str:
        """The label of the page on which destination `key` lies. KeyError if no page so far has it."""
        return self._answered(TaggedCanvas.label_at, key, self.page_label(self.page_of(key)))

    def start_page_labels(self, style: str, prefix: str) -> None:
        """From this page on, pages are labelled (12.4.2): style "D" 1 2, "r" i ii, "" only the prefix."""
        self.page_labels = [label for label in self.page_labels if label.page != self._pageNumber]
        self.page_labels.append(PageLabel(self._pageNumber, style, prefix))

    def page_label(self, page: int) -> str:
        """The label of a page, counted from 1. Complete only inside `later`, or for pages already begun."""
        applicable = [label for label in self.page_labels if label.page <= page]
        return applicable[-1].text(page) if applicable else str(page)

    def later(self, paint: Callable[[TaggedCanvas], None]) -> None:
        """Leave a gap here, under the open tag or artifact, that `paint(canvas)` fills with text after the last page.

        Coordinates are today's user space; font and colour are the canvas's initial ones, so paint sets what it needs.
        """
        if self.painting:
            self.painting.place = None  # the next build has other gaps
        gap = f"%gap {len(self._gaps)}\n"  # a comment, should it ever stay
        self._gaps.append((self._pageNumber, gap, paint))
        self._code.append(gap)

    # -- what is painted again (report/painted.py)

    @contextmanager
    def recorded(self, painting: Painting) -> Iterator[Painting]:
        """What is painted within, outside all tags and artifacts, is recorded."""
        self._check_untagged()
        self.painting, self._doc.heard, self._recorded_to = painting, painting.heard, len(self._code)
        try:
            yield painting
        finally:
            self._check_untagged()
            self._note_code(len(self._code))
            self.painting = self._doc.heard = None
        if any(" gs" in code for _, arguments in painting.calls for code in arguments if isinstance(code, str)):
            painting.place = None  # a document names transparencies as it meets them

    def repeat(self, painting: Painting) -> bool:
        """Paint what was recorded in this build or another, if it would be painted so now."""
        if not self.shows(painting.heard) or any(ask(self, about) != answer for ask, about, answer in painting.asked):
            return False
        for call, arguments in painting.calls:
            call(self, *arguments)
        return True

    def shows(self, heard: Heard) -> bool:
        """Whether this document shows words as they were shown when they were heard; it gives them their codes."""
        now = [face.shown(word, rtl, self._doc) for face, word, rtl in heard]
        return now == list(heard.values())

    def _note(self, call: Callable[..., object], *arguments: Any) -> None:
        if self.painting:
            self.painting.calls.append((call, arguments))

    def _call(self, call: Callable[..., object], *arguments: Any) -> None:
        self._note(call, *arguments)
        call(self, *arguments)

    def _answered(self, ask: Callable[..., T], about: Hashable, answer: T) -> T:
        if self.painting:
            self.painting.asked.append((ask, about, answer))
        return answer

    def _note_code(self, stop: int) -> None:
        code = self._code[self._recorded_to : stop]
        if code:
            self._note(TaggedCanvas._append, "\n".join(code))

    def _append(self, code: str) -> None:
        self._code.append(code)
        self._clean_to = len(self._code)

    def _append_marked(self, mark: Tag | str, code: str) -> None:
        """Code with its mark (14.6)."""
        if isinstance(mark, str):
            begin = f"/Artifact <</Type /{mark}>> BDC"
        else:
            begin = f"/{mark.role} <</MCID {self._structure.add_content(mark, self._doc.pageCounter)}>> BDC"
        self._code += begin, code, "EMC"
        self._clean_to = self._recorded_to = len(self._code)

    def _require(self, tag: Tag) -> None:
        self._structure.require(tag)

    def _bound(self, tag: Tag, rect: Rect) -> None:
        self._structure.require(tag).bbox = rect

    def _link(self, tag: Tag, target: str, rect: Rect, description: str) -> None:
        name = f"link {self._annotationCount}"
        key = self._structure.add_object(tag, self._doc.pageCounter, self._doc.refAnnotation(name))
        self._addAnnotation(_Link(rect, target, description, key), name)
        if target.startswith("#"):
            self._linked.setdefault(target[1:], self._pageNumber)

    # -- ReportLab's hooks

    def beginText(self, x: float = 0, y: float = 0, direction: str | None = None) -> ShapedText:  # noqa: N802
        """A text object that shapes what it shows."""
        return ShapedText(self, x, y, direction=direction)

    def showPage(self) -> None:  # noqa: N802 (ReportLab's name)
        """Close the page."""
        if self._marks:
            raise UntaggedContentError(f"page {self._pageNumber} ends inside {self._marks[-1]}")
        self._check_untagged()
        super().showPage()
        self._clean_to = 0

    def _setAnnotations(self, page: Any) -> None:  # noqa: N802 (ReportLab's name)
        super()._setAnnotations(page)
        if isinstance(page, PDFPage):
            # ReportLab's page knows neither key; Tabs S: ISO 14289-1, 7.18.3
            page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
            page.StructParents = self._structure.page_key(self._doc.pageCounter)
            page.Tabs = "/S"

    def save(self) -> None:
        """Close the last page and write the file. ValueError for a link to a destination that is nowhere."""
        if self._code:
            self.showPage()
        for key, number in self._linked.items():
            if key not in self._page_of:
                raise ValueError(f"page {number} links to #{key}, which is nowhere in the document")
        self._fill_gaps()
        self._structure.write()
        data = self._finish(self)
        if hasattr(self._filename, "write"):
            self._filename.write(data)
        else:
            Path(self._filename).write_bytes(data)

    # -- marks

    def _begin(self, mark: Tag | str) -> None:
        self._close_mark()
        self._marks.append(mark)
        self._open_mark()

    def _open_mark(self) -> None:
        self._check_untagged()
        if self._marks:
            self._mark_at = len(self._code)
            self._code.append("")

    def _close_mark(self) -> None:
        """Write the mark (14.6) if anything was painted since it was opened, else forget it."""
        if self._mark_at is None:
            return
        start, self._mark_at = self._mark_at, None
        if not _paints(self._code, start + 1):
            del self._code[start]
            self._clean_to = len(self._code)
            return
        code = "\n".join(self._code[start + 1 :])
        self._note_code(start)
        del self._code[start:]
        self._call(TaggedCanvas._append_marked, self._marks[-1], code)

    def _check_untagged(self) -> None:
        start = self._clean_to
        if _paints(self._code, start):
            if self._strict:
                raise UntaggedContentError(f"page {self._pageNumber}: {' '.join(self._code[start:])[-300:]}")
            self._code[start:] = ["/Artifact BMC", *self._code[start:], "EMC"]
        self._clean_to = len(self._code)

    def _fill_gaps(self) -> None:
        pages = self._doc.Pages.pages
        for number, gap, paint in self._gaps:
            paint(self)
            page = pages[number - 1]
            page.stream = page.stream.replace(gap, "\n".join(self._code) + "\n", 1)
            self._code.clear()


class PageLabel(NamedTuple):
    """How pages are labelled from `page` (counted from 1) on (12.4.2)."""

    page: int
    style: str
    prefix: str

    def text(self, page: int) -> str:
        """The label of a page in its range."""
        number = page - self.page + 1
        match self.style:
            case "D":
                return f"{self.prefix}{number}"
            case "r":
                return self.prefix + _roman(number)
        return self.prefix

    def entry(self) -> tuple[int, str]:
        """Its entry in the catalogue's number tree."""
        style = f"/S/{self.style}" if self.style else ""
        prefix = f"/P{text_string(self.prefix)}" if self.prefix else ""
        return self.page - 1, f"<<{style}{prefix}/St 1>>"


def _roman(number: int) -> str:
    values = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
    letters = ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i")
    numeral = ""
    for value, letter in zip(values, letters, strict=True):
        count, number = divmod(number, value)
        numeral += letter * count
    return numeral


# Path painting, shading, XObject, inline image and text showing operators (Annex A), or a gap that will be filled.
_PAINTING = re.compile(r"""(?<![^\s)\]>])(?:[fBb]\*?|F|S|sh?|Do|EI|TJ|Tj|'|"|%gap)(?=\s|$)""")


def _paints(code: list[str], start: int) -> bool:
    """From the end: settings come before what is painted with them."""
    return start < len(code) and any(map(_PAINTING.search, reversed(code[start:])))


class _Link(PDFObject):  # type: ignore[misc]
    """A link annotation (12.5.6.5)."""

    def __init__(self, rect: Rect, target: str, description: str, key: int) -> None:
        self.rect, self.target, self.description, self.key = rect, target, description, key

    def format(self, _: PDFDocument) -> bytes:
        """F 4: printed, as PDF/A asks (ISO 19005-3, 6.3.2)."""
        internal = self.target.startswith("#")
        action = f"/Dest{text_string(self.target[1:])}" if internal else f"/A<</S/URI/URI{text_string(self.target)}>>"
        corners = " ".join(f"{value:.2f}" for value in self.rect)
        return (
            f"<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[{corners}]{action}"
            f"/Contents{text_string(self.description)}/StructParent {self.key}>>"
        ).encode("ascii")
