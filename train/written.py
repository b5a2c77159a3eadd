"""What was written for training: news articles with questions (`written/articles*.jsonl`), quotes with sentences (`claims`), reports side by side (`reports`), conversations (`talks`).

Public data asks about encyclopedias in their own words. These ask about news, in other words than the answer's, and half as often for what is
not told: said by nobody, of another time, of another measure. The same fifth of texts is kept out of training as of the public paragraphs; of the conversations those that are marked.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from rag import Document, passages
from train.guard import WIDTH, is_copy
from train.paragraphs import KEPT_OUT, Example, Paragraph, headed, held_out, rows

FOLDER = Path(__file__).parent / "written"
ELSEWHERE = 0.5  # of the questions are also asked of another part of their article, which does not answer
KIND = "written"


def articles(*, kept: bool, folder: Path = FOLDER, kinds: Collection[str] = ()) -> Iterator[dict[str, Any]]:
    """The articles for training, or with `kept` those for measuring; none that is a copy of what the project is judged on. Where `kinds` are named, with
    the questions of those kinds, and only articles that have one.
    """
    for row in _read("articles", "text", folder, kept=kept):
        questions = [q for q in row["questions"] if not kinds or q["kind"] in kinds]
        if questions:
            yield row | {"questions": questions}


def kinds() -> set[str]:
    """What sorts of questions the articles have."""
    return {question["kind"] for row in articles(kept=False) for question in row["questions"]}


def claims(*, kept: bool, folder: Path = FOLDER) -> Iterator[dict[str, Any]]:
    """The quotes, likewise."""
    return _read("claims", "premise", folder, kept=kept)


def reports(*, kept: bool, folder: Path = FOLDER) -> Iterator[dict[str, Any]]:
    """The reports, likewise."""
    return _read("reports", "a", folder, kept=kept)


def talks(*, kept: bool, folder: Path = FOLDER) -> Iterator[dict[str, Any]]:
    """The conversations, those kept out as they are marked: of each turn the question, the same written out, and the sentence that was shown with the words
    that answer.
    """
    yield from (row for row in _read("talks", None, folder, kept=kept) if row["kept"] == kept)


def _read(name: str, text: str | None, folder: Path, *, kept: bool) -> Iterator[dict[str, Any]]:
    """The rows whose `text` is kept out or not, or all."""
    for path in sorted(folder.glob(f"{name}*.jsonl")):
        for row in rows(path):
            if (text is None or held_out(row[text]) == kept) and not any(is_copy(part, KEPT_OUT) for part in _texts(row)):
                yield row


def _texts(value: Any) -> Iterator[str]:
    """Every text of a row that is long enough to be a copy of something."""
    if isinstance(value, str):
        if len(value.split()) >= WIDTH:
            yield value
    elif isinstance(value, (list, dict)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)


def place(article: dict[str, Any], question: dict[str, Any]) -> tuple[int, int]:
    """Where in the text the answer stands, (-1, -1) for none; `sentence` is how the sentence begins that answers, or that tempts."""
    if not question["answer"]:
        return -1, -1
    start = article["text"].index(question["answer"], article["text"].index(question["sentence"]))
    return start, start + len(question["answer"])


def written_examples(chance: random.Random, *, kept: bool = False, folder: Path = FOLDER, kinds: Collection[str] = ()) -> Iterator[Example]:
    """For the reader: each question asked of the passage that answers it or tempts to, half of them also of another one; and, unless `kinds` of questions
    are named, each report.
    """
    for article in articles(kept=kept, folder=folder, kinds=kinds):
        cut = passages(Document("written", article["title"], article["text"]))
        for question in article["questions"]:
            start, end = place(article, question)
            at = article["text"].index(question["sentence"])
            inside = [p for p in cut if p.start <= at and max(at, end) <= p.end]
            others = [p for p in cut if not p.start <= at < p.end and (end < 0 or question["answer"] not in p.text)]
            paragraph = Paragraph(article["title"], "", ())
            if inside:
                p = chance.choice(inside)
                span = (start - p.start, end - p.start) if start >= 0 else (-1, -1)
                yield headed(paragraph, Example(question["q"], p.text, *span, KIND), chance)
            if others and chance.random() < ELSEWHERE:
                yield headed(paragraph, Example(question["q"], chance.choice(others).text, -1, -1, f"{KIND} elsewhere"), chance)
    for row in reports(kept=kept, folder=folder) if not kinds else ():
        for text, value in answers_of(row):
            start = text.index(value) if value else -1
            yield Example(row["question"], text, start, start + len(value) if value else -1, f"{KIND} report")


def answers_of(row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Each report of a question with its answer, "" where it tells of something else."""
    yield row["a"], row["a_value"]
    for other in row["others"]:
        yield other["b"], "" if other["label"] == "other" else other["b_value"]
