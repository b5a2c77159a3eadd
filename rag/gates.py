"""Plain gates on evidence, which speak only where they are sure: a name, a place or a figure of the question that the article never
mentions, and a kind of answer (date, number, person) that the words pointed at are not.
"""

from __future__ import annotations

import re

from rag.dates import find_dates
from rag.lexicon import figures, mentions_name, place, related
from rag.question import Asked, located
from rag.text import Token, tokens
from rag.views import View

_THERE = re.compile(
    r"\b(?:(?:in|at|inside|near|outside)(?: the)?|visit\w*(?: to)?|(?:trip|journey|travel\w*|fl[ey]w|go|goes|went|came|return\w*|invit\w*)(?: \w+){0,3} to)"
    r"(?: [a-z]+)? $",
    re.IGNORECASE,
)


def missing(asked: Asked, view: View) -> str:
    """What of the question the article never mentions: a name, a figure, or the place where it is said to have been."""
    for run in asked.names:
        if not mentions_name(run, view.article):
            return run[-1].text
    there = located(view.text)
    for name in asked.places:
        if there and name.folded not in view.words and not any(related(name.folded, t.folded) for t in there):
            return name.text
    stated = view.article | ({str(view.document.published.year)} if view.document.published else set())
    return next((figure for figure in sorted(asked.figures) if figure.replace(",", "") not in stated), "")


def placed(asked: Asked, view: View) -> bool:
    """Whether the places where the question says something was are near the sentence, or it, or all that the title tells of, was in their
    country or capital.

    A capital must be said to be where something was: "Vienna" alone may stand for a government ("asked Vienna to help").
    """
    there = located(view.text) + located(view.document.title)
    return all(_near(name, view) or any(related(name.folded, t.folded) for t in there) for name in asked.places)


def _near(name: Token, view: View) -> bool:
    kind = place(name.folded)
    if kind is None or kind[1] != "capital":
        return name.folded in view.near
    return any(t.folded == name.folded and _THERE.search(view.around, max(0, t.start - 60), t.start) for t in tokens(view.around))


def fits(asked: Asked, value: str) -> bool:
    """Whether the words that are said to answer are of the asked kind."""
    if asked.kind == "date":
        return bool(find_dates(value) or _period(value) or figures(value))
    if asked.kind == "number":
        return bool(figures(value))
    return asked.kind != "person" or any(token.is_name for token in tokens(value))


def _period(text: str) -> str:
    match = re.search(
        r"\b(?:in|last|this|next|early|late|earlier|since|a) (?:(?:the )?(?:spring|summer|autumn|fall|winter|\d{4}s)|week|month|year|(?:month|week|year|day)s?"
        r" (?:ago|after|before|earlier|later))\b",
        text,
    )
    return match.group() if match else ""
