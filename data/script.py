"""Writing systems: takes a string, returns what of it runs from right to left, and in which language."""

import re
from collections.abc import Iterator

RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
"""The blocks of letters from right to left (Unicode's DerivedBidiClass.txt), for a class of a regular expression."""

_ARABIC = "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff"
_HEBREW = "\u0590-\u05ff\ufb1d-\ufb4f"
_WORDS = re.compile(f"[{_ARABIC}{_HEBREW}](?:[^A-Za-z0-9\u00c0-\u024f]*[{_ARABIC}{_HEBREW}])*")
_PERSIAN = re.compile("[\u067e\u0686\u0698\u06a9\u06af\u06cc]")
_ANY = re.compile(f"[{RIGHT_TO_LEFT}\u200f]")


def has_right_to_left(text: str) -> bool:
    """Whether a character of `text` asks for the bidirectional algorithm at all."""
    return not text.isascii() and _ANY.search(text) is not None


def followed(name: str) -> str:
    """A name behind which a date, a number or a comma may come: one from right to left ends with a left-to-right mark,
    or it would draw them to its left (UAX 9, 2.6)."""
    return f"{name}\u200e" if has_right_to_left(name) else name


def stretches(text: str) -> Iterator[tuple[str, str]]:
    """`text` in stretches of one language, with the tag (BCP 47) of Arabic, Persian and Hebrew words, "" of all else.
    Persian is told from Arabic by its own letters."""
    end = 0
    for match in _WORDS.finditer(text):
        if match.start() > end:
            yield text[end : match.start()], ""
        words, end = match.group(), match.end()
        yield words, "he" if re.match(f"[{_HEBREW}]", words) else "fa" if _PERSIAN.search(words) else "ar"
    if end < len(text):
        yield text[end:], ""
