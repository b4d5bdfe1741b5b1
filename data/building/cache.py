"""The cache: takes a key, returns the bytes that an earlier build kept under it, or nothing.

Entries are files named by digests, each written under another name and renamed, so that builds at the same time
cannot hurt each other; what is damaged or missing counts as not kept. The folder may be deleted at any time.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from data.paths import read_file

NAME = ".cache"
LIMIT = 256 * 1024 * 1024
"""Bytes on the disk; a chart takes about 100 kB with its pictures."""

_HEAD = 64
"""What stands before an entry's bytes: their SHA-256 in hexadecimal."""


@dataclass(frozen=True)
class Cache:
    """A folder of at most `limit` bytes, which need not exist."""

    folder: Path
    limit: int = LIMIT

    def kept(self, key: str, make: Callable[[], bytes]) -> bytes:
        """What is kept under `key` (hexadecimal), made and kept if there is nothing."""
        found = self._read(key)
        if found is None:
            found = make()
            self._write(key, found)
        return found

    def trim(self) -> None:
        """The entries that nobody has asked for longest go, until the folder is under its limit."""
        entries = []
        for path in self.folder.glob("*/*"):
            with suppress(OSError):
                entries.append((path.stat().st_mtime_ns, path.stat().st_size, path))
        room = self.limit
        for _, size, path in sorted(entries, reverse=True):
            room -= size
            if room < 0:
                with suppress(OSError):
                    path.unlink()

    def _read(self, key: str) -> bytes | None:
        path = self._path(key)
        try:
            whole = read_file(path)
            os.utime(path)
        except OSError:
            return None
        content = whole[_HEAD:]
        return content if whole[:_HEAD] == _digest(content) else None

    def _write(self, key: str, content: bytes) -> None:
        path = self._path(key)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(_digest(content) + content)
            draft.replace(path)
        except OSError:
            with suppress(OSError):
                draft.unlink()

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key[2:]


def _digest(content: bytes) -> bytes:
    return sha256(content).hexdigest().encode()
