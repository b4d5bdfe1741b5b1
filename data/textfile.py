"""Text files: takes a file's bytes, returns its text, or a finding that it is none; never raises."""

import re
from unicodedata import normalize

from data.findings import Finding
from data.findings.files import FileUnreadable
from data.model import Place

CONTROL = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x84\\x86-\\x9f\\ufffe\\uffff]")
"""Characters that neither XML 1.0 (2.2) nor a printed page has a place for."""
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
"""Soft hyphens, spaces and joiners of no width, and byte-order marks within: nobody sees them, and a name that is
pasted with one would be another name."""


def decoded(file: str, content: bytes) -> tuple[str, list[Finding]]:
    """The text of a file, or a finding if it is none. Words that look alike are alike in it: a letter and its accent,
    which some keyboards make two characters, are one."""
    try:
        return _UNSEEN.sub("", normalize("NFC", content.decode("utf-8-sig"))), []
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        known = ", which spreadsheets save as CSV UTF-8" if file.endswith(".csv") else ""
        return "", [FileUnreadable(Place(file, line), f"it is not UTF-8 text{known}")]
