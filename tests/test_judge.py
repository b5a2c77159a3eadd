"""The judge: what it reads, and that the real one tells an answer from its neighbour."""

from __future__ import annotations

import pytest

from rag import Config, Judge, ModelError, Pair
from rag.judge import WORDS

BRIDGE = ("The new bridge opened", "The town celebrated for two days.")


@pytest.mark.parametrize("part", WORDS)
def test_no_part_crowds_out_another(part):
    """However long one part of a prompt is, its length is bounded and every other part is whole."""
    pair = Pair(**{"question": "Who?", "title": "Bridge", "before": "Long ago.", "sentence": "It fell."} | {part: "word " * 1000})
    assert len(pair.prompt.split()) < 200
    assert pair.prompt.endswith("Does the last sentence answer it?")


def test_missing_weights_say_what_to_do(tmp_path, monkeypatch):
    """A judge without its weights raises ModelError with advice."""
    monkeypatch.setattr("rag.judge.models.default_writer_folder", lambda _config: tmp_path)
    monkeypatch.setattr("rag.judge.trunk", lambda _folder, _dtype: (_Trunk(), None))
    with pytest.raises(ModelError, match="install the package again"):
        Judge(Config(), tmp_path / "judge.safetensors").score([Pair("Who?", "", "", "It fell.")])


class _Trunk:
    class config:  # noqa: N801 - named as transformers does
        hidden_size = 4


@pytest.mark.full
def test_the_judge_tells_an_answer_from_its_neighbour():
    """The sentence that answers scores higher than one about the same thing that does not, and a longer neighbour in the batch changes neither."""
    asked = "When was the bridge opened?"
    answers = Pair(asked, *BRIDGE, "The mayor opened the bridge on 4 May 1987.")
    beside = Pair(asked, *BRIDGE, "The bridge is two kilometres long and was drawn by Ida Holm.")
    judge = Judge(Config())
    yes, no = judge.score([answers, beside])
    assert yes > no
    assert judge.score([answers])[0] == pytest.approx(yes, abs=0.2)
