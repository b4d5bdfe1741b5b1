"""Transplanting: takes parts of another package, puts copies of them and of all that they need into the deck.

What the deck has already (its layouts, its masters, the same picture) is used, not copied again. Relationships keep
their ids, so that a copied part's XML need not be understood.
"""

from collections.abc import Iterator
from typing import Any

from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.opc.package import Part, _Relationship
from pptx.opc.packuri import PackURI

from slides.fingerprint import root
from slides.oxml import element, name, to_bytes
from slides.package import Deck

_MEDIA = ("image/", "audio/", "video/")
_AUTHORS = ("/commentAuthors", "/authors")
_COMMENTS = ("/comments", "/comment")


class Transplant:
    """Copies parts into `deck`, whose presentation is `main`, from the package of the presentation `source`."""

    def __init__(self, main: Any, source: Any) -> None:
        self.deck: Deck = main.package
        self.main = main
        self.source = source
        self.known: dict[Any, Any] = {}
        self._taken = {part.partname for part in self.deck.iter_parts()}
        self._known_sheets()

    def begin(self, part: Any) -> Part:
        """A copy of `part` that refers to nothing yet; `finish` lets it, when all that it may refer to has begun."""
        made = Part(self._name(part.partname), part.content_type, self.deck, part.blob)
        self.known[part] = made
        return made

    def finish(self, part: Any, layout: Any = None) -> None:
        """`layout` is the slide's in this deck, if its own is not to be trusted."""
        made = self.known[part]
        for rel in part.rels.values():
            self._relate(made, rel, layout)

    def copy(self, part: Any) -> Any:
        if part not in self.known:
            if part.content_type.startswith(_MEDIA):
                self.known[part] = self.deck.media(part.blob, part.partname.ext, part.content_type)
            else:
                self.begin(part)
                self.finish(part)
                if part.content_type == CONTENT_TYPE.PML_SLIDE_MASTER:
                    self._list_master(self.known[part])
        return self.known[part]

    def comments(self, part: Any, made: Any) -> None:
        """Put the comments that people wrote on `part` on the slide `made` too."""
        for rel in part.rels.values():
            if rel.reltype.endswith(_COMMENTS):
                made.relate_to(self.copy(rel.target_part), rel.reltype)

    def authors(self) -> None:
        """The authors of comments are the presentation's."""
        if any(rel.reltype.endswith(_COMMENTS) for part in self.known.values() for rel in part.rels.values()):
            for rel in self.source.rels.values():
                if rel.reltype.endswith(_AUTHORS):
                    self.main.relate_to(self.copy(rel.target_part), rel.reltype)

    def _relate(self, made: Any, rel: Any, layout: Any) -> None:
        if rel.is_external:
            target: Any = rel.target_ref
        elif rel.reltype == RELATIONSHIP_TYPE.SLIDE and rel.target_part not in self.known:
            unlink(made, rel.rId)
            return
        elif rel.reltype == RELATIONSHIP_TYPE.SLIDE_LAYOUT and layout:
            target = layout
        else:
            target = self.copy(rel.target_part)
        aim(made, rel, target)

    def _name(self, old: PackURI) -> PackURI:
        extension = f".{old.ext}" if old.ext else ""  # a part's name need not have one (ECMA-376 part 2, 9.1.1)
        stem = old.removesuffix(extension).rstrip("0123456789")
        pattern = f"{stem.replace('%', '_')}%d{extension}"
        while (made := self.deck.numbered(pattern)) in self._taken:
            pass
        self._taken.add(made)
        return made

    def _known_sheets(self) -> None:
        """Layouts are the deck's own if they have the same name; so is the master of notes."""
        ours = {sheet.name: sheet for _, sheet in layouts(self.main)}
        for part, sheet in layouts(self.source):
            if sheet.name in ours:
                self.known[part] = ours[sheet.name].part
        own = _targets(self.main, RELATIONSHIP_TYPE.NOTES_MASTER)
        self.known |= dict.fromkeys(_targets(self.source, RELATIONSHIP_TYPE.NOTES_MASTER), own[0])

    def _list_master(self, master: Any) -> None:
        """A master counts when the presentation lists it; its layouts' ids are the deck's as well (19.3.1.42)."""
        listed = self.main._element.find(name("p:sldMasterIdLst"))
        sheets = [root(part) for part in _targets(self.main, RELATIONSHIP_TYPE.SLIDE_MASTER)]
        used = [*listed, *(one for sheet in sheets for one in sheet.iter(name("p:sldLayoutId")))]
        free = max(int(one.get("id")) for one in used) + 1
        content = root(master)
        for number, one in enumerate(content.iter(name("p:sldLayoutId")), start=free + 1):
            one.set("id", str(number))
        master.blob = to_bytes(content)
        link = self.main.relate_to(master, RELATIONSHIP_TYPE.SLIDE_MASTER)
        listed.append(element("p:sldMasterId", {"id": free, "r:id": link}))


def aim(part: Any, rel: Any, target: Any) -> None:
    """Let `part` have the relationship `rel`, its own or another part's, under the same id, but to `target`."""
    mode = "External" if rel.is_external else "Internal"
    part.rels._rels[rel.rId] = _Relationship(part.partname.baseURI, rel.rId, rel.reltype, mode, target)


def unlink(part: Any, id: str) -> None:
    """Take out of a slide, a sheet or the list of a view every link by the relationship `id`; the words stay."""
    content = root(part)
    for link in list(content.iter(name("a:hlinkClick"), name("a:hlinkHover"), name("p:sld"))):
        if link.get(name("r:id")) == id:
            link.getparent().remove(link)
    part.rels._rels.pop(id, None)
    if not hasattr(part, "_element"):  # else it is the part's own tree that was changed
        part.blob = to_bytes(content)


def layouts(main: Any) -> Iterator[tuple[Any, Any]]:
    """The part of each layout of a presentation, and the layout."""
    for master in main.presentation.slide_masters:
        yield from ((layout.part, layout) for layout in master.slide_layouts)


def _targets(part: Any, kind: str) -> list[Any]:
    return [rel.target_part for rel in part.rels.values() if rel.reltype == kind]
