"""The gates on evidence: what the article never mentions, where something was, and whether words are of the asked kind."""

from __future__ import annotations

import pytest

from rag import Document, Passage, ScoredPassage
from rag.gates import missing, placed
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
