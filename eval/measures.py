"""How an answer is judged against a question's key, and how judgements are counted."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from eval.statistics import wilson
from rag import Answer, Index

OUTCOMES = ("right", "wrong", "refused")


@dataclass(frozen=True, slots=True)
class Question:
    """One line of a question file. Each group of `answers` must be given in one of its spellings, citing one of `doc_ids`."""

    id: str
    split: str
    category: str
    question: str
    answerable: bool
    answers: list[list[str]]
    doc_ids: list[str]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What became of one question. `verbatim` and `quotes` count shown quotes; `seconds` is the whole time."""

    id: str
    category: str
    answerable: bool
    outcome: str
    verbatim: int
    quotes: int
    written: int
    sentences: int
    seconds: float
    text: str


def normalise(text: str) -> str:
    """SQuAD's normalisation (Rajpurkar et al. 2016), hyphens counting as spaces, with a space at both ends.

    >>> normalise("The 44-kilometer border.")
    ' 44 kilometer border '
    """
    text = re.sub(r"[-‐‑–—/]", " ", text.lower())
    text = re.sub(r"[^\w\s]", "", text)
    words = re.sub(r"\b(a|an|the)\b", " ", text).split()
    return f" {' '.join(words)} "


def judge(question: Question, answer: Answer, index: Index, seconds: float) -> Judgement:
    """Right: every group is in the shown text and a right article is cited. A refusal of an unanswerable one is `refused`."""
    shown = normalise(" ".join(s.text for s in answer.sentences))
    named = all(any(normalise(spelling) in shown for spelling in group) for group in question.answers)
    cited = {c.doc_id for c in answer.citations}
    right = question.answerable and answer.answered and named and bool(cited & set(question.doc_ids))
    outcome = "refused" if not answer.answered else "right" if right else "wrong"
    verbatim = sum(index.document(c.doc_id).text[c.start : c.end] == c.quote for c in answer.citations)
    quoted = sum(s.quoted for s in answer.sentences)
    return Judgement(
        question.id, question.category, question.answerable, outcome, verbatim, len(answer.citations),
        len(answer.sentences) - quoted, len(answer.sentences), seconds, answer.text,
    )  # fmt: skip


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that `share` of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else 0.0


def share(judgements: Iterable[Judgement], outcome: str) -> str:
    """`47/59 80% (68-88)`: count, share and interval of an outcome."""
    found = list(judgements)
    part = sum(j.outcome == outcome for j in found)
    low, high = wilson(part, len(found))
    return f"{part}/{len(found)} {part / max(1, len(found)):.0%} ({low:.0%}-{high:.0%})"
