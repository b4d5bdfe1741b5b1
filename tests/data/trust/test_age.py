"""Age: what is marked as stale, and that it is marked wherever it is printed."""

from datetime import date
from pathlib import Path

import pytest

from data.fields import parse_date
from data.load import load
from data.model import Briefing, Figures, LineChart, Number, PartialDate, Table, exhibit_numbers, numbers, plain
from data.trust.age import Limit, parse_limit

NOTE = "† Older at this edition than the limit set for it."


@pytest.mark.parametrize(
    ("limit", "as_of", "edition", "passed"),
    [
        ("90 days", "2026-01-01", "2026-04-01", False),
        ("90 days", "2026-01-01", "2026-04-02", True),
        ("2 weeks", "2026-01-01", "2026-01-16", True),
        ("1 month", "2026-01-31", "2026-02-28", False),
        ("1 month", "2026-01-31", "2026-03-01", True),
        ("1 year", "2024-02-29", "2025-02-28", False),
        ("1 year", "2024-02-29", "2025-03-01", True),
        ("1 day", "2026-02", "2026-03-01", False),  # February counts from its last day
        ("1 day", "2026-02", "2026-03-02", True),
        ("1 year", "2025", "2026-12-31", False),  # so does a year
        ("1 year", "2025", "2027-01-01", True),
        ("1 day", "2027", "2026-01-01", False),  # a date that is still to come is not old
        ("9999 years", "2025", "2026-01-01", False),
        ("never", "1929", "2026-01-01", False),
    ],
)
def test_a_limit_counts_from_the_last_day_that_the_date_may_mean(
    limit: str, as_of: str, edition: str, passed: bool
) -> None:
    assert parse_limit(limit).passed(parse_date(as_of), date.fromisoformat(edition)) is passed


@pytest.mark.parametrize("text", ["90", 90, "ninety days", "0 days", "1 fortnight", "-3 days", "12345 days", ""])
def test_what_is_no_length_of_time_is_a_finding(text: object, starter: Path) -> None:
    with pytest.raises(ValueError, match="length"):
        parse_limit(text)
    _edit(starter / "briefing.yaml", "stale_after: 90 days", f"stale_after: {text}")
    briefing, findings = load(starter)
    if text == "":
        assert briefing is not None  # an empty key says nothing
    else:
        assert [(finding.code, "90 days" in finding.message) for finding in findings] == [("bad-field", True)]


def test_a_limit_reads_as_it_is_written() -> None:
    assert parse_limit(" 1   year ") == Limit("1 year")
    assert PartialDate(2024, 2).last == date(2024, 2, 29)


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, (path.name, old)
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def _loaded(folder: Path) -> tuple[Briefing, list[str]]:
    briefing, findings = load(folder)
    assert briefing is not None, findings
    return briefing, [finding.code for finding in findings]


def _marked(briefing: Briefing) -> set[str]:
    return {id for id, quantity in briefing.values.items() if quantity.stale}


@pytest.fixture
def later(starter: Path) -> Path:
    """The starter a hundred days on: its latest count is of 28 February 2026."""
    _edit(starter / "briefing.yaml", "edition: 2026-03-01", "edition: 2026-06-08")
    return starter


def test_without_a_limit_nothing_ages(later: Path) -> None:
    _edit(later / "briefing.yaml", "stale_after:", "# stale_after:")
    briefing, codes = _loaded(later)
    assert (_marked(briefing), codes, briefing.aged) == (set(), [], None)


def test_the_briefing_s_limit_marks_what_claims_to_be_the_latest_and_nothing_else(later: Path) -> None:
    briefing, findings = load(later)
    assert briefing is not None
    assert _marked(briefing) == {"litres-now"}, "pumps were counted on a day; their count does not claim to be current"
    (finding,) = findings
    assert (finding.code, finding.severity, finding.place.file) == ("stale-value", "warning", "values.yaml")
    assert "2026-02-28" in finding.message and "90 days" in finding.message


def test_a_stale_number_is_marked_wherever_it_is_printed(later: Path) -> None:
    briefing, _ = _loaded(later)
    supply, repairs = briefing.sections
    chart, table = supply.exhibits["supply"], repairs.exhibits["latest"]
    assert isinstance(chart, LineChart) and isinstance(table, Table)
    assert "193,200† litres" in plain(supply.headline)
    assert chart.lines[0].points[-1].value.text == "193,200†"
    assert [point.value.text for point in chart.lines[1].points] == ["148,000", "151,000", "150,400"]
    assert plain(table.rows[0][1]) == "193,200†"
    assert briefing.highlights[0].value.text == "193,200†"
    everywhere = {
        number.text
        for section in briefing.sections
        for text in (section.headline, *section.points)
        for number in numbers(text)
        if number.quantity.low == 193200 and number.part in ("value", "plain")
    } | {
        number.text
        for section in briefing.sections
        for exhibit in section.exhibits.values()
        for number in exhibit_numbers(exhibit)
        if number.quantity.low == 193200 and number.part in ("value", "plain")
    }
    assert everywhere == {"193,200†"}


