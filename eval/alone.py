"""Questions that stand alone, asked after another one: `python -m eval.alone [--show]`. None of them may be taken for a follow-up.

Every question of the own sets without a history is asked after another of its set, which is about the same articles, and must be asked as it was typed. Where it
finds nothing and has no name, it is asked as the rewriter writes it out, too; how many could be is told beside it. Nothing is read to decide that, so that beside
the rewriter the toy models do.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Iterator, Sequence

from eval.sets import QuestionSet, own_sets
from eval.statistics import counted
from rag import Config, Index, Pipeline, Rewriter, Turn, load_embedder

SEED = 5


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m eval.alone", description=__doc__)
    parser.add_argument("--show", action="store_true", help="show each question that was changed, or would be")
    arguments = parser.parse_args(argv)
    rewriter = Rewriter(Config())
    found = [each for questions in own_sets() for each in asked(questions, rewriter)]
    print(f"stand alone and are left alone  {counted(sum(ways[0] == question for question, ways in found), len(found))}")
    print(f"are asked otherwise where they find nothing  {counted(sum(len(ways) > 1 for _question, ways in found), len(found))}")
    if arguments.show:
        print("\n".join(f"{question} -> {' | '.join(ways)}" for question, ways in found if ways != [question]))


def asked(questions: QuestionSet, rewriter: Rewriter) -> Iterator[tuple[str, list[str]]]:
    """Each question and the ways in which it is asked after another one that the toy reader has answered."""
    config = Config(embedder="toy", writer="none")
    chance = random.Random(SEED)
    alone = [q.question for q in questions.questions if not q.history]
    with (
        tempfile.TemporaryDirectory() as folder,
        Index.build(questions.archive(), folder, embedder=load_embedder(config)) as index,
    ):
        pipeline = Pipeline(index, config, rewriter=rewriter)
        for question in alone:
            before = chance.choice([q for q in alone if q != question])
            yield question, list(pipeline.completed(question, [Turn(before, pipeline.answer(before))]))


if __name__ == "__main__":
    main()
