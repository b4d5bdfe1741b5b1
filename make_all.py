"""Diptych: one folder of section data, two documents that cannot disagree. This file is the table of contents.

    load -> check -> draw the charts -> write the report -> write the slides -> publish

Exit status: 0 done, 1 findings that stop the build, 2 wrong usage.
"""

import argparse
import shutil
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from data.findings import Finding
from data.model import Briefing
from data.progress import Progress

HOME = Path(__file__).resolve().parent
SHIPPED = HOME / "data" / "briefing"
STARTER = HOME / "data" / "starter"


def main(argv: Sequence[str]) -> int:
    if argv and argv[0] == "new":
        return new(argv[1:])
    options = _options(argv)
    progress = Progress()

    progress.step("Reading", str(options.folder))
    briefing, findings = read(options.folder)
    if briefing and options.page:
        briefing = replace(briefing, page=options.page)
    if options.check or stops(findings, strict=options.strict) or briefing is None:
        return conclude(findings, options, progress)

    outputs: dict[str, bytes] = {}
    if options.only in (None, "charts"):
        from charts.export import export  # noqa: PLC0415  # a build without charts need not wait for their library

        progress.step("Drawing", "the charts")
        outputs |= export(briefing)
    if options.only in (None, "report"):
        import report  # noqa: PLC0415  # as above

        progress.step("Writing", "the report")
        outputs["briefing.pdf"], more = report.write(briefing)
        findings += more
    if options.only in (None, "slides"):
        import slides  # noqa: PLC0415  # as above

        progress.step("Writing", "the slides")
        outputs["briefing.pptx"], more = slides.write(briefing)
        findings += more

    if not stops(findings, strict=options.strict):
        from data.publish import publish  # noqa: PLC0415

        progress.step("Publishing", str(options.out))
        findings += publish(outputs, options.out)
    return conclude(findings, options, progress)


def read(folder: Path) -> tuple[Briefing | None, list[Finding]]:
    """Load the folder and check what was loaded."""
    from data.check import check  # noqa: PLC0415  # the model's library is not needed to print the usage
    from data.load import load  # noqa: PLC0415

    briefing, findings = load(folder)
    return briefing, findings + (check(briefing) if briefing else [])


def stops(findings: Sequence[Finding], *, strict: bool) -> bool:
    return any(finding.severity == "error" or strict for finding in findings)


def conclude(findings: Sequence[Finding], options: argparse.Namespace, progress: Progress) -> int:
    progress.findings(findings, options.folder)
    stopped = stops(findings, strict=options.strict)
    progress.end("Nothing was written." if stopped else "No errors." if options.check else f"Done: {options.out}")
    return 1 if stopped else 0


def new(argv: Sequence[str]) -> int:
    """Write a small commented briefing to start from."""
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
    parser.add_argument("--check", action="store_true", help="read and check the folder, write nothing")
    parser.add_argument("--strict", action="store_true", help="warnings stop the build too")
    return parser.parse_args(argv)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
