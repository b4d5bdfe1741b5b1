"""Last stage of the report, the structure: takes Tags and where each was painted, writes the structure tree of the PDF.

Clauses cited here are those of ISO 32000-1:2008, on which PDF/UA-1 (ISO 14289-1) and PDF/A-3 (ISO 19005-3) rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import KW_ONLY, dataclass, field
from typing import Any, NamedTuple

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFDocument, PDFObject, PDFObjectReference

Rect = tuple[float, float, float, float]  # left, bottom, right, top


class UntaggedContentError(RuntimeError):
    """Something was painted outside every tag and artifact, or under a tag that is not in the document's tree."""


@dataclass(eq=False, slots=True)
class Tag:
    """A node of the structure tree (14.7.2), as the story sees it.

    role: a standard structure type (14.8.4): "Document", "Sect", "Div", "H1", "P", "L", "LI", "Lbl", "LBody", "Table",
    "THead", "TBody", "TR", "TH", "TD", "Figure", "Caption", "Note", "Reference", "BlockQuote", "TOC", "TOCI", "Link",
    "Span". alt: replacement description (a Figure needs one); actual_text: exact replacement text; lang: BCP 47
    language where it differs from the parent's; id: a name unique in the document (a Note needs one); scope: "Row",
    "Column" or "Both" (a TH needs one); numbering: an L's ListNumbering, "Disc", "Decimal", "LowerAlpha", ... (needed
    where its items have an Lbl).
    """

    role: str
    _: KW_ONLY
    alt: str = ""
    actual_text: str = ""
    lang: str = ""
    id: str = ""
    scope: str = ""
    numbering: str = ""
    parent: Tag | None = field(default=None, init=False, repr=False)
    order: int = field(default=0, init=False, repr=False)
    children: list[Tag] = field(default_factory=list, init=False, repr=False)

    def child(self, role: str, **attributes: Any) -> Tag:
        """A new last child; attributes as for Tag."""
        tag = Tag(role, **attributes)
        self.adopt(tag)
        return tag

    def adopt(self, tag: Tag) -> None:
        """Make `tag`, which another build's parent had, the last child."""
        tag.parent, tag.order = self, len(self.children)
        self.children.append(tag)

    def passing(self, role: str, **attributes: Any) -> Tag:
        """A child for one build only, made while painting and not kept among the children."""
        tag = Tag(role, **attributes)
        tag.parent = self
        return tag

    @property
    def language(self) -> str:
        """Its own language or the nearest ancestor's."""
        return self.lang or (self.parent.language if self.parent else "")


_IN_LINE = frozenset(("Span", "Link", "Reference"))


class _Content(NamedTuple):
    """Marked content on a page."""

    page: int
    mcid: int


class _Object(NamedTuple):
    """An annotation on a page."""

    page: int
    reference: PDFObjectReference


class _Element(PDFObject):  # type: ignore[misc]
    """A structure element (14.7.2) of one build."""

    def __init__(self, tag: Tag, parent: _Element | None, document: PDFDocument) -> None:
        self.tag = tag
        self.parent = parent
        self.kids: list[_Element | _Content | _Object] = []
        self.bbox: Rect | None = None
        self.files: tuple[PDFObjectReference, ...] = ()
        document.Reference(self)
        self.number: int = document.objectcounter

    @property
    def reference(self) -> bytes:
        """As it is written."""
        return b"%d 0 R" % self.number

    def sort(self) -> None:
        """Blocks stand in the order of their tags; what stands in a line of text stays in the order of painting."""
        blocks = [kid for kid in self.kids if isinstance(kid, _Element) and kid.tag.role not in _IN_LINE]
        if len(blocks) == len(self.kids):
            blocks.sort(key=lambda block: block.tag.order)
            self.kids = [*blocks]

    def format(self, document: PDFDocument) -> bytes:
        """The element as it is written; this is called for every cell and paragraph, hence no PDFDictionary."""
        numbers = document.idToObjectNumberAndVersion
        page = 0
        kids = []
        for kid in self.kids:
            if isinstance(kid, _Element):
                kids.append(f"{kid.number} 0 R")
                continue
            page = page or kid.page
            if isinstance(kid, _Object):
                place = f"/Pg {numbers[f'Page{kid.page}'][0]} 0 R"
                kids.append(f"<</Type/OBJR{place}/Obj {numbers[kid.reference.name][0]} 0 R>>")
            elif kid.page == page:
                kids.append(str(kid.mcid))
            else:
                kids.append(f"<</Type/MCR/Pg {numbers[f'Page{kid.page}'][0]} 0 R/MCID {kid.mcid}>>")
        parent = self.parent.number if self.parent else numbers[_ROOT][0]
        entries = [f"<</S/{self.tag.role}/P {parent} 0 R", *self._attributes()]
        if page:
            entries.append(f"/Pg {numbers[f'Page{page}'][0]} 0 R")
        if kids:
            entries.append(f"/K[{' '.join(kids)}]")
        if self.files:
            entries.append(f"/AF[{' '.join(f'{numbers[file.name][0]} 0 R' for file in self.files)}]")
        return "".join([*entries, ">>"]).encode("ascii")

    def _attributes(self) -> Iterator[str]:
        tag = self.tag
        for name, text in ("Alt", tag.alt), ("ActualText", tag.actual_text), ("Lang", tag.lang), ("ID", tag.id):
            if text:
                yield f"/{name}{text_string(text)}"
        if tag.scope:
            yield f"/A<</O/Table/Scope/{tag.scope}>>"
        elif tag.numbering:
            yield f"/A<</O/List/ListNumbering/{tag.numbering}>>"
        elif self.bbox:
            yield f"/A<</O/Layout/Placement/Block/BBox[{' '.join(f'{value:.2f}' for value in self.bbox)}]>>"


