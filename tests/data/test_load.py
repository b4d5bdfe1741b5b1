"""Loading a folder: what it means."""

import json
import re
from pathlib import Path
from unicodedata import normalize

import pytest

from data.building.noticed import unnoticed
from data.check import check
from data.load import load
from data.model import BarChart, DotChart, LineChart, Number, Paragraph, Table, plain
from data.schema import SCHEMA_FOLDER, json_schemas
from tests.data.spoils import Spoil, add_column, line_of, swap
from tests.edits import BARS

ROOT = Path(__file__).resolve().parents[2]


def test_the_starter_loads_without_a_finding(starter: Path) -> None:
    briefing, findings = load(starter)
    assert findings == []
    assert briefing is not None
    assert check(briefing) == []


def test_a_value_keeps_its_provenance_and_its_line(starter: Path) -> None:
    briefing, _ = load(starter)
    assert briefing is not None
    quantity = briefing.values["litres-now"]
    assert (quantity.low, quantity.by, str(quantity.as_of), quantity.source) == (
        193200,
        "Pumping stations",
        "2026-02-28",
        "register",
    )
    assert str(quantity.place) == f"supply.csv:{line_of(starter, 'supply.csv', '193200')}:litres"
    miles = briefing.values["pipeline-miles"]
    assert float(miles.low or 0) == pytest.approx(42.5 / 1.609344)


def test_the_page_is_a_size_or_a_size_and_its_sides(starter: Path) -> None:
    found = []
    for old, new in (("page: a4", "page: letter"), ("letter", "{size: letter, sides: two}"), ("size: letter, ", "")):
        swap("briefing.yaml", old, new)(starter)
        briefing, findings = load(starter)
        assert briefing is not None, findings
        found.append((briefing.page, briefing.sides))
    assert found == [("letter", "one"), ("letter", "two"), ("a4", "two")]


def test_exhibits_name_the_file_of_their_rows(starter: Path) -> None:
    briefing, _ = load(starter)
    assert briefing is not None
    files = {id: exhibit.caption.series for section in briefing.sections for id, exhibit in section.exhibits.items()}
    assert files["supply"] == files["latest"] == "supply.csv"


def test_an_edited_cell_moves_everywhere(starter: Path) -> None:
    swap("supply.csv", "193200", "201999")(starter)
    briefing, findings = load(starter)
    assert briefing is not None, findings
    supply, repairs = briefing.sections
    chart, table = supply.exhibits["supply"], repairs.exhibits["latest"]
    assert isinstance(chart, LineChart)
    assert isinstance(table, Table)
    places = [
        plain(supply.headline),
        plain(supply.points[0]),
        plain(supply.body[0].text),  # type: ignore[union-attr]
        plain(chart.caption.alt),
        chart.lines[0].points[-1].value.text,
        plain(table.rows[0][1]),
        briefing.highlights[0].value.text,
        plain(briefing.summary[0].text),  # type: ignore[union-attr]
    ]
    assert all("201,999" in place for place in places), places
    assert "193,200" not in repr(briefing)


def test_exhibits_are_numbered_in_order_of_placement_and_mentions_follow(starter: Path) -> None:
    swap("sections/02-repairs.yaml", "  @latest\n", "  See @supply and @latest.\n\n  @latest\n")(starter)
    briefing, findings = load(starter)
    assert briefing is not None, findings
    assert "See Figure 1 and Table 1." in plain(briefing.sections[1].body[1].text)  # type: ignore[union-attr]


def test_the_credit_names_who_where_and_when(starter: Path) -> None:
    briefing, _ = load(starter)
    assert briefing is not None
    credit = plain(briefing.sections[0].exhibits["supply"].caption.credit).replace("\u00a0", " ")
    assert credit == (
        "Pumping stations. Source: District Water Office. As of dates between 30 September 2025 and 28 February 2026."
    )


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (swap("briefing.yaml", "title:", "theme: {accent: red}\ntitle:"), "accent: this should be a colour such as"),
        (
            swap("briefing.yaml", "title:", "theme: {series: ['#111111']}\ntitle:"),
            "series: at least 4 entries must stand here, not 1.",
        ),
        (swap("sections/01-supply.yaml", "points:", "points: 5\n#"), "not valid YAML"),
        (swap("sections/01-supply.yaml", "  - The south", "  - [a]\n  - The south"), "points: this should be a text."),
        (swap("sources.yaml", "url: https://", "url: ftp://"), "url: this should be an address that begins with https"),
        (swap("sections/02-repairs.yaml", "    columns:", "    figures: [pumps]\n    columns:"), "Known here: "),
        (swap("briefing.yaml", "[litres-now,", "[litres now,"), "highlights: names are lower-case letters, digits and"),
        (swap("briefing.yaml", "District Water Office", "''"), "issuer: this is empty."),
        (
            swap("sections/02-repairs.yaml", "table: supply.csv", "table: [[Pump, State], [One, '']]\n#"),
            "table: this cell is empty; write a dash",
        ),
        (lambda folder: (folder / "values.yaml").write_text("- a\n"), "values.yaml: this should be names, each with"),
        (lambda folder: (folder / "supply.csv").unlink(), "or take this entry out."),
        (lambda folder: (folder / "sections" / "02-repairs.yaml").unlink(), "take the name out of `sections`."),
    ],
)  # fmt: skip
def test_findings_speak_of_the_files_and_of_nothing_behind_them(spoil: Spoil, said: str, starter: Path) -> None:
    spoil(starter)
    _, findings = load(starter)
    assert sum(said in str(finding) for finding in findings) == 1, findings
    assert not any(word in str(finding) for finding in findings for word in ("dictionary", "validation", "pattern"))


def test_populations_that_share_a_colour_in_a_line_chart_are_warned_of(starter: Path) -> None:
    places = [f"Place {n}" for n in range(9)]
    rows = "".join(f"2026-02-28,{place},{n + 1},,Pumping stations,register\n" for n, place in enumerate(places))
    with (starter / "supply.csv").open("a", encoding="utf-8") as file:
        file.write(rows)
    _, findings = load(starter)
    (said,) = (str(finding) for finding in findings)
    assert "warning [shared-colour] Populations of 'supply' share a colour: 'Place 4', 'Place 5', 'Place 6'" in said
    assert said.startswith("sections/01-supply.yaml")
    swap("sections/01-supply.yaml", "    y: litres", "    where: {district: [North, South, Place 1]}\n    y: litres")(
        starter
    )
    assert load(starter)[1] == []


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("62,4", "write 62.4 for a decimal comma."),
        ("1,200", "write 1.200 for a decimal comma, 1200 for a thousands separator."),
        ("65.2%", "write 65.2: the unit stands in series.yaml."),
        ("€210.4", "write 210.4: the unit"),
        ("−12.7", "write -12.7."),
        ("1 200 000", "write 1200000."),
        ("n/a", "or leave the cell empty where no number is given."),
    ],
)
def test_what_looks_like_a_number_is_told_how_to_become_one(cell: str, said: str, starter: Path) -> None:
    swap("supply.csv", "182000", f'"{cell}"')(starter)
    (finding,) = load(starter)[1]
    assert finding.code == "bad-cell" and said in str(finding)


