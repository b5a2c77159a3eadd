"""Training examples for the judge: one sentence in its surroundings, and whether it answers, made of the reader's examples.

A question with an answer gives the sentence that holds it, or the likeliest of the others; one without gives the likeliest sentence of its text.
The likeliest shares most words with the question, the rare ones weighing more: what a search would put first.
"""

from __future__ import annotations

import math
import random
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from rag import Claim, Pair, Rivals, surroundings
from train.paragraphs import Example
from train.reading_data import kept_out_examples, public_examples, reader_titles
from train.written import FOLDER, KIND, answers_of, articles, place, reports, talks

EASY = 0.8  # of those whose answering sentence is the likeliest by its words alone are kept: the reader knows them
BESIDE = 2  # sentences of other turns of a conversation
OTHER = 0.25  # of the questions with an answer are asked of another sentence of the text
SHARES = {
    "talk": 0.35,
    "news": 0.6,
    "wiki": 0.9,
    "retrieved": 0.4,
    "removed": 0.4,
    "transplanted": 0.7,
    "neighbour": 0.7,
    "swapped": 0.5,
    "cut": 0.6,
}  # of the reader's examples; else all
MEASURED = 1000  # public pairs
_STOP = re.compile(r"(?<=[.!?])[\"”’')]* +(?=[\"“‘'(]*[A-Z0-9a-z])")
_WORD = re.compile(r"\w+")
_SHORTEST = 20  # characters of a sentence


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair and whether its sentence answers; `sentence[start:end]` is the answer then. Of a claim: whether it follows, and what of it does not."""

    pair: Pair | Claim | Rivals
    answers: bool
    start: int
    end: int
    kind: str


def training_pairs(folder: Path, seed: int) -> list[Judged]:
    """One for each of the reader's public examples that is kept, and what was written for training, mixed."""
    chance = random.Random(seed)
    kept = [e for e in public_examples(folder, seed) if chance.random() < SHARES.get(e.kind, 1.0)]
    pairs = [*judged(kept, reader_titles(folder), chance), *written_pairs(chance), *report_answers(), *talk_answers(chance)]
    chance.shuffle(pairs)
    return pairs


def kept_out_pairs(folder: Path, seed: int) -> list[Judged]:
    """The same of paragraphs and articles that training never sees, for measuring."""
    chance = random.Random(seed)
    pairs = list(judged(kept_out_examples(folder, seed), reader_titles(folder), chance))
    chance.shuffle(pairs)
    return [*pairs[:MEASURED], *written_pairs(chance, kept=True), *report_answers(kept=True)]


def written_pairs(chance: random.Random, *, kept: bool = False, kinds: Collection[str] = ()) -> Iterator[Judged]:
    """Of each written question, or of those of some kinds, the sentence that answers, or that tempts to; and another of the article, the likeliest or any."""
    for article in articles(kept=kept, kinds=kinds):
        text = article["text"]
        spans = sentences(text, 0)
        frequency = Counter(word for a, b in spans for word in _words(text[a:b]))
        for question in article["questions"]:
            start, end = place(article, question)
            at = text.index(question["sentence"])
            own = next(n for n, (a, b) in enumerate(spans) if a <= at < b)
            if end > spans[own][1]:
                continue  # an answer that goes on into the next sentence
            others = [n for n, (a, b) in enumerate(spans) if n != own and not _tells(question["answer"].lower(), text[a:b])]
            likely = max(others, key=lambda n: _likeness(_words(question["q"]), text[slice(*spans[n])], frequency, len(spans)))
            for n in {own, likely if chance.random() < 0.5 else chance.choice(others)}:
                a, b = spans[n]
                answers = n == own and start >= 0
                pair = Pair(question["q"], article["title"], *surroundings([text[a:b] for a, b in spans], n), text[a:b])
                yield Judged(pair, answers, *((start - a, end - a) if answers else (-1, -1)), KIND if n == own else f"{KIND} elsewhere")


