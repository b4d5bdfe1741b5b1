"""A stranger: takes the bytes of a finished file, returns the numbers that it shows, page by page and slide by slide.

It shares nothing with the program. It knows a plain pattern of numbers, the exclusions that the README documents, and
where a page's furniture stands; it follows no tags, and takes citation marks for what they look like: small raised
figures.
"""

import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2
from pptx import Presentation
from pypdfium2 import raw

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_MONTH = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
)
_NO_QUANTITIES = [
    r"https?://\S+|\S+@\S+|[\w-]+\.(?:csv|yaml)\S*",
    rf"\b\d{{1,2}}(?:(?:–|\s(?:to|and)\s|, ?)\d{{1,2}})*\s{_MONTH}\b(?:,?\s\d{{4}})?|\b{_MONTH}\s\d{{4}}",
    r"\b\d{4}-\d\d(?:-\d\d)?\b",
    r"#\d+|\b(?:Figure|Table|Section|Page|Report,\sp\.|Channel)\s\d+(?:\sof\s\d+)?|\(\d+\sof\s\d+\)|\[\d+(?:, \d+)*\]",
    r"\b(?:19|20)\d\d(?:[–/-]\d\d(?:\d\d)?)?s?\b(?![.,]\d)",
    r"\b\d+(?:st|nd|rd|th)\b",
    r"\b[A-Za-z]+-?\d[\w-]*|\b\d+[a-z]+\d\w*",
]
_EXCLUDED = re.compile("|".join(f"(?:{rule})" for rule in _NO_QUANTITIES))


def counted(text: str) -> Counter[str]:
    """The numbers of a text that are no dates, names, references and the like."""
    text = text.replace("\u00ad", "").replace("\u00a0", " ")
    return Counter(NUMBER.findall(_EXCLUDED.sub(" ", text)))


# --- the report ---------------------------------------------------------------------------------------------------

RAISED = 0.8
"""A citation mark is set no larger than this part of the type before it."""
PAGE_COLUMN = 26.0
"""Points that the last column of the annex takes, up to the end of its head, "Page"."""


class Glyph(NamedTuple):
    character: str
    size: float
    left: float
    right: float


def of_report(pdf: bytes) -> dict[str, Counter[str]]:
    """Page label -> the numbers on the page."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [list(_lines(document[n])) for n in range(len(document))]
    titles = _titles(pages)
    texts = list(_without_furniture(pages, titles))
    return {document.get_page_label(n): counted(text) for n, text in enumerate(texts)}


def _lines(page: Any) -> Iterator[list[Glyph]]:
    textpage = page.get_textpage()
    line: list[Glyph] = []
    for n in range(textpage.count_chars()):
        character = chr(raw.FPDFText_GetUnicode(textpage, n))
        if character == "\n":
            yield line
            line = []
        elif character.isprintable() or character == "\u00a0":
            left, _, right, _ = textpage.get_charbox(n)
            line.append(Glyph(character, raw.FPDFText_GetFontSize(textpage, n), left, right))
    yield line


def _titles(pages: list[list[list[Glyph]]]) -> list[str]:
    """What the contents list, without the pages."""
    contents = next(lines for lines in pages if any(_plain(line) == "Contents" for line in lines))
    return [match[1] for line in contents if (match := re.fullmatch(r"\d+ (\D.*?)(?: \d+)?", _plain(line)))]


def _without_furniture(pages: list[list[list[Glyph]]], titles: list[str]) -> Iterator[str]:
    part, label = "", 1
    for lines in pages:
        shown = []
        edge = next((line[-1].right for line in lines if _plain(line).endswith("File and line Page")), None)
        for line in lines:
            text = _plain(
                _unmarked(line if edge is None else [glyph for glyph in line if glyph.left < edge - PAGE_COLUMN])
            )
            if text in ("What this briefing finds", "Contents", "Notes", "Sources", "Data annex"):
                part, label = text, 1
            if part == "Contents" and re.fullmatch(r".* (\d+|[ivx]+)", text):
                continue
            if part == "Sources" and " " not in text and shown and re.search(r"https?://\S+$", shown[-1]):
                shown[-1] += text
                continue
            heading = re.fullmatch(r"\d+ +(\D.*)", text)
            if heading and any(title.startswith(heading[1][:24]) for title in titles):
                text = heading[1]
            if part in ("What this briefing finds", "Notes") and re.match(rf"{label} ", text):
                text, label = text.removeprefix(str(label)), label + 1
            shown.append(text)
        part = "" if part == "Contents" else part
        yield "\n".join(shown)


def _plain(line: list[Glyph]) -> str:
    return "".join(glyph.character for glyph in line).replace("\u00a0", " ").strip()


def _unmarked(line: list[Glyph]) -> list[Glyph]:
    """The line without the small raised figures behind its words."""
    kept: list[Glyph] = []
    for glyph in line:
        before = next((other for other in reversed(kept) if not other.character.isspace()), None)
        raised = before is not None and glyph.size <= RAISED * before.size
        if not (raised and (glyph.character.isdecimal() or glyph.character == ",")):
            kept.append(glyph)
    return kept


# --- the deck -----------------------------------------------------------------------------------------------------


def of_deck(pptx: bytes) -> dict[tuple[str, str], Counter[str]]:
    """Number of the slide and "slide", "alt text" or "speaker notes" -> the numbers there."""
    found: dict[tuple[str, str], Counter[str]] = {}
    for n, slide in enumerate(Presentation(io.BytesIO(pptx)).slides, start=1):
        texts, alts = [], []
        for shape in slide.shapes:
            alts.append(shape._element._nvXxPr.cNvPr.get("descr", ""))
            if shape.has_text_frame and shape.name != "Number":
                texts.append(shape.text_frame.text)
            if shape.has_table:
                texts += [cell.text for row in shape.table.rows for cell in row.cells]
        found[str(n), "slide"] = sum((counted(text) for text in texts), Counter())
        found[str(n), "alt text"] = sum((counted(text) for text in alts), Counter())
        notes = slide.notes_slide.notes_text_frame.text.splitlines()
        labels = r"^(?:\[\d+\]|\d+\.)\s"
        found[str(n), "speaker notes"] = sum((counted(re.sub(labels, "", line)) for line in notes), Counter())
    return found
