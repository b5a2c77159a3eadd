"""Whether two sentences may speak of the same thing: of one time and country, of what was rather than what was planned, of the total where it is asked for, in one unit of time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from functools import lru_cache

from rag.dates import find_dates
from rag.lexicon import place, stem
from rag.periods import MONTHS, WEEKDAYS, Period, on
from rag.question import Asked
from rag.text import STOPWORDS, content_tokens, named_runs, tokens
from rag.types import Document, Evidence
from rag.values import Said, counted_apart, periods, quantities

APART = timedelta(days=90)  # news of one thing that names no year
CLOSE = timedelta(days=31)
BRIEF = 30  # words: of a shorter article as much must be in the other
LIKELY = 0.65  # from there on a date is another side however far off it is
_PLANNED = re.compile(  # what was to be, before a value
    r"\b(?:budget(?:ed)?|forecasts?|expect\w*|plans?|planned|planning|hopes? to|hoped|aims? to|aimed|targeted|(?:goals?|targets?) (?:for|of|is|was|to)\b|(?:is|are|was|were) to (?!(?:the|a|an|its|their|blame|have)\b)(?=[a-z])|predict\w*|projected|proposed|scheduled|due (?=to [a-z]+ (?:a|the|in|on|up|at|down)\b|in |on )|will(?= [a-z])|would)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
_OF_PLANS = re.compile(  # a question in the present may ask of what is to come: "by how much do wages go up in January?"
    r"\bdo(?:es)?\b[^?]* (?:go up|go down|rise|fall|change|start|begin|open|close|shut|end|move|take over)\b|\b(?:will|would|going|goals?|budget\w*|forecast\w*|expect\w*|plan\w*|hope\w*|aim\w*|target\w*|predict\w*|propos\w*|schedul\w*|due)\b",
    re.IGNORECASE,
)
_SO_FAR = re.compile(  # of a number that may grow
    r"\b(?:so far|as yet|up to now|until now|to date|at least|(?:first|early|initial) reports?|initially|provisional\w*|preliminary)\b",
    re.IGNORECASE,
)
_GREW = re.compile(  # of one that did
    r"\b(?:rose|risen|rising|grew|grown|climbed|increased|gone up|went up) (?:\w+ )?to\b", re.IGNORECASE
)
_WHOLE = re.compile(r"\b(?:in total|in all|altogether|overall|totals?|all told|combined)\b", re.IGNORECASE)
_RATE = re.compile(
    r"(?:\b(?:per|an?|each|every) (?P<unit>hour|day|night|week|month|quarter|year)\b(?! (?:ago|later|earlier|before|after)\b)|\b(?P<each>hourly|daily|weekly|monthly|quarterly|annual|yearly)\b)",
    re.IGNORECASE,
)
_EACH = {
    "daily": "day",
    "annual": "year",
    "yearly": "year",
    "hourly": "hour",
    "weekly": "week",
    "monthly": "month",
    "quarterly": "quarter",
    "night": "day",
}
_NEAR = 40  # characters behind a number in which its rate stands
_STATE = re.compile(
    r"(?:who|which|what)(?: [\w’'-]+){0,3} (?:owns?|leads?|runs?|heads?|controls?|holds?|belongs?)\b|who (?:is|are)\b", re.IGNORECASE
)
_CAUSE = re.compile(r"(?:why|what (?:caused|led to|triggered)|for what reason)\b", re.IGNORECASE)
_BACKGROUND = re.compile(r"\b(?:since|than|until|before|from)(?: \w+){0,4} $", re.IGNORECASE)
_PEOPLE = frozenset(
    map(stem, "people persons lives others dead killed men women residents inhabitants victims casualties employees workers".split())
)


def same_thing(asked: Asked, kind: str, one: Evidence, other: Evidence) -> bool:
    """Whether two sentences seem to speak of the same: of about the same time, by their own dates or else by their articles', of no other country, and the
    second not only of what was planned where the first tells what was.
    """
    if _is_planned(other) and not _is_planned(one) and not _OF_PLANS.search(asked.question):
        return False
    if kind == "date":
        return min(one.score, other.score) >= LIKELY or _gap(*(_dates(e) for e in (one, other))) <= APART
    return not (_apart(asked, one, other) or (kind != "place" and _countries_differ(asked, one, other)))


def said(evidence: Evidence) -> Said:
    """The words that answer, in their sentence."""
    return Said(evidence.text, evidence.value, evidence.document.published)


def strangers(asked: Asked, one: Evidence, other: Evidence) -> bool:
    """Whether a question names nothing and two articles have no name in common: nothing says that they are of one story."""
    return not asked.names and not named(one.document) & named(other.document)


def of_another_sort(question: str, best: Evidence, other: Evidence) -> bool:
    """Whether another sentence gives a part where the total is asked for, so much a week where the best one gives it a day, or another currency."""
    part = _WHOLE.search(question) and _WHOLE.search(best.text) and not _WHOLE.search(other.text)
    rates = [rate for e in (best, other) if (rate := _rate(e))]
    apart = counted_apart(said(best), said(other))
    return bool(part) or apart or len(set(rates)) > 1


def overtaken(one: Evidence, other: Evidence) -> bool:
    """Whether a report gives its number as one that may grow, or a later one says that it grew, to a greater number: "four so far", then nine."""
    days, counts = [e.document.published for e in (one, other)], [quantities(e.value) for e in (one, other)]
    if not (days[0] and days[1] and days[0] < days[1] and counts[0] and counts[1]):
        return False
    growing = _SO_FAR.search(one.text) or _GREW.search(other.text)
    return bool(growing) and counts[0][0].low < counts[1][0].low and bool(named(one.document) & named(other.document))


def _rate(evidence: Evidence) -> str:
    """The time in which there is so much, "" where the number that answers has none: "1,820 meals a week"."""
    at = evidence.text.find(evidence.value) if quantities(evidence.value) else -1
    found = _RATE.search(evidence.text[at : at + len(evidence.value) + _NEAR]) if at >= 0 else None
    unit = (found["unit"] or found["each"]).lower() if found else ""
    return _EACH.get(unit, unit)


def _is_planned(evidence: Evidence) -> bool:
    """Whether the value of a sentence stands behind words of a plan."""
    return bool(_PLANNED.search(evidence.text[: max(0, evidence.text.find(evidence.value))] if evidence.value else ""))


@lru_cache(maxsize=512)
def named(document: Document) -> frozenset[str]:
    """The names of an article, without those that open a sentence and those of days and months: two reports of one thing have some in common."""
    text = document.text
    found = (t for run in named_runs(text) for t in run if len(t.text) > 2 and re.search(r"[\w,’'-] $", text[: run[0].start][-2:]))
    return frozenset(t.folded for t in found if t.folded not in {*STOPWORDS, *MONTHS, *WEEKDAYS})


def shared(one: Document, other: Document) -> int:
    """How many names, beside those of countries, two articles have in common."""
    return sum(not place(name) for name in named(one) & named(other))


def likeness(one: Document, other: Document) -> float:
    """The share of the shorter article's content words, by their stems, that the longer one has too: a fifth is seldom reached by two stories."""
    here, there = _stems(one), _stems(other)
    return len(here & there) / max(BRIEF, min(len(here), len(there)))


