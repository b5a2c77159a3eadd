"""Questions made of opinions on answers."""

from __future__ import annotations

import json

import pytest

from eval.from_feedback import LIKED, NOT_THERE, main
from eval.sets import read_questions
from rag import Turn
from ui.feedback import REASONS, VERDICTS, keep, place

ON_BOARD = "How many people were on board the ferry to Rona?"
COST = "What did the bridge cost?"
KING = "Who is the king of Norway?"


@pytest.fixture
def judged(toy_pipeline, toy_store, monkeypatch, tmp_path):
    """The toy store with a file of opinions: what each question is thought of."""
    monkeypatch.setenv("RAG_EMBEDDER", "toy")
    monkeypatch.setenv("RAG_REFUSE_BELOW", "0.1")
    path = place(toy_store)

    def judge(*opinions):
        for question, verdict in opinions:
            keep(path, [Turn(question, toy_pipeline.answer(question))], verdict)
        out = tmp_path / "out.jsonl"
        main(["--index", str(toy_store), "--out", str(out)])
        return out

    yield judge
    path.unlink(missing_ok=True)


def test_what_was_liked_has_a_key(judged):
    """An answer that was liked is answerable, from the article that it cites; a refusal that was liked has no answer."""
    assert VERDICTS[True] == LIKED
    liked, refused = read_questions(judged((ON_BOARD, LIKED), (KING, LIKED)))
    assert (liked.question, liked.doc_ids, liked.answerable) == (ON_BOARD, ["ferry"], True)
    assert "42 people" in liked.answers[0][0]
    assert refused.category == "unanswerable"
    assert (refused.question, refused.answerable) == (KING, False)


def test_what_the_articles_do_not_say_is_unanswerable(judged):
    """The reason as the chat gives it makes a near miss."""
    assert NOT_THERE in REASONS
    (question,) = read_questions(judged((COST, NOT_THERE)))
    assert (question.category, question.answers) == ("near_miss", [])


def test_the_last_word_counts(judged):
    """An opinion can be changed, and taken back."""
    out = judged((ON_BOARD, NOT_THERE), (COST, "Like"), (ON_BOARD, "Like"), (COST, ""))
    assert [q.question for q in read_questions(out)] == [ON_BOARD]


def test_a_key_that_nobody_knows_must_be_filled_in(judged):
    """A question whose answer was disliked cannot be asked before somebody writes its key."""
    with pytest.raises(SystemExit, match="line 1 .*its key is still to be written"):
        read_questions(judged((COST, "Dislike")))


def test_what_is_not_there_is_one_line(toy_store, tmp_path):
    """No opinions, a file that would be overwritten, and a line that is none."""
    with pytest.raises(SystemExit, match="nobody has judged"):
        main(["--index", str(tmp_path / "store"), "--out", str(tmp_path / "out")])
    (tmp_path / "out").touch()
    with pytest.raises(SystemExit, match="perhaps edited"):
        main(["--index", str(toy_store), "--out", str(tmp_path / "out")])
    place(tmp_path / "store").write_text(json.dumps({"question": "x", "history": []}))
    with pytest.raises(SystemExit, match="line 1 of .* is no opinion .it has no verdict"):
        main(["--index", str(tmp_path / "store"), "--out", str(tmp_path / "new")])
