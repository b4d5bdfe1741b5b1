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

Clauses cited here are those of ISO 32000-1:2008, on which PDF/UA-1 (ISO 14289-1) and PDF/A-3 (ISO 19005-3) rest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFDocument,
    PDFObject,
    PDFObjectReference,
    PDFPage,
)
from reportlab.pdfgen.canvas import Canvas

from report.fonts import ShapedText

Rect = tuple[float, float, float, float]  # left, bottom, right, top


class UntaggedContent(RuntimeError):
    """Something was painted outside every tag and artifact, or under a tag that is not in the document's tree."""


class Tag:
    """A node of the structure tree (14.7.2), as the story sees it.

    role: a standard structure type (14.8.4): "Document", "Sect", "H1", "P", "L", "LI", "Lbl", "LBody", "Table", "THead",
    "TBody", "TR", "TH", "TD", "Figure", "Caption", "Note", "Reference", "BlockQuote", "TOC", "TOCI", "Link", "Span".
    alt: replacement description (a Figure needs one); actual_text: exact replacement text; lang: BCP 47 language where
    it differs from the parent's; id: a name unique in the document (a Note needs one); title: for people;
    scope: "Row", "Column" or "Both" (a TH needs one); col_span, row_span: cells that a TH or TD covers;
    numbering: an L's ListNumbering, "Disc", "Decimal", "LowerAlpha", ... (needed where its items have an Lbl).
    """

    __slots__ = (
        "actual_text",
        "alt",
        "children",
        "col_span",
        "id",
        "lang",
        "numbering",
        "order",
        "parent",
        "role",
        "row_span",
        "scope",
        "title",
    )

    def __init__(
        self,
        role: str,
        *,
        alt: str = "",
        actual_text: str = "",
        lang: str = "",
        id: str = "",
        title: str = "",
        scope: str = "",
        col_span: int = 1,
        row_span: int = 1,
        numbering: str = "",
    ) -> None:
        self.role = role
        self.alt = alt
        self.actual_text = actual_text
        self.lang = lang
        self.id = id
        self.title = title
        self.scope = scope
        self.col_span = col_span
        self.row_span = row_span
        self.numbering = numbering
        self.parent: Tag | None = None
        self.order = 0
        self.children: list[Tag] = []

    def child(self, role: str, **attributes: Any) -> Tag:
        """A new last child; attributes as for Tag."""
        tag = Tag(role, **attributes)
        tag.parent = self
        tag.order = len(self.children)
        self.children.append(tag)
        return tag

    def passing(self, role: str, **attributes: Any) -> Tag:
        """A descendant for one build only, made while painting and not kept among the children."""
        tag = Tag(role, **attributes)
        tag.parent = self
        return tag

    @property
    def language(self) -> str:
        """Its own language or the nearest ancestor's."""
        return self.lang or (self.parent.language if self.parent else "")

    def __repr__(self) -> str:
        return f"<{self.role}{' ' + self.id if self.id else ''}>"


