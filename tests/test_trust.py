"""Trust in the numbers: whatever is done to a finished file is caught, and a stranger's count finds nothing more."""

import csv
import io
import re
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

import make_all
import report
import slides
from charts.drawing import Face
from data.findings import Finding
from data.findings.gate import GateDisagrees
from data.load import load
from data.model import Briefing
from data.trust import gate
from data.trust.ledger import Printed, to_csv
from report.readback import read as read_report
from report.result import Report
from slides.readback import read as read_deck
from tests import charting, edits, samples, stranger
from tests.tampering import Pdf, Pptx, instead, other_figures, removed


@dataclass(frozen=True)
class Pair:
    """Both documents of one briefing, and what their writers say they print."""

    briefing: Briefing
    pdf: bytes
    pptx: bytes
    printed: tuple[Printed, ...]

    def check(self, pdf: bytes | None = None, pptx: bytes | None = None) -> list[Finding]:
        """The gate's findings on these files, or on others instead."""
        passages = read_report(pdf or self.pdf, self.briefing.words)
        passages += read_deck(pptx or self.pptx, self.briefing.theme.fonts)
        return gate.check(self.printed, gate.seen(passages, self.briefing.language))

    def page(self, where: str, numeral: str) -> int:
        """The page of the report, from 0, on which a numeral is printed first at such a place."""
        label = next(
            entry.page for entry in self.printed
            if entry.document == "report" and entry.where == where and numeral in entry.mark.text
        )  # fmt: skip
        document = pypdfium2.PdfDocument(self.pdf)
        return next(n for n in range(len(document)) if document.get_page_label(n) == label)

    def slide(self, where: str, numeral: str) -> int:
        return next(
            int(entry.page) for entry in self.printed
            if entry.document == "deck" and entry.where == where and numeral in entry.mark.text
        )  # fmt: skip


def paired(briefing: Briefing) -> Pair:
    typeset = report.typeset(briefing, charting.paper(briefing))
    deck = slides.build(briefing, charting.slide(briefing), charting.render)
    return Pair(briefing, typeset.pdf, deck.pptx, (*typeset.printed, *deck.printed))


@pytest.fixture(scope="module")
def pair() -> Pair:
    return paired(samples.briefing())


# --- what is whole passes -----------------------------------------------------------------------------------------


def test_whole_documents_pass(pair: Pair) -> None:
    assert pair.check() == []


@pytest.mark.parametrize("briefing", [samples.one, samples.harsh], ids=lambda make: make.__name__)
def test_documents_of_other_shapes_pass(briefing: Callable[[], Briefing]) -> None:
    assert paired(replace(briefing(), page="letter")).check() == []


CHOLERA = "\u062a\u0642\u0631\u064a\u0631 \u0627\u0644\u0643\u0648\u0644\u064a\u0631\u0627"
WEEK = "\u0627\u0644\u0623\u0633\u0628\u0648\u0639 44 \u0645\u0646 \u0627\u0644\u0633\u0646\u0629"
MINISTRY = "\u0648\u0632\u0627\u0631\u0629 \u0627\u0644\u0635\u062d\u0629"
HEBREW = "\u05d3\u05d5\u05d7 \u05e9\u05e0\u05ea\u05d9"


@pytest.mark.parametrize(
    ("title", "publisher"),
    [(CHOLERA, MINISTRY), (f"{CHOLERA} {CHOLERA}", "Ministry of Public Health"), (WEEK, MINISTRY), (HEBREW, HEBREW)],
    ids=["short", "long", "figures", "hebrew"],
)  # fmt: skip
def test_a_date_stays_whole_behind_a_title_from_right_to_left(title: str, publisher: str, tmp_path: Path) -> None:
    own = "title: Register of pumping stations\n  publisher: District Water Office"
    files = edits.replaced(edits.starter(), "sources.yaml", own, f"title: {title}\n  publisher: {publisher}")
    assert paired(edits.loaded(files, tmp_path / "in")).check() == []


LOSS = """loss:
  between: [-20.5, -5.5]
  unit: percent
  by: District Water Office
  as_of: 2026-02-20
  source: survey
"""


