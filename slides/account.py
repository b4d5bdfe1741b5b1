"""Accounting: takes what was printed and what was kept by hand, returns the ledger's part of the deck as it now stands.

Where a person changed a slide or its notes, the ledger keeps the numbers that still stand there, each as often as it
does, in the texts, the pictures, the text alternatives and the notes each for themselves. Every other number is a
finding, because nobody but that person answers for it. So is a number on a copy of one of our slides that
none of ours is made with, in the deck or taken out: the copy stays behind when the data change.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace

from data.findings import Finding
from data.model import Briefing
from data.trust.gate import Channel, channel_of, seen, squeezed
from data.trust.ledger import Printed
from slides import readback
from slides.hands import CopiedNumber, NumberByHand
from slides.keep import Kept, on_slide

_NOTES = "speaker notes"
Stream = tuple[int, Channel]
"""A slide's number, and one of the streams that the gate reads there."""


def account(
    printed: Sequence[Printed], kept: Kept, pptx: bytes, briefing: Briefing
) -> tuple[tuple[Printed, ...], tuple[Finding, ...]]:
    """The numbers that stand in the deck, under the numbers that its slides now have, and what nobody knows."""
    moved = {str(number): str(now) for number, now in kept.numbers.items()}
    numbered = [
        entry if moved[entry.page] == entry.page else replace(entry, page=moved[entry.page])
        for entry in printed
        if entry.page in moved
    ]
    numbered.sort(key=lambda entry: int(entry.page))
    by_hand = frozenset(one for one in kept.apart if one[0] not in kept.added or one[0] in kept.copies)
    if not by_hand:
        return tuple(numbered), ()
    read, words = _read(pptx, by_hand, kept, briefing)
    standing = []
    for entry in numbered:
        stream, numeral = (int(entry.page), channel_of(entry.where)), squeezed(entry.mark.numeral)
        if (stream[0], stream[1] == _NOTES) not in by_hand:
            standing.append(entry)
        elif read[stream][numeral]:
            read[stream][numeral] -= 1
            standing.append(entry)
    known = {squeezed(entry.mark.numeral).casefold() for entry in printed}
    unknown = {
        (number, stands == _NOTES, words[numeral]): None
        for (number, stands), numerals in sorted(read.items())
        for numeral in +numerals
        if number not in kept.copies or numeral.casefold() not in known
    }
    found = (
        (CopiedNumber if number in kept.copies else NumberByHand)(
            on_slide(number), kept.titles[number], numeral, _NOTES if notes else "slide"
        )
        for number, notes, numeral in unknown
    )
    return tuple(standing), tuple(found)


def _read(
    pptx: bytes, by_hand: Collection[tuple[int, bool]], kept: Kept, briefing: Briefing
) -> tuple[dict[Stream, Counter[str]], dict[str, str]]:
    """How often each numeral stands in each stream that a person wrote, and the words of each."""
    read: dict[Stream, Counter[str]] = defaultdict(Counter)
    words: dict[str, str] = {}
    others = {str(number) for number in range(1, len(kept.sections) + 1)} - {str(number) for number, _ in by_hand}
    for item in seen(readback.read(pptx, briefing.theme.fonts, others), briefing.language):
        if (int(item.page), item.channel == _NOTES) in by_hand:
            read[int(item.page), item.channel][item.numeral] += 1
            words.setdefault(item.numeral, item.words)
    return read, words
