"""Whether to answer, and from which evidence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rag import Config, Document, Evidence
from rag.corpus import passages
from rag.decide import choose, in_talk, refusal

ONE = Document("one", "One", "It rained. It snowed. It hailed.")
TWO = Document("two", "Two", "It rained.")


def evidence(score, start=0, end=10, document=ONE):
    return Evidence(document, start, end, document.text[start:end], score)


def test_weak_evidence_is_no_answer():
    """Nothing is chosen when the best lies under the refusal point, or there is none."""
    assert choose([evidence(0.4)], Config(refuse_below=0.5)) == []
    assert choose([], Config()) == []


@pytest.mark.parametrize("document", [ONE, TWO])
def test_equally_good_evidence_is_shown_too(document):
    """A second sentence that comes close is chosen, from the same article or another."""
    best, other = evidence(0.9), evidence(0.88, 22, 32, document) if document is ONE else evidence(0.88, document=TWO)
    assert choose([best, other], Config()) == [best, other]


def test_far_weaker_evidence_is_left_out():
    """A second sentence that is much less likely to answer is not shown."""
    assert choose([evidence(0.99), evidence(0.6, 22, 32)], Config()) == [evidence(0.99)]


@pytest.mark.parametrize(("question", "many"), [("Which storms were named?", 2), ("When was it?", 1)])
def test_several_things_are_looked_for_further(question, many):
    """Where several things are asked for, a second sentence that gives another one may be less likely."""
    other = Evidence(ONE, 22, 31, "It hailed", 0.75, "hailed")
    assert len(choose([evidence(0.9), other], Config(), question)) == many


def test_a_later_number_comes_before_one_that_was_to_grow():
    """Of a number given as "so far" and a greater one of a later day, as likely to answer, the later is chosen first; not where no number is asked for."""
    sentences = [("Four boats of Rona sank so far.", "Four", date(2024, 5, 3)), ("Six boats of Rona sank.", "Six", date(2024, 5, 4))]
    first, later = (Evidence(Document(value, "", text, published=day), 0, len(text), text, 0.9, value) for text, value, day in sentences)
    for question, best in (("How many boats sank?", later), ("What sank?", first)):
        assert choose([first, later], Config(), question)[0] is best


def test_a_day_comes_before_its_month():
    """Of a month and a day of it, as likely to answer, the day is chosen first; a day of another month is not."""
    for text, value, exact in (("It sank on 8 May.", "8 May", True), ("It sank on 8 July.", "8 July", False)):
        told = [("It sank in May.", "May"), (text, value)]
        month, day = (Evidence(Document(v, "", t, published=date(2024, 9, 3)), 0, len(t), t, 0.9, v) for t, v in told)
        assert choose([month, day], Config(), "When did it sink?")[0] is (day if exact else month)


def test_overlapping_evidence_counts_once():
    """The same words of one article are not shown twice."""
    assert len(choose([evidence(0.9), evidence(0.9, 5, 20)], Config())) == 1


def test_no_more_than_asked():
    """At most `max_sentences` are chosen."""
    assert len(choose([evidence(0.9), evidence(0.9, 11, 21), evidence(0.9, 22, 32)], Config(max_sentences=2))) == 2


def test_a_refusal_quotes_what_says_that_it_is_not_told():
    """Where an article says itself that it does not tell what is asked, the refusal has its words."""
    document = Document(
        "a", "Mill shut", "The mill at Rona was shut on Monday without giving a reason. It employed 40 people for many years.", "Bay Post"
    )
    nearest = [(p, document) for p in passages(document)]
    assert "Bay Post, undated, says no more than “The mill at Rona was shut on Monday without giving a reason”" in refusal(
        "Why was the mill at Rona shut?", nearest
    )
    assert "says no more" not in refusal("When was the mill at Rona built?", nearest)


@pytest.mark.parametrize(
    ("question", "score", "first"),
    [
        ("How much did the company pay?", 0.8, TWO),
        ("How much did Norvik pay?", 0.8, ONE),
        ("How much did the company pay?", 0.4, ONE),
        ("How much did it pay?", 0.1, ONE),
    ],
)
def test_what_was_spoken_of_comes_first(question, score, first):
    """A question without a name is about what was cited just before, where that answers well enough and nearly as well as another article."""
    found = in_talk([evidence(0.9), evidence(score, document=TWO)], Config(), question, {"two"})
    assert found[0].document is first
    assert [e.score for e in found] == sorted((e.score for e in found), reverse=True)


def test_what_fits_the_time_comes_first():
    """Of what fits the time asked about and what does not, nearly as likely to answer, the first comes first; a far likelier one stays."""
    for score, fits in ((0.7, True), (0.3, False)):
        late, timely = replace(evidence(0.9), untimely=0.5), evidence(score, document=TWO)
        assert (choose([late, timely], Config(), "What fell?")[0] is timely) == fits


def test_the_day_of_the_thing_comes_before_the_day_it_was_said():
    """Of a day on which somebody spoke of it and a day of the thing, nearly as likely, the latter is chosen first."""
    told = [("It had sunk, the port said on Wednesday.", "Wednesday"), ("A wave sank it on Monday.", "Monday")]
    said, sank = (Evidence(Document(v, "", t, published=date(2024, 5, 3)), 0, len(t), t, 0.9, v) for t, v in told)
    assert choose([said, sank], Config(), "When did it sink?")[0] is sank
    assert choose([said, sank], Config(), "When did the port say that it had sunk?")[0] is said


def test_an_exact_number_comes_before_a_round_one():
    """Of "about 1.3 billion" and 1.27 billion, as likely to answer, the exact one is chosen first; not 1.9 billion."""
    for exact, first in (("1.27 billion", True), ("1.9 billion", False)):
        told = [("Donors of Rona gave about 1.3 billion.", "about 1.3 billion"), (f"Donors of Rona gave {exact}.", exact)]
        loose, sharp = (Evidence(Document(v, "", t, published=date(2024, 5, 3)), 0, len(t), t, 0.9, v) for t, v in told)
        assert (choose([loose, sharp], Config(), "How much did they give?")[0] is sharp) == first
