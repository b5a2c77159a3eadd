"""Reads retrieved passages with the question in hand: which sentences answer it, how likely, and with which words.

Two readers stand behind the one method, `read`. `SpanReader` is the trained one: its network reads every passage, and the judge has a second
look at the few best sentences. `ToyReader` counts words in common, so that a test can be worked out by hand. Both are silenced by the gates.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter
from typing import Protocol

from rag.comparable import shared
from rag.completed import dates_of
from rag.config import Config
from rag.gates import missing, of_another, placed, repeats, withdrawn
from rag.judge import Judge, Pair, Rivals
from rag.lexicon import forms, mentions, mentions_name, place
from rag.periods import MONTHS, WEEKDAYS
from rag.posed import headed, posed
from rag.question import Asked, ask, reported_by
from rag.scope import ANY_TIME, Scope
from rag.spans import SpanNetwork
from rag.text import named_runs, squash
from rag.types import Document, Evidence, ScoredPassage, first_of_each
from rag.untold import untold
from rag.views import View, views

ODDS = {  # log-odds that a sentence answers: train/odds.py, on paragraphs and news kept out of training, for the weights before these
    "bias": -0.1,
    "span": 0.15,  # the network's best span in the sentence, over "no answer"
    "coverage": 0.26,  # of the question's content words, weighed by rarity
    "unplaced": -1.5,  # the place asked about is not near: not fitted
    "untimely": -1.5,  # how little it fits the time asked about: not fitted
}
VERDICT = {  # the same after the judge's second look at the best by ODDS: train/odds.py too
    "bias": -0.08,
    "reader": 0.9,  # ODDS's log-odds: 0.67 by the fit to the weights before, this and the next by archives
    "judge": 0.4,  # the judge's: 0.37
    "untimely": -1.5,  # again, as the judge does not know the time that is asked about: not fitted
    "asked": 0.29,  # how much is asked: the more, the less of it a right sentence matches
}
MUCH = 12  # content words of a question, at most so many count
LATEST = 1.7  # log-odds within which the latest article is looked for
NEAR = 250  # characters before a sentence whose dates are still its own
RIVAL = 2.0  # log-odds within which an article of which nothing is judged so far may say otherwise
RIVALS = 2  # such articles at most
SHARED = 3  # names, beside those of countries, that articles on one story have in common; one where a span is so
LIKELY = 2.0
JUDGED = 3  # sentences looked at twice: each costs a sixth of a second without bfloat16 units
TIED = 1.0  # log-odds behind the best within which more than those are, up to
MOST = 5
SURE = 1.0  # log-odds by VERDICT: where none of those has so much, more are judged,
UNSURE = 8  # so many at most
_DOCUMENT = attrgetter("view.document")


class Reader(Protocol):
    """Anything that finds the answering sentences, best first, each with a score in [0, 1], and tells which answers contradict each other: as log-odds,
    None when it cannot.
    """

    def read(
        self, question: str, passages: Sequence[ScoredPassage], documents: Mapping[str, Document], scope: Scope = ANY_TIME
    ) -> list[Evidence]: ...

    def contradicts(self, question: str, first: Evidence, others: Sequence[Evidence], /) -> list[float] | None: ...


def load_reader(config: Config) -> Reader:
    """The trained reader; the toy beside the toy embedder."""
    if config.embedder == "toy":
        return ToyReader()
    return SpanReader(SpanNetwork(config.dtype), Judge(config) if config.judge == "auto" else None)


class ToyReader:
    """Scores a sentence by the share of the question's content words in it."""

    def read(
        self, question: str, passages: Sequence[ScoredPassage], documents: Mapping[str, Document], scope: Scope = ANY_TIME
    ) -> list[Evidence]:
        asked, seen = ask(question), views(passages, documents)
        alike = dict.fromkeys((t.folded for t in asked.words), 1.0)
        scores = [_covered(asked, v, alike) for v in seen]
        return _ranked(
            [
                _evidence(v, 0.0 if silenced(asked, v) or timing(scope, v)[0] == 1.0 else score, "")
                for v, score in zip(seen, scores, strict=True)
            ]
        )

    def contradicts(self, _question: str, _first: Evidence, _others: Sequence[Evidence], /) -> None:
        """It cannot tell."""


