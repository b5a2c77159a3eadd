"""Whether independent articles give the same answer: the same value corroborates, a different one is a disagreement, of one outlet an update.

The same value is told by rules (`values`). Whether two others contradict each other or speak of different things - a part, another year, the wounded -
is the judge's to tell, which reads both sentences; without it only numbers and dates are held against each other. Either way the sentences must seem to be of
about the same time and of no different countries, and none a plan (`comparable`), unless they contradict each other for certain. What one outlet says it had
wrong is another value whatever the judge says.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter
from typing import Protocol

from rag.comparable import counts_the_same, near_days, of_another_sort, overtaken, said, same_thing, strangers
from rag.dates import find_dates
from rag.phrases import is_name
from rag.question import ask, asks_when
from rag.text import squash, tokens
from rag.types import Citation, Disagreement, Evidence, Reading, Sentence, first_of_each, is_later
from rag.values import alike, quantities, shown
from rag.verify import cite

SHINGLE = 4  # words (Broder 1997, "On the resemblance and containment of documents")
COPY = 0.4  # of the shingles of the shorter one: from there on two articles are one voice
HEARD = 0.35  # how likely another article must be to answer before it is held against the best
FAINT = 0.1  # the same of another number, date, name or place that contradicts it for certain,
CERTAIN = 6.0  # that is from these log-odds on; then it may also seem to tell of another time or country
HARD = 3.5  # from these on two names contradict each other of which nothing says that they are others
SURE = 1.0  # log-odds from which two contradict each other: of ordinary articles few pairs do
COMPATIBLE = -4.0  # up to which two numbers or dates do not, for certain
SELDOM = -6.0  # the same of two days close to each other, or two measures of a thing,
SURELY = 0.6  # where each is so likely to answer
UNLIKE = 0.0  # the same of a number that counts something by another name
HALF = 0.45  # of two other numbers or dates each is about as likely as not to answer
ASKED = 3  # pairs of sentences that the judge reads in both orders: each costs a third of a second without bfloat16 units
SAME_LINE = 0.7  # of the words of the shorter of two sentences
_NUMBER = re.compile(
    r"\bhow (?:many|much|old|high|long|far|big|large|tall|deep|full|fast)\b|\bwhat (?:[\w’'-]+ ){0,4}(?:percentage|share|proportion|number|sum|size|price|fees?|turnout|score|amount|level|rate|cost|budget|toll)\b"
    r"|^what (?:did|does|do|will|would|has) .*\bcosts?\b|^(?:cost|percentage|turnout|death toll|number|price|size) of\b",
    re.IGNORECASE,
)
_MEASURE = re.compile(r"\bhow (?:long|high|tall|deep|wide|heavy|old|far)\b", re.IGNORECASE)
_PLACE = re.compile(
    r"^(?:\w+ )?(?:where|(?:in |at |near )?(?:what|which) (?:town|city|village|country|place|port))\b"
    r"|^(?:in|at|near|from|to|on|off) (?:what|which) (?:airport|harbour|station|island|region|province|district|square|street|lake|river|valley|beach|hospital|hotel|prison|museum)\b",
    re.IGNORECASE,
)
_SPEECH = re.compile(  # two speakers may say different things without a contradiction
    r"\bwho(?:m)? (?:\w+ly )?(?:said|says|stated|claim\w*|think\w*|thought|believ\w*|accus\w*|den\w+|promis\w*|predict\w*|warn\w*|call\w*|expect\w*|describ\w*|demand\w*|argu\w*|criticis\w*|prais\w*|blam\w*|told|insist\w*|suggest\w*)\b"
    r"|^(?:which|what) [\w’' -]+ (?:said|stated|claimed|told|insisted|warned|predicted|denied|accused|promised|argued) (?:that|to|of)\b"
    r"|^(?:did|does|do|has|have) .*\b(?:admit|deny|welcome|claim|believe|think|want|say|blame|accuse)\b|^what (?:[\w’'-]+ ){1,4}(?:say|says|said|think|thinks|want|wants) (?:of|about|to|on)\b|\b(?:what|how) (?:did|does|do|has|have) .*\b(?:say|said|think|tell|claim\w*|promise|accuse|call|called|describe|characteri[sz]e|react|respond|reply|answer|warn|argue|comment|object|complain|oppose|fear|regret)\b|\baccording to\b",
    re.IGNORECASE,
)
_YES_NO = re.compile(r"^(?:is|are|was|were|did|does|do|has|have|had|will|can|could)\b", re.IGNORECASE)
_FIGURE = re.compile(r"(?<![\d.,])\d+\.\d+(?![\d.,]*\d)")  # with a fraction: by itself alone hardly another number
_COUNTED = re.compile(  # a number and up to two words of what it counts
    r"[$€£₹]?\d[\d.,]*(?: (?:million|billion|thousand))?(?: (?!(?:this|last|next|in|on|at|of|to|for|from|and|or|by|the|an?|since|when|after|before|as|with|per)\b)[a-z]+){0,2}"
)
_CORRECTED = re.compile(
    r"\b(?:correct\w*|revis\w+|updat\w+|amend\w+|mistaken\w*|error|misstated|earlier (?:report|figure|version))\b",
    re.IGNORECASE,
)
_RIGHTED = re.compile(
    r"\b(?:(?:right|true|correct) (?:figure|number|sum|date)|(?:earlier|wrong|incorrect) (?:figure|number|sum|date)|misstated|(?:it|this|that|the \w+) should have (?:been|read|said)|we (?:wrongly|mistakenly|incorrectly))\b",
    re.IGNORECASE,
)

_DOCUMENT = attrgetter("document")


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the other articles say: those that give another value, and those that give the same."""

    disagreements: tuple[Disagreement, ...] = ()
    corroborating: tuple[Citation, ...] = ()


