"""The report carries its data: each file once, where it belongs, and told from the others."""

import hashlib
from collections import Counter
from collections.abc import Iterator

import pikepdf
import pypdfium2
import pytest

from data.load import load
from data.model import Briefing
from data.trust.carried import attachment_name
from report.result import Report
from tests.conftest import ROOT
from tests.report.reading import typeset
from tests.report.tagged import Node, failures, read

SHIPPED = ROOT / "data" / "briefing"


@pytest.fixture(scope="module")
def briefing() -> Briefing:
    loaded, _ = load(SHIPPED)
    assert loaded is not None
    return loaded


@pytest.fixture(scope="module")
def report(briefing: Briefing) -> Report:
    return typeset(briefing)


@pytest.fixture(scope="module")
def tree(report: Report) -> Node:
    return read(report.pdf)


def elements(node: Node) -> Iterator[Node]:
    yield node
    for kid in node.kids:
        if isinstance(kid, Node):
            yield from elements(kid)


def test_the_shipped_report_conforms(report: Report) -> None:
    assert failures(report.pdf) == []


def test_every_file_is_inside_with_its_name_description_date_size_and_checksum(briefing: Briefing, tree: Node) -> None:
    names = pikepdf.NameTree(tree.source.Root.Names.EmbeddedFiles)
    assert [str(name) for name in names] == sorted(attachment_name(file.name) for file in briefing.files)
    for file in briefing.files:
        specification = names[attachment_name(file.name)]
        stream = specification.EF.F
        assert str(specification.UF) == str(specification.F) == attachment_name(file.name)
        assert str(specification.Desc) == file.description != ""
        assert stream.read_bytes() == file.content
        assert bytes(stream.Params.CheckSum) == hashlib.md5(file.content).digest()
        assert int(stream.Params.Size) == len(file.content)
        assert str(stream.Params.ModDate) == briefing.edition.strftime("D:%Y%m%d000000Z")
        assert str(stream.Subtype) == ("/text/csv" if file.name.endswith(".csv") else "/application/yaml")


def test_rows_belong_to_their_exhibits_and_everything_else_to_the_document(briefing: Briefing, tree: Node) -> None:
    of_document = {str(item.UF): str(item.AFRelationship) for item in tree.source.Root.AF}
    assert of_document == {
        attachment_name(file.name): "/Source" for file in briefing.files if not file.name.endswith(".csv")
    }
    names = pikepdf.NameTree(tree.source.Root.Names.EmbeddedFiles)
    places = Counter[tuple[str, str]]()
    for node in elements(tree):
        for item in node.element.get("/AF", ()):
            assert item.objgen == names[str(item.UF)].objgen, "the same file, not a copy"
            assert item.AFRelationship == "/Data"
            places[str(item.UF), node.role] += 1
    assert {role for _, role in places} == {"Figure", "Table", "Div"}
    assert {name for name, _ in places} == {file.name for file in briefing.files if file.name.endswith(".csv")}


def test_a_chart_s_figure_and_a_table_lead_to_the_file_of_their_rows(briefing: Briefing, tree: Node) -> None:
    drawn = {
        "".join(run.text for run in exhibit.caption.alt): exhibit.caption.series  # type: ignore[union-attr]
        for section in briefing.sections
        for exhibit in section.exhibits.values()
        if exhibit.caption.series
    }
    figures = [node for node in tree.find("Figure") if "/AF" in node.element]
    assert len(figures) >= 8
    for node in figures:
        assert drawn[str(node.element.Alt)] in [str(item.UF) for item in node.element.AF]


def test_another_program_lists_and_saves_each_file_once(report: Report, briefing: Briefing) -> None:
    """PDFium, which browsers show a PDF with."""
    with pypdfium2.PdfDocument(report.pdf) as document:
        inside = [document.get_attachment(number) for number in range(document.count_attachments())]
        saved = [(item.get_name(), bytes(item.get_data())) for item in inside]
    assert sorted(saved) == sorted((attachment_name(file.name), file.content) for file in briefing.files)
