"""The slides: takes a briefing, returns the bytes of the deck that presents it, and what did not fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from charts import Draw
    from data.findings import Finding
    from data.model import Briefing
    from data.theme import Theme
    from slides.labels import Labels
    from slides.result import Deck
    from slides.writing import Render


def build(
    briefing: Briefing,
    draw: Draw,
    render: Render,
    pages: Labels | None = None,
    previous: bytes | None = None,
) -> Deck:
    """The deck with every number that it prints, and findings that name each slide whose text was shortened or goes on.

    `draw` makes a chart's drawings for a width, a height and a type size in points, `render` a drawing's SVG and PNG.
    `pages` tells the label of the report's page on which an exhibit stands, by its id; the slide then links to that
    place in the report, which lies beside the deck. It is called once, when all charts are drawn and rendered, and may
    wait for the report. What people made of the deck `previous` stays (`slides.keep`).
    """
    from slides.deck import make  # noqa: PLC0415 - python-pptx is heavy, and the plan does without it

    return make(briefing, draw, render, pages, previous)


def check(briefing: Briefing) -> tuple[Finding, ...]:
    """Why the deck's template cannot hold this briefing; () without a template of the author's own.

    What was done for want of a layout is told when the deck is built.
    """
    if briefing.template is None:
        return ()
    from slides.deck import staged  # noqa: PLC0415

    return tuple(finding for finding in staged(briefing)[1] if finding.severity == "error")


def theme(briefing: Briefing) -> Theme:
    """The theme that the deck's charts are drawn in: the briefing's, in the colours of the template if it has one."""
    if briefing.template is None:
        return briefing.theme
    from slides.deck import staged  # noqa: PLC0415

    made, _ = staged(briefing)
    return made.theme if made else briefing.theme
