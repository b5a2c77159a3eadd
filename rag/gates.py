"""Plain gates on evidence, which speak only where they are sure: a name, a place or a figure of the question that the article never
mentions, and a kind of answer (date, number, person, place, words said) that a sentence does not hold.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.dates import find_dates
from rag.lexicon import figures, forms, mentions_name, place, related, same_name
from rag.question import Asked, located
from rag.text import STOPWORDS, Token, named_runs, tokens
from rag.views import View

_LOCATED = re.compile(r"\b(?:in|at|near|to|from|of|on|into|inside|outside|across|off)\s+(?:the\s+)?(?:[a-z]+\s+){0,3}?(?=[A-Z])")
_SPEECH = re.compile(r"[\"“”]|\b(?:said|says?|saying|stat(?:ed|es|ing)|told|claim(?:ed|s|ing)|accus\w+|announc\w+|call(?:ed|s|ing)|add(?:ed|s|ing)|stress\w+"
                     r"|underlin\w+|emphasi[sz]\w+|express\w+|urg\w+|not(?:ed|ing)|warn\w+|argu\w+|insist\w+|describ\w+|according to|wished|hailed|pledged)\b")  # fmt: skip


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
    """Whether the places where the question says something was are near the sentence, or it was in their country or capital."""
    there = located(view.text)
    return all(name.folded in view.near or any(related(name.folded, t.folded) for t in there) for name in asked.places)


def fits(asked: Asked, value: str) -> bool:
    """Whether the words that are said to answer are of the asked kind."""
    if asked.kind == "date":
        return bool(find_dates(value) or _period(value) or figures(value))
    if asked.kind == "number":
        return bool(figures(value))
    return asked.kind != "person" or any(token.is_name for token in tokens(value))


def answers_kind(asked: Asked, view: View) -> bool:
    """Whether what would be quoted holds an answer of the asked kind."""
    quote = view.shown.of(view.document.text)
    return (
        bool(_SPEECH.search(quote))
        if asked.kind == "quote"
        else bool(value_of(asked, view.text) or (asked.kind == "person" and value_of(asked, quote)))
    )


def value_of(asked: Asked, text: str) -> str:
    """The words of a sentence that are of the asked kind and not already in the question; "" when there are none."""
    known = forms(asked.text)
    if asked.kind == "date":
        return next((m.text for m in find_dates(text) if not set(re.findall(r"\w+", m.text.lower())) <= known), "") or _period(text)
    if asked.kind == "number":
        return next((t.text for t in tokens(text) if figures(t.text) - asked.figures and t.folded != "one"), "")
    if asked.kind == "person":
        runs = [run for run in named_runs(text) if _new_name(run, known)]
        runs.sort(key=lambda run: any(place(t.folded) for t in run))  # people before countries
        return next((text[run[0].start : run[-1].end] for run in runs), "")
    if asked.kind == "place":
        for match in _LOCATED.finditer(text):
            run = next((r for r in named_runs(text) if r[0].start == match.end()), None)
            if run and _new_name(run, known):
                return text[run[0].start : run[-1].end]
    return ""


def _period(text: str) -> str:
    match = re.search(
        r"\b(?:in|last|this|next|early|late|earlier|since|a) (?:(?:the )?(?:spring|summer|autumn|fall|winter|\d{4}s)|week|month|year|(?:month|week|year|day)s?"
        r" (?:ago|after|before|earlier|later))\b",
        text,
    )
    return match.group() if match else ""


def _new_name(run: Sequence[Token], known: frozenset[str]) -> bool:
    return any(t.folded not in STOPWORDS and not any(same_name(t.folded, word) for word in known) for t in run)
