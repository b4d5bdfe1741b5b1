"""The gate: what was read beside what was printed, without any file."""

from dataclasses import replace
from decimal import Decimal

import pytest

from data.findings import Finding
from data.findings.gate import GateDisagrees, GateMissing, GateUnknown
from data.model import Number, PartialDate, Place, Quantity, Span, Text
from data.trust.gate import Channel, Passage, Piece, check, seen
from data.trust.ledger import Document, Printed, marks

HERE = Place("sections/01-one.yaml", 7)
LANGUAGE = "en-GB"


def number(text: str, id: str = "killed") -> Number:
    quantity = Quantity(
        id, Place("counts.csv", 2, "killed"), "exact", Decimal(1), Decimal(1), "people", 0, "them", PartialDate(2025),
        None, "s",
    )  # fmt: skip
    return Number(text, quantity)


def printed(text: Text, page: str = "4", where: str = "prose", document: Document = "report") -> list[Printed]:
    return [Printed(document, page, where, mark, HERE) for mark in marks(text, LANGUAGE)]


def passage(*pieces: str | Piece, page: str = "4", channel: Channel = "text", document: Document = "report") -> Passage:
    made = (piece if isinstance(piece, Piece) else Piece(page, piece) for piece in pieces)
    return Passage(document, channel, tuple(made))


def held(text: Text, *passages: Passage) -> list[Finding]:
    return check(printed(text), seen(passages, LANGUAGE))


COUNT: Text = (Span("They counted "), number("about 1,200"), Span(" people on 13 June 2025."))


@pytest.mark.parametrize(
    "read",
    [
        "They counted about 1,200 people on 13 June 2025.",
        "They counted about\n1,200 people on 13\u00a0June 2025.",
        "They counted about\u00a01,200 peo\u00adple on 13 June 2025.",
        "They counted \u200fabout 1,200\u200e people on 13 June 2025.",
    ],
)
def test_line_breaks_spaces_and_marks_that_print_nothing_change_nothing(read: str) -> None:
    assert held(COUNT, passage(read)) == []


def test_ligatures_are_letters() -> None:
    text: Text = (number("5 officers"),)
    assert held(text, passage("5 o\ufb03cers")) == []


def test_a_number_on_its_own_is_unknown() -> None:
    (finding,) = held((), passage("Then 14 more."))
    assert isinstance(finding, GateUnknown)
    assert (str(finding.place), finding.numeral, finding.severity) == ("briefing.pdf:page 4", "14", "error")


def test_a_number_that_is_not_there_is_missing() -> None:
    (finding,) = held(COUNT, passage("They counted people."))
    assert isinstance(finding, GateMissing)
    assert finding.values == "killed" and "'about 1,200'" in finding.message


@pytest.mark.parametrize("read", ["about 1,201", "1,200", "at least 1,200", "about 1,200 million", "about 12,00"])
def test_another_number_is_missing_and_unknown(read: str) -> None:
    found = held(COUNT, passage(f"They counted {read} people."))
    assert [type(finding) for finding in found] == [GateMissing, GateUnknown]


def test_the_words_of_a_number_belong_to_it() -> None:
    text: Text = (number("US$5\u00a0million per year"), Span(" for each"))
    assert held(text, passage("US$5 million per year for each")) == []
    (finding,) = held(text, passage("US$5 million per month for each"))
    assert isinstance(finding, GateMissing) and "per month" in finding.instead
    text = (Span("At "), number("net 5\u00a0litres"))
    assert held(text, passage("At net 5 litres")) == []
    (finding,) = held(text, passage("At gross 5 litres"))
    assert isinstance(finding, GateMissing) and "gross 5" in finding.instead


def test_the_same_number_on_another_page_is_out_of_place() -> None:
    assert len(held(COUNT, passage("about 1,200", page="5"))) == 2


def test_two_numbers_that_changed_places_are_found() -> None:
    text: Text = (number("73", "one"), Span(" and "), number("94", "two"))
    assert held(text, passage("73 and 94")) == []
    assert held(text, passage("94 and 73")) != []


def test_a_number_twice_is_not_a_number_once() -> None:
    assert held(COUNT, passage("about 1,200"), passage("about 1,200")) != []


def test_every_kind_of_place_is_held_for_itself() -> None:
    entries = [*printed((number("5"),)), *printed((number("5"),), where="alt text")]
    assert check(entries, seen([passage("5"), passage("5", channel="alt text")], LANGUAGE)) == []
    assert check(entries, seen([passage("5"), passage("5")], LANGUAGE)) != []


def test_a_number_broken_over_two_pages_is_on_that_of_its_figures() -> None:
    pieces = Piece("3", "They counted about "), Piece("4", "1,200 people.")
    assert held(COUNT, passage(*pieces)) == []


def test_painting_order_is_the_order_of_what_was_read() -> None:
    text: Text = (number("73", "one"), Span(" and "), number("94", "two"))
    later, earlier = Piece("4", "94", (1, 8)), Piece("4", "73", (1, 3))
    assert held(text, passage(later), passage(earlier)) == []


def test_what_repeats_may_hold_known_numbers_only() -> None:
    assert held(COUNT, passage("about 1,200"), passage("1,200 people", channel="repeated", page="9")) == []
    (finding,) = held(COUNT, passage("about 1,200"), passage("1,300 people", channel="repeated", page="9"))
    assert isinstance(finding, GateUnknown)


def test_a_value_that_reads_otherwise_in_the_other_document_is_told() -> None:
    entries = [*printed((number("1,200"),)), *printed((number("1,200"),), document="deck")]
    read = [passage("1,200"), passage("1,300", document="deck")]
    (finding,) = [found for found in check(entries, seen(read, LANGUAGE)) if isinstance(found, GateDisagrees)]
    assert (str(finding.place), finding.value) == ("briefing.pptx:slide 4", "killed")
    assert "'1,300'" in finding.message and "'1,200'" in finding.message and "briefing.pdf:page 4" in finding.message


def test_writers_that_print_a_value_each_in_its_way_disagree() -> None:
    entries = [*printed((number("1,200"),)), *printed((number("1.2 thousand"),), document="deck")]
    (finding,) = check(entries, seen([passage("1,200"), passage("1.2 thousand", document="deck")], LANGUAGE))
    assert isinstance(finding, GateDisagrees)


def test_capitals_and_parts_of_a_value_are_no_disagreement() -> None:
    plain = replace(number("1,200"), part="plain")
    entries = [
        *printed((number("About 1,200"),)),
        *printed((number("about 1,200"), Span("; "), plain), document="deck"),
    ]
    assert (
        check(entries, seen([passage("About 1,200"), passage("about 1,200; 1,200", document="deck")], LANGUAGE)) == []
    )
