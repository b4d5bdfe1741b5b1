"""The documents' own words in a language: takes a BCP 47 tag, returns the strings that the writers print."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ChartWords:
    """What a chart's key and an empty chart say."""

    exact: str = "single figure"
    about: str = "about"
    between: str = "range"
    at_most: str = "up to"
    at_least: str = "at least"
    reported: str = "reported"
    revised: str = "since revised"
    disputed: str = "disputed"
    empty: str = "No data"

    def status(self, status: str) -> str:
        """ "since revised", "disputed", or nothing to say."""
        return {"revised": self.revised, "disputed": self.disputed}.get(status, "")


@dataclass(frozen=True)
class Words:
    """One language's strings; `{0}`, `{1}` stand for what is put in."""

    chart: ChartWords = ChartWords()
    quotes: str = "“”‘’"
    about: str = "about {0}"
    at_least: str = "at least {0}"
    more_than: str = "more than {0}"
    at_most: str = "up to {0}"
    between: str = "{0} to {1}"
    before_range: str = "between"  # what an author may not write before one
    figure: str = "Figure {0}"
    table: str = "Table {0}"
    source: str = "Source: {0}."
    sources_line: str = "Sources: {0}."
    as_of: str = "As of {0}."
    as_of_since: str = "As of {0}, counted since {1}."
    as_of_range: str = "As of dates between {0} and {1}."
    as_of_range_since: str = "As of dates between {0} and {1}, counted since {2}."
    converted: str = "{0}, converted"
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
    see_report: str = "Report,\u00a0p.\u00a0{0}"
    line_chart: str = "Line chart"
    dot_chart: str = "Dot chart"
    bar_chart: str = "Bar chart"
    timeline: str = "Timeline"
    columns: str = "Columns: {0}."
    turning_points: str = "Marked dates"
    from_to: str = "{0} ({1}) to {2} ({3})"
    only_one: str = "{0} ({1})"
    rest_in_annex: str = "Further rows are in the data annex."
    others: str = "others"
    stale_mark: str = "†"
    stale_note: str = "† Older at this edition than the limit set for it."
    stale: str = "Figures past their limit of age"
    stale_intro: str = "Figures marked † were older on {0} than the limit that the editor set for them."
    no_number: str = "No number is given for {0}."
    no_numbers: str = "dates between {0} and {1}"
    dashes: str = "A dash stands where no number is given."
    dash: str = "–"
    rounded: str = "Parts are rounded so that they add up to the total."
    unrounded: str = "Parts do not add up exactly to the total, because their source rounded them."
    upper_ends: str = "Of a range, the line shows the upper end."
    changes: str = "What changed since the edition of {0}"
    changes_none: str = "No number and no text has changed since the edition of {0}."
    changes_intro: str = (
        "A number that was rewritten, or is counted otherwise, stands apart from one that moved with a later date."
    )
    revised: str = "Revised: the number for an earlier date was rewritten"
    restated: str = "Restated: definition, unit, source or attribution changed"
    withdrawn: str = "Withdrawn: no longer given"
    updated: str = "Updated: a later date has a number"
    new: str = "New: not given before"
    listed: str = "many numbers, listed in changes.csv"
    texts_changed: str = "Texts that changed"
    earlier_edition: str = "Earlier edition"
    this_edition: str = "This edition"
    what_changed: str = "What changed"
    section_head: str = "Part of the briefing"
    dated: str = "{0} ({1})"
    became: str = "{0}: {1} → {2}"
    field_as_of: str = "date"
    field_unit: str = "unit"
    field_by: str = "attribution"
    field_since: str = "start of the count"
    field_source: str = "source"
    field_status: str = "status"
    field_note: str = "note"
    field_label: str = "what it counts"
    field_population: str = "population"
    field_measure: str = "measure"
    field_number: str = "number"
    part_title: str = "title"
    part_subtitle: str = "subtitle"
    part_headline: str = "headline"
    part_points: str = "points"
    part_body: str = "text"
    part_exhibit: str = "exhibits"
    part_section_new: str = "new section"
    part_section_gone: str = "section taken out"
    part_order: str = "order of the sections"
    part_row: str = "rows"
    part_row_new: str = "new rows"
    part_row_gone: str = "rows taken out"
    counted: str = "What it counts"
    values_line: str = "Values: {0}."
    kept_aside: str = "From the deck before this one: changed by hand, and its data has changed since"
    kept_notes: str = "From the deck before this one:"
    close: str = "Every number here has a source, a date and a line in a file."


_LANGUAGES = {"en": Words()}
LANGUAGES = tuple(_LANGUAGES)


def words(language: str) -> Words | None:
    """The strings for `language` ("en-GB" falls back on "en"), or None where there are none."""
    return _LANGUAGES.get(language) or _LANGUAGES.get(language.split("-", maxsplit=1)[0])


def chart_words(language: str) -> ChartWords:
    """What charts say in `language`, English where there are no words."""
    return (words(language) or Words()).chart
