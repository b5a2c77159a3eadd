"""The time that a question asks about: "in 2021", "since March 2022", "last week", "the latest".

A date that names a subject ("the 2020 war", "the treaty of 1997") is no scope: only one that stands for itself after a preposition of time is. A scope says
which sentences are timely, by the dates in them and around them and by when their article was published; it forbids none. What a person sets apart
from the question (`since=`, `until=`) is a filter and `index`'s.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rag.dates import DateMention, find_dates
from rag.periods import NUMBERS, Period, count_of, month_near, month_number, on, unit_of
from rag.text import STOPWORDS, content_tokens, fold, squash

_BEFORE = re.compile(
    r"\b(?P<word>in|during|throughout|within|on|for|as of|since|from|after|before|until|till|by|up to|between)(?: the)?(?: (?:year|month|whole) of| year| early| late| mid)?(?: the)? $",
    re.IGNORECASE,
)
_BARE = re.compile(r"^(?:last|this|next) |\bago$|^(?:yesterday|today|tomorrow)$|\b(?:last|this|next) (?:year|week)$", re.IGNORECASE)
_PAST = re.compile(
    rf"\b(?:in|over|during|within) the (?:last|past) (?:(?P<count>{'|'.join(NUMBERS)}|\d{{1,3}}) )?(?P<unit>(?:day|week|month|year)s?)\b",
    re.IGNORECASE,
)
_LATEST = re.compile(
    r"\b(?:the |its |their |his |her )?(?P<word>latest|most recent|newest)\b|\b(?:currently|at present|at the moment|right now|these days|nowadays|most recently|(?:as of|until) (?:now|today))\b"
    r"|\bcurrent\b|\bnow\b(?= *\?)|\bstill\b",
    re.IGNORECASE,
)
_MONTH_ALONE = re.compile(r"^(?:(?:early|mid|late)[- ])?[A-Z][a-z]+\.?$")


@dataclass(frozen=True, slots=True)
class Scope:
    """Days from `since` to `until`, None leaving that end open; or the `latest` there is. `pair`: two dates state it."""

    since: date | None = None
    until: date | None = None
    latest: bool = False
    pair: bool = False

    @property
    def bounded(self) -> bool:
        return self.since is not None or self.until is not None

    @property
    def closed(self) -> bool:
        return self.since is not None and self.until is not None

    def holds(self, period: Period) -> bool:
        """Whether a stretch of days has a day in it."""
        return period.overlaps(self.since, self.until)

    def untimely(
        self, published: date | None, own: Sequence[DateMention], near: Sequence[DateMention], article: Sequence[DateMention]
    ) -> float:
        """How little a sentence fits, from 0 to 1: by the dates in it, in the sentences just before it and in its article, and by the dateline."""
        if not self.bounded:
            return 0.0
        fits = published is not None and self.holds(on(published))
        stated = [m.period for m in own if m.period]
        if self.bounded and not self.closed:  # a sentence tells of much that was before
            return 0.0 if fits else 0.5 if any(map(self.holds, stated)) else 1.0
        if stated:
            return 0.0 if any(map(self.holds, stated)) else 0.5 if fits else 1.0
        if fits or any(self.holds(m.period) for m in near if m.period):
            return 0.0
        unknown = published is None and any(m.period is None for m in own)  # "in July", in an article that does not say of which year
        return 0.5 if unknown or any(self.holds(m.period) for m in article if m.period) else 1.0


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
    if past := _PAST.search(question):
        count = count_of(past["count"]) if past["count"] else 1
        since = today - timedelta(days=count * {"day": 1, "week": 7, "month": 31, "year": 366}[unit_of(past["unit"])])
        return _without(question, past.start(), past.end()), Scope(since, today)
    mentions = find_dates(question, today)
    for n, mention in enumerate(mentions):
        if scope := _scope(question, mention, mentions[n + 1 :], today):
            start = before.start() if (before := _BEFORE.search(question[: mention.start])) else mention.start
            end = mentions[n + 1].end if scope.pair else mention.end
            rest = _without(question, start, end)
            return (rest, scope) if content_tokens(rest) else (question, scope)
    if latest := _LATEST.search(question):
        kept = latest["word"] or latest.group().lower() == "still"  # "the latest figure" says which figure
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
    if (
        later
        and later[0].period
        and re.fullmatch(r" (?:and|to|until|till) ", question[mention.end : later[0].start])
        and word in {"between", "from"}
    ):
        return Scope(first, later[0].period.last, pair=True)
    bounds = {
        "since": (first, None),
        "from": (first, None),
        "after": (last + timedelta(days=1), None),
        "before": (None, first - timedelta(days=1)),
    }
    bounds |= dict.fromkeys(("until", "till", "by", "up to"), (None, last))
    if word == "from":  # the day on which something begins: told of before it as well as after
        return None
    return Scope(*bounds.get(word, (first, last)))


def _since_month(mention: DateMention, today: date) -> Scope | None:
    """Since the latest such month, as "since March" means it. Another date without a year may be of any year, and is no scope."""
    try:
        month = month_number(mention.text)
    except StopIteration:
        return None
    return Scope(since=month_near(month, today).first) if _MONTH_ALONE.match(mention.text) else None


def _names_a_subject(question: str, mention: DateMention) -> bool:
    """Whether a date is part of a name: "the 2020 war", "the March floods", "May Day"."""
    following = re.match(r" ([\w’'-]+)", question[mention.end :])
    if re.search(r"\b(?:the|that|of|'s|’s) $", question[: mention.start]) and not _BEFORE.search(question[: mention.start]):
        return True
    if not following or fold(following[1]) in STOPWORDS:
        return False
    before = _BEFORE.search(question[: mention.start])
    article = bool(before and before.group().lower().endswith(" the "))
    return (
        article
        or following[1][0].isupper()
        or not re.search(r"ed$|^(?:won|left|rose|fell|came|went|took|made|held|gave|ran)$", following[1])
    )


def _without(question: str, start: int, end: int) -> str:
    cut = squash(question[:start] + " " + question[end:])
    return re.sub(r" (?=[?,.!])|^[,;] ", "", cut)
