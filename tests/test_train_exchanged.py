"""Pairs whose names are exchanged."""

from __future__ import annotations

import random

import pytest

from rag import Pair
from train.exchanged import exchanged, turned
from train.judging_data import Judged

SENTENCE = "In May the bank Holm Trust paid Rona Shipping 40 million crowns."


def made(question, sentence=SENTENCE, answer="40 million crowns"):
    start = sentence.index(answer)
    pair = Pair(question, "", "", sentence)
    return list(exchanged([Judged(pair, answers=True, start=start, end=start + len(answer), kind="k")], random.Random(1)))


def test_names_of_a_question_are_exchanged():
    """Who paid whom is turned round, and what is made does not answer."""
    asked = {(j.pair.question, j.pair.sentence): j.answers for j in made("How much did Holm Trust pay Rona Shipping?")}
    assert asked["How much did Rona Shipping pay Holm Trust?", SENTENCE] is False


def test_names_exchanged_in_both_still_answer():
    """A name exchanged in the question and in the sentence leaves the answer where it was."""
    both = [j for j in made("How much did Holm Trust pay?") if j.kind == "k both exchanged"]
    assert [(j.pair.question, j.pair.sentence[j.start : j.end]) for j in both] == [("How much did Rona Shipping pay?", "40 million crowns")]


@pytest.mark.parametrize("question", ["When did Holm Trust and Rona Shipping meet?", "How much was paid?"])
def test_what_is_told_of_both_is_left(question):
    """Names that stand beside each other, and questions without a name, are not turned round."""
    assert made(question) == []


def test_turning_twice_changes_nothing():
    """Two names exchanged twice stand as they stood."""
    assert turned(turned(SENTENCE, "Holm Trust", "Rona Shipping"), "Holm Trust", "Rona Shipping") == SENTENCE
