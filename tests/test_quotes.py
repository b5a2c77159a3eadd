"""Quotations are looked up word for word or nearly so, and the article's own words are shown."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.quotes import look_up, read_quotation, told, whole
from rag.types import Document

TEXT = "Ferry returns\n\nBay Post\nMay 3 2024\n\nThe boat was late. “We waited\tfor ten years, and now it is here,” mayor Ida Holm said on Friday. Nobody was hurt."
FERRY = Document("ferry", "Ferry returns", TEXT, "Bay Post")
OTHER = Document("mill", "Mill burns", "The mill burned down and with it went the oldest wheel of the whole valley.")


@pytest.mark.parametrize(
    "question",
    [
        "Which article says “we waited for ten years”?",
        'Where does this come from: "we waited for ten years"',
        "Who said 'we waited for ten years'?",
        "Find the source of this quote: «we waited for ten years»",
        "What outlet and date: “we waited for ten years, and now it is here.”",
    ],
)
def test_a_quotation_is_asked_for(question):
    """A question that holds a quotation and little beside it asks where that comes from."""
    assert read_quotation(question).startswith("we waited for ten years")


@pytest.mark.parametrize(
    "question",
    [
        "Who opened the bridge?",
        "Why did Holm say “we waited for ten years”?",
        "Who wrote “Old Boats”?",
        "What is the “Bay of Ten Thousand Boats” treaty?",
    ],
)
def test_other_questions_look_nothing_up(question):
    """A question about something else, or with a short title, is read as any other."""
    assert read_quotation(question) == ""


def test_the_words_are_found_in_spite_of_marks_and_lines():
    """A quotation is found whatever its quotation marks, capitals and line ends."""
    (found,) = look_up("we waited for ten years, and now it is here", [OTHER, FERRY])
    assert (found.document, found.ratio) == (FERRY, 100.0)
    assert found.span.of(TEXT) == "We waited\tfor ten years, and now it is here"


def test_a_damaged_quotation_is_found_and_said_to_be():
    """Words that are nearly those of an article are found, shown as they stand there, and said not to be word for word."""
    (found,) = look_up("we waited for eleven years and now is it here", [OTHER, FERRY])
    assert told(found, 1).text.startswith("Not word for word: Bay Post, undated: “We waited")


@pytest.mark.parametrize("quotation", ["the bridge was opened by the queen in the rain", "nobody waited for ten boats in the north"])
def test_other_words_are_not_found(quotation):
    """Words that no article has are found nowhere."""
    assert look_up(quotation, [OTHER, FERRY]) == []


def test_who_speaks_is_shown():
    """The whole sentence is shown, with who said it."""
    (found,) = look_up("we waited for ten years", [FERRY])
    assert whole(found).text.endswith("mayor Ida Holm said on Friday.")


@settings(deadline=None, max_examples=50, database=None)
@given(st.text(min_size=30, max_size=200), st.integers(0, 20), st.integers(12, 30))
def test_what_is_cut_from_a_text_is_found_there(text, start, length):
    """Any stretch of a text is found at offsets inside it."""
    quotation = text[start : start + length]
    for found in look_up(quotation, [Document("a", "A", text)]):
        assert 0 <= found.span.start <= found.span.end <= len(text)
