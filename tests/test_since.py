"""--since, through the outputs: an earlier folder, PDF or deck, and what this edition then says of its changes."""

import csv
import io
import re
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pptx import Presentation

import make_all
from data.load import load
from data.model import DataFile
from data.trust import previous
from data.trust.carried import attachment_name, to_xml

ROOT = Path(__file__).resolve().parent.parent
SHIPPED = ROOT / "data" / "briefing"
STARTER = ROOT / "data" / "starter"
KINDS = ("Revised", "Restated", "Withdrawn", "Updated", "New", "Texts that changed")


def build(folder: Path, out: Path, *options: str | Path) -> int:
    return make_all.main([str(folder), "--out", str(out), *map(str, options)])


def edit(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert text.count(old) == 1, (file, old)
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")


def told(out: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((out / "changes.csv").read_bytes().decode("utf-8-sig"))))


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u00ad", "").replace("\ufffe", ""))


def page_of_changes(out: Path) -> str:
    """The pages from "What changed" up to the contents."""
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(out / "briefing.pdf")]
    whole = squeezed(" ".join(pages))
    return whole[whole.index("What changed since") :].split(" Contents ")[0]


def slides_of_changes(out: Path) -> list[str]:
    """What stands on each slide that has the notice's title, cell by cell."""
    slides = []
    for slide in Presentation(str(out / "briefing.pptx")).slides:
        texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        texts += [
            cell.text for shape in slide.shapes if shape.has_table for row in shape.table.rows for cell in row.cells
        ]
        if any(text.startswith("What changed since") for text in texts):
            slides.append(squeezed(" | ".join(texts)))
    return slides


