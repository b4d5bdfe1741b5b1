"""Story stage of the report: takes ReportLab's inline markup, returns fragments that know their links and languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from reportlab.lib.rl_accel import sameFrag
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus.paragraph import cleanBlockQuotedText, textTransformFrags
from reportlab.platypus.paraparser import ParaParser, _linkAttrMap, _paraAttrMap

from report.face import NARROW_SPACE
from report.structure import Tag

_JOINER = "\u2060"
_ANCHOR = re.compile(r'<a name="([\w-]+)"/>')


@dataclass(eq=False)
class Inline:
    """A link (target) or a run in another language (lang) in a paragraph; one through all its pieces and passes."""

    target: str = ""
    title: str = ""
    lang: str = ""
    text: str = ""
    tag: Tag | None = None

    @property
    def description(self) -> str:
        """What a screen reader says of the link."""
        return self.title or _meant(self.text) or self.target

    def below(self, tag: Tag) -> Tag:
        """Its own tag, made below `tag` at the first call."""
        if self.tag is None:
            if self.lang:
                self.tag = tag.child("Span", lang=self.lang)
            elif self.target.startswith("#"):
                self.tag = tag.child("Reference").child("Link")
            else:
                self.tag = tag.child("Link")
        return self.tag

    @staticmethod
    def innermost(tag: Tag, inlines: list[Inline]) -> Tag:
        """The tag of the last of nested inlines in the paragraph of `tag`."""
        for inline in inlines:
            tag = inline.below(tag)
        return tag


class _Parser(ParaParser):  # type: ignore[misc]
    """ReportLab's parser, in which a link, or a span with a language, puts an Inline on the fragment's `link`."""

    def anchored(self, text: str, style: ParagraphStyle) -> list[Any]:
        """What `parse` returns for a text that has no markup but anchors, as most cells, without looking for any."""
        self._iReset()
        self._style = style
        self._stack = [self._initial_frag({}, _paraAttrMap)]
        for n, part in enumerate(_ANCHOR.split(text)):
            if n % 2:
                self.start_a({"name": part})
                self.end_a()
            elif part or not text:
                self.handle_data(part)
        return list(self.fragList)

    def start_a(self, attributes: dict[str, str]) -> None:
        if "name" in attributes:
            super().start_a(attributes)
            return
        attributes = dict(attributes)
        title = attributes.pop("title", "")
        options = self.getAttributes(attributes, _linkAttrMap)
        target = options.pop("link", "").strip()
        self._push("a", link=[*self._stack[-1].link, Inline(target=target, title=title)], **options)

    def end_a(self) -> None:
        if hasattr(self._stack[-1], "_selfClosingTag"):
            super().end_a()
        else:
            self._pop("a")

    def start_span(self, attributes: dict[str, str]) -> None:
        attributes = dict(attributes)
        lang = attributes.pop("lang", "")
        super().start_span(attributes)
        if lang:
            frag = self._stack[-1]
            frag.link = [*frag.link, Inline(lang=lang)]

    def start_img(self, _: dict[str, str]) -> None:
        """Not even opened: a picture must be a Figure."""
        raise ValueError("pictures in the markup cannot be tagged")

    def handle_data(self, data: str) -> None:
        for inline in self._stack[-1].link:
            inline.text += data
        super().handle_data(data)


def parse(markup: str, style: ParagraphStyle) -> list[Any]:
    """The fragments of a paragraph, neighbours of the same style joined.

    ValueError for markup that is not supported.
    """
    parser = _Parser()
    parser.caseSensitive = 1
    text = cleanBlockQuotedText(markup.replace("\u202f", NARROW_SPACE))
    unmarked = "&" not in text and text.count("<") == len(_ANCHOR.findall(text))
    frags = parser.anchored(text, style) if unmarked else parser.parse(text, style)[1]
    if frags is None:
        raise ValueError(f"{parser.errors[0]} in {markup[:60]!r}")
    if any(frag.cbDefn.kind != "anchor" for frag in frags if hasattr(frag, "cbDefn")):
        raise ValueError(f"call-backs in the markup cannot be tagged: {markup[:60]!r}")
    textTransformFrags(frags, style)
    joined: list[Any] = []
    for frag in _tied(frags):
        if joined and sameFrag(joined[-1], frag):
            joined[-1].text += frag.text
        else:
            joined.append(frag)
    return joined


def _tied(frags: list[Any]) -> Iterator[Any]:
    """Between a space and an anchor a joiner, which takes no room: ReportLab leaves an anchor behind a space at the end
    of its line, though the word that it stands before goes to the next line, and perhaps to the next page."""
    before = ""
    for frag in frags:
        text = getattr(frag, "text", "")
        if hasattr(frag, "cbDefn") and before.endswith(" "):
            joiner = frag.clone(text=_JOINER)
            del joiner.cbDefn
            yield joiner
        before = text or before
        yield frag


def plain_text(frags: list[Any]) -> str:
    """The text of fresh fragments without markup."""
    return _meant("".join(getattr(frag, "text", "") for frag in frags))


def _meant(text: str) -> str:
    return text.replace(NARROW_SPACE, "\u202f").replace("\u00ad", "").replace(_JOINER, "")
