"""Labels of the report's pages: takes an exhibit, returns what leads from its slide to its page, the label left open.

The report is set while the deck is made, so that its labels are known last. Until then a sign stands for each, which is
measured as wide as the longest label: a slide depends on its label in nothing but the label itself.
"""

from collections.abc import Callable, Mapping

from data.model import Span, Style, Text, exhibit_key
from data.trust.ledger import FILES
from data.words import Words

Labels = Callable[[], Mapping[str, str]]
"""Waits for the report -> the label of the page on which an exhibit stands, by the exhibit's id."""

SIGN = "\U0001ffff"
"""A noncharacter: such are for use inside a program alone (Unicode 23.7), and texts are cleaned of this one."""

ROOM = "000"
"""As wide as a label may be. A longer one is not written: few print a thousand pages."""


def reference(exhibit: str, words: Words) -> Text:
    """What leads from a source line to the exhibit in the report, which lies beside the deck."""
    return Span(" "), Span(words.see_report.format(SIGN), Style(link=address(exhibit)))


def address(exhibit: str) -> str:
    return f"{FILES['report']}#nameddest={exhibit_key(exhibit)}"


def without(credit: Text) -> Text:
    """A source line but for its reference: on another page of the report the exhibit is the same."""
    last = credit[-1] if credit else None
    return credit[:-2] if isinstance(last, Span) and SIGN in last.text else credit
