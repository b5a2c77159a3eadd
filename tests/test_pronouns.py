"""Which pronouns point out of their question, and what they mean."""

import pytest

from rag.pronouns import points_back, refer

BEFORE = "Who opened the Alm bridge?"


@pytest.mark.parametrize(
    "question",
    [
        "On what date did Lee ring Roe to congratulate him?",
        "Who was mayor when he and Roe spoke?",
        "How many were driven from their homes by the fire?",
        "Who is leaving his post once the sale is done?",
        "Which stretch does the truce it announced cover?",
        "How long will it take to build the hall?",
        "What danger remains when it rains?",
        "Did the minister say what he thought of the deal?",
        "What will it cost to take a car?",
        "Why does the council think that it will work?",
    ],
)
def test_a_pronoun_that_means_something_in_its_question_is_left(question):
    """A pronoun whose meaning stands in its own question, or that means nothing, is left as it is."""
    assert refer(question, BEFORE, "Ida Holm") == ""


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("When was she elected?", "When was Ida Holm elected?"),
        ("What is her salary?", "What is Ida Holm’s salary?"),
        ("Who voted for him?", "Who voted for Ida Holm?"),
    ],
)
def test_a_person_is_the_one_who_was_named_as_answer(question, expected):
    """A pronoun of a person means the one who answered "who"."""
    assert refer(question, BEFORE, "Ida Holm") == expected


@pytest.mark.parametrize(
    ("before", "value", "question", "expected"),
    [
        ("When did the Alm bridge open?", "May", "How long is it?", "How long is the Alm bridge?"),
        ("Where did they meet?", "Oslo", "Who else was there?", "Who else was in Oslo?"),
        ("Why did the council oppose the tram?", "", "When did they vote?", "When did the council vote?"),
        ("What did the council decide about the tram?", "", "Who was against it?", "Who was against the tram?"),
        ("What is the council planning?", "", "What does the union say about it?", "What does the union say about the council planning?"),
        ("Who fled from Alm prison?", "a forger", "When did they get out?", "When did those who fled from Alm prison get out?"),
        ("What are the pilot and the mate accused of?", "fraud", "Did they plead guilty?", "Did the pilot and the mate plead guilty?"),
    ],
)
def test_things_and_places(before, value, question, expected):
    """It is the thing asked about, they are its subject, and there is the place that was asked for or named."""
    assert refer(question, before, value) == expected


@pytest.mark.parametrize(
    "question",
    ["Who said that ministers met?", "What happened this year?", "What of those killed?", "Who ordered it, and did that order hold?"],
)
def test_what_points_at_nothing_before(question):
    """A clause, a time, people that the question tells of, and what it has named itself are not pointed back at."""
    assert points_back(question) == ""
