"""Diptych: one folder of section data, two documents that cannot disagree. This file is the table of contents.

    load -> check -> draw the charts -> write the report -> write the slides -> read both back -> publish

Exit status: 0 done, 1 findings that stop the build, 2 wrong usage.
"""

# ruff: noqa: PLC0415 (a stage's libraries are imported when its turn comes: what is up to date waits for none)

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from data import manifest
from data.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.findings import Finding
    from data.ledger import Printed
    from data.model import Briefing

HOME = Path(__file__).resolve().parent
SHIPPED = HOME / "data" / "briefing"
STARTER = HOME / "data" / "starter"


def main(argv: Sequence[str]) -> int:
    if argv and argv[0] == "new":
        return new(argv[1:])
    options = _options(argv)
    progress = Progress()
    if options.check:
        return conclude(read(options, progress)[1], options, progress)
    if up_to_date(options, progress):
        return 0

    from data.publish import claimed

    with claimed(options.out, lambda: progress.step("Waiting for", f"another build into {options.out}")) as blocked:
        return conclude(blocked, options, progress) if blocked else build(options, progress)


def up_to_date(options: argparse.Namespace, progress: Progress) -> bool:
    """Whether the outputs are those that a build would make; if they are, what it would print is printed."""
    last = manifest.read(options.out)
    reasons = manifest.why(last, _made_from(options), options.out)
    if reasons or last is None:
        for line in manifest.grouped(reasons) if options.why else ():
            print(line)
        return False
    for line in last["findings"].values():
        progress.finding(line, options.folder)
    progress.end(f"Up to date: {options.out}")
    return True


def build(options: argparse.Namespace, progress: Progress) -> int:
    """One build, with the output folder to itself."""
    made_from = _made_from(options)
    briefing, findings = read(options, progress)
    if stops(findings, strict=options.strict) or briefing is None:
        return conclude(findings, options, progress)

    outputs: dict[str, bytes] = {}
    printed: list[Printed] = []
    if briefing.changes:
        outputs["changes.csv"] = briefing.changes.csv
    if options.only in (None, "charts"):
        from charts.export import export

        progress.step("Drawing", "the charts")
        outputs |= export(briefing)
    if options.only in (None, "report"):
        import report

        progress.step("Writing", "the report")
        typeset = report.typeset(briefing)
        outputs["briefing.pdf"] = typeset.pdf
        findings += typeset.findings
        printed += typeset.printed
    if options.only in (None, "slides"):
        import slides

        progress.step("Writing", "the slides")
        deck = slides.build(briefing)
        outputs["briefing.pptx"] = deck.pptx
        findings += deck.findings
        printed += deck.printed
    if printed:
        progress.step("Reading back", "every number")
        findings += read_back(outputs, printed, briefing)

    if not stops(findings, strict=options.strict):
        from data.publish import publish

        progress.step("Publishing", str(options.out))
        others = manifest.others(manifest.read(options.out), outputs, options.out)
        kept, obsolete = (others, {}) if options.only else ({}, others)
        outputs[manifest.NAME] = manifest.written(made_from, outputs, findings, kept)
        findings += publish(outputs, options.out, obsolete)
    return conclude(findings, options, progress)


def read(options: argparse.Namespace, progress: Progress) -> tuple[Briefing | None, list[Finding]]:
    """Load the folder, compare it with an earlier edition if one is named, and check what was loaded."""
    from dataclasses import replace

    from data.check import check
    from data.load import load

    progress.step("Reading", str(options.folder))
    briefing, findings = load(options.folder)
    if briefing and options.page:
        briefing = replace(briefing, page=options.page)
    if briefing and options.since:
        from data.since import since

        progress.step("Comparing with", str(options.since))
        log, found = since(options.since, briefing, None if options.check else options.out)
        findings += found
        if log:
            briefing = replace(briefing, changes=log.notice())
            progress.end("\n".join(log.lines()))
    return briefing, findings + (check(briefing) if briefing else [])


def read_back(outputs: dict[str, bytes], printed: Sequence[Printed], briefing: Briefing) -> list[Finding]:
    """Add the ledger to the outputs, and hold the finished documents against it."""
    from data import gate, ledger

    passages: list[gate.Passage] = []
    if "briefing.pdf" in outputs:
        from report.readback import read as read_report

        passages += read_report(outputs["briefing.pdf"], briefing.words)
    if "briefing.pptx" in outputs:
        from slides.readback import read as read_deck

        passages += read_deck(outputs["briefing.pptx"], briefing.theme.fonts)
    outputs[ledger.NAME] = ledger.to_csv(printed)
    return gate.check(printed, passages, briefing.language)


def _made_from(options: argparse.Namespace) -> manifest.Tables:
    mute = ("folder", "out", "check", "why")
    chosen = {name: value for name, value in vars(options).items() if name not in mute}
    return manifest.describe(options.folder, options.out, chosen)


def stops(findings: Sequence[Finding], *, strict: bool) -> bool:
    grave = ("error", "warning") if strict else ("error",)
    return any(finding.severity in grave for finding in findings)


def conclude(findings: Sequence[Finding], options: argparse.Namespace, progress: Progress) -> int:
    progress.findings(findings, options.folder)
    stopped = stops(findings, strict=options.strict)
    progress.end("Nothing was written." if stopped else "No errors." if options.check else f"Done: {options.out}")
    return 1 if stopped else 0


def new(argv: Sequence[str]) -> int:
    """Write a small commented briefing to start from."""
    import shutil

    parser = argparse.ArgumentParser(prog="make_all.py new", description=new.__doc__)
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="a folder that does not exist yet")
    folder: Path = parser.parse_args(argv).folder
    try:
        shutil.copytree(STARTER, folder)
    except FileExistsError:
        print(f"{folder} exists already; nothing was written.", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{folder} cannot be written: {error.strerror}.", file=sys.stderr)
        return 1
    print(f"A small briefing stands in {folder}. Build it with: python make_all.py {folder}")
    return 0


def _options(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="make_all.py",
        description="Build a folder of section data into a printable PDF briefing and the deck that presents it.",
        epilog="make_all.py new FOLDER writes a small commented briefing to start from.",
    )
    parser.add_argument("folder", type=Path, nargs="?", default=SHIPPED, metavar="FOLDER", help="default: %(default)s")
    parser.add_argument("--out", type=Path, default=Path("build"), metavar="DIR", help="default: %(default)s")
    parser.add_argument("--only", choices=("report", "slides", "charts"), help="build one of the three")
    parser.add_argument("--page", choices=("a4", "letter"), help="the report's paper, whatever briefing.yaml says")
    parser.add_argument("--since", type=Path, metavar="OLD", help="an earlier folder, PDF or deck: tell what changed")
    parser.add_argument("--check", action="store_true", help="read and check the folder, write nothing")
    parser.add_argument("--why", action="store_true", help="say what has changed since the last build")
    parser.add_argument("--strict", action="store_true", help="warnings stop the build too")
    return parser.parse_args(argv)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
