"""What each part is worth: `python -m eval.parts [SET] [--archive DIR --questions FILE]`, some ten minutes for the five seeds.

The first three ask every question with quotes alone: the sentence nearest in meaning, which is what an embedder gives and which never refuses; the
reader; reader and judge. Then the default writer, as fetched and with its adapter, writes one sentence from each piece of evidence that was
found, and the verifier is asked about each whole output: what it rejects would have been shown without it. The writer as fetched is asked when
--base names its folder.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from tqdm import tqdm

from eval.measures import Judgement, percentile, share
from eval.run import run
from eval.sets import Question, QuestionSet, add_choice, chosen
from rag import Config, Document, Evidence, Index, Pipeline, ScoredPassage, SpanNetwork, SpanReader, messages, objections, read_folder


class Nearest:
    """A reader that takes the sentence whose embedding is nearest to the question's, and is always sure."""

    def __init__(self, index: Index) -> None:
        self._embedder = index.embedder
        self._sentences = SpanReader(SpanNetwork())

    def read(self, question: str, passages: Sequence[ScoredPassage], documents: Mapping[str, Document]) -> list[Evidence]:
        views = [s.view for s in self._sentences.observe(question, passages, documents)]
        near = self._embedder.encode([v.text for v in views]) @ self._embedder.encode([question])[0]
        best = views[int(np.argmax(near))]
        return [Evidence(best.document, best.shown.start, best.shown.end, best.shown.of(best.document.text), 1.0)]


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m eval.parts", description=__doc__)
    add_choice(parser)
    parser.add_argument("--base", help="folder of the converted SmolLM2-135M-Instruct, in the cache: the writer as fetched")
    arguments = parser.parse_args(argv)
    for asked in chosen(arguments, default=("seeds",)):
        print(f"\n{asked.name}")
        _parts(asked, arguments.base)


def _parts(asked: QuestionSet, base: str | None) -> None:
    questions = asked.questions
    with tempfile.TemporaryDirectory() as store:
        index = Index.build(read_folder(asked.articles), store)
        quotes = Config(writer="none")
        print(f"{'quotes alone':24}{'right and cited':>22}{'refused':>22}{'of near misses':>22}{'median s':>10}")
        print(
            _row("embedder", list(run(Pipeline(index, quotes, reader=Nearest(index)), questions)))[:-10]
        )  # its time has the reader's in it
        print(_row("+ reader", list(run(Pipeline(index, Config(writer="none", judge="none")), questions))))
        print(_row("+ judge", list(run(Pipeline(index, quotes), questions))))
        evidence = list(_evidence(Pipeline(index, quotes), questions))
    print(
        f"\n{'writer':24}{'passed':>22}{'median s':>10}   of what it first writes, by the verifier; the others are what it keeps from the screen"
    )
    for name, writer in (("as fetched", base), ("with its adapter", Config().writer)):
        if writer:
            print(_written(name, Pipeline(index, Config(writer=writer)), evidence))


def _row(name: str, judgements: Sequence[Judgement]) -> str:
    yes, no = [j for j in judgements if j.answerable], [j for j in judgements if not j.answerable]
    near = [j for j in no if j.category == "near_miss"]
    shares = f"{share(yes, 'right'):>22}{share(no, 'refused'):>22}{share(near, 'refused'):>22}"
    return f"{name:24}{shares}{percentile([j.seconds for j in judgements], 0.5):10.2f}"


def _evidence(pipeline: Pipeline, questions: Sequence[Question]) -> Iterator[tuple[str, Evidence]]:
    """What is found for each question and would be written about."""
    for question in questions:
        for evidence in pipeline.read(
            question.question, pipeline.index.search(question.question, pipeline.config.k, by=pipeline.config.search)
        ):
            yield question.question, evidence


def _written(name: str, pipeline: Pipeline, found: Sequence[tuple[str, Evidence]]) -> str:
    """How many of the first outputs pass the verifier whole, and how long each takes."""
    assert pipeline.writer
    passed, seconds = 0, []
    for question, evidence in tqdm(found, desc=name, disable=None):
        start = time.perf_counter()
        text = "".join(pipeline.writer.generate(messages(question, evidence), max_new_tokens=pipeline.config.max_new_tokens))
        seconds.append(time.perf_counter() - start)
        passed += not objections(" ".join(text.split()), evidence)
    return f"{name:24}{f'{passed}/{len(found)} {passed / max(1, len(found)):.0%}':>22}{percentile(seconds, 0.5):10.2f}"


if __name__ == "__main__":
    main()
