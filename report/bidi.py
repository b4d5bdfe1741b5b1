"""A step of painting text: takes a line in logical order, returns its runs of one direction in visual order.

The Unicode bidirectional algorithm (UAX 9) as python-bidi resolves it, up to the levels, with the rule for brackets
(N0) that it lacks; the reordering (rule L2) is done here on runs instead of characters, since a run is shaped whole.
What runs from right to left inside a paragraph from left to right is isolated, as if between FSI and PDI: quotation
marks around it, the full stop and the note mark behind it stay where a reader of the paragraph looks for them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple
from unicodedata import bidirectional

from bidi import algorithm

from data.script import has_right_to_left
from data.trust.numerals import FRACTIONS

_RIGHT_TO_LEFT_LANGUAGES = frozenset(("ar", "ckb", "dv", "fa", "he", "ps", "sd", "syr", "ug", "ur", "yi"))


class Run(NamedTuple):
    """text[start:stop], all of one direction."""

    start: int
    stop: int
    right_to_left: bool


def is_right_to_left(language: str) -> bool:
    """Whether paragraphs in a language (BCP 47) run from right to left."""
    return language.lower().partition("-")[0] in _RIGHT_TO_LEFT_LANGUAGES


def line_runs(
    text: str, right_to_left: bool = False, cuts: Collection[int] = (), levels: Sequence[int] = ()
) -> list[Run]:
    """The runs of a line from left to right; runs also end at `cuts` (where the font changes, say).

    right_to_left: the direction of the paragraph. levels: the line's part of the paragraph's, if it has other lines.
    """
    levels = list(levels or paragraph_levels(text, right_to_left))
    for at in reversed(range(len(text))):  # L1
        if not text[at].isspace():
            break
        levels[at] = int(right_to_left)
    edges = sorted({0, len(text), *cuts, *(at for at in range(1, len(text)) if levels[at] != levels[at - 1])})
    runs = [(levels[start], Run(start, stop, levels[start] % 2 == 1)) for start, stop in pairwise(edges)]
    for level in range(max(levels, default=0), 0, -1):  # L2
        at = 0
        while at < len(runs):
            stop = at
            while stop < len(runs) and runs[stop][0] >= level:
                stop += 1
            runs[at:stop] = reversed(runs[at:stop])
            at = stop + 1
    return [run for _, run in runs]


def visual_runs(text: str) -> list[tuple[str, bool]]:
    """The pieces of a left-to-right line from left to right, each with whether it runs from right to left."""
    return [(text[run.start : run.stop], run.right_to_left) for run in line_runs(text)]


def paragraph_levels(text: str, right_to_left: bool) -> list[int]:
    """The level of each character of a paragraph."""
    if right_to_left:
        return _levels(text)
    levels = [0] * len(text)
    for start, stop in _isolates(text):
        levels[start:stop] = _levels(text[start:stop])
    return levels


_PAIRS = {")": "(", "]": "[", "}": "{", "»": "«", "›": "‹", "”": "“", "’": "‘"}


def _isolates(text: str) -> Iterator[tuple[int, int]]:
    """Where text from right to left begins and ends: at its letters, or at brackets and quotation marks that open and
    close behind its first letter. It goes on over numbers and punctuation, but not over marks that opened before it."""
    start = stop = 0
    opened: list[int] = []
    for at, character in enumerate(text):
        inside = start < stop
        if has_right_to_left(character):
            if not inside:
                start, opened = at, []
            stop = at + 1
        elif not inside:
            continue
        elif bidirectional(character) == "L" or (character in _PAIRS and not _closes(text, opened, character)):
            yield start, stop
            start = stop
        elif character in _PAIRS.values():
            opened.append(at)
        elif character in _PAIRS and opened.pop() < stop:
            stop = at + 1
    if start < stop:
        yield start, stop


def _closes(text: str, opened: Sequence[int], character: str) -> bool:
    return bool(opened) and text[opened[-1]] == _PAIRS[character]


def _levels(text: str) -> list[int]:
    """As of a paragraph from right to left, in which a fraction, as "½", is a figure too (HL2): it stays behind its
    number."""
    base, direction = 1, "R"
    characters: list[dict[str, Any]] = [
        {"ch": character, "level": base, "type": kind, "orig": kind, "at": at}
        for at, character in enumerate(text)
        if (kind := "EN" if character in FRACTIONS else bidirectional(character) or "L")
    ]
    storage: dict[str, Any] = {"base_level": base, "base_dir": direction, "chars": characters, "runs": deque()}
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    _resolve_brackets(storage["chars"], direction)
    algorithm.resolve_neutral_types(storage, debug=False)
    algorithm.resolve_implicit_levels(storage, debug=False)
    characters = storage["chars"]
    known = {character["at"]: character["level"] for character in characters}
    levels: list[int] = []
    for at in range(len(text)):  # format characters, which the algorithm drops, stay with what precedes them
        levels.append(known.get(at, levels[-1] if levels else base))
    return levels


_BRACKETS = {")": "(", "]": "[", "}": "{"}
_STRONG = {"L": "L", "R": "R", "AL": "R", "EN": "R", "AN": "R"}


def _resolve_brackets(characters: list[dict[str, Any]], base: str) -> None:
    """Rule N0: a pair of brackets runs as the paragraph if something within does, else as what stands before it."""
    unclosed: list[int] = []
    pairs = []
    for at, character in enumerate(characters):
        if character["ch"] in _BRACKETS.values():
            unclosed.append(at)
        opening = _BRACKETS.get(character["ch"])
        match = next((place for place in reversed(unclosed) if characters[place]["ch"] == opening), None)
        if match is not None:
            del unclosed[unclosed.index(match) :]
            pairs.append((match, at))
    for start, stop in sorted(pairs):
        within = {_STRONG.get(character["type"]) for character in characters[start + 1 : stop]} - {None}
        if base in within:
            direction = base
        elif within:
            before = (_STRONG.get(character["type"]) for character in reversed(characters[:start]))
            direction = next((kind for kind in before if kind), base)
        else:
            continue
        characters[start]["type"] = characters[stop]["type"] = direction
