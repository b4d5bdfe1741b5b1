"""Loading: takes a folder of YAML and CSV, returns the resolved Briefing and every finding.

Files are read and checked each on its own first, then values are bound, exhibits numbered, and texts resolved, so that
one run tells all that is wrong. Names that were declared but could not be read count as known: one fault, one finding.
"""

# ruff: noqa: PTH110, PTH112, PTH113 (no file has a name that is too long: os.path says so, pathlib raises)

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from os.path import exists, isdir, isfile
from pathlib import Path
from unicodedata import normalize

from babel import Locale

from data.csvfile import read_csv
from data.exhibits import ExhibitReader, Populations
from data.findings import Finding, listed
from data.findings.entries import BadField, MissingKey, UnknownLanguage
from data.findings.files import FileMissing, FileUnreadable, SeriesUnreadable, TemplateMissing
from data.findings.references import (
    PartNotGiven,
    UnknownExhibit,
    UnknownPart,
    UnknownSection,
    UnknownSource,
    UnknownValue,
)
from data.findings.soundness import LowContrast, MisnamedSection, StaleValue, UnlistedSection
from data.findings.text import ExhibitPlacement, UnsaidUnit
from data.format import Formatter, parse_language
from data.markdown import TextReader
from data.model import (
    Block,
    Briefing,
    DataFile,
    DeckTemplate,
    Exhibit,
    KeyFigure,
    Number,
    Place,
    Quantity,
    Section,
    Source,
    Span,
    Text,
    plain,
)
from data.paths import leads_out
from data.schema import (
    BriefingFile,
    DataExhibit,
    DataTableEntry,
    QuoteEntry,
    SectionFile,
    SeriesFile,
    SourcesFile,
    TextTableEntry,
    ValuesFile,
)
from data.script import followed
from data.series import Series, unsound
from data.text import set_quotes
from data.theme import Theme, contrast
from data.trust import age, typed
from data.trust.numerals import says_unit
from data.trust.rounding import Sums
from data.trust.totals import Totals
from data.validate import Model, validate
from data.values import ValueBinder
from data.words import LANGUAGES, Words, words
from data.yamlfile import Document, read_yaml

SECTION_FILE = re.compile(r"(?:[0-9]+-)?([a-z][a-z0-9-]*)\.yaml")
PARTS = ("value", "plain", "as_of", "since", "by")
"""What of a value can be printed: {{ id }}, {{ id.plain }}, {{ id.as_of }}, {{ id.since }}, {{ id.by }}."""


def load(folder: Path, *, compared: bool = True) -> tuple[Briefing | None, list[Finding]]:
    """The briefing of `folder`, or None where a finding is an error. Findings are sorted by place.

    Unless it is `compared` with another one, its `series` hold nothing: rows that nothing shows take time and memory.
    """
    loader = _Loader(folder, compared)
    briefing = loader.load()
    sound = not any(finding.severity == "error" for finding in loader.findings)
    return (briefing if sound else None), listed(_without_consequences(loader.findings))


def _without_consequences(findings: list[Finding]) -> list[Finding]:
    """Without the names that are unknown only because the file that declares them has errors of its own."""
    spoilt = {finding.place.file for finding in findings if finding.severity == "error"}
    declared = {UnknownValue: "values.yaml", UnknownSource: "sources.yaml"}
    return [
        finding
        for finding in findings
        if not (
            isinstance(finding, UnknownValue | UnknownSource)
            and not finding.known
            and finding.place.file != declared[type(finding)]
            and declared[type(finding)] in spoilt
        )
    ]


def templated(briefing: Briefing, file: Path) -> tuple[Briefing, list[Finding]]:
    """The briefing with its deck on the template `file`, which may lie anywhere."""
    place = Place(str(file.absolute()))
    try:
        return replace(briefing, template=DeckTemplate(place, file.name, file.read_bytes())), []
    except OSError as error:
        return briefing, [TemplateMissing(place, error.strerror or "it cannot be opened")]


