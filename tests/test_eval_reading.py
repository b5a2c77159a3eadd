"""The reader's measures, on readings worked out by hand."""

from __future__ import annotations

import json

import numpy as np
import pytest

from eval.reading import Asked, Read, _read, held_out, measures, read_file, set_f1
from eval.squad import token_f1
from rag import SpanReader, TokenScores
from train import paragraphs


def write(tmp_path, row):
    (tmp_path / "x.jsonl").write_text(json.dumps(row))
    return list(read_file(tmp_path / "x.jsonl"))


def test_squadshifts_is_read(tmp_path):
    """Every question of a paragraph, with its answers."""
    row = {"title": "Rain_(weather)", "context": "It rained.", "qas": [{"question": " What? ", "answers": [["It", 0], ["rain", 3]]}]}
    assert write(tmp_path, row) == [Asked("What?", "Rain (weather)", "It rained.", ("It", "rain"))]


@pytest.mark.parametrize("answers", [{"text": ["It"]}, [{"text": "It"}], [["It", 0]], ["It"]])
def test_squad2_is_read(tmp_path, answers):
    """In whatever form the answers come; an impossible question has none."""
    row = {"context": "It rained.", "question": "What?", "answers": answers, "is_impossible": False}
    assert write(tmp_path, row) == [Asked("What?", "", "It rained.", ("It",))]
    assert write(tmp_path, {**row, "is_impossible": True}) == [Asked("What?", "", "It rained.", ())]


def test_clapnq_is_read(tmp_path):
    """Sentences with their places and which of them are evidence."""
    row = {
        "input": "Who?", "passages": [{"title": "t", "text": "A b. C d.", "sentences": ["A b.", "C d."]}],
        "output": [{"answer": "D", "selected_sentences": ["C d."]}], "answerable": True,
    }  # fmt: skip
    assert write(tmp_path, row) == [Asked("Who?", "t", "A b. C d.", ("D",), ((0, 4), (5, 9)), frozenset({1}))]


def test_the_figures_of_four_readings():
    """Two answerable, one found; two not, one taken for answerable."""
    read = [
        Read(True, 0.9, 1.0, 1.0, 1.0),
        Read(True, 0.4, 0.0, 0.5, 0.0),
        Read(False, 0.6, 0.0, 0.0, None),
        Read(False, 0.1, 0.0, 0.0, None),
    ]
    found = measures(read, 0.5)
    assert (found["n"], found["exact"], found["f1"], found["sentence_f1"]) == (4, 0.5, 0.75, 0.5)
    assert found["f1_with_refusals"] == 0.5  # the first and the last
    assert found["auroc"] == 0.75
    assert found["coverage_at_3_risk"] == 0.25


class Finds:
    """A network that scores one word of any text highest."""

    def __init__(self, word):
        self.word = word
        self.texts = []

    def score(self, pairs):
        found = []
        for _question, text in pairs:
            self.texts.append(text)
            bounds = np.array([[n, n + 1] for n in range(len(text))])
            start, end = np.zeros(len(text), np.float32), np.zeros(len(text), np.float32)
            at = text.index(self.word)
            start[at] = end[at + len(self.word) - 1] = 9.0
            found.append(TokenScores(bounds, start, end, 0.0))
        return found


def test_what_reads_in_the_path_is_what_is_measured():
    """The reader's likeliest sentence gives the answer, and the sentence of the file that it lies in is the evidence."""
    text = "The bridge is long. It was opened in 1987 by the mayor."
    asked = Asked("When was the bridge opened?", "", text, ("1987",), ((0, 19), (20, len(text))), frozenset({1}))
    read = _read(SpanReader(Finds("1987")), asked)
    assert (read.answerable, read.exact, read.f1, read.sentence_f1) == (True, 1.0, 1.0, 1.0)
    assert read.probability > 0.5


def test_a_paragraph_is_read_as_an_article_is():
    """In passages, each under the title."""
    network = Finds("1987")
    text = " ".join(
        ["The bridge over the river was opened by the mayor in the year 1987, and it rained on everybody who came to see it."] * 5
    )
    _read(SpanReader(network), Asked("When was the bridge opened?", "Bridges", text, ("1987",)))
    assert len(network.texts) == 2
    assert all(t.startswith("Bridges. The bridge") for t in network.texts)


def test_without_unanswerable_questions_there_is_no_auroc():
    """What cannot be measured is None, not a number."""
    assert measures([Read(True, 0.9, 1.0, 1.0, None)], 0.5)["auroc"] is None


def test_f1_by_hand():
    """Two of three words and two of two: 4 / 5; sets likewise."""
    assert token_f1("old red bridge", "red bridge") == pytest.approx(0.8)
    assert set_f1(frozenset({1, 2}), frozenset({2, 3})) == 0.5


def test_measuring_and_training_keep_the_same_paragraphs_apart():
    """The split of `eval.reading` is the split of the recipe."""
    texts = [f"Paragraph number {n}." for n in range(200)]
    assert [held_out(t) for t in texts] == [paragraphs.held_out(t) for t in texts]
    assert 20 < sum(map(held_out, texts)) < 60