class TaggedCanvas(Canvas):  # type: ignore[misc]
    """A ReportLab canvas that knows under which tag it paints. Made by conformance.canvas_maker.

    strict: raise UntaggedContent as soon as a stretch of untagged painting ends; otherwise it becomes an artifact.
    finish: called when all pages and the structure tree are there; returns the file.
    """

    def __init__(
        self,
        filename: Any,
        *,
        root: Tag,
        strict: bool,
        finish: Callable[[TaggedCanvas], bytes],
        **options: Any,
    ) -> None:
        super().__init__(filename, **options)
        self.root = root
        self._strict = strict
        self._finish = finish
        self._marks: list[Tag | str] = []
        self._mark_at: int | None = None  # where in the page's code the innermost mark stands
        self._clean_to = 0  # up to here the page's code is marked or paints nothing
        self._structure = _Structure(self._doc)
        self._later: list[tuple[int, str, Callable[[TaggedCanvas], None]]] = []
        self._page_of: dict[str, int] = {}
        self._linked: dict[str, int] = {}
        self.page_labels: list[PageLabel] = []

    # -- what is painted, and as what

    def begin_tag(self, tag: Tag) -> None:
        """From here to the matching `end`, what is painted belongs to `tag`; inside an artifact it stays artifact."""
        inside = self._marks[-1] if self._marks else None
        self._begin(inside if isinstance(inside, str) else tag)

    def begin_artifact(self, kind: str = "Layout") -> None:
        """From here to the matching `end`, what is painted is no content (14.8.2.2)."""
        self._begin(kind)

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
    def artifact(self, kind: str = "Layout") -> Iterator[None]:
        """What is painted within is no content: kind "Pagination", "Layout", "Page" or "Background"."""
        self.begin_artifact(kind)
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
        return tag in self._structure.elements

    def require(self, tag: Tag) -> None:
        """Keep `tag` in the structure even if nothing is painted under it (an empty table cell)."""
        if not self.in_artifact:
            self._structure.element(tag, self.root)

    def associate(self, tag: Tag, file: PDFObjectReference) -> None:
        """Make a file specification an associated file of `tag` (ISO 19005-3, 6.8)."""
        self._structure.element(tag, self.root).files.append(file)

    def bounding_box(self, tag: Tag, rect: Rect) -> None:
        """The place of a Figure (14.8.5.4.3), in user space."""
        if not self.in_artifact:
            self._structure.element(tag, self.root).bbox = self._absRect(rect, relative=1)

    def link(self, tag: Tag, target: str, rect: Rect, description: str) -> None:
        """A link annotation over `rect` (user space), belonging to the Link `tag` (14.8.4.4.2). None inside artifacts.

        target: "#key" for a destination of this document, otherwise a URI.
        description: what a screen reader says of it (ISO 14289-1, 7.18.5).
        """
        if self.in_artifact:
            return
        key = self._structure.next_key()
        annotation = _Link(self._absRect(rect, relative=1), target, description, key)
        name = f"link {key}"
        self._addAnnotation(annotation, name)
        if target.startswith("#"):
            self._linked.setdefault(target[1:], self._pageNumber)
        self._structure.add_object(tag, self.root, self._doc.pageCounter, self._doc.refAnnotation(name))

    # -- places and pages

    def destination(self, key: str, x: float, y: float) -> None:
        """Name the place (user space) that links to "#key" go to."""
        self.bookmarkHorizontal(key, x, y)

    def bookmarkPage(self, key: str, *args: Any, **options: Any) -> Any:  # noqa: N802 (ReportLab's name)
        self._page_of[key] = self._pageNumber
        return super().bookmarkPage(key, *args, **options)

    @property
    def destinations(self) -> list[str]:
        """The keys of all named places."""
        return list(self._page_of)

    def page_of(self, key: str) -> int:
        """The page, counted from 1, on which destination `key` lies; for use inside `later`. KeyError if there is none."""
        return self._page_of[key]

    def start_page_labels(self, style: str = "D", start: int = 1, prefix: str = "") -> None:
        """From this page on, pages are labelled (12.4.2): style "D" 1 2 3, "r" i ii iii, "R" I II III, "" prefix only."""
        self.page_labels = [label for label in self.page_labels if label.page != self._pageNumber]
        self.page_labels.append(PageLabel(self._pageNumber, style, start, prefix))

    def page_label(self, page: int) -> str:
        """The label of a page, counted from 1. Complete only inside `later`, or for pages already begun."""
        applicable = [label for label in self.page_labels if label.page <= page]
        return applicable[-1].text(page) if applicable else str(page)

    def later(self, paint: Callable[[TaggedCanvas], None]) -> None:
        """Leave a gap here, under the current tag or artifact, that `paint(canvas)` fills with text after the last page.

        Coordinates are today's user space; font and colour are the canvas's initial ones, so paint sets what it needs.
        """
        gap = f"%later {len(self._later)}\n"  # a comment, should it ever stay
        self._later.append((self._pageNumber, gap, paint))
        self._code.append(gap)

    # -- ReportLab's hooks

    def beginText(self, x: float = 0, y: float = 0, direction: str | None = None) -> ShapedText:  # noqa: N802
        """A text object that shapes what it shows."""
        return ShapedText(self, x, y, direction=direction)

    def showPage(self) -> None:  # noqa: N802 (ReportLab's name)
        """Close the page."""
        if self._marks:
            raise UntaggedContent(f"page {self._pageNumber} ends inside {self._marks[-1]}")
        self._check_untagged()
        super().showPage()
        self._clean_to = 0

    def _setAnnotations(self, page: Any) -> None:  # noqa: N802 (ReportLab's name)
        super()._setAnnotations(page)
        if isinstance(page, PDFPage):
            key = self._structure.page_key(self._doc.pageCounter)
            # ReportLab's page knows neither key; Tabs S: ISO 14289-1, 7.18.3
            page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
            page.StructParents = key
            page.Tabs = "/S"

    def save(self) -> None:
        """Close the last page and write the file."""
        if self._code:
            self.showPage()
        for key, number in self._linked.items():
            if key not in self._page_of:
                raise ValueError(f"page {number} links to #{key}, which is nowhere in the document")
        self._fill_gaps()
        self._structure.write(self.root)
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
        mark = self._marks[-1]
        if not _paints(self._code, self._mark_at + 1):
            del self._code[self._mark_at]
        else:
            if isinstance(mark, str):
                self._code[self._mark_at] = f"/Artifact <</Type /{mark}>> BDC"
            else:
                mcid = self._structure.add_content(mark, self.root, self._doc.pageCounter)
                self._code[self._mark_at] = f"/{mark.role} <</MCID {mcid}>> BDC"
            self._code.append("EMC")
        self._mark_at = None
        self._clean_to = len(self._code)

    def _check_untagged(self) -> None:
        start = self._clean_to
        if _paints(self._code, start):
            if self._strict:
                raise UntaggedContent(f"page {self._pageNumber}: {' '.join(self._code[start:])[-300:]}")
            self._code[start:] = ["/Artifact BMC", *self._code[start:], "EMC"]
        self._clean_to = len(self._code)

    def _fill_gaps(self) -> None:
        pages = self._doc.Pages.pages
        for number, gap, paint in self._later:
            self._code = []
            paint(self)
            page = pages[number - 1]
            page.stream = page.stream.replace(gap, "\n".join(self._code) + "\n", 1)
        self._code = []


