"""Reads retrieved passages with the question in hand: which sentences answer it, how likely, and with which words.

This reader knows no trained weights beyond the embedder: it weighs likeness in meaning, words in common, and the kind of
answer that the question asks for, and it refuses where a name, place or number of the question is missing. The trained
reader will stand behind the same method, `read`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from rag.corpus import evidence_sentences
from rag.dates import find_dates
from rag.embed import Embedder
from rag.lexicon import figures, forms, mentions, mentions_name, place, related, same_name
from rag.question import Asked, ask, located
from rag.text import STOPWORDS, Token, named_runs, tokens
from rag.types import Document, Evidence, ScoredPassage, Span


class Reader(Protocol):
    """Anything that finds the answering sentences: best first, each with a score in [0, 1]."""

    def read(self, question: str, passages: Sequence[ScoredPassage], documents: Mapping[str, Document]) -> list[Evidence]: ...


_LOCATED = re.compile(r"\b(?:in|at|near|to|from|of|on|into|inside|outside|across|off)\s+(?:the\s+)?(?:[a-z]+\s+){0,3}?(?=[A-Z])")
_SPEECH = re.compile(r"[\"“”]|\b(?:said|says?|saying|stat(?:ed|es|ing)|told|claim(?:ed|s|ing)|accus\w+|announc\w+|call(?:ed|s|ing)|add(?:ed|s|ing)|stress\w+"
                     r"|underlin\w+|emphasi[sz]\w+|express\w+|urg\w+|not(?:ed|ing)|warn\w+|argu\w+|insist\w+|describ\w+|according to|wished|hailed|pledged)\b")  # fmt: skip
_LEANS_BACK = re.compile(
    r"^(?:[\"“]?(?:He|She|They|It|His|Her|Their|Its|The two|Both|This|These|That|Those|During this|The (?:spokes\w+|minister|president))\b)"
)
_SHOWN_WORDS = 80  # a quote is a sentence or two, not a paragraph


@dataclass(frozen=True, slots=True)
class View:
    """A sentence where it stands: what is quoted for it, and the words just around it and of the whole article."""

    document: Document
    span: Span
    shown: Span  # with the sentence that its pronoun leans on, and up to where its quotation closes
    words: frozenset[str]
    near: frozenset[str]
    article: frozenset[str]

    @property
    def text(self) -> str:
        return self.span.of(self.document.text)


def views(passages: Sequence[ScoredPassage], documents: Mapping[str, Document]) -> list[View]:
    """Every sentence of the passages, once, with its surroundings."""
    found: list[View] = []
    for doc_id in dict.fromkeys(p.passage.doc_id for p in passages):
        document = documents[doc_id]
        ranges = [(p.passage.start, p.passage.end) for p in passages if p.passage.doc_id == doc_id]
        spans = evidence_sentences(document)
        words = [forms(s.of(document.text)) for s in spans]
        title = forms(document.title)
        article = title.union(*words)
        for n, span in enumerate(spans):
            if any(start <= span.start and span.end <= end for start, end in ranges):
                near = title.union(*words[max(0, n - 2) : n + 2])
                found.append(View(document, span, shown(document, spans, n), words[n], near, article))
    return found


def shown(document: Document, spans: Sequence[Span], n: int) -> Span:
    """The span to quote for the nth sentence: it must tell whom a pronoun means, and who speaks in a quotation left open."""
    first = last = n
    text = document.text
    while last + 1 < len(spans) and _quotation_open(text, spans, last) and _adjacent(text, spans, last):
        last += 1
    if _LEANS_BACK.match(spans[n].of(text)) and n and _adjacent(text, spans, n - 1):
        first = n - 1
    wide = Span(spans[first].start, spans[last].end)
    return wide if len(wide.of(text).split()) <= _SHOWN_WORDS else spans[n]


def _adjacent(text: str, spans: Sequence[Span], n: int) -> bool:
    return not text[spans[n].end : spans[n + 1].start].strip()


def _quotation_open(text: str, spans: Sequence[Span], n: int) -> bool:
    """Whether the nth sentence ends inside quotation marks that its paragraph opened."""
    so_far = text[text.rfind("\n", 0, spans[n].start) + 1 : spans[n].end]
    marks = re.findall(r"[\"“”]", so_far)
    return len(marks) % 2 == 1


def value_of(asked: Asked, text: str) -> str:
    """The words of a sentence that are of the asked kind and not already in the question; "" when there are none."""
    known = forms(asked.text)
    if asked.kind == "date":
        return next((m.text for m in find_dates(text) if not set(re.findall(r"\w+", m.text.lower())) <= known), "") or _period(text)
    if asked.kind == "number":
        return next((t.text for t in tokens(text) if figures(t.text) - asked.figures and t.folded != "one"), "")
    if asked.kind == "person":
        runs = [run for run in named_runs(text) if _new_name(run, known)]
        runs.sort(key=lambda run: any(place(t.folded) for t in run))  # people before countries
        return next((text[run[0].start : run[-1].end] for run in runs), "")
    if asked.kind == "place":
        for match in _LOCATED.finditer(text):
            run = next((r for r in named_runs(text) if r[0].start == match.end()), None)
            if run and _new_name(run, known):
                return text[run[0].start : run[-1].end]
    return ""


def _period(text: str) -> str:
    match = re.search(
        r"\b(?:in|last|this|next|early|late|earlier|since|a) (?:(?:the )?(?:spring|summer|autumn|fall|winter|\d{4}s)|week|month|year|(?:month|week|year|day)s?"
        r" (?:ago|after|before|earlier|later))\b",
        text,
    )
    return match.group() if match else ""


def _new_name(run: Sequence[Token], known: frozenset[str]) -> bool:
    return any(t.folded not in STOPWORDS and not any(same_name(t.folded, word) for word in known) for t in run)


# Logistic weights of one sentence's evidence, fitted on 2,900 public questions (SQuAD 2.0 and SQuADShifts, CC BY): see eval/LOG.md.
WEIGHTS = {
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


def weigh(asked: Asked, view: View, likeness: float, likeness_near: float, rare: Mapping[str, float]) -> float:
    """How likely a sentence answers, in [0, 1]: a logistic function of WEIGHTS; 0 where a gate speaks."""
    if missing(asked, view):
        return 0.0
    found = {
        "bias": 1.0,
        "likeness": likeness,
        "likeness_near": likeness_near,
        "coverage": _covered(asked, view.words, rare),
        "coverage_near": _covered(asked, view.near, rare),
        "names": _share(asked.names, view.words),
        "names_near": _share(asked.names, view.near),
    }
    if asked.kind:
        found["kind" if answers_kind(asked, view) else "no_kind"] = 1.0
    return 1.0 / (1.0 + math.exp(-sum(WEIGHTS[name] * value for name, value in found.items())))


def missing(asked: Asked, view: View) -> str:
    """What of the question the article never mentions: a name, a figure, or the place where it is said to have been."""
    for run in asked.names:
        if not mentions_name(run, view.article):
            return run[-1].text
    there = located(view.text)
    for name in asked.places:
        if there and name.folded not in view.words and not any(related(name.folded, t.folded) for t in there):
            return name.text
    stated = view.article | ({str(view.document.published.year)} if view.document.published else set())
    for figure in asked.figures:
        if figure not in stated:
            return figure
    return ""


def answers_kind(asked: Asked, view: View) -> bool:
    """Whether what would be quoted holds an answer of the asked kind."""
    quote = view.shown.of(view.document.text)
    return (
        bool(_SPEECH.search(quote))
        if asked.kind == "quote"
        else bool(value_of(asked, view.text) or (asked.kind == "person" and value_of(asked, quote)))
    )


def _covered(asked: Asked, words: frozenset[str], rare: Mapping[str, float]) -> float:
    total = sum(rare[t.folded] for t in asked.words)
    return sum(rare[t.folded] for t in asked.words if mentions(t, words)) / total if total else 0.0


def _share(names: Sequence[tuple[Token, ...]], words: frozenset[str]) -> float:
    return sum(mentions_name(run, words) for run in names) / len(names) if names else 1.0


def rarity(asked: Asked, seen: Sequence[View]) -> dict[str, float]:
    """Inverse document frequency of each question word over the sentences at hand."""
    return {t.folded: math.log(1 + len(seen) / (1 + sum(mentions(t, v.words) for v in seen))) for t in asked.words}


class RuleReader:
    """Weighs every sentence of the passages by WEIGHTS; the embedder gives the likeness in meaning."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def read(self, question: str, passages: Sequence[ScoredPassage], documents: Mapping[str, Document]) -> list[Evidence]:
        asked, seen = ask(question), views(passages, documents)
        if not seen or not asked.words:
            return []
        before = [f"{seen[n - 1].text} {v.text}" if n and seen[n - 1].document is v.document else v.text for n, v in enumerate(seen)]
        vectors = self._embedder.encode([question, *(v.text for v in seen), *before])
        likeness = vectors[1:] @ vectors[0]
        rare = rarity(asked, seen)
        scores = [weigh(asked, v, float(likeness[n]), float(likeness[len(seen) + n]), rare) for n, v in enumerate(seen)]
        ranked = sorted(range(len(seen)), key=lambda n: (-scores[n], n))
        return [_evidence(asked, seen[n], scores[n]) for n in ranked]


def _evidence(asked: Asked, view: View, score: float) -> Evidence:
    quote = view.shown.of(view.document.text)
    value = value_of(asked, view.text) or value_of(asked, quote)
    return Evidence(view.document, view.shown.start, view.shown.end, quote, score, value)
