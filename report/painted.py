"""Last stage of the report, the page: lets a flowable that comes back in the next build be painted from memory.

What a painting did to the document is logged as calls of the canvas, between them the operators as they stand. It can
be repeated where the flowable stands at the same place of a page, what it looked up is the same, and the codes of its
glyphs, which a document gives in the order in which they are first shown, are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from report.face import Face, Shown
    from report.tagging import TaggedCanvas

Heard = dict[tuple["Face", str, bool], "Shown"]
"""A face, a word and its direction -> how it is shown."""


@dataclass
class Painting:
    """How something was painted: `place` on the page, `calls` of the canvas, words shown, and questions asked."""

    place: Hashable
    calls: list[tuple[Callable[..., object], tuple[Any, ...]]] = field(default_factory=list)
    heard: Heard = field(default_factory=dict)
    asked: list[tuple[Callable[..., object], Hashable, object]] = field(default_factory=list)
    """Methods of the canvas, what they were asked, and the answers."""


class Lasting:
    """Mixed into a flowable that can be painted from memory; `lasting` says that it will come back."""

    lasting = False
    painting: Painting | None = None

    def drawOn(self, canvas: TaggedCanvas, x: float, y: float, _sW: float = 0) -> None:  # noqa: N802, N803 (ReportLab's)
        """ReportLab's, or from memory."""
        place = x, y, _sW, canvas.mirrored
        if not self.lasting or canvas.painting:
            super().drawOn(canvas, x, y, _sW)  # type: ignore[misc]
        elif not (self.painting and self.painting.place == place and canvas.repeat(self.painting)):
            with canvas.recorded(Painting(place)) as self.painting:
                super().drawOn(canvas, x, y, _sW)  # type: ignore[misc]
