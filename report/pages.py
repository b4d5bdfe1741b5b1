"""Last but one stage of the report: takes flowables, lays them out on pages with running heads, and builds the file."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import BaseDocTemplate, Frame, FrameBreak, NextPageTemplate, PageBreak, PageTemplate
from reportlab.platypus import Paragraph as AnyParagraph
from reportlab.platypus.doctemplate import ActionFlowable
from reportlab.platypus.flowables import Flowable, Spacer

from data.words import Words
from report.blocks import Gap, Stack
from report.grid import Grid
from report.styles import Styles
from report.tagging import TaggedCanvas

SMALL = 8.4
FOOT = 42


@dataclass(frozen=True)
class Furniture:
    """What stands on every page around the text."""

    title: str
    issuer: str
    edition: str
    words: Words


class Running(Flowable):  # type: ignore[misc]
    """Invisible: from here on the running head says `text`."""

    def __init__(self, text: str):
        super().__init__()
        self.running = text
        self.keepWithNext = 1

    def wrap(self, *_: float) -> tuple[float, float]:
        return 0, 0

    def draw(self) -> None:
        pass


class _LeaveBlank(ActionFlowable):  # type: ignore[misc]
    """Ends the page, and leaves the next one blank if it is a left-hand page of a two-sided report."""

    def apply(self, pages: "Pages") -> None:
        if pages.styles.grid.two_sided and pages.page % 2:
            pages.handle_nextPageTemplate("blank")
            pages.handle_pageBreak()


def turn(template: str, *, right: bool = False) -> list[Flowable]:
    """To a new page of `template`; `right`: to a right-hand one if there are such."""
    return [*([_LeaveBlank()] if right else []), NextPageTemplate(template), PageBreak()]


class Pages(BaseDocTemplate):  # type: ignore[misc]
    """The report's pages: templates "cover", "front", "body" and "blank"."""

    def __init__(self, stream: Any, styles: Styles, furniture: Furniture, cover: PageTemplate) -> None:
        self.styles, self.furniture = styles, furniture
        self.running = self.head = ""
        grid = styles.grid
        super().__init__(
            stream,
            pagesize=(grid.width, grid.height),
            initialFontName=styles.serif,
            pageTemplates=[
                cover,
                _template("front", grid, self._front_furniture),
                _template("body", grid, self._body_furniture),
                PageTemplate("blank", [Frame(0, 0, grid.width, grid.height)]),
            ],
        )

    # --- what stands with what -----------------------------------------------------------------------------------

    def filterFlowables(self, flowables: list[Flowable]) -> None:  # noqa: N802 (ReportLab's name)
        """Let the text that follows an exhibit come first when the exhibit does not fit on this page.

        Never the next section's. An exhibit that has waited stands at the head of the next page, before the rest of the
        paragraph that went ahead of it, if it does not fit after that.
        """
        first = flowables[0]
        if isinstance(first, ActionFlowable):
            return
        if self.frame._atTop:
            waiting = flowables[1:2] if len(flowables) > 1 and getattr(flowables[1], "waiting", False) else []
            if waiting and self._height(first) + self._least(waiting) > self._room():
                flowables[:2] = [*waiting, first]
                first.__dict__.pop("_postponed", None)  # ReportLab would take it for larger than a page
        elif getattr(first, "floats", False) and first.getSpaceBefore() + self._least([first]) > self._room():
            text = next((n for n, flowable in enumerate(flowables) if not getattr(flowable, "floats", False)), 0)
            end = text
            while (
                end < len(flowables) and isinstance(flowables[end], AnyParagraph) and flowables[end].getKeepWithNext()
            ):
                end += 1
            ahead = flowables[text : end + 1]
            if text and isinstance(ahead[-1], AnyParagraph) and self._least(ahead) <= self._room():
                first.waiting = True
                flowables[: end + 1] = [*ahead, *flowables[:text]]

    def handle_keepWithNext(self, flowables: list[Flowable]) -> None:  # noqa: N802 (ReportLab's name)
        """Go to the next page if headings and the beginning of what follows them do not fit here.

        ReportLab's own way wraps all of it in a KeepTogether, which moves whole paragraphs and loses the heading when
        an exhibit follows (doctemplate.py, 5.1.0).
        """
        if flowables[0].getKeepWithNext() and not self.frame._atTop and self._least(flowables) > self._room():
            flowables.insert(0, FrameBreak())

    def _room(self) -> float:
        return float(self.frame._y - self.frame._y1p) + 0.01

    def _height(self, flowable: Flowable) -> float:
        return float(flowable.wrapOn(self.canv, self.frame._aW, 1e6)[1])

    def _least(self, flowables: list[Flowable]) -> float:
        """The height of the flowables that keep with the next, and the least of the next that a page may end with."""
        total, after = 0.0, 0.0
        for flowable in flowables:
            height = self._height(flowable)
            total += max(float(flowable.getSpaceBefore()) - after, 0)
            if not flowable.getKeepWithNext():
                if isinstance(flowable, Stack):
                    return total + float(flowable.least())
                if isinstance(flowable, AnyParagraph) and len(flowable.blPara.lines) > 3:
                    return total + float(2 * flowable.style.leading)
                return total + height
            after = float(flowable.getSpaceAfter())
            total += height + after
        return total

    # --- running heads and feet ----------------------------------------------------------------------------------

    def handle_pageBegin(self) -> None:  # noqa: N802 (ReportLab's name)
        """Until something stands on the page, its running head is open."""
        super().handle_pageBegin()
        self.head = ""

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802 (ReportLab's name)
        """A page's running head names the section that its first line belongs to."""
        self.running = getattr(flowable, "running", None) or self.running
        if not self.head and getattr(flowable, "height", None) and not isinstance(flowable, (Gap, Spacer)):
            self.head = self.running

    def _front_furniture(self, canvas: TaggedCanvas, _: Any) -> None:
        self._foot(canvas, lambda canvas, page: canvas.page_label(page))

    def _body_furniture(self, canvas: TaggedCanvas, _: Any) -> None:
        grid, styles = self.styles.grid, self.styles
        y, half, left = grid.height - 48, grid.measure * 0.49, grid.edge(self.page)
        heads = [fitted(text, half, styles.sans) for text in (self.furniture.title, self.head)]
        inner, outer = heads if self._folio_right else heads[::-1]
        with canvas.artifact("Pagination"):
            self._small(canvas)
            canvas.drawString(left, y, inner)
            canvas.drawRightString(left + grid.measure, y, outer)
            canvas.setStrokeColor(styles.inks.rule)
            canvas.setLineWidth(0.5)
            canvas.line(left, y - 6, left + grid.measure, y - 6)
        self._foot(canvas, self._page_of)

    def _page_of(self, canvas: TaggedCanvas, page: int) -> str:
        return self.furniture.words.page_of.format(canvas.page_label(page), canvas.page_label(self.page))

    def _foot(self, canvas: TaggedCanvas, folio: Callable[[TaggedCanvas, int], str]) -> None:
        grid, page, right = self.styles.grid, self.page, self._folio_right
        left = grid.edge(page)
        imprint = self._imprint(grid.measure * 0.7)

        def paint(canvas: TaggedCanvas) -> None:
            self._small(canvas)
            if right:
                canvas.drawRightString(left + grid.measure, FOOT, folio(canvas, page))
            else:
                canvas.drawString(left, FOOT, folio(canvas, page))

        with canvas.artifact("Pagination"):
            self._small(canvas)
            if right:
                canvas.drawString(left, FOOT, imprint)
            else:
                canvas.drawRightString(left + grid.measure, FOOT, imprint)
            canvas.later(paint)

    def _imprint(self, width: float) -> str:
        """Who publishes, shortened if need be, and the edition, which tells this copy from others."""
        edition = f" \u00b7 {self.furniture.edition}"
        room = width - stringWidth(edition, self.styles.sans, SMALL)
        return fitted(self.furniture.issuer, room, self.styles.sans) + edition

    @property
    def _folio_right(self) -> bool:
        """Page numbers stand at the outer edge."""
        return not self.styles.grid.two_sided or self.styles.grid.mirrored(self.page)

    def _small(self, canvas: TaggedCanvas) -> None:
        canvas.setFillColor(self.styles.inks.muted)
        canvas.setFont(self.styles.sans, SMALL)


def _template(name: str, grid: Grid, furniture: Callable[[TaggedCanvas, Any], None]) -> PageTemplate:
    """Pages of one frame, the text area."""
    frame = Frame(grid.left, grid.bottom, grid.measure, grid.depth, 0, 0, 0, 0)

    def place(canvas: TaggedCanvas, pages: Pages) -> None:
        canvas.mirrored = grid.mirrored(pages.page)
        frame.x1 = grid.edge(pages.page)

    return PageTemplate(name, [frame], onPage=place, onPageEnd=furniture)


def fitted(text: str, width: float, font: str) -> str:
    """A running head's text, cut at a word with an ellipsis if it is wider than `width`."""
    if len(text) < 300 and stringWidth(text, font, SMALL) <= width:
        return text
    text = text[:300]  # more fits in no line
    while text and stringWidth(text + "\u2026", font, SMALL) > width:
        text = text[:-1] if " " not in text else text.rpartition(" ")[0]
    return text + "\u2026"
