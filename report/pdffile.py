"""Last stage of the report, the bytes: takes ReportLab's finished document objects, returns the PDF file.

ReportLab writes every object in the clear, which would make a tagged file three times as large as an untagged one, and
ends a stream without a line end, which PDF/A forbids (ISO 19005-3, 6.1.7.1). Here small objects go into compressed
object streams (ISO 32000-1, 7.5.7), the cross-reference table is a stream (7.5.8), and no stream is turned into ASCII,
which makes it a quarter longer.
"""

from __future__ import annotations

import hashlib
import zlib
from functools import lru_cache
from typing import Any

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFDocument

rl_config.useA85 = 0

_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_SMALL_OBJECTS = 200  # in one object stream
_END = b"endstream\n"
_LINE_END = b"\r\n"  # both: after data that end in a carriage return, a lone line feed would look like one line end


def write(document: PDFDocument, canvas: Any, information: PDFDictionary) -> bytes:
    """The file. The same objects give the same bytes; its ID is a digest of them."""
    for font in document.delayedFonts:
        font.addObjects(document)
    document.Outlines.prepare(document, canvas)
    if document.Outlines.ready < 0:
        document.Catalog.Outlines = None
    root = _number(document, document.Reference(document.Catalog))
    info = _number(document, document.Reference(information))

    chunks, size = [_HEADER], len(_HEADER)
    places: dict[int, tuple[int, int, int]] = {0: (0, 0, 65535)}  # 7.5.8.3: type and two fields
    small: list[tuple[int, bytes]] = []
    number = 1
    while number in document.numberToId:  # formatting an object may add others
        body = pdfdoc.format(document.idToObject[document.numberToId[number]], document, toplevel=1)
        if body.endswith(_END):
            body = body[: -len(_END)] + _LINE_END + _END
            chunk = b"%d 0 obj\n%b\nendobj\n" % (number, body)
            places[number] = 1, size, 0
            chunks.append(chunk)
            size += len(chunk)
        else:
            small.append((number, body))
        number += 1
    for start in range(0, len(small), _SMALL_OBJECTS):
        group = small[start : start + _SMALL_OBJECTS]
        chunk = _object_stream(number, group)
        places[number] = 1, size, 0
        for index, (member, _) in enumerate(group):
            places[member] = 2, number, index
        chunks.append(chunk)
        size += len(chunk)
        number += 1
    places[number] = 1, size, 0
    digest = hashlib.md5(b"".join(chunks), usedforsecurity=False).hexdigest().encode()
    table = b"".join(
        kind.to_bytes(1) + first.to_bytes(4) + second.to_bytes(2)
        for kind, first, second in (places[at] for at in range(number + 1))
    )
    entries = b"/Type/XRef/Size %d/W[1 4 2]/Root %d 0 R/Info %d 0 R" % (number + 1, root, info)
    entries += b"/ID[<%b><%b>]" % (digest, digest)
    chunks.append(_stream(number, entries, table))
    chunks.append(b"startxref\n%d\n%%%%EOF\n" % size)
    return b"".join(chunks)


def _number(document: PDFDocument, reference: Any) -> int:
    number: int = document.idToObjectNumberAndVersion[reference.name][0]
    return number


def _object_stream(number: int, members: list[tuple[int, bytes]]) -> bytes:
    offsets, at = [], 0
    for member, body in members:
        offsets.append(b"%d %d" % (member, at))
        at += len(body) + 1
    head = b" ".join(offsets) + b"\n"
    content = head + b"\n".join(body for _, body in members)
    return _stream(number, b"/Type/ObjStm/N %d/First %d" % (len(members), len(head)), content)


def _stream(number: int, entries: bytes, content: bytes) -> bytes:
    packed = _packed(content)
    head = b"%d 0 obj\n<<%b/Filter/FlateDecode/Length %d>>\nstream\n" % (number, entries, len(packed))
    return head + packed + _LINE_END + _END + b"endobj\n"


@lru_cache(maxsize=1 << 12)
def _packed(content: bytes | str) -> bytes:
    """Kept, because in a process that builds again and again most pages are those of the last build."""
    return zlib.compress(content.encode() if isinstance(content, str) else content)


pdfdoc.PDFZCompress.encode = _packed
