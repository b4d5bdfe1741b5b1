"""Reopening: takes the deck that lies in the output folder, returns its slides beside what was made, or why it cannot.

A slide is ours if it has the name that we gave it. LibreOffice drops every name; then slides are known by their looks,
their titles or their notes, in this order.
"""

import io
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree  # type: ignore[import-untyped]
from pptx.exc import PythonPptxError
from pptx.opc.constants import CONTENT_TYPE
from pptx.package import Package

from slides import fingerprint, stamps
from slides.customxml import items
from slides.fingerprint import Look, root
from slides.oxml import name
from slides.stamps import Record, Stamp

MOST_BYTES = 1024 * 1024 * 1024
"""Of all parts when unpacked."""

COPY = " copy"
"""What stands behind the name of one of our slides in that of a person's copy of it."""
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_MACROS = "macroEnabled"
_DAMAGES = (
    zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, PythonPptxError, OSError, EOFError, NotImplementedError,
    KeyError, ValueError, TypeError, AttributeError, IndexError, AssertionError,
)  # fmt: skip
"""What python-pptx raises when a package is not whole."""


class NotOursError(Exception):
    """Why a deck cannot be merged, as the end of a sentence."""


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """A slide of the deck. `stamp` is what was made, None if a person added the slide; `edited` says that the slide,
    `retold` that its notes are other than what was made; `copied` is the id of our slide of which a person's is a copy,
    or ""."""

    part: Any
    number: int
    title: str
    hidden: bool
    stamp: Stamp | None
    edited: bool
    retold: bool
    copied: str = ""

    @property
    def id(self) -> str:
        """The id of our slide that it is, or "" if a person added it."""
        return self.stamp.made.id if self.stamp else ""


@dataclass(frozen=True, slots=True)
class Reopened:
    """A deck of ours: its presentation part, its record and its slides in order."""

    main: Any
    record: Record
    slides: tuple[Found, ...]


def reopen(content: bytes) -> Reopened:
    """Raises NotOursError if the deck is another's, holds macros, is protected or not whole."""
    if content.startswith(_OLD_OFFICE):
        raise NotOursError("it is protected by a password, or in the format of before 2007")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_BYTES:
                raise NotOursError(f"it is larger than {MOST_BYTES // 1024**2} MB")
        main = Package.open(io.BytesIO(content)).main_document_part
        if _MACROS in main.content_type:
            raise NotOursError("it holds macros")
        if main.content_type != CONTENT_TYPE.PML_PRESENTATION_MAIN:
            raise NotOursError("it is no presentation")
        record = next((found for found in map(stamps.from_xml, items(content)) if found), None)
        if record is None:
            raise NotOursError("it has no record of its slides, or one that another version made")
        return Reopened(main, record, tuple(_slides(main, record)))
    except _DAMAGES as error:
        raise NotOursError("it is damaged") from error
    except RuntimeError as error:  # how zipfile says that a member is encrypted
        raise NotOursError("it is protected by a password") from error


def _slides(main: Any, record: Record) -> Iterator[Found]:
    listed = main._element.find(name("p:sldIdLst"))
    parts = [] if listed is None else [main.rels[one.get(name("r:id"))].target_part for one in listed]
    looks = {part: fingerprint.look(part) for part in parts}
    told = {part: fingerprint.notes(part) for part in parts}
    named = {part: str(root(part).find(name("p:cSld")).get("name")) for part in parts}
    styled = not {stamp.made.id for stamp in record.stamps}.isdisjoint(named.values())
    matched = _by_name(record, named, looks) if styled else _by_look(record, looks, told)
    for number, part in enumerate(parts, start=1):
        stamp = matched.get(part)
        hidden = root(part).get("show") in ("0", "false")
        edited = stamp is not None and not fingerprint.alike(stamp.look, looks[part], styled=styled)
        retold = stamp is not None and stamp.notes != told[part]
        copied = "" if stamp else _copied(named[part], record)
        yield Found(part, number, fingerprint.title(part), hidden, stamp, edited, retold, copied)


def _copied(given: str, record: Record) -> str:
    """Of a slide that has the name of one of ours, or that an earlier build named as its copy: the id of ours."""
    if given.endswith(COPY):
        return given.removesuffix(COPY)
    return given if given in {stamp.made.id for stamp in record.stamps} else ""


def _by_name(record: Record, named: dict[Any, str], looks: dict[Any, Look]) -> dict[Any, Stamp]:
    """Of slides with one name (a copy keeps it) ours is the one that was not changed, or the first."""
    matched: dict[Any, Stamp] = {}
    bearers: dict[str, list[Any]] = defaultdict(list)
    for part, given in named.items():
        bearers[given].append(part)
    for stamp in record.stamps:
        same = bearers[stamp.made.id]
        same.sort(key=lambda part: not fingerprint.alike(stamp.look, looks[part], styled=True))
        matched |= dict.fromkeys(same[:1], stamp)
    return matched


def _by_look(record: Record, looks: dict[Any, Look], told: dict[Any, tuple[str, ...]]) -> dict[Any, Stamp]:
    matched: dict[Any, Stamp] = {}
    rules: tuple[Callable[[Stamp, Any], bool], ...] = (
        lambda stamp, part: fingerprint.alike(stamp.look, looks[part], styled=False),
        lambda stamp, part: _first(stamp.look) == _first(looks[part]) != "",
        lambda stamp, part: bool(stamp.notes) and stamp.notes == told[part],
    )
    left = list(record.stamps)
    for rule in rules:
        for stamp in tuple(left):
            part = next((part for part in looks if part not in matched and rule(stamp, part)), None)
            if part:
                matched[part] = stamp
                left.remove(stamp)
    return matched


def _first(look: Iterable[fingerprint.Shape]) -> str:
    """What the first shape says, which is the title."""
    return next((shape.said for shape in look if shape.kind == "sp"), "")
