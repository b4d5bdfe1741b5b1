"""Rounding that adds up: printed parts sum to the printed total, in tables, charts, figures and prose alike."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.load import load
from data.model import BarChart, Briefing, Figures, Place, Quantity, Table, plain
from data.trust.rounding import Sum, Sums, largest_remainder

ROUNDED = "Parts are rounded so that they add up to the total."
UNROUNDED = "Parts do not add up exactly to the total, because their source rounded them."


def decimals(*texts: str) -> tuple[Decimal, ...]:
    return tuple(Decimal(text) for text in texts)


@pytest.mark.parametrize(
    ("parts", "total", "places", "printed"),
    [
        (("33.3", "33.3", "33.4"), "100", 0, ("33", "33", "34")),
        (("16.6", "16.7", "66.7"), "100", 0, ("16", "17", "67")),  # 17 + 17 + 67 would be 101
        (("12.5", "12.5", "75"), "100", 0, ("13", "12", "75")),  # of two that lost the same, the earlier
        (("-1.5", "-1.5", "5"), "2", 0, ("-1", "-2", "5")),
        (("0.125", "0.125"), "0.25", 2, ("0.13", "0.12")),
        (("1", "2"), "3", 0, ("1", "2")),
    ],
)
def test_the_largest_remainders_are_rounded_up(
    parts: tuple[str, ...], total: str, places: int, printed: tuple[str, ...]
) -> None:
    assert largest_remainder(decimals(*parts), Decimal(total), places) == decimals(*printed)


def test_whole_parts_are_never_moved_to_reach_a_total() -> None:
    assert largest_remainder(decimals("33", "33", "33"), Decimal(100), 0) is None
    assert largest_remainder(decimals("1.2", "1.2"), Decimal(9), 0) is None


@settings(deadline=None)
@given(
    st.lists(st.decimals(-1000, 1_000_000, places=6), min_size=1, max_size=12),
    st.integers(0, 5),
)
def test_printed_parts_sum_and_none_moves_by_a_whole_unit(parts: list[Decimal], places: int) -> None:
    total = round(sum(parts, Decimal(0)), places)
    printed = largest_remainder(parts, total, places)
    assert printed is not None
    assert sum(printed) == total
    unit = Decimal(1).scaleb(-places)
    assert all(abs(shown - part) < unit for shown, part in zip(printed, parts, strict=True))
    assert printed == largest_remainder(parts, total, places)


def _stated(text: str, unit: str, line: int) -> Quantity:
    number, places = Decimal(text), len(text.partition(".")[2])
    return Quantity(text, Place("a.csv", line), "exact", number, number, unit, places, "A", None, None, "a")


@pytest.mark.parametrize(
    ("parts", "total", "unit", "told"),
    [
        # each number may be half of its last place off: what the source counts in is a whole per cent, a tenth, a head
        (("33", "33", "32"), "100", "percent", ""),
        (("33", "32", "32"), "100", "percent", "the parts sum to 97"),
        (("1.2", "1.3"), "2.6", "people", ""),
        (("1.2", "1.3"), "2.7", "people", "the parts sum to 2.5"),
        (("1", "2"), "4", "people", "the parts sum to 3"),
    ],
)
def test_parts_are_as_far_off_as_their_source_rounds(parts: tuple[str, ...], total: str, unit: str, told: str) -> None:
    sums = Sums()
    numbers = tuple(_stated(text, unit, line) for line, text in enumerate(parts, start=2))
    sums.add(Sum("shares", Place("x.yaml"), _stated(total, unit, 9), numbers))
    assert [told in finding.message for finding in sums.findings] == ([True] if told else [])
    assert sums.notes == ({} if told else {"shares": {"unrounded"}})


def test_unlike_units_are_not_added() -> None:
    sums = Sums()
    sums.add(Sum("shares", Place("x.yaml"), _stated("3", "people", 4), (_stated("3", "horses", 2),)))
    assert [finding.message for finding in sums.findings if "horses and people cannot be added" in finding.message]


# --- in a briefing -------------------------------------------------------------------------------------------------

SHARES = """id,date,kind,share,place,counted_by,source
A,2026-02-20,Hand pumps,16.6,North,Office,survey
B,2026-02-20,Solar pumps,16.7,North,Office,survey
C,2026-02-20,Diesel pumps,66.7,North,Office,survey
T,2026-02-20,All pumps,100.0,North,Office,survey
"""
SERIES = """shares.csv:
  title: Pumps by kind
  measures:
    share: {unit: percent, decimals: 0}
  by: counted_by
  as_of: date
  source: source
  population: place
