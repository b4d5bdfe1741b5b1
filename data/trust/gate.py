"""The gate: takes what the finished files say, read back as a stranger would, and the ledger; returns findings.

In each document, texts, pictures, text alternatives and speaker notes are four streams, each in reading order. The
numbers of a stream must be those of the ledger, one by one, in the same order and on the same pages, each within the
words that belong to it. What only repeats (a running head, an outline, a table's head on its next page) may hold no
number that its document does not print elsewhere.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple
from unicodedata import normalize

from data.findings import Finding
from data.findings.gate import GateDisagrees, GateMissing, GateUnknown
from data.model import Place
from data.trust.ledger import FILES, Document, Printed, Where
from data.trust.numerals import FIGURE, FRACTIONS, quantities

Channel = Literal["text", "picture", "alt text", "speaker notes", "repeated"]
_CHANNELS: dict[Where, Channel] = {"chart": "picture", "alt text": "alt text", "speaker notes": "speaker notes"}
_HIDDEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u061c]")
"""Characters that print nothing: soft hyphens, joiners, direction marks."""
_LIGATURES = str.maketrans(
    {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\u2011": "-"}
    | {chr(figure): chr(figure - 0x6F0 + 0x660) for figure in range(0x6F0, 0x6FA)}
    | {"\u066b": ",", "⁄": "/"}
    | {fraction: normalize("NFKC", fraction).replace("⁄", "/") for fraction in FRACTIONS}
)
"""Persian figures and an Arabic decimal point too, which are drawn like others and then read as those; and fractions,
of which PDFium takes those apart that stand among words from right to left."""


class Piece(NamedTuple):
    """Text as it stands on one page: `page` is the page's label or the slide's number. Where a file does not keep its
    text in reading order, `order` tells which piece was painted first."""

    page: str
    text: str
    order: tuple[int, int] = (0, 0)


class Passage(NamedTuple):
    """A block of text as it was read."""

    document: Document
    channel: Channel
    pieces: tuple[Piece, ...]


class Seen(NamedTuple):
    """A numeral that was read, without spaces, and the text in which it stands at [start:end]. A tuple, because a long
    report has very many, which come from another process."""

    document: Document
    channel: Channel
    order: tuple[int, int]
    page: str
    numeral: str
    text: str
    start: int
    end: int

    @property
    def words(self) -> str:
        return " ".join(self.text[self.start : self.end].split())

    def stands_in(self, whole: str) -> bool:
        """Whether `whole`, without spaces, is what stands there, of which the numeral is a part."""
        at = whole.index(self.numeral)
        before, after = squeezed(self.text[: self.start]), squeezed(self.text[self.start :])
        return before.endswith(whole[:at]) and after.startswith(whole[at:])


Key = tuple[Document, Channel]


def seen(passages: Iterable[Passage], language: str) -> list[Seen]:
    """The numerals of `passages`, in their order. `language` is the briefing's."""
    return [numeral for passage in passages for numeral in _numerals(passage, language)]


def check(printed: Iterable[Printed], numerals: Iterable[Seen]) -> list[Finding]:
    """What the files, of which `numerals` were seen, say otherwise than the ledger."""
    wanted: dict[Key, list[Printed]] = defaultdict(list)
    known: dict[Document, set[str]] = defaultdict(set)
    for entry in printed:
        if entry.mark.numeral:
            wanted[entry.document, channel_of(entry.where)].append(entry)
            known[entry.document].add(_figures(entry.mark.numeral))
    found: dict[Key, list[Seen]] = defaultdict(list)
    for numeral in numerals:
        found[numeral.document, numeral.channel].append(numeral)
    findings: list[Finding] = []
    readings = _Readings()
    for key in sorted({*found, *wanted}):
        document, channel = key
        if channel == "repeated":
            strange = [item for item in found[key] if _figures(item.numeral) not in known[document]]
            findings += [_unknown(document, channel, item) for item in strange]
        else:
            in_order = sorted(found[key], key=lambda item: item.order)
            findings += _compare(key, wanted[key], in_order, readings)
    return [*findings, *readings.disagreements()]


def channel_of(where: Where) -> Channel:
    """The stream in which such a place is read."""
    return _CHANNELS.get(where, "text")


def squeezed(text: str) -> str:
    """`text` without what a line break, a font or a reader may add: spaces of any kind, soft hyphens, ligatures."""
    return "".join(_shown(text).split())


def _shown(text: str) -> str:
    return text if text.isascii() else _HIDDEN.sub("", text).translate(_LIGATURES)


def _figures(numeral: str) -> str:
    """A running head or a repeated table's head breaks its lines elsewhere, and so may lose a number's first words."""
    return "".join(FIGURE.findall(_shown(numeral)))


