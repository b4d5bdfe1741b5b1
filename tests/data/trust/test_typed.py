"""Typed numerals: a number in an author's text is found on its line, with the value that was probably meant."""

from collections.abc import Callable
from pathlib import Path

import pytest

from data.findings import Finding
from data.findings.text import TypedNumeral
from data.load import load
from data.model import plain

Write = Callable[[str, str, str], None]


@pytest.fixture
def write(starter: Path) -> Write:
    def put(file: str, old: str, new: str) -> None:
        path = starter / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"the starter's {file} has {old!r} {text.count(old)} times"
        path.write_text(text.replace(old, new), encoding="utf-8")

    return put


def typed(folder: Path) -> list[Finding]:
    _, findings = load(folder)
    assert all(isinstance(finding, TypedNumeral) for finding in findings), findings
    return findings


def line_of(folder: Path, file: str, text: str) -> int:
    lines = (folder / file).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if text in line)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("sections/01-supply.yaml", "title: Supply", "title: Supply of 193,200 litres"),
        ("sections/01-supply.yaml", "The north pumps {{ litres-now }}", "The north pumps 193,200"),
        ("sections/01-supply.yaml", "has hardly moved since the autumn", "fell by 2 % since the autumn"),
        ("sections/01-supply.yaml", "which have pipes of their own", "which have 42.5 kilometres of pipes"),
        ("sections/01-supply.yaml", "The north recovered from the winter's dip", "The north recovered 12 %"),
        ("sections/01-supply.yaml", "has hardly moved since the autumn", "fell to ½ since the autumn"),
        ("sections/01-supply.yaml", "has hardly moved since the autumn", "fell by 3/4 since the autumn"),
        ("sections/01-supply.yaml", "New station opens", "Station of 5 pumps opens"),
        ("sections/01-supply.yaml", "by district, September to February", "in 2 districts"),
        ("sections/02-repairs.yaml", "title: Litres a day", "title: Litres of 12 pumps"),
        ("sections/02-repairs.yaml", "title: Latest report of each district", "title: Latest report of 2 districts"),
        ("briefing.yaml", "Water in the northern district", "Water in 3 districts"),
        ("briefing.yaml", "A small example to write over", "14 pumps"),
        ("briefing.yaml", "Litres are what leaves", "Of 100 litres few leave"),
        ("values.yaml", "label: Pumps that need repair", "label: Pumps of the 14 that need repair"),
    ],
)
def test_a_number_typed_into_any_text_is_an_error_on_its_line(
    starter: Path, write: Write, file: str, old: str, new: str
) -> None:
    write(file, old, new)
    (finding,) = typed(starter)
    assert finding.severity == "error"
    assert (finding.place.file, finding.place.line) == (file, line_of(starter, file, new))


@pytest.mark.parametrize(
    "text",
    [
        "on 3 October 2025", "in FY2024/25", "in FY 24/25", "since 2019", "by F-35s", "in Figure 2",
        "under Resolution 242", "the 2nd of three",
        "in twelve", "from {{ pumps }} to {{ litres-now }}", "at 10:30", r"of \1,200", r"of \12 and \13",
        r"of \½ and \1½", "by km²",
    ],
)  # fmt: skip
def test_what_is_no_typed_quantity_passes(starter: Path, write: Write, text: str) -> None:
    write("sections/01-supply.yaml", "has hardly moved since the autumn", f"was the same {text}")
    assert typed(starter) == []


def test_an_insisted_number_prints_without_its_backslash(starter: Path, write: Write) -> None:
    write("sections/01-supply.yaml", "has hardly moved since the autumn", r"is called \1,200 by its engineers")
    briefing, _ = load(starter)
    assert briefing is not None
    assert plain(briefing.sections[0].points[1]) == "The south’s supply is called 1,200 by its engineers"


def test_allowed_words_pass_where_they_stand_whole(starter: Path, write: Write) -> None:
    write("sections/01-supply.yaml", "has hardly moved", "is Pump 14 and not Pump 140 and not Pump 14–16")
    assert [finding.numeral for finding in typed(starter) if isinstance(finding, TypedNumeral)] == [
        "14",
        "140",
        "14–16",
    ]
    write("briefing.yaml", "language: en-GB", "allow: [Pump 14]\nlanguage: en-GB")
    assert [finding.numeral for finding in typed(starter) if isinstance(finding, TypedNumeral)] == ["140", "14–16"]


