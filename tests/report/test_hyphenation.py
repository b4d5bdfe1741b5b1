"""Words break where Pyphen breaks them, though no pattern is parsed before a word asks for it."""

import pyphen
import pytest

from report.hyphenation import hyphenator

WORDS = {
    "en-GB": ["government", "Palestinians", "neighbouring", "hyphenation", "a", "", "x1y-z", "naïveté"],
    "fr": ["gouvernement", "aujourd’hui", "constitution"],
    "ca": ["col·laboració", "paral·lel", "intel·ligència"],  # spelt otherwise where they break
    "sv": ["medborgarskap", "regeringen"],
    "af": ["regering", "Afrika"],  # whose dictionary has comments between its patterns
}


@pytest.mark.parametrize("language", WORDS)
def test_words_break_as_pyphen_breaks_them(language: str) -> None:
    breaks = hyphenator(language)
    assert breaks
    whole = pyphen.Pyphen(lang=language)
    whole.hd = pyphen.HyphDict(pyphen.LANGUAGES[pyphen.language_fallback(language)])
    assert [list(breaks(word)) for word in WORDS[language]] == [list(whole.iterate(word)) for word in WORDS[language]]
    assert any(list(breaks(word)) for word in WORDS[language])


def test_a_language_without_patterns_breaks_no_word() -> None:
    assert hyphenator("ar") is None
