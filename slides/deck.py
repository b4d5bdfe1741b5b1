"""The deck end to end: takes a briefing, plans it, fits it to its template, returns its bytes and findings."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from typing import get_args

from charts import Draw
from data.findings import Finding
from data.model import Briefing, Chart
from data.trust.ledger import Printed
from slides import fit, keep, labelling, material, memory, plan, stamps, writing
from slides.account import account
from slides.findings import ChartDrawn
from slides.labels import Labels, address
from slides.ledger import Reader
from slides.native import refusal
from slides.reopen import NotOursError, Reopened, reopen
from slides.result import Deck
from slides.sections import list_sections
from slides.stage import Stage, stage
from slides.texts import clean

_alone: memory.Memory[str] = memory.Memory()
"""The digest (`keep.Kept`) of a deck that holds nothing but what was made, under a digest of its bytes."""


def make(
    briefing: Briefing,
    draw: Draw,
    render: writing.Render,
    pages: Labels | None,
    previous: bytes | None,
) -> Deck:
    memory.begin()
    planned = plan.plan(briefing, reported=pages is not None)
    staged, noted = stage(briefing, planned.slides)
    if staged is None:
        return Deck(b"", noted, ())
    briefing, presentation = replace(briefing, theme=staged.theme), staged.presentation
    made, printed, findings = _written(briefing, planned, staged, draw, render)
    old, refused = _known(previous)
    package = presentation.part.package
    if pages:
        known = pages()
        exhibits = (exhibit.caption.id for exhibit in briefing.exhibits)
        labelling.label(package, {address(id): known.get(id, "") for id in exhibits})
    kept = keep.keep(presentation.part, made, old, briefing.words)
    list_sections(presentation.part._element, kept.sections, planned.sections)
    pptx = previous if previous and kept.same else package.to_bytes()
    if kept.alone:
        _alone.kept(_key(pptx), str, kept.deck)
    printed, unknown = account(printed, kept, pptx, briefing)
    everything = frozenset(map(str, range(1, len(kept.sections) + 1)))  # was read back when it was made
    return Deck(
        pptx,
        (*noted, *_drawn_all_the_same(briefing), *findings, *kept.findings, *unknown),
        printed,
        everything if kept.same else frozenset(map(str, kept.added)),
        frozenset((str(number), notes) for number, notes in kept.apart),
        refused,
    )


def _written(
    briefing: Briefing, planned: plan.Plan, staged: Stage, draw: Draw, render: writing.Render
) -> tuple[tuple[stamps.Made, ...], tuple[Printed, ...], tuple[Finding, ...]]:
    """Put the planned slides on the stage; of what each was made, what they print, and what did not fit."""
    reader = Reader(briefing)
    materials = {slide.head.id: material.of(slide) for slide in planned.slides}
    pages, findings = fit.fit(planned, materials, staged, briefing, draw, reader.account)
    properties = writing.Properties(
        clean(briefing.title), clean(briefing.subtitle), clean(briefing.issuer), briefing.language, briefing.edition
    )
    writing.write(pages, properties, briefing.files, render, staged)
    return stamps.made(materials, pages), reader.printed(pages), findings


def staged(briefing: Briefing) -> tuple[Stage | None, tuple[Finding, ...]]:
    """The stage for the slides that the briefing needs, and what its template lacks for them."""
    return stage(briefing, plan.plan(briefing).slides)


def _known(content: bytes | None) -> tuple[Reopened | str | None, str]:
    """The deck before this one as far as it must be known: of one that the last build of this process left to nobody
    else, its digest."""
    key = _key(content or b"")
    return (_alone[key], "") if key in _alone else _reopened(content)


def _key(pptx: bytes) -> bytes:
    return hashlib.sha256(pptx).digest()


def _reopened(content: bytes | None) -> tuple[Reopened | None, str]:
    try:
        return reopen(content) if content else None, ""
    except NotOursError as reason:
        return None, str(reason)


def _drawn_all_the_same(briefing: Briefing) -> Iterator[Finding]:
    """A note for each chart that was asked for as PowerPoint's own and is none."""
    for exhibit in briefing.exhibits:
        if exhibit.caption.id in briefing.native and isinstance(exhibit, get_args(Chart)):
            reason = refusal(exhibit)
            if reason:
                yield ChartDrawn(exhibit.caption.place, exhibit.caption.id, reason)
