"""Pairs for the judge of what the reader puts first although it does not answer: `python -m train.mined --out FILE`, five minutes on two cores.

Questions of the written articles are asked of all passages of their own and one other article, by the reader alone. The judge then learns to tell the answer
from those sentences that it will really be shown (hard negatives; Xiong et al. 2021, "Approximate nearest neighbor negative contrastive learning").
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from tqdm import tqdm

from rag import Document, Observed, Pair, ScoredPassage, SpanNetwork, SpanReader, passages
from train.judging_data import Judged
from train.packed import prepared
from train.written import articles, place

KIND = "mined"
HARD = 3  # sentences a question
ASKED = 3  # questions of an article


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m train.mined", description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--most", type=int, default=2000, help="articles")
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    print(len(prepared(arguments.out, (Judged, Pair), lambda: list(mined(SpanReader(SpanNetwork()), arguments.most, arguments.seed)))))


def mined(reader: SpanReader, most: int, seed: int) -> Iterator[Judged]:
    """Of some questions of each article the sentence that answers and the likeliest others."""
    chance = random.Random(seed)
    written = list(articles(kept=False))
    chance.shuffle(written)
    for pair in tqdm(list(zip(written[:most:2], written[1:most:2], strict=False))):
        documents = {doc_id: Document(doc_id, row["title"], row["text"]) for doc_id, row in zip("ab", pair, strict=True)}
        read = [ScoredPassage(p, 1.0, 1) for document in documents.values() for p in passages(document)]
        for doc_id, row in zip(documents, pair, strict=True):
            for question in chance.sample(row["questions"], min(ASKED, len(row["questions"]))):
                yield from _pairs(row, question, doc_id, reader.observe(question["q"], read, documents))


def _pairs(article: dict[str, Any], question: dict[str, Any], doc_id: str, seen: Sequence[Observed]) -> Iterator[Judged]:
    """The sentence that answers a question of an article, where one does, and the likeliest that do not hold the answer."""
    start, end = place(article, question)
    likeliest = sorted((s for s in seen if not s.silenced), key=lambda s: -s.odds(SpanReader.WEIGHTS[0]))
    for sentence in (s for s in likeliest if _holds(s, doc_id, start, end)):
        at = start - sentence.view.span.start
        yield Judged(_pair(question, sentence), True, at, at + end - start, KIND)
    told = question["answer"].lower()
    others = [s for s in likeliest if not (told and told in s.view.text.lower())]
    for sentence in others[:HARD]:
        yield Judged(_pair(question, sentence), False, -1, -1, KIND)


def _holds(sentence: Observed, doc_id: str, start: int, end: int) -> bool:
    span = sentence.view.span
    return sentence.view.document.doc_id == doc_id and 0 <= span.start <= start < end <= span.end


def _pair(question: dict[str, Any], sentence: Observed) -> Pair:
    return Pair(question["q"], sentence.view.document.title, sentence.view.before, sentence.view.text)


if __name__ == "__main__":
    main()
