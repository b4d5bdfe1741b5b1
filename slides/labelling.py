"""Labelling: takes a package that was written with signs for the labels of the report's pages, puts the labels in."""

from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import escape

from slides.fingerprint import root
from slides.labels import ROOM, SIGN
from slides.oxml import name, to_bytes


def label(package: Any, labels: Mapping[str, str]) -> None:
    """Put `labels` in, by the addresses that lead to their pages ("" if there is none).

    Where there is no label, or none that fits, nothing leads to the report.
    """
    for part in list(package.iter_parts()):
        for rel in list(part.rels.values()):
            if rel.is_external and rel.target_ref in labels:
                known = labels[rel.target_ref]
                if 0 < len(known) <= len(ROOM):
                    part.blob = part.blob.replace(SIGN.encode(), escape(known).encode())
                else:
                    _take_out(part, rel.rId)


def _take_out(part: Any, id: str) -> None:
    """Take the words out that lead somewhere by the relationship `id`."""
    content = root(part)
    for link in list(content.iter(name("a:hlinkClick"))):
        if link.get(name("r:id")) == id:
            run = link.getparent().getparent()
            run.getparent().remove(run)
    part.rels.pop(id)
    part.blob = to_bytes(content)
