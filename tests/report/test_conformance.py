"""What the tagging layer writes conforms to PDF/UA-1 and PDF/A-3a, and every way to break it is caught."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4, LETTER
from reportlab.platypus import PageBreak

from report.conformance import Attachment, UnembeddedFontError
from report.face import UnprintableTextError
from report.flowables import ContentsLine, Figure, PageLabels, Paragraph, list_item, note
from report.structure import Tag, UntaggedContentError
from report.tagging import TaggedCanvas
from tests.report.tagged import (
    BODY,
    CELL,
    CONTENTS,
    EDITION,
    ITEM,
    LONG,
    METADATA,
    PLAIN,
    H,
    build,
    cells,
    drawing,
    everything,
    failures,
    table,
)


@pytest.mark.parametrize("size", [A4, LETTER], ids=["A4", "Letter"])
def test_a_document_with_everything_conforms(size: tuple[float, float]) -> None:
    document, story, attachments = everything()
    assert failures(build(document, story, size=size, attachments=attachments)) == []


_WORDS = st.sampled_from(
    (
        *("the", "of", "and", "figure", "verification", "ministry's", "office", "unprecedented", "AVATAR", "12,345"),
        *("–", "“quoted”", "naïve", "Łódź", "1\u00a0km", "1\u202f234", "soft\u00adhyphens", "well-known", "x", "&amp;"),
        *("غزة", "فلسطينية", "محمّد", "(غزة)", "שלום", "۱۲۳", "https://example.org/a/very/long/address/of/something"),
    )
)
_TEXT = st.lists(_WORDS, min_size=1, max_size=60).map(" ".join)
_INLINE = st.one_of(
    _TEXT,
    st.builds("<b>{}</b>".format, _TEXT),
    st.builds("<i>{} <b>{}</b></i>".format, _TEXT, _WORDS),
    st.builds('<span lang="fr">{}</span>'.format, _TEXT),
    st.builds('<a href="https://example.org/">{}</a>'.format, _TEXT),
    st.builds('{}<super><a href="#top" title="Top">1</a></super>'.format, _WORDS),
    st.builds('<a href="#top">{} <span lang="ar">غزة {}</span></a>'.format, _TEXT, _TEXT),
    st.just("<br/>"),
)
_MARKUP = st.lists(_INLINE, min_size=1, max_size=5).map(" ".join)
_CELL = st.one_of(st.just(""), st.just("plain"), _MARKUP)
_ROW = st.tuples(_CELL, _CELL, _CELL)
_BLOCK = st.one_of(
    st.tuples(st.just("P"), _MARKUP),
    st.tuples(st.just("heading"), _TEXT, st.integers(0, 2)),
    st.tuples(st.just("list"), st.lists(_MARKUP, min_size=1, max_size=4), st.booleans()),
    st.tuples(st.just("table"), st.lists(_ROW, min_size=1, max_size=6), st.integers(0, 12), st.booleans()),
    st.tuples(st.just("figure"), st.integers(1, 500), _TEXT),
    st.tuples(st.just("quote"), _MARKUP),
    st.tuples(st.just("note"), _MARKUP),
    st.tuples(st.just("break")),
)


def _random_document(blocks: list[Any]) -> tuple[Tag, list[Any]]:
    document = Tag("Document")
    story: list[Any] = [PageLabels("r"), Paragraph("Top", H, document.child("H1"), key="top", outline=0)]
    contents = document.child("TOC")
    depth = 0
    for number, (kind, *content) in enumerate(blocks):
        key = f"block-{number}"
        match kind, content:
            case "heading", (text, level):
                depth = min(level, depth + 1)
                story.insert(2, ContentsLine(text, key, CONTENTS, contents))
                story.append(Paragraph(text, H, document.child(f"H{depth + 1}"), key=key, outline=depth))
            case "list", (items, nested):
                tag = document.child("L", numbering="Decimal")
                for at, item in enumerate(items):
                    paragraph, body = list_item(f"{at + 1}.", item, ITEM, tag)
                    story.append(paragraph)
                    if nested:
                        story.append(list_item("•", item, ITEM, body.child("L", numbering="Disc"))[0])
            case "table", (rows, plain, row_heads):
                texts = [("x", "y", "z"), *rows, *([("a", "b", "")] * plain * 4)]
                tag = document.child("Table")
                story.append(table([cells(*row) for row in texts], tag, row_heads=row_heads))
            case "figure", (height, alt):
                story.append(Figure(100, height, drawing, document.child("Figure", alt=alt)))
            case "note", (markup,):
                story.append(note(str(number), markup, ITEM, document, key=key))
            case "break", _:
                story.append(PageBreak())
            case _, (markup,):
                tag = document.child("BlockQuote") if kind == "quote" else document
                story.append(Paragraph(markup, BODY, tag.child("P")))
    return document, story


@settings(
    max_examples=int(os.environ.get("DOCUMENTS", "25")),
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(st.lists(_BLOCK, max_size=12))
def test_random_documents_conform(blocks: list[Any]) -> None:
    document, story = _random_document(blocks)
    assert failures(build(document, story)) == []


# -- the gate bites: by the validator


def _body(*, lang: str = "") -> tuple[Tag, Tag, list[Any]]:
    document = Tag("Document", lang=lang)
    sect = document.child("Sect")
    return document, sect, [Paragraph("Title", H, sect.child("H1")), Paragraph(RICH_ENOUGH, BODY, sect.child("P"))]


RICH_ENOUGH = f"A paragraph. {LONG}"


def _edited(pdf: bytes, edit: Callable[[pikepdf.Pdf], None]) -> bytes:
    with pikepdf.open(BytesIO(pdf)) as document:
        edit(document)
        out = BytesIO()
        document.save(out, deterministic_id=True)
        return out.getvalue()


def _unmarked(document: pikepdf.Pdf) -> None:
    sheet = document.pages[0]
    kept = [part for part in pikepdf.parse_content_stream(sheet) if str(part[1]) not in ("BDC", "EMC")]
    sheet.Contents = document.make_stream(pikepdf.unparse_content_stream(kept))


def _figure_without_alt() -> bytes:
    document, sect, story = _body()
    return build(document, [*story, Figure(50, 50, drawing, sect.child("Figure"))])


def _note_without_id() -> bytes:
    document, sect, story = _body()
    return build(document, [*story, Paragraph("A note", PLAIN, sect.child("Note").child("P"))])


def _heading_skipped() -> bytes:
    document, sect, story = _body()
    return build(document, [*story, Paragraph("Too deep", H, sect.child("H3"))])


def _item_outside_list() -> bytes:
    document, sect, story = _body()
    return build(document, [*story, Paragraph("Item", PLAIN, sect.child("LI").child("LBody"))])


def _cell_outside_row() -> bytes:
    document, sect, story = _body()
    return build(document, [*story, Paragraph("Cell", PLAIN, sect.child("Table").child("TD"))])


def _unknown_role() -> bytes:
    document, sect, story = _body()
    return build(document, [*story, Paragraph("What", PLAIN, sect.child("Marginalia"))])


def _head_without_scope() -> bytes:
    document, sect, story = _body()
    tag = sect.child("Table")
    whole = table([cells("a", "b"), cells("c", "d")], tag)
    for cell in tag.children[0].children[0].children:
        cell.scope = ""
    return build(document, [*story, whole])


def _ragged_table() -> bytes:
    document, sect, story = _body()
    tag = sect.child("Table")
    whole = table([cells("a", "b"), cells("c", "d")], tag)
    return build(document, [*story, whole, Paragraph("e", CELL, tag.children[1].children[0].child("TD"))])


def _link_without_description() -> bytes:
    document, sect, story = _body()

    def draw(canvas: TaggedCanvas) -> None:
        canvas.rect(0, 0, 10, 10)
        canvas.link(link, "https://example.org", (0, 0, 10, 10), "")

    link = sect.child("Link")
    return build(document, [*story, Figure(10, 10, draw, link)])


def _no_language() -> bytes:
    document, _, story = _body()
    return build(document, story, metadata=replace(METADATA, language=""))


def _drop(*path: str) -> Callable[[pikepdf.Pdf], None]:
    def edit(document: pikepdf.Pdf) -> None:
        holder: Any = document.Root
        for key in path[:-1]:
            holder = holder[int(key)] if key.isdigit() else holder[key]
        del holder[path[-1]]

    return edit


@pytest.mark.parametrize(
    "broken",
    [
        _figure_without_alt,
        _note_without_id,
        _heading_skipped,
        _item_outside_list,
        _cell_outside_row,
        _unknown_role,
        _head_without_scope,
        _ragged_table,
        _link_without_description,
        _no_language,
    ],
)
def test_the_validator_sees_bad_tags(broken: Callable[[], bytes]) -> None:
    assert failures(broken()) != []


@pytest.fixture(scope="module")
def good() -> bytes:
    document, _, story = _body()
    attachment = Attachment("a.csv", b"1", "text/csv", "A file", EDITION)
    story.append(Paragraph('<a href="https://example.org">link</a>', PLAIN, document.child("P")))
    pdf = build(document, story, attachments=[attachment])
    assert failures(_edited(pdf, lambda _: None)) == []
    return pdf


def test_the_validator_sees_content_without_marks(good: bytes) -> None:
    assert failures(_edited(good, _unmarked)) != []


@pytest.mark.parametrize(
    "path",
    [
        "/MarkInfo",
        "/StructTreeRoot /ParentTree",
        "/ViewerPreferences",
        "/OutputIntents",
        "/Metadata",
        "/AF",
        "/AF 0 /AFRelationship",
        "/AF 0 /UF",
        "/AF 0 /EF /F /Subtype",
        "/Pages /Kids 0 /Tabs",
        "/Pages /Kids 0 /Annots 0 /StructParent",
        "/Pages /Kids 0 /Annots 0 /Contents",
        "/Pages /Kids 0 /Annots 0 /F",
    ],
)
def test_the_validator_sees_what_is_taken_away(good: bytes, path: str) -> None:
    assert failures(_edited(good, _drop(*path.split()))) != []


# -- the gate bites: by the strict mode and its kin


def test_untagged_painting_raises() -> None:
    document, _, story = _body()
    with pytest.raises(UntaggedContentError, match="page 1"):
        build(document, story, on_page=lambda canvas, _: canvas.line(0, 0, 9, 9))


def test_untagged_painting_becomes_an_artifact_when_not_strict() -> None:
    document, _, story = _body()
    assert failures(build(document, story, on_page=lambda canvas, _: canvas.line(0, 0, 9, 9), strict=False)) == []


def test_a_paragraph_without_a_tag_raises() -> None:
    document, _, story = _body()
    with pytest.raises(UntaggedContentError, match="no tag"):
        build(document, [*story, Paragraph("no tag", PLAIN)])


def test_a_tag_of_another_tree_raises() -> None:
    document, _, story = _body()
    with pytest.raises(UntaggedContentError, match="not in the document's tree"):
        build(document, [*story, Paragraph("stray", PLAIN, Tag("P"))])


def test_an_unembedded_font_raises() -> None:
    document, sect, story = _body()
    with pytest.raises(UnembeddedFontError, match="Helvetica"):
        figure = Figure(9, 9, lambda canvas: canvas.setFont("Helvetica", 9), sect.child("Figure", alt="x"))
        build(document, [*story, figure])


def test_a_missing_glyph_raises() -> None:
    document, sect, story = _body()
    with pytest.raises(UnprintableTextError, match="漢"):
        build(document, [*story, Paragraph("漢字", PLAIN, sect.child("P"))])


def test_a_link_to_nowhere_raises() -> None:
    document, sect, story = _body()
    with pytest.raises(ValueError, match="page 1 links to #nowhere"):
        build(document, [*story, Paragraph('<a href="#nowhere">x</a>', PLAIN, sect.child("P"))])


def test_an_id_used_twice_raises() -> None:
    document, sect, story = _body()
    twice = [note("1", "x", PLAIN, sect, key="same"), note("2", "y", PLAIN, sect, key="same")]
    with pytest.raises(ValueError, match="two tags have the id same"):
        build(document, [*story, *twice])


def test_a_picture_in_the_markup_raises() -> None:
    with pytest.raises(ValueError, match="cannot be tagged"):
        Paragraph('<img src="x.png" width="9" height="9"/>', PLAIN)
