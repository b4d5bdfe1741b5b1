"""Pace: takes how long builds have taken here, guesses how long the next will take; for people who wait.

It is kept beside the cache, not in the manifest, which is the same for the same build however long that took.
"""

import json
from contextlib import suppress
from pathlib import Path

from data.paths import read_file

_NAME = "pace.json"
_FIRST = 0.1
"""Seconds for a section of three paragraphs, a table and a chart on two cores: all that a first build has."""


def guess(cache: Path, kind: str, sections: int) -> float:
    """Seconds for a build of this kind, such as one that must draw all charts, from the last of its kind."""
    return sections * _paces(cache).get(kind, _FIRST)


def note(cache: Path, kind: str, sections: int, seconds: float) -> None:
    paces = {**_paces(cache), kind: round(seconds / max(1, sections), 4)}
    with suppress(OSError):
        cache.mkdir(exist_ok=True)
        (cache / _NAME).write_text(json.dumps(paces), encoding="utf-8")


def _paces(cache: Path) -> dict[str, float]:
    try:
        return {str(kind): float(pace) for kind, pace in json.loads(read_file(cache / _NAME)).items()}
    except (OSError, ValueError, TypeError, AttributeError, OverflowError, RecursionError):
        return {}