_ROOT = "structure"  # the name by which ReportLab's document knows the tree's root


class Structure:
    """The structure tree of one build: an element is made when the first content under its tag is painted."""

    def __init__(self, document: PDFDocument, root: Tag) -> None:
        self.document = document
        self.root = root
        self._elements: dict[Tag, _Element] = {}
        self._parents: list[_Element | list[_Element]] = []  # the parent tree (14.7.4.4), by key
        self._page_keys: dict[int, int] = {}

    def __contains__(self, tag: Tag) -> bool:
        return tag in self._elements

    def require(self, tag: Tag) -> _Element:
        """The element of `tag`, made with those above it if need be."""
        element = self._elements.get(tag)
        if element is None:
            parent = None
            if tag is not self.root:
                if tag.parent is None:
                    raise UntaggedContentError(f"{tag} is not in the document's tree")
                parent = self.require(tag.parent)
            element = self._elements[tag] = _Element(tag, parent, self.document)
            if parent:
                parent.kids.append(element)
        return element

    def page_key(self, page: int) -> int:
        """A page's key in the parent tree (StructParents), made if need be."""
        if page not in self._page_keys:
            self._page_keys[page] = len(self._parents)
            self._parents.append([])
        return self._page_keys[page]

    def add_content(self, tag: Tag, page: int) -> int:
        """A marked content of `tag` on `page`: its MCID."""
        element = self.require(tag)
        contents = self._parents[self.page_key(page)]
        assert isinstance(contents, list)
        contents.append(element)
        element.kids.append(_Content(page, len(contents) - 1))
        return len(contents) - 1

    def add_object(self, tag: Tag, page: int, reference: PDFObjectReference) -> int:
        """An annotation of `tag` on `page`: its key in the parent tree (StructParent)."""
        element = self.require(tag)
        element.kids.append(_Object(page, reference))
        self._parents.append(element)
        return len(self._parents) - 1

    def write(self) -> None:
        """The tree's root into the catalogue (14.7.2), with parent tree and IDs. ValueError for an ID used twice."""
        top = self.require(self.root)
        identified: dict[str, bytes] = {}
        for element in self._elements.values():
            element.sort()
            if element.tag.id in identified:
                raise ValueError(f"two tags have the id {element.tag.id}")
            if element.tag.id:
                identified[element.tag.id] = element.reference
        numbers: list[Any] = []
        for key, owner in enumerate(self._parents):
            owners = PDFArray([element.reference for element in owner]) if isinstance(owner, list) else owner.reference
            numbers += [key, owners]
        entries = {
            "Type": "/StructTreeRoot",
            "K": top.reference,
            "ParentTree": self.document.Reference(PDFDictionary({"Nums": PDFArray(numbers)})),
            "ParentTreeNextKey": len(self._parents),
        }
        if identified:
            entries["IDTree"] = name_tree(self.document, identified)
        catalogue = self.document.Catalog
        catalogue.StructTreeRoot = self.document.Reference(PDFDictionary(entries), _ROOT)
        catalogue.MarkInfo = PDFDictionary({"Marked": "true"})


def text_string(text: str) -> str:
    """A text string (7.9.2.2) as it is written in the file, in ASCII."""
    if text.isascii() and text.isprintable():
        return "(" + text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") + ")"
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


def name_tree(document: PDFDocument, entries: dict[str, Any]) -> PDFObjectReference:
    """A name tree (7.9.6) of one leaf, its names in the order of their bytes."""
    names: list[Any] = []
    for key in sorted(entries, key=lambda key: (not key.isascii(), key.encode("utf-16-be"))):
        names += [text_string(key), entries[key]]
    return document.Reference(PDFDictionary({"Names": PDFArray(names)}))
