"""Numbering: takes the sections' entries, returns the label of each exhibit, and findings.

Labels go by order of placement: figures and tables count each for themselves, quotations have no number.
"""

from collections.abc import Mapping

from data.findings import Finding
from data.findings.entries import BadField
from data.findings.text import ExhibitPlacement
from data.folder import Checked
from data.markdown import placements
from data.schema import DataTableEntry, QuoteEntry, SectionFile, TextTableEntry
from data.words import Words


def numbered(sections: Mapping[str, Checked[SectionFile]], words: Words, findings: list[Finding]) -> dict[str, str]:
    """The label of every exhibit by its name: "Figure 2", or "" for one without a number."""
    labels: dict[str, str] = {}
    counts = {words.figure: 0, words.table: 0}
    for section in sections.values():
        document = section.document
        if section.entry is None:
            exhibits = document.data.get("exhibits") if isinstance(document.data, dict) else None
            for id in exhibits if isinstance(exhibits, dict) else ():
                labels.setdefault(str(id), "")
            continue
        placed = placements(section.entry.body, words.quotes)
        for id in section.entry.exhibits:
            place = document.key(("exhibits", id))
            if id in labels:
                problem = f"{id!r} is the name of another section's exhibit too; names are the whole briefing's"
                findings.append(BadField(place, "exhibits", problem))
            labels.setdefault(id, "")
            if placed.count(id) != 1:
                findings.append(ExhibitPlacement(place, id, placed.count(id)))
        for id in dict.fromkeys(placed):
            exhibit = section.entry.exhibits.get(id)
            if exhibit is not None and not isinstance(exhibit, QuoteEntry):
                pattern = words.table if isinstance(exhibit, DataTableEntry | TextTableEntry) else words.figure
                counts[pattern] += 1
                labels[id] = pattern.format(counts[pattern])
    return labels
