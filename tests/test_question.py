"""A question is checked and taken apart."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.errors import QuestionError
from rag.question import LONGEST, as_question, ask, check_question, located, reported_by


def names(question: str) -> list[str]:
    return [" ".join(t.text for t in run) for run in ask(question).names]


def test_words_are_the_content_words():
    """The words of a question are its content words in order."""
    assert [t.text for t in ask("How many boats did the storm sink off Skye?").words] == ["boats", "storm", "sink", "Skye"]


def test_names_are_runs_of_capitals():
    """The names of a question are its runs of capitalised words, without its first word."""
    assert names("Did Ann Hill visit Leeds?") == ["Ann Hill", "Leeds"]


def test_names_without_capitals_are_places():
    """In a question without capitals the countries and capitals are its names."""
    assert names("did georgia sign in tehran") == ["georgia", "tehran"]


def test_names_in_capitals_only_are_places():
    """In a question all in capitals only the countries and capitals are names."""
    assert names("WHO WON IN GEORGIA?") == ["GEORGIA"]


def test_first_word_that_is_a_country_is_a_name():
    """A country at the head of a question is a name."""
    assert names("Georgia won what?") == ["Georgia"]


def test_us_is_a_name():
    """The initials of the United States are a name of the question."""
    assert names("Did the U.S. win?") == ["U.S."]


def test_figures_of_a_question():
    """The figures of a question that an article must mention are those in digits."""
    assert ask("Did three boats sink in 2019?").figures == {"2019"}


def test_located_needs_a_place_word_before():
    """A country counts as the place of something only after a word such as in."""
    assert [t.text for t in located("Iran signed, in Tbilisi, a pact on Georgia.")] == ["Tbilisi"]


def test_located_passes_over_an_adjective():
    """One word may stand between the place word and the place."""
    assert [t.text for t in located("They met in sunny Tbilisi.")] == ["Tbilisi"]


@pytest.mark.parametrize("text", ["Who signed in Tbilisi on Monday?", "Who signed at the Tbilisi court?"])
def test_located_finds_a_place_before_another_word(text):
    """A place is found whatever word follows it."""
    assert [t.text for t in located(text)] == ["Tbilisi"]


@pytest.mark.parametrize("question", ["", " ", " \n\t ", "???", "🙂", "\x00"])
def test_question_without_words_is_refused(question):
    """A question without a letter raises QuestionError that says what to type."""
    with pytest.raises(QuestionError, match="type a question in words"):
        check_question(question)


def test_long_question_is_refused():
    """A question of 10,000 characters raises QuestionError that says how many are allowed."""
    with pytest.raises(QuestionError, match=r"has 10,000 characters; ask in 1,000 or fewer"):
        check_question("x" * 10_000)


def test_longest_question_is_allowed():
    """A question of exactly LONGEST characters is allowed."""
    assert check_question("x" * LONGEST) == "x" * LONGEST


def test_spaces_do_not_count():
    """The spaces around and between the words of a question do not count towards its length."""
    assert check_question("Why" + " " * 2 * LONGEST + "so?\n") == "Why so?"


@settings(deadline=None, max_examples=30, database=None)
@given(st.text(max_size=30))
def test_checked_question_stays_as_it_is(text):
    """A question that passed the check passes it again unchanged."""
    once = check_question(f"Why {text}")
    assert check_question(once) == once


@pytest.mark.parametrize(
    "question",
    [
        "What did Lee say, according to the Bay Post?",
        "What does the Bay Post article say about Lee?",
        "What was reported by the 'Bay Post' about Lee?",
    ],
)
def test_an_outlet_that_reports_is_no_name(question):
    """An outlet whose report is asked about is told apart from the names that an article must mention."""
    asked, outlets = reported_by(ask(question), ["Bay Post", "Hill Times"])
    assert outlets == {"Bay Post"}
    assert [[t.text for t in run] for run in asked.names] == [["Lee"]]


@pytest.mark.parametrize("question", ["Who owns the Bay Post?", "What did Lee tell the Hill Herald?"])
def test_an_outlet_that_is_spoken_of_stays_a_name(question):
    """An outlet that is itself asked about, or is none of the archive's, stays a name."""
    assert reported_by(ask(question), ["Bay Post", "Hill Times"])[1] == frozenset()


def test_small_words_join_names():
    """A name with a small word in it is one name."""
    assert names("Who runs the Embalse del Rey?") == ["Embalse Rey"]


@pytest.mark.parametrize(
    "words",
    ["thank you", "Name the winner", "Mayor resigns after scandal", "Didn't he quit", "I want to know about the price", "the strike"],
)
def test_requests_and_statements_are_no_questions(words):
    """Thanks, requests and headlines stay as they are."""
    assert as_question(words) == words


def test_what_a_town_lies_on_is_no_name():
    """A town such as "Clacton-on-Sea" may go by "Clacton", so that no article need name the sea."""
    assert [[t.text for t in run] for run in ask("Who won in Clacton-on-Sea?").names] == [["Clacton"]]
