"""Training examples for the reader, made from public data: questions with a span, and many kinds of questions without one.
Where the paragraphs come from, and which are kept out of training, is `paragraphs`'s.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

from train.paragraphs import Example, Paragraph, copied, headed, held_out, near_misses, qamr, squadshifts
from train.unanswerable import PREPOSITION, cut, neighbour, refocused, removed, retrieved, swapped, transplanted
from train.written import written_examples

POLAR = 0.25  # of the questions that can be asked so are asked as yes/no questions
TERSE = 0.04  # are asked as people type into a search box
_POLAR = re.compile(
    r"(when|where|why|how|(?:in|on|at) (?:what|which) \w+|what (?:year|day|month|date)) (did|was|were|is|are|has|had|have|does|do) (.+?)\??$",
    re.IGNORECASE,
)
_ASKING = {"when": "date", "where": "place", "who": "name", "whose": "name", "many": "number", "much": "amount", "why": "reason"}


def training_examples(folder: Path, seed: int) -> list[Example]:
    """The public mixture and what was written for training, shuffled."""
    chance = random.Random(seed)
    examples = [*public_examples(folder, seed), *written_examples(chance)]
    chance.shuffle(examples)
    return examples


def public_examples(folder: Path, seed: int) -> list[Example]:
    """The mixture, shuffled; another seed makes other questions without an answer. Each source keeps its share whatever the order of its file."""
    chance = random.Random(seed)
    wiki = _train(squadshifts(folder / "squadshifts_new_wiki.jsonl"))
    misses = _train(near_misses(folder / "near_misses.jsonl"))
    news = _train(qamr(folder / "qamr.jsonl"))
    files = ("squadshifts_reddit.jsonl", "squadshifts_amazon_reviews.jsonl")
    talk = [replace(p, title="") for name in files for p in _train(squadshifts(folder / name))]  # their titles are numbers
    examples = [*_given(wiki, "wiki", chance), *_given(misses, "near miss", chance)]
    made = (
        (_given(news, "news", chance), 8000),
        (_given(talk, "talk", chance), 8000),
        (neighbour(wiki, chance), 1500),
        (retrieved([*wiki, *misses], chance), 4500),
        (retrieved(talk, chance), 1000),
        (removed([*wiki, *news, *misses], chance), 3000),
        (swapped([*wiki, *news, *misses], chance), 4500),
        (cut([*wiki, *misses, *talk], chance), 2000),
        (transplanted([*wiki, *news, *misses], chance), 5000),
        (refocused([*wiki, *news, *misses], chance), 2500),
    )
    for found, most in made:
        pool = list(found)
        examples += chance.sample(pool, min(most, len(pool)))
    chance.shuffle(examples)
    asked = [_polar(e, chance) if chance.random() < POLAR and e.kind != "cut" else e for e in examples]
    return [replace(e, question=_terse(e.question)) if chance.random() < TERSE else e for e in asked]


def reader_titles(folder: Path) -> frozenset[str]:
    """The titles that may stand in front of an example's text."""
    return frozenset(p.title for p in squadshifts(folder / "squadshifts_new_wiki.jsonl"))


def kept_out_examples(folder: Path, seed: int, most: int = 2000) -> list[Example]:
    """Questions over paragraphs that training never saw, half of them without an answer: for measuring."""
    chance = random.Random(seed)
    wiki = [p for p in squadshifts(folder / "squadshifts_new_wiki.jsonl") if held_out(p.text)]
    misses = [p for p in near_misses(folder / "near_misses.jsonl") if held_out(p.text)]
    answered = [e for e in (*_given(wiki, "wiki", chance), *_given(misses, "near miss", chance)) if e.start >= 0]
    without = [e for e in _given(misses, "near miss", chance) if e.start < 0] + list(neighbour(wiki, chance))
    return chance.sample(answered, min(most // 2, len(answered))) + chance.sample(without, min(most // 2, len(without)))


def _train(paragraphs: Iterable[Paragraph]) -> list[Paragraph]:
    """Those that are neither kept for measuring nor copies of what the project is judged on."""
    return [p for p in paragraphs if not held_out(p.text) and not copied(p)]


def _given(paragraphs: Sequence[Paragraph], kind: str, chance: random.Random) -> Iterator[Example]:
    for paragraph in paragraphs:
        for question, answer, start in paragraph.questions:
            yield headed(paragraph, Example(question, paragraph.text, start, start + len(answer) if start >= 0 else -1, kind), chance)


def _polar(example: Example, chance: random.Random) -> Example:
    """As a yes/no question where its form allows: "When did it end?" as "Did it end?" or "Did it end in 1998?", answered by the same words.

    Not for a paragraph whose answer was cut out: that it ended is still told there.
    """
    match = _POLAR.match(example.question)
    if not match:
        return example
    asking, verb, rest = match.groups()
    hinge = PREPOSITION.search(example.text[: max(0, example.start)])
    told = hinge.group().lstrip(",") + example.text[example.start : example.end] if hinge and chance.random() < 0.6 else ""
    if asking.lower() == "where" and not told:
        return example
    return replace(example, question=f"{verb.capitalize()} {rest}{told}?", kind="polar")


def _terse(question: str) -> str:
    """The words that carry the question, and what sort of thing is asked for.

    >>> _terse("When did the bridge open in Ellery?")
    'date bridge open Ellery'
    """
    words = [_ASKING.get(w.lower(), w) for w in re.findall(r"[\w’'.,-]*\w", question)]
    kept = [w for w in words if w.lower() not in ENGLISH_STOP_WORDS | {"did", "does"}]
    return " ".join(kept) if len(kept) > 2 else question
