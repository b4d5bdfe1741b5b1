"""Reading YAML: takes a file's text, returns plain objects, where each stands, and findings; never raises.

Built on the parser's events instead of its constructors, for three reasons: every key and value keeps its line;
duplicate keys, anchors, aliases and tags are seen before they can do harm (an alias bomb never unfolds); and scalars
are read by the YAML 1.2 core schema (yaml.org/spec/1.2.2, 10.3), where `no` is a word, with a finding wherever YAML 1.1
would differ.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

import yaml

from data.findings import Finding
from data.findings.files import AmbiguousScalar, DuplicateKey, YamlFeature, YamlSyntax
from data.model import Place
from data.textfile import CONTROL, decoded

Path = tuple[str | int, ...]
PlaceOf = Callable[..., Place]
"""The place of a path of keys below some other: place("annotate", 0, "text")."""

MAX_DEPTH = 24
"""Deeper nesting than any briefing has; a bound, so that no file can exhaust the stack."""

_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9_]*)")
_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9_]*)\.[0-9]+")
_CONSTANTS: dict[str, object] = {"": None, "~": None, "null": None, "true": True, "false": False}
_OPENED = re.compile("quoted|flow")
"""What libyaml calls a text in quotes, and a list or names in brackets."""
_SURPRISES = (
    (re.compile(r"y|yes|n|no|on|off", re.IGNORECASE), "yes or no"),
    (re.compile(r"[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9]*)?"), "a number to the base 60"),
    (re.compile(r"[-+]?0[0-9_]+"), "an octal number"),
    (re.compile(r"[-+]?0[xob][0-9a-f_]+", re.IGNORECASE), "a number to another base"),
    (re.compile(r"[-+]?\.(inf|nan)", re.IGNORECASE), "no finite number"),
    (re.compile(r"[-+]?[0-9][0-9_]*(\.[0-9]*)?e[-+]?[0-9]+", re.IGNORECASE), "a number with an exponent"),
)


@dataclass
class Document:
    """What one file says. `data` is made of dict, list, str, int, Decimal, bool and None; `values` and `keys` give the
    place of each value and each key by its path. For a block text (`|`) the place is its first line of text."""

    file: str
    data: object = None
    values: dict[Path, Place] = field(default_factory=dict)
    keys: dict[Path, Place] = field(default_factory=dict)

    def place(self, path: Path) -> Place:
        """The nearest known place at or above `path`."""
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, Place(self.file, 1))

    def key(self, path: Path) -> Place:
        return self.keys.get(path) or self.place(path)

    def below(self, *above: str | int) -> PlaceOf:
        """The places of the paths below `above`."""
        return lambda *path: self.place((*above, *path))


def read_yaml(file: str, content: bytes) -> tuple[Document, list[Finding]]:
    """Read `content` of `file` (its name in the briefing). On a syntax error `data` holds nothing."""
    document = Document(file)
    findings: list[Finding] = []
    text, unread = decoded(file, content)
    if unread:
        return document, unread
    builder = _Builder(document, findings)
    try:
        builder.build(yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
    except yaml.MarkedYAMLError as error:
        mark, problem = error.problem_mark or error.context_mark, str(error.problem or error.context)
        opened = error.context_mark if _OPENED.search(str(error.context)) else None
        if mark and opened and opened.line < mark.line:
            mark, problem = opened, "what is opened here is never closed"
        place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file, 1)
        lines = text.split("\n")
        around = "\n".join(lines[max(0, place.line - 2) : place.line])
        findings.append(YamlSyntax(place, problem, around))
        document.data = None
    except yaml.YAMLError as error:
        findings.append(YamlSyntax(Place(file, 1), " ".join(str(error).split())))
        document.data = None
    except _TooDeepError as error:
        findings.append(YamlFeature(error.place, f"nesting deeper than {MAX_DEPTH} levels"))
        document.data = None
    return document, findings


class _TooDeepError(Exception):
    def __init__(self, place: Place) -> None:
        self.place = place


class _Builder:
    """Folds the event stream into plain objects, noting places and findings on the way."""

    def __init__(self, document: Document, findings: list[Finding]) -> None:
        self.document = document
        self.findings = findings

    def build(self, events: Iterator[yaml.Event]) -> None:
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.findings.append(YamlFeature(self._place(event), "second document (---)"))
                    return
            elif isinstance(event, yaml.NodeEvent):
                self.document.data = self._node(event, events, ())

    def _place(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        assert mark is not None  # the parser always gives one
        return Place(self.document.file, mark.line + 1, mark.column + 1)

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event], path: Path) -> object:
        place = self._place(event)
        if len(path) > MAX_DEPTH:
            raise _TooDeepError(place)
        if isinstance(event, yaml.ScalarEvent) and event.style in ("|", ">"):
            place = Place(place.file, place.line + 1)
        self.document.values[path] = place
        if isinstance(event, yaml.AliasEvent):
            self.findings.append(YamlFeature(place, f"aliases (*{event.anchor})"))
            return None
        assert isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent)
        if event.anchor is not None:
            self.findings.append(YamlFeature(place, f"anchors (&{event.anchor})"))
        if event.tag is not None:
            self.findings.append(YamlFeature(place, f"tags ({event.tag})"))
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(events, path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, path)
        assert isinstance(event, yaml.ScalarEvent)
        return self._scalar(event, place)

    def _mapping(self, events: Iterator[yaml.Event], path: Path) -> dict[str, object]:
        result: dict[str, object] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            place = self._place(event)
            if isinstance(event, yaml.ScalarEvent):
                key = self._printable(event.value, place)
            else:
                self.findings.append(YamlFeature(place, "keys that are no words, such as {{ name }} without quotes"))
                self._node(event, events, (*path, "?"))
                key = "?"
            here = (*path, key)
            value = self._node(next(events), events, here)
            if key in result:
                self.findings.append(DuplicateKey(place, key, self.document.keys[here].line))
                continue
            self.document.keys[here] = place
            result[key] = value
        return result

    def _sequence(self, events: Iterator[yaml.Event], path: Path) -> list[object]:
        result: list[object] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            result.append(self._node(event, events, (*path, len(result))))
        return result

    def _printable(self, text: str, place: Place) -> str:
        if CONTROL.search(text):
            self.findings.append(YamlFeature(place, "escapes for control characters"))
        return CONTROL.sub("", text)

    def _scalar(self, event: yaml.ScalarEvent, place: Place) -> object:
        text = self._printable(event.value, place)
        if event.style in ("'", '"', "|", ">"):
            return text
        if text.lower() in _CONSTANTS:
            return _CONSTANTS[text.lower()]
        if _INTEGER.fullmatch(text) and len(text) <= 40:
            return int(text.replace("_", ""))
        if _DECIMAL.fullmatch(text) and len(text) <= 40:
            return Decimal(text.replace("_", ""))
        for pattern, reading in _SURPRISES:
            if pattern.fullmatch(text):
                self.findings.append(AmbiguousScalar(place, text, reading))
        return text