def artifact(canvas: TaggedCanvas, kind: str = "Layout") -> Any:
    """`with artifact(canvas, "Pagination"):` for running heads, page numbers, rules, backgrounds (14.8.2.2)."""
    return canvas.artifact(kind)


class PageLabel(NamedTuple):
    """How pages are labelled from `page` (counted from 1) on."""

    page: int
    style: str
    start: int
    prefix: str

    def entry(self) -> tuple[int, str]:
        """Its entry in the number tree of page labels (12.4.2)."""
        style = f"/S/{self.style}" if self.style else ""
        prefix = f"/P{text_string(self.prefix)}" if self.prefix else ""
        return self.page - 1, f"<<{style}{prefix}/St {self.start}>>"

    def text(self, page: int) -> str:
        """The label of a page in its range."""
        number = self.start + page - self.page
        numeral = {"D": str(number), "r": _roman(number).lower(), "R": _roman(number), "": ""}[self.style]
        return self.prefix + numeral


def _roman(number: int) -> str:
    values = zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    )
    numeral = ""
    for value, letters in values:
        count, number = divmod(number, value)
        numeral += letters * count
    return numeral


# Path painting, shading, XObject, inline image and text showing operators (Annex A), or a gap to be filled.
_PAINTING = re.compile(r"""(?:^|[\s)\]>])(?:[fBb]\*?|F|S|s|sh|Do|EI|TJ|Tj|'|")(?=\s|$)|^%later""")


