"""A follow-up that names another time, "And in 2021?", and the question before it, asked of that time."""

from __future__ import annotations

import re

from rag.dates import find_dates
from rag.periods import MONTHS, WEEKDAYS
from rag.text import STOPWORDS, content_tokens, tokens

_NEIGHBOUR_YEAR = re.compile(
    r"\b(?:(?:the|a) )?(?:(?P<back>(?:year|season) (?:before|earlier)|previous (?:year|season))|(?P<on>(?:year|season) (?:after|later)|(?:following|next) (?:year|season)))\b",
    re.IGNORECASE,
)
_PRESENT = frozenset({"now", "nowadays", "currently", "at present", "these days", "today"})
_NO_PREPOSITION = r"(?:last|this|next|yesterday|today|tomorrow)\b"  # what stands before no such time


def time_in(rest: str, before: str) -> str:
    """The time that a follow-up consists of, with its preposition; "" when it is something else."""
    if (present := rest.rstrip("?!. ").lower()) in _PRESENT and find_dates(before):
        return present
    rest = re.sub(r"^back (?=\w)", "", rest, flags=re.IGNORECASE)
    stated = [(start, end) for start, end, years in _times(before) if years]
    if (near := _NEIGHBOUR_YEAR.search(rest)) and (stated or near.group().lower() != "next year"):
        if not stated or len(content_tokens(rest)) > 2:
            return ""
        return f"in {_moved(before[slice(*stated[-1])], 1 if near['on'] else -1)}"
    rest = re.sub(r"^(?:last|this|next) year, (?=in (?:19|20)\d\d\W*$)", "", rest, flags=re.IGNORECASE)
    shift = 0 if find_dates(rest) else len("in ")
    times = _times("in "[:shift] + rest)
    if not times:
        return ""
    around = rest[: max(0, times[0][0] - shift)] + rest[times[-1][1] - shift :]
    if any(t.folded not in STOPWORDS and t.folded not in {"year", "month", "spring", "summer", "autumn", "winter"} for t in tokens(around)):
        return ""
    return rest.rstrip("?!. ")


def _times(text: str) -> list[tuple[int, int, bool]]:
    """Where a text states times, of a season such as 2021/22 both years, and whether a year is among them."""
    found = []
    for mention in find_dates(text):
        season = re.match(r"[/–]\d\d(?!\d)", text[mention.end :])
        found.append((mention.start, mention.end + (season.end() if season else 0), bool(mention.period)))
    return found


def _moved(time: str, years: int) -> str:
    """A time so many years later: "March 2020" for "March 2021", "2020/21" for "2021/22"."""
    moved = re.sub(r"(?:19|20)\d\d(?!\d)", lambda m: str(int(m[0]) + years), time)
    return re.sub(r"(?<=\d[/–])\d\d$", lambda m: f"{(int(m[0]) + years) % 100:02}", moved)


def at_time(when: str, before: str) -> str:
    """The question before it, asked of another time."""
    prepositions = r"(?:in|on|since|before|after|until|during|by|for|from)"
    when = re.sub(rf"^(?:{prepositions}\b|{_NO_PREPOSITION})", lambda m: m.group().lower(), when, flags=re.IGNORECASE)
    there = [(start, end) for start, end, _years in _times(before)]
    if not there:
        led = re.match(rf"{prepositions} |{_NO_PREPOSITION}", when)
        return f"{before.rstrip('?!. ')} {'' if led else 'on ' if when.lower() in WEEKDAYS else 'in '}{when}?"
    start, end = there[-1]
    if when.split()[-1].lower() in MONTHS and (year := re.search(r"(?:^| )((?:19|20)\d\d)$", before[start:end])):
        when += f" {year[1]}"  # the month of the same year
    if when in _PRESENT:
        led = re.search(rf"(?:\b{prepositions} (?:the )?)?$", before[:start], re.IGNORECASE)
        return before[: led.start() if led else start] + when + before[end:]
    own = re.search(
        rf"\b{prepositions} (?:the (?:whole|course|year|month|spring|summer|autumn|winter)(?: of)? )?$", before[:start], re.IGNORECASE
    )
    if own and re.match(rf"{prepositions} |{_NO_PREPOSITION}", when, re.IGNORECASE):
        return before[: own.start()] + when + before[end:]
    return before[:start] + (when if own else re.sub(rf"^{prepositions} ", "", when)) + before[end:]
