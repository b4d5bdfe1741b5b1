"""First stage of the report: takes a language, returns what breaks its words.

At least three letters stand before a hyphen and three behind it. Names stay whole, and so does every word that is not
running text, unless their line cannot hold them; then a word that the patterns do not know is broken at any letter.
Pyphen parses every pattern of a language before the first word (for German, as long as setting twenty pages takes).
A report breaks few words, so here a pattern is parsed when a word asks for it.
"""

import re
from collections.abc import Callable, Collection, Iterator
from functools import cache
from itertools import accumulate, takewhile
from pathlib import Path

import pyphen
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import paragraph

Breaks = Callable[[str], Iterator[tuple[str, str]]]
"""Of a word, beginning and end at each place where it may break, the last place first."""

LEAST = 3
"""Letters before a hyphen and behind it."""
LONGEST = 500
"""Letters of a word that the patterns are asked about; longer ones are no words, and are broken where the line ends."""
_PIECES = re.compile(r"-*[^/\-_?&=.%+#@]{1,24}[/_?&=.%+#@]*|-+|[/_?&=.%+#@]+")
_WORD = re.compile(r"(?:[^\W\d_]|[-\u00ad\u2011])*")
_NO_DIGITS = str.maketrans("", "", "0123456789")


def pieces(word: str) -> list[str]:
    """An address, and what else is no word of letters and hyphens, in the pieces between which it may break without a
    hyphen: behind its punctuation, and behind two dozen letters that have none; but before a hyphen of its own, which
    who copies it would lose at a line's end. A word is one piece."""
    return [word] if _WORD.fullmatch(word) else _PIECES.findall(word)


class Addresses:
    """Where ReportLab breaks what is too long for a line and not hyphenated: beginning and end, the last place first;
    None for a word. Its own way is to break an address once, at a slash, and to let the rest run out of the line.

    anywhere: behind any letter too, where no piece is short enough.
    """

    anywhere = False

    def __call__(self, word: str) -> list[tuple[str, str]] | None:
        if _WORD.fullmatch(word):
            return None
        places = list(accumulate(map(len, pieces(word)[:-1])))[::-1]
        places += range(len(word) - 1, 0, -1) if self.anywhere else ()
        return [(word[:at], word[at:]) for at in places]


addresses = paragraph._uri_split_pairs = Addresses()


def hyphenator(language: str) -> Breaks:
    """Where the patterns of a language break a word; nowhere, if it has none."""
    name = pyphen.language_fallback(language)

    # a function: styles are copied at times, and a bound method would be copied with all its patterns
    def breaks(word: str) -> Iterator[tuple[str, str]]:
        if name and len(word) <= LONGEST:
            for head, tail in _pyphen(name).iterate(word):
                if len(head) >= LEAST and len(tail) >= LEAST:
                    yield head, tail

    return breaks


def in_running_text(breaks: Breaks, shortest: int) -> Breaks:
    """Those places, but in no name, and in no word of fewer letters."""
    return lambda word: iter(()) if word[:1].isupper() or len(word) < shortest else breaks(word)


def narrowest(word: str, width_of: Callable[[str], float]) -> float:
    """The width of a line that holds whatever of a word is too short to be broken, wherever the patterns break it."""

    def widest(letters: int) -> float:
        return max(width_of(word[at : at + letters]) for at in range(len(word)))

    return max(widest(LEAST) + width_of("-"), widest(2 * LEAST - 1))


def in_narrow_lines(
    breaks: Breaks, otherwise: Breaks | None, whole: str, fonts: Collection[tuple[str, float]], width: float
) -> Breaks:
    """Those places in words that no line of `width` holds in the widest of the fonts; in other words but `whole` where
    `otherwise` says. A line that is too narrow for hyphens has none."""

    def width_of(text: str) -> float:
        return max(float(stringWidth(text, *font)) for font in fonts)

    room = width - width_of("-")
    held = ""

    def breakable(word: str) -> bool:
        """Whether the line holds whatever is too short to be broken; asked once of a word and its rests."""
        nonlocal held
        if held.endswith(word):
            return True
        held = word if narrowest(word, width_of) <= width else ""
        return bool(held)

    def places(word: str) -> Iterator[tuple[str, str]]:
        if len(word) > LONGEST:
            return
        if width_of(word) <= width:
            yield from otherwise(word) if otherwise and word != whole else ()
        elif breakable(word):
            known = [place for place in breaks(word) if width_of(place[0]) <= room]
            fitting = takewhile(lambda end: end <= room, accumulate(map(width_of, word[:-LEAST])))
            last = 0 if known else sum(1 for _ in fitting)
            yield from known
            yield from ((word[:at], word[at:]) for at in range(last, LEAST - 1, -1) if word[at] != "-")

    return places


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
