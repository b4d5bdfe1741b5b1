"""The package: takes python-pptx's parts, returns the bytes of a .pptx; the same parts give the same bytes.

python-pptx walks the whole package for each new part's name and each picture, so that its time grows with the square
of the slides; here a counter names the parts and a digest finds the pictures.
"""

import hashlib
import io
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pptx
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.oxml import serialize_part_xml
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.opc.serialized import _ContentTypesItem
from pptx.package import Package

_EPOCH = (1980, 1, 1, 0, 0, 0)
_MS_DOS = 0
_TYPES = {"svg": "image/svg+xml", "png": "image/png"}


class Deck(Package):
    """A package that adds parts in constant time and writes itself without the clock."""

    def __init__(self, source: Any) -> None:
        super().__init__(source)
        self._counted: Counter[str] = Counter()
        self._media: dict[str, Part] = {}

    @classmethod
    def default(cls) -> Any:
        """The presentation part of python-pptx's default template, without what tells of another program and deck."""
        deck = cls.open(str(Path(pptx.__file__).parent / "templates" / "default.pptx"))
        for rel in list(deck._rels.values()):
            if rel.reltype in (RELATIONSHIP_TYPE.THUMBNAIL, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES):
                deck.drop_rel(rel.rId)
        main = deck.main_document_part
        for rel in list(main.rels.values()):
            if rel.reltype == RELATIONSHIP_TYPE.PRINTER_SETTINGS:
                main.rels.pop(rel.rId)
        return main

    def numbered(self, template: str) -> PackURI:
        """The next name of a kind of part: "/ppt/slides/slide%d.xml"."""
        self._counted[template] += 1
        return PackURI(template % self._counted[template])

    def media(self, content: bytes, extension: str, type: str = "") -> Part:
        """The part that holds this picture or film; the same bytes are stored once."""
        digest = hashlib.sha256(content).hexdigest()
        if digest not in self._media:
            number = len(self._media) + 1
            self._media[digest] = Part(
                PackURI(f"/ppt/media/image{number}.{extension}"), type or _TYPES[extension], self, content
            )
        return self._media[digest]

    def to_bytes(self) -> bytes:
        """The package as a zip file whose entries carry no clock and stand in the order of the parts' names."""
        parts = sorted(self.iter_parts(), key=lambda part: (len(part.partname), part.partname))
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            _store(archive, "[Content_Types].xml", serialize_part_xml(_ContentTypesItem.xml_for(parts)))
            _store(archive, "_rels/.rels", self._rels.xml)
            for part in parts:
                _store(archive, part.partname.membername, part.blob)
                if part._rels:
                    _store(archive, part.partname.rels_uri.membername, part.rels.xml)
        return stream.getvalue()


def _store(archive: zipfile.ZipFile, member: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(member, _EPOCH)
    entry.compress_type = zipfile.ZIP_STORED if member.endswith(".png") else zipfile.ZIP_DEFLATED
    entry.create_system = _MS_DOS
    archive.writestr(entry, content, compresslevel=6)