@pytest.mark.parametrize(
    ("spoil", "file", "line", "said"),
    [
        (swap("sections/01-supply.yaml", "  - The south", "\t- The south"), "sections/01-supply.yaml", "\t- ", "a tab"),
        (swap("briefing.yaml", "highlights: [", "highlights: [{{ x }}, "), "briefing.yaml", "highlights", "quotes"),
        (swap("sections/02-repairs.yaml", "headline: '{{ pumps }}", "headline: {{ pumps }}  # '"), "", "", "quotes"),
        (swap("supply.csv", "litres,bound", "liters,bound"), "series.yaml", "litres:", "no column 'litres'"),
        (swap("supply.csv", "counted_by", "countedby"), "series.yaml", "by: counted_by", "no column 'counted_by'"),
    ],
)  # fmt: skip
def test_a_finding_names_its_line_and_its_remedy(spoil: Spoil, file: str, line: str, said: str, starter: Path) -> None:
    spoil(starter)
    findings = [finding for finding in load(starter)[1] if said in str(finding)]
    assert findings, load(starter)[1]
    if file:
        assert (findings[0].place.file, findings[0].place.line) == (file, line_of(starter, file, line))


@pytest.mark.parametrize(
    ("spoil", "codes"),
    [
        (swap("briefing.yaml", "edition: 2026-03-01", "allow: [Pump 14]\nedition: soon"), ["bad-date"]),
        (swap("supply.csv", "193200", "193k"), ["bad-cell"]),
    ],
)
def test_an_error_draws_no_false_ones_after_it(spoil: Spoil, codes: list[str], starter: Path) -> None:
    swap("sections/01-supply.yaml", "hardly moved", "hardly moved at Pump 14")(starter)
    if codes == ["bad-cell"]:
        swap("briefing.yaml", "stale_after: 90 days", "allow: [Pump 14]\nstale_after: 70 days")(starter)
    spoil(starter)
    assert [finding.code for finding in load(starter)[1]] == codes


def test_a_key_that_is_unknown_hides_nothing(starter: Path) -> None:
    swap("sections/01-supply.yaml", "    y: litres", "    y: liters\n    colour: red")(starter)
    swap("values.yaml", "at_least: 14", "at_least: 14\n  about: 12\n  bi: me")(starter)
    found = {(finding.code, finding.place.file) for finding in load(starter)[1]}
    assert {
        ("unknown-key", "sections/01-supply.yaml"),
        ("missing-column", "sections/01-supply.yaml"),
        ("unknown-key", "values.yaml"),
        ("bad-field", "values.yaml"),
    } <= found


@pytest.mark.parametrize(
    ("spoil", "line", "known"),
    [
        (
            swap("values.yaml", "  pick: last", "  decimals: 1\n  pick: last"),
            "decimals: 1",
            "column, from, label, note, pick, stale_after, where.",
        ),
        (swap("values.yaml", "  to: mile", "  bi: me\n  to: mile"), "bi: me", "convert, decimals, label, note, to."),
        (
            swap("sections/02-repairs.yaml", "exhibits:", "exhibits:\n  a: {figures: [pumps], title: A,\n    foo: 1}"),
            "foo: 1",
            "alt, figures, note, takeaway, title, total.",
        ),
    ],
)  # fmt: skip
def test_a_key_of_another_kind_of_entry_is_one_finding_on_its_line(
    spoil: Spoil, line: str, known: str, starter: Path
) -> None:
    spoil(starter)
    swap("sections/02-repairs.yaml", "  @latest\n", "  @latest\n\n  @a\n" if line == "foo: 1" else "  @latest\n")(
        starter
    )
    (finding,) = load(starter)[1]
    assert (finding.code, finding.place.line) == ("unknown-key", line_of(starter, finding.place.file, line))
    assert finding.hint.endswith(known)


@pytest.mark.parametrize(
    ("blank", "joined", "said"),
    [
        (["2025-12-31,North,176500"], (True, False), "No number is given for North, 31 December 2025. Pumping"),
        (
            ["2025-12-31,North,176500", "2026-02-28,South,150400"],
            (True, False),
            "No number is given for North, 31 December 2025; South, 28 February 2026. Pumping",
        ),
        (
            ["2025-09-30,South,148000", "2025-12-31,South,151000", "2026-02-28,South,150400"],
            (True, True, True),
            "South",
        ),
        (
            ["2025-10-01,North,1", "2025-10-02,North,2", "2025-12-31,North,176500", "2026-01-01,North,3"],
            (True, False, False),
            "No number is given for North, some dates between 1 October 2025 and 1 January 2026. Pumping",
        ),
    ],
)
def test_an_empty_cell_breaks_its_line_and_is_told(
    blank: list[str], joined: tuple[bool, ...], said: str, starter: Path
) -> None:
    more = ("2025-10-01,North,1", "2025-10-02,North,2", "2025-12-01,North,9", "2026-01-01,North,3")
    with (starter / "supply.csv").open("a", encoding="utf-8") as file:
        file.writelines(f"{row},,Pumping stations,register\n" for row in more if len(blank) > 3)
    for row in blank:
        swap("supply.csv", row, row.rpartition(",")[0] + ",")(starter)
    briefing, findings = load(starter)
    assert briefing is not None, findings
    chart = briefing.sections[0].exhibits["supply"]
    assert isinstance(chart, LineChart)
    assert tuple(point.joined for point in chart.lines[0].points) == joined
    credit, alt = (plain(text).replace("\u00a0", " ") for text in (chart.caption.credit, chart.caption.alt))
    assert said in credit and credit.partition(" Pumping")[0] in alt


def test_an_empty_cell_is_a_dash_in_a_table_and_named_under_a_bar_chart(starter: Path) -> None:
    swap("supply.csv", "2026-02-28,South,150400", "2026-02-28,South,")(starter)
    bars = "  bars: {chart: bars, title: Litres, data: supply.csv, where: {date: 2026-02-28}, value: litres, "
    swap("sections/02-repairs.yaml", "  latest:\n", f"{bars}label: [district]}}\n  latest:\n")(starter)
    swap("sections/02-repairs.yaml", "  @latest\n", "  @bars\n\n  @latest\n")(starter)
    briefing, findings = load(starter)
    assert briefing is not None, findings
    table, chart = (briefing.sections[1].exhibits[id] for id in ("latest", "bars"))
    assert isinstance(table, Table) and isinstance(chart, BarChart)
    assert [plain(row[1]) for row in table.rows] == ["193,200", "–"]
    assert plain(table.caption.credit).startswith("A dash stands where no number is given.")
    assert [row.label for group in chart.groups for row in group.rows] == ["North"]
    assert plain(chart.caption.credit).startswith("No number is given for South.")
    assert "No number is given for South." in plain(chart.caption.alt)


@pytest.mark.parametrize(("text", "said"), [(", text: place", "Mill Lane. Pumping stations."), ("", "Opened. ")])
def test_a_timeline_says_its_sentences_and_who_says_so(text: str, said: str, starter: Path) -> None:
    events = "date,what,place,by,source\n2025-10-02,Opened,Mill Lane.,Pumping stations,register\n"
    events += "".join(f"2026-01-{day:02d},Inspected,Shed.,Pumping stations,register\n" for day in range(1, 32)) * 2
    (starter / "events.csv").write_text(events, encoding="utf-8")
    with (starter / "series.yaml").open("a", encoding="utf-8") as file:
        file.write("events.csv: {title: Events, measures: {}, by: by, as_of: date, source: source}\n")
    chart = f"  events: {{chart: timeline, title: Events, data: events.csv, short: what{text}}}\n"
    swap("sections/02-repairs.yaml", "  latest:\n", f"{chart}  latest:\n")(starter)
    swap("sections/02-repairs.yaml", "  @latest\n", "  @events\n\n  @latest\n")(starter)
    briefing, findings = load(starter)
    assert briefing is not None, findings
    alt = plain(briefing.sections[1].exhibits["events"].caption.alt).replace("\u00a0", " ")
    assert alt.startswith(f"Timeline: Events. 2 October 2025: {said}")
    assert alt.count("January 2026: ") == 62


