"""Whether independent articles give the same answer: the same value corroborates, a different one is a disagreement, of one outlet an update.

The same value is told by rules (`values`). Whether two others contradict each other or speak of different things - a part, another year, the wounded -
is the judge's to tell, which reads both sentences; without it only numbers and dates are held against each other. Either way the sentences must be of about
the same time and of no different countries.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter
from typing import Protocol

from rag.dates import find_dates
from rag.lexicon import place, stem
from rag.periods import MONTHS, WEEKDAYS, Period, on
from rag.question import Asked, ask
from rag.text import STOPWORDS, content_tokens, named_runs, squash, tokens
from rag.types import Citation, Disagreement, Evidence, Reading, Sentence, first_of_each, is_later
from rag.values import Said, alike, quantities, shown
from rag.verify import cite

SHINGLE = 4  # words (Broder 1997, "On the resemblance and containment of documents")
COPY = 0.4  # of the shingles of the shorter one: from there on two articles are one voice
APART = timedelta(days=90)  # news of one thing that names no year
HEARD = 0.25  # how likely another article must be to answer before it is held against the best
SURE = 1.0  # log-odds from which two contradict each other: of ordinary articles few pairs do
COMPATIBLE = -3.0  # up to which two numbers or dates do not, for certain
UNLIKE = 0.0  # the same of a number that counts something by another name
HALF = 0.45  # of two other numbers or dates each is about as likely as not to answer
LIKELY = 0.65  # from there on a date is another side however far off it is
ASKED = 3  # pairs of sentences that the judge reads in both orders: each costs a third of a second without bfloat16 units
SAME_LINE = 0.7  # of the words of the shorter of two sentences
_NUMBER = re.compile(
    r"\bhow (?:many|much|old|high|long|far|big|large|tall|deep|full|fast)\b|\bwhat (?:[\w’'-]+ ){0,4}(?:percentage|share|proportion|number|sum|size|price|fees?|turnout|score|amount|level|rate|cost|budget|toll)\b"
    r"|^what (?:did|does|do|will|would|has) .*\bcosts?\b|^(?:cost|percentage|turnout|death toll|number|price|size) of\b",
    re.IGNORECASE,
)
_DATE = re.compile(r"^(?:\w+ )?(?:when|(?:on |in |by )?(?:what|which) (?:day|date|month|year))\b|\bdate of\b", re.IGNORECASE)
_PLACE = re.compile(r"^(?:\w+ )?(?:where|(?:in |at |near )?(?:what|which) (?:town|city|village|country|place|port))\b", re.IGNORECASE)
_SPEECH = re.compile(  # two speakers may say different things without a contradiction
    r"\bwho(?:m)? (?:\w+ly )?(?:said|says|stated|claim\w*|think\w*|thought|believ\w*|accus\w*|den\w+|promis\w*|predict\w*|warn\w*|call\w*|expect\w*|describ\w*|demand\w*|argu\w*|criticis\w*|prais\w*|blam\w*|told|insist\w*|suggest\w*)\b"
    r"|^(?:which|what) [\w’' -]+ (?:said|stated|claimed|told|insisted|warned|predicted|denied|accused|promised|argued) (?:that|to|of)\b"
    r"|^(?:did|does|do|has|have) .*\b(?:admit|deny|accept|reject|welcome|agree|claim|believe|think|want|say|blame|accuse)\b|^what (?:[\w’'-]+ ){1,4}(?:say|says|said|think|thinks|want|wants) (?:of|about|to|on)\b|\b(?:what|how) (?:did|does|do|has|have) .*\b(?:say|said|think|tell|claim\w*|promise|accuse|call|called|describe|characteri[sz]e|react|respond|reply|answer|warn|argue|comment|object|complain|oppose|fear|regret)\b|\baccording to\b",
    re.IGNORECASE,
)
_YES_NO = re.compile(r"^(?:is|are|was|were|did|does|do|has|have|had|will|can|could)\b", re.IGNORECASE)
_PLANNED = re.compile(  # what was to be, before a value
    r"\b(?:budget(?:ed)?|forecasts?|expect\w*|plans?|planned|planning|hopes?|hoped|aims?|aimed|targets?|targeted|predict\w*|projected|proposed|scheduled|due|will|would)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
_OF_PLANS = re.compile(
    r"\b(?:will|would|going|budget\w*|forecast\w*|expect\w*|plan\w*|hope\w*|aim\w*|target\w*|predict\w*|propos\w*|schedul\w*|due)\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"\b(?:in total|in all|altogether|overall|totals?|all told|combined)\b", re.IGNORECASE)
_BACKGROUND = re.compile(r"\b(?:since|than|until|before|from)(?: \w+){0,4} $", re.IGNORECASE)
_CORRECTED = re.compile(
    r"\b(?:correct\w*|revis\w+|updat\w+|amend\w+|mistaken\w*|error|misstated|earlier (?:report|figure|version))\b", re.IGNORECASE
)

_PEOPLE = frozenset(
    map(stem, "people persons lives others dead killed men women residents inhabitants victims casualties employees workers".split())
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
    if _DATE.search(question):
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
    """What the evidence of each other voice, that fits the time asked about as well, says to the value of the best of all; dates and names only where
    both give one, a year with no bare day. `sentences` are shown already, and keep their markers.
    """
    if not found or not sentences:
        return Comparison()
    best, kind, asked = found[0], kind_of(question), ask(question)
    markers = _Markers(sentences)
    heard = [e for e in _voices(found) if e.score >= HEARD and e.untimely <= best.untimely]
    voices = [e for e in heard if _same_thing(asked, kind, best, e) and not _of_another_sort(question, best, e)]
    agree = {e: _agree(kind, best, e) for e in voices}
    same = [e for e in first_of_each(voices, _DOCUMENT) if agree[e]]
    agreed = {e.document.doc_id for e in same}
    others = [(e, agree[e]) for e in voices if e.document.doc_id not in agreed and not (kind in {"date", "name"} and agree[e] is None)]
    corroborating = tuple(markers.of(e) for e in same if e.document.outlet != best.document.outlet or e.document.outlet is None)
    against = [] if latest or kind == "said" else first_of_each(_against(question, kind, best, others, contradicts), _DOCUMENT)
    return Comparison(tuple(_disagreement(question, kind, [best, *same], against, markers)) if against else (), corroborating)


def _against(
    question: str, kind: str, best: Evidence, others: Sequence[tuple[Evidence, bool | None]], contradicts: Contradicts
) -> list[Evidence]:
    """Those that contradict the best, each article's best asked about first, and other numbers and dates where both are likely to answer and nothing
    says that they are compatible; where nobody can tell, those with another number or date.
    """
    first = first_of_each((e for e, _says in others), _DOCUMENT)
    asked = [*first, *(e for e, _says in others if e not in first)][:ASKED]
    odds = contradicts(question, best, asked)
    if odds is None:
        return [e for e, says in others if says is False and kind in {"number", "date"}]
    surely: dict[Evidence, float] = dict.fromkeys((e for e, _says in others), 0.0) | dict(zip(asked, odds, strict=True))
    likely = [e for e, says in others if says is False and kind in {"number", "date"} and min(best.score, e.score) >= HALF]
    limit = {e: COMPATIBLE if counts_the_same(question, e) else UNLIKE for e in likely}
    return [e for e, _says in others if surely[e] > min(SURE, limit.get(e, SURE))]


def counts_the_same(question: str, evidence: Evidence) -> bool:
    """Whether the number that answers counts what is asked for, people where people are, or stands alone.

    >>> from rag.types import Document
    >>> text = "The jail has seen three escapes."
    >>> counts_the_same("How many prisoners fled?", Evidence(Document("a", "A", text), 0, len(text), text, 1.0, "three"))
    False
    """
    at = evidence.text.find(evidence.value) if evidence.value else -1
    if at < 0:
        return True
    behind = re.match(r"(?: of)?(?: the| its| their)?((?: [a-z’'-]+){1,3})", evidence.text[at + len(evidence.value) :])
    value = [t for t in content_tokens(evidence.value) if t.text[0].islower() and not quantities(t.text)]
    counted = {stem(t.folded) for t in [*value, *(content_tokens(behind[1])[:2] if behind else ())]}
    asked = {stem(t.folded) for t in content_tokens(question)}
    return not counted or bool(counted & (asked | _PEOPLE)) or not re.match(r"how many\b", question, re.IGNORECASE)


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
    return None if kind == "yes-no" else alike(_said(one), _said(other), kind)


def _said(evidence: Evidence) -> Said:
    return Said(evidence.text, evidence.value, evidence.document.published)


def _same_thing(asked: Asked, kind: str, one: Evidence, other: Evidence) -> bool:
    """Whether two sentences may speak of the same: of about the same time, by their own dates or else by their articles', and of no other country."""
    if not asked.names and not _names(one) & _names(other):
        return False
    if kind == "date":
        return min(one.score, other.score) >= LIKELY or _gap(*(_dates(e) for e in (one, other))) <= APART
    return not (_apart(asked, one, other) or _countries_differ(asked, one, other))


