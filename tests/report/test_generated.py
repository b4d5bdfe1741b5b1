"""Reports of briefings that nobody wrote: every one conforms to PDF/UA-1 and PDF/A-3a, whatever it says.

An ordinary run tries 20 of few sections; REPORT_EXAMPLES=200 tries as many, of up to sixty.
"""

import os
from dataclasses import replace
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from hypothesis import HealthCheck, Phase, Verbosity, given, settings
from hypothesis import strategies as st

from data.model import (
    Annotation,
    BarChart,
    Block,
    BlockQuote,
    Briefing,
    Caption,
    Cite,
    Column,
    DotChart,
    Exhibit,
    Figures,
    Group,
    Heading,
    KeyFigure,
    ListBlock,
    Mention,
    Paragraph,
    Placement,
    Quote,
    Section,
    Span,
    Style,
    Table,
    Text,
)
from data.theme import ReportType, Theme
from tests import samples
from tests.report.reading import typeset
from tests.report.tagged import failures

_EXAMPLES = os.environ.get("REPORT_EXAMPLES")
_PLAIN = "the count of ministry reported since October Gaza a it was not verification"
_ODD = "إسماعيل هنية ابراهیم رئیسی שלום École Ağrı — twelve-day «ici» % 1,200 (غزة) x&y <b> 😀 漢字"
_WORDS = st.one_of(
    st.sampled_from(_PLAIN.split()),
    st.sampled_from(_ODD.split()),
    st.integers(20, 400).map(lambda size: "Lebensversicherungsgesellschaft" * (size // 31) or "W" * size),
    st.text(max_size=9),
)
_STYLES = st.builds(
    Style,
    st.booleans(),
    st.booleans(),
    st.sampled_from(["", "", "", "https://example.org/a?b=c&d", "mailto:desk@example.org"]),
    st.sampled_from(["", "", "", "fr", "ar"]),
)


def phrase(most: int) -> st.SearchStrategy[str]:
    return st.lists(_WORDS, max_size=most).map(" ".join)


@st.composite
def texts(draw: st.DrawFn, most: int = 25, ids: tuple[str, ...] = ()) -> Text:
    made: list[Any] = []
    for _ in range(draw(st.integers(0, 4))):
        made.append(Span(draw(phrase(most)) + " ", draw(_STYLES)))
        made.append(samples.number(draw(st.sampled_from(sorted(samples.VALUES)))))
        if draw(st.booleans()):
            made.append(Cite(tuple(draw(st.lists(st.sampled_from(sorted(samples.SOURCES)), min_size=1, max_size=4)))))
        if ids and draw(st.booleans()):
            made.append(Mention(draw(st.sampled_from(ids)), "Figure 3"))
    return (*made, Span(draw(phrase(most)), draw(_STYLES)))


@st.composite
def captions(draw: st.DrawFn, id: str) -> Caption:
    label = draw(st.sampled_from(["", "Figure 1", "Table 12"]))
    parts = [draw(texts(30)) for _ in range(6)]
    made = Caption(id, samples.PLACE, label, *parts, sources=("tfp", "crs"))  # type: ignore[misc]
    return replace(made, alt=(*made.alt, Span("An alternative.")), series=draw(st.sampled_from(["", "casualties.csv"])))


@st.composite
def exhibits(draw: st.DrawFn, id: str) -> Exhibit:
    caption = draw(captions(id))
    match draw(st.sampled_from(["line", "dot", "bar", "timeline", "figures", "table", "quote"])):
        case "line":
            note = Annotation(samples.when("2025-01-19"), draw(texts(6)))
            return replace(samples.LINE, caption=caption, annotations=(note,))
        case "dot":
            return DotChart(caption, _more(samples.DOTS.groups, draw(st.integers(1, 12))))
        case "bar":
            return BarChart(caption, _more(samples.BARS.groups, draw(st.integers(1, 12))))
        case "timeline":
            return replace(samples.HISTORY, caption=caption, events=samples.HISTORY.events * draw(st.integers(1, 9)))
        case "figures":
            value = st.sampled_from(sorted(samples.VALUES)).map(samples.number)
            figures = st.builds(KeyFigure, value, texts(20), texts(12))
            return Figures(caption, tuple(draw(st.lists(figures, max_size=8))))
        case "table":
            count = draw(st.integers(1, 7))
            columns = tuple(Column(draw(texts(3)), draw(st.booleans()), draw(st.floats(0.5, 4))) for _ in range(count))
            some = draw(st.lists(st.tuples(*(texts(8) for _ in range(count))), max_size=6))
            return Table(caption, columns, tuple(some * draw(st.integers(1, 9))), draw(st.booleans()))
        case _:
            return Quote(
                caption, draw(texts(60)), draw(phrase(4)), draw(phrase(8)), None, draw(phrase(3)), draw(phrase(6))
            )


def _more(groups: tuple[Group, ...], times: int) -> tuple[Group, ...]:
    return tuple(replace(group, rows=group.rows * times) for group in groups)


def blocks(ids: tuple[str, ...] = (), depth: int = 3) -> st.SearchStrategy[tuple[Block, ...]]:
    """Paragraphs and headings, lists and quotations within each other; `ids` may be mentioned."""
    paragraphs = st.builds(Paragraph, texts(60, ids), st.just(samples.PLACE))
    kinds: list[st.SearchStrategy[Any]] = [paragraphs]
    if depth == 3:
        kinds.append(st.builds(Heading, st.integers(2, 3), texts(6), st.just(samples.PLACE)))
    if depth:
        inner = st.deferred(lambda: blocks(ids, depth - 1))
        items = st.lists(inner.filter(bool), min_size=1, max_size=3).map(tuple)
        kinds.append(st.builds(ListBlock, st.booleans(), items, st.just(samples.PLACE), st.integers(1, 20)))
        kinds.append(st.builds(BlockQuote, inner, st.just(samples.PLACE)))
    return st.lists(st.one_of(kinds), max_size=4).map(tuple)


@st.composite
def sections(draw: st.DrawFn, number: int) -> Section:
    ids = tuple(f"exhibit-{number}-{n}" for n in range(draw(st.integers(0, 2))))
    parts = [draw(blocks(ids)), *((Placement(id, samples.PLACE), *draw(blocks(ids))) for id in ids)]
    return Section(
        f"section-{number}",
        number,
        draw(phrase(20)),
        draw(texts(30)),
        tuple(draw(st.lists(texts(40), max_size=5))),
        tuple(block for part in parts for block in part),
        {id: draw(exhibits(id)) for id in ids},
        samples.PLACE,
    )


@st.composite
def briefings(draw: st.DrawFn) -> Briefing:
    own = [draw(sections(number)) for number in range(1, draw(st.integers(0, 4)) + 1)]
    made = list(own)
    if own and _EXAMPLES and draw(st.integers(0, 9)) == 0:  # a long one repeats what has no exhibits
        plain = [replace(section, exhibits={}, body=draw(blocks())) for section in own]
        made += [replace(plain[n % len(plain)], id=f"s-{n}", number=n) for n in range(len(own) + 1, 61)]
    base = samples.briefing(draw(st.sampled_from(["a4", "letter"])))
    return replace(
        base,
        title=draw(phrase(20)),
        subtitle=draw(phrase(30)),
        issuer=draw(phrase(10)),
        contact=draw(phrase(10)),
        language=draw(st.sampled_from(["en-GB", "en-GB", "de", "ar"])),
        sides=draw(st.sampled_from(["one", "two"])),
        theme=Theme(report=ReportType(justify=draw(st.booleans()))),
        summary=draw(blocks()),
        about=draw(blocks()),
        highlights=base.highlights[: draw(st.integers(0, 6))],
        sections=tuple(made),
    )


class _Unprinted:
    """A briefing that is told of by its sections alone: to print a nested one with a failure can take minutes."""

    def __init__(self, briefing: Briefing) -> None:
        self.briefing = briefing

    def __repr__(self) -> str:
        return f"<a briefing of {len(self.briefing.sections)} sections>"


@st.composite
def unprinted(draw: st.DrawFn) -> _Unprinted:
    return _Unprinted(draw(briefings()))


@pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisWarning")
@settings(
    max_examples=int(_EXAMPLES or 20),
    deadline=None,
    verbosity=Verbosity.quiet,
    phases=(Phase.explicit, Phase.generate),
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(unprinted())
def test_whatever_a_briefing_says_its_report_conforms(drawn: _Unprinted) -> None:
    briefing = drawn.briefing
    report = typeset(briefing)
    assert failures(report.pdf) == []
    assert pikepdf.open(BytesIO(report.pdf)).check_pdf_syntax() == []
    assert report.pages.keys() == {id for section in briefing.sections for id in section.exhibits}


def test_a_heading_without_words_skips_no_level() -> None:
    empty, full = Heading(2, (), samples.PLACE), Heading(3, (Span("Method"),), samples.PLACE)
    report = typeset(replace(samples.one(), summary=(empty, full)))
    assert failures(report.pdf) == []
