"""CSV: takes a file's bytes, returns columns, rows with their lines, and findings; never raises. And writes it.

RFC 4180, as spreadsheets write it: UTF-8 with or without a byte-order mark, comma or semicolon (what a spreadsheet in a
locale with a decimal comma saves, with a line `sep=;` before the head or without), quotes doubled inside quotes, a cell
may hold line breaks, and columns without a name or a cell may stand at the right.
"""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass

from data.findings import Finding
from data.findings.files import DuplicateKey, FileUnreadable
from data.findings.series import RaggedRow
from data.model import Place
from data.textfile import CONTROL, decoded

_SHARED = 100_000
"""Texts of which all cells that say the same hold one: of a long file most say little."""

_STATED = re.compile(r'"?sep=([;,])"?\r?\n', re.IGNORECASE)
_FORMULA = re.compile(r"[=+\-@\t\r]")
_PLAIN_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class CsvRow:
    """`line` is where the row begins in the file, 1-based, the head being line 1. Cells are stripped of outer space."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CsvFile:
    """Rows have a cell a column; a file without columns could not be read."""

    file: str
    columns: tuple[str, ...]
    rows: tuple[CsvRow, ...]

    def place(self, row: CsvRow, column: str) -> Place:
        return Place(self.file, row.line, column)


def read_csv(file: str, content: bytes) -> tuple[CsvFile, list[Finding]]:
    """Read `content` of `file` (its name in the briefing). Rows with findings are left out."""
    text, unread = decoded(file, content)
    if unread:
        return CsvFile(file, (), ()), unread
    control = CONTROL.search(text)
    if control:
        line = text.count("\n", 0, control.start()) + 1
        return CsvFile(file, (), ()), [FileUnreadable(Place(file, line), "it holds a control character")]
    line = 1
    if stated := _STATED.match(text):
        text, line = text[stated.end() :], 2
    head = text.partition("\n")[0]
    delimiter = stated[1] if stated else ";" if head.count(";") > head.count(",") else ","
    above = line - 1
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    findings: list[Finding] = []
    rows: list[CsvRow] = []
    shared: dict[str, str] = {}
    columns: tuple[str, ...] = ()
    try:
        columns = tuple(_named(next(reader, [])))
        for index, column in enumerate(columns):
            if column in columns[:index]:
                findings.append(DuplicateKey(Place(file, line, column), column, line))
        line = above + reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                if len(cells) > len(columns) and not any(map(str.strip, cells[len(columns) :])):
                    del cells[len(columns) :]
                if len(cells) == len(columns):
                    known = shared.setdefault if len(shared) < _SHARED else shared.get
                    rows.append(CsvRow(line, tuple(known(cell, cell) for cell in map(str.strip, cells))))
                else:
                    findings.append(RaggedRow(Place(file, line), len(cells), len(columns)))
            line = above + reader.line_num + 1
    except csv.Error as error:
        findings.append(
            FileUnreadable(Place(file, line), f"its quotes or line breaks are not those of a CSV ({error})")
        )
    ragged = {finding.cells for finding in findings if isinstance(finding, RaggedRow)}
    if not rows and len(ragged) == 1 and len(findings) > 1:
        (others,) = ragged
        apart = f"columns in its first line: {len(columns)}; cells in every other: {others}"
        reason = f"{apart}; take out what stands above the names of the columns"
        return CsvFile(file, (), ()), [FileUnreadable(Place(file, above + 1), reason)]
    if not columns:
        findings.append(FileUnreadable(Place(file, 1), "it is empty; its first line must name the columns"))
    return CsvFile(file, columns, tuple(rows)), findings


def _named(cells: list[str]) -> list[str]:
    """The names of the columns, without the empty ones at the right."""
    names = [cell.strip() for cell in cells]
    while names and not names[-1]:
        del names[-1]
    return names


def write_csv(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    """A CSV that spreadsheets open as it is meant: UTF-8 with its mark, and no text that they would run as a formula
    (OWASP, "CSV Injection": a quotation mark before = + - @ tab and return; numbers stay numbers)."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    for row in (columns, *rows):
        writer.writerow(
            f"'{cell}" if _FORMULA.match(cell) and not _PLAIN_NUMBER.fullmatch(cell) else cell for cell in row
        )
    return stream.getvalue().encode("utf-8-sig")
