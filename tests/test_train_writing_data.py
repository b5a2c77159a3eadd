"""Targets for the writer: shorter than the evidence, and let through by the verifier."""

from __future__ import annotations

import pytest

from rag import Document, Evidence, objections, prompt
from train.writing_data import NOTHING, compress, example


@pytest.mark.parametrize(
    ("sentence", "question", "answer", "short"),
    [
        ("Ida Holm, who took office in May, opened it.", "Who opened it?", "Ida Holm", "Ida Holm opened it."),
        ("On Friday, the ferry came back.", "What came back?", "the ferry", "The ferry came back."),
        ("On Friday, the ferry came back.", "When did it come back?", "Friday", "On Friday, the ferry came back."),
        ("It sells wool, cheese, and fish.", "What does it sell?", "wool", "It sells wool, cheese, and fish."),
        ("Rona (an island) has 42 people (1987).", "When?", "1987", "Rona has 42 people (1987)."),
    ],
)
def test_only_what_was_not_asked_is_left_out(sentence, question, answer, short):
    """Appositions, opening phrases and parentheses go unless they answer; members of a list stay."""
    assert compress(sentence, question, answer) == short


def test_a_sentence_about_he_or_she_is_no_example():
    """Whom a pronoun means cannot be checked, so a sentence that begins with one teaches nothing."""
    assert example("What did she open?", "She opened the bridge.", "the bridge") is None


def test_what_the_verifier_rejects_is_never_a_target():
    """An attribution that would be lost with its clause keeps the whole sentence."""
    sentence = "The bridge is safe, according to the mayor, a former pilot."
    made = example("Is the bridge safe?", sentence, "safe")
    evidence = Evidence(Document("d", "", sentence), 0, len(sentence), sentence, 1.0, "safe")
    assert not objections(made.target, evidence)
    assert "according to the mayor" in made.target


def test_nothing_is_said_as_the_prompt_asks():
    """Where the evidence does not answer, the target is what the prompt asks for, and the verifier never shows it."""
    evidence = Evidence(Document("d", "", "It rained."), 0, 10, "It rained.", 1.0, "")
    assert prompt.NOTHING == NOTHING
    assert objections(NOTHING, evidence)
