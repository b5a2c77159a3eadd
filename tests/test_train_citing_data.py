"""Training pairs for the judge of citations: what is true of a quote, and what was changed."""

from __future__ import annotations

import json
import random
import re

import pytest

from rag import Claim
from train.changes import Stock
from train.citing_data import _made, _pair, _unanswered, kept_out_pairs, said, training_pairs
from train.judging_data import Judged
from train.paragraphs import Paragraph
from train.rephrased import clauses, moved, reworded, statement

QUOTE = "Mayor Olav Berg opened the bridge in May 1987 with 300 guests, and Ida Holm may have drawn the plans."
STOCK = Stock(["Peer Lund"], [" in the rain of the morning"], {"opened": ["closed"]}, {"guests": ["visitors"]})
PARTS = ["the bridge", "the plans"]


def made(seeds=400):
    true = Judged(Claim(QUOTE, QUOTE), True, -1, -1, "whole")
    others = ["It rained on the other side of the river."]
    return [pair for n in range(seeds) if (pair := _pair(true, others, PARTS, STOCK, random.Random(n)))]


def test_what_was_changed_is_where_it_is_said_to_be():
    """In a false sentence the marked words are not the quote's; in a true one nothing is marked."""
    for pair in made():
        marked = pair.pair.sentence[pair.start : pair.end] if pair.start >= 0 else ""
        assert not (pair.answers and marked), pair
        if pair.kind == "changed":
            there = QUOTE[pair.start : pair.end]
            assert marked != there, pair


def test_every_sort_of_change_is_made():
    """A figure, a name, two in each other's place, a hedge, other words, an added detail, another sentence; and somebody's words."""
    sentences = " | ".join(p.pair.sentence for p in made() if not p.answers)
    for words in (
        "Peer Lund",
        "will have drawn",
        "in the rain of the morning",
        "It rained on",
        "Berg closed the bridge",
        "opened the plans in May",
    ):
        assert words in sentences, words
    assert any(p.kind == "said" and p.answers for p in made())
    assert re.search(r"with (?!300)\d{3} guests", sentences)


@pytest.mark.parametrize(
    ("question", "answer", "told"),
    [
        ("How many guests were there in May?", "300", "300 were there in May."),
        ("When did Olav Berg open it?", "May 1987", "Olav Berg open it in May 1987."),
        ("When was the bridge opened?", "May 1987", "the bridge was opened in May 1987."),
        ("Why did it open?", "for trade", ""),
    ],
)
def test_a_question_and_its_answer_make_a_statement(question, answer, told):
    """With the preposition that the quote has before the answer; nothing where the form does not allow it."""
    assert statement(question, answer, QUOTE) == told


def test_who_said_it_is_kept_or_lost():
    """A true sentence names the same speaker, a false one another, none, or a verb that means something else."""
    pairs = [said(QUOTE, QUOTE, random.Random(n)) for n in range(200)]
    speakers = {p.pair.sentence.split(" said")[0].lower() for p in pairs if p.answers}
    assert len(speakers) > 5
    assert {p.answers for p in pairs} == {True, False}
    assert any(p.pair.sentence == QUOTE and not p.answers for p in pairs)


def test_a_kept_out_quote_is_never_trained_on(tmp_path):
    """One in five of the public quotes is kept for measuring, and none is on both sides."""
    rows = [
        {"source": "fever_symmetric", "premise": f"House {n} is old .", "hypothesis": "It is old .", "label": "entailed"}
        for n in range(200)
    ]
    files = {"entailment": rows, "qamr": [], "near_misses": [], "squadshifts_reddit": [], "squadshifts_amazon_reviews": []}
    files["squadshifts_new_wiki"] = [{"title": "B", "context": f"{QUOTE} It cost {n} crowns.", "qas": []} for n in range(100, 160)]
    for name, lines in files.items():
        (tmp_path / f"{name}.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in lines))
    trained, kept = ({p.pair.quote for p in pairs(tmp_path, 1, 2000)} for pairs in (training_pairs, kept_out_pairs))
    own = {q for q in trained | kept if q.startswith("House")}
    assert not trained & kept & own
    assert 20 < len(kept & own) < 60


def test_each_long_enough_sentence_makes_pairs():
    """Short ones are left out; an answer taken for another's is marked."""
    questions = (("Who opened the bridge?", "Olav Berg", 11), ("Who had drawn the plans?", "Ida Holm", 70))
    paragraph = Paragraph("", f"Yes. {QUOTE}", questions)
    found = [pair for n in range(20) for pair in _made([paragraph] * 3, STOCK, random.Random(n))]
    assert {QUOTE in p.pair.quote or p.kind == "said" for p in found} == {True}
    wrong = {(p.pair.sentence, p.pair.sentence[p.start : p.end]) for p in found if p.kind == "misplaced"}
    assert wrong == {("Ida Holm opened the bridge.", "Ida Holm"), ("Olav Berg had drawn the plans.", "Olav Berg")}


def test_a_question_that_nothing_answers_makes_a_false_statement():
    """Something of the likeliest sentence in the place of the answer."""
    paragraph = Paragraph("", QUOTE, (("Who closed the bridge in 1987?", "", -1),))
    (pair,) = _unanswered([paragraph], random.Random(1))
    assert not pair.answers
    assert re.fullmatch(r"(Olav Berg|Ida Holm|May) closed the bridge in 1987\.", pair.pair.sentence)


def test_a_clause_on_its_own_is_true():
    """What stands between commas is said of the name before it."""
    assert list(clauses("Ida Holm, who was born in Rona, opened it.")) == ["Ida Holm was born in Rona.", "Ida Holm opened it."]
    assert list(clauses("Nothing is set off here.")) == []


def test_other_words_say_the_same():
    """A figure in letters, a synonym, an opening at the end; a digit of a longer figure is left alone."""
    assert reworded("It cost 3 crowns.", {}, random.Random(1)) == "It cost three crowns."
    assert reworded("The guests came.", {"guests": ["visitors"]}, random.Random(1)) == "The visitors came."
    assert reworded("It cost 3.5 or 35 crowns.", {}, random.Random(1)) == ""
    assert moved("In May 1987, the mayor came.") == "The mayor came in May 1987."
