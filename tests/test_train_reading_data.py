"""Training examples for the reader: a span where there is an answer, none where it was taken away."""

from __future__ import annotations

import json
import random

import pytest

from train.reading_data import (
    Paragraph,
    _cut,
    _given,
    _neighbour,
    _refocused,
    _removed,
    _retrieved,
    _swapped,
    _terse,
    _transplanted,
    held_out,
    squadshifts,
)

BRIDGE = "Mayor Olav Berg opened the bridge in 1987. It cost 3 million crowns. Ida Holm had drawn the plans at Rona in 1985."
QUESTIONS = (
    ("When did Mayor Olav Berg open the bridge?", "1987", BRIDGE.index("1987")),
    ("Who had drawn the plans at Rona in 1985?", "Ida Holm", BRIDGE.index("Ida Holm")),
)
PARAGRAPHS = [
    Paragraph("Bridges", BRIDGE, QUESTIONS),
    Paragraph("Bridges", "The old bridge was a ferry first. Carl Lund rowed it over to the other bank until the ice came.", ()),
]


def chance():
    return random.Random(3)


def test_a_span_is_the_answer_with_or_without_the_title():
    """The characters of a span are the answer, also behind a title."""
    found = [e for seed in range(6) for e in _given(PARAGRAPHS, "wiki", random.Random(seed))]
    assert {e.text[e.start : e.end] for e in found} == {"1987", "Ida Holm"}
    assert {e.text.startswith("Bridges. ") for e in found} == {True, False}


@pytest.mark.parametrize("make", [_removed, _cut, _neighbour, _retrieved], ids=lambda f: f.__name__)
def test_the_answer_is_gone(make):
    """However a question without an answer is made, its text no longer holds the answer."""
    found = list(make(PARAGRAPHS, chance()))
    assert found
    answers = {question: answer for question, answer, _start in QUESTIONS}
    assert all(e.start == -1 and answers[e.question] not in e.text for e in found)


def test_only_the_answer_is_cut():
    """A cut leaves the event and drops when it was, with the preposition."""
    assert next(iter(_cut(PARAGRAPHS, chance()))).text.endswith("Olav Berg opened the bridge. It cost 3 million crowns. "
                                                               "Ida Holm had drawn the plans at Rona in 1985.")  # fmt: skip


def test_a_swapped_question_asks_for_something_else():
    """A swap changes a name, a year or a figure of the question and leaves the text."""
    found = list(_swapped(PARAGRAPHS, chance()))
    asked = {question for question, _answer, _start in QUESTIONS}
    assert found
    assert all(e.question not in asked and e.start == -1 for e in found)


def test_a_transplanted_question_asks_another_thing_of_who_is_there():
    """A question about another paragraph gets a name of this one, and what it asks is not told here."""
    tower = Paragraph("Towers", "Karl Dahl painted the tower green.", (("What colour did architect Karl Dahl paint it?", "green", 29),))
    found = [e for seed in range(9) for e in _transplanted([*PARAGRAPHS, tower], random.Random(seed))]
    here = [e for e in found if "1987" in e.text]
    assert {e.question for e in here} <= {f"What colour did architect {name} paint it?" for name in ("Olav Berg", "Holm", "Ida Holm")}
    assert here
    assert all(e.start == -1 for e in found)


def test_a_refocused_question_asks_for_another_sort_of_thing():
    """How many crowns, where the text tells of years; a noun that the text has, or one that seldom was asked for, is never taken."""
    asked = ["How many crowns did it cost?"] * 4 + ["How many boats were there?"] * 4 + ["How many ferries?"]
    paragraph = Paragraph("Bridges", f"{BRIDGE} It took 40 workers and one ferry.", (("How many workers were there?", "40", 107),))
    others = Paragraph("Boats", "There were nine boats at 4 crowns each.", tuple((q, "nine", 11) for q in asked))
    found = [e for seed in range(9) for e in _refocused([paragraph, others], random.Random(seed)) if e.text.endswith("ferry.")]
    assert {e.question for e in found} == {"How many boats were there?"}
    assert all(e.start == -1 for e in found)


def test_a_terse_question_keeps_what_is_asked_for():
    """Small words go, the kind of thing asked for stays, and a question of few words is left alone."""
    assert _terse("How many people did Mayor Berg invite to the bridge?") == "number people Mayor Berg invite bridge"
    assert _terse("Where was it?") == "Where was it?"


def test_the_shortest_answer_is_learned(tmp_path):
    """Of several answers the shortest is taken, so that spans do not run on."""
    row = {"title": "A_b", "context": "In May 1987 it rained.", "qas": [{"question": "When?", "answers": [["May 1987", 3], ["1987", 7]]}]}
    (tmp_path / "x.jsonl").write_text(json.dumps(row))
    assert next(squadshifts(tmp_path / "x.jsonl")) == Paragraph("A b", row["context"], (("When?", "1987", 7),))


def test_held_out_does_not_depend_on_spaces():
    """The same paragraph with other spaces is on the same side of the split."""
    assert held_out("one  two\nthree") == held_out("one two three")
