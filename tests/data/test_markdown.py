"""Markdown with values, citations and references; words as runs."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from data.findings import Finding
from data.markdown import TextReader
from data.model import (
    BlockQuote,
    Cite,
    Heading,
    ListBlock,
    Mention,
    Number,
    Paragraph,
    PartialDate,
    Place,
    Placement,
    Quantity,
    Span,
    Text,
    plain,
)
from data.text import right_to_left, set_quotes

HERE = Place("f.yaml", 10)
QUANTITY = Quantity("killed", HERE, "about", Decimal(5), Decimal(5), "people", 0, "them", PartialDate(2025), None, "s")


class Names:
    """Knows one value, two sources and one exhibit; remembers where unknown ones stood."""

    def __init__(self) -> None:
        self.unknown: list[tuple[str, int]] = []
        self.typed = ("", 0)
        self.brackets: list[tuple[str, int]] = []

    def number(self, id: str, part: str, place: Place) -> Number | None:
        if id == "killed":
            return Number("about 5" if part == "value" else f"<{part}>", QUANTITY, part)
        return self._not(id, place)

    def source(self, id: str, place: Place) -> str | None:
        return id if id in ("a", "b") else self._not(id, place)

    def exhibit_label(self, id: str, place: Place) -> str | None:
        return "Figure 1" if id == "chart" else self._not(id, place)

    def bracketed(self, words: str, place: Place) -> None:
        self.brackets.append((words, place.line))

    def authored(self, words: str, place: Place, text: Text) -> None:  # noqa: ARG002  # the protocol's
        self.typed = (words, place.line)

    def _not(self, id: str, place: Place) -> None:
        self.unknown.append((id, place.line))


def read(markdown: str) -> tuple[tuple[object, ...], list[Finding], Names]:
    findings: list[Finding] = []
    names = Names()
    return TextReader("“”‘’", names, findings).blocks(markdown, HERE), findings, names


def line(markdown: str) -> Text:
    blocks, _, _ = read(markdown)
    (block,) = blocks
    assert isinstance(block, Paragraph)
    return block.text


def test_values_citations_and_mentions_become_runs() -> None:
    text = line("They counted {{ killed }} by {{killed.as_of}} [@a; @b], see @chart.")
    assert [type(run) for run in text] == [Span, Number, Span, Number, Cite, Span, Mention, Span]
    assert plain(text) == "They counted about 5 by <as_of>, see Figure 1."
    assert next(run for run in text if isinstance(run, Cite)).sources == ("a", "b")


def test_a_value_that_opens_a_sentence_is_spelled_so() -> None:
    assert plain(line("{{ killed }} died. {{ killed }} more [@a]. {{ killed }} and {{ killed }}.")) == (
        "About 5 died. About 5 more. About 5 and about 5."
    )


def test_blocks_know_their_lines() -> None:
    blocks, findings, _ = read("One\ntwo.\n\n## Head\n\n- a\n- b\n\n1. c\n\n> quoted\n\n@chart\n")
    assert [type(block) for block in blocks] == [Paragraph, Heading, ListBlock, ListBlock, BlockQuote, Placement]
    assert [block.place.line for block in blocks] == [10, 13, 15, 18, 20, 22]  # type: ignore[attr-defined]
    assert findings == []


def test_styles_nest_and_links_carry_their_address() -> None:
    text = line("*a **b*** [c](https://example.org)")
    styles = [(run.text, run.style.italic, run.style.bold, run.style.link) for run in text if isinstance(run, Span)]
    assert styles == [
        ("a ", True, False, ""),
        ("b", True, True, ""),
        (" ", False, False, ""),
        ("c", False, False, "https://example.org"),
    ]


def test_escapes_and_addresses_are_plain_text() -> None:
    assert (
        plain(line(r"\{{ killed }} \[\@a] \@chart someone@chart.org")) == "{{ killed }} [@a] @chart someone@chart.org"
    )


def test_markup_of_other_kinds_is_plain_text() -> None:
    assert plain(line("<b>1 < 2</b> & $x_1$")) == "<b>1 < 2</b> & $x_1$"


def test_quotation_marks_are_set_as_type() -> None:
    assert plain(line("""He said "it's 'so'".""")) == "He said “it’s ‘so’”."


def test_runs_in_another_script_carry_their_language() -> None:
    text = line("The name پژواک and محمد علي and שלום.")
    assert [(run.text, run.style.lang) for run in text if isinstance(run, Span)] == [
        ("The name ", ""),
        ("پژواک", "fa"),
        (" and ", ""),
        ("محمد علي", "ar"),
        (" and ", ""),
        ("שלום", "he"),
        (".", ""),
    ]


def test_a_paragraph_runs_the_way_of_most_of_its_letters() -> None:
    written = {
        "The name محمد علي.": "",
        "قال محمد علي إن Gaza بعيدة.": "ar",
        "پژواک {{ killed }} 2024 است [@a].": "fa",
        "**שלום** *עולם*": "he",
        "حماس said that it had {{ killed }}.": "",
        "(2024)": "",
    }
    assert {text: right_to_left(line(text)) for text in written} == written
    assert right_to_left(()) == ""


def test_unknown_names_are_noted_on_their_own_line() -> None:
    _, _, names = read("First line\nsecond {{ kiled }}\nthird [@c] @chrat\n")
    assert names.unknown == [("kiled", 11), ("c", 12), ("chrat", 12)]


def test_half_a_value_is_a_finding_on_its_line() -> None:
    cases = ["a {{ killed } b", "{{ killed", "{ killed }", "{ killed }}", "{{ Killed }}", "{{killed.as of}}"]
    for case in cases:
        found = read(f"First {{{{ killed }}}}\nsecond {case} end\n")[1]
        assert [(finding.code, finding.place.line) for finding in found] == [("half-value", 11)], case
    for case in [r"\{{ killed }}", r"\{ killed }", "{a b}", "{1,200}", "{ }", "{{ killed.as_of }} } {"]:
        assert "half-value" not in {finding.code for finding in read(case)[1]}, case


def test_words_in_brackets_are_told_unless_they_are_a_link_or_escaped() -> None:
    written = 'Told\n"[a]", [a; b], [@a], \\[a], [a](https://example.org), [c d].\n'
    blocks, findings, names = read(written)
    assert names.brackets == [("[a]", 11), ("[a; b]", 11)]
    assert not findings and not names.unknown
    (block,) = blocks
    assert isinstance(block, Paragraph)
    assert plain(block.text) == "Told “[a]”, [a; b],, [a], a, [c d]."


def test_what_cannot_stand_here_is_a_finding() -> None:
    cases = ["![x](y.png)", "`code`", "```\ncode\n```", "***", "# Too high", "#### Too low"]
    assert [[finding.code for finding in read(case)[1]] for case in cases] == [["unsupported-markdown"]] * len(cases)
    assert [finding.code for finding in read("[x](javascript:alert)")[1]] == ["bad-link"]
    assert [finding.code for finding in read("[x](file:///etc/passwd)")[1]] == ["bad-link"]


@given(st.text(alphabet=st.sampled_from("ab {}[]@;*_#>-1.\n\\`<&!()\"'"), max_size=80))
def test_no_text_raises(markdown: str) -> None:
    blocks, _, _ = read(markdown)
    assert all(block.place.line >= 10 for block in blocks)  # type: ignore[attr-defined]


def test_what_the_author_typed_is_told_without_names_and_insisted_figures() -> None:
    _, _, names = read("About {{ killed }} of\n*1,300* and \\1,200, in @chart [@a].")
    assert names.typed == ("About \ufffc of\n1,300 and \ufffc, in \ufffc \ufffc.", HERE.line)


def test_names_and_titles_have_their_quotation_marks_set_too() -> None:
    said = set_quotes("""Israel's 'first' report, "Dogs' names" ('90s) 5'""", "“”‘’")
    assert said == "Israel’s ‘first’ report, “Dogs’ names” (‘90s) 5’"
