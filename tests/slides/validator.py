"""The validator of decks: takes the path of a .pptx, returns what Open XML's schemas and rules find wrong in it."""

from pathlib import Path

from lxml import etree
from openxml_audit import OpenXmlValidator, ValidationError
from openxml_audit.context import ValidationContext
from openxml_audit.parts import OpenXmlPart
from openxml_audit.schema.validator import SchemaValidator


class _Once(SchemaValidator):
    """Layouts, masters and themes are the same in most decks: a part that was found sound is not looked at again."""

    def __init__(self) -> None:
        super().__init__()
        self._sound: set[bytes] = set()

    def validate_part(self, part: OpenXmlPart, context: ValidationContext) -> list[ValidationError]:
        content = b"" if part.xml is None else etree.tostring(part.xml)
        if content in self._sound:
            return context.errors
        known = len(context.errors)
        errors: list[ValidationError] = super().validate_part(part, context)
        if len(errors) == known:
            self._sound.add(content)
        return errors


_VALIDATOR = OpenXmlValidator()
_VALIDATOR._schema_validator = _Once()  # it has no option for this


def faults(path: Path) -> list[str]:
    return [str(error) for error in _VALIDATOR.validate(str(path)).errors]
