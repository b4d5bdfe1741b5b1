"""Text: takes words, returns them as runs; and what else of runs needs no Markdown."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from operator import itemgetter

from data.format import NO_BREAK_SPACE
from data.model import PLAIN, Cite, Number, Run, Span, Style, Text
from data.script import stretches

_DAY = re.compile(r"(?<![\d.,\u00a0])(\d{1,2}) (?=[A-Z][a-z])")


def tagged_spans(text: str, style: Style = PLAIN) -> Iterator[Span]:
    """`text` as spans of one language each: words from right to left carry their tag, so that they are shaped, ordered
    and read aloud as what they are."""
    for words, lang in stretches(text):
        yield Span(words, replace(style, lang=lang) if lang else style)


def right_to_left(text: Text) -> str:
    """The language (BCP 47) of a paragraph most of whose letters run from right to left, so that all of it does; or
    ""."""
    tagged = [(run.style.lang if isinstance(run, Span) else "", run) for run in text]
    if not any(lang for lang, _ in tagged):
        return ""
    letters: Counter[str] = Counter()
    for lang, run in tagged:
        if not isinstance(run, Cite | Number):  # what a number prints is in the briefing's language in any paragraph
            letters[lang] += sum(character.isalpha() for character in run.text)
    usual = letters.pop("", 0)
    return max(letters.items(), key=itemgetter(1))[0] if letters.total() > usual else ""


def set_quotes(text: str, quotes: str) -> str:
    """A plain string with its typewriter's quotation marks and apostrophes set as type; `quotes` are the language's
    four, outer and inner. What markdown-it does for Markdown, for names and titles that are none."""
    for mark, opening, closing in (('"', quotes[0], quotes[1]), ("'", quotes[2], quotes[3])):
        if mark in text:
            text = re.sub(rf"(?:(?<=^)|(?<=[\s([{{/\u2013\u2014\u201c])){mark}(?=\S)", opening, text)
            text = text.replace(mark, closing)
    return text


def unbroken_days(text: str) -> str:
    """`text` with each day tied to its month, so that no line ends between them."""
    return _DAY.sub(f"\\1{NO_BREAK_SPACE}", text)


def joined(texts: Iterable[Text], between: str) -> Text:
    """The texts one after the other with `between` them, as strings are joined."""
    return tuple(run for n, text in enumerate(texts) for run in ((Span(between), *text) if n else text))


def words_text(text: str) -> Text:
    """A plain string as runs."""
    return tuple(tagged_spans(text))


def filled(pattern: str, *runs: Span | Number) -> Text:
    """`pattern` with `{0}`, `{1}` replaced by runs instead of by their words."""
    result: list[Run] = []
    rest = pattern
    for index, run in enumerate(runs):
        before, _, rest = rest.partition(f"{{{index}}}")
        result.extend([Span(before), run] if before else [run])
    return (*result, Span(rest)) if rest else tuple(result)
