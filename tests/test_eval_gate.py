"""The regression gate: the same commit gives the same outcomes, and a question that turned is named."""

from __future__ import annotations

import pytest

import eval.gate
from eval.gate import check, main
from eval.sets import Question, QuestionSet
from rag import Config
from tests.conftest import ARTICLES

FERRY = Question("1", "toy", "number", "How many people were on board the ferry to Rona?", True, [["42"]], ["ferry"])
TOY = Config(embedder="toy", writer="toy", refuse_below=0.1)


@pytest.fixture
def articles(tmp_path, monkeypatch):
    monkeypatch.setattr(eval.gate, "KEPT", tmp_path / "gate.json")
    (tmp_path / "articles").mkdir()
    for name, text in ARTICLES.items():
        (tmp_path / "articles" / f"{name}.txt").write_text(text)
    return tmp_path / "articles"


def test_what_was_accepted_passes_again(articles):
    """Asked twice, the outcomes are the same."""
    questions = QuestionSet("toy", articles, (FERRY,))
    assert check(questions, TOY, accept=True) == "kept: 1 right, 0 wrong, 0 refused"
    assert check(questions, TOY) == "as accepted: 1 right, 0 wrong, 0 refused"


def test_a_question_that_turned_is_named(articles):
    """An article that no longer says it turns the question, and the gate says which and to what."""
    questions = QuestionSet("toy", articles, (FERRY,))
    check(questions, TOY, accept=True)
    (articles / "ferry.txt").write_text(ARTICLES["ferry"].replace("42", "43"))
    with pytest.raises(SystemExit, match=r"1 questions of toy turned.*\n1: right -> wrong: .*43 people"):
        check(questions, TOY)


@pytest.mark.full
@pytest.mark.filterwarnings("default")
def test_the_gate_is_passed(capsys):
    """With the real models every question of the gate comes out as it was accepted."""
    main([])
    assert "as accepted" in capsys.readouterr().out
