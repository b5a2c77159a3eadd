"""A run: what it keeps, how it goes on after a break, what is told about settings and sets that are not there."""

from __future__ import annotations

import dataclasses
import json

import pytest

import eval.run
from eval.run import _Partial, ask, configured, main
from eval.sets import QuestionSet, read_questions, together
from rag import Pipeline
from tests.conftest import ARTICLES

QUESTIONS = [
    {"id": "t1", "question": "How many people were on board the ferry to Rona?", "answers": [["42"]], "doc_ids": ["ferry"]},
    {"id": "t2", "question": "What did the bridge cost?", "answers": [["3.5 million"]], "doc_ids": ["bridge"]},
    {"id": "t3", "question": "Who is the king of Norway?", "answers": [], "doc_ids": []},
]


@pytest.fixture
def archive(tmp_path, monkeypatch):
    """The toy articles and questions as files, the toy models as defaults, and results that go elsewhere."""
    monkeypatch.setattr(eval.run, "RESULTS", tmp_path / "results")
    for name, value in (("EMBEDDER", "toy"), ("WRITER", "toy"), ("REFUSE_BELOW", "0.1")):
        monkeypatch.setenv(f"RAG_{name}", value)
    (tmp_path / "articles").mkdir()
    for name, text in ARTICLES.items():
        (tmp_path / "articles" / f"{name}.txt").write_text(text)
    rows = [{"split": "toy", "category": "number", "answerable": bool(row["answers"])} | row for row in QUESTIONS]
    (tmp_path / "toy.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    return QuestionSet("toy", tmp_path / "articles", read_questions(tmp_path / "toy.jsonl"))


def command(archive, *more):
    main(["--archive", str(archive.articles), "--questions", str(archive.articles.parent / "toy.jsonl"), *more])


def kept(tmp_path):
    return [json.loads(path.read_text()) for path in sorted((tmp_path / "results").glob("*.json"))]


def test_a_kept_run_tells_how_each_answer_came_about(archive, tmp_path):
    """Passages, evidence with its probability, shown sentences with their quotes, and what was written."""
    command(archive)
    (record,) = kept(tmp_path)
    assert (record["set"], len(record["judgements"])) == ("toy", 3)
    first, *_others, last = record["judgements"]
    assert (first["outcome"], last["outcome"]) == ("right", "refused")
    assert first["passages"][0].startswith("ferry:")
    assert first["evidence"][0]["score"] == first["score"] > 0
    assert first["shown"][0]["quotes"][0]["doc_id"] == "ferry"
    assert first["outputs"]
    assert 0 < first["first"] <= first["seconds"]


def test_a_follow_up_is_asked_after_what_came_before(archive, tmp_path):
    """Its history is asked first, and is told in the kept run; alone the same words are refused."""
    path = tmp_path / "toy.jsonl"
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    follow_up = rows[0] | {"id": "t4", "question": "And who was on board the ferry?", "answers": [["Ida Holm"]]}
    rows = [follow_up | {"history": ["What did Captain Ida Holm say?"]}, follow_up | {"id": "t5", "question": "And who was it?"}]
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    command(archive)
    (record,) = kept(tmp_path)
    first, second = record["judgements"]
    assert first["question"] == "What did Captain Ida Holm say? / And who was on board the ferry?"
    assert first["outcome"] == "right"
    assert second["outcome"] == "refused"


def test_questions_with_their_own_articles_can_be_asked_of_all_together(archive):
    """Each is then asked of the articles of all, under ids that tell them apart, and its keys name them so; a set with one archive is refused."""
    first, second, _third = archive.questions
    own = [
        dataclasses.replace(first, articles={"a": ARTICLES["ferry"]}, doc_ids=["a"]),
        dataclasses.replace(second, articles={"a": ARTICLES["bridge"]}, doc_ids=["a"]),
    ]
    found = together(dataclasses.replace(archive, articles=None, questions=tuple(own)))
    assert [q.doc_ids for q in found.questions] == [["t1-a"], ["t2-a"]]
    assert found.questions[0].articles == found.questions[1].articles == {"t1-a": ARTICLES["ferry"], "t2-a": ARTICLES["bridge"]}
    with pytest.raises(SystemExit, match="t1 of toy brings no articles"):
        together(archive)


def test_a_broken_run_goes_on_where_it_stopped(archive, tmp_path, monkeypatch):
    """Two of three questions were judged when it was stopped, while it was writing: the next run asks the third alone, and then nothing is left to go
    on with.
    """
    asked = []
    stream = Pipeline.stream

    def stopping(self, question, history=(), **scope):
        asked.append(question)
        if len(asked) == 3:
            raise KeyboardInterrupt
        yield from stream(self, question, history, **scope)

    monkeypatch.setattr(Pipeline, "stream", stopping)
    config = configured([])
    with pytest.raises(KeyboardInterrupt):
        ask(archive, config, _Partial(archive, config))
    (part,) = (tmp_path / "results" / "partial").iterdir()
    part.write_text(part.read_text() + '\n{"id": "t3", "torn o')
    command(archive)
    assert asked[3:] == [QUESTIONS[2]["question"]]
    assert [j["id"] for j in kept(tmp_path)[0]["judgements"]] == ["t1", "t2", "t3"]
    assert not part.exists()


def test_another_setting_is_another_run(archive):
    """What was judged with other settings is not gone on with."""
    one, other = _Partial(archive, configured([])), _Partial(archive, configured(["k=3"]))
    (judgement, *_rest) = ask(archive, configured([]))
    one.add(judgement)
    assert list(one.done()) == ["t1"]
    assert not other.done()


def test_two_runs_are_compared(archive, tmp_path, capsys):
    """Against a kept run that had refused the first question, it has turned good."""
    command(archive)
    (run,) = (tmp_path / "results").glob("*.json")
    run.write_text(run.read_text().replace('"outcome": "right"', '"outcome": "refused"'))
    command(archive, "--compare", str(run), "--no-save")
    assert "1 turned good, 0 turned bad of 3" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--set", "colour=red"], "--set colour names no setting"),
        (["--set", "k"], "give NAME=VALUE"),
        (["--set", "k=many"], "use a number from 1 to 100"),
        (["nowhere"], "there is no set nowhere; there are seeds, coast"),
        (["--archive", "x"], "go together"),
        (["coast", "--split", "dev"], "its splits are coast"),
        (["coast", "--compare", "0000000"], "no run 0000000 of coast is kept"),
    ],
)
def test_what_is_not_there_is_one_line(archive, arguments, told):
    """An unknown setting, one without a value or a meaning, an unknown set or split or run, an archive without questions: each says what there is."""
    with pytest.raises(SystemExit, match=told):
        main(arguments)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ({"answers": ["42"]}, "each a list of spellings"),
        ({"answerable": True, "answers": []}, "exactly when it is answerable"),
        ({"id": "t1"}, "the id t1 is there twice"),
        ({"history": "Who?"}, "history is a list of questions"),
        ({"colour": "red"}, "colour"),
        ({"cites": "ferry"}, "cites is a list of texts"),
        ({"sides": [[]]}, "sides is a list of values"),
        ({"articles": ["a"]}, "articles are texts by id"),
        ({"archive": 5}, "are texts"),
        ({"today": "soon"}, "soon"),
    ],
)
def test_a_line_that_is_no_question_is_named(archive, line, told):
    """The number of the line, what is wrong with it, and the fields that a question has."""
    path = archive.articles.parent / "toy.jsonl"
    first = json.loads(path.read_text().split("\n")[0])
    path.write_text(path.read_text() + json.dumps(first | {"id": "t9"} | line))
    with pytest.raises(SystemExit, match=rf"line 4 of .* is no question .*{told}.*its fields are id, split"):
        read_questions(path)
