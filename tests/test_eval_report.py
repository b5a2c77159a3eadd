"""The page of a run: nothing beside itself, everything escaped."""

from __future__ import annotations

import json

import pytest

import eval.report
from eval.report import main, page
from eval.run import run
from eval.sets import Question, QuestionSet
from tests.conftest import ARTICLES

ASKED = (
    Question("1", "toy", "number", "How many people were on board the ferry to Rona?", True, [["42"]], ["ferry"]),
    Question("2", "toy", "near_miss", "Who is <b>the king</b> of Norway?", False, [], []),
)


@pytest.fixture
def questions(tmp_path):
    for name, text in ARTICLES.items():
        (tmp_path / f"{name}.txt").write_text(text)
    return QuestionSet("toy", tmp_path, ASKED)


@pytest.fixture
def record(toy_pipeline):
    judgements = [dict(zip(j.__slots__, (getattr(j, s) for s in j.__slots__), strict=True)) for j in run(toy_pipeline, ASKED)]
    head = {"date": "2026-11-26", "commit": "abc", "set": "toy", "config": {"refuse_below": 0.1}, "report": ["a line & more"]}
    head |= {"articles": "0", "split": None}
    asked = {q.id: q.question for q in ASKED}
    return json.loads(json.dumps(head | {"judgements": [{"question": asked[j["id"]]} | j for j in judgements]}))


def test_each_question_is_told_with_how_it_came_about(record, questions):
    """Its quote, its evidence, what was written with the verifier's word on it, and the passages."""
    told = page([(record, questions)])
    assert told.count("<details class=") == 2
    assert '<details class="good">' in told
    assert "The ferry to Rona came back on Thursday with 42 people on board." in told
    assert "passed" in told
    assert told.count("<svg") == 3


def test_words_of_a_question_are_no_markup(record, questions):
    """What looks like markup is shown as written."""
    assert "&lt;b&gt;the king&lt;/b&gt;" in page([(record, questions)])


def test_nothing_is_fetched(record, questions):
    """No script, picture, font or style from elsewhere."""
    told = page([(record, questions)]).replace("http://www.w3.org/", "")  # names of XML, not addresses
    assert "src=" not in told
    assert "http" not in told


def test_the_same_run_gives_the_same_page(record, questions):
    """Plots have no dates and no chance in them."""
    assert page([(record, questions)]) == page([(record, questions)])


def test_a_run_of_another_archive_needs_its_articles(record, tmp_path):
    """It says what to name."""
    (tmp_path / "run.json").write_text(json.dumps(record))
    with pytest.raises(SystemExit, match="name its articles with --archive"):
        main(["--run", str(tmp_path / "run.json")])


def test_a_run_of_articles_that_have_changed_is_not_told(record, questions, tmp_path):
    """Quotes at offsets of other texts would be untrue."""
    (tmp_path / "run.json").write_text(json.dumps(record | {"set": "coast"}))
    with pytest.raises(SystemExit, match="the articles of coast have changed"):
        main(["--run", str(tmp_path / "run.json")])


def test_without_a_run_it_says_how_to_make_one(tmp_path, monkeypatch):
    """No page of nothing."""
    monkeypatch.setattr(eval.report, "latest", lambda _name: None)
    with pytest.raises(SystemExit, match="python -m eval.run"):
        main([])
