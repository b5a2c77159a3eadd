"""A test collection as BEIR keeps it: read, searched, and refused when it is none."""

from __future__ import annotations

import json

import pytest

from eval import beir
from eval.retrieval import main
from tests.conftest import ARTICLES

QRELS = "query-id\tcorpus-id\tscore\nq1\tferry\t1\nq1\twolves\t0\nq2\tbridge\t2\nq9\tbridge\t1\n"


@pytest.fixture
def folder(tmp_path):
    texts = {name: text.split("\n\n", 1) for name, text in ARTICLES.items()}
    corpus = [{"_id": name, "title": title, "text": text} for name, (title, text) in texts.items()]
    queries = [{"_id": "q1", "text": "ferry to Rona"}, {"_id": "q2", "text": "What did the bridge cost?"}, {"_id": "q3", "text": "king"}]
    for name, rows in (("corpus", corpus), ("queries", queries)):
        (tmp_path / f"{name}.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    (tmp_path / "qrels").mkdir()
    (tmp_path / "qrels" / "test.tsv").write_text(QRELS)
    return tmp_path


def test_only_what_is_relevant_counts(folder):
    """A grade of nought is no relevance, and a query without a relevant text, or a judgement without its query, is left out."""
    found = beir.read(folder)
    assert found.qrels == {"q1": {"ferry": 1}, "q2": {"bridge": 2}}
    assert list(found.queries) == ["q1", "q2"]
    assert [d.doc_id for d in found.documents] == ["ferry", "bridge", "wolves"]


def test_whole_texts_are_ranked(folder, tmp_path, monkeypatch, capsys):
    """The runs name texts, not passages; every way of searching is measured."""
    monkeypatch.setenv("RAG_EMBEDDER", "toy")
    main(["--beir", str(folder), "--trec", str(tmp_path / "out")])
    lines = (tmp_path / "out" / folder.name / "fused.run").read_text().splitlines()
    assert {line.split()[2] for line in lines} <= set(ARTICLES)
    told = capsys.readouterr().out
    assert "2 questions with a relevant passage or text" in told
    assert [line.split()[0] for line in told.splitlines() if line[:4] in {"dens", "lexi", "fuse", "read"}] == [
        "dense",
        "lexical",
        "fused",
        "read",
    ]


@pytest.mark.parametrize(
    ("file", "text", "told"),
    [
        ("corpus.jsonl", "{}", "is no test collection of BEIR"),
        ("qrels/test.tsv", "a\tb\n1\t2\n", "is no test collection of BEIR"),
        ("qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1\tferry\t0\n", "0 queries with a relevant text"),
    ],
)
def test_what_is_no_collection_is_one_line(folder, file, text, told):
    """A text without an id, judgements in another form, nothing relevant: each says what is wrong."""
    (folder / file).write_text(text)
    with pytest.raises(SystemExit, match=told):
        main(["--beir", str(folder)])


def test_a_folder_that_is_not_there_says_what_it_should_have(tmp_path):
    """The three files are named."""
    with pytest.raises(SystemExit, match=r"corpus.jsonl, queries.jsonl and qrels/test.tsv"):
        main(["--beir", str(tmp_path / "nowhere")])
