"""Story stage of the report: takes runs of text, returns ReportLab markup; remembers what was cited and printed."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from xml.sax.saxutils import escape, quoteattr

from reportlab.lib.styles import ParagraphStyle

from data.model import Cite, Mention, Number, Place, Run, Source, Span, Style, Text
from data.theme import Palette
from report.fonts import missing_characters
from report.notes import Notes, note_key

_OPENS_WITH_PUNCTUATION = re.compile(r"^[.,;:!?…]+[”’\"']?")
_DAY = re.compile(r"(?<![\d.,\u00a0])(\d{1,2}) (?=[A-Z][a-z])")
REPLACEMENT = "?"
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufeff\ufffe\uffff]")
_DIGITS = re.compile(r"\d(?:[\d.,\u00a0\u202f]*\d)?")


def joined(text: str) -> str:
    """`text` with a day tied to its month, so that no line ends between them."""
    return _DAY.sub("\\1\u00a0", text)


def exhibit_key(id: str) -> str:
    """The destination of an exhibit."""
    return f"exhibit-{id}"


@dataclass(frozen=True)
class Printed:
    """A number that stands in the report.

    `where` is the kind of place: "prose", "heading", "headline", "finding", "point", "caption", "note", "figure",
    "table", "quote", "chart" or "alt"; `key` the destination at which it is printed; `section` the number of its
    section, 0 before the first.
    """

    number: Number
    where: str
    key: str
    section: int


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


class Inline:
    """Sets runs as markup: escapes them, links citations, mentions and addresses, and keeps account of both."""

    def __init__(self, sources: Mapping[str, Source], palette: Palette) -> None:
        self.sources = sources
        self.palette = palette
        self.notes = Notes()
        self.used: set[str] = set()
        self.printed: list[Printed] = []
        self.missing: dict[str, Place] = {}
        self.section = 0

    def words(self, text: str, style: ParagraphStyle, place: Place) -> str:
        """Text without runs, as markup."""
        return escape(self.printable(text, style.fontName, place))

    def printable(self, text: str, font: str, place: Place) -> str:
        """The text without control characters, and with characters that no font has replaced and remembered."""
        if text.isascii() and text.isprintable():
            return text
        text = _CONTROLS.sub("", text)
        for character in missing_characters(text, font):
            self.missing.setdefault(character, place)
            text = text.replace(character, REPLACEMENT)
        return text

    def set(self, text: Text, style: ParagraphStyle, place: Place, where: str) -> str:
        """The runs as markup for a paragraph of `style`."""
        return "".join(self._run(run, style, place, where) for run in after_punctuation(text))

    def uncited(self, text: Text, style: ParagraphStyle, place: Place, where: str) -> str:
        """The runs without citations and links, for a text that is itself a link."""
        spans = (Span(run.text) if isinstance(run, Mention) else run for run in text if not isinstance(run, Cite))
        unlinked = (replace(run, style=replace(run.style, link="")) for run in spans)
        return "".join(self._run(run, style, place, where) for run in unlinked)

    def big(self, number: Number, style: ParagraphStyle, place: Place) -> tuple[str, str]:
        """A number as a display figure, its digits large: markup up to its last digit, and the text after it."""
        parts, at = [self._anchored(number, "figure")], 0
        for match in _DIGITS.finditer(number.text):
            parts += [self.small(number.text[at : match.start()], style, place), match.group()]
            at = match.end()
        return "".join(parts), number.text[at:]

    def small(self, text: str, style: ParagraphStyle, place: Place) -> str:
        """Words beside a display figure."""
        return f'<font size="{style.fontSize * 0.46:.1f}">{self.words(text, style, place)}</font>' if text else ""

    def link(self, target: str, title: str, markup: str, colour: str = "") -> str:
        """Markup as a link to "#key" or to an address; `title` describes it to those who do not see it."""
        description, colour = quoteattr(_CONTROLS.sub("", title)), colour or self.palette.accent
        return f'<a href={quoteattr(target)} title={description} color="{colour}">{markup}</a>'

    def count(self, number: Number, where: str, key: str) -> None:
        """Note that the number is printed at `key`."""
        self.printed.append(Printed(number, where, key, self.section))
        self.used.add(number.quantity.source)

    def _run(self, run: Run, style: ParagraphStyle, place: Place, where: str) -> str:
        match run:
            case Span():
                return self._styled(run.text, run.style, style, place)
            case Number():
                return self._anchored(run, where) + self._styled(run.text, run.style, style, place)
            case Cite():
                return self._cite(run, style)
            case Mention():
                label = run.text.replace(" ", "\u00a0")
                return self.link(f"#{exhibit_key(run.exhibit)}", run.text, self.words(label, style, place))

    def _anchored(self, number: Number, where: str) -> str:
        key = f"number-{len(self.printed) + 1}"
        self.count(number, where, key)
        return f'<a name="{key}"/>'

    def _styled(self, text: str, how: Style, style: ParagraphStyle, place: Place) -> str:
        markup = self.words(joined(text), style, place)
        for on, tag in ((how.bold, "b"), (how.italic, "i")):
            if on:
                markup = f"<{tag}>{markup}</{tag}>"
        if how.lang:
            markup = f"<span lang={quoteattr(how.lang)}>{markup}</span>"
        return self.link(how.link, text, markup) if how.link else markup

    def _cite(self, cite: Cite, style: ParagraphStyle) -> str:
        marks = []
        for source in cite.sources:
            number, key = self.notes.mention(source)
            self.used.add(source)
            name = self.sources[source].publisher or self.sources[source].title
            marks.append(f'<a name="{key}"/>' + self.link(f"#{note_key(number)}", f"{number}: {name}", str(number)))
        size, rise = max(6, style.fontSize * 0.7), style.fontSize * 0.34
        return f'<super size="{size:.2f}" rise="{rise:.2f}">' + ",\u00a0".join(marks) + "</super>"