@lru_cache(maxsize=512)
def _stems(document: Document) -> frozenset[str]:
    return frozenset(stem(t.folded) for t in content_tokens(document.text))


def _apart(asked: Asked, one: Evidence, other: Evidence) -> bool:
    """Whether two sentences tell of times that lie further apart than news of one thing does."""
    here, there = ([] if _STATE.match(asked.question) else _times(e) for e in (one, other))  # who owns it may have bought it at any time
    if not (here and there) and asked.figures:
        return False  # the question names the year
    if _CAUSE.match(asked.question):
        return _gap(here, there) > APART  # why it was may be told at any time
    here, there = (times or ([on(e.document.published)] if e.document.published else []) for times, e in ((here, one), (there, other)))
    return _gap(here, there) > APART


def _gap(here: Sequence[Period], there: Sequence[Period]) -> timedelta:
    """The days between the nearest two of them; none where they overlap or one side has none."""
    return min((max(a.first - b.last, b.first - a.last, timedelta()) for a in here for b in there), default=timedelta())


def near_days(one: Evidence, other: Evidence) -> bool:
    """Whether each of two sentences answers with a single date, a day, and the two lie within a month of each other."""
    here, there = periods(said(one)), periods(said(other))
    return len(here) == len(there) == 1 and bool(here[0].day and there[0].day) and _gap(here, there) <= CLOSE


def _dates(evidence: Evidence) -> list[Period]:
    """All dates of a sentence."""
    return [m.period for m in find_dates(evidence.text, evidence.document.published) if m.period]


def _times(evidence: Evidence) -> list[Period]:
    """The dates of a sentence, without those that only say since when or more than when."""
    found = [m for m in find_dates(evidence.text, evidence.document.published) if m.period]
    return [m.period for m in found if m.period and not _BACKGROUND.search(evidence.text[: m.start])]


def _countries_differ(asked: Asked, one: Evidence, other: Evidence) -> bool:
    """Whether the countries that two sentences speak of, without those of the question, have nothing in common; not those of the names that answer."""
    known = {place(t.folded) for t in tokens(asked.question)}
    here, there = (
        {place(t.folded) for t in tokens(e.text.replace(e.value or " ", " ")) if t.folded not in STOPWORDS} - known - {None}
        for e in (one, other)
    )
    return bool(here and there and not {c[0] for c in here if c} & {c[0] for c in there if c})


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
