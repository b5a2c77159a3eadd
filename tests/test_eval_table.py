"""The figures of a run: every one with its interval and its number."""

from __future__ import annotations

import re

import pytest

from eval.run import run
from eval.sets import Question
from eval.table import table

ASKED = [
    Question("1", "toy", "number", "How many people were on board the ferry to Rona?", True, [["42"]], ["ferry"]),
    Question("2", "toy", "number", "What did the bridge cost?", True, [["3.5 million"]], ["bridge"]),
    Question("3", "toy", "near_miss", "Who is the king of Norway?", False, [], []),
]


@pytest.mark.parametrize("many", [0, 1, 3])
def test_every_figure_has_an_interval_and_a_number(toy_pipeline, many):
    """Of three questions, of one and of none: no figure below those of the categories is bare, and none is no number."""
    lines = table(list(run(toy_pipeline, ASKED[:many])))
    assert not [line for line in lines if "nan" in line.lower()]
    figures = [line for line in lines if not line.startswith(("category", "number ", "near_miss ", "all ", "errors"))]
    assert len(figures) == 16
    assert not [line for line in figures if not re.search(r"\(\d.*-\d.*\)|not applicable", line)]
    assert not [line for line in figures if not re.search(r"\d+/\d+|n \d+", line)]


def test_what_is_good_of_a_category(toy_pipeline):
    """Right answers of those that have one, of which the toy finds one, and refusals of the others."""
    lines = table(list(run(toy_pipeline, ASKED)))
    assert re.match(r"number +2 +1 +1 +0 .*50% \(9%-91%\)", lines[1])
    assert re.match(r"near_miss +1 +0 +0 +1 .*100% \(21%-100%\)", lines[2])


def test_time_goes_forward(toy_pipeline):
    """Passages come before the first sentence, that before the end; the writer's tokens are counted."""
    (judgement,) = run(toy_pipeline, ASKED[:1])
    assert 0 < judgement.searched < judgement.first <= judgement.seconds
    assert judgement.tokens > 20
