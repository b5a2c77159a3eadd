"""The head of an article: its dates, its pieces, what a tagger makes of them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from eval.heads import HEADS, outcomes
from rag import read_article
from rag.corpus import evidence_sentences
from rag.head import read_head
from rag.pieces import dates_in, day_of, line_of, pieces

STORY = "The ferry to Skye came back on Tuesday after a week of storms, and the islanders cheered it in."


@pytest.mark.parametrize(
    "words",
    [
        "3 May 2024",
        "3 de mayo de 2024",
        "3 mai 2024",
        "3. Mai 2024",
        "3 maggio 2024",
        "2024. május 3.",
        "3 мая 2024",
        "2024年5月3日",
        "2024.05.03",
        "03.05.2024",
        "3-May-2024",
    ],
)
def test_a_day_is_read_in_many_languages(words):
    """A day that a head states in full is found and read, in whatever language or order of figures."""
    assert [day_of(day) for *_, day in dates_in(f"Oslo | {words}")] == [date(2024, 5, 3)]


def test_pieces_are_without_what_leads_them():
    """A line is cut at its marks, and what leads a writer is no part of a name."""
    assert [p.text for p in pieces(line_of("By Ann Roe | Bay Post | 3 May 2024"))] == ["Ann Roe", "Bay Post"]


@pytest.mark.parametrize(
    "head",
    [
        "Ferry returns to Skye\n\nPosted 03.05.2024 06:15 by D. Owusu\nBay Post",
        "Ferry returns to Skye\n\nBay Post | 3 May 2024 | Photo: a diver prepares",
        "Bay Post, 3 May 2024, 19:00 bulletin\n\nFerry returns to Skye",
        "ISLANDS | Friday 3 May 2024 | Reading time: 3 minutes\nFerry returns to Skye\nBay Post",
    ],
)
def test_a_line_may_hold_other_things_beside_its_date(head):
    """Hours, photographs, sections and reading times beside it do not hide when an article was published."""
    d = read_article(f"{head}\n\n{STORY}\n", "ferry")
    assert (d.title, d.outlet, d.published) == ("Ferry returns to Skye", "Bay Post", date(2024, 5, 3))


def test_a_line_with_a_foreign_dateline_is_read():
    """The dateline of an agency in another language gives place and day and is no evidence."""
    d = read_article(f"Ferry returns to Skye\n\nBOGOTÁ, 3 de mayo de 2024. — {STORY}\n", "ferry")
    assert d.published == date(2024, 5, 3)


def test_a_numbered_headline_is_one():
    """A newsletter numbers its pieces."""
    assert read_article(f"Bay Post, 3 May 2024\n\n1. Ferry returns to Skye\n\n{STORY}\n", "a").title == "1. Ferry returns to Skye"


def test_a_story_of_one_line_has_no_head():
    """One line is story, whatever it looks like."""
    assert read_head("Bay Post").blocks == frozenset()


def test_most_kept_heads_are_read():
    """Of heads that no training saw nine in ten tell their day, and few are given a wrong one."""
    heads = [json.loads(line) for line in Path(HEADS).read_text("utf-8").splitlines()]
    days = [outcome for head in heads for field, outcome in outcomes(head, read_article(head["text"], "a")) if field == "published"]
    assert days.count("right") >= 0.9 * len(days)
    assert days.count("wrong") <= 0.02 * len(days)


def kept(text):
    d = read_article(text, "a")
    return [span.of(d.text) for span in evidence_sentences(d)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Two people died.",
        "He is 45.",
        "Она стоила четыре миллиона.",
        "TWO PEOPLE DIED IN RONA.",
        "- It cost 4 million euros",
        "The smoke first appeared over the harbour.",
        "Ida Holm (Labour) – the mayor of Rona – was chosen again by the council on Tuesday.",
        "Fire hit Rona on 4 May 2019.",
        "Since 4 May 2019 - the day of the fire - nobody has lived in the house by the river at Rona.",
    ],
)
def test_no_sentence_of_the_story_is_lost_as_head(sentence):
    """What looks like a line of the head but is told in the story can be cited, and says nothing of the article."""
    d = read_article(f"Ferry returns to Skye\n\n{sentence}\n\n{STORY}\n", "a")
    assert (d.published, d.outlet) == (None, None)
    assert sentence in kept(f"Ferry returns to Skye\n\n{sentence}\n\n{STORY}\n")


def test_an_article_without_headline_loses_no_sentence():
    """Where the first line is a sentence it stands for the title and can be cited."""
    assert kept("A fire broke out in Rona on Monday.\n\nTwo people died.\n") == ["A fire broke out in Rona on Monday.", "Two people died."]


@pytest.mark.parametrize("line", ["A/" * 2000, "3 May 2024, " * 800, "A | " * 4000, "A (" * 1500])
def test_a_long_line_of_marks_is_no_head(line):
    """A line that could be cut into thousands of pieces is not."""
    assert read_article(f"Ferry returns to Skye\n\n{line}\n\n{STORY}\n", "a").outlet is None
