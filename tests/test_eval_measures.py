"""Judging an answer, and the question files themselves."""

from __future__ import annotations

import dataclasses

import pytest

from eval.measures import fault, normalise, percentile
from eval.run import run
from eval.sets import Question, case_sets, own_sets
from eval.table import table
from rag import Answer, Citation, Disagreement, Reading, Sentence, read_folder


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


def shown(text, doc_id="a", sides=()):
    citation = Citation(1, doc_id, "T", "Post", None, None, text, 0, len(text))
    found = (Disagreement("How many?", tuple(Reading(value, (citation,)) for value in sides)),) if sides else ()
    return Answer("How many?", (Sentence(text, (citation,)),), True, None, (), "toy", found)


REFUSED = Answer("How many?", (), False, "The articles do not say.", (), "toy")


@pytest.mark.parametrize(
    ("changed", "answer", "expected"),
    [
        ({}, shown("In all 42 came."), ""),
        ({}, shown("In all 43 came."), "wrong"),
        ({"forbidden": ["sank"]}, shown("42 came and 3 sank."), "forbidden"),
        ({}, shown("In all 42 came.", doc_id="c"), "not cited"),
        ({"cites": ["a", "b"]}, shown("In all 42 came."), "not cited"),
        ({"doc_ids": []}, shown("In all 42 came.", doc_id="c"), ""),
        ({}, REFUSED, "refused"),
        ({"answerable": False, "answers": []}, REFUSED, ""),
        ({"answerable": False, "answers": []}, shown("In all 42 came."), "answered"),
        ({}, shown("42 came.", sides=("42", "43")), ""),
        ({"sides": []}, shown("42 came.", sides=("42", "43")), "false alarm"),
        ({"sides": [["42"], ["43"]]}, shown("42 came."), "one side"),
        ({"sides": [["42"], ["43"]]}, shown("42 came.", sides=("42", "43")), ""),
    ],
)
def test_what_is_wrong_with_an_answer(changed, answer, expected):
    """Each way in which an answer can be wrong has its name."""
    assert fault(question(**{"answers": [["42", "forty-two"]], "doc_ids": ["a", "b"]} | changed), answer) == expected


def test_the_date_before_a_quote_is_no_answer():
    """The outlet and date that stand before a quote are not held against it."""
    text = "Post, 3 May 2024: “In all 42 came.”"
    answer = dataclasses.replace(shown(text), sentences=(dataclasses.replace(shown(text).sentences[0], quoted=True),))
    assert fault(question(doc_ids=["a"], forbidden=["3 May 2024"]), answer) == ""


@pytest.mark.parametrize("kept", case_sets(), ids=lambda s: s.name)
def test_the_kept_cases_are_whole(kept):
    """Every case cites articles that it has, says whether they disagree, and asks a question of its own archive."""
    for asked in kept.questions:
        assert asked.sides is not None
        assert {*asked.cites, *asked.doc_ids} <= {d.doc_id for d in kept.documents(asked)}


def test_the_kept_case_sets_are_as_large_as_they_are_said_to_be():
    """There are at least 80 cases of dates, 60 of disagreement, half of them none, 30 of speakers and 40 conversations."""
    sizes = {s.name: len(s.questions) for s in case_sets()}
    assert all(sizes[name] >= least for name, least in (("dates", 80), ("conflicts", 60), ("speakers", 30), ("conversations", 40)))
    (conflicts,) = (s for s in case_sets() if s.name == "conflicts")
    assert sum(bool(q.sides) for q in conflicts.questions) * 2 == len(conflicts.questions)