def _paints(code: list[str], start: int) -> bool:
    return any(_PAINTING.search(code[index]) for index in range(start, len(code)))


_IN_LINE = frozenset(("Span", "Link", "Reference"))


class _Content(NamedTuple):
    page: int
    mcid: int


class _Object(NamedTuple):
    page: int
    reference: PDFObjectReference


class _Element(PDFObject):  # type: ignore[misc]
    """A structure element (14.7.2) of one build."""

    def __init__(self, tag: Tag, parent: _Element | None, document: PDFDocument) -> None:
        self.tag = tag
        self.parent = parent
        self.kids: list[_Element | _Content | _Object] = []
        self.bbox: Rect | None = None
        self.files: list[PDFObjectReference] = []
        self.reference = document.Reference(self)

    def sort(self) -> None:
        """Blocks stand in the order of their tags; what stands in a line of text stays in the order of painting."""
        blocks = [kid for kid in self.kids if isinstance(kid, _Element) and kid.tag.role not in _IN_LINE]
        if len(blocks) == len(self.kids):
            self.kids = sorted(blocks, key=lambda kid: kid.tag.order)

    def format(self, document: PDFDocument) -> bytes:
        numbers = document.idToObjectNumberAndVersion
        parent = self.parent.reference.name if self.parent else _ROOT
        page = next((kid.page for kid in self.kids if not isinstance(kid, _Element)), 0)
        entries = [f"<</S/{self.tag.role}/P {numbers[parent][0]} 0 R"]
        if page:
            entries.append(f"/Pg {numbers[f'Page{page}'][0]} 0 R")
        kids = []
        for kid in self.kids:
            if isinstance(kid, _Element):
                kids.append(f"{numbers[kid.reference.name][0]} 0 R")
            elif isinstance(kid, _Object):
                where = f"/Pg {numbers[f'Page{kid.page}'][0]} 0 R"
                kids.append(f"<</Type/OBJR{where}/Obj {numbers[kid.reference.name][0]} 0 R>>")
            elif kid.page == page:
                kids.append(str(kid.mcid))
            else:
                kids.append(f"<</Type/MCR/Pg {numbers[f'Page{kid.page}'][0]} 0 R/MCID {kid.mcid}>>")
        if kids:
            entries.append(f"/K[{' '.join(kids)}]" if len(kids) > 1 else f"/K {kids[0]}")
        entries.extend(self._attributes())
        if self.files:
            entries.append(f"/AF[{' '.join(f'{numbers[file.name][0]} 0 R' for file in self.files)}]")
        entries.append(">>")
        return "".join(entries).encode("ascii")

    def _attributes(self) -> Iterator[str]:
        tag = self.tag
        texts = (("Alt", tag.alt), ("ActualText", tag.actual_text), ("Lang", tag.lang), ("ID", tag.id), ("T", tag.title))
        for name, text in texts:
            if text:
                yield f"/{name}{text_string(text)}"
        table = [f"/Scope/{tag.scope}"] if tag.scope else []
        table += [f"/ColSpan {tag.col_span}"] if tag.col_span > 1 else []
        table += [f"/RowSpan {tag.row_span}"] if tag.row_span > 1 else []
        if table:
            yield f"/A<</O/Table{''.join(table)}>>"
        elif tag.numbering:
            yield f"/A<</O/List/ListNumbering/{tag.numbering}>>"
        elif self.bbox:
            yield f"/A<</O/Layout/Placement/Block/BBox[{' '.join(f'{value:.2f}' for value in self.bbox)}]>>"


_ROOT = "structure"


