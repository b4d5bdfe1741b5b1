"""Text changes: takes an earlier briefing and this one, returns which texts their author wrote anew.

Texts are compared as written, with a value's name in the place of its number: a number that moves changes no text, nor
does a value, a source, an exhibit, a section or a file that only got another name.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from typing import Literal

from data.model import (
    Block,
    BlockQuote,
    Briefing,
    Cite,
    Exhibit,
    Figures,
    Heading,
    LineChart,
    ListBlock,
    Mention,
    Number,
    Paragraph,
    Place,
    Quote,
    Record,
    Run,
    Section,
    Source,
    Span,
    Table,
    Text,
    exhibit_numbers,
    exhibit_texts,
    figure_texts,
    plain,
)

Part = Literal[
    "title", "subtitle", "headline", "points", "body", "exhibit", "section_new", "section_gone", "order", "row",
    "row_new", "row_gone",
]  # fmt: skip


@dataclass(frozen=True)
class TextChange:
    """`where` is the part of the document as readers know it; `id` the exhibit or row, if it is one. `was` and `now`
    are the words, of a body only the paragraphs that differ."""

    part: Part
    where: str
    place: Place
    was: str
    now: str
    id: str = ""


@dataclass(frozen=True)
class _Names:
    """Of what only got another name since the earlier edition, that name, by the earlier one."""

    sources: Mapping[str, str] = field(default_factory=dict)
    exhibits: Mapping[str, str] = field(default_factory=dict)
    sections: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)


_AS_WRITTEN = _Names()


def _names(old: Briefing, new: Briefing) -> _Names:
    sources, exhibits, sections, files = zip(*map(_named, (old, new)), strict=True)
    return _Names(_renamed(*sources), _renamed(*exhibits), _renamed(*sections), _renamed(*files))


def _named(briefing: Briefing) -> tuple[Mapping[str, object], ...]:
    """Sources, exhibits, sections and series by their names, and what tells each from the others."""
    return (
        {id: entry(source) for id, source in briefing.sources.items()},
        {id: (type(one), plain(one.caption.title)) for each in briefing.sections for id, one in each.exhibits.items()},
        {section.id: section.title for section in briefing.sections},
        {file.name: file.description for file in briefing.files if file.name in briefing.series},
    )


def _renamed(was: Mapping[str, object], now: Mapping[str, object]) -> Mapping[str, str]:
    gone, come = (_by_content(one, other) for one, other in ((was, now), (now, was)))
    return {ids[0]: come[what][0] for what, ids in gone.items() if len(ids) == len(come.get(what, ())) == 1}


def _by_content(named: Mapping[str, object], others: Mapping[str, object]) -> Mapping[object, Sequence[str]]:
    found: defaultdict[object, list[str]] = defaultdict(list)
    for id, what in named.items():
        if id not in others:
            found[what].append(id)
    return found


def entry(source: Source) -> object:
    """What makes two entries the same source, whatever they are called."""
    return source.publisher, source.title, source.date, source.url


def told(text: Text, names: _Names = _AS_WRITTEN) -> str:
    """`text` as it was written: values, citations and exhibits by their names."""
    return "".join(_written(run, names) for run in text)


def _read(text: Text, names: _Names) -> str:
    """`text` as it was written, values by their numbers."""
    return "".join(run.text if isinstance(run, Number) else _written(run, names) for run in text)


def _written(run: Run, names: _Names) -> str:
    match run:
        case Span():
            return run.text
        case Number():
            return f"{{{{ {run.quantity.id}.{run.part} }}}}"
        case Cite():
            return f"[{'; '.join(f'@{names.sources.get(source, source)}' for source in run.sources)}]"
        case Mention():
            return f"@{names.exhibits.get(run.exhibit, run.exhibit)}"


def compare(old: Briefing, new: Briefing) -> Iterator[TextChange]:
    """The changes in the order in which `new` has its parts; what it no longer has comes behind what it still has."""
    head, names = Place("briefing.yaml"), _names(old, new)
    yield from _plainly("title", new.words.cover, head, old.title, new.title)
    yield from _plainly("subtitle", new.words.cover, head, old.subtitle, new.subtitle)
    yield from _blocks(new.words.at_a_glance, head, old.summary, new.summary, names)
    if _shown(old) != _shown(new):
        before, after = ([figure.value.quantity.id for figure in briefing.highlights] for briefing in (old, new))
        yield from _plainly("body", new.words.key_figures, head, ", ".join(before), ", ".join(after))
    yield from _sections(old, new, names)
    yield from _blocks(new.words.how_to_read, head, old.about, new.about, names)
    titles = {file.name: file.description for file in (*old.files, *new.files)}
    series = {names.files.get(file, file): records for file, records in old.series.items()}
    for file in dict.fromkeys((*new.series, *series)):
        yield from _rows(titles.get(file, file), series.get(file, ()), new.series.get(file, ()), names.sources)


def _shown(briefing: Briefing) -> list[tuple[str, str]]:
    """The key figures as readers tell them apart."""
    return [(plain(figure.label), figure.value.text) for figure in briefing.highlights]


def _plainly(part: Part, where: str, place: Place, was: str, now: str, id: str = "") -> Iterator[TextChange]:
    if was != now:
        yield TextChange(part, where, place, was, now, id)


# --- sections ------------------------------------------------------------------------------------------------------


def _sections(old: Briefing, new: Briefing, names: _Names) -> Iterator[TextChange]:
    before = {names.sections.get(section.id, section.id): section for section in old.sections}
    after = {section.id: section for section in new.sections}
    for id, section in after.items():
        if id in before:
            yield from _section(before[id], section, names)
        else:
            yield TextChange("section_new", section.title, section.place, "", section.title)
    for id, section in before.items():
        if id not in after:
            yield TextChange("section_gone", section.title, section.place, section.title, "")
    orders = [[id for id in ids if id in other] for ids, other in ((before, after), (after, before))]
    yield from _plainly("order", new.words.contents, Place("briefing.yaml"), *(", ".join(order) for order in orders))


def _section(was: Section, now: Section, names: _Names) -> Iterator[TextChange]:
    where, place = now.title, now.place
    yield from _plainly("title", where, place, was.title, now.title)
    (headline,), (other,) = _lines([was.headline], names), _lines([now.headline])
    if headline[0] != other[0] and headline[1] != other[1]:
        yield TextChange("headline", where, place, headline[2], other[2])
    yield from _differing("points", where, place, _lines(was.points, names), _lines(now.points))
    yield from _blocks(where, place, was.body, now.body, names)
    exhibits = {names.exhibits.get(id, id): exhibit for id, exhibit in was.exhibits.items()}
    for id in dict.fromkeys((*now.exhibits, *exhibits)):
        before, after = exhibits.get(id), now.exhibits.get(id)
        if (before and before.caption.written) != (after and after.caption.written) and _seen(before) != _seen(after):
            at = after.caption.place if after else place
            tell = _words if _words(before) != _words(after) else _whole
            yield TextChange("exhibit", where, at, tell(before), tell(after), id)


def _seen(exhibit: Exhibit | None) -> object:
    """What a reader sees of an exhibit, whatever the columns are called from which it comes."""
    return exhibit and (type(exhibit), _whole(exhibit), [number.text for number in exhibit_numbers(exhibit)])


def _whole(exhibit: Exhibit | None) -> str:
    """All its texts but the source line, its text alternative among them."""
    texts = (text for text in exhibit_texts(exhibit) if text is not exhibit.caption.credit) if exhibit else ()
    return " | ".join(filter(None, map(plain, texts)))


def _words(exhibit: Exhibit | None) -> str:
    """The exhibit's own words: its caption, and what it says that is no row of a series."""
    if exhibit is None:
        return ""
    caption = exhibit.caption
    texts = [caption.title, caption.takeaway, caption.note]
    match exhibit:
        case LineChart():
            texts += (mark.text for mark in exhibit.annotations)
        case Figures():
            texts += figure_texts(exhibit.figures)
        case Table():
            texts += (column.head for column in exhibit.columns)
            texts += (cell for row in exhibit.rows if not caption.series for cell in row)
        case Quote():
            texts += [exhibit.words]
    return " | ".join(filter(None, map(plain, texts)))