@dataclass(frozen=True, slots=True)
class Observed:
    """What speaks for and against one sentence: each feature by name, and the span that the network found."""

    view: View
    question: str  # as it was put to it
    text: str  # as it was read
    value: str
    features: dict[str, float]
    silenced: bool
    unnamed: bool = False  # silenced for nothing but a name that its article does not have

    def odds(self, weights: Mapping[str, float]) -> float:
        """The weighed sum of its features."""
        return sum(weights[name] * value for name, value in self.features.items())


class SpanReader:
    """Scores sentences by the best span that the trained network finds in them and, where there is a judge, by its second look at the best."""

    WEIGHTS = ODDS, VERDICT  # of the first look and of the second

    def __init__(self, network: SpanNetwork, judge: Judge | None = None) -> None:
        self._network = network
        self._judge = judge

    def read(
        self, question: str, passages: Sequence[ScoredPassage], documents: Mapping[str, Document], scope: Scope = ANY_TIME
    ) -> list[Evidence]:
        return _ranked(
            [
                _evidence(s.view, logistic(odds), s.value, s.features["untimely"])
                for odds, s in self.weigh(question, passages, documents, scope)
            ]
        )

    def weigh(
        self, question: str, passages: Sequence[ScoredPassage], documents: Mapping[str, Document], scope: Scope = ANY_TIME
    ) -> list[tuple[float, Observed]]:
        """The log-odds that each sentence answers, fitted on paragraphs and news kept out of training; with a judge, of those that it looked at. Minus infinity where a gate
        silenced it.
        """
        seen = self.observe(question, passages, documents, scope)
        if self._judge is None:
            return [(-math.inf if s.silenced else s.odds(ODDS), s) for s in seen]
        return [(s.odds(VERDICT), s) for s in self.judge(question, seen, scope)]

    def judge(self, question: str, seen: Sequence[Observed], scope: Scope = ANY_TIME) -> list[Observed]:
        """The best by ODDS that no gate silenced, with VERDICT's features: a few, and more of them where none of those answers for sure."""
        best = sorted((s for s in seen if not s.silenced), key=lambda s: -s.odds(ODDS))
        first = _one_each(best)[:JUDGED] if scope.latest else _worth_a_look(best)
        judged = self._verdicts(question, first)
        if scope.latest:
            return judged
        if any(s.odds(VERDICT) >= SURE for s in judged):
            return judged + self._verdicts(question, _linked(question, max(judged, key=lambda s: s.odds(VERDICT)), seen), linked=True)
        return judged + self._verdicts(question, [s for s in best[:UNSURE] if s not in first])

    def _verdicts(self, question: str, best: Sequence[Observed], *, linked: bool = False) -> list[Observed]:
        """The judge's log-odds of some sentences, beside the reader's; of an article that is `linked` to another every name of the question is taken for granted."""
        assert self._judge is not None
        titles = [headed(s.question, s.view.document, f"{s.view.before} {s.text}", granted=linked) for s in best]
        pairs = [Pair(s.question, title, s.view.before, s.text) for title, s in zip(titles, best, strict=True)]
        judged = self._judge.score(pairs) if pairs else []
        much = math.log(1 + min(len(ask(question).words), MUCH))
        return [
            replace(s, features={"bias": 1.0, "reader": s.odds(ODDS), "judge": logit, "untimely": s.features["untimely"], "asked": much})
            for s, logit in zip(best, judged, strict=True)
        ]

    def contradicts(self, question: str, first: Evidence, others: Sequence[Evidence], /) -> list[float] | None:
        """The judge's mean of both orders."""
        if self._judge is None or not others:
            return [] if self._judge else None
        here = (squash(first.text), first.value)
        there = [(squash(e.text), e.value) for e in others]
        scores = self._judge.score([Rivals(question, *pair) for other in there for pair in ((*here, *other), (*other, *here))])
        return [(one + two) / 2 for one, two in zip(scores[::2], scores[1::2], strict=True)]

    def observe(
        self, question: str, passages: Sequence[ScoredPassage], documents: Mapping[str, Document], scope: Scope = ANY_TIME
    ) -> list[Observed]:
        """Every sentence of the passages, once, in the order of the articles."""
        if not passages:
            return []
        asked, outlets = reported_by(ask(question), {d.outlet for d in documents.values() if d.outlet})
        seen = views(passages, documents)
        rare = rarity(asked, seen)
        whole, timings = scope.question or question, [timing(scope, view) for view in seen]
        holds = [next(n for n, p in enumerate(passages) if _holds(p, view)) for view in seen]
        texts = {
            (n, own): posed(whole if own else question, p := passages[n].passage, documents[p.doc_id], dated=own)
            for n, (_late, own) in zip(holds, timings, strict=True)
        }
        each = list(dict.fromkeys(texts.values()))
        scores = dict(zip(each, self._network.score([(t.question, t.head + t.body.text) for t in each]), strict=True))
        found: list[Observed] = []
        for view, n, (late, own) in zip(seen, holds, timings, strict=True):
            text = texts[n, own]
            span, value = text.best(scores[text], view)
            elsewhere = bool(outlets) and view.document.outlet not in outlets
            features = {
                "bias": 1.0,
                "span": span,
                "coverage": _covered(asked, view, rare),
                "unplaced": float(not placed(asked, view)),
                "untimely": late,
            }
            away = elsewhere or (scope.closed and late == 1.0)
            quiet = silenced(asked, view)
            unnamed = quiet and not away and not silenced(replace(asked, names=()), view)
            found.append(Observed(view, text.question, text.sentence(view), value, features, quiet or away, unnamed))
        return found