@pytest.mark.parametrize(("shown", "told"), [("", "193,200 (since revised)"), ("status", "193,200")])
def test_a_table_says_what_was_revised(shown: str, told: str, starter: Path) -> None:
    text = (starter / "supply.csv").read_text(encoding="utf-8").replace("bound,", "bound,status,")
    lines = [line.replace(",,", ",,,").replace(",about,", ",about,,") for line in text.splitlines()]
    text = "\n".join(lines).replace("193200,,,", "193200,,revised,")
    (starter / "supply.csv").write_text(text + "\n", encoding="utf-8")
    swap("series.yaml", "  source: source", "  source: source\n  status: status")(starter)
    if shown:
        column = "{column: litres, title: Litres a day}"
        swap("sections/02-repairs.yaml", column, f"{column}\n      - {{column: status, title: Status}}")(starter)
    briefing, findings = load(starter)
    assert briefing is not None, findings
    table = briefing.sections[1].exhibits["latest"]
    assert isinstance(table, Table)
    assert [plain(row[1]) for row in table.rows] == [told, "150,400"]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_letter_is_one_however_its_accent_was_typed(form: str, starter: Path) -> None:
    text = (starter / "supply.csv").read_text(encoding="utf-8").replace("North", normalize(form, "Köln"))
    (starter / "supply.csv").write_text(text, encoding="utf-8")
    swap("values.yaml", "{district: North}", "{district: Köln}")(starter)
    assert load(starter)[1] == []


def test_what_is_pasted_with_characters_that_nobody_sees_is_what_it_looks_like(starter: Path) -> None:
    swap("values.yaml", "{district: North}", "{district: No\u00adrth\u200b}")(starter)
    swap("values.yaml", "unit: pumps", "\u2060unit: pumps")(starter)
    swap("supply.csv", "2026-02-28,North", "2026-02-28,\u200bNorth")(starter)
    briefing, findings = load(starter)
    assert briefing and not findings
    assert briefing.values["litres-now"].low == 193200


def test_rows_in_groups_by_authority_name_it_once(starter: Path) -> None:
    dots = "  dots: {chart: dots, title: Litres, data: supply.csv, where: {district: South}, value: litres, "
    grouped = f"{dots}label: [date], group: counted_by}}\n  latest:\n"
    swap("sections/02-repairs.yaml", "  latest:\n", grouped)(starter)
    swap("sections/02-repairs.yaml", "  @latest\n", "  @dots\n\n  @latest\n")(starter)
    briefing, findings = load(starter)
    assert briefing is not None, findings
    chart = briefing.sections[1].exhibits["dots"]
    assert isinstance(chart, DotChart)
    assert [(group.name, {row.detail for row in group.rows}) for group in chart.groups] == [("Pumping stations", {""})]
    assert "Pumping stations" not in plain(chart.caption.credit)
    assert plain(chart.caption.alt).count("Pumping stations") == 1


def test_text_alternatives_say_what_is_disputed(starter: Path) -> None:
    text = (starter / "supply.csv").read_text(encoding="utf-8").replace("bound,", "bound,status,")
    lines = [line.replace(",,", ",,,").replace(",about,", ",about,,") for line in text.splitlines()]
    text = "\n".join(lines).replace("193200,,,", "193200,,disputed,").replace("150400,,,", "150400,,revised,")
    (starter / "supply.csv").write_text(text + "\n", encoding="utf-8")
    swap("series.yaml", "  source: source", "  source: source\n  status: status")(starter)
    dots = "  dots: {chart: dots, title: Litres, data: supply.csv, where: {date: 2026-02-28}, value: litres, "
    swap("sections/02-repairs.yaml", "  latest:\n", f"{dots}label: [district]}}\n  latest:\n")(starter)
    swap("sections/02-repairs.yaml", "  @latest\n", "  @dots\n\n  @latest\n")(starter)
    briefing, findings = load(starter)
    assert briefing is not None, findings
    line = plain(briefing.sections[0].exhibits["supply"].caption.alt).replace("\u00a0", " ")
    dots = plain(briefing.sections[1].exhibits["dots"].caption.alt)
    assert "193,200 (28 February 2026, disputed)" in line
    assert "150,400 (28 February 2026, since revised)" in line
    assert "193,200 (disputed)" in dots
    assert "150,400 (since revised)" in dots


def test_text_alternatives_of_lines_say_what_was_revised_between_their_ends(starter: Path) -> None:
    text = (starter / "supply.csv").read_text(encoding="utf-8").replace("bound,", "bound,status,")
    lines = [line.replace(",,", ",,,").replace(",about,", ",about,revised,") for line in text.splitlines()]
    (starter / "supply.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    swap("series.yaml", "  source: source", "  source: source\n  status: status")(starter)
    note = "    annotate:\n      - {where: {district: North, date: 2025-12-31}, text: Frost}\n"
    swap("sections/01-supply.yaml", "    annotate:\n", note)(starter)
    briefing, findings = load(starter)
    assert briefing is not None, findings
    said = plain(briefing.sections[0].exhibits["supply"].caption.alt).replace("\u00a0", " ")
    assert "193,200 (28 February 2026); about 176,500 (31 December 2025, since revised). South: 148,000" in said
    assert "31 December 2025: Frost, about 176,500 (since revised)" in said


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ("120000,", "highest: 900,000 (1 January 2026); lowest: 120,000 (15 January 2026)."),
        ("149000,", "150,400 (28 February 2026); highest: 900,000 (1 January 2026)."),
        ("147999.9,", "150,400 (28 February 2026); highest: 900,000 (1 January 2026)."),
        ("120000,at least", "150,400 (28 February 2026); at least 120,000 (15 January 2026)."),
        ("120000,up to", "(28 February 2026); highest: 900,000 (1 January 2026); up to 120,000 (15 January 2026)."),
    ],
)
def test_text_alternatives_of_lines_say_how_far_they_go_between_their_ends(
    counts: str, told: str, starter: Path
) -> None:
    """What a limit leaves open is not said to be the highest or the lowest, and no number is said twice."""
    swap("series.yaml", "litres: {unit: litres, ", "litres: {unit: litres, decimals: 0, ")(starter)
    with (starter / "supply.csv").open("a", encoding="utf-8") as file:
        for when, count in (("2026-01-01", "900000,"), ("2026-01-15", counts)):
            file.write(f"{when},South,{count},Pumping stations,register\n")
    briefing, findings = load(starter)
    assert briefing is not None, findings
    assert told in plain(briefing.sections[0].exhibits["supply"].caption.alt).replace("\u00a0", " ")


