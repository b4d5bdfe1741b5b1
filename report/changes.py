"""Story stage of the report: takes a notice of what changed or what is stale, returns its flowables."""

from reportlab.platypus.flowables import Flowable

from data.model import Notice, Span
from report.blocks import Gap
from report.flowables import Paragraph
from report.front import HERE
from report.structure import Tag
from report.visitor import Visitor


def changes(notice: Notice, visitor: Visitor, tag: Tag) -> list[Flowable]:
    """The page "What changed since the edition of ...", with its title."""
    styles = visitor.styles
    title = visitor.inline.set((Span(notice.title),), styles.h1, HERE, "heading")
    heading = Paragraph(title, styles.h1, tag.child("H1"), key="changes", outline=0)
    return [heading, Gap(styles.grid.line), *told(notice, visitor, tag)]


def told(notice: Notice, visitor: Visitor, tag: Tag) -> list[Flowable]:
    """What the notice says, and its tables."""
    tables = [flowable for table in notice.tables for flowable in visitor.table(table, tag)]
    return [*visitor.blocks(notice.blocks, tag), *tables]
