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
`with artifact(canvas, "Pagination"):`. The order in which tags are made with `child` is the reading order, whatever the
order of painting; a tag under which nothing was painted is left out; a tag holds no trace of a build, so it may serve
several passes. Text that is known only when all pages are laid out (a page number in the contents, "page 3 of 17")
is left with `TaggedCanvas.later` and filled at the end: one pass is enough.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from reportlab.pdfgen.canvas import Canvas


class UntaggedContent(RuntimeError):
    """Strict mode: something was painted outside every tag and every artifact."""


class Tag:
    """A node of the structure tree (ISO 32000-1, 14.7 and 14.8.4), as the story sees it.

    role: a standard structure type, "Document", "Sect", "H1", "P", "L", "LI", "Lbl", "LBody", "Table", "THead", "TBody",
    "TR", "TH", "TD", "Figure", "Caption", "Note", "Reference", "BlockQuote", "TOC", "TOCI", "Link", "Span".
    alt: replacement description (required for a Figure); actual_text: exact replacement text; lang: BCP 47 language
    when it differs from the parent's; scope: "Row", "Column" or "Both" for a TH; id: a name unique in the document
    (required for a Note); title: a human-readable title; col_span, row_span: cells that a TH or TD covers.
    """

    __slots__ = ("actual_text", "alt", "children", "col_span", "id", "lang", "parent", "role", "row_span", "scope", "title")

    def __init__(
        self,
        role: str,
        *,
        alt: str = "",
        actual_text: str = "",
        lang: str = "",
        scope: str = "",
        id: str = "",
        title: str = "",
        col_span: int = 1,
        row_span: int = 1,
    ) -> None:
        self.role = role
        self.alt = alt
        self.actual_text = actual_text
        self.lang = lang
        self.scope = scope
        self.id = id
        self.title = title
        self.col_span = col_span
        self.row_span = row_span
        self.parent: Tag | None = None
        self.children: list[Tag] = []

    def child(self, role: str, **attributes: Any) -> Tag:
        """A new last child; attributes as for Tag."""
        tag = Tag(role, **attributes)
        tag.parent = self
        self.children.append(tag)
        return tag


class TaggedCanvas(Canvas):  # type: ignore[misc]
    """A ReportLab canvas that knows under which tag it paints. Made by conformance.canvas_maker.

    strict: raise UntaggedContent as soon as a stretch of untagged painting ends; otherwise it becomes an artifact.
    """

    def __init__(self, filename: Any, *, root: Tag, strict: bool = False, **options: Any) -> None:
        self.root = root
        self.strict = strict
        super().__init__(filename, **options)

    @contextmanager
    def tagged(self, tag: Tag) -> Iterator[None]:
        """What is painted within belongs to `tag`; may be nested, the innermost tag counts."""
        yield

    @contextmanager
    def artifact(self, kind: str = "Layout") -> Iterator[None]:
        """What is painted within is no content: kind "Pagination", "Layout", "Page" or "Background"."""
        yield

    def link(self, tag: Tag, target: str, rect: tuple[float, float, float, float], description: str) -> None:
        """A link annotation (14.8.4.4.2) in user space, belonging to the Link `tag`.

        target: "#key" for a destination of this document, otherwise a URI.
        """

    def destination(self, key: str, x: float, y: float) -> None:
        """Name the place (user space) that links to "#key" go to."""
        self.bookmarkHorizontal(key, x, y)

    def start_page_labels(self, style: str = "D", start: int = 1, prefix: str = "") -> None:
        """From this page on, pages are labelled (12.4.2): style "D" 1 2 3, "r" i ii iii, "R" I II III, "" prefix only."""

    def page_label(self, page: int) -> str:
        """The label of a page, counted from 1."""
        return str(page)

    def page_of(self, key: str) -> int:
        """The page, counted from 1, on which destination `key` lies; valid inside `later`. KeyError if there is none."""
        return 1

    def later(self, paint: Callable[[TaggedCanvas], None]) -> None:
        """Leave a gap in the page here, under the current tag or artifact, that `paint(canvas)` fills after the last page.

        User space, font and colour then are the canvas's initial ones with today's translation; paint sets what it needs.
        """


def artifact(canvas: TaggedCanvas, kind: str = "Layout") -> Any:
    """`with artifact(canvas, "Pagination"):` for running heads, page numbers, rules, backgrounds (ISO 32000-1, 14.8.2.2)."""
    return canvas.artifact(kind)
