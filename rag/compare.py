"""Whether independent articles give the same answer: the same value corroborates, a different one is a disagreement, of one outlet an update.

Only values that can be compared are (`values`), and only of sentences that say it of the same thing: that both answer the question is `reader`'s to
tell; here they may not differ in what they count, in the year or in the side that they speak of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rag.dates import find_dates
from rag.lexicon import forms, mentions, place
from rag.periods import MONTHS, WEEKDAYS, Period, on
from rag.question import Asked, ask
from rag.text import STOPWORDS, named_runs, squash, tokens
from rag.types import Citation, Disagreement, Evidence, Reading, Sentence, is_later
from rag.values import Said, alike, denies, shown
from rag.verify import cite

SHINGLE = 4  # words (Broder 1997, "On the resemblance and containment of documents")
COPY = 0.4  # of the shingles of the shorter one: from there on two articles are one voice
APART = timedelta(days=90)  # news of one thing that names no year
SURE = 0.35  # how likely a name must be to answer before it is held against another
HALF = 0.5
SAME_LINE = 0.7  # of the words of the shorter of two sentences
_NUMBER = re.compile(
    r"\bhow (?:many|much|old|high|long|far|big|large|tall|deep|full|fast)\b|\bwhat (?:[\w’'-]+ ){0,4}(?:percentage|share|proportion|number|sum|size|price|fees?|turnout|score|amount|level|rate|cost|budget|toll)\b"
    r"|^what (?:did|does|do|will|would|has) .*\bcosts?\b|^(?:cost|percentage|turnout|death toll|number|price|size) of\b",
    re.IGNORECASE,
)
_DATE = re.compile(r"^(?:\w+ )?(?:when|(?:on |in |by )?(?:what|which) (?:day|date|month|year))\b|\bdate of\b", re.IGNORECASE)
_PLACE = re.compile(r"^(?:\w+ )?(?:where|(?:in |at |near )?(?:what|which) (?:town|city|village|country|place|port))\b", re.IGNORECASE)
_YES_NO = re.compile(r"^(?:is|are|was|were|did|does|do|has|have|had|will|can|could)\b", re.IGNORECASE)
_RATE = re.compile(
    r"\b(?:each|every|per|an?) (?:day|week|month|year|hour|person|head|passenger|tonne|night|season)\b|\b(?:daily|weekly|monthly|annual(?:ly)?|yearly)\b",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"\b(?:licensed for|capacity|room for|(?:can|could) (?:hold|carry|take|seat)|planned|hopes? (?:to|for)|expect\w*|target\w*|at first)\b",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"\b(?:in all|in total|altogether|overall|whole|total)\b", re.IGNORECASE)
_HARMS = (
    re.compile(
        r"\b(?:kill\w*|die[ds]?|dead|deaths?|deadly|li(?:fe|ves)|fatal\w*|perish\w*|drown\w*|casualt\w+|victims?|toll)\b", re.IGNORECASE
    ),
    re.compile(r"\b(?:wound\w*|injur\w*|hurt|casualt\w+|hospitals?)\b", re.IGNORECASE),
    re.compile(r"\b(?:missing|unaccounted|disappear\w*)\b", re.IGNORECASE),
    re.compile(r"\b(?:arrest\w*|detain\w*|custody|seized)\b", re.IGNORECASE),
)
_BACKGROUND = re.compile(r"\b(?:since|than|until|before|from)(?: \w+){0,4} $", re.IGNORECASE)
_CORRECTED = re.compile(
    r"\b(?:correct\w*|revis\w+|updat\w+|amend\w+|mistaken\w*|error|misstated|earlier (?:report|figure|version))\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the other articles say: those that give another value, and those that give the same."""

    disagreements: tuple[Disagreement, ...] = ()
    corroborating: tuple[Citation, ...] = ()


ALONE = Comparison()


def kind_of(question: str) -> str:
    """What sort of value a question asks for: number, date, yes-no, place or name.

    >>> [kind_of(question) for question in ("How many died?", "On which day did it open?", "Was it checked?", "Where was it?", "Who won?")]
    ['number', 'date', 'yes-no', 'place', 'name']
    """
    if _DATE.search(question):
        return "date"
    if _PLACE.search(question):
        return "place"
    return "yes-no" if _YES_NO.match(question) else "number" if _NUMBER.search(question) else "name"


