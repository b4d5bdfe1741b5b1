"""Merging: takes the slides that were made and those of the old deck, returns the slots of the deck in order. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slides.reopen import Found, Reopened
from slides.stamps import Stamp


@dataclass(frozen=True, slots=True, eq=False)
class Fresh:
    """A slide as it was made, with the number that it then had."""

    number: int
    part: Any
    stamp: Stamp


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """A place in the deck: a slide of ours, one of a person's, or both: ours as a person left it."""

    ours: Fresh | None
    theirs: Found | None


class Merge:
    """What happens to each slide; `fresh`, `found` and `before` are what is made now, what stands in the old deck and
    what was made then, by the slides' ids."""

    def __init__(self, fresh: Mapping[str, Fresh], old: Reopened) -> None:
        self.fresh = fresh
        self.old = old
        self.found = {slide.id: slide for slide in old.slides if slide.stamp}
        self.before = {stamp.made.id: stamp for stamp in old.record.stamps}

    def changed(self, id: str) -> bool:
        """Whether what the slide is made from has changed."""
        return self.fresh[id].stamp.made.data != self.before[id].made.data

    def retold(self, id: str) -> bool:
        """Whether what the slide's notes are made from has changed."""
        return self.fresh[id].stamp.made.told != self.before[id].made.told

    def stays(self, slide: Found) -> bool:
        """Whether a slide of ours is kept in its place as a person left it."""
        return slide.edited and slide.id in self.fresh and not self.changed(slide.id)

    def twice(self, slide: Found) -> bool:
        """Whether a slide was changed by hand and by its data: there are two then, and the second has the old notes."""
        return slide.edited and not self.stays(slide)

    def left_out(self, id: str) -> bool:
        """Whether a person took the slide out, and it stays out."""
        return id in self.before and id not in self.found and not self.changed(id)

    def by_hand(self, slot: Slot, *, notes: bool) -> bool:
        """Whether a person wrote the slide of this slot, or its `notes`."""
        if not slot.ours:
            return True
        if not notes:
            return slot.theirs is not None
        slide = self.found.get(slot.ours.stamp.made.id)
        return slide is not None and slide.retold and not self.twice(slide)

    def slots(self) -> list[Slot]:
        """The deck, in order."""
        stayed = {slide.id: slide for slide in self.found.values() if self.stays(slide)}
        ours = {id: Slot(self.fresh[id], stayed.get(id)) for id in self._order()}
        slots = list(ours.values())
        before: Slot | None = None
        for slide in self.old.slides:
            own = ours.get(slide.id)
            before = own or before
            lost = slide.stamp and not own and (slide.edited or slide.retold)
            if not slide.stamp or lost or (own and self.twice(slide)):
                slot = Slot(None, slide)
                slots.insert(slots.index(before) + 1 if before else 0, slot)
                before = slot
        return slots

    def _order(self) -> list[str]:
        """Our slides: in the order that a person gave them, if they were moved; what is new stands behind the slide
        that it follows in the plan."""
        planned = [id for id in self.fresh if not self.left_out(id)]
        ours = set(planned)
        stood = [slide.id for slide in self.old.slides if slide.id in ours]
        still = set(stood)
        if stood == [id for id in self.before if id in still]:
            return planned
        order = list(stood)
        for n, id in enumerate(planned):
            if id not in order:
                order.insert(order.index(planned[n - 1]) + 1 if n else 0, id)
        return order
