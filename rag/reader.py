"""Reads retrieved passages with the question in hand: which sentences answer it, how likely, and with which words.

Two readers stand behind the one method, `read`. `SpanReader` is the trained one. `RuleReader` needs no weights beyond the
embedder's: it weighs likeness in meaning and words in common. Both are silenced by the gates.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from rag.config import Config
from rag.embed import Embedder
from rag.gates import answers_kind, fits, missing, placed, value_of
from rag.lexicon import mentions, mentions_name
from rag.question import Asked, ask
from rag.spans import SpanNetwork
from rag.text import Token
from rag.types import Document, Evidence, ScoredPassage
from rag.views import View, views


class Reader(Protocol):
    """Anything that finds the answering sentences: best first, each with a score in [0, 1]."""

    def read(self, question: str, passages: Sequence[ScoredPassage], documents: Mapping[str, Document]) -> list[Evidence]: ...


def load_reader(config: Config, embedder: Embedder) -> Reader:
    """The trained reader; the rules alone beside the toy embedder."""
    rules = RuleReader(embedder)
    return rules if embedder.name == "toy" else SpanReader(SpanNetwork(config.dtype), rules)


# Logistic weights of one sentence's evidence, fitted (all but no_kind, set by hand) on 2,900 public questions (SQuAD 2.0 and SQuADShifts, CC BY): see eval/LOG.md.
RULES = {
    "bias": -6.8,
    "likeness": 3.4,  # cosine of question and sentence
    "likeness_near": 1.4,  # the same with the sentence before it
    "coverage": 5.8,  # of the question's content words, weighed by rarity
    "coverage_near": -1.4,  # the same with the surroundings: words found all around tell nothing
    "names": -0.7,
    "names_near": 1.7,
    "kind": 0.3,  # the sentence has an answer of the asked kind
    "no_kind": -2.0,  # it has none
}


SPANS = {"span": 0.4, "rules": 0.8, "misfit": -1.0, "unplaced": -1.0}  # how the trained reader ranks sentences
ANSWERS = {  # log-odds that the first of them answers at all, fitted on the dev split and the valley archive: see eval/LOG.md
    "bias": -1.5,  # so that the default refusal point is 0.5
    "span": 0.10,
    "likeness": 3.7,
    "coverage": 0.26,
    "misfit": -2.2,  # the span is not of the asked kind
    "unplaced": -3.9,  # the place asked about is not near
}


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the rules say of a sentence: its log-odds, its likeness to the question, and the question's words it has, in [0, 1]."""

    odds: float
    likeness: float
    coverage: float


def weigh(asked: Asked, view: View, likeness: float, likeness_near: float, rare: Mapping[str, float]) -> Weighed:
    """The log-odds that a sentence answers, by RULES."""
    coverage = _covered(asked, view.words, rare)
    found = {
        "bias": 1.0,
        "likeness": likeness,
        "likeness_near": likeness_near,
        "coverage": coverage,
        "coverage_near": _covered(asked, view.near, rare),
        "names": _share(asked.names, view.words),
        "names_near": _share(asked.names, view.near),
    }
    if asked.kind:
        found["kind" if answers_kind(asked, view) else "no_kind"] = 1.0
    return Weighed(sum(RULES[name] * value for name, value in found.items()), likeness, coverage)


def _covered(asked: Asked, words: frozenset[str], rare: Mapping[str, float]) -> float:
    total = sum(rare[t.folded] for t in asked.words)
    return sum(rare[t.folded] for t in asked.words if mentions(t, words)) / total if total else 0.0


def _share(names: Sequence[tuple[Token, ...]], words: frozenset[str]) -> float:
    return sum(mentions_name(run, words) for run in names) / len(names) if names else 1.0


def rarity(asked: Asked, seen: Sequence[View]) -> dict[str, float]:
    """Inverse document frequency of each question word over the sentences at hand."""
    return {t.folded: math.log(1 + len(seen) / (1 + sum(mentions(t, v.words) for v in seen))) for t in asked.words}


class RuleReader:
    """Weighs every sentence of the passages by RULES; the embedder gives the likeness in meaning."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def read(self, question: str, passages: Sequence[ScoredPassage], documents: Mapping[str, Document]) -> list[Evidence]:
        asked, seen = ask(question), views(passages, documents)
        found = [
            (rule.odds, _evidence(asked, view, rule.odds, value_of(asked, view.text)))
            for view, rule in zip(seen, self.weigh(asked, seen), strict=True)
        ]
        return _ranked(found)

    def weigh(self, asked: Asked, seen: Sequence[View]) -> list[Weighed]:
        """What the rules say of each sentence."""
        if not seen or not asked.words:
            return [Weighed(-50.0, 0.0, 0.0)] * len(seen)
        before = [f"{seen[n - 1].text} {v.text}" if n and seen[n - 1].document is v.document else v.text for n, v in enumerate(seen)]
        vectors = self._embedder.encode([asked.text, *(v.text for v in seen), *before])
        likeness, rare = vectors[1:] @ vectors[0], rarity(asked, seen)
        return [weigh(asked, v, float(likeness[n]), float(likeness[len(seen) + n]), rare) for n, v in enumerate(seen)]


class SpanReader:
    """Scores every sentence by the best span that the trained network finds in it, together with the rules' odds."""

    def __init__(self, network: SpanNetwork, rules: RuleReader) -> None:
        self._network = network
        self._rules = rules

    def read(self, question: str, passages: Sequence[ScoredPassage], documents: Mapping[str, Document]) -> list[Evidence]:
        asked, seen = ask(question), views(passages, documents)
        heads = [f"{documents[p.passage.doc_id].title}. " for p in passages]
        scores = self._network.score([(question, head + p.passage.text) for head, p in zip(heads, passages, strict=True)])
        found = []
        for view, rule in zip(seen, self._rules.weigh(asked, seen), strict=True):
            n = next(
                n
                for n, p in enumerate(passages)
                if p.passage.doc_id == view.document.doc_id and p.passage.start <= view.span.start < p.passage.end
            )
            shift = len(heads[n]) - passages[n].passage.start
            span, start, end = scores[n].best(view.span.start + shift, view.span.end + shift)
            value = view.document.text[start - shift : end - shift]
            doubts = {"misfit": not fits(asked, value), "unplaced": not placed(asked, view)}
            rank = _sum(SPANS, {"span": span, "rules": rule.odds, **doubts})
            odds = _sum(ANSWERS, {"bias": 1.0, "span": span, "likeness": rule.likeness, "coverage": rule.coverage, **doubts})
            found.append((rank, _evidence(asked, view, odds, value)))
        return _ranked(found)


def _sum(weights: Mapping[str, float], values: Mapping[str, float]) -> float:
    return sum(weights[name] * value for name, value in values.items())


def _evidence(asked: Asked, view: View, odds: float, value: str) -> Evidence:
    score = 0.0 if missing(asked, view) else 1.0 / (1.0 + math.exp(-max(-50.0, odds)))
    return Evidence(view.document, view.shown.start, view.shown.end, view.shown.of(view.document.text), score, value)


def _ranked(found: Sequence[tuple[float, Evidence]]) -> list[Evidence]:
    """By rank, those that a gate silenced last."""
    return [evidence for _rank, evidence in sorted(found, key=lambda pair: (pair[1].score == 0.0, -pair[0]))]
