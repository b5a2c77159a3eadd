"""The judge: what it reads, and that the real one tells an answer from its neighbour."""

from __future__ import annotations

import pytest

from rag import Config, Judge, ModelError, Pair
from rag.judge import LENGTH, WORDS

BRIDGE = ("The new bridge opened", "", "The town celebrated for two days.")


@pytest.mark.parametrize("part", WORDS)
def test_no_part_crowds_out_another(part):
    """However long one part of a prompt is, every other part is whole."""
    parts = {"question": "Who built it?", "title": "Bridge", "lead": "Rona has one.", "before": "Long ago.", "sentence": "It fell down."}
    prompt = Pair(**(parts | {part: "word " * 1000})).prompt
    assert all(text.rstrip(".") in prompt for name, text in parts.items() if name != part)
    assert prompt.count("word") <= 2 * WORDS[part]


def test_a_damaged_model_is_one_line(tmp_path, monkeypatch):
    """A cached model that cannot be read raises ModelError with two ways out."""
    (tmp_path / "config.json").write_text("{}")
    monkeypatch.setattr("rag.judge.models.default_writer_folder", lambda _config: tmp_path)
    with pytest.raises(ModelError, match="delete .* or set RAG_JUDGE=none") as caught:
        Judge(Config()).score([Pair("Who?", "", "", "", "It fell.")])
    assert "\n" not in str(caught.value)


def test_missing_weights_say_what_to_do(tmp_path, monkeypatch):
    """A judge without its weights raises ModelError with advice."""
    monkeypatch.setattr("rag.judge.models.default_writer_folder", lambda _config: tmp_path)
    monkeypatch.setattr("rag.judge.trunk", lambda _folder, _dtype: (_Trunk(), None))
    with pytest.raises(ModelError, match="install the package again"):
        Judge(Config(), tmp_path / "judge.safetensors").score([Pair("Who?", "", "", "", "It fell.")])


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


@pytest.mark.full
def test_the_longest_prompt_keeps_its_last_question():
    """What the judge reads of the longest prompt still ends with the question, whatever had to be left out before."""
    pair = Pair("Who opened it? " * 40, "bridge " * 60, "A bridge. " * 60, "It rained. " * 60, "The mayor opened the bridge. " * 60)
    _model, tokenizer = Judge(Config())._load()
    read = tokenizer.decode(tokenizer(pair.prompt, truncation=True, max_length=LENGTH)["input_ids"])
    assert read.endswith("Does the last sentence answer it?")
