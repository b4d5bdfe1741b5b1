"""Tampering with finished files: takes the bytes of a PDF or a deck, returns others that say something else."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
from lxml import etree
from pikepdf import Array, ContentStreamInstruction, Name, Operator, String

from charts.drawing import Face
from charts.readback import texts

Edit = Callable[[str], str]


def instead(old: str, new: str) -> Edit:
    return lambda text: text.replace(old, new, 1)


class Pdf:
    """A PDF whose shown texts can be edited; page numbers count from 0."""

    def __init__(self, content: bytes) -> None:
        self.file = pikepdf.open(io.BytesIO(content))

    def save(self) -> bytes:
        stream = io.BytesIO()
        self.file.save(stream)
        return stream.getvalue()

    def edit(self, number: int, tags: str, old: str, change: Edit) -> None:
        """Edit the first shown text of a page that holds `old` in a content of a tag that matches `tags`."""
        done = False

        def once(text: str) -> str:
            nonlocal done
            if done or old not in text:
                return text
            done = True
            return change(text)

        self._rewrite(number, tags, once)
        assert done, f"page {number} shows no {old!r} in {tags}"

    def swap(self, number: int, tags: str, one: str, other: str) -> None:
        """Let two texts of a page change places, each wherever it stands."""
        found: set[str] = set()

        def exchanged(text: str) -> str:
            found.update(old for old in (one, other) if old in text)
            return text.replace(one, "\0").replace(other, one).replace("\0", other)

        self._rewrite(number, tags, exchanged)
        assert found == {one, other}, f"page {number} shows only {found}"

    def _rewrite(self, number: int, tags: str, change: Edit) -> None:
        page = self.file.pages[number]
        made: list[ContentStreamInstruction] = []
        tag, font = "", {}
        for instruction in pikepdf.parse_content_stream(page):
            operator, operands = str(instruction.operator), list(instruction.operands)
            new = instruction
            if operator in ("BDC", "BMC"):
                tag = str(operands[0])[1:]
            elif operator == "Tf":
                font = _characters(page.Resources.Font[operands[0]])
            elif operator in ("Tj", "TJ") and re.fullmatch(tags, tag):
                text = "".join(font[code] for code in _codes(operands[0]))
                if (changed := change(text)) != text:
                    new = _shown(changed, font)
            made.append(new)
        page.Contents = self.file.make_stream(pikepdf.unparse_content_stream(made))

    def add(self, number: int, text: str) -> None:
        """Paint `text` over a page, outside its structure, in a font of the page that has its characters."""
        page = self.file.pages[number]
        for name, entry in page.Resources.Font.items():
            font = _characters(entry)
            if set(text) <= set(font.values()):
                artifact = [([Name("/Artifact")], "BMC"), ([], "BT"), ([Name(name), 9], "Tf"), ([50, 300], "Td")]
                shown = [*artifact, (_shown(text, font).operands, "Tj"), ([], "ET"), ([], "EMC")]
                added = [ContentStreamInstruction(operands, Operator(operator)) for operands, operator in shown]
                content = [*pikepdf.parse_content_stream(page), *added]
                page.Contents = self.file.make_stream(pikepdf.unparse_content_stream(content))
                return
        raise AssertionError(f"no font of page {number} has all of {text!r}")

    def alternatives(self) -> list[pikepdf.Dictionary]:
        """The elements with an alternative text, in the order of the file's objects."""
        return [
            item
            for item in self.file.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == Name("/Figure") and "/Alt" in item
        ]


def _characters(font: pikepdf.Object) -> dict[int, str]:
    """A font's codes as characters, by its ToUnicode map."""
    pairs = re.findall(rb"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>\n", font.ToUnicode.read_bytes())
    return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in pairs}


def _codes(shown: pikepdf.Object) -> Iterator[int]:
    for item in shown if isinstance(shown, Array) else [shown]:
        if isinstance(item, String):
            content = bytes(item)
            yield from (int.from_bytes(content[at : at + 2], "big") for at in range(0, len(content), 2))


def _shown(text: str, font: dict[int, str]) -> ContentStreamInstruction:
    codes = {character: code for code, character in font.items()}
    content = b"".join(codes[character].to_bytes(2, "big") for character in text)
    return ContentStreamInstruction([String(content)], Operator("Tj"))


class Pptx:
    """A deck whose parts can be edited as text; slides count from 1."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            self.parts = {member: archive.read(member) for member in archive.namelist()}

    def save(self) -> bytes:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for member, content in self.parts.items():
                archive.writestr(member, content)
        return stream.getvalue()

    def edit(self, member: str, old: str, new: str, count: int = 1) -> None:
        text = self.parts[member].decode()
        assert old in text, f"{member} has no {old!r}"
        self.parts[member] = text.replace(old, new, count).encode()

    def swap(self, member: str, one: str, other: str) -> None:
        """Let two texts change places, each the first of its kind in the part."""
        self.edit(member, one, "\0")
        self.edit(member, other, one)
        self.edit(member, "\0", other)

    def pictures(self, slide: int) -> list[str]:
        """The parts that hold a slide's vector pictures."""
        links = self.parts[f"ppt/slides/_rels/slide{slide}.xml.rels"].decode()
        return [f"ppt/{target}" for target in re.findall(r'Target="\.\./(media/[^"]+\.svg)"', links)]

    def edit_words(self, member: str, faces: tuple[Face, ...], words: str, change: Callable[[Any], None]) -> None:
        """Hand the group of glyphs that shows `words` in a picture to `change`."""
        root = etree.fromstring(self.parts[member])
        groups = [group for group in root.iter("{*}g") if group.find("{*}use") is not None]
        shown = texts(self.parts[member], faces)
        assert len(groups) == len(shown)
        change(groups[shown.index(words)])
        self.parts[member] = etree.tostring(root)


def other_figures(group: Any) -> None:
    """Two of the group's glyphs change shapes."""
    link = "{http://www.w3.org/1999/xlink}href"
    one, other = group.findall("{*}use")[:2]
    assert one.get(link) != other.get(link)
    first = one.get(link)
    one.set(link, other.get(link))
    other.set(link, first)


def removed(group: Any) -> None:
    group.getparent().remove(group)
