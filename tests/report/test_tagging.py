"""The tagging layer: what it writes conforms, reads in the order of its tags, and every way to break it is caught."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4, LETTER
from reportlab.platypus import PageBreak
from tagged import (
    BODY,
    CELL,
    CONTENTS,
    EDITION,
    ITEM,
    METADATA,
    PLAIN,
    SERIF,
    H,
    Node,
    build,
    failures,
    read,
    style,
)

from report.conformance import Attachment, UnembeddedFontError
from report.flowables import ContentsLine, Figure, PageLabels, Paragraph, Table, list_item, note
from report.fonts import UnprintableTextError
from report.tagging import Tag, TaggedCanvas, UntaggedContentError

LONG = (
    "Notwithstanding considerable organisational difficulties, the internationally coordinated verification of "
    "unprecedented humanitarian figures continued. "
)
RICH = (
    LONG + '<super><a href="#note-1" title="Note 1">1</a></super> The office &amp; its <b>bold</b>, <i>italic</i> and '
    '<u>underlined</u> words; <a href="https://example.org/a?b=1&amp;c=2" title="An example">a link that is long '
    "enough to run over the end of its line, wherever that may be, and so needs two areas to click upon</a>, "
    '<span lang="fr">en français, avec <a href="#two">un renvoi</a></span>, 1\u202f234\u00a0km, '
    'Gaza (<span lang="ar">غزة، مدينة 2023 فلسطينية</span>), <span lang="he">שלום</span>. ' + LONG * 3
)


def _rows(count: int) -> list[list[Any]]:
    head = [Paragraph("Year", CELL), Paragraph('Dead <super><a href="#note-1">1</a></super>', CELL), "Remark"]
    body = [
        [Paragraph(f"{1990 + n}", CELL), Paragraph(f"{n * 37}" if n % 7 else "حلب", CELL), "" if n % 3 else "plain"]
        for n in range(count)
    ]
    both = [Paragraph("first", CELL), Paragraph("second", CELL)]
    return [head, *body, [Paragraph("Sum", CELL), both, ""]]


def _drawing(canvas: TaggedCanvas) -> None:
    canvas.setFillColorRGB(0.2, 0.4, 0.6, alpha=0.5)
    canvas.rect(0, 0, 200, 60, fill=1)
    canvas.setFont(SERIF, 9)
    canvas.drawString(5, 5, "Gaza غزة 12")


def everything() -> tuple[Tag, list[Any], list[Attachment]]:
    """A document that has one of each."""
    document = Tag("Document", lang="en-GB")
    cover, front = document.child("Sect"), document.child("Sect")
    story: list[Any] = [PageLabels("", prefix="Cover"), Paragraph("The <i>title</i>", H, cover.child("P")), PageBreak()]
    story += [PageLabels("r"), Paragraph("Contents", H, front.child("H1"), key="contents", outline=0)]
    contents = front.child("TOC")
    for key, title in (("one", "First <i>section</i>"), ("two", "Second section"), ("notes", "Notes")):
        story.append(ContentsLine(title, key, CONTENTS, contents, leader=" ."))
    story += [PageBreak(), PageLabels("D")]
    for key, title in (("one", "First <i>section</i>: غزة"), ("two", "Second section")):
        sect = document.child("Sect")
        story.append(Paragraph(title, H, sect.child("H1"), key=key, outline=0))
        story += [Paragraph(RICH, BODY, sect.child("P")) for _ in range(6)]
        story.append(Paragraph("Deeper", H, sect.child("H2"), key=f"{key}-deeper", outline=1))
        items = sect.child("L", numbering="Disc")
        first, body = list_item("•", "An item", ITEM, items)
        inner = list_item("–", "nested", ITEM, body.child("L", numbering="Disc"))[0]
        story += [first, inner, list_item("•", LONG * 2, ITEM, items)[0]]
        figure = sect.child("Figure", alt="A rectangle", id=f"figure-{key}")
        story += [Figure(200, 60, _drawing, figure), Paragraph("Figure. A caption", CELL, sect.child("Caption"))]
        continued = Paragraph("(continued)", CELL)
        rules = [("LINEBELOW", (0, 0), (-1, 0), 0.5, "black"), ("BACKGROUND", (0, 0), (0, 0), "grey")]
        rules.append(("SPAN", (1, -1), (2, -1)))
        story.append(Table(_rows(60), sect.child("Table"), row_heads=True, style=rules, continued=continued))
        story.append(Paragraph("Quoted: " + LONG, BODY, sect.child("BlockQuote").child("P")))
    arabic = document.child("Sect", lang="ar")
    ministry = "بلغ عدد القتلى 37232 في 12 حزيران، according to the ministry، بحسب الوزارة. "
    story.append(Paragraph(ministry * 4, BODY, arabic.child("P")))
    last = document.child("Sect")
    story.append(Paragraph("Notes", H, last.child("H1"), key="notes", outline=0))
    story.append(note("1", 'A source. <a href="#one" title="Back to the text">Back</a>', ITEM, last, key="note-1"))
    attachments = [
        Attachment("values.csv", b"a,b\n1,2\n", "text/csv", "All values", EDITION, "Source"),
        Attachment("chiffres détaillés.csv", b"a\n1\n", "text/csv", "The chart's data", EDITION, "Data", figure),
    ]
    return document, story, attachments


@pytest.fixture(scope="module")
def whole() -> bytes:
    document, story, attachments = everything()
    return build(document, story, attachments=attachments)


@pytest.fixture(scope="module")
def tree(whole: bytes) -> Node:
    return read(whole)


# -- conformance


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
_CELL = st.one_of(st.just(""), st.just("plain"), _MARKUP.map(lambda markup: Paragraph(markup, CELL)))
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
                more = [["a", "b", ""]] * plain * 4
                story.append(Table([["x", "y", "z"], *rows, *more], document.child("Table"), row_heads=row_heads))
            case "figure", (height, alt):
                story.append(Figure(100, height, _drawing, document.child("Figure", alt=alt)))
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
    return build(document, [*story, Figure(50, 50, _drawing, sect.child("Figure"))])


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
    table = Table([["a", "b"], ["c", "d"]], tag)
    for cell in tag.children[0].children[0].children:
        cell.scope = ""
    return build(document, [*story, table])


def _ragged_table() -> bytes:
    document, sect, story = _body()
    tag = sect.child("Table")
    table = Table([["a", "b"], ["c", "d"]], tag)
    tag.children[1].children[0].children[0].col_span = 3
    return build(document, [*story, table])


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


# -- reproducible


def test_the_same_story_gives_the_same_bytes(whole: bytes) -> None:
    document, story, attachments = everything()
    assert build(document, story, attachments=attachments) == whole


def test_the_same_story_gives_the_same_bytes_in_another_process(whole: bytes) -> None:
    code = (
        "import sys; sys.path[:0] = ['tests/report', '.']; from test_tagging import everything, build;"
        "document, story, attachments = everything();"
        "sys.stdout.buffer.write(build(document, story, attachments=attachments))"
    )
    root = Path(__file__).resolve().parents[2]
    environment = {**os.environ, "PYTHONHASHSEED": "4711", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    done = subprocess.run([sys.executable, "-c", code], cwd=root, env=environment, capture_output=True, check=True)
    assert done.stdout == whole


def test_a_story_serves_two_builds() -> None:
    document = Tag("Document")
    paragraphs = [Paragraph(RICH_ENOUGH * 40, BODY, document.child("P")) for _ in range(2)]
    link = Paragraph('<a href="https://example.org">link</a> <span lang="ar">غزة</span>', BODY, document.child("P"))
    table = Table([["a", "b"], *([["c", "d"]] * 60)], document.child("Table"))
    first = build(document, [*paragraphs, link, table])
    assert build(document, [*paragraphs, link, table]) == first


# -- what a reader gets


def test_reading_order_is_the_order_of_tags_not_of_painting() -> None:
    document = Tag("Document")
    first, second = document.child("P"), document.child("P")
    tree = read(build(document, [Paragraph("painted first", PLAIN, second), Paragraph("read first", PLAIN, first)]))
    assert [node.text for node in tree.find("P")] == ["read first", "painted first"]


def test_a_tag_without_content_is_left_out() -> None:
    document = Tag("Document")
    document.child("Sect").child("P")
    tree = read(build(document, [Paragraph("x", PLAIN, document.child("P"))]))
    assert tree.outline() == ("Document", "P")


def test_pages_find_their_elements_through_the_parent_tree(whole: bytes) -> None:
    with pikepdf.open(BytesIO(whole)) as document:
        numbers = document.Root.StructTreeRoot.ParentTree.Nums
        owners = {int(numbers[at]): numbers[at + 1] for at in range(0, len(numbers), 2)}
        for sheet in document.pages:
            for mcid, owner in enumerate(owners[int(sheet.StructParents)]):
                held = [kid.MCID if isinstance(kid, pikepdf.Dictionary) and "/MCID" in kid else kid for kid in owner.K]
                assert mcid in held
            for annotation in sheet.get("/Annots", []):
                owner = owners[int(annotation.StructParent)]
                assert owner.S == "/Link"
                assert annotation.objgen in [kid.Obj.objgen for kid in owner.K if isinstance(kid, pikepdf.Dictionary)]


def test_structure_of_the_whole(tree: Node) -> None:
    assert [kid.role for kid in tree.kids if isinstance(kid, Node)] == ["Sect"] * 6
    section = tree.kids[2]
    assert isinstance(section, Node)
    roles = [kid.role for kid in section.kids if isinstance(kid, Node)]
    assert roles == ["H1", *["P"] * 6, "H2", "L", "Figure", "Caption", "Table", "BlockQuote"]
    assert section.find("L")[0].outline() == (
        "L", ("LI", "Lbl", ("LBody", "P", ("L", ("LI", "Lbl", ("LBody", "P"))))), ("LI", "Lbl", ("LBody", "P")),
    )
    assert section.find("P")[0].outline() == (
        "P", ("Reference", "Link"), "Link", ("Span", ("Reference", "Link")), ("Span", "Span", "Span"), ("Span", "Span"),
    )
    assert tree.find("TOCI")[0].outline() == ("TOCI", ("Reference", "Link"))
    assert tree.find("Note")[0].outline() == ("Note", "Lbl", ("P", ("Reference", "Link")))


def test_texts_do_not_run_together_and_broken_words_join(tree: Node) -> None:
    text = tree.find("Sect")[2].find("P")[0].text
    assert "\u00ad" in text
    assert text.replace("\u00ad", "").count(LONG.strip()) == 4
    assert "1 The office & its bold, italic and underlined words; a link that is long enough to run over" in text
    assert "1\u202f234\u00a0km, Gaza (غزة، مدينة 2023 فلسطينية), שלום." in text


def test_a_paragraph_on_two_pages_is_one_element(tree: Node) -> None:
    spread = [node for node in tree.find("P") if len(set(node.pages)) > 1]
    assert spread
    for node in spread:
        assert node.text.replace("\u00ad", "").count(LONG.strip()) == 4


def test_repeated_table_heads_are_read_once(tree: Node) -> None:
    table = tree.find("Table")[0]
    assert len({page for cell in table.find("TD") for page in cell.pages}) > 1
    assert table.outline()[1] == ("THead", ("TR", "TH", ("TH", ("Reference", "Link")), "TH"))
    assert [node.text for node in table.find("TR")[1].find("TD")] == ["حلب", "plain"]
    assert len(table.find("TR")) == 62
    assert [node.text for node in table.find("TH")][:6] == ["Year", "Dead 1", "Remark", "1990", "1991", "1992"]
    assert {str(node.element.A.Scope) for node in table.find("TH")} == {"/Column", "/Row"}
    last = table.find("TR")[-1]
    assert last.outline() == ("TR", "TH", ("TD", "P", "P"))
    assert last.find("TD")[0].element.A.ColSpan == 2


def test_links_say_where_they_go(tree: Node) -> None:
    links = tree.find("Sect")[2].find("P")[0].find("Link")
    annotations = [[kid for kid in link.kids if isinstance(kid, pikepdf.Dictionary)] for link in links]
    assert [str(found[0].Contents) for found in annotations] == ["Note 1", "An example", "un renvoi"]
    assert [len(found) for found in annotations] == [1, 2, 1]
    assert str(annotations[0][0].Dest) == "note-1"
    assert str(annotations[1][0].A.URI) == "https://example.org/a?b=1&c=2"


def test_languages(tree: Node) -> None:
    spans = [node for node in tree.find("Sect")[2].find("Span") if "/Lang" in node.element]
    assert [(str(node.element.Lang), node.text) for node in spans][:3] == [
        ("fr", "en français, avec un renvoi"), ("ar", "غزة، مدينة 2023 فلسطينية"), ("he", "שלום"),
    ]
    assert str(tree.element.Lang) == "en-GB"


def test_a_figure_knows_its_place(tree: Node) -> None:
    figure = tree.find("Figure")[0].element
    assert str(figure.Alt) == "A rectangle"
    left, bottom, right, top = (float(edge) for edge in figure.A.BBox)
    assert (round(right - left), round(top - bottom)) == (200, 60)


def test_contents_name_the_pages_by_their_labels_in_one_pass(tree: Node, whole: bytes) -> None:
    with pikepdf.open(BytesIO(whole)) as document:
        names = document.Root.Names.Dests.Names
        destinations = {str(names[at]): names[at + 1] for at in range(0, len(names), 2)}
        pages = {sheet.obj.objgen: number for number, sheet in enumerate(document.pages)}
        where = {key: pages[destination[0].objgen] for key, destination in destinations.items()}
        labels = document.Root.PageLabels.Nums
        assert [(int(labels[0]), str(labels[1].P)), (int(labels[2]), str(labels[3].S))] == [(0, "Cover"), (1, "/r")]
        assert (int(labels[4]), str(labels[5].S)) == (2, "/D")
        assert str(document.Root.Outlines.First.Title) == "Contents"
        assert str(document.Root.Outlines.First.Next.First.Title) == "Deeper"
    # the label is filled into a gap; the last mark of the link is where it stands
    lines = [node.text for node in tree.find("TOCI")]
    expected = [("First section", "one"), ("Second section", "two"), ("Notes", "notes")]
    assert lines == [f"{title} {where[key] - 1}" for title, key in expected]


def test_attachments_are_described_dated_and_where_they_belong(whole: bytes, tree: Node) -> None:
    with pikepdf.open(BytesIO(whole)) as document:
        assert set(document.attachments) == {"values.csv", "chiffres détaillés.csv"}
        file = document.Root.AF[0]
        assert (str(file.AFRelationship), str(file.Desc), str(file.UF)) == ("/Source", "All values", "values.csv")
        embedded = file.EF.F
        assert embedded.read_bytes() == b"a,b\n1,2\n"
        assert bytes(embedded.Params.CheckSum) == hashlib.md5(b"a,b\n1,2\n", usedforsecurity=False).digest()
        assert str(embedded.Params.ModDate) == "D:20231201000000Z"
        assert len(document.Root.AF) == 1
    assert str(tree.find("Figure")[1].element.AF[0].AFRelationship) == "/Data"


def test_what_the_file_says_of_itself_comes_from_the_caller(whole: bytes) -> None:
    with pikepdf.open(BytesIO(whole)) as document, document.open_metadata() as metadata:
        assert str(document.docinfo.Title) == metadata["dc:title"] == METADATA.title
        assert metadata["dc:creator"] == ["Desk & Co"]
        assert str(document.docinfo.CreationDate) == "D:20231201000000Z"
        assert metadata["xmp:ModifyDate"] == "2023-12-01T00:00:00Z"
        assert str(document.Root.Lang) == "en-GB"


def test_other_programs_find_the_text_in_reading_order(whole: bytes) -> None:
    document = pypdfium2.PdfDocument(whole)
    try:
        text = " ".join("".join(sheet.get_textpage().get_text_range() for sheet in document).split())
    finally:
        document.close()
    parts = ("The title", "Contents", "First section: غزة", "An item", "Quoted:", "A source.")
    places = [text.find(part) for part in parts]
    assert -1 not in places
    assert places == sorted(places)


def test_justified_lines_end_at_the_margin() -> None:
    document = Tag("Document")
    pdf = pypdfium2.PdfDocument(build(document, [Paragraph(LONG * 6, BODY, document.child("P"))]))
    try:
        textpage = pdf[0].get_textpage()
        boxes = [textpage.get_charbox(n) for n in range(textpage.count_chars())]
        letters = [textpage.get_text_range(n, 1) for n in range(textpage.count_chars())]
    finally:
        pdf.close()
    rightmost: dict[int, float] = {}
    for (_, bottom, right, _), letter in zip(boxes, letters, strict=True):
        if letter.strip() and bottom > 60:
            line = round(bottom / BODY.leading)
            rightmost[line] = max(rightmost.get(line, 0), right)
    ends = sorted(rightmost.values())
    assert len(ends) > 5
    assert all(abs(end - (A4[0] - 60)) < 1.5 for end in ends[1:])


def test_text_flush_right_ends_at_its_indent() -> None:
    document = Tag("Document")
    right = style("right", 10, alignment=2, leftIndent=20, rightIndent=30)
    story = [Paragraph("flush right", right, document.child("P"))]
    pdf = pypdfium2.PdfDocument(build(document, story, on_page=_nothing))
    try:
        textpage = pdf[0].get_textpage()
        letters = [n for n in range(textpage.count_chars()) if textpage.get_text_range(n, 1).strip()]
        edge = max(textpage.get_charbox(n)[2] for n in letters)
    finally:
        pdf.close()
    assert edge == pytest.approx(A4[0] - 60 - 30, abs=1)


def _nothing(canvas: TaggedCanvas, _: Any) -> None:
    """No running head."""
