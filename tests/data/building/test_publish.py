"""Publishing: all outputs or none, whatever happens at whatever moment."""

import errno
import json
import multiprocessing
import os
import resource
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import pytest

from data.building.lock import exclusive
from data.building.publish import STAGING, claimed, publish, recover

FORK = multiprocessing.get_context("fork")
OLD = {
    "charts/gone.svg": b"old",
    "charts/kept.svg": b"same",
    "a.pdf": b"old pdf",
    "b.pptx": b"old deck",
    "m.json": b"1",
}
NEW = {
    "charts/kept.svg": b"same",
    "charts/more.svg": b"new",
    "a.pdf": b"new pdf",
    "b.pptx": b"new deck",
    "m.json": b"2",
}
GONE = ["charts/gone.svg"]


def outputs(folder: Path) -> dict[str, bytes]:
    """What stands in the folder, hidden names left out."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    named = {path.relative_to(folder).as_posix(): path for path in found}
    return {name: path.read_bytes() for name, path in named.items() if not name.startswith(".")}


def same(folder: Path, expected: Mapping[str, bytes]) -> bool:
    return outputs(folder) == dict(expected)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    out = tmp_path / "out"
    assert publish(OLD, out) == []
    assert same(out, OLD)
    return out


def test_new_outputs_replace_old_ones_and_obsolete_ones_go(folder: Path) -> None:
    mine = folder / "charts" / "mine.svg"
    mine.write_bytes(b"somebody's own")
    assert publish(NEW, folder, GONE) == []
    assert same(folder, {**NEW, "charts/mine.svg": b"somebody's own"})
    assert not (folder / STAGING).exists()


def test_an_output_that_is_there_already_is_not_touched(folder: Path) -> None:
    before = (folder / "charts/kept.svg").stat()
    assert publish(NEW, folder, GONE) == []
    after = (folder / "charts/kept.svg").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_a_folder_that_is_empty_now_goes_with_its_last_output(folder: Path) -> None:
    assert publish({"a.pdf": b"alone"}, folder, ["charts/gone.svg", "charts/kept.svg"]) == []
    assert not (folder / "charts").exists()


@pytest.fixture
def unsynced(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that is killed leaves what it wrote; only a machine that stops needs the disk to be told."""
    monkeypatch.setattr(os, "fsync", lambda _: None)


