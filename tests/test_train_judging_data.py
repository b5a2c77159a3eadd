"""Training pairs for the judge: the sentence that answers, or one that does not."""

from __future__ import annotations

import random

import pytest

from train.judging_data import judged
from train.paragraphs import Example

TEXT = "Bridges. Mayor Olav Berg opened the bridge in 1987. It cost 3 million crowns. Ida Holm had drawn the plans at Rona."
TITLES = frozenset({"Bridges"})


def example(answer):
    start = TEXT.find(answer) if answer else -1
    return Example("When did Mayor Olav Berg open the bridge?", TEXT, start, start + len(answer) if answer else -1, "wiki")


def pairs(answer):
    return [pair for seed in range(30) for pair in judged([example(answer)], TITLES, random.Random(seed))]


def test_a_pair_that_answers_holds_the_answer():
    """The answer lies at its place in the sentence, and a pair that does not answer has another sentence."""
    found = pairs("1987")
    assert {p.pair.sentence[p.start : p.end] for p in found if p.answers} == {"1987"}
    assert {p.answers for p in found} == {True, False}
    assert not any("1987" in p.pair.sentence for p in found if not p.answers)


def test_without_an_answer_the_likeliest_sentence_is_refused():
    """A question without an answer is paired with the sentence that shares most rare words with it, wherever it stands."""
    asked = Example("Who had drawn the plans of the tower?", TEXT, -1, -1, "wiki")
    other = Example("When did it rain?", "The weather was bad in the hills. It rained for the whole week.", -1, -1, "talk")
    found, _other = judged([asked, other], TITLES, random.Random(1))
    assert found.pair.sentence == "Ida Holm had drawn the plans at Rona."
    assert not found.answers


@pytest.mark.parametrize(("answer", "before"), [("3 million", "Mayor Olav Berg opened the bridge in 1987."), ("1987", "")])
def test_the_title_and_the_sentence_before_stand_around(answer, before):
    """A pair carries the article's title and the sentence before, none where it is the first."""
    found = next(p for p in pairs(answer) if p.answers)
    assert (found.pair.title, found.pair.before) == ("Bridges", before)


def test_easy_answers_are_seen_less_often():
    """Where the answering sentence shares most words with the question anyway, some of the pairs are left out; elsewhere none is."""
    other = Example("When did it rain?", "The weather was bad in the hills. It rained for the whole week.", -1, -1, "talk")
    told = {
        answer: [p for seed in range(60) for p in judged([example(answer), other], TITLES, random.Random(seed)) if p.answers]
        for answer in ("1987", "3 million")
    }
    assert 0 < len(told["1987"]) < len(told["3 million"])


def test_a_sentence_that_tells_the_answer_again_is_no_counterexample():
    """Another sentence with the same answer is never given as one that does not answer."""
    text = "The bridge was opened in 1987. The bridge that the mayor opened in 1987 is long. The old ferry was sold to Rona."
    asked = Example("When was the bridge opened?", text, text.index("1987"), text.index("1987") + 4, "wiki")
    found = [p for seed in range(30) for p in judged([asked], TITLES, random.Random(seed)) if not p.answers]
    assert {p.pair.sentence for p in found} == {"The old ferry was sold to Rona."}
