"""Hostile briefings: whatever stands in the folder is a finding with its place, or is printed as plain text.

An ordinary run spoils a briefing 10,000 times and reads it, and 300 times and builds it. HOSTILE=7 does so with another
seed.
"""

import csv
import io
import json
import os
import re
import shutil
import signal
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import ClassVar

import pikepdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from lxml import etree

import make_all
from tests import hostile

SHARES = 4
READ, BUILT = 10_000 // SHARES, 300 // SHARES
TRIES = READ * 5 // 4
"""Some come twice, and are not counted."""
SEED = int(os.environ.get("HOSTILE", "0"))
LIMIT = 30.0
"""Seconds for one example: hundreds of times what it takes."""

FINDING = re.compile(r"(.+?)((?::[^:\s]+){0,2}): (error|warning|note) \[([a-z-]+)\] .+")
WHOLE = {
    "file-missing",
    "file-unreadable",
    "unlisted-section",
    "missing-glyph",
    "text-shortened",
    "slide-continued",
    "unused-value",
    "file-unnoticed",
}
"""Findings about a file, or about all that there is of a kind, which have no line."""
OUTPUTS = {"briefing.pdf", "briefing.pptx", "ledger.csv", ".manifest.json"}

STARTER = hostile.read(make_all.STARTER)

Spoil = Callable[[Path], object]


class HangError(BaseException):
    """Nothing that the program catches."""


@contextmanager
def awake() -> Iterator[None]:
    def alarm(*_: object) -> None:
        raise HangError

    before = signal.signal(signal.SIGALRM, alarm)
    signal.setitimer(signal.ITIMER_REAL, LIMIT)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def run(*arguments: str | Path) -> tuple[int, str]:
    """The exit status of the command and its findings; fails if it hangs, or looks at anything outside the folders."""
    errors = io.StringIO()
    with (
        hostile.WATCHMAN.watching(*(argument for argument in arguments if isinstance(argument, Path))) as seen,
        awake(),
        redirect_stderr(errors),
        redirect_stdout(io.StringIO()),
    ):
        status = make_all.main([str(argument) for argument in arguments])
    assert seen == []
    return status, errors.getvalue()


def codes(errors: str, folder: Path) -> list[str]:
    """The codes of the findings, each on a line of its own, with its file, and its line there if it is about one."""
    found = []
    for line in filter(None, errors.split("\n")):
        if re.fullmatch(r"\d+ errors?, \d+ warnings?, \d+ notes?", line):
            continue
        match = FINDING.fullmatch(line)
        assert match, line
        assert match[1].startswith(str(folder)), line
        if match[1].endswith((".yaml", ".csv")) and match[4] not in WHOLE:
            assert re.match(r":\d+", match[2]), line
        found.append(match[4])
    return found


