"""The lock: takes an output folder, lets one build at a time work in it.

The operating system drops the lock with its process, so a killed build leaves none behind. Where it can, the file goes
with the lock; a build that waited on a file which is no longer the folder's takes the new one.
"""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

NAME = ".lock"
_PAUSE = 0.05


@contextmanager
def exclusive(folder: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold `folder`, made if it is missing and taken away again if it stays empty.

    `waiting` is called once if another process holds it; then this one waits. OSError where it cannot be written.
    """
    made = not folder.exists()
    path = folder / NAME
    told = False
    while (file := _taken(path)) is None:
        if not told:
            waiting()
            told = True
        time.sleep(_PAUSE)
    try:
        yield
    finally:
        if os.name != "nt":  # which removes no file that is open
            with suppress(OSError):  # the folder has gone meanwhile, or nobody may write there any more
                path.unlink()
        _unlock(file)  # closing it would do, but Windows takes its time with that
        os.close(file)
        if made:
            with suppress(OSError):
                folder.rmdir()


def _taken(path: Path) -> int | None:
    """The open and locked file, or None while another process has it, or has just taken it away with its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except FileNotFoundError:
        return None
    with suppress(BlockingIOError, PermissionError, FileNotFoundError):
        _lock(file)
        if os.path.samestat(os.fstat(file), path.stat()):
            return file
    os.close(file)
    return None


if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

    def _unlock(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
