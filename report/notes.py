"""Story stage of the report: takes mentions of sources as they are set, returns the numbers of their notes."""

from dataclasses import dataclass, field
from hashlib import sha256


def note_key(number: int) -> str:
    """The destination of a note."""
    return f"note-{number}"


@dataclass
class Note:
    """One source's note: its number and the destinations of its mentions, in order."""

    number: int
    mentions: list[str] = field(default_factory=list)


@dataclass
class Notes:
    """Endnotes, numbered in the order in which the story first mentions a source; each source has one note."""

    by_source: dict[str, Note] = field(default_factory=dict)
    cited: list[str] = field(default_factory=list)
    """The sources of all mentions, in order."""
    digest: bytes = b""
    """Of all that is in `cited`."""

    def mention(self, source: str) -> tuple[int, str]:
        """The number of the source's note and the destination that this mention of it must be given."""
        note = self.by_source.setdefault(source, Note(len(self.by_source) + 1))
        self.cited.append(source)
        self.digest = sha256(self.digest + source.encode()).digest()
        note.mentions.append(f"mention-{note.number}-{len(note.mentions) + 1}")
        return note.number, note.mentions[-1]
