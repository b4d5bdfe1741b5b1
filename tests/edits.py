"""Edits: takes the files of the starter, returns them after such an edit as a person makes between two builds."""

import random
import re
import shutil
from pathlib import Path

from data.load import load
from data.model import Briefing

STARTER = Path(__file__).resolve().parents[1] / "data" / "starter"
SECTION = """title: {title}
headline: {title}
points: [{title} is a point]
body: |
  One paragraph about it and {{{{ pumps }}}} [@survey].
exhibits: {{}}
"""
QUOTE = """  said:
    quote: These are the words that were said.
    speaker: Somebody
    role: an engineer
    date: 2026-02-01
    source: survey
"""
BARS = """  bars:
    chart: bars
    title: Litres of water at the end of February, by district
    takeaway: The districts are unlike.
    data: supply.csv
    where: {date: 2026-02-28}
    value: litres
    label: [district]
"""
SAID = ("the", "pumps", "of", "both", "districts", "were", "looked", "at", "again", "in", "autumn")
LONG = "A headline that is much too long for its box on any slide and goes on and on " * 6

Files = dict[str, str]


def replaced(files: Files, name: str, old: str, new: str) -> Files:
    return files | {name: files[name].replace(old, new, 1)}


def starter() -> Files:
    """All sections of its folder are in it, whatever they are called; no comment stands where edits begin."""
    files = {
        path.relative_to(STARTER).as_posix(): re.sub(r"body: \| +#.*", "body: |", path.read_text(encoding="utf-8"))
        for path in STARTER.rglob("*")
        if path.is_file() and ".schema" not in path.parts
    }
    return replaced(files, "briefing.yaml", "sections: [supply, repairs]", "# all sections")


def loaded(files: Files, folder: Path) -> Briefing:
    """The briefing of these files, in a folder that holds no others."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    briefing, findings = load(folder)
    assert briefing and not [finding for finding in findings if finding.severity == "error"], findings
    return briefing


def edited(files: Files, chance: random.Random) -> Files:
    """The briefing after one edit such as a person makes between two builds."""
    section = chance.choice([name for name in files if name.startswith("sections/")])
    number = str(chance.randrange(100_000, 200_000))
    words = " ".join(chance.choices(SAID, k=30))
    match chance.randrange(13):
        case 0 | 1:
            rows = files["supply.csv"].splitlines()
            at = chance.randrange(1, len(rows))
            cells = rows[at].split(",")
            cells[2] = number
            rows[at] = ",".join(cells)
            return files | {"supply.csv": "\n".join(rows) + "\n"}
        case 2:
            values = re.sub("at_least: [0-9]+", f"at_least: 1{number[2:]}", files["values.yaml"])
            return files | {"values.yaml": values}
        case 3:
            told = chance.choice(("", " [@survey]", " {{ pumps }}"))
            added = f"  {words}{told}.\n\n" * chance.choice((1, 9))
            return replaced(files, section, "body: |\n", f"body: |\n{added}")
        case 4:
            return replaced(files, section, "points", f"# {words}\npoints")
        case 5:
            name = f"sections/{chance.randrange(10, 30)}-new{number}.yaml"
            return files | {name: SECTION.format(title=LONG if chance.random() < 0.6 else words.capitalize())}
        case 6:
            new = [name for name in files if "new" in name]
            return {name: text for name, text in files.items() if name not in new[:1]}
        case 7:
            id, entry = chance.choice((("said", QUOTE), ("bars", BARS)))
            text, placed = files["sections/02-repairs.yaml"], f"  @latest\n\n  @{id}\n"
            without = text.replace(placed, "  @latest\n").replace(entry, "")
            other = without if entry in text else text.replace("  @latest\n", placed) + entry
            return files | {"sections/02-repairs.yaml": other}
        case 8:
            return replaced(files, "briefing.yaml", "issuer: ", f"issuer: {words[:9]} ")
        case 9:
            text, asked = files["briefing.yaml"], "charts: native\n"
            return files | {"briefing.yaml": text.replace(asked, "") if asked in text else text + asked}
        case 10:
            page, other = chance.sample(("a4", "letter"), 2)
            return replaced(files, "briefing.yaml", f"page: {page}", f"page: {other}")
        case 11:
            return replaced(files, "sources.yaml", "publisher: ", f"publisher: {words[:9]} ")
        case _:
            return replaced(files, "values.yaml", "pumps:", f"more-{number}: {{convert: pipeline, to: mile}}\npumps:")