@pytest.mark.parametrize("words", range(4))
@pytest.mark.parametrize("value", ["pumps", "repair-cost", "pipeline", "pumps.as_of", "loss"])
def test_a_value_is_read_whole_in_a_sentence_from_right_to_left(value: str, words: int, tmp_path: Path) -> None:
    more = f" {MINISTRY}" * words
    sentence = f"{CHOLERA} {{{{ {value} }}}} {CHOLERA}{more} {{{{ {value} }}}} {CHOLERA} 2024."
    files = edits.replaced(edits.starter(), "sections/01-supply.yaml", "body: |\n", f"body: |\n  {sentence}\n\n")
    files = edits.replaced(files, "sections/01-supply.yaml", "\n  - The south", f"\n  - '{sentence}'\n  - The south")
    files["values.yaml"] += LOSS
    assert paired(edits.loaded(files, tmp_path / "in")).check() == []


def test_a_fraction_is_a_number_in_both_documents_in_sentences_of_either_direction(tmp_path: Path) -> None:
    lines = ("A quarter is \\¼, more is \\1½ and \\½ to \\¾.", f"{CHOLERA} \\½ {MINISTRY} \\3¾.")
    prose = "".join(f"  {line}\n\n" for line in lines)
    files = edits.replaced(edits.starter(), "sections/01-supply.yaml", "body: |\n", f"body: |\n{prose}")
    points = "".join(f"  - '{line}'\n" for line in lines)
    files = edits.replaced(files, "sections/01-supply.yaml", "\n  - The south", f"\n{points}  - The south")
    built = paired(edits.loaded(files, tmp_path / "in"))
    assert built.check() == []
    printed = [entry.mark.numeral for entry in built.printed if entry.document == "report"]
    assert all(printed.count(number) == 2 for number in ("¼", "1½", "½ to ¾", "½", "3¾")), printed


def test_a_minus_sign_stands_before_its_figures_in_a_sentence_from_right_to_left(tmp_path: Path) -> None:
    sentence = f"{CHOLERA} {{{{ loss }}}} {MINISTRY}."
    files = edits.replaced(edits.starter(), "sections/01-supply.yaml", "body: |\n", f"body: |\n  {sentence}\n\n")
    files["values.yaml"] += LOSS
    page = pypdfium2.PdfDocument(paired(edits.loaded(files, tmp_path / "in")).pdf)[2].get_textpage()
    text = page.get_text_range()
    figure = text.index("20.5")
    assert text[figure - 1] == "\u2212"
    assert page.get_charbox(figure - 1, loose=True)[0] < page.get_charbox(figure, loose=True)[0]


def test_a_space_stands_between_a_number_and_words_from_right_to_left_in_a_headline(tmp_path: Path) -> None:
    files = edits.starter()
    headline = re.search("headline: .*", files["sections/01-supply.yaml"])
    assert headline
    files = edits.replaced(
        files, "sections/01-supply.yaml", headline[0], f"headline: '{CHOLERA} {{{{ pumps }}}} {HEBREW}'"
    )
    page = pypdfium2.PdfDocument(paired(edits.loaded(files, tmp_path / "in")).pdf)[2].get_textpage()
    text = page.get_text_range()
    boxes = [page.get_charbox(n, loose=True) for n in range(len(text))]
    number = boxes[text.index("at ", text.index("least"))]  # PDFium turns the words of such a line around
    beside = [box[2] for box, letter in zip(boxes, text, strict=True) if letter in CHOLERA.replace(" ", "")]
    assert 2 < min(number[0] - right for right in beside if right < number[2]) < 10


@pytest.mark.parametrize(
    "label",
    ["\u0628\u0626\u0631 \u0661\u0662", "\u0686\u0627\u0647 \u06f4\u06f5\u066b\u06f6"],
    ids=["arabic", "persian"],
)
def test_figures_of_other_scripts_stand_in_charts_as_they_are_read(label: str, tmp_path: Path) -> None:
    files = {name: text.replace("North", label) for name, text in edits.starter().items()}
    assert paired(edits.loaded(files, tmp_path / "in")).check() == []


# --- what is tampered with is caught ------------------------------------------------------------------------------

TEXT = "P|Span|H\\d|Caption|TD|TH|LBody|Link"
FIGURE = "Figure"

SpoilPdf = Callable[[Pair, Pdf], None]
SpoilPptx = Callable[[Pair, Pptx], None]


