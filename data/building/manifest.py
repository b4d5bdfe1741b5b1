"""The manifest: takes a folder, the options and the outputs of a build, says what went into them and what has changed.

It stands beside the outputs as plain JSON, tables of names and digests. Only the standard library, and little of it, is
imported here: where nothing has changed, looking is all that a build does.
"""

# ruff: noqa: PTH110, PTH112, PTH113, PTH114 (no file has a name that is too long: os.path says so, pathlib raises)

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path

from data.paths import leads_out, read_file, stays

NAME = ".manifest.json"
PROGRAM = Path(__file__).resolve().parent.parent.parent
ROOMS = ("make_all.py", "data", "charts", "report", "slides")
CONTENT = ("data/briefing/", "data/starter/")
"""What lies in our rooms without being part of the program."""

Tables = dict[str, dict[str, str]]
"""Table -> name -> sha256, or what else tells it from another. `MADE_FROM` say what a build is made from; a manifest
adds "outputs", "made" (the origin of each), "pages" (where in the report each exhibit stands), and the lines printed:
"findings" of every kind with the severity of each, and "changes" since the earlier edition that it was compared with,
numbered."""

MADE_FROM = {"inputs": "", "code": "code ", "libraries": "library ", "options": "option "}


def describe(folder: Path, out: Path, options: Mapping[str, object]) -> Tables:
    """What a build of `folder` into `out` is made from. A path among `options` counts with what it holds."""
    read = {name: _digest(path) for name, path in inputs(folder, out)}
    for option, value in options.items():
        if isinstance(value, Path):
            read |= {f"--{option} {name}": _digest(path) for name, path in inputs(value, out)}
    return {
        "inputs": read,
        "code": code(),
        "libraries": libraries(),
        "options": {option: str(value) for option, value in options.items()},
    }


@cache
def code() -> dict[str, str]:
    """Every file of the program as it was when this process first asked, which is the one that it runs."""
    found = (path for room in ROOMS for path in files(PROGRAM / room))
    named = {path.relative_to(PROGRAM).as_posix(): path for path in found}
    return {
        name: _digest(path)
        for name, path in named.items()
        if not name.startswith(CONTENT) and "/__pycache__/" not in name
    }


@cache
def libraries() -> dict[str, str]:
    """This Python, and the distributions that it finds by the names of their folders: "matplotlib-3.11.2"."""
    folders = [Path(entry) for entry in sys.path if Path(entry).is_dir()]
    names = sorted(path.stem for folder in folders for path in folder.glob("*.dist-info"))
    return {"python": sys.version} | dict.fromkeys(names, "")


def read(out: Path) -> Tables | None:
    """The manifest of the last build into `out`; None where there is none that can be read."""
    try:
        found = json.loads(read_file(out / NAME))
        tables = {name: dict(found[name]) for name in (*MADE_FROM, "outputs", "made", "pages", "findings", "changes")}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    texts = all(isinstance(text, str) for table in tables.values() for text in table.values())
    return tables if texts and all(map(stays, tables["outputs"])) else None


def written(
    made_from: Tables,
    paper: str,
    outputs: Mapping[str, bytes],
    findings: Mapping[str, str],
    changes: Sequence[str],
    pages: Mapping[str, str],
    kept: Mapping[str, str],
    last: Tables | None,
) -> bytes:
    """The manifest of this build, to be published behind its outputs. `kept`: digests of outputs of the `last` one."""
    made = {name: last["made"].get(name, "") for name in kept} if last else {}
    made |= dict.fromkeys(outputs, origin(made_from, paper))
    digests = {name: sha256(content).hexdigest() for name, content in outputs.items()}
    printed = {"findings": dict(findings), "changes": {str(n): line for n, line in enumerate(changes, start=1)}}
    whole = {**made_from, "outputs": {**kept, **digests}, "made": made, "pages": dict(pages), **printed}
    text = json.dumps(whole, indent=1, ensure_ascii=False) + "\n"
    return text.encode("utf-8", "surrogatepass")  # the name of a file need not be Unicode


def pages(last: Tables | None) -> dict[str, str]:
    """Where each exhibit stood in the report of the last build: a guess at where it stands in this one."""
    return dict((last or {}).get("pages", {}))


def version(made_from: Tables) -> str:
    """What draws a chart: the code that does, and all libraries."""
    drawing = {name: digest for name, digest in made_from["code"].items() if name.startswith(("charts/", "data/"))}
    return sha256(json.dumps([drawing, made_from["libraries"]]).encode()).hexdigest()


