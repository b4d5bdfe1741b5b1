"""What a reader of the structure gets: the story, in the order of its tags, the same each time it is built."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from reportlab.lib.pagesizes import A4

from report.conformance import Attachment
from report.flowables import Paragraph
from report.structure import Tag
from report.tagging import TaggedCanvas
from tests.report.tagged import BODY, EDITION, LONG, METADATA, PLAIN, Node, build, cells, everything, read, style, table


@pytest.fixture(scope="module")
def whole() -> bytes:
    document, story, attachments = everything()
    return build(document, story, attachments=attachments)


@pytest.fixture(scope="module")
def tree(whole: bytes) -> Node:
    return read(whole)


# -- reproducible


def test_the_same_story_gives_the_same_bytes(whole: bytes) -> None:
    document, story, attachments = everything()
    assert build(document, story, attachments=attachments) == whole


def test_the_same_story_gives_the_same_bytes_in_another_process(whole: bytes) -> None:
    code = (
        "import sys; sys.path[:0] = ['tests/report', '.']; from tagged import everything, build;"
        "document, story, attachments = everything();"
        "sys.stdout.buffer.write(build(document, story, attachments=attachments))"
    )
    root = Path(__file__).resolve().parents[2]
    environment = {**os.environ, "PYTHONHASHSEED": "4711", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    done = subprocess.run([sys.executable, "-c", code], cwd=root, env=environment, capture_output=True, check=True)
    assert done.stdout == whole


def test_a_story_serves_two_builds() -> None:
    document = Tag("Document")
    paragraphs = [Paragraph(LONG * 40, BODY, document.child("P")) for _ in range(2)]
    link = Paragraph('<a href="https://example.org">link</a> <span lang="ar">غزة</span>', BODY, document.child("P"))
    rows = table([cells("a", "b"), *(cells("c", "d") for _ in range(60))], document.child("Table"))
    first = build(document, [*paragraphs, link, rows])
    assert build(document, [*paragraphs, link, rows]) == first


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
        assert int(document.Root.StructTreeRoot.ParentTreeNextKey) == max(owners) + 1, "for who adds an annotation"
        for sheet in document.pages:
            for mcid, owner in enumerate(owners[int(sheet.StructParents)]):
                held = [kid.MCID if isinstance(kid, pikepdf.Dictionary) and "/MCID" in kid else kid for kid in owner.K]
                assert mcid in held
            for annotation in sheet.get("/Annots", []):
                owner = owners[int(annotation.StructParent)]
                assert owner.S == "/Link"
                assert annotation.objgen in [kid.Obj.objgen for kid in owner.K if isinstance(kid, pikepdf.Dictionary)]


def test_elements_are_found_by_their_ids(tree: Node) -> None:
    structure = tree.source.Root.StructTreeRoot
    elements = {str(name): element for name, element in pikepdf.NameTree(structure.IDTree).items()}
    assert {name: str(element.ID) for name, element in elements.items()} == {name: name for name in elements}
    assert {str(node.element.ID) for role in ("Figure", "Note") for node in tree.find(role)} == elements.keys()


def test_names_stand_in_the_order_of_their_bytes() -> None:
    """Readers look a name up by halves (7.9.6); an attachment's that stands elsewhere is none to them."""
    document = Tag("Document")
    names = ["b.csv", "a–z.csv", "\U0001f4c8.csv", "a.csv", "\uffee.csv"]
    attachments = [Attachment(name, b"", "text/csv", name, EDITION) for name in names]
    pdf = build(document, [Paragraph("A text", BODY, document.child("P"))], attachments=attachments)
    with pikepdf.open(BytesIO(pdf)) as read_back:
        kept = read_back.Root.Names.EmbeddedFiles.Names
        found = [bytes(kept[at]) for at in range(0, len(kept), 2)]
        assert len(found) == len(names) and found == sorted(found)


def test_structure_of_the_whole(tree: Node) -> None:
    assert [kid.role for kid in tree.kids if isinstance(kid, Node)] == ["Sect"] * 6
    section = tree.kids[2]
    assert isinstance(section, Node)
    roles = [kid.role for kid in section.kids if isinstance(kid, Node)]
    assert roles == ["H1", *["P"] * 6, "H2", "L", "Figure", "Caption", "Table", "BlockQuote"]
    assert section.find("L")[0].outline() == (
        "L",
        ("LI", "Lbl", ("LBody", "P", ("L", ("LI", "Lbl", ("LBody", "P"))))),
        ("LI", "Lbl", ("LBody", "P")),
    )
    assert section.find("P")[0].outline() == (
        "P",
        ("Reference", "Link"),
        "Link",
        ("Span", ("Reference", "Link")),
        ("Span", "Span", "Span"),
        ("Span", "Span"),
    )
    assert tree.find("TOCI")[0].outline() == ("TOCI", ("Reference", "Link"))
    assert tree.find("Note")[0].outline() == ("Note", "Lbl", ("P", ("Reference", "Link")))


