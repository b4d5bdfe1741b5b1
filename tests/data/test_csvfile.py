"""Reading CSV as spreadsheets write it."""

from hypothesis import given
from hypothesis import strategies as st

from data.csvfile import read_csv


def test_rows_know_their_line_even_behind_cells_with_line_breaks() -> None:
    csv, findings = read_csv("f.csv", b'a,b\n1,"two\nlines"\n\n3, 4 \n')
    assert csv.columns == ("a", "b")
    assert [(row.line, row.cells) for row in csv.rows] == [(2, ("1", "two\nlines")), (5, ("3", "4"))]
    assert findings == []


def test_byte_order_mark_and_semicolons_are_read() -> None:
    csv, findings = read_csv("f.csv", "\ufeffa;b\n1;x,y\n".encode())
    assert (csv.columns, csv.rows[0].cells, findings) == (("a", "b"), ("1", "x,y"), [])


def test_a_title_above_the_head_is_one_finding() -> None:
    (finding,) = read_csv("f.csv", b"Wells of the year,,\na,b,c\n1,2,3\n")[1]
    assert (finding.code, finding.place.line) == ("file-unreadable", 1)
    assert "columns in its first line: 1; cells in every other: 3" in finding.message
    assert [finding.code for finding in read_csv("f.csv", b"a,b\n1,2,3\n4,5\n6,7,8\n")[1]] == ["ragged-row"] * 2


def test_what_nobody_sees_makes_no_other_word() -> None:
    csv, findings = read_csv("f.csv", "n\u00adame,\ufeffb\n\u200bNorth\u2060,Ab\u200bou\n".encode())
    assert (csv.columns, csv.rows[0].cells, findings) == (("name", "b"), ("North", "Abou"), [])


def test_what_is_wrong_is_found_with_its_line() -> None:
    ragged = read_csv("f.csv", b"a,b\n1,2\n3\n4,5,6\n")[1]
    assert [(finding.code, finding.place.line) for finding in ragged] == [("ragged-row", 3), ("ragged-row", 4)]
    assert [finding.code for finding in read_csv("f.csv", b"a,b,a\n1,2,3\n")[1]] == ["duplicate-key"]
    assert [finding.code for finding in read_csv("f.csv", b"")[1]] == ["file-unreadable"]
    assert [finding.code for finding in read_csv("f.csv", b'a,b\n1,"2\n')[1]] == ["file-unreadable"]
    control = read_csv("f.csv", b"a,b\n1,\x07\n")[1]
    assert [(finding.code, finding.place.line) for finding in control] == [("file-unreadable", 2)]


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_input_raises(content: bytes) -> None:
    csv, findings = read_csv("f.csv", content)
    assert csv.columns or findings


def test_what_a_spreadsheet_adds_is_left_out() -> None:
    csv, findings = read_csv("a.csv", b"sep=;\r\na;b;;\r\n1;2;;\r\n\r\n3;4;;\r\n")
    assert findings == []
    assert csv.columns == ("a", "b")
    assert [(row.line, row.cells) for row in csv.rows] == [(3, ("1", "2")), (5, ("3", "4"))]


def test_the_separator_is_what_the_file_says() -> None:
    csv, findings = read_csv("a.csv", b'"SEP=;"\na;"b, c, d, e"\n1;2\n')
    assert (csv.columns, findings) == (("a", "b, c, d, e"), [])


def test_a_cell_without_a_column_is_none_that_a_spreadsheet_adds() -> None:
    (finding,) = read_csv("a.csv", b"a,b,,\n1,2,,\n3,4,x,\n")[1]
    assert (finding.code, finding.place.line) == ("ragged-row", 3)
