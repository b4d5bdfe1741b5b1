"""First stage of the report: takes a language, returns what breaks its words.

Pyphen parses every pattern of a language before the first word (for German, as long as setting twenty pages takes).
A report breaks few words, so here a pattern is parsed when a word asks for it.
"""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pyphen

LONGEST = 500
"""Letters of a word that the patterns are asked about; longer ones are no words, and are broken where the line ends."""
_NO_DIGITS = str.maketrans("", "", "0123456789")


def hyphenator(language: str) -> Callable[[str], Iterator[tuple[str, str]]] | None:
    """Of a word, beginning and end at each place where it may break, the last place first; None: no such language."""
    name = pyphen.language_fallback(language)
    # a function: styles are copied at times, and a bound method would be copied with all its patterns
    return (lambda word: _pyphen(name).iterate(word) if len(word) <= LONGEST else iter(())) if name else None


@cache
def _pyphen(name: str) -> pyphen.Pyphen:
    path = pyphen.LANGUAGES[name]
    pyphen.hdcache.setdefault(path, _Dictionary(path))
    return pyphen.Pyphen(lang=name)


class _Dictionary(pyphen.HyphDict):  # type: ignore[misc]
    """Pyphen's, with patterns that are still to be parsed."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            encoding = file.readline().decode().strip()
        text = path.read_text("cp1251" if encoding.lower() == "microsoft-cp1251" else encoding)
        self.patterns = _Patterns(text)
        self.maxlen = self.patterns.longest
        self.cache: dict[str, list[int]] = {}


class _Patterns:
    """The patterns of a dictionary by their letters."""

    def __init__(self, text: str) -> None:
        lines, letters = text.split("\n")[1:], text.translate(_NO_DIGITS).split("\n")[1:]
        self._lines = {
            (key.partition("/")[0] if "=" in key else key).strip(): line
            for key, line in zip(letters, lines, strict=True)
            if key != line and not line.startswith(pyphen.ignored)
        }
        self.longest = max(map(len, self._lines))

    def get(self, letters: str) -> tuple[int, list[int]] | None:
        """Where the pattern begins in the letters, and the weights of the places before, between and after them."""
        line = self._lines.get(letters)
        if line is None:
            return None
        # after a slash, how the word is spelt when it is broken there
        pattern, _, alternative = line.strip().partition("/" if "=" in line else "\n")
        weight = pyphen.AlternativeParser(pattern, alternative) if alternative else int
        return 0, [weight(digit or "0") for digit, _ in pyphen.parse(pattern)]
