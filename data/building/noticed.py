"""Noticed: takes a briefing, its folder and the output folder, returns findings on files whose changes would be missed,
and on documents that were.

A build that has nothing to do knows so from the names and digests of the files that it looks at. What the loader reads
and the manifest does not look at would be printed once and never again, and so it is refused.
"""

import os
from collections.abc import Iterable
from pathlib import Path
from unicodedata import normalize

from data.building.manifest import Tables, inputs, is_output, origin
from data.findings import Finding
from data.findings.outputs import FileUnnoticed, OutputAmongInputs, OutputOlder
from data.model import Briefing, Place
from data.trust.ledger import FILES


def unnoticed(briefing: Briefing, folder: Path, out: Path) -> list[Finding]:
    """Of files that lie in the output folder the first is told, else each that has no name to be known by."""
    names = [file.name for file in briefing.files]
    names += [briefing.template.name] if briefing.template else []
    among = [name for name in names if is_output(folder / name, folder, out)]
    if among:
        return [OutputAmongInputs(Place(among[0]), str(out))]
    seen = {normalize("NFC", name) for name, _ in inputs(folder, out)}
    return [FileUnnoticed(Place(name)) for name in names if _plain(name, folder) not in seen]


def older(kept: Iterable[str], last: Tables | None, made_from: Tables, paper: str, out: Path) -> list[Finding]:
    """Of documents that a build of one side leaves in `out`, those that were made from other files than it is, or for
    other paper."""
    now, made = origin(made_from, paper), last["made"] if last else {}
    others = (name for name in kept if name in FILES.values() and made.get(name) != now)
    return [OutputOlder(Place(str((out / name).absolute()))) for name in others]


def _plain(name: str, folder: Path) -> str:
    """`name` without the dots and detours that may stand in it, each accent one character with its letter."""
    return normalize("NFC", Path(os.path.relpath(folder / name, folder)).as_posix())
