"""Pairs that differ from one that answers only in who did what to whom: names exchanged in the question or in the sentence, or one put in another's place.

A small model takes the same words for the same meaning; beside the pair that answers, these have all of its words and do not answer (contrast sets, Gardner et al. 2020).
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import combinations

from rag import Pair
from train.judging_data import Judged

_NAME = re.compile(r"[A-Z][\w’-]+(?: [A-Z][\w’-]+)*")
_NOBODY = frozenset(
    """Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September October November December Christmas Easter The A An In On At
    It He She They But And For From With When Where What Who Whom Whose Which Why How Did Does Was Were Is Are Has Had Have Will After Before This That These Those As By Of To No Not If
    Two Three Four Five Six Seven Eight Nine Ten His Her Their Its While During Since Until There Some Most Many Only Nobody Both Mr Mrs Ms Dr Sir""".split()
)
_MUTUAL = re.compile(
    r"\b(?:me[et]t?s?|meeting|marr\w+|wed|f[io]ug?h?t\w*|play\w*|talk\w*|agree\w*|divorc\w+|border\w*|between|distance|joint\w*|together|both)\b",
    re.IGNORECASE,
)
_OF_A_PEOPLE = re.compile(r"(?:ian|ean|ican|ish|ese|nch|tch|lsh|raqi|aeli|stani|mani)$")
_ALIKE = re.compile(  # the same is told of both, or one stands where the other is
    r"^(?:,| and\b| or\b| &|['’]s?\b)|^ (?:with|against|from|in|at|of|near|for)(?: the)? $|^, (?:the|a|an)\b", re.IGNORECASE
)


def exchanged(pairs: Iterable[Judged], chance: random.Random) -> Iterator[Judged]:
    """Each pair that answers and can be changed, and behind it what was made of it, which does not."""
    for pair in pairs:
        own = pair.pair
        if not pair.answers or not isinstance(own, Pair):
            continue
        answer = own.sentence[pair.start : pair.end]
        names = _two(own)
        sentence = replace(own, sentence=turned(own.sentence, *names)) if names else None
        made = [p for p in (_question(own), sentence, _another(own, answer, chance)) if p]
        if made:
            yield replace(pair, kind=f"{pair.kind} named")
            yield from _both(own, answer, pair.kind, *names) if names else ()
            for contrast in made:
                yield Judged(contrast, False, -1, -1, f"{pair.kind} exchanged")


def turned(text: str, first: str, second: str) -> str:
    """A text with two names exchanged wherever they stand.

    >>> turned("Holm Bank bought Rona; Rona's owner thanked Holm Bank.", "Holm Bank", "Rona")
    "Rona bought Holm Bank; Holm Bank's owner thanked Rona."
    """
    other = {first: second, second: first}
    longest, shortest = sorted((first, second), key=len, reverse=True)
    return re.sub(rf"\b(?:{re.escape(longest)}|{re.escape(shortest)})\b", lambda m: other[m.group()], text)


def _question(pair: Pair) -> Pair | None:
    """The two names of a question exchanged: "How much did Rona pay Holm Bank?" for "How much did Holm Bank pay Rona?"."""
    found = _names(pair.question)
    if (
        len(found) != 2
        or not all(_in(name, f"{pair.title} {pair.before} {pair.sentence}") for name in found)
        or _joined(pair.question, *found)
    ):
        return None
    return replace(pair, question=turned(pair.question, *found))


def _two(pair: Pair) -> tuple[str, str] | None:
    """Two names of the sentence of which the question has one."""
    for one, other in () if _MUTUAL.search(pair.sentence) else combinations(_names(pair.sentence), 2):
        asked = [_in(name, pair.question) for name in (one, other)]
        alike = abs(one.count(" ") - other.count(" ")) < 2 and not set(one.split()) & set(other.split())
        if asked.count(True) == 1 and alike and not _joined(pair.sentence, one, other) and not _joined(pair.sentence, other, one):
            return one, other
    return None


def _both(pair: Pair, answer: str, kind: str, one: str, other: str) -> Iterator[Judged]:
    """The same names exchanged in question, sentence and what stands around them: it still answers, strange as it reads."""
    answer = turned(answer, one, other)
    sentence = turned(pair.sentence, one, other)
    question = turned(pair.question, one, other)
    if answer in sentence and question != pair.question:
        whole = replace(
            pair, question=question, sentence=sentence, title=turned(pair.title, one, other), before=turned(pair.before, one, other)
        )
        yield Judged(whole, True, sentence.index(answer), sentence.index(answer) + len(answer), f"{kind} both exchanged")


def _another(pair: Pair, answer: str, chance: random.Random) -> Pair | None:
    """A name of the question changed for another that stands in the sentence, before it or in the title, and is not the answer."""
    told = _names(f"{pair.title}. {pair.before} {pair.sentence}")
    own = [name for name in _names(pair.question) if any(_in(name, t) or _in(t, name) for t in told)]
    others = [t for t in told if not _in(t, pair.question) and not _in(t, answer)]
    whole = f"{pair.title}. {pair.before} {pair.sentence}"
    beside = {(a, b) for a in told for b in told if _joined(whole, a, b) or _joined(whole, b, a)}
    made = [(a, b) for a in own for b in others if abs(a.count(" ") - b.count(" ")) < 2 and (a, b) not in beside]
    if not made:
        return None
    one, other = chance.choice(made)
    return replace(pair, question=re.sub(rf"\b{re.escape(one)}\b", other, pair.question))


def _names(text: str) -> list[str]:
    """The names of a text in order, each once; a word that only begins a sentence is none."""
    found = []
    for m in _NAME.finditer(text):
        words = m.group().split()
        while words and words[0] in _NOBODY:
            words = words[1:]
        first = m.start() == 0 or re.search(r"[.!?:“\"(]\s*$", text[: m.start()])
        if _OF_A_PEOPLE.search(words[-1] if words else "") and re.match(r" [a-z]", text[m.end() :]):
            continue  # "the Danish minister"
        if words and not set(words) & _NOBODY and not (first and len(m.group().split()) == 1):
            found.append(" ".join(words))
    return list(dict.fromkeys(found))


def _in(name: str, text: str) -> bool:
    """Whether a text has a word of a name."""
    return bool(set(name.split()) & set(re.findall(r"[\w’-]+", text)))


def _joined(text: str, one: str, other: str) -> bool:
    """Whether what stands between two names makes them one: "Peru and Chile", "Holm of Rona"."""
    between = re.search(rf"\b{re.escape(one)}\b(.*?)\b{re.escape(other)}\b", text)
    return bool(between and (_ALIKE.search(between[1]) or len(between[1].split()) < 1))
