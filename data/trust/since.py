"""Since: takes the path of an earlier edition and this briefing, returns the log of what changed, and findings."""

import os
from pathlib import Path

from data.findings import Finding
from data.findings.editions import PreviousInTheWay, PreviousNewer, PreviousOther, PreviousSame, UnlabelledChange
from data.model import Briefing, Place, plain
from data.trust.changelog import ChangeLog
from data.trust.changes import compare
from data.trust.previous import previous


def since(path: Path, briefing: Briefing, out: Path | None) -> tuple[ChangeLog | None, list[Finding]]:
    """The log, or None and why there is none. `out` is the folder into which this edition is written, if it is."""
    place = Place(str(path.absolute()))
    holder = path.parent if os.path.isfile(path) else path  # noqa: PTH113  # as in previous
    if out and holder.resolve() == out.resolve():
        return None, [PreviousInTheWay(place)]
    old, findings = previous(path)
    if old is None:
        return None, findings
    if not _names(old) & _names(briefing):
        return None, [PreviousOther(place, old.title)]
    if old.edition > briefing.edition:
        return None, [PreviousNewer(place, old.edition.isoformat(), briefing.edition.isoformat())]
    changes = compare(old, briefing)
    if changes and old.edition == briefing.edition:
        findings.append(PreviousSame(place, briefing.edition.isoformat()))
    findings += (
        UnlabelledChange(Place("values.yaml", 0, change.key), change.key)
        for change in changes.numbers
        if change.key in briefing.values and plain(change.what) == change.key
    )
    return ChangeLog(changes, old, briefing), findings


def _names(briefing: Briefing) -> set[tuple[str, str]]:
    sections = {("section", section.id) for section in briefing.sections}
    return sections | {("value", id) for id in briefing.values} | {("series", file) for file in briefing.series}
