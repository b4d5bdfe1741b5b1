"""What changed between two editions: every kind told apart, each change told once."""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from data.csvfile import write_csv
from data.load import load
from data.model import Briefing, DataFile, Number, plain
from data.trust.carried import attachment_name, file_name, from_xml, to_xml
from data.trust.changelog import COLUMNS, ChangeLog
from data.trust.changes import Changes, compare

Edit = tuple[str, str, str]
"""A file of the folder, a text in it, and what takes its place."""
NEXT: Edit = ("briefing.yaml", "edition: 2026-03-01", "edition: 2026-04-01")


@pytest.fixture
def edited(starter: Path) -> Callable[..., tuple[Briefing, Briefing]]:
    def make(*edits: Edit) -> tuple[Briefing, Briefing]:
        return _loaded(starter), _loaded(_edit(starter, *edits))

    return make


def _edit(folder: Path, *edits: Edit) -> Path:
    for file, old, new in edits:
        path = folder / file
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        assert old in text, (file, old)
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


def _loaded(folder: Path) -> Briefing:
    briefing, findings = load(folder)
    assert briefing is not None, findings
    return briefing


def _told(changes: Changes) -> list[tuple[str, str]]:
    return [(change.kind, change.key) for change in changes.numbers]


def _rewritten(changes: Changes) -> list[tuple[str, str]]:
    return [(change.part, change.where) for change in changes.texts]


NORTH = "supply.csv:2026-02-28, North, Pumping stations:litres"
AUTUMN = "supply.csv:2025-09-30, North, Pumping stations:litres"