def test_the_value_that_was_meant_is_named_nearest_first(starter: Path, write: Write) -> None:
    extra = "valves:\n  amount: 14\n  unit: valves\n  by: Them\n  as_of: 2026\n  source: survey\n"
    values = starter / "values.yaml"
    values.write_text(values.read_text(encoding="utf-8") + extra, encoding="utf-8")
    write("sections/02-repairs.yaml", "counts {{ pumps }} pumps in need", "counts at least 14 pumps in need")
    write(
        "sections/02-repairs.yaml",
        "cost at {{ repair-cost }}\n",
        "cost at US$1.2 million to US$1.5 million, 14 valves\n",
    )
    hints = [finding.hint for finding in typed(starter)]
    assert [hint.split(";")[0] for hint in hints] == [
        "Write {{ pumps }}, or {{ valves }}", "Write {{ valves }}, or {{ pumps }}", "Write {{ repair-cost }}"
    ]  # fmt: skip


def test_a_number_that_no_value_holds_is_told_to_become_one(starter: Path, write: Write) -> None:
    write("sections/01-supply.yaml", "has hardly moved", "rose by 9,999")
    (finding,) = typed(starter)
    assert "values.yaml" in finding.hint and "allow" in finding.hint


def test_a_quotation_keeps_its_own_numbers(starter: Path, write: Write) -> None:
    quote = "  said:\n    quote: We saw 300 pumps\n    speaker: Someone\n    date: 2026-02-20\n    source: survey\n"
    write("sections/02-repairs.yaml", "exhibits:\n", f"exhibits:\n{quote}")
    write("sections/02-repairs.yaml", "  @latest\n", "  @latest\n\n  @said\n")
    assert typed(starter) == []


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("{{ pipeline.plain }} million kilometres", "42.5 million"),
        ("It sank to −{{ pipeline.plain }}", "−42.5"),
        ("On {{ pipeline.as_of }}{{ pipeline.plain }}", "202642.5"),
        ("{{ pumps.plain }}\\000", "14000"),
        ("Some \\1{{ pipeline.plain }}", "142.5"),
        ("Some {{ pumps.plain }}\\½", "14½"),
        ("They cost ({{ pipeline.plain }}k)", "42.5k"),
        ("The A{{ pumps.plain }}", "A14"),
        ("Of all {{ pipeline.plain }}%, they say", "42.5%"),
        ("Of all {{ pumps.plain }} per cent", "14 per cent"),
        ("Of all {{ pumps.plain }} percent", "14 percent"),
        ("It rose by {{ points.plain }}%", "0.5%"),
        ("It rose by {{ points.plain }} %", "0.5 %"),
        ("It cost €{{ pumps.plain }}", "€14"),
        ("It cost {{ pumps.plain }} EUR", "14 EUR"),
        ("It cost €{{ dollars.plain }}", "€5,000"),
        ("It cost {{ dollars.plain }} EUR", "5,000 EUR"),
        ("It cost {{ dollars.plain }} bn", "5,000 bn"),
        ("There are {{ pumps.plain }} lakh", "14 lakh"),
        ("There are {{ pumps.plain }} hundred", "14 hundred"),
    ],
)
def test_what_stands_about_a_value_makes_no_other_number_of_it(
    starter: Path, write: Write, words: str, read: str
) -> None:
    points = "points: {amount: 0.5, unit: percentage points, by: Office, as_of: 2026-02-20, source: survey}"
    dollars = "dollars: {amount: 5000, unit: USD, by: Office, as_of: 2026-02-20, source: survey}"
    write("values.yaml", "pipeline:\n  amount: 42.5", f"{points}\n{dollars}\npipeline:\n  amount: 42.5")
    write("sections/02-repairs.yaml", "It puts the cost at {{ repair-cost }}", f"'{words}, {{{{ repair-cost }}}}'")
    (finding,) = load(starter)[1]
    assert (finding.code, finding.place.file) == ("altered-value", "sections/02-repairs.yaml")
    assert f"{read!r}" in finding.message


