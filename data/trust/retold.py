"""Text changes: takes an earlier briefing and this one, returns which texts their author wrote anew.

Texts are compared as written, with a value's name in the place of its number: a number that moves changes no text, nor
does a value that only got another name.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from data.model import (
    Block,
    BlockQuote,
    Briefing,
    Cite,
    Exhibit,
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
    Span,
    Table,
    Text,
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


def told(text: Text) -> str:
    """`text` as it was written: values, citations and exhibits by their names."""
    return "".join(_written(run) for run in text)


def _read(text: Text) -> str:
    """`text` as it was written, values by their numbers."""
    return "".join(run.text if isinstance(run, Number) else _written(run) for run in text)


def _written(run: Run) -> str:
    match run:
        case Span():
            return run.text
        case Number():
            return f"{{{{ {run.quantity.id}.{run.part} }}}}"
        case Cite():
            return f"[{'; '.join(f'@{source}' for source in run.sources)}]"
        case Mention():
            return f"@{run.exhibit}"


def compare(old: Briefing, new: Briefing) -> Iterator[TextChange]:
    """The changes in the order in which `new` has its parts; what it no longer has comes behind what it still has."""
    head = Place("briefing.yaml")
    yield from _plainly("title", new.words.cover, head, old.title, new.title)
    yield from _plainly("subtitle", new.words.cover, head, old.subtitle, new.subtitle)
    yield from _blocks(new.words.at_a_glance, head, old.summary, new.summary)
    if _shown(old) != _shown(new):
        before, after = ([figure.value.quantity.id for figure in briefing.highlights] for briefing in (old, new))
        yield from _plainly("body", new.words.key_figures, head, ", ".join(before), ", ".join(after))
    yield from _sections(old, new)
    yield from _blocks(new.words.how_to_read, head, old.about, new.about)
    titles = {file.name: file.description for file in (*old.files, *new.files)}
    for file in dict.fromkeys((*new.series, *old.series)):
        yield from _rows(titles.get(file, file), old.series.get(file, ()), new.series.get(file, ()))


def _shown(briefing: Briefing) -> list[tuple[str, str]]:
    """The key figures as readers tell them apart."""
    return [(plain(figure.label), figure.value.text) for figure in briefing.highlights]


def _plainly(part: Part, where: str, place: Place, was: str, now: str, id: str = "") -> Iterator[TextChange]:
    if was != now:
        yield TextChange(part, where, place, was, now, id)


# --- sections ------------------------------------------------------------------------------------------------------


def _sections(old: Briefing, new: Briefing) -> Iterator[TextChange]:
    before = {section.id: section for section in old.sections}
    after = {section.id: section for section in new.sections}
    for id, section in after.items():
        if id in before:
            yield from _section(before[id], section)
        else:
            yield TextChange("section_new", section.title, section.place, "", section.title)
    for id, section in before.items():
        if id not in after:
            yield TextChange("section_gone", section.title, section.place, section.title, "")
    orders = [[id for id in ids if id in other] for ids, other in ((before, after), (after, before))]
    yield from _plainly("order", new.words.contents, Place("briefing.yaml"), *(", ".join(order) for order in orders))


def _section(was: Section, now: Section) -> Iterator[TextChange]:
    where, place = now.title, now.place
    yield from _plainly("title", where, place, was.title, now.title)
    if told(was.headline) != told(now.headline) and _read(was.headline) != _read(now.headline):
        yield TextChange("headline", where, place, plain(was.headline), plain(now.headline))
    yield from _differing("points", where, place, _lines(was.points), _lines(now.points))
    yield from _blocks(where, place, was.body, now.body)
    for id in dict.fromkeys((*now.exhibits, *was.exhibits)):
        before, after = was.exhibits.get(id), now.exhibits.get(id)
        if (before and before.caption.written) != (after and after.caption.written):
            at = after.caption.place if after else place
            yield TextChange("exhibit", where, at, _words(before), _words(after), id)


def _words(exhibit: Exhibit | None) -> str:
    """What the author wrote of the exhibit: in its caption, at its turning points, in its cells or as its quotation; no
    cells that come from a file."""
    if exhibit is None:
        return ""
    caption = exhibit.caption
    texts = [caption.title, caption.takeaway, caption.note]
    match exhibit:
        case LineChart():
            texts += [mark.text for mark in exhibit.annotations]
        case Table():
            texts += [column.head for column in exhibit.columns]
            texts += [] if caption.series else [cell for row in exhibit.rows for cell in row]
        case Quote():
            texts.append(exhibit.words)
        case _:
            pass
    return " | ".join(filter(None, map(plain, texts)))


Line = tuple[str, str, str]
"""A paragraph or a point: as written, as written with its numbers, and its words."""


def _lines(texts: Iterable[Text]) -> list[Line]:
    return [_line(text) for text in texts]


def _line(text: Text, mark: str = "") -> Line:
    return f"{mark}{told(text)}", f"{mark}{_read(text)}", plain(text)


def _blocks(where: str, place: Place, was: Sequence[Block], now: Sequence[Block]) -> Iterator[TextChange]:
    yield from _differing("body", where, place, list(_flat(was)), list(_flat(now)))


def _flat(blocks: Iterable[Block], mark: str = "") -> Iterator[Line]:
    for block in blocks:
        match block:
            case Paragraph():
                yield _line(block.text, mark)
            case Heading():
                yield _line(block.text, f"{mark}{'#' * block.level} ")
            case ListBlock():
                for item in block.items:
                    yield from _flat(item, f"{mark}{'1.' if block.ordered else '-'} ")
            case BlockQuote():
                yield from _flat(block.blocks, f"{mark}> ")
            case _:
                yield (f"@{block.exhibit}",) * 3


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


def _rows(where: str, was: Sequence[Record], now: Sequence[Record]) -> Iterator[TextChange]:
    """Cells that tell no number; whole rows where they hold none. A row that only got another name has not changed."""
    before, after = {record.id: record for record in was}, {record.id: record for record in now}
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
