"""Retrieval, on the toy archive: what is relevant, and that the figures are ir-measures'."""

from __future__ import annotations

from dataclasses import replace

import ir_measures
import pytest
from ir_measures import RR

from eval.retrieval import rankings, relevance, table, write
from eval.sets import Question
from rag import passages

ASKED = [
    Question("1", "toy", "number", "How many people were on board the ferry to Rona?", True, [["42", "forty-two"], ["Rona"]], ["ferry"]),
    Question("2", "toy", "number", "What did the bridge cost?", True, [["3.5 million"]], ["bridge"]),
    Question("3", "toy", "date", "When did it open?", True, [["9 June 2024"]], ["bridge"]),
    Question("4", "toy", "near_miss", "What did the ferry cost?", False, [], []),
]


@pytest.fixture
def qrels(toy_documents):
    return relevance(ASKED, [p for d in toy_documents for p in passages(d)])


@pytest.fixture
def runs(toy_pipeline, qrels):
    return rankings(toy_pipeline, {q.id: q.question for q in ASKED if q.id in qrels})


def test_the_grade_is_how_many_answers_a_passage_gives(qrels):
    """Two of two, one of one; a day that only follows from the dateline, or no answer, makes nothing relevant."""
    assert [sorted(graded.values()) for graded in qrels.values()] == [[2], [1]]
    assert list(qrels) == ["1", "2"]


def test_every_way_of_searching_ranks_the_right_passage_first(qrels, runs):
    """On three short articles all four do."""
    assert list(runs) == ["dense", "lexical", "fused", "read"]
    for run in runs.values():
        assert ir_measures.calc_aggregate([RR @ 10], qrels, run)[RR @ 10] == 1.0


def test_what_a_search_puts_first_is_first_for_every_tool(toy_pipeline, qrels, runs, monkeypatch):
    """Passages that a search scores alike are told apart by their places."""
    tied = [replace(p, score=1.0) for p in toy_pipeline.index.search(ASKED[0].question)]
    monkeypatch.setattr(toy_pipeline.index, "search", lambda *_arguments, **_more: tied)
    run = rankings(toy_pipeline, {"1": ASKED[0].question})["fused"]["1"]
    assert sorted(run, key=run.__getitem__, reverse=True) == [p.passage.passage_id for p in tied]
    assert len(set(run.values())) == len(tied) > 1


def test_the_printed_figures_are_those_of_a_tool_that_reads_the_files(qrels, runs, tmp_path):
    """What is written in TREC's form and read again gives the same means."""
    write(tmp_path, qrels, runs)
    again = ir_measures.read_trec_qrels(str(tmp_path / "qrels.txt"))
    found = ir_measures.calc_aggregate([RR @ 10], again, ir_measures.read_trec_run(str(tmp_path / "fused.run")))
    assert f"{found[RR @ 10]:.2f} (" in next(line for line in table(qrels, runs) if line.startswith("fused"))