NUMBERS: dict[str, tuple[list[Edit], list[tuple[str, str]], tuple[str, ...]]] = {
    # what happens: (edits, changes as kind and key, fields of the first)
    "nothing": ([], [], ()),
    "another edition's date": ([NEXT], [], ()),
    "the latest count is rewritten": ([("supply.csv", "193200", "193300")], [("revised", NORTH)], ("number",)),
    "an older count is rewritten": ([("supply.csv", "182000", "182100")], [("revised", AUTUMN)], ("number",)),
    "a bound is put to a number": ([("supply.csv", "182000,", "182000,about")], [("revised", AUTUMN)], ("number",)),
    "a typed number is rewritten": ([("values.yaml", "14", "15")], [("revised", "pumps")], ("number",)),
    "a range loses its lower end": (
        [("values.yaml", "between: [1_200_000, 1_500_000]", "at_most: 1_500_000")],
        [("revised", "repair-cost")],
        ("number",),
    ),
    "a later date is added": (
        [("supply.csv", "2025-09-30,South", "2026-03-31,North,195000,,Pumping stations,register\n2025-09-30,South")],
        [("updated", "litres-now")],
        ("number", "as_of"),
    ),
    "the last row is overwritten with a later one": (
        [("supply.csv", "2026-02-28,North,193200", "2026-03-31,North,195000")],
        [("updated", "litres-now")],
        ("number", "as_of"),
    ),
    "a later date has the same number": (
        [("values.yaml", "as_of: 2026-02-20", "as_of: 2026-03")],
        [("updated", "pumps")],
        ("as_of",),
    ),
    "a date only becomes more precise": (
        [("values.yaml", "as_of: 2026-02-20", "as_of: 2026-02")],
        [("restated", "pumps")],
        ("as_of",),
    ),
    "an older date is filled in": (
        [("supply.csv", "2025-12-31,North", "2025-10-31,North,181000,,Pumping stations,register\n2025-12-31,North")],
        [("new", "supply.csv:2025-10-31, North, Pumping stations:litres")],
        (),
    ),
    "a row is taken out": (
        [("supply.csv", "2025-12-31,North,176500,about,Pumping stations,register\n", "")],
        [("withdrawn", "supply.csv:2025-12-31, North, Pumping stations:litres")],
        (),
    ),
    "a number is no longer given": (
        [("supply.csv", "182000", "")],
        [("withdrawn", AUTUMN)],
        (),
    ),
    "a value is taken out": (
        [
            ("values.yaml", "repair-cost:", "spare-cost:"),
            ("values.yaml", "1_500_000]", "1_600_000]"),
            ("sections/02-repairs.yaml", "repair-cost", "spare-cost"),
            ("sections/02-repairs.yaml", "repair-cost", "spare-cost"),
        ],
        [("withdrawn", "repair-cost"), ("new", "spare-cost")],
        (),
    ),
    "a value only gets another name": (
        [
            ("values.yaml", "repair-cost:", "spare-cost:"),
            ("sections/02-repairs.yaml", "repair-cost", "spare-cost"),
            ("sections/02-repairs.yaml", "repair-cost", "spare-cost"),
        ],
        [],
        (),
    ),
    "a population is counted again": (
        [("supply.csv", "2026-02-28,South", "2026-05-31,South,149000,,Pumping stations,register\n2026-02-28,South")],
        [("updated", "supply.csv:2026-05-31, South, Pumping stations:litres")],
        ("number", "as_of"),
    ),
    "a row is written over by a later one": (
        [("supply.csv", "2026-02-28,South,150400", "2026-05-31,South,149000")],
        [("updated", "supply.csv:2026-05-31, South, Pumping stations:litres")],
        ("number", "as_of"),
    ),
    "another authority counts it": (
        [("supply.csv", "2026-02-28,South", "2026-05-31,South,149000,,Users,register\n2026-02-28,South")],
        [("new", "supply.csv:2026-05-31, South, Users:litres")],
        (),
    ),
    "rows only move": (
        [
            ("supply.csv", "2025-09-30,North,182000,,Pumping stations,register\n", ""),
            ("supply.csv", "2025-09-30,South", "2025-09-30,North,182000,,Pumping stations,register\n2025-09-30,South"),
        ],
        [],
        (),
    ),
    "another unit": ([("values.yaml", "unit: pumps", "unit: hand pumps")], [("restated", "pumps")], ("unit",)),
    "another authority": (
        [("values.yaml", "by: District Water Office", "by: Users")],
        [("restated", "pumps")],
        ("by",),
    ),
    "another authority with another number is no revision": (
        [("values.yaml", "at_least: 14", "at_least: 17"), ("values.yaml", "by: District Water Office", "by: Users")],
        [("restated", "pumps")],
        ("number", "by"),
    ),
    "another authority at a later date is no movement": (
        [
            ("values.yaml", "by: District Water Office\n  as_of: 2026-02-20", "by: Users\n  as_of: 2026-03-20"),
        ],
        [("restated", "pumps")],
        ("as_of", "by"),
    ),
    "another start of the count": (
        [("values.yaml", "as_of: 2026-02-20", "as_of: 2026-02-20\n  since: 2025")],
        [("restated", "pumps")],
        ("since",),
    ),
    "another source": ([("values.yaml", "source: survey", "source: register")], [("restated", "pumps")], ("source",)),
    "a revision from another source": (
        [("values.yaml", "at_least: 14", "at_least: 17"), ("values.yaml", "source: survey", "source: register")],
        [("revised", "pumps")],
        ("number", "source"),
    ),
    "a disputed count": (
        [("values.yaml", "source: survey", "source: survey\n  status: disputed")],
        [("restated", "pumps")],
        ("status",),
    ),
    "a note": ([("values.yaml", "source: survey", "source: survey\n  note: x")], [("restated", "pumps")], ("note",)),
    "another label": (
        [("values.yaml", "label: Pumps that need repair", "label: Pumps out of order")],
        [("restated", "pumps")],
        ("label",),
    ),
    "another label beside a later number": (
        [
            ("values.yaml", "as_of: 2026-02-20", "as_of: 2026-03"),
            ("values.yaml", "label: Pumps that need repair", "label: Pumps out of order"),
        ],
        [("updated", "pumps")],
        ("as_of", "label"),
    ),
    "another label of a bound value": (
        [("values.yaml", "label: Litres a day in the northern district", "label: Litres pumped")],
        [("restated", "litres-now")],
        ("label",),
    ),
    "a value of another population is no revision": (
        [("values.yaml", "district: North", "district: South")],
        [("restated", "litres-now")],
        ("number", "population"),
    ),
    "a value of another population hides no row": (
        [
            ("values.yaml", "district: North", "district: South"),
            ("supply.csv", "2026-02-28,South", "2026-05-31,South,149000,,Pumping stations,register\n2026-02-28,South"),
        ],
        [("restated", "litres-now"), ("updated", "supply.csv:2026-05-31, South, Pumping stations:litres")],
        ("number", "as_of", "population"),
    ),
    "a value of an earlier date is no revision": (
        [("values.yaml", "pick: last", "pick: first")],
        [("restated", "litres-now")],
        ("number", "as_of"),
    ),
    "what is converted follows": ([("values.yaml", "42.5", "43.5")], [("revised", "pipeline")], ("number",)),
    "a conversion to another unit": (
        [("values.yaml", "to: mile", "to: meter")],
        [("restated", "pipeline-miles")],
        ("number", "unit"),
    ),
    "another population is another number": (
        [("supply.csv", "2025-09-30,North", "2025-09-30,East")],
        [("withdrawn", AUTUMN), ("new", AUTUMN.replace("North", "East"))],
        (),
    ),
    "a row is attributed otherwise": (
        [("supply.csv", "182000,,Pumping stations", "182000,,Users")],
        [("restated", AUTUMN.replace("Pumping stations", "Users"))],
        ("by",),
    ),
    "a column gets another name": (
        [
            ("supply.csv", "litres,bound", "volume,bound"),
            ("series.yaml", "litres: {unit", "volume: {unit"),
            ("values.yaml", "column: litres", "column: volume"),
            ("sections/01-supply.yaml", "y: litres", "y: volume"),
            ("sections/02-repairs.yaml", "column: litres", "column: volume"),
        ],
        [],
        (),
    ),
    "a population gets another name": (
        [("supply.csv", ",North,", ",Upper,")] * 3 + [("values.yaml", "district: North", "district: Upper")],
        [
            ("restated", f"supply.csv:{day}, Upper, Pumping stations:litres")
            for day in ("2025-09-30", "2025-12-31", "2026-02-28")
        ],
        ("population",),
    ),
    "a typed value becomes bound to a row that says the same": (
        [
            (
                "values.yaml",
                "pumps:\n  at_least: 14                 # or amount, about, more_than, at_most, between: [low, high]\n"
                "  unit: pumps\n  by: District Water Office\n  as_of: 2026-02-20\n  source: survey\n",
                "pumps:\n  from: pumps.csv\n  column: pumps\n",
            ),
            ("series.yaml", "supply.csv:", "pumps.csv:\n  title: P\n  measures:\n    pumps: {unit: pumps, bound: b}\n"
             "  by: by\n  as_of: day\n  source: from\nsupply.csv:"),
            ("pumps.csv", "", "day,pumps,b,by,from\n2026-02-20,14,at least,District Water Office,survey\n"),
        ],
        [],
        (),
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", NUMBERS)
def test_every_kind_of_change_is_told_apart_and_told_once(
    what: str, edited: Callable[..., tuple[Briefing, Briefing]]
) -> None:
    edits, expected, fields = NUMBERS[what]
    changes = compare(*edited(*edits))
    assert _told(changes) == expected
    if changes.numbers:
        assert changes.numbers[0].fields == fields
    assert changes.texts == () or "spare-cost" in str(edits), "a number that moves changes no text"


def test_a_row_without_a_population_or_a_name_of_its_own_is_called_by_its_words(starter: Path) -> None:
    _edit(starter, ("series.yaml", "  population: district", "#"))
    _edit(starter, ("sections/01-supply.yaml", "    lines: district", "    where: {district: North}"))
    _edit(starter, ("values.yaml", "  label: Litres a day in the northern district", "#"))
    _edit(starter, ("briefing.yaml", "highlights: [litres-now, pumps]", "highlights: [pumps]"))
    old = _loaded(starter)
    added = "source\n2026-02-28,East,1000,,Pumping stations,register\n"
    new = _loaded(_edit(starter, ("supply.csv", "193200", "193300"), ("supply.csv", "source\n", added)))
    told = [(change.kind, plain(change.what)) for change in compare(old, new).numbers]
    title = "Litres of water pumped a day"
    assert told == [("revised", f"{title}, North, litres"), ("new", f"{title}, East, litres")]


@pytest.mark.parametrize("what", [what for what, (edits, *_) in NUMBERS.items() if edits])
def test_the_way_back_mirrors_it(what: str, edited: Callable[..., tuple[Briefing, Briefing]]) -> None:
    old, new = edited(*NUMBERS[what][0])
    there, back = compare(old, new), compare(new, old)
    mirror = {"new": "withdrawn", "withdrawn": "new", "revised": "revised"}
    for change in there.numbers:
        if change.kind in mirror:
            assert (mirror[change.kind], change.key) in _told(back)
    assert bool(there) == bool(back)


def test_a_row_s_change_names_the_values_that_print_it(edited: Callable[..., tuple[Briefing, Briefing]]) -> None:
    (change,) = compare(*edited(("supply.csv", "193200", "193300"))).numbers
    assert change.values == ("litres-now",)
    assert plain(change.what) == "Litres a day in the northern district"
    (other,) = compare(*edited(("supply.csv", "182000", "182100"))).numbers
    assert (other.values, plain(other.what)) == ((), "North, litres")


def test_a_later_row_is_an_update_and_a_rewritten_one_a_revision_in_the_same_edition(
    edited: Callable[..., tuple[Briefing, Briefing]],
) -> None:
    row = "2026-03-31,North,195000,,Pumping stations,register\n"
    edits = [("supply.csv", "2025-09-30,South", f"{row}2025-09-30,South"), ("supply.csv", "193200", "192900")]
    changes = compare(*edited(*edits))
    assert _told(changes) == [("revised", NORTH), ("updated", "litres-now")]
    update = changes.numbers[1]
    assert update.was is not None and update.now is not None
    assert (update.was.low, update.now.low) == (193200, 195000), "what was printed then, and what is printed now"


def test_a_later_row_without_a_population_updates_the_one_of_its_words(starter: Path) -> None:
    """A table of pledges that is dated anew withdraws nobody's pledge."""
    _edit(starter, ("series.yaml", "  population: district", "#"))
    _edit(starter, ("sections/01-supply.yaml", "    lines: district", "    where: {district: North}"))
    _edit(starter, ("sections/02-repairs.yaml", "where: {date: 2026-02-28}", "where: {district: South}"))
    old = _loaded(starter)
    new = _loaded(_edit(starter, ("supply.csv", "2026-02-28,South", "2026-03-01,South")))
    changes = compare(old, new).numbers
    told = [(change.kind, change.was and change.was.low, change.now and change.now.low) for change in changes]
    assert told == [("updated", 150400, 150400)]


@pytest.mark.parametrize(
    "before", [("2026-02-28", "2026-02-28"), ("2026-01", "2026-03")], ids=["many a date", "a month"]
)
def test_a_later_row_updates_none_where_nobody_can_tell_which(before: tuple[str, str], starter: Path) -> None:
    """Of two stations counted on one day, nor where the last count may be of the same day."""
    every = ("sections/01-supply.yaml", "lines: district", "lines: district\n    where: {district: [North, South]}")
    _edit(starter, every)
    head, *rows = (starter / "supply.csv").read_text(encoding="utf-8").splitlines()
    east = [f"{day},East,1000,,Pumping stations,register,{at}" for at, day in enumerate((*before, "2026-03-31"))]
    whole = [f"{head},station", *(f"{row}," for row in rows), *east]
    (starter / "supply.csv").write_text("\n".join(whole[:-1]) + "\n", encoding="utf-8")
    old = _loaded(starter)
    (starter / "supply.csv").write_text("\n".join(whole) + "\n", encoding="utf-8")
    assert [(change.kind, change.was) for change in compare(old, _loaded(starter)).numbers] == [("new", None)]


def test_a_value_of_another_name_and_label_is_another_number(starter: Path) -> None:
    """Though it is as large, of the same unit and day, and by the same authority."""
    old = _loaded(_edit(starter, ("values.yaml", "repair-cost:\n", "repair-cost:\n  label: Cost of repair\n")))
    words = [("sections/02-repairs.yaml", "{{ repair-cost", "{{ loss")] * 2
    new = _loaded(
        _edit(starter, ("values.yaml", "repair-cost:\n  label: Cost of repair", "loss:\n  label: Loss"), *words)
    )
    assert _told(compare(old, new)) == [("withdrawn", "repair-cost"), ("new", "loss")]


def test_a_latest_count_that_is_taken_out_is_withdrawn(edited: Callable[..., tuple[Briefing, Briefing]]) -> None:
    """Its value falls back on the count before, of which nothing has changed."""
    row = "2026-02-28,North,193200,,Pumping stations,register\n"
    (change,) = compare(*edited(("supply.csv", row, ""))).numbers
    assert (change.kind, change.key, change.values) == ("withdrawn", NORTH, ("litres-now",))
    assert plain(change.what) == "Litres a day in the northern district"


def test_a_conversion_that_goes_withdraws_no_number(edited: Callable[..., tuple[Briefing, Briefing]]) -> None:
    entry = "pipeline-miles:\n  convert: pipeline            # derived, never typed\n  to: mile\n  decimals: 1\n"
    words = ("sections/01-supply.yaml", ", which is {{ pipeline-miles }}", "")
    assert compare(*edited(("values.yaml", entry, ""), words)).numbers == ()


TEXTS: dict[str, tuple[list[Edit], list[tuple[str, str]]]] = {
    "title": ([("briefing.yaml", "title: Water", "title: Clean water")], [("title", "Cover")]),
    "summary": ([("briefing.yaml", "rose to", "went up to")], [("body", "At a glance")]),
    "key figures": ([("briefing.yaml", "[litres-now, pumps]", "[pumps]")], [("body", "Key figures")]),
    "about": ([("briefing.yaml", "Litres are", "A litre is")], [("body", "How to read the figures")]),
    "order": ([("briefing.yaml", "[supply, repairs]", "[repairs, supply]")], [("order", "Contents")]),
    "section's title": ([("sections/01-supply.yaml", "title: Supply", "title: Water")], [("title", "Water")]),
    "headline": ([("sections/01-supply.yaml", "The north pumps", "The north has")], [("headline", "Supply")]),
    "a value in a headline": (
        [("sections/01-supply.yaml", "The north pumps {{ litres-now }}", "The north pumps {{ litres-now.by }}")],
        [("headline", "Supply")],
    ),
    "points": ([("sections/01-supply.yaml", "hardly moved", "not moved")], [("points", "Supply")]),
    "body": ([("sections/01-supply.yaml", "counted {{", "measured {{")], [("body", "Supply")]),
    "citation": ([("sections/01-supply.yaml", "[@survey]", "[@register]")], [("body", "Supply")]),
    "caption": ([("sections/01-supply.yaml", "winter's dip", "dip")], [("exhibit", "Supply")]),
    "date of a turning point": (
        [("sections/01-supply.yaml", "on: 2026-01-15", "on: 2026-01-16")],
        [("exhibit", "Supply")],
    ),
    "column": ([("sections/02-repairs.yaml", "title: District}", "title: Where}")], [("exhibit", "Repairs")]),
    "two at once": (
        [("sections/01-supply.yaml", "hardly", "not"), ("sections/02-repairs.yaml", "pumps need", "pumps want")],
        [("points", "Supply"), ("headline", "Repairs")],
    ),
}


@pytest.mark.parametrize("what", TEXTS)
def test_a_text_that_is_written_anew_is_told_by_its_part(
    what: str, edited: Callable[..., tuple[Briefing, Briefing]]
) -> None:
    edits, expected = TEXTS[what]
    changes = compare(*edited(*edits))
    assert (_rewritten(changes), changes.numbers) == (expected, ())


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("Frost]", "Ice]", ("Frost", "Ice")),
        ("We saw it", "We heard it", ("We saw it", "We heard it")),
        ("figures: [pumps]", "figures: [repair-cost]", ("Pumps that need repair", "Cost of repair")),
        ("where: {date: 2026-02-28}", "where: {date: 2025-12-31}", ("193,200", "176,500")),
        ("columns:", "where: {district: South}\n    columns:", ("North", "")),
    ],
)  # fmt: skip
def test_an_exhibit_is_told_by_the_words_that_changed(old: str, new: str, told: tuple[str, str], starter: Path) -> None:
    more = """exhibits:
  worded: {title: What is broken, table: [[What, Why], [Main, Frost]]}
  said: {quote: We saw it, speaker: Someone, date: 2026-02-20, source: survey}
  figured: {title: In figures, figures: [pumps]}
  all:
    title: All reports
    table: supply.csv
    columns: [{column: district, title: District}, {column: date, title: Date}, {column: litres, title: Litres}]
"""
    repairs = "sections/02-repairs.yaml"
    _edit(
        starter,
        (repairs, "exhibits:\n", more),
        (repairs, "@latest\n", "@latest\n\n  @worded\n\n  @said\n\n  @figured\n\n  @all\n"),
    )
    _edit(starter, ("values.yaml", "repair-cost:\n", "repair-cost:\n  label: Cost of repair\n"))
    before, after = _loaded(starter), _loaded(_edit(starter, (repairs, old, new)))
    (change,) = compare(before, after).texts
    assert change.part == "exhibit"
    assert told[0] in change.was and told[1] in change.now
    assert told[0] not in change.now


