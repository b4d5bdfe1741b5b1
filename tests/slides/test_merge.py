"""Merging: which slides stand where, told by short words for decks.

a    a slide of ours as it was made      a*  changed by hand         a!  its notes changed by hand
a^   made of other data than before      +x  a slide that was added  (a) what a person made of ours, behind it
"""

import re

import pytest

from slides.merge import Fresh, Merge, Slot
from slides.reopen import Found, Reopened
from slides.stamps import Made, Record, Stamp


def stamp(word: str) -> Stamp:
    return Stamp(Made(word.rstrip("*!^"), "", "", "new" if "^" in word else "old", ""), (), ())  # type: ignore[arg-type]


def found(number: int, word: str) -> Found:
    ours = None if word.startswith("+") else stamp(word)
    return Found(None, number, word, False, ours, edited="*" in word, retold="!" in word)


def merged(before: str, stands: str, now: str) -> Merge:
    record = Record("", tuple(map(stamp, before.split())))
    slides = tuple(found(number, word) for number, word in enumerate(stands.split(), start=1))
    made = [Fresh(number, None, stamp(word)) for number, word in enumerate(now.split(), start=1)]
    return Merge({fresh.stamp.made.id: fresh for fresh in made}, Reopened(None, record, slides))


def told(slot: Slot) -> str:
    if slot.ours:
        return slot.ours.stamp.made.id + "*" * bool(slot.theirs)
    assert slot.theirs
    return f"({slot.theirs.id})" if slot.theirs.stamp else slot.theirs.title


@pytest.mark.parametrize(
    ("stands", "now", "deck"),
    [
        ("a b c", "a b c", "a b c"),
        ("a b* c!", "a b c", "a b* c"),
        ("a b* c", "a b^ c", "a b (b) c"),
        ("+x a +y +z b c +w", "a b c", "+x a +y +z b c +w"),
        ("a c", "a b c", "a c"),
        ("a c", "a b^ c", "a b c"),
        ("a +x c", "a b^ c", "a +x b c"),
        ("a b c", "a c", "a c"),
        ("a b* c", "a c", "a (b) c"),
        ("a b! c", "a c", "a (b) c"),
        ("a b +x c", "a c", "a +x c"),
        ("a b* +x c", "a c", "a (b) +x c"),
        ("a b* +x c", "a b^ c", "a b (b) +x c"),
        ("a b c", "b a c", "b a c"),
        ("c a b", "a b c", "c a b"),
        ("c a b", "a b n c", "c a b n"),
        ("c a b", "n a b c", "n c a b"),
        ("c +x a b", "a m n b c", "c +x a m n b"),
        ("a b", "a n b c^", "a n b c"),
    ],
)
def test_the_deck_in_order(stands: str, now: str, deck: str) -> None:
    assert " ".join(map(told, merged("a b c", stands, now).slots())) == deck


@pytest.mark.parametrize(
    ("stands", "now", "by_hand"),
    [
        ("a!", "a", "notes"),
        ("a*", "a", "slide"),
        ("a*!", "a", "slide notes"),
        ("a*!", "a^", "slide notes of (a)"),
        ("a!", "a^", "notes"),
        ("+x a", "a", "slide notes of +x"),
    ],
)
def test_what_a_person_wrote(stands: str, now: str, by_hand: str) -> None:
    """Of a slide that was changed by hand and by its data the notes go with the one that is kept behind."""
    merge = merged("a", stands, now)
    words = [
        " ".join([part for part, notes in (("slide", False), ("notes", True)) if merge.by_hand(slot, notes=notes)])
        + (f" of {told(slot)}" if not re.match("a", told(slot)) else "")
        for slot in merge.slots()
    ]
    assert [word for word in words if word] == [by_hand]
