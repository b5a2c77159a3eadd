"""Questions about order are answered from the dates of two quotes, or not at all."""

from datetime import date

import pytest

from rag import Index, Pipeline, read_article
from rag.embed import ToyEmbedder
from rag.order import Order, compared, read_order, read_sequel, when
from rag.scope import Scope
from rag.types import Document, Evidence


def evidence(text: str, value: str = "", published: date | None = date(2024, 5, 3)) -> Evidence:
    return Evidence(Document("dam", "Dam news", text, "Bay Post", published), 0, len(text), text, 1.0, value)


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        ("Which came first, the fire or the strike?", "the fire", "the strike"),
        ("Which began first in Leeds, the fire or the strike?", "the fire", "the strike"),
        ("What happened earlier: the fire or the strike?", "the fire", "the strike"),
        ("Which of the two banks was sold first, Alm or Orm?", "Alm sold", "Orm sold"),
        ("Which of the two joined the union first, Alm or Orm?", "Alm", "Orm"),
        ("Did the tunnel or the bridge open first?", "the tunnel", "the bridge"),
        ("Was the pill licensed in Alm or in Orm first?", "Alm", "Orm"),
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
        "Did they win or lose first?",
        "Which team finished last, Leeds or York?",
        "Who came first: Holm, Berg or Dahl?",
        "Were prices higher before or after the war?",
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


def test_an_order_in_words_needs_both_things_and_a_word_of_order():
    """A sentence tells of an order when it names both things and which came before."""
    order = Order("the fire", "the strike", "was", "first")
    assert [
        order.told_in(t) for t in ("The fire broke out before the strike.", "The fire and the strike hurt.", "The fire was first.")
    ] == [
        True,
        False,
        False,
    ]


def test_the_last_one_is_told_where_it_is_asked_for():
    """What came last is the later one."""
    (told,) = compared(Order("the fire", "the strike", "came", "last"), FIRE, STRIKE)
    assert told.text.endswith("So the strike came last.")


def test_a_date_beside_the_answer_tells_no_order():
    """A date that is no part of the words which answer is not taken for theirs."""
    other = evidence("The strike began shortly after the mayor, elected on 2 March 2019, resigned.", "shortly after the mayor")
    assert compared(WHICH, FIRE, other) == []


@pytest.mark.parametrize(
    ("question", "asked", "event", "when"),
    [
        ("What happened in Leeds after the strike?", "What happened in Leeds?", "the strike", "When was the strike?"),
        ("What happened after the strike?", "What happened after the strike?", "the strike", "When was the strike?"),
        ("What has happened to the mill since the fire?", "What has happened to the mill?", "the fire", "When was the fire?"),
        ("What became of the firm, following its sale?", "What became of the firm?", "its sale", "When was its sale?"),
        ("After the fire, what happened to the mill?", "What happened to the mill?", "the fire", "When was the fire?"),
        ("What happened in Leeds after the mayor resigned?", "What happened in Leeds?", "the mayor resigned", "When was it that the mayor resigned?"),
    ],
)  # fmt: skip
def test_what_happened_after_an_event_is_asked_of_the_time_after_it(question, asked, event, when):
    """Such a question falls into when the event was and what is asked of the time after it; alone it has nothing to ask of it, and stays whole."""
    sequel = read_sequel(question)
    assert sequel is not None
    assert (sequel.asked, sequel.event, sequel.question()) == (asked, event, when)


@pytest.mark.parametrize(
    "question",
    [
        "What happened after 3 May 2021?",
        "What did Holm do after the fire?",
        "What happened?",
        "What happened the day after the fire?",
        "What happened on the following day?",
        "What happened to the ship named after Nelson?",
        "What happened to the woman who looks after the dam?",
        "What happened before the court?",
        "What happened after that?",
        "What happened in 2021 after the fire?",
    ],
)
def test_other_questions_have_no_sequel(question):
    """A date is a scope of its own, what somebody did after a thing is told by a sentence that says so, and much else is behind the word."""
    assert read_sequel(question) is None


def test_the_time_after_an_event_begins_the_day_after():
    """After a day is from the next one on, before it up to the day before, after a month from its first day on; where no day is told there is no such time."""
    after, before = read_sequel("What happened after the fire?"), read_sequel("What happened before the fire?")
    assert after.after(FIRE).scope == Scope(since=date(2024, 4, 30))
    assert before.after(FIRE).scope == Scope(until=date(2024, 4, 28))
    assert after.after(evidence("It burned in March 2024.", "March 2024")).scope == Scope(since=date(2024, 3, 1))
    assert after.after(evidence("The mill burned down.")) is None


def test_what_came_after_is_told_with_when_the_event_was(tmp_path, toy_config):
    """What happened after an event is told before the quote that says when that was; what was before it, or is told of the event itself, is not told."""
    texts = {
        "fire": "Fire\n\nBay Post\nMay 3 2024\n\nThe fire in Leeds was on 2 May 2024. It happened in Leeds at noon.",
        "early": "Early\n\nBay Post\nApril 3 2024\n\nThe mill in Leeds happened to be sold.",
        "late": "Late\n\nBay Post\nJune 3 2024\n\nThe bridge in Leeds happened to fall.",
    }
    index = Index.build([read_article(text, doc_id) for doc_id, text in texts.items()], tmp_path, embedder=ToyEmbedder())
    *told, last = Pipeline(index, toy_config).answer("What happened in Leeds after the fire?").sentences
    assert [s.citations[0].doc_id for s in told][:1] == ["late"]
    assert last.citations[0].quote == "The fire in Leeds was on 2 May 2024."


def test_since_when_something_had_not_been_is_no_time_of_it():
    """A year behind "for the first time since" tells nothing of when it was, though the reader points at it."""
    assert str(when(evidence("The night train ran on 1 May 2024 for the first time since 2012.", "2012"))) == "1 May 2024"