class _Loader:
    """One load: the folder, what was read so far, and the findings. Implements `data.markdown.Names`."""

    def __init__(self, folder: Path, compared: bool) -> None:
        self.folder = folder
        self.compared = compared
        self.findings: list[Finding] = []
        self.files: list[DataFile] = []
        self.values: dict[str, Quantity] = {}
        self.labels: dict[str, str | None] = {}
        self.sources: dict[str, Source] = {}
        self.declared_values: frozenset[str] = frozenset()
        self.declared_sources: frozenset[str] = frozenset()
        self.exhibit_labels: dict[str, str] = {}
        self.unread = False
        """Whether a section says nothing that can be read, so that no exhibit is known to be missing."""
        self.stale: frozenset[Place] = frozenset()
        self.sums = Sums()
        self.language = "en"
        self.allowed: tuple[str, ...] | None = None

    # --- the steps ---

    def load(self) -> Briefing | None:
        if not isdir(self.folder):
            self.findings.append(
                FileMissing(Place(str(self.folder.absolute())), "a briefing is a folder of YAML and CSV files")
            )
            return None
        head_document, head = self._yaml(
            "briefing.yaml", BriefingFile, "it names the title, the edition and the issuer"
        )
        sources_document, sources = self._yaml("sources.yaml", SourcesFile, "it lists the sources")
        values_document, values = self._yaml("values.yaml", ValuesFile, "", needed=False)
        series_document, series = self._yaml("series.yaml", SeriesFile, "", needed=False)
        sections = self._section_files(head, head_document)

        self.language, self.words, locale = self._language(head, head_document)
        self.allowed = tuple(head.allow) if head else None  # else what it allows would be found
        self.formatter = Formatter(self.language, self.words)
        self._sources(sources, sources_document)
        tables = self._series(series, series_document, locale)
        self._values(values, values_document, tables, locale, head)
        self._totals(sections, tables or {})

        self.reader = TextReader(self.words.quotes, self, self.findings)
        self._number_exhibits(sections)
        theme = _theme(head)
        self.findings += _pale(theme, head_document)
        populations = Populations(len(theme.palette.series))
        exhibits = ExhibitReader(
            tables,
            self.sources,
            self._key_figure,
            self._marked,
            self.sums.notes,
            self.reader,
            self.formatter,
            populations,
            self.findings,
        )
        built = tuple(
            self._section(number, id, document, entry, exhibits)
            for number, (id, document, entry) in enumerate(sections, start=1)
        )
        native = _native(head, sections)
        return self._briefing(head, head_document, built, tables or {}, theme, native) if head else None

    def _language(self, head: BriefingFile | None, document: Document) -> tuple[str, Words, Locale]:
        language = head.language if head else "en"
        strings, locale = words(language), parse_language(language)
        if strings is None or locale is None or locale.script not in (None, "Latn"):  # the strings are in Latin letters
            self.findings.append(UnknownLanguage(document.place(("language",)), language, LANGUAGES))
            return "en", Words(), Locale("en")
        return language, strings, locale

    def _set(self, text: str) -> str:
        return set_quotes(text, self.words.quotes)

    def _sources(self, file: SourcesFile | None, document: Document) -> None:
        self.declared_sources = frozenset(document.data) if isinstance(document.data, dict) else frozenset()
        for id, entry in file.root.items() if file else ():
            date_text = self.formatter.date(entry.date) if entry.date else ""
            url, note = entry.url or "", self._set(entry.note or "")
            title, publisher = (followed(self._set(text)) for text in (entry.title, entry.publisher))
            place = document.key((id,))
            self.sources[id] = Source(id, place, title, publisher, entry.date, date_text, url, note)

    def _series(self, file: SeriesFile | None, document: Document, locale: Locale) -> dict[str, Series] | None:
        if file is None and document.values:
            return None
        tables: dict[str, Series] = {}
        for name, entry in file.root.items() if file else ():
            content = self._read(name, document.key((name,)), SeriesUnreadable)
            csv, findings = read_csv(name, content if content is not None else b"")
            if content is not None:
                self.findings += findings
                self.files.append(DataFile(name, entry.title, content))
            tables[name] = Series(csv, entry, self.words.quotes, whole=not findings)
            self.findings += tables[name].check(self.declared_sources, locale, _below(document, name))
        return tables

    def _values(
        self,
        file: ValuesFile | None,
        document: Document,
        tables: Mapping[str, Series] | None,
        locale: Locale,
        head: BriefingFile | None,
    ) -> None:
        self.declared_values = frozenset(document.data) if isinstance(document.data, dict) else frozenset()
        if file is None:
            return
        binder = ValueBinder(file.root, document, tables, self.declared_sources, locale)
        self.values = {id: replace(value, by=self._credited(value)) for id, value in binder.bind().items()}
        self.findings += binder.findings
        self.labels = {id: entry.label for id, entry in file.root.items()}
        self.values_document = document
        if head:
            self._age(binder.limits(head.stale_after), document, head, tables or {})

    def _credited(self, value: Quantity) -> str:
        """Who says so; of a number that nobody has stated, whose number it is converted from."""
        by = self._set(value.by)
        return self.words.converted.format(by) if value.base else by

    def _age(
        self, limits: Mapping[str, age.Limit], document: Document, head: BriefingFile, tables: Mapping[str, Series]
    ) -> None:
        """Mark what is stale: values, and the cells that they are bound to wherever those are printed. Where rows have
        errors, the last one may be missing."""
        complete = {id for id, value in self.values.items() if not unsound(value, tables)}
        stale = age.stale(self.values, limits, head.edition)
        self.stale = frozenset(self.values[id].place for id in stale)
        self.values = {id: replace(quantity, stale=id in stale) for id, quantity in self.values.items()}
        self.findings += [
            StaleValue(document.key((id,)), id, str(self.values[id].as_of), limits[id].text)
            for id in self.values
            if id in stale and id in limits and id in complete and not self.values[id].base
        ]

    def _marked(self, quantity: Quantity) -> Quantity:
        """The quantity of a cell with its age by the values bound to it, and as its sums round it."""
        stale, shown = quantity.stale or quantity.place in self.stale, self.sums.shown.get(quantity.place)
        return replace(quantity, stale=stale, shown=shown) if stale or shown is not None else quantity

    def _totals(self, sections: list[tuple[str, Document, SectionFile | None]], tables: Mapping[str, Series]) -> None:
        """How numbers round that exhibits print beside their sum, before any text prints them."""
        totals = Totals(tables, self.values, self.findings)
        for _, document, entry in sections:
            for id, exhibit in entry.exhibits.items() if entry else ():
                for declared in totals.declared(id, exhibit, _below(document, "exhibits", id)):
                    self.sums.add(declared)
        self.findings += self.sums.findings
        shown = self.sums.shown
        self.values = {id: replace(value, shown=shown.get(value.place)) for id, value in self.values.items()}

    def _section_files(
        self, head: BriefingFile | None, document: Document
    ) -> list[tuple[str, Document, SectionFile | None]]:
        folder = self.folder / "sections"
        names: dict[str, str] = {}
        for path in sorted(folder.iterdir()) if folder.is_dir() else []:
            match, name = SECTION_FILE.fullmatch(path.name), f"sections/{path.name}"
            if match and names.setdefault(match.group(1), name) != name:
                problem = f"the section is {match.group(1)!r}, as is {names[match.group(1)]}; give one another name"
                self.findings.append(BadField(Place(name), "the file's name", problem))
            if not match and path.suffix.lower() in (".yaml", ".yml") and not path.name.startswith("."):
                self.findings.append(MisnamedSection(Place(name)))
        if not names:
            self.findings.append(FileMissing(Place("sections"), "it holds one file a section, such as 01-first.yaml"))
        order = list(names)
        if head and head.sections is not None:
            for index, id in enumerate(head.sections):
                if id not in names:
                    self.findings.append(UnknownSection(document.place(("sections", index)), id, tuple(names)))
            for id, name in names.items():
                if id not in head.sections:
                    self.findings.append(UnlistedSection(Place(name), id))
            order = [id for id in dict.fromkeys(head.sections) if id in names]
        return [(id, *self._yaml(names[id], SectionFile, "its name is a link that leads nowhere")) for id in order]

    def _number_exhibits(self, sections: list[tuple[str, Document, SectionFile | None]]) -> None:
        """Labels by order of placement: figures and tables count each for themselves, quotations have no number."""
        counts = {self.words.figure: 0, self.words.table: 0}
        for _, document, entry in sections:
            if entry is None:
                raw = document.data if isinstance(document.data, dict) else {}
                self.unread |= not raw
                exhibits = raw.get("exhibits")
                for id in exhibits if isinstance(exhibits, dict) else ():
                    self.exhibit_labels.setdefault(str(id), "")
                continue
            placed = self.reader.placements(entry.body)
            for id in entry.exhibits:
                if id in self.exhibit_labels:
                    problem = f"{id!r} is the name of another section's exhibit too; names are the whole briefing's"
                    self.findings.append(BadField(document.key(("exhibits", id)), "exhibits", problem))
                self.exhibit_labels.setdefault(id, "")
                if placed.count(id) != 1:
                    self.findings.append(ExhibitPlacement(document.key(("exhibits", id)), id, placed.count(id)))
            for id in dict.fromkeys(placed):
                exhibit = entry.exhibits.get(id)
                if exhibit is not None and not isinstance(exhibit, QuoteEntry):
                    pattern = (
                        self.words.table if isinstance(exhibit, DataTableEntry | TextTableEntry) else self.words.figure
                    )
                    counts[pattern] += 1
                    self.exhibit_labels[id] = pattern.format(counts[pattern])

    def _section(
        self, number: int, id: str, document: Document, entry: SectionFile | None, reader: ExhibitReader
    ) -> Section | None:
        if entry is None:
            return None
        self.authored(entry.title, document.place(("title",)))
        exhibits: dict[str, Exhibit] = {}
        placed = self.reader.placements(entry.body)
        for name in sorted(entry.exhibits, key=lambda name: placed.index(name) if name in placed else len(placed)):
            place = _below(document, "exhibits", name)
            exhibit = reader.read(name, self.exhibit_labels[name], entry.exhibits[name], place)
            if exhibit is not None:
                exhibits[name] = exhibit
        return Section(
            id=id,
            number=number,
            title=self._set(entry.title),
            headline=self.reader.line(entry.headline, document.place(("headline",))),
            points=tuple(
                self.reader.line(point, document.place(("points", index))) for index, point in enumerate(entry.points)
            ),
            body=self.reader.blocks(entry.body, document.place(("body",))),
            exhibits=exhibits,
            place=Place(document.file, 1),
        )

    def _briefing(
        self,
        head: BriefingFile,
        document: Document,
        sections: tuple[Section | None, ...],
        tables: Mapping[str, Series],
        theme: Theme,
        native: frozenset[str],
    ) -> Briefing:
        def blocks(key: str) -> tuple[Block, ...]:
            markdown = getattr(head, key)
            return self.reader.blocks(markdown, document.place((key,))) if markdown else ()

        for key in ("title", "subtitle"):
            self.authored(getattr(head, key) or "", document.place((key,)))
        labels = {
            id: self.reader.line(label, self.values_document.place((id, "label")))
            for id, label in self.labels.items()
            if label and id in self.values
        }
        figures = [self._key_figure(id, document.place(("highlights", n))) for n, id in enumerate(head.highlights)]
        return Briefing(
            title=self._set(head.title),
            subtitle=self._set(head.subtitle or ""),
            edition=head.edition,
            edition_text=self.formatter.day(head.edition),
            issuer=self._set(head.issuer),
            contact=head.contact or "",
            language=head.language,
            page=head.page if isinstance(head.page, str) else head.page.size,
            summary=blocks("summary"),
            about=blocks("about"),
            highlights=tuple(figure for figure in figures if figure is not None),
            sections=tuple(section for section in sections if section is not None),
            sources=self.sources,
            values=self.values,
            files=tuple(self.files),
            theme=theme,
            words=self.words,
            labels=labels,
            series={name: tuple(series.records(self._marked)) for name, series in tables.items() if self.compared},
            native=native,
            template=self._template(head, document),
            layouts={kind.capitalize(): layout for kind, layout in head.layouts.items()},
            aged=age.listed(self.values, labels, head.edition, self.formatter),
            sides="one" if isinstance(head.page, str) else head.page.sides,
        )

    # --- names in texts: data.markdown.Names ---

    def number(self, id: str, part: str, place: Place) -> Number | None:
        if part not in PARTS:
            self.findings.append(UnknownPart(place, id, part, PARTS))
            return None
        if id not in self.values:
            if id not in self.declared_values:
                self.findings.append(UnknownValue(place, id, tuple(self.declared_values)))
            return None
        quantity = self.values[id]
        if part in ("value", "plain"):
            text = self.formatter.quantity(quantity) if part == "value" else self.formatter.plain(quantity)
        elif part == "by":
            text = quantity.by
        else:
            when = quantity.as_of if part == "as_of" else quantity.since
            text = self.formatter.date(when) if when else ""
        if not text:
            self.findings.append(PartNotGiven(place, id, part))
            return None
        return Number(text, quantity, part)

    def source(self, id: str, place: Place) -> str | None:
        if id not in self.declared_sources:
            self.findings.append(UnknownSource(place, id, tuple(self.declared_sources)))
            return None
        return id

    def exhibit_label(self, id: str, place: Place) -> str | None:
        if id not in self.exhibit_labels:
            is_source = id in self.declared_sources
            if is_source or not self.unread:
                self.findings.append(UnknownExhibit(place, id, tuple(self.exhibit_labels), is_source))
            return None
        return self.exhibit_labels[id]

    def authored(self, words: str, place: Place, text: Text = ()) -> None:
        if self.allowed is not None:
            self.findings += typed.findings(words, text, place, self.language, self.allowed, self.values)

    def _key_figure(self, id: str, place: Place) -> KeyFigure | None:
        value = self.number(id, "value", place)
        if value is None:
            return None
        label = self.labels.get(id)
        if not label:
            self.findings.append(MissingKey(self.values_document.key((id,)), "label"))
            return None
        by = Number(followed(value.quantity.by), value.quantity, "by")
        parts = [by, self.number(id, "as_of", place)]
        if value.quantity.since:
            parts.append(self.number(id, "since", place))
        pattern = self.words.attributed_since if len(parts) > 2 else self.words.attributed
        pieces = re.split(r"\{\d\}", pattern)
        context = [run for piece, part in zip(pieces, [*parts, None], strict=False) for run in (Span(piece), part)]
        label_text = self.reader.line(label, self.values_document.place((id, "label")))
        unit, label_place = value.quantity.unit, self.values_document.place((id, "label"))
        if self.formatter.leaves_unit(unit) and not says_unit(plain(label_text), unit, self.language):
            self.findings.append(UnsaidUnit(label_place, id, value.text, unit, "its label"))
        said = self.words.chart.status(value.quantity.status)
        status = (Span(f", {said}"),) if said else ()
        return KeyFigure(value, label_text, (*(run for run in context if run is not None and run.text), *status))

    # --- files ---

    def _read(self, name: str, place: Place, unread: type[FileUnreadable] = FileUnreadable) -> bytes | None:
        """The bytes of a file of the folder; nothing outside it is ever opened, by `..` or by a link."""
        path = self.folder / name
        if not exists(path):  # some machines write an accent in the name of a file as a character of its own
            path = self.folder / normalize("NFD", name)
        if leads_out(path, self.folder):
            problem = f"{name} leads outside the briefing's folder"
        elif exists(path) and not isfile(path):
            problem = f"{name} is no file"  # a folder, or a pipe or a device, which may never end
        else:
            try:
                return path.read_bytes()
            except OSError as error:
                problem = f"{name}: {error.strerror or 'it cannot be opened'}"
        self.findings.append(unread(place, problem))
        return None

    def _template(self, head: BriefingFile, document: Document) -> DeckTemplate | None:
        place = document.place(("template",))
        content = self._read(head.template, place, TemplateMissing) if head.template else None
        return DeckTemplate(place, head.template, content) if head.template and content is not None else None

    def _yaml(self, name: str, model: type[Model], what: str, *, needed: bool = True) -> tuple[Document, Model | None]:
        if not exists(self.folder / name):
            if needed:
                self.findings.append(FileMissing(Place(name), what))
            return Document(name), None
        content = self._read(name, Place(name))
        if content is None:
            return Document(name), None
        document, findings = read_yaml(name, content)
        self.findings += findings
        self.files.append(DataFile(name, (model.__doc__ or "").partition("\n")[0], content))
        if document.data is None and findings:
            return document, None
        checked, problems = validate(document, model)
        self.findings += problems
        return document, checked


