"""Material: takes a planned slide, returns all that it is made from: what is made from the same looks the same."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from decimal import Decimal
from functools import cache
from operator import attrgetter
from typing import Any

from data.model import PLAIN, Place, Style
from slides import labels
from slides.fingerprint import digest
from slides.kinds import Slide

_APART = "\x1f"


@dataclass(frozen=True, slots=True)
class Material:
    """What a slide is made from, each leaf of it: its own content, without the label of its page in the report, and
    what its notes are made from. `key` is a digest of all that, of the label's text and of every place: where two have
    one key, the same pages come of them."""

    content: str
    told: str
    key: bytes


def of(slide: Slide) -> Material:
    places: list[str] = []
    head = replace(slide.head, notes=(), credit=labels.without(slide.head.credit))
    content, told = _flat(replace(slide, head=head), places), _flat(slide.head.notes, places)
    rest = _flat(slide.head.credit, places)
    key = hashlib.sha256("\x1e".join((content, told, rest, *places)).encode()).digest()
    return Material(content, told, key)


def data(material: Material, parts: int) -> str:
    """Of the content alone. A slide that goes on over another number of `parts` is another."""
    return digest(parts, material.content)


def told(material: Material) -> str:
    return digest(material.told)


def _flat(value: Any, places: list[str]) -> str:
    """Every leaf of the model's dataclasses, in order, and into `places` where each was written: a line that moved down
    its file is the same line."""
    leaves: list[str] = []
    _gather(value, leaves, places)
    return _APART.join(leaves)


def _gather(value: Any, leaves: list[str], places: list[str]) -> None:
    kind: type = type(value)
    if kind is str:
        leaves.append(repr(value))
    elif value is PLAIN:
        leaves.append(_PLAIN)
    elif kind is Place:
        places += (repr(value.file), str(value.line), repr(value.column))
    elif kind is tuple or kind is list:
        leaves.append(f"{len(value)}:")
        for inner in value:
            _gather(inner, leaves, places)
    elif (fields_of := _fields(kind)) is not None:
        leaves.append(kind.__name__)
        for inner in fields_of(value):
            if type(inner) in _LEAVES:  # most are; a call for each would take a third of the time
                leaves.append(repr(inner))
            else:
                _gather(inner, leaves, places)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            leaves.append(str(key))
            _gather(inner, leaves, places)
    else:
        leaves.append(repr(value))


_LEAVES = frozenset((str, bool, int, float, type(None), Decimal))
_PLAIN = _APART.join((Style.__name__, *(repr(getattr(PLAIN, field.name)) for field in fields(Style))))


@cache
def _fields(kind: type) -> Callable[[Any], Iterable[Any]] | None:
    """What takes the values of a dataclass's fields; None for another class."""
    if not is_dataclass(kind):
        return None
    names = [field.name for field in fields(kind)]
    return attrgetter(*names) if len(names) > 1 else lambda value: [getattr(value, one) for one in names]
