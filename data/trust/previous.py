"""The earlier edition: takes a folder, a PDF or a deck of ours, returns its briefing, and findings.

Both documents carry their briefing's files (`data.trust.carried`). Those are read into a temporary folder and loaded as
any briefing is. How much is read, and how large it may become when unpacked, is bounded, whatever a document declares.
"""

import io
import os
import re
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from data.findings import Finding
from data.findings.editions import PreviousUnreadable
from data.load import load
from data.model import Briefing, Place
from data.paths import read_file
from data.trust.carried import file_name, from_xml

MOST_BYTES = 256 * 1024 * 1024
"""Of the document itself."""
MOST_FILE, MOST_DATA, MOST_FILES = 32 * 1024 * 1024, 64 * 1024 * 1024, 1000
"""Of one carried file and of all of them when unpacked, in bytes; and how many there may be."""

_NAME = re.compile(r"(?:briefing|values|sources|series)\.yaml|[^/\\:\x00-\x1f]{1,120}\.csv|sections/[\w-]{1,120}\.yaml")
_ITEM = re.compile(r"customXml/item\d{1,4}\.xml")


class _NotOursError(Exception):
    """Why no briefing can be read, as the end of a sentence."""


def previous(path: Path) -> tuple[Briefing | None, list[Finding]]:
    """The briefing in `path`, or None and one finding that says why there is none."""
    place = Place(str(path.absolute()))
    try:
        if os.path.isdir(path):  # noqa: PTH112  # of a name that is too long it says no, and pathlib raises
            briefing, findings = load(path)
        else:
            files = _carried(_content(path))
            with tempfile.TemporaryDirectory(prefix="diptych-") as folder:
                for name, content in files.items():
                    target = Path(folder, name)
                    target.parent.mkdir(exist_ok=True)
                    target.write_bytes(content)
                briefing, findings = load(Path(folder))
    except _NotOursError as problem:
        return None, [PreviousUnreadable(place, str(problem))]
    errors = [finding for finding in findings if finding.severity == "error"]
    if briefing is None:
        first = errors[0]
        more = f", and {len(errors) - 1} more" if len(errors) > 1 else ""
        where = "" if first.code == "file-missing" else f"{first.place}: "
        return None, [PreviousUnreadable(place, f"its data has faults: {where}{first.message.rstrip('.')}{more}")]
    return briefing, []


def _content(path: Path) -> bytes:
    try:
        content = read_file(path, MOST_BYTES + 1)
    except OSError as error:
        raise _NotOursError(f"it cannot be opened ({error.strerror or error})") from None
    if len(content) > MOST_BYTES:
        raise _NotOursError(f"it is larger than {MOST_BYTES // 1024**2} MB")
    return content


def _carried(content: bytes) -> Mapping[str, bytes]:
    """The briefing's files in a document, by their names in its folder."""
    if content[:1024].lstrip().startswith(b"%PDF-"):
        found = _of_pdf(content)
    elif content.startswith(b"PK\x03\x04"):
        found = _of_deck(content)
    elif content.startswith(b"\xd0\xcf\x11\xe0"):
        raise _NotOursError("it is protected by a password, or in the format of before 2007")
    else:
        raise _NotOursError("it is no folder, no PDF and no deck")
    files: dict[str, bytes] = {}
    for name, data in found:
        if _NAME.fullmatch(name):
            files[name] = data
        if len(files) > MOST_FILES or sum(map(len, files.values())) > MOST_DATA:
            raise _NotOursError("it carries more data than a briefing has")
    if "briefing.yaml" not in files:
        raise _NotOursError("it carries no data of a briefing")
    return files


def _of_pdf(content: bytes) -> Iterator[tuple[str, bytes]]:
    import pikepdf  # noqa: PLC0415 - only an edition that is compared needs it

    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            for name, attachment in document.attachments.items():
                stream = attachment.get_file().obj
                filters = stream.get("/Filter", pikepdf.Array())
                names = [str(each) for each in (filters if isinstance(filters, pikepdf.Array) else [filters])]
                packed = names == ["/FlateDecode"] and "/DecodeParms" not in stream
                if names and not packed:
                    raise _NotOursError("its data is packed in a way that this program does not write")
                yield file_name(name), _unpacked(stream.read_raw_bytes(), packed)
    except pikepdf.PasswordError:
        raise _NotOursError("it is protected by a password") from None
    except (pikepdf.PdfError, zlib.error, ValueError, TypeError, KeyError, AttributeError) as error:
        raise _NotOursError(f"it is damaged ({str(error).splitlines()[0] if str(error) else 'unreadable'})") from None


def _unpacked(data: bytes, packed: bool) -> bytes:
    """An attachment's bytes, unpacked here and not by the PDF library, which sets no bound to what comes out."""
    return _bounded(zlib.decompressobj().decompress(data, MOST_FILE + 1) if packed else data)


def _of_deck(content: bytes) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.namelist():
                if _ITEM.fullmatch(member):
                    with archive.open(member) as part:
                        files = from_xml(_bounded(part.read(MOST_FILE + 1)))
                    yield from (files or {}).items()
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError) as error:
        raise _NotOursError(f"it is damaged ({error})") from None
    except RuntimeError:  # how zipfile says that a member is encrypted
        raise _NotOursError("it is protected by a password") from None


def _bounded(data: bytes) -> bytes:
    if len(data) > MOST_FILE:
        raise _NotOursError("it carries more data than a briefing has")
    return data
