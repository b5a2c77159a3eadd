"""What each part is worth: the counts of a toy pipeline."""

from __future__ import annotations

from eval.parts import _evidence, _written
from eval.sets import Question

ASKED = Question("toy-1", "toy", "number", "How many people were on board the ferry to Rona?", True, [["42"]], ["ferry"])


def test_a_writer_that_gives_back_the_evidence_passes(toy_pipeline):
    """Every piece of evidence that is found is written about, and what repeats it passes the verifier."""
    found = list(_evidence(toy_pipeline, [ASKED]))
    assert found
    assert f"{len(found)}/{len(found)} 100%" in _written("toy", toy_pipeline, found)


def test_a_writer_that_adds_something_does_not_pass(toy_pipeline, monkeypatch):
    """What says more than its evidence is counted as rejected."""
    found = list(_evidence(toy_pipeline, [ASKED]))
    monkeypatch.setattr(toy_pipeline.writer, "generate", lambda _messages, *, max_new_tokens: iter(["43 people were drowned by pirates."]))
    assert f"0/{len(found)} 0%" in _written("toy", toy_pipeline, found)
