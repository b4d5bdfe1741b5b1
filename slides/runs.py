"""Runs and paragraphs of DrawingML: takes text, returns elements with language, emphasis and links on each run."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from data.model import Cite, Mention, Run, Style, Text
from data.script import stretches
from data.text import right_to_left
from slides.frames import Level
from slides.oxml import Element, element, emu, hundredths, solid, worded

_LINK_COLOUR = "{A12FA001-AC4F-418D-AE19-62706E023703}"

Link = Callable[[str], str]
"""An address -> the id of a relationship to it, from the part that holds the text."""


@dataclass(frozen=True, slots=True)
class Context:
    """Where runs are written: the briefing's language, and how the part reaches addresses and slides (by id); with
    `faint_links` a link has the colour of its text, because the theme's colour of links cannot be read there."""

    language: str
    link: Link
    jump: Link
    faint_links: bool = False


def text_runs(
    text: Text, context: Context, slide: str = "", *, bold: bool = False, wraps: bool = False
) -> list[Element]:
    """The runs of one paragraph; `slide` makes all of them lead to that slide.

    In a paragraph that `wraps` a link is written word by word, because LibreOffice breaks lines anywhere inside one.
    """
    return [made for run in text if not isinstance(run, Cite) for made in _run(run, context, slide, bold, wraps)]


def _run(run: Run, context: Context, slide: str, bold: bool, wraps: bool) -> list[Element]:
    style = Style() if isinstance(run, Cite | Mention) else run.style
    shown = "" if isinstance(run, Cite) else run.text
    made = []
    linked = bool(slide or style.link)
    for piece, language in _pieces(shown, style.lang or context.language, wraps and linked):
        properties = element(
            "a:rPr",
            {"lang": language, "b": 1 if style.bold or bold else None, "i": 1 if style.italic else None, "dirty": 0},
        )
        if slide:
            jump = {"r:id": context.jump(slide), "action": "ppaction://hlinksldjump"}
            properties.append(element("a:hlinkClick", jump, _as_text(context)))
        elif style.link:
            properties.append(element("a:hlinkClick", {"r:id": context.link(style.link)}, _as_text(context)))
        made.append(element("a:r", None, properties, worded("a:t", piece)))
    return made


def _as_text(context: Context) -> Element | None:
    """The extension by which a link keeps the colour of its text ([MS-ODRAWXML] 2.40.3)."""
    if not context.faint_links:
        return None
    extension = element("a:ext", {"uri": _LINK_COLOUR}, element("ahyp:hlinkClr", {"val": "tx"}))
    return element("a:extLst", None, extension)


def _pieces(text: str, language: str, by_word: bool) -> Iterator[tuple[str, str]]:
    """Stretches of one script, or what stands between the spaces of each at which a line may break."""
    for stretch, tag in stretches(text):
        for piece in re.findall(r"[^ ]* *", stretch) if by_word else [stretch]:
            if piece:
                yield piece, tag or language


def paragraph(runs: list[Element], *properties: Element, **attributes: object) -> Element:
    """A paragraph; `attributes` and `properties` are those of a:pPr, which is left out where there are none."""
    has = bool(properties) or any(value is not None for value in attributes.values())
    return element("a:p", None, element("a:pPr", attributes, *properties) if has else None, *runs)


FORWARD: dict[str, object] = {"algn": "l", "rtl": 0}
"""What a text says that stands on a template where the usual text may run from right to left."""


def turned(text: Text) -> dict[str, object]:
    """What a paragraph's a:pPr says where most of it runs from right to left."""
    return {"algn": "r", "rtl": 1} if right_to_left(text) else {}


def list_style(levels: tuple[Level, ...], sizes: tuple[float, ...], *, whole: bool, stated: bool, ink: str) -> Element:
    """The type sizes of a placeholder's levels, and with `whole` everything that measures its lines; `stated` levels
    keep nothing of the template's but its bullets. `ink` is the text's colour, "" for the usual one."""
    made = []
    for n, (level, size) in enumerate(zip(levels, sizes, strict=False), start=1):
        spacing = (
            element("a:lnSpc", None, element("a:spcPct", {"val": round(level.spacing * 100000)})),
            element("a:spcBef", None, element("a:spcPts", {"val": hundredths(level.before)})),
            element("a:spcAft", None, element("a:spcPts", {"val": hundredths(level.after)})),
        )
        quiet = {"cap": "none", "spc": 0} if level.loud or stated else {}
        weight = {"b": int(level.bold) if whole else None}
        run = element("a:defRPr", {"sz": hundredths(size), **weight, **quiet}, solid(ink) if ink else None)
        placed: dict[str, object] = {"marL": emu(level.left), "indent": emu(level.indent)} if stated else {}
        if stated or level.turned:
            placed |= FORWARD | ({"algn": level.align} if level.align else {})
        bullet = element("a:buNone") if stated and not level.bullet else None
        made.append(element(f"a:lvl{n}pPr", placed, *(spacing if whole else ()), bullet, run))
    return element("a:lstStyle", None, *made)
