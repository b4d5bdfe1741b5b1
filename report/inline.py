"""Story stage of the report: takes runs of text, returns ReportLab markup; remembers what was cited and printed."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape

from reportlab.lib.styles import ParagraphStyle

from data.format import NO_BREAK_SPACE
from data.model import Cite, Mention, Number, Place, Quantity, Run, Source, Span, Style, Text, exhibit_key
from data.text import unbroken_days
from data.theme import Palette
from data.trust.ledger import Mark, marks
from data.words import Words
from report.fallback import missing_characters
from report.notes import Notes, note_key

_OPENS_WITH_PUNCTUATION = re.compile(r"^[.,;:!?…]+[”’\"']?")
HOW_TO_READ = "how-to-read"
"""The destination of "How to read the figures", which lists what is stale."""
REPLACEMENT = "?"
CITE_SIZE = 0.7
"""Of the text that a citation stands in."""
_SPACES = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]+")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufeff\ufffe\uffff]")
_DIGITS = re.compile(r"\u2212|\d(?:[\d.,\u00a0\u202f]*\d)?")


def _held(words: str) -> str:
    """Words before a display figure, tied to the one before them: "18 per head to" on one line, "24 per head" below."""
    before, space, last = words.rpartition(" ")
    return before.replace(" ", NO_BREAK_SPACE) + space + last


@dataclass(frozen=True)
class Counted:
    """A number that stands in the report.

    `where` is the kind of place, as in the ledger, or "drawn" for a point of a chart whose number is not printed; `key`
    is the destination at which it stands, `section` the number of its section, 0 before the first. `place` is where the
    text was written.
    """

    mark: Mark
    where: str
    key: str
    section: int
    place: Place
    source: str = ""


def after_punctuation(text: Text) -> Iterator[Run]:
    """The runs with each citation moved behind the punctuation that follows it, closed up to what precedes it."""
    runs = list(text)
    for n, run in enumerate(runs):
        following = runs[n + 1] if n + 1 < len(runs) else None
        if isinstance(run, Span) and isinstance(following, Cite):
            yield replace(run, text=run.text.rstrip())
            continue
        if isinstance(run, Cite) and isinstance(following, Span):
            mark = _OPENS_WITH_PUNCTUATION.match(following.text)
            if mark:
                yield Span(mark.group())
                runs[n + 1] = replace(following, text=following.text[mark.end() :])
        yield run


def _fresh(number: Number) -> Quantity:
    """The number's quantity as if it were not stale, for a text whose mark leads nowhere."""
    return replace(number.quantity, stale=False)


