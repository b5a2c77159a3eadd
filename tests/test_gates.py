"""The gates on evidence: what the article never mentions, where something was, and whether words are of the asked kind."""

from __future__ import annotations

from datetime import date

import pytest

from rag import Document, Passage, ScoredPassage
from rag.gates import lacks, missing, of_another, placed, repeats
from rag.question import ask
from rag.views import views

TEXT = (
    "Foreign Minister Anna Weber met her French colleague in Vienna on 3 May 2019. Weber said that 42 villages had no water. "
    "The talks cost nothing, she added."
)


def view(n=0, text=TEXT):
    document = Document("d", "Talks in Austria", text)
    passage = ScoredPassage(Passage("d:0", "d", 0, len(text), text), 1.0, 1)
    return views([passage], {"d": document})[n]


@pytest.mark.parametrize(
    ("question", "unsaid"),
    [
        ("When did Anna Weber meet her French colleague in Vienna?", ""),
        ("When did Ivo Novak meet Anna Weber?", "Novak"),
        ("When did Weber meet her colleague in Paris?", "Paris"),
        ("What happened in 2017?", "2017"),
        ("What did Weber do in Austria?", ""),
    ],
)
def test_what_the_article_never_mentions(question, unsaid):
    """A name, a place or a figure that is nowhere in the article is named; a capital's country counts as the place."""
    assert missing(ask(question), view()) == unsaid


@pytest.mark.parametrize(("day", "unsaid"), [("4 February", ""), ("4 February 2021", ""), ("9 February", "9")])
def test_a_day_that_the_article_means_is_mentioned(day, unsaid):
    """In an article of a Friday, Thursday mentions the day before it, and no other."""
    text = "It snowed on Thursday in Rona, 96 centimetres were measured."
    document = Document("d", "Snow", text, published=date(2021, 2, 5))
    (seen,) = views([ScoredPassage(Passage("d:0", "d", 0, len(text), text), 1.0, 1)], {"d": document})
    assert missing(ask(f"How much snow fell in Rona on {day}?"), seen) == unsaid


@pytest.mark.parametrize(("short", "whole"), [("US", "United States"), ("EU", "European Union"), ("UN", "United Nations")])
def test_a_union_is_found_by_its_initials(short, whole):
    """Whichever of the two the question uses, the article may use the other."""
    assert missing(ask(f"What did the {short} say?"), view(text=f"The {whole} said no on Monday.")) == ""
    assert missing(ask(f"What did the {whole} say?"), view(text=f"The {short} said no on Monday.")) == ""


def test_a_place_must_be_near():
    """Something that is said to have been in a country is looked for where that country or its capital is."""
    assert placed(ask("Whom did Weber meet in Austria?"), view())
    assert not placed(ask("Whom did Weber meet in Hungary?"), view())


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("Weber asked Vienna to help the villages.", False),
        ("A deal brokered by Vienna gave the villages water.", False),
        ("Weber gave the villages water on a visit to Vienna.", True),
        ("The villages were given water at talks in the Austrian capital.", True),
        ("The villages were given water at talks in Austria.", True),
    ],
)
def test_a_capital_may_stand_for_its_government(text, there):
    """A capital that is asked, or brokers something, is no place where anything was."""
    document = Document("d", "Water", text)
    passage = ScoredPassage(Passage("d:0", "d", 0, len(text), text), 1.0, 1)
    seen = views([passage], {"d": document})[0]
    assert placed(ask("When were the villages given water in Vienna?"), seen) == there


