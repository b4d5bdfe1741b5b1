"""Numbers and dates as they are printed, by CLDR."""

from decimal import Decimal

import pytest

from data.format import Formatter, parse_language
from data.model import Bound, PartialDate, Place, Quantity
from data.units import unit_problem
from data.words import Words

NB = "\u00a0"


def quantity(bound: Bound, low: object, high: object, unit: str, decimals: int = 0) -> Quantity:
    ends = [None if end is None else Decimal(str(end)) for end in (low, high)]
    return Quantity("x", Place("values.yaml", 1), bound, *ends, unit, decimals, "them", None, None, "s")


@pytest.mark.parametrize(
    ("given", "printed"),
    [
        (quantity("exact", 73419, 73419, "people"), "73,419"),
        (quantity("about", 1200, 1200, "people"), "about 1,200"),
        (quantity("more_than", 400, None, "people"), "more than 400"),
        (quantity("at_most", None, 100_000_000, "USD/year"), f"up to US$100{NB}million per year"),
        (quantity("at_least", 222_000_000, None, "USD"), f"at least US$222{NB}million"),
        (quantity("between", 20_000_000, 23_000_000, "USD/month"), f"US$20{NB}million to US$23{NB}million per month"),
        (quantity("exact", 2_822_000_000, 2_822_000_000, "USD"), f"US$2.822{NB}billion"),
        (quantity("exact", 1_234_567, 1_234_567, "USD"), "US$1,234,567"),
        (quantity("exact", 7000, 7000, "USD"), "US$7,000"),
        (quantity("exact", "1735.22", "1735.22", "kilometer", 2), f"1,735.22{NB}kilometres"),
        (quantity("exact", 1, 1, "kilometer"), f"1{NB}kilometre"),
        (quantity("exact", "0.62", "0.62", "mile"), f"1{NB}mile"),
        (quantity("exact", 1, 1, "mile", 1), f"1.0{NB}miles"),
        (quantity("exact", "936.9438", "936.9438", "nautical-mile", 2), f"936.94{NB}nautical{NB}miles"),
        (quantity("exact", 12, 12, "percent"), f"12{NB}per{NB}cent"),
        (quantity("exact", -5, -5, "people"), "−5"),
        (quantity("exact", "65.2", "65.2", "percent of GDP", 1), f"65.2{NB}per{NB}cent of GDP"),
        (quantity("exact", 3, 3, "litres of milk"), "3"),
        (quantity("exact", "-17345000000", "-17345000000", "EUR"), f"−€17.345{NB}billion"),
        (quantity("exact", "812.4", "812.4", "EUR", 1), "€812.40"),
        (quantity("exact", "1249.99", "1249.99", "EUR", 1), "€1,250.0"),
        (quantity("exact", "12.5", "12.5", "EUR per head", 1), "€12.50 per head"),
        (quantity("exact", "12.94", "12.94", "EUR per square metre", 2), "€12.94 per square metre"),
        (quantity("between", "12", "14", "EUR per head"), "€12 to €14 per head"),
        (quantity("between", "12", "14", "EUR per head/month"), "€12 to €14 per head per month"),
        (quantity("between", "2", "3", "percent of GDP"), f"2{NB}per{NB}cent to 3{NB}per{NB}cent of GDP"),
        (quantity("exact", "-2.5", "-2.5", "percent", 1), f"−2.5{NB}per{NB}cent"),
        (quantity("exact", "-0.04", "-0.04", "percent", 1), f"0.0{NB}per{NB}cent"),
        (quantity("exact", "12.25", "12.25", "percent", 1), f"12.3{NB}per{NB}cent"),
        (quantity("exact", "2.5", "2.5", "percent"), f"3{NB}per{NB}cent"),
        (quantity("about", "776.7", "776.7", "mile"), f"about 777{NB}miles"),
        (quantity("at_least", "2.96", None, "percent", 1), f"at least 2.9{NB}per{NB}cent"),
        (quantity("more_than", "776.7", None, "mile"), f"more than 776{NB}miles"),
        (quantity("at_most", None, "5.24", "percent", 1), f"up to 5.3{NB}per{NB}cent"),
        (quantity("between", "-5.24", "1.21", "percent", 1), f"−5.3{NB}per{NB}cent to 1.3{NB}per{NB}cent"),
        (quantity("at_most", None, "1.00000000000001", "mile"), f"up to 1{NB}mile"),
        (quantity("exact", 0, 0, "people"), "0"),
    ],
)
def test_bound_words_number_and_unit(given: Quantity, printed: str) -> None:
    assert Formatter("en-GB", Words()).quantity(given) == printed


@pytest.mark.parametrize(("language", "printed"), [("en-IN", "12,34,567.8"), ("en-GB", "1,234,567.8")])
def test_figures_are_grouped_as_the_region_groups_them(language: str, printed: str) -> None:
    formatter = Formatter(language, Words())
    assert formatter.quantity(quantity("exact", "1234567.8", "1234567.8", "people", 1)) == printed


def test_compact_money_never_loses_a_part_of_the_number() -> None:
    formatter = Formatter("en-GB", Words())
    assert formatter.quantity(quantity("exact", 1_000_001, 1_000_001, "USD")) == "US$1,000,001"
    assert formatter.quantity(quantity("exact", "1500000.50", "1500000.50", "USD", 2)) == "US$1,500,000.50"


def test_dates_are_as_precise_as_their_source() -> None:
    formatter = Formatter("en-GB", Words())
    dates = [PartialDate(2025), PartialDate(2025, 6), PartialDate(2025, 6, 13)]
    assert [formatter.date(when) for when in dates] == ["2025", "June 2025", f"13{NB}June{NB}2025"]


@pytest.mark.parametrize(
    "unit",
    [
        "people",
        "USD",
        "USD/year",
        "kilometer",
        "percent",
        "litres",
        "days",
        "EUR per head",
        "EUR per head/month",
        "cup",
    ],
)
def test_units_that_can_be_printed(unit: str) -> None:
    locale = parse_language("en")
    assert locale is not None
    assert unit_problem(unit, locale) is None


@pytest.mark.parametrize(
    "unit", ["", "USD/fortnight", "XQZ", "people/year", "USDD", "kilometre", "%", "€", "usd", "euros"]
)
def test_units_that_cannot(unit: str) -> None:
    locale = parse_language("en")
    assert locale is not None
    assert unit_problem(unit, locale)


def test_languages_that_do_not_exist() -> None:
    assert parse_language("zz-ZZ") is None
    assert parse_language("not a language") is None


@pytest.mark.parametrize(
    ("language", "printed"),
    [("en-US-POSIX", f"${NB}7,000"), ("en-CH", f"US${NB}7’000"), ("en-DE", f"7.000{NB}US$"), ("en-IN", "$7,000")],
)
def test_money_stands_where_its_region_sets_it(language: str, printed: str) -> None:
    formatter = Formatter(language, Words())
    assert formatter.quantity(quantity("exact", 7000, 7000, "USD")) == printed
