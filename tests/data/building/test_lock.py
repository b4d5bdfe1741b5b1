"""The lock: one build at a time has a folder, whatever another does at the very moment."""

import errno
import fcntl
import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

from data.building.lock import exclusive


def is_taken(path: Path) -> bool:
    """Whether somebody holds the file that stands there now."""
    file = os.open(path, os.O_RDWR)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(file)
    return False


def test_a_folder_that_stays_empty_is_taken_away_again(tmp_path: Path) -> None:
    with exclusive(tmp_path / "out", lambda: None):
        assert (tmp_path / "out").is_dir()
    assert not (tmp_path / "out").exists()


def test_a_folder_that_a_stopped_build_takes_away_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that findings stop leaves no folder behind that it had made, though another may just be waiting for it."""
    out, opened, attempts = tmp_path / "out", os.open, []

    def taken_away(path: Path, *arguments: int) -> int:
        attempts.append(path)
        if len(attempts) == 1:
            out.rmdir()
        return opened(path, *arguments)

    monkeypatch.setattr(os, "open", taken_away)
    with exclusive(out, lambda: None):
        assert attempts == [out / ".lock"] * 2 and (out / ".lock").exists()


@pytest.mark.parametrize("third", [False, True], ids=["nobody else waits", "a third build has the next file"])
def test_a_file_that_goes_before_it_is_locked_holds_nothing(
    third: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who waited opens the file of a build that ends just then; two would else have a folder, each by a file of its
    own."""
    path, opened, attempts = tmp_path / ".lock", os.open, []

    def too_late(name: Path, *arguments: int) -> int:
        file = opened(name, *arguments)
        attempts.append(name)
        if len(attempts) == 1:
            path.unlink()
            if third:
                path.write_bytes(b"")
        return file

    with monkeypatch.context() as patched:
        patched.setattr(os, "open", too_late)
        held = exclusive(tmp_path, lambda: None)
        held.__enter__()
    assert attempts == [path] * 2 and is_taken(path)
    held.__exit__(None, None, None)


def test_the_file_goes_while_it_is_locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build that took it before it goes would hold a file that the next one does not see."""
    unlink, seen = os.unlink, []

    def looked(path: Path) -> None:
        seen.append(is_taken(path))
        unlink(path)

    monkeypatch.setattr(os, "unlink", looked)
    with exclusive(tmp_path, lambda: None):
        pass
    assert seen == [True] and not (tmp_path / ".lock").exists()


def test_a_lock_whose_file_stays_is_given_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where the disk was made read-only meanwhile; --watch goes on in this very process."""

    def refuse(path: Path) -> NoReturn:
        raise OSError(errno.EROFS, "Read-only file system", str(path))

    def waiting() -> NoReturn:
        pytest.fail("it waits for itself")

    monkeypatch.setattr(Path, "unlink", refuse)
    for _ in range(2):
        with exclusive(tmp_path, waiting):
            pass


def test_a_folder_that_goes_while_it_is_held(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    with exclusive(folder, lambda: None):
        shutil.rmtree(folder)
        folder.write_bytes(b"a file now")
    assert folder.read_bytes() == b"a file now"
