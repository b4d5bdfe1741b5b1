"""The cache: what is kept comes back whole, or not at all."""

import multiprocessing
import os
import stat
from hashlib import sha256
from pathlib import Path

import pytest

from data.building.cache import Cache

KEYS = [sha256(bytes([number])).hexdigest() for number in range(20)]


def never() -> bytes:
    raise AssertionError("made again")


def test_what_was_made_once_is_kept(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    assert cache.kept(KEYS[0], lambda: b"drawing") == b"drawing"
    assert cache.kept(KEYS[0], never) == b"drawing"
    assert Cache(tmp_path / "cache").kept(KEYS[0], never) == b"drawing"
    assert cache.kept(KEYS[1], lambda: b"other") == b"other"


@pytest.mark.parametrize("damage", [b"", b"x", b"short", b"0" * 64 + b"drawing"], ids=range(4))
def test_a_damaged_entry_is_made_again(tmp_path: Path, damage: bytes) -> None:
    cache = Cache(tmp_path)
    cache.kept(KEYS[0], lambda: b"drawing")
    [path] = tmp_path.glob("*/*")
    path.write_bytes(damage)
    assert cache.kept(KEYS[0], lambda: b"again") == b"again"
    assert cache.kept(KEYS[0], never) == b"again"


def test_every_bit_counts(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.kept(KEYS[0], lambda: b"drawing")
    [path] = tmp_path.glob("*/*")
    whole = path.read_bytes()
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert cache.kept(KEYS[0], lambda: b"again") == b"again", at


def test_a_cache_that_was_deleted_starts_again(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    cache.kept(KEYS[0], lambda: b"drawing")
    for path in sorted((tmp_path / "cache").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    (tmp_path / "cache").rmdir()
    assert cache.kept(KEYS[0], lambda: b"again") == b"again"
    assert cache.kept(KEYS[0], never) == b"again"


def test_a_cache_that_cannot_be_written_keeps_nothing_and_harms_nothing(tmp_path: Path) -> None:
    (tmp_path / "cache").write_bytes(b"a file where the folder should be")
    cache = Cache(tmp_path / "cache")
    assert cache.kept(KEYS[0], lambda: b"drawing") == b"drawing"
    cache.trim()
    assert (tmp_path / "cache").read_bytes() == b"a file where the folder should be"


def test_what_cannot_be_put_into_place_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / KEYS[0][:2] / KEYS[0][2:]).mkdir(parents=True)  # what no file can replace
    assert Cache(tmp_path).kept(KEYS[0], lambda: b"drawing") == b"drawing"
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_the_least_asked_for_go_first(tmp_path: Path) -> None:
    cache = Cache(tmp_path, limit=10 * (64 + 100))
    for age, key in enumerate(KEYS):
        cache.kept(key, lambda: bytes(100))
        path = tmp_path / key[:2] / key[2:]
        os.utime(path, (1000 + age, 1000 + age))
    cache.kept(KEYS[0], never)  # the oldest has just been asked for
    cache.trim()
    kept = {path.parent.name + path.name for path in tmp_path.glob("*/*")}
    assert kept == {KEYS[0], *KEYS[11:]}
    assert sum(path.stat().st_size for path in tmp_path.glob("*/*")) <= 10 * (64 + 100)


def test_entries_are_read_and_written_like_other_outputs(tmp_path: Path) -> None:
    Cache(tmp_path).kept(KEYS[0], lambda: b"drawing")
    [path] = tmp_path.glob("*/*")
    (tmp_path / "plain").write_bytes(b"")
    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE((tmp_path / "plain").stat().st_mode)


def _keep_all(folder: Path, size: int) -> None:
    cache = Cache(folder, limit=5 * size)
    for _ in range(20):
        for key in KEYS:
            expected = key.encode() * (size // 64)
            assert cache.kept(key, lambda expected=expected: expected) == expected
        cache.trim()


def test_two_builds_share_it_unharmed(tmp_path: Path) -> None:
    fork = multiprocessing.get_context("fork")
    children = [fork.Process(target=_keep_all, args=(tmp_path, 64_000)) for _ in range(2)]
    for child in children:
        child.start()
    for child in children:
        child.join()
    assert [child.exitcode for child in children] == [0, 0]
    assert all(len(path.name) == 62 for path in tmp_path.glob("*/*")), "no draft is left"
