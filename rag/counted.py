"""Dates that follow from another one: "a week later", "a month earlier", "two days after the vote", the next line of a timeline.

They are understood only where their sentence and the one before state a single date to count from, or the article a single day of what they are counted from,
and where the count is exact.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from rag.lexicon import stem
from rag.periods import (
    A_DAY,
    A_MONTH,
    A_WEEKDAY,
    NUMBERS,
    DateMention,
    Period,
    count_of,
    full_date,
    month_number,
    neighbour,
    of_month,
    on,
    ordinal_of,
    shifted,
    unit_of,
    weekday,
)
from rag.tense import COMING, is_past_form
from rag.text import tokens

CLOSE = 300  # characters between two dates of which one may be understood by the other
_COUNTED = re.compile(r"\b(?:earlier|later|before|after|afterwards|that|previous|preceding|following)\b", re.IGNORECASE)
_BACK = re.compile(r"\b(?:earlier|before|previous|preceding)\b", re.IGNORECASE)
_UNIT = re.compile(r"\b(?:day|week|fortnight|month|year|decade|morning|afternoon|evening|night)", re.IGNORECASE)
_PARTS = frozenset("morning afternoon evening night".split())  # of a day
_INEXACT = re.compile(  # "less than a year later", "twenty-five years later", "two or three years later"
    rf"\b(?:than|over|under|nearly|almost|about|some|around|roughly|half|further|other|week|hundred|hundred and|thousand and|(?:{'|'.join(NUMBERS)}|\d) (?:or|to)) $|[–-]$|\d[.,]$",
    re.IGNORECASE,
)
_LASTED = re.compile(  # a stretch of time or a bound, no point in it: "for two days after", "within two days after"
    r"\b(?:for|within|in|during|over|the|those|first|last|next|least|most|to|barely|hardly|every|each|until|past) $",
    re.IGNORECASE,
)
_NO_COUNT = re.compile(r" than\b| that\b")  # "two years later than planned", "the year before that"
_STOP = re.compile(r"[.!?][”\"’')\]]*\s|\n\s*\n")
SUPERLATIVE = re.compile(  # "for the first time since"
    r"\b(?:\w{2,}(?:est|er)|worst|best|most|least|first|more|less)\b[^.;,]{0,30} since (?:\w+ )?$", re.IGNORECASE
)
_BORN = re.compile(r"\bborn (?:on |in )?$", re.IGNORECASE)
_SAID = re.compile(r"\b(?:said|says|told|added|announced|wrote|reported)\b[^.;,]{0,30} on $", re.IGNORECASE)
_IN_YEAR = re.compile(
    r"\b(?:in|of|since|by|from|until|before|after|early|late|for|year|during|throughout|to|and|autumn|summer|spring) $", re.IGNORECASE
)
_BUSINESS = re.compile(r"\b(?:months?|year|quarter|half) (?:to|ended|ending)(?: \d+)? $", re.IGNORECASE)

_ENTRY = re.compile(r"[ \t]*(?:[-•*–] ?)?$")  # before the day of a line of a timeline,
_TELLS = re.compile(r"[ \t]*[-–—:|][ \t]+\S")  # and behind it
HALF_A_YEAR, TWO_MONTHS = timedelta(days=183), timedelta(days=62)
FEW = 4  # words beside the date of an article on its line
RECENT = 20  # dates among which that of an event is looked for
WINDOW = 600  # characters around a date that its sentence has at most
_NEVER = re.compile(r"\b(?:no|not|never|nor|none|nothing|nobody|without)\b|n[’']t\b", re.IGNORECASE)


def count_from(match: re.Match[str], earlier: Sequence[DateMention], published: date | None) -> Period | None:
    """The days that the matched words mean after the one date that their sentence and the one before state; None where that is not clear.

    Dates that only say since when something is the highest, or when somebody spoke, are not counted from; one that was counted itself is.
    """
    text, start = match.string, match.start()
    if _INEXACT.search(text[:start]) or _NO_COUNT.match(text[match.end() :]):
        return None
    near = [m for m in earlier if start - m.end < CLOSE and len(_STOP.findall(text[m.end : start])) < 2]
    if any(_BORN.search(text[: m.start]) for m in near):
        return None
    near = [m for m in near if not _is_dateline(m, text)]
    near = [m for m in near if not SUPERLATIVE.search(text[: m.start]) and not _SAID.search(text[: m.start])]
    if not near or not (_COUNTED.search(near[-1].text) or len(near) == 1) or not _stands(near[-1], text):
        return None
    back = bool(_BACK.search(match.group()))
    found = _weekday(near[-1].period, match, back=back) if match["besideday"] else _moved(near[-1].period, match.group(), back=back)
    coming = COMING.search(re.split(_STOP, text[:start])[-1])
    return None if found is None or (published and found.first > published and not back and not coming) else found


def count_from_now(match: re.Match[str], published: date, text: str) -> Period | None:
    """What "three days ago" and "two weeks from today" mean; not "Monday two weeks ago"."""
    if re.search(rf"(?:{A_WEEKDAY}|{A_MONTH})(?: {A_DAY})? $", text[: match.start()]) or re.match(rf" {A_WEEKDAY}", text[match.end() :]):
        return None  # "Monday two weeks ago"
    if match["sense"].startswith("from"):
        return replace(shifted(published, count_of(match["count"]), unit_of(match["unit"])), about=False)
    if unit_of(match["unit"]) == "year" and text.startswith(" today", match.end()):
        return on(published.replace(year=published.year - count_of(match["count"])))
    ago = shifted(published, -count_of(match["count"]), unit_of(match["unit"]))
    if match["agothis"] and unit_of(match["unit"]) == "year":
        return of_month(ago.first.year, published.month)
    return of_month(ago.first.year, month_number(match["agomonth"])) if match["agomonth"] else ago


def counted(match: re.Match[str], reached: Period | None, published: date | None) -> Period | None:
    """The days that lie as far from a date as the matched words say: "two days" in "two days after the vote of 3 May"; not "for two days after it"."""
    before = match.string[: match.start()]
    if _INEXACT.search(before) or _LASTED.search(before):
        return None
    found = _moved(reached, match["apart"], back=match["from"].startswith(" before"))
    ahead = found and published and found.first > published and not COMING.search(re.split(_STOP, before)[-1])
    return None if ahead else found


def counted_from_event(match: re.Match[str], earlier: Sequence[DateMention], published: date | None) -> Period | None:
    """The days that "two days after the vote" means where all sentences before its own that tell of a vote and have a date, one alone, have the same day."""
    text, start = match.string, match.start()
    before = text[max(0, start - WINDOW) : start]
    event = stem(match["event"])
    if _INEXACT.search(before) or _LASTED.search(before) or event[:4] not in text[:start].lower():
        return None
    near = earlier[-RECENT:]
    told = [m for n, m in enumerate(near) if _STOP.search(text, m.end, start) and event in _told_with(text, near, n)]
    days = {m.period for m in told}
    period = next(iter(days)) if len(days) == 1 else None
    if period is None or not period.day:
        return None
    found = _moved(period, match["span"], back=match["side"] == "before")
    if found and re.search(r"\bexactly $", before, re.IGNORECASE):
        found = _on_the_day(found, period.day)
    sentence = re.split(_STOP, before)[-1] + re.split(_STOP, text[match.end() : match.end() + WINDOW])[0]
    came = any(is_past_form(t.folded) for t in tokens(sentence) if not t.is_name)
    return None if found and published and found.first > published and came else found


def _told_with(text: str, mentions: Sequence[DateMention], n: int) -> frozenset[str]:
    """The stems of the sentence of the nth date; none where it has another, where the date says when somebody spoke, or where something was not."""
    at, after = mentions[n].start, mentions[n].end
    start = max((m.end() for m in _STOP.finditer(text, max(0, at - WINDOW), at)), default=max(0, at - WINDOW))
    stop = _STOP.search(text, after, after + WINDOW)
    end = stop.start() if stop else min(len(text), after + WINDOW)
    others = [m for m in (*mentions[max(0, n - 1) : n], *mentions[n + 1 : n + 2]) if start <= m.start < end]
    before = text[start:at]
    if others or _SAID.search(before) or SUPERLATIVE.search(before) or _BORN.search(before) or _NEVER.search(text, start, end):
        return frozenset()
    return frozenset(stem(t.folded) for t in tokens(text[start:end]))


def _on_the_day(period: Period, day: date) -> Period:
    """The same day of a month, or of a year."""
    month = period.first.month if period.first.month == period.last.month else day.month
    return on(date(period.first.year, month, min(day.day, monthrange(period.first.year, month)[1]))) if not period.day else period


def listed(match: re.Match[str], stated: str, earlier: Sequence[DateMention], published: date | None) -> Period | None:
    """The day of a line of a timeline, in the order of the lines before and not far from the last: "9 December 2024 - ...", "11 February - ..." of 2025."""
    text = match.string
    before = [m.period.day for m in earlier if m.period and m.period.day and _is_entry(text, m.start, m.end)]
    if not before or not _is_entry(text, match.start(), match.end()) or COMING.search(text[match.end() :].split("\n")[0]):
        return None
    last, ahead = before[-1], before[-1] - before[-2] if len(before) > 1 else timedelta()
    days = [day for year in (-1, 0, 1) if (day := full_date(f"{stated} {last.year + year}")) and day <= (published or day)]
    onward = [day for day in days if day == last or (day > last) == (ahead >= timedelta())]
    if not (onward or ahead):  # the second line lies back
        onward = [day for day in days if last - day < TWO_MONTHS]
    near = min(onward, key=lambda day: abs(day - last), default=None)
    named = match["both"]
    fits = near and abs(near - last) < HALF_A_YEAR and (not named or named.startswith(f"{near:%A}"))
    return on(near) if near and fits else None


def _is_entry(text: str, start: int, end: int) -> bool:
    return bool(_ENTRY.fullmatch(text[text.rfind("\n", 0, start) + 1 : start]) and _TELLS.match(text, end))


def in_month(match: re.Match[str], earlier: Sequence[DateMention]) -> Period | None:
    """The day of the month that was last spoken of, close by: "the 29th of that month"."""
    period = earlier[-1].period if earlier and match.start() - earlier[-1].end < CLOSE else None
    same = period and (period.first.year, period.first.month) == (period.last.year, period.last.month)
    return on(period.first.replace(day=ordinal_of(match["dayin"]))) if period and same else None


def _is_dateline(mention: DateMention, text: str) -> bool:
    """Whether a date stands on a line with hardly another word: the article's own, above the story."""
    start, end = text.rfind("\n", 0, mention.start) + 1, text.find("\n", mention.end)
    line = text[start : end if end >= 0 else len(text)]
    return start < mention.end <= end and len(line.split()) <= len(mention.text.split()) + FEW and not re.search(r"[.!?]\W*$", line)


