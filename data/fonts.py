"""Fonts: takes a family's package name, a weight and a slant, returns the file of the installed font package."""

from pathlib import Path

import fontpkg


def font_file(family: str, weight: int = 400, *, italic: bool = False) -> Path:
    """The file of `family` ("ibm-plex-serif"); a variable font has one file for all weights of a slant."""
    return Path(fontpkg.path(family, weight=weight, style="italic" if italic else "normal"))
