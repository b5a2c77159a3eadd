"""Reads retrieved passages with the question in hand: which sentences answer it, how likely, and with which words.

Two readers stand behind the one method, `read`. `SpanReader` is the trained one. `ToyReader` counts words in common, so that a test can be
worked out by hand. Both are silenced by the gates.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from rag.config import Config
from rag.gates import missing, placed
from rag.lexicon import mentions, respelled
from rag.question import Asked, ask
from rag.spans import SpanNetwork
from rag.types import Document, Evidence, ScoredPassage
from rag.views import View, views

ODDS = {  # log-odds that a sentence answers: train/odds.py on public paragraphs
    "bias": 1.9,  # the fit says -0.1; news is asked about in other words than its own, so that right sentences score lower: see eval/LOG.md
    "span": 0.29,  # the network's best span in the sentence, over "no answer"
    "coverage": 0.79,  # of the question's content words, weighed by rarity
    "unplaced": -3.0,  # the place asked about is not near: not fitted but firm
}


class Reader(Protocol):
    """Anything that finds the answering sentences: best first, each with a score in [0, 1]."""

    def read(self, question: str, passages: Sequence[ScoredPassage], documents: Mapping[str, Document]) -> list[Evidence]: ...


def load_reader(config: Config) -> Reader:
    """The trained reader; the toy beside the toy embedder."""
    return ToyReader() if config.embedder == "toy" else SpanReader(SpanNetwork(config.dtype))


class ToyReader:
    """Scores a sentence by the share of the question's content words in it."""

    def read(self, question: str, passages: Sequence[ScoredPassage], documents: Mapping[str, Document]) -> list[Evidence]:
        asked, seen = ask(question), views(passages, documents)
        alike = dict.fromkeys((t.folded for t in asked.words), 1.0)
        scores = [_covered(asked, v, alike) for v in seen]
        return _ranked([_evidence(v, 0.0 if silenced(asked, v) else score, "") for v, score in zip(seen, scores, strict=True)])


@dataclass(frozen=True, slots=True)
class Observed:
    """What speaks for and against one sentence: each of ODDS's features by name, and the span that the network found."""

    view: View
    value: str
    features: dict[str, float]
    silenced: bool


class SpanReader:
    """Scores every sentence by the best span that the trained network finds in it, by ODDS."""

    def __init__(self, network: SpanNetwork) -> None:
        self._network = network

    def read(self, question: str, passages: Sequence[ScoredPassage], documents: Mapping[str, Document]) -> list[Evidence]:
        return _ranked([self._weighed(seen) for seen in self.observe(question, passages, documents)])

    def observe(self, question: str, passages: Sequence[ScoredPassage], documents: Mapping[str, Document]) -> list[Observed]:
        """Every sentence of the passages, once, in the order of the articles."""
        asked, seen = ask(question), views(passages, documents)
        rare = rarity(asked, seen)
        heads = [f"{documents[p.passage.doc_id].title}. " for p in passages]
        asked_of = {doc_id: respelled(question, documents[doc_id].text) for doc_id in {p.passage.doc_id for p in passages}}
        scores = self._network.score([(asked_of[p.passage.doc_id], h + p.passage.text) for h, p in zip(heads, passages, strict=True)])
        found: list[Observed] = []
        for view in seen:
            n = next(n for n, p in enumerate(passages) if _holds(p, view))
            shift = len(heads[n]) - passages[n].passage.start
            span, start, end = scores[n].best(view.span.start + shift, view.span.end + shift)
            value = view.document.text[start - shift : end - shift]
            features = {
                "bias": 1.0,
                "span": span,
                "coverage": _covered(asked, view, rare),
                "unplaced": float(not placed(asked, view)),
            }
            found.append(Observed(view, value, features, silenced(asked, view)))
        return found

    def _weighed(self, seen: Observed) -> Evidence:
        odds = sum(ODDS[name] * value for name, value in seen.features.items())
        return _evidence(seen.view, 0.0 if seen.silenced else 1.0 / (1.0 + math.exp(-min(50.0, max(-50.0, odds)))), seen.value)


def rarity(asked: Asked, seen: Sequence[View]) -> dict[str, float]:
    """Inverse document frequency of each question word over the sentences at hand."""
    return {t.folded: math.log(1 + len(seen) / (1 + sum(mentions(t, v.words) for v in seen))) for t in asked.words}


def _covered(asked: Asked, view: View, weights: Mapping[str, float]) -> float:
    total = sum(weights[t.folded] for t in asked.words)
    return sum(weights[t.folded] for t in asked.words if mentions(t, view.words)) / total if total else 0.0


def _holds(passage: ScoredPassage, view: View) -> bool:
    return passage.passage.doc_id == view.document.doc_id and passage.passage.start <= view.span.start < passage.passage.end


def silenced(asked: Asked, view: View) -> bool:
    """Whether a gate that is sure speaks against a sentence, or nothing was asked that it could answer."""
    return not asked.words or bool(missing(asked, view))


def _evidence(view: View, score: float, value: str) -> Evidence:
    return Evidence(view.document, view.shown.start, view.shown.end, view.shown.of(view.document.text), score, value)


def _ranked(found: Sequence[Evidence]) -> list[Evidence]:
    """The likeliest first, those that a gate silenced last."""
    return sorted(found, key=lambda evidence: -evidence.score)