"""
VALUES = """diesel:
  from: shares.csv
  where: {id: C}
  column: share
  label: Diesel
hand:
  from: shares.csv
  where: {id: A}
  column: share
  label: Hand
solar:
  from: shares.csv
  where: {id: B}
  column: share
  label: Solar
all:
  from: shares.csv
  where: {id: T}
  column: share
  label: All
"""
EXHIBITS = """
  kinds:
    chart: bars
    title: Pumps by kind
    data: shares.csv
    value: share
    label: [kind]
    total: {kind: All pumps}
  kinds-table:
    table: shares.csv
    title: Pumps by kind
    columns:
      - {column: kind, title: Kind}
      - {column: share, title: Share}
"""
FIGURES = """
  kinds-figures:
    title: Pumps by kind
    figures: [all, hand, solar, diesel]
    total: all
"""


@pytest.fixture
def shares(starter: Path) -> Path:
    (starter / "shares.csv").write_text(SHARES, encoding="utf-8")
    _append(starter / "series.yaml", SERIES)
    _append(starter / "values.yaml", VALUES)
    section = starter / "sections/02-repairs.yaml"
    body = "  Of the pumps {{ hand }} are worked by hand.\n\n  @latest\n\n  @kinds\n\n  @kinds-table\n"
    _edit(section, "  @latest\n", body)
    _append(section, EXHIBITS)
    return starter


def _append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, (path.name, old)
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def _loaded(folder: Path) -> Briefing:
    briefing, findings = load(folder)
    assert briefing is not None, findings
    return briefing


def _digits(text: str) -> str:
    return text.replace("%", " ").split()[0]


def _bars(briefing: Briefing) -> list[str]:
    chart = briefing.sections[1].exhibits["kinds"]
    assert isinstance(chart, BarChart)
    return [_digits(row.value.text) for group in chart.groups for row in group.rows]


def test_the_same_rounding_stands_in_chart_table_prose_and_figures(shares: Path) -> None:
    briefing = _loaded(shares)
    assert _bars(briefing) == ["16", "17", "67", "100"]
    table = briefing.sections[1].exhibits["kinds-table"]
    assert isinstance(table, Table)
    assert [_digits(plain(row[1])) for row in table.rows] == _bars(briefing)
    assert "Of the pumps 16" in plain(briefing.sections[1].body[1].text)  # type: ignore[union-attr]
    assert briefing.values["hand"].low == Decimal("16.6"), "the quantity keeps its exact value"
    rows = {record.id: record.quantities["share"] for record in briefing.series["shares.csv"]}
    assert (rows["A"].low, rows["A"].shown) == (Decimal("16.6"), Decimal(16))


def test_the_exhibit_says_that_parts_were_rounded(shares: Path) -> None:
    caption = _loaded(shares).sections[1].exhibits["kinds"].caption
    assert plain(caption.credit).startswith(ROUNDED)
    assert plain(caption.alt).endswith(ROUNDED)
    assert ROUNDED not in plain(_loaded(shares).sections[1].exhibits["latest"].caption.credit)


def test_figures_add_up_too(shares: Path) -> None:
    _edit(shares / "sections/02-repairs.yaml", EXHIBITS, FIGURES)
    _edit(shares / "sections/02-repairs.yaml", "@kinds\n\n  @kinds-table", "@kinds-figures")
    figures = _loaded(shares).sections[1].exhibits["kinds-figures"]
    assert isinstance(figures, Figures)
    assert [_digits(figure.value.text) for figure in figures.figures] == ["100", "16", "17", "67"]
    assert plain(figures.caption.credit).startswith(ROUNDED)


def test_numbers_that_print_as_typed_are_never_changed(shares: Path) -> None:
    _edit(shares / "series.yaml", ", decimals: 0", "")
    _edit(shares / "shares.csv", "66.7", "66.8")
    caption = _loaded(shares).sections[1].exhibits["kinds"].caption
    assert _bars(_loaded(shares)) == ["16.6", "16.7", "66.8", "100.0"]
    assert plain(caption.credit).startswith(UNROUNDED)
    _edit(shares / "shares.csv", "100.0", "100")
    assert _bars(_loaded(shares)) == ["16.6", "16.7", "66.8", "100"]


def test_what_is_rounded_to_unlike_decimals_cannot_add_up(shares: Path) -> None:
    _edit(shares / "sections/02-repairs.yaml", EXHIBITS, FIGURES.replace("hand", "hand-exact"))
    _edit(shares / "sections/02-repairs.yaml", "@kinds\n\n  @kinds-table", "@kinds-figures")
    typed = "amount: 16.64, decimals: 1, unit: percent, by: Office, as_of: 2026-02-20, source: survey, label: Hand"
    _append(shares / "values.yaml", f"hand-exact: {{{typed}}}\n")
    _, findings = load(shares)
    assert [(finding.code, "different numbers of decimals" in finding.message) for finding in findings] == [
        ("no-sum", True)
    ]


def test_without_a_total_nothing_is_adjusted(shares: Path) -> None:
    _edit(shares / "sections/02-repairs.yaml", "    total: {kind: All pumps}\n", "")
    assert _bars(_loaded(shares)) == ["17", "17", "67", "100"]


def test_each_group_has_its_own_total(shares: Path) -> None:
    south = SHARES.split("\n", 1)[1].replace("North", "South").replace("66.7", "66.4").replace("16.6", "16.9")
    _append(shares / "shares.csv", "".join(f"S{line}" for line in south.splitlines(keepends=True)))
    section = shares / "sections/02-repairs.yaml"
    _edit(section, "    label: [kind]\n", "    label: [kind]\n    group: place\n")
    _edit(section, "{column: kind,", "{column: place, title: Place}\n      - {column: kind,")
    printed = _bars(_loaded(shares))
    assert printed == ["16", "17", "67", "100", "17", "17", "66", "100"]


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "told"),
    [
        ("shares.csv", "66.7", "60.7", "no-sum", "94.0"),
        ("shares.csv", "66.7", "66.4", "no-sum", "99.7"),  # rounding four numbers to tenths loses two at most
        ("shares.csv", "Solar pumps,16.7,North", "Solar pumps,16.7,South", "no-sum", "never added"),
        ("series.yaml", "share: {unit: percent", "share: {unit: percent, bound: kind", "bad-cell", "no bound"),
        ("sections/02-repairs.yaml", "total: {kind: All pumps}", "total: {kind: Everything}", "no-row", "Everything"),
        ("sections/02-repairs.yaml", "total: {kind: All pumps}", "total: {knd: All pumps}", "missing-column", "knd"),
        ("sections/02-repairs.yaml", "total: {kind: All pumps}", "total: {place: North}", "several-rows", "line 2: 16"),
        (
            "sections/02-repairs.yaml",
            "    value: share\n",
            "    value: share\n    where: {id: [A, B]}\n",
            "bad-field",
            "no such row",
        ),
        (
            "sections/02-repairs.yaml",
            "    value: share\n",
            "    value: share\n    where: {id: T}\n",
            "no-sum",
            "nothing",
        ),
    ],
)
def test_what_is_no_sum_is_found(file: str, old: str, new: str, code: str, told: str, shares: Path) -> None:
    _edit(shares / file, old, new)
    briefing, findings = load(shares)
    assert briefing is None
    assert (code, True) in {(finding.code, told in finding.message) for finding in findings}, findings


def test_currencies_are_not_added_and_each_may_have_a_table_of_its_own(shares: Path) -> None:
    _edit(shares / "series.yaml", "share: {unit: percent", "share: {unit_column: unit")
    lines = (shares / "shares.csv").read_text(encoding="utf-8").splitlines()
    units = ["unit", *("EUR" if line.startswith("A,") else "USD" for line in lines[1:])]
    text = "".join(f"{line},{unit}\n" for line, unit in zip(lines, units, strict=True))
    (shares / "shares.csv").write_text(text, encoding="utf-8")
    briefing, findings = load(shares)
    assert briefing is None
    told = [(finding.message, finding.hint) for finding in findings if finding.code == "no-sum"]
    assert told and all("EUR and USD cannot be added" in message for message, _ in told)
    assert all("one exhibit for each unit" in hint for _, hint in told)


def test_limits_and_estimates_are_not_added(shares: Path) -> None:
    _edit(shares / "shares.csv", "share,place", "share,bound,place")
    text = (shares / "shares.csv").read_text(encoding="utf-8").replace(",North", ",,North")
    (shares / "shares.csv").write_text(text.replace("16.6,,", "16.6,about,"), encoding="utf-8")
    _edit(shares / "series.yaml", "share: {unit: percent", "share: {bound: bound, unit: percent")
    _, findings = load(shares)
    assert [finding.code for finding in findings] == ["no-sum"]
    assert "shares.csv:2" in findings[0].message


def test_a_part_whose_number_is_not_given_leaves_the_others_alone(shares: Path) -> None:
    _edit(shares / "shares.csv", "Solar pumps,16.7", "Solar pumps,")
    _edit(shares / "values.yaml", "where: {id: B}", "where: {id: A}")
    briefing, findings = load(shares)
    assert briefing and _bars(briefing) == ["17", "67", "100"]
    assert {finding.code for finding in findings} == {"unchecked-sum"}


def test_a_total_that_is_not_given_asks_nothing_of_its_parts(shares: Path) -> None:
    _edit(shares / "shares.csv", "All pumps,100.0", "All pumps,")
    _edit(shares / "values.yaml", "where: {id: T}", "where: {id: A}")
    assert load(shares)[1] == []


def test_one_number_cannot_be_rounded_in_two_ways(shares: Path) -> None:
    """Of 16.3, 17.4 and 66.3 the second is rounded up to make a hundred; with 10.6 it makes 28 as it is."""
    for old, new in (("16.6", "16.3"), ("16.7", "17.4"), ("66.7", "66.3")):
        _edit(shares / "shares.csv", old, new)
    _append(shares / "shares.csv", "X,2026-02-20,Wind,10.6,North,Office,survey\n")
    _append(shares / "shares.csv", "D,2026-02-20,Both,28,North,Office,survey\n")
    section = shares / "sections/02-repairs.yaml"
    _edit(section, "    label: [kind]\n", "    label: [kind]\n    where: {id: [A, B, C, T]}\n")
    assert load(shares)[1] == []
    _append(section, "    where: {id: [B, X, D]}\n    total: {id: D}\n")
    (finding,) = load(shares)[1]
    assert (finding.code, "18" in finding.message, "17" in finding.message) == ("sum-conflict", True, True)
    _edit(shares / "series.yaml", "decimals: 0", "decimals: 1")
    assert load(shares)[1] == [], "as the hint says"


@pytest.mark.parametrize("number", ["1234567890123456789", "0.12345678901"])
def test_numbers_beyond_exact_rounding_are_findings(number: str, starter: Path) -> None:
    _edit(starter / "supply.csv", "182000", number)
    assert [finding.code for finding in load(starter)[1]] == ["bad-cell"]
    _edit(starter / "supply.csv", number, "182000")
    _edit(starter / "values.yaml", "at_least: 14", f"at_least: {number}")
    assert [finding.code for finding in load(starter)[1]] == ["bad-number"]


@pytest.mark.parametrize(("cell", "code"), [("66,7", "ragged-row"), ('"66,7"', "bad-cell")])
def test_no_sum_is_looked_for_where_rows_have_errors(cell: str, code: str, shares: Path) -> None:
    _edit(shares / "shares.csv", "66.7", cell)
    assert [finding.code for finding in load(shares)[1]] == [code]