def _below(document: Document, *above: str | int) -> Callable[..., Place]:
    """The places of key paths under the path `above`."""
    return lambda *path: document.place((*above, *path))


def _native(head: BriefingFile | None, sections: list[tuple[str, Document, SectionFile | None]]) -> frozenset[str]:
    """The exhibits whose charts shall be PowerPoint's own: as they say themselves, else as the briefing says."""
    usual = head is not None and head.charts == "native"
    entries = {id: entry for _, _, file in sections if file for id, entry in file.exhibits.items()}
    charts = {id: entry.native for id, entry in entries.items() if isinstance(entry, DataExhibit)}
    return frozenset(id for id, own in charts.items() if (usual if own is None else own))


def _theme(head: BriefingFile | None) -> Theme:
    theme = Theme()
    if head is None:
        return theme
    wanted = head.theme
    palette = replace(
        theme.palette,
        accent=wanted.accent or theme.palette.accent,
        series=tuple(wanted.series) if wanted.series else theme.palette.series,
    )
    return replace(theme, palette=palette, report=replace(theme.report, justify=wanted.justify))


def _pale(theme: Theme, document: Document) -> Iterator[Finding]:
    """A text needs 4.5 to 1 against its ground, a mark 3 to 1 (WCAG 2.2, 1.4.3 and 1.4.11)."""
    palette = theme.palette
    chosen: list[tuple[tuple[str | int, ...], str, float]] = [(("theme", "accent"), palette.accent, 4.5)]
    chosen += [(("theme", "series", at), colour, 3.0) for at, colour in enumerate(palette.series)]
    for path, colour, least in chosen:
        ratio = contrast(colour, palette.paper)
        if ratio < least:
            yield LowContrast(document.place(path), colour, f"{ratio:.1f}", f"{least:g}")
