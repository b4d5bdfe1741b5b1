"""The stage: takes the briefing and the planned slides, returns the presentation that they will stand in, with boxes,
colours and the layout of each kind of slide; the house's own, or that of a template that others made.
"""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from data.findings import Finding
from data.model import Briefing, DeckTemplate, Place
from data.theme import Theme
from slides import template
from slides.adopted import adopted, faint_links, fonts, strange
from slides.findings import TemplateFont, TemplateUnreadable
from slides.frames import Frame, Frames, read_frames, read_notes_frame
from slides.kinds import Slide
from slides.matching import Matcher, is_ours, needed
from slides.memory import Memory
from slides.opening import NoTemplateError, open_template
from slides.oxml import EMU
from slides.refit import refit


@dataclass(frozen=True, slots=True)
class Stage:
    """`frames` and `layouts` (the parts of a package) go by the kinds of slide, `names` of colours in the file by
    "#rrggbb"; `theme` is what charts and tables are drawn in. `faint_links`: the file's colour of links cannot be read
    on its ground."""

    presentation: Any
    frames: Frames
    notes: Frame
    layouts: Mapping[str, Any]
    theme: Theme
    names: Mapping[str, str]
    faint_links: bool = False


def stage(briefing: Briefing, slides: Iterable[Slide]) -> tuple[Stage | None, tuple[Finding, ...]]:
    """The stage, or None where a finding is an error."""
    if briefing.template is None:
        return house(briefing.theme), ()
    return own(briefing, briefing.template, slides)


_houses: Memory[tuple[Any, Frames, Frame]] = Memory()
"""Of each theme the package as it is made, and its frames."""


def house(theme: Theme) -> Stage:
    """The house's own stage; to copy the one of the last build takes a tenth of the time of making it."""
    if theme in _houses:
        package, frames, notes = _houses[theme]
        presentation = deepcopy(package).presentation_part.presentation
    else:
        presentation = template.house_template(theme)
        _, frames, notes = _houses.kept(theme, _furnished, presentation)
    layouts = {layout.name: layout.part for layout in presentation.slide_layouts}
    return Stage(presentation, frames, notes, layouts, theme, template.colour_names(theme.palette))


def _furnished(presentation: Any) -> tuple[Any, Frames, Frame]:
    package = deepcopy(presentation.part.package)  # before anything stands in it
    return package, read_frames(presentation), read_notes_frame(presentation)


def own(briefing: Briefing, given: DeckTemplate, slides: Iterable[Slide]) -> tuple[Stage | None, tuple[Finding, ...]]:
    try:
        presentation = open_template(given.content)
    except NoTemplateError as error:
        return None, (TemplateUnreadable(given.place, given.name, error.reason, error.advice),)
    try:
        return _matched(presentation, briefing, given.place, slides)
    except (AttributeError, IndexError, KeyError, StopIteration, SyntaxError, TypeError, ValueError):
        # a package that opens may still lack any part or attribute that its layouts need
        reason, advice = "its layouts cannot be read", "Open it in PowerPoint and save it again."
        return None, (TemplateUnreadable(given.place, given.name, reason, advice),)


def _matched(
    presentation: Any, briefing: Briefing, place: Place, slides: Iterable[Slide]
) -> tuple[Stage | None, tuple[Finding, ...]]:
    theme, matcher = briefing.theme, Matcher(presentation, briefing.layouts, place)
    layouts = matcher.match(needed(slides))
    findings = tuple(dict.fromkeys(matcher.findings))
    if any(finding.severity == "error" for finding in findings):
        return None, findings
    size = (presentation.slide_width / EMU, presentation.slide_height / EMU)
    shown = layouts.get("Exhibit", layouts["Title"])
    look, names = adopted(theme, shown)
    frames = {kind: _slots(kind, layout, size, theme) for kind, layout in layouts.items()}
    unknown = strange(fonts(shown.slide_master))
    template.furnish(presentation, look.palette, names)
    parts = {kind: layout.part for kind, layout in layouts.items()}
    made = Stage(presentation, frames, read_notes_frame(presentation), parts, look, names, faint_links(shown))
    return made, (*findings, *((TemplateFont(place, unknown),) if unknown else ()))


def _slots(kind: str, layout: Any, size: tuple[float, float], theme: Theme) -> Mapping[str, Frame]:
    if layout.name == kind and is_ours(layout, size):
        return read_frames(layout.part.package.presentation_part.presentation)[kind]
    return refit(kind, layout, size, theme.slides)