def _one_each(best: Sequence[Observed]) -> list[Observed]:
    """The best sentence of each article, the latest article first, of those that come close to the best of all."""
    close = [s for s in first_of_each(best, _DOCUMENT) if best[0].odds(ODDS) - s.odds(ODDS) < LATEST]
    return sorted(close, key=lambda s: s.view.document.published or date.min, reverse=True)


def _worth_a_look(best: Sequence[Observed]) -> list[Observed]:
    """The best sentences, more where more are nearly as good, and the best of other articles where they come close: they may say otherwise."""
    behind = [best[0].odds(ODDS) - s.odds(ODDS) for s in best]
    many = min(MOST, max(JUDGED, sum(by < TIED for by in behind)))
    seen = {s.view.document.doc_id for s in best[:many]}
    others = [s for s, by in zip(best[many:], behind[many:], strict=True) if by < RIVAL and s.view.document.doc_id not in seen]
    close = first_of_each(others, _DOCUMENT)
    return [*best[:many], *close[:RIVALS]]


def _linked(question: str, best: Observed, seen: Sequence[Observed]) -> list[Observed]:
    """The likeliest sentence of articles that lack a name of the question but tell of someone that a sure answer names, or share several names with its
    article: they may say otherwise.
    """
    known = forms(question) | {*MONTHS, *WEEKDAYS}
    runs = ([t for t in run if t.folded not in known and not place(t.folded)] for run in named_runs(best.view.text))
    names = [run for run in runs if len(run) > 1]  # a single word is shared by chance
    people = [run for run in ask(question).names if mentions_name(run, best.view.words) and not place(run[-1].folded)]

    def linked(s: Observed) -> bool:
        enough = 1 if s.features["span"] > LIKELY else SHARED
        return any(mentions_name(run, s.view.words) for run in (*names, *people)) or shared(best.view.document, s.view.document) >= enough

    told = [s for s in seen if s.unnamed and s.features["span"] > 0 and linked(s)]
    return first_of_each(sorted(told, key=lambda s: -s.odds(ODDS)), _DOCUMENT)[:RIVALS]


def timing(scope: Scope, view: View) -> tuple[float, bool]:
    """How little a sentence fits the time that is asked about, from 0 to 1, and whether it states a date itself, of that time or another."""
    if not scope.bounded:
        return 0.0, False
    dates, (start, end) = dates_of(view.document), (view.span.start, view.span.end)
    own = [m for m in dates if start <= m.start < end]
    near = [m for m in dates if start - NEAR <= m.start < start]
    return scope.untimely(view.document.published, own, near, dates), any(m.period for m in own)


def logistic(odds: float) -> float:
    """The probability that log-odds stand for.

    >>> logistic(0.0), round(logistic(2.0), 2), logistic(-math.inf)
    (0.5, 0.88, 0.0)
    """
    return 0.0 if odds == -math.inf else 1.0 / (1.0 + math.exp(-min(50.0, max(-50.0, odds))))


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
    return (
        not asked.words
        or bool(missing(asked, view))
        or of_another(asked, view)
        or repeats(asked.question, view.text)
        or withdrawn(view.text, view.around)
        or bool(untold(asked.question, view.text))
    )


def _evidence(view: View, score: float, value: str, untimely: float = 0.0) -> Evidence:
    return Evidence(view.document, view.shown.start, view.shown.end, view.shown.of(view.document.text), score, value, untimely)


def _ranked(found: Sequence[Evidence]) -> list[Evidence]:
    """The likeliest first, those that a gate silenced last."""
    return sorted(found, key=lambda evidence: -evidence.score)
