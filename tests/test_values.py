"""Numbers, dates and names that say the same, and those that do not."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.values import Said, alike, quantities, shown

DAY = date(2024, 5, 3)


def said(text: str, value: str = "", published: date | None = DAY) -> Said:
    return Said(text, value or text, published)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("three boats", "3 boats"),
        ("1.2 million", "1,200,000"),
        ("a dozen", "12"),
        ("more than a dozen", "17"),
        ("more than 6,500", "6,512"),
        ("nearly 40", "39"),
        ("some 2 million", "1,983,000"),
        ("57 per cent", "57%"),
        ("twenty-one", "21"),
        ("a fortnight", "14 days"),
        ("two weeks", "fourteen days"),
        ("a dozen weeks", "84 days"),
        ("5 million kronor", "five million crowns"),
        ("42 km", "26 miles"),
        ("£5 m", "£5,000,000"),
        ("122 F", "50 degrees Celsius"),
        ("16 hectares", "40 acres"),
        ("Rs 40,000", "40,000 rupees"),
    ],
)
def test_numbers_that_say_the_same(one, other):
    """A number in words, rounded, or with "more than" says the same as the exact one."""
    assert alike(said(one), said(other), "number") is True
    assert alike(said(other), said(one), "number") is True


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("5,000", "over 6,500"),
        ("three", "five"),
        ("4.2 per cent", "4.8 per cent"),
        ("450", "620"),
        ("4-1", "0-0"),
        ("1.2 tonnes", "870 kilograms"),
    ],
)
def test_numbers_that_differ(one, other):
    """Different numbers differ, whatever stands before them."""
    assert alike(said(one), said(other), "number") is False


@pytest.mark.parametrize(
    ("one", "other"),
    [("many", "5"), ("three weeks", "three months"), ("57 per cent", "4,000"), ("on 3 May 2024", "7"), ("$8 million", "Sh30 billion")],
)
def test_numbers_that_cannot_be_compared(one, other):
    """A share and a count, two currencies, or a text without a number that is no date, are not compared."""
    assert alike(said(one), said(other), "number") is None


def test_a_day_and_a_weekday_may_be_the_same_day():
    """Dates are compared as the days that they mean in their articles."""
    assert (
        alike(Said("It opened on Wednesday.", "Wednesday", DAY), Said("It was opened on 1 May.", "1 May", date(2024, 6, 1)), "date") is True
    )


def test_two_days_differ():
    """Two days of one month differ."""
    assert alike(Said("It opened on 1 May.", "1 May", DAY), Said("It opened on 2 May.", "2 May", DAY), "date") is False


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Ida Holm", "Holm", True),
        ("Mayor Holm", "Ida Holm", True),
        ("Ida Holm", "Per Holm", None),
        ("Zelensky", "Zelenskiy", True),
        ("Ida Holm", "Per Dahl", False),
        ("the mayor", "Per Dahl", None),
    ],
)
def test_names(one, other, expected):
    """Names say the same when all of the shorter is in the longer, in some spelling, titles aside."""
    assert alike(said(one), said(other), "name") is expected


def test_places_are_those_where_something_was():
    """Of a place the names after "in" or "at" are compared, not those of who tells it."""
    one, other = said("They met in Oslo, Holm said.", "Oslo"), said("Holm said that they met at a hotel in Bergen.", "a hotel")
    assert alike(one, other, "place") is False


@pytest.mark.parametrize(("one", "other", "expected"), [("€3", "$3", None), ("-5", "5", False), ("3-2", "2-1", False), ("€3", "3", True)])
def test_signs_and_scores(one, other, expected):
    """Currencies are not held against each other, a minus counts, and scores are compared number by number."""
    assert alike(said(one), said(other), "number") is expected


def test_a_value_is_shown_with_what_makes_it_vague():
    """A value is shown with the "more than" of its sentence."""
    assert shown("5,000", "In all more than 5,000 came.") == "more than 5,000"


@settings(deadline=None, max_examples=50, database=None)
@given(st.integers(0, 10**9))
def test_a_number_is_read_back(number):
    """A whole number is read as itself, with thousands marks and without."""
    assert [(q.low, q.high) for q in quantities(f"they say that {number:,} came")] == [(float(number), float(number))]


@settings(deadline=None, max_examples=50, database=None)
@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_comparing_is_symmetric(one, other):
    """Which of two numbers comes first makes no difference."""
    assert alike(said(f"{one}"), said(f"{other}"), "number") == alike(said(f"{other}"), said(f"{one}"), "number")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("November 10", "last November", True),
        ("10 November", "November 12", False),
        ("November 10", "2020", None),
        ("in May", "June", False),
    ],
)
def test_dates_without_a_year_are_the_same_where_month_and_day_are(one, other, expected):
    """Of articles without a date the months and days are compared, a year with neither."""
    assert alike(Said(one, one), Said(other, other), "date") is expected
