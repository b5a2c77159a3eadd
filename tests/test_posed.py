"""A question is put to a passage with what its article takes for granted."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.corpus import passages
from rag.posed import headed, posed
from rag.types import Document, ScoredPassage
from rag.views import views

TEXT = "SANTA ROSA, 5 May 2011 (Bay Post) - The motion failed by four votes after a long debate.\n\nTwo members of the party voted for it by mistake."


def put(question: str, *, published: date | None = date(2011, 5, 5), dated: bool = False) -> str:
    """The question as it is put to the last passage of the article."""
    document = Document("a", "Motion fails", TEXT, published=published)
    passage = passages(document)[-1]
    start = TEXT.index("Two members")
    return posed(question, type(passage)("p", "a", start, len(TEXT), TEXT[start:]), document, dated=dated).question


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Who voted for the 2011 motion?", "Who voted for the motion?"),
        ("Who voted for it in May 2011?", "Who voted for it?"),
        ("Who voted for it on May 5, 2011?", "Who voted for it on May 5?"),
        ("Who has voted for it since 2011?", "Who has voted for it since 2011?"),
        ("Who voted for it between 2010 and 2011?", "Who voted for it between 2010 and 2011?"),
        ("Who voted for it in 2012?", "Who voted for it in 2012?"),
    ],
)
def test_an_article_takes_its_own_year_for_granted(question, expected):
    """The year of the dateline is left out of the question; another year, or one that bounds a time, is not."""
    assert put(question) == expected


def test_without_a_dateline_the_year_stays():
    """An undated article takes no year for granted."""
    assert put("Who voted for the 2011 motion?", published=None) == "Who voted for the 2011 motion?"


def test_where_dates_are_completed_the_year_stays():
    """A passage that is read with its years has the year of the question."""
    assert put("Who voted for the 2011 motion?", dated=True) == "Who voted for the 2011 motion?"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Who voted for it in Santa Rosa?", "Motion fails (Santa Rosa)"),
        ("Who voted for it in Oslo?", "Motion fails"),
        ("Who voted?", "Motion fails"),
    ],
)
def test_the_town_of_the_dateline_stands_behind_the_title(question, expected):
    """A name of the question that the article's head has and the words do not is read with the title; one that it has not is not."""
    assert headed(question, Document("a", "Motion fails", TEXT), "Two members of the party voted for it by mistake.") == expected


@given(st.text(alphabet="Who won in 2011May5?, ", max_size=60), st.dates(date(2000, 1, 1), date(2030, 1, 1)))
def test_nothing_is_added_to_a_question(question, day):
    """A question never grows."""
    assert len(put(question, published=day)) <= len(question)


def test_a_sentence_takes_the_year_for_granted_though_its_passage_tells_of_others():
    """By itself a sentence is asked without the year of its article, unless it or what stands before it tells of a year."""
    text = "It rained.\n\nThe storm broke 23 roofs. Shelters were built after the storm of 2008."
    document = Document("a", "Storm", text, published=date(2011, 5, 5))
    (*_, passage) = passages(document)
    question = posed("How many roofs broke in the 2011 storm?", passage, document, dated=True)
    asked = [question.asked_of(view) for view in views([ScoredPassage(passage, 1.0, 1)], {"a": document})]
    assert asked[-2:] == ["How many roofs broke in the storm?", "How many roofs broke in the 2011 storm?"]
