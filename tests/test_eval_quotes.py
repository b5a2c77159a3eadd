"""Quotes drawn from articles and asked for."""

import random

import pytest

from eval.quotes import damaged, drawn, is_right, main, measured, public
from rag import Pipeline


def test_a_quote_is_cut_from_its_article(toy_documents):
    """An exact quote stands in the text of its article."""
    chance = random.Random(1)
    assert all(" ".join(quote.split()) in " ".join(d.text.split()) for d, quote in drawn("exact", toy_documents, 3, chance))


def test_a_damaged_quote_differs():
    """A damaged quote has other words than the one that it was made of."""
    words = "one two three four five six seven eight".split()
    assert damaged(words, random.Random(3)) != words


def test_the_right_article_is_found(toy_config, toy_documents):
    """A quote of eight words leads to its article, outlet and date."""
    pipeline = Pipeline(config=toy_config)
    quote = "came back on Thursday with 42 people on board"
    ferry = next(d for d in toy_documents if d.doc_id == "ferry")
    assert is_right(pipeline.answer(f"Which article says “{quote}”?"), ferry)
    assert "1/1" in measured("exact", [(ferry, quote)], pipeline)
    assert "1/1" in measured("absent", [(ferry, "nobody has ever written these eight words here")], pipeline)


def test_missing_data_is_named(tmp_path):
    """A folder without the public data ends the program with the file that is missing."""
    with pytest.raises(SystemExit, match="is missing"):
        public(tmp_path)


def test_too_few_articles_are_refused(tmp_path):
    """An archive of one article is too small for quotes that are in none."""
    (tmp_path / "a.txt").write_text("Title of it\n\nThe ferry came back on Thursday with 42 people on board.\n")
    with pytest.raises(SystemExit, match="ten articles are needed"):
        main(["--archive", str(tmp_path)])