ALONE = Comparison()


def kind_of(question: str) -> str:
    """What sort of value a question asks for: number, date, yes-no, place, what somebody said, or name.

    >>> [kind_of(question) for question in ("How many died?", "On which day did it open?", "Was it checked?", "Where was it?", "Who won?")]
    ['number', 'date', 'yes-no', 'place', 'name']
    >>> kind_of("Who said that it was safe?"), kind_of("What did Holm say about the dam?")
    ('said', 'said')
    """
    if asks_when(question):
        return "date"
    if _PLACE.search(question):
        return "place"
    if _SPEECH.search(question):
        return "said"
    return "yes-no" if _YES_NO.match(question) else "number" if _NUMBER.search(question) else "name"


class Contradicts(Protocol):
    """How surely each of some pieces of evidence contradicts a first one, as log-odds; None where nobody can tell."""

    def __call__(self, question: str, first: Evidence, others: Sequence[Evidence], /) -> Sequence[float] | None: ...


def compare(
    question: str, found: Sequence[Evidence], sentences: Sequence[Sentence], contradicts: Contradicts, *, latest: bool = False
) -> Comparison:
    """What the evidence of each other voice, that fits the time asked about as well, says to the value of the best of all; dates only where both
    give one, a year with no bare day; words that are no names only where they contradict it nearly for certain, what hardly answers for certain. `sentences` are shown already, and keep their markers.
    """
    if not found or not sentences:
        return Comparison()
    best, kind, asked = found[0], kind_of(question), ask(question)
    if kind == "name" and quantities(best.value) and not is_name(best.value):
        kind = "number"  # "what magnitude"
    best = _with_number(best) if kind == "number" else best
    markers = _Markers(sentences)
    heard = [
        _fitted(question, _with_number(e), best) if kind == "number" else e
        for e in _voices(found)
        if e.score >= FAINT and e.untimely <= best.untimely
    ]
    voices = [e for e in heard if not strangers(asked, best, e) and not of_another_sort(question, best, e)]
    near = [e for e in voices if same_thing(asked, kind, best, e)]
    agree = {e: _agree(kind, best, e) for e in voices if e in near or e.score >= HEARD}
    first = [e for e in first_of_each(near, _DOCUMENT) if agree[e]]
    agreed = {e.document.doc_id for e in first_of_each([*agree], _DOCUMENT) if agree[e]}
    same = [e for e in first if e.score >= HEARD]
    unclear = HEARD if kind != "date" else math.inf  # from what likelihood on a value counts that may be the same or not
    others = [
        _Other(e, says, e in near)
        for e, says in agree.items()
        if e.document.doc_id not in agreed
        and ((says is False and not _tells_both(best, e) and not _grew(best, e)) or (says is None and e.score >= unclear))
    ]
    corroborating = tuple(markers.of(e) for e in same if e.document.outlet != best.document.outlet or e.document.outlet is None)
    against = [] if latest or kind == "said" else first_of_each(_against(question, kind, best, others, contradicts), _DOCUMENT)
    return Comparison(tuple(_disagreement(question, kind, [best, *same], against, markers)) if against else (), corroborating)


