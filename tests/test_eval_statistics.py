"""Intervals and tests, on numbers worked out by hand."""

from __future__ import annotations

import pytest

from eval.statistics import auroc, coverage, interval, mcnemar, wilson


def test_nothing_seen_tells_nothing():
    """Without any question every share is possible."""
    assert wilson(0, 0) == interval([]) == (0.0, 1.0)


def test_an_interval_holds_its_mean_and_is_the_same_each_time():
    """Resampling is seeded; values that are all the same leave no doubt."""
    values = [0.1, 0.9, 0.4, 0.7, 0.3]
    low, high = interval(values)
    assert low < sum(values) / 5 < high
    assert interval(values) == (low, high)
    assert interval([0.5] * 9) == (0.5, 0.5)


def test_more_questions_narrow_the_interval():
    """A hundred times the same halves tell more than ten."""
    few, many = interval([0.0, 1.0] * 5), interval([0.0, 1.0] * 50)
    assert many[1] - many[0] < few[1] - few[0]


def test_as_many_better_as_worse_is_chance():
    """Three against three may well be chance, ten against none hardly; without any change there is nothing to test."""
    assert mcnemar(3, 3) == pytest.approx(1.0)
    assert mcnemar(10, 0) == pytest.approx(2 / 1024)
    assert mcnemar(0, 0) == 1.0


def test_perfect_separation_leaves_no_doubt_of_the_order():
    """Each side is resampled on its own, so that none is ever empty."""
    yes, no = [0.8 + n / 1000 for n in range(20)], [0.1, 0.2]
    assert auroc(yes, no) == 1.0
    assert interval(yes, no, of=auroc, paired=False) == (1.0, 1.0)


def test_equally_sure_answers_do_not_depend_on_their_order():
    """The wrong one counts as the first of them; what has no probability is never answered."""
    assert coverage([0.5, 0.5], [False, True]) == coverage([0.5, 0.5], [True, False]) == 0.0
    assert coverage([0.5, 0.0], [False, False]) == 0.5