def test_a_value_that_only_gets_another_name_rewrites_no_text(starter: Path) -> None:
    old = _loaded(starter)
    for path in starter.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("repair-cost", "cost-of-repair").replace("litres-now", "now"), encoding="utf-8")
    assert _rewritten(compare(old, _loaded(starter))) == []


def test_what_only_gets_another_name_has_not_changed(starter: Path) -> None:
    """A source, an exhibit, a section and a file, with rows that are numbers and rows that are words."""
    entry = "events.csv:\n  title: Events of the year\n  by: by\n  as_of: date\n  source: source\n"
    _edit(starter, ("events.csv", "", EVENTS), ("series.yaml", "supply.csv:", f"{entry}supply.csv:"))
    old = _loaded(starter)
    names = {f"{before}survey": f"{before}count" for before in ("@", ",", "source: ", "\n")}
    names |= {"@latest": "@newest", "latest:": "newest:", "repairs]": "mending]", "supply.csv": "a.csv"}
    names |= {"events.csv": "happenings.csv"}
    for path in [*starter.glob("*.yaml"), *starter.glob("*.csv"), *starter.glob("sections/*.yaml")]:
        text = path.read_text(encoding="utf-8")
        for name, other in names.items():
            text = re.sub(rf"(?<!/){re.escape(name)}(?=\W|\Z)", other, text)
        path.write_text(text, encoding="utf-8")
    (starter / "sections" / "02-repairs.yaml").rename(starter / "sections" / "02-mending.yaml")
    (starter / "supply.csv").rename(starter / "a.csv")
    (starter / "events.csv").rename(starter / "happenings.csv")
    new = _loaded(starter)
    assert "count" in new.sources and "newest" in new.sections[1].exhibits and new.sections[1].id == "mending"
    assert not compare(old, new) and not compare(new, old)


