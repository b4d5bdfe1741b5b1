"""Grafting: takes the slots of a merged deck, makes them the slides of the presentation, returns their parts."""

from collections.abc import Sequence
from typing import Any

from pptx.opc.constants import RELATIONSHIP_TYPE

from data.words import Words
from slides import fingerprint, retouch
from slides.merge import Fresh, Merge, Slot
from slides.oxml import EMU, element, name
from slides.reopen import COPY, Found
from slides.transplant import Transplant, aim, layouts, unlink

_FIRST_ID = 256


def graft(main: Any, merge: Merge, slots: Sequence[Slot], words: Words) -> list[Any]:
    """The parts of the slides, which the presentation part `main` then lists."""
    grafter = _Grafter(main, merge, words)
    parts = grafter.parts(slots)
    _list(main, parts)
    return parts


class _Grafter:
    def __init__(self, main: Any, merge: Merge, words: Words) -> None:
        self.merge = merge
        self.words = words
        self.width = main.presentation.slide_width / EMU
        self.layouts = {layout.name: part for part, layout in layouts(main)}
        self.transplant = Transplant(main, merge.old.main)

    def parts(self, slots: Sequence[Slot]) -> list[Any]:
        made: list[Any] = []
        for slot in slots:
            if slot.theirs:
                made.append(self.transplant.begin(slot.theirs.part))
            elif slot.ours:
                made.append(slot.ours.part)
                if slide := self.merge.found.get(slot.ours.stamp.made.id):
                    self.transplant.known[slide.part] = slot.ours.part
        for slot, part in zip(slots, made, strict=True):
            if slot.ours and slot.theirs:
                self._stayed(slot.ours, slot.theirs, part)
            elif slot.ours:
                self._renewed(slot.ours, part)
            elif slot.theirs:
                self._theirs(slot.theirs, part)
        _lead(slots, made)
        self.transplant.authors()
        return made

    def _renewed(self, fresh: Fresh, part: Any) -> None:
        """A slide that is made anew: comments, notes, its transition and whether it is shown stay a person's."""
        slide = self.merge.found.get(fresh.stamp.made.id)
        if slide is None:
            return
        self.transplant.comments(slide.part, part)
        if slide.hidden:
            retouch.edit(part, retouch.hide)
        transition = fingerprint.transition(fingerprint.root(slide.part))
        if transition is not None:
            retouch.edit(part, retouch.come_on(transition))
        if slide.retold and not self.merge.twice(slide):
            self._notes(slide, fresh, part)

    def _stayed(self, fresh: Fresh, slide: Found, part: Any) -> None:
        """A slide that stays as a person left it; its notes are ours where they were left alone."""
        notes, ours = fingerprint.notes_of(slide.part), fingerprint.notes_of(fresh.part)
        if notes and not slide.retold:
            self.transplant.known[notes] = ours
            _give(ours, part)
        self.transplant.finish(slide.part, self._layout(slide))
        said = {shape.said for shape in slide.stamp.look} if slide.stamp else set()
        retouch.edit(
            part,
            retouch.rename(fresh.stamp.made.id),
            retouch.redate(slide.part, said, fingerprint.root(fresh.part)),
        )
        if slide.retold:
            self._notes(slide, fresh, part)

    def _theirs(self, slide: Found, part: Any) -> None:
        """A slide that is a person's from now on: one that was added, or that stands beside ours."""
        self.transplant.finish(slide.part, self._layout(slide))
        retouch.edit(part, retouch.rename(slide.copied and slide.copied + COPY))
        if slide.stamp:
            retouch.edit(part, retouch.hide, retouch.mark(self.words.kept_aside, self.width))

    def _layout(self, slide: Found) -> Any:
        """That on which a slide was made which has lost its name: LibreOffice puts all slides on layouts of its own."""
        named = fingerprint.root(slide.part).find(name("p:cSld")).get("name")
        return self.layouts.get(slide.stamp.made.layout) if slide.stamp and not named else None

    def _notes(self, slide: Found, fresh: Fresh, part: Any) -> None:
        """Put a person's notes on the slide `part`: instead of ours, or after ours if both have changed."""
        id = fresh.stamp.made.id
        theirs, ours = fingerprint.notes_of(slide.part), fingerprint.notes_of(fresh.part)
        for rel in [rel for rel in part.rels.values() if rel.reltype == RELATIONSHIP_TYPE.NOTES_SLIDE]:
            part.rels.pop(rel.rId)
        if not self.merge.retold(id):
            if theirs:
                part.relate_to(self.transplant.copy(theirs), RELATIONSHIP_TYPE.NOTES_SLIDE)
            return
        part.relate_to(ours, RELATIONSHIP_TYPE.NOTES_SLIDE)
        _give(ours, part)
        body = fingerprint.notes_body(fingerprint.root(theirs)) if theirs else None
        told = [] if body is None else fingerprint.other_notes(body, self.merge.before[id].notes)
        if told:
            retouch.edit(ours, retouch.tell(self.words.kept_notes, told))


def _give(notes: Any, slide: Any) -> None:
    """Let a notes page be that of `slide`."""
    for rel in list(notes.rels.values()):
        if rel.reltype == RELATIONSHIP_TYPE.SLIDE:
            aim(notes, rel, slide)


def _lead(slots: Sequence[Slot], parts: Sequence[Any]) -> None:
    """Let links to our slides lead to what stands in their place, and to nothing where one was taken out."""
    ours = {slot.ours.stamp.made.id: part for slot, part in zip(slots, parts, strict=True) if slot.ours}
    instead = {slot.ours.part: part for slot, part in zip(slots, parts, strict=True) if slot.ours}
    for slot, part in zip(slots, parts, strict=True):
        if slot.theirs and not slot.ours and slot.theirs.id in ours:
            instead[part] = ours[slot.theirs.id]
    listed = set(parts)
    for part in parts:
        for rel in list(part.rels.values()):
            if rel.reltype == RELATIONSHIP_TYPE.SLIDE:
                target = instead.get(rel.target_part, rel.target_part)
                if target in listed:
                    aim(part, rel, target)
                else:
                    unlink(part, rel.rId)


def _list(main: Any, parts: Sequence[Any]) -> None:
    """Let the presentation list these slides, and each slide show its number."""
    listed = main._element.get_or_add_sldIdLst()
    links = [main.rels.pop(slide.get(name("r:id"))) for slide in listed]
    for slide in list(listed):
        listed.remove(slide)
    for number, part in enumerate(parts, start=1):
        if number <= len(links):  # a deck that nobody touched is to have the same bytes as one made anew
            link = links[number - 1].rId
            aim(main, links[number - 1], part)
        else:
            link = main.relate_to(part, RELATIONSHIP_TYPE.SLIDE)
        listed.append(element("p:sldId", {"id": _FIRST_ID + number - 1, "r:id": link}))
        retouch.edit(part, retouch.count(number))
