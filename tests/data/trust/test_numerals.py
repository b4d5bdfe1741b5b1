"""What in a text is a number, and which numbers state no quantity."""

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.trust.numerals import numerals, quantities

NB, NARROW = "\u00a0", "\u202f"


def found(text: str, language: str = "en-GB") -> list[tuple[str, str]]:
    return [(numeral.kind, numeral.text) for numeral in numerals(text, language)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,200", "1200"),
        ("about 1,200", "1200"),
        ("More than 2,000", "2000"),
        (f"up to US$100{NB}million", "100000000"),
        ("US$2.822 billion", "2822000000"),
        ("USD100", "100"),
        ("€5", "5"),
        ("17.5%", "17.5"),
        (f"12{NB}per{NB}cent", "12"),
        ("−5", "-5"),
        ("-5", "-5"),
        ("1.4 × 10⁶", "1400000"),
        ("0", "0"),
        ("1899", "1899"),
        ("2101", "2101"),
        ("12,34,567", "1234567"),
        ("١٬٢٠٠", "1200"),
        ("۱۲۰۰", "1200"),
        ("½", "0.5"),
        ("about 1½ million", "1500000"),
        ("$¼ billion", "250000000"),
        ("1,200⅝", "1200.625"),
        ("3/4", "0.75"),
    ],
)
def test_a_quantity_is_one_numeral_with_all_that_belongs_to_it(text: str, value: str) -> None:
    (numeral,) = numerals(f"it was {text} then", "en-GB")
    assert (numeral.kind, numeral.text) == ("quantity", text)
    assert numeral.values == (Decimal(value),)


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("1.200", "es", 1200),
        ("17,5 %", "es", 17.5),
        ("3 millones", "es", 3_000_000),
        (f"1{NARROW}200", "fr", 1200),
        (f"1{NB}200", "fr", 1200),
        ("1 200", "fr", 1200),
        ("3,5 Millionen", "de", 3_500_000),
        ("1,200", "en-US", 1200),
    ],
)
def test_separators_and_scale_words_are_the_languages_own(text: str, language: str, value: float) -> None:
    (numeral,) = numerals(text, language)
    assert (numeral.text, float(numeral.values[0])) == (text, value)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("20–23", 20, 23), ("20 to 23", 20, 23), (f"US$20{NB}million to US$23{NB}million", 20_000_000, 23_000_000)],
)
def test_a_range_is_one_numeral(text: str, low: int, high: int) -> None:
    (numeral,) = numerals(text, "en-GB")
    assert (numeral.text, numeral.values) == (text, (low, high))


@pytest.mark.parametrize(
    ("kind", "text", "language"),
    [
        *(
            ("date", text, "en-GB")
            for text in (
                "2025-06-13",
                "2025-06",
                "13/6/2025",
                "13 June 2025",
                f"13{NB}June{NB}2025",
                "7 October",
                "8 and 9 March 2026",
                "11 to 12 October 2023",
                "5–7 October",
                "June 2025",
                "13th June",
                "12 Sept 2023",
            )
        ),
        ("date", "October 7, 2023", "en-US"),
        ("date", "June 13", "en-US"),
        ("date", "October 7, 2023", "en-GB"),
        ("date", "7 de octubre de 2023", "es"),
        ("date", "7. Oktober 2023", "de"),
        ("date", "7 octobre 2023", "fr"),
        ("date", "٧ أكتوبر ٢٠٢٣", "ar"),
        *(
            ("year", text, "en-GB")
            for text in ("1900", "1979", "2026", "2100", "1990s", "2018–19", "2018-2019", "2018/19")
        ),
        *(("time", text, "en-GB") for text in ("10:30", "5 p.m.", "5.30 pm", "10:30:15")),
        *(
            ("reference", text, "en-GB")
            for text in (
                "resolution 46/182",
                "A/RES/46/182",
                "S/2023/345",
                "E/CN.4/2006/53",
                "INFCIRC/140",
                "Figure 2",
                f"Figure{NB}2",
                "Tables 2 and 3",
                "Page 3 of 9",
                "Page ii of 9",
                "pp. 3–5",
                "No. 7",
                "Article 51",
                "Resolution 242",
                "(2 of 3)",
                "Report,\u00a0p.\u00a04",
                "https://example.org/2025/06/1,200",
                "casualties.csv:50:killed",
                "someone7@example.org",
            )
        ),
        *(("mark", text, "en-GB") for text in ("[12]", "[3, 5]")),
        *(("ordinal", text, "en-GB") for text in ("1st", "20th", "53rd")),
        *(
            ("name", text, "en-GB")
            for text in (
                "F-35",
                "C4",
                "A4",
                "G7",
                "IF12587",
                "i24NEWS",
                "CO2",
                "COVID-19",
                "mid-1990s",
                "1.2.3",
                "T-72",
            )
        ),
    ],
)
def test_what_states_no_quantity(kind: str, text: str, language: str) -> None:
    assert found(f"about {text}, then", language) == [(kind, text)]


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("On 7 October 2023 1,200 people", "1,200"),
        ("In June 13 people died", "13"),
        ("October 1200 people", "1200"),
        ("on 7 October 1200 people", "1200"),
        ("counted 94 on 7 October", "94"),
        ("a 12-day war", "12"),
        ("2000%", "2000%"),
        ("US$2000", "US$2000"),
        ("ALL 5 of them", "ALL 5"),
        ("they may 3", "3"),
        ("the 13,000", "13,000"),
        ("part 3 of the 5", "3"),
        ("1. First of 12", "12"),
        ("EUR/100 or kg/50", "100"),
        ("the 5 resolutions", "5"),
    ],
)
def test_what_only_looks_like_a_date_a_year_or_a_label_is_a_quantity(text: str, quantity: str) -> None:
    assert quantity in [numeral.text for numeral in quantities(text, "en-GB")]


def test_fractions_are_ends_of_ranges_and_no_letters() -> None:
    assert found("½-1 or ½ to ¾, in 2024 ½ of it, half²") == [
        ("quantity", "½-1"),
        ("quantity", "½ to ¾"),
        ("year", "2024"),
        ("quantity", "½"),
    ]


def test_numbers_in_words_are_no_numerals() -> None:
    assert found("Twelve people, two hundred and the third") == []


def test_superscript_figures_are_marks_and_units() -> None:
    assert found("7,000² on 5 km²") == [("quantity", "7,000"), ("quantity", "5")]


@given(st.text(alphabet="0123456789,.- –%$€aA( )[]½²٣\u00a0\u202fpJune to and of:/", max_size=60))
def test_numerals_tell_where_they_stand_and_never_overlap(text: str) -> None:
    last = 0
    for numeral in numerals(text, "en-GB"):
        assert last <= numeral.start < numeral.end and numeral.text == text[numeral.start : numeral.end]
        assert any(character.isdecimal() or character == "½" for character in numeral.text)
        last = numeral.end
    covered = {at for numeral in numerals(text, "en-GB") for at in range(numeral.start, numeral.end)}
    assert all(at in covered for at, character in enumerate(text) if character.isdecimal())


@pytest.mark.parametrize(
    "part", ["1 to ", "7 and ", "(1 of ", "1–", "a-", "a", "1,23", "about ", "https://1", "Figure 1, "]
)
def test_time_grows_with_the_length(part: str) -> None:
    def seconds(count: int) -> float:
        start = time.process_time()  # whatever else the machine does
        numerals(part * count, "en-GB")
        return time.process_time() - start

    seconds(10)
    assert seconds(8000) < 0.1 + 40 * seconds(800)
