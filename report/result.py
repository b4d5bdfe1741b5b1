"""The result: takes nothing, holds a report that was set; light, so that another process reads it without ReportLab."""

from dataclasses import dataclass

from data.findings import Finding
from data.trust.ledger import Printed


@dataclass(frozen=True)
class Report:
    """The PDF and its findings.

    `printed` holds every number that it prints, in the order in which they were painted, `pages` the label of
    the page on which each exhibit stands, by the exhibit's id.
    """

    pdf: bytes
    findings: list[Finding]
    printed: tuple[Printed, ...]
    pages: dict[str, str]
