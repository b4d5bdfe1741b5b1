"""Reading YAML: values by YAML 1.2, places of everything, and a finding for whatever a reader could take two ways."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.yamlfile import MAX_DEPTH, read_yaml


def codes(text: str) -> list[str]:
    return [finding.code for finding in read_yaml("f.yaml", text.encode())[1]]


def test_scalars_are_read_by_the_core_schema() -> None:
    document, findings = read_yaml("f.yaml", b"a: 100_000\nb: 1.50\nc: true\nd:\ne: 2025-06-13\nf: '012'\ng: text\n")
    assert document.data == {
        "a": 100_000,
        "b": Decimal("1.50"),
        "c": True,
        "d": None,
        "e": "2025-06-13",
        "f": "012",
        "g": "text",
    }
    assert findings == []


@pytest.mark.parametrize("scalar", ["no", "Yes", "off", "y", "1:30", "012", "0x1f", ".inf", "1e9"])
def test_what_other_readers_would_read_otherwise_is_a_finding(scalar: str) -> None:
    document, findings = read_yaml("f.yaml", f"a: {scalar}\n".encode())
    assert document.data == {"a": scalar}
    assert [(finding.code, finding.place.line, finding.place.column) for finding in findings] == [
        ("ambiguous-text", 1, 4)
    ]
    assert codes(f"a: '{scalar}'\n") == []


def test_every_key_and_value_has_its_place() -> None:
    document, _ = read_yaml("f.yaml", b"one:\n  two: [x, y]\n  body: |\n    first\n    second\n")
    assert (document.place(("one", "two", 1)).line, document.place(("one", "two", 1)).column) == (2, 12)
    assert document.key(("one", "two")).column == 3
    assert document.place(("one", "body")).line == 4, "a block text begins on the line below its mark"
    assert document.place(("one", "nowhere")).line == 2, "what is not there is at its parent"


def test_duplicate_keys_name_the_first() -> None:
    _, findings = read_yaml("f.yaml", b"a: 1\nb: 2\na: 3\n")
    assert [(finding.code, finding.place.line) for finding in findings] == [("duplicate-key", 3)]
    assert "line 1" in findings[0].message


@pytest.mark.parametrize(
    "text", ["a: &x 1\nb: 2\n", "a: *x\n", "a: !!python/object:os.system x\n", "? [a]\n: 1\n", "a: 1\n---\nb: 2\n"]
)
def test_features_that_a_briefing_does_not_use_are_findings(text: str) -> None:
    assert set(codes(text)) == {"yaml-feature"}


def test_an_alias_bomb_never_unfolds() -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)]
    assert set(codes("\n".join(lines))) == {"yaml-feature"}


def test_nesting_has_a_bound() -> None:
    assert codes("[" * (MAX_DEPTH + 2) + "]" * (MAX_DEPTH + 2)) == ["yaml-feature"]
    assert codes("[" * 10_000) != []


def test_a_syntax_error_has_its_line() -> None:
    _, findings = read_yaml("f.yaml", b"a: 1\nb: [1, 2\nc: 3\n")
    assert [finding.code for finding in findings] == ["yaml-syntax"]
    assert findings[0].place.line in (2, 3)


def test_what_is_not_utf8_is_a_finding_at_its_line() -> None:
    _, findings = read_yaml("f.yaml", b"a: 1\nb: \xff\n")
    assert [(finding.code, finding.place.line) for finding in findings] == [("file-unreadable", 2)]


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_input_raises(content: bytes) -> None:
    document, findings = read_yaml("f.yaml", content)
    if any(finding.code in ("yaml-syntax", "file-unreadable") for finding in findings):
        assert document.data is None
    assert all(finding.place.file == "f.yaml" and finding.place.line >= 1 for finding in findings)
