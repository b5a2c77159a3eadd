"""Questions that stand alone, asked after another one: `python -m eval.alone [--show]`. None of them may be taken for a follow-up.

Every question of the own sets without a history is asked after another of its set, which is about the same articles, and must be left as it was
typed. That is decided before anything is read, so that beside the rewriter the toy models do.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Iterator, Sequence

from eval.sets import QuestionSet, own_sets
from eval.statistics import counted
from rag import Answer, Config, Index, Pipeline, Rewriter, Turn, load_embedder

SEED = 5


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m eval.alone", description=__doc__)
    parser.add_argument("--show", action="store_true", help="show each question that was changed")
    arguments = parser.parse_args(argv)
    found = [answer for questions in own_sets() for answer in asked(questions)]
    print(f"stand alone and are left alone  {counted(sum(a.resolved is None for a in found), len(found))}")
    if arguments.show:
        print("\n".join(f"{a.question} -> {a.resolved}" for a in found if a.resolved))


def asked(questions: QuestionSet) -> Iterator[Answer]:
    """The answer to each question after another one, by toy models and the real rewriter."""
    config = Config(embedder="toy", writer="none")
    chance = random.Random(SEED)
    alone = [q.question for q in questions.questions if not q.history]
    with (
        tempfile.TemporaryDirectory() as folder,
        Index.build(questions.archive(), folder, embedder=load_embedder(config)) as index,
    ):
        pipeline = Pipeline(index, config)
        pipeline.rewriter = Rewriter(Config())
        for question in alone:
            before = chance.choice([q for q in alone if q != question])
            yield pipeline.answer(question, [Turn(before, pipeline.answer(before))])


if __name__ == "__main__":
    main()
