"""Last stage of the report, the file: takes metadata and attachments, returns a canvas that writes PDF/UA-1 and PDF/A-3a."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from report.tagging import Tag, TaggedCanvas


@dataclass(frozen=True)
class Metadata:
    """What the file says of itself, in the document information and in XMP. date: the edition's, never the clock's."""

    title: str
    author: str
    language: str
    date: datetime
    subject: str = ""
    keywords: tuple[str, ...] = ()
    creator: str = "Diptych"


@dataclass(frozen=True)
class Attachment:
    """A file carried inside the PDF as an associated file (ISO 19005-3, 6.8).

    relationship: "Source" of what is shown, "Data" behind a chart, "Alternative", "Supplement" or "Unspecified".
    tag: the element (a Figure, a Table) to which it belongs; None: the whole document.
    """

    name: str
    data: bytes
    mime: str
    description: str
    modified: datetime
    relationship: Literal["Source", "Data", "Alternative", "Supplement", "Unspecified"] = "Data"
    tag: Tag | None = None


def canvas_maker(
    root: Tag, metadata: Metadata, *, attachments: Sequence[Attachment] = (), strict: bool = False
) -> Callable[..., TaggedCanvas]:
    """For `BaseDocTemplate.build(story, canvasmaker=...)`. strict: raise UntaggedContent for what is painted untagged."""

    def make(filename: Any, **options: Any) -> TaggedCanvas:
        return TaggedCanvas(filename, root=root, strict=strict, **options)

    return make
