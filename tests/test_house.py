"""The house: who may import whom, two visitors with the same methods, heavy libraries only where they are used."""

import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from data.model import Block, Exhibit

ROOT = Path(__file__).resolve().parent.parent


def test_nobody_imports_whom_they_may_not() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports"))], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def _method(kind: type) -> str:
    """LineChart -> line_chart"""
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in kind.__name__).lstrip("_")


@pytest.mark.parametrize("kind", [*get_args(Block), *get_args(Exhibit)], ids=lambda kind: kind.__name__)
def test_both_visitors_have_a_method_for_every_kind(kind: type) -> None:
    from report.visitor import Visitor as ReportVisitor  # noqa: PLC0415
    from slides.visitor import Visitor as SlidesVisitor  # noqa: PLC0415

    for visitor in (ReportVisitor, SlidesVisitor):
        assert callable(getattr(visitor, _method(kind), None)), f"{visitor.__module__} lacks {_method(kind)}"


def _imported_by(statement: str) -> set[str]:
    code = f"{statement}; import sys; print(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize(
    ("statement", "absent"),
    [
        ("import make_all", {"matplotlib", "reportlab", "pptx", "pydantic"}),
        ("import data.model, data.theme", {"matplotlib", "reportlab", "pptx", "pydantic", "babel"}),
        ("import data.load", {"matplotlib", "reportlab", "pptx"}),
        ("import charts.drawing, charts.svg", {"matplotlib", "reportlab", "pptx"}),
        ("import report", {"matplotlib", "pptx"}),
        ("import slides", {"matplotlib", "reportlab", "pptx"}),
    ],
)
def test_heavy_libraries_come_late(statement: str, absent: set[str]) -> None:
    assert not _imported_by(statement) & absent
