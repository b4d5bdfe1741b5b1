"""Publishing: takes every output of a build as bytes, puts them all into the output folder, returns findings.

All is written and synced into a staging folder first. A journal, synced last, is the decision: from there on the new
outputs are renamed into place in the order given, the last of them being the one that a reader trusts. A build killed
before the journal leaves the old outputs; one killed behind it is finished by the next. An output that cannot be
replaced brings all the others back.
"""

import json
import os
import shutil
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from data.building.lock import exclusive
from data.findings import Finding
from data.findings.outputs import OutputBlocked
from data.model import Place
from data.paths import read_file, refuse_what_is_no_file, stays

Journal = dict[str, list[str]]
"""The names that are put into place, those of them that are new, and those that are taken away."""

STAGING = ".staging"
_NEW, _OLD = "new", "old"
_JOURNAL, _BACK = "journal.json", "back.json"
"""The decision to put the new outputs into place; the same file under the name that says to bring the old ones back."""


@contextmanager
def claimed(folder: Path, waiting: Callable[[], None]) -> Iterator[list[Finding]]:
    """The output folder for one build alone, whole again if a killed one left it in between, or what is in the way.

    `waiting` is called once if another build has the folder.
    """
    with ExitStack() as held:
        try:
            held.enter_context(exclusive(folder, waiting))
            recover(folder)
            findings: list[Finding] = []
        except OSError as error:
            findings = [_blocked(folder, error)]
        yield findings


def publish(outputs: Mapping[str, bytes], folder: Path, obsolete: Collection[str] = ()) -> list[Finding]:
    """Put `outputs` (relative name -> content) into `folder` and take the `obsolete` ones away: all of it or nothing.

    An output that stands there already, byte for byte, is not touched, so that nothing reloads it.
    """
    staging = folder / STAGING
    try:
        recover(folder)
        folder.mkdir(parents=True, exist_ok=True)
        changed = {name: content for name, content in outputs.items() if not holds(folder / name, content)}
        gone = [name for name in obsolete if (folder / name).is_file()]
        if not changed and not gone:
            return []
        _stage(changed, staging)
        added = [name for name in changed if not (folder / name).exists()]
        _decide({"put": list(changed), "added": added, "remove": gone}, staging)
        recover(folder)
    except OSError as error:
        return [_blocked(folder, error)]
    finally:
        if not (staging / _JOURNAL).exists() and not (staging / _BACK).exists():
            shutil.rmtree(staging, ignore_errors=True)
    return []


def recover(folder: Path) -> None:
    """Finish what a killed build had decided, forward or back, and sweep up; nothing to do is the common case.

    OSError if an output cannot be replaced; the folder then holds the old outputs.
    """
    staging = folder / STAGING
    if not staging.exists():
        return
    if (back := _journal(staging / _BACK)) is not None:
        _go_back(back, folder, staging)
    elif (journal := _journal(staging / _JOURNAL)) is not None:
        try:
            _go_on(journal, folder, staging)
        except OSError:
            (staging / _JOURNAL).replace(staging / _BACK)
            _go_back(journal, folder, staging)
            raise
    shutil.rmtree(staging)


def _blocked(folder: Path, error: OSError) -> Finding:
    path = Path(error.filename2 or error.filename or folder).absolute()
    staged = folder.absolute() / STAGING / _NEW
    named = folder / path.relative_to(staged) if path.is_relative_to(staged) else path
    return OutputBlocked(Place(str(named.absolute())), error.strerror or str(error))


def _journal(path: Path) -> Journal | None:
    """What was decided; None where nothing was, or where the disk has lost it. What no build of ours decides, such as
    to take a file away that lies elsewhere, was put there by another hand."""
    try:
        found = json.loads(read_file(path))
        journal = {key: [str(name) for name in found[key]] for key in ("put", "added", "remove")}
    except (FileNotFoundError, ValueError, TypeError, KeyError, RecursionError):
        return None
    return journal if all(stays(name) for names in journal.values() for name in names) else None


def _decide(journal: Journal, staging: Path) -> None:
    draft = staging / "draft.json"
    draft.write_text(json.dumps(journal), encoding="utf-8")
    _sync(draft)
    draft.replace(staging / _JOURNAL)
    _sync_folder(staging)


def _stage(outputs: Mapping[str, bytes], staging: Path) -> None:
    (staging / _OLD).mkdir(parents=True)
    for name, content in outputs.items():
        target = staging / _NEW / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    for name in outputs:  # all are written by now, so that one wait for the disk serves most of them
        _sync(staging / _NEW / name)
    for parent in _parents(outputs, staging / _NEW):
        _sync_folder(parent)


def _go_on(journal: Journal, folder: Path, staging: Path) -> None:
    for name in journal["put"]:
        if (staging / _NEW / name).exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            _keep(folder / name, staging / _OLD / name)
            (staging / _NEW / name).replace(folder / name)
    for name in journal["remove"]:
        _keep(folder / name, staging / _OLD / name)
        (folder / name).unlink(missing_ok=True)
    for parent in _parents([*journal["put"], *journal["remove"]], folder):
        _sync_folder(parent)
    _forget_empty(journal["remove"], folder)


def _go_back(journal: Journal, folder: Path, staging: Path) -> None:
    for name in [*journal["put"], *journal["remove"]]:
        if (staging / _OLD / name).exists():
            (staging / _OLD / name).replace(folder / name)
        elif name in journal["added"] and not (staging / _NEW / name).exists():
            (folder / name).unlink(missing_ok=True)
    _forget_empty(journal["added"], folder)
    (staging / _BACK).unlink()


def _keep(path: Path, backup: Path) -> None:
    """A second name for `path`, or a copy on a file system that has no second names. OSError for what is no file, which
    somebody put there."""
    if backup.exists() or not path.exists():
        return
    refuse_what_is_no_file(path)
    backup.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(path, backup)
    except OSError:
        shutil.copy2(path, backup)


def holds(path: Path, content: bytes) -> bool:
    """Whether that is a file of this very content."""
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False


def _parents(names: Collection[str], folder: Path) -> list[Path]:
    """The folders that hold `names`, `folder` itself last."""
    inner = dict.fromkeys((folder / name).parent for name in names if "/" in name)
    return [parent for parent in (*inner, folder) if parent.exists()]


def _forget_empty(removed: Collection[str], folder: Path) -> None:
    for parent in _parents(removed, folder):
        if parent != folder and not any(parent.iterdir()):
            parent.rmdir()


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _sync_folder(path: Path) -> None:
    if os.name != "nt":  # which cannot open a folder, and keeps names by itself
        file = os.open(path, os.O_RDONLY)
        try:
            os.fsync(file)
        finally:
            os.close(file)
