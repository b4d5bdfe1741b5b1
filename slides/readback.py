"""The deck read back: takes the bytes of a .pptx, returns what its slides say, from the package's XML alone.

A slide's texts, its alternative texts, its pictures and its notes, each in the order of the file. A slide's own number
is a field and no text. Pictures are read by their SVG (`charts.readback`), editable charts by their cached values.
"""

import io
import posixpath
import zipfile
from collections.abc import Collection, Iterator, Mapping
from hashlib import sha256

from lxml import etree  # type: ignore[import-untyped]

from charts import readback as chart
from charts.drawing import Face
from data.theme import Fonts
from data.trust.gate import Channel, Passage, Piece
from slides.memory import Memory
from slides.oxml import NAMESPACES, Element, name

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_MAIN = "ppt/presentation.xml"
_SPEAKING = ("/chart", "/notesSlide")
_EMBED, _ID = name("r:embed"), name("r:id")
_REFERRING = etree.XPath("//*[@descr or @r:embed or @r:id]", namespaces=NAMESPACES)

_said: Memory[tuple[tuple[Channel, str], ...]] = Memory()
_related: Memory[Mapping[str, tuple[str, str]]] = Memory()


def read(pptx: bytes, fonts: Fonts, others: Collection[str] = ()) -> tuple[Passage, ...]:
    """The passages of a deck, slide by slide, without the slides of these numbers; `fonts` are those of its charts."""
    _said.under(fonts)
    with zipfile.ZipFile(io.BytesIO(pptx)) as archive:
        return tuple(_Deck(archive, (Face(fonts.slide_metrics), Face(fonts.arabic))).passages(others))


class _Deck:
    def __init__(self, archive: zipfile.ZipFile, faces: tuple[Face, ...]) -> None:
        self.archive = archive
        self.faces = faces

    def passages(self, others: Collection[str]) -> Iterator[Passage]:
        targets = self._targets(_MAIN)
        slides = _parsed(self.archive.read(_MAIN)).iter(name("p:sldId"))
        for number, slide in enumerate(slides, start=1):
            if str(number) in others:
                continue
            part, _ = targets[slide.get(name("r:id"), "")]
            for channel, text in self._slide(part):
                yield Passage("deck", channel, (Piece(str(number), text),))

    def _slide(self, part: str) -> tuple[tuple[Channel, str], ...]:
        """What a slide says; one whose bytes, with those of all that it refers to, the last build read is known."""
        content, targets = self.archive.read(part), self._targets(part)
        shown = [file for file, type in targets.values() if file.endswith(".svg") or type.endswith(_SPEAKING)]
        others = {file: self.archive.read(file) for file in shown}
        key = tuple(sha256(one).digest() for one in (content, repr(targets).encode(), *others.values()))
        return _said.kept(key, lambda: tuple(self._says(_parsed(content), targets, others)))

    def _says(
        self, root: Element, targets: Mapping[str, tuple[str, str]], others: Mapping[str, bytes]
    ) -> Iterator[tuple[Channel, str]]:
        yield from (("text", text) for text in _paragraphs(root))
        for element in _REFERRING(root):
            if element.get("descr"):
                yield "alt text", element.get("descr", "")
            for key in (_EMBED, _ID):
                target = targets.get(element.get(key, ""))
                if target and target[0].endswith(".svg"):
                    yield "picture", "\n".join(chart.texts(others[target[0]], self.faces))
                elif target and target[1].endswith("/chart"):
                    yield "picture", "\n".join(_chart_texts(_parsed(others[target[0]])))
        for notes in (file for file, type in targets.values() if type.endswith("/notesSlide")):
            yield from (("speaker notes", text) for text in _paragraphs(_parsed(others[notes])))

    def _targets(self, part: str) -> Mapping[str, tuple[str, str]]:
        """The parts that `part` refers to: id -> name of the part and type of the relationship (ECMA-376-2, 9.3)."""
        folder, file = posixpath.split(part)
        rels = f"{folder}/_rels/{file}.rels"
        if rels not in self.archive.NameToInfo:
            return {}
        content = self.archive.read(rels)
        return _related.kept((folder, content), _relations, folder, content)


def _relations(folder: str, content: bytes) -> Mapping[str, tuple[str, str]]:
    return {
        relation.get("Id", ""): (
            posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/"),
            relation.get("Type", ""),
        )
        for relation in _parsed(content).iter(_RELATION)
        if relation.get("TargetMode") != "External"
    }


def _parsed(content: bytes) -> Element:
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))


def _chart_texts(root: Element) -> Iterator[str]:
    """What an editable chart prints: of each series its name and its labels, and the rows' names once. The numbers that
    it is drawn from are exact, and print nothing."""
    for n, series in enumerate(root.iter(f"{_CHART}ser")):
        texts = [series.iterfind(f"{_CHART}tx//{_CHART}v"), series.iterfind(f"{_CHART}dLbls//{name('a:t')}")]
        rows = series.iterfind(f"{_CHART}cat//{_CHART}strCache//{_CHART}v") if n == 0 else ()
        yield from (text.text or "" for text in (*texts[0], *texts[1], *rows))


def _paragraphs(root: Element) -> Iterator[str]:
    """The paragraphs of every shape and cell, without fields."""
    for paragraph in root.iter(name("a:p")):
        text = "".join(
            "\n" if element.tag == name("a:br") else element.text or ""
            for element in paragraph.iter(name("a:t"), name("a:br"))
            if element.getparent().tag != name("a:fld")
        )
        if text.strip():
            yield text