def retyped(where: str, numeral: str, old: str, new: str, tags: str = TEXT) -> SpoilPdf:
    """On the page where the report prints `numeral` at such a place, `old` is set as `new`."""
    return lambda pair, pdf: pdf.edit(pair.page(where, numeral), tags, old, instead(old, new))


def swapped(where: str, one: str, other: str, tags: str = TEXT) -> SpoilPdf:
    return lambda pair, pdf: pdf.swap(pair.page(where, one), tags, one, other)


def realt(old: str, new: str) -> SpoilPdf:
    def spoil(_: Pair, pdf: Pdf) -> None:
        (element,) = [element for element in pdf.alternatives() if old in str(element["/Alt"])]
        element["/Alt"] = str(element["/Alt"]).replace(old, new, 1)

    return spoil


def pages_swapped(_: Pair, pdf: Pdf) -> None:
    pages = pdf.file.pages
    pages.insert(5, pages[6])
    del pages[7]


def page_dropped(pair: Pair, pdf: Pdf) -> None:
    del pdf.file.pages[pair.page("prose", "1,060")]


def outline_retitled(_: Pair, pdf: Pdf) -> None:
    with pdf.file.open_outline() as outline:
        outline.root[2].title = "What 999 people said"


def added(pair: Pair, pdf: Pdf) -> None:
    pdf.add(pair.page("prose", "1,417"), "1,471")


REPORT: dict[str, SpoilPdf] = {
    "a figure of the prose": retyped("prose", "1,417", "1,417", "1,471"),
    "a figure of a headline": retyped("headline", "73,419", "73,419", "73,491"),
    "a figure of a point": retyped("point", "70", "70", "10"),
    "a figure of a finding": retyped("finding", "73,419", "73,419", "37,419"),
    "a figure of a key figure": retyped("figure", "941", "941", "914"),
    "a figure of a table": retyped("table", "100", "100", "001", "TD"),
    "a figure of a note": retyped("note", "499", "499", "494"),
    "a figure of a source's title": retyped("source", "1,200", "1,200", "1,002"),
    "a figure of the annex": retyped("annex", "1,417", "1,417", "1,741"),
    "a label of a chart": retyped("chart", "73,419", "73,419", "73,491", FIGURE),
    "a tick of an axis": retyped("chart", "20,000", "20,000", "02,000", FIGURE),
    "a figure of an alternative text": realt("73,419", "73,418"),
    "no number in an alternative text": realt("to 73,419 ", "high "),
    "no bound": retyped("prose", "about 1,200", "about ", ""),
    "another bound": retyped("prose", "1,417", "1,417", "about 1,417"),
    "no scale": retyped("prose", "up to USD", "million", ""),
    "another unit": retyped("prose", "1,735", "km", "mm"),
    "another period": retyped("prose", "up to USD", "a year", "a day"),
    "no number in the prose": retyped("prose", "1,417", "1,417", ""),
    "no label in a chart": retyped("chart", "1,060", "1,060", "", FIGURE),
    "a swapped pair in the prose": swapped("prose", "1,060", "1,190"),
    "a swapped pair of key figures": swapped("figure", "941", "1,190"),
    "a swapped pair in a chart": swapped("chart", "1,060", "1,190", FIGURE),
    "swapped pages": pages_swapped,
    "a page less": page_dropped,
    "a number painted over a page": added,
    "a number in the outline": outline_retitled,
}


@pytest.mark.parametrize("spoil", REPORT.values(), ids=REPORT)
def test_a_report_that_was_tampered_with_is_caught(pair: Pair, spoil: SpoilPdf) -> None:
    pdf = Pdf(pair.pdf)
    spoil(pair, pdf)
    caught(pair.check(pdf=pdf.save()), "briefing.pdf")


def caught(findings: list[Finding], file: str) -> None:
    assert findings
    assert {finding.severity for finding in findings} == {"error"}
    assert all(finding.code.startswith("gate-") for finding in findings)
    assert all(finding.place.file == file for finding in findings)


def slide(number: int) -> str:
    return f"ppt/slides/slide{number}.xml"


def notes(number: int) -> str:
    return f"ppt/notesSlides/notesSlide{number}.xml"


def rewritten(where: str, numeral: str, old: str, new: str) -> SpoilPptx:
    """On the slide where the deck prints `numeral` at such a place, `old` reads `new`."""
    part = notes if where == "speaker notes" else slide
    return lambda pair, pptx: pptx.edit(part(pair.slide(where, numeral)), old, new)