def test_texts_do_not_run_together_and_broken_words_join(tree: Node) -> None:
    text = tree.find("Sect")[2].find("P")[0].text
    assert "\u00ad" in text
    assert text.replace("\u00ad", "").count(LONG.strip()) == 4
    assert "1 The office & its bold, italic and undisputed words; a link that is long enough to run over" in text
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
    assert last.outline() == ("TR", "TH", "TD", "TD")
    assert [node.text for node in last.find("TD")] == ["first", ""]


def test_links_say_where_they_go(tree: Node) -> None:
    links = tree.find("Sect")[2].find("P")[0].find("Link")
    annotations = [[kid for kid in link.kids if isinstance(kid, pikepdf.Dictionary)] for link in links]
    assert [str(found[0].Contents) for found in annotations] == ["Note 1", "An example", "un renvoi"]
    assert [len(found) for found in annotations] == [1, 2, 1]
    assert str(annotations[0][0].Dest) == "note-1"
    assert str(annotations[1][0].A.URI) == "https://example.org/a?b=1&c=2"


def test_a_link_from_right_to_left_has_one_area() -> None:
    """Names in Arabic end with a mark of direction, which is set apart from them and shows nothing."""
    document = Tag("Document", lang="en-GB")
    text = 'See <a href="https://example.org" title="The register">السجل\u200e</a>, 2026.'
    tree = read(build(document, [Paragraph(text, BODY, document.child("P"))]))
    (area,) = [kid for link in tree.find("Link") for kid in link.kids if isinstance(kid, pikepdf.Dictionary)]
    assert area.Rect[2] - area.Rect[0] > 10


def test_languages(tree: Node) -> None:
    spans = [node for node in tree.find("Sect")[2].find("Span") if "/Lang" in node.element]
    assert [(str(node.element.Lang), node.text) for node in spans][:3] == [
        ("fr", "en français, avec un renvoi"),
        ("ar", "غزة، مدينة 2023 فلسطينية"),
        ("he", "שלום"),
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
        assert document.Root.PageMode == "/UseOutlines", "they are seen as the file is opened"
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


@pytest.mark.parametrize("before", ["grew by ", "<b>grew by </b>", '<a href="#top">grew</a> '])
def test_an_anchor_stands_on_the_line_of_the_word_behind_it(before: str) -> None:
    markup = "".join(
        f'the budget {before}<a name="n{n}"/>0.{n:02d}\u00a0per\u00a0cent in a year and ' for n in range(20)
    )
    broken = 0
    for width in range(120, 400, 7):
        paragraph = Paragraph(markup, BODY, Tag("P"))
        paragraph.wrap(width, 1000)
        assert "\u2060" not in paragraph.plain_text
        for line in paragraph.lines(paragraph.tag):
            runs = [(text, getattr(frag, "cbDefn", None)) for text, frag in line.runs]
            for at, (_, anchor) in enumerate(runs):
                if anchor:
                    behind = next(text for text, _ in runs[at + 1 :] if text)
                    assert behind.startswith(f"0.{int(anchor.name[1:]):02d}")
            first = next(text for text, _ in runs if text)
            broken += first.lstrip("\u2060").startswith("0.") or first == "\u2060"
    assert broken > 20, "some of these numbers begin a line"


def test_a_paragraph_that_goes_on_behind_a_break_begins_with_its_next_line() -> None:
    document = Tag("Document")
    markup = "<br/>".join(f"<b>{n}</b> of 100" for n in range(100))
    pdf = build(document, [Paragraph(markup, PLAIN, document.child("P"))])
    with pypdfium2.PdfDocument(pdf) as file:
        tops = [page.get_textpage().search("of 100").get_next() for page in file]
        edges = [page.get_textpage().get_charbox(found[0])[3] for page, found in zip(file, tops, strict=True)]
    assert len(edges) > 1
    assert max(edges) - min(edges) < 0.1
