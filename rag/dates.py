"""Dates in articles: which characters state one, and which day they mean when the article's own date is known.

Parsing is dateparser's; finding the characters and reading a day relative to the dateline are ours. A date is completed
only when the past is meant: "on Tuesday" in a sentence about the future is left as written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import dateparser

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
    r"\b(?:will|would|shall|next|upcoming|coming|due|scheduled|planned|plans?|expected|to be held|until|by|set to)\b", re.IGNORECASE
)
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
    if day is None and published and not _about_future(text, match):
        day = _relative(match, stated, published)
    return DateMention(match.start(), match.end(), match.group(), day, complete)


def _about_future(text: str, match: re.Match[str]) -> bool:
    """Whether the words before a date speak of the future, or those after a date that opens its sentence."""
    before = re.split(r"[.!?]\s", text[: match.start()])[-1][-80:]
    after = text[match.end() : match.end() + 80] if len(before.split()) < 3 else text[match.end() : match.end() + 20]
    return bool(_FUTURE.search(before) or _FUTURE.search(after))


def _relative(match: re.Match[str], stated: str | None, published: date) -> date | None:
    """The latest such day that is not after the dateline."""
    if stated:
        base = datetime.combine(published + timedelta(days=1), datetime.min.time())
        settings = {"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past", "REQUIRE_PARTS": ["day", "month"]}
        parsed = None if _YEAR_FOLLOWS.match(match.string[match.end() :]) else dateparser.parse(stated, languages=["en"], settings=settings)
        fits = parsed and (not match["both"] or f"{parsed:%A}".lower() == match["both"].split()[0].strip(",").lower())
        return parsed.date() if parsed and fits else None
    if match["near"]:
        return published - timedelta(days=match["near"].lower() == "yesterday")
    if match["weekday"] and not re.search(r"\b(?:last|previous|following|every|each)\s+$", match.string[: match.start()], re.IGNORECASE):
        names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
        return published - timedelta(days=(published.weekday() - names.index(match["weekday"].lower())) % 7)
    return None


def complete_dates(text: str, published: date | None) -> str:
    """`text` with the full day in square brackets after each date that its article leaves partial.

    >>> complete_dates("They met on Monday (Oct 23).", date(2023, 10, 24))
    'They met on Monday (Oct 23) [23 October 2023].'
    """
    pieces, at = [], 0
    for mention in find_dates(text, published):
        if mention.day is not None and not mention.complete:
            pieces += [text[at : mention.end], f" [{long_date(mention.day)}]"]
            at = mention.end
    return "".join([*pieces, text[at:]])
