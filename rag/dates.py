"""Dates in articles: which characters state one, and which day they mean when the article's own date is known.

Parsing is dateparser's; finding the characters and reading a day relative to the dateline are ours. A date is completed
only when a day of the past is meant: "on Tuesday" in a sentence about the future, "the Sunday Times", "Good Friday" and "the January 6 riot"
are left as written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

import dateparser
import simplemma

from rag.text import STOPWORDS, fold, tokens
from rag.types import long_date

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?(?!\d|[:.]\d)"
_YEAR = r"(?:19|20)\d\d(?!\d)"
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_DATED = rf"(?:{_MONTH} {_DAY}(?:,? {_YEAR})?|{_DAY}(?: of)? {_MONTH}(?:,? {_YEAR})?|(?:19|20)\d\d-\d\d-\d\d)"
_MENTION = re.compile(
    rf"\b(?:(?P<both>{_WEEKDAY},? \(?(?:the )?(?P<inner>{_DATED})\)?)|(?P<dated>{_DATED})|(?P<weekday>{_WEEKDAY})"
    rf"|(?P<month>(?:(?:early|mid|late)[- ])?{_MONTH}(?:,? {_YEAR})?(?! \d))|(?P<near>[Yy]esterday|[Tt]oday)"
    rf"|(?P<year>{_YEAR}))(?=$|\W)"
)
_FUTURE = re.compile(
    r"\b(?:will|would|shall|can|could|may|might|should|must|next|upcoming|coming|due|scheduled|planned|plans?|expected|(?:is|are|was|were|be) to"
    r"|set to)\b|\b(?:until|by) $",
    re.IGNORECASE,
)
_NAMING = re.compile(
    r"(?:\b(?:a|an|one|this|every|each|last|previous|following|of)|\b(?!(?:On|Since|From)\b)[A-Z][\w.]*|['’]s) $"
)  # "Good Friday"
_ATTRIBUTIVE = re.compile(r"(?:\b(?:the|that)|['’]s) $", re.IGNORECASE)  # "the January 6 riot", "the Sunday Times"
_OTHER_WEEK = re.compile(
    r",? (?:(?:of )?(?:last|next|the same|the following|the previous) |of that |that (?:same )?(?:week|month|year)\b|(?:a|an|one|\w+) (?:days?|weeks?|months?|years?) )"
)
_NO_PAST = frozenset(
    "is are am an a be been men women people mice feet teeth geese me us him them whom better more less worse most least best media data speed need indeed".split()
)
_PAST = frozenset(
    "was broke won left rose shot hit cut put set shut spread quit cost hurt beat burst cast felt bit bent shook thought".split()
)
_MONTH_NAME = re.compile(rf"{_MONTH} $")
_YEAR_FOLLOWS = re.compile(rf"\)?,?(?: (?:and|or|to|until)|,|-|–) (?:{_DATED})")  # "January 11 and November 26, 2021"
_FULL = {"REQUIRE_PARTS": ["day", "month", "year"], "DATE_ORDER": "DMY", "RETURN_AS_TIMEZONE_AWARE": False}


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as an article states it. `day` is the day it means, None where that does not follow."""

    start: int
    end: int
    text: str
    day: date | None
    complete: bool  # day, month and year are all written out


def full_date(text: str) -> date | None:
    """The day that the whole of `text` states, with year, month and day; None for anything less.

    A figure such as 03/04/2023 means two days on two sides of the Atlantic, so it states none.

    >>> full_date("Oct 24 2023"), full_date("Oct 24"), full_date("03/04/2023")
    (datetime.date(2023, 10, 24), None, None)
    """
    text = text.strip()
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return _iso(text)
    figures = re.match(r"(\d{1,2})[/.-](\d{1,2})[/.-]\d{4}\b", text)
    if figures and int(figures[1]) <= 12 and int(figures[2]) <= 12 and figures[1] != figures[2]:
        return None
    if not re.search(_YEAR, text) or len(text) > 60:
        return None
    order = "MDY" if figures and int(figures[2]) > 12 else "DMY"
    parsed = dateparser.parse(text, languages=["en"], settings={**_FULL, "DATE_ORDER": order})
    return parsed.date() if parsed else None


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def find_dates(text: str, published: date | None = None) -> list[DateMention]:
    """Every date stated in `text`, in order; days that follow only from the dateline need `published`.

    >>> [m.day for m in find_dates("They met on Monday (Oct 23).", date(2023, 10, 24))]
    [datetime.date(2023, 10, 23)]
    >>> [m.day for m in find_dates("They met on Monday (Oct 23).")]
    [None]
    """
    return [_read(match, text, published) for match in _MENTION.finditer(text) if not _is_verb(match)]


