"""Changes that make a true sentence false: a figure, a name, two things in each other's place, "not", how much, how sure, a detail too many."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

NAME = re.compile(r"(?<=[\w,] )[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*")
_NUMBERS = "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty hundred thousand million".split()
_MONTHS = "January February March April June July August September October November December".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
FIGURE = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*(?![\w]|[.,]\d)")
_AUXILIARY = re.compile(r"\b(is|are|was|were|has|have|had|will|can|could|would|did|does|do)\b(?! not|n['’]t)")
_NEGATION = re.compile(r" (?:not|never)\b|(?<=[a-z])n['’]t\b")
_HEDGED = (  # how sure, how much: a change for the worse
    (re.compile(r"\b(?:may|might|could|should) (?=[a-z])"), "will "),
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
    (re.compile(r"\b(?:probably|possibly|perhaps|allegedly|reportedly|partly|mostly|nearly|almost|hardly|at least|at most|up to) "), ""),
    (re.compile(r",? (?:if|unless|provided that|as long as) [^,.;]{8,80}(?=\.$)"), ""),
    (re.compile(r"^(?:If|Unless) [^,.;]{8,80}, (?:then )?"), ""),
)
_QUANTIFIED = (
    ("most", "all"), ("some", "all"), ("many", "all"), ("several", "most"), ("few", "many"), ("a few", "many"), ("more than", "fewer than"), ("less than", "more than"),
    ("over", "under"), ("at least", "at most"), ("up to", "at least"), ("every", "no"), ("all", "no"), ("both", "neither of"), ("only", "not only"), ("first", "last"),
    ("before", "after"), ("after", "before"), ("north", "south"), ("south", "north"), ("east", "west"), ("west", "east"), ("increased", "decreased"), ("rose", "fell"),
    ("fell", "rose"), ("won", "lost"), ("lost", "won"), ("with", "without"), ("younger", "older"), ("largest", "smallest"), ("higher", "lower"), ("lower", "higher"),
    ("half", "a third"), ("often", "never"), ("sometimes", "always"), ("usually", "always"), ("against", "for"), ("began", "ended"), ("allowed", "banned"), ("men", "women"),
)  # fmt: skip
DIFFERENT = 3  # words at most of one sentence for those of another
_ADDED = re.compile(r" (?:in|at|for|after|with|because of|near|under|despite) [^,.;:]{8,45}(?=\.$)")
Change = Callable[[], tuple[str, int, int] | None]  # a changed sentence, and where it was changed


@dataclass(frozen=True, slots=True)
class Stock:
    """What can be put into a sentence: names and the ends of sentences of other texts, words for others that mean something else, or the same."""

    names: Sequence[str] = ()
    tails: Sequence[str] = ()
    unlike: Mapping[str, Sequence[str]] = field(default_factory=dict)
    alike: Mapping[str, Sequence[str]] = field(default_factory=dict)


def stock_of(texts: Sequence[str], pairs: Iterable[tuple[str, str, bool]]) -> Stock:
    """The names and ends of sentences of some texts; of pairs of sentences, and whether the second follows from the first, the words that differ."""
    names = sorted(n for n in {m.group() for text in texts for m in NAME.finditer(text)} if n.lower() not in ENGLISH_STOP_WORDS)
    words: dict[bool, dict[str, list[str]]] = {True: {}, False: {}}
    for quote, sentence, follows in pairs:
        if found := _difference(quote.split(), sentence.split()):
            words[follows].setdefault(found[0], []).append(found[1])
    return Stock(names, [m.group() for text in texts for m in _ADDED.finditer(text)], words[False], words[True])


def _difference(one: Sequence[str], other: Sequence[str]) -> tuple[str, str] | None:
    """The few words of a sentence that stand for few others in another; None where the two differ otherwise."""
    found = [op for op in SequenceMatcher(None, one, other, autojunk=False).get_opcodes() if op[0] != "equal"]
    if len(found) != 1 or found[0][0] != "replace" or max(found[0][2] - found[0][1], found[0][4] - found[0][3]) > DIFFERENT:
        return None
    old, new = (" ".join(words).strip(".,") for words in (one[found[0][1] : found[0][2]], other[found[0][3] : found[0][4]]))
    return (old, new) if old and new and old[0].islower() and len(old) > 2 else None


def changed(quote: str, sentence: str, stock: Stock, parts: Sequence[str], chance: random.Random) -> tuple[str, int, int] | None:
    """A sentence of a quote with one thing changed, and where: it does not follow any more. None where nothing can be changed.

    `parts` are what of the quote answers questions, which may change places.
    """
    changes: list[Change] = [
        lambda: _figure(quote, sentence, chance),
        lambda: _named(quote, sentence, stock.names, chance),
        lambda: _exchanged(sentence, parts, chance),
        lambda: _unlike(sentence, stock.unlike, chance),
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
    found = list(FIGURE.finditer(sentence))
    if not found:
        return None
    old = chance.choice(found)
    there = sorted({m.group() for m in FIGURE.finditer(quote)} - {m.group() for m in found})
    if there and chance.random() < 0.5:
        return _put(sentence, old.start(), old.end(), chance.choice(there))
    digits = [n for n, c in enumerate(old.group()) if c.isdigit()]
    n = chance.choice(digits)
    new = chance.choice([d for d in "123456789" if d != old.group()[n]])
    return _put(sentence, old.start(), old.end(), old.group()[:n] + new + old.group()[n + 1 :])


def _named(quote: str, sentence: str, names: Sequence[str], chance: random.Random) -> tuple[str, int, int] | None:
    """Another name, one of the quote's where it has another; never more or less of the same."""
    found = list(NAME.finditer(sentence))
    if not found:
        return None
    old = chance.choice(found)
    there = sorted({m.group() for m in NAME.finditer(quote) if m.group() not in sentence})
    others = [n for n in (there if there and chance.random() < 0.7 else names) if not set(n.split()) & set(old.group().split())]
    return _put(sentence, old.start(), old.end(), chance.choice(others)) if others else None


def _exchanged(sentence: str, parts: Sequence[str], chance: random.Random) -> tuple[str, int, int] | None:
    """Two names, figures or parts of one sort in each other's place."""
    places = [m for part in {p for p in parts if len(p) > 2} for m in re.finditer(rf"\b{re.escape(part)}\b", sentence)]
    for found in chance.sample([list(NAME.finditer(sentence)), list(FIGURE.finditer(sentence)), places], 3):
        if len({m.group() for m in found}) > 1:
            one, other = sorted(chance.sample(found, 2), key=lambda m: m.start())
            between = sentence[one.end() : other.start()]
            alike = sort_of(one.group()) == sort_of(other.group())
            if one.end() < other.start() and alike and one.group() != other.group() and not re.fullmatch(r",? (?:and|or) |, ", between):
                swapped = sentence[: one.start()] + other.group() + between + one.group() + sentence[other.end() :]
                return swapped, one.start(), one.start() + len(other.group())
    return None


def sort_of(part: str) -> tuple[bool, bool]:
    """What sort of thing a part is: with a figure or without, a name or not."""
    return bool(re.search(r"\d", part)), part[:1].isupper()


def _unlike(sentence: str, unlike: Mapping[str, Sequence[str]], chance: random.Random) -> tuple[str, int, int] | None:
    """A word for another that means something else, as people put it elsewhere."""
    found = [(m, words) for old, words in unlike.items() if old in sentence for m in re.finditer(rf"\b{re.escape(old)}\b", sentence)]
    if not found:
        return None
    match, words = chance.choice(found)
    return _put(sentence, match.start(), match.end(), chance.choice(words))


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
