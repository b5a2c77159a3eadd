"""A follow-up that names another time, "And in 2021?", and the question before it, asked of that time."""

from __future__ import annotations

import re

from rag.dates import find_dates
from rag.periods import MONTHS, WEEKDAYS
from rag.text import STOPWORDS, content_tokens, tokens

_NEIGHBOUR_YEAR = re.compile(
    r"\b(?:(?:the|a) )?(?:(?P<back>year (?:before|earlier)|previous year)|(?P<on>year (?:after|later)|(?:following|next) year))\b",
    re.IGNORECASE,
)
_PRESENT = frozenset({"now", "nowadays", "currently", "at present", "these days", "today"})
_NO_PREPOSITION = r"(?:last|this|next|yesterday|today|tomorrow)\b"  # what stands before no such time


def time_in(rest: str, before: str) -> str:
    """The time that a follow-up consists of, with its preposition; "" when it is something else."""
    if (present := rest.rstrip("?!. ").lower()) in _PRESENT and find_dates(before):
        return present
    rest = re.sub(r"^back (?=\w)", "", rest, flags=re.IGNORECASE)
    if near := _NEIGHBOUR_YEAR.search(rest):
        stated = [m for m in find_dates(before) if m.period]
        if not stated or len(content_tokens(rest)) > 2:
            return ""
        year = stated[-1].period.first.year if stated[-1].period else 0
        return f"in {stated[-1].text.replace(str(year), str(year + (1 if near['on'] else -1)))}"
    mentions = find_dates(rest) or find_dates(f"in {rest}")
    if not mentions:
        return ""
    shift = 0 if find_dates(rest) else 3
    around = rest[: max(0, mentions[0].start - shift)] + rest[mentions[-1].end - shift :]
    if any(t.folded not in STOPWORDS and t.folded not in {"year", "month", "spring", "summer", "autumn", "winter"} for t in tokens(around)):
        return ""
    return rest.rstrip("?!. ")


def at_time(when: str, before: str) -> str:
    """The question before it, asked of another time."""
    prepositions = r"(?:in|on|since|before|after|until|during|by|for|from)"
    when = re.sub(rf"^(?:{prepositions}\b|{_NO_PREPOSITION})", lambda m: m.group().lower(), when, flags=re.IGNORECASE)
    there = [(m.start, m.end) for m in find_dates(before)]
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
