"""Draft questions: what the templates make of a sentence, and what a twin asks."""

from __future__ import annotations

import random

import pytest

from eval.make import drafts, main, make
from eval.sets import read_questions
from rag import Document

FERRY = (
    "Captain Ida Holm said that the engine had failed twice in one week. “Nobody was in any danger at all,” said the "
    "mayor, Olav Berg. Some 42 people were rescued by a fishing boat. The ferry was built in Rona in 1987. "
    "The company bought the ship in March 2019. A new engine costs about 300,000 crowns."
)
BRIDGE = (
    "The engineer Karl Dahl opened the bridge. Mr Dahl told Carl Lund that it would last. Eleven painters were hired by the county in May."
)
DOCUMENTS = [Document("ferry", "Ferry stops", FERRY), Document("bridge", "Bridge opens", BRIDGE)]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("What did Captain Ida Holm say?", "the engine had failed twice in one week"),
        ('Who said "Nobody was in any danger at all"?', "Olav Berg"),
        ("Who is the mayor?", "Olav Berg"),
        ("How many people were rescued by a fishing boat?", "42"),
        ("When was the ferry built in Rona?", "1987"),
        ("When did the company buy the ship?", "March 2019"),
        ("How much does a new engine cost?", "300,000 crowns"),
    ],
)
def test_a_sentence_gives_a_question_and_its_answer(question, answer):
    """Each template, on a sentence of its form."""
    assert {d.question: d.answer for d in drafts(DOCUMENTS[0])}.get(question) == answer


def test_the_answer_stands_in_the_article():
    """Whatever is made, its key is a piece of the article's text."""
    questions = [q for q in make(DOCUMENTS, random.Random(3)) if q.answerable]
    texts = {d.doc_id: d.text for d in DOCUMENTS}
    assert questions
    assert all(q.answers[0][0] in texts[q.doc_ids[0]] for q in questions)
    assert {q.split for q in questions} == {"draft"}


def test_a_twin_asks_what_no_article_says():
    """The same question about somebody or something of another article."""
    twins = {q.question for seed in range(5) for q in make(DOCUMENTS, random.Random(seed)) if not q.answerable}
    assert "How many painters were rescued by a fishing boat?" in twins
    assert any(t.startswith("What did Captain Ida Holm say about ") for t in twins)


def test_the_drafts_can_be_asked(tmp_path, capsys):
    """The file is read as any question file is, and one that is there already is left alone."""
    for document in DOCUMENTS:
        (tmp_path / f"{document.doc_id}.txt").write_text(f"{document.title}\n\n{document.text}\n")
    out = tmp_path / "drafts.jsonl"
    main(["--archive", str(tmp_path), "--out", str(out)])
    assert f"{len(read_questions(out))} drafts" in capsys.readouterr().out
    with pytest.raises(SystemExit, match="name another with --out"):
        main(["--archive", str(tmp_path), "--out", str(out)])
