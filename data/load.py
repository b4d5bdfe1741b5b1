"""Loading: takes a folder of YAML and CSV, returns the resolved Briefing and every finding.

Files are read and checked each on its own first, then values are bound, exhibits numbered, and texts resolved, so that
one run tells all that is wrong. Names that were declared but could not be read count as known: one fault, one finding.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from data import exhibits
from data.context import Context, Populations
from data.facts import gather
from data.findings import Finding, listed
from data.findings.entries import UnknownLanguage
from data.findings.files import TemplateMissing
from data.findings.references import UnknownSource, UnknownValue
from data.findings.soundness import LowContrast
from data.folder import Checked, Entries, Folder
from data.format import Formatter, parse_language
from data.keyfigures import KeyFigures
from data.markdown import TextReader, placements
from data.model import Briefing, DeckTemplate, Exhibit, Place, Section
from data.names import Resolver
from data.numbering import numbered
from data.paths import read_file
from data.schema import BriefingFile, DataExhibit, SectionFile
from data.text import set_quotes
from data.theme import Theme, contrast
from data.trust import age
from data.words import LANGUAGES, Words, words
from data.yamlfile import Document


def load(folder: Path, *, compared: bool = True) -> tuple[Briefing | None, list[Finding]]:
    """The briefing of `folder`, or None where a finding is an error. Findings are sorted by place.

    Unless it is `compared` with another one, its `series` hold nothing: rows that nothing shows take time and memory.
    """
    findings: list[Finding] = []
    briefing = _load(folder, compared, findings)
    sound = not any(finding.severity == "error" for finding in findings)
    return (briefing if sound else None), listed(_without_consequences(findings))


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
        return replace(briefing, template=DeckTemplate(place, file.name, read_file(file))), []
    except OSError as error:
        return replace(briefing, layouts={}), [TemplateMissing(place, error.strerror or "it cannot be opened")]


def _load(path: Path, compared: bool, findings: list[Finding]) -> Briefing | None:
    folder = Folder(path, findings)
    if not folder.is_there():
        return None
    entries = folder.entries()
    head, document = entries.head.entry, entries.head.document
    theme = _theme(head)
    findings += _pale(theme, document)
    context = _context(entries, folder, theme, findings)
    sections = tuple(
        _section(id, number, file.entry, file.document, context)
        for number, (id, file) in enumerate(entries.sections.items(), start=1)
        if file.entry
    )
    if head is None:
        return None
    tables = (context.facts.series or {}) if compared else {}
    return replace(
        _briefing(head, document, sections, theme, context),
        files=tuple(folder.files),
        series={name: tuple(series.records(context.facts.marked)) for name, series in tables.items()},
        native=_native(head, entries.sections.values()),
        template=folder.template(head.template, document.place(("template",))) if head.template else None,
    )


def _context(entries: Entries, folder: Folder, theme: Theme, findings: list[Finding]) -> Context:
    """What there is to print and to name, before any text is read."""
    head = entries.head.entry
    formatter = _formatter(entries.head, findings)
    facts = gather(entries, folder, formatter, findings)
    labels = numbered(entries.sections, formatter.words, findings)
    whole = all(section.names for section in entries.sections.values())
    allowed = head.allow if head else None  # else what it allows would be found
    names = Resolver(facts, labels, whole, formatter, allowed, findings)
    texts = TextReader(formatter.words.quotes, names, findings)
    key_figures = KeyFigures(entries.values, names, texts, findings)
    return Context(facts, labels, formatter, texts, key_figures, Populations(len(theme.palette.series)), findings)


def _formatter(head: Checked[BriefingFile], findings: list[Finding]) -> Formatter:
    """Of the briefing's language; of English where there are no words for it, which are all in Latin letters."""
    language = head.entry.language if head.entry else "en"
    strings, locale = words(language), parse_language(language)
    if strings is None or locale is None or locale.script not in (None, "Latn"):
        findings.append(UnknownLanguage(head.document.place(("language",)), language, LANGUAGES))
        return Formatter("en", Words())
    return Formatter(language, strings)


def _section(id: str, number: int, entry: SectionFile, document: Document, context: Context) -> Section:
    texts, place, resolved = context.texts, document.below(), dict[str, Exhibit]()
    placed = placements(entry.body, context.words.quotes)
    for name in sorted(entry.exhibits, key=lambda name: placed.index(name) if name in placed else len(placed)):
        exhibit = exhibits.read(name, entry.exhibits[name], document.below("exhibits", name), context)
        if exhibit is not None:
            resolved[name] = exhibit
    return Section(
        id=id,
        number=number,
        title=texts.title(entry.title, place("title")),
        headline=texts.line(entry.headline, place("headline")),
        points=tuple(texts.line(point, place("points", index)) for index, point in enumerate(entry.points)),
        body=texts.blocks(entry.body, place("body")),
        exhibits=resolved,
        place=Place(document.file, 1),
    )


def _briefing(
    head: BriefingFile, document: Document, sections: tuple[Section, ...], theme: Theme, context: Context
) -> Briefing:
    """The briefing so far as it is words: briefing.yaml around its sections."""
    place, texts, facts = document.below(), context.texts, context.facts
    labels = context.key_figures.labels()
    figures = [context.key_figures.read(id, place("highlights", index)) for index, id in enumerate(head.highlights)]
    return Briefing(
        title=texts.title(head.title, place("title")),
        subtitle=texts.title(head.subtitle or "", place("subtitle")),
        edition=head.edition,
        edition_text=context.formatter.day(head.edition),
        issuer=set_quotes(head.issuer, context.words.quotes),
        contact=head.contact or "",
        language=head.language,
        page=head.page if isinstance(head.page, str) else head.page.size,
        summary=texts.blocks(head.summary or "", place("summary")),
        about=texts.blocks(head.about or "", place("about")),
        highlights=tuple(figure for figure in figures if figure is not None),
        sections=sections,
        sources=facts.sources,
        values=facts.values,
        files=(),
        theme=theme,
        words=context.words,
        labels=labels,
        layouts={kind.capitalize(): layout for kind, layout in head.layouts.items()},
        aged=age.listed(facts.values, labels, head.edition, context.formatter),
        sides="one" if isinstance(head.page, str) else head.page.sides,
    )


def _native(head: BriefingFile, sections: Iterable[Checked[SectionFile]]) -> frozenset[str]:
    """The exhibits whose charts shall be PowerPoint's own: as they say themselves, else as the briefing says."""
    exhibits = (exhibit for section in sections if section.entry for exhibit in section.entry.exhibits.items())
    charts = {id: entry.native for id, entry in exhibits if isinstance(entry, DataExhibit)}
    return frozenset(id for id, own in charts.items() if (head.charts == "native" if own is None else own))


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
