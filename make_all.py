"""Diptych: one folder of section data, two documents that cannot disagree. This file is the table of contents.

    load -> check -> draw the charts -> write the report -> write the slides -> read both back -> publish

Exit status: 0 done, 1 findings that stop the build, 2 wrong usage, 130 Ctrl-C.
"""

# ruff: noqa: PLC0415 (a stage's libraries are imported when its turn comes: what is up to date waits for none)

from __future__ import annotations

import argparse
import gc
import os
import sys
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

from data.building import manifest
from data.building.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Future

    from charts import Framed
    from charts.cache import Charts
    from data.building.beside import Processes
    from data.building.serve import Address
    from data.findings import Finding
    from data.model import Briefing
    from data.trust.gate import Seen
    from data.trust.ledger import Printed
    from data.words import Words
    from report.result import Report
    from slides.earlier import Earlier
    from slides.result import Deck

HOME = Path(__file__).resolve().parent
SHIPPED = HOME / "data" / "briefing"
STARTER = HOME / "data" / "starter"
DIED = "A process of this build has died, as when memory runs out"


def main(argv: Sequence[str]) -> int:
    progress = Progress()
    try:
        if argv and argv[0] == "new":
            return new(argv[1:])
        options = _options(argv)
        if options.check:
            return conclude(read(options, progress)[1], options, progress)
        if not (options.watch or options.serve):
            return once(options, progress)
        with suppress(KeyboardInterrupt):  # which is how it ends
            return watch(options, progress)
        progress.end("Stopped.")
        return 0
    except KeyboardInterrupt:
        progress.end("Stopped.")
        return 130


def once(options: argparse.Namespace, progress: Progress) -> int:
    if up_to_date(options, progress):
        return 0
    from concurrent.futures.process import BrokenProcessPool

    from data.building.beside import beside

    try:
        with beside(lasting=False) as processes:
            return build(options, progress, processes)
    except BrokenProcessPool:
        progress.end(f"{DIED}; build again, with less beside it.\nNothing was written.")
        return 1


def watch(options: argparse.Namespace, progress: Progress) -> int:
    """Build now, and again whenever what it is made from changes, in processes that stay warm, until Ctrl-C; --serve
    shows it. Changes are told by absolute paths."""
    from concurrent.futures.process import BrokenProcessPool
    from contextlib import ExitStack
    from time import perf_counter
    from traceback import print_exc

    from data.building.beside import beside
    from data.building.watch import changes

    roots = [path.absolute() for path in (options.folder, options.since, options.template) if path]

    def counts(path: Path) -> bool:
        return path in roots[1:] or any(manifest.is_input(path, root, options.out) for root in roots)

    with ExitStack() as held:
        warm = held.enter_context(ExitStack())
        processes = warm.enter_context(beside(lasting=True))
        server = None
        if options.serve:
            from data.building.serve import serving

            try:
                server = held.enter_context(serving(options.serve))
            except OSError as error:
                progress.end(f"{options.serve} cannot be served: {error.strerror}. --serve 0 takes any free port.")
                return 1
            progress.end(f"http://{server.where}/ shows the report and the slides.")
        for _ in changes(roots, counts):
            begin, built = perf_counter(), False
            progress.told.clear()
            try:
                with server.quiet if server else ExitStack():
                    built = not up_to_date(options, progress)
                    stopped = built and build(options, progress, processes)
                options.fresh = bool(options.fresh and stopped)
            except BrokenProcessPool:
                progress.end(f"{DIED}; others take the next.")
                warm.close()
                processes = warm.enter_context(beside(lasting=True))
                stopped = 1
            except Exception:
                print_exc()
                stopped = 1
            took = f"{perf_counter() - begin:.2f} s"
            if server:
                from slides.preview import preview

                done = f"Built in {took}." if built else "Up to date."
                message = "Not built: these are the last good ones." if stopped else done
                server.show(message, progress.told, options.out, preview)
            progress.end(f"{took}. Watching {options.folder}; Ctrl-C ends it.")
            if progress.unheard:
                break
            gc.collect()
            if built and not gc.get_freeze_count():
                gc.freeze()  # what was imported stays; looking through it again takes a tenth of a second
    return 0


def up_to_date(options: argparse.Namespace, progress: Progress) -> bool:
    """Whether the outputs are those that a build would make; if they are, the changes and findings that it would tell
    are told."""
    last = manifest.read(options.out)
    reasons = manifest.why(last, _made_from(options), options.out)
    if reasons or last is None or options.fresh:
        for line in manifest.grouped(reasons) if options.why else ():
            progress.end(line)
        return False
    if last["changes"]:
        progress.end("\n".join(last["changes"].values()))
    progress.lines(last["findings"].items(), options.folder)
    progress.end(f"Up to date: {options.out}")
    return True


def build(options: argparse.Namespace, progress: Progress, processes: Processes) -> int:
    """One build, when no other has the output folder."""
    prepare(options, processes)
    from data.building.publish import claimed

    with claimed(options.out, lambda: progress.step("Waiting for", f"another build into {options.out}")) as blocked:
        return conclude(blocked, options, progress) if blocked else press(options, progress, processes)


