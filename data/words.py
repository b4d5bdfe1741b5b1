"""The documents' own words in a language: takes a BCP 47 tag, returns the strings that the writers print."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """One language's strings; `{0}`, `{1}` stand for what is put in."""

    quotes: str = "“”‘’"
    about: str = "about {0}"
    at_least: str = "at least {0}"
    more_than: str = "more than {0}"
    at_most: str = "up to {0}"
    between: str = "{0} to {1}"
    figure: str = "Figure {0}"
    table: str = "Table {0}"
    source: str = "Source: {0}."
    sources_line: str = "Sources: {0}."
    as_of: str = "As of {0}."
    as_of_since: str = "As of {0}, counted since {1}."
    as_of_range: str = "As of dates between {0} and {1}."
    attributed: str = "{0}, {1}"
    attributed_since: str = "{0}, {1}, counted since {2}"
    edition: str = "Edition of {0}"
    at_a_glance: str = "At a glance"
    key_figures: str = "Key figures"
    findings: str = "What this briefing finds"
    contents: str = "Contents"
    notes: str = "Notes"
    sources: str = "Sources"
    how_to_read: str = "How to read the figures"
    data_annex: str = "Data annex"
    contact: str = "Contact"
    cover: str = "Cover"
    in_brief: str = "In brief"
    annex_number: str = "Number as printed"
    annex_unit: str = "Unit"
    annex_by: str = "Who says so"
    annex_as_of: str = "As of"
    annex_source: str = "Source"
    annex_line: str = "File and line"
    annex_page: str = "Page"
    section: str = "Section {0}"
    page_of: str = "Page {0} of {1}"
    continued: str = "{0} (continued)"
    part_of: str = "{0} of {1}"
    note: str = "Note: {0}"
    back_to: str = "Back to mention {0}"
    agenda: str = "Agenda"
    incomplete: str = "Incomplete quotation"
    unverified: str = "Not verified"
    and_: str = "and"
    see_report: str = "Report, p. {0}"
    line_chart: str = "Line chart"
    dot_chart: str = "Dot chart"
    bar_chart: str = "Bar chart"
    timeline: str = "Timeline"
    columns: str = "Columns: {0}."
    turning_points: str = "Turning points"
    from_to: str = "{0} on {1}, {2} on {3}"
    only_one: str = "{0} on {1}"
    rest_in_annex: str = "Further rows are in the data annex."
    others: str = "others"
    stale_mark: str = "†"
    stale_note: str = "† Older at this edition than the limit set for it."
    stale: str = "Figures past their limit of age"
    stale_intro: str = "The figures marked † were older on {0} than the limit that the editor set for them."
    counted: str = "What it counts"
    close: str = "Every number here has a source, a date and a line in a file."


_LANGUAGES = {"en": Words()}
LANGUAGES = tuple(_LANGUAGES)


def words(language: str) -> Words | None:
    """The strings for `language` ("en-GB" falls back on "en"), or None where there are none."""
    return _LANGUAGES.get(language) or _LANGUAGES.get(language.split("-", maxsplit=1)[0])