def test_a_column_may_get_another_name_while_its_numbers_change(starter: Path) -> None:
    old = _loaded(starter)
    later = "2026-03-31,North,195000,,Pumping stations,register\n"
    edits = [("supply.csv", "182000", "182100"), ("supply.csv", "2025-09-30,South", f"{later}2025-09-30,South")]
    new = _loaded(_edit(starter, *edits, *NUMBERS["a column gets another name"][0]))
    assert _told(compare(old, new)) == [("revised", AUTUMN.replace("litres", "volume")), ("updated", "litres-now")]


def test_a_population_under_another_name_is_told_by_both(starter: Path) -> None:
    old = _loaded(starter)
    edits = [("supply.csv", ",North,", ",Upper,")] * 3 + [("values.yaml", "district: North", "district: Upper")]
    new = _loaded(_edit(starter, *edits))
    log = ChangeLog(compare(old, new), old, new)
    rows = list(csv.DictReader(io.StringIO(log.csv().decode("utf-8-sig"))))
    assert {(row["was_counted"], row["now_counted"]) for row in rows} == {("North", "Upper")}
    (table,) = log.notice().tables
    assert {plain(row[-1]) for row in table.rows} == {"population: North → Upper"}


def test_words_of_a_row_that_tell_it_from_others_are_told_when_they_change(starter: Path) -> None:
    """Of two payments on one day by one authority the one went elsewhere: its number is the same, and to whom it went
    is not."""
    entry = "paid.csv:\n  title: Payments\n  measures: {euros: {unit: EUR}}\n  by: by\n  as_of: day\n  source: source\n"
    rows = "day,by,to,euros,source\n2026-02-20,Office,Mill,100,survey\n2026-02-20,Office,Farm,200,survey\n"
    _edit(starter, ("series.yaml", "supply.csv:", f"{entry}supply.csv:"), ("paid.csv", "", rows))
    old, new = _loaded(starter), _loaded(_edit(starter, ("paid.csv", "Farm", "Dairy")))
    for one, other, words in ((old, new, ("Farm", "Dairy")), (new, old, ("Dairy", "Farm"))):
        changes = compare(one, other)
        assert changes.numbers == ()
        assert [(text.part, text.where, text.was, text.now) for text in changes.texts] == [("row", "Payments", *words)]


