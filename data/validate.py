"""Validating: takes a read document and a file model, returns the checked model and findings."""

from collections.abc import Iterable
from copy import deepcopy
from functools import reduce
from operator import getitem
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from data.fields import CSV_NAME, KEY
from data.findings import Finding
from data.findings.entries import BadDate, BadField, BadNumber, MissingKey, UnknownKey
from data.yamlfile import Document

Model = TypeVar("Model", bound=BaseModel)


def validate(document: Document, model: type[Model]) -> tuple[Model | None, list[Finding]]:
    """`document` as `model`, with one finding for each thing that is wrong, at the line of its key.

    Where no more is wrong than keys that are unknown, the model is that without them, so that what else is wrong with
    the briefing is found at once; otherwise it is None.
    """
    data = {} if document.data is None else document.data
    findings: list[Finding] = []
    while True:
        try:
            return model.model_validate(data), findings
        except ValidationError as error:
            details = error.errors(include_url=False)
        findings += [_finding(detail, document, model) for detail in details]
        paths = {_real_path(detail["loc"], document) for detail in details if detail["type"] == "extra_forbidden"}
        if len(paths) < len(details):  # else something is missing, or each kind of entry lacks the key
            return None, findings
        data = _without(data, paths)


def _without(data: Any, paths: Iterable[tuple[str | int, ...]]) -> Any:
    data = deepcopy(data)
    for *above, key in paths:
        del reduce(getitem, above, data)[key]
    return data


def _finding(detail: ErrorDetails, document: Document, model: type[BaseModel]) -> Finding:
    """A Pydantic error as a finding at the line of the key it is about."""
    path = _real_path(detail["loc"], document)
    key = str(detail["loc"][-1]) if detail["loc"] else ""
    place = document.place(path)
    named = next((part for part in reversed(path) if isinstance(part, str)), document.file)
    context = detail.get("ctx", {})
    match detail["type"]:
        case "extra_forbidden":
            others = tuple(other for other in _known_keys(model, detail["loc"]) if other != key)  # other kinds have it
            return UnknownKey(document.key(path), key, others)
        case "missing":
            return MissingKey(document.key(path), key)
        case "bad_date":
            return BadDate(place, str(context["text"]))
        case "bad_number":
            return BadNumber(place, str(context["text"]))
        case "union_tag_invalid":
            kinds = "an exhibit has one of chart: line, dots, bars or timeline; table:; figures:; quote:"
            return BadField(place, str(path[-1]) if path else key, kinds)
        case "too_long" if context["field_type"] == "Value":  # Pydantic's word for a text
            most, length = context["max_length"], context["actual_length"]
            return BadField(place, str(path[-1]), f"at most {most} characters can stand here, not {length}")
        case "string_pattern_mismatch" if key == "[key]":
            name = str(path[-1])
            return BadField(document.key(path), name, _NAMES[context["pattern"]])
        case "too_short" if context["field_type"] == "Value":
            empty = (
                "this cell is empty; write a dash where there is nothing to say"
                if named == "table"
                else "this is empty"
            )
            return BadField(place, named, empty)
        case "too_short":
            bounds = f"at least {context['min_length']} entries must stand here, not {context['actual_length']}"
            return BadField(place, named, bounds)
        case "too_long":
            bounds = f"at most {context['max_length']} entries can stand here, not {context['actual_length']}"
            return BadField(place, named, bounds)
        case "string_type" if isinstance(detail["input"], dict):
            return BadField(place, named, "this should be a text; one that holds ': ' needs quotes around it")
        case kind if kind in _SHAPES:
            return BadField(place, named, f"this should be {_SHAPES[kind]}")
        case "string_pattern_mismatch" if context["pattern"] in _PATTERNS:
            return BadField(place, named, f"this should be {_PATTERNS[context['pattern']]}")
        case "string_pattern_mismatch" if context["pattern"] in _NAMES:
            return BadField(place, named, _NAMES[context["pattern"]])
        case _:
            return BadField(place, named, detail["msg"].rstrip(".").replace("Input should be", "this should be"))


_SHAPES = {
    "list_type": "a list, one entry a line behind a hyphen, or [one, two]",
    "dict_type": "names, each with its own keys below it",
    "model_type": "keys with their values",
    "model_attributes_type": "keys with their values",
    "string_type": "a text",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
}
_NAMES = {
    KEY: "names are lower-case letters, digits and hyphens",
    CSV_NAME: "this should be the name of a file of the folder that ends with .csv",
}
_PATTERNS = {
    r"^#[0-9a-fA-F]{6}$": "a colour such as '#0f4c5c', with its quotes",
    r"^(https?://|mailto:|doi:)\S+$": "an address that begins with https://, http://, mailto: or doi:",
}


def _real_path(loc: tuple[int | str, ...], document: Document) -> tuple[str | int, ...]:
    """Pydantic's location without the names of union members, which are no keys of the file, even where they are called
    like one: ("pumps", "from", "amount") is the key `amount` of an entry that has a key `from`."""
    path: tuple[str | int, ...] = ()
    for part, following in zip(loc, (*loc[1:], None), strict=False):
        below, beside = ((*path, part, following) in document.values, (*path, following) in document.values)
        if (*path, part) in document.values and (below or not beside):
            path = (*path, part)
    return path


def _known_keys(model: type[BaseModel], loc: tuple[int | str, ...]) -> tuple[str, ...]:
    """The keys that could have stood where an unknown one does, by the JSON Schema at that depth."""
    schema = model.model_json_schema(by_alias=True)
    definitions = schema.get("$defs", {})
    node: dict[str, object] = schema
    for part in loc[:-1]:
        node = _step(node, part, definitions)
    return tuple(_properties(node, definitions))


def _step(node: dict[str, object], part: int | str, definitions: dict[str, dict[str, object]]) -> dict[str, object]:
    node = _deref(node, definitions)
    properties = node.get("properties")
    if isinstance(properties, dict) and part in properties:
        return dict(properties[part])
    following = node.get("items") if isinstance(part, int) else node.get("additionalProperties") or _pattern(node)
    if isinstance(following, dict):
        return following
    # the name of a union's member: where it is called like one of its own keys it tells which, else we stay here
    members = node.get("oneOf")
    own = [it for it in members if part in _properties(it, definitions)] if isinstance(members, list) else []
    return own[0] if own else node


def _pattern(node: dict[str, object]) -> object:
    patterns = node.get("patternProperties")
    return next(iter(patterns.values())) if isinstance(patterns, dict) else None


def _deref(node: dict[str, object], definitions: dict[str, dict[str, object]]) -> dict[str, object]:
    reference = node.get("$ref")
    return definitions[str(reference).rpartition("/")[2]] if reference else node


def _properties(node: dict[str, object], definitions: dict[str, dict[str, object]]) -> list[str]:
    node = _deref(node, definitions)
    properties = node.get("properties")
    found = list(properties) if isinstance(properties, dict) else []
    for name in ("oneOf", "anyOf"):
        members = node.get(name)
        for member in members if isinstance(members, list) else ():
            found += [key for key in _properties(member, definitions) if key not in found]
    return found