class _Structure:
    """The structure tree of one build: elements made as their first content is painted."""

    def __init__(self, document: PDFDocument) -> None:
        self.document = document
        self.elements: dict[Tag, _Element] = {}
        self.parents: list[_Element | list[_Element]] = []  # the parent tree (14.7.4.4), by key
        self.page_keys: dict[int, int] = {}

    def element(self, tag: Tag, root: Tag) -> _Element:
        """The element of `tag`, made with those above it if need be."""
        element = self.elements.get(tag)
        if element is None:
            if tag is not root and tag.parent is None:
                raise UntaggedContent(f"{tag} is not in the document's tree")
            parent = self.element(tag.parent, root) if tag.parent and tag is not root else None
            element = self.elements[tag] = _Element(tag, parent, self.document)
            if parent:
                parent.kids.append(element)
        return element

    def next_key(self) -> int:
        """The key under which the next object is found in the parent tree."""
        return len(self.parents)

    def page_key(self, page: int) -> int:
        """The key of a page, made if need be."""
        if page not in self.page_keys:
            self.page_keys[page] = len(self.parents)
            self.parents.append([])
        return self.page_keys[page]

    def add_content(self, tag: Tag, root: Tag, page: int) -> int:
        """A marked content of `tag` on `page`: its MCID."""
        element = self.element(tag, root)
        contents = self.parents[self.page_key(page)]
        assert isinstance(contents, list)
        contents.append(element)
        element.kids.append(_Content(page, len(contents) - 1))
        return len(contents) - 1

    def add_object(self, tag: Tag, root: Tag, page: int, reference: PDFObjectReference) -> None:
        """An annotation of `tag` on `page`, under `next_key`."""
        element = self.element(tag, root)
        self.parents.append(element)
        element.kids.append(_Object(page, reference))

    def write(self, root: Tag) -> None:
        """The tree's root into the catalogue (14.7.2), with parent tree and IDs."""
        top = self.element(root, root)
        identified: dict[str, _Element] = {}
        for element in self.elements.values():
            element.sort()
            if element.tag.id:
                if element.tag.id in identified:
                    raise ValueError(f"two tags have the id {element.tag.id}")
                identified[element.tag.id] = element
        numbers: list[Any] = []
        for key, parent in enumerate(self.parents):
            references = (
                PDFArray([element.reference for element in parent]) if isinstance(parent, list) else parent.reference
            )
            numbers += [key, references]
        tree = PDFDictionary(
            {
                "Type": "/StructTreeRoot",
                "K": top.reference,
                "ParentTree": self.document.Reference(PDFDictionary({"Nums": PDFArray(numbers)})),
                "ParentTreeNextKey": len(self.parents),
            }
        )
        if identified:
            tree["IDTree"] = name_tree(self.document, {key: item.reference for key, item in identified.items()})
        catalogue = self.document.Catalog
        catalogue.StructTreeRoot = self.document.Reference(tree, _ROOT)
        catalogue.MarkInfo = PDFDictionary({"Marked": "true"})


class _Link(PDFObject):  # type: ignore[misc]
    """A link annotation (12.5.6.5)."""

    def __init__(self, rect: Rect, target: str, description: str, key: int) -> None:
        self.rect, self.target, self.description, self.key = rect, target, description, key

    def format(self, document: PDFDocument) -> bytes:
        if self.target.startswith("#"):
            action = f"/Dest{text_string(self.target[1:])}"
        else:
            action = f"/A<</S/URI/URI{text_string(self.target)}>>"
        corners = " ".join(f"{value:.2f}" for value in self.rect)
        return (
            f"<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[{corners}]{action}"
            f"/Contents{text_string(self.description)}/StructParent {self.key}>>"
        ).encode("ascii")


def text_string(text: str) -> str:
    """A text string (7.9.2.2) as it is written in the file, in ASCII."""
    if text.isascii() and text.isprintable():
        return "(" + text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") + ")"
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


def name_tree(document: PDFDocument, entries: dict[str, Any]) -> PDFObjectReference:
    """A name tree (7.9.6) of one leaf, its names in the order of their bytes."""
    names: list[Any] = []
    for key in sorted(entries, key=lambda key: key.encode("ascii" if key.isascii() else "utf-16")):
        names += [text_string(key), entries[key]]
    return document.Reference(PDFDictionary({"Names": PDFArray(names)}))
