"""Last stage of the report, the file: takes metadata and attachments, returns a canvas for PDF/UA-1 and PDF/A-3a.

The claims (ISO 14289-1, 5; ISO 19005-3, 6.6.4) are written only here, for what TaggedCanvas has tagged.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from html import escape
from typing import Any, Literal

from PIL.ImageCms import ImageCmsProfile, createProfile
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFObject, PDFObjectReference, PDFStream, PDFZCompress

from report.face import Face
from report.pdffile import write
from report.structure import Tag, name_tree, text_string
from report.tagging import TaggedCanvas

CREATOR, PRODUCER = "Diptych", "ReportLab PDF Library, tagged by Diptych"


@dataclass(frozen=True)
class Metadata:
    """What the file says of itself, in the document information and in XMP. date: the edition's, never the clock's, in
    UTC.

    language: BCP 47, of the document.
    """

    title: str
    author: str
    language: str
    date: datetime
    subject: str = ""


@dataclass(frozen=True)
class Attachment:
    """A file carried inside the PDF as an associated file (ISO 19005-3, 6.8).

    relationship: "Source" of what is shown, "Data" behind a chart, "Alternative", "Supplement" or "Unspecified".
    tags: the elements (Figures, Tables) to which it belongs; none: the whole document.
    """

    name: str
    data: bytes
    mime: str
    description: str
    modified: datetime
    relationship: Literal["Source", "Data", "Alternative", "Supplement", "Unspecified"] = "Data"
    tags: Sequence[Tag] = ()


class UnembeddedFontError(ValueError):
    """Text was set in a font that is not embedded (ISO 19005-3, 6.2.11.4)."""


def canvas_maker(
    root: Tag, metadata: Metadata, *, attachments: Sequence[Attachment] = (), strict: bool = False
) -> Callable[..., TaggedCanvas]:
    """For `BaseDocTemplate.build(story, canvasmaker=...)`. ValueError if two attachments have one name.

    strict: raise UntaggedContentError for what is painted untagged, instead of making it an artifact.
    """

    def make(filename: Any, **options: Any) -> TaggedCanvas:
        options |= {"invariant": True, "pageCompression": 1, "pdfVersion": (1, 7), "lang": metadata.language}
        finish = partial(_finish, metadata=metadata, attachments=attachments)
        return TaggedCanvas(filename, root=root, strict=strict, finish=finish, **options)

    return make


def _finish(canvas: TaggedCanvas, metadata: Metadata, attachments: Sequence[Attachment]) -> bytes:
    """Complete the catalogue and put the file together."""
    document, catalogue = canvas._doc, canvas._doc.Catalog
    unembedded = [name for name in document.fontMapping if not isinstance(pdfmetrics.getFont(name), Face)]
    if unembedded:
        raise UnembeddedFontError(f"not embedded: {', '.join(unembedded)}; a style or cell names no registered font")
    # ReportLab's catalogue knows neither key
    catalogue.__NoDefault__ = [*catalogue.__NoDefault__, "OutputIntents", "AF"]
    catalogue.Metadata = document.Reference(_xmp(metadata))
    catalogue.OutputIntents = PDFArray([document.Reference(_output_intent(document))])
    catalogue.ViewerPreferences = PDFDictionary({"DisplayDocTitle": "true"})  # ISO 14289-1, 7.1
    catalogue.PageMode = "/UseOutlines" if canvas._doc.Outlines.levelstack else "/UseNone"
    names = {
        "Dests": {key: canvas._bookmarkReference(key) for key in canvas.destinations},
        "EmbeddedFiles": _attach(canvas, attachments),
    }
    catalogue.Names = PDFDictionary({name: name_tree(document, entries) for name, entries in names.items() if entries})
    if canvas.page_labels:
        labels = [part for label in canvas.page_labels for part in label.entry()]
        catalogue.PageLabels = PDFDictionary({"Nums": PDFArray(labels)})
    return write(document, canvas, _information(metadata))


def _attach(canvas: TaggedCanvas, attachments: Sequence[Attachment]) -> dict[str, PDFObjectReference]:
    """The file specifications (7.11.3, 7.11.4), associated with the catalogue or with elements."""
    document = canvas._doc
    files: dict[str, PDFObjectReference] = {}
    of_document = []
    for item in attachments:
        if item.name in files:
            raise ValueError(f"two attachments are called {item.name}")
        parameters = {
            "Size": len(item.data),
            "CheckSum": f"<{hashlib.md5(item.data, usedforsecurity=False).hexdigest()}>",
            "ModDate": text_string(_pdf_date(item.modified)),
            "CreationDate": text_string(_pdf_date(item.modified)),
        }
        stream = PDFStream(
            PDFDictionary({"Type": "/EmbeddedFile", "Subtype": _name(item.mime), "Params": PDFDictionary(parameters)}),
            item.data,
            [PDFZCompress],
        )
        embedded = document.Reference(stream)
        specification = {
            "Type": "/Filespec",
            "F": text_string(item.name),
            "UF": text_string(item.name),
            "Desc": text_string(item.description),
            "AFRelationship": f"/{item.relationship}",
            "EF": PDFDictionary({"F": embedded, "UF": embedded}),
        }
        reference = files[item.name] = document.Reference(PDFDictionary(specification))
        for tag in item.tags:
            canvas.associate(tag, reference)
        if not item.tags:
            of_document.append(reference)
    if of_document:
        document.Catalog.AF = PDFArray(of_document)
    return files


def _name(text: str) -> str:
    """A name object (7.3.5): MIME types hold a slash."""
    return "/" + "".join(char if char.isalnum() or char in "-.+" else f"#{ord(char):02X}" for char in text)


def _pdf_date(date: datetime) -> str:
    """7.9.4."""
    return date.strftime("D:%Y%m%d%H%M%SZ")


def _information(metadata: Metadata) -> PDFDictionary:
    """The document information dictionary (14.3.3), which must agree with the XMP."""
    entries = {
        "Title": metadata.title,
        "Author": metadata.author,
        "Subject": metadata.subject,
        "Creator": CREATOR,
        "Producer": PRODUCER,
        "CreationDate": _pdf_date(metadata.date),
        "ModDate": _pdf_date(metadata.date),
    }
    return PDFDictionary({key: text_string(value) for key, value in entries.items() if value})


def _xmp(metadata: Metadata) -> PDFStream:
    """The metadata stream (ISO 19005-3, 6.6): uncompressed, the schema of pdfuaid described as PDF/A asks (6.6.2.3)."""
    date = f"{metadata.date.isoformat(timespec='seconds')}Z"
    title, subject, author = (escape(text, quote=False) for text in (metadata.title, metadata.subject, metadata.author))
    alternative = f'<rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt>'
    description = f"<dc:description>{alternative}</dc:description>" if subject else ""
    content = f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{escape(metadata.language, quote=False)}</rdf:li></rdf:Bag></dc:language>
{description}
<xmp:CreatorTool>{CREATOR}</xmp:CreatorTool>
<xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate>
<xmp:MetadataDate>{date}</xmp:MetadataDate>
<pdf:Producer>{PRODUCER}</pdf:Producer>
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 to which the document conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
    return PDFStream(PDFDictionary({"Type": "/Metadata", "Subtype": "/XML"}), content.encode("utf-8"))


def _output_intent(document: PDFObject) -> PDFDictionary:
    """sRGB (ISO 19005-3, 6.2.3): what the colours on the page mean."""
    profile = PDFStream(PDFDictionary({"N": 3}), _srgb(), [PDFZCompress])
    return PDFDictionary(
        {
            "Type": "/OutputIntent",
            "S": "/GTS_PDFA1",
            "OutputConditionIdentifier": "(sRGB IEC61966-2.1)",
            "Info": "(sRGB IEC61966-2.1)",
            "DestOutputProfile": document.Reference(profile),
        }
    )


@cache
def _srgb() -> bytes:
    """Little CMS's own sRGB profile without the clock: its date (bytes 24 to 35; ICC.1, 7.2) fixed. It has no ID."""
    profile = bytearray(ImageCmsProfile(createProfile("sRGB")).tobytes())
    profile[24:36] = b"".join(part.to_bytes(2) for part in (2000, 1, 1, 0, 0, 0))
    return bytes(profile)
