"""Whatever an author writes gives pages: texts that no page holds, empty parts, deep lists, odd characters."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from data.model import (
    BlockQuote,
    Briefing,
    Column,
    Exhibit,
    Heading,
    KeyFigure,
    ListBlock,
    Paragraph,
    Placement,
    Span,
    Style,
    Table,
    Text,
    plain,
)
from tests import samples
from tests.report.reading import Read, typeset
from tests.report.tagged import failures

BASE, PLACE = samples.one(), samples.PLACE
WORDS, LETTERS = "word " * 1500, "W" * 4000


def said(text: str) -> Text:
    return (Span(text),)


def paragraph(text: str) -> Paragraph:
    return Paragraph(said(text), PLACE)


def section(**changes: Any) -> Briefing:
    return replace(BASE, sections=(replace(BASE.sections[0], **changes),))


def exhibit(exhibit: Exhibit) -> Briefing:
    id = exhibit.caption.id
    return section(body=(Placement(id, PLACE),), exhibits={id: exhibit})


def caption(**texts: str) -> Any:
    return replace(samples.BARS.caption, **{name: said(text) for name, text in texts.items()})


def nested() -> Briefing:
    inmost = ListBlock(False, ((paragraph(WORDS),),), PLACE)
    inner = ListBlock(False, ((paragraph("inner"), inmost),), PLACE)
    outer = ListBlock(True, ((paragraph("outer"), inner, paragraph("more")),) * 4, PLACE, start=9)
    headless = ListBlock(False, ((BlockQuote((paragraph("quoted"),), PLACE),),), PLACE)
    return section(body=(outer, headless))


CASES: dict[str, Callable[[], Briefing]] = {
    "title": lambda: replace(BASE, title=WORDS),
    "title without spaces": lambda: replace(BASE, title=LETTERS[:800]),
    "cover": lambda: replace(BASE, subtitle=WORDS, issuer=WORDS, contact=WORDS, edition_text=WORDS),
    "summary": lambda: replace(BASE, summary=(paragraph(WORDS * 3),)),
    "section title": lambda: section(title=WORDS),
    "opening": lambda: section(headline=said(WORDS), points=(said(WORDS),) * 3),
    "no spaces": lambda: section(
        title=LETTERS, headline=said(LETTERS), points=(said(LETTERS),), body=(paragraph(LETTERS),)
    ),
    "heading": lambda: section(body=(Heading(2, said(WORDS), PLACE), paragraph("text"))),
    "heading at the end": lambda: section(body=(paragraph("text"), Heading(2, said("end"), PLACE))),
    "no body": lambda: section(body=()),
    "no sections": lambda: replace(BASE, sections=()),
    "lists": nested,
    "long cells": lambda: exhibit(replace(samples.estimates(1), rows=((said(WORDS),) * 5,) * 2)),
    "cells without spaces": lambda: exhibit(replace(samples.estimates(1), rows=((said(LETTERS),) * 5,) * 2)),
    "high rows after low ones": lambda: exhibit(
        replace(samples.estimates(1), rows=((said("word"),) * 5,) * 3 + ((said("word " * 150),) * 5,) * 3)
    ),
    "no rows": lambda: exhibit(replace(samples.estimates(1), rows=())),
    "one row": lambda: exhibit(samples.estimates(1)),
    "twenty columns": lambda: exhibit(
        Table(samples.caption("wide", "x"), (Column(said("Head"), True, 1),) * 20, ((said("1,000,000"),) * 20,) * 3)
    ),
    "long caption": lambda: exhibit(replace(samples.BARS, caption=caption(title=WORDS, note=WORDS, credit=WORDS))),
    "long quote": lambda: exhibit(replace(samples.QUOTE, words=said(WORDS), mark=WORDS)),
    "many figures": lambda: exhibit(replace(samples.STRIP, figures=samples.STRIP.figures * 30)),
    "long figure": lambda: replace(
        BASE, highlights=(KeyFigure(samples.number("ceiling"), said(WORDS), said(WORDS)),) * 2
    ),
    "controls": lambda: section(title="a\x00b\x07c\u2028d\ufeff", body=(paragraph("a\x00\x1f\ufeffb"),)),
    "long about": lambda: replace(BASE, about=samples.briefing().about * 30),
    "long sources": lambda: replace(
        BASE,
        sources={
            id: replace(source, url=f"https://x.org/{LETTERS}", title=WORDS, publisher=WORDS, note=WORDS)
            for id, source in BASE.sources.items()
        },
    ),
    "odd name": lambda: section(id='a b"<&é/()'),
    "language without hyphens": lambda: replace(BASE, language="zxx"),
}


@pytest.mark.parametrize("case", CASES)
def test_gives_conforming_pages(case: str) -> None:
    briefing = CASES[case]()
    report = typeset(briefing)
    assert failures(report.pdf) == []
    assert len(Read(report).labels) >= 3


@pytest.mark.parametrize("count", [9, 30])
def test_words_longer_than_a_line_go_on_over_the_page(count: int) -> None:
    """With 9, patterns break the word; with 30 it is none to them."""
    word = "Lebensversicherungsgesellschaft" * count
    texts = [paragraph(f"{'a ' * n}{word} {word} of {word} {word}") for n in range(40)]
    texts[::3] = [replace(text, text=(*text.text, Span(f" {word} so", Style(bold=True)))) for text in texts[::3]]
    read, without = (Read(typeset(section(body=body))) for body in (tuple(texts), ()))
    printed, otherwise = ("".join(report.texts).count("L") for report in (read, without))
    assert printed - otherwise == sum(plain(text.text).count("L") for text in texts)
    assert failures(read.report.pdf) == []


def test_a_text_longer_than_a_page_is_whole() -> None:
    read = Read(typeset(CASES["long cells"]()))
    start = read.destinations["exhibit-estimates"][0]
    end = read.destinations["notes"][0] if "notes" in read.destinations else len(read.texts)
    assert " ".join(read.texts[start:end]).count("word") == 1500 * 10
