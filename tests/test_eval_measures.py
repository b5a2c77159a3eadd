"""Judging an answer, and the question files themselves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.measures import Question, judge, normalise, percentile
from eval.run import read_questions, run, table
from rag import read_folder

ROOT = Path(__file__).parent.parent
SETS = [
    (ROOT / "seeds", ROOT / "eval" / "questions.jsonl"),
    *((path.with_suffix(""), path) for path in sorted((ROOT / "eval" / "archives").glob("*.jsonl"))),
]


def question(**changed):
    fields = {
        "id": "1",
        "split": "dev",
        "category": "number",
        "question": "How many people were on board the ferry to Rona?",
        "answerable": True,
    }
    return Question(**fields | {"answers": [["42"]], "doc_ids": ["ferry"]} | changed)


def outcome(pipeline, asked):
    return judge(asked, pipeline.answer(asked.question), pipeline.index, 0.0).outcome


def test_right_needs_the_answer_and_its_article(toy_pipeline):
    """The right words cited from another article than the key's are wrong."""
    assert outcome(toy_pipeline, question()) == "right"
    assert outcome(toy_pipeline, question(doc_ids=["bridge"])) == "wrong"


def test_every_group_must_be_answered(toy_pipeline):
    """A list with one value missing is wrong."""
    assert outcome(toy_pipeline, question(answers=[["42", "forty-two"], ["Rona"]])) == "right"
    assert outcome(toy_pipeline, question(answers=[["42"], ["engine room"]])) == "wrong"


def test_part_of_a_number_is_not_the_number(toy_pipeline):
    """4 is not found in 42."""
    assert outcome(toy_pipeline, question(answers=[["4"]])) == "wrong"


def test_an_answer_to_the_unanswerable_is_wrong(toy_pipeline):
    """Whatever is shown for a question without an answer counts as wrong."""
    assert outcome(toy_pipeline, question(answerable=False, answers=[], doc_ids=[])) == "wrong"


def test_an_error_counts_as_wrong(toy_pipeline):
    """A question that ends in an error is counted, not lost."""
    judged = run(toy_pipeline, [question(), question(id="2", question="?")])
    assert [j.outcome for j in judged] == ["right", "wrong"]
    assert "1/2 50%" in table(judged)


def test_percentile_by_hand():
    """The median of four is the second."""
    assert percentile([4, 1, 3, 2], 0.5) == 2


@pytest.mark.parametrize(("articles", "path"), SETS, ids=[articles.name for articles, _path in SETS])
def test_the_key_is_in_the_articles(articles, path):
    """Each accepted answer of one article stands in it, in one spelling at least, unless it is a date that follows from the dateline."""
    texts = {d.doc_id: normalise(d.text) for d in read_folder(articles)}
    for asked in read_questions(path):
        assert asked.answerable == bool(asked.answers) == bool(asked.doc_ids), asked.id
        text = " ".join(texts[doc_id] for doc_id in asked.doc_ids)
        absent = [group for group in asked.answers if not any(normalise(spelling) in text for spelling in group)]
        assert not absent or asked.category == "date", (asked.id, absent)


def test_the_set_is_large_enough():
    """At least 60 questions, at least 20 without an answer, half of those near misses, no question twice."""
    rows = [json.loads(line) for line in SETS[0][1].read_text(encoding="utf-8").splitlines()]
    without = [r for r in rows if not r["answerable"]]
    assert len(rows) >= 60
    assert len(without) >= 20
    assert 2 * sum(r["category"] == "near_miss" for r in without) >= len(without)
    assert len({r["question"].lower() for r in rows}) == len(rows)
