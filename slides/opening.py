"""Opening a template: takes the bytes of a .pptx or .potx that others made, returns its presentation without slides, or
says why it cannot be one.

What a file claims is checked before it is unpacked. Masters, layouts, themes and their pictures stay as they are.
"""

import io
import re
import zipfile
from typing import Any

from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.packuri import PackURI

from slides.oxml import name
from slides.package import Deck

_COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")
"""[MS-CFB] 2.2: the container of encrypted Office files, and of those before 2007."""
_ENCRYPTED = 0x1
_MOST_BYTES = 512 * 1024 * 1024
_MOST_FILES = 10_000
_TYPES = "[Content_Types].xml"
_MAIN = re.compile(rb"presentationml\.(?:template|slideshow)\.main\+xml")
_MACROS = re.compile(rb"macroEnabled|vbaProject", re.IGNORECASE)
_DROPPED = (
    RELATIONSHIP_TYPE.SLIDE,
    RELATIONSHIP_TYPE.PRINTER_SETTINGS,
    RELATIONSHIP_TYPE.COMMENT_AUTHORS,
    RELATIONSHIP_TYPE.CUSTOM_XML,
    RELATIONSHIP_TYPE.TAGS,
)
"""What belongs to the template's own slides, or to the people who made them."""


class NoTemplateError(Exception):
    """The file is no template: `reason` is the end of a sentence, `advice` what to do about it."""

    def __init__(self, reason: str, advice: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.advice = advice


_SAVE = "Open it in PowerPoint and save it again as a presentation (.pptx) or a template (.potx)."


def open_template(content: bytes) -> Any:
    """The presentation in `content`, as python-pptx has it, without slides. Raises NoTemplateError."""
    converted = _checked(content)
    try:
        presentation = Deck.open(io.BytesIO(converted)).presentation_part.presentation
        _empty(presentation)
        layouts = [layout.name for master in presentation.slide_masters for layout in master.slide_layouts]
    except Exception as error:  # a damaged package can fail anywhere in the library that reads it
        raise NoTemplateError("it is damaged", _SAVE) from error
    if not layouts:
        raise NoTemplateError("it has no slide layouts", "Take a template with slide layouts.")
    return presentation


def _checked(content: bytes) -> bytes:
    """The package as one of a presentation, once it is known to be harmless to unpack."""
    if content.startswith(_COMPOUND):
        raise NoTemplateError("it is protected by a password, or older than PowerPoint 2007", _SAVE)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if len(entries) > _MOST_FILES or sum(entry.file_size for entry in entries) > _MOST_BYTES:
                raise NoTemplateError("it unpacks to more than a template can hold", _SAVE)
            if any(entry.flag_bits & _ENCRYPTED for entry in entries):
                raise NoTemplateError("it is protected by a password", _SAVE)
            if _TYPES not in archive.namelist():
                raise NoTemplateError("it is no PowerPoint file", _SAVE)
            types = archive.read(_TYPES)
            if _MACROS.search(types) or any("vbaproject" in entry.filename.lower() for entry in entries):
                raise NoTemplateError("it holds macros", "Save it without them, as .pptx or .potx.")
            if b"presentationml" not in types:
                raise NoTemplateError("it is no PowerPoint file", _SAVE)
            return content if not _MAIN.search(types) else _as_presentation(archive)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, ValueError) as error:
        start = content[:4] == b"PK\x03\x04"
        raise NoTemplateError("it is damaged" if start else "it is no PowerPoint file", _SAVE) from error


def _as_presentation(archive: zipfile.ZipFile) -> bytes:
    """A template and a slide show differ from a presentation in the type of their main part alone."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for entry in archive.infolist():
            part = archive.read(entry)
            if entry.filename == _TYPES:
                part = _MAIN.sub(b"presentationml.presentation.main+xml", part)
            made.writestr(entry.filename, part)
    return stream.getvalue()


def _empty(presentation: Any) -> None:
    """Take out the template's slides, and what tells of its own document."""
    main = presentation.part
    package = main.package
    for rel in list(package._rels.values()):
        if rel.reltype in (RELATIONSHIP_TYPE.THUMBNAIL, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES):
            package.drop_rel(rel.rId)
    for rel in list(main.rels.values()):
        if rel.reltype in _DROPPED:
            main.rels.pop(rel.rId)
    root = main._element
    for tag in ("p:sldIdLst", "p:custShowLst", "p:modifyVerifier", "p:custDataLst", "p:smartTags", "p:extLst"):
        for found in root.findall(name(tag)):
            root.remove(found)
    for number, part in enumerate(sorted(_media(package), key=lambda part: str(part.partname)), start=1):
        part.partname = PackURI(f"/ppt/media/template{number}.{part.partname.ext}")


def _media(package: Any) -> list[Any]:
    """Pictures of masters and layouts; the deck counts its own from one."""
    return [part for part in package.iter_parts() if str(part.partname).startswith("/ppt/media/")]
