"""Stretches of days: what "last month", "three days ago" or "in mid-July" mean on a given day, and how a stretch is put into words.

Calendar arithmetic, and dates written in full, which dateparser reads; which words of an article are such a phrase, and whether it may be completed, is `dates`'s.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta

import dateparser

from rag.types import long_date

MONTHS = "january february march april may june july august september october november december".split()
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9}  # the first month; a winter lies in two years
NUMBERS = "one two three four five six seven eight nine ten eleven twelve".split()
_FEASTS = {
    "new year's eve": "31 December",
    "new year's day": "1 January",
    "christmas eve": "24 December",
    "christmas day": "25 December",
    "boxing day": "26 December",
}
FEAST = r"(?:New Year['’]s (?:Eve|Day)|Christmas (?:Eve|Day)|Boxing Day)"
A_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
A_DAY = r"\d{1,2}(?:st|nd|rd|th)?(?!\d|[:.]\d|,\d{3}\b)"
A_YEAR = r"(?:19|20)\d\d(?!\d)"
A_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_FULL = {"REQUIRE_PARTS": ["day", "month", "year"], "DATE_ORDER": "DMY", "RETURN_AS_TIMEZONE_AWARE": False}
YEARS = range(1800, 2200)  # of articles and of what they tell
_UNITS = {"day": 1, "week": 7, "fortnight": 14}


PORTION = r"(?:first|second|last) half|(?:first|second|third|fourth|last|final) quarter"  # of a year


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `first` to `last`, both inclusive. `about`: the phrase means a day near the middle, such as "two weeks ago". `season`: its name, which is
    shown, since these months are the north's alone.
    """

    first: date
    last: date
    about: bool = False
    season: str = field(default="", compare=False)

    @property
    def day(self) -> date | None:
        """The one day that it is, if it is one."""
        return self.first if self.first == self.last and not self.about else None

    def overlaps(self, first: date | None, last: date | None) -> bool:
        """Whether it has a day from `first` to `last`; None leaves that end open."""
        return (last is None or self.first <= last) and (first is None or self.last >= first)

    def __str__(self) -> str:
        """In words, as exactly as it is known.

        >>> print(of_month(2023, 7), of_year(2022), on(date(2023, 7, 3)), Period(date(2023, 7, 3), date(2023, 7, 9)), sep="; ")
        July 2023; 2022; 3 July 2023; 3 to 9 July 2023
        """
        if self.season:
            return f"{self.season} {self.first.year}" + f"-{self.last.year % 100:02}" * (self.first.year != self.last.year)
        about = "about " * self.about
        if self.first == self.last:
            return about + long_date(self.first)
        if (self.first, self.last) == (date(self.first.year, 1, 1), date(self.last.year, 12, 31)):
            return about + (str(self.first.year) if self.first.year == self.last.year else f"{self.first.year} to {self.last.year}")
        if self.first.day == 1 and self.last.day == monthrange(self.last.year, self.last.month)[1]:
            months = [f"{long_date(day).split(' ', 1)[1]}" for day in (self.first, self.last)]
            same_year = self.first.year == self.last.year
            return about + (months[0] if months[0] == months[1] else f"{months[0].split()[0] if same_year else months[0]} to {months[1]}")
        start = long_date(self.first).split()
        return f"{about}{' '.join(start[: 1 + (self.first.month != self.last.month) + (self.first.year != self.last.year)])} to {long_date(self.last)}"


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as an article states it. `period` are the days that it means, None where that does not follow."""

    start: int
    end: int
    text: str
    period: Period | None
    complete: bool  # nothing is left to be added: its year is written, and its month and day if it means a day

    @property
    def day(self) -> date | None:
        """The one day that it means, if it is one."""
        return self.period.day if self.period else None


def on(day: date) -> Period:
    return Period(day, day)


def of_month(year: int, month: int) -> Period:
    return Period(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def of_year(year: int) -> Period:
    return Period(date(year, 1, 1), date(year, 12, 31))


def of_portion(words: str, year: int) -> Period:
    """A half or a quarter of a calendar year.

    >>> print(of_portion("first half", 2025), of_portion("last quarter", 2025), sep="; ")
    January to June 2025; October to December 2025
    """
    which, part = words.split()
    months = 6 if part == "half" else 3
    last = 12 if which in {"last", "final"} else months * ("first", "second", "third", "fourth").index(which) + months
    return Period(date(year, last - months + 1, 1), of_month(year, last).last)


def of_week(day: date) -> Period:
    """The week, Monday to Sunday, that a day lies in."""
    monday = day - timedelta(days=day.weekday())
    return Period(monday, monday + timedelta(days=6))


def of_season(name: str, year: int) -> Period:
    """Three months, as the north counts them; of a winter that which begins in December of the year before."""
    start = date(year - 1, 12, 1) if name == "winter" else date(year, _SEASONS[name], 1)
    return Period(
        start, of_month(start.year + start.month // 11, (start.month + 2) % 12 or 12).last, season="autumn" if name == "fall" else name
    )


def season_near(name: str, steps: int, day: date) -> Period | None:
    """The last (-1), this year's (0) or the next (1) such season; None where another may be meant as well: it is that season, or the next has not begun yet.

    >>> [str(season_near("autumn", steps, date(2024, 3, 14))) for steps in (-1, 0, 1)]
    ['autumn 2023', 'autumn 2024', 'None']
    >>> [str(season_near("spring", steps, date(2024, 6, 14))) for steps in (-1, 0, 1)]
    ['spring 2024', 'spring 2024', 'spring 2025']
    """
    season = of_season(name, day.year + (name == "winter" and day.month > 8 and steps >= 0))
    if steps > 0:
        return of_season(name, season.last.year + 1) if season.first <= day else None
    if steps < 0 and season.first > day:
        return of_season(name, day.year - 1)
    return season if steps == 0 or season.last < day else None


def shifted(day: date, count: int, unit: str) -> Period:
    """`count` units later, earlier when it is negative: exact for days, near for weeks, for months and years the month or year.

    >>> print(shifted(date(2023, 10, 24), -3, "day"), shifted(date(2023, 10, 24), -2, "month"), shifted(date(2023, 10, 24), 1, "week"), sep="; ")
    21 October 2023; August 2023; about 31 October 2023
    """
    if unit == "month":
        months = day.year * 12 + day.month - 1 + count
        return of_month(months // 12, months % 12 + 1)
    if unit in {"year", "decade"}:
        return of_year(day.year + count * (10 if unit == "decade" else 1))
    there = day + timedelta(days=count * _UNITS[unit])
    return Period(there, there, about=unit != "day")


def neighbour(unit: str, step: int, day: date) -> Period:
    """The week, month or year that a day lies in (`step` 0), or the one before (-1) or after (1)."""
    if unit == "week":
        return of_week(day + timedelta(days=7 * step))
    if unit == "weekend":
        saturday = of_week(day + timedelta(days=7 * step)).first + timedelta(days=5)
        return Period(saturday, saturday + timedelta(days=1))
    return shifted(day, step, unit)


def rest_of_week(day: date, *, earlier: bool) -> Period | None:
    """The days of a week before a day, or after it; None where there are none."""
    week, step = of_week(day), timedelta(days=1)
    first, last = (week.first, day - step) if earlier else (day + step, week.last)
    return Period(first, last) if first <= last else None


def weekday(name: str, day: date, *, ahead: bool = False) -> Period:
    """The latest such weekday up to and with a day; `ahead`: the first one after it."""
    number = WEEKDAYS.index(name.lower())
    back = (day.weekday() - number) % 7
    return on(day + timedelta(days=7 - back) if ahead else day - timedelta(days=back))


def month_near(month: int, day: date, *, ahead: bool = False) -> Period:
    """The latest such month that has begun by a day; `ahead`: the first one that has not ended."""
    if ahead:
        return of_month(day.year + (month < day.month), month)
    return of_month(day.year - (month > day.month), month)


def month_number(name: str) -> int:
    """1 to 12, of a month's name or its beginning.

    >>> month_number("Sept.")
    9
    """
    return next(n for n, month in enumerate(MONTHS, start=1) if month.startswith(name.lower().rstrip(".")[:3]))


def count_of(text: str) -> int:
    """The number that "a", "three" or "12" stands for."""
    word = text.lower()
    return int(word) if word.isdigit() else NUMBERS.index(word) + 1 if word in NUMBERS else 1


def ordinal_of(text: str) -> int:
    """1 of "first", 29 of "29th"."""
    return int(re.sub(r"\D", "", text) or 1)


def unit_of(text: str) -> str:
    return re.sub(r"s$", "", text.lower())


def with_day(text: str) -> str:
    """A feast's name as its day and month."""
    return re.sub(FEAST, lambda m: _FEASTS[m[0].lower().replace("’", "'")], text)