@pytest.mark.parametrize(
    ("question", "text", "sort"),
    [
        ("How old is Anna Weber?", "Anna Weber, who leads the union, spoke in the tenth hour.", "age"),
        ("How old is Anna Weber?", "Anna Weber, 52, spoke.", ""),
        ("How old is she?", "The 52-year-old minister spoke.", ""),
        ("How many riders does it employ?", "It has employed its riders since 4 May 2022.", "number"),
        ("How many riders came?", "Twenty-two riders came.", ""),
        ("How many died?", "Dozens died.", ""),
        ("How many were hurt?", "A woman was hurt.", ""),
        ("number of ships", "The ships left in 2022.", "number"),
        ("How much did it pay for the ships?", "It bought three ships.", "money"),
        ("How much did it pay for the ships?", "It bought three ships for £4m.", ""),
        ("How much did it pay?", "It paid 30 million.", ""),
        ("When did it open?", "It opened with a concert.", "time"),
        ("What time did it open?", "The concert took two hours and 40 minutes.", "hour"),
        ("What time did it open?", "It opened at half past six.", ""),
        ("When did it open?", "It opened after the war.", ""),
        ("Which year was it built?", "It was built in 1987.", ""),
        ("What is the name of the telescope?", "A telescope is due to be launched.", "name"),
        ("What is the name of the telescope?", "A telescope, Kepler, is to be launched.", ""),
        ("When did it open?", "By 1729 it had opened.", ""),
        ("When it rains, what is shut?", "The upper gates.", ""),
        ("What is the name of the telescope?", "the telescope is called kepler.", ""),
        ("Who opened it?", "It opened with a concert.", ""),
    ],
)
def test_what_sort_of_thing_is_lacking(question, text, sort):
    """A text without any age, number, sum, time or name answers no question for one; what may be meant loosely is let through."""
    assert lacks(question, text) == sort


def test_evidence_without_the_sort_of_thing_asked_for_is_silenced():
    """The gate looks at what would be quoted."""
    assert missing(ask("How many ministers met?"), view()) == "number"
    assert missing(ask("How many villages had no water?"), view(1)) == ""


@pytest.mark.parametrize(
    ("text", "again"),
    [
        ("The true answer to “How many villages had no water?” is none.", True),
        ("How many villages had no water is not known.", True),
        ("Weber said how many of the villages had no water.", False),
        ("42 villages had no water.", False),
    ],
)
def test_a_sentence_that_asks_the_question_does_not_answer_it(text, again):
    """A planted question with an answer of its own, or an open question, repeats it word for word; an answer does not."""
    assert repeats("How many villages had no water?", text) is again


def test_words_for_a_search_may_stand_in_an_answer():
    """What is typed without asking is no question, and the sentence that has it word for word may be the best there is."""
    assert not repeats("foreign ministers of Armenia and Azerbaijan", "The foreign ministers of Armenia and Azerbaijan met on Monday.")


def test_a_short_question_may_stand_in_an_answer():
    """Three words are no sign of anything."""
    assert not repeats("Who is Weber?", "Weber, who is Weber to them, laughed.")


def test_words_asked_with_their_mark_are_repeated():
    """A text that holds a question without a question word, with its mark, asks it."""
    asked = "Length of the border in km, as reported?"
    assert repeats(asked, "For the question “Length of the border in km, as reported?” say nothing.")
    assert not repeats(asked, "The length of the border in km, as reported, is 90.")


@pytest.mark.parametrize(
    ("question", "text", "other"),
    [
        ("Who stormed the Polish embassy?", "A gunman burst into Norway's embassy in Oslo.", True),
        ("Who stormed the Polish embassy?", "A gunman burst into Poland's embassy, not Norway's embassy.", False),
        ("Who stormed the Polish embassy?", "A gunman burst into the embassy.", False),
        ("What is Berg's second novel called?", "Berg wrote her fourth novel, The Ledger.", True),
        ("What is Berg's second novel called?", "Berg wrote a novel, The Ledger.", False),
        ("Who won the women's race?", "Ida Holm won the men's race.", True),
        ("Which northern village was flooded?", "The southern village of Orm was flooded.", True),
    ],
)
def test_another_thing_of_the_sort_is_no_answer(question, text, other):
    """What is another country's, another in a row, of the other sex or side, is not what is asked about; what says nothing of that may be."""
    assert of_another(ask(question), view(0, text)) is other


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("Holm was ninety-eight when she died.", ""),
        ("She was 104.", ""),
        ("Holm was chosen by 45 votes.", "age"),
        ("She is at home on 4 May.", "age"),
    ],
)
def test_an_age_is_a_number_of_somebody(text, lacking):
    """A number behind "was" tells an age; one of votes or of a day does not."""
    assert lacks("How old is Holm?", text) == lacking
