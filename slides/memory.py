"""Memory: takes a key and what makes a thing, returns the thing, made now or by the last build of this process.

A watched briefing is built again and again, and mostly stays as it was. A memory keeps what the last build asked for
and nothing else, so that it holds one deck however long the process lives. Keys say all that a thing depends on.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, Generic, ParamSpec, TypeVar

V = TypeVar("V")
P = ParamSpec("P")

_all: list["Memory[Any]"] = []


class Memory(Generic[V]):
    """Things under their keys, for the life of the process."""

    def __init__(self) -> None:
        self._under: object = None
        self._before: dict[Hashable, V] = {}
        self._now: dict[Hashable, V] = {}
        _all.append(self)

    def __contains__(self, key: Hashable) -> bool:
        return key in self._now or key in self._before

    def __len__(self) -> int:
        return len(self._now.keys() | self._before.keys())

    def __getitem__(self, key: Hashable) -> V:
        if key not in self._now:
            self._now[key] = self._before[key]
        return self._now[key]

    def kept(self, key: Hashable, make: Callable[P, V], *given: P.args, **named: P.kwargs) -> V:
        if key not in self:
            self._now[key] = make(*given, **named)
        return self[key]

    def under(self, circumstances: object) -> None:
        """What all things depend on: if it is another than it was, nothing of them is worth keeping."""
        if self._under != circumstances:
            self._under = circumstances
            self._before, self._now = {}, {}

    def turn(self) -> None:
        self._before, self._now = self._now, {}


def begin() -> None:
    """A build begins: what the last one did not ask for is forgotten."""
    for memory in _all:
        memory.turn()


@dataclass(frozen=True, slots=True, eq=False)
class Same:
    """A thing as a key that nothing but the very same thing equals: to compare two takes as long as to make one."""

    thing: object

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.thing is other.thing

    def __hash__(self) -> int:
        return id(self.thing)
