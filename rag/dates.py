"""Dates in articles: which characters state one, and which days they mean when the article's own date is known.

Parsing of dates in full is dateparser's; finding the characters and reading them relative to the dateline are ours. A date is completed only where
one stretch of days follows: "on Tuesday" in a sentence that tells neither what was nor what will be, "the Sunday Times", "Good Friday" and "the
January 6 riot" are left as written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import dateparser

from rag.counted import CLOSE, count_from, count_from_now, counted, counted_from_event, in_month, listed
from rag.periods import (
    A_DAY,
    A_MONTH,
    A_WEEKDAY,
    A_YEAR,
    FEAST,
    PORTION,
    DateMention,
    Period,
    full_date,
    month_near,
    month_number,
    neighbour,
    of_month,
    of_portion,
    of_season,
    of_year,
    on,
    ordinal_of,
    rest_of_week,
    season_near,
    weekday,
    with_day,
)
from rag.tense import is_future, is_past

_DATED = rf"(?:{FEAST}(?:,? {A_YEAR})?|{A_MONTH} {A_DAY}(?:,? {A_YEAR})?|{A_DAY}(?: of)? {A_MONTH}(?:,? {A_YEAR})?|(?:19|20)\d\d-\d\d-\d\d)"
_SEASON = r"(?:spring|summer|autumn|fall|winter)"
_COUNT = r"(?i:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})"
_UNIT = r"(?:day|week|fortnight|month|year|decade)s?"
_STEP = r"(?:day|week|month|year)"
_PART = r"(?:morning|afternoon|evening|night)"
_FIRST = r"(?:first|\d{1,2}(?:st|nd|rd|th))"
_GOES_ON = r"(?=[,.;:)]|$| (?:had|was|were)\b)"  # not "the day after the vote"
_EVENT = (  # "the vote"; of the end of something, or a war, it is not clear which day is meant
    r"(?!(?:end|start|beginning|middle|date|day|week|month|year|time|war|conflict|season|others?|same|last|next)\b)[a-z][a-z’'-]{3,}"
    r"(?=[.;:)]|,(?! (?:\d|who|which))|$| (?:he|she|it|they|his|her|its|their|and|but|in|at) (?!\d))"
)
_MENTION = re.compile(
    rf"\b(?:(?P<beside>[Tt]he (?:(?:previous|preceding|following) (?:{_STEP}|{_PART})|next {_PART}|(?:{_STEP}|{_PART}) (?:before|after){_GOES_ON})|(?<![^.!?] )The {_STEP} before(?= (?:it|they|he|she|there|that) had\b))"
    rf"|(?P<besideday>[Tt]he (?:following|previous|next) (?P<whichday>{A_WEEKDAY})(?=[,.;:)]|$| (?:in|at|by|with|and|when|while|as|to|from|that|was|were|had|he|she|they|it)\b| [A-Z]))"
    rf"|(?P<apart>{_COUNT} {_UNIT})(?=(?P<from> (?:after|before) (?:(?:the|its|his|her|their) )?(?:(?:[\w’'-]+ ){{1,4}}of )?)(?:{_DATED}|{A_YEAR}|{A_MONTH} {A_YEAR}))"
    rf"|(?P<span>{_COUNT} {_UNIT}|[Tt]he {_STEP}) (?P<side>after|before) (?:the|his|her|its|their) (?P<event>{_EVENT})"
    rf"|(?P<count>{_COUNT}) (?P<unit>{_UNIT}) (?P<sense>ago(?:,? in (?P<agomonth>{A_MONTH})|(?P<agothis> this month))?|earlier|before that|later|afterwards|after that|from (?:now|today))"
    rf"|(?P<dayin>{_FIRST}) of (?P<whichmonth>last|this|next|that|the same) month|(?P<fortnightday>{A_WEEKDAY}) week(?=[,.;:)]|$| (?:to|at|when|unless|and)\b)|[Aa] week on (?P<weekon>{A_WEEKDAY})|(?P<part>[Ee]arlier|[Ll]ater) this week"
    rf"|(?P<weekdayof>{A_WEEKDAY}) (?:of )?(?P<whichweek>last|this|next) week|(?P<dayof>{_DATED}) (?:of )?(?P<daysyear>last|this|next) year"
    rf"|(?:(?P<monthof>{A_MONTH}),? (?:of )?|(?P<seasonof>{_SEASON}) (?:of )?)(?P<whichyear>last|this|next) year"
    rf"|(?P<yearof>last|this|next) year,? in (?:(?:early|mid|late)[- ])?(?P<inmonth>{A_MONTH})"
    rf"|(?P<step>[Ll]ast|[Tt]his|[Nn]ext) (?:(?P<stepunit>week(?:end)?|month|year)|(?P<stepseason>{_SEASON})|(?P<stepday>{A_WEEKDAY})|(?P<stepmonth>{A_MONTH}))"
    rf"|(?P<both>{A_WEEKDAY},? \(?(?:the )?(?P<inner>{_DATED})\)?)|(?P<dated>{_DATED})|(?P<weekday>{A_WEEKDAY})"
    rf"|(?P<season>{_SEASON}) (?:of )?(?P<seasonyear>{A_YEAR})|(?P<portion>{PORTION}) of (?P<wholeyear>{A_YEAR})"
    rf"|(?P<month>(?:(?:early|mid|late)[- ])?(?P<monthname>{A_MONTH})(?:,? (?:of )?(?P<monthyear>{A_YEAR}))?(?! \d))"
    rf"|(?P<near>[Tt]he (?:day before yesterday|night before last(?=[,.;:)]|$| (?:was|were|had|has|after|when|in|at|by|he|she|they)\b)|day after tomorrow)|[Yy]esterday|(?:[Tt]his (?:morning|afternoon|evening)|(?<![Tt]he )[Ll]ast night)(?! of\b)|[Tt]oday|[Tt]omorrow)|(?P<year>{A_YEAR}))(?=$|\W)"
)
_TOLD_BEFORE = re.compile(r"\b(?:the|ago) $", re.IGNORECASE)  # "the next year" of a story, "ten years ago this month"
_TOLD_AFTER = re.compile(r"(?:['’]s)? of\b|,? in (?:19|20)\d\d")
_BEFORE_SEASON = re.compile(r"\b(?:in|of|since|the|early|late|by|during|until|from) $", re.IGNORECASE)  # fall and spring are verbs, too
_BEFORE_YEAR = re.compile(r"\b(?:in|of|since|the|by|from|until|before|after|early|late|for|year|and|to) $|['’(-]$", re.IGNORECASE)
_BEFORE_MONTH = frozenset("in of since last early late until by from and to this next during before after".split())
_VERBS = frozenset({"May", "Mar", "March"})
_STEPS = {"last": -1, "this": 0, "next": 1}
_YEAR_FOLLOWS = re.compile(rf"\)?,?(?: (?:and|or|to|until)|,|-|–) (?:{_DATED})")  # "January 11 and November 26, 2021"


def find_dates(text: str, published: date | None = None, *, before: str = "") -> list[DateMention]:
    """Every date stated in `text`, in order; what follows only from the dateline needs `published`, and "a week later" the date `before` the text.

    >>> [m.day for m in find_dates("They met on Monday (Oct 23).", date(2023, 10, 24))]
    [datetime.date(2023, 10, 23)]
    >>> [m.day for m in find_dates("They met on Monday (Oct 23).")]
    [None]
    >>> [str(m.period) for m in find_dates("It fell last year in September and in the spring of 2020.", date(2023, 10, 24))]
    ['September 2022', 'spring 2020']
    """
    shift, whole = len(before), before + text
    found: list[DateMention] = []
    for match in _MENTION.finditer(whole):
        if not _is_no_date(match):
            found.append(_read(match, whole, published, found))
    return [replace(m, start=m.start - shift, end=m.end - shift) for m in found if m.start >= shift]


def _is_no_date(match: re.Match[str]) -> bool:
    """Whether what looks like a date is none: a month that is a verb or somebody's name ("Jan Egeland"), a year that counts something."""
    before, after = match.string[: match.start()], match.string[match.end() :]
    if match["month"] and not match["monthyear"]:
        return (match["month"].rstrip(".") in _VERBS or bool(re.match(r" [A-Z]", after))) and not _is_month(match)
    if match["year"]:
        return bool(re.match(r" (?:[a-z]+s|people)\b", after)) and not _BEFORE_YEAR.search(before)
    return False


