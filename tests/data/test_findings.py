"""Loading a folder: whatever is wrong with it is found, all of it, where it stands."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from data.check import check
from data.load import load, templated
from tests.data.spoils import Spoil, swap


def barred(more: str) -> Spoil:
    bars = f"  bars: {{chart: bars, title: Litres, data: supply.csv, value: litres, label: [district]{more}}}\n"

    def spoil(folder: Path) -> None:
        swap("sections/02-repairs.yaml", "  latest:\n", f"{bars}  latest:\n")(folder)
        swap("sections/02-repairs.yaml", "  @latest\n", "  @bars\n\n  @latest\n")(folder)

    return spoil


SPOILT: dict[str, tuple[Spoil, str, str, str]] = {
    # what is spoilt: (how, the finding's code, its file, a text of the line it must be on)
    "unknown key": (swap("briefing.yaml", "issuer:", "isuer:"), "unknown-key", "briefing.yaml", "isuer"),
    "missing key": (swap("briefing.yaml", "title:", "#"), "missing-key", "briefing.yaml", "subtitle"),
    "duplicate key": (swap("briefing.yaml", "page: a4", "title: x"), "duplicate-key", "briefing.yaml", "title: x"),
    "bad date": (swap("briefing.yaml", "2026-03-01", "2026-02-30"), "bad-date", "briefing.yaml", "2026-02-30"),
    "imprecise edition": (swap("briefing.yaml", "2026-03-01", "2026-03"), "bad-date", "briefing.yaml", "edition"),
    "bad choice": (swap("briefing.yaml", "page: a4", "page: a5"), "bad-field", "briefing.yaml", "a5"),
    "bad sides": (swap("briefing.yaml", "page: a4", "page: {sides: both}"), "bad-field", "briefing.yaml", "both"),
    "unknown language": (swap("briefing.yaml", "en-GB", "xx"), "unknown-language", "briefing.yaml", "language"),
    "language in another script": (
        swap("briefing.yaml", "en-GB", "en-Shaw"),
        "unknown-language",
        "briefing.yaml",
        "language",
    ),
    "hidden characters in the language": (
        swap("briefing.yaml", "en-GB", '"en-GB\\u200b"'),
        "unknown-language",
        "briefing.yaml",
        "language",
    ),
    "section that is not there": (
        swap("briefing.yaml", "repairs]", "repair]"),
        "unknown-section",
        "briefing.yaml",
        "repair]",
    ),
    "section that is not listed": (
        swap("briefing.yaml", ", repairs]", "]"),
        "unlisted-section",
        "sections/02-repairs.yaml",
        "",
    ),
    "section of a name in capitals": (
        lambda folder: shutil.copy(
            folder / "sections" / "02-repairs.yaml", folder / "sections" / "03-Repairs two.yaml"
        ),
        "misnamed-section",
        "sections/03-Repairs two.yaml",
        "",
    ),
    "section of another suffix": (
        lambda folder: shutil.copy(folder / "sections" / "02-repairs.yaml", folder / "sections" / "03-more.yml"),
        "misnamed-section",
        "sections/03-more.yml",
        "",
    ),
    "citation without an @": (
        swap("sections/01-supply.yaml", "[@register]", "[register]"),
        "unmarked-citation",
        "sections/01-supply.yaml",
        "[register]",
    ),
    "highlight that is not there": (
        swap("briefing.yaml", "pumps]", "pump]"),
        "unknown-value",
        "briefing.yaml",
        "pump]",
    ),
    "highlight without label": (
        swap("values.yaml", "  label: Pumps that need repair\n", ""),
        "missing-key",
        "values.yaml",
        "pumps:",
    ),
    "word for a number": (swap("values.yaml", "at_least: 14", "at_least: many"), "bad-number", "values.yaml", "many"),
    "two bounds": (
        swap("values.yaml", "at_least: 14", "at_least: 14\n  amount: 15"),
        "bad-field",
        "values.yaml",
        "pumps:",
    ),
    "range upside down": (swap("values.yaml", "1_200_000", "2_200_000"), "bad-field", "values.yaml", "repair-cost"),
    "no source": (swap("values.yaml", "  source: survey\n", ""), "missing-key", "values.yaml", "pumps:"),
    "unknown source": (
        swap("values.yaml", "source: survey", "source: surveys"),
        "unknown-source",
        "values.yaml",
        "surveys",
    ),
    "unit that is a symbol": (swap("series.yaml", "unit: litres", "unit: €"), "unknown-unit", "series.yaml", "€"),
    "unknown unit": (swap("values.yaml", "unit: USD", "unit: XQZ"), "unknown-unit", "values.yaml", "XQZ"),
    "conversion between kinds": (
        swap("values.yaml", "to: mile", "to: kilogram"),
        "no-conversion",
        "values.yaml",
        "kilogram",
    ),
    "circle": (
        swap("values.yaml", "convert: pipeline ", "convert: pipeline-miles "),
        "circular-value",
        "values.yaml",
        "convert",
    ),
    "no such row": (swap("values.yaml", "{district: North}", "{district: Nord}"), "no-row", "values.yaml", "Nord"),
    "one of several that is nowhere": (
        swap("values.yaml", "{district: North}", "{district: [North, Nord]}"),
        "no-row",
        "values.yaml",
        "Nord",
    ),
    "several rows": (swap("values.yaml", "  pick: last\n", ""), "several-rows", "values.yaml", "district: North"),
    "no such column": (
        swap("values.yaml", "column: litres", "column: liters"),
        "missing-column",
        "values.yaml",
        "liters",
    ),
    "no such condition": (swap("values.yaml", "{district:", "{distrikt:"), "missing-column", "values.yaml", "distrikt"),
    "empty cell": (swap("supply.csv", "193200", ""), "empty-cell", "values.yaml", "district: North"),
    "cell that is no number": (swap("supply.csv", "151000", "151 000"), "bad-cell", "supply.csv", "151 000"),
    "bound that is none": (swap("supply.csv", "about", "roughly"), "bad-cell", "supply.csv", "roughly"),
    "row without authority": (
        swap("supply.csv", "176500,about,Pumping stations", "176500,about,"),
        "missing-provenance",
        "supply.csv",
        "176500",
    ),
    "row without date": (
        swap("supply.csv", "2025-12-31,North", ",North"),
        "missing-provenance",
        "supply.csv",
        "176500",
    ),
    "row with a bad date": (
        swap("supply.csv", "2025-12-31,North", "31.12.2025,North"),
        "bad-date",
        "supply.csv",
        "176500",
    ),
    "row with an unknown source": (
        swap("supply.csv", "148000,,Pumping stations,register", "148000,,x,book"),
        "unknown-source",
        "supply.csv",
        "book",
    ),
    "ragged row": (swap("supply.csv", "148000,,", "148000,"), "ragged-row", "supply.csv", "148000"),
    "declared column that is missing": (
        swap("supply.csv", "counted_by", "counter"),
        "missing-column",
        "series.yaml",
        "by: counted_by",
    ),
    "file that is missing": (
        lambda folder: (folder / "supply.csv").unlink(),
        "file-unreadable",
        "series.yaml",
        "supply.csv",
    ),
    "sources that are missing": (lambda folder: (folder / "sources.yaml").unlink(), "file-missing", "sources.yaml", ""),
    "file outside the folder": (
        swap("series.yaml", "supply.csv:", "../supply.csv:"),
        "bad-field",
        "series.yaml",
        "../supply.csv",
    ),
    "unknown value": (
        swap(
            "sections/01-supply.yaml",
            "headline: The north pumps {{ litres-now }}",
            "headline: The north pumps {{ litre-now }}",
        ),
        "unknown-value",
        "sections/01-supply.yaml",
        "litre-now",
    ),
    "unknown part": (
        swap("sections/01-supply.yaml", "{{ litres-now.as_of }} [@", "{{ litres-now.asof }} [@"),
        "unknown-part",
        "sections/01-supply.yaml",
        "asof",
    ),
    "part that is not given": (
        swap("sections/01-supply.yaml", "{{ litres-now.as_of }} [@", "{{ litres-now.since }} [@"),
        "part-not-given",
        "sections/01-supply.yaml",
        ".since",
    ),
    "unknown citation": (
        swap("sections/01-supply.yaml", "[@survey]", "[@survy]"),
        "unknown-source",
        "sections/01-supply.yaml",
        "survy",
    ),
    "mention in capitals": (
        swap("sections/01-supply.yaml", "  @supply shows", "  @Supply shows"),
        "unknown-exhibit",
        "sections/01-supply.yaml",
        "@Supply shows",
    ),
    "mention with an underscore": (
        swap("sections/01-supply.yaml", "  @supply shows", "  @supply_now shows"),
        "unknown-exhibit",
        "sections/01-supply.yaml",
        "@supply_now shows",
    ),
    "unknown mention": (
        swap("sections/01-supply.yaml", "@supply shows", "@suply shows"),
        "unknown-exhibit",
        "sections/01-supply.yaml",
        "suply",
    ),
    "exhibit without a place": (
        swap("sections/01-supply.yaml", "\n  @supply\n", "\n"),
        "exhibit-placement",
        "sections/01-supply.yaml",
        "  supply:",
    ),
    "exhibit of no kind": (
        swap("sections/01-supply.yaml", "chart: line", "chart: pie"),
        "bad-field",
        "sections/01-supply.yaml",
        "chart: pie",
    ),
    "populations drawn as one": (
        swap("sections/01-supply.yaml", "    lines: district\n", ""),
        "mixed-populations",
        "sections/01-supply.yaml",
        "chart: line",
    ),
    "range of one number": (
        swap("values.yaml", "between: [1_200_000, 1_500_000]", "between: [1_500_000, 1_500_000]"),
        "bad-field",
        "values.yaml",
        "repair-cost",
    ),
    "populations drawn as one line": (
        swap("sections/01-supply.yaml", "lines: district", "lines: counted_by"),
        "mixed-populations",
        "sections/01-supply.yaml",
        "lines: counted_by",
    ),
    "populations that a table does not name": (
        swap("sections/02-repairs.yaml", "      - {column: district, title: District}\n", ""),
        "mixed-populations",
        "sections/02-repairs.yaml",
        "columns:",
    ),
    "measure that is none": (
        swap("sections/01-supply.yaml", "y: litres", "y: liters"),
        "missing-column",
        "sections/01-supply.yaml",
        "y: liters",
    ),
    "link of another scheme": (
        swap("sections/01-supply.yaml", "[@survey].", "[x](file:///x)."),
        "bad-link",
        "sections/01-supply.yaml",
        "file:",
    ),
    "picture in a text": (
        swap("sections/01-supply.yaml", "[@survey].", "![x](x.png)."),
        "unsupported-markdown",
        "sections/01-supply.yaml",
        "x.png",
    ),
    "list in a headline": (
        swap("sections/01-supply.yaml", "headline: The north", "headline: '- The north'  #"),
        "unsupported-markdown",
        "sections/01-supply.yaml",
        "headline",
    ),
    "yes without quotes": (
        swap("sections/01-supply.yaml", "title: Supply", "title: yes"),
        "ambiguous-text",
        "sections/01-supply.yaml",
        "title: yes",
    ),
    "point of thousands in a cell": (
        swap("supply.csv", "148000", "148.000"),
        "thousands-point",
        "supply.csv",
        "148.000",
    ),
    "point of thousands": (
        swap("values.yaml", "at_least: 14 ", "at_least: 14.250 "),
        "thousands-point",
        "values.yaml",
        "",
    ),
    "population in other letters": (
        swap("supply.csv", "2026-02-28,South", "2026-02-28,SOUTH"),
        "alike-names",
        "supply.csv",
        "SOUTH",
    ),
    "counted since a later day": (
        swap("values.yaml", "as_of: 2026-02-20", "as_of: 2026-02-20\n  since: 2026-03"),
        "bad-field",
        "values.yaml",
        "since: 2026-03",
    ),
    "pale accent": (
        swap("briefing.yaml", "page: a4", "theme: {accent: '#ffe680'}\npage: a4"),
        "low-contrast",
        "briefing.yaml",
        "#ffe680",
    ),
    "pale population": (
        swap("briefing.yaml", "page: a4", "theme: {series: ['#000000', '#333333', '#ffffff', '#555555']}\npage: a4"),
        "low-contrast",
        "briefing.yaml",
        "#ffffff",
    ),
    "two sections of one name": (
        lambda folder: shutil.copy(folder / "sections" / "02-repairs.yaml", folder / "sections" / "00-repairs.yaml"),
        "bad-field",
        "sections/02-repairs.yaml",
        "",
    ),
    "table of Markdown": (
        swap("sections/02-repairs.yaml", "  @latest\n", "  | a | b |\n  |---|---|\n  | x | y |\n\n  @latest\n"),
        "unsupported-markdown",
        "sections/02-repairs.yaml",
        "| a | b |",
    ),
    "name of a file in capitals": (
        swap("series.yaml", "supply.csv:", "supply.CSV:"),
        "bad-field",
        "series.yaml",
        "CSV",
    ),
    "merged cells of a population": (
        swap("supply.csv", "2026-02-28,North", "2026-02-28,"),
        "missing-name",
        "supply.csv",
        "2026-02-28,,193200",
    ),
    "merged cells of what are lines": (
        lambda folder: (
            swap("series.yaml", "population: district", "# none")(folder),
            swap("supply.csv", "2025-12-31,South", "2025-12-31,")(folder),
        )[0],
        "missing-name",
        "supply.csv",
        "2025-12-31,,151000",
    ),
    "merged cells of what bars are called": (
        lambda folder: (
            swap("series.yaml", "population: district", "# none")(folder),
            swap("supply.csv", "2026-02-28,South", "2026-02-28,")(folder),
            barred("")(folder),
        )[0],
        "missing-name",
        "supply.csv",
        "2026-02-28,,150400",
    ),
    "merged cells of a group": (barred(", group: bound"), "missing-name", "supply.csv", "2025-09-30,North"),
    "tab in the indent": (
        swap("sections/01-supply.yaml", "    data:", "\tdata:"),
        "yaml-syntax",
        "sections/01-supply.yaml",
        "",
    ),
}


@pytest.mark.parametrize("what", SPOILT)
def test_what_is_wrong_is_found_where_it_stands(what: str, starter: Path) -> None:
    spoil, code, file, text = SPOILT[what]
    spoil(starter)
    briefing, findings = load(starter)
    found = [finding for finding in findings if finding.code == code]
    assert found, [str(finding) for finding in findings]
    assert found[0].place.file == file
    if text:
        lines = (starter / file).read_text(encoding="utf-8").splitlines()
        near = lines[max(0, found[0].place.line - 2) : found[0].place.line + 1]
        assert any(text in line for line in near), (str(found[0]), near)
    assert briefing is None or found[0].severity == "warning"
    assert all(finding.message for finding in findings)


def test_all_findings_come_at_once(starter: Path) -> None:
    for name in ("unknown key", "word for a number", "bound that is none", "unknown mention", "picture in a text"):
        SPOILT[name][0](starter)
    briefing, findings = load(starter)
    assert briefing is None
    codes = {finding.code for finding in findings}
    assert codes >= {"unknown-key", "bad-number", "bad-cell", "unknown-exhibit", "unsupported-markdown"}
    assert "unknown-value" not in codes, "a value that was declared but is wrong is one fault, not many"


def test_a_key_without_a_name_hides_no_other_unknown_one(starter: Path) -> None:
    swap("briefing.yaml", "title:", '"": none\nother: none\ntitle:')(starter)
    findings = load(starter)[1]
    assert [(finding.code, finding.place.line) for finding in findings] == [("unknown-key", 3), ("unknown-key", 4)]


def test_one_fault_is_one_finding(starter: Path) -> None:
    SPOILT["word for a number"][0](starter)
    assert [finding.code for finding in load(starter)[1]] == ["bad-number"]


def test_the_exhibits_of_a_section_that_cannot_be_read_are_not_unknown(starter: Path) -> None:
    swap("sections/01-supply.yaml", "title: Supply", "title: Supply: the north")(starter)
    swap("briefing.yaml", "An empty cell means", "@supply has gaps: an empty cell means")(starter)
    assert [finding.code for finding in load(starter)[1]] == ["yaml-syntax"]


def test_a_row_with_an_error_breaks_no_total_of_figures(starter: Path) -> None:
    """The latest of what is left may be an older number than the total's."""
    swap("series.yaml", "  population: district", "#")(starter)
    swap("supply.csv", "source\n", "source\n2026-02-28,Both,343600,,Pumping stations,register\n")(starter)
    latest = "{from: supply.csv, where: {district: %s}, column: litres, pick: last, label: Litres}"
    values = [f"litres-{name.lower()}: {latest % name}\n" for name in ("North", "South", "Both")]
    swap("values.yaml", "pumps:\n", f"{''.join(values)}pumps:\n")(starter)
    figures = "{figures: [litres-north, litres-south, litres-both], total: litres-both, title: Litres a day}"
    swap("sections/02-repairs.yaml", "  latest:\n", f"  sums: {figures}\n  latest:\n")(starter)
    swap("sections/02-repairs.yaml", "  @latest\n", "  @sums\n\n  @latest\n")(starter)
    assert not load(starter)[1]
    swap("supply.csv", "2026-02-28,South", "28/02/2026,South")(starter)
    assert [finding.code for finding in load(starter)[1]] == ["bad-date"]


