r"""Markdown: takes an author's Markdown, returns blocks and runs with names resolved, and findings.

CommonMark (spec.commonmark.org 0.31) without raw HTML, images, code and rules, plus four things of ours:
`{{ value.part }}`, `[@source; @source]`, `@exhibit`, and `\1200` for figures that the author insists on typing. Each is
an inline rule of markdown-it, so that CommonMark's own backslash escapes work on them.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, lru_cache
from itertools import chain
from typing import Protocol

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.tree import SyntaxTreeNode

from data.findings import Finding
from data.findings.references import BadLink
from data.findings.text import HalfValue, UnsupportedMarkdown
from data.model import (
    PLAIN,
    Block,
    BlockQuote,
    Cite,
    Heading,
    ListBlock,
    Mention,
    Number,
    Paragraph,
    Place,
    Placement,
    Run,
    Span,
    Style,
    Text,
)
from data.text import right_to_left, set_quotes, tagged_spans
from data.trust.numerals import FRACTIONS

_VALUE = re.compile(r"\{\{\s*([a-z0-9-]+)(?:\.([a-z_]+))?\s*\}\}")
_BRACES = re.compile(r"(?<![\\{])(?:\{\{[^{}\n]{0,60}\}?\}?|\{\s*[a-z0-9-]+(?:\.[a-z_]+)?\s*\}\}?)")
_CITE = re.compile(r"\[(@[\w:./-]+(?:\s*;\s*@[\w:./-]+)*)\]")
_BRACKETED = re.compile(r"(\[[\w./-]+(?:\s*[;,]\s*[\w./-]+)*\])")
_MENTION = re.compile(r"@([A-Za-z][A-Za-z0-9]*(?:[_-]+[A-Za-z0-9]+)*)")  # names have no capitals: such is a slip
_INSISTED = re.compile(rf"\\(\d(?:[\d.,]*\d)?[{FRACTIONS}]?|[{FRACTIONS}])")
_TABLE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*\|[\s:|-]*$", re.MULTILINE)
"""The line under the head of a table, as some other writers of Markdown have it."""
_NOT_TYPED = "\ufffc"
"""Stands in an authored text for what the author has not typed: OBJECT REPLACEMENT CHARACTER."""
_LINK = re.compile(r"(?:https?://|mailto:|doi:)[^\s]+", re.IGNORECASE)
_NOT_OURS = {
    "image": ("A picture", "Pictures are not part of a briefing's text."),
    "code_inline": ("Code", "Take the back-ticks away, or write \\` for a plain one."),
    "code_block": ("Code", "An indent of four spaces makes code; take it away."),
    "fence": ("Code", "Take the back-ticks away."),
    "hr": ("A rule", "Use a heading (## ...) to part the text."),
}


class Names(Protocol):
    """What names in a text stand for. Each method notes a finding and returns None for a name that it does not know."""

    def number(self, id: str, part: str, place: Place) -> Number | None: ...

    def source(self, id: str, place: Place) -> str | None: ...

    def exhibit_label(self, id: str, place: Place) -> str | None: ...

    def bracketed(self, words: str, place: Place) -> None:
        """Is told words that stand in brackets and are no citation, for want of an @."""

    def authored(self, words: str, place: Place, text: Text) -> None:
        """Is told each text as typed, line by line, from `place` on, and as it prints; U+FFFC stands for values,
        citations, mentions and figures behind a backslash. Of words that are another's, only how they print."""


def _rule(pattern: re.Pattern[str], kind: str, first: str) -> "_InlineRule":
    def rule(state: StateInline, silent: bool) -> bool:
        if state.src[state.pos] != first:
            return False
        match = pattern.match(state.src, state.pos, state.posMax)
        if match is None:
            return False
        if kind == "mention" and state.pos > 0 and state.src[state.pos - 1].isalnum():
            return False  # an address, someone@example.org
        if not silent:
            token = state.push(kind, "", 0)
            token.content = match.group(1)
            token.meta = {"part": match.group(2) if kind == "value" else None}
        state.pos = match.end()
        return True

    return rule


class _InlineRule(Protocol):
    def __call__(self, state: StateInline, silent: bool) -> bool: ...