def _is_month(match: re.Match[str]) -> bool:
    before = match.string[: match.start()].rstrip().rsplit(" ", 1)[-1].lower()
    return before in _BEFORE_MONTH


def _read(match: re.Match[str], text: str, published: date | None, earlier: Sequence[DateMention]) -> DateMention:
    stated = match["inner"] or match["dated"]
    try:
        period, complete = _meant(match, stated, text, published, earlier)
    except (ValueError, OverflowError):  # a day beyond the calendar
        period, complete = None, False
    return DateMention(match.start(), match.end(), match.group(), period, complete)


def _meant(
    match: re.Match[str], stated: str | None, text: str, published: date | None, earlier: Sequence[DateMention]
) -> tuple[Period | None, bool]:
    """The days that a date means, and whether they are written out."""
    period = _stated(match, stated)
    if period is not None:
        return period, True
    if (match["whichmonth"] or "") in {"that", "the same"}:
        return in_month(match, earlier), False
    follows = (
        listed(match, stated, earlier, published) if stated else counted_from_event(match, earlier, published) if match["event"] else None
    )
    if follows:
        return follows, False
    if match["apart"]:
        return counted(match, _reached(match, text, published, earlier), published), False
    if match["beside"] or match["besideday"] or (match["sense"] and not match["sense"].startswith(("ago", "from"))):
        return count_from(match, earlier, published), False
    return (_relative(match, stated, published, text, earlier) if published else None), False


