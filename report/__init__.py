"""The report: takes a Briefing and a way to draw its charts, returns a tagged PDF, findings, what it printed where."""

from report.write import Report, charts, typeset, write

__all__ = ["Report", "charts", "typeset", "write"]
