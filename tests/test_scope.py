"""Which words of a question tell the time that it asks about, and which sentences fit that time."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.dates import find_dates
from rag.periods import Period, on
from rag.scope import ANY_TIME, Scope, read_scope

TODAY = date(2024, 5, 10)


@pytest.mark.parametrize(
    ("question", "since", "until"),
    [
        ("Who coached Leeds in 2021?", date(2021, 1, 1), date(2021, 12, 31)),
        ("In 2021, who coached Leeds?", date(2021, 1, 1), date(2021, 12, 31)),
        ("Who coached Leeds since March 2022?", date(2022, 3, 1), None),
        ("Who has coached Leeds since March?", date(2024, 3, 1), None),
        ("Who coached Leeds before June 2020?", None, date(2020, 5, 31)),
        ("Who coached Leeds in the spring of 2019?", date(2019, 3, 1), date(2019, 5, 31)),
        ("Who coached Leeds between May 2020 and June 2021?", date(2020, 5, 1), date(2021, 6, 30)),
        ("Who coached Leeds last week?", date(2024, 4, 29), date(2024, 5, 5)),
        ("Who coached Leeds last year?", date(2023, 1, 1), date(2023, 12, 31)),
        ("Who coached Leeds in the past three months?", date(2024, 2, 7), TODAY),
        ("Who coached Leeds two years ago?", date(2022, 1, 1), date(2022, 12, 31)),
    ],
)
def test_a_time_that_stands_for_itself_is_a_scope(question, since, until):
    """A date after a preposition of time is the time that is asked about, and its words are no part of what is."""
    words, scope = read_scope(question, TODAY)
    assert (scope.since, scope.until) == (since, until)
    assert words in {"Who coached Leeds?", "Who has coached Leeds?", "who coached Leeds?"}


@pytest.mark.parametrize(
    "question",
    [
        "Who won the 2020 war?",
        "What happened before the 2020 war?",
        "What did the treaty of 1997 forbid?",
        "What did the March floods destroy?",
        "Who bid for the 2018 World Cup?",
        "Who won in the May 2021 elections?",
        "What was said on Monday?",
        "Who is the mayor of Leeds?",
    ],
)
def test_a_date_that_names_a_subject_is_no_scope(question):
    """A date that is part of a name, or means no days of its own, leaves the question as it is."""
    assert read_scope(question, TODAY) == (question, ANY_TIME)


@pytest.mark.parametrize(
    "question", ["What is the latest death toll?", "Who is the mayor now?", "Who is currently the mayor?", "Is it still shut?"]
)
def test_the_latest_is_asked_for(question):
    """Words for the present ask for the latest article that answers."""
    assert read_scope(question, TODAY)[1].latest


def test_a_scope_is_never_all_of_a_question():
    """A question whose only words tell a time keeps them."""
    assert read_scope("What happened in 2021?", TODAY)[0]


def test_a_scope_keeps_the_question_where_it_says_which_days():
    """A time written in full is kept beside its scope, as an article may write it so too; "last month" is not, which an article says of another."""
    assert read_scope("What did it cost in 2021?", TODAY)[1].question == "What did it cost in 2021?"
    assert not read_scope("What did it cost last month?", TODAY)[1].question


YEAR = Scope(date(2021, 1, 1), date(2021, 12, 31))


def misfit(text: str, published: date | None, scope: Scope = YEAR) -> float:
    return scope.untimely(published, find_dates(text, published), [], [])


def test_what_is_not_asked_about_a_time_always_fits():
    """Without a scope every sentence fits."""
    assert misfit("It fell in 2019.", date(2019, 5, 3), ANY_TIME) == 0.0


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("It fell.", date(2021, 5, 3), 0.0),
        ("It fell in 2021.", date(2023, 5, 3), 0.0),
        ("It fell last year.", date(2022, 5, 3), 0.0),
        ("It fell in 2019.", date(2021, 5, 3), 0.5),
        ("It fell.", date(2022, 5, 3), 1.0),
        ("It fell in 2019.", date(2022, 5, 3), 1.0),
        ("It fell.", None, 1.0),
        ("8 March: talks begin.", date(2021, 5, 3), 0.0),
        ("8 March: talks begin.", date(2022, 5, 3), 1.0),
    ],
)
def test_a_sentence_fits_by_its_own_dates_or_by_its_article(text, published, expected):
    """A sentence with a date of the time fits, one without any by the dateline, one with other dates in an article of the time by half."""
    assert misfit(text, published) == expected


def test_an_open_scope_goes_by_the_dateline():
    """Of what was before or since a day the article's own date tells more than the dates in it."""
    assert misfit("It fell in 2019.", date(2023, 5, 3), Scope(since=date(2022, 1, 1))) == 0.0


@pytest.mark.parametrize(("text", "expected"), [("It fell.", 0.0), ("It fell in 2023.", 0.0), ("It fell in 2019.", 0.5)])
def test_an_undated_article_may_be_of_any_time(text, expected):
    """Of an article without a date only the dates in its sentences speak against an open time."""
    assert misfit(text, None, Scope(since=date(2022, 1, 1))) == expected


@settings(deadline=None, max_examples=30, database=None)
@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)), st.integers(0, 400), st.dates(date(1950, 1, 1), date(2090, 1, 1)))
def test_a_period_holds_its_own_days(first, length, day):
    """A stretch of days overlaps a day exactly when the day lies in it."""
    last = date.fromordinal(first.toordinal() + length)
    assert Scope(first, last).holds(on(day)) == Period(first, last).overlaps(day, day) == (first <= day <= last)
