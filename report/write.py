"""Last stage of the report: takes a Briefing, returns the bytes of its PDF, findings and what it printed where."""

from collections.abc import Sequence
from datetime import datetime, time
from io import BytesIO
from pathlib import PurePosixPath

from reportlab import rl_config

from charts import Draw
from data.findings import Finding
from data.model import Briefing, DataFile, Place, exhibit_key
from data.trust.carried import attachment_name
from data.trust.ledger import Printed
from report.conformance import Attachment, Metadata, canvas_maker
from report.findings import MissingGlyph
from report.front import HERE, cover_template
from report.grid import grid
from report.inline import Inline
from report.memory import Memory
from report.pages import Furniture, Pages
from report.result import Report
from report.story import set_once, story
from report.structure import Tag
from report.styles import Styles
from report.tagging import TaggedCanvas
from report.visitor import Visitor

# no picture is ever fetched from a host or a file that a text names
rl_config.trustedHosts = []
rl_config.trustedSchemes = []

_TYPES = {".csv": "text/csv", ".yaml": "application/yaml"}


def typeset(briefing: Briefing, draw: Draw, memory: Memory | None = None, *, strict: bool = False) -> Report:
    """As report.typeset."""
    memory = memory or Memory(lasting=False)
    memory.begin((briefing.theme, briefing.page, briefing.sides, briefing.language, briefing.words, briefing.sources))
    visitor = _visitor(briefing, draw)
    styles, inline = visitor.styles, visitor.inline
    document = Tag("Document", lang=briefing.language)
    parts = story(briefing, visitor, document, memory)
    stream = BytesIO()
    texts = briefing.title, briefing.issuer, briefing.words.edition.format(briefing.edition_text)
    title, issuer, edition_of = (inline.printable(text, styles.sans, HERE) for text in texts)
    pages = Pages(stream, styles, Furniture(title, issuer, edition_of, briefing.words), cover_template(styles))
    edition = datetime.combine(briefing.edition, time())
    metadata = Metadata(briefing.title, briefing.issuer, briefing.language, edition, subject=briefing.subtitle)
    attachments = [_attachment(file, edition, visitor.shown.get(file.name, ())) for file in briefing.files]
    pages.build(parts, canvasmaker=canvas_maker(document, metadata, attachments=attachments, strict=strict))
    canvas = pages.canv
    shown = (exhibit.caption.id for exhibit in briefing.exhibits)
    return Report(
        stream.getvalue(),
        _findings(visitor),
        _printed(inline, canvas),
        {id: canvas.page_label(canvas.page_of(exhibit_key(id))) for id in shown},
    )


def check(briefing: Briefing) -> list[Finding]:
    """As report.check."""
    visitor = _visitor(briefing, lambda *_: ())
    set_once(briefing, visitor, Tag("Document", lang=briefing.language))
    return _findings(visitor)


def _visitor(briefing: Briefing, draw: Draw) -> Visitor:
    styles = Styles(briefing.theme, briefing.language, grid(briefing.theme, briefing.page, briefing.sides))
    inline = Inline(briefing.sources, briefing.theme.palette, briefing.language, briefing.words)
    return Visitor(styles, inline, briefing, draw)


def _findings(visitor: Visitor) -> list[Finding]:
    places: dict[Place, list[str]] = {}
    for character, place in sorted(visitor.inline.missing.items()):
        places.setdefault(place, []).append(character)
    missing = (MissingGlyph(place, "".join(characters)) for place, characters in places.items())
    return [*missing, *visitor.findings]


def _printed(inline: Inline, canvas: TaggedCanvas) -> tuple[Printed, ...]:
    order = {key: number for number, key in enumerate(canvas.destinations)}
    counted = sorted((entry for entry in inline.counted if entry.where != "drawn"), key=lambda entry: order[entry.key])
    return tuple(
        Printed(
            "report", canvas.page_label(canvas.page_of(entry.key)), entry.where, entry.mark, entry.place, entry.source
        )
        for entry in counted
    )


def _attachment(file: DataFile, edition: datetime, shown: Sequence[Tag]) -> Attachment:
    """Rows are data of the exhibits that show them; everything else is source of the whole document."""
    rows = file.name.endswith(".csv")
    return Attachment(
        attachment_name(file.name),
        file.content,
        _TYPES.get(PurePosixPath(file.name).suffix, "application/octet-stream"),
        file.description,
        edition,
        "Data" if rows else "Source",
        shown if rows else (),
    )