@pytest.mark.parametrize("status", ["revised", "disputed"])
@pytest.mark.parametrize("first", [True, False])
def test_a_line_ends_in_the_number_that_stands(status: str, first: bool, starter: Path) -> None:
    head, *lines = (starter / "supply.csv").read_text(encoding="utf-8").splitlines()
    lines = [line.replace(",Pumping", ",,Pumping") for line in lines]
    other = f"2026-02-28,South,90000,,{status},Pumping stations,register"
    rows = [head.replace("bound,", "bound,status,"), *([other] * first), *lines, *([other] * (not first))]
    (starter / "supply.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    swap("series.yaml", "  source: source", "  source: source\n  status: status")(starter)
    briefing, findings = load(starter)
    assert briefing is not None, findings
    supply = briefing.sections[0].exhibits["supply"]
    assert isinstance(supply, LineChart)
    south = next(line for line in supply.lines if line.name == "South")
    assert [point.value.quantity.magnitude for point in south.points[-2:]] == [90000, 150400]
    said = plain(supply.caption.alt).replace("\u00a0", " ")
    assert "to 150,400 (28 February 2026);" in said and "; 90,000 (28 February 2026, " in said


@pytest.mark.parametrize("status", ["revised", "disputed"])
def test_a_key_figure_says_that_it_is_disputed(status: str, starter: Path) -> None:
    swap("values.yaml", "  source: survey\n  label", f"  source: survey\n  status: {status}\n  label")(starter)
    briefing, findings = load(starter)
    assert briefing is not None, findings
    told = "disputed" if status == "disputed" else "since revised"
    assert plain(briefing.highlights[1].context).endswith(f"2026, {told}")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Some {{ pumps }} pumps need repair", False),
        ("Some {{ pumps }} pumps need repair, by a count that is SAID", True),
        ("Of some {{ pumps }} pumps it was {{ old }}", True),
        ("Of some {{ pumps }} pumps, {{ litres-now }} litres", False),
    ],
)
@pytest.mark.parametrize("status", ["revised", "disputed"])
def test_a_text_says_that_its_number_is_disputed_or_its_author_is_told(
    status: str, words: str, said: bool, starter: Path
) -> None:
    swap("values.yaml", "  source: survey\n  label", f"  source: survey\n  status: {status}\n  label")(starter)
    old = "old: {amount: 12, unit: pumps, by: Office, as_of: 2026-02-20, source: survey}\n"
    swap("values.yaml", "pumps:\n", f"{old}pumps:\n")(starter)
    repairs = starter / "sections" / "02-repairs.yaml"
    text = repairs.read_text(encoding="utf-8").replace("{{ pumps }} pumps", "the disputed or revised {{ pumps }} pumps")
    text = text.replace("The water office counts the disputed or revised {{ pumps }} pumps in need of repair", "POINT")
    repairs.write_text(text.replace("POINT", words.replace("SAID", status)), encoding="utf-8")
    briefing, findings = load(starter)
    assert briefing is not None, findings
    told = [str(finding) for finding in findings if finding.code == "unsaid-status"]
    assert len(told) == (not said), told
    assert all("sections/02-repairs.yaml:5:" in one and ": warning [" in one for one in told), told


def test_a_number_alone_in_a_table_of_texts_says_that_it_is_disputed(starter: Path) -> None:
    swap("values.yaml", "  source: survey\n  label", "  source: survey\n  status: disputed\n  label")(starter)
    rows = (
        "[[What, So many, Of], [Pumps, '{{ pumps }} [@survey]', '{{ pumps.as_of }}'], [Cost, '{{ repair-cost }}', –]]"
    )
    exhibit = f"  worded:\n    title: Repairs\n    table: {rows}\n"
    swap("sections/02-repairs.yaml", "exhibits:\n", f"exhibits:\n{exhibit}")(starter)
    swap("sections/02-repairs.yaml", "  @latest\n", "  @latest\n\n  @worded\n")(starter)
    briefing, findings = load(starter)
    assert briefing is not None, findings
    table = briefing.sections[1].exhibits["worded"]
    assert isinstance(table, Table)
    cells = [[plain(cell) for cell in row] for row in table.rows]
    assert cells[0][1:] == ["At least 14 (disputed)", "20\u00a0February\u00a02026"]
    assert cells[1][1].startswith("US$1.2") and "(" not in cells[1][1]


@pytest.mark.parametrize(
    ("dates", "told"), [(["2030"], True), (["2030", "2040"], False), (["2026-03-01", "2030"], True)]
)
def test_a_forecast_of_several_dates_is_meant(dates: list[str], told: bool, starter: Path) -> None:
    with (starter / "supply.csv").open("a", encoding="utf-8") as file:
        file.writelines(f"{when},South,150000,about,Pumping stations,register\n" for when in dates)
    briefing, findings = load(starter)
    assert briefing is not None, findings
    assert ("after-edition" in {finding.code for finding in check(briefing)}) is told


def test_rows_of_many_populations_take_no_colour_from_others(starter: Path) -> None:
    places = "".join(f"2026-02-28,Place {n},{n},,Pumping stations,register\n" for n in range(9))
    (starter / "places.csv").write_text(f"date,district,litres,bound,counted_by,source\n{places}", encoding="utf-8")
    series = (starter / "series.yaml").read_text(encoding="utf-8")
    (starter / "series.yaml").write_text(f"{series}places.csv:{series.partition('supply.csv:')[2]}", encoding="utf-8")
    bars = "  bars: {chart: bars, title: Litres, data: places.csv, value: litres, label: [district]}\n"
    swap("sections/01-supply.yaml", "exhibits:\n", f"exhibits:\n{bars}")(starter)
    swap("sections/01-supply.yaml", "  @supply\n", "  @bars\n\n  @supply\n")(starter)
    briefing, findings = load(starter)
    assert briefing is not None, findings
    chart, lines = (briefing.sections[0].exhibits[id] for id in ("bars", "supply"))
    assert isinstance(chart, BarChart) and isinstance(lines, LineChart)
    assert {row.colour for group in chart.groups for row in group.rows} == {len(briefing.theme.palette.series)}
    assert [line.colour for line in lines.lines] == [0, 1]


def test_a_file_may_be_named_with_accents_of_either_kind(starter: Path) -> None:
    (starter / "supply.csv").rename(starter / normalize("NFD", "supplé.csv"))
    for name in ("series.yaml", "values.yaml", "sections/01-supply.yaml", "sections/02-repairs.yaml"):
        text = (starter / name).read_text(encoding="utf-8")
        (starter / name).write_text(text.replace("supply.csv", normalize("NFD", "supplé.csv")), encoding="utf-8")
    briefing, findings = load(starter)
    assert briefing is not None, findings
    assert unnoticed(briefing, starter, starter / "out") == []


def test_decimals_of_three_places_among_others_are_no_thousands(starter: Path) -> None:
    swap("supply.csv", "148000", "148.125")(starter)
    swap("supply.csv", "151000", "151.5")(starter)
    assert "thousands-point" not in {finding.code for finding in load(starter)[1]}


@pytest.mark.parametrize(("names", "told"), [(("Zurich", "Zürich"), True), (("バリ", "パリ"), False)])
def test_names_are_alike_but_for_accents_where_accents_make_no_letter(
    names: tuple[str, str], told: bool, starter: Path
) -> None:
    text = (starter / "supply.csv").read_text(encoding="utf-8")
    for old, new in zip(("North", "South"), names, strict=True):
        text = text.replace(old, new)
    (starter / "supply.csv").write_text(text, encoding="utf-8")
    swap("values.yaml", "{district: North}", f"{{district: {names[0]}}}")(starter)
    assert ("alike-names" in {finding.code for finding in load(starter)[1]}) is told


