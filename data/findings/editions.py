"""Findings of an earlier edition: an earlier edition that is compared with."""

from dataclasses import dataclass
from typing import ClassVar

from data.findings import Finding, Severity


@dataclass(frozen=True)
class PreviousUnreadable(Finding):
    code = "since-unreadable"
    reason: str
    sentence = "This is no earlier edition that can be compared: {reason}."
    advice = "--since takes a briefing's folder, or a PDF or deck that was made from one."


@dataclass(frozen=True)
class PreviousNewer(Finding):
    code = "since-newer"
    earlier: str
    edition: str
    sentence = "This edition is of {earlier}, later than the one that is built, of {edition}."
    advice = "Name an earlier edition after --since, or correct `edition` in briefing.yaml."


@dataclass(frozen=True)
class PreviousSame(Finding):
    code = "since-same"
    severity: ClassVar[Severity] = "warning"
    edition: str
    sentence = "The earlier edition and the one that is built are both of {edition}, and they differ."
    advice = "Give `edition` in briefing.yaml the day of the new one: readers tell editions apart by it."


@dataclass(frozen=True)
class UnlabelledChange(Finding):
    code = "no-label"
    severity: ClassVar[Severity] = "note"
    id: str
    sentence = "The value {id!r} has changed and has no label, so readers are told its name."
    advice = "Give it a `label` in values.yaml: what it counts."


@dataclass(frozen=True)
class PreviousOther(Finding):
    code = "since-other"
    title: str
    sentence = "This is another briefing, {title!r}: no section, value or series has the same name."
    advice = "Name an earlier edition of this briefing after --since."


@dataclass(frozen=True)
class PreviousInTheWay(Finding):
    code = "since-overwritten"
    sentence = "This build would write over the earlier edition that it is compared with."
    advice = "Keep a copy of the earlier edition somewhere else and name that, or choose another folder with --out."