def compare(question: str, found: Sequence[Evidence], sentences: Sequence[Sentence], *, latest: bool = False) -> Comparison:
    """What the best evidence of each other voice says to the value of the best of all. `sentences` are shown already, and keep their markers."""
    if not found or not sentences:
        return Comparison()
    best, kind, asked = found[0], kind_of(question), ask(question)
    markers = _Markers(sentences)
    same: list[Evidence] = []
    other: list[Evidence] = []
    for evidence in _voices(found):
        if not _same_thing(asked, kind, best, evidence):
            continue
        agrees = _agree(asked, kind, best, evidence)
        if agrees is not None:
            (same if agrees else other).append(evidence)
    other = [] if latest else other
    corroborating = tuple(markers.of(e) for e in same if e.document.outlet != best.document.outlet or e.document.outlet is None)
    return Comparison(tuple(_disagreement(asked, kind, [best, *same], other, markers)) if other else (), corroborating)


def _disagreement(
    asked: Asked, kind: str, here: Sequence[Evidence], there: Sequence[Evidence], markers: _Markers
) -> Iterator[Disagreement]:
    """Each value with all that give it, the earliest first."""
    groups: list[list[Evidence]] = [list(here)]
    for evidence in there:
        group = next((g for g in groups[1:] if _agree(asked, kind, g[0], evidence)), None)
        if group is None:
            groups.append([evidence])
        else:
            group.append(evidence)
    groups.sort(key=lambda g: min(e.document.published or date.max for e in g))
    readings = tuple(Reading(_value(kind, g[0]), tuple(markers.of(e) for e in g)) for g in groups)
    outlets = [{e.document.outlet for e in g} for g in groups]
    same = bool(outlets[-1] & set.union(*outlets[:-1]) - {None}) or any(_CORRECTED.search(e.text) for e in groups[-1])
    yield Disagreement(asked.question, readings, same and is_later(readings[-2], readings[-1]))


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
    """The best evidence of each article but the first, without copies of those before it."""
    kept = [found[0]]
    for evidence in found[1:]:
        if not any(evidence.document.doc_id == k.document.doc_id or copies(evidence, k) for k in kept):
            kept.append(evidence)
    return kept[1:]


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


def _agree(asked: Asked, kind: str, one: Evidence, other: Evidence) -> bool | None:
    """Whether two pieces of evidence give the same value; None where that cannot be told. Of a question for yes or no only a plain "not" beside a
    word of the question tells something, and then that the other does not say it.
    """
    if kind == "yes-no":
        words = frozenset(t.folded for t in asked.words if not t.is_name)
        return False if denies(one.text, words) != denies(other.text, words) else None
    return alike(_said(one), _said(other), kind)


def _said(evidence: Evidence) -> Said:
    return Said(evidence.text, evidence.value, evidence.document.published)


def _same_thing(asked: Asked, kind: str, one: Evidence, other: Evidence) -> bool:
    """Whether two sentences may speak of the same: of about the same time, by their own dates or else by their articles', and of no other country;
    of a question without a number or date in the answer, only where both are more likely to answer than not.
    """
    if kind == "name" and min(one.score, other.score) < SURE:
        return False
    if kind == "yes-no" and min(_told(asked, e) for e in (one, other)) < HALF:
        return False
    if not asked.names and not _names(one) & _names(other):
        return False
    if kind == "date":
        return min(one.score, other.score) >= HALF or _gap(*(_dates(e) for e in (one, other))) <= APART
    if kind == "number" and _counted_otherwise(asked, one, other):
        return False
    return not (_apart(asked, one, other) or _countries_differ(asked, one, other))


def _counted_otherwise(asked: Asked, one: Evidence, other: Evidence) -> bool:
    """Whether only one of two sentences speaks of a rate, of what is planned or possible, or of the whole that is asked for; or one does not have the
    harm that is asked for: the dead, the hurt, the missing.
    """
    if any(bool(sort.search(one.text)) != bool(sort.search(other.text)) for sort in (_RATE, _PLANNED)):
        return True
    if _TOTAL.search(asked.question) and bool(_TOTAL.search(one.text)) != bool(_TOTAL.search(other.text)):
        return True
    harms = [harm for harm in _HARMS if harm.search(asked.question)]
    return any(not harm.search(e.text) for harm in harms for e in (one, other))


def _names(evidence: Evidence) -> frozenset[str]:
    """The names of an article, without those that open a sentence and those of days and months: two reports of one thing have some in common."""
    text = evidence.document.text
    found = (t for run in named_runs(text) for t in run if len(t.text) > 2 and re.search(r"[\w,’'-] $", text[: run[0].start][-2:]))
    return frozenset(t.folded for t in found if t.folded not in {*STOPWORDS, *MONTHS, *WEEKDAYS})


def _told(asked: Asked, evidence: Evidence) -> float:
    """The share of the question's words, names aside, that a sentence has."""
    plain = [t for t in asked.words if not t.is_name]
    words = forms(evidence.text)
    return sum(mentions(t, words) for t in plain) / len(plain) if plain else 1.0


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
