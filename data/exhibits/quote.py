"""Quotations: takes the entry of one, returns its words with who said them and where they were seen, and findings."""

from dataclasses import replace

from data import alt
from data.context import Context
from data.exhibits.caption import credited
from data.findings.exhibits import CutQuote, UndatedQuote
from data.findings.references import UnknownSource
from data.model import Caption, Quote
from data.schema import QuoteEntry
from data.text import set_quotes, words_text
from data.yamlfile import PlaceOf


def read(id: str, entry: QuoteEntry, place: PlaceOf, context: Context) -> Quote | None:
    """None where the source is not there."""
    sources, words, texts = context.facts.sources, context.words, context.texts
    if entry.source not in sources:
        context.findings.append(UnknownSource(place("source"), entry.source, tuple(sources)))
        return None
    if entry.date is None and entry.mark != "unverified":
        context.findings.append(UndatedQuote(place(), entry.speaker))
    if entry.mark == "complete" and ("…" in entry.quote or "..." in entry.quote):
        context.findings.append(CutQuote(place("quote"), entry.speaker))
    note = texts.line(entry.note, place("note")) if entry.note else ()
    speaker, role = (set_quotes(text or "", words.quotes) for text in (entry.speaker, entry.role))
    caption = Caption(id, place(), "", words_text(speaker), (), (), note, (), (), ())
    marks = {"complete": "", "incomplete": words.incomplete, "unverified": words.unverified}
    quote = Quote(
        credited(caption, [], [entry.source], context, names=False),
        texts.line(entry.quote, place("quote"), quoted=True),
        speaker,
        role,
        entry.date,
        context.formatter.date(entry.date) if entry.date else "",
        marks[entry.mark],
    )
    return replace(quote, caption=replace(quote.caption, alt=alt.quote(quote)))