def report_answers(*, kept: bool = False) -> Iterator[Judged]:
    """Whether each written report answers its question: one that tells of something else does not."""
    for row in reports(kept=kept):
        for text, value in answers_of(row):
            start = text.index(value) if value else -1
            yield Judged(Pair(row["question"], "", "", "", text), bool(value), start, start + len(value) if value else -1, f"{KIND} report")


def talk_answers(chance: random.Random, folder: Path = FOLDER) -> Iterator[Judged]:
    """Of each turn of a conversation, its question written out, the sentence that was shown, below the one before, and some of those of other turns."""
    for talk in talks(kept=False, folder=folder):
        turns = talk["turns"]
        for n, turn in enumerate(turns):
            others = [m for m, t in enumerate(turns) if m != n and t["a"] and not _tells(turn["value"].lower(), t["a"])]
            for m in [*([n] if turn["value"] else []), *chance.sample(others, min(BESIDE, len(others)))]:
                pair = Pair(turn["full"], "", "", turns[m - 1]["a"] if m else "", turns[m]["a"])
                start = turn["a"].index(turn["value"]) if m == n else -1
                yield Judged(pair, m == n, start, start + len(turn["value"]) if m == n else -1, "talked" if m == n else "talked elsewhere")


def judged(examples: Sequence[Example], titles: frozenset[str], chance: random.Random) -> Iterator[Judged]:
    """One pair an example; none where a text has no fitting sentence."""
    frequency = Counter(word for e in examples for word in _words(e.text))
    for example in examples:
        title, begin = _title(example.text, titles)
        spans = sentences(example.text, begin)
        holding = [n for n, (start, end) in enumerate(spans) if 0 <= example.start < end and example.start >= start]
        answers = bool(holding) and example.end <= spans[holding[0]][1] and chance.random() >= OTHER
        if example.start >= 0 and not holding:
            continue
        asked = _words(example.question)
        answer = example.text[example.start : example.end].lower() if holding else ""
        others = [n for n, (a, b) in enumerate(spans) if n not in holding and b - a >= _SHORTEST and not _tells(answer, example.text[a:b])]
        if not answers and not others:
            continue
        likeness = [_likeness(asked, example.text[slice(*span)], frequency, len(examples)) for span in spans]
        if answers and likeness[holding[0]] == max(likeness) and chance.random() >= EASY:
            continue
        n = holding[0] if answers else max(others, key=likeness.__getitem__)
        start, end = spans[n]
        around = surroundings([example.text[a:b] for a, b in spans], n)
        words = example.text[start:end]
        at = (example.start - start, example.end - start) if answers else (-1, -1)
        yield Judged(Pair(example.question, title, *around, words), answers, *at, example.kind)


def _title(text: str, titles: frozenset[str]) -> tuple[str, int]:
    """(title, where the text behind it begins)."""
    head, stop, _rest = text.partition(". ")
    return (head, len(head) + 2) if stop and head in titles else ("", 0)


def sentences(text: str, begin: int) -> list[tuple[int, int]]:
    """Where the sentences of a text lie, from `begin` on."""
    cuts = [begin, *(m.end() for m in _STOP.finditer(text, begin)), len(text)]
    return [(a, a + len(text[a:b].rstrip())) for a, b in pairwise(cuts) if text[a:b].strip()]


def _tells(answer: str, sentence: str) -> bool:
    """Whether a sentence beside the one that answers holds the answer too: it is then no example of one that does not."""
    return bool(answer) and answer in sentence.lower()


def _words(text: str) -> set[str]:
    return {w.lower() for w in _WORD.findall(text)}


def _likeness(asked: set[str], sentence: str, frequency: Counter[str], texts: int) -> float:
    words = _words(sentence)
    shared = math.fsum(math.log((texts + 1) / (1 + frequency[w])) for w in asked & words)  # the same in whatever order a set comes
    return shared / math.sqrt(len(words) + 8)
