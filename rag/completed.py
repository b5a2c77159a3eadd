"""Text with the days in square brackets after each date that its article leaves partial: "Monday (Oct 23) [23 October 2023]"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from rag.dates import find_dates
from rag.periods import DateMention
from rag.types import Document, Span

_WRAPPED = re.compile(r"(?<=[a-z,;])\n(?=[A-Za-z(\d])|(?<=\d)\n(?=[A-Z][a-z]{2})")  # a line that ends within a sentence


@dataclass(frozen=True, slots=True)
class Bracket:
    """Days that were added behind a date: where the date stands in the article, from start to end, and how many characters they take."""

    start: int
    end: int
    length: int


@dataclass(frozen=True, slots=True)
class Completed:
    """A stretch of an article from `start` on with its dates completed."""

    text: str
    start: int
    brackets: tuple[Bracket, ...] = ()

    def there(self, at: int) -> int:
        """Where in `text` a character of the article stands."""
        return at - self.start + sum(b.length for b in self.brackets if b.end <= at)

    def back(self, start: int, end: int) -> Span:
        """The part of the article from which a part of `text` was made; of the inside of a bracket, the date before it."""
        first, last = self._back(start), self._back(end)
        return Span(first[0], max(first[0], last[1]))

    def _back(self, at: int) -> tuple[int, int]:
        """Where in the article what begins at a character of `text` begins, and where what ends there ends."""
        at += self.start
        for bracket in self.brackets:
            if at <= bracket.end:
                break
            if at < bracket.end + bracket.length:
                return bracket.start, bracket.end
            at -= bracket.length
        return at, at


@lru_cache(maxsize=256)
def dates_of(document: Document) -> tuple[DateMention, ...]:
    """Every date of an article, whose lines may be broken within a sentence."""
    return tuple(find_dates(_WRAPPED.sub(" ", document.text), document.published))


def completed(article: str, start: int, end: int, mentions: Iterable[DateMention]) -> Completed:
    """What stands from start to end of an article, whose `mentions` these are.

    >>> text = "It broke on Monday. It was mended."
    >>> here = completed(text, 0, len(text), find_dates(text, date(2023, 10, 24)))
    >>> here.text, here.there(20), here.back(38, 40).of(text), here.back(20, 35).of(text)
    ('It broke on Monday [23 October 2023]. It was mended.', 38, 'It', 'Monday')
    """
    pieces, at, added = [], start, []
    for mention in mentions:
        behind = mention.end + (2 if article[mention.end :][:2] in {"'s", "’s"} else 0)
        if mention.period and not mention.complete and start <= mention.start and behind <= end:
            pieces += [article[at:behind], f" [{mention.period}]"]
            at = behind
            added.append(Bracket(mention.start, behind, len(pieces[-1])))
    return Completed("".join([*pieces, article[at:end]]), start, tuple(added))


def complete_dates(text: str, published: date | None, *, of: str = "", before: str = "") -> str:
    """`text` with the days in square brackets after each date that its article leaves partial; where `text` was cut from the
    sentence `of`, with the days that the dates mean there, and `before` are the words before that.

    >>> complete_dates("They met on Monday (Oct 23).", date(2023, 10, 24))
    'They met on Monday (Oct 23) [23 October 2023].'
    >>> complete_dates("It was closed last month.", date(2023, 10, 24))
    'It was closed last month [September 2023].'
    """
    whole = find_dates(of or text, published, before=before)
    meant = {m.text: m.period for m in whole if m.period is not None and all(n.period == m.period for n in whole if n.text == m.text)}
    here = [replace(m, period=meant[m.text]) for m in find_dates(text) if m.text in meant]
    return completed(text, 0, len(text), here).text
