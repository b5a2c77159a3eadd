"""Changes that make a true sentence false: a figure, a name, two things in each other's place, "not", how much, how sure, a detail too many."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_NAME = re.compile(r"(?<=[\w,] )[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*")
_NUMBERS = "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty hundred thousand million".split()
_MONTHS = "January February March April June July August September October November December".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_FIGURE = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*(?![\w]|[.,]\d)")
_AUXILIARY = re.compile(r"\b(is|are|was|were|has|have|had|will|can|could|would|did|does|do)\b(?! not|n['’]t)")
_NEGATION = re.compile(r" (?:not|never)\b|(?<=[a-z])n['’]t\b")
_HEDGED = (  # how sure, how much: a change for the worse
    (re.compile(r"\b(?:may|might|could|should|would) (?=[a-z])"), "will "),
    (
        re.compile(
            r"\b(?:is|are|was|were) (?:expected|planned|scheduled|due|supposed|likely|believed|thought|said|reported|intended) to (?=[a-z])"
        ),
        "will ",
    ),
    (
        re.compile(
            r"\b(?:plans?|planned|hopes?|hoped|wants?|wanted|intends?|intended|tried|agreed|refused|offered|failed|aims?|threatened) to (?=[a-z])"
        ),
        "did ",
    ),
    (re.compile(r"\b(?:probably|possibly|perhaps|allegedly|reportedly|partly|mostly|nearly|almost|hardly) "), ""),
)
_QUANTIFIED = (
    ("most", "all"), ("some", "all"), ("many", "all"), ("several", "most"), ("few", "many"), ("a few", "many"), ("more than", "fewer than"), ("less than", "more than"),
    ("over", "under"), ("at least", "at most"), ("up to", "at least"), ("every", "no"), ("all", "no"), ("both", "neither of"), ("only", "not only"), ("first", "last"),
    ("before", "after"), ("after", "before"), ("north", "south"), ("south", "north"), ("east", "west"), ("west", "east"), ("increased", "decreased"), ("rose", "fell"),
    ("fell", "rose"), ("won", "lost"), ("lost", "won"), ("with", "without"), ("younger", "older"), ("largest", "smallest"), ("higher", "lower"), ("lower", "higher"),
    ("half", "a third"), ("often", "never"), ("sometimes", "always"), ("usually", "always"), ("against", "for"), ("began", "ended"), ("allowed", "banned"), ("men", "women"),
)  # fmt: skip
_ADDED = re.compile(r" (?:in|at|for|after|with|because of|near|under|despite) [^,.;:]{8,45}(?=\.$)")
Change = Callable[[], tuple[str, int, int] | None]  # a changed sentence, and where it was changed


@dataclass(frozen=True, slots=True)
class Stock:
    """What can be put into a sentence that its quote does not say: names and the ends of sentences of other texts."""

    names: Sequence[str]
    tails: Sequence[str]


def stock_of(texts: Sequence[str]) -> Stock:
    """The names and ends of sentences of some texts."""
    names = sorted({m.group() for text in texts for m in _NAME.finditer(text)})
    return Stock(names, [m.group() for text in texts for m in _ADDED.finditer(text)])


def changed(quote: str, sentence: str, stock: Stock, chance: random.Random) -> tuple[str, int, int] | None:
    """A sentence of a quote with one thing changed, and where: it does not follow any more. None where nothing can be changed."""
    changes: list[Change] = [
        lambda: _figure(quote, sentence, chance),
        lambda: _named(quote, sentence, stock.names, chance),
        lambda: _exchanged(sentence, chance),
        lambda: _negated(sentence),
        lambda: _replaced(sentence, _HEDGED, chance),
        lambda: _quantity(sentence, chance),
    ]
    chance.shuffle(changes)
    added: Change = lambda: _added(quote, sentence, stock.tails, chance)  # noqa: E731  # it can always be made, the others where there is something to change
    for change in [added] if chance.random() < 0.12 else [*changes, added]:
        found = change()
        if found and found[0] not in {quote, sentence}:
            return found
    return None


def _put(text: str, start: int, end: int, new: str) -> tuple[str, int, int]:
    return text[:start] + new + text[end:], start, start + max(1, len(new))


def _figure(quote: str, sentence: str, chance: random.Random) -> tuple[str, int, int] | None:
    """Another figure, number, month or day, one of the quote's where it has another."""
    for pool in (_MONTHS, _DAYS, _NUMBERS):
        found = list(re.finditer(rf"\b(?:{'|'.join(pool)})\b", sentence))
        if found and chance.random() < 0.8:
            old = chance.choice(found)
            there = [w for w in pool if w != old.group() and re.search(rf"\b{w}\b", quote) and not re.search(rf"\b{w}\b", sentence)]
            return _put(sentence, old.start(), old.end(), chance.choice(there or [w for w in pool if w != old.group()]))
    found = list(_FIGURE.finditer(sentence))
    if not found:
        return None
    old = chance.choice(found)
    there = sorted({m.group() for m in _FIGURE.finditer(quote)} - {m.group() for m in found})
    if there and chance.random() < 0.5:
        return _put(sentence, old.start(), old.end(), chance.choice(there))
    digits = [n for n, c in enumerate(old.group()) if c.isdigit()]
    n = chance.choice(digits)
    new = chance.choice([d for d in "123456789" if d != old.group()[n]])
    return _put(sentence, old.start(), old.end(), old.group()[:n] + new + old.group()[n + 1 :])