def test_what_is_dated_after_the_edition_is_told(starter: Path) -> None:
    swap("sources.yaml", "date: 2026-02-20", "date: 2062-02-20")(starter)
    quote = "  said: {quote: Words., speaker: Somebody, role: an engineer, date: 2062, source: survey}\n"
    swap("sections/02-repairs.yaml", "  latest:\n", f"{quote}  latest:\n")(starter)
    swap("sections/02-repairs.yaml", "  @latest\n", "  @said\n\n  @latest\n")(starter)
    briefing, findings = load(starter)
    assert briefing is not None, findings
    found = {(finding.code, finding.place.file, finding.message.split(" is dated ")[0]) for finding in check(briefing)}
    assert found == {
        ("after-edition", "sources.yaml", "The source 'survey'"),
        ("after-edition", "sections/02-repairs.yaml", "The quotation 'said'"),
    }


def test_what_is_dated_on_the_day_of_the_edition_is_not_after_it(starter: Path) -> None:
    swap("sources.yaml", "date: 2026-02-20", "date: 2026-03-01")(starter)
    briefing, findings = load(starter)
    assert briefing is not None, findings
    assert check(briefing) == []


def test_many_dates_of_one_year_without_numbers_are_told_by_the_year(starter: Path) -> None:
    path = starter / "supply.csv"
    blank = "".join(f"{when},North,,,Pumping stations,register\n" for when in ("2025", "2025-02", "2025-03", "2025-04"))
    path.write_text(path.read_text(encoding="utf-8") + blank, encoding="utf-8")
    briefing, findings = load(starter)
    assert briefing is not None, findings
    assert "No number is given for North, some dates in 2025." in plain(
        briefing.sections[0].exhibits["supply"].caption.credit
    )


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        (["2026-02", "2026-02-28"], "As of dates in February 2026."),
        (["2026-02-01", "2026-02"], "As of dates in February 2026."),
        (["2025", "2025-12-31"], "As of dates in 2025."),
        (["2025-09-30", "2026-02"], "As of dates between 30 September 2025 and February 2026."),
        (["2026-02-15", "2026-02"], "As of dates in February 2026."),
    ],
)
def test_a_month_among_its_days_dates_them_all(dates: list[str], said: str, starter: Path) -> None:
    (starter / "supply.csv").write_text(
        "date,district,litres,bound,counted_by,source\n"
        + "".join(
            f"{when},{name},900,,Stations,register\n" for when, name in zip(dates, ("North", "South"), strict=True)
        ),
        encoding="utf-8",
    )
    swap("sections/02-repairs.yaml", "where: {date: 2026-02-28}", "note: All of them")(starter)
    briefing, findings = load(starter)
    assert briefing is not None, findings
    credit = plain(briefing.sections[1].exhibits["latest"].caption.credit).replace("\u00a0", " ")
    assert credit.endswith(said)


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("2026-01", "2026-02-20", "between January 2026 and 20 February 2026"),
        ("2025", "2026-02-20", "between 2025 and 20 February 2026"),
        ("2026", "2026-02-20", "in 2026"),
        ("2026", "2026-01", "in 2026"),
        ("2026-02", "2026-02-01", "in February 2026"),
    ],
)
def test_numbers_of_several_dates_are_not_dated_by_the_last(starter: Path, one: str, other: str, told: str) -> None:
    swap(
        "values.yaml",
        "as_of: 2026-02-20\n  source: survey\n  label",
        f"as_of: {one}\n  since: 2025\n  source: survey\n  label",
    )(starter)
    swap("values.yaml", "as_of: 2026-02-20", f"as_of: {other}\n  since: 2025")(starter)
    figures = "  both: {figures: [pumps, repair-cost], title: Both}\n"
    swap("values.yaml", "repair-cost:", "repair-cost:\n  label: Cost")(starter)
    swap("sections/02-repairs.yaml", "  latest:\n", f"{figures}  latest:\n")(starter)
    swap("sections/02-repairs.yaml", "  @latest\n", "  @both\n\n  @latest\n")(starter)
    briefing, findings = load(starter)
    assert briefing is not None, findings
    credit = plain(briefing.sections[1].exhibits["both"].caption.credit).replace("\u00a0", " ")
    assert credit.endswith(f"As of dates {told}, counted since 2025.")


def test_a_running_count_is_as_of_its_latest_row_wherever_that_stands(starter: Path) -> None:
    head, *rows = (starter / "supply.csv").read_text(encoding="utf-8").splitlines()
    newest_first = [f"{head},since", *(f"{row},2025-01-01" for row in sorted(rows, reverse=True))]
    (starter / "supply.csv").write_text("\n".join(newest_first) + "\n", encoding="utf-8")
    swap("series.yaml", "  population:", "  since: since\n  population:")(starter)
    briefing, findings = load(starter)
    assert findings == [] and briefing is not None
    credit = plain(briefing.sections[0].exhibits["supply"].caption.credit).replace("\u00a0", " ")
    assert credit.endswith("As of 28 February 2026, counted since 1 January 2025.")


NUMBERED = {
    "a column of a table": ("{column: counted_by, title: Counted by}", "{column: stations, title: Stations}"),
    "the detail of bars": ("exhibits:\n", f"exhibits:\n{BARS}    detail: [stations]\n"),
    "a measure as a label": ("exhibits:\n", f"exhibits:\n{BARS.replace('[district]', '[district, litres]')}"),
}


@pytest.mark.parametrize("where", NUMBERED)
def test_a_number_does_not_print_as_the_word_of_a_cell(where: str, starter: Path) -> None:
    old, new = NUMBERED[where]
    add_column(starter, "stations", ["14", "1.5", "-3", "2020", "18", "19"])
    swap("sections/02-repairs.yaml", old, new)(starter)
    if "bars" in new:
        swap("sections/02-repairs.yaml", "  @latest\n", "  @bars\n\n  @latest\n")(starter)
    assert [finding.code for finding in load(starter)[1]] == ["bare-numbers"]


@pytest.mark.parametrize("cells", ["2020 2021 2022 2023 2024 2025", "No.7 No.8 No.9 4 5 6", "0–4 5–9 10–14 15 16 17+"])
def test_years_and_names_with_figures_are_words(cells: str, starter: Path) -> None:
    add_column(starter, "stations", cells.split())
    swap("sections/02-repairs.yaml", "{column: counted_by", "{column: stations")(starter)
    swap("sections/02-repairs.yaml", "    where: {date: 2026-02-28}\n", "")(starter)
    assert load(starter)[1] == []


def test_a_table_says_in_what_it_counts_where_numbers_do_not(starter: Path) -> None:
    add_column(starter, "unit", ["litres", "litres", "litres", "pails", "pails", "pails"])
    swap("series.yaml", "{unit: litres,", "{unit_column: unit,")(starter)
    swap("sections/01-supply.yaml", "    y: litres", "    where: {district: North}\n    y: litres")(starter)
    (finding,) = load(starter)[1]
    assert (finding.code, finding.place.line) == (
        "mixed-units",
        line_of(starter, "sections/02-repairs.yaml", "column: litres"),
    )
    swap("sections/02-repairs.yaml", "{column: counted_by", "{column: unit")(starter)
    assert load(starter)[1] == []
    swap("sections/02-repairs.yaml", "{column: unit", "{column: counted_by")(starter)
    rows = starter / "supply.csv"
    rows.write_text(rows.read_text(encoding="utf-8").replace("pails", "liter"), encoding="utf-8")
    assert load(starter)[1] == []


