"""What each part is worth: `python -m eval.parts [SET ...] [--only PART] [--base FOLDER]`, some half an hour for the five seeds.

Every question is asked of the whole path, then of the path without one part: without the verifier, the first sentence that the writer writes is shown;
without the writer, quotes alone; without the reader, and so without gates and judge, the sentence whose embedding is nearest to the question's, which
never refuses; without words or without meaning, the search by the other alone. Then with more and with fewer passages, and with the writer as it was
fetched, when --base names its folder. Beside the counts stands how many questions turned good and bad against the whole, and how likely that is by
chance (McNemar's test, each part's on its own).
"""

from __future__ import annotations

import argparse
import dataclasses
import re
import tempfile
from collections.abc import Callable, Mapping, Sequence
from unittest.mock import patch

import numpy as np

from eval.citations import CitationJudge, cited, load_citation_judge
from eval.compare import turned
from eval.measures import Judgement, percentile, share
from eval.run import run
from eval.sets import QuestionSet, add_choice, chosen, own_sets
from eval.watch import NO_SCOPE
from rag import (
    Config,
    Document,
    Evidence,
    Index,
    Pipeline,
    Scope,
    ScoredPassage,
    Sentence,
    SpanNetwork,
    SpanReader,
)

Made = Callable[[Index], Pipeline]
_NOTHING = re.compile(r"The evidence (?:does not|doesn['’]t) (?:say|answer)[^.]*\.")  # the prompt asks for the first


class Nearest:
    """A reader that takes the sentence whose embedding is nearest to the question's, and is always sure."""

    def __init__(self, index: Index) -> None:
        self._embedder = index.embedder
        self._sentences = SpanReader(SpanNetwork())

    def read(
        self, question: str, passages: Sequence[ScoredPassage], documents: Mapping[str, Document], scope: Scope = NO_SCOPE
    ) -> list[Evidence]:
        views = [s.view for s in self._sentences.observe(question, passages, documents, scope)]
        near = self._embedder.encode([v.text for v in views]) @ self._embedder.encode([question])[0]
        best = views[int(np.argmax(near))]
        return [Evidence(best.document, best.shown.start, best.shown.end, best.shown.of(best.document.text), 1.0)]

    def contradicts(self, _question: str, _first: Evidence, _others: Sequence[Evidence], /) -> None:
        """It cannot tell."""


class Unchecked(Pipeline):
    """The path with the gates between writing and showing left open: only an empty sentence does not pass.

    They are patched by name, as the path has no switch for this and should have none.
    """

    def _write(self, query: str, evidence: Evidence, marker: int) -> Sentence:
        with (
            patch("rag.pipeline.objections", lambda written, _evidence: [] if written else ["nothing written"]),
            patch("rag.pipeline.hopeless", lambda _written, _evidence: False),
        ):
            return super()._write(query, evidence, marker)


PARTS: dict[str, Made] = {
    "whole": lambda index: Pipeline(index, Config()),
    "without verifier": lambda index: Unchecked(index, Config()),
    "without writer": lambda index: Pipeline(index, Config(writer="none")),
    "without judge": lambda index: Pipeline(index, Config(judge="none")),
    "without reader": lambda index: Pipeline(
        index, Config(), reader=Nearest(index)
    ),  # its seconds have the network in them, for the sentences alone
    "without words": lambda index: Pipeline(index, Config(search="dense")),
    "without meaning": lambda index: Pipeline(index, Config(search="lexical")),
    "6 passages": lambda index: Pipeline(index, Config(k=6)),
    "24 passages": lambda index: Pipeline(index, Config(k=24)),
}
HEAD = (
    f"{'':18}{'right and cited':>22}{'refused':>22}{'right if answered':>22}{'written':>9}{'follow':>10}{'median s':>10}   turned good, bad"
)


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m eval.parts", description=__doc__)
    add_choice(parser, own_sets())
    parser.add_argument("--only", action="append", default=[], choices=list(PARTS)[1:], help="ask the whole and this; as often as needed")
    parser.add_argument("--base", help="folder of the converted SmolLM2-135M-Instruct, in the cache: the writer as fetched")
    arguments = parser.parse_args(argv)
    parts = {name: made for name, made in PARTS.items() if name == "whole" or not arguments.only or name in arguments.only}
    if arguments.base:
        parts["without adapter"] = lambda index: Pipeline(index, Config(writer=arguments.base))
    for questions in chosen(arguments, default=("seeds",)):
        print(f"\n{questions.name}\n{HEAD}")
        measure(questions, parts, load_citation_judge(Config()))


def measure(asked: QuestionSet, parts: Mapping[str, Made], judge: CitationJudge) -> None:
    """Print a line for each part that is left out; the first is the whole."""
    whole: list[Judgement] = []
    with tempfile.TemporaryDirectory() as store, Index.build(asked.archive(), store) as index:
        for name, made in parts.items():
            found = [_said_nothing(j) for j in run(made(index), asked.questions)]
            if errors := [f"{j.id}: {j.error}" for j in found if j.error]:
                print(f"{name}: {len(errors)} questions ended in an error, the first {errors[0]}")
            whole = whole or found
            print(f"{name:18}{row(cited(found, judge), whole)}", flush=True)


def _said_nothing(judgement: Judgement) -> Judgement:
    """An answer of nothing but the writer's word that the evidence does not say is a refusal: only an unchecked one can be so."""
    only = judgement.shown and all(not s["quoted"] and _NOTHING.fullmatch(s["text"]) for s in judgement.shown)
    return dataclasses.replace(judgement, outcome="refused", shown=(), written=0, sentences=0) if only else judgement


def row(judgements: Sequence[Judgement], whole: Sequence[Judgement]) -> str:
    """One part's figures: outcomes, sentences that the writer made and how many of them follow from their quotes, seconds, and what turned."""
    yes, no = [j for j in judgements if j.answerable], [j for j in judgements if not j.answerable]
    written = [s for j in judgements for s in j.shown if not s["quoted"]]
    follow = f"{sum(s['follows'] for s in written)}/{len(written)}"
    better, worse, chance = turned([dataclasses.asdict(j) for j in whole], [dataclasses.asdict(j) for j in judgements])
    shares = f"{share(yes, 'right'):>22}{share(no, 'refused'):>22}{share([j for j in yes if j.outcome != 'refused'], 'right'):>22}"
    median = percentile([j.seconds for j in judgements], 0.5)
    return f"{shares}{sum(j.written for j in judgements):9}{follow:>10}{median:10.2f}   {len(better)}, {len(worse)}, p = {chance:.2g}"


if __name__ == "__main__":
    main()
