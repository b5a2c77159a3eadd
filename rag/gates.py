"""Plain gates on evidence, which speak only where they are sure: a name, a place or a figure of the question that the article never mentions."""

from __future__ import annotations

import re

from rag.lexicon import mentions_name, place, related
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
