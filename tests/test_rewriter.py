"""Follow-ups written out by the model: what it reads, and what of it is taken."""

import pytest

from rag import Config
from rag.rewriter import Rewriter, load_rewriter, prompt, spoken_of, told
from rag.types import Answer, Citation, Sentence, Turn

QUOTE = "Ida Holm, the mayor of Rona, opened the bridge on 4 May."


def asked(question: str, value: str = "", resolved: str | None = None) -> Turn:
    """A turn that was answered by a value of the quote, or was not answered."""
    citation = Citation(1, "a", "Bridge opens", None, None, None, QUOTE, 0, len(QUOTE))
    sentences = (Sentence(QUOTE, (citation,), value=value),) if value else ()
    reason = None if value else "The articles do not say."
    return Turn(question, Answer(question, sentences, bool(value), reason, (), "toy", resolved=resolved))


def test_the_model_reads_questions_as_they_were_completed():
    """A turn is read with its completed question, the quote that was shown and the words that answered; an unanswered one as not told."""
    history = [asked("And who opened it?", "Ida Holm", "Who opened the bridge?"), asked("What did it cost?")]
    assert prompt("when?", told(history)) == (
        f"Q: Who opened the bridge?\nA: {QUOTE}\n= Ida Holm\nQ: What did it cost?\nA: not told\nNext: when?\nAlone:"
    )


@pytest.mark.parametrize(
    ("written", "taken"),
    [
        ("When did Ida Holm open the bridge?", True),
        ("Was Holm born in Rona?", True),
        ("When did Olav Berg open the bridge?", False),
        ("Who opened the bridge in 2019?", False),
        ("Did thirty people see it?", False),
        ("Did the mayor open it on 4 May?", True),
    ],
)
def test_no_name_and_no_figure_that_was_not_said(written, taken):
    """A completed question may only have names and figures of the conversation."""
    assert spoken_of(written, "And when?", told([asked("Who opened the bridge?", "Ida Holm")])) is taken


class Writes(Rewriter):
    """A rewriter whose model always writes the same."""

    def __init__(self, text: str) -> None:
        self.text = text

    def _written(self, _read: str) -> str:
        return self.text


@pytest.mark.parametrize(
    ("question", "written", "taken"),
    [
        ("And when?", "When did Ida Holm open the bridge?", "When did Ida Holm open the bridge?"),
        ("And when?", "When did Olav Berg open the bridge?", ""),
        ("who leads rona", "Who leads Rona?", ""),
        ("Did Berg resign?", "Did Ida Holm resign?", ""),
        ("And in 2021?", "Who opened the bridge of Rona?", ""),
        ("And when?", "", ""),
        ("And in 2021?", "Who opened the bridge of 2021 in 2021?", "Who opened the bridge of 2021?"),
    ],
)
def test_what_the_model_writes_is_taken_where_it_was_spoken_of(question, written, taken):
    """What says no more, asks of what nobody spoke of, or forgets a name or a figure of the question is not taken."""
    assert Writes(written).rewrite(question, [asked("Who opened the bridge?", "Ida Holm")]) == taken


def test_it_can_be_left_out():
    """Beside the toy embedder, and with `rewriter` "none", there is no model: follow-ups are completed by rule."""
    assert load_rewriter(Config(embedder="toy")) is None
    assert load_rewriter(Config(rewriter="none")) is None


@pytest.mark.full
def test_the_model_tells_two_people_apart():
    """The real model writes out who is meant, and leaves alone what stands alone."""
    history = [asked("Who opened the bridge of Rona?", "Ida Holm")]
    rewriter = Rewriter(Config())
    assert "Ida Holm" in rewriter.rewrite("Was she hurt?", history)
    assert rewriter.rewrite("How many people live in Alm?", history) == ""
