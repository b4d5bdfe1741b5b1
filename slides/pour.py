"""Pouring: takes paragraphs and a frame, returns fills: one in the largest type that fits, or several, or shortened.

A ladder lists type sizes from the most wanted to the floor, each step with a size for every outline level.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import accumulate

from data.model import Span, Text, plain
from slides.frames import Frame
from slides.measure import LINE_HEIGHT, Metrics
from slides.pages import Para, TextFill
from slides.texts import cut

Sizes = tuple[float, ...]
Ladder = tuple[Sizes, ...]

_ELLIPSIS = "…"
_SLACKS = (0.0, 0.04, 0.08, 0.12, 0.2, 0.3)
_FEW = 8


def steps(size: float, floor: float, step: float) -> tuple[float, ...]:
    """Sizes from `size` down to `floor`, both included."""
    made = [size]
    while made[-1] - step > floor:
        made.append(made[-1] - step)
    return (*made, floor) if floor < size else (size,)


def ladder(size: float, floor: float, step: float) -> Ladder:
    """A ladder for text of one level."""
    return tuple((one,) for one in steps(size, floor, step))


@dataclass(frozen=True, slots=True)
class Pourer:
    metrics: Metrics

    # --- measuring -------------------------------------------------------------------------------------------------

    def fits(self, paras: Iterable[Para], frame: Frame, sizes: Sizes) -> bool:
        """Whether the paragraphs fit into the frame; none is measured after the first that does not."""
        taken = accumulate(self._height(para, frame, sizes) for para in paras)
        return all(height <= frame.inner_height for height in taken)

    def height(self, paras: Iterable[Para], frame: Frame, sizes: Sizes) -> float:
        """Points that the paragraphs take; the space before the first counts, as some viewers draw it."""
        return sum(self._height(para, frame, sizes) for para in paras)

    def ends(self, para: Para, frame: Frame, sizes: Sizes) -> tuple[int, ...]:
        """Where each line of the paragraph ends, in characters of its plain text."""
        level = frame.levels[para.level]
        room = frame.inner_width - level.left
        made = self.metrics.lines(para.text, _size(sizes, para), room, bold=level.bold)
        return tuple(line.end for line in made)

    def _cuts(self, paras: Iterable[Para], frame: Frame, sizes: Sizes) -> bool:
        """Whether a word is wider than its line."""
        return any(
            self.metrics.widest_word(para.text, _size(sizes, para), bold=frame.levels[para.level].bold)
            > frame.inner_width - frame.levels[para.level].left
            for para in paras
        )

    def _height(self, para: Para, frame: Frame, sizes: Sizes) -> float:
        return _around(para, frame) + len(self.ends(para, frame, sizes)) * _pitch(para, frame, sizes)

    def fill(self, frame: Frame, paras: tuple[Para, ...], sizes: Sizes, *, moved: bool = False) -> TextFill:
        """The paragraphs in this frame and these sizes, in which they must fit."""
        wrapped = tuple(replace(para, wraps=len(self.ends(para, frame, sizes)) > 1) for para in paras)
        return TextFill(frame, wrapped, sizes, moved)

    # --- text that cannot go on ------------------------------------------------------------------------------------

    def line(
        self, frame: Frame, paras: tuple[Para, ...], rungs: Ladder, tail: Text = (), end: Text = ()
    ) -> tuple[TextFill, int]:
        """The paragraphs with `tail` after the last, and the lines by which they had to be shortened at the floor.

        A word that stays whole is worth a smaller size: where one must be cut, nothing says so. `end`, with which the
        last of the paragraphs ends, is shortened last.
        """
        whole = _ended(paras, tail)
        for sizes in sorted(rungs, key=lambda sizes: self._cuts(whole, frame, sizes)):
            if self.fits(whole, frame, sizes):
                return self.fill(frame, whole, sizes), 0
        sizes = rungs[-1]
        over = self.height(whole, frame, sizes) - frame.inner_height
        excess = int(-(-over // _pitch(paras[0], frame, sizes)))
        if end:
            last = replace(paras[-1], text=paras[-1].text[: -len(end)])
            made = self._shortened((*paras[:-1], last), frame, sizes, (Span(" "), *end, *tail))
            if self.fits(made, frame, sizes):
                return self.fill(frame, made, sizes), excess
            paras = (*paras[:-1], replace(last, text=end))
        return self.fill(frame, self._shortened(paras, frame, sizes, tail), sizes), excess

    def _shortened(self, paras: tuple[Para, ...], frame: Frame, sizes: Sizes, tail: Text) -> tuple[Para, ...]:
        """As many words of the paragraphs as fit before an ellipsis; letters, where there is but one."""
        last, end = paras[-1], (Span(_ELLIPSIS), *tail)
        whole = plain(last.text)
        low, high = 0, len(whole)
        while low < high:
            middle = (low + high + 1) // 2
            tried = (*paras[:-1], replace(last, text=(*cut(last.text, middle)[0], *end)))
            if self.fits(tried, frame, sizes):
                low = middle
            else:
                high = middle - 1
        if low < len(whole) and not whole[low].isspace():
            low = len(whole[: whole.rfind(" ", 0, low) + 1].rstrip(" ·")) or low
        if low == 0 and len(paras) > 1:
            return self._shortened(paras[:-1], frame, sizes, tail)
        return (*paras[:-1], replace(last, text=(*(cut(last.text, low)[0] if low else ()), *end)))

    # --- text that goes on -----------------------------------------------------------------------------------------

    def pour(self, paras: Iterable[Para], frame: Frame, rungs: Ladder) -> tuple[TextFill, ...]:
        """The paragraphs in one fill, or in as many as they need at the floor, filled about alike.

        Several fills are set in the largest type that needs no more of them than the floor does.
        """
        paras = shown(paras)
        if not paras:
            return ()
        for sizes in rungs:
            if self.fits(paras, frame, sizes):
                return (self.fill(frame, paras, sizes),)
        sizes = rungs[-1]
        pages = list(self._pages(paras, frame, sizes, frame.inner_height))
        if len(pages) < _FEW:
            poured = ((rung, list(self._pages(paras, frame, rung, frame.inner_height))) for rung in rungs)
            sizes, pages = next((rung, large) for rung, large in poured if len(large) == len(pages))
            share = self.height(paras, frame, sizes) / len(pages)
            tries = (list(self._pages(paras, frame, sizes, share + slack * frame.inner_height)) for slack in _SLACKS)
            pages = next((even for even in tries if len(even) == len(pages)), pages)
        return tuple(self.fill(frame, page, sizes) for page in pages)

    def excess(self, poured: tuple[TextFill, ...]) -> int:
        """Lines that went on after the first fill."""
        return sum(len(self.ends(para, fill.frame, fill.sizes)) for fill in poured[1:] for para in fill.paras)

    def _pages(self, paras: tuple[Para, ...], frame: Frame, sizes: Sizes, height: float) -> Iterator[tuple[Para, ...]]:
        """A paragraph stays whole where a page can hold it, and breaks between its lines where none can."""
        height = min(height, frame.inner_height)
        waiting = list(reversed(paras))
        page: list[Para] = []
        taken = 0.0
        while waiting:
            para = waiting.pop()
            needed = self._height(para, frame, sizes)
            if taken + needed <= height:
                page.append(para)
                taken += needed
                continue
            if page and needed <= frame.inner_height:
                waiting.append(para)
            else:
                room = height - taken if page else frame.inner_height
                first, rest = self._split(para, frame, sizes, room, least=0 if page else 1)
                page += first
                waiting += rest
            yield tuple(page)
            page, taken = [], 0.0
        if page:
            yield tuple(page)

    def _split(
        self, para: Para, frame: Frame, sizes: Sizes, room: float, least: int
    ) -> tuple[tuple[Para, ...], tuple[Para, ...]]:
        """What of the paragraph fits into `room` points, at least `least` lines, and what is left of it."""
        ends = self.ends(para, frame, sizes)
        count = max(int((room - _around(para, frame)) // _pitch(para, frame, sizes)), least)
        if count == 0:
            return (), (para,)
        if count >= len(ends):
            return (para,), ()
        first, rest = cut(para.text, ends[count - 1])
        left = (replace(para, text=rest, number=None),) if plain(rest) else ()
        return (replace(para, text=first),), left


def shown(paras: Iterable[Para]) -> tuple[Para, ...]:
    """The paragraphs that show anything."""
    return tuple(para for para in paras if plain(para.text).strip())


def _ended(paras: tuple[Para, ...], tail: Text) -> tuple[Para, ...]:
    return (*paras[:-1], replace(paras[-1], text=(*paras[-1].text, *tail))) if tail else paras


def _size(sizes: Sizes, para: Para) -> float:
    return sizes[min(para.level, len(sizes) - 1)]


def _pitch(para: Para, frame: Frame, sizes: Sizes) -> float:
    return _size(sizes, para) * LINE_HEIGHT * frame.levels[para.level].spacing


def _around(para: Para, frame: Frame) -> float:
    level = frame.levels[para.level]
    return level.before + level.after
