"""What tests do to a folder before it is loaded."""

from collections.abc import Callable
from pathlib import Path

Spoil = Callable[[Path], None]


def swap(file: str, old: str, new: str) -> Spoil:
    def spoil(folder: Path) -> None:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"the starter's {file} no longer has {old!r}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return spoil


def add_column(folder: Path, name: str, cells: list[str]) -> None:
    head, *rows = (folder / "supply.csv").read_text(encoding="utf-8").splitlines()
    lines = [f"{head},{name}", *(f"{row},{cell}" for row, cell in zip(rows, cells, strict=True))]
    (folder / "supply.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def line_of(folder: Path, file: str, text: str) -> int:
    lines = (folder / file).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if text in line)