Line = tuple[str, str, str]
"""A paragraph or a point: as written, as written with its numbers, and its words."""


def _lines(texts: Iterable[Text], names: _Names = _AS_WRITTEN) -> list[Line]:
    return [_line(text, names) for text in texts]


def _line(text: Text, names: _Names, mark: str = "") -> Line:
    return f"{mark}{told(text, names)}", f"{mark}{_read(text, names)}", plain(text)


def _blocks(
    where: str, place: Place, was: Sequence[Block], now: Sequence[Block], names: _Names
) -> Iterator[TextChange]:
    yield from _differing("body", where, place, list(_flat(was, names)), list(_flat(now, _AS_WRITTEN)))


def _flat(blocks: Iterable[Block], names: _Names, mark: str = "") -> Iterator[Line]:
    for block in blocks:
        match block:
            case Paragraph():
                yield _line(block.text, names, mark)
            case Heading():
                yield _line(block.text, names, f"{mark}{'#' * block.level} ")
            case ListBlock():
                for item in block.items:
                    yield from _flat(item, names, f"{mark}{'1.' if block.ordered else '-'} ")
            case BlockQuote():
                yield from _flat(block.blocks, names, f"{mark}> ")
            case _:
                yield (f"@{names.exhibits.get(block.exhibit, block.exhibit)}",) * 3


