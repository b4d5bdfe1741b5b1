"""Watching: takes the paths that a briefing is made from, yields whenever something in them has changed.

Editors write a file in several steps and tools write several files, so that changes are gathered until it has been
quiet for a fiftieth of a second. A folder that goes and comes back, as when branches are switched, is found again, and
so is one inside it. Where the operating system watches no more folders, or not this one, they are looked at in turn.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from watchfiles import watch

from data.building import manifest

_QUIET = 20
"""Milliseconds without a change after which the changes are told."""
_LOOK = 100
"""Milliseconds after which silent paths are looked for."""
_ANY = "any.csv"
"""A file that every folder of a briefing might hold."""


def changes(paths: Sequence[Path], counts: Callable[[Path], bool]) -> Iterator[None]:
    """Once when watching has begun, and again after changes of which at least one `counts`.

    What changes between two steps of the iteration is told with the next. Ctrl-C is a KeyboardInterrupt.
    """

    def inner() -> dict[Path, tuple[int, int]]:
        """The folders that hold what counts. One that is renamed takes its files along, and they are not told."""
        found = [folder for path in paths for folder in manifest.folders(path) if counts(folder / _ANY)]
        return dict(zip(found, _identities(found), strict=True))

    while True:
        known, folders, begun = _identities(paths), inner(), False
        for changed in _batches(paths):
            if _identities(paths) != known or (changed and inner() != folders):
                break
            if not begun or any(map(counts, changed)):
                begun = True
                yield


def _batches(paths: Sequence[Path]) -> Iterator[set[Path]]:
    """What has changed, again and again; it ends where a folder goes while it is looked through."""
    present = [path for path, known in zip(paths, _identities(paths), strict=True) if any(known)]
    while not present:
        yield set()
        time.sleep(_LOOK / 1000)
    batches = watch(*present, watch_filter=None, step=_QUIET, rust_timeout=_LOOK, yield_on_timeout=True)
    try:
        yield from ({Path(path) for _, path in batch} for batch in batches)
    except FileNotFoundError:
        time.sleep(_LOOK / 1000)
    except (OSError, RuntimeError):  # too many folders are watched already, or one of them is closed to us
        yield from _looking(present)


def _looking(paths: Sequence[Path]) -> Iterator[set[Path]]:
    """Files that have come, gone or changed since the last look."""
    before = now = _stamps(paths)
    while True:
        yield {path for path in before.keys() | now.keys() if before.get(path) != now.get(path)}
        time.sleep(_LOOK / 1000)
        before, now = now, _stamps(paths)


def _stamps(paths: Sequence[Path]) -> dict[Path, tuple[int, int, int]]:
    found = {}
    for path in (file for root in paths for file in manifest.files(root)):
        with suppress(OSError):
            status = path.stat()
            found[path] = status.st_ino, status.st_size, status.st_mtime_ns
    return found


def _identities(paths: Sequence[Path]) -> list[tuple[int, int]]:
    """Which file or folder stands at each path; none is (0, 0)."""
    found = []
    for path in paths:
        try:
            status = path.stat()
            found.append((status.st_dev, status.st_ino))
        except OSError:
            found.append((0, 0))
    return found
