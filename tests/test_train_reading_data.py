"""Training examples for the reader: a span where there is an answer."""

from __future__ import annotations

import random

from tests.test_train_unanswerable import PARAGRAPHS
from train.reading_data import _given, _terse


def test_a_span_is_the_answer_with_or_without_the_title():
    """The characters of a span are the answer, also behind a title."""
    found = [e for seed in range(6) for e in _given(PARAGRAPHS, "wiki", random.Random(seed))]
    assert {e.text[e.start : e.end] for e in found} == {"1987", "Ida Holm"}
    assert {e.text.startswith("Bridges. ") for e in found} == {True, False}


def test_a_terse_question_keeps_what_is_asked_for():
    """Small words go, the kind of thing asked for stays, and a question of few words is left alone."""
    assert _terse("How many people did Mayor Berg invite to the bridge?") == "number people Mayor Berg invite bridge"
    assert _terse("Where was it?") == "Where was it?"