def _differing(part: Part, where: str, place: Place, was: list[Line], now: list[Line]) -> Iterator[TextChange]:
    """One change of what differs, if anything does."""
    steps = SequenceMatcher(None, [line[0] for line in was], [line[0] for line in now], autojunk=False).get_opcodes()
    pairs = [(was[i:j], now[m:n]) for kind, i, j, m, n in steps if kind != "equal"]
    pairs = [(gone, come) for gone, come in pairs if [line[1] for line in gone] != [line[1] for line in come]]
    if pairs:
        gone = "\n".join(line[2] for lines, _ in pairs for line in lines)
        come = "\n".join(line[2] for _, lines in pairs for line in lines)
        yield TextChange(part, where, place, gone, come)


# --- rows of a series that say something in words ------------------------------------------------------------------


def _rows(where: str, was: Sequence[Record], now: Sequence[Record], sources: Mapping[str, str]) -> Iterator[TextChange]:
    """Cells that tell no number; whole rows where they hold none. A row that only got another name has not changed,
    nor has one whose source did."""
    names = _renamed(*({record.id: _counted(record) for record in one if record.quantities} for one in (was, now)))
    before = {names.get(record.id, record.id): _sourced(record, sources) for record in was}
    after = {record.id: record for record in now}
    for id, record in after.items():
        if id in before:
            columns = [column for column in record.texts if column in before[id].texts]
            yield from _plainly("row", where, record.place, _row(before[id], columns), _row(record, columns), id)
    gone = [record for id, record in before.items() if id not in after and not record.quantities]
    come = [record for id, record in after.items() if id not in before and not record.quantities]
    renamed = Counter(map(_row, gone)) & Counter(map(_row, come))
    for record in _without(gone, renamed):
        yield TextChange("row_gone", where, record.place, _row(record), "", record.id)
    for record in _without(come, renamed):
        yield TextChange("row_new", where, record.place, "", _row(record), record.id)


def _counted(record: Record) -> object:
    """All that a row with numbers says but its words, by which it is known where rows share date and authority."""
    said = ((q.unit, q.by, q.as_of, q.since, q.bound, q.low, q.high) for q in record.quantities.values())
    return record.population, *said


def _sourced(record: Record, sources: Mapping[str, str]) -> Record:
    return replace(record, texts={column: sources.get(text, text) for column, text in record.texts.items()})


def _row(record: Record, columns: Iterable[str] | None = None) -> str:
    cells = record.texts.values() if columns is None else [record.texts[column] for column in columns]
    return " | ".join(filter(None, cells))


def _without(records: Iterable[Record], renamed: Counter[str]) -> Iterator[Record]:
    left = renamed.copy()
    for record in records:
        if left[_row(record)] > 0:
            left[_row(record)] -= 1
        else:
            yield record
