"""Findings of the entries: a key or a field of an entry."""

from dataclasses import dataclass

from data.findings import Finding, near


@dataclass(frozen=True)
class UnknownKey(Finding):
    code = "unknown-key"
    key: str
    known: tuple[str, ...]
    sentence = "{key!r} is not a key that can stand here."

    @property
    def hint(self) -> str:
        return near(self.key, self.known)


@dataclass(frozen=True)
class MissingKey(Finding):
    code = "missing-key"
    key: str
    sentence = "{key!r} is missing here."
    advice = "Add '{key}: ...' at this place."


@dataclass(frozen=True)
class BadField(Finding):
    code = "bad-field"
    key: str
    problem: str
    sentence = "{key}: {problem}."


@dataclass(frozen=True)
class BadDate(Finding):
    code = "bad-date"
    text: str
    sentence = "{text!r} is not a date."
    advice = "Write 2025-06-13, or 2025-06 or 2025 where no finer date is known."


@dataclass(frozen=True)
class BadNumber(Finding):
    code = "bad-number"
    text: str
    sentence = "{text!r} is not a number."

    @property
    def hint(self) -> str:
        plainer = self.text.replace("\u2212", "-").replace("\u2013", "-")
        if plainer != self.text:
            return f"Write {plainer}, with the hyphen of the keyboard; a minus sign is printed."
        return (
            "Write digits with a point for decimals, such as 100_000_000 or 17.5; the unit and words such as 'about' "
            "have keys of their own."
        )


@dataclass(frozen=True)
class UnknownLanguage(Finding):
    code = "unknown-language"
    language: str
    known: tuple[str, ...]
    sentence = "There are no words for the language {language!r} yet."

    @property
    def hint(self) -> str:
        return f"Languages with words: {', '.join(self.known)} (and their regions, such as en-GB)."


@dataclass(frozen=True)
class UnknownUnit(Finding):
    code = "unknown-unit"
    unit: str
    problem: str
    sentence = "The unit {unit!r} {problem}."
    advice = (
        "Use a currency (USD, USD/year, USD per head), a CLDR unit (kilometer, percent), or the noun that is counted "
        "(people)."
    )