def test_rows_that_contradict_each_other_are_both_shown(starter: Path) -> None:
    swap("supply.csv", "2026-02-28,South", "2026-02-28,North,197300,about,Water users,survey\n2026-02-28,South")(
        starter
    )
    line, finding = load(starter)[1]
    assert (finding.code, finding.place.file) == ("several-rows", "values.yaml")
    assert (line.code, line.severity) == ("same-date", "warning"), "and the chart's line runs through both"
    for row in ("line 4: 193200 (2026-02-28, Pumping stations)", "line 7: about 197300 (2026-02-28, Water users)"):
        assert row in finding.message


def test_hints_name_what_was_probably_meant(starter: Path) -> None:
    SPOILT["unknown value"][0](starter)
    assert "litres-now" in load(starter)[1][0].hint


def test_widths_may_be_shares_of_a_hundred(starter: Path) -> None:
    swap("sections/02-repairs.yaml", "title: District}", "title: District, width: 60}")(starter)
    assert not load(starter)[1]


def test_hints_do_not_mind_capitals(starter: Path) -> None:
    swap("supply.csv", "Pumping stations,register", "Pumping stations,REGISTER")(starter)
    swap("series.yaml", "by: counted_by", "by: COUNTED_BY")(starter)
    assert {finding.hint.partition("?")[0] for finding in load(starter)[1]} >= {"Did you mean 'counted_by'"}
    swap("series.yaml", "by: COUNTED_BY", "by: counted_by")(starter)
    assert load(starter)[1][0].hint.startswith("Did you mean 'register'?")


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (swap("sections/02-repairs.yaml", "[@survey]", "(@survey)"), "cite it as [@survey]"),
        (swap("values.yaml", "amount: 42.5", "amount: −42.5"), "Write -42.5"),
        (swap("sections/02-repairs.yaml", "  - It puts the cost", "  - Cost: it is put"), "needs quotes around it"),
        (swap("series.yaml", "supply.csv:", "supply.CSV:"), "a file of the folder that ends with .csv"),
        (swap("supply.csv", "2025-12-31,North", "2026-02-28,North"), "Name more columns, until one is left."),
        (swap("series.yaml", "{unit: litres", "{unit: euros"), "is written EUR"),
        (swap("values.yaml", "unit: pumps", "unit:\u00a0pumps"), "There is a no-break space"),
        (swap("values.yaml", "  unit: pumps", "\u00a0 unit: pumps"), "There is a no-break space"),
        (swap("sections/02-repairs.yaml", "- It puts", "- @latest puts"), "begins with this character needs quotes"),
        (swap("sections/02-repairs.yaml", "- It puts", '- "It" puts'), "quotes of the other kind"),
        (swap("sections/02-repairs.yaml", "title: Repairs", "title: 'The pumps' repair'"), "an apostrophe between"),
        (
            swap("sections/02-repairs.yaml", "- It puts", '- "It puts'),
            "6:5: error [yaml-syntax] This is not valid YAML: what is opened here is never closed.  (Close it",
        ),
        (swap("briefing.yaml", "page: a4", "theme: {series: [#1b5e7a, #b5541c]}"), "write '#0f4c5c' with its quotes"),
        (swap("briefing.yaml", "page: a4", "theme:\n  accent: #0f4c5c"), "such as '#0f4c5c', with its quotes"),
        (lambda folder: (folder / "supply.csv").write_bytes(b"caf\xe9"), "CSV UTF-8"),
        (swap("briefing.yaml", "page: a4", "theme: {justify: yes}"), "on or off is true or false"),
        (swap("sections/02-repairs.yaml", "{{ repair-cost }}", "{{ repair_cost }}"), "Write {{ repair-cost }}"),
        (swap("sections/02-repairs.yaml", "{{ pumps.as_of", "{{ my_pumps.as_of"), "Write {{ my-pumps.as_of }}"),
        (swap("sections/02-repairs.yaml", "{{ repair-cost }}", "{repair-cost}"), "Write {{ repair-cost }}"),
        (swap("sections/02-repairs.yaml", "{{ repair-cost }}", "{{ the cost (USD) }}"), "Write {{ name }}"),
    ],
)
def test_the_advice_helps(spoil: Callable[[Path], None], told: str, starter: Path) -> None:
    spoil(starter)
    assert any(told in str(finding) for finding in load(starter)[1]), load(starter)[1]


