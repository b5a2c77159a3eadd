"""The public data that the recipes learn from: each file's paragraphs with their questions, and which of them are kept out of training.

Splits are by paragraph: one whose hash falls into the held-out fifth is never trained on, whatever question is asked of it.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from train.guard import forbidden, is_copy

KEPT_OUT = forbidden()
HELD_OUT = 5  # one paragraph in so many is kept for measuring


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


def copied(paragraph: Paragraph) -> bool:
    """Whether a paragraph or one of its questions is a copy of what the project is judged on."""
    return any(is_copy(text, KEPT_OUT) for text in (paragraph.text, *(question for question, _answer, _start in paragraph.questions)))


def squadshifts(path: Path) -> Iterator[Paragraph]:
    for row in rows(path):
        questions = []
        for qa in row["qas"]:
            answer, start = min(qa["answers"], key=lambda a: len(a[0]))
            questions.append((qa["question"].strip(), answer, start))
        yield Paragraph(row["title"].replace("_", " "), row["context"], tuple(questions))


def near_misses(path: Path) -> Iterator[Paragraph]:
    for row in rows(path):
        answer, start = row["answers"][0] if row["answerable"] else ("", -1)
        yield Paragraph("", row["context"], ((row["question"], answer, start),))


def qamr(path: Path, together: int = 4) -> Iterator[Paragraph]:
    """Sentences of Wikinews that follow each other in the file, `together` at a time, with the questions on each of them."""
    by_sentence: dict[str, list[tuple[str, list[str]]]] = {}
    for row in rows(path):
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


def headed(paragraph: Paragraph, example: Example, chance: random.Random) -> Example:
    """With the title in front, as at run time, in half of the paragraphs that have one."""
    if not paragraph.title or chance.random() < 0.5:
        return example
    head = f"{paragraph.title}. "
    moved = (example.start + len(head), example.end + len(head)) if example.start >= 0 else (-1, -1)
    return Example(example.question, head + example.text, *moved, example.kind)


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a file of JSON lines."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
