"""The manifest: what a build is made from, told apart file by file."""

import json
from pathlib import Path

import pytest

from data.building import manifest

CHANGES = ["What changed since 1 March 2026", "  revised   Pumps"]
FINDINGS = {"values.yaml:3:1: warning [unused-value] ...": "warning", "briefing.pptx: note [slide-kept] ...": "note"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "briefing"
    (folder / "sections").mkdir(parents=True)
    for name in ("briefing.yaml", "values.yaml", "supply.csv", "sections/01-supply.yaml"):
        (folder / name).write_text(f"# {name}\n", encoding="utf-8")
    return folder


@pytest.fixture
def out(folder: Path) -> Path:
    """An output folder inside the briefing's, as a build has left it."""
    out = folder / "build"
    (out / "charts").mkdir(parents=True)
    outputs = {"charts/supply.svg": b"<svg/>", "briefing.pdf": b"%PDF", "briefing.pptx": b"PK"}
    for name, content in outputs.items():
        (out / name).write_bytes(content)
    (out / "ledger.csv").write_bytes(b"value\n")
    written = manifest.written(describe(folder), "a4", outputs, FINDINGS, CHANGES, {"supply": "4"}, {}, None)
    (out / manifest.NAME).write_bytes(written)
    return out


def describe(folder: Path, **options: object) -> manifest.Tables:
    return manifest.describe(folder, folder / "build", {"page": None, "since": None, **options})


def why(folder: Path, **options: object) -> dict[str, list[str]]:
    out = folder / "build"
    return manifest.why(manifest.read(out), describe(folder, **options), out)


def causes(folder: Path, **options: object) -> list[str]:
    """The reasons that all three outputs share."""
    reasons = why(folder, **options)
    assert list(reasons) == ["charts/supply.svg", "briefing.pdf", "briefing.pptx"]
    [shared] = {tuple(own) for own in reasons.values()}
    return list(shared)


@pytest.mark.usefixtures("out")
def test_nothing_changed(folder: Path) -> None:
    assert why(folder) == {}


@pytest.mark.usefixtures("out")
def test_inputs_that_were_added_removed_and_edited(folder: Path) -> None:
    (folder / "sections" / "02-more.yaml").write_text("title: More\n", encoding="utf-8")
    (folder / "values.yaml").unlink()
    (folder / "supply.csv").write_text("date,litres\n", encoding="utf-8")
    assert causes(folder) == ["added sections/02-more.yaml", "removed values.yaml", "edited supply.csv"]


@pytest.mark.usefixtures("out")
def test_what_is_no_input_changes_nothing(folder: Path) -> None:
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    (folder / ".values.yaml.swp").write_text("an editor's", encoding="utf-8")
    (folder / ".schema").mkdir()
    (folder / ".schema" / "hidden.yaml").write_text("x", encoding="utf-8")
    assert why(folder) == {}


@pytest.mark.usefixtures("out")
def test_an_option(folder: Path) -> None:
    assert causes(folder, page="letter") == ["option page: None -> letter"]


@pytest.mark.usefixtures("out")
def test_an_option_that_names_a_file_counts_with_its_content(folder: Path, tmp_path: Path) -> None:
    earlier = tmp_path / "earlier.pdf"
    earlier.write_bytes(b"%PDF")
    option = f"option since: None -> {earlier}"
    assert causes(folder, since=earlier) == ["added --since earlier.pdf", option]


@pytest.mark.usefixtures("out")
def test_the_program_and_its_libraries(folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for room in manifest.ROOMS:
        (tmp_path / "program" / room).mkdir(parents=True)
    (tmp_path / "program" / "charts" / "bars.py").write_text("# bars\n", encoding="utf-8")
    (tmp_path / "site" / "matplotlib-99.1.dist-info").mkdir(parents=True)
    monkeypatch.setattr(manifest, "PROGRAM", tmp_path / "program")
    monkeypatch.syspath_prepend(tmp_path / "site")
    for asked in (manifest.code, manifest.libraries):
        asked.cache_clear()
    reasons = causes(folder)
    for asked in (manifest.code, manifest.libraries):
        asked.cache_clear()
    assert "edited code charts/bars.py" in reasons
    assert "removed code data/building/manifest.py" in reasons
    assert "added library matplotlib-99.1" in reasons


def test_the_program_is_every_file_of_it_and_no_content() -> None:
    code = manifest.code()
    assert {
        "make_all.py",
        "data/building/manifest.py",
        "charts/draw.py",
        "report/write.py",
        "slides/deck.py",
    } <= code.keys()
    assert not [name for name in code if name.startswith(manifest.CONTENT) or "__pycache__" in name]


def test_each_output_has_its_own_reasons(folder: Path, out: Path) -> None:
    (out / "briefing.pdf").write_bytes(b"%PDF with a note")
    (out / "charts" / "supply.svg").unlink()
    assert why(folder) == {"charts/supply.svg": ["missing"], "briefing.pdf": ["changed by another hand"]}


@pytest.mark.usefixtures("out")
def test_outputs_with_the_same_reasons_share_a_line(folder: Path) -> None:
    (folder / "values.yaml").write_text("edited", encoding="utf-8")
    assert list(manifest.grouped(why(folder))) == ["charts/supply.svg, briefing.pdf, briefing.pptx: edited values.yaml"]


DAMAGED = (
    b"",
    b"{",
    b"\xff\xfe",
    b"[]",
    b"null",
    b'{"inputs": 3}',
    b'{"inputs":{},"code":{},"libraries":{},"options":{},"outputs":{"briefing.pdf":4},"pages":{},"findings":{},"changes":{}}',
    b'{"inputs":{},"code":{},"libraries":{},"options":{},"outputs":["briefing.pdf"],"pages":{},"findings":{},"changes":{}}',
    b"[" * 100_000,
    *(
        b'{"inputs":{},"code":{},"libraries":{},"options":{},"outputs":{"%s":""},"made":{},"pages":{},"findings":{},"changes":{}}'
        % name
        for name in (b"../theirs", b"charts/../../theirs", b"/theirs")  # which would be taken away as obsolete
    ),
)


@pytest.mark.parametrize("content", DAMAGED, ids=range(len(DAMAGED)))
def test_a_damaged_manifest_counts_as_none(folder: Path, out: Path, content: bytes) -> None:
    (out / manifest.NAME).write_bytes(content)
    assert manifest.read(out) is None
    assert why(folder) == {"everything": ["no record of an earlier build"]}


def test_the_manifest_is_plain_json(out: Path) -> None:
    tables = json.loads((out / manifest.NAME).read_text(encoding="utf-8"))
    assert list(tables) == ["inputs", "code", "libraries", "options", "outputs", "made", "pages", "findings", "changes"]
    assert tables["findings"] == FINDINGS
    assert list(tables["changes"].values()) == CHANGES
    assert list(tables["inputs"]) == ["briefing.yaml", "supply.csv", "values.yaml", "sections/01-supply.yaml"]


def test_others_are_what_is_ours_unchanged_and_not_made_again(out: Path) -> None:
    last = manifest.read(out)
    assert list(manifest.others(last, ["briefing.pdf"], out)) == ["charts/supply.svg", "briefing.pptx"]
    (out / "briefing.pptx").write_bytes(b"edited by hand")
    assert list(manifest.others(last, ["briefing.pdf"], out)) == ["charts/supply.svg"]
    assert manifest.others(None, [], out) == {}


def test_an_output_of_an_earlier_build_can_be_kept(folder: Path, out: Path) -> None:
    last = manifest.read(out)
    assert last is not None
    kept = manifest.others(last, ["briefing.pdf"], out)
    (out / manifest.NAME).write_bytes(
        manifest.written(describe(folder), "a4", {"briefing.pdf": b"%PDF"}, {}, [], {}, kept, None)
    )
    again = manifest.read(out)
    assert again is not None and again["outputs"] == last["outputs"]


def test_pages_are_a_guess_for_the_next_build(out: Path) -> None:
    assert manifest.pages(manifest.read(out)) == {"supply": "4"}
    assert manifest.pages(None) == {}


@pytest.mark.usefixtures("out")
def test_texts_draw_no_chart_and_all_else_may(folder: Path) -> None:
    last = manifest.read(folder / "build")
    assert manifest.draws(None, describe(folder))
    assert not manifest.draws(last, describe(folder))
    (folder / "sections" / "01-supply.yaml").write_text("edited", encoding="utf-8")
    assert not manifest.draws(last, describe(folder))
    assert manifest.draws(last, describe(folder, page="letter"))
    (folder / "supply.csv").write_text("edited", encoding="utf-8")
    assert manifest.draws(last, describe(folder))


def test_a_chart_depends_on_what_draws_it(folder: Path) -> None:
    made_from = describe(folder)
    version = manifest.version(made_from)
    elsewhere = {**made_from, "code": {**made_from["code"], "report/write.py": "edited"}}
    assert manifest.version(elsewhere) == version
    for table, name in (("code", "charts/bars.py"), ("code", "data/theme.py"), ("libraries", "matplotlib-99")):
        assert manifest.version({**made_from, table: {**made_from[table], name: "edited"}}) != version


def test_outputs_agree_that_are_made_from_the_same_for_the_same_paper(folder: Path) -> None:
    made_from = describe(folder)
    origin = manifest.origin(made_from, "a4")
    assert manifest.origin(describe(folder, page="a4"), "a4") == origin != manifest.origin(made_from, "letter")
    for table in ("inputs", "code", "libraries"):
        assert manifest.origin({**made_from, table: {**made_from[table], "more": "1"}}, "a4") != origin


@pytest.mark.parametrize("out", ["..", ".", "../elsewhere", "build"])
def test_a_briefing_is_made_from_its_files_wherever_the_outputs_go(folder: Path, out: str) -> None:
    """In the output folder itself lie outputs of the same names, so that nothing there is told from them."""
    for name in ("build/kept.yaml", "../elsewhere/kept.yaml", "../other.yaml"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("title: Kept\n", encoding="utf-8")
    names = {"briefing.yaml", "values.yaml", "supply.csv", "sections/01-supply.yaml"}
    expected = {"..": names | {"build/kept.yaml"}, "../elsewhere": names | {"build/kept.yaml"}, "build": names}
    assert {name for name, _ in manifest.inputs(folder, folder / out)} == expected.get(out, set())


def test_links_to_folders_are_followed_once(folder: Path) -> None:
    (folder / "sections").rename(folder / ".drafts")
    for name, target in {
        "sections": ".drafts", "round": ".", ".drafts/up": "..", "away": "../..", "brand": "round/.drafts",
    }.items():  # fmt: skip
        (folder / name).symlink_to(target)
    top = {"briefing.yaml", "values.yaml", "supply.csv"}
    through = {"sections/01-supply.yaml", "brand/01-supply.yaml", *(f"round/{name}" for name in top)}
    assert {name for name, _ in manifest.inputs(folder, folder / "build")} == top | through