def origin(made_from: Tables, paper: str) -> str:
    """All that a build is made from but its options, and the `paper`, which decides on the pages that slides name:
    outputs of one origin agree."""
    tables = [made_from[table] for table in ("inputs", "code", "libraries")]
    return sha256(json.dumps([*tables, paper]).encode()).hexdigest()


def draws(last: Tables | None, made_from: Tables) -> bool:
    """Whether charts will most likely have to be drawn: whether anything but the texts of sections has changed."""
    return last is None or not all(change.startswith("edited sections/") for change in _changes(last, made_from))


def why(last: Tables | None, made_from: Tables, out: Path) -> dict[str, list[str]]:
    """Output -> what has changed since it was written; empty if all is up to date."""
    if last is None:
        return {"everything": ["no record of an earlier build"]}
    changes = list(_changes(last, made_from))
    reasons = {name: [*changes, *_harm(out / name, digest)] for name, digest in last["outputs"].items()}
    reasons = reasons or {"everything": changes}  # charts alone of a briefing that has none
    return {name: causes for name, causes in reasons.items() if causes}


def grouped(reasons: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """One line for all outputs that have the same reasons."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for name, causes in reasons.items():
        groups.setdefault(tuple(causes), []).append(name)
    for causes, names in groups.items():
        yield f"{', '.join(names)}: {'; '.join(causes)}"


def others(last: Tables | None, outputs: Iterable[str], out: Path) -> dict[str, str]:
    """What earlier builds wrote and this one does not, with digests, unless another hand has changed it since."""
    ours = last["outputs"] if last else {}
    made = set(outputs)
    return {name: digest for name, digest in ours.items() if name not in made and not _harm(out / name, digest)}


def _changes(last: Tables, made_from: Tables) -> Iterator[str]:
    for table, kind in MADE_FROM.items():
        before, now = last[table], made_from[table]
        yield from (f"added {kind}{name}" for name in now if name not in before)
        yield from (f"removed {kind}{name}" for name in before if name not in now)
        for name in now:
            if name in before and before[name] != now[name]:
                yield f"{kind}{name}: {before[name]} -> {now[name]}" if table == "options" else f"edited {kind}{name}"


def _harm(path: Path, digest: str) -> list[str]:
    """What has happened to an output of ours."""
    if not os.path.isfile(path):
        return ["missing"]
    return [] if _digest(path) == digest else ["changed by another hand"]


def inputs(folder: Path, out: Path) -> Iterator[tuple[str, Path]]:
    """A file by itself, or what of a folder makes a briefing, by its names there; nothing of what is not there."""
    if not os.path.isdir(folder):
        yield from [(folder.name, folder)] if os.path.exists(folder) else ()
        return
    for path in files(folder):
        if is_input(path, folder, out):
            yield path.relative_to(folder).as_posix(), path


def is_input(path: Path, folder: Path, out: Path) -> bool:
    """Whether a file of a briefing's `folder` may be part of it; hidden ones are not, nor those of an output folder in
    it. Where the briefing lies in the output folder instead, it is one all the same."""
    if path.suffix.lower() not in (".yaml", ".csv", ".pptx", ".potx") or path.name.startswith("."):
        return False
    return not leads_out(path, folder) and not is_output(path, folder, out)


def is_output(path: Path, folder: Path, out: Path) -> bool:
    """Whether `path` lies where a build of `folder` writes: in an output folder that is `folder` or lies in it."""
    return not leads_out(out, folder) and not leads_out(path, out)


def folders(path: Path) -> Iterator[Path]:
    """`path`, if it is a folder, and every folder below it in which `inputs` looks."""
    yield from (folder for folder, _ in _walk(path))


def files(path: Path) -> Iterator[Path]:
    """Every file at or below `path`."""
    if not os.path.isdir(path):
        yield path
        return
    for folder, names in _walk(path):
        yield from (Path(folder, name) for name in sorted(names))


def _walk(path: Path) -> Iterator[tuple[Path, list[str]]]:
    """Every folder at or below `path` with its files, hidden folders left out. A link to another folder in it gives the
    files of that, and no folder of that, so that links to each other have an end."""
    for folder, inner, names in os.walk(path, followlinks=True):
        linked = folder != str(path) and os.path.islink(folder)
        open_to = [name for name in inner if not name.startswith(".") and not leads_out(Path(folder, name), path)]
        inner[:] = [] if linked else sorted(open_to)
        yield Path(folder), names


def _digest(path: Path) -> str:
    """ "" for what cannot be read: the build itself says what is wrong with it."""
    try:
        return sha256(read_file(path)).hexdigest()
    except OSError:
        return ""
