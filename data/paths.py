"""Paths: takes a path and a folder, says whether the one leads out of the other, whatever links stand in between.

What the loader may open and what the manifest counts as part of a briefing are bounded by this one rule. Nothing but
the standard library is imported here, because a build that has nothing to do asks too.
"""

import os
from pathlib import Path, PurePath


def leads_out(path: Path, folder: Path) -> bool:
    """Whether `path` stands outside `folder`, or is a link to what does. A link to itself leads nowhere."""
    return not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def stays(name: str) -> bool:
    """Whether `name` is of something in a folder, whichever that is: it begins nowhere else and never goes up."""
    path = PurePath(name)
    return not path.anchor and ".." not in path.parts
