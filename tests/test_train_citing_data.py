"""Training pairs for the judge of citations: what is true of a quote, and what was changed."""

from __future__ import annotations

import json
import random

import pytest

from rag import Claim
from train.changes import Stock
from train.citing_data import _made, _pair, _public, said, statement
from train.judging_data import Judged
from train.paragraphs import Paragraph

QUOTE = "Mayor Olav Berg opened the bridge in May 1987 with 300 guests, and Ida Holm may have drawn the plans."
STOCK = Stock(["Peer Lund"], [" in the rain of the morning"])


def made(seeds=400):
    true = Judged(Claim(QUOTE, QUOTE), True, -1, -1, "whole")
    return [pair for n in range(seeds) if (pair := _pair(true, ["It rained on the other side of the river."], STOCK, random.Random(n)))]


def test_what_was_changed_is_where_it_is_said_to_be():
    """In a false sentence the marked words are not the quote's; in a true one nothing is marked."""
    for pair in made():
        marked = pair.pair.sentence[pair.start : pair.end] if pair.start >= 0 else ""
        assert not (pair.answers and marked), pair
        if pair.kind == "changed":
            there = QUOTE[pair.start : pair.end]
            assert marked != there, pair


def test_every_sort_of_change_is_made():
    """A figure, a month, a name, two in each other's place, a negation, a hedge, an added detail, somebody's words, another sentence."""
    sentences = " | ".join(p.pair.sentence for p in made() if not p.answers)
    for words in ("Peer Lund", "will have drawn", "in the rain of the morning", "It rained on", "May 1987 with 300 guests, and Olav Berg"):
        assert words in sentences, words
    assert any(p.kind == "said" and p.answers for p in made())


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
    """Of public pairs one in five quotes is kept for measuring, and none is in both."""
    rows = [
        {"source": "fever_symmetric", "premise": f"House {n} is old .", "hypothesis": "It is old .", "label": "entailed"}
        for n in range(200)
    ]
    path = tmp_path / "entailment.jsonl"
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    trained, kept = ({p.pair.quote for p in _public(path, random.Random(1), kept=k)} for k in (False, True))
    assert not trained & kept
    assert 20 < len(kept) < 60


def test_each_long_enough_sentence_makes_pairs():
    """Short ones are left out."""
    paragraph = Paragraph("", f"Yes. {QUOTE}", (("Who opened the bridge?", "Olav Berg", 11),))
    found = [pair for n in range(20) for pair in _made([paragraph] * 3, random.Random(n))]
    assert found
    assert {QUOTE in p.pair.quote or p.kind == "said" for p in found} == {True}
