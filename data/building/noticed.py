"""Noticed: takes a briefing, its folder and the output folder, returns findings on files whose changes would be missed.

A build that has nothing to do knows so from the names and digests of the files that it looks at. What the loader reads
and the manifest does not look at would be printed once and never again, and so it is refused.
"""

import os
from pathlib import Path

from data.building.manifest import inputs, is_output
from data.findings import Finding
from data.findings.outputs import FileUnnoticed, OutputAmongInputs
from data.model import Briefing, Place


def unnoticed(briefing: Briefing, folder: Path, out: Path) -> list[Finding]:
    """Of files that lie in the output folder the first is told, else each that has no name to be known by."""
    names = [file.name for file in briefing.files]
    names += [briefing.template.name] if briefing.template else []
    among = [name for name in names if is_output(folder / name, folder, out)]
    if among:
        return [OutputAmongInputs(Place(among[0]), str(out))]
    seen = {name for name, _ in inputs(folder, out)}
    return [FileUnnoticed(Place(name)) for name in names if _plain(name, folder) not in seen]


def _plain(name: str, folder: Path) -> str:
    """`name` without the dots and detours that may stand in it."""
    return Path(os.path.relpath(folder / name, folder)).as_posix()
