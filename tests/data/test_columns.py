"""The widths of columns, in points, that both documents give their tables."""

import pytest

from data.columns import Needs, allotted, levelled

DATE = Needs(line=90, short=90, word=50, least=30, numeric=False)
WORDS = Needs(line=900, short=200, word=200, least=30, numeric=False)
NUMBER = Needs(line=60, short=60, word=60, least=60, numeric=True)


@pytest.mark.parametrize("width", [1200, 600, 351, 349, 320, 250, 121])
def test_all_of_the_width_is_given_away(width: float) -> None:
    assert sum(allotted([DATE, WORDS, NUMBER], width)) == pytest.approx(width, abs=0.02)


def test_what_is_left_goes_to_lines_that_would_wrap() -> None:
    assert allotted([DATE, WORDS, NUMBER], 600) == pytest.approx([90, 450, 60], abs=0.02)


def test_what_is_left_goes_by_weight() -> None:
    heavy = Needs(line=900, short=200, word=200, least=30, numeric=False, weight=3)
    assert allotted([WORDS, heavy], 600) == pytest.approx([250, 350], abs=0.02)


def test_a_short_line_is_wrapped_before_a_word_is_broken() -> None:
    assert allotted([DATE, WORDS, NUMBER], 320) == pytest.approx([60, 200, 60], abs=0.01)


def test_a_long_word_is_broken_before_a_short_one_and_before_a_number() -> None:
    assert allotted([DATE, WORDS, NUMBER], 250) == pytest.approx([50, 140, 60], abs=0.01)
    assert allotted([DATE, WORDS, NUMBER], 130) == pytest.approx([35, 35, 60], abs=0.01)


def test_no_number_is_cut_for_want_of_width() -> None:
    assert allotted([DATE, WORDS, NUMBER], 100) == pytest.approx([30, 30, 60], abs=0.01)


def test_the_widest_give_until_all_have_room() -> None:
    assert levelled([90, 200, 60], [0, 0, 0], 180) == pytest.approx([60, 60, 60], abs=0.01)