@pytest.mark.parametrize(
    ("unit", "line"),
    [("litres", "Litres"), ("mg", "mg"), ("kWh", "kWh"), ("MW", "MW"), ("percent of GDP", "Per cent of GDP")],
)
def test_a_unit_s_symbol_keeps_its_letters(unit: str, line: str, starter: Path) -> None:
    swap("series.yaml", "unit: litres", f"unit: {unit}")(starter)
    briefing, findings = load(starter)
    unsaid = {"unsaid-unit"} if unit in ("kWh", "MW") else set()  # which print alone, under a head that says litres
    assert {found.code for found in findings} == unsaid and briefing is not None
    assert plain(briefing.sections[0].exhibits["supply"].caption.unit_line) == line


def test_what_is_converted_says_so(starter: Path) -> None:
    briefing, _ = load(starter)
    assert briefing is not None
    assert briefing.values["pipeline-miles"].by == "District Water Office, converted"


def test_what_can_be_converted_prints_its_unit(starter: Path) -> None:
    swap("values.yaml", "to: mile", "to: nothing")(starter)
    (refused,) = (finding for finding in load(starter)[1] if finding.code == "no-conversion")
    kinds = [re.findall("[a-z-]+", units) for units in refused.hint.partition(": ")[2].split(";")]
    converted = {f"as-{unit}": (kind[0], unit) for kind in kinds for unit in kind[1:]}
    literal = "amount: 4200, by: District Water Office, as_of: 2026-02-20, source: survey"
    with (starter / "values.yaml").open("a", encoding="utf-8") as file:
        file.writelines(f"of-{kind[0]}: {{{literal}, unit: {kind[0]}}}\n" for kind in kinds)
        file.writelines(f"{id}: {{convert: of-{first}, to: {unit}}}\n" for id, (first, unit) in converted.items())
    swap("values.yaml", "to: nothing", "to: mile")(starter)
    all_of_them = "; ".join(f"{{{{ {id} }}}}" for id in [*converted, *(f"of-{kind[0]}" for kind in kinds)])
    swap("sections/02-repairs.yaml", "body: |\n", f"body: |\n  {all_of_them}\n\n")(starter)
    briefing, findings = load(starter)
    assert briefing, [str(finding) for finding in findings]
    first = briefing.sections[1].body[0]
    assert isinstance(first, Paragraph)
    numbers = [run.text for run in first.text if isinstance(run, Number)]
    assert len(numbers) == len(converted) + len(kinds)
    assert [text for text in numbers if not re.search("[a-z]", text)] == []


def test_a_link_that_leads_out_of_the_folder_is_not_followed(starter: Path, tmp_path: Path) -> None:
    (tmp_path / "outside.csv").write_text("secret", encoding="utf-8")
    (starter / "supply.csv").unlink()
    (starter / "supply.csv").symlink_to(tmp_path / "outside.csv")
    _, findings = load(starter)
    assert [finding.code for finding in findings] == ["file-unreadable"]


def test_a_folder_that_is_not_there_is_a_finding(tmp_path: Path) -> None:
    assert [finding.code for finding in load(tmp_path / "nowhere")[1]] == ["file-missing"]


def test_rows_are_grouped_and_sorted_as_asked(starter: Path) -> None:
    swap("sections/01-supply.yaml", "chart: line", "chart: dots")(starter)
    swap(
        "sections/01-supply.yaml",
        "    y: litres\n    lines: district\n",
        "    value: litres\n    label: [date]\n    group: district\n    sort: value\n",
    )(starter)
    swap(
        "sections/01-supply.yaml", "    annotate:\n      - {on: 2026-01-15, text: New station opens in the north}\n", ""
    )(starter)
    briefing, findings = load(starter)
    assert briefing is not None, findings
    chart = briefing.sections[0].exhibits["supply"]
    assert isinstance(chart, DotChart)
    assert [(group.name, [row.value.text for row in group.rows]) for group in chart.groups] == [
        ("North", ["193,200", "182,000", "about 176,500"]),
        ("South", ["151,000", "150,400", "148,000"]),
    ]


def test_unused_values_and_sources_are_warned_of(starter: Path) -> None:
    swap("sections/01-supply.yaml", "which is {{ pipeline-miles }} [@survey]", "or so")(starter)
    swap("sources.yaml", "survey:", "lonely:\n  title: A book\n  publisher: A house\nsurvey:")(starter)
    briefing, findings = load(starter)
    assert briefing is not None, findings
    assert {finding.code for finding in check(briefing)} == {"unused-value", "unused-source"}


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("{amount: 3, unit: pumps, by: A, as_of: 2026, source: survey}", "values.yaml:33:"),
        ("{from: supply.csv, where: {district: South}, column: litres, pick: last}", "values.yaml:lonely:"),
    ],
)
def test_an_unused_value_is_told_of_where_it_is_named(entry: str, told: str, starter: Path) -> None:
    values = starter / "values.yaml"
    values.write_text(values.read_text(encoding="utf-8") + f"lonely: {entry}\n", encoding="utf-8")
    briefing, _ = load(starter)
    assert briefing is not None
    (finding,) = check(briefing)
    assert finding.told.startswith(told)


@pytest.mark.parametrize(
    "exhibit",
    [
        'table: [[State, "Of {{ asked }} [@cited]"], [broken, "{{ pumps }}"]]',
        "table: supply.csv, columns: [{column: district, title: District}, "
        '{column: litres, title: "Litres of {{ asked }} [@cited]"}]',
        "figures: [answered]",
    ],
)
def test_what_stands_in_heads_and_labels_is_used_credited_and_noted(exhibit: str, starter: Path) -> None:
    common = "unit: pumps, by: Council, as_of: 2025-02-20, source"
    label = "Of {{ asked }} pumps [@cited]"
    values = (starter / "values.yaml").read_text(encoding="utf-8")
    values += f"asked: {{amount: 60, {common}: poll, stale_after: 30 days}}\n"
    values += f'answered: {{amount: 50, {common}: survey, stale_after: never, label: "{label}"}}\n'
    (starter / "values.yaml").write_text(values, encoding="utf-8")
    sources = (starter / "sources.yaml").read_text(encoding="utf-8")
    sources += "poll: {title: A poll, publisher: Pollsters}\ncited: {title: A list, publisher: Listers}\n"
    (starter / "sources.yaml").write_text(sources, encoding="utf-8")
    swap("sections/02-repairs.yaml", "  latest:\n", f"  more: {{title: Pumps, {exhibit}}}\n  latest:\n")(starter)
    swap("sections/02-repairs.yaml", "  @latest\n", "  @more\n\n  @latest\n")(starter)
    if "answered" not in exhibit:
        swap("sections/02-repairs.yaml", "[@survey].", "[@survey]. Of {{ answered }} one had none.")(starter)
    briefing, findings = load(starter)
    assert briefing is not None, findings
    assert check(briefing) == []
    caption = briefing.sections[1].exhibits["more"].caption
    assert plain(caption.credit).startswith("† Older at this edition")
    assert {"poll", "cited"} <= set(caption.sources)
    assert "Pollsters" in plain(caption.credit)


