"""Context: what the texts and the exhibits of one briefing are read with, once its facts and labels are known."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from data.facts import Facts
from data.findings import Finding
from data.format import Formatter
from data.keyfigures import KeyFigures
from data.markdown import TextReader
from data.model import Number, Quantity
from data.words import Words


@dataclass
class Populations:
    """Which colour each population has: handed out in order of first use, the same in every exhibit. Those beyond the
    theme's `colours` have none of their own."""

    colours: int
    given: dict[str, int] = field(default_factory=dict)

    def colour(self, population: str) -> int:
        return self.given.setdefault(population, len(self.given))

    def hold(self, populations: Iterable[str]) -> bool:
        """Whether all of them have a colour or can still be given one."""
        return len({*self.given, *populations}) <= self.colours


@dataclass(frozen=True)
class Context:
    """`labels` are the exhibits' by their names; what is wrong goes to `findings`."""

    facts: Facts
    labels: Mapping[str, str]
    formatter: Formatter
    texts: TextReader
    key_figures: KeyFigures
    populations: Populations
    findings: list[Finding]

    @property
    def words(self) -> Words:
        return self.formatter.words

    def number(self, quantity: Quantity) -> Number:
        """The number of a cell as it prints."""
        marked = self.facts.marked(quantity)
        return Number(self.formatter.quantity(marked), marked)