def test_an_exhibit_says_in_words_what_the_mark_means(later: Path) -> None:
    briefing, _ = _loaded(later)
    for section in briefing.sections:
        for exhibit in section.exhibits.values():
            assert plain(exhibit.caption.credit).startswith(NOTE)
            assert plain(exhibit.caption.alt).endswith(NOTE)
            assert "28 February 2026" in plain(exhibit.caption.credit).replace("\u00a0", " "), "as of is printed"


def test_the_notice_lists_what_is_stale(later: Path) -> None:
    briefing, _ = _loaded(later)
    assert briefing.aged is not None
    (table,) = briefing.aged.tables
    assert "8 June 2026" in plain(briefing.aged.blocks[0].text).replace("\u00a0", " ")
    assert [plain(cell).replace("\u00a0", " ") for cell in table.rows[0]] == [
        "193,200†",
        "Litres a day in the northern district",
        "Pumping stations",
        "28 February 2026",
    ]
    assert [type(run) for cell in table.rows[0] for run in cell if not isinstance(run, Number)] != []


def test_the_nearest_limit_wins(later: Path) -> None:
    _edit(later / "series.yaml", "  by: counted_by", "  stale_after: 1 year\n  by: counted_by")
    assert _loaded(later)[1] == []
    _edit(later / "values.yaml", "  pick: last", "  pick: last\n  stale_after: 30 days")
    assert _marked(_loaded(later)[0]) == {"litres-now"}
    _edit(later / "values.yaml", "30 days", "never")
    _edit(later / "series.yaml", "1 year", "30 days")
    assert _loaded(later)[1] == []


def test_a_typed_value_ages_if_it_says_so_and_what_is_converted_from_it_with_it(later: Path) -> None:
    _edit(later / "values.yaml", "  amount: 42.5\n", "  amount: 42.5\n  stale_after: 3 months\n")
    _edit(later / "briefing.yaml", "stale_after:", "# stale_after:")
    briefing, codes = _loaded(later)
    assert _marked(briefing) == {"pipeline", "pipeline-miles"}
    assert codes == ["stale-value"], "the conversion is not a second fault"


def test_another_value_of_the_same_cell_is_marked_too_unless_it_states_the_past(later: Path) -> None:
    again = "litres-then:\n  from: supply.csv\n  where: {date: 2026-02-28, district: North}\n  column: litres\n"
    (later / "values.yaml").write_text((later / "values.yaml").read_text(encoding="utf-8") + again, encoding="utf-8")
    assert _marked(_loaded(later)[0]) == {"litres-now", "litres-then"}
    (later / "values.yaml").write_text(
        (later / "values.yaml").read_text(encoding="utf-8") + "  stale_after: never\n", encoding="utf-8"
    )
    assert _marked(_loaded(later)[0]) == {"litres-now"}


def test_what_is_converted_from_a_marked_cell_is_marked_by_whichever_value(later: Path) -> None:
    _edit(later / "series.yaml", "unit: litres", "unit: kilometer")
    again = """litres-then: {from: supply.csv, where: {date: 2026-02-28, district: North}, column: litres}
now-miles: {convert: litres-now, to: mile}
then-miles: {convert: litres-then, to: mile}
"""
    (later / "values.yaml").write_text((later / "values.yaml").read_text(encoding="utf-8") + again, encoding="utf-8")
    assert _marked(_loaded(later)[0]) == {"litres-now", "litres-then", "now-miles", "then-miles"}


def test_figures_of_stale_values_are_footnoted(later: Path) -> None:
    _edit(
        later / "sections/02-repairs.yaml",
        "exhibits:\n",
        "exhibits:\n  key:\n    title: Key\n    figures: [litres-now, pumps]\n",
    )
    _edit(later / "sections/02-repairs.yaml", "  @latest\n", "  @latest\n\n  @key\n")
    briefing, _ = _loaded(later)
    figures = briefing.sections[1].exhibits["key"]
    assert isinstance(figures, Figures)
    assert [figure.value.text for figure in figures.figures] == ["193,200†", "at least 14"]
    assert plain(figures.caption.credit).startswith(NOTE)