def _reached(match: re.Match[str], text: str, published: date | None, earlier: Sequence[DateMention]) -> Period | None:
    """The days of the date that something is counted from which stands behind it: of a past deed "the vote of 3 May" was the last 3 May."""
    reached = _MENTION.match(text, match.end("from"))
    if reached is None:
        return None
    stated = reached["inner"] or reached["dated"]
    if period := _meant(reached, stated, text, published, earlier)[0]:
        return period
    if not (published and stated and is_past(text, match.start(), match.end(), dated=True)) or re.search(
        r"\bborn\b", text[: match.start()]
    ):
        return None
    return None if _of_another_year(reached, published, earlier) else _latest(reached, stated, published, earlier)


def _stated(match: re.Match[str], stated: str | None) -> Period | None:
    """The days of a date whose year is written."""
    if stated:
        day = full_date(stated) if re.search(A_YEAR, stated) else None
        return on(day) if day else None
    if match["season"]:
        return of_season(match["season"], int(match["seasonyear"]))
    if match["portion"]:
        return of_portion(match["portion"], int(match["wholeyear"]))
    if match["monthyear"]:
        return of_month(int(match["monthyear"]), month_number(match["monthname"]))
    return of_year(int(match["year"])) if match["year"] else None


def _relative(match: re.Match[str], stated: str | None, published: date, text: str, earlier: Sequence[DateMention]) -> Period | None:
    """The days that follow from the dateline, by the tense where that matters."""
    if any(
        match[group]
        for group in ("sense", "step", "whichweek", "daysyear", "whichyear", "yearof", "dayin", "fortnightday", "weekon", "part")
    ):
        return _by_words(match, published, text)
    near = (match["near"] or "").lower()
    if re.search(rf"\b(?:ago on{'|the day (?:before|after)|ago' if near else ''}) $", text[: match.start()], re.IGNORECASE):
        return None
    if near.startswith("the") or near == "tomorrow":
        return on(published + timedelta(days={"the day after tomorrow": 2, "tomorrow": 1}.get(near, -2)))
    start, end, dated = match.start(), match.end(), bool(match["dated"])
    if is_past(text, start, end, dated=dated):
        return on(published - timedelta(days=near in {"yesterday", "last night"})) if near else _latest(match, stated, published, earlier)
    return _next(match, stated, published) if is_future(text, start, end, dated=dated) and not near else None


