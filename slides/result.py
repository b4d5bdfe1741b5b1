"""The result: takes nothing, holds a deck that was made and what is to be known of it; light, so that another process
reads it without python-pptx."""

from collections.abc import Iterator
from dataclasses import dataclass

from data.findings import Finding
from data.trust.ledger import Printed


@dataclass(frozen=True, slots=True)
class Deck:
    """The .pptx, its findings, and every number that it prints, slide by slide.

    No gate can answer for what people wrote: `unread` are the numbers of slides that are not to be read back, `apart`
    the streams of ours that were changed by hand, each by the slide's number and whether its notes are meant.
    `refused` says why nothing could be taken from the deck before this one, "" if all was.
    """

    pptx: bytes
    findings: tuple[Finding, ...]
    printed: tuple[Printed, ...]
    unread: frozenset[str] = frozenset()
    apart: frozenset[tuple[str, bool]] = frozenset()
    refused: str = ""

    def answers(self, page: str, where: str) -> bool:
        """Whether the gate answers for what stands at this kind of place on the slide `page`."""
        return page not in self.unread and (page, where == "speaker notes") not in self.apart

    @property
    def answered(self) -> Iterator[Printed]:
        """What the gate answers for of what is printed."""
        return (entry for entry in self.printed if self.answers(entry.page, entry.where))
