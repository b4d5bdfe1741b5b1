"""Paths: what leads out of a folder does so by whatever way."""

from pathlib import Path

import pytest

from data.paths import leads_out


@pytest.mark.parametrize(
    ("name", "outside"),
    [
        (".", False), ("a.csv", False), ("inner/../a.csv", False), ("missing/b.csv", False), ("round", False),
        ("inside/a.csv", False), ("..", True), ("../folder-2/a.csv", True), ("/etc/passwd", True), ("away/a.csv", True),
        ("inner/away.csv", True),
    ],
)  # fmt: skip
def test_what_leads_out(name: str, outside: bool, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    (folder / "inner").mkdir(parents=True)
    (folder / "round").symlink_to(folder / "round")
    (folder / "inside").symlink_to("inner")
    (folder / "away").symlink_to(tmp_path)
    (folder / "inner" / "away.csv").symlink_to("../../secret.csv")
    assert leads_out(folder / name, folder) == outside
