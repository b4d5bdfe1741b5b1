"""Accounting: takes what was printed and what was kept by hand, returns the ledger's part of the deck as it now stands.

Where a person changed a slide or its notes, the ledger keeps the numbers that still stand there; a number that it does
not know is a finding, because nobody but that person answers for it.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from data.findings import Finding
from data.model import Briefing
from data.trust.gate import squeezed
from data.trust.ledger import Printed
from data.trust.numerals import quantities
from slides import readback
from slides.hands import NumberByHand
from slides.keep import Kept, on_slide

_NOTES = "speaker notes"
Stream = tuple[int, bool]
"""A slide's number, and whether its notes are meant."""


def account(
    printed: Iterable[Printed], kept: Kept, pptx: bytes, briefing: Briefing
) -> tuple[tuple[Printed, ...], tuple[Finding, ...]]:
    """The numbers that stand in the deck, under the numbers that its slides now have, and what nobody knows."""
    moved = {str(number): str(now) for number, now in kept.numbers.items()}
    numbered = [
        entry if moved[entry.page] == entry.page else replace(entry, page=moved[entry.page])
        for entry in printed
        if entry.page in moved
    ]
    numbered.sort(key=lambda entry: int(entry.page))
    by_hand = {stream for stream in kept.apart if stream[0] not in kept.added}
    if not by_hand:
        return tuple(numbered), ()
    read = _read(pptx, by_hand, kept, briefing)
    known: dict[int, set[str]] = defaultdict(set)
    for entry in numbered:
        known[int(entry.page)].add(squeezed(entry.mark.numeral))
    standing = [entry for entry in numbered if _stands(entry, read)]
    unknown = (
        NumberByHand(on_slide(number), kept.titles[number], numeral, _NOTES if notes else "slide")
        for (number, notes), numerals in sorted(read.items())
        for numeral in numerals
        if squeezed(numeral) not in known[number]
    )
    return tuple(standing), tuple(unknown)


def _read(pptx: bytes, streams: Iterable[Stream], kept: Kept, briefing: Briefing) -> dict[Stream, list[str]]:
    """The numerals of each stream, each once."""
    found: dict[Stream, dict[str, str]] = {stream: {} for stream in streams}
    others = {str(number) for number in range(1, len(kept.sections) + 1)} - {str(number) for number, _ in found}
    for passage in readback.read(pptx, briefing.theme.fonts, others):
        for piece in passage.pieces:
            stream = (int(piece.page), passage.channel == _NOTES)
            if stream in found:
                for numeral in quantities(piece.text, briefing.language):
                    found[stream].setdefault(squeezed(numeral.text), " ".join(numeral.text.split()))
    return {stream: list(numerals.values()) for stream, numerals in found.items()}


def _stands(entry: Printed, read: dict[Stream, list[str]]) -> bool:
    numerals = read.get((int(entry.page), entry.where == _NOTES))
    return numerals is None or squeezed(entry.mark.numeral) in map(squeezed, numerals)