def test_rows_whose_population_is_named_are_the_same_rows(starter: Path) -> None:
    edits = [("sections/01-supply.yaml", "lines: district", "where: {district: North}")]
    old = _loaded(_edit(starter, ("series.yaml", "  population: district", "#"), *edits))
    new = _loaded(_edit(starter, ("series.yaml", "#   ", "  population: district #   ")))
    assert not compare(old, new) and not compare(new, old)


def test_rows_that_lose_their_ids_are_the_same_rows(starter: Path) -> None:
    path = starter / "supply.csv"
    head, *rows = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([f"id,{head}", *(f"R{n},{row}" for n, row in enumerate(rows))]), encoding="utf-8")
    named = _loaded(starter)
    path.write_text("\n".join([head, *rows]), encoding="utf-8")
    bare = _loaded(_edit(starter, ("series.yaml", "unit: litres", "unit: buckets")))
    for old, new in ((named, bare), (bare, named)):
        changes = compare(old, new).numbers
        assert [(change.kind, change.fields) for change in changes] == [("restated", ("unit",))] * len(rows)


def test_sections_come_and_go(starter: Path) -> None:
    old = _loaded(starter)
    section = (starter / "sections/02-repairs.yaml").read_text(encoding="utf-8").replace("latest", "newest")
    (starter / "sections/03-more.yaml").write_text(section.replace("title: Repairs", "title: More"), encoding="utf-8")
    new = _loaded(_edit(starter, ("briefing.yaml", "repairs]", "repairs, more]")))
    assert _rewritten(compare(old, new)) == [("section_new", "More")]
    assert _rewritten(compare(new, old)) == [("section_gone", "More")]


