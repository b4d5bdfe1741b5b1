"""Story stage of the report: takes a briefing and what was cited in it, returns its notes and its list of sources."""

from itertools import chain, count, islice, product
from string import ascii_lowercase

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus.flowables import Flowable

from data.model import Briefing, Source, Span, Style
from report.columns import Columns
from report.flowables import Paragraph, note
from report.grid import Grid
from report.hyphenation import pieces
from report.notes import note_key
from report.structure import Tag
from report.visitor import Visitor


def source_key(id: str) -> str:
    """The destination of an entry in the list of sources."""
    return f"source-{id}"


def notes(briefing: Briefing, visitor: Visitor, tag: Tag) -> list[Flowable]:
    """One entry a cited source: who and what, linked to the full entry, and links back to every mention."""
    inline, style = visitor.inline, visitor.styles.note
    story: list[Flowable] = []
    for id, entry in inline.notes.by_source.items():
        source = briefing.sources[id]
        title = Span(source.title, Style(link=f"#{source_key(id)}"))
        parts = [part for part in (Span(source.publisher), title, Span(source.date_text)) if part.text]
        said = (*(run for part in parts for run in (Span(", "), part)), Span("."))[1:]
        joint = "\u00a0" if len(entry.mentions) < 8 else " "
        back = joint.join(
            inline.link(f"#{key}", briefing.words.back_to.format(n + 1), letter)
            for n, (key, letter) in enumerate(zip(entry.mentions, _letters(len(entry.mentions)), strict=True))
        )
        markup = f"{inline.set(said, style, source.place, 'source', id)}\u00a0\u00a0{back}"
        story.append(note(str(entry.number), markup, style, tag, key=note_key(entry.number)))
    return _columns(story, visitor.styles.grid)


def _letters(total: int) -> list[str]:
    """What stands for the mentions: an arrow for a single one, else a, b, ... z, aa, ab, ...."""
    if total == 1:
        return ["\u21a9"]
    lengths = (product(ascii_lowercase, repeat=length) for length in count(1))
    return ["".join(letters) for letters in islice(chain.from_iterable(lengths), total)]


def sources(briefing: Briefing, visitor: Visitor, tag: Tag) -> list[Flowable]:
    """Every source that text or exhibits rest on, by publisher and title."""
    style = visitor.styles.source
    used = sorted((briefing.sources[id] for id in visitor.inline.used if id in briefing.sources), key=_by_publisher)
    items = tag.child("L")
    story: list[Flowable] = [
        Paragraph(
            _entry(source, visitor), style, items.child("LI").child("LBody").child("P"), key=source_key(source.id)
        )
        for source in used
    ]
    return _columns(story, visitor.styles.grid)


def _columns(entries: list[Flowable], grid: Grid) -> list[Flowable]:
    return [Columns(entries, grid.column_gutter, whole=grid.depth / 2)] if entries else []


def _by_publisher(source: Source) -> tuple[str, str, str]:
    return source.publisher.casefold(), source.title.casefold(), source.id


def _entry(source: Source, visitor: Visitor) -> str:
    inline, style = visitor.inline, visitor.styles.source

    sentences = [
        Span(text if text.endswith((".", "?", "!")) else f"{text}.", Style(bold=n == 0))
        for n, text in enumerate((source.publisher, source.title, source.date_text, source.note))
        if text
    ]
    said = tuple(run for sentence in sentences for run in (Span(" "), sentence))[1:]
    entry = inline.set(said, style, source.place, "source", source.id)
    if not source.url:
        return entry
    lines = broken(source.url, style, visitor.styles.grid.column - style.leftIndent)
    address = "<br/>".join(inline.words(line, style, source.place) for line in lines)
    return f"{entry}<br/>{inline.link(source.url, source.url, address)}"


def broken(address: str, style: ParagraphStyle, width: float) -> list[str]:
    """An address in lines no wider than `width`, broken after punctuation where there is any."""
    lines, line = [], ""
    for piece in pieces(address):
        if stringWidth(line + piece, style.fontName, style.fontSize) > width and line:
            lines.append(line)
            line = ""
        line += piece
    return [*lines, line]
