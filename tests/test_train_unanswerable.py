"""Questions without an answer: it was taken away, or another thing is asked."""

from __future__ import annotations

import random

import pytest

from train.paragraphs import Paragraph
from train.unanswerable import cut, neighbour, refocused, removed, retrieved, swapped, transplanted

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


@pytest.mark.parametrize("make", [removed, cut, neighbour, retrieved], ids=lambda f: f.__name__)
def test_the_answer_is_gone(make):
    """However a question without an answer is made, its text no longer holds the answer."""
    found = list(make(PARAGRAPHS, chance()))
    assert found
    answers = {question: answer for question, answer, _start in QUESTIONS}
    assert all(e.start == -1 and answers[e.question] not in e.text for e in found)


def test_only_the_answer_is_cut():
    """A cut leaves the event and drops when it was, with the preposition."""
    assert next(iter(cut(PARAGRAPHS, chance()))).text.endswith("Olav Berg opened the bridge. It cost 3 million crowns. "
                                                               "Ida Holm had drawn the plans at Rona in 1985.")  # fmt: skip


def test_a_swapped_question_asks_for_something_else():
    """A swap changes a name, a year or a figure of the question and leaves the text."""
    found = list(swapped(PARAGRAPHS, chance()))
    asked = {question for question, _answer, _start in QUESTIONS}
    assert found
    assert all(e.question not in asked and e.start == -1 for e in found)


def test_a_transplanted_question_asks_another_thing_of_who_is_there():
    """A question about another paragraph gets a name of this one, and what it asks is not told here."""
    tower = Paragraph("Towers", "Karl Dahl painted the tower green.", (("What colour did architect Karl Dahl paint it?", "green", 29),))
    found = [e for seed in range(9) for e in transplanted([*PARAGRAPHS, tower], random.Random(seed))]
    here = [e for e in found if "1987" in e.text]
    assert {e.question for e in here} <= {f"What colour did architect {name} paint it?" for name in ("Olav Berg", "Holm", "Ida Holm")}
    assert here
    assert all(e.start == -1 for e in found)


def test_a_refocused_question_asks_for_another_sort_of_thing():
    """How many crowns, where the text tells of years; a noun that the text has, or one that seldom was asked for, is never taken."""
    asked = ["How many crowns did it cost?"] * 4 + ["How many boats were there?"] * 4 + ["How many ferries?"]
    paragraph = Paragraph("Bridges", f"{BRIDGE} It took 40 workers and one ferry.", (("How many workers were there?", "40", 107),))
    others = Paragraph("Boats", "There were nine boats at 4 crowns each.", tuple((q, "nine", 11) for q in asked))
    found = [e for seed in range(9) for e in refocused([paragraph, others], random.Random(seed)) if e.text.endswith("ferry.")]
    assert {e.question for e in found} == {"How many boats were there?"}
    assert all(e.start == -1 for e in found)