@pytest.mark.parametrize(
    ("day", "told"), [("2026-03-01", []), ("2026-03-02", ["after-edition"]), ("2027-02-20", ["after-edition"])]
)
def test_a_number_from_after_the_edition_is_warned_of(day: str, told: list[str], starter: Path) -> None:
    swap("values.yaml", "as_of: 2026-02-20", f"as_of: {day}")(starter)
    briefing, findings = load(starter)
    assert briefing and findings == []
    found = check(briefing)
    assert [finding.code for finding in found] == told
    assert {finding.place.file for finding in found} <= {"values.yaml"}


def test_a_row_from_after_the_edition_is_warned_of(starter: Path) -> None:
    swap("supply.csv", "2026-02-28,South", "2027-02-28,South")(starter)
    briefing, findings = load(starter)
    assert briefing and findings == []
    at = line_of(starter, "supply.csv", "2027-02-28")
    assert [(found.code, found.place.file, found.place.line) for found in check(briefing)] == [
        ("after-edition", "supply.csv", at)
    ]


@pytest.mark.parametrize(
    ("day", "codes"), [("2026-02-28", []), ("2025-09-30", []), ("2062-01-15", ["annotation-outside"])]
)
def test_an_annotation_far_from_the_numbers_is_told(day: str, codes: list[str], starter: Path) -> None:
    swap("sections/01-supply.yaml", "on: 2026-01-15", f"on: {day}")(starter)
    briefing, findings = load(starter)
    assert briefing and [found.code for found in findings] == codes
    at = line_of(starter, "sections/01-supply.yaml", f"on: {day}")
    assert all(found.severity == "note" and found.place.line == at for found in findings)


def test_a_row_that_stands_there_twice_is_warned_of(starter: Path) -> None:
    with (starter / "supply.csv").open("a", encoding="utf-8") as file:
        file.write("2026-02-28,South,150900,,Pumping stations,register\n")
    briefing, findings = load(starter)
    assert briefing
    assert [(found.code, found.place.line, found.severity) for found in findings] == [("repeated-row", 8, "warning")]
    assert "line 7" in findings[0].message


def test_rows_of_two_currencies_are_told_apart(starter: Path) -> None:
    columns = "cost: {unit_column: currency}\n    litres"
    swap("series.yaml", "litres", columns)(starter)
    add_column(starter, "cost", ["1000"] * 6)
    add_column(starter, "currency", ["USD"] * 6)
    with (starter / "supply.csv").open("a", encoding="utf-8") as file:
        file.write("2026-02-28,South,,,Pumping stations,register,900,EUR\n")
    briefing, findings = load(starter)
    assert briefing and not findings
    assert [record.id for record in briefing.series["supply.csv"]][-2:] == [
        "2026-02-28, South, Pumping stations, USD",
        "2026-02-28, South, Pumping stations, EUR",
    ]


def test_rows_without_an_id_are_told_apart_by_their_words(starter: Path) -> None:
    swap("series.yaml", "  population: district", "#")(starter)
    swap("sections/01-supply.yaml", "    lines: district", "    where: {district: North}")(starter)
    names = []
    for row in ("", "2026-02-28,East,1000,,Pumping stations,register\n"):
        swap("supply.csv", "source\n", f"source\n{row}")(starter)
        briefing, findings = load(starter)
        assert briefing and findings == []
        names.append([record.id for record in briefing.series["supply.csv"]])
    assert names[1] == ["2026-02-28, Pumping stations, East", *names[0]], "a row before them gives no row another name"
    assert "2026-02-28, Pumping stations, South" in names[0]


def test_a_value_that_another_is_converted_from_is_used(starter: Path) -> None:
    swap("sections/01-supply.yaml", "{{ pipeline }} long, which is {{ pipeline-miles }}", "{{ pipeline-miles }} long")(
        starter
    )
    briefing, findings = load(starter)
    assert briefing is not None and findings == [] and check(briefing) == []


@pytest.mark.parametrize("folder", ["data/starter", "data/briefing"])
def test_the_schemas_beside_the_files_are_the_model_s(folder: str) -> None:
    for name, schema in json_schemas().items():
        stored = json.loads((ROOT / folder / SCHEMA_FOLDER / f"{name}.json").read_text(encoding="utf-8"))
        assert stored == json.loads(json.dumps(schema)), f"python -m data.schema {folder}"


@pytest.mark.parametrize(
    ("file", "broken"), [("values.yaml", "a:\n\tb: 1\n"), ("sources.yaml", "late: {date: 2025-02-30}\n")]
)
def test_names_from_a_file_with_errors_are_not_called_unknown(file: str, broken: str, starter: Path) -> None:
    with (starter / file).open("a", encoding="utf-8") as end:
        end.write(broken)
    _, findings = load(starter)
    assert findings
    assert {finding.place.file for finding in findings} == {file}


def test_a_name_that_no_file_system_holds_is_a_finding(starter: Path) -> None:
    text = (starter / "series.yaml").read_text(encoding="utf-8")
    (starter / "series.yaml").write_text(text.replace("supply.csv:", f"{'supply' * 60}.csv:"), encoding="utf-8")
    _, findings = load(starter)
    assert "file-unreadable" in {finding.code for finding in findings}


RANGES = """ranges.csv:
  title: Costs
  measures: {cost: {low: least, high: most, bound: word, unit: EUR}}
  by: by
  as_of: date
  source: source
"""


@pytest.mark.parametrize(
    ("cells", "printed"),
    [
        ("5,9,", "€5 to €9"),
        ("5,,", "at least €5"),
        (",9,", "up to €9"),
        ("5,5,about", "about €5"),
        ("5,,more than", "more than €5"),
        ("5,5,at least", "at least €5"),
        (",9,up to", "up to €9"),
        (",,about", None),
        ("5,9,about", ""),
        ("5,9,exact", ""),
        ("5,9,at least", ""),
        ("5,9,up to", ""),
        (",9,at least", ""),
        (",9,about", ""),
        ("5,,up to", ""),
        ("5,,about", ""),
    ],
)
def test_a_bound_never_leaves_out_an_end(cells: str, printed: str | None, starter: Path) -> None:
    """`printed`: None where no number is given, "" where the word contradicts the ends."""
    rows = f"least,most,word,by,date,source,id\n{cells},Somebody,2025,register,a\n1,1,,Somebody,2025,register,b\n"
    (starter / "ranges.csv").write_text(rows, encoding="utf-8")
    with (starter / "series.yaml").open("a", encoding="utf-8") as file:
        file.write(RANGES)
    exhibit = (
        "  costs: {table: ranges.csv, title: Costs, columns: [{column: id, title: Id}, {column: cost, title: Cost}]}\n"
    )
    swap("sections/02-repairs.yaml", "  latest:\n", f"{exhibit}  latest:\n")(starter)
    swap("sections/02-repairs.yaml", "  @latest\n", "  @costs\n\n  @latest\n")(starter)
    briefing, findings = load(starter)
    if printed == "":
        assert [(finding.code, str(finding.place)) for finding in findings] == [("bad-cell", "ranges.csv:2:word")]
        return
    assert briefing is not None, findings
    table = briefing.sections[1].exhibits["costs"]
    assert isinstance(table, Table)
    assert plain(table.rows[0][1]) == (printed or "–")


