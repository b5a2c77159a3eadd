"""What each part is worth: the counts of a toy pipeline."""

from __future__ import annotations

import pytest

from eval.citations import ToyCitationJudge, cited
from eval.parts import PARTS, Unchecked, _said_nothing, measure, row
from eval.run import run
from eval.sets import Question, QuestionSet
from rag import Config, Pipeline
from tests.conftest import ARTICLES

ASKED = Question("toy-1", "toy", "number", "How many people were on board the ferry to Rona?", True, [["42"]], ["ferry"])
PIRATES = "43 people were drowned by pirates."


def asked_of(pipeline):
    return cited([_said_nothing(j) for j in run(pipeline, [ASKED])], ToyCitationJudge())


@pytest.fixture
def writes(toy_config, monkeypatch):
    """The checked and the unchecked path with a writer that writes one thing."""

    def made(text):
        paths = Pipeline(config=toy_config), Unchecked(config=toy_config)
        for path in paths:
            monkeypatch.setattr(path.writer, "generate", lambda _messages, *, max_new_tokens: iter([text]))
        return [asked_of(path) for path in paths]

    return made


def test_without_the_verifier_everything_is_shown(writes):
    """What the verifier replaces by its quote is shown as written, is wrong, and does not follow."""
    checked, unchecked = writes(PIRATES)
    assert PIRATES not in checked[0].text
    assert PIRATES in unchecked[0].text
    assert [s["follows"] for s in unchecked[0].shown] == [False]
    line = row(unchecked, checked)
    assert "0/1 0%" in line
    assert line.endswith("0, 1, p = 1")


def test_a_writer_that_says_nothing_refuses(writes):
    """Unchecked, its word that the evidence does not say is a refusal."""
    _checked, unchecked = writes("The evidence does not say.")
    assert (unchecked[0].outcome, unchecked[0].shown) == ("refused", ())


def test_a_line_for_each_part(toy_config, tmp_path, capsys, monkeypatch):
    """The whole stands first and has nothing that turned."""
    for name, text in ARTICLES.items():
        (tmp_path / f"{name}.txt").write_text(text)
    monkeypatch.setenv("RAG_EMBEDDER", "toy")
    parts = {name: (lambda _index: Pipeline(config=toy_config)) for name in list(PARTS)[:2]}
    measure(QuestionSet("toy", tmp_path, (ASKED,)), parts, ToyCitationJudge())
    whole, second = capsys.readouterr().out.splitlines()
    assert whole.startswith("whole ")
    assert whole.endswith("0, 0, p = 1")
    assert second.startswith("without verifier ")


def test_every_part_can_be_left_out(toy_pipeline, monkeypatch):
    """Each makes a path of its own settings over the same index."""
    for name, value in (("EMBEDDER", "toy"), ("WRITER", "toy")):
        monkeypatch.setenv(f"RAG_{name}", value)
    made = {name: part(toy_pipeline.index).config for name, part in PARTS.items() if name != "without reader"}
    assert made["whole"] == made["without verifier"] == Config()
    assert (made["without writer"].writer, made["without judge"].judge, made["24 passages"].k) == ("none", "none", 24)
    assert (made["without words"].search, made["without meaning"].search) == ("dense", "lexical")
