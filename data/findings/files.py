"""Findings of the files: a file that cannot be read, or is no plain YAML or CSV."""

from dataclasses import dataclass

from data.findings import Finding


@dataclass(frozen=True)
class FileMissing(Finding):
    code = "file-missing"
    what: str
    sentence = "There is no {place.file} here; {what}."
    advice = "make_all.py new FOLDER writes a small briefing with every file in its place"


@dataclass(frozen=True)
class FileUnreadable(Finding):
    code = "file-unreadable"
    reason: str
    sentence = "The file cannot be read: {reason}."
    advice = "Save it as UTF-8 text inside the briefing's folder."


@dataclass(frozen=True)
class SeriesUnreadable(FileUnreadable):
    sentence = "The rows of this series cannot be read: {reason}."
    advice = "Save the file as UTF-8 text inside the briefing's folder, or take this entry out."


@dataclass(frozen=True)
class TemplateMissing(FileUnreadable):
    code = "template-missing"
    sentence = "The deck's template cannot be read: {reason}."
    advice = "It lies in the briefing's folder; one from elsewhere is named with --template FILE."


@dataclass(frozen=True)
class YamlSyntax(Finding):
    code = "yaml-syntax"
    problem: str
    sentence = "This is not valid YAML: {problem}."
    line: str = ""

    @property
    def hint(self) -> str:
        if "\t" in self.line:
            return "There is a tab in this line: YAML wants spaces."
        if "{{" in self.line:
            return "A text that begins with {{, or stands in a list in brackets, needs quotes around it."
        return "Check the indentation and quotes of this line and the one above; quote a text that holds ': ' or ' #'."


@dataclass(frozen=True)
class DuplicateKey(Finding):
    code = "duplicate-key"
    key: str
    first_line: int
    sentence = "{key!r} stands here a second time; the first is on line {first_line}."
    advice = "Keep one of the two."


@dataclass(frozen=True)
class YamlFeature(Finding):
    code = "yaml-feature"
    feature: str
    sentence = "A briefing does not use YAML's {feature}."
    advice = "Write the text out, or put it in quotes if it was meant as text."


@dataclass(frozen=True)
class AmbiguousScalar(Finding):
    code = "ambiguous-text"
    text: str
    reading: str
    sentence = "{text} without quotes is {reading} to some YAML readers and text to others."
    advice = 'Write "{text}" in quotes if it is text.'