@pytest.mark.parametrize(
    "words",
    [
        "about {{ pipeline }} – {{ pipeline.plain }}",
        "{{ pipeline.plain }} to {{ pipeline.plain }} kilometres",
        "({{ pipeline.plain }})-{{ pipeline.plain }}-",
        "{{ pumps.plain }}/{{ pumps.plain }} or {{ pumps.plain }}/{{ dollars.plain }} of them",
        "{{ share.plain }}% of it, or {{ share.plain }} percent, or {{ share.plain }} per cent",
        "€{{ euros.plain }} million, or {{ euros.plain }} million EUR, €{{ euros.plain }} to €{{ euros.plain }}",
        "${{ dollars.plain }}, or {{ dollars.plain }} USD",
        "{{ thousands }} thousand people",
        "\u0648{{ pumps.plain }} pumps",
    ],
)
def test_words_about_a_value_that_leave_it_as_it_is_may_stand_there(starter: Path, write: Write, words: str) -> None:
    own = "pipeline:\n  amount: 42.5"
    counted = "thousands: {amount: 12, unit: thousand people, by: Office, as_of: 2026-02-20, source: survey}"
    share = "share: {amount: 42.5, unit: percent, by: Office, as_of: 2026-02-20, source: survey}"
    euros = "euros: {amount: 12, unit: million euros, by: Office, as_of: 2026-02-20, source: survey}"
    dollars = "dollars: {amount: 5000, unit: USD, by: Office, as_of: 2026-02-20, source: survey}"
    write("values.yaml", own, f"{counted}\n{share}\n{euros}\n{dollars}\n{own}")
    write("sections/02-repairs.yaml", "It puts the cost at {{ repair-cost }}", f"'{words}, {{{{ repair-cost }}}}'")
    assert load(starter)[1] == []


def test_a_number_typed_beside_a_value_is_one_fault(starter: Path, write: Write) -> None:
    write("sections/02-repairs.yaml", "It puts the cost at {{ repair-cost }}", "'{{ pipeline.plain }},000 of it'")
    assert [finding.code for finding in load(starter)[1]] == ["typed-numeral"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Revenue was {{ money.plain }}", 1),
        ("Revenue was €{{ money }}, of which {{ money.plain }}", 2),
        ("Revenue was {{ money }} million", 0),
        ("Revenue was between {{ money }} and {{ money }} million EUR", 0),
        ("Revenue in EUR mn was {{ money }}", 0),
    ],
)
def test_a_value_in_millions_is_told_where_no_word_says_so(starter: Path, write: Write, words: str, told: int) -> None:
    money = "money: {amount: 360.5, unit: million EUR, by: Office, as_of: 2026-02-20, source: survey}"
    write("values.yaml", "pipeline:\n  amount: 42.5", f"{money}\npipeline:\n  amount: 42.5")
    write("sections/02-repairs.yaml", "It puts the cost at {{ repair-cost }}", f"'{words}, {{{{ repair-cost }}}}'")
    findings = load(starter)[1]
    assert {(found.code, found.severity) for found in findings} == ({("unsaid-unit", "warning")} if told else set())


@pytest.mark.parametrize(
    ("typed", "again"),
    [
        ("At least {{ pumps }} pumps", "at least"),
        ("They count at least\n  {{ pumps }} pumps", "at least"),
        ("Between {{ repair-cost }} is needed", "between"),
        ("Between {{ repair-cost.plain }} dollars", "between"),
        ("A share of {{ share.plain }} per cent, {{ share.plain }}%", ""),
        ("A pipe of {{ pipeline }} kilometres, no less", "kilometres"),
        ("A share of {{ share }}%", "%"),
        ("A share of {{ share }} per cent.", "per cent"),
        ("A share of {{ share }} % of all", "%"),
        ("A grant of ${{ grant }}", "$"),
        ("A grant of US$ {{ grant }}", "us$"),
        ("At least {{ pumps.plain }} pumps", ""),
        ("From {{ repair-cost }} is needed, as of {{ pumps.as_of }} 2026", ""),
        ("The dollars are {{ grant }}; kilometres: {{ pipeline }}, per cent: {{ share }}, of course", ""),
    ],
)
def test_what_a_value_prints_is_not_typed_beside_it_too(starter: Path, write: Write, typed: str, again: str) -> None:
    by = "{unit: %s, by: District Water Office, as_of: 2026-02-20, source: survey, %s}\n"
    added = f"share: {by % ('percent', 'amount: 62')}grant: {by % ('USD', 'amount: 2_500_000')}pumps:\n"
    write("values.yaml", "pumps:\n", added)
    write("sections/02-repairs.yaml", "  @latest\n", f"  {typed}\n\n  @latest\n")
    _, findings = load(starter)
    place = "sections/02-repairs.yaml:10"
    assert [(type(each).__name__, str(each.place), getattr(each, "again", "")) for each in findings] == (
        [("SaidTwice", place, again)] if again else []
    )
