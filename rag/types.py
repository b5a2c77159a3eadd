"""The nouns: frozen records that every other room passes around. They hold facts and guard them; they decide nothing."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of characters, `text[start:end]`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Document:
    """One article, its text unchanged. `published` is read from the article, never guessed, and `text[dated.start:dated.end]` are the characters that
    say so; `updated` is a later date that it states beside it. Each is None when it does not say.
    """

    doc_id: str
    title: str
    text: str
    outlet: str | None = None
    published: date | None = None
    url: str | None = None
    path: str | None = None
    updated: date | None = None
    dated: Span | None = None

    @property
    def dateline(self) -> str:
        """Who published it and when, for people: `Bay Post, 3 May 2024`; `undated` where the article does not say."""
        when = long_date(self.published) if self.published else "undated"
        return f"{self.outlet or self.title}, {when}"


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences of one document; always `document.text[start:end] == text`."""

    passage_id: str
    doc_id: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class ScoredPassage:
    """A retrieved passage. `rank` counts from 1; `score` compares only within one search."""

    passage: Passage
    score: float
    rank: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence of an article that answers the question.

    `score` in [0, 1] is how likely it answers; `value` is the part that answers ("" where the whole sentence does),
    always a substring of `text`; `document.text[start:end] == text`. `untimely` in [0, 1] is how little it fits the time asked about.
    """

    document: Document
    start: int
    end: int
    text: str
    score: float
    value: str = ""
    untimely: float = 0.0


@dataclass(frozen=True, slots=True)
class Citation:
    """The quote that backs a sentence; always `document.text[start:end] == quote`."""

    marker: int
    doc_id: str
    title: str
    outlet: str | None
    published: date | None
    url: str | None
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One shown sentence; `quoted` when it is the evidence itself and not the writer's, `value` the words of its quote that answer, "" where all of
    it does. Raises ValueError without a citation: nothing unsupported can be shown.
    """

    text: str
    citations: tuple[Citation, ...]
    quoted: bool = False
    value: str = ""

    def __post_init__(self) -> None:
        if not self.text.strip() or not self.citations:
            raise ValueError("a shown sentence needs text and at least one citation")


@dataclass(frozen=True, slots=True)
class Reading:
    """One value and the citations that give it. Raises ValueError without a citation."""

    value: str
    citations: tuple[Citation, ...]

    def __post_init__(self) -> None:
        if not self.citations:
            raise ValueError("a reading needs at least one citation")


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Independent articles that give different values for the same thing, the earliest first, undated ones last; `update` where the last of them
    comes from an outlet that gave another value before, or says that it corrects one. `about` is the question.
    """

    about: str
    readings: tuple[Reading, ...]
    update: bool = False

    @property
    def text(self) -> str:
        """What is shown: each value with its markers and dates, the later one named as later."""
        sides = [_side(reading, later=n > 0 and is_later(self.readings[n - 1], reading)) for n, reading in enumerate(self.readings)]
        return f"{'Later changed' if self.update else 'The articles disagree'}: {'; '.join(sides)}."


@dataclass(frozen=True, slots=True)
class Answer:
    """What is shown. Answered: at least one sentence. Not answered: a reason in words, and the nearest passages.

    `corroborating` are quotes of independent outlets that give the value of the first sentence too. `resolved` is a follow-up as it was completed from the conversation, None for a question that stands alone. `as_of` holds the publication dates
    that the answer rests on, oldest first; `timings` are seconds by step. Raises ValueError when these do not agree.
    """

    question: str
    sentences: tuple[Sentence, ...]
    answered: bool
    reason: str | None
    passages: tuple[ScoredPassage, ...]
    model: str
    disagreements: tuple[Disagreement, ...] = ()
    corroborating: tuple[Citation, ...] = ()
    as_of: tuple[date, ...] = ()
    timings: dict[str, float] = field(default_factory=dict)
    resolved: str | None = None

    def __post_init__(self) -> None:
        if self.answered != bool(self.sentences):
            raise ValueError("an answer is answered exactly when it has sentences")
        if not self.answered and not self.reason:
            raise ValueError("a refusal needs a reason")

    @property
    def text(self) -> str:
        """The sentences with their markers and what articles disagree on, or the reason for the refusal."""
        if not self.answered:
            return str(self.reason)
        return " ".join([*(marked(s) for s in self.sentences), *(d.text for d in self.disagreements)])

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Each citation once, by marker."""
        found = {c.marker: c for s in self.sentences for c in s.citations}
        found |= {c.marker: c for d in self.disagreements for r in d.readings for c in r.citations}
        found |= {c.marker: c for c in self.corroborating}
        return tuple(found[marker] for marker in sorted(found))

    def to_dict(self) -> dict[str, Any]:
        """Plain values only, ready for `json.dumps`; dates in ISO form."""
        plain: dict[str, Any] = _plain(dataclasses.asdict(self))
        return plain | {"text": self.text, "citations": [_plain(dataclasses.asdict(c)) for c in self.citations]}

    def __str__(self) -> str:
        asked = [f"({self.resolved})"] if self.resolved else []
        alike = [f"Others say the same: {' '.join(f'[{c.marker}]' for c in self.corroborating)}."] if self.corroborating else []
        return "\n".join([*asked, self.text, *alike, *(f"  {cited(c)}" for c in self.citations)])


@dataclass(frozen=True, slots=True)
class Turn:
    """One exchange of a conversation."""

    question: str
    answer: Answer


def _side(reading: Reading, *, later: bool) -> str:
    cited = ", ".join(
        f"{c.outlet or c.title}, {long_date(c.published) if c.published else 'undated'} [{c.marker}]" for c in reading.citations
    )
    return f"{'later ' if later else ''}“{reading.value.rstrip('.')}” ({cited})"


def first_of_each(found: Iterable[Item], document: Callable[[Item], Document]) -> list[Item]:
    """The first of what was found in each article."""
    first: dict[str, Item] = {}
    for item in found:
        first.setdefault(document(item).doc_id, item)
    return list(first.values())


def is_later(before: Reading, after: Reading) -> bool:
    """Whether all that give a value are dated, and after all that give the one before."""
    first, last = ([c.published for c in r.citations] for r in (before, after))
    known = [day for day in (*first, *last) if day is not None]
    return len(known) == len(first) + len(last) and max(known[: len(first)]) < min(known[len(first) :])


def long_date(day: date) -> str:
    """`23 October 2023`, whatever the locale.

    >>> long_date(date(2023, 10, 3))
    '3 October 2023'
    """
    months = "January February March April May June July August September October November December".split()
    return f"{day.day} {months[day.month - 1]} {day.year}"


def marked(sentence: Sentence) -> str:
    """A sentence followed by its markers: `They met. [1]`"""
    return sentence.text + " " + "".join(f"[{c.marker}]" for c in sentence.citations)


def cited(citation: Citation) -> str:
    """One line for a terminal: marker, dateline, title and quote."""
    when = long_date(citation.published) if citation.published else "undated"
    where = ", ".join(filter(None, (citation.outlet, citation.title, when)))
    return f'[{citation.marker}] {where}: "{" ".join(citation.quote.split())}"'


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