def test_everything_is_on_the_disk_before_the_decision_and_the_manifest_comes_last(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log: list[str] = []
    fsync, replace = os.fsync, os.replace

    def logged_fsync(file: int) -> None:
        log.append(Path(f"/proc/self/fd/{file}").readlink().name)
        fsync(file)

    def logged_replace(source: Path, target: Path) -> None:
        log.append(f"{Path(source).name} -> {Path(target).name}")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", logged_fsync)
    monkeypatch.setattr(os, "replace", logged_replace)
    assert publish(NEW, folder, GONE) == []
    decision = log.index("draft.json -> journal.json")
    staged, moved = log[:decision], log[decision + 1 :]
    assert staged == ["more.svg", "a.pdf", "b.pptx", "m.json", "charts", "new", "draft.json"]
    assert moved == [
        STAGING,
        *(f"{name} -> {name}" for name in ("more.svg", "a.pdf", "b.pptx", "m.json")),
        *("charts", folder.name),
    ]


def _die_at(event: int, folder: Path) -> None:
    """Publish in this process, and die like one that is killed at the nth time that it touches the file system."""
    seen = 0

    def hook(name: str, _: object) -> None:
        nonlocal seen
        if name in ("open", "os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir", "shutil.rmtree"):
            seen += 1
            if seen == event:
                os._exit(9)

    sys.addaudithook(hook)
    os._exit(0 if publish(NEW, folder, GONE) == [] else 1)


@pytest.mark.usefixtures("unsynced")
def test_a_kill_at_any_moment_leaves_a_whole_set(tmp_path: Path) -> None:
    """The folder holds the old set, or the journal that makes it the new one before anything else is done in it."""
    outcomes = []
    for event in range(1, 1000):
        out = tmp_path / str(event)
        publish(OLD, out)
        child = FORK.Process(target=_die_at, args=(event, out))
        child.start()
        child.join()
        decided = (out / STAGING / "journal.json").exists()
        if not decided:
            assert same(out, OLD) or same(out, NEW), event
        assert set(outputs(out).values()) <= {*OLD.values(), *NEW.values()}, "no file is ever half written"
        recover(out)
        assert same(out, NEW if decided else OLD) or same(out, NEW), event
        assert not (out / STAGING).exists()
        outcomes.append(same(out, NEW))
        if child.exitcode == 0:
            break
    assert child.exitcode == 0
    assert outcomes == sorted(outcomes), "old before the decision, new behind it"
    assert True in outcomes and outcomes.count(False) > 20


def _die_while_it_goes_back(event: int, folder: Path) -> None:
    (folder / "b.pptx").unlink()
    (folder / "b.pptx").mkdir()  # what no output can replace
    _die_at(event, folder)


@pytest.mark.usefixtures("unsynced")
def test_a_kill_while_the_old_outputs_come_back_is_finished_too(tmp_path: Path) -> None:
    expected = {name: content for name, content in OLD.items() if name != "b.pptx"}
    for event in range(1, 1000):
        out = tmp_path / str(event)
        publish(OLD, out)
        child = FORK.Process(target=_die_while_it_goes_back, args=(event, out))
        child.start()
        child.join()
        if (out / STAGING / "journal.json").exists():
            with pytest.raises(OSError, match=r"b\.pptx"):
                recover(out)
        recover(out)
        assert same(out, expected), event
        assert not (out / STAGING).exists()
        if child.exitcode == 1:
            break
    assert child.exitcode == 1


def test_an_output_that_cannot_be_replaced_brings_the_others_back(folder: Path) -> None:
    (folder / "b.pptx").unlink()
    (folder / "b.pptx").mkdir()
    [finding] = publish(NEW, folder, GONE)
    assert finding.code == "output-blocked" and finding.place.file == str(folder / "b.pptx")
    assert same(folder, {name: content for name, content in OLD.items() if name != "b.pptx"})
    assert not (folder / STAGING).exists()


def test_no_output_goes_where_a_pipe_stands(folder: Path) -> None:
    (folder / "b.pptx").unlink()
    os.mkfifo(folder / "b.pptx")
    [finding] = publish(NEW, folder, GONE)
    assert finding.code == "output-blocked" and finding.place.file == str(folder / "b.pptx")
    assert (folder / "b.pptx").is_fifo()
    assert same(folder, {name: content for name, content in OLD.items() if name != "b.pptx"})


def test_an_output_that_another_program_holds_open(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows refuses to rename onto a file that is open."""
    replace = os.replace

    def refuse(source: str | Path, target: str | Path) -> None:
        if Path(target) == folder / "b.pptx" and Path(source).parent.name == "new":
            raise PermissionError(errno.EACCES, "The process cannot access the file", str(source), None, str(target))
        replace(source, target)

    monkeypatch.setattr(os, "replace", refuse)
    [finding] = publish(NEW, folder, GONE)
    assert str(finding).startswith(f"{folder / 'b.pptx'}: error [output-blocked]")
    assert same(folder, OLD)


def _publish_onto_a_full_disk(folder: Path) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
    [finding] = publish({**NEW, "b.pptx": bytes(100_000)}, folder, GONE)
    os._exit(0 if finding.code == "output-blocked" and "Traceback" not in str(finding) else 1)


def test_a_disk_that_takes_no_more_is_a_finding(folder: Path) -> None:
    child = FORK.Process(target=_publish_onto_a_full_disk, args=(folder,))
    child.start()
    child.join()
    assert child.exitcode == 0
    assert same(folder, OLD)
    assert not (folder / STAGING).exists()


def test_what_is_half_taken_away_comes_back(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows refuses to take away a file that is open."""
    unlink = os.unlink

    def refuse(path: str | Path, **options: int) -> None:
        if Path(path) == folder / "charts/kept.svg":
            raise PermissionError(errno.EACCES, "The process cannot access the file", str(path))
        unlink(path, **options)

    monkeypatch.setattr(os, "unlink", refuse)
    [finding] = publish({"m.json": b"2"}, folder, ["charts/gone.svg", "charts/kept.svg"])
    assert finding.place.file == str(folder / "charts/kept.svg")
    assert same(folder, OLD)


@pytest.mark.parametrize(
    ("failure", "expected"), [(KeyboardInterrupt(), NEW), (PermissionError(), OLD)], ids=["on", "back"]
)
def test_what_was_staged_stays_until_the_next_build_has_finished_with_it(
    failure: BaseException, expected: Mapping[str, bytes], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C comes behind the decision, or nothing in the folder can be replaced, not even by what was there."""
    replace = os.replace

    def fail(source: str | Path, target: str | Path) -> None:
        if Path(target) == folder / "b.pptx" or (Path(target).parent == folder and Path(source).parent.name == "old"):
            raise failure
        replace(source, target)

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", fail)
        with suppress(KeyboardInterrupt):
            publish(NEW, folder, GONE)
    assert not same(folder, expected)
    with claimed(folder, lambda: None) as blocked:
        assert blocked == [] and same(folder, expected), "before the next build reads anything there"
    assert not (folder / STAGING).exists()


def test_what_a_killed_build_staged_is_swept_up(folder: Path) -> None:
    (folder / STAGING / "new").mkdir(parents=True)
    (folder / STAGING / "new" / "a.pdf").write_bytes(b"half a p")
    assert publish(OLD, folder) == []
    assert same(folder, OLD)
    assert not (folder / STAGING).exists()


@pytest.mark.parametrize("journal", ["journal.json", "back.json"])
@pytest.mark.parametrize("content", [b'{"put": ["a.p', b"[" * 100_000], ids=["cut", "deep"])
def test_a_damaged_journal_decides_nothing(content: bytes, journal: str, folder: Path) -> None:
    (folder / STAGING / "new").mkdir(parents=True)
    (folder / STAGING / "new" / "a.pdf").write_bytes(b"half a p")
    (folder / STAGING / journal).write_bytes(content)
    assert publish(NEW, folder, GONE) == []
    assert same(folder, NEW)


@pytest.mark.parametrize("journal", ["journal.json", "back.json"])
@pytest.mark.parametrize("name", ["../theirs", "charts/../../theirs", "{folder}/theirs"])
def test_no_journal_reaches_out_of_the_folder(name: str, journal: str, folder: Path) -> None:
    """Somebody may send an output folder along with a briefing."""
    theirs = folder.parent / "theirs"
    theirs.write_bytes(b"theirs")
    (folder / STAGING).mkdir()
    names = [name.format(folder=folder.parent)]
    (folder / STAGING / journal).write_text(json.dumps({"put": names, "added": names, "remove": names}))
    assert publish(NEW, folder, GONE) == []
    assert same(folder, NEW)
    assert theirs.read_bytes() == b"theirs"


def test_a_file_system_without_second_names(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    assert publish(NEW, folder, GONE) == []
    assert same(folder, NEW)


def _hold(folder: Path, ready: "multiprocessing.synchronize.Event", go: "multiprocessing.synchronize.Event") -> None:
    with exclusive(folder, lambda: None):
        ready.set()
        go.wait(10)
        publish(NEW, folder, GONE)


def test_one_build_at_a_time(folder: Path) -> None:
    ready, go = FORK.Event(), FORK.Event()
    child = FORK.Process(target=_hold, args=(folder, ready, go))
    child.start()
    assert ready.wait(10)
    told: list[str] = []

    def waiting() -> None:
        told.append("waiting")
        go.set()

    with exclusive(folder, waiting):
        assert told == ["waiting"]
        assert same(folder, NEW)
    child.join()
    assert not (folder / ".lock").exists()


def test_the_lock_of_a_killed_build_is_nobodys(folder: Path) -> None:
    ready, go = FORK.Event(), FORK.Event()
    child = FORK.Process(target=_hold, args=(folder, ready, go))
    child.start()
    assert ready.wait(10)
    child.kill()
    child.join()
    assert (folder / ".lock").exists()
    told: list[str] = []
    with exclusive(folder, lambda: told.append("waiting")):
        assert told == []
