"""Words break where Pyphen breaks them, though no pattern is parsed before a word asks for it, and with care."""

import re
from dataclasses import replace

import pypdfium2 as pdfium
import pyphen
import pytest

from data.model import Briefing, Cite, Column, Paragraph, Placement, Span, Table
from data.theme import Theme
from report.hyphenation import hyphenator
from tests import samples
from tests.report.reading import typeset

WORDS = {
    "en-GB": ["government", "Palestinians", "neighbouring", "hyphenation", "a", "", "x1y-z", "naïveté"],
    "fr": ["gouvernement", "aujourd’hui", "constitution"],
    "ca": ["col·laboració", "paral·lel", "intel·ligència"],  # spelt otherwise where they break
    "sv": ["medborgarskap", "regeringen"],
    "af": ["regering", "Afrika"],  # whose dictionary has comments between its patterns
}


@pytest.mark.parametrize("language", WORDS)
def test_words_break_as_pyphen_breaks_them_with_three_letters_on_either_side(language: str) -> None:
    breaks = hyphenator(language)
    whole = pyphen.Pyphen(lang=language)
    whole.hd = pyphen.HyphDict(pyphen.LANGUAGES[pyphen.language_fallback(language)])
    assert [list(breaks(word)) for word in WORDS[language]] == [
        [place for place in whole.iterate(word) if min(map(len, place)) >= 3] for word in WORDS[language]
    ]
    assert any(list(breaks(word)) for word in WORDS[language])


def test_a_language_without_patterns_breaks_no_word() -> None:
    assert list(hyphenator("ar")("internationally")) == []


# -- on paper


BASE = replace(samples.one(), summary=())
PROSE = "The announcement described a Palestinian government in Jerusalem, its administration, and its Organisation "


def with_body(*texts: str, justify: bool = False) -> Briefing:
    theme = replace(Theme(), report=replace(Theme().report, justify=justify))
    body = tuple(Paragraph((Span(text),), samples.PLACE) for text in texts)
    return replace(BASE, theme=theme, sections=(replace(BASE.sections[0], body=body, exhibits={}),))


def pages(briefing: Briefing) -> list[str]:
    with pdfium.PdfDocument(typeset(briefing).pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


def hyphenated(texts: list[str]) -> set[tuple[str, str]]:
    """Beginning and end of every word that a hyphen breaks."""
    return set(re.findall(r"(?<!\S)\W?([^\W\d_]+)\ufffe\s*([^\W\d_]+)", "\n".join(texts)))


@pytest.mark.parametrize("justify", [False, True])
def test_running_text_breaks_no_name_and_leaves_three_letters_on_either_side(justify: bool) -> None:
    found = hyphenated(pages(with_body(*("i" * n + " " + PROSE * 3 for n in range(40)), justify=justify)))
    assert found
    assert all(head.islower() and min(len(head), len(tail)) >= 3 for head, tail in found), found


def test_the_last_word_of_a_justified_paragraph_is_whole() -> None:
    texts = pages(with_body(*("a " * n + PROSE + "by announcement." for n in range(60)), justify=True))
    text = "\n".join(texts)
    assert text.count("announcement.") == 60
    assert hyphenated(texts)


HEAD = "Bemerkungen"
UNKNOWN = "Tschktschwrzlgrmpf"


def test_a_word_that_its_line_does_not_hold_has_a_hyphen_where_it_is_broken() -> None:
    columns = tuple(Column(((Span(HEAD)),), False, 1) for _ in range(9))
    table = Table(samples.caption("wide", "x"), columns, ((((Span(UNKNOWN)),),) * 9,) * 2)
    briefing = replace(with_body(), issuer="Referat für Haushaltsgrundsatzfragenbearbeitung")
    section = replace(briefing.sections[0], body=(Placement("wide", samples.PLACE),), exhibits={"wide": table})
    texts = pages(replace(briefing, sections=(section,)))
    for text, word, least in ((texts[0], "Haushaltsgrundsatzfragenbearbeitung", 1), ("\n".join(texts), HEAD, 8)):
        pieces = [piece for piece in re.findall(r"(?:[^\W\d_]+\ufffe\s*)+[^\W\d_]+", text) if piece[0] == word[0]]
        assert len(pieces) >= least, text
        for piece in pieces:
            assert re.sub(r"\ufffe\s*", "", piece) == word
            assert min(map(len, re.split(r"\ufffe\s*", piece))) >= 3
    assert not re.search(r"Tschk\w*\s+\w*pf", "\n".join(texts)), "none is broken without a hyphen"
    assert ("\n".join(texts)).count("T") >= 18


def test_a_cell_breaks_no_word_that_its_column_holds() -> None:
    table = samples.estimates(4, stretch=6)
    section = replace(BASE.sections[0], body=(Placement("estimates", samples.PLACE),), exhibits={"estimates": table})
    assert not hyphenated(pages(replace(BASE, sections=(section,))))


@pytest.mark.parametrize("mark", [(), (Cite(("crs",)),)], ids=["plain", "cited"])
def test_no_paragraph_ends_with_one_short_word_in_a_line(mark: tuple[Cite, ...]) -> None:
    texts = [f"{PROSE}{'i' * n} known by only." for n in range(60)]
    briefing = with_body(*texts)
    body = tuple(replace(text, text=(*text.text, *mark)) for text in briefing.sections[0].body)
    found = pages(replace(briefing, sections=(replace(briefing.sections[0], body=body),)))
    lines = [line.strip() for text in found for line in text.splitlines()]
    assert len(re.findall(r"known by only\.", " ".join(lines))) == 60, "and each word is there once"
    assert any(re.fullmatch(r"by only\.1?", line) for line in lines)
    assert not any(re.fullmatch(r"only\.1?", line) for line in lines)
