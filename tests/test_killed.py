"""Builds that are killed, that meet, that run out of disk: what stands in the folder is a whole set, old or new.

An ordinary run kills 8 builds; KILLS=100 as many.
"""

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple, NoReturn

import pytest

import make_all

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = int(os.environ.get("KILLS", "8"))


class Edition(NamedTuple):
    folder: Path
    outputs: dict[str, bytes]


class Built(NamedTuple):
    status: int
    told: str


def command(folder: Path, out: Path) -> list[str]:
    return [sys.executable, str(ROOT / "make_all.py"), str(folder), "--out", str(out)]


def made(out: Path) -> dict[str, bytes]:
    """The outputs, without what a build keeps there for the next one."""
    files = (path for path in sorted(out.rglob("*")) if path.is_file())
    named = {path.relative_to(out).as_posix(): path for path in files}
    return {name: path.read_bytes() for name, path in named.items() if not name.startswith(".")}


def processes(out: Path) -> list[int]:
    """Those that were started with this output folder."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if str(out).encode() in (entry / "cmdline").read_bytes().split(b"\0"):
                    found.append(int(entry.name))
            except OSError:
                continue
    return found


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> list[Edition]:
    """Two briefings whose outputs all differ, charts included, and what a build makes of each."""
    home = tmp_path_factory.mktemp("editions")
    folders = [Path(shutil.copytree(make_all.STARTER, home / name)) for name in ("first", "second")]
    for name, old, new in (("supply.csv", "182000", "183000"), ("sections/01-supply.yaml", "Supply", "Flow")):
        path = folders[1] / name
        path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    both = []
    for folder in folders:
        assert make_all.main([str(folder), "--out", str(home / "out" / folder.name)]) == 0
        both.append(Edition(folder, made(home / "out" / folder.name)))
    first, second = (edition.outputs for edition in both)
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] == second[name]] == []
    return both


def test_builds_that_are_killed_at_any_moment(editions: list[Edition], tmp_path: Path) -> None:
    """Every second one while it publishes, which it seldom does."""
    out, chance = tmp_path / "out", random.Random()
    whole = [outputs for _, outputs in editions]
    begin = time.monotonic()
    subprocess.run(command(editions[0].folder, out), check=True, capture_output=True)
    longest = time.monotonic() - begin
    for turn in range(ROUNDS):
        process = subprocess.Popen(command(editions[(turn + 1) % 2].folder, out), stdout=subprocess.DEVNULL)
        if turn % 2:
            while process.poll() is None and not (out / ".staging").exists():
                time.sleep(0.0005)
            time.sleep(chance.uniform(0, 0.02))
        else:
            time.sleep(chance.uniform(0, longest))
        process.kill()
        process.wait()
        assert made(out) in whole or (out / ".staging" / "journal.json").exists(), "old, or new, or on its way to new"
        end = time.monotonic() + 20
        while processes(out) and time.monotonic() < end:
            time.sleep(0.05)
        assert processes(out) == [], "the processes beside it end with it"
    for folder, outputs in editions:
        assert make_all.main([str(folder), "--out", str(out)]) == 0
        assert made(out) == outputs
    assert not (out / ".staging").exists() and not (out / ".lock").exists()


def test_a_build_whose_process_has_died_says_so(editions: list[Edition], tmp_path: Path) -> None:
    out = tmp_path / "out"
    process = subprocess.Popen(command(editions[0].folder, out), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    while not (found := children.read_text().split()):
        time.sleep(0.01)
    os.kill(int(found[-1]), signal.SIGKILL)
    told = process.communicate()[0].decode()
    assert process.returncode == 1
    assert "has died" in told and "Nothing was written." in told and "Traceback" not in told
    assert made(out) == {} and processes(out) == []


@pytest.mark.parametrize(
    ("stage", "option", "status"),
    [
        ("_options", [], 130),
        ("up_to_date", [], 130),
        ("read", ["--check"], 130),
        ("_address", ["--serve", "0"], 130),
        ("watch", ["--watch"], 0),
    ],
)
def test_ctrl_c_before_a_build_has_begun(
    stage: str, option: list[str], status: int, editions: list[Edition], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr(make_all, stage, stop)
    assert make_all.main([str(editions[0].folder), "--out", str(tmp_path / "out"), *option]) == status
    assert not (tmp_path / "out").exists()


def test_two_builds_into_one_folder_at_once(editions: list[Edition], tmp_path: Path) -> None:
    out = tmp_path / "out"
    both = [
        subprocess.Popen(command(folder, out), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for folder, _ in editions
    ]
    told = [process.communicate()[0] for process in both]
    assert [process.returncode for process in both] == [0, 0], told
    assert sum(f"Waiting for another build into {out}" in text for text in told) == 1
    assert made(out) in [outputs for _, outputs in editions]


# --- disks -----------------------------------------------------------------------------------------------------------


@cache
def may_mount() -> bool:
    """Whether a small disk can be mounted, in a namespace of its own, which goes with its process."""
    if not shutil.which("unshare"):
        return False
    done = subprocess.run(["unshare", "-m", "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True, check=False)
    return done.returncode == 0


def on_a_disk(size: str, script: str, out: Path, first: Path, second: Path) -> tuple[Built, Path]:
    """Build `first` into `out` on a disk of `size`, run the shell's `script` there, build `second`; what stands on the
    disk then is copied beside `out`, because the disk goes with the shell."""
    after = out.with_name("after")
    steps = f"""
        mount -t tmpfs -o size={size} none "$1" && cd "$1" || exit 3
        "$2" "$3" "$4" --out "$1/out" > /dev/null || exit 4
        {script}
        "$2" "$3" "$5" --out "$1/out"; status=$?
        cp -a "$1/out" "$6" && exit $status
    """
    out.mkdir()
    program = [sys.executable, str(ROOT / "make_all.py")]
    arguments = [str(out), *program, str(first), str(second), str(after)]
    shell = ["unshare", "-m", "sh", "-c", steps, "sh", *arguments]
    done = subprocess.run(shell, capture_output=True, text=True, check=False)
    return Built(done.returncode, done.stderr), after


def on_this_disk(spoil: Callable[[Path], object], out: Path, first: Path, second: Path, **limits: object) -> Built:
    """The same where nothing can be mounted: the folder is spoilt, or the process is given limits."""
    assert subprocess.run(command(first, out), capture_output=True, check=False).returncode == 0
    spoil(out)
    bound = ["setpriv", "--bounding-set", "-dac_override"] if os.geteuid() == 0 else []  # root may write anywhere
    done = subprocess.run([*bound, *command(second, out)], capture_output=True, text=True, check=False, **limits)  # type: ignore[call-overload]
    return Built(done.returncode, done.stderr)


def assert_refused(built: Built, out: Path, old: dict[str, bytes]) -> None:
    assert built.status == 1, built.told
    assert "error [output-blocked]" in built.told and "Traceback" not in built.told
    assert "make room on the disk" in built.told
    assert made(out) == old
    assert not (out / ".staging").exists()


@pytest.mark.parametrize("room", [0, 60, 150], ids=lambda room: f"{room}kB")
def test_a_disk_of_a_few_megabytes_that_is_full(room: int, editions: list[Edition], tmp_path: Path) -> None:
    """What is left is too little for all outputs, for the deck, or for anything."""
    (first, old), (second, _) = editions
    out = tmp_path / "out"
    assert sum(map(len, old.values())) > 200_000 and max(map(len, old.values())) > 60_000
    if may_mount():
        fill = f"head -c {room}k /dev/zero > room; cat /dev/zero > full 2> /dev/null; rm room"
        built, out = on_a_disk("3m", fill, out, first, second)
    else:
        most = min(room, 60) * 1000  # a limit for each file, not for all of them

        def no_room() -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

        built = on_this_disk(lambda _: None, out, first, second, preexec_fn=no_room)
    assert_refused(built, out, old)


def test_a_folder_that_cannot_be_written(editions: list[Edition], tmp_path: Path) -> None:
    (first, old), (second, _) = editions
    out = tmp_path / "out"
    if may_mount():
        built, out = on_a_disk("3m", 'cd /; mount -o remount,ro none "$1"', out, first, second)
    else:
        built = on_this_disk(lambda folder: folder.chmod(0o555), out, first, second)
    assert_refused(built, out, old)


def test_a_folder_that_nobody_can_make(editions: list[Edition]) -> None:
    done = subprocess.run(
        command(editions[0].folder, Path("/proc/outputs")), capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "/proc/outputs: error [output-blocked]" in done.stderr and "Traceback" not in done.stderr
