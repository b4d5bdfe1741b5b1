"""Facts: takes the checked entries and the CSV files, returns the sources, series and values that texts and exhibits
print, and findings."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from data.findings import Finding
from data.findings.soundness import StaleValue
from data.folder import Checked, Entries, Folder
from data.format import Formatter
from data.model import Place, Quantity, Source
from data.schema import SectionFile, SeriesFile, SourcesFile
from data.script import followed
from data.series import Series, unsound
from data.seriesfile import SeriesReader
from data.text import set_quotes
from data.trust import age
from data.trust.rounding import Sums
from data.trust.totals import Totals
from data.values import ValueBinder


@dataclass(frozen=True)
class Facts:
    """What the texts and exhibits of one briefing can cite and print, by name. `series` is None where series.yaml could
    not be read. What was declared but could not be read is in `declared_sources` and `declared_values` alone. `stale`
    are the places of numbers past their limit of age; `sums` says how numbers round beside their sum."""

    sources: Mapping[str, Source]
    series: Mapping[str, Series] | None
    values: Mapping[str, Quantity]
    declared_sources: frozenset[str]
    declared_values: frozenset[str]
    stale: frozenset[Place]
    sums: Sums

    def marked(self, quantity: Quantity) -> Quantity:
        """The quantity of a cell with its age by the values bound to it, and as its sums round it."""
        stale, shown = quantity.stale or quantity.place in self.stale, self.sums.shown.get(quantity.place)
        return replace(quantity, stale=stale, shown=shown) if stale or shown is not None else quantity


def gather(entries: Entries, folder: Folder, formatter: Formatter, findings: list[Finding]) -> Facts:
    """The facts of a briefing, and what is wrong with them among the `findings`."""
    sources = _sources(entries.sources, formatter)
    series = _series(entries.series, folder, SeriesReader(entries.sources.names, formatter), findings)
    values, stale = _values(entries, series, formatter, findings)
    sums = _sums(entries.sections, series or {}, values, findings)
    shown = {id: replace(value, shown=sums.shown.get(value.place)) for id, value in values.items()}
    return Facts(sources, series, shown, entries.sources.names, entries.values.names, stale, sums)


def _sources(file: Checked[SourcesFile], formatter: Formatter) -> dict[str, Source]:
    sources: dict[str, Source] = {}
    for id, entry in file.entry.root.items() if file.entry else ():
        date_text = formatter.date(entry.date) if entry.date else ""
        title, publisher, note = (
            set_quotes(text or "", formatter.words.quotes) for text in (entry.title, entry.publisher, entry.note)
        )
        place = file.document.key((id,))
        sources[id] = Source(
            id, place, followed(title), followed(publisher), entry.date, date_text, entry.url or "", note
        )
    return sources


def _series(
    file: Checked[SeriesFile], folder: Folder, reader: SeriesReader, findings: list[Finding]
) -> dict[str, Series] | None:
    if file.entry is None and file.document.values:
        return None
    read: dict[str, Series] = {}
    for name, entry in file.entry.root.items() if file.entry else ():
        csv, whole = folder.csv(name, entry.title, file.document.key((name,)))
        read[name], found = reader.read(csv, entry, file.document.below(name), whole=whole)
        findings += found
    return read


def _values(
    entries: Entries, series: Mapping[str, Series] | None, formatter: Formatter, findings: list[Finding]
) -> tuple[dict[str, Quantity], frozenset[Place]]:
    """The values, marked where they are stale, and the places of those that are: a cell to which such a value is bound
    is stale wherever it is printed."""
    file, head = entries.values, entries.head.entry
    if file.entry is None:
        return {}, frozenset()
    binder = ValueBinder(file.entry.root, file.document, series, entries.sources.names, formatter.locale)
    values = {id: replace(value, by=_credited(value, formatter)) for id, value in binder.bind().items()}
    findings += binder.findings
    if head is None:
        return values, frozenset()
    limits = binder.limits(head.stale_after)
    stale = age.stale(values, limits, head.edition)
    findings += (
        StaleValue(file.document.key((id,)), id, str(value.as_of), limits[id].text)
        for id, value in values.items()
        # where rows have errors, the last one may be missing
        if id in stale and id in limits and not value.base and not unsound(value, series or {})
    )
    marked = {id: replace(value, stale=id in stale) for id, value in values.items()}
    return marked, frozenset(values[id].place for id in stale)


def _credited(value: Quantity, formatter: Formatter) -> str:
    """Who says so; of a number that nobody has stated, whose number it is converted from."""
    by = set_quotes(value.by, formatter.words.quotes)
    return formatter.words.converted.format(by) if value.base else by


def _sums(
    sections: Mapping[str, Checked[SectionFile]],
    series: Mapping[str, Series],
    values: Mapping[str, Quantity],
    findings: list[Finding],
) -> Sums:
    """How numbers round that exhibits print beside their sum, before any text prints them."""
    sums, totals = Sums(), Totals(series, values, findings)
    for section in sections.values():
        for id, exhibit in section.entry.exhibits.items() if section.entry else ():
            for declared in totals.declared(id, exhibit, section.document.below("exhibits", id)):
                sums.add(declared)
    findings += sums.findings
    return sums
