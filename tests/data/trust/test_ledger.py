"""The ledger: which number stands where in a text, and the rows that follow from it."""

import csv
import io
from dataclasses import replace
from decimal import Decimal

import pytest

from data.model import Bound, Cite, Number, PartialDate, Place, Quantity, Span, Text
from data.trust.ledger import COLUMNS, Mark, Printed, marks, to_csv

HERE = Place("sections/01-one.yaml", 7, 3)
KILLED = Quantity(
    "killed", Place("counts.csv", 12, "killed"), "about", Decimal(1200), Decimal(1200), "people", 0, "A ministry",
    PartialDate(2023, 10, 12), PartialDate(2023, 10, 7), "agency", "revised",
)  # fmt: skip


def quantity(bound: Bound, low: str | None, high: str | None, unit: str = "people") -> Quantity:
    ends = [None if end is None else Decimal(end) for end in (low, high)]
    return replace(KILLED, bound=bound, low=ends[0], high=ends[1], unit=unit)


def rows(*printed: Printed) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(to_csv(printed).decode("utf-8-sig"))))


def row(number: Number) -> dict[str, str]:
    (mark,) = marks((number,), "en-GB")
    (only,) = rows(Printed("report", "4", "prose", mark, HERE))
    return only


def test_a_mark_is_the_numeral_its_words_and_its_value() -> None:
    number = Number("up to US$100\u00a0million per year", KILLED)
    text: Text = (Span("They gave "), number, Cite(("s",)), Span(" from 2018 to 13 June 2025, in Figure 2."))
    assert marks(text, "en-GB") == [
        Mark(19, "up to US$100\u00a0million", "up to US$100\u00a0million per year", (number,))
    ]


def test_bound_words_of_the_author_belong_to_what_is_read() -> None:
    number = Number("1,200", KILLED)
    (mark,) = marks((Span("more than "), number, Span(" people")), "en-GB")
    assert (mark.numeral, mark.text, mark.numbers) == ("more than 1,200", "more than 1,200", (number,))


def test_two_values_in_one_range_are_one_mark_of_two_numbers() -> None:
    one, other = Number("1,200", KILLED), Number("1,400", KILLED)
    (mark,) = marks((Span("from "), one, Span(" to "), other), "en-GB")
    assert (mark.numeral, mark.numbers) == ("1,200 to 1,400", (one, other))


def test_a_figure_without_a_value_is_a_mark_without_a_number() -> None:
    assert marks((Span("At least 224 killed, 16 June 2025"),), "en-GB") == [Mark(9, "At least 224", "At least 224", ())]


def test_dates_and_authorities_of_a_value_are_no_marks() -> None:
    text = (Number("12 October 2023", KILLED, "as_of"), Span(", "), Number("Unit 8200", KILLED, "by"))
    assert marks(text, "en-GB") == []


def test_a_value_that_reads_as_a_year_is_listed_all_the_same() -> None:
    (mark,) = marks((Number("1929", KILLED),), "en-GB")
    assert (mark.numeral, mark.text) == ("", "1929")


def test_a_row_leads_from_the_page_to_the_line_and_the_source() -> None:
    assert row(Number("about 1,200", KILLED)) == {
        "number": "about 1,200", "value": "1200", "value_to": "", "unit": "people", "bound": "about",
        "document": "report", "page": "4", "where": "prose", "value_id": "killed",
        "file": "counts.csv", "line": "12", "column": "killed", "attributed_to": "A ministry",
        "as_of": "2023-10-12", "since": "2023-10-07", "source": "agency", "status": "revised",
        "note": "",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "given", "value", "value_to"),
    [
        ("up to US$100 million", quantity("at_most", None, "100000000", "USD"), "100000000", ""),
        ("at least 14", quantity("at_least", "14", None), "14", ""),
        ("20 to 23", quantity("between", "20", "23"), "20", "23"),
        ("936.94", quantity("exact", "936.9438444924406", "936.9438444924406"), "936.9438444924406", ""),
        ("0", quantity("exact", "0", "0"), "0", ""),
        ("1,000,000", quantity("exact", "1E+6", "1E+6"), "1000000", ""),
    ],
)
def test_values_are_exact(text: str, given: Quantity, value: str, value_to: str) -> None:
    found = row(Number(text, given))
    assert (found["value"], found["value_to"]) == (value, value_to)


def test_a_figure_of_a_source_has_its_place_and_source_only() -> None:
    (mark,) = marks((Span("over 1,000 wounded"),), "en-GB")
    (found,) = rows(Printed("deck", "9", "speaker notes", mark, Place("sources.yaml", 8), "agency"))
    assert {name for name, cell in found.items() if cell} == {
        "number", "document", "page", "where", "file", "line", "source"
    }  # fmt: skip


@pytest.mark.parametrize("formula", ["=1+1", "+cmd", "-cmd", "@sum", "\tx"])
def test_no_cell_is_taken_for_a_formula(formula: str) -> None:
    found = row(Number("5", replace(KILLED, by=formula)))
    assert found["attributed_to"] == f"'{formula}"


def test_what_its_author_remarks_on_a_number_is_kept() -> None:
    assert (
        row(Number("5", replace(KILLED, note="Provisional;\nsee the register.")))["note"]
        == "Provisional; see the register."
    )


def test_a_negative_number_stays_one() -> None:
    found = row(Number("-5", quantity("exact", "-5", "-5")))
    assert (found["number"], found["value"]) == ("-5", "-5")


def test_it_is_rfc_4180_in_utf_8() -> None:
    (mark,) = marks((Number("5", replace(KILLED, by='A "ministry", الوزارة')),), "en-GB")
    content = to_csv([Printed("report", "1", "prose", mark, HERE)])
    lines = content.split(b"\r\n")
    assert lines[0].decode("utf-8-sig") == ",".join(COLUMNS) and lines[-1] == b"" and len(lines) == 3
    assert '"A ""ministry"", الوزارة"' in lines[1].decode("utf-8")
