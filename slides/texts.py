"""Text as slides show it: takes the model's runs, returns runs without marks, cut, joined or shortened. Pure."""

import re
from dataclasses import replace

from data.model import Cite, Mention, Number, Run, Span, Text, plain
from data.text import unbroken_days

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0001fffe\U00020000-\U0010ffff]")
_CLOSING = (".", ",", ";", ":", "!", "?", ")")


def clean(text: str) -> str:
    """`text` without the characters that XML 1.0 (2.2) forbids, and without `labels.SIGN`; line breaks and tabs become
    spaces."""
    if text.isascii() and text.isprintable():  # as nearly all is
        return text
    return re.sub(r"[\t\n\r\v\f\u2028\u2029]+", " ", _NOT_XML.sub("", text))


def visible(text: Text) -> Text:
    """`text` as a slide shows it: clean, its days whole, without citation marks, because the slide has a source line.

    The space before a mark goes with it where nothing or a closing sign follows.
    """
    kept: list[Run] = []
    after_cite = False
    for run in text:
        if isinstance(run, Cite):
            after_cite = True
            continue
        cleaned = unbroken_days(clean(run.text)) if isinstance(run, Span) else clean(run.text)
        shown = run if cleaned == run.text else replace(run, text=cleaned)
        if after_cite and shown.text.startswith(_CLOSING):
            kept = _without_last_blank(kept)
        after_cite = False
        if shown.text:
            kept.append(shown)
    return tuple(_without_last_blank(kept) if after_cite else kept)


def _without_last_blank(runs: list[Run]) -> list[Run]:
    if runs and isinstance(runs[-1], Span):
        return [*runs[:-1], replace(runs[-1], text=runs[-1].text.rstrip())]
    return runs


def headline(text: Text) -> Text:
    """`text` as a title: visible, without links (they have one colour on every ground) and without the full stop of a
    single sentence."""
    shown = tuple(run if isinstance(run, Cite | Mention) else _unlinked(run) for run in visible(text))
    last = shown[-1] if shown else None
    if not isinstance(last, Span) or ". " in plain(shown):
        return shown
    words = last.text.rstrip()
    stop = words.endswith(".") and not words.endswith("..")
    return (*shown[:-1], replace(last, text=words[:-1])) if stop else shown


def _unlinked(run: Span | Number) -> Span | Number:
    return replace(run, style=replace(run.style, link="")) if run.style.link else run


def first(*texts: Text) -> Text:
    """The first of `texts` that shows anything."""
    return next((text for text in texts if plain(text).strip()), ())


def run_text(run: Run) -> str:
    return plain((run,))


def words(text: str) -> Text:
    return (Span(text),) if text else ()


def cut(text: Text, at: int) -> tuple[Text, Text]:
    """`text` before and from character `at` (counted in `plain`); the blanks at the cut go.

    A number is never cut in two while something stands before it: the cut moves to its beginning.
    """
    before: list[Run] = []
    after: list[Run] = []
    position = 0
    for run in text:
        shown = run_text(run)
        if after or position >= at:
            after.append(run)
        elif position + len(shown) <= at:
            before.append(run)
        elif isinstance(run, Cite) or (not isinstance(run, Span) and plain(tuple(before)).strip()):
            after.append(run)
        else:
            offset = at - position
            before.append(replace(run, text=shown[:offset].rstrip()))
            after.append(replace(run, text=shown[offset:].lstrip()))
        position += len(shown)
    return _trimmed(before, end=True), _trimmed(after, end=False)


def _trimmed(runs: list[Run], *, end: bool) -> Text:
    kept = [run for run in runs if isinstance(run, Cite) or run_text(run)]
    if kept:
        at = -1 if end else 0
        run = kept[at]
        if isinstance(run, Span):
            kept[at] = replace(run, text=run.text.rstrip() if end else run.text.lstrip())
    return tuple(run for run in kept if isinstance(run, Cite) or run_text(run))
