"""Training examples for the reader, made from public data: questions with a span, and many kinds of questions without one.

Splits are by paragraph: a paragraph whose hash falls into the held-out fifth is never trained on, whatever question is asked of it.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

HELD_OUT = 5  # one paragraph in so many is kept for measuring
_NAME = re.compile(r"(?<=\w )[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*")
_STOP = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True, slots=True)
class Example:
    """A question over a text; `text[start:end]` answers it, start -1 when nothing does."""

    question: str
    text: str
    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    title: str
    text: str
    questions: tuple[tuple[str, str, int], ...]  # question, answer, start (-1 for none)


def held_out(text: str) -> bool:
    """Whether a paragraph is kept out of training."""
    return int(hashlib.sha256(" ".join(text.split()).encode()).hexdigest(), 16) % HELD_OUT == 0


def training_examples(folder: Path, seed: int) -> list[Example]:
    """The mixture, shuffled. Each source keeps its share whatever the order of its file."""
    chance = random.Random(seed)
    wiki = [p for p in squadshifts(folder / "squadshifts_new_wiki.jsonl") if not held_out(p.text)]
    misses = [p for p in near_misses(folder / "near_misses.jsonl") if not held_out(p.text)]
    news = [p for p in qamr(folder / "qamr.jsonl") if not held_out(p.text)]
    reviews = [p for p in squadshifts(folder / "squadshifts_reddit.jsonl") if not held_out(p.text)]
    examples = [*_given(wiki, "wiki", chance), *_given(misses, "near miss", chance)]
    examples += chance.sample(list(_given(news, "news", chance)), 3000)
    examples += chance.sample(list(_given(reviews, "reddit", chance)), 1000)
    examples += chance.sample(list(_neighbour(wiki, chance)), 2500)
    examples += chance.sample(list(_removed([*wiki, *news], chance)), 2000)
    examples += chance.sample(list(_swapped([*wiki, *news], chance)), 1800)
    chance.shuffle(examples)
    return examples


def squadshifts(path: Path) -> Iterator[Paragraph]:
    for row in _rows(path):
        questions = []
        for qa in row["qas"]:
            answer, start = min(qa["answers"], key=lambda a: len(a[0]))
            questions.append((qa["question"].strip(), answer, start))
        yield Paragraph(row["title"].replace("_", " "), row["context"], tuple(questions))


def near_misses(path: Path) -> Iterator[Paragraph]:
    for row in _rows(path):
        answer, start = row["answers"][0] if row["answerable"] else ("", -1)
        yield Paragraph("", row["context"], ((row["question"], answer, start),))


def qamr(path: Path, together: int = 4) -> Iterator[Paragraph]:
    """Sentences of Wikinews that follow each other in the file, `together` at a time, with the questions on each of them."""
    by_sentence: dict[str, list[tuple[str, list[str]]]] = {}
    for row in _rows(path):
        if row["source"] == "wikinews":
            by_sentence.setdefault(row["sentence"], []).append((row["question"].strip(), row["answers"]))
    sentences = list(by_sentence)
    for n in range(0, len(sentences), together):
        group = sentences[n : n + together]
        text = " ".join(group)
        questions, at = [], 0
        for sentence in group:
            for question, answers in by_sentence[sentence]:
                answer = min((a for a in answers if a in sentence), key=len, default="")
                if answer and len(question.split()) > 3:
                    questions.append((question, answer, at + sentence.index(answer)))
            at += len(sentence) + 1
        yield Paragraph("", text, tuple(questions))


def _given(paragraphs: Sequence[Paragraph], kind: str, chance: random.Random) -> Iterator[Example]:
    for paragraph in paragraphs:
        for question, answer, start in paragraph.questions:
            yield _headed(paragraph, Example(question, paragraph.text, start, start + len(answer) if start >= 0 else -1, kind), chance)


def _headed(paragraph: Paragraph, example: Example, chance: random.Random) -> Example:
    """With the title in front, as at run time, in half of the paragraphs that have one."""
    if not paragraph.title or chance.random() < 0.5:
        return example
    head = f"{paragraph.title}. "
    moved = (example.start + len(head), example.end + len(head)) if example.start >= 0 else (-1, -1)
    return Example(example.question, head + example.text, *moved, example.kind)


def _neighbour(paragraphs: Sequence[Paragraph], chance: random.Random) -> Iterator[Example]:
    """A question asked of another paragraph under the same title."""
    titles: dict[str, list[Paragraph]] = {}
    for paragraph in paragraphs:
        titles.setdefault(paragraph.title, []).append(paragraph)
    for paragraph in paragraphs:
        others = [p for p in titles[paragraph.title] if p is not paragraph]
        for question, answer, _start in paragraph.questions if others else ():
            other = chance.choice(others)
            if answer.lower() not in other.text.lower():
                yield _headed(other, Example(question, other.text, -1, -1, "neighbour"), chance)


def _removed(paragraphs: Sequence[Paragraph], chance: random.Random) -> Iterator[Example]:
    """A question whose answering sentence was cut out."""
    for paragraph in paragraphs:
        cuts = [0, *(m.end() for m in _STOP.finditer(paragraph.text)), len(paragraph.text)]
        for question, answer, start in paragraph.questions:
            sentence = next(((a, b) for a, b in pairwise(cuts) if a <= start < b), None)
            if sentence and len(cuts) > 3:
                rest = paragraph.text[: sentence[0]] + paragraph.text[sentence[1] :]
                if answer.lower() not in rest.lower():
                    yield _headed(paragraph, Example(question, rest, -1, -1, "removed"), chance)


def _swapped(paragraphs: Sequence[Paragraph], chance: random.Random) -> Iterator[Example]:
    """A question in which a name was changed for another of the same paragraph, or of one nearby."""
    for n, paragraph in enumerate(paragraphs):
        nearby = paragraph.text if chance.random() < 0.5 else paragraphs[(n + 1) % len(paragraphs)].text
        names = sorted({m.group() for m in _NAME.finditer(nearby)})
        for question, answer, _start in paragraph.questions:
            own = [m for m in _NAME.finditer(question) if m.group() in paragraph.text]
            others = [name for name in names if name not in question and name not in answer and answer not in name]
            if own and others:
                name = chance.choice(own)
                changed = question[: name.start()] + chance.choice(others) + question[name.end() :]
                yield _headed(paragraph, Example(changed, paragraph.text, -1, -1, "swapped"), chance)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