def exchanged(where: str, one: str, other: str) -> SpoilPptx:
    part = notes if where == "speaker notes" else slide
    return lambda pair, pptx: pptx.swap(part(pair.slide(where, one)), one, other)


def redrawn(numeral: str, change: Callable[[Any], None]) -> SpoilPptx:
    def spoil(pair: Pair, pptx: Pptx) -> None:
        fonts = pair.briefing.theme.fonts
        (picture,) = pptx.pictures(pair.slide("chart", numeral))
        pptx.edit_words(picture, (Face(fonts.slide_metrics), Face(fonts.arabic)), numeral, change)

    return spoil


def another_picture(pair: Pair, pptx: Pptx) -> None:
    (one,), (other,) = (pptx.pictures(pair.slide("chart", numeral)) for numeral in ("73,419", "1,060"))
    pptx.parts[one], pptx.parts[other] = pptx.parts[other], pptx.parts[one]


def slides_swapped(pair: Pair, pptx: Pptx) -> None:
    one, other = pair.slide("chart", "73,419"), pair.slide("chart", "1,060")
    listed = re.findall(r"<p:sldId [^>]+>", pptx.parts["ppt/presentation.xml"].decode())
    pptx.swap("ppt/presentation.xml", listed[one - 1], listed[other - 1])


def slide_dropped(pair: Pair, pptx: Pptx) -> None:
    listed = re.findall(r"<p:sldId [^>]+>", pptx.parts["ppt/presentation.xml"].decode())
    pptx.edit("ppt/presentation.xml", listed[pair.slide("chart", "73,419") - 1], "")


def notes_emptied(pair: Pair, pptx: Pptx) -> None:
    member = notes(pair.slide("speaker notes", "1,417"))
    pptx.parts[member] = re.sub(rb"<a:t>[^<]*</a:t>", b"<a:t></a:t>", pptx.parts[member])


def run_added(pair: Pair, pptx: Pptx) -> None:
    pptx.edit(slide(pair.slide("figure", "941")), "</a:r></a:p>", "</a:r><a:r><a:t> of 9,410</a:t></a:r></a:p>")


DECK: dict[str, SpoilPptx] = {
    "a figure of a title": rewritten("headline", "73,419", "73,419", "73,491"),
    "a figure of a point": rewritten("point", "70", "USD\u00a070", "USD\u00a07"),
    "a figure of a key figure": rewritten("figure", "941", "941", "914"),
    "a figure of a table": rewritten("table", "100", "USD\u00a0100", "USD\u00a0101"),
    "a figure of the notes": rewritten("speaker notes", "1,417", "1,417", "1,471"),
    "a figure of a note on a slide": rewritten("point", "499", "499", "494"),
    "a figure of the list of sources": rewritten("list", "1,200", "1,200", "1,300"),
    "a figure of an alternative text": rewritten("alt text", "232", "from 232", "from 323"),
    "no number in an alternative text": rewritten("alt text", "232", "from 232 ", ""),
    "a label of a chart": redrawn("73,419", other_figures),
    "a tick of an axis": redrawn("20,000", other_figures),
    "no label in a chart": redrawn("1,060", removed),
    "another chart's picture": another_picture,
    "no bound on a slide": rewritten("figure", "about 1,200", "about 1,200", "1,200"),
    "no bound in the notes": rewritten("speaker notes", "about 1,200", "about 1,200", "1,200"),
    "another bound": rewritten("figure", "941", "941", "at least 941"),
    "no scale": rewritten("headline", "up to USD", "\u00a0million", ""),
    "another unit": rewritten("figure", "1,735", "1,735\u00a0km", "1,735\u00a0m"),
    "another period": rewritten("headline", "up to USD", "a year", "a month"),
    "no number on a slide": rewritten("figure", "941", "941", ""),
    "a swapped pair of key figures": exchanged("figure", "73,419", "941"),
    "a swapped pair in a table": exchanged("table", "USD\u00a070\u00a0million to USD", "up to USD"),
    "a swapped pair in the notes": exchanged("speaker notes", "1,417", "1,400"),
    "swapped slides": slides_swapped,
    "a slide less": slide_dropped,
    "no notes": notes_emptied,
    "a number more": run_added,
}


