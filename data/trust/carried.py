"""Carried data: takes the briefing's files, returns them as both documents carry them, and back.

A PDF holds each file as an attachment, under a name without folders, because readers save attachments into one folder.
A deck holds all of them in one custom XML part (ECMA-376 part 1, 15.2.5), which PowerPoint keeps when it saves.
"""

from collections.abc import Iterable, Mapping
from xml.parsers import expat

from data.model import DataFile

NAMESPACE = "urn:diptych:briefing"
_FOLDER, _PREFIX = "sections/", "sections-"


def attachment_name(name: str) -> str:
    """The name of the folder's file `name` as an attachment: "sections/01-roots.yaml" is "sections-01-roots.yaml"."""
    return _PREFIX + name.removeprefix(_FOLDER) if name.startswith(_FOLDER) else name


def file_name(attachment: str) -> str:
    """The file of the folder that was attached under this name."""
    return _FOLDER + attachment.removeprefix(_PREFIX) if attachment.startswith(_PREFIX) else attachment


def to_xml(files: Iterable[DataFile]) -> bytes:
    """All files as one XML document; files are UTF-8 text without control characters, or they would not have loaded."""
    from xml.sax.saxutils import escape, quoteattr  # noqa: PLC0415 - brings a web client along, for the deck alone

    parts = [
        f"<file name={quoteattr(file.name)}>{escape(file.content.decode('utf-8'), {chr(13): '&#13;'})}</file>"
        for file in files
    ]
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<files xmlns="{NAMESPACE}">{"".join(parts)}</files>'.encode()


def from_xml(content: bytes) -> Mapping[str, bytes] | None:
    """The files of a document that `to_xml` wrote, by name; None if it is another, or declares anything."""
    reader = _Reader()
    try:
        reader.parser.Parse(content, True)
    except (expat.ExpatError, _OtherError):
        return None
    return {name: "".join(parts).encode("utf-8") for name, parts in reader.files.items()}


class _OtherError(Exception):
    pass


class _Reader:
    def __init__(self) -> None:
        self.files: dict[str, list[str]] = {}
        self._depth = 0
        self._open: list[str] | None = None
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def _refuse(self, *_: object) -> None:
        raise _OtherError

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name != f"{NAMESPACE} {('files', 'file')[self._depth > 0]}" or self._depth > 1:
            raise _OtherError
        if self._depth:
            self._open = self.files.setdefault(attributes.get("name", ""), [])
        self._depth += 1

    def _end(self, _: str) -> None:
        self._depth -= 1
        self._open = None

    def _text(self, text: str) -> None:
        if self._open is not None:
            self._open.append(text)
