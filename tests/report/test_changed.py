"""Which pages of a report are read again when it has been set again."""

import re
from functools import lru_cache
from pathlib import Path

import pypdfium2
import pytest

from report.changed import changed, file
from tests.edits import SECTION, Files, loaded, replaced, starter
from tests.report.reading import typeset


@pytest.fixture(scope="module")
def files() -> Files:
    return starter() | {f"sections/5{n}-short-{n}.yaml": SECTION.format(title="In short") for n in range(6)}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> "Built":
    return Built(tmp_path_factory.mktemp("in"))


class Built:
    def __init__(self, folder: Path) -> None:
        self.pdf = lru_cache(lambda files: typeset(loaded(dict(files), folder)).pdf)

    def changed(self, before: Files, now: Files) -> set[int]:
        return set(changed(*(file(self.pdf(tuple(files.items()))) for files in (before, now))))

    def texts(self, files: Files) -> list[str]:
        document = pypdfium2.PdfDocument(self.pdf(tuple(files.items())))
        return [page.get_textpage().get_text_range() for page in document]


def test_nothing_is_read_again_of_the_same_report(files: Files, built: Built) -> None:
    assert built.changed(files, files) == set()


def test_a_number_is_read_again_where_it_stands(files: Files, built: Built) -> None:
    edited = replaced(files, "supply.csv", "151000", "152000")
    before, now = built.texts(files), built.texts(edited)
    other = {n for n, (old, new) in enumerate(zip(before, now, strict=True)) if old != new}
    found = built.changed(files, edited)
    assert other
    assert other <= found < set(range(len(now)))


def test_an_alternative_text_that_no_page_paints_is_read_again(files: Files, built: Built) -> None:
    name = next(name for name, text in files.items() if "takeaway:" in text)
    edited = files | {name: re.sub("(takeaway: )", r"alt: Pumps, drawn.\n    \1", files[name], count=1)}
    assert built.texts(files) == built.texts(edited)
    assert built.changed(files, edited)


@pytest.mark.parametrize("new", ["More.\n\n  " * 60, "\u0104\u0118 "])
def test_all_pages_are_read_again_of_a_longer_report_or_one_in_other_glyphs(
    new: str, files: Files, built: Built
) -> None:
    edited = replaced(files, "sections/01-supply.yaml", "body: |\n  ", f"body: |\n  {new}")
    assert built.changed(files, edited) == set(range(len(built.texts(edited))))