@dataclass(frozen=True, slots=True)
class _Other:
    """What another article may say: whether it gives the same value, None where that cannot be told, and whether it seems to tell of the same thing."""

    evidence: Evidence
    says: bool | None
    near: bool


def _against(question: str, kind: str, best: Evidence, others: Sequence[_Other], contradicts: Contradicts) -> list[Evidence]:
    """Those that contradict the best, each article's best asked about first, and other numbers and dates where both are likely to answer and nothing
    says that they are compatible; what seems to tell of another thing only for certain. Where nobody can tell, those with another number or date.
    """
    first = first_of_each((o.evidence for o in others), _DOCUMENT)
    in_turn = [*first, *(o.evidence for o in others if o.evidence not in first)]
    far = {o.evidence for o in others if not o.near or o.evidence.score < HEARD}
    asked = sorted(in_turn, key=lambda e: e in far)[:ASKED]
    odds = contradicts(question, best, asked)
    counted = [o.evidence for o in others if o.says is False and kind in {"number", "date"}]
    if odds is None:
        return [e for e in counted if e not in far]
    surely: dict[Evidence, float] = dict.fromkeys((o.evidence for o in others), 0.0) | dict(zip(asked, odds, strict=True))
    likely = [e for e in counted if min(best.score, e.score) >= HALF]
    limit = {e: _bound(question, kind, best, e) for e in likely}  # all below SURE
    # what two causes, or a name and a role, have in common is hard to tell
    limit |= {o.evidence: HARD for o in others if o.says is None and kind in {"name", "place"}}
    limit |= dict.fromkeys(far, CERTAIN)
    limit |= {e: -math.inf for e in counted if e not in far and _corrects(best, e)}
    return [o.evidence for o in others if surely[o.evidence] > limit.get(o.evidence, SURE)]


def _bound(question: str, kind: str, best: Evidence, other: Evidence) -> float:
    """The log-odds up to which two values do not contradict each other, for certain: days within a month, and lengths and heights, are seldom of two things."""
    one_thing = near_days(best, other) if kind == "date" else _MEASURE.search(question)
    if kind == "date" and best.document.outlet is not None and best.document.outlet == other.document.outlet:
        return SURE  # one outlet has its two days from two events
    if one_thing and min(best.score, other.score) >= SURELY:
        return SELDOM
    return COMPATIBLE if counts_the_same(question, other) else UNLIKE


def _tells_both(best: Evidence, other: Evidence) -> bool:
    """Whether the best sentence gives another outlet's number beside its own, and so says itself how they differ: "64 cases, up from 19", "all cereals, of
    which wheat 11.8"; not where something was wrong.
    """
    told, figures = {(q.low, q.unit) for q in quantities(other.value)}, set(_FIGURE.findall(other.value))
    same = best.document.outlet is not None and best.document.outlet == other.document.outlet
    wrong = any(_RIGHTED.search(e.text) or _CORRECTED.search(e.text) for e in (best, other))
    there = told <= {(q.low, q.unit) for q in quantities(best.text)} or (figures and figures <= set(_FIGURE.findall(best.text)))
    return bool(told and there) and not same and not wrong


def _grew(best: Evidence, other: Evidence) -> bool:
    """Whether another outlet's earlier number was to grow, and is part of the best one's: no other side; of one outlet it is a change."""
    return best.document.outlet != other.document.outlet and overtaken(other, best)


def _corrects(best: Evidence, other: Evidence) -> bool:
    """Whether one of two articles of an outlet says that the other's value was wrong."""
    same = best.document.outlet is not None and best.document.outlet == other.document.outlet
    return same and any(_RIGHTED.search(e.text) for e in (best, other))


