"""The path of a question, with toy models; then the promises, with the real ones over the seeds."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from rag import Answer, Index, Pipeline, QuestionError, Sentence, Turn, answer
from rag.embed import ToyEmbedder
from rag.order import read_order, when

TEHRAN = "When did the foreign ministers of Armenia and Azerbaijan meet in Tehran?"


class Says:
    """A writer that always says the same, and counts how often it was asked."""

    name = "says"

    def __init__(self, text: str) -> None:
        self.text, self.calls = text, 0

    def generate(self, messages, *, max_new_tokens):
        self.calls += 1
        yield self.text


def with_writer(config, text):
    writer = Says(text)
    return Pipeline(config=config, writer=writer), writer


def test_an_answer_is_cited_from_the_article(toy_pipeline):
    """The sentence is shown with a quote of the article that says it."""
    answer = toy_pipeline.answer("How many people were on board the ferry to Rona?")
    assert answer.answered
    assert answer.citations[0].doc_id == "ferry"
    assert "42 people" in answer.citations[0].quote


def test_a_written_sentence_that_passes_is_shown(toy_config):
    """A sentence that says what the evidence says is shown as written, its date made full."""
    pipeline, writer = with_writer(toy_config, "The ferry to Rona came back on Thursday with 42 people on board.")
    answer = pipeline.answer("How many people were on board the ferry to Rona?")
    assert answer.sentences[0].text == "The ferry to Rona came back on Thursday [2 May 2024] with 42 people on board."
    assert writer.calls == 1


def test_a_lie_is_replaced_by_the_evidence(toy_config):
    """A sentence with a wrong figure is rewritten once, then the evidence is quoted with outlet and date."""
    pipeline, writer = with_writer(toy_config, "The ferry to Rona came back with 43 people on board.")
    answer = pipeline.answer("How many people were on board the ferry to Rona?")
    assert answer.sentences[0].text.startswith("Bay Post, 3 May 2024: “The ferry to Rona came back on Thursday")
    assert "43" not in answer.text
    assert writer.calls == 2


def test_without_evidence_the_writer_is_not_called(toy_config):
    """A question that no article answers is refused with a reason and the nearest articles, and costs no generation."""
    pipeline, writer = with_writer(toy_config, "Anything at all.")
    answer = pipeline.answer("Which team won the cricket championship in Jamaica?")
    assert not answer.answered
    assert writer.calls == 0
    assert "do not say" in str(answer.reason)
    assert answer.passages


def test_a_name_that_no_article_mentions_is_named_in_the_refusal(toy_pipeline):
    """The reason for a refusal names who is in no article."""
    assert "Napoleon" in str(toy_pipeline.answer("What did Napoleon say about the ferry?").reason)


def test_another_script_is_refused_in_words(toy_pipeline):
    """A question in Cyrillic over Latin articles is refused with advice."""
    answer = toy_pipeline.answer("Сколько людей было на пароме?")
    assert not answer.answered
    assert "Cyrillic" in str(answer.reason)


@pytest.mark.parametrize("question", ["", "   ", "?!", "x" * 10_000])
def test_a_question_that_cannot_be_asked_is_an_error(toy_pipeline, question):
    """Empty and overlong questions raise QuestionError with advice."""
    with pytest.raises(QuestionError, match=r"; (type|ask)"):
        toy_pipeline.answer(question)


def test_the_stream_ends_in_the_answer(toy_pipeline):
    """Passages come first, then sentences, then the Answer that holds them."""
    passages, *sentences, answer = toy_pipeline.stream("How many people were on board the ferry to Rona?")
    assert isinstance(answer, Answer)
    assert answer.passages == passages
    assert answer.sentences == tuple(s for s in sentences if isinstance(s, Sentence))


def test_a_follow_up_is_read_with_the_question_before_it(toy_config):
    """A question that leans on the conversation is answered from what it leans on."""
    pipeline = Pipeline(config=dataclasses.replace(toy_config, refuse_below=0.01))
    first = pipeline.answer("Who opened the bridge over the Orre?")
    second = pipeline.answer("And how much did it cost?", [Turn("Who opened the bridge over the Orre?", first)])
    assert second.citations[0].doc_id == "bridge"


def test_without_a_writer_answers_are_quotes(toy_config):
    """The writer "none" gives the quoted evidence."""
    answer = Pipeline(config=dataclasses.replace(toy_config, writer="none")).answer("How many people were on board the ferry to Rona?")
    assert answer.model == "none"
    assert answer.sentences[0].text.endswith("”")


@pytest.mark.full
def test_warming_loads_every_model(seeds_pipeline):
    """After warming, the network, the judge, the rewriter and the writer are there, so that no question waits for them."""
    seeds_pipeline.warm()
    reader = seeds_pipeline.reader
    assert None not in (reader._network._loaded, reader._judge._loaded, seeds_pipeline.rewriter._loaded, seeds_pipeline.writer._loaded)


@pytest.mark.full
def test_the_tehran_question(seeds_pipeline):
    """The Tehran question is answered with 23 October 2023, citing the WION article."""
    answer = seeds_pipeline.answer(TEHRAN)
    assert "23 October 2023" in answer.text
    assert answer.citations[0].outlet == "WION, India"


@pytest.mark.full
def test_a_caption_is_no_evidence(seeds_pipeline):
    """Someone who is named only in a photo caption is not quoted."""
    assert not seeds_pipeline.answer("What did Nancy Pelosi say about the border?").answered


def test_an_index_built_anew_is_opened_anew(toy_documents, tmp_path, toy_config):
    """`answer` sees the articles of the last build, not those of its first call."""
    question, config = "How many people were on board the ferry to Rona?", dataclasses.replace(toy_config, index=str(tmp_path / "s"))
    Index.build(toy_documents, config.index, embedder=ToyEmbedder())
    assert answer(question, config=config).answered
    Index.build([d for d in toy_documents if d.doc_id != "ferry"], config.index, embedder=ToyEmbedder())
    assert not answer(question, config=config).answered


def test_a_filter_keeps_only_articles_that_state_a_fitting_date(toy_pipeline):
    """Articles of other days, and undated ones, are not read, and the refusal says which days were."""
    asked = "How many people were on board the ferry to Rona?"
    assert toy_pipeline.answer(asked, until=date(2024, 5, 31)).answered
    refused = toy_pipeline.answer(asked, since=date(2024, 6, 1))
    assert not refused.answered
    assert "dated from 1 June 2024" in str(refused.reason)


def test_a_since_after_the_until_is_told(toy_pipeline):
    """Days between which there is none are no filter that finds nothing, but a mistake."""
    with pytest.raises(QuestionError, match="earlier day as since"):
        toy_pipeline.answer("How many people were on board?", since=date(2025, 1, 1), until=date(2024, 1, 1))


def test_a_follow_up_is_shown_as_it_was_completed(toy_pipeline):
    """The answer to a follow-up has the question that was asked in its place; one that stands alone has none."""
    first = toy_pipeline.answer("How many people were on board the ferry to Rona?")
    then = toy_pipeline.answer("And the bridge over the Orre?", [Turn(first.question, first)])
    assert first.resolved is None
    assert then.resolved == "How many people were on board the bridge over the Orre?"
    assert str(then).startswith("(How many people were on board")


class Completes:
    """A rewriter that always completes in the same words."""

    def __init__(self, words: str) -> None:
        self.words = words

    def rewrite(self, _question, _history) -> str:
        return self.words


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("How many people were on board the ferry to Rona?", "How many people were on board the ferry to Rona?"),
        ("Who painted Zanzibar?", "How many people were on board the ferry to Rona?"),
    ],
)
def test_what_the_model_completes_is_asked_first_and_the_rules_where_that_finds_nothing(toy_pipeline, written, asked):
    """A follow-up is asked as the model completes it; where that is refused, as the rules do; and it is answered once."""
    first = toy_pipeline.answer("How many people were on board the ferry?")
    toy_pipeline.rewriter = Completes(written)
    parts = list(toy_pipeline.stream("And the ferry to Rona?", [Turn(first.question, first)]))
    answers = [part for part in parts if isinstance(part, Answer)]
    assert [(a.answered, a.resolved) for a in answers] == [(True, asked)]


@pytest.mark.parametrize(
    ("question", "ways"),
    [
        ("turnout?", ["turnout?", "Who sailed on the ferry?"]),
        ("Who is Olav Berg?", ["Who is Olav Berg?"]),
        ("And the ferry to Rona?", ["Who sailed on the ferry?", "How many people were on board the ferry to Rona?"]),
        ("Who said “the engine had failed twice”?", ["Who said “the engine had failed twice”?"]),
    ],
)
def test_each_way_in_which_a_follow_up_may_be_asked(toy_pipeline, question, ways):
    """What stands alone by the rules is asked as it is, and as the model writes it out where it has no name; what does not, as the model and then as the rules do."""
    first = toy_pipeline.answer("How many people were on board the ferry?")
    toy_pipeline.rewriter = Completes("Who sailed on the ferry?")
    assert list(toy_pipeline.completed(question, [Turn(first.question, first)])) == ways


def test_the_refusal_of_a_follow_up_is_of_the_first_way(toy_pipeline):
    """Where nothing is found either way, the question as it was asked first is refused, once."""
    first = toy_pipeline.answer("How many people were on board the ferry?")
    toy_pipeline.rewriter = Completes("Who painted Zanzibar?")
    *_passages, last = toy_pipeline.stream(
        "And why?", [Turn("Who built Babylon?", dataclasses.replace(first, question="Who built Babylon?"))]
    )
    assert (last.answered, last.resolved) == (False, "Who painted Zanzibar?")


def test_a_quotation_is_looked_up(toy_pipeline):
    """A question for the origin of words is answered by the article that has them, quoted with outlet and date."""
    answer = toy_pipeline.answer("Which article says “the engine had failed twice”?")
    assert answer.text.startswith("Bay Post, 3 May 2024: “Captain Ida Holm said that the engine had failed twice.”")
    assert not toy_pipeline.answer("Which article says “the engine was replaced in Oslo”?").answered


def test_an_order_is_told_from_two_quotes(toy_pipeline):
    """Of two things the one with the earlier date came first, and both quotes are cited."""
    answer = toy_pipeline.answer("Which came first, the ferry to Rona came back or mayor Olav Berg opened the bridge?")
    assert answer.text.startswith("The ferry to Rona came back: 2 May 2024")
    assert {c.doc_id for c in answer.citations} == {"ferry", "bridge"}


def test_what_an_order_takes_for_granted_needs_less(toy_pipeline):
    """Things of which it is asked which came first are found where either alone would hardly be, and not where it would not by far."""
    question = "Which came first, the ferry to Rona came back slowly with grey sheep or mayor Olav Berg opened the bridge?"
    found = [toy_pipeline.weigh(q, toy_pipeline.search(q)) for q in read_order(question).questions()]
    weaker = min(max(e.score for e in each if when(e)) for each in found)
    for point, told in ((weaker / 0.7, True), (min(1.0, weaker / 0.5), False)):
        pipeline = Pipeline(toy_pipeline.index, dataclasses.replace(toy_pipeline.config, refuse_below=point))
        assert pipeline.answer(question).text.startswith("The ferry to Rona came back slowly with grey sheep: 2 May 2024") == told


def test_as_of_has_the_dates_of_what_is_cited(toy_pipeline):
    """An answer is as of the dates of the articles that it cites."""
    assert toy_pipeline.answer("How many people were on board the ferry to Rona?").as_of == (date(2024, 5, 3),)
