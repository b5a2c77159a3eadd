"""The time that a question asks about: "in 2021", "since March 2022", "last week", "the latest".

A date that names a subject ("the 2020 war", "the treaty of 1997") is no scope: only one that stands for itself after a preposition of time is. A scope says
which sentences are timely, by the dates in them and around them and by when their article was published; it forbids none. What a person sets apart
from the question (`since=`, `until=`) is a filter and `index`'s.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from rag.dates import find_dates
from rag.periods import NUMBERS, DateMention, Period, count_of, month_near, month_number, on, that_year, unit_of
from rag.phrases import PARTICIPLE, main_verb
from rag.tense import is_past_form
from rag.text import STOPWORDS, content_tokens, fold, squash, tokens

_BEFORE = re.compile(
    r"\b(?P<word>in|during|throughout|within|on|for|as of|since|from|after|before|until|till|by|up to|between)(?: the)?(?: (?:year|month|whole) of| year| early| late| mid)?(?: the)? $",
    re.IGNORECASE,
)
_BARE = re.compile(r"^(?:last|this|next) |\bago$|^(?:yesterday|today|tomorrow)$|\b(?:last|this|next) (?:year|week)$", re.IGNORECASE)
_PAST = re.compile(
    rf"\b(?:in|over|during|within) the (?:last|past) (?:(?P<count>{'|'.join(NUMBERS)}|\d{{1,3}}) )?(?P<unit>(?:day|week|month|year)s?)\b(?!['’]s| of\b)",
    re.IGNORECASE,
)
_LATEST = re.compile(
    r"\b(?:the |its |their |his |her )?(?P<word>latest|most recent|newest)\b|\b(?:currently|at present|at the moment|right now|these days|nowadays|most recently|(?:as of|until) (?:now|today))\b"
    r"|\b(?P<current>(?<=the )current (?!in\b|of\b|at\b)(?=[a-z]))|\bnow\b(?= *\?)|^(?i:is|are|do|does|has|have)\b.*\b(?P<still>still)\b(?! life)"
)
_VERB = re.compile(r"ed$|^(?:won|left|rose|fell|came|went|took|made|held|gave|ran)$")
_BEING = frozenset("is are was were".split())
_HELPERS = frozenset("is are was were did does do has have had will would can could been be get got".split())
_MONTH_ALONE = re.compile(r"^(?:(?:early|mid|late)[- ])?[A-Z][a-z]+\.?$")


@dataclass(frozen=True, slots=True)
class Scope:
    """Days from `since` to `until`, None leaving that end open; or the `latest` there is. `pair`: two dates state it. `question`: the whole one, if its words say which days."""

    since: date | None = None
    until: date | None = None
    latest: bool = False
    pair: bool = False
    question: str = ""

    @property
    def bounded(self) -> bool:
        return self.since is not None or self.until is not None

    @property
    def closed(self) -> bool:
        return self.since is not None and self.until is not None

    def holds(self, period: Period) -> bool:
        """Whether a stretch of days has a day in it."""
        return period.overlaps(self.since, self.until)

    def _may_hold(self, mention: DateMention, published: date | None) -> bool:
        """Whether "in July", in an article that does not say of which year, may lie in it, or "11 July", of the year of its article."""
        if published is None:
            return mention.period is None and self.since is not None and f"{self.since:%B}"[:3] in mention.text
        there = None if mention.period else that_year(mention.text, published)
        return there is not None and there.first <= published and self.holds(there)

    def untimely(
        self, published: date | None, own: Sequence[DateMention], near: Sequence[DateMention], article: Sequence[DateMention]
    ) -> float:
        """How little a sentence fits, from 0 to 1: by the dates in it, in the sentences just before it and in its article, and by the dateline."""
        if not self.bounded:
            return 0.0
        fits = published is not None and self.holds(on(published))
        stated = [m.period for m in own if m.period]
        if not self.closed:  # a sentence tells of much that was before, and an article without a date may be of any
            fits = fits or (published is None and (not stated or any(map(self.holds, stated))))
            return 0.0 if fits else 0.5 if published is None or any(map(self.holds, stated)) else 1.0
        if stated:
            return 0.0 if any(map(self.holds, stated)) else 0.5 if fits else 1.0
        if fits or any(self._may_hold(m, published) for m in own):
            return 0.0
        if any(self.holds(m.period) for m in near if m.period):
            return 0.0 if published is None else 0.5  # told of another time than the article's own
        return 0.5 if any(self.holds(m.period) for m in article if m.period) else 1.0


ANY_TIME = Scope()


def read_scope(question: str, today: date) -> tuple[str, Scope]:
    """The question without the words that tell its time, and that time. "The latest figure" keeps its words, which say which figure.

    >>> day = date(2024, 5, 10)
    >>> read_scope("What did the ferry cost in 2021?", day)[1].until, read_scope("Who won the 2020 war?", day)[1].bounded
    (datetime.date(2021, 12, 31), False)
    >>> words, scope = read_scope("What did the mayor say last month?", day)
    >>> words, scope.since, scope.until
    ('What did the mayor say?', datetime.date(2024, 4, 1), datetime.date(2024, 4, 30))
    """
    mentions = find_dates(question, today)
    if not any(m.complete for m in mentions) and (past := _PAST.search(question)):
        count = count_of(past["count"]) if past["count"] else 1
        since = today - timedelta(days=count * {"day": 1, "week": 7, "month": 31, "year": 366}[unit_of(past["unit"])])
        return _without(question, past.start(), past.end()), Scope(since, today)
    scopes = [(n, scope) for n, m in enumerate(mentions) if (scope := _scope(question, m, mentions[n + 1 :], today))]
    stated = [m for m in mentions if m.complete and _BEFORE.search(question[: m.start])]
    if (len(scopes) == 1 and len(stated) < 2) or (scopes and scopes[0][1].pair):
        return _taken(question, scopes[0][1], mentions[scopes[0][0] :])
    if scopes:
        return question, ANY_TIME  # of several times
    if latest := _LATEST.search(question):
        kept = latest["word"] or latest["still"]  # "the latest figure" says which figure
        return (question if kept else _without(question, latest.start(), latest.end())), Scope(latest=True)
    return question, ANY_TIME


def _scope(question: str, mention: DateMention, later: Sequence[DateMention], today: date) -> Scope | None:
    """The scope that a date opens, if it stands for itself, and has a year or counts from today."""
    before = _BEFORE.search(question[: mention.start])
    word = before["word"].lower() if before else "in"
    if _names_a_subject(question, mention) or not (before or _BARE.search(mention.text)):
        return None
    if not mention.complete and not _BARE.search(mention.text):
        return _since_month(mention, today) if word == "since" else None
    if mention.period is None:
        return None
    first, last = mention.period.first, mention.period.last
    if later and later[0].period and re.fullmatch(r" (?:and|or|to|until|till) ", question[mention.end : later[0].start]):
        other = later[0].period
        return Scope(min(first, other.first), max(last, other.last), pair=True)
    if word == "from":  # the day on which something begins: told of before it as well as after
        return None
    bounds = {"since": (first, None), "after": (last + timedelta(days=1), None), "before": (None, first - timedelta(days=1))}
    bounds |= dict.fromkeys(("until", "till", "by", "up to"), (None, last))
    return Scope(*bounds.get(word, (first, last)))


def _taken(question: str, scope: Scope, mentions: Sequence[DateMention]) -> tuple[str, Scope]:
    """The question without the words of its scope, unless they belong to a noun ("last week's talks") or are all that it has."""
    before = _BEFORE.search(question[: mentions[0].start])
    end = mentions[1].end if scope.pair else mentions[0].end
    rest = _without(question, before.start() if before else mentions[0].start, end)
    kept = re.match(r"['’]s\b", question[end:]) or not content_tokens(rest)
    return (question if kept else rest), replace(scope, question=question if mentions[0].complete else "")


def _since_month(mention: DateMention, today: date) -> Scope | None:
    """Since the latest such month, as "since March" means it. Another date without a year may be of any year, and is no scope."""
    try:
        month = month_number(mention.text)
    except StopIteration:
        return None
    return Scope(since=month_near(month, today).first) if _MONTH_ALONE.match(mention.text) else None


def _names_a_subject(question: str, mention: DateMention) -> bool:
    """Whether a date is part of a name or tells which thing is meant: "the 2020 war", "the March floods", "the book published in 2019"."""
    before, after = question[: mention.start], question[mention.end :]
    preposition = _BEFORE.search(before)
    if re.match(r"['’]s\b", after):
        return bool(preposition and preposition["word"].lower() in {"after", "before", "since", "until"})
    if mention.start and mention.text in {"Yesterday", "Today", "Tomorrow"}:
        return True  # a title
    if not preposition and re.search(r"\b(?:the|that|of|'s|’s) $", before):
        return True
    if preposition and _tells_which(before[: preposition.start()], after):
        return True
    following = re.match(r" ([\w’'-]+)", after)
    if not following or fold(following[1]) in STOPWORDS:
        return False
    article = bool(preposition and preposition.group().lower().endswith(" the "))
    return article or following[1][0].isupper() or not _VERB.search(following[1])


def _tells_which(before: str, after: str) -> bool:
    """Whether the words before a date are a participle or a clause that belongs to a noun, while the question's own verb is another."""
    words = tokens(before)
    if not words or not (is_past_form(words[-1].folded) or PARTICIPLE.match(words[-1].folded)):
        return False
    if main_verb(before + after) == words[-1].start and (not after.strip("?!. ") or not any(t.folded in _BEING for t in words)):
        return False
    relative = any(t.folded in {"that", "who", "which"} for t in words[1:-1])
    if any(t.folded in {"has", "have", "had"} for t in words):
        return relative
    helped = {t.folded for t in words[-3:-1]} & _HELPERS
    others = [t for t in [*words[:-1], *tokens(after)] if t.folded in _HELPERS or (not t.is_name and is_past_form(t.folded))]
    return bool(others) and (relative or (not helped and words[-1].start > 0 and len(words) > 2))


def _without(question: str, start: int, end: int) -> str:
    cut = squash(question[:start] + " " + question[end:])
    return re.sub(r" (?=[?,.!])|^[,;] ", "", cut)