def _by_kind(folder: Path, kinds: list[str]) -> None:
    """The starter's rows told apart by their kind, and one more of the north's last date."""
    add_column(folder, "kind", kinds)
    path = folder / "supply.csv"
    path.write_text(path.read_text(encoding="utf-8") + "2026-02-28,North,5000,,Pumping stations,register,well\n")


def test_one_line_through_two_numbers_of_a_date_is_told(starter: Path) -> None:
    _by_kind(starter, ["tap"] * 6)
    swap("values.yaml", "where: {district: North}", "where: {district: North, kind: tap}")(starter)
    briefing, (finding,) = load(starter)
    assert briefing is not None
    assert (finding.code, finding.severity, finding.place.line) == (
        "same-date",
        "warning",
        line_of(starter, "sections/01-supply.yaml", "data: supply.csv"),
    )
    assert "2026-02-28, those of lines 4 and 8" in finding.message
    swap("sections/01-supply.yaml", "    lines: district", "    where: {kind: tap}\n    lines: district")(starter)
    assert load(starter)[1] == []


def test_a_line_through_the_numbers_of_two_authorities_is_told(starter: Path) -> None:
    with (starter / "supply.csv").open("a", encoding="utf-8") as file:
        file.write("2026-02-28,South,97000,,Health Office,register\n")
    briefing, (finding,) = load(starter)
    assert briefing is not None
    assert finding.code == "same-date" and "2026-02-28, those of lines 7 and 8" in finding.message
    swap("sections/01-supply.yaml", "lines: district", "lines: counted_by\n    where: {district: South}")(starter)
    assert [finding.code for finding in load(starter)[1] if finding.code == "same-date"] == []


def test_a_year_among_days_is_in_the_middle_of_the_line_and_of_what_is_picked(starter: Path) -> None:
    swap("supply.csv", "2025-12-31,North", "2025,North")(starter)
    swap("supply.csv", "2026-02-28,North", "2025-03-31,North")(starter)
    swap("supply.csv", "2025-09-30,North", "2025-05-31,North")(starter)
    briefing, findings = load(starter)
    assert briefing is not None, findings
    chart = briefing.sections[0].exhibits["supply"]
    assert isinstance(chart, LineChart)
    assert [str(point.when) for point in chart.lines[0].points] == ["2025-03-31", "2025-05-31", "2025"]
    assert "North: 193,200 (31 March 2025) to about 176,500 (2025)" in plain(chart.caption.alt).replace("\u00a0", " ")
    assert str(briefing.values["litres-now"].as_of) == "2025"


@pytest.mark.parametrize(
    ("since", "by", "joined"), [(True, "Stations", True), (False, "Stations", False), (True, "Office", False)]
)
def test_of_several_numbers_of_a_date_a_line_runs_through_one(
    starter: Path, since: bool, by: str, joined: bool
) -> None:
    """Through both where its authority gave a running count twice a day."""
    (starter / "supply.csv").write_text(
        "date,since,district,litres,bound,counted_by,source,hour\n"
        "2025-09-30,2025-09-01,North,182000,,Stations,register,\n"
        f"2025-12-31,2025-09-01,North,150000,,{by},register,noon\n"
        "2025-12-31,2025-09-01,North,176500,,Stations,register,night\n"
        "2026-02-28,2025-09-01,North,193200,,Stations,register,\n",
        encoding="utf-8",
    )
    if since:
        swap("series.yaml", "  source: source", "  source: source\n  since: since")(starter)
    briefing, findings = load(starter)
    assert briefing is not None, findings
    chart = briefing.sections[0].exhibits["supply"]
    assert isinstance(chart, LineChart)
    (line,) = chart.lines
    assert [point.aside for point in line.points] == [False, not joined, False, False]
    assert all(point.joined for point in line.course)
    told = "150,000 (31 December 2025, another number of the date)"
    assert (told in plain(chart.caption.alt).replace("\u00a0", " ")) is not joined


def test_text_alternatives_of_lines_tell_limits_and_ranges_between_their_ends(starter: Path) -> None:
    swap("supply.csv", "2025-12-31,North,176500,about", "2025-12-31,North,176500,up to")(starter)
    briefing, findings = load(starter)
    assert briefing is not None, findings
    said = plain(briefing.sections[0].exhibits["supply"].caption.alt).replace("\u00a0", " ")
    assert "193,200 (28 February 2026); up to 176,500 (31 December 2025)." in said


def test_a_line_of_ranges_says_which_end_it_shows(starter: Path) -> None:
    swap("series.yaml", "litres: {unit: litres, bound: bound}", "litres: {unit: litres, low: litres, high: most}")(
        starter
    )
    add_column(starter, "most", ["190000", "180000", "200000", "150000", "152000", "151000"])
    briefing, findings = load(starter)
    assert briefing is not None, findings
    chart, table = (briefing.sections[n].exhibits[id].caption for n, id in enumerate(("supply", "latest")))
    assert all("Of a range, the line shows the upper end." in plain(text) for text in (chart.credit, chart.alt))
    assert "upper end" not in plain(table.credit)


def test_a_remark_on_a_value_joins_that_on_its_row(starter: Path) -> None:
    add_column(starter, "remark", ["Metered."] * 6)
    swap("series.yaml", "  source: source", "  source: source\n  note: remark")(starter)
    swap("values.yaml", "  pick: last", "  pick: last\n  note: Provisional.")(starter)
    swap("values.yaml", "  to: mile", "  to: mile\n  note: Rounded.")(starter)
    briefing, findings = load(starter)
    assert briefing is not None, findings
    assert briefing.values["litres-now"].note == "Metered. Provisional."
    assert briefing.values["pipeline-miles"].note == "Rounded."


_TABLE_HEAD = "{column: litres, title: Litres a day}"


@pytest.mark.parametrize(
    ("unit", "said", "silent"),
    [
        ("million litres", "Supply, mn litres", "Supply, litres"),
        ("GWh", "Output in GWh", "Output"),
        ("cases per 100,000 people", "Cases a day", "Incidence"),
        ("percentage points", "Change in points", "Change of the rate"),
    ],
)
def test_a_key_figure_and_a_column_say_what_they_count_in(unit: str, said: str, silent: str, starter: Path) -> None:
    swap("series.yaml", "unit: litres,", f"unit: '{unit}',")(starter)
    swap("sections/02-repairs.yaml", _TABLE_HEAD, f"{{column: litres, title: '{silent}'}}")(starter)
    swap("values.yaml", "label: Litres a day in the northern district", f"label: '{silent}'")(starter)
    told = [(found.place.file, found.place.line) for found in load(starter)[1] if " does not say so" in found.message]
    table = line_of(starter, "sections/02-repairs.yaml", "column: litres")
    assert {("sections/02-repairs.yaml", table), ("values.yaml", line_of(starter, "values.yaml", silent))} <= set(told)
    swap("sections/02-repairs.yaml", f"title: '{silent}'", f"title: '{said}'")(starter)
    swap("values.yaml", f"label: '{silent}'", f"label: '{said}'")(starter)
    for file in ("briefing.yaml", "sections/01-supply.yaml"):
        path = starter / file
        path.write_text(path.read_text(encoding="utf-8").replace("}} litres", "}} million litres"), encoding="utf-8")
    expected = [] if unit == "million litres" else ["altered-value"]
    assert sorted({found.code for found in load(starter)[1]}) == expected
