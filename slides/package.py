"""The package: takes python-pptx's parts, returns the bytes of a .pptx; the same parts give the same bytes.

python-pptx walks the whole package for each new part's name and each picture, so that its time grows with the square
of the slides; here a counter names the parts and a digest finds the pictures.
"""

import hashlib
import io
import zipfile
import zlib
from collections import Counter
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pptx
from pptx.opc.constants import NAMESPACE, RELATIONSHIP_TYPE
from pptx.opc.oxml import serialize_part_xml
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.opc.serialized import _ContentTypesItem
from pptx.package import Package

from slides.memory import Memory

_EPOCH = (1980, 1, 1, 0, 0, 0)
_MS_DOS = 0
_READ_WRITE = 0o600 << 16
_DECLARED = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
_OUTSIDE = ' TargetMode="External"'
_QUOTED = {'"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
_TYPES = {"svg": "image/svg+xml", "png": "image/png"}

_packed: Memory[tuple[int, bytes]] = Memory()


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
            _store(archive, "_rels/.rels", _rels(self))
            for part in parts:
                _store(archive, part.partname.membername, part.blob)
                if part._rels:
                    _store(archive, part.partname.rels_uri.membername, _rels(part))
        return stream.getvalue()


def relate(part: Part, type: str, target: Part | str) -> str:
    """The id of a new relationship, to a part or to an address; python-pptx looks through all others for its equal."""
    id: str = part.rels._add_relationship(type, target, isinstance(target, str))
    return id


def _rels(part: Any) -> bytes:
    """The relationships of a part or a package as their file (ECMA-376 part 2, 9.3), as python-pptx writes it; a deck
    has thousands, and to make an element for each takes most of the time of writing them."""
    listed = sorted(part._rels.values(), key=lambda rel: (int(rel.rId[3:]) if rel.rId[3:].isdigit() else 0, rel.rId))
    rows = (
        f'<Relationship Id="{escape(rel.rId, _QUOTED)}" Type="{escape(rel.reltype, _QUOTED)}"'
        f' Target="{escape(rel.target_ref, _QUOTED)}"{_OUTSIDE if rel.is_external else ""}/>'
        for rel in listed
    )
    return f'{_DECLARED}<Relationships xmlns="{NAMESPACE.OPC_RELATIONSHIPS}">{"".join(rows)}</Relationships>'.encode()


def _store(archive: zipfile.ZipFile, member: str, content: bytes) -> None:
    """Append a member whose bytes are packed already, for which zipfile has no method of its own."""
    entry = zipfile.ZipInfo(member, _EPOCH)
    entry.compress_type = zipfile.ZIP_STORED if member.endswith(".png") else zipfile.ZIP_DEFLATED
    entry.create_system = _MS_DOS
    entry.external_attr = _READ_WRITE
    entry.CRC, packed = _packed.kept((content, entry.compress_type), _pack, content, entry.compress_type)
    entry.file_size, entry.compress_size = len(content), len(packed)
    stream: Any = archive.fp
    entry.header_offset = stream.tell()
    stream.write(entry.FileHeader(zip64=False))
    stream.write(packed)
    archive.start_dir = stream.tell()
    archive.filelist.append(entry)
    archive.NameToInfo[member] = entry
    archive._didModify = True  # type: ignore[attr-defined]


def _pack(content: bytes, method: int) -> tuple[int, bytes]:
    """The checksum of a member, and its bytes as they are stored."""
    if method == zipfile.ZIP_STORED:
        return zlib.crc32(content), content
    deflate = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    return zlib.crc32(content), deflate.compress(content) + deflate.flush()