def test_only_the_paragraphs_that_differ_are_quoted(edited: Callable[..., tuple[Briefing, Briefing]]) -> None:
    (change,) = compare(*edited(("sections/01-supply.yaml", "counted {{", "measured {{"))).texts
    assert change.was.startswith("The stations of the northern district counted 193,200 litres")
    assert change.now.startswith("The stations of the northern district measured 193,200 litres")
    assert "pipeline" not in change.was + change.now


WRITTEN = """exhibits:
  spoken:
    quote: The water came back
    speaker: A resident
    mark: unverified
    source: survey
  steps:
    table: [[Step, Who], [Count the pumps, The office]]
    title: What comes next
"""


@pytest.mark.parametrize(
    ("file", "was", "now"),
    [
        ("sections/02-repairs.yaml", "The water came back", "The water came back in time"),
        ("sections/02-repairs.yaml", "Count the pumps", "Count all the pumps"),
        ("sections/01-supply.yaml", "New station opens", "New station is opened"),
    ],
)
def test_what_an_author_wrote_in_an_exhibit_is_told_word_by_word(
    starter: Path, edited: Callable[..., tuple[Briefing, Briefing]], file: str, was: str, now: str
) -> None:
    placed = ("sections/02-repairs.yaml", "  @latest\n", "  @spoken\n\n  @steps\n\n  @latest\n")
    _edit(starter, placed, ("sections/02-repairs.yaml", "exhibits:\n", WRITTEN))
    (change,) = compare(*edited((file, was, now))).texts
    assert was in change.was and now not in change.was
    assert now in change.now


@pytest.mark.parametrize("named", [False, True])
def test_a_row_that_another_joins_under_its_date_is_not_withdrawn(starter: Path, *, named: bool) -> None:
    head, *rows = (starter / "supply.csv").read_text(encoding="utf-8").splitlines()
    head, rows = f"{head},kind{',id' * named}", [f"{row},first{f',r{n}' * named}" for n, row in enumerate(rows)]
    (starter / "supply.csv").write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    old = _loaded(starter)
    edit = ("supply.csv", "2025-09-30,North,182000,", "2025-09-30,North,182100,")
    joined = f"2025-09-30,North,183000,,Pumping stations,register,second{',x' * named}\n2025-09-30,South"
    new = _loaded(_edit(starter, edit, ("supply.csv", "2025-09-30,South", joined)))
    kinds = [("revised", "182,000", "182,100"), ("new", None, "183,000")]
    back = [("revised", "182,100", "182,000"), ("withdrawn", "183,000", None)]
    for one, other, expected in ((old, new, kinds), (new, old, back)):
        log = ChangeLog(compare(one, other), one, other)
        told = [
            (change.kind, *(quantity and log.formatter.quantity(quantity) for quantity in (change.was, change.now)))
            for change in log.changes.numbers
        ]
        assert told == expected


def test_a_row_that_counts_others_is_restated(starter: Path) -> None:
    path = starter / "supply.csv"
    rows = path.read_text(encoding="utf-8").splitlines()
    named = [f"R{n},{row}" if n else f"id,{row}" for n, row in enumerate(rows)]
    bare = _loaded(starter)
    path.write_text("\n".join(named) + "\n", encoding="utf-8")
    old = _loaded(starter)
    assert not compare(bare, old), "rows that only get names have not changed"
    new = _loaded(_edit(starter, ("supply.csv", "2025-09-30,North,182000", "2025-09-30,East,183000")))
    (change,) = compare(old, new).numbers
    assert (change.kind, change.fields) == ("restated", ("number", "population"))
    assert compare(old, new).texts == ()


EVENTS = "id,date,what,by,source\nE1,2025-05-01,Well dug,Office,survey\nE2,2025-06-01,Well closed,Office,survey\n"


@pytest.fixture
def events(starter: Path) -> Path:
    (starter / "events.csv").write_text(EVENTS, encoding="utf-8")
    entry = "events.csv:\n  title: Events of the year\n  by: by\n  as_of: date\n  source: source\n"
    with (starter / "series.yaml").open("a", encoding="utf-8") as file:
        file.write(entry)
    return starter


