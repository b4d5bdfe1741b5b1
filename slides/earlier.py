"""Earlier: takes the output folder and the manifest of the last build, returns the deck that lies in it."""

from dataclasses import dataclass
from hashlib import sha256
from itertools import count
from pathlib import Path

from data.building.manifest import Tables
from data.building.publish import holds
from data.findings import Finding
from data.findings.outputs import OutputBlocked
from data.model import Place
from data.paths import read_file
from data.trust.ledger import FILES
from slides.hands import DeckOpen, DeckSetAside

_LOCKS = (".~lock.{}#", "~${}")
"""What LibreOffice and PowerPoint lay beside a file that they have open."""
_ASIDE = "briefing.previous"


@dataclass(frozen=True, slots=True)
class Earlier:
    """The deck's bytes; whether nobody has changed them since they were written; and a name under which they can be
    kept beside the new deck."""

    content: bytes
    untouched: bool
    aside: str

    def set_aside(self, reason: str) -> Finding:
        return DeckSetAside(Place(FILES["deck"]), reason, self.aside)


def earlier(out: Path, last: Tables | None) -> tuple[Earlier | None, list[Finding]]:
    """The deck in `out`, if there is one, and findings; `last` is the manifest of the last build.

    A deck that cannot be read stops the build, because nobody knows what would be written over.
    """
    path = out / FILES["deck"]
    place = Place(str(path.absolute()))
    try:
        content = read_file(path)
    except FileNotFoundError:
        return None, []
    except OSError as error:
        return None, [OutputBlocked(place, error.strerror or str(error))]
    locks = [lock for lock in (pattern.format(path.name) for pattern in _LOCKS) if (out / lock).exists()]
    untouched = last is not None and sha256(content).hexdigest() == last["outputs"].get(path.name)
    return Earlier(content, untouched, _free(out, content)), [DeckOpen(place, lock) for lock in locks[:1]]


def is_aside(name: str) -> bool:
    """Whether this is the name of a deck that was set aside, which is nobody's output."""
    return name.startswith(_ASIDE)


def _free(out: Path, content: bytes) -> str:
    names = (f"{_ASIDE}{f'-{number}' if number > 1 else ''}.pptx" for number in count(1))
    return next(name for name in names if not (out / name).exists() or holds(out / name, content))
