"""The words that a chart itself prints: takes a BCP 47 tag, returns the names of its marks."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    exact: str = "single figure"
    about: str = "about"
    between: str = "range"
    at_most: str = "up to"
    at_least: str = "at least"
    reported: str = "reported"
    revised: str = "since revised"
    disputed: str = "disputed"
    empty: str = "No data"


_LANGUAGES = {"en": Words()}


def words(language: str) -> Words:
    """The words for `language`, English where there are none."""
    return _LANGUAGES.get(language.split("-", maxsplit=1)[0], _LANGUAGES["en"])
