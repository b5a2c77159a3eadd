"""Whether to answer, from which evidence, and what to say when not."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from rag.comparable import named, overtaken, said, same_thing
from rag.config import Config
from rag.corpus import evidence_sentences
from rag.lexicon import forms, mentions, mentions_name
from rag.periods import MONTHS, WEEKDAYS
from rag.question import ask, asks_for_several, asks_when
from rag.text import script, squash
from rag.types import Document, Evidence, Passage, long_date
from rag.untold import untold
from rag.values import is_rounded, periods

CLOSE = 0.4  # further evidence must come as close as this to the best, in log-odds
SEVERAL = 1.5  # where several things are asked for, and it gives another one
MORE_TOLD = 2.0  # log-odds within which what tells more answers as well
_HOW_MUCH = re.compile(r"\bhow (?:many|much|long|high|tall|far|big|deep|wide|heavy|large|old)\b|\b(?:toll|number of)\b", re.IGNORECASE)
_SAID_ON = re.compile(r"\b(?:said|told|announced|confirmed|reported|added)\b[^.;,:]{0,40} on $", re.IGNORECASE)
_OF_SPEECH = re.compile(r"\b(?:sa(?:y|id)|announc\w+|t[eo]ld?l?|confirm\w*|report\w*|sp(?:eak|oke)\w*|stat\w+|add(?:ed)?)\b", re.IGNORECASE)
IN_TALK = 1.5  # log-odds by which an article that was not spoken of must answer better than one that was
BEHIND = 0.6  # of the score of what comes first is left to such an article
NEAREST = 3


def choose(evidence: Sequence[Evidence], config: Config, question: str = "", *, latest: bool = False) -> list[Evidence]:
    """The best evidence and what stands close to it from elsewhere, less close where the question asks for several things; of the `latest` article
    alone, where that is asked for; empty when even the best is too weak.
    """
    likely = [e for e in evidence if e.score and e.score >= config.refuse_below]
    if not likely:
        return []
    if latest:
        return [max(likely, key=lambda e: (e.document.published or date.min, e.score))]
    best, *others = preferred(likely, question)
    chosen = [best]
    several = asks_for_several(question)
    for other in others:
        far = SEVERAL if several and other.value and other.value not in best.text else CLOSE
        enough = _odds(best.score) - _odds(other.score) <= far
        overlaps = any(other.document.doc_id == c.document.doc_id and other.start < c.end and c.start < other.end for c in chosen)
        if enough and not overlaps and other.untimely <= best.untimely and len(chosen) < config.max_sentences:
            chosen.append(other)
    return chosen


def preferred(evidence: Sequence[Evidence], question: str) -> list[Evidence]:
    """Evidence, first what fits the time asked about or tells more than the best, where that answers nearly as well: of a number that was to grow the later
    and greater one, "nine" before "four so far"; of one that was rounded the exact one; of a date the day before its month, or before the day it was told of.
    """
    near = [e for e in evidence if _odds(evidence[0].score) - _odds(e.score) <= MORE_TOLD]
    best = min(near, key=lambda e: (e.untimely, -e.score))
    tells = _is_surpassed if _HOW_MUCH.search(question) else _is_less_exact if asks_when(question) else None
    near = [e for e in evidence if e is not best and e.untimely <= best.untimely and _odds(best.score) - _odds(e.score) <= MORE_TOLD]
    more = [e for e in near if tells and tells(best, e) and same_thing(ask(question), "number", best, e)]
    if asks_when(question) and not more and not _OF_SPEECH.search(question):
        more = [e for e in near if _is_of_speech(best) and not _is_of_speech(e) and periods(said(e))]
    first = max(more, key=lambda e: ((e.document.published or date.min) if overtaken(best, e) else date.min, e.score), default=best)
    return [first, *(e for e in evidence if e is not first)]


def _is_surpassed(one: Evidence, other: Evidence) -> bool:
    """Whether a number was to grow to the other one, or is that one rounded: "about 1.3 billion" for 1.27."""
    return overtaken(one, other) or (is_rounded(said(one), said(other)) and bool(named(one.document) & named(other.document)))


def _is_less_exact(one: Evidence, other: Evidence) -> bool:
    """Whether a sentence gives a month or a year, and the other a day of it."""
    here, there = periods(said(one)), periods(said(other))
    days = [p.day for p in there if p.day]
    return len(here) == 1 and here[0].day is None and any(here[0].overlaps(day, day) for day in days)


def _is_of_speech(evidence: Evidence) -> bool:
    """Whether the day that answers is the one on which somebody spoke: "it had sunk, the port said on Monday"."""
    return bool(_SAID_ON.search(evidence.text[: max(0, evidence.text.find(evidence.value))]))


def in_talk(evidence: Sequence[Evidence], config: Config, question: str, cited: Collection[str]) -> list[Evidence]:
    """Evidence for a question without a name, in the midst of a conversation: what articles cited just before tell comes first, where it answers nearly as well
    as what others tell: "How much did the company pay?" is about the company that was spoken of.
    """
    best = evidence[0] if evidence else None
    if best is None or not cited or best.document.doc_id in cited or ask(question).names:
        return list(evidence)
    near = next((e for e in evidence if e.document.doc_id in cited), None)
    if near is None or near.score < config.refuse_below or _odds(best.score) - _odds(near.score) > IN_TALK:
        return list(evidence)
    behind = near.score * BEHIND
    lowered = [e if e.document.doc_id in cited else replace(e, score=min(e.score, behind)) for e in evidence]
    return sorted(lowered, key=lambda e: -e.score)


def _odds(score: float) -> float:
    bounded = min(max(score, 1e-9), 1 - 1e-9)
    return math.log(bounded / (1 - bounded))


def refusal(question: str, nearest: Sequence[tuple[Passage, Document]], since: date | None = None, until: date | None = None) -> str:
    """Why there is no answer, and which articles come nearest: a script that no article is written in, a name that none mentions, a filter."""
    if not nearest:
        return f"No article{_filtered(since, until)} has a word of the question, or fits what was asked for; ask in other words, or widen that."
    if script(question) not in {script(passage.text) for passage, _document in nearest}:
        return (
            f"The question is written in {script(question).title()} letters and the articles are not; ask in the language of the articles."
        )
    said = frozenset().union(*(forms(document.text) for _passage, document in nearest))
    names = [run for run in ask(question).names if not {t.folded for t in run} <= {*MONTHS, *WEEKDAYS}]
    unknown = [" ".join(t.text for t in run) for run in names if not mentions_name(run, said)]
    about = f"no article read mentions {', '.join(unknown)}" if unknown else _kept_back(question, nearest)
    about = about or "no sentence answers the question well enough"
    documents = list({document.doc_id: document for _passage, document in nearest}.values())[:NEAREST]
    return f"The articles{_filtered(since, until)} do not say: {about}. Nearest: {'; '.join(_named(d) for d in documents)}."


def _kept_back(question: str, nearest: Sequence[tuple[Passage, Document]]) -> str:
    """The sentence with which an article says itself that it does not tell what is asked, where it speaks of it; "" without one."""
    asked = ask(question).words
    for passage, document in nearest:
        spans = evidence_sentences(document)
        for n, span in enumerate(spans):
            text = span.of(document.text)
            if not (passage.start <= span.start < passage.end and untold(question, text)):
                continue
            said = forms(document.text[spans[max(0, n - 1)].start : span.end])
            if sum(mentions(t, said) for t in asked) * 2 > len(asked):
                return f"{document.dateline}, says no more than “{squash(text).rstrip('.')}”"
    return ""


def _filtered(since: date | None, until: date | None) -> str:
    """Which articles were read, where not all were: those without a date never pass a filter of dates."""
    ends = [f"{word} {long_date(day)}" for word, day in (("from", since), ("to", until)) if day]
    return f" dated {' '.join(ends)}" if ends else ""


def _named(document: Document) -> str:
    return f"“{document.title}”" + (f" ({document.dateline})" if document.outlet else f" ({document.dateline.rsplit(', ', 1)[-1]})")
