"""The folder: takes where a briefing lies, returns its YAML files checked, its CSV files as rows, and findings.

Each file is read and checked on its own. Nothing outside the folder is ever opened, by `..` or by a link.
"""

# ruff: noqa: PTH110, PTH112 (no file has a name that is too long: os.path says so, pathlib raises)

import re
from collections.abc import Mapping
from dataclasses import dataclass
from os.path import exists, isdir
from pathlib import Path
from typing import Generic
from unicodedata import normalize

from data.csvfile import CsvFile, read_csv
from data.findings import Finding
from data.findings.entries import BadField
from data.findings.files import FileMissing, FileUnreadable, SeriesUnreadable, TemplateMissing
from data.findings.references import UnknownSection
from data.findings.soundness import MisnamedSection, UnlistedSection
from data.model import DataFile, DeckTemplate, Place
from data.paths import leads_out, read_file
from data.schema import BriefingFile, SectionFile, SeriesFile, SourcesFile, ValuesFile
from data.validate import Model, validate
from data.yamlfile import Document, read_yaml

_SECTION_FILE = re.compile(r"(?:[0-9]+-)?([a-z][a-z0-9-]*)\.yaml")


@dataclass(frozen=True)
class Checked(Generic[Model]):
    """One YAML file: what it says and where, and that as a model; None where it is missing or cannot be one."""

    document: Document
    entry: Model | None

    @property
    def names(self) -> frozenset[str]:
        """The names that it declares, also where what is below them cannot be read: one fault, one finding."""
        return frozenset(self.document.data) if isinstance(self.document.data, dict) else frozenset()


@dataclass(frozen=True)
class Entries:
    """The YAML files of a briefing; its `sections` by their names, in their order."""

    head: Checked[BriefingFile]
    sources: Checked[SourcesFile]
    values: Checked[ValuesFile]
    series: Checked[SeriesFile]
    sections: Mapping[str, Checked[SectionFile]]


class Folder:
    """Reads the files of one folder. `files` are those that could be opened, which both documents carry with them."""

    def __init__(self, path: Path, findings: list[Finding]) -> None:
        self.files: list[DataFile] = []
        self._path = path
        self._findings = findings

    def is_there(self) -> bool:
        """Whether there is such a folder; that there is none is a finding."""
        if isdir(self._path):
            return True
        missing = Place(str(self._path.absolute()))
        self._findings.append(FileMissing(missing, "a briefing is a folder of YAML and CSV files"))
        return False

    def entries(self) -> Entries:
        head = self._yaml("briefing.yaml", BriefingFile, "it names the title, the edition and the issuer")
        return Entries(
            head,
            self._yaml("sources.yaml", SourcesFile, "it lists the sources"),
            self._yaml("values.yaml", ValuesFile),
            self._yaml("series.yaml", SeriesFile),
            {
                id: self._yaml(name, SectionFile, "its name is a link that leads nowhere")
                for id, name in self._sections(head).items()
            },
        )

    def csv(self, name: str, title: str, place: Place) -> tuple[CsvFile, bool]:
        """The rows of a CSV file that is named at `place`, and whether none was lost in reading it."""
        content = self._bytes(name, place, SeriesUnreadable)
        if content is None:
            return CsvFile(name, (), ()), False
        self.files.append(DataFile(name, title, content))
        csv, findings = read_csv(name, content)
        self._findings += findings
        return csv, not findings

    def template(self, name: str, place: Place) -> DeckTemplate | None:
        """The deck's template that is named at `place`, or None where it cannot be opened."""
        content = self._bytes(name, place, TemplateMissing)
        return None if content is None else DeckTemplate(place, name, content)

    def _sections(self, head: Checked[BriefingFile]) -> dict[str, str]:
        """The files of the sections by their names, in the order that the briefing gives."""
        folder = self._path / "sections"
        files: dict[str, str] = {}
        for path in sorted(folder.iterdir()) if folder.is_dir() else []:
            match, name = _SECTION_FILE.fullmatch(path.name), f"sections/{path.name}"
            if match and files.setdefault(match.group(1), name) != name:
                problem = f"the section is {match.group(1)!r}, as is {files[match.group(1)]}; give one another name"
                self._findings.append(BadField(Place(name), "the file's name", problem))
            if not match and path.suffix.lower() in (".yaml", ".yml") and not path.name.startswith("."):
                self._findings.append(MisnamedSection(Place(name)))
        if not files:
            self._findings.append(FileMissing(Place("sections"), "it holds one file a section, such as 01-first.yaml"))
        if head.entry is None or head.entry.sections is None:
            return files
        order = head.entry.sections
        for index, id in enumerate(order):
            if id not in files:
                self._findings.append(UnknownSection(head.document.place(("sections", index)), id, tuple(files)))
        self._findings += (UnlistedSection(Place(name), id) for id, name in files.items() if id not in order)
        return {id: files[id] for id in order if id in files}

    def _yaml(self, name: str, model: type[Model], needed: str = "") -> Checked[Model]:
        """The file `name`; where there is none, that is a finding if it is `needed`, for what it says."""
        if not exists(self._path / name):
            if needed:
                self._findings.append(FileMissing(Place(name), needed))
            return Checked(Document(name), None)
        content = self._bytes(name, Place(name), FileUnreadable)
        if content is None:
            return Checked(Document(name), None)
        document, findings = read_yaml(name, content)
        self._findings += findings
        self.files.append(DataFile(name, (model.__doc__ or "").partition("\n")[0], content))
        if document.data is None and findings:
            return Checked(document, None)
        entry, problems = validate(document, model)
        self._findings += problems
        return Checked(document, entry)

    def _bytes(self, name: str, place: Place, unread: type[FileUnreadable]) -> bytes | None:
        """What the file `name` holds, or None and the finding `unread` at `place`."""
        path = self._path / name
        if not exists(path):  # some machines write an accent in the name of a file as a character of its own
            path = self._path / normalize("NFD", name)
        if leads_out(path, self._path):
            problem = f"{name} leads outside the briefing's folder"
        else:
            try:
                return read_file(path)
            except OSError as error:
                problem = f"{name}: {error.strerror or 'it cannot be opened'}"
        self._findings.append(unread(place, problem))
        return None
