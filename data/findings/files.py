"""Findings of the files: a file that cannot be read, or is no plain YAML or CSV."""

import re
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


_PASTED = re.compile(r"^[ -]*[\u00a0\u2007\u202f\u3000]|:[\u00a0\u2007\u202f\u3000]", re.MULTILINE)
_QUOTED_AHEAD = re.compile(r"""(?:[-:,]\s+|[\[{]\s*)(["'])(?:(?!\1).)*\1 *[^\s,\]}#:'"].*\Z""")


@dataclass(frozen=True)
class YamlSyntax(Finding):
    """`line`: the line that it is about, and the one above."""

    code = "yaml-syntax"
    problem: str
    sentence = "This is not valid YAML: {problem}."
    line: str = ""

    @property
    def hint(self) -> str:
        if "\t" in self.line:
            return "There is a tab in this line: YAML wants spaces."
        if _PASTED.search(self.line):
            return (
                "There is a no-break space before or after a key, as other programs set it: type a plain space there."
            )
        if "cannot start" in self.problem:
            return "A text that begins with this character needs quotes around it."
        if "[#" in self.line:
            return "What begins with # is a remark: write '#0f4c5c' with its quotes."
        if _QUOTED_AHEAD.search(self.line):
            return (
                "A text that begins with a quotation mark ends at the next one: put quotes of the other kind around "
                "the whole, and write an apostrophe between '...' twice."
            )
        if "never closed" in self.problem:
            return "Close it with the same mark or bracket, or take it out."
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

    @property
    def hint(self) -> str:
        choice = "; a key that is on or off is true or false" if self.reading == "yes or no" else ""
        return f'Write "{self.text}" in quotes if it is text{choice}.'
