"""Opening a template: takes the bytes of a .pptx or .potx that others made, returns its presentation without slides, or
says why it cannot be one.

What a file claims is checked before it is unpacked. Masters, layouts, themes and their pictures stay as they are.
"""

import io
import re
import zipfile
from typing import Any

from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.opc.packuri import PackURI

from slides.oxml import name
from slides.package import Deck
from slides.transplant import unlink

_COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")
"""[MS-CFB] 2.2: the container of encrypted Office files, and of those before 2007."""
_ENCRYPTED = 0x1
_MOST_BYTES = 512 * 1024 * 1024
_MOST_FILES = 10_000
_TYPES = "[Content_Types].xml"
_MAIN = re.compile(rb"presentationml\.(?:template|slideshow)\.main\+xml")
_MACROS = re.compile(rb"macroEnabled|vbaProject", re.IGNORECASE)
_OF_THE_DOCUMENT = (
    RELATIONSHIP_TYPE.THUMBNAIL,
    RELATIONSHIP_TYPE.EXTENDED_PROPERTIES,
    RELATIONSHIP_TYPE.ORIGIN,
)
"""What tells of the template's own document, its signatures among it."""
_KEPT = (
    RELATIONSHIP_TYPE.SLIDE_MASTER,
    RELATIONSHIP_TYPE.NOTES_MASTER,
    RELATIONSHIP_TYPE.HANDOUT_MASTER,
    RELATIONSHIP_TYPE.THEME,
    RELATIONSHIP_TYPE.TABLE_STYLES,
    RELATIONSHIP_TYPE.PRES_PROPS,
    RELATIONSHIP_TYPE.VIEW_PROPS,
    RELATIONSHIP_TYPE.FONT,
)
"""What a presentation lends; the rest is its own slides', or of the people who made them."""
_COUNTED = ("/ppt/media/", "/ppt/charts/", "/ppt/embeddings/")
"""Where the deck counts parts of its own from one."""


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
    """Take out the template's slides, and what tells of its own document.

    No part may keep a name that the deck gives: a package in which two parts have one name cannot be opened.
    """
    main = presentation.part
    package = main.package
    for rel in list(package._rels.values()):
        if rel.reltype in _OF_THE_DOCUMENT or _is_core(rel):
            package.drop_rel(rel.rId)
    for rel in list(main.rels.values()):
        if rel.reltype not in _KEPT:
            main.rels.pop(rel.rId)
    root = main._element
    for tag in ("p:sldIdLst", "p:custShowLst", "p:modifyVerifier", "p:custDataLst", "p:smartTags", "p:extLst"):
        for found in root.findall(name(tag)):
            root.remove(found)
    for part in list(package.iter_parts()):
        for rel in list(part.rels.values()):
            if rel.reltype == RELATIONSHIP_TYPE.SLIDE:  # to which a button of a master leads: it would come along
                unlink(part, rel.rId)
    counted = (part for part in package.iter_parts() if str(part.partname).startswith(_COUNTED))
    for number, part in enumerate(sorted(counted, key=lambda part: str(part.partname)), start=1):
        part.partname = PackURI(f"{part.partname.baseURI}/template{number}.{part.partname.ext}")


def _is_core(rel: Any) -> bool:
    """Whether it leads to the core properties, by their own type: LibreOffice misspells that of the relationship."""
    return not rel.is_external and rel.target_part.content_type == CONTENT_TYPE.OPC_CORE_PROPERTIES
