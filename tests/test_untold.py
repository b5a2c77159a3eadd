"""What an article says that it does not tell is known, and what tells it after all is left."""

import pytest

from rag.untold import untold


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("Why was the consulate shut?", "It would remain closed, he added, without giving a reason.", "without giving a reason"),
        ("Why did Berg quit?", "Berg gave no reason in his letter of four lines.", "gave no reason"),
        ("Who will replace Holm?", "His successor has not been named.", "has not been named"),
        ("Who was killed?", "The victims have not yet been identified.", "have not yet been identified"),
        ("How much did it fetch?", "The vase went for an undisclosed sum.", "undisclosed sum"),
        ("How many were hurt?", "Police did not give a figure for the injured.", "did not give a figure"),
        ("When will it reopen?", "No date has been set for the reopening.", "No date has been set"),
        ("Where did they meet?", "The venue was not disclosed.", "The venue was not disclosed"),
    ],
)
def test_what_is_kept_back_is_known(question, text, expected):
    """Of the thing that is asked for."""
    assert untold(question, text) == expected


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("When was it shut?", "It was shut on Monday without giving a reason."),
        ("Why was it shut?", "It was shut because of a leak; the firm did not say why it had come so late, without giving a reason."),
        ("Who leads the inquiry?", "The victims have not been named, said Ida Holm, who leads the inquiry."),
        ("How many were hurt?", "Police gave no figure, but the hospital counted 12."),
        ("Who won?", "Ida Holm won."),
    ],
)
def test_what_may_answer_is_left(question, text):
    """Another thing that is kept back, or one that somebody else tells in the same sentence."""
    assert untold(question, text) == ""