def _named(quote: str, sentence: str, names: Sequence[str], chance: random.Random) -> tuple[str, int, int] | None:
    """Another name, one of the quote's where it has another."""
    found = list(_NAME.finditer(sentence))
    if not found:
        return None
    old = chance.choice(found)
    there = sorted({m.group() for m in _NAME.finditer(quote) if m.group() not in sentence})
    return _put(sentence, old.start(), old.end(), chance.choice(there if there and chance.random() < 0.7 else names))


def _exchanged(sentence: str, chance: random.Random) -> tuple[str, int, int] | None:
    """Two names, figures or objects in each other's place."""
    for sort in chance.sample([_NAME, _FIGURE], 2):
        found = list(sort.finditer(sentence))
        if len({m.group() for m in found}) > 1:
            one, other = sorted(chance.sample(found, 2), key=lambda m: m.start())
            if one.group() != other.group() and not re.fullmatch(r",? (?:and|or) |, ", sentence[one.end() : other.start()]):
                swapped = (
                    sentence[: one.start()] + other.group() + sentence[one.end() : other.start()] + one.group() + sentence[other.end() :]
                )
                return swapped, one.start(), one.start() + len(other.group())
    return None


def _negated(sentence: str) -> tuple[str, int, int] | None:
    """With "not" where there was none, or without."""
    if match := _NEGATION.search(sentence):
        return _put(sentence, match.start(), match.end(), "")
    if match := _AUXILIARY.search(sentence):
        return _put(sentence, match.end(), match.end(), " not")
    return None


def _replaced(sentence: str, rules: Sequence[tuple[re.Pattern[str], str]], chance: random.Random) -> tuple[str, int, int] | None:
    found = [(m, new) for rule, new in rules for m in rule.finditer(sentence)]
    if not found:
        return None
    match, new = chance.choice(found)
    return _put(sentence, match.start(), match.end(), new)


def _quantity(sentence: str, chance: random.Random) -> tuple[str, int, int] | None:
    return _replaced(sentence, [(re.compile(rf"\b{old}\b"), new) for old, new in _QUANTIFIED], chance)


def _added(quote: str, sentence: str, tails: Sequence[str], chance: random.Random) -> tuple[str, int, int] | None:
    """With a detail of another text at its end."""
    tail = chance.choice(tails) if tails else ""
    if not sentence.endswith(".") or tail in quote:
        return None
    return _put(sentence, len(sentence) - 1, len(sentence) - 1, tail)