def _is_verb(match: re.Match[str]) -> bool:
    """Without a day or a year beside them, may and march are mostly words; the word before tells."""
    return match["month"] is not None and match["month"].rstrip(".") in {"May", "Mar", "March"} and not _is_month(match)


def _is_month(match: re.Match[str]) -> bool:
    before = match.string[: match.start()].rstrip().rsplit(" ", 1)[-1].lower()
    return before in {"in", "of", "since", "last", "early", "late", "until", "by", "from", "and", "to", "this", "next", "during"}


def _read(match: re.Match[str], text: str, published: date | None) -> DateMention:
    stated = match["inner"] or match["dated"]
    complete = bool(stated and re.search(_YEAR, stated))
    day = full_date(stated) if stated and complete else None
    if day is None and published and _is_past(text, match):
        day = _relative(match, stated, published)
    return DateMention(match.start(), match.end(), match.group(), day, complete)


def _is_past(text: str, match: re.Match[str]) -> bool:
    """Whether a date is a day on which its sentence says something was, and no part of a name."""
    before, after = re.split(r"[.!?]\s", text[: match.start()])[-1], re.split(r"[.!?](?:\s|$)", text[match.end() :])[0]
    following = re.match(r" ([\w’']+)", after)
    attributive = _ATTRIBUTIVE.search(before) and following and fold(following[1]) not in STOPWORDS
    named = _NAMING.search(before) and before.strip() and not _MONTH_NAME.search(before)
    year = match["dated"] and re.search(_YEAR, before + after)
    if attributive or named or year or _OTHER_WEEK.match(after) or _about_future(before, after):
        return False
    return any(_is_past_form(t.folded) for t in tokens(f"{before} {after}"))


def _about_future(before: str, after: str) -> bool:
    """Whether the words before a date speak of the future, or those after a date that opens its sentence; not what was said "on Monday that ..."."""
    after = "" if after.startswith(" that ") else after
    return bool(_FUTURE.search(before[-80:]) or _FUTURE.search(after[:80] if len(before.split()) < 3 else after[:20]))


@lru_cache(maxsize=8192)
def _is_past_form(word: str) -> bool:
    """Whether a folded word is the past of a verb: it ends so, or the dictionary has it under another form.

    >>> [_is_past_form(word) for word in ("opened", "met", "opens", "meeting", "children")]
    [True, True, False, False, False]
    """
    if word in _PAST or (word.endswith("ed") and len(word) > 4 and word not in _NO_PAST):
        return True
    return word not in _NO_PAST and not word.endswith(("s", "ing", "er", "est", "en")) and simplemma.lemmatize(word, "en") != word


def _relative(match: re.Match[str], stated: str | None, published: date) -> date | None:
    """The latest such day that is not after the dateline."""
    if stated:
        base = datetime.combine(published + timedelta(days=1), datetime.min.time())
        settings = {"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past", "REQUIRE_PARTS": ["day", "month"]}
        parsed = None if _YEAR_FOLLOWS.match(match.string[match.end() :]) else dateparser.parse(stated, languages=["en"], settings=settings)
        fits = parsed and (not match["both"] or f"{parsed:%A}".lower() == match["both"].split()[0].strip(",").lower())
        return parsed.date() if parsed and fits and parsed.date() <= published else None
    if match["near"]:
        return published - timedelta(days=match["near"].lower() == "yesterday")
    if match["weekday"]:
        names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
        return published - timedelta(days=(published.weekday() - names.index(match["weekday"].lower())) % 7)
    return None


def complete_dates(text: str, published: date | None, *, of: str = "") -> str:
    """`text` with the full day in square brackets after each date that its article leaves partial; where `text` was cut from the
    sentence `of`, with the days that the dates mean there.

    >>> complete_dates("They met on Monday (Oct 23).", date(2023, 10, 24))
    'They met on Monday (Oct 23) [23 October 2023].'
    """
    whole = find_dates(of or text, published)
    days = {m.text: m.day for m in whole if m.day is not None and all(n.day == m.day for n in whole if n.text == m.text)}
    pieces, at = [], 0
    for mention in find_dates(text):
        if mention.text in days and not mention.complete:
            end = mention.end + (2 if text[mention.end :][:2] in {"'s", "’s"} else 0)
            pieces += [text[at:end], f" [{long_date(days[mention.text])}]"]
            at = end
    return "".join([*pieces, text[at:]])