def _numerals(passage: Passage, language: str) -> Iterator[Seen]:
    if not any(FIGURE.search(piece.text) for piece in passage.pieces):
        return
    pieces = [piece._replace(text=_shown(piece.text)) for piece in passage.pieces]
    if passage.channel != "picture":  # whose words stand in lines of their own
        pieces = [piece._replace(text=piece.text.replace("\n", " ")) for piece in pieces]
    text = "".join(piece.text for piece in pieces)
    for numeral in quantities(text, language):
        piece = _piece(pieces, numeral.figures[0])
        words = squeezed(numeral.text), text, numeral.start, numeral.end
        yield Seen(passage.document, passage.channel, piece.order, piece.page, *words)


def _piece(pieces: Iterable[Piece], at: int) -> Piece:
    """The piece in which character `at` of all together stands."""
    for piece in pieces:
        at -= len(piece.text)
        if at < 0:
            return piece
    raise IndexError(at)


# --- comparing ----------------------------------------------------------------------------------------------------


def _compare(key: Key, wanted: Sequence[Printed], found: Sequence[Seen], readings: "_Readings") -> Iterator[Finding]:
    """One stream of the ledger beside the same stream of the file."""
    document, channel = key
    left = [(entry.page, squeezed(entry.mark.numeral)) for entry in wanted]
    right = [(item.page, item.numeral) for item in found]
    same = [("equal", 0, len(left), 0, len(right))]
    opcodes = same if left == right else SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    for tag, start, end, first, last in opcodes:
        entries, items = wanted[start:end], found[first:last]
        for entry, item in zip(entries, items, strict=False):
            if tag == "equal" and item.stands_in(squeezed(entry.mark.text)):
                readings.agree(entry)
                continue
            readings.differ(entry, item)
            yield _missing(entry, _around(item))
            if tag != "equal":
                yield _unknown(document, channel, item)
        yield from (_missing(entry, "") for entry in entries[len(items) :])
        yield from (_unknown(document, channel, item) for item in items[len(entries) :])


def _around(item: Seen) -> str:
    """What was read, with the words about it."""
    return " ".join(item.text[max(0, item.start - 16) : item.end + 24].split())


def _unknown(document: Document, channel: Channel, item: Seen) -> Finding:
    return GateUnknown(Place(FILES[document], 0, _on(document, item.page)), channel, item.words)


def _missing(entry: Printed, instead: str) -> Finding:
    place = Place(FILES[entry.document], 0, _on(entry.document, entry.page))
    return GateMissing(place, entry.where, _told(entry), _ids(entry), instead)


def _on(document: Document, page: str) -> str:
    return f"{'page' if document == 'report' else 'slide'} {page}"


def _told(entry: Printed) -> str:
    return " ".join(entry.mark.text.split())


def _ids(entry: Printed) -> str:
    return ", ".join(number.quantity.id for number in entry.mark.numbers)


class _Readings:
    """How each value was read in each document, to be told where the two differ."""

    def __init__(self) -> None:
        self._forms: dict[tuple[str, str], dict[Document, dict[str, tuple[str, str]]]] = defaultdict(
            lambda: defaultdict(dict)
        )
        self._changed: list[tuple[Printed, Seen]] = []

    def agree(self, entry: Printed) -> None:
        for number in entry.mark.numbers:
            forms = self._forms[number.quantity.id, number.part][entry.document]
            forms.setdefault(squeezed(number.text).casefold(), (" ".join(number.text.split()), entry.page))

    def differ(self, entry: Printed, item: Seen) -> None:
        self._changed.append((entry, item))

    def disagreements(self) -> Iterator[Finding]:
        for (id, _), by_document in self._forms.items():
            report, deck = by_document.get("report", {}), by_document.get("deck", {})
            if report and deck and not report.keys() & deck.keys():
                (one, page), (other, slide) = next(iter(report.values())), next(iter(deck.values()))
                place = Place(FILES["report"], 0, _on("report", page))
                yield GateDisagrees(place, id, one, f"{FILES['deck']}:{_on('deck', slide)}", other)
        for entry, item in self._changed:
            other_document: Document = "deck" if entry.document == "report" else "report"
            for number in entry.mark.numbers:
                forms = self._forms[number.quantity.id, number.part].get(other_document, {})
                for form, page in list(forms.values())[:1]:
                    place = Place(FILES[entry.document], 0, _on(entry.document, item.page))
                    there = f"{FILES[other_document]}:{_on(other_document, page)}"
                    yield GateDisagrees(place, number.quantity.id, item.words, there, form)
