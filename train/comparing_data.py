"""Training pairs for comparing: two reports and whether they contradict each other, of those that were written for training."""

from __future__ import annotations

import random
from collections.abc import Iterator

from rag import Rivals
from train.judging_data import Judged
from train.written import KIND, reports

WIDENED = 0.3  # of the values, as a reader points at them: a word or two too many


def report_pairs(chance: random.Random, *, kept: bool = False) -> Iterator[Judged]:
    """Each report beside the first of its question, in one order and in the other."""
    for row in reports(kept=kept):
        for other in row["others"]:
            sides = ((row["a"], row["a_value"]), (other["b"], other["b_value"]))
            contradicts = other["label"] == "different"
            for (one, one_value), (two, two_value) in (sides, sides[::-1]):
                at = two.index(two_value) if contradicts else -1
                pair = Rivals(row["question"], one, _wide(one, one_value, chance), two, _wide(two, two_value, chance))
                yield Judged(pair, contradicts, at, at + len(two_value) if contradicts else -1, f"{KIND} {other['label']}")


def _wide(text: str, value: str, chance: random.Random) -> str:
    """A value, now and then with the word before or behind it."""
    if chance.random() >= WIDENED:
        return value
    before, behind = text[: text.index(value)].split(), text[text.index(value) + len(value) :].split()
    return " ".join([*before[-1:], value] if chance.random() < 0.5 else [value, *behind[:1]])
