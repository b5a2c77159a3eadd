"""Reads retrieved passages with the question in hand: which sentences answer it, how likely, and with which words.

Two readers stand behind the one method, `read`. `SpanReader` is the trained one: its network reads every passage, and the judge has a second
look at the few best sentences. `ToyReader` counts words in common, so that a test can be worked out by hand. Both are silenced by the gates.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from rag.completed import dates_of
from rag.config import Config
from rag.dates import find_dates
from rag.gates import missing, of_another, placed, repeats, withdrawn
from rag.judge import Judge, Pair, Rivals
from rag.lexicon import mentions
from rag.observed import ODDS, VERDICT, Observed, logistic
from rag.posed import headed, posed
from rag.question import Asked, ask, asks_when, reported_by
from rag.scope import ANY_TIME, Scope
from rag.shortlist import linked, one_each, unheard, unnamed, worth_a_look
from rag.spans import SpanNetwork
from rag.text import squash
from rag.types import Document, Evidence, ScoredPassage
from rag.untold import untold
from rag.views import View, views

MUCH = 12  # content words of a question, at most so many count
NEAR = 250  # characters before a sentence whose dates are still its own
SURE = 1.0  # log-odds by VERDICT: where none of those looked at twice has so much, more are judged,
UNSURE = 8  # so many at most
ANSWERS = -1.1  # log-odds of the point of refusal: where something has so much others are looked for that may say otherwise, else what the gates silenced for a name


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
        """The best by ODDS that no gate silenced, with VERDICT's features: a few, and more of them where none of those answers for sure; at last, where
        something answers, what other articles may say of the same, here or further on, and else what nothing but a name silenced that may be taken for granted.
        """
        best = sorted((s for s in seen if not s.silenced), key=lambda s: -s.odds(ODDS))
        first = one_each(best) if scope.latest else worth_a_look(best)
        judged = self._verdicts(question, first)
        if scope.latest:
            return judged
        if not any(s.odds(VERDICT) >= SURE for s in judged):
            judged += self._verdicts(question, [s for s in best[:UNSURE] if s not in first])
        answers = [s for s in judged if s.odds(VERDICT) >= ANSWERS]
        if answers:
            judged += self._verdicts(question, unheard(answers, judged, best))
            return judged + self._verdicts(question, linked(question, max(judged, key=lambda s: s.odds(VERDICT)), seen), granted=True)
        return judged + self._verdicts(question, unnamed(question, seen))

    def _verdicts(self, question: str, best: Sequence[Observed], *, granted: bool = False) -> list[Observed]:
        """The judge's log-odds of some sentences, beside the reader's; with `granted` every name of the question is taken for granted."""
        assert self._judge is not None
        titles = [headed(s.question, s.view.document, f"{s.view.lead} {s.view.before} {s.text}", granted=granted) for s in best]
        pairs = [Pair(s.question, title, s.view.lead, s.view.before, s.text) for title, s in zip(titles, best, strict=True)]
        judged = self._judge.score(pairs) if pairs else []
        much = math.log(1 + min(len(ask(question).words), MUCH))
        known = [
            {"reader": s.odds(ODDS), "judge": logit, "untimely": s.features["untimely"], "unnamed": float(s.unnamed and not granted)}
            for s, logit in zip(best, judged, strict=True)
        ]
        return [replace(s, features={"bias": 1.0, "asked": much, **k}) for s, k in zip(best, known, strict=True)]

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
        if not (seen := views(passages, documents)):
            return []
        asked, outlets = reported_by(ask(question), {d.outlet for d in documents.values() if d.outlet})
        rare = rarity(asked, seen)
        when = asks_when(question) or bool(find_dates(question))  # a date that follows is read where one is asked for, or named
        whole, timings = scope.question or question, [timing(scope, view) for view in seen]
        holds = [next(n for n, p in enumerate(passages) if _holds(p, view)) for view in seen]
        texts = {
            (n, own): posed(whole if own else question, p := passages[n].passage, documents[p.doc_id], dated=own or when)
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
            nameless = quiet and not away and not silenced(replace(asked, names=()), view)
            fits = own and not late and not scope.closed  # "since March" by its own date, which the judge cannot reckon
            put = posed(question, passages[n].passage, view.document, dated=True).question if fits else text.asked_of(view)
            found.append(Observed(view, put, text.sentence(view), value, features, quiet or away, nameless))
        return found


def timing(scope: Scope, view: View) -> tuple[float, bool]:
    """How little a sentence fits the time that is asked about, from 0 to 1, and whether it states a date itself, of that time or another."""
    if not scope.bounded:
        return 0.0, False
    dates, (start, end) = dates_of(view.document), (view.span.start, view.span.end)
    own = [m for m in dates if start <= m.start < end]
    near = [m for m in dates if start - NEAR <= m.start < start]
    return scope.untimely(view.document.published, own, near, dates), any(m.period for m in own)


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