@pytest.mark.parametrize(
    ("old", "new", "part", "id"),
    [
        ("Well closed", "Well sealed", "row", "E2"),
        ("2025-06-01", "2025-06-02", "row", "E2"),
        ("E2,2025-06-01,Well closed,Office,survey\n", "", "row_gone", "E2"),
        ("E2,", "E3,2025-07-01,Well opened,Office,survey\nE2,", "row_new", "E3"),
    ],
)
def test_rows_without_numbers_are_texts(old: str, new: str, part: str, id: str, events: Path) -> None:
    before = _loaded(events)
    (change,) = compare(before, _loaded(_edit(events, ("events.csv", old, new)))).texts
    assert (change.part, change.where, change.id) == (part, "Events of the year", id)


def test_rows_that_only_get_names_have_not_changed(events: Path) -> None:
    bare = EVENTS.replace("id,", "").replace("E1,", "").replace("E2,", "")
    named = _loaded(events)
    (events / "events.csv").write_text(bare, encoding="utf-8")
    assert not compare(named, _loaded(events))
    assert not compare(_loaded(events), named)


def test_of_two_rows_alike_one_may_get_a_name_and_one_go(events: Path) -> None:
    alike = EVENTS.replace("2025-06-01,Well closed", "2025-05-01,Well dug")
    (events / "events.csv").write_text(alike, encoding="utf-8")
    old = _loaded(events)
    new = _loaded(_edit(events, ("events.csv", "E1,2025-05-01,Well dug,Office,survey\nE2,", "E3,")))
    assert [change.part for change in compare(old, new).texts] == ["row_gone"]
    assert [change.part for change in compare(new, old).texts] == ["row_new"]


def test_of_two_numbers_alike_one_may_get_a_name_and_one_go(starter: Path) -> None:
    entry = "stock.csv:\n  title: Stock\n  measures: {n: {unit: pumps}}\n  by: by\n  as_of: date\n  source: source\n"
    row = ",2026-02-20,3,Office,survey\n"
    _edit(starter, ("series.yaml", "supply.csv:", f"{entry}supply.csv:"))
    _edit(starter, ("stock.csv", "", f"id,date,n,by,source\nS1{row}S2{row}"))
    old, new = _loaded(starter), _loaded(_edit(starter, ("stock.csv", f"S1{row}S2", "S3")))
    assert [change.kind for change in compare(old, new).numbers] == ["withdrawn"]
    assert [change.kind for change in compare(new, old).numbers] == ["new"]


# --- what readers are told -----------------------------------------------------------------------------------------


@pytest.fixture
def log(edited: Callable[..., tuple[Briefing, Briefing]]) -> ChangeLog:
    row = "2026-03-31,North,195000,,Pumping stations,register\n"
    old, new = edited(
        NEXT,
        ("supply.csv", "2025-09-30,South", f"{row}2025-09-30,South"),
        ("supply.csv", "182000", "182100"),
        ("supply.csv", "2025-12-31,South,151000,,Pumping stations,register\n", ""),
        ("values.yaml", "by: District Water Office", "by: Users of the pumps"),
        ("sections/01-supply.yaml", "hardly moved", "not moved"),
        ("sections/01-supply.yaml", "The north pumps", "The north has"),
    )
    return ChangeLog(compare(old, new), old, new)


def test_the_notice_has_a_table_for_each_kind(log: ChangeLog) -> None:
    notice = log.notice()
    assert notice.title.replace("\u00a0", " ") == "What changed since the edition of 1 March 2026"
    tables = {
        plain(table.caption.title).split(":")[0]: [
            [plain(cell).replace("\u00a0", " ") for cell in row] for row in table.rows
        ]
        for table in notice.tables
    }
    assert tables == {
        "Revised": [
            ["North, litres", "182,000 (30 September 2025)", "182,100 (30 September 2025)", "Pumping stations"]
        ],
        "Restated": [
            [
                "Pumps that need repair",
                "at least 14 (20 February 2026)",
                "at least 14 (20 February 2026)",
                "attribution: District Water Office → Users of the pumps",
            ]
        ],
        "Withdrawn": [["South, litres", "151,000 (31 December 2025)", "Pumping stations"]],
        "Updated": [
            [
                "Litres a day in the northern district",
                "193,200 (28 February 2026)",
                "195,000 (31 March 2026)",
                "Pumping stations",
            ]
        ],
        "Texts that changed": [["Supply", "headline, points"]],
    }


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("publisher: District Water Office\n  date: 2026-02-20", "publisher: Office\n  date: 2026-02-20",
         "source: District Water Office → Office"),
        ("Survey of pumps and pipes", "Survey of pipes", "source: Survey of pumps and pipes → Survey of pipes"),
        ("example.org/survey", "example.org/surveys", "source"),
    ],
)  # fmt: skip
def test_another_source_is_told_by_what_tells_it_from_the_one_before(
    old: str, new: str, told: str, edited: Callable[..., tuple[Briefing, Briefing]]
) -> None:
    before, after = edited(("sources.yaml", old, new))
    (table,) = ChangeLog(compare(before, after), before, after).notice().tables
    assert {plain(row[-1]) for row in table.rows} == {told}


