"""Questions about order are answered from the dates of two quotes, or not at all."""

from datetime import date

import pytest

from rag.order import Order, compared, read_order, when
from rag.types import Document, Evidence


def evidence(text: str, value: str = "", published: date | None = date(2024, 5, 3)) -> Evidence:
    return Evidence(Document("dam", "Dam news", text, "Bay Post", published), 0, len(text), text, 1.0, value)


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        ("Which came first, the fire or the strike?", "the fire", "the strike"),
        ("Which began first in Leeds, the fire or the strike?", "the fire", "the strike"),
        ("What happened earlier: the fire or the strike?", "the fire", "the strike"),
        ("Was the dam built before or after the mayor resigned?", "the dam built", "the mayor resigned"),
    ],
)
def test_two_things_are_compared(question, one, other):
    """A question about order names two things."""
    order = read_order(question)
    assert order is not None
    assert (order.one, order.other) == (one, other)


@pytest.mark.parametrize(
    "question",
    [
        "Who won the last election, Holm or Berg?",
        "Who was the first president, Holm or Berg?",
        "What did Holm say first, yes or no?",
        "Which country last held the cup, Peru or Chile?",
        "Who came first?",
        "What came after the war?",
        "Did he resign before May 2020?",
        "When was the first bridge built?",
    ],
)
def test_other_questions_compare_nothing(question):
    """A question that names no two things is none about order."""
    assert read_order(question) is None


FIRE = evidence("The mill burned down on Monday.", "Monday")
STRIKE = evidence("The strike began on 2 May 2024.", "2 May 2024")
WHICH = Order("the fire", "the strike", "came", "first")


def test_the_earlier_one_came_first():
    """The order follows from the dates of the quotes, both of which are cited."""
    (told,) = compared(WHICH, FIRE, STRIKE)
    assert told.text == "The fire: 29 April 2024; The strike: 2 May 2024. So the fire came first."
    assert [c.quote for c in told.citations] == [FIRE.text, STRIKE.text]


def test_before_or_after_is_told():
    """What was asked as "before or after" is answered so."""
    (told,) = compared(Order("the strike", "the fire", "was", "to"), STRIKE, FIRE)
    assert told.text.endswith("So the strike after the fire.")


@pytest.mark.parametrize("other", ["The strike began.", "The strike began in 2024.", "The strike began on 29 April 2024."])
def test_an_order_that_does_not_follow_is_not_told(other):
    """Where one of the two has no date, or the dates overlap, nothing is said."""
    assert compared(WHICH, FIRE, evidence(other)) == []


def test_a_day_without_a_dateline_tells_no_order():
    """A weekday in an article without a date is no day."""
    assert when(evidence("The mill burned down on Monday.", "Monday", published=None)) is None


def test_the_last_one_is_told_where_it_is_asked_for():
    """What came last is the later one."""
    (told,) = compared(Order("the fire", "the strike", "came", "last"), FIRE, STRIKE)
    assert told.text.endswith("So the strike came last.")


def test_a_date_beside_the_answer_tells_no_order():
    """A date that is no part of the words which answer is not taken for theirs."""
    other = evidence("The strike began shortly after the mayor, elected on 2 March 2019, resigned.", "shortly after the mayor")
    assert compared(WHICH, FIRE, other) == []