class Inline:
    """Sets runs as markup: escapes them, links citations, mentions and addresses, and keeps account of both."""

    def __init__(self, sources: Mapping[str, Source], palette: Palette, language: str, words: Words) -> None:
        self.sources = sources
        self.palette = palette
        self.language = language
        self.strings = words
        self.notes = Notes()
        self.used: set[str] = set()
        self.counted: list[Counted] = []
        self.missing: dict[str, Place] = {}
        self.section = 0

    def words(self, text: str, style: ParagraphStyle, place: Place) -> str:
        """Text without runs, as markup."""
        return escape(self.printable(text, style.fontName, place), quote=False)

    def printable(self, text: str, font: str, place: Place) -> str:
        """The text without control characters, in one line, characters that no font has replaced and remembered."""
        if text.isascii() and text.isprintable():
            return text
        text = _CONTROLS.sub("", _SPACES.sub(" ", text))
        for character in missing_characters(text, font):
            self.missing.setdefault(character, place)
            text = text.replace(character, REPLACEMENT)
        return text

    def _printable(self, run: Run, font: str, place: Place) -> Run:
        if isinstance(run, Cite):
            return run
        text = self.printable(run.text, font, place)
        return run if text == run.text else replace(run, text=text)

    def set(self, text: Text, style: ParagraphStyle, place: Place, where: str, source: str = "") -> str:
        """The runs as markup for a paragraph of `style`. `source`: whose title or words the text is."""
        runs = tuple(self._printable(run, style.fontName, place) for run in after_punctuation(text))
        self.used.update(run.quantity.source for run in runs if isinstance(run, Number))
        found = [(mark.at, self._anchor(self.count(mark, where, place, source))) for mark in marks(runs, self.language)]
        made, start = [], 0
        for run in runs:
            end = start if isinstance(run, Cite) else start + len(run.text)
            anchors = [(at - start, anchor) for at, anchor in found if start <= at < end]
            made.append(self._run(run, style, place, anchors))
            start = end
        return "".join(made)

    def uncited(self, text: Text, style: ParagraphStyle, place: Place, where: str) -> str:
        """The runs without citations and links, for a text that is itself a link."""
        spans = (Span(run.text) if isinstance(run, Mention) else run for run in text if not isinstance(run, Cite))
        unlinked = (replace(run, style=replace(run.style, link="")) for run in spans)
        plain = (replace(run, quantity=_fresh(run)) if isinstance(run, Number) else run for run in unlinked)
        return self.set(tuple(plain), style, place, where)

    def big(self, number: Number, style: ParagraphStyle, place: Place) -> tuple[str, str]:
        """A number as a display figure: markup up to its last digit, and the text after it."""
        found = marks((number,), self.language)
        head, tail = self.large(number, style, place)
        return "".join(self._anchor(self.count(mark, "figure", place)) for mark in found) + head, tail

    def large(self, number: Number, style: ParagraphStyle, place: Place) -> tuple[str, str]:
        """As `big`, without counting the number, for who only measures it: digits large, words beside them small."""
        parts, at = [], 0
        for match in _DIGITS.finditer(number.text):
            parts += [self.small(_held(number.text[at : match.start()]), style, place), match.group()]
            at = match.end()
        return "".join(parts), number.text[at:]

    def small(self, text: str, style: ParagraphStyle, place: Place) -> str:
        """Words beside a display figure, in the one size that its style has for them."""
        return f'<font size="{style.beside:.1f}">{self.words(text, style, place)}</font>' if text else ""

    def link(self, target: str, title: str, markup: str, colour: str = "") -> str:
        """Markup as a link to "#key" or to an address; `title` describes it to those who do not see it."""
        description, colour = escape(_CONTROLS.sub("", title)), colour or self.palette.accent
        return f'<a href="{escape(target)}" title="{description}" color="{colour}">{markup}</a>'

    def count(self, mark: Mark, where: str, place: Place, source: str = "", key: str = "") -> str:
        """Note that the number stands at `key`, or else at a new destination; returns it."""
        key = key or f"number-{len(self.counted) + 1}"
        self.counted.append(Counted(mark, where, key, self.section, place, source))
        self.used.update(number.quantity.source for number in mark.numbers)
        return key

    @staticmethod
    def _anchor(key: str) -> str:
        return f'<a name="{key}"/>'

    def _run(self, run: Run, style: ParagraphStyle, place: Place, anchors: Sequence[tuple[int, str]]) -> str:
        """A run; each anchor stands before the word in which its character does, so that it is on the same page."""
        match run:
            case Number() if run.quantity.stale and run.text.endswith(self.strings.stale_mark) and not run.style.link:
                number = replace(run, text=run.text.removesuffix(self.strings.stale_mark), quantity=_fresh(run))
                mark = self._styled(self.strings.stale_mark, run.style, style, place)
                return self._run(number, style, place, anchors) + self.link(
                    f"#{HOW_TO_READ}", self.strings.stale_note, mark
                )
            case Span() | Number():
                made, start = [], 0
                for at, anchor in anchors:
                    word = max(start, run.text.rfind(" ", 0, at) + 1)
                    made += [self._styled(run.text[start:word], run.style, style, place), anchor]
                    start = word
                markup = "".join((*made, self._styled(run.text[start:], run.style, style, place)))
                return self.link(run.style.link, run.text, markup) if run.style.link else markup
            case Cite():
                return self._cite(run, style)
            case Mention():
                label = run.text.replace(" ", "\u00a0")
                return self.link(f"#{exhibit_key(run.exhibit)}", run.text, self.words(label, style, place))

    def _styled(self, text: str, how: Style, style: ParagraphStyle, place: Place) -> str:
        if not text:
            return ""
        markup = self.words(unbroken_days(text), style, place)
        for on, tag in ((how.bold, "b"), (how.italic, "i")):
            if on:
                markup = f"<{tag}>{markup}</{tag}>"
        if how.lang:
            markup = f'<span lang="{escape(how.lang)}">{markup}</span>'
        return markup

    def _cite(self, cite: Cite, style: ParagraphStyle) -> str:
        marks = []
        self.used.update(cite.sources)
        for (number, key), source in sorted((self.notes.mention(source), source) for source in cite.sources):
            name = self.sources[source].publisher or self.sources[source].title
            marks.append(f'<a name="{key}"/>' + self.link(f"#{note_key(number)}", f"{number}: {name}", str(number)))
        size, rise = max(6, style.fontSize * CITE_SIZE), style.fontSize * 0.34
        return f'<super size="{size:.2f}" rise="{rise:.2f}">' + ",\u00a0".join(marks) + "</super>"