def test_numbers_of_the_earlier_edition_are_nobody_else_s(log: ChangeLog) -> None:
    runs = [run for table in log.notice().tables for row in table.rows for cell in row for run in cell]
    ids = {run.text: run.quantity.id for run in runs if isinstance(run, Number) and run.part == "value"}
    assert ids["182,000"] == f"{AUTUMN}@2026-03-01"
    assert ids["182,100"] == AUTUMN
    places = {run.quantity.place.file for run in runs if isinstance(run, Number)}
    assert {"2026-03-01/supply.csv", "supply.csv"} <= places


def test_the_file_has_every_change_with_its_words(log: ChangeLog) -> None:
    rows = list(csv.DictReader(io.StringIO(log.csv().decode("utf-8-sig"))))
    assert tuple(rows[0]) == COLUMNS
    assert [row["kind"] for row in rows] == ["revised", "restated", "withdrawn", "updated", "text", "text"]
    revised, restated, withdrawn, updated, headline, points = rows
    assert (revised["was"], revised["now"], revised["line"]) == ("182,000", "182,100", "2")
    assert (restated["was_by"], restated["now_by"]) == ("District Water Office", "Users of the pumps")
    assert (withdrawn["was"], withdrawn["now"]) == ("151,000", "")
    assert withdrawn["file"] == "2026-03-01/supply.csv", "where it stood, not what stands there now"
    assert (updated["was_as_of"], updated["now_as_of"], updated["id"]) == ("2026-02-28", "2026-03-31", "litres-now")
    assert headline["was"] == "The north pumps 193,200 litres a day"
    assert headline["now"] == "The north has 195,000 litres a day"
    assert points["changed"] == "points"


def test_the_terminal_gets_one_line_a_change(log: ChangeLog) -> None:
    lines = [line.replace("\u00a0", " ") for line in log.lines()]
    assert lines[0] == "What changed since the edition of 1 March 2026"
    assert lines[1] == (
        "  revised   North, litres: 182,000 (30 September 2025) → 182,100 (30 September 2025)  supply.csv:2:litres"
    )
    assert len(lines) == 7


def test_a_revision_that_rounding_hides_is_told_exactly(starter: Path) -> None:
    old = _loaded(_edit(starter, ("series.yaml", "bound: bound}", "bound: bound, decimals: 0}")))
    new = _loaded(_edit(starter, ("supply.csv", "193200", "193200.25"), ("supply.csv", "182000", "182001")))
    log = ChangeLog(compare(old, new), old, new)
    told = " ".join(log.lines())
    assert b"193,200.25" in log.csv() and "193,200 (28\u00a0February\u00a02026) → 193,200.25 (28" in told
    assert "182,000 (30" in told and "182,001 (30" in told


def test_no_change_is_said_in_one_sentence(edited: Callable[..., tuple[Briefing, Briefing]]) -> None:
    old, new = edited(NEXT)
    log = ChangeLog(compare(old, new), old, new)
    notice = log.notice()
    assert [plain(block.text).replace("\u00a0", " ") for block in notice.blocks] == [
        "No number and no text has changed since the edition of 1 March 2026."
    ]
    assert notice.tables == ()
    assert len(list(log.lines())) == 2


def test_a_cell_is_never_run_as_a_formula() -> None:
    cells = ["=1+1", "+cmd", "-2+3", "@x", "\tx", "\rx", "-5", "+3.25", "a=b", "", "“=1”", "-"]
    content = write_csv(["a"], [[cell] for cell in cells])
    read = [row[0] if row else "" for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))][1:]
    assert read == ["'=1+1", "'+cmd", "'-2+3", "'@x", "'\tx", "'\rx", "-5", "+3.25", "a=b", "", "“=1”", "'-"]


def test_a_text_that_looks_like_a_formula_is_none_in_the_file(edited: Callable[..., tuple[Briefing, Briefing]]) -> None:
    old, new = edited(("sections/01-supply.yaml", "The south's supply", "=HYPERLINK() The south's supply"))
    rows = list(csv.DictReader(io.StringIO(ChangeLog(compare(old, new), old, new).csv().decode("utf-8-sig"))))
    assert rows[0]["now"].startswith("'=HYPERLINK")


# --- what documents carry -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content", ["a,b\r\n1,2\r\n", "\ufeffa,b\n", "<&>]]>\n", "a: \u0085 é\u200f\n", "", "\n\n  \t\n", "end\r"]
)
def test_carried_files_come_back_byte_for_byte(content: str) -> None:
    files = (DataFile("sections/01-a.yaml", "", content.encode()), DataFile('a"<.csv', "", b"x"))
    assert from_xml(to_xml(files)) == {file.name: file.content for file in files}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<files/>",
        b"<!DOCTYPE files [<!ENTITY a 'b'>]><files xmlns='urn:diptych:briefing'><file name='x'>&a;</file></files>",
        b"<files xmlns='urn:diptych:briefing'><file name='x'><b/></file></files>",
        b"<files xmlns='urn:diptych:briefing'><file name='x'>a<file name='y'/>b</file></files>",
        b"<files xmlns='urn:diptych:briefing'>",
        b"\xff\xfe",
    ],
)
def test_another_document_is_none_of_ours(content: bytes) -> None:
    assert from_xml(content) is None


@pytest.mark.parametrize("name", ["briefing.yaml", "sections/01-a.yaml", "casualties.csv", "sections/values.yaml"])
def test_attachments_have_names_without_folders(name: str) -> None:
    assert "/" not in attachment_name(name)
    assert file_name(attachment_name(name)) == name
