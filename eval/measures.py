"""How an answer is judged against a question's key, and how judgements are counted."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from eval.sets import Question
from eval.squad import token_f1
from eval.statistics import counted
from rag import Answer, Disagreement, Evidence, Index, Sentence

OUTCOMES = ("right", "wrong", "refused")


@dataclass(frozen=True, slots=True)
class Asked:
    """What was watched while a question was answered: the best evidence first, all that the writer wrote, the tokens that it read and wrote, seconds to
    the passages, to the first sentence and in all.
    """

    answer: Answer
    evidence: tuple[Evidence, ...]
    written: tuple[str, ...]
    tokens: int
    searched: float
    first: float | None
    seconds: float


@dataclass(frozen=True, slots=True)
class Judgement:
    """What became of one question. `verbatim` and `quotes` count shown quotes, `written` the sentences that are the writer's; `seconds` is the whole
    time, `searched` that to the passages, `first` that to the first sentence; `tokens` are those that the writer read and wrote; `score` is how likely the best evidence answers, shown or not, `found` whether it does, and `f1` how well
    the words that it points at fit the key; `fault` names what is wrong with it, and `disagree` is whether the articles do, where that matters. The rest tells how it came about: passages by id, the best evidence, the shown sentences and what was written.
    """

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
    searched: float | None = None
    first: float | None = None
    tokens: int = 0
    score: float = 0.0
    found: bool = False
    f1: float = 0.0
    passages: tuple[str, ...] = ()
    evidence: tuple[dict[str, Any], ...] = ()
    shown: tuple[dict[str, Any], ...] = ()
    outputs: tuple[str, ...] = ()
    error: str = ""
    fault: str = ""
    disagree: bool | None = None


def normalise(text: str) -> str:
    """SQuAD's normalisation (Rajpurkar et al. 2016), hyphens counting as spaces, with a space at both ends.

    >>> normalise("The 44-kilometer border.")
    ' 44 kilometer border '
    """
    text = re.sub(r"[-‐‑–—/]", " ", text.lower())
    text = re.sub(r"[^\w\s]", "", text)
    words = re.sub(r"\b(a|an|the)\b", " ", text).split()
    return f" {' '.join(words)} "


def judge(question: Question, asked: Asked, index: Index) -> Judgement:
    """Right: nothing is at fault with what is shown. A refusal is `refused`, whether it should be or not."""
    answer = asked.answer
    wrong = fault(question, answer)
    best = asked.evidence[0] if asked.evidence else None
    first = answer.sentences[0].text if answer.answered else best.text if best else ""
    quoted = sum(s.quoted for s in answer.sentences)
    return Judgement(
        question.id, question.category, question.answerable,
        outcome="refused" if not answer.answered else "wrong" if wrong else "right",
        verbatim=sum(index.document(c.doc_id).text[c.start : c.end] == c.quote for c in answer.citations),
        quotes=len(answer.citations),
        written=len(answer.sentences) - quoted,
        sentences=len(answer.sentences),
        seconds=asked.seconds,
        text=str(answer) if answer.disagreements else answer.text,
        searched=asked.searched,
        first=asked.first,
        tokens=asked.tokens,
        score=round(best.score, 4) if best else 0.0,
        found=best is not None and question.answerable and _says_all(question, first) and _from(question, {best.document.doc_id}),
        f1=_f1(question, best.value) if best and answer.answered else 0.0,
        passages=tuple(p.passage.passage_id for p in answer.passages),
        evidence=tuple(_told(e) for e in asked.evidence),
        shown=tuple(_said(s) for s in answer.sentences),
        outputs=asked.written,
        fault=wrong,
        disagree=None if question.sides is None else bool(question.sides),
    )  # fmt: skip


def fault(question: Question, answer: Answer) -> str:
    """What is wrong with an answer in a word or two; "" when nothing is."""
    if not question.answerable or not answer.answered:
        return "" if question.answerable == answer.answered else "answered" if answer.answered else "refused"
    if question.sides == [] and answer.disagreements:
        return "false alarm"
    if question.sides and not any(all(_says(_both(d), side) for side in question.sides) for d in answer.disagreements):
        return "one side"
    shown = shown_text(answer)
    if not _says_all(question, shown):
        return "wrong"
    if any(_says(shown, [value]) for value in question.forbidden):
        return "forbidden"
    cited = {c.doc_id for c in answer.citations}
    return "" if _from(question, cited) and set(question.cites) <= cited else "not cited"


def shown_text(answer: Answer) -> str:
    """All that is shown as answer: its sentences, without the outlet and date before a quote, and the values of its disagreements with their quotes."""
    said = [re.sub(r"^[^“\"„«]*(?=[“\"„«])", "", s.text) if s.quoted else s.text for s in answer.sentences]
    return " ".join([*said, *map(_both, answer.disagreements)])


def _both(disagreement: Disagreement) -> str:
    return " ".join(f"{r.value} {c.quote}" for r in disagreement.readings for c in r.citations)


def _says(text: str, spellings: Sequence[str]) -> bool:
    said = normalise(text) + normalise(re.sub(r"['’]s\b", "", text))  # "Bergen's institute" says Bergen
    return any(normalise(spelling) in said for spelling in spellings)


def _says_all(question: Question, text: str) -> bool:
    return all(_says(text, group) for group in question.answers)


def _from(question: Question, doc_ids: set[str]) -> bool:
    return not question.doc_ids or bool(doc_ids & set(question.doc_ids))


def failed(question: Question, error: Exception, seconds: float) -> Judgement:
    """A question that ends in an error counts as wrong, with the error kept."""
    return Judgement(
        question.id,
        question.category,
        question.answerable,
        "wrong",
        0,
        0,
        0,
        0,
        seconds,
        "",
        error=f"{type(error).__name__}: {error}",
        fault="error",
    )


def _f1(question: Question, value: str) -> float:
    """The mean over the groups of the token F1 with their best spelling; 0 without an answer."""
    best = [max(token_f1(value, spelling) for spelling in group) for group in question.answers]
    return sum(best) / len(best) if best else 0.0


def _told(evidence: Evidence) -> dict[str, Any]:
    return {
        "doc_id": evidence.document.doc_id,
        "start": evidence.start,
        "end": evidence.end,
        "value": evidence.value,
        "score": round(evidence.score, 4),
    }


def _said(sentence: Sentence) -> dict[str, Any]:
    quotes = [{"doc_id": c.doc_id, "start": c.start, "end": c.end, "quote": c.quote} for c in sentence.citations]
    return {"text": sentence.text, "quoted": sentence.quoted, "quotes": quotes}


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that `share` of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else 0.0


def share(judgements: Iterable[Judgement], outcome: str) -> str:
    """`47/59 80% (68-88)`: count, share and interval of an outcome."""
    found = list(judgements)
    return counted(sum(j.outcome == outcome for j in found), len(found))