def press(options: argparse.Namespace, progress: Progress, processes: Processes) -> int:
    from time import monotonic

    from data.building import pace
    from data.building.cache import NAME, Cache
    from data.building.noticed import older
    from data.building.publish import publish
    from slides.earlier import earlier, is_aside

    made_from, last = _made_from(options), manifest.read(options.out)
    old, passing = (None, []) if options.only in ("report", "charts") else earlier(options.out, last)
    if options.fresh:
        old = None
    briefing, findings = read(options, progress)
    if stops(findings, strict=options.strict) or briefing is None:
        return conclude(findings, options, progress)
    from charts.cache import Charts

    begin, sections = monotonic(), len(briefing.sections)
    kind = f"{options.only or 'all'}, {'again' if last else 'first'}"
    seconds = pace.guess(options.out / NAME, kind, sections)
    progress.step("Writing", options.only or "the charts, the report and the slides", seconds)
    cache = Cache(options.out / NAME)
    charts = Charts(briefing.theme, briefing.language, cache, manifest.version(made_from))
    outputs, written, pages = write(briefing, options.only, charts, manifest.pages(last), processes, old)
    findings += (in_place(finding, options.out) for finding in written)
    others = manifest.others(last, outputs, options.out)
    kept, obsolete = (others, {}) if options.only else ({}, others)
    findings += older(kept, last, made_from, briefing.page, options.out)

    if not stops([*findings, *passing], strict=options.strict):
        progress.step("Publishing", str(options.out))
        ours = {name: content for name, content in outputs.items() if not is_aside(name)}
        found = {str(finding): finding.severity for finding in findings}
        changes = briefing.changes.lines if briefing.changes else ()
        outputs[manifest.NAME] = manifest.written(made_from, briefing.page, ours, found, changes, pages, kept, last)
        findings += publish(outputs, options.out, obsolete)
        pace.note(options.out / NAME, kind, sections, monotonic() - begin)
        cache.trim()
    return conclude([*findings, *passing], options, progress)


def write(
    briefing: Briefing,
    only: str | None,
    charts: Charts,
    pages: dict[str, str],
    processes: Processes,
    earlier: Earlier | None,
) -> tuple[dict[str, bytes], list[Finding], dict[str, str]]:
    """The outputs, findings, and the page of each exhibit in the report."""
    outputs, typed, deck, seen = make(briefing, only, charts, pages, processes, earlier)
    findings: list[Finding] = []
    printed: list[Printed] = []
    answered: list[Printed] = []
    if briefing.changes:
        outputs["changes.csv"] = briefing.changes.csv
    if typed:
        outputs["briefing.pdf"] = typed.pdf
        findings += typed.findings
        printed += typed.printed
        answered += typed.printed
    if deck:
        outputs["briefing.pptx"] = deck.pptx
        findings += deck.findings
        printed += deck.printed
        answered += deck.answered
        if deck.refused and earlier and not earlier.untouched:
            findings.append(earlier.set_aside(deck.refused))
            outputs[earlier.aside] = earlier.content
    if printed:
        from data.trust import gate, ledger

        outputs[ledger.NAME] = ledger.to_csv(printed)
        findings += gate.check(answered, seen)
    return outputs, findings, typed.pages if typed else pages


def make(
    briefing: Briefing,
    only: str | None,
    charts: Charts,
    pages: dict[str, str],
    processes: Processes,
    earlier: Earlier | None,
) -> tuple[dict[str, bytes], Report | None, Deck | None, list[Seen]]:
    """Every chart as files, the report, the deck, and the numerals that a stranger sees in both.

    One process draws the charts, one sets the report and reads it back, and this one makes the slides, which name pages
    of the report and so are ready last. `pages` are those of the last build's report, for slides alone.
    """
    from dataclasses import replace

    import report
    from charts.cache import apart
    from data.building.beside import after

    framed, words, language = list(report.charts(briefing)), briefing.words, briefing.language
    drawing = processes.charts.submit(draw_for_paper, charts, framed)
    setting = reading = exporting = deck = None
    seen: list[Seen] = []

    def export() -> Future[dict[str, bytes]]:
        return processes.charts.submit(export_charts, charts, framed)

    def labels() -> dict[str, str]:
        """Asked for when the slides have all their pictures, so that the process that draws has time for the rest."""
        nonlocal exporting
        exporting = export() if only is None else None
        return setting.result().pages if setting else pages

    if only in (None, "report"):
        setting = after(drawing, lambda: processes.report.submit(write_report, briefing, charts, processes.lasting))
        reading = after(drawing, lambda: processes.report.submit(read_report, words, language, processes.lasting))
    if only in (None, "slides"):
        import slides.deck
        from data.trust import gate
        from slides import readback

        drawn = apart(replace(charts, theme=slides.theme(briefing)), processes.charts)
        old = earlier.content if earlier else None
        deck = slides.build(briefing, drawn.slide, drawn.pictures, labels if setting or pages else None, previous=old)
        read = readback.read(deck.pptx, briefing.theme.fonts, deck.unread)
        ours = (passage for passage in read if deck.answers(passage.pieces[0].page, passage.channel))
        seen += gate.seen(ours, briefing.language)
    if only == "charts":
        exporting = export()
    if setting and reading:
        setting.result()  # what went wrong there goes before what there is to read
        seen += reading.result()
    return exporting.result() if exporting else {}, setting.result() if setting else None, deck, seen


