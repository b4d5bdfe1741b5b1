"""Validating: takes a read document and a file model, returns the checked model and findings."""

from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from data.findings import BadDate, BadField, BadNumber, Finding, MissingKey, UnknownKey
from data.yamlfile import Document

Model = TypeVar("Model", bound=BaseModel)


def validate(document: Document, model: type[Model]) -> tuple[Model | None, list[Finding]]:
    """`document` as `model`, or None with one finding for each thing that is wrong, at the line of its key."""
    try:
        return model.model_validate({} if document.data is None else document.data), []
    except ValidationError as error:
        return None, [_finding(detail, document, model) for detail in error.errors(include_url=False)]


def _finding(detail: ErrorDetails, document: Document, model: type[BaseModel]) -> Finding:
    """A Pydantic error as a finding at the line of the key it is about."""
    path = _real_path(detail["loc"], document)
    key = str(detail["loc"][-1]) if detail["loc"] else ""
    place = document.place(path)
    context = detail.get("ctx", {})
    match detail["type"]:
        case "extra_forbidden":
            return UnknownKey(document.key(path), key, _known_keys(model, detail["loc"]))
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
            return BadField(document.key(path), name, "names are lower-case letters, digits and hyphens")
        case _:
            named = str(path[-1]) if path else document.file
            return BadField(place, named, detail["msg"].rstrip(".").replace("Input should be", "this should be"))


def _real_path(loc: tuple[int | str, ...], document: Document) -> tuple[str | int, ...]:
    """Pydantic's location without the names of union members, which are no keys of the file."""
    path: tuple[str | int, ...] = ()
    for part in loc:
        if (*path, part) in document.values:
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
    return node  # the name of a union's member: stay where we are


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