def _by_words(match: re.Match[str], published: date, text: str) -> Period | None:  # noqa: PLR0911  # one way of saying it each
    """What "three days ago", "last month", "Monday last week", "September last year" mean on a day, whatever the tense."""
    if match["sense"]:
        return count_from_now(match, published, text)
    if match["step"]:
        told = _TOLD_BEFORE.search(text[max(0, match.start() - 8) : match.start()]) or _TOLD_AFTER.match(text[match.end() :])
        gone = (
            match["step"] in {"This", "this"}
            and match["stepday"]
            and (is_past(text, match.start(), match.end(), dated=False) or re.match(r",? (?:\d|[A-Z][a-z]+ \d)", text[match.end() :]))
        )
        return None if told or gone else _stepped(match, published)
    if match["dayin"]:
        return on(neighbour("month", _STEPS[match["whichmonth"]], published).first.replace(day=ordinal_of(match["dayin"])))
    if match["weekon"] and not re.search(r"\b(?:will|shall|falls|is (?:due|set|run|held))\b[^.;]*$", text[: match.start()]):
        return None
    if day := match["fortnightday"] or match["weekon"]:
        return on(weekday(day, published, ahead=True).first + timedelta(days=7))
    if match["part"]:
        return rest_of_week(published, earlier=match["part"].lower() == "earlier")
    if match["whichweek"]:
        return weekday(match["weekdayof"], neighbour("week", _STEPS[match["whichweek"]], published).last)
    year = published.year + _STEPS[match["daysyear"] or match["whichyear"] or match["yearof"]]
    if match["daysyear"]:
        stated = full_date(f"{match['dayof']} {year}")
        return on(stated) if stated else None
    if match["seasonof"]:
        return of_season(match["seasonof"], year) if _BEFORE_SEASON.search(text[: match.start()]) else None
    return of_month(year, month_number(match["monthof"] or match["inmonth"]))


def _stepped(match: re.Match[str], published: date) -> Period | None:
    """What "last month", "this year" and "last spring" mean; "last Thursday" and "this Sunday" only where the week has had none yet, "next Friday" where it has had its Friday."""
    step = _STEPS[match["step"].lower()]
    if match["stepunit"]:
        begun = step == 0 and match["stepunit"] == "weekend" and published.weekday() < 2  # of Monday's "this weekend" either is meant
        return None if begun else neighbour(match["stepunit"], step, published)
    if match["stepday"]:
        had = weekday(match["stepday"], published).first >= neighbour("week", 0, published).first
        certain = not had if step <= 0 else had  # of "this Sunday" only one that is to come
        return weekday(match["stepday"], published, ahead=step >= 0) if certain else None
    if match["stepseason"]:
        return season_near(match["stepseason"], step, published)
    month = month_number(match["stepmonth"])
    if step == 0:
        return of_month(published.year, month)
    return month_near(month, published, ahead=step > 0) if month != published.month else None


def _latest(match: re.Match[str], stated: str | None, published: date, earlier: Sequence[DateMention]) -> Period | None:
    """The latest such day or month that is not after the dateline."""
    if stated:
        return _near(match, stated, published + timedelta(days=1), "past", published)
    if match["weekday"]:
        ranged = re.match(rf" (?:to|through|and|until|or) {A_WEEKDAY}| school\b", match.string[match.end() :])
        return None if ranged else weekday(match["weekday"], published)
    if match["month"] and not _of_another_year(match, published, earlier):
        return month_near(month_number(match["monthname"]), published)
    return None


def _next(match: re.Match[str], stated: str | None, published: date) -> Period | None:
    """The first such day or month after the dateline."""
    if stated:
        return _near(match, stated, published - timedelta(days=1), "future", published)
    if match["weekday"] and weekday(match["weekday"], published).day != published:
        return weekday(match["weekday"], published, ahead=True)
    if match["month"]:
        return month_near(month_number(match["monthname"]), published, ahead=True)
    return None


def _near(match: re.Match[str], stated: str, base: date, side: str, published: date) -> Period | None:
    """The day and month nearest to the dateline on one side of it, unless a list gives them a year or the weekday beside them does not fit."""
    settings = {"RELATIVE_BASE": datetime.combine(base, datetime.min.time()), "PREFER_DATES_FROM": side, "REQUIRE_PARTS": ["day", "month"]}
    parsed = (
        None
        if _YEAR_FOLLOWS.match(match.string[match.end() :])
        else dateparser.parse(with_day(stated), languages=["en"], settings=settings)
    )
    fits = parsed and (not match["both"] or f"{parsed:%A}".lower() == match["both"].split()[0].strip(",").lower())
    return on(parsed.date()) if parsed and fits and (parsed.date() <= published) == (side == "past") else None


def _of_another_year(match: re.Match[str], published: date, earlier: Sequence[DateMention]) -> bool:
    """Whether a month may lie in another year that was spoken of just before, or is, in its own sentence."""
    close = [m for m in earlier[-5:] if match.start() - m.end < CLOSE]
    after = re.split(r"[.!?](?:\s|$)", match.string[match.end() : match.end() + CLOSE])[0]
    return any(m.period and m.period.last.year != published.year for m in close) or bool(re.search(A_YEAR, after))
