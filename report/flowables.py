"""Story stage of the report: takes marked-up text, rows and drawings with their Tags, returns flowables that tag what they paint."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from reportlab import platypus
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus.flowables import Flowable

from report.tagging import Tag, TaggedCanvas


class Paragraph(platypus.Paragraph):  # type: ignore[misc]
    """A paragraph, heading, list item, caption or note.

    markup: ReportLab's inline markup (b, i, u, super, sub, br, font, span), with `<a href="#key" title="Note 1">` and
    `<a href="https://...">` for links (tagged Link; inside Reference when internal) and `<span lang="fr">` for runs in
    another language. Escape text that comes from authors.
    tag: where it belongs; None inside a table cell, whose tag it then takes.
    key: name of a destination at its top; outline: level (0, 1, 2) of a bookmark to it, titled with its text.
    label, label_tag: a list item's or note's label, set at style.bulletIndent, and its Lbl tag.
    """

    def __init__(
        self,
        markup: str,
        style: ParagraphStyle,
        tag: Tag | None = None,
        *,
        key: str = "",
        outline: int | None = None,
        label: str = "",
        label_tag: Tag | None = None,
    ) -> None:
        super().__init__(markup, style, bulletText=label or None)
        self.tag = tag


def list_item(label: str, markup: str, style: ParagraphStyle, tag: Tag, *, key: str = "") -> tuple[Paragraph, Tag]:
    """An item of the L `tag`, and its LBody tag, to which further paragraphs or a nested L may be added."""
    item = tag.child("LI")
    label_tag, body = item.child("Lbl"), item.child("LBody")
    return Paragraph(markup, style, body.child("P"), label=label, label_tag=label_tag, key=key), body


def note(label: str, markup: str, style: ParagraphStyle, tag: Tag, *, key: str) -> Paragraph:
    """A Note (with a label, and `key` as ID and destination) as a new child of `tag`; link back with <a href="#...">."""
    node = tag.child("Note", id=key)
    return Paragraph(markup, style, node.child("P"), label=label, label_tag=node.child("Lbl"), key=key)


class Table(platypus.Table):  # type: ignore[misc]
    """A table whose first `head_rows` rows are column heads, repeated (as artifacts) on every page it runs over.

    rows: cells are str, Paragraph (tag None) or a list of flowables; style: ReportLab TableStyle commands, SPAN included.
    row_heads: the first cell of each body row heads its row. column_widths in points.
    continued: a line painted above the repeated head on following pages.
    """

    def __init__(
        self,
        rows: Sequence[Sequence[Any]],
        tag: Tag,
        *,
        head_rows: int = 1,
        row_heads: bool = False,
        column_widths: Sequence[float] | None = None,
        style: Sequence[tuple[Any, ...]] = (),
        **options: Any,
    ) -> None:
        super().__init__(
            [list(row) for row in rows], colWidths=column_widths, repeatRows=head_rows, style=list(style), **options
        )
        self.tag = tag


class Figure(Flowable):  # type: ignore[misc]
    """A drawing of width x height points: draw(canvas) paints it with the origin at its lower left corner.

    tag: a Figure tag with alt text; its bounding box is written from the place where it was painted.
    """

    def __init__(self, width: float, height: float, draw: Callable[[TaggedCanvas], None], tag: Tag) -> None:
        super().__init__()
        self.width, self.height, self.paint, self.tag = width, height, draw, tag

    def draw(self) -> None:
        self.paint(self.canv)


class ContentsLine(Paragraph):
    """A line of the contents: the heading's text linked to `key`, and its page label, right-aligned and filled in at the end.

    tag: a TOC tag, which gets a TOCI with a Reference and a Link. leader: repeated between text and page number.
    """

    def __init__(self, markup: str, key: str, style: ParagraphStyle, tag: Tag, *, leader: str = "") -> None:
        super().__init__(markup, style, tag.child("TOCI").child("Reference"))
        self.key_target = key
        self.leader = leader


class PageLabels(Flowable):  # type: ignore[misc]
    """Invisible: from the page on which it falls, pages are labelled as TaggedCanvas.start_page_labels says."""

    def __init__(self, style: str = "D", start: int = 1, prefix: str = "") -> None:
        super().__init__()
        self.labels = style, start, prefix

    def wrap(self, *_: float) -> tuple[float, float]:
        return 0, 0

    def draw(self) -> None:
        self.canv.start_page_labels(*self.labels)