@pytest.fixture(scope="module")
def earlier(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The starter's edition of 1 March 2026 as a folder, a PDF and a deck."""
    out = tmp_path_factory.mktemp("earlier")
    assert build(STARTER, out) == 0
    return {"folder": STARTER, "report": out / "briefing.pdf", "deck": out / "briefing.pptx"}


@pytest.mark.parametrize("form", ["folder", "report", "deck"])
def test_an_earlier_edition_reads_back_as_it_was(form: str, earlier: dict[str, Path]) -> None:
    briefing, findings = previous.previous(earlier[form])
    assert findings == []
    assert briefing == load(STARTER)[0]


@pytest.mark.parametrize(
    ("file", "old", "new", "named"),
    [
        ("sources.yaml", "Survey of pumps and pipes", "Another survey", "survey@2026-03-01"),
        ("", "survey", "again", "again"),
    ],
    ids=["another one under its name", "itself under another name"],
)
def test_a_number_of_the_earlier_edition_keeps_its_own_source(
    file: str, old: str, new: str, named: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    now = Path(shutil.copytree(STARTER, tmp_path / "now"))
    for path in [now / file] if file else [*now.glob("*.yaml"), *now.glob("sections/*.yaml")]:
        path.write_text(re.sub(rf"(?<!/){old}\b", new, path.read_text(encoding="utf-8")), encoding="utf-8")
    edit(now, "briefing.yaml", "edition: 2026-03-01", "edition: 2026-04-01")
    edit(now, "values.yaml", "at_least: 14", "at_least: 15")
    assert build(now, tmp_path / "out", "--since", STARTER, "--strict") == 0, capsys.readouterr().err
    ledger = csv.DictReader(io.StringIO((tmp_path / "out" / "ledger.csv").read_bytes().decode("utf-8-sig")))
    rows = [row for row in ledger if row["value_id"] == "pumps@2026-03-01"]
    assert {row["source"] for row in rows} == {named}
    assert {row["document"] for row in rows} == {"report", "deck"}


@pytest.mark.parametrize("form", ["folder", "report", "deck"])
def test_one_cell_is_one_change_and_nothing_else(
    form: str, earlier: dict[str, Path], starter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(starter, "supply.csv", "193200", "193450")
    out = tmp_path / "out"
    assert build(starter, out, "--since", earlier[form]) == 0
    (change,) = told(out)
    assert {key: change[key] for key in ("kind", "was", "now", "printed_by", "file", "line")} == {
        "kind": "revised",
        "was": "193,200",
        "now": "193,450",
        "printed_by": "litres-now",
        "file": "supply.csv",
        "line": "4",
    }
    page = page_of_changes(out)
    assert "What changed since the edition of 1 March 2026" in page
    assert [kind for kind in KINDS if kind in page] == ["Revised"]
    row = "Litres a day in the northern district 193,200 (28 February 2026) 193,450 (28 February 2026) Pumping stations"
    assert row in page
    assert len(re.findall(r"\d{3},\d{3}", page)) == 2
    (slide,) = slides_of_changes(out)
    assert "Revised" in slide
    cells = row.replace("district 193", "district | 193").replace(") ", ") | ")
    assert cells in slide
    shown = capsys.readouterr().out
    assert "revised   Litres a day in the northern district: 193,200" in shown.replace("\u00a0", " ")


def test_many_new_numbers_of_a_file_are_one_row_in_the_documents(
    earlier: dict[str, Path], starter: Path, tmp_path: Path
) -> None:
    edit(starter, "values.yaml", "at_least: 14", "at_least: 15")
    rows = "".join(f"{year}-{month:02},East,{year}{month},,Pumping stations,register\n"
                   for year in (2023, 2024) for month in range(1, 13))  # fmt: skip
    for more, listed in (("", 24), ("2025-01,East,7001,,Pumping stations,register\n", 0)):
        with (starter / "supply.csv").open("a", encoding="utf-8") as file:
            file.write(rows + more)
        rows, out = "", tmp_path / str(listed)
        assert build(starter, out, "--since", earlier["folder"]) == 0
        assert [row["kind"] for row in told(out)] == ["revised", *["new"] * (24 + bool(more))]
        page, slides = page_of_changes(out), " ".join(slides_of_changes(out))
        assert "at least 15" in page and "at least 15" in slides
        for text in (page, slides):
            assert len(re.findall(r"\(\w+\s202[34]\)", text)) == listed
            assert text.count("many numbers, listed in changes.csv") == (not listed)


def test_many_numbers_that_are_restated_alike_are_one_row_in_the_documents(starter: Path, tmp_path: Path) -> None:
    """A source's publisher has another name, and one row another authority; no source is called unused for it."""
    rows = [f"{year}-{month:02},East,{year}{month},,Pumping stations,register" for year in (2022, 2023, 2024)
            for month in range(1, 13)]  # fmt: skip
    with (starter / "supply.csv").open("a", encoding="utf-8") as file:
        file.write("\n".join(rows) + "\n")
    old = Path(shutil.copytree(starter, tmp_path / "old"))
    edit(starter, "briefing.yaml", "edition: 2026-03-01", "edition: 2026-04-01")
    edit(
        starter,
        "sources.yaml",
        "publisher: District Water Office\n  date: 2026-02-28",
        "publisher: Waterworks\n  date: 2026-02-28",
    )
    edit(starter, "supply.csv", "2022-01,East,20221,,Pumping stations", "2022-01,East,20221,,Users")
    out = tmp_path / "out"
    assert build(starter, out, "--since", old, "--strict") == 0
    assert [row["kind"] for row in told(out)] == ["restated"] * (len(rows) + 6)
    for text in (page_of_changes(out), " ".join(slides_of_changes(out))):
        assert text.count("many numbers, listed in changes.csv") == 1
        assert text.count("source: District Water Office → Waterworks") == 3, "all alike, a named value, and one apart"
        assert text.count("attribution: Pumping stations → Users") == 1


def test_a_source_of_numbers_that_only_the_file_lists_is_not_called_unused(starter: Path, tmp_path: Path) -> None:
    entry = (
        "more.csv:\n  title: More\n  measures: {litres: {unit: litres}}\n  by: who\n  as_of: date\n  source: source\n"
    )
    edit(starter, "series.yaml", "supply.csv:", f"{entry}  population: place\nsupply.csv:")
    rows = "".join(f"2025-09-30,Place {at},{at}000,Office,old\n" for at in range(30))
    (starter / "more.csv").write_text(f"date,place,litres,who,source\n{rows}", encoding="utf-8")
    old = Path(shutil.copytree(starter, tmp_path / "old"))
    with (old / "sources.yaml").open("a", encoding="utf-8") as file:
        file.write("old:\n  title: An old register\n  publisher: Office\n")
    later = rows.replace("2025-09-30", "2026-01-31").replace(",old", ",register")
    (starter / "more.csv").write_text(f"date,place,litres,who,source\n{later}", encoding="utf-8")
    edit(starter, "briefing.yaml", "edition: 2026-03-01", "edition: 2026-04-01")
    assert build(starter, tmp_path / "out", "--since", old, "--strict") == 0
    assert [row["kind"] for row in told(tmp_path / "out")] == ["updated"] * 30


def test_the_terminal_tells_the_changes_again_though_nothing_is_built(
    earlier: dict[str, Path], starter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(starter, "values.yaml", "at_least: 14", "at_least: 15")
    lines = []
    for _ in range(2):
        assert build(starter, tmp_path / "out", "--only", "report", "--since", earlier["report"]) == 0
        shown = capsys.readouterr().out
        lines.append([line for line in shown.splitlines() if line.startswith(("What changed since", "  "))])
    assert shown.endswith(f"Up to date: {tmp_path / 'out'}\n")
    assert lines[0] == lines[1] and len(lines[0]) == 2
    assert build(starter, tmp_path / "out", "--only", "report") == 0
    assert build(starter, tmp_path / "out", "--only", "report") == 0
    assert "What changed" not in capsys.readouterr().out


def test_every_kind_stands_apart_in_both_documents(earlier: dict[str, Path], starter: Path, tmp_path: Path) -> None:
    edit(starter, "briefing.yaml", "edition: 2026-03-01", "edition: 2026-05-01")
    edit(
        starter,
        "supply.csv",
        "2026-02-28,North",
        "2026-04-30,North,201000,,Pumping stations,register\n2026-02-28,North",
    )
    edit(starter, "supply.csv", "182000", "182345")
    edit(starter, "supply.csv", "2025-09-30,South,148000,,Pumping stations,register\n", "")
    edit(starter, "values.yaml", "unit: pumps", "unit: hand pumps")
    edit(starter, "sections/02-repairs.yaml", "puts the cost at", "puts the price at")
    with (starter / "supply.csv").open("a", encoding="utf-8") as file:
        file.write("2026-04-30,East,149100,,Pumping stations,register\n")
    out = tmp_path / "out"
    assert build(starter, out, "--since", earlier["report"]) == 0
    assert [change["kind"] for change in told(out)] == [
        "revised", "restated", "withdrawn", "updated", "new", "text",
    ]  # fmt: skip
    page, slides = page_of_changes(out), slides_of_changes(out)
    places = [page.index(kind) for kind in KINDS]
    assert places == sorted(places)
    numbers = ["182,345", "at least 14", "148,000", "201,000", "149,100"]
    for number, start, end in zip(numbers, places, [*places[1:], len(page)], strict=False):
        assert number in page[start:end], "each number stands in the table of its kind"
    assert [next(kind for kind in KINDS if f"{kind}:" in slide or kind in slide) for slide in slides] == list(KINDS)
    assert all(number in slide for number, slide in zip(numbers, slides, strict=False))
    assert "Repairs points" in page[places[-1] :]


def test_no_change_is_one_sentence(earlier: dict[str, Path], starter: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert build(starter, out, "--since", earlier["deck"], "--strict") == 0, "nor is it found that two are of one day"
    assert told(out) == []
    sentence = "No number and no text has changed since the edition of 1 March 2026."
    assert sentence in page_of_changes(out)
    assert [sentence in slide for slide in slides_of_changes(out)] == [True]


def test_without_since_nothing_is_said_of_changes(earlier: dict[str, Path]) -> None:
    assert not (earlier["report"].parent / "changes.csv").exists()
    assert slides_of_changes(earlier["report"].parent) == []


def test_a_changed_value_without_a_label_is_told(starter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The page of changes would call it by its name in values.yaml."""
    edit(starter, "values.yaml", "amount: 42.5", "amount: 43.5")
    edit(starter, "values.yaml", "at_least: 14", "at_least: 15")
    assert make_all.main([str(starter), "--check", "--since", str(STARTER)]) == 0
    lines = capsys.readouterr().err.splitlines()
    assert ["'pipeline'" in line for line in lines if "[no-label]" in line] == [True]
    assert ["both of 2026-03-01" in line for line in lines if "[since-same]" in line] == [True]


def test_check_tells_the_changes_and_writes_nothing(
    earlier: dict[str, Path], starter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(starter, "values.yaml", "at_least: 14", "at_least: 15")
    assert build(starter, tmp_path / "out", "--check", "--since", earlier["report"]) == 0
    assert "revised   Pumps that need repair: at least 14" in capsys.readouterr().out.replace("\u00a0", " ")
    assert not (tmp_path / "out").exists()


def test_the_shipped_briefing_tells_one_cell_from_all_others(tmp_path: Path) -> None:
    """Every 40th number of the series, and a value that is typed: each edit is found, and only that."""
    old, _ = load(SHIPPED)
    assert old is not None
    from data.trust.changes import compare  # noqa: PLC0415

    folder = Path(shutil.copytree(SHIPPED, tmp_path / "briefing"))
    cells = [
        quantity for records in old.series.values() for record in records for quantity in record.quantities.values()
    ]
    assert len(cells) > 100
    for quantity in cells[::40]:
        path = folder / quantity.place.file
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        line = lines[quantity.place.line - 1]
        number = f"{quantity.magnitude:f}"
        at = max(line.rfind(f",{number},"), 0)
        edited = line[:at] + line[at:].replace(number, f"{quantity.magnitude + 1:f}", 1)
        path.write_text(
            "".join([*lines[: quantity.place.line - 1], edited, *lines[quantity.place.line :]]), encoding="utf-8"
        )
        new, findings = load(folder)
        assert new is not None, findings
        changes = compare(old, new)
        assert [(change.kind, change.key) for change in changes.numbers] == [("revised", quantity.id)]
        assert changes.texts == ()
        path.write_text("".join(lines), encoding="utf-8")


# --- an OLD that cannot be compared ----------------------------------------------------------------------------------


def _pdf(path: Path, attachments: dict[str, bytes]) -> Path:
    document = pikepdf.new()
    document.add_blank_page()
    for name, content in attachments.items():
        document.attachments[name] = content
    document.save(path)
    return path


def _another(path: Path, _: dict[str, Path]) -> Path:
    return _pdf(path, {"letter.txt": b"Dear all"})


def _no_document(path: Path, _: dict[str, Path]) -> Path:
    path.write_bytes(b"hello")
    return path


def _missing(path: Path, _: dict[str, Path]) -> Path:
    return path


def _empty_folder(path: Path, _: dict[str, Path]) -> Path:
    path.mkdir()
    return path


def _cut(form: str) -> Callable[[Path, dict[str, Path]], Path]:
    def make(path: Path, earlier: dict[str, Path]) -> Path:
        content = earlier[form].read_bytes()
        path.write_bytes(content[: len(content) // 2])
        return path

    return make


def _locked_pdf(path: Path, earlier: dict[str, Path]) -> Path:
    with pikepdf.open(earlier["report"]) as document:
        document.save(path, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    return path


def _locked_deck(path: Path, _: dict[str, Path]) -> Path:
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    return path


def _attached(path: Path, raw: bytes, **packing: Any) -> Path:
    """A PDF with one attachment whose bytes are packed in a way of its own."""
    document = pikepdf.new()
    document.add_blank_page()
    stream = pikepdf.Stream(document, raw, **packing)
    held = pikepdf.Dictionary(
        Type=pikepdf.Name.Filespec, F="a.csv", UF="a.csv", EF=pikepdf.Dictionary(F=document.make_indirect(stream))
    )
    names = pikepdf.Array(["a.csv", document.make_indirect(held)])
    document.Root.Names = pikepdf.Dictionary(EmbeddedFiles=pikepdf.Dictionary(Names=names))
    document.save(path, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    assert path.stat().st_size < 1 << 20
    return path


def _bomb_pdf(path: Path, _: dict[str, Path]) -> Path:
    packer = zlib.compressobj(9)
    raw = b"".join(packer.compress(bytes(1 << 20)) for _ in range(100)) + packer.flush()
    return _attached(path, raw, Filter=pikepdf.Name.FlateDecode)


def _in_rows(path: Path, _: dict[str, Path]) -> Path:
    how = pikepdf.Dictionary(Predictor=12, Columns=1)
    return _attached(path, zlib.compress(b"\0a\0b"), Filter=pikepdf.Name.FlateDecode, DecodeParms=how)


def _in_letters(path: Path, _: dict[str, Path]) -> Path:
    return _attached(path, b"6162>", Filter=pikepdf.Name.ASCIIHexDecode)


def _bomb_deck(path: Path, _: dict[str, Path]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("customXml/item1.xml", b"<files xmlns='urn:diptych:briefing'>" + bytes(100 << 20))
    return path


def _leading_out(path: Path, _: dict[str, Path]) -> Path:
    """Names that would leave the folder are not ours, so nothing is left that is."""
    return _pdf(path, {"../briefing.yaml": b"title: x", "/etc/briefing.yaml": b"title: x"})


def _faulty(path: Path, _: dict[str, Path]) -> Path:
    Path(shutil.copytree(STARTER, path))
    edit(path, "values.yaml", "at_least: 14", "at_least: many")
    return path


def _newer(path: Path, _: dict[str, Path]) -> Path:
    Path(shutil.copytree(STARTER, path))
    edit(path, "briefing.yaml", "edition: 2026-03-01", "edition: 2026-03-02")
    return path


def _other(_: Path, __: dict[str, Path]) -> Path:
    return SHIPPED


UNFIT: dict[str, tuple[Callable[[Path, dict[str, Path]], Path], str, str]] = {
    "a PDF of somebody else": (_another, "since-unreadable", "no data of a briefing"),
    "no document": (_no_document, "since-unreadable", "no folder, no PDF and no deck"),
    "nothing": (_missing, "since-unreadable", "cannot be opened"),
    "an empty folder": (_empty_folder, "since-unreadable", "no briefing.yaml"),
    "half a PDF": (_cut("report"), "since-unreadable", ""),
    "half a deck": (_cut("deck"), "since-unreadable", "damaged"),
    "a PDF with a password": (_locked_pdf, "since-unreadable", "password"),
    "a deck with a password": (_locked_deck, "since-unreadable", "password"),
    "a PDF that unpacks without end": (_bomb_pdf, "since-unreadable", "more data"),
    "a PDF packed in rows": (_in_rows, "since-unreadable", "does not write"),
    "a PDF packed in letters": (_in_letters, "since-unreadable", "does not write"),
    "a deck that unpacks without end": (_bomb_deck, "since-unreadable", "more data"),
    "names that lead out of the folder": (_leading_out, "since-unreadable", "no data of a briefing"),
    "an edition with faults": (_faulty, "since-unreadable", "'many' is not a number"),
    "a newer edition": (_newer, "since-newer", "2026-03-02"),
    "another briefing": (_other, "since-other", "Iran and Palestinian groups"),
}


@pytest.mark.parametrize("what", UNFIT)
def test_what_cannot_be_compared_is_one_finding_and_nothing_is_written(
    what: str, earlier: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make, code, said = UNFIT[what]
    old = make(tmp_path / "old", earlier)
    around = set(tmp_path.parent.iterdir())
    assert build(STARTER, tmp_path / "out", "--since", old) == 1
    errors = capsys.readouterr().err
    assert errors.count(" error [") == 1
    assert f"{old}: error [{code}]" in errors and said in errors
    assert not (tmp_path / "out").exists()
    assert set(tmp_path.parent.iterdir()) == around


@pytest.mark.parametrize("bound", ["MOST_BYTES", "MOST_FILE", "MOST_DATA", "MOST_FILES"])
@pytest.mark.parametrize("form", ["report", "deck"])
def test_what_is_read_of_a_document_is_bounded(
    form: str, bound: str, earlier: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(previous, bound, 4 if bound == "MOST_FILES" else 900)
    briefing, [finding] = previous.previous(earlier[form])
    assert briefing is None
    assert ("larger than" if bound == "MOST_BYTES" else "more data than a briefing has") in finding.message


@pytest.mark.parametrize("form", ["report", "deck"])
@pytest.mark.parametrize(
    "name", ["../out.csv", "sections/../../out.yaml", "{elsewhere}/out.csv", "..\\out.csv", "a.py"]
)
def test_a_document_writes_no_file_that_is_no_briefing_s(
    form: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Around an edition that is whole otherwise, so that it is unpacked."""
    expected = load(STARTER)[0]
    assert expected
    (tmp_path / "room").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "room"))
    files = [*expected.files, DataFile(name.format(elsewhere=tmp_path / "room"), "", b"x")]
    written: list[str] = []
    write = Path.write_bytes

    def noted(path: Path, content: bytes) -> int:
        written.append(path.name)
        return write(path, content)

    if form == "report":
        _pdf(tmp_path / "old", {attachment_name(file.name): file.content for file in files})
    else:
        with zipfile.ZipFile(tmp_path / "old", "w") as archive:
            archive.writestr("customXml/item1.xml", to_xml(files))
    monkeypatch.setattr(Path, "write_bytes", noted)
    assert previous.previous(tmp_path / "old") == (expected, [])
    assert sorted(written) == sorted(Path(file.name).name for file in expected.files)
    assert [*(tmp_path / "room").iterdir()] == []


def test_an_edition_is_not_compared_with_what_it_overwrites(
    starter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert build(starter, out, "--only", "report") == 0
    before = (out / "briefing.pdf").read_bytes()
    edit(starter, "values.yaml", "at_least: 14", "at_least: 15")
    assert build(starter, out, "--since", out / "briefing.pdf") == 1
    assert "[since-overwritten]" in capsys.readouterr().err
    assert (out / "briefing.pdf").read_bytes() == before


def test_no_output_goes_into_the_folder_of_the_earlier_edition(
    starter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = shutil.copytree(starter, tmp_path / "old")
    edit(starter, "values.yaml", "at_least: 14", "at_least: 15")
    assert build(starter, old, "--since", old) == 1
    assert "[since-overwritten]" in capsys.readouterr().err
    assert not (old / "briefing.pdf").exists()


@pytest.mark.parametrize("form", ["report", "deck"])
def test_no_damage_raises(form: str, earlier: dict[str, Path], tmp_path: Path) -> None:
    """A byte turned over in each of forty places: either it still reads as a briefing, or there is one finding."""
    content = earlier[form].read_bytes()
    for n in range(40):
        at = len(content) * n // 40 + n
        (tmp_path / "old").write_bytes(content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :])
        briefing, findings = previous.previous(tmp_path / "old")
        assert (briefing is None) == (len(findings) == 1)


def test_an_edition_that_another_program_saved_again_still_reads(earlier: dict[str, Path], tmp_path: Path) -> None:
    with pikepdf.open(earlier["report"]) as document:
        document.save(tmp_path / "again.pdf", object_stream_mode=pikepdf.ObjectStreamMode.generate, linearize=True)
    Presentation(str(earlier["deck"])).save(str(tmp_path / "again.pptx"))
    for name in ("again.pdf", "again.pptx"):
        assert previous.previous(tmp_path / name) == (load(STARTER)[0], [])


def test_a_count_and_the_one_that_it_replaced_are_two_rows(starter: Path, tmp_path: Path) -> None:
    edit(starter, "series.yaml", "  source: source", "  source: source\n  status: status")
    path = starter / "supply.csv"
    rows = [f"{row},status" if row.startswith("date") else f"{row}," for row in path.read_text("utf-8").splitlines()]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    old = Path(shutil.copytree(starter, tmp_path / "old"))
    edit(starter, "supply.csv", "2026-02-28,South,150400,", "2026-02-28,South,149000,")
    with path.open("a", encoding="utf-8") as file:
        file.write("2026-02-28,South,150400,,Pumping stations,register,revised\n")
    out = tmp_path / "out"
    assert build(starter, out, "--since", old) == 0
    assert "repeated-row" not in {finding.code for finding in load(starter)[1]}
    (revised,) = [row for row in told(out) if row["kind"].lower() == "revised"]
    assert "150,400" in revised.values() and "149,000" in revised.values()