def in_place(finding: Finding, out: Path) -> Finding:
    """A finding about a finished document names the file in the output folder."""
    from dataclasses import replace

    from data.trust.ledger import FILES

    place = finding.place
    if place.file not in FILES.values():
        return finding
    return replace(finding, place=replace(place, file=str((out / place.file).absolute())))


# --- what other processes do -----------------------------------------------------------------------------------------


def prepare(options: argparse.Namespace, processes: Processes) -> None:
    """Let them import what they draw and set with, which takes longer than anything else in a small build."""
    if options.watch or options.serve or manifest.draws(manifest.read(options.out), _made_from(options)):
        processes.charts.submit(prepare_charts)
    if options.only in (None, "report"):
        processes.report.submit(prepare_report)


def prepare_charts() -> None:
    from charts import draw, png  # noqa: F401


def prepare_report() -> None:
    import report.readback
    import report.write  # noqa: F401


def draw_for_paper(charts: Charts, framed: list[Framed]) -> None:
    """Into the cache, from which the report takes them."""
    for chart in framed:
        charts.paper(*chart)


def write_report(briefing: Briefing, charts: Charts, lasting: bool) -> Report:
    import report
    from report.memory import LAST

    typed = report.typeset(briefing, charts.paper, LAST if lasting else None)
    LAST.pdf = typed.pdf
    return typed


def read_report(words: Words, language: str, lasting: bool) -> list[Seen]:
    """What a stranger sees in the report that this process has just set."""
    from data.trust import gate
    from report import readback
    from report.memory import LAST

    read = readback.again if lasting else readback.read
    return gate.seen(read(LAST.pdf, words), language)


def export_charts(charts: Charts, framed: list[Framed]) -> dict[str, bytes]:
    from charts.export import export

    return export(charts, framed)


# --- its parts ------------------------------------------------------------------------------------------------------


def read(options: argparse.Namespace, progress: Progress) -> tuple[Briefing | None, list[Finding]]:
    """Load the folder, compare it with an earlier edition if one is named, and check what was loaded."""
    from dataclasses import replace

    from data.building.noticed import unnoticed
    from data.check import check
    from data.load import load, templated

    progress.step("Reading", str(options.folder))
    briefing, findings = load(options.folder, compared=bool(options.since))
    findings += unnoticed(briefing, options.folder, options.out) if briefing else []
    if briefing and options.page:
        briefing = replace(briefing, page=options.page)
    if briefing and options.template:
        briefing, found = templated(briefing, options.template)
        findings += found
    if briefing and briefing.template and options.only in (None, "slides"):
        import slides

        findings += slides.check(briefing)
    if briefing and options.since:
        from data.trust.since import since

        progress.step("Comparing with", str(options.since))
        log, found = since(options.since, briefing, None if options.check else options.out)
        findings += found
        if log:
            notice = log.notice()
            briefing = replace(briefing, changes=notice, sources={**briefing.sources, **log.sources})
            progress.end("\n".join(notice.lines))
    return briefing, findings + (check(briefing) if briefing else [])


def _made_from(options: argparse.Namespace) -> manifest.Tables:
    mute = ("folder", "out", "check", "why", "fresh", "watch", "serve")
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


def _address(text: str) -> Address:
    from data.building.serve import address

    return address(text)


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
    parser.add_argument("--template", type=Path, metavar="FILE", help="make the deck on this .pptx or .potx")
    parser.add_argument("--since", type=Path, metavar="OLD", help="an earlier folder, PDF or deck: tell what changed")
    parser.add_argument("--check", action="store_true", help="read and check the folder, write nothing")
    parser.add_argument(
        "--serve",
        nargs="?",
        type=_address,
        const="127.0.0.1:8000",
        metavar="HOST:PORT",
        help="--watch, and show both documents in a browser on this machine; default: %(const)s",
    )
    parser.add_argument("--watch", action="store_true", help="build again whenever what it is made from changes")
    parser.add_argument("--why", action="store_true", help="say what has changed since the last build")
    parser.add_argument("--fresh", action="store_true", help="make the deck anew, without what people changed in it")
    parser.add_argument("--strict", action="store_true", help="warnings stop the build too")
    options = parser.parse_args(argv)
    if options.check and (options.watch or options.serve):
        parser.error("--check looks once and ends: it goes with neither --watch nor --serve")
    return options


if __name__ == "__main__":
    gc.set_threshold(500_000)  # looking for garbage more often takes an eighth of a build and finds next to none
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # the name of a file need not be Unicode
    status = main(sys.argv[1:])
    for stream in filter(None, (sys.stdout, sys.stderr)):
        with suppress(OSError):
            stream.flush()
    os._exit(status)  # giving back every object one by one takes a twelfth of a build