LAYOUTS = swap("briefing.yaml", "page: a4", "page: a4\nlayouts: {exhibit: Chart page}")


def test_layouts_of_a_template_that_the_command_names_have_their_effect(starter: Path, tmp_path: Path) -> None:
    LAYOUTS(starter)
    briefing, _ = load(starter)
    assert briefing
    (tmp_path / "corp.potx").write_bytes(b"whatever it holds")
    on, found = templated(briefing, tmp_path / "corp.potx")
    assert [*found, *check(on)] == []
    none, found = templated(briefing, tmp_path / "missing.potx")
    assert [finding.code for finding in [*found, *check(none)]] == ["template-missing"]


EMPTY = "2025-09-30,West,,,Pumping stations,register\n2025-12-31,West,,,Pumping stations,register\n"


def points(count: int) -> Spoil:
    return swap(
        "sections/01-supply.yaml", "body: |", "".join(f"  - More, {'x' * at}\n" for at in range(count)) + "body: |"
    )


def emptied(folder: Path) -> None:
    swap("supply.csv", "2025-09-30,South", f"{EMPTY}2025-09-30,South")(folder)
    swap("sections/01-supply.yaml", "lines: district", "lines: district\n    where: {district: West}")(folder)


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (points(3), []),
        (points(4), ["[point-count] The section 'Supply' has 6 points;"]),
        (
            swap("sections/01-supply.yaml", "  - The south's supply has hardly moved since the autumn\n", ""),
            ["[point-count] The section 'Supply' has one point;"],
        ),
        (emptied, ["[nothing-to-draw] The exhibit 'supply' has no row with a number"]),
        (LAYOUTS, ["briefing.yaml:layouts: warning [layouts-unused] The deck has no template of its own"]),
    ],
    ids=["five points", "six points", "one point", "a chart of empty cells", "layouts of no template"],
)
def test_what_says_less_than_it_should_is_told_and_printed(spoil: Spoil, told: list[str], starter: Path) -> None:
    spoil(starter)
    briefing, findings = load(starter)
    assert briefing, findings
    found = [str(finding) for finding in check(briefing)]
    assert len(found) == len(told) and all(text in one for text, one in zip(told, found, strict=True)), found
