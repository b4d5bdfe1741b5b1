"""The benchmark's briefing: takes a number of sections, writes the same content as our folder and as the peers' files.

A section has three paragraphs, four points, a table of six rows and four years, and a chart of two series; as slides
its points, its chart and its table, each with notes. Same number, same bytes.
"""

import csv
import io
import json
import random
from dataclasses import dataclass
from pathlib import Path

YEARS = (2021, 2022, 2023, 2024)
ROWS = ("Demand", "Leakage", "Metering", "Energy", "Treatment", "Complaints")
REGIONS = ("North", "South", "East", "West", "Hills", "Coast", "Valley", "Islands", "City", "Lakes")
SUBJECTS = (
    "the treatment works", "summer demand", "the meter programme", "the regional network", "the winter reserve",
    "the capital budget", "leakage repair", "the pilot area", "the tariff review", "the river intake",
    "the control centre", "the pipeline",
)  # fmt: skip
VERBS = (
    "ran close to its planned limit", "changed little over the period", "recovered after a weak start",
    "was examined by the auditors twice", "followed the rainfall of the year", "fell behind its schedule",
    "exceeded what the board had expected", "settled at the level of the neighbouring regions",
)  # fmt: skip
CLAUSES = (
    "although the later reports are provisional", "which the regulator had asked for",
    "because two stations were out of service", "and the reasons are set out below",
    "while the cost for each household stayed level", "so the earlier forecast no longer holds",
    "as the field teams had predicted", "and a review is due in the autumn",
)  # fmt: skip
EMPHASIS = ("the main result", "a clear change", "the largest effect", "the agreed limit", "an open question")


@dataclass(frozen=True)
class Section:
    """`numbers`: one row of four years for each of `ROWS`."""

    id: str
    title: str
    paragraphs: tuple[str, ...]
    points: tuple[str, ...]
    numbers: tuple[tuple[float, ...], ...]

    @property
    def latest(self) -> str:
        return f"{self.numbers[0][-1]:.1f}"

    @property
    def kind(self) -> str:
        return "line" if int(self.id[1:]) % 2 else "bars"


def sections(count: int, edited: float = 0.0) -> list[Section]:
    """`edited` is added to the latest demand of the middle section: what a user who corrects one number does."""
    made = []
    for number in range(1, count + 1):
        chance = random.Random(number)
        numbers = [[round(chance.uniform(40, 400), 1) for _ in YEARS] for _ in ROWS]
        if number == count // 2 + 1:
            numbers[0][-1] = round(numbers[0][-1] + edited, 1)
        opening = "Demand reached {{ demand }} megalitres a day in the latest year [@source]."
        paragraphs = (_paragraph(chance, opening), _paragraph(chance, ""), _paragraph(chance, ""))
        points = ("Demand reached {{ demand }} megalitres a day", *(_clause(chance) for _ in range(3)))
        title = f"{REGIONS[number % 10]} region, part {_word(number)}"
        made.append(Section(f"s{number:04d}", title, paragraphs, points, tuple(map(tuple, numbers))))
    return made


def _word(number: int) -> str:
    """A number as letters, so that no title holds a numeral: 1 -> A, 27 -> AA."""
    word = ""
    while number:
        number, rest = divmod(number - 1, 26)
        word = chr(ord("A") + rest) + word
    return word


def _clause(chance: random.Random) -> str:
    return f"{chance.choice(SUBJECTS)} {chance.choice(VERBS)}".capitalize()


def _paragraph(chance: random.Random, opening: str) -> str:
    """About ninety words, with an emphasis."""
    sentences = [opening] if opening else []
    while sum(len(sentence.split()) for sentence in sentences) < 85:
        extra = f", **{chance.choice(EMPHASIS)}**" if len(sentences) in (1, 3) else ""
        sentences.append(f"{_clause(chance)}{extra}, {chance.choice(CLAUSES)}.")
    return " ".join(sentences)


# --- as our folder ---------------------------------------------------------------------------------------------------


def write_folder(folder: Path, made: list[Section]) -> None:
    (folder / "sections").mkdir(parents=True, exist_ok=True)
    provenance = ["Regional water office", "2026-01-15", "office"]
    tables, trends = [], []
    for section in made:
        for row, numbers in zip(ROWS, section.numbers, strict=True):
            tables.append([section.id, row, *numbers, *provenance])
            if row in ROWS[:2]:
                dated = zip(YEARS, numbers, strict=True)
                trends += [[section.id, row, number, provenance[0], str(year), "office"] for year, number in dated]
    columns = [f"y{year}" for year in YEARS]
    _csv(folder / "tables.csv", ["section", "measure", *columns, "by", "as_of", "source"], tables)
    _csv(folder / "trends.csv", ["section", "measure", "amount", "by", "year", "source"], trends)
    measures = "".join(f"    {column}: {{unit: units}}\n" for column in columns)
    files = {
        "briefing.yaml": "title: Regional water briefing\nsubtitle: Synthetic benchmark document\nedition: 2026-01-15\n"
        "issuer: Benchmark office\ncontact: office@example.org\nlanguage: en\npage: a4\n"
        "highlights: [demand-s0001]\nsummary: The regions report their demand.\n",
        "sources.yaml": "office:\n  title: Annual returns\n  publisher: Regional water office\n  date: 2026-01-15\n"
        "  url: https://example.org/returns\n",
        "series.yaml": f"tables.csv:\n  title: Annual returns\n  measures:\n{measures}"
        "  by: by\n  as_of: as_of\n  source: source\n"
        "trends.csv:\n  title: Demand and leakage\n  measures:\n    amount: {unit: megalitres a day}\n"
        "  by: by\n  as_of: year\n  source: source\n  population: measure\n",
        "values.yaml": "".join(map(_value, made)),
        **{f"sections/{section.id[1:]}-{section.id}.yaml": _section(section) for section in made},
    }
    for name, text in files.items():
        _put(folder / name, text)


