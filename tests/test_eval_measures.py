"""Judging an answer, and the question files themselves."""

from __future__ import annotations

import dataclasses

import pytest

from eval.measures import normalise, percentile
from eval.run import run
from eval.sets import Question, own_sets
from eval.table import table
from rag import read_folder


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
    (judgement,) = run(pipeline, [asked])
    return judgement.outcome


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
    """A question that ends in an error is counted with its reason, not lost."""
    judged = list(run(toy_pipeline, [question(), question(id="2", question="?")]))
    assert [j.outcome for j in judged] == ["right", "wrong"]
    assert judged[1].error.startswith("QuestionError: the question has no words")
    assert any(line.startswith("errors, counted as wrong") for line in table(judged))
    assert any("1/2 50%" in line for line in table(judged))


def test_what_the_best_evidence_points_at_is_measured(toy_pipeline, monkeypatch):
    """The words that the reader points at, against the key: two of three words."""
    monkeypatch.setattr(toy_pipeline.reader, "read", pointing(toy_pipeline.reader.read, "42 people on"))
    (judgement,) = run(toy_pipeline, [question(answers=[["42 people", "forty-two"]])])
    assert judgement.f1 == pytest.approx(0.8)


def pointing(read, value):
    return lambda *arguments: [dataclasses.replace(e, value=value) for e in read(*arguments)]


def test_a_table_of_nothing_has_no_holes(toy_pipeline):
    """Without a question every figure still is a number, or said not to apply."""
    assert not any("nan" in line.lower() for line in table([]))


def test_percentile_by_hand():
    """The median of four is the second."""
    assert percentile([4, 1, 3, 2], 0.5) == 2


@pytest.mark.parametrize("questions", own_sets(), ids=lambda s: s.name)
def test_the_key_is_in_the_articles(questions):
    """Each accepted answer of one article stands in it, in one spelling at least, unless it is a date that follows from the dateline."""
    texts = {d.doc_id: normalise(d.text) for d in read_folder(questions.articles)}
    for asked in questions.questions:
        assert asked.answerable == bool(asked.answers) == bool(asked.doc_ids), asked.id
        text = " ".join(texts[doc_id] for doc_id in asked.doc_ids)
        absent = [group for group in asked.answers if not any(normalise(spelling) in text for spelling in group)]
        assert not absent or asked.category == "date", (asked.id, absent)


def test_the_set_is_large_enough():
    """At least 60 questions, at least 20 without an answer, half of those near misses, no question twice."""
    questions = own_sets()[0].questions
    without = [q for q in questions if not q.answerable]
    assert len(questions) >= 60
    assert len(without) >= 20
    assert 2 * sum(q.category == "near_miss" for q in without) >= len(without)
    assert len({q.question.lower() for q in questions}) == len(questions)
