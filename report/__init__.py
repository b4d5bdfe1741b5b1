"""The report: takes a briefing and a way to draw its charts, returns a tagged PDF, findings, what it printed where."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from charts import Draw, Framed
    from data.findings import Finding
    from data.model import Briefing
    from report.memory import Memory
    from report.result import Report


def typeset(briefing: Briefing, draw: Draw, memory: Memory | None = None, *, strict: bool = False) -> Report:
    """The report on the briefing's paper, its charts drawn by `draw`.

    memory: of the last build of this report, for a process that builds it again and again.
    strict: raise if anything is painted untagged.
    """
    from report.write import typeset  # noqa: PLC0415 - ReportLab is heavy

    return typeset(briefing, draw, memory, strict=strict)


def check(briefing: Briefing) -> list[Finding]:
    """What `typeset` would find: tables too wide for the page, characters that no font has. No chart is drawn."""
    from report.write import check  # noqa: PLC0415

    return check(briefing)


def charts(briefing: Briefing) -> Iterator[Framed]:
    """The charts that `typeset` will ask its `draw` for, with their frames, in that order."""
    from report.grid import charts  # noqa: PLC0415

    return charts(briefing)
