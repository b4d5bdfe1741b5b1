"""Watching: takes the paths that a briefing is made from, yields whenever something in them has changed.

Editors write a file in several steps and tools write several files, so that changes are gathered until it has been
quiet for a fiftieth of a second. A folder that goes and comes back, as when branches are switched, is found again.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from watchfiles import watch

_QUIET = 20
"""Milliseconds without a change after which the changes are told."""
_LOOK = 100
"""Milliseconds after which silent paths are looked for."""


def changes(paths: Sequence[Path], counts: Callable[[Path], bool]) -> Iterator[None]:
    """Once when watching has begun, and again after changes of which at least one `counts`.

    What changes between two steps of the iteration is told with the next. Ctrl-C is a KeyboardInterrupt.
    """
    while True:
        known, begun = _identities(paths), False
        for changed in _batches(paths, counts):
            if _identities(paths) != known:
                break
            if changed or not begun:
                begun = True
                yield


def _batches(paths: Sequence[Path], counts: Callable[[Path], bool]) -> Iterator[bool]:
    """Whether anything has changed, again and again."""
    present = [path for path, known in zip(paths, _identities(paths), strict=True) if any(known)]
    if present:
        with suppress(FileNotFoundError):
            batches = watch(
                *present,
                watch_filter=lambda _, path: counts(Path(path)),
                step=_QUIET,
                rust_timeout=_LOOK,
                yield_on_timeout=True,
            )
            yield from map(bool, batches)
    while True:
        yield False
        time.sleep(_LOOK / 1000)


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
