"""The columns of tables on slides: divided by what is in them, unless their author divided them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from data.model import Column, Span, Table, Text, plain
from slides.measure import metrics
from slides.oxml import EMU
from tests import samples
from tests.slides.reading import build, read

HEADS = ("As of", "Country", "State or governorate", "Cases", "Deaths")
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


def text(words: str) -> Text:
    return (Span(words),)


def shown(rows: Sequence[Sequence[str]], widths: Sequence[float] = (1, 1, 1, 1, 1)) -> Any:
    """The table of the slide of such rows."""
    base = samples.briefing()
    columns = tuple(Column(text(head), n > 2, widths[n]) for n, head in enumerate(HEADS))
    caption = replace(samples.estimates(3).caption, id="cases")
    table = Table(caption, columns, tuple(tuple(map(text, row)) for row in rows))
    section = replace(base.sections[0], exhibits={"cases": table}, body=())
    content, _ = build(replace(base, sections=(section,)))
    return next(shape.table for slide in read(content).slides for shape in slide.shapes if shape.has_table)


def columns(table: Any) -> list[float]:
    return [column.width / EMU for column in table.columns]


ROWS = [
    ("30 September 2025", "Sudan", "Khartoum Bahri (Khartoum North)", "at least 19,183", "–"),
    ("30 September 2025", "Sudan", "Gedaref", "about 19,863", "356"),
]


def test_a_column_of_long_texts_has_the_room_that_dates_and_numbers_leave() -> None:
    table = shown(ROWS)
    assert len({row.height for row in table.rows}) == 1, "every text stands on one line"
    date, country, state, cases, deaths = columns(table)
    assert state > date > country and cases > deaths
    assert sum(columns(table)) == pytest.approx(856, abs=0.1)


def test_columns_that_the_author_divided_stay_as_they_are() -> None:
    first, *others = columns(shown([tuple("abcde")] * 3, (3, 1, 1, 1, 1)))
    assert others == pytest.approx([first / 3] * 4, abs=0.1)


def test_a_word_that_has_no_room_takes_none_of_the_other_columns() -> None:
    briefing = samples.briefing()
    table = shown([(*row[:1], LONG, LONG, *row[3:]) for row in ROWS])
    measure = metrics(briefing.theme.fonts)
    size = table.cell(1, 0).text_frame.paragraphs[0].runs[0].font.size.pt
    for n in (0, 3, 4):
        word = max(measure.widest_word(text(row.cells[n].text), size, bold=n == 0) for row in table.rows)
        assert word <= columns(table)[n] - 16, plain(text(HEADS[n]))


def test_a_date_is_wrapped_before_a_word_is_broken() -> None:
    long = (
        "Wohnungsvermittlungsvorschriftenamt",
        "Kreditvergaberichtlinienverordnung",
        "Arbeitsgemeinschaftenverbandsordnung",
    )
    table = shown([("13 June 2025", *long, "123,456,789,012")])
    size = table.cell(1, 0).text_frame.paragraphs[0].runs[0].font.size.pt
    measure = metrics(samples.briefing().theme.fonts)
    date = table.rows[1].cells[0].text
    assert measure.widest_word(text(date), size, bold=True) < columns(table)[0] - 16
    assert measure.natural(text(date), size, bold=True) > columns(table)[0] - 16
    assert all(
        measure.widest_word(text(word), size) < width - 16
        for word, width in zip(long, columns(table)[1:], strict=False)
    )


def test_a_larger_type_is_not_worth_a_word() -> None:
    briefing = samples.briefing()
    row = (
        "Wohnungsvermittlungsvorschriften",
        "Kreditvergaberichtlinien",
        "Arbeitsgemeinschaften",
        "Betriebsgesellschaft",
        "Umsetzungen",
    )
    table = shown([row])
    size = table.cell(1, 0).text_frame.paragraphs[0].runs[0].font.size.pt
    measure = metrics(briefing.theme.fonts)
    words = [measure.widest_word(text(word), size, bold=n == 0) for n, word in enumerate(row)]
    assert all(word <= width - 16 for word, width in zip(words, columns(table), strict=True))
    assert 12 < size < 16, "in a larger one they have no room"


NUMBER = "1,234,567"


def wide(count: int, first: str) -> tuple[Any, set[str]]:
    """The slide's table of one column of texts and `count` of numbers, and the codes of the deck's findings."""
    base = samples.briefing()
    heads = (Column(text("Place"), False, 1), *(Column(text(str(2000 + n)), True, 1) for n in range(count)))
    caption = replace(samples.estimates(3).caption, id="wide")
    table = Table(caption, heads, tuple((text(first), *[text(NUMBER)] * count) for _ in range(2)))
    section = replace(base.sections[0], exhibits={"wide": table}, body=())
    content, findings = build(replace(base, sections=(section,)))
    made = next(shape.table for slide in read(content).slides for shape in slide.shapes if shape.has_table)
    return made, {finding.code for finding in findings}


def size_of(table: Any) -> float:
    return float(table.cell(1, 0).text_frame.paragraphs[0].runs[0].font.size.pt)


@pytest.mark.parametrize("first", ["South", "Wohnungsvermittlungsvorschriften"])
@pytest.mark.parametrize("count", [5, 8, 9, 10, 11])
def test_numbers_stay_whole_where_the_smallest_type_allows_it(count: int, first: str) -> None:
    table, codes = wide(count, first)
    number = metrics(samples.briefing().theme.fonts).widest_word(text(NUMBER), size_of(table))
    assert all(number <= width - 16 for width in columns(table)[1:])
    assert sum(columns(table)) == pytest.approx(856, abs=0.1)
    assert "numbers-broken" not in codes


def test_numbers_that_have_no_room_are_cut_least_and_told() -> None:
    table, codes = wide(13, "Northern region")
    assert size_of(table) == 12
    assert "numbers-broken" in codes


def test_texts_that_have_no_room_are_no_broken_numbers() -> None:
    _, codes = wide(2, " ".join([LONG * 3] * 2))
    assert "numbers-broken" not in codes