def _with_number(evidence: Evidence) -> Evidence:
    """The evidence with the one number of its sentence that belongs to no date, where the words that were found in it have none: "this week"."""
    if quantities(evidence.value):
        return evidence
    text = evidence.text
    for mention in find_dates(text):
        text = text[: mention.start] + "." * (mention.end - mention.start) + text[mention.end :]
    found = [m.group() for m in _COUNTED.finditer(text)]
    return replace(evidence, value=found[0]) if len(found) == 1 else evidence


def _fitted(question: str, evidence: Evidence, best: Evidence) -> Evidence:
    """The evidence with the one number of its sentence that counts what is asked for, or is of the best's unit, where the words that were found in it do not."""
    asked = re.search(r"\bhow many ([a-z]+)\b", question, re.IGNORECASE)
    unit = re.search(r"\d[\d.,]* (?:(?:million|billion|thousand) )?([a-z]+)\b", best.value)
    counts = quantities(evidence.value) and (not asked or counts_the_same(question, evidence))
    noun = asked or unit
    if counts or not noun:
        return evidence
    found = re.findall(rf"\d[\d.,]* (?:(?:million|billion|thousand) )?{re.escape(noun[1])}\b", evidence.text)
    return replace(evidence, value=found[0]) if len(found) == 1 else evidence


def _disagreement(
    question: str, kind: str, here: Sequence[Evidence], there: Sequence[Evidence], markers: _Markers
) -> Iterator[Disagreement]:
    """Each value with all that give it, the earliest first."""
    groups: list[list[Evidence]] = [list(here)]
    for evidence in there:
        group = next((g for g in groups[1:] if _agree(kind, g[0], evidence)), None)
        if group is None:
            groups.append([evidence])
        else:
            group.append(evidence)
    groups.sort(key=lambda g: min(e.document.published or date.max for e in g))
    readings = tuple(Reading(_value(kind, g[0]), tuple(markers.of(e) for e in g)) for g in groups)
    outlets = [{e.document.outlet for e in g} for g in groups]
    same = bool(outlets[-1] & set.union(*outlets[:-1]) - {None}) or any(_CORRECTED.search(e.text) for e in groups[-1])
    yield Disagreement(question, readings, same and is_later(readings[-2], readings[-1]))


class _Markers:
    """The citations of one answer: a quote that is shown keeps its marker, another gets the next."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self._known = {(c.doc_id, c.start, c.end): c for s in sentences for c in s.citations}

    def of(self, evidence: Evidence) -> Citation:
        key = (evidence.document.doc_id, evidence.start, evidence.end)
        return self._known.setdefault(key, cite(evidence, len(self._known) + 1))


def _value(kind: str, evidence: Evidence) -> str:
    return squash(evidence.text) if kind == "yes-no" else shown(evidence.value, evidence.text)


def _voices(found: Sequence[Evidence]) -> list[Evidence]:
    """The evidence of all articles but the first one's and copies of it, of copies that of one alone."""
    articles = [found[0]]
    for evidence in found[1:]:
        if not any(evidence.document.doc_id == a.document.doc_id or copies(evidence, a) for a in articles):
            articles.append(evidence)
    own = {a.document.doc_id for a in articles[1:]}
    return [e for e in found[1:] if e.document.doc_id in own]


def copies(one: Evidence, other: Evidence) -> bool:
    """Whether two articles carry one story: much of the text of the shorter, or nearly the whole sentence, is the same."""
    here, there = (_shingles(e.document.text, SHINGLE) for e in (one, other))
    line = [_shingles(e.text, 1) for e in (one, other)]
    long_lines = min(map(len, line)) >= 8
    return _contained(here, there) >= COPY or (long_lines and _contained(*line) >= SAME_LINE and _contained(here, there) > COPY / 4)


def _shingles(text: str, size: int) -> frozenset[tuple[str, ...]]:
    words = [t.folded for t in tokens(text)]
    return frozenset(tuple(words[n : n + size]) for n in range(len(words) - size + 1))


def _contained(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> float:
    """The share of the smaller set that is in the other (containment, Broder 1997)."""
    return len(one & other) / max(1, min(len(one), len(other)))


def _agree(kind: str, one: Evidence, other: Evidence) -> bool | None:
    """Whether two pieces of evidence give the same value; None where that cannot be told, as of yes and no."""
    return None if kind == "yes-no" else alike(said(one), said(other), kind)