class Spoilt:
    """A share of the briefings that are tried; classes, because workers are handed out by class."""

    share: ClassVar[int]

    def test_it_is_read(self, tmp_path: Path) -> None:
        assert make_all.main([str(make_all.STARTER), "--check"]) == 0  # imports all there is
        folder, statuses, tried, last = tmp_path, Counter[int](), set(), dict(STARTER)
        hostile.write(STARTER, folder)

        @seed(SEED * SHARES + self.share)
        @settings(max_examples=TRIES, deadline=None, database=None, phases=[Phase.generate])
        @given(hostile.spoilt(STARTER))
        def each(files: dict[str, bytes]) -> None:
            if (spoilt := tuple(files.values())) in tried or len(tried) == READ:
                return
            tried.add(spoilt)
            status, errors = run(hostile.write(files, folder, last), "--check")
            last.update(files)
            statuses[status] += 1
            assert status in (0, 1) and (status == 0 or codes(errors, folder))

        each()
        assert len(tried) == sum(statuses.values()) == READ
        assert min(statuses.values()) > 0.1 * READ, "some pass and some do not"

    def test_it_is_built(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0})  # in this process, where all that it opens is seen
        assert make_all.main([str(make_all.STARTER), "--out", str(tmp_path / "first")]) == 0  # imports all there is
        folder, out, statuses = tmp_path / "in", tmp_path / "out", Counter[int]()

        @seed(SEED * SHARES + self.share)
        @settings(
            max_examples=BUILT,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(hostile.odd(STARTER))
        def each(files: dict[str, bytes]) -> None:
            shutil.rmtree(out, ignore_errors=True)
            status, errors = run(hostile.write(files, folder), "--out", out)
            statuses[status] += 1
            codes(errors, tmp_path)
            made = {path.name for path in out.iterdir()} if out.exists() else set()
            assert status in (0, 1)
            assert made - {".cache", "charts"} == (set() if status else OUTPUTS)

        each()
        assert sum(statuses.values()) == BUILT
        assert min(statuses.values()) > 0.1 * BUILT


class TestTheFirstShare(Spoilt):
    share = 0


class TestTheSecondShare(Spoilt):
    share = 1


class TestTheThirdShare(Spoilt):
    share = 2


class TestTheFourthShare(Spoilt):
    share = 3


# --- one danger each -------------------------------------------------------------------------------------------------


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def swap(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} does not stand in {path}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def template(name: str) -> Spoil:
    return lambda folder: swap(folder / "briefing.yaml", "page: a4", f"page: a4\ntemplate: {name}")


def link(name: str, target: str | Path) -> Spoil:
    def spoil(folder: Path) -> None:
        (folder / name).unlink(missing_ok=True)
        (folder / name).symlink_to(target)

    return spoil


def pipe(name: str) -> Spoil:
    def spoil(folder: Path) -> None:
        (folder / name).unlink(missing_ok=True)
        os.mkfifo(folder / name)

    return spoil


def both(*spoils: Spoil) -> Spoil:
    def spoil(folder: Path) -> None:
        for each in spoils:
            each(folder)

    return spoil


OUTSIDE: dict[str, tuple[Spoil, str]] = {
    # what leads out of the folder, or has no end: (how, the finding's code)
    "template above": (template("../starter.pptx"), "template-missing"),
    "template elsewhere": (template("/etc/passwd"), "template-missing"),
    "template by a link": (both(link("t.pptx", "/etc/passwd"), template("t.pptx")), "template-missing"),
    "template that is a device": (both(link("t.pptx", "/dev/zero"), template("t.pptx")), "template-missing"),
    "template that is the folder": (template("."), "template-missing"),
    "rows above": (lambda folder: swap(folder / "series.yaml", "supply.csv:", "../supply.csv:"), "bad-field"),
    "rows by a link": (link("supply.csv", "/etc/passwd"), "file-unreadable"),
    "rows that are a pipe": (pipe("supply.csv"), "file-unreadable"),
    "rows that lead to themselves": (link("supply.csv", "supply.csv"), "file-unreadable"),
    "values by a link": (link("values.yaml", "/etc/passwd"), "file-unreadable"),
    "values that are a pipe": (pipe("values.yaml"), "file-unreadable"),
    "section by a link": (link("sections/01-supply.yaml", "/etc/passwd"), "file-unreadable"),
    "section that leads to itself": (link("sections/01-supply.yaml", "01-supply.yaml"), "file-missing"),
}


@pytest.mark.parametrize("name", ["briefing.pdf", "briefing.pptx", "ledger.csv", ".manifest.json"])
def test_a_pipe_under_the_name_of_an_output_is_a_finding(name: str, starter: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    os.mkfifo(out / name)
    status, errors = run(starter, "--out", out)
    assert status == 1 and f"{out / name}: error [output-blocked]" in errors
    assert [path.name for path in out.iterdir() if path.name != ".cache"] == [name]


@pytest.mark.parametrize(("option", "code"), [("--since", "since-unreadable"), ("--template", "template-missing")])
def test_a_pipe_that_the_command_names_is_a_finding(option: str, code: str, starter: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    status, errors = run(starter, "--out", tmp_path / "out", option, tmp_path / "pipe")
    assert status == 1 and codes(errors, tmp_path) == [code]
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("what", OUTSIDE)
def test_nothing_outside_the_folder_is_read(what: str, starter: Path, tmp_path: Path) -> None:
    spoil, code = OUTSIDE[what]
    spoil(starter)
    status, errors = run(starter, "--out", tmp_path / "out")
    assert status == 1 and code in codes(errors, starter)
    assert "root:" not in errors
    assert not (tmp_path / "out").exists()


def test_a_folder_of_sections_elsewhere_is_not_read(starter: Path, tmp_path: Path) -> None:
    (starter / "sections").rename(tmp_path / "elsewhere")
    (starter / "sections").symlink_to(tmp_path / "elsewhere")
    status, errors = run(starter, "--check")
    assert status == 1 and codes(errors, starter).count("file-unreadable") == 2


def test_what_lies_about_in_the_folder_does_no_harm(starter: Path, tmp_path: Path) -> None:
    """No file of the briefing: what never ends, what leads nowhere or out, and names that are no text."""
    for spoil in (
        pipe("pipe.csv"),
        link("device.csv", "/dev/zero"),
        link("itself.csv", "itself.csv"),
        link("nowhere.yaml", "nothing"),
        link("secret.yaml", "/etc/shadow"),
    ):
        spoil(starter)
    (starter / "line\nbreak.csv").write_text("x", encoding="utf-8")
    Path(os.fsdecode(os.fsencode(starter) + b"/\xff.csv")).write_text("x", encoding="utf-8")
    assert make_all.main([str(starter), "--out", str(tmp_path / "first"), "--only", "report"]) == 0  # imports the rest
    status, _ = run(starter, "--out", tmp_path / "out", "--only", "report")
    assert status == 0
    status, _ = run(starter, "--out", tmp_path / "out", "--only", "report")
    assert status == 0, "its manifest is read again"


WRONG: dict[str, tuple[str, str, str, str]] = {
    # what: (file, what stands there, what stands there instead, the finding's code)
    "control character in a key": ("values.yaml", "repair-cost:", '"repair\\acost":', "yaml-feature"),
    "no character in a file's name": ("series.yaml", "supply.csv:", '"supply\\0.csv":', "yaml-feature"),
    "control character in a text": ("briefing.yaml", "District Water Office", '"a\\x1b[31mb"', "yaml-feature"),
    "title of which nothing prints": ("sections/01-supply.yaml", "title: Supply", 'title: "\u00ad\u200b"', "bad-field"),
    "title of a page's length": ("sections/01-supply.yaml", "title: Supply", "title: " + "word " * 400, "bad-field"),
    "unit of a page's length": ("series.yaml", "unit: litres", "unit: " + "word " * 4000, "bad-field"),
    "name of a page's length": ("supply.csv", ",Pumping stations,", "," + "word " * 400 + ",", "bad-cell"),
    "control character in a source": ("sources.yaml", "survey:", '"sur\\x7fvey":', "yaml-feature"),
    "number of four hundred digits": ("values.yaml", "at_least: 14", "at_least: " + "9" * 400, "bad-number"),
    "number beyond exactness": ("values.yaml", "at_least: 14", "at_least: 1" + "0" * 18, "bad-number"),
    "number of many decimals": ("values.yaml", "at_least: 14", "at_least: 0." + "0" * 30 + "1", "bad-number"),
    "number with a large exponent": ("values.yaml", "at_least: 14", "at_least: 1e999999999", "bad-number"),
    "no number": ("values.yaml", "at_least: 14", "at_least: .nan", "bad-number"),
    "infinite width": ("sections/02-repairs.yaml", "title: District}", "title: x, width: .inf}", "bad-field"),
    "many decimals": ("values.yaml", "decimals: 1", "decimals: 999999999", "bad-field"),
    "long age": ("briefing.yaml", "90 days", "99999999999 years", "bad-field"),
    "year without end": ("briefing.yaml", "2026-03-01", "99999999-01-01", "bad-date"),
    "cell of four hundred digits": ("supply.csv", "182000", "9" * 400, "bad-cell"),
    "cell with an exponent": ("supply.csv", "182000", "1e308", "bad-cell"),
    "cell that is a formula": ("supply.csv", "182000", "=1+1", "bad-cell"),
}


@pytest.mark.parametrize("what", WRONG)
def test_numbers_and_characters_beyond_all_bounds(what: str, starter: Path) -> None:
    file, old, new, code = WRONG[what]
    swap(starter / file, old, new)
    status, errors = run(starter, "--check")
    assert status == 1 and code in codes(errors, starter)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", errors)
    assert max(map(len, errors.splitlines())) < 1500, "what is too long is not repeated whole"


@pytest.mark.parametrize(
    "word", ["administration" * 2000, "x" * 20_000, "\u063a" * 20_000], ids=["syllables", "x", "Arabic"]
)
def test_a_word_longer_than_a_page(word: str, starter: Path, tmp_path: Path) -> None:
    section = starter / "sections" / "02-repairs.yaml"
    section.write_text(section.read_text("utf-8").replace("body: |\n", f"body: |\n  {word}\n\n"), "utf-8")
    status, _ = run(starter, "--out", tmp_path / "out")
    assert status == 0


SCHEMES = (
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java&#115;cript:alert(1)", "vbscript:x", "data:text/html,x",
    "file:///x", "ftp://example.org", "//example.org", "/etc/passwd", "../x", "#x", "tel:1", "ms-office:x", "cid:x",
    "https:x", "%68ttps:x",
)  # fmt: skip


@pytest.mark.parametrize("address", SCHEMES)
@pytest.mark.parametrize("written", ["[x]({})", "[x](<{}>)", "[x][y]\n\n  [y]: {}"], ids=["inline", "angled", "named"])
def test_links_with_other_schemes(written: str, address: str, starter: Path) -> None:
    swap(starter / "sections" / "01-supply.yaml", "[@survey].", f"[@survey] {written.format(address)}")
    status, errors = run(starter, "--check")
    assert status == 1 and codes(errors, starter) == ["bad-link"]


@pytest.mark.parametrize("address", SCHEMES)
def test_sources_with_other_schemes(address: str, starter: Path) -> None:
    swap(starter / "sources.yaml", "https://example.org/survey", f"'{address}'")
    status, errors = run(starter, "--check")
    assert status == 1 and "bad-field" in codes(errors, starter)


# --- markup is plain text --------------------------------------------------------------------------------------------

MARK = "<b>{}</b> A&B <para> <br/> ]]> <img src=x/>"
"""What ReportLab takes for markup, what XML has to escape, and a word by which each text is known."""
UNIT = "<b>pumps & ]]> <para>"


def plain(text: str) -> str:
    return re.sub(r"[\s\u00ad\ufffe\u2060\u200b]+", "", text)


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A briefing with markup in every text that its files hold, built; and the words of all those that are printed."""
    home = tmp_path_factory.mktemp("marked")
    folder, words = Path(shutil.copytree(make_all.STARTER, home / "in")), []

    def mark(file: str, old: str, word: str) -> None:
        words.append(word)
        swap(
            folder / file,
            old,
            old.partition(":")[0] + ": '" + MARK.format(word) + "'" if ":" in old else MARK.format(word),
        )

    supply, repairs = "sections/01-supply.yaml", "sections/02-repairs.yaml"
    mark("briefing.yaml", "title: Water in the northern district", "Title")
    mark("briefing.yaml", "subtitle: A small example to write over", "Subtitle")
    mark("briefing.yaml", "issuer: District Water Office", "Issuer")
    mark("briefing.yaml", "contact: water@example.org", "Contact")
    mark("briefing.yaml", "Litres are what leaves the pumping stations, not what reaches a tap", "About")
    mark("values.yaml", "by: District Water Office", "Authority")
    mark("values.yaml", "label: Pumps that need repair", "Label")
    swap(folder / "values.yaml", "unit: pumps", f"unit: '{UNIT}'")
    mark("sources.yaml", "title: Survey of pumps and pipes", "Source")
    mark("sources.yaml", "publisher: District Water Office", "Publisher")
    mark("series.yaml", "title: Litres of water pumped a day", "Series")
    mark(supply, "title: Supply", "Section")
    mark(supply, "The south's supply has hardly moved since the autumn", "Point")
    mark(supply, "which have pipes of their own and are never added up", "Prose")
    mark(supply, "title: Litres of water pumped a day, by district, September to February", "Exhibit")
    mark(supply, "takeaway: The north recovered from the winter's dip; the south stayed level.", "Takeaway")
    mark(supply, "text: New station opens in the north", "Annotation")
    mark(repairs, "headline: '{{ pumps }} pumps need repair'", "Headline")
    for cell, word in (("South", "Place"), ("Pumping stations", "Counter")):
        words.append(word)
        text = (folder / "supply.csv").read_text(encoding="utf-8").replace(cell, MARK.format(word))
        (folder / "supply.csv").write_text(text, encoding="utf-8")
    status = make_all.main([str(folder), "--out", str(home / "out")])
    assert status == 0
    return home / "out", words


def in_report(out: Path) -> str:
    document = pypdfium2.PdfDocument(out / "briefing.pdf")
    return plain("".join(page.get_textpage().get_text_range() for page in document))


def in_deck(out: Path) -> str:
    """What the slides, their alternative texts and the notes say."""
    with zipfile.ZipFile(out / "briefing.pptx") as deck:
        parts = [name for name in deck.namelist() if re.fullmatch(r"ppt/(slides|notesSlides)/[^/]+\.xml", name)]
        roots = [etree.fromstring(deck.read(name)) for name in parts]
    described = "".join(value for root in roots for value in root.xpath("//@descr"))
    return plain("".join(text for root in roots for text in root.itertext()) + described)


def test_markup_is_printed_as_it_stands(marked: tuple[Path, list[str]]) -> None:
    out, words = marked
    report, deck = in_report(out), in_deck(out)
    assert plain(UNIT) in report
    assert [word for word in words if plain(MARK.format(word)) not in report] == ["Series", "Takeaway"], (
        "no texts of it"
    )
    assert [word for word in words if plain(MARK.format(word)) not in deck] == ["Series"]


def test_no_cell_of_an_output_is_run_as_a_formula(starter: Path, tmp_path: Path) -> None:
    """Formulas in names, units, prose and cells: none in the ledger, in the changes, in the workbook of a chart."""
    formula, old = "=HYPERLINK(A1)", Path(shutil.copytree(starter, tmp_path / "old"))
    swap(starter / "briefing.yaml", "page: a4", "page: a4\ncharts: native")
    swap(starter / "values.yaml", "by: District Water Office", f"by: '{formula}'")
    swap(starter / "values.yaml", "unit: pumps", "unit: '@SUM(pumps)'")
    for cell, new in (("South", formula), ("Pumping stations", "+cmd|' /C calc'!A0"), ("North", "-North")):
        for file in ("supply.csv", "values.yaml"):
            path = starter / file
            path.write_text(
                path.read_text(encoding="utf-8").replace(f": {cell}", f": '{new}'").replace(f",{cell},", f",{new},")
            )
    out = tmp_path / "out"
    assert make_all.main([str(starter), "--out", str(out), "--since", str(old)]) == 0
    for name in ("ledger.csv", "changes.csv"):
        text = (out / name).read_text(encoding="utf-8-sig")
        cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
        begun = [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
        assert [cell for cell in begun if not re.fullmatch(r"[-+]?\d+(\.\d+)?", cell)] == [], name
        assert any(formula in cell for cell in cells), name
    with zipfile.ZipFile(out / "briefing.pptx") as deck:
        books = [deck.read(name) for name in deck.namelist() if name.endswith(".xlsx")]
    assert books
    for book in books:
        with zipfile.ZipFile(io.BytesIO(book)) as parts:
            assert formula.encode() in parts.read("xl/sharedStrings.xml")
            assert not [name for name in parts.namelist() if name.endswith(".xml") and b"<f>" in parts.read(name)]


def test_an_address_that_would_end_its_attribute_stays_an_address(starter: Path, tmp_path: Path) -> None:
    nasty, out = "https://example.org/\">'</a><b/x=javascript:alert(1)>&x=", tmp_path / "out"
    swap(starter / "sources.yaml", "url: https://example.org/survey", f"url: {json.dumps(nasty)}")
    swap(starter / "sections" / "01-supply.yaml", "[@survey].", "[@survey] [x](https://example.org/'x=javascript:).")
    assert make_all.main([str(starter), "--out", str(out)]) == 0
    with pikepdf.open(out / "briefing.pdf") as document:
        objects = [each for each in document.objects if isinstance(each, pikepdf.Dictionary)]
        led = {str(each["/URI"]) for each in objects if "/URI" in each}
        kinds = {str(each["/S"]) for each in objects if each.get("/Type") == "/Action" or "/URI" in each}
    with zipfile.ZipFile(out / "briefing.pptx") as deck:
        relations = [etree.fromstring(deck.read(name)) for name in deck.namelist() if name.endswith(".rels")]
    led |= {each.get("Target") for root in relations for each in root if each.get("TargetMode") == "External"}
    assert "javascript" in "".join(led), "as a part of an address"
    assert [address for address in led if not re.match(r"https?://|mailto:|doi:|briefing\.pdf", address)] == []
    assert kinds <= {"/URI", "/GoTo"}
