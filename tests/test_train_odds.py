"""The fit of the reader's weights, on choices that a hand can follow."""

from __future__ import annotations

import numpy as np
import pytest

from rag import Document
from train.odds import FIXED, Asked, Choice, best_of, curve, fit, measures
from train.paragraphs import Paragraph

NAMES = ["bias", "span", "unplaced"]


def choices() -> list[Choice]:
    """Sixty questions over four sentences; in two of three the one with the highest span is right, mostly where that is above one."""
    chance = np.random.default_rng(1)
    made = []
    for n in range(60):
        span = chance.normal(0.0, 0.5, 4)
        right = np.zeros(4, dtype=bool)
        if n % 3:
            right[2] = True
            span[2] += 3.0
        made.append(Choice(np.column_stack([np.ones(4), span, np.zeros(4)]), right, bool(right.any())))
    return made


def test_what_speaks_for_an_answer_weighs_for_it():
    """A feature that the right sentences have gets a weight above nought, and tells the answerable from the others."""
    odds = fit(NAMES, choices())
    found = measures(list(best_of(np.array([odds[name] for name in NAMES]), choices())), choices())
    assert odds["span"] > 0
    assert (found["best_right"], found["right_and_shown"], found["refused"]) == pytest.approx((1.0, 1.0, 1.0), abs=0.06)


def test_a_fixed_weight_is_kept():
    """The weight of the place gate is not fitted."""
    assert fit(NAMES, choices())["unplaced"] == FIXED["unplaced"]


def test_a_question_whose_sentences_are_all_silenced_counts_as_refused():
    """An answerable question without any sentence left to choose is measured, as one that was not answered."""
    none = Choice(np.zeros((0, 3)), np.zeros(0, dtype=bool), answerable=True)
    asked = [*choices(), none]
    assert (
        measures(list(best_of(np.array([0.0, 1.0, 0.0]), asked)), asked)["right_and_shown"]
        < measures(list(best_of(np.array([0.0, 1.0, 0.0]), choices())), choices())["right_and_shown"]
    )


def test_the_curve_trades_coverage_for_risk():
    """The higher the point the fewer questions are answered and the more refused; where three of four are shown and one is wrong the risk is a third."""
    asked = [Choice(np.ones((1, 1)), np.array([right]), right) for right in (True, True, False, False)]
    best = [(3.0, True), (2.0, True), (1.0, False), (-3.0, False)]
    rows = {row["refuse_below"]: row for row in curve(best, asked)}
    assert rows[0.5] == {"refuse_below": 0.5, "coverage": 0.75, "risk": 0.333, "right": 1.0, "refused": 0.5}
    assert rows[0.9] == {"refuse_below": 0.9, "coverage": 0.25, "risk": 0.0, "right": 0.5, "refused": 1.0}


def test_answers_stand_at_their_places_in_the_article():
    """The place of an answer is that of its paragraph in the article and its own in the paragraph."""
    from train.odds import _placed

    paragraph = Paragraph("Rona", "It lies north.", (("Where does it lie?", "north", 8), ("Who found it?", "", -1)))
    document = Document("rona", "Rona", f"An island.\n\n{paragraph.text}")
    found = _placed("rona", document.text, paragraph)
    assert document.text[found[0].start : found[0].end] == "north"
    assert found[1] == Asked("Who found it?", "", -1, -1)