class _Parser(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802  # markdown-it's name
        """Every link passes here: a bad one gets a finding from us, where markdown-it would print its brackets."""
        return True


@cache
def _parser(quotes: str) -> MarkdownIt:
    parser = _Parser("commonmark", {"html": False, "typographer": True, "quotes": quotes}).enable("smartquotes")
    parser.inline.ruler.before("escape", "insisted", _rule(_INSISTED, "insisted", "\\"))
    parser.inline.ruler.before("link", "value", _rule(_VALUE, "value", "{"))
    parser.inline.ruler.before("link", "cite", _rule(_CITE, "cite", "["))
    parser.inline.ruler.before("link", "mention", _rule(_MENTION, "mention", "@"))
    parser.inline.ruler.after("link", "bracketed", _rule(_BRACKETED, "bracketed", "["))
    return parser


@lru_cache(maxsize=5000)
def _tree(quotes: str, markdown: str) -> SyntaxTreeNode:
    """Sections are read twice, for their exhibits and for their words, and in a watched folder again and again."""
    return SyntaxTreeNode(_parser(quotes).parse(markdown))


def placements(markdown: str, quotes: str) -> list[str]:
    """The exhibits that stand in `markdown`, in order; needs no names, so exhibits can be numbered first."""
    return [id for node in _tree(quotes, markdown).walk() if (id := _placed(node))]


class TextReader:
    """Reads every text of one briefing. `names` resolves what is named, `findings` gathers what is wrong."""

    def __init__(self, quotes: str, names: Names, findings: list[Finding]) -> None:
        self._quotes = quotes
        self._names = names
        self._findings = findings

    def title(self, words: str, place: Place) -> str:
        """A plain string, which is no Markdown."""
        self._names.authored(words, place, ())
        return set_quotes(words, self._quotes)

    def blocks(self, markdown: str, place: Place) -> tuple[Block, ...]:
        self._braces(markdown, place)
        return tuple(self._blocks(self._tree(markdown), place))

    def line(self, markdown: str, place: Place, *, quoted: bool = False) -> Text:
        """One paragraph's worth of text: a headline, a point, a cell. `quoted`: the words, and their figures, are
        another's."""
        nodes = self._tree(markdown).children
        if len(nodes) == 1 and nodes[0].type == "paragraph" and not _placed(nodes[0]):
            self._braces(markdown, place)
            return self._inline(nodes[0].children[0], replace(place, column=0), quoted=quoted)
        self.blocks(markdown, place)
        self._reject(
            place, "More than one plain line", "This text is a single line without lists, headings or exhibits."
        )
        return ()

    def _tree(self, markdown: str) -> SyntaxTreeNode:
        return _tree(self._quotes, markdown)

    def _blocks(self, parent: SyntaxTreeNode, start: Place) -> Iterator[Block]:
        for node in parent.children:
            place = replace(start, line=start.line + node.map[0], column=0) if node.map else start
            placed = _placed(node)
            if placed:
                if self._names.exhibit_label(placed, place) is not None:
                    yield Placement(placed, place)
            elif node.type == "paragraph":
                if _TABLE.search(node.children[0].content):
                    self._reject(place, "A table", "Make it an exhibit: `table:` with a title, its rows and a source.")
                yield Paragraph(self._inline(node.children[0], place), place)
            elif node.type == "heading":
                level = int(node.tag[1])
                if level not in (2, 3):
                    self._reject(
                        place, "A heading of this level", "Use ## or ###; the section's title is the level above."
                    )
                yield Heading(level, self._inline(node.children[0], place), place)
            elif node.type in ("bullet_list", "ordered_list"):
                items = tuple(tuple(self._blocks(item, start)) for item in node.children)
                yield ListBlock(node.type == "ordered_list", items, place, int(node.attrs.get("start", 1)))
            elif node.type == "blockquote":
                yield BlockQuote(tuple(self._blocks(node, start)), place)
            else:
                self._reject(place, *_NOT_OURS.get(node.type, (node.type, "")))

    def _inline(self, node: SyntaxTreeNode, place: Place, *, quoted: bool = False) -> Text:
        runs = _Runs(self._names, self._findings, place)
        runs.add(node.children, PLAIN)
        text = tuple(runs.merged())
        self._names.authored("" if quoted else "".join(runs.typed), place, text)
        return _isolated(text)

    def _braces(self, markdown: str, place: Place) -> None:
        for match in _BRACES.finditer(markdown):
            if not _VALUE.fullmatch(match.group()):
                line = place.line + markdown.count("\n", 0, match.start())
                self._findings.append(HalfValue(replace(place, line=line, column=0), match.group()))

    def _reject(self, place: Place, what: str, advice: str) -> None:
        self._findings.append(UnsupportedMarkdown(place, what, advice))


class _Runs:
    """Collects the runs of one paragraph, counting its lines on the way."""

    def __init__(self, names: Names, findings: list[Finding], place: Place) -> None:
        self.names = names
        self.findings = findings
        self.place = place
        self.runs: list[Run] = []
        self.typed: list[str] = []

    def add(self, nodes: list[SyntaxTreeNode], style: Style) -> None:
        for node in nodes:
            match node.type:
                case "text" | "bracketed":
                    self.typed.append(node.content)
                    self.runs.extend(tagged_spans(node.content, style))
                    if node.type == "bracketed":
                        self.names.bracketed(node.content, self.place)
                case "insisted":
                    self.typed.append(_NOT_TYPED)
                    self.runs.append(Span(node.content, style))
                case "softbreak" | "hardbreak":
                    self.place = replace(self.place, line=self.place.line + 1)
                    self.typed.append("\n")
                    self.runs.append(Span(" ", style))
                case "em":
                    self.add(node.children, replace(style, italic=True))
                case "strong":
                    self.add(node.children, replace(style, bold=True))
                case "link":
                    url = str(node.attrs.get("href", ""))
                    if not _LINK.fullmatch(url):
                        self.findings.append(BadLink(self.place, url))
                    self.add(node.children, replace(style, link=url))
                case "value":
                    self.typed.append(_NOT_TYPED)
                    number = self.names.number(node.content, str(node.meta["part"] or "value"), self.place)
                    if number is not None:
                        text = _capitalised(number.text) if self._begins_sentence() else number.text
                        self.runs.append(replace(number, text=text, style=style))
                case "cite":
                    self.typed.append(_NOT_TYPED)
                    ids = [part.strip().removeprefix("@") for part in node.content.split(";")]
                    known = tuple(id for id in ids if self.names.source(id, self.place) is not None)
                    if known:
                        self._hug(Cite(known))
                case "mention":
                    self.typed.append(_NOT_TYPED)
                    label = self.names.exhibit_label(node.content, self.place)
                    if label is not None:
                        self.runs.append(Mention(node.content, label))
                case kind:
                    what, advice = _NOT_OURS.get(kind, (kind, ""))
                    self.findings.append(UnsupportedMarkdown(self.place, what, advice))

    def _hug(self, cite: Cite) -> None:
        """A citation mark stands right behind its word: the space before it, which reads well in Markdown, goes."""
        if self.runs and isinstance(self.runs[-1], Span):
            last = self.runs[-1]
            self.runs[-1] = replace(last, text=last.text.rstrip(" "))
        self.runs.append(cite)

    def _begins_sentence(self) -> bool:
        before = "".join(run.text for run in self.runs if not isinstance(run, Cite)).rstrip()
        return not before or before.endswith((".", "!", "?"))

    def merged(self) -> Iterator[Run]:
        held: Span | None = None
        for run in self.runs:
            if held and isinstance(run, Span) and run.style == held.style:
                held = replace(held, text=held.text + run.text)
                continue
            if held and held.text:
                yield held
            held = run if isinstance(run, Span) else None
            if held is None:
                yield run
        if held and held.text:
            yield held


def _capitalised(text: str) -> str:
    """ "At least 14": bound words that open a sentence are spelled so."""
    return text[:1].upper() + text[1:]


def _isolated(text: Text) -> Text:
    """In a text from right to left each number stands between left-to-right marks: sign, figures and words, and the
    ends of a range, keep their order (UAX 9, 2.6)."""
    if not right_to_left(text):
        return text
    mark = Span("\u200e")
    return tuple(chain.from_iterable((mark, run, mark) if isinstance(run, Number) else (run,) for run in text))


def _placed(node: SyntaxTreeNode) -> str | None:
    """The exhibit that a paragraph consists of, if it is one `@exhibit` and nothing else."""
    if node.type != "paragraph" or len(node.children[0].children) != 1:
        return None
    only = node.children[0].children[0]
    return only.content if only.type == "mention" else None
