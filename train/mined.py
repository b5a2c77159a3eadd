"""What the reader puts first although it does not answer: `python -m train.mined --judge FILE --reader FILE`, ten minutes on two cores.

Questions of the written articles are asked of all passages of their own and one other article, or of all of their family where they have one, by the reader alone. The judge then learns to tell the answer
from those sentences that it will really be shown, the reader the passage that answers from those that it took for it (hard negatives; Xiong et al. 2021,
"Approximate nearest neighbor negative contrastive learning").
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tqdm import tqdm

from rag import Document, Observed, Pair, Passage, ScoredPassage, SpanNetwork, SpanReader, passages
from train.judging_data import Judged
from train.packed import prepared
from train.paragraphs import Example
from train.written import articles, place

KIND = "mined"
HARD = 2  # sentences a question, one where nothing answers
ASTRAY = 2  # passages a question


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m train.mined", description=__doc__)
    parser.add_argument("--judge", type=Path, required=True, help="file of pairs to make")
    parser.add_argument("--reader", type=Path, required=True, help="file of examples to make")
    parser.add_argument("--most", type=int, default=5000, help="articles")
    parser.add_argument("--each", type=int, default=6, help="questions of an article")
    parser.add_argument("--kinds", nargs="*", default=[], help="of questions; else all")
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)
    searched = archives(list(articles(kept=False)), arguments.most, chance)
    asked = list(mined(SpanReader(SpanNetwork()), searched, arguments.each, arguments.kinds, chance))
    print(len(prepared(arguments.judge, (Judged, Pair), lambda: [pair for mine in asked for pair in judged(mine)])), "pairs")
    print(len(prepared(arguments.reader, (Example,), lambda: [example for mine in asked for example in read(mine)])), "examples")


@dataclass(frozen=True, slots=True)
class Mined:
    """A question of an article, the place that answers it (-1, -1 for none), and the sentences by how likely the reader thinks them."""

    article: Document
    question: dict[str, Any]
    place: tuple[int, int]
    likeliest: Sequence[Observed]

    def answers(self, sentence: Observed) -> bool:
        """Whether it is the one that holds the answer."""
        start, end = self.place
        span = sentence.view.span
        return sentence.view.document == self.article and 0 <= span.start <= start < end <= span.end

    def tells(self, text: str) -> bool:
        """Whether the words of the answer stand in it."""
        told = self.question["answer"].lower()
        return bool(told) and told in text.lower()


def mined(
    reader: SpanReader, searched: Sequence[Sequence[dict[str, Any]]], each: int, kinds: Collection[str], chance: random.Random
) -> Iterator[Mined]:
    """Some questions of each article, all of those of families; where `kinds` are named, of these."""
    for together in tqdm(searched):
        documents = {str(n): Document(str(n), row["title"], row["text"]) for n, row in enumerate(together)}
        found = [ScoredPassage(p, 1.0, 1) for document in documents.values() for p in passages(document)]
        for document, row in zip(documents.values(), together, strict=True):
            asked = [q for q in row["questions"] if not kinds or q["kind"] in kinds]
            for question in chance.sample(asked, len(asked) if "family" in row else min(each, len(asked))):
                seen = [s for s in reader.observe(question["q"], found, documents) if not s.silenced]
                yield Mined(document, question, place(row, question), sorted(seen, key=lambda s: -s.odds(SpanReader.WEIGHTS[0])))


def archives(written: Sequence[dict[str, Any]], most: int, chance: random.Random) -> list[list[dict[str, Any]]]:
    """Articles to be asked together: those of a family, and of `most` others any two.

    >>> [len(a) for a in archives([{"family": "f"}, {}, {"family": "f"}, {"family": "f"}, {}], 10, random.Random(1))]
    [3, 2]
    """
    families: dict[str, list[dict[str, Any]]] = {}
    for row in written:
        if "family" in row:
            families.setdefault(row["family"], []).append(row)
    others = [row for row in written if "family" not in row]
    chance.shuffle(others)
    return [*families.values(), *(list(pair) for pair in zip(others[:most:2], others[1:most:2], strict=False))]


def judged(mine: Mined) -> Iterator[Judged]:
    """For the judge: the sentence that answers, and the likeliest others."""
    start, end = mine.place
    right = [s for s in mine.likeliest if mine.answers(s)]
    for sentence in right:
        at = start - sentence.view.span.start
        yield Judged(_pair(mine, sentence), True, at, at + end - start, KIND)
    for sentence in [s for s in mine.likeliest if not mine.tells(s.view.text)][: HARD if right else 1]:
        yield Judged(_pair(mine, sentence), False, -1, -1, KIND)


def _pair(mine: Mined, sentence: Observed) -> Pair:
    return Pair(mine.question["q"], sentence.view.document.title, sentence.view.lead, sentence.view.before, sentence.view.text)


def read(mine: Mined) -> Iterator[Example]:
    """For the reader: the passage that answers, and those that it took for it before, in which the answer does not stand; below the title."""
    at = next((n for n, s in enumerate(mine.likeliest) if mine.answers(s)), None)
    if at is not None:
        document, passage = _passage(mine.likeliest[at])
        start, end = (place - passage.start + len(_head(document)) for place in mine.place)
        yield Example(mine.question["q"], _head(document) + passage.text, start, end, KIND)
    before = dict.fromkeys(_passage(s) for s in mine.likeliest[:at])
    for document, passage in [(d, p) for d, p in before if not mine.tells(p.text)][:ASTRAY]:
        yield Example(mine.question["q"], _head(document) + passage.text, -1, -1, KIND)


def _head(document: Document) -> str:
    return f"{document.title}. "


def _passage(sentence: Observed) -> tuple[Document, Passage]:
    document, start = sentence.view.document, sentence.view.span.start
    return document, next(p for p in passages(document) if p.start <= start < p.end)


if __name__ == "__main__":
    main()
