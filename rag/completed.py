"""Text with the days in square brackets after each date that its article leaves partial: "Monday (Oct 23) [23 October 2023]"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from rag.dates import DateMention, find_dates


@dataclass(frozen=True, slots=True)
class Completed:
    """A stretch of an article from `start` on with its dates completed; `added`: before which character of the article how many stand that it lacks."""

    text: str
    start: int
    added: tuple[tuple[int, int], ...]

    def there(self, at: int) -> int:
        """Where in `text` a character of the article stands."""
        return at - self.start + sum(length for where, length in self.added if where <= at)

    def back(self, at: int) -> int:
        """Which character of the article stands somewhere in `text`; of a bracket, the one behind it."""
        for where, length in reversed(self.added):
            if at >= self.there(where) - length:
                return max(where, where + at - self.there(where))
        return at + self.start


def completed(article: str, start: int, end: int, mentions: Iterable[DateMention]) -> Completed:
    """What stands from start to end of an article, whose `mentions` these are.

    >>> text = "It broke on Monday. It was mended."
    >>> here = completed(text, 0, len(text), find_dates(text, date(2023, 10, 24)))
    >>> here.text, here.there(20), here.back(37)
    ('It broke on Monday [23 October 2023]. It was mended.', 38, 19)
    """
    pieces, at, added = [], start, []
    for mention in mentions:
        behind = mention.end + (2 if article[mention.end :][:2] in {"'s", "’s"} else 0)
        if mention.period and not mention.complete and start <= mention.start and behind <= end:
            pieces += [article[at:behind], f" [{mention.period}]"]
            at = behind
            added.append((behind, len(pieces[-1])))
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