@pytest.mark.parametrize("spoil", DECK.values(), ids=DECK)
def test_a_deck_that_was_tampered_with_is_caught(pair: Pair, spoil: SpoilPptx) -> None:
    pptx = Pptx(pair.pptx)
    spoil(pair, pptx)
    caught(pair.check(pptx=pptx.save()), "briefing.pptx")


def test_tampering_itself_changes_no_number(pair: Pair) -> None:
    assert pair.check(Pdf(pair.pdf).save(), Pptx(pair.pptx).save()) == []


def test_a_value_changed_in_one_document_is_told_with_the_other(pair: Pair) -> None:
    pdf = Pdf(pair.pdf)
    REPORT["a figure of a key figure"](pair, pdf)
    told = [finding for finding in pair.check(pdf=pdf.save()) if isinstance(finding, GateDisagrees)]
    assert [finding.value for finding in told] == ["west-bank"]
    assert "'914'" in told[0].message and "'941'" in told[0].message and "briefing.pptx:slide" in told[0].message


# --- what a stranger finds, the ledger explains ---------------------------------------------------------------------


def listed(printed: tuple[Printed, ...]) -> dict[tuple[str, str, str], Counter[str]]:
    """Document, page and kind of place -> the numbers that the ledger lists there."""
    found: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for row in csv.DictReader(io.StringIO(to_csv(printed).decode("utf-8-sig"))):
        drawn = row["document"] == "deck" and row["where"] == "chart"  # glyphs without letters, for most readers
        if not drawn:
            kind = row["where"] if row["where"] in ("alt text", "speaker notes") else "page"
            found[row["document"], row["page"], kind].update(stranger.NUMBER.findall(row["number"]))
    return found


@pytest.mark.parametrize(
    "briefing",
    [lambda: loaded(make_all.SHIPPED), lambda: loaded(make_all.STARTER), samples.briefing],
    ids=["shipped", "starter", "sample"],
)
def test_the_ledger_explains_every_number_that_a_stranger_finds(briefing: Callable[[], Briefing]) -> None:
    pair = paired(briefing())
    assert pair.check() == []
    known = listed(pair.printed)
    found = {("report", page, "page"): numbers for page, numbers in stranger.of_report(pair.pdf).items()}
    for (slide, kind), numbers in stranger.of_deck(pair.pptx).items():
        found["deck", slide, "page" if kind == "slide" else kind] = numbers
    unexplained = {key: numbers - known[key] for key, numbers in found.items() if numbers - known[key]}
    assert unexplained == {}
    unseen = {key: numbers - found[key] for key, numbers in known.items() if key in found and numbers - found[key]}
    assert unseen == {}
    assert sum(map(len, found.values())) > 40


def loaded(folder: Path) -> Briefing:
    briefing, findings = load(folder)
    assert briefing is not None, findings
    return briefing


# --- and nothing of it is published ---------------------------------------------------------------------------------


def test_a_stale_copy_is_caught(starter: Path) -> None:
    before = paired(loaded(starter))
    supply = starter / "supply.csv"
    supply.write_text(supply.read_text(encoding="utf-8").replace("193200", "193300"), encoding="utf-8")
    now = paired(loaded(starter))
    assert now.check() == []
    caught(now.check(pdf=before.pdf), "briefing.pdf")
    caught(now.check(pptx=before.pptx), "briefing.pptx")


def test_nothing_is_published_that_the_gate_stops(
    starter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert make_all.main([str(starter), "--out", str(out)]) == 0
    good = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    assert out / "ledger.csv" in good
    typeset = report.typeset

    def tampering(*given: Any) -> Report:
        made = typeset(*given)
        pdf = Pdf(made.pdf)
        pdf.edit(3, TEXT, "14", instead("14", "41"))
        return replace(made, pdf=pdf.save())

    monkeypatch.setattr(report, "typeset", tampering)
    values = starter / "values.yaml"
    values.write_text(values.read_text(encoding="utf-8").replace("42.5", "43.5"), encoding="utf-8")
    capsys.readouterr()
    assert make_all.main([str(starter), "--out", str(out)]) == 1
    errors = capsys.readouterr().err
    assert "briefing.pdf:page" in errors and "error [gate-missing]" in errors and "error [gate-unknown]" in errors
    assert "[gate-disagrees] The value pumps reads" in errors
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == good
