"""Paths: takes a path, says whether it leads out of a folder, whatever links stand in between, or reads the file there.

What the loader may open and what the manifest counts as part of a briefing are bounded by these rules. Nothing but the
standard library is imported here, because a build that has nothing to do asks too.
"""

# ruff: noqa: PTH110, PTH113 (no file has a name that is too long: os.path says so, pathlib raises)

import os
from errno import EINVAL
from pathlib import Path, PurePath


def leads_out(path: Path, folder: Path) -> bool:
    """Whether `path` stands outside `folder`, or is a link to what does. A link to itself leads nowhere."""
    return not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def stays(name: str) -> bool:
    """Whether `name` is of something in a folder, whichever that is: it begins nowhere else and never goes up."""
    path = PurePath(name)
    return not path.anchor and ".." not in path.parts


def read_file(path: Path, most: int = -1) -> bytes:
    """The bytes of a file, at most so many if that is said. OSError for what cannot be read or is no file: of a pipe or
    a device no end may come."""
    refuse_what_is_no_file(path)
    with path.open("rb") as file:
        return file.read(most)


def refuse_what_is_no_file(path: Path) -> None:
    """OSError if something stands there that is no file, such as a folder, a pipe, a socket or a device."""
    if os.path.exists(path) and not os.path.isfile(path):
        raise OSError(EINVAL, "what stands there is no file", str(path))