def full_date(text: str) -> date | None:
    """The day that the whole of `text` states, with year, month and day; None for anything less.

    A figure such as 03/04/2023 means two days on two sides of the Atlantic, so it states none; 03.04.2023 is written on one of them alone.

    >>> full_date("Oct 24 2023"), full_date("Oct 24"), full_date("03/04/2023"), full_date("03.04.2023")
    (datetime.date(2023, 10, 24), None, None, datetime.date(2023, 4, 3))
    """
    text = with_day(re.sub(rf"\(({A_YEAR})\)$", r"\1", text.strip()))
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return _iso(text)
    figures = re.match(r"(\d{1,2})(\.?)[/. -]{0,2}(\d{1,2})[/.-] ?\d{4}\b", text)
    if figures and not figures[2] and int(figures[1]) <= 12 and int(figures[3]) <= 12 and figures[1] != figures[3]:
        return None
    if not re.search(A_YEAR, text) or len(text) > 60:
        return None
    order = "MDY" if figures and int(figures[3]) > 12 else "DMY"
    parsed = dateparser.parse(text, languages=["en"], settings={**_FULL, "DATE_ORDER": order})
    return parsed.date() if parsed else None


def _iso(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in YEARS else None


def that_year(text: str, published: date | None) -> Period | None:
    """A day and month in the year of the article, good enough to be compared with another."""
    day = full_date(f"{text} {published.year}") if published else None
    return on(day) if day else None
