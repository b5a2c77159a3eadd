"""What a question asks: whether it can be asked at all, completed from the conversation, and taken apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.errors import QuestionError
from rag.lexicon import place
from rag.text import STOPWORDS, Token, content_tokens, named_runs, squash, tokens
from rag.types import Turn

LONGEST = 1000  # characters

_IN = re.compile(r"\b(?:in|at|inside|near) (?:the )?(?:[a-z]+ )?$", re.IGNORECASE)
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*(?!\w)")
_COMMON = frozenset("ceo cfo pm fm mp mps tv ai gdp hq km".split())  # capitals that name nobody
_LEANING = re.compile(
    r"^(?:and|but|so|what about|how about|ok|also|then)\b|\b(?:it|its|he|him|his|she|her|they|them|their|that|this|those|there)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and what it was taken apart into: its content words, names, places and figures."""

    question: str
    words: tuple[Token, ...]
    names: tuple[tuple[Token, ...], ...]  # runs: (Ida, Holm)
    places: tuple[Token, ...]  # countries and capitals in which something is said to have been
    figures: frozenset[str]  # written in digits: "three" may be meant loosely


def ask(question: str) -> Asked:
    """Take a question apart.

    >>> asked = ask("How many sailors died in Bergen?")
    >>> [t.text for t in asked.words], [t.text for run in asked.names for t in run]
    (['sailors', 'died', 'Bergen'], ['Bergen'])
    """
    words = tuple(content_tokens(question))
    return Asked(question, words, _names(question, words), tuple(located(question)), frozenset(_DIGITS.findall(question)))


def _names(question: str, words: Sequence[Token]) -> tuple[tuple[Token, ...], ...]:
    """Runs of name words; in a question without capitals, the countries, peoples and capitals that it names."""
    opening = [t for t in tokens(question) if not re.search(r"[^.?!:;–—]$", question[: t.start].rstrip())]
    meaning = {t for t in words if t.folded not in _COMMON} - ({t for t in opening if not place(t.folded)} if len(words) > 1 else set())
    runs = [] if question.isupper() else [tuple(t for t in run if t in meaning) for run in named_runs(question)]
    lower = [(t,) for t in words if place(t.folded) and not any(t in run for run in runs)]
    return tuple(run for run in [*runs, *lower] if run)


def located(text: str) -> list[Token]:
    """The countries and capitals that `text` says something was in.

    >>> [t.text for t in located("They met in the Austrian capital, in Vienna, about Peru.")]
    ['Austrian', 'Vienna']
    """
    return [t for t in tokens(text) if place(t.folded) and _IN.search(text, max(0, t.start - 40), t.start)]


def check_question(question: str) -> str:
    """The question with single spaces. Raises QuestionError when it is empty, without letters, or too long."""
    asked = squash(question.replace("\x00", " ").encode("utf-8", "replace").decode())
    if not any(c.isalpha() for c in asked):
        raise QuestionError("the question has no words; type a question in words")
    if len(asked) > LONGEST:
        raise QuestionError(f"the question has {len(asked):,} characters; ask in {LONGEST:,} or fewer")
    return asked


def resolve(question: str, history: Sequence[Turn] = ()) -> str:
    """A follow-up that leans on what was said ("And where?") with the last question that stands alone; others unchanged."""
    if not history or not _leans(question):
        return question
    alone = next((turn.question for turn in reversed(history) if not _LEANING.search(turn.question)), history[0].question)
    return f"{alone} {question}"[:LONGEST]


def _leans(question: str) -> bool:
    """Whether a question points back: a word such as "he" or "then", or too few words of its own, and no name that says whom it is about."""
    if not _LEANING.search(question) and len(content_tokens(question)) > 1:
        return False
    named = any(t.is_name and t.folded not in STOPWORDS for t in tokens(question)[1:])
    return not named or bool(re.match(r"(?:and|but|what about|how about)\b", question, re.IGNORECASE))
