"""Training examples for the rewriter: every follow-up of the conversations, and questions that stand alone."""

import json
import random

import pytest

from train.judging_data import talk_answers
from train.rewriter import encode, examples
from train.written import talks

BRIDGE = [
    {
        "q": "Who opened the bridge of Rona?",
        "a": "Ida Holm opened the bridge of Rona.",
        "value": "Ida Holm",
        "full": "Who opened the bridge of Rona?",
    },
    {"q": "when?", "a": "The ribbon was cut on 4 May.", "value": "4 May", "full": "When did Ida Holm open the bridge of Rona?"},
    {"q": "was she hurt", "a": "", "value": "", "full": "Was Ida Holm hurt?"},
]
FERRY = [{"q": "Who sank the ferry?", "a": "A storm did.", "value": "A storm", "full": "Who sank the ferry?"}, BRIDGE[1]]
ARTICLE = {
    "title": "Vote",
    "text": "Olav Berg lost.",
    "questions": [{"q": "when did Olav Berg lose", "answer": "", "sentence": "Olav", "kind": "plain"}],
}


@pytest.fixture
def folder(tmp_path):
    rows = [{"kept": False, "turns": BRIDGE}, {"kept": True, "turns": FERRY}]
    (tmp_path / "talks.jsonl").write_text("\n".join(json.dumps(row) for row in rows))
    (tmp_path / "articles.jsonl").write_text(json.dumps(ARTICLE))
    return tmp_path


class Letters:
    """A tokenizer that a hand can follow: one token a letter."""

    def __call__(self, text, *, add_special_tokens):
        assert not add_special_tokens
        return {"input_ids": [ord(c) for c in text]}


def test_every_follow_up_is_an_example_and_a_question_stands_alone(folder):
    """Each turn but the first is written out; behind them stands a question that has nothing to do with the conversation and stays as it is."""
    found = [(read.rsplit("Next: ", 1)[1], full) for read, full in examples(random.Random(1), folder=folder)]
    assert found == [
        ("when?\nAlone:", "When did Ida Holm open the bridge of Rona?"),
        ("was she hurt\nAlone:", "Was Ida Holm hurt?"),
        ("when did Olav Berg lose\nAlone:", "when did Olav Berg lose"),
    ]


def test_only_the_question_in_full_is_learned():
    """What is read comes first, cut to its end where it is long; then the question and a line break."""
    ((ids, start),) = encode(Letters(), [("x" * 400 + "Alone:", "Who won?")])
    assert "".join(map(chr, ids[start:])) == " Who won?\n"
    assert (start, "".join(map(chr, ids[:start]))[-6:]) == (320, "Alone:")


def test_a_conversation_is_kept_out_where_it_is_marked(folder):
    """What is trained on and what is kept out are told apart by the mark."""
    assert [[t["turns"] for t in talks(kept=kept, folder=folder)] for kept in (False, True)] == [[BRIDGE], [FERRY]]


def test_a_turn_is_answered_by_what_was_shown_and_not_by_other_turns(folder):
    """The judge sees the sentence that answered, with the words that did, below the one before, and sentences of other turns that do not answer."""
    found = list(talk_answers(random.Random(1), folder))
    shown = [(j.pair.question, j.pair.before, j.pair.sentence[j.start : j.end]) for j in found if j.answers]
    assert shown == [(BRIDGE[0]["full"], "", "Ida Holm"), (BRIDGE[1]["full"], BRIDGE[0]["a"], "4 May")]
    assert {(j.pair.question, j.pair.sentence) for j in found if not j.answers} == {
        (BRIDGE[0]["full"], BRIDGE[1]["a"]),
        (BRIDGE[1]["full"], BRIDGE[0]["a"]),
        (BRIDGE[2]["full"], BRIDGE[0]["a"]),
        (BRIDGE[2]["full"], BRIDGE[1]["a"]),
    }
