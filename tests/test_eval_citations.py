"""Recall and precision of citations, with a judge that anybody can work out by hand; then the labelled pairs."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from eval.citations import LABELLED, Support, ToyCitationJudge, TrainedCitationJudge, cited, load_citation_judge, support, told
from eval.run import run
from eval.sets import Question
from rag import Claim, Config

TOY = ToyCitationJudge()
ASKED = Question("toy-1", "toy", "number", "How many people were on board the ferry to Rona?", True, [["42"]], ["ferry"])


def test_two_quotes_that_say_it_together_are_both_needed():
    """Each says half: the sentence follows, and without either it would not."""
    assert support("It cost 3 million and it opened.", ["It cost 3 million and more", "it opened"], TOY) == Support(True, (True, True))


def test_a_quote_that_adds_nothing_is_not_needed():
    """ALCE's precision: one alone says all, the other nothing of it."""
    assert support("It opened.", ["It opened on Sunday", "It rained"], TOY) == Support(True, (True, False))


def test_what_does_not_follow_needs_none_of_its_quotes():
    """No citation of such a sentence is precise."""
    assert support("It closed.", ["It opened", "It rained"], TOY) == Support(False, (False, False))


def test_each_shown_sentence_is_judged(toy_pipeline):
    """A completed date in brackets is left out of it, as the dateline answers for that; what was added is found."""
    (judgement,) = run(toy_pipeline, [ASKED])
    (good,) = cited([judgement], TOY)
    assert [s["follows"] for s in good.shown] == [True]
    judgement.shown[0]["text"] += " Pirates came."
    judgement.shown[0]["quoted"] = False
    (bad,) = cited([judgement], TOY)
    assert [s["follows"] for s in bad.shown] == [False]
    assert "0/1 0%" in told([bad], TOY)[0]
    judgement.shown[0]["text"] = "The ferry to Rona came back on Thursday [2 May 2024] with 42 people on board."
    (full,) = cited([judgement], TOY)
    assert full.shown[0]["follows"]


def test_without_a_shown_sentence_there_is_no_nan():
    """Nothing of nothing."""
    assert "0/0" in told([], TOY)[0]


def test_the_toy_stands_beside_the_toy_embedder(toy_config):
    """Fast tests load no network."""
    assert isinstance(load_citation_judge(toy_config), ToyCitationJudge)


def test_the_labelled_pairs_are_enough_and_of_many_kinds():
    """At least 200, no pair twice, near half of them true, ten kinds or more."""
    rows = [json.loads(line) for line in LABELLED.read_text(encoding="utf-8").splitlines()]
    assert len({(row["quote"], row["sentence"]) for row in rows}) == len(rows) >= 200
    assert 0.4 < sum(row["supported"] for row in rows) / len(rows) < 0.6
    assert len(Counter(row["kind"] for row in rows)) >= 10


def test_what_is_known_of_the_judge_is_of_these_weights():
    """The kept measurement is that of the weights and pairs that are here."""
    assert TrainedCitationJudge(Config()).trust.startswith("right on ")


@pytest.mark.full
def test_the_judge_tells_a_changed_figure():
    """The trained judge passes a shortened sentence and not one with another number."""
    quote = "The ferry, which was built in 2003, can carry 620 passengers and 90 cars."
    shorter, changed = (Claim(quote, f"The ferry can carry {n} passengers.") for n in (620, 260))
    assert TrainedCitationJudge(Config()).follow([shorter, changed]) == [True, False]