def _stands(mention: DateMention, text: str) -> bool:
    """Whether figures that look like a year are one, and no business year."""
    before = text[: mention.start]
    return not _BUSINESS.search(before) and (not mention.text.isdigit() or bool(_IN_YEAR.search(before)))


def _weekday(start: Period | None, match: re.Match[str], *, back: bool) -> Period | None:
    """The first such weekday after a day, or the last before it: "the following Tuesday"."""
    if start is None or not start.day:
        return None
    return weekday(match["whichday"], start.first - timedelta(days=back), ahead=not back)


def _moved(start: Period | None, words: str, *, back: bool) -> Period | None:
    """As many units after a stretch of days, or before it; None where the stretch is longer than the unit."""
    unit = unit_of(_UNIT.search(words).group())  # type: ignore[union-attr]  # it has one
    unit = "day" if unit in _PARTS else unit
    counted = re.match(rf"{'|'.join(NUMBERS)}|an?\b|\d+", words, re.IGNORECASE)
    steps = (count_of(counted.group()) if counted else 1) * (-1 if back else 1)
    if start is None or start.about or unit == "decade":
        return None
    if start.day:
        return neighbour("week", steps, start.first) if unit == "week" and not counted else shifted(start.first, steps, unit)
    same_year = start.first.year == start.last.year
    whole = same_year and (unit == "year" or (unit == "month" and start.first.month == start.last.month))
    return shifted(start.first, steps, unit) if whole else None
