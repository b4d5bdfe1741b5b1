"""Fields: takes what stands under a key, returns it as what it is meant to be: a text, a name, a date, a number.

What it cannot be is a PydanticCustomError or a constraint of Pydantic's, which `data.validate` makes a finding.
"""

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Annotated
from unicodedata import category

from pydantic import BeforeValidator, Field, PlainValidator, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from data.model import PartialDate
from data.trust.age import Limit, parse_limit

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@lru_cache(maxsize=1 << 13)
def parse_date(text: str) -> PartialDate:
    """A date of ISO 8601 reduced precision: 2025, 2025-06 or 2025-06-13. Raises ValueError on anything else."""
    match = _DATE.fullmatch(text.strip())
    if not match:
        raise ValueError("not a date")
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    date(year, month or 1, day or 1)
    return PartialDate(year, month, day)


def _date_field(value: object) -> PartialDate:
    try:
        return parse_date(str(value))
    except ValueError:
        raise PydanticCustomError("bad_date", "{text}", {"text": str(value)}) from None


def _day_field(value: object) -> date:
    when = _date_field(value)
    if when.day is None:
        raise PydanticCustomError("bad_date", "{text}", {"text": str(value)})
    return when.first


def _number_field(value: object) -> Decimal:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        number = Decimal(value)
        if abs(number) < 10**18 and round(number, 9) == number:  # within the 28 digits in which Python rounds exactly
            return number
    raise PydanticCustomError("bad_number", "{text}", {"text": str(value)})


def _limit_field(value: object) -> Limit:
    try:
        return parse_limit(value)
    except ValueError:
        wanted = 'write a length of time, such as "90 days", "6 months" or "1 year", or "never"'
        raise PydanticCustomError("limit", "{wanted}", {"wanted": wanted}) from None


def _text_field(value: object) -> object:
    """A title that happens to be a number (1984) is a text all the same; one of which nothing prints is none."""
    if isinstance(value, str) and all(letter.isspace() or category(letter) == "Cf" for letter in value):
        return ""
    return str(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else value


Txt = Annotated[str, BeforeValidator(_text_field), StringConstraints(strip_whitespace=True, min_length=1)]
"""A text in Markdown, or a plain name; never empty."""
MOST_OF_A_LINE = 500
Line = Annotated[Txt, StringConstraints(max_length=MOST_OF_A_LINE)]
"""A text that heads something or names somebody: one so long that it fills a page cannot stand above another."""
KEY, CSV_NAME = r"^[a-z][a-z0-9-]*$", r"^[^/\\]+\.csv$"
Key = Annotated[str, BeforeValidator(_text_field), StringConstraints(pattern=KEY)]
"""A name that texts refer to: lower-case letters, digits, hyphens."""
When = Annotated[
    PartialDate,
    PlainValidator(_date_field),
    WithJsonSchema({"anyOf": [{"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}, {"type": "integer"}]}),
]
Day = Annotated[date, PlainValidator(_day_field), WithJsonSchema({"type": "string", "format": "date"})]
Num = Annotated[Decimal, PlainValidator(_number_field), WithJsonSchema({"type": "number"})]
Age = Annotated[
    Limit,
    PlainValidator(_limit_field),
    WithJsonSchema({"type": "string", "pattern": "^(never|[1-9][0-9]{0,3} (day|week|month|year)s?)$"}),
]
Colour = Annotated[str, BeforeValidator(lambda given: given or ""), StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]
"""Nothing is none: without its quotes a colour is a remark to YAML."""
Share = Annotated[float, Field(gt=0, le=100, description="The column's share of the width, beside the others'.")]
Where = dict[str, Txt | list[Txt]]
"""Column -> the text that its cell must hold, or a list of such texts. An empty mapping takes every row."""