def _of_another_sort(question: str, best: Evidence, other: Evidence) -> bool:
    """Whether another sentence gives only what was planned where the best one gives what was, or a part where the total is asked for."""
    part = _WHOLE.search(question) and _WHOLE.search(best.text) and not _WHOLE.search(other.text)
    return bool(part) or (_is_planned(other) and not _is_planned(best) and not _OF_PLANS.search(question))


def _is_planned(evidence: Evidence) -> bool:
    """Whether the value of a sentence stands behind words of a plan."""
    return bool(_PLANNED.search(evidence.text[: max(0, evidence.text.find(evidence.value))] if evidence.value else ""))


def _names(evidence: Evidence) -> frozenset[str]:
    """The names of an article, without those that open a sentence and those of days and months: two reports of one thing have some in common."""
    text = evidence.document.text
    found = (t for run in named_runs(text) for t in run if len(t.text) > 2 and re.search(r"[\w,’'-] $", text[: run[0].start][-2:]))
    return frozenset(t.folded for t in found if t.folded not in {*STOPWORDS, *MONTHS, *WEEKDAYS})


def _apart(asked: Asked, one: Evidence, other: Evidence) -> bool:
    """Whether two sentences tell of times that lie further apart than news of one thing does."""
    here, there = (_times(e) for e in (one, other))
    if not (here and there) and asked.figures:
        return False  # the question names the year
    here, there = (times or ([on(e.document.published)] if e.document.published else []) for times, e in ((here, one), (there, other)))
    return _gap(here, there) > APART


def _gap(here: Sequence[Period], there: Sequence[Period]) -> timedelta:
    """The days between the nearest two of them; none where they overlap or one side has none."""
    return min((max(a.first - b.last, b.first - a.last, timedelta()) for a in here for b in there), default=timedelta())


def _dates(evidence: Evidence) -> list[Period]:
    """All dates of a sentence."""
    return [m.period for m in find_dates(evidence.text, evidence.document.published) if m.period]


def _times(evidence: Evidence) -> list[Period]:
    """The dates of a sentence, without those that only say since when or more than when."""
    found = [m for m in find_dates(evidence.text, evidence.document.published) if m.period]
    return [m.period for m in found if m.period and not _BACKGROUND.search(evidence.text[: m.start])]


def _countries_differ(asked: Asked, one: Evidence, other: Evidence) -> bool:
    """Whether the countries that two sentences speak of, without those of the question, have nothing in common."""
    known = {place(t.folded) for t in tokens(asked.question)}
    here, there = ({place(t.folded) for t in tokens(e.text) if t.folded not in STOPWORDS} - known - {None} for e in (one, other))
    return bool(here and there and not {c[0] for c in here if c} & {c[0] for c in there if c})
