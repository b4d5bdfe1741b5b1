"""Paths: what leads out of a folder does so by whatever way, and only files are read."""

import os
import socket
from pathlib import Path

import pytest

from data.paths import leads_out, read_file


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


def test_only_files_are_read(tmp_path: Path) -> None:
    """Of the others some never end, and some wait for a program that never comes."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "device").symlink_to("/dev/zero")
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "socket"))
    for path in sorted(tmp_path.iterdir()):
        with pytest.raises(OSError, match="no file") as refused:
            read_file(path)
        assert refused.value.filename == str(path)
    with pytest.raises(FileNotFoundError):
        read_file(tmp_path / "nothing")
    (tmp_path / "file").write_bytes(b"abc")
    assert (read_file(tmp_path / "file"), read_file(tmp_path / "file", 2)) == (b"abc", b"ab")
