"""The deck end to end: takes a briefing, plans it, fits it to the house template, returns its bytes and findings."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from charts.drawing import Drawing
from data.findings import Finding
from data.ledger import Printed
from data.model import Briefing, Chart
from slides import fit, plan, template, writing
from slides.findings import ChartDrawn
from slides.frames import read_frames, read_notes_frame
from slides.ledger import Reader
from slides.measure import metrics
from slides.native import Native, refusal
from slides.texts import clean
from slides.visitor import Report


@dataclass(frozen=True, slots=True)
class Deck:
    """The .pptx, its findings, and every number that it prints, slide by slide."""

    pptx: bytes
    findings: tuple[Finding, ...]
    printed: tuple[Printed, ...]


def make(briefing: Briefing, draw: fit.Draw | None, render: writing.Render | None, report: Report) -> Deck:
    planned = plan.plan(briefing, report)
    presentation = template.house_template(briefing.theme)
    edition = briefing.words.edition.format(briefing.edition_text)
    footer = (clean(edition), clean(" · ".join(part for part in (briefing.issuer, briefing.title) if part)))
    reader = Reader(briefing)
    pages, findings = fit.fit(
        planned,
        read_frames(presentation),
        read_notes_frame(presentation),
        briefing.theme,
        briefing.words,
        draw or _draw(briefing),
        _compose(briefing),
        footer,
        reader.account,
    )
    properties = writing.Properties(
        clean(briefing.title), clean(briefing.subtitle), clean(briefing.issuer), briefing.language, briefing.edition
    )
    names = template.colour_names(briefing.theme.palette)
    pptx = writing.write(presentation, pages, planned.sections, properties, briefing.files, render or _render(), names)
    return Deck(pptx, (*_drawn_all_the_same(briefing), *findings), reader.printed(pages))


def _drawn_all_the_same(briefing: Briefing) -> Iterator[Finding]:
    """A note for each chart that was asked for as PowerPoint's own and is none."""
    for exhibit in (exhibit for section in briefing.sections for exhibit in section.exhibits.values()):
        if exhibit.caption.id in briefing.native and isinstance(exhibit, get_args(Chart)):
            reason = refusal(exhibit)
            if reason:
                yield ChartDrawn(exhibit.caption.place, exhibit.caption.id, reason)


def _draw(briefing: Briefing) -> fit.Draw:
    from charts.draw import draw  # noqa: PLC0415 - Matplotlib is imported only when a chart must be drawn
    from charts.style import ChartFrame  # noqa: PLC0415

    def drawn(chart: Chart, width: float, height: float, size: float) -> tuple[Drawing, ...]:
        return draw(chart, ChartFrame(width, height, size, "slide"), briefing.theme, briefing.language)

    return drawn


def _compose(briefing: Briefing) -> fit.Compose:
    def composed(chart: Chart, width: float, height: float, size: float) -> tuple[Native, ...]:
        from slides.compose import Composer  # noqa: PLC0415 - Matplotlib finds the ticks

        measure = metrics(briefing.theme.fonts)
        return Composer(measure, briefing.theme, briefing.language, briefing.words).chart(chart, width, height, size)

    return composed


def _render() -> writing.Render:
    from charts.png import png  # noqa: PLC0415
    from charts.svg import svg  # noqa: PLC0415

    return lambda drawing: (svg(drawing), png(drawing))
