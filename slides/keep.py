"""Keeping: takes the new deck and the one in the output folder, puts into the new what people made by hand.

A slide or its notes, each for itself, changed by hand while what they are made from has not: they stay as they are.
Both changed: ours goes in and theirs is kept, the slide hidden right behind ours, the notes after ours. Slides that
people added stay behind the slide that they stood behind, slides that they took out stay out until their data changes,
and the order that they gave stays. Everything that was not touched is made anew.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from data.findings import Finding
from data.model import Place
from data.trust.ledger import FILES
from data.words import Words
from slides import customxml, fingerprint, hands, stamps
from slides.cells import exchanged
from slides.graft import graft
from slides.merge import Fresh, Merge, Slot
from slides.oxml import name
from slides.reopen import Reopened
from slides.sections import foreign, homes
from slides.stamps import Made, Record, Stamp

_ITEM = 2
"""The first holds the briefing's files."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of the slides. `numbers`: number of a slide as it was made -> its number in the deck, for those that
    are in it, kept by hand or not. `titles` are the slides', by number, where anything was kept. `sections` are those
    of the deck's slides, in order. `added` are the numbers of slides that are not ours; `apart`, number and whether its
    notes are meant, is all that people wrote; `copies` are those of the `added` that are copies of ours. `same` says
    that the old deck is the result, byte for byte."""

    numbers: Mapping[int, int]
    titles: Mapping[int, str]
    sections: tuple[str, ...]
    added: frozenset[int]
    copies: frozenset[int]
    apart: frozenset[tuple[int, bool]]
    findings: tuple[Finding, ...]
    deck: str
    same: bool
    alone: bool


def keep(main: Any, made: Sequence[Made], previous: Reopened | str | None, words: Words) -> Kept:
    """Merge `previous` into the presentation part `main`, whose slides were `made`, and put their record in.

    Of a previous deck that holds nothing but what was made, its digest says enough.
    """
    listed = main._element.get_or_add_sldIdLst()
    parts = [main.rels[slide.get(name("r:id"))].target_part for slide in listed]
    stamped = stamps.stamps(made, parts)
    fresh = {
        stamp.made.id: Fresh(number, part, stamp)
        for number, (part, stamp) in enumerate(zip(parts, stamped, strict=True), start=1)
    }
    blobs = {id: one.part.blob for id, one in fresh.items()}
    deck = _digest(main)
    if isinstance(previous, Reopened):
        kept = _merged(main, Merge(fresh, previous), words, deck)
    else:
        kept = _untouched(made, deck, same=deck == previous)
    record = Record(deck, tuple(_restamped(one, blobs[id]) for id, one in fresh.items()))
    customxml.attach(main, _ITEM, stamps.NAMESPACE, stamps.to_xml(record))
    return kept


def _restamped(fresh: Fresh, blob: bytes) -> Stamp:
    """A link to a slide that was taken out has gone from this one since, and is nobody's change."""
    if fresh.part.blob == blob:
        return fresh.stamp
    return replace(fresh.stamp, look=fingerprint.look(fresh.part))


def _untouched(made: Sequence[Made], deck: str, *, same: bool) -> Kept:
    numbers = {number: number for number in range(1, len(made) + 1)}
    sections = tuple(one.section for one in made)
    return Kept(numbers, {}, sections, frozenset(), frozenset(), frozenset(), (), deck, same=same, alone=True)


def _merged(main: Any, merge: Merge, words: Words, deck: str) -> Kept:
    slots = merge.slots()
    titles = {n: fingerprint.title(part) for n, part in enumerate(graft(main, merge, slots, words), start=1)}
    numbered = list(enumerate(slots, start=1))
    numbers = {slot.ours.number: n for n, slot in numbered if slot.ours}
    in_order = all(old == new for old, new in numbers.items())
    same = deck == merge.old.record.deck
    findings = tuple(_findings(merge, slots, titles))
    theirs = foreign(merge.old.main._element, [stamp.made.section for stamp in merge.old.record.stamps])
    if theirs and not same:
        findings += (hands.SectionsLost(Place(FILES["deck"]), ", ".join(map(repr, theirs))),)
    return Kept(
        numbers,
        titles,
        homes([slot.ours.stamp.made.section if slot.ours else None for slot in slots]),
        frozenset(n for n, slot in numbered if not slot.ours),
        frozenset(n for n, slot in numbered if slot.theirs and slot.theirs.copied),
        frozenset((n, notes) for n, slot in numbered for notes in (False, True) if merge.by_hand(slot, notes=notes)),
        findings,
        deck,
        same=same,
        alone=in_order and not theirs and deck == _digest(main),
    )


def _digest(main: Any) -> str:
    """Of every part of the deck."""
    whole = hashlib.sha256()
    for part in sorted(main.package.iter_parts(), key=lambda part: str(part.partname)):
        whole.update(f"{part.partname}\n".encode() + part.blob)
    return whole.hexdigest()


def _findings(merge: Merge, slots: Sequence[Slot], titles: Mapping[int, str]) -> Iterator[Finding]:
    added: list[str] = []
    for number, slot in enumerate(slots, start=1):
        title, place = titles[number], on_slide(number)
        if slot.ours is None:
            if slot.theirs and slot.theirs.id not in merge.before:
                added.append(f"{number} ({title})" if title else str(number))
            elif slot.theirs and slot.theirs.id not in merge.fresh:
                yield hands.SlideOrphaned(place, title)
            continue
        id = slot.ours.stamp.made.id
        slide = merge.found.get(id)
        if slide is None:
            if id in merge.before:
                yield hands.SlideBack(place, title)
        elif merge.twice(slide):
            yield hands.SlideBeside(place, title)
        else:
            if slot.theirs:
                yield hands.SlideKept(place, title)
                others = fingerprint.drawn(slot.theirs.part) - fingerprint.drawn(slot.ours.part)
                yield from (hands.NumberByHand(place, title, numeral, "chart") for numeral in others)
                for one in exchanged(slot.ours.part, slot.theirs.part):
                    yield hands.NumberMoved(place, title, one.row, one.column, one.now, one.was)
            if slide.retold:
                yield (hands.NotesBoth if merge.retold(id) else hands.NotesKept)(place, title)
    for id, fresh in merge.fresh.items():
        if merge.left_out(id):
            yield hands.SlideLeftOut(Place(FILES["deck"]), fingerprint.title(fresh.part))
    if added:
        yield hands.SlidesAdded(Place(FILES["deck"]), len(added), ", ".join(added))


def on_slide(number: int) -> Place:
    return Place(FILES["deck"], 0, f"slide {number}")
