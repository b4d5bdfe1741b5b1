"""Sections: takes the section of each slide, writes PowerPoint's list of sections into the presentation."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, groupby, repeat

from slides.oxml import Element, element, name

_NAMESPACE = uuid.UUID("6f6d2c56-6c0f-5d0c-9a53-3f0a8f2f7b11")
_EXTENSION = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"


def homes(sections: Sequence[str | None]) -> tuple[str, ...]:
    """The section of each slide, from the one that it was planned for; None for a slide that nobody planned.

    A section is one run of slides. Where its slides were moved apart, the longest run is the section, and the others
    belong to the section that they were moved into, as an added slide does.
    """
    runs = [(section, len(list(run))) for section, run in groupby(_filled(sections))]
    longest = {section: max(length for other, length in runs if other == section) for section, _ in runs}
    settled: list[str | None] = []
    for section, length in runs:
        settled.append(section if length == longest[section] and section not in settled else None)
    lengths = [length for _, length in runs]
    return tuple(chain.from_iterable(map(repeat, _filled(settled), lengths)))


def _filled(sections: Sequence[str | None]) -> list[str]:
    """Each gap filled with what stands before it; what begins with one, with the first that is known."""
    last = next((section for section in sections if section is not None), "")
    return [last := last if section is None else section for section in sections]


def list_sections(root: Element, slides: Sequence[str], names: Mapping[str, str]) -> None:
    """One a section of the briefing that has slides ([MS-PPTX] 2.6.6); the ids follow from the sections' own.

    `slides` holds the section of each slide of the presentation `root`, `names` what each section is called.
    """
    members: dict[str, list[Element]] = {}
    for section, slide in zip(slides, root.iter(name("p:sldId")), strict=True):
        members.setdefault(section, []).append(element("p14:sldId", {"id": slide.get("id")}))
    listed = element("p14:sectionLst")
    for section, inside in members.items():
        given = {"name": names[section], "id": _guid(section)}
        listed.append(element("p14:section", given, element("p14:sldIdLst", None, *inside)))
    root.append(element("p:extLst", None, element("p:ext", {"uri": _EXTENSION}, listed)))


def foreign(root: Element, sections: Iterable[str]) -> tuple[str, ...]:
    """The names of the sections in the presentation `root` that people made; ours are those of `sections`."""
    ours = {_guid(section) for section in sections}
    listed = root.iter(name("p14:section"))
    return tuple(one.get("name", "") for one in listed if str(one.get("id")).upper() not in ours)


def _guid(section: str) -> str:
    return f"{{{str(uuid.uuid5(_NAMESPACE, section)).upper()}}}"
