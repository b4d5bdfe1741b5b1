"""Story stage of the report: takes texts and drawings with their Tags, returns flowables that tag what they paint."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus.flowables import Flowable

from report.paragraph import Paragraph, Repeated
from report.structure import Tag
from report.tables import Table
from report.tagging import TaggedCanvas

__all__ = ["ContentsLine", "Figure", "PageLabels", "Paragraph", "Repeated", "Table", "list_item", "note"]


def list_item(label: str, markup: str, style: ParagraphStyle, tag: Tag, *, lang: str = "") -> tuple[Paragraph, Tag]:
    """An item of the L `tag`, its text in `lang` where that differs, and its LBody tag, to which further paragraphs or
    a nested L may be added."""
    item = tag.child("LI")
    label_tag, body = item.child("Lbl"), item.child("LBody")
    return Paragraph(markup, style, body.child("P", lang=lang), label=label, label_tag=label_tag), body


def note(label: str, markup: str, style: ParagraphStyle, tag: Tag, *, key: str) -> Paragraph:
    """A Note, with `key` as ID and destination, as a new child of `tag`; link back with <a href="#...">."""
    node = tag.child("Note", id=key)
    label_tag = node.child("Lbl")
    return Paragraph(markup, style, node.child("P"), label=label, label_tag=label_tag, key=key)


class Figure(Flowable):  # type: ignore[misc]
    """A drawing of width x height points: draw(canvas) paints it with the origin at its lower left corner.

    tag: a Figure tag with alt text; its bounding box is written from the place where it was painted.
    """

    def __init__(self, width: float, height: float, draw: Callable[[TaggedCanvas], None], tag: Tag) -> None:
        super().__init__()
        self.width, self.height, self.paint, self.tag = width, height, draw, tag

    def draw(self) -> None:
        """Paint under the tag."""
        canvas: TaggedCanvas = self.canv
        with canvas.tagged(self.tag):
            self.paint(canvas)
        canvas.bounding_box(self.tag, (0, 0, self.width, self.height))


class ContentsLine(Paragraph):
    """A line of the contents: a heading's text linked to `key`; its page's label at the far edge, filled in at the end.

    tag: a TOC tag, which gets a TOCI with a Reference and a Link. The style's rightIndent keeps the text clear of the
    label.
    """

    def __init__(self, markup: str, key: str, style: ParagraphStyle, tag: Tag, **options: Any) -> None:
        self.link = tag.child("TOCI").child("Reference").child("Link")
        super().__init__(markup.strip() or "\u00a0", style, self.link, **options)
        self.destination = key

    def split(self, width: float, height: float) -> list[Paragraph]:
        """It stays whole."""
        return [self] if self.wrap(width, height)[1] <= height else []

    def draw(self) -> None:
        """The text, then a gap for the label, both within the link."""
        super().draw()
        canvas: TaggedCanvas = self.canv
        style, width, destination = self.style, self.width, self.destination
        last = self.lines(self.link)[-1]

        def paint(canvas: TaggedCanvas) -> None:
            label = canvas.page_label(canvas.page_of(destination))
            canvas.setFont(style.fontName, style.fontSize)
            canvas.setFillColor(style.textColor)
            if last.right_to_left:
                canvas.drawString(0, last.y, label)
            else:
                canvas.drawRightString(width, last.y, label)

        with canvas.tagged(self.link):
            canvas.drawString(last.end, last.y, " ")
            canvas.later(paint)
        canvas.link(self.link, f"#{destination}", (0, 0, width, self.height), self.plain_text)


class PageLabels(Flowable):  # type: ignore[misc]
    """Invisible: from the page on which it falls, pages are labelled as TaggedCanvas.start_page_labels says."""

    def __init__(self, style: str, prefix: str = "") -> None:
        super().__init__()
        self.labels = style, prefix

    def wrap(self, *_: float) -> tuple[float, float]:
        """Nothing."""
        return 0, 0

    def draw(self) -> None:
        """Tell the canvas."""
        self.canv.start_page_labels(*self.labels)