def _put(path: Path, text: str) -> None:
    """As an editor does, which saves what has changed."""
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def _value(section: Section) -> str:
    where = f"{{section: {section.id}, measure: Demand}}"
    return (
        f"demand-{section.id}:\n  from: trends.csv\n  where: {where}\n  column: amount\n  pick: last\n"
        "  label: Megalitres a day\n"
    )


def _section(section: Section) -> str:
    def ours(text: str) -> str:
        return text.replace("{{ demand }}", f"{{{{ demand-{section.id} }}}}").replace("[@source]", "[@office]")

    body = "\n\n".join(f"  {ours(paragraph)}" for paragraph in section.paragraphs)
    columns = "".join(f"      - {{column: y{year}, title: '\\{year}'}}\n" for year in YEARS)
    chart = (
        "    chart: line\n    y: amount\n    lines: measure\n"
        if section.kind == "line"
        else "    chart: bars\n    value: amount\n    label: [year]\n    group: measure\n"
    )
    return (
        f"title: {section.title}\nheadline: {ours(section.points[0])}\npoints:\n"
        + "".join(f"  - {ours(point)}\n" for point in section.points)
        + f"body: |\n{body}\n\n  @{section.id}-table\n\n  @{section.id}-chart\n"
        f"exhibits:\n  {section.id}-table:\n    table: tables.csv\n    title: Key figures of the section\n"
        f"    where: {{section: {section.id}}}\n    columns:\n"
        f"      - {{column: measure, title: Measure, width: 2}}\n{columns}"
        f"  {section.id}-chart:\n    data: trends.csv\n    where: {{section: {section.id}}}\n{chart}"
        "    title: Demand and leakage by year\n    takeaway: Demand and leakage moved apart.\n"
    )


def _csv(path: Path, head: list[str], rows: list[list[object]]) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([head, *rows])
    _put(path, text.getvalue())


# --- as the peers' files ---------------------------------------------------------------------------------------------

_HEAD = """---
title: Regional water briefing
subtitle: Synthetic benchmark document
author: Benchmark office
date: 2026-01-15
lang: en
---

"""


def write_peers(folder: Path, made: list[Section]) -> None:
    """`brief.md` and `slides.md` for pandoc, `charts.json` for `peer_charts.py`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "brief.md").write_text(_HEAD + "\n".join(map(_document, made)), encoding="utf-8")
    (folder / "slides.md").write_text(_HEAD + "\n".join(map(_slides, made)), encoding="utf-8")
    charts = [{"id": section.id, "kind": section.kind, "numbers": section.numbers[:2]} for section in made]
    (folder / "charts.json").write_text(json.dumps({"years": YEARS, "charts": charts}), encoding="utf-8")


def _theirs(section: Section, text: str) -> str:
    source = "([Annual returns](https://example.org/returns))"
    return text.replace("{{ demand }}", section.latest).replace("[@source]", source)


def _table(section: Section) -> str:
    lines = ["| Measure | " + " | ".join(map(str, YEARS)) + " |", "|:--|" + "--:|" * len(YEARS)]
    for row, numbers in zip(ROWS, section.numbers, strict=True):
        lines.append(f"| {row} | " + " | ".join(map(str, numbers)) + " |")
    return "\n".join(lines)


def _document(section: Section) -> str:
    alt = f"Demand and leakage by year; demand ends at {section.latest}."
    parts = [f"# {section.title}", *(_theirs(section, paragraph) for paragraph in section.paragraphs)]
    parts.append("\n".join(f"- {_theirs(section, point)}" for point in section.points))
    parts.append(f"{_table(section)}\n\n: Key figures of the section")
    parts.append(f'![Demand and leakage by year](charts/{section.id}.svg){{alt="{alt}" width=90%}}')
    return "\n\n".join(parts) + "\n"


def _slides(section: Section) -> str:
    notes = "\n\n::: notes\n" + "\n\n".join(_theirs(section, text) for text in section.paragraphs) + "\n:::\n\n"
    points = "\n".join(f"- {_theirs(section, point)}" for point in section.points)
    return (
        f"## {section.title}\n\n{points}{notes}"
        f"## {section.title}: chart\n\n![Demand and leakage by year](charts/{section.id}.png){notes}"
        f"## {section.title}: table\n\n{_table(section)}{notes}"
    )
