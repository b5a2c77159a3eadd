"""What visitors think of answers: what is kept, and of which answer."""

from __future__ import annotations

import json

import pytest

from ui.app import keep_opinion, reply
from ui.feedback import REASONS, VERDICTS, place

ON_BOARD = "How many people were on board the ferry to Rona?"
KING = "Who is the king of Norway?"


@pytest.fixture
def conversation(toy_pipeline):
    """Two turns, and what stands on the page above the second answer."""
    turns = []
    for question in (ON_BOARD, KING):
        *_, (_text, turns) = reply(toy_pipeline, question, turns)
    shown = [{"role": "user", "content": ON_BOARD}, {"role": "assistant", "content": "42"}, {"role": "user", "content": KING}]
    return turns, shown


def lines(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_a_thumb_is_kept_with_its_answer(conversation, tmp_path):
    """The question, what was shown and what it was quoted from, on a line of its own beside the store."""
    turns, shown = conversation
    path = place(tmp_path / "store")
    assert keep_opinion(path, shown[:1], turns, True) == ""
    assert keep_opinion(path, shown, turns, REASONS[2]) == ""
    first, second = lines(path)
    assert (first["verdict"], first["question"], first["history"], first["answered"]) == (VERDICTS[True], ON_BOARD, [], True)
    assert first["citations"][0]["doc_id"] == "ferry"
    assert (second["verdict"], second["question"], second["history"], second["answered"]) == (REASONS[2], KING, [ON_BOARD], False)


def test_a_question_that_was_asked_twice_has_two_answers(toy_pipeline, tmp_path):
    """A thumb beside the first of them keeps the first, with what was asked before it."""
    turns = []
    for question in (ON_BOARD, KING, ON_BOARD):
        *_, (_text, turns) = reply(toy_pipeline, question, turns)
    path = place(tmp_path / "store")
    shown = [{"role": "user", "content": q} for q in (ON_BOARD, KING, ON_BOARD)]
    keep_opinion(path, shown[:1], turns, True)
    keep_opinion(path, shown, turns, True)
    assert [line["history"] for line in lines(path)] == [[], [ON_BOARD, KING]]


def test_spaces_around_a_question_do_not_hide_its_answer(toy_pipeline, tmp_path):
    """The page takes them away, the turn keeps them."""
    *_, (_text, turns) = reply(toy_pipeline, f"  {ON_BOARD}\n", [])
    assert keep_opinion(place(tmp_path / "store"), [{"role": "user", "content": [{"type": "text", "text": ON_BOARD}]}], turns, True) == ""


def test_an_error_has_no_answer_to_judge(conversation, tmp_path):
    """A thumb beside an error, or an answer that is not finished, keeps nothing and says so."""
    turns, shown = conversation
    path = place(tmp_path / "store")
    assert (
        keep_opinion(path, [*shown[:2], {"role": "user", "content": "x" * 10_000}], turns, False) == "Only a finished answer can be judged."
    )
    assert not path.exists()


def test_what_cannot_be_kept_is_told(conversation, tmp_path):
    """A folder that is not there is a line on the page, not a broken chat."""
    turns, shown = conversation
    assert "could not be kept" in keep_opinion(tmp_path / "nowhere" / "x", shown, turns, True)
